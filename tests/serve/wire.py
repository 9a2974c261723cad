"""wire.py - a web runner of one's own and raw sockets to it, for the tests beside it.

A test is a function whose name is a sentence; run(...) speaks TAP. Each script starts servers on a port
that is free and ends those it started."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback

BUILD = os.environ.get("VERBOND_BUILD", "build")
LONG = 20  # seconds: what hangs is ended by it, nothing waits for it


class Server:
    """verbond serve on data of its own; what it says on stderr gathers in .said."""

    def __init__(self, *options, data=None, limit=None, env=None):
        self.folder = tempfile.mkdtemp()
        self.data = data or os.path.join(self.folder, "data")
        own = dict(os.environ, HOME=self.folder, VERBOND_KEY=os.path.join(self.folder, "key"),
                   XDG_CONFIG_HOME="", XDG_STATE_HOME="", VERBOND_DATA="")
        own.update(env or {})
        self.env = own
        command = [os.path.join(BUILD, "verbond"), "serve", "--listen", "127.0.0.1:0",
                   "--data", self.data, *options]
        if limit:
            command = ["prlimit", f"--nofile={limit}:{limit}", *command]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                        env=own, text=True)
        self.said, self.port, self.heard = [], None, threading.Event()
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        assert self.heard.wait(LONG), "it says nothing"
        assert self.port, "it does not listen: " + "".join(self.said)

    def _listen(self):
        for line in self.process.stderr:
            self.said.append(line)
            found = re.search(r"listening on \S+:(\d+)$", line.strip())
            if found:
                self.port = int(found.group(1))
                self.heard.set()
        self.heard.set()

    def stop(self, with_signal=signal.SIGTERM):
        """Its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        code = self.process.wait(LONG)
        self.listener.join(LONG)
        shutil.rmtree(self.folder, ignore_errors=True)
        return code

    def __enter__(self):
        return self

    def __exit__(self, *what):
        code = self.stop()
        if what[0] is None:
            assert code == 0, f"it ended with {code}: " + "".join(self.said)

    def connect(self, tls=None):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=LONG)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return tls.wrap_socket(line, server_hostname="localhost") if tls else line

    def ask(self, raw, tls=None, half=False):
        """Sends these bytes at once, and gives every reply until the server closes. half: our side is
        closed behind them, so that what is kept alive ends too."""
        with self.connect(tls) as line:
            try:
                line.sendall(raw)
                if half:
                    line.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return replies(rest(line))

    def get(self, path="/", *fields, method="GET"):
        """One reply to an honest request on a connection of its own."""
        head = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", *fields]
        got = self.ask(("\r\n".join(head) + "\r\n\r\n").encode())
        assert len(got) == 1, got
        return got[0]

    def metric(self, name):
        for line in self.get("/metrics").body.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[-1])
        raise AssertionError("no metric " + name)


def rest(line):
    """Everything until the end of the line, or a reset."""
    got = b""
    while True:
        try:
            piece = line.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            return got
        if not piece:
            return got
        got += piece


class Reply:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def __repr__(self):
        return f"<{self.status} {self.fields} {self.body[:200]!r}>"


def unchunk(got):
    body = b""
    while True:
        size, got = got.split(b"\r\n", 1)
        size = int(size, 16)
        if size == 0:
            return body, got[2:]
        body, got = body + got[:size], got[size + 2:]


def one_reply(got, head_only=False):
    head, got = got.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    fields = {}
    for line in lines[1:]:
        name, value = line.split(":", 1)
        fields[name.lower()] = value.strip()
    status = int(lines[0].split()[1])
    if fields.get("transfer-encoding") == "chunked":
        body, got = unchunk(got)
    else:
        size = 0 if head_only or status in (100, 204, 304) else int(fields.get("content-length", 0))
        assert len(got) >= size, "a reply was cut short"
        body, got = got[:size], got[size:]
    return Reply(status, fields, body), got


def replies(got):
    all_of_them = []
    while got:
        reply, got = one_reply(got)
        all_of_them.append(reply)
    return all_of_them


class Honest(threading.Thread):
    """Somebody who asks all the while, on one connection that is kept alive, and is always answered."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.done, self.count, self.wrong = server, threading.Event(), 0, None

    def run(self):
        ask = b"GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n"
        try:
            line = self.server.connect()
            while not self.done.is_set():
                line.sendall(ask)
                got = b""
                while b"\r\n\r\n" not in got or not got.endswith(b'"}'):
                    piece = line.recv(4096)
                    if not piece:
                        raise AssertionError("the honest one was cut off")
                    got += piece
                assert one_reply(got)[0].status == 200, got
                self.count += 1
            line.close()
        except Exception as why:  # told to the test, which fails by it
            self.wrong = why

    def __enter__(self):
        self.start()
        until(lambda: self.count > 0 or self.wrong, "the honest one is answered")
        return self

    def __exit__(self, *what):
        self.done.set()
        self.join(LONG)
        if what[0] is None:
            assert self.wrong is None, f"the honest one: {self.wrong!r}"


def until(holds, what):
    """Waits for something that another process does by itself."""
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end, "never: " + what
        threading.Event().wait(0.02)


def certificate(folder, name="localhost"):
    cert, key = os.path.join(folder, name + ".crt"), os.path.join(folder, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                    "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


def trusting(cert):
    return ssl.create_default_context(cafile=cert)


def run(*tests):
    print(f"1..{len(tests)}", flush=True)
    bad = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print(f"ok {number} - {name}", flush=True)
        except Exception:
            bad = 1
            print(f"not ok {number} - {name}")
            for line in traceback.format_exc().splitlines():
                print("# " + line)
            sys.stdout.flush()
    sys.exit(bad)
