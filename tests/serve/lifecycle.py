"""Starting, TLS, errors with their exit codes, ending: nothing acknowledged is lost, and a second signal ends
it at once."""

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import time

from wire import BUILD, LONG, Honest, Server, certificate, one_reply, replies, rest, run, trusting, until


def serve(*options, folder):
    """Runs it to its end; (exit code, what it said)."""
    env = dict(os.environ, HOME=folder, VERBOND_KEY=os.path.join(folder, "key"), XDG_CONFIG_HOME="",
               XDG_STATE_HOME="", VERBOND_DATA="")
    done = subprocess.run([os.path.join(BUILD, "verbond"), "serve", "--data", os.path.join(folder, "data"),
                           *options], env=env, capture_output=True, text=True, timeout=LONG)
    assert done.stdout == "", done.stdout
    return done.returncode, done.stderr


def fails(code, words, *options):
    with tempfile.TemporaryDirectory() as folder:
        got, said = serve("--listen", "127.0.0.1:0", *options, folder=folder)
        assert got == code and words in said, (got, said)


def words_that_are_wrong_are_told():
    for options, words in ((["--listen", "8480"], "--listen 8480: an address and a port"),
                           (["--listen", "127.0.0.1:x"], "an address and a port"),
                           (["--listen", "127.0.0.1:70000"], "an address and a port"),
                           (["--listen", "::1:80"], "an address and a port"),
                           (["--origin", "praat.example"], "a scheme and a host"),
                           (["--origin", "https://praat.example/"], "a scheme and a host"),
                           (["--proxy", "localhost"], "an address is wanted"),
                           (["--connections", "0"], "a number from 1"),
                           (["--patience", "soon"], "a number from 1")):
        fails(2, words, *options)
    fails(2, "serve takes no name", "here")
    fails(3, "listening on", "--listen", "203.0.113.77.1:80")


def a_certificate_that_is_wrong_is_told():
    with tempfile.TemporaryDirectory() as folder:
        cert, key = certificate(folder)
        _, other = certificate(folder, "other")
        none = os.path.join(folder, "none")
        text = os.path.join(folder, "text")
        with open(text, "w") as file:
            file.write("hello\n")
        fails(3, "go together", "--tls-cert", cert)
        fails(3, "go together", "--tls-key", key)
        fails(3, "--tls-cert: ", "--tls-cert", none, "--tls-key", key)
        fails(3, "--tls-key: ", "--tls-cert", cert, "--tls-key", none)
        fails(3, "--tls-cert: ", "--tls-cert", text, "--tls-key", key)
        fails(3, "--tls-key: ", "--tls-cert", cert, "--tls-key", cert)
        fails(3, "do not fit", "--tls-cert", cert, "--tls-key", other)


def tls_is_spoken_and_nothing_older():
    with tempfile.TemporaryDirectory() as folder:
        cert, key = certificate(folder)
        with Server("--tls-cert", cert, "--tls-key", key) as server:
            ask = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            got = server.ask(ask, tls=trusting(cert))
            assert got[0].status == 200, got
            assert got[0].fields["strict-transport-security"].startswith("max-age=")
            old = trusting(cert)
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            old.set_ciphers("DEFAULT@SECLEVEL=0")
            try:
                server.ask(ask, tls=old)
                raise AssertionError("TLS 1.1 was spoken")
            except (ssl.SSLError, ConnectionResetError):
                pass
            assert server.ask(ask) == [], "plain HTTP was answered"
            # Who goes in the middle of the handshake, or of a reply, takes nobody along.
            with server.connect() as line:
                line.sendall(b"\x16\x03\x01\x02\x00")
            for _ in range(20):
                with server.connect(trusting(cert)) as line:
                    line.sendall(ask)
            assert server.ask(ask, tls=trusting(cert))[0].status == 200


def what_is_configured_is_taken():
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.lua")
        with open(config, "w") as file:
            file.write('return { serve = { listen = "nowhere", origin = "https://praat.example" } }\n')
        os.environ["VERBOND_CONFIG"] = config
        try:
            code, said = serve(folder=folder)
            assert code == 3 and "serve.listen nowhere" in said, (code, said)
            with Server() as server:  # --listen goes before the file
                assert "strict-transport-security" in server.get("/").fields
        finally:
            del os.environ["VERBOND_CONFIG"]


def two_at_one_folder_or_port_are_one_too_many():
    with Server() as first:
        code, said = serve("--listen", f"127.0.0.1:{first.port}", folder=tempfile.mkdtemp())
        assert code == 5 and "in use" in said, (code, said)
        env = dict(first.env)
        done = subprocess.run([os.path.join(BUILD, "verbond"), "serve", "--listen", "127.0.0.1:0", "--data",
                               first.data], env=env, capture_output=True, text=True, timeout=LONG)
        assert done.returncode == 5, (done.returncode, done.stderr)
        assert first.get("/").status == 200


def it_listens_on_ipv6_too():
    with Server() as server:
        port = server.port
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, HOME=folder, VERBOND_KEY=os.path.join(folder, "key"), XDG_CONFIG_HOME="")
        process = subprocess.Popen([os.path.join(BUILD, "verbond"), "serve", "--listen", "[::1]:0", "--data",
                                    os.path.join(folder, "data")], env=env, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if "listening" in line:
                break
        assert "http://[::1]:" in line, line
        port = int(line.strip().rsplit(":", 1)[1])
        with socket.create_connection(("::1", port), timeout=LONG) as one:
            one.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
            assert replies(rest(one))[0].status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG) == 0
        process.stderr.close()


def sigterm_and_sigint_end_it_well():
    for which in (signal.SIGTERM, signal.SIGINT):
        server = Server()
        idle = server.connect()
        kept = server.connect()
        kept.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(15) == b"HTTP/1.1 200 OK"
        assert server.stop(which) == 0, server.said
        assert rest(idle) == b""
        idle.close()
        kept.close()


def what_was_begun_is_answered_and_then_nobody_is():
    server = Server()
    half = server.connect()
    half.sendall(b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 b"Content-Length: 16\r\n\r\n{\"token\":")
    until(lambda: server.metric("verbond_http_connections") == 2, "its head is there")
    server.get("/health/ready")
    server.process.send_signal(signal.SIGTERM)

    def refused():
        try:
            server.connect().close()
            return False
        except ConnectionRefusedError:
            return True
    until(refused, "nobody new is let in")
    half.sendall(b"\"nobd\"}")
    got = rest(half)
    half.close()
    reply, behind = one_reply(got)
    assert reply.status in (401, 404, 410, 429) and reply.fields["connection"] == "close", reply
    assert behind == b""
    assert server.stop() == 0, server.said


def who_never_ends_a_request_is_waited_for_ten_seconds():
    server = Server("--patience", "600")
    half = server.connect()
    half.sendall(b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 b"Content-Length: 16\r\n\r\n{")
    until(lambda: server.metric("verbond_http_connections") == 2, "its head is there")
    before = time.monotonic()
    assert server.stop(signal.SIGTERM) == 0, server.said
    took = time.monotonic() - before
    assert 9 < took < LONG, took
    assert rest(half) == b""
    half.close()


def a_second_signal_ends_it_at_once():
    server = Server()
    half = server.connect()
    half.sendall(b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                 b"Content-Length: 16\r\n\r\n{")
    until(lambda: server.metric("verbond_http_connections") == 2, "its head is there")
    server.process.send_signal(signal.SIGTERM)

    def refused():
        try:
            server.connect().close()
            return False
        except ConnectionRefusedError:
            return True
    until(refused, "it heard the first")
    assert server.stop(signal.SIGTERM) == 130, server.said
    half.close()


def killed_it_starts_again_where_it_was():
    folder = tempfile.mkdtemp()
    env = {"VERBOND_KEY": os.path.join(folder, "key")}
    data = os.path.join(folder, "data")
    server = Server(data=data, env=env)
    with Honest(server):
        pass
    server.stop(signal.SIGKILL)
    with Server(data=data, env=env) as again:
        assert again.get("/health/ready").status == 200


def the_demo_says_how_to_sign_in_and_goes_on_with_the_same_data():
    folder = tempfile.mkdtemp()
    env = dict(os.environ, HOME=folder, VERBOND_KEY=os.path.join(folder, "key"), XDG_CONFIG_HOME="",
               VERBOND_DATA=os.path.join(folder, "demo"), VERBOND_LISTEN="127.0.0.1:0")

    def run_it():
        process = subprocess.Popen(["tests/tools/demo-web.sh", BUILD], env=env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if "listening" in line:
                break
        port = int(line.strip().rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=LONG) as one:
            one.sendall(b"GET /staff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert replies(rest(one))[0].status == 200
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=LONG)
        assert process.returncode == 0, process.returncode
        staff, client = said.splitlines()
        assert "/staff   name: demo   password: " in staff and "/i#" in client and "code" in client, said
        return staff.rsplit(" ", 1)[1], client
    first, second = run_it(), run_it()
    assert len(first[0]) == 20 and first[0] == second[0] and first[1] != second[1], (first, second)


def metrics_are_clean():
    with Server() as server:
        for path in ("/", "/nowhere", "/health/ready", "/assets/css/base.css"):
            server.get(path)
        server.ask(b"GET / HTTP/1.1\r\n\r\n")
        text = server.get("/metrics").body
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, timeout=LONG)
    assert checked.returncode == 0 and not checked.stdout and not checked.stderr, checked
    assert b'why="host"} 1' in text and b"nowhere" not in text and b"base.css" not in text


def commits_and_their_batches_are_counted():
    def count(name):
        return [int(line.split()[1]) for line in server.get("/metrics").body.splitlines() if line.startswith(name + b" ")]
    with Server() as server:
        before = count(b"verbond_store_batch_commits_sum"), count(b"verbond_store_batch_commits_count")
        server.get("/health/ready")
        after = count(b"verbond_store_batch_commits_sum"), count(b"verbond_store_batch_commits_count")
        biggest = count(b"verbond_store_batch_biggest")
    assert after == ([before[0][0] + 1], [before[1][0] + 1]) and biggest[0] >= 1, (before, after, biggest)


def _a_seat():
    """A data folder with a round that the client is invited to, as Server wants it, and the invitation."""
    folder = tempfile.mkdtemp()
    env = {"VERBOND_KEY": os.path.join(folder, "key"), "VERBOND_INSTRUMENTS": "instruments"}
    data, answers = os.path.join(folder, "data"), os.path.join(folder, "answers.json")
    with open("instruments/menger-monitor/example.json", encoding="utf-8") as example, \
            open(answers, "w", encoding="utf-8") as one:
        json.dump({"professional": json.load(example)["professional"]}, one)

    def verbond(*words):
        done = subprocess.run([os.path.join(BUILD, "verbond"), *words, "--data", data], env=dict(os.environ, **env),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONG)
        assert done.returncode == 0, done
        return done.stdout
    verbond("run", "menger-monitor", "--case", "k", "--answers", answers)
    found = json.loads(verbond("rounds", "--json"))[0]
    told = json.loads(verbond("invite", found["round"], "--as", "client", "--json"))
    return {"data": data, "env": env}, told["link"].split("#")[1]


def _until(line, wanted):
    got = b""
    while wanted not in got:
        piece = line.recv(65536)
        assert piece, (wanted, got)
        got += piece
    return got


def a_stream_tells_beats_and_ends_with_the_server():
    place, token = _a_seat()
    with Server(**place) as server:
        body = json.dumps({"token": token}).encode()
        seat = server.ask(b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                          b"Content-Length: %d\r\n\r\n%s" % (len(body), body))[0]
        assert seat.status == 200, seat
        cookie = re.search(r"verbond-seat=[^;]+", str(seat.fields)).group(0)
        csrf = json.loads(seat.body)["token"]
        with server.connect() as line:
            line.sendall(f"GET /api/v1/turn/events HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
            head = _until(line, b"\r\n\r\n")
            assert b"200 OK" in head and b"text/event-stream" in head, head
            until(lambda: server.metric("verbond_http_streams") == 1, "the stream is counted")
            begin = b'{"language":"nl","mode":"self"}'
            begun = server.ask(f"POST /api/v1/turn/begin HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nX-Verbond-Token: {csrf}\r\n"
                               f"Content-Type: application/json\r\nConnection: close\r\nContent-Length: {len(begin)}\r\n\r\n".encode() + begin)[0]
            assert begun.status == 200, begun
            assert b"event: state" in _until(line, b'"state":"asking"')
            line.settimeout(2 * LONG)  # a beat comes every 15 seconds
            _until(line, b":\n\n")
            server.process.send_signal(signal.SIGTERM)
            assert b"event:" not in rest(line)


def the_log_holds_no_path_and_nothing_that_came_in():
    with Server() as server:
        server.ask(b"GET /MARKER?MARKER HTTP/1.1\r\nHost: x\r\nA: MARKER\r\n b\r\n\r\n")
        server.get("/MARKER?x=MARKER", "Cookie: verbond-seat=MARKER")
        server.ask(b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                   b"Connection: close\r\nContent-Length: 18\r\n\r\n{\"token\":\"MARKER\"}")
        server.stop()
        assert "MARKER" not in "".join(server.said), server.said


run(words_that_are_wrong_are_told, a_certificate_that_is_wrong_is_told, tls_is_spoken_and_nothing_older,
    what_is_configured_is_taken, two_at_one_folder_or_port_are_one_too_many, it_listens_on_ipv6_too,
    sigterm_and_sigint_end_it_well, what_was_begun_is_answered_and_then_nobody_is,
    who_never_ends_a_request_is_waited_for_ten_seconds,
    the_demo_says_how_to_sign_in_and_goes_on_with_the_same_data, a_second_signal_ends_it_at_once, killed_it_starts_again_where_it_was, metrics_are_clean, commits_and_their_batches_are_counted,
    a_stream_tells_beats_and_ends_with_the_server,
    the_log_holds_no_path_and_nothing_that_came_in)
