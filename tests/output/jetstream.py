"""jetstream.py PORT VERB...: what a test asks of a NATS server, in the server's own protocol.

jetstream.py PORT make STREAM SUBJECT [JSON]     makes a stream; JSON is more of its configuration
jetstream.py PORT messages STREAM                the messages in it, a line of JSON each
jetstream.py PORT pretend STREAM SUBJECT         answers whatever comes as if STREAM had stored it, until it is
                                                 ended; says "ready"

A token in $TOKEN says who asks.
"""
import base64
import json
import os
import socket
import sys


class Server:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.lines = self.socket.makefile("rwb")
        self.lines.readline()  # INFO
        token = {"auth_token": os.environ["TOKEN"]} if "TOKEN" in os.environ else {}
        self.say(b"CONNECT " + json.dumps({"verbose": False, "pedantic": False, "headers": True, **token}).encode())
        self.say(b"SUB _INBOX.test 1")

    def say(self, line, body=None):
        self.lines.write(line + b"\r\n" + (b"" if body is None else body + b"\r\n"))
        self.lines.flush()

    def ask(self, subject, what):
        body = json.dumps(what).encode() if what is not None else b""
        self.say(b"PUB $JS.API.%s _INBOX.test %d" % (subject.encode(), len(body)), body)
        while True:
            line = self.lines.readline().split()
            if line and line[0] == b"PING":
                self.say(b"PONG")
            elif line and line[0] == b"MSG":
                return json.loads(self.lines.read(int(line[-1]) + 2))
            elif not line or line[0] == b"-ERR":
                sys.exit(f"# the server says {line}")


def make(server, stream, subject, more="{}"):
    said = server.ask(f"STREAM.CREATE.{stream}", {"name": stream, "subjects": [subject], "storage": "file",
                                                  "retention": "limits", **json.loads(more)})
    if "error" in said:
        sys.exit(f"# {said}")


def messages(server, stream):
    state = server.ask(f"STREAM.INFO.{stream}", None)["state"]
    for number in range(state["first_seq"], state["last_seq"] + 1):
        said = server.ask(f"STREAM.MSG.GET.{stream}", {"seq": number})
        if "message" not in said:
            continue  # taken out
        message = said["message"]
        head = base64.b64decode(message.get("hdrs", "")).decode()
        print(json.dumps({"subject": message["subject"], "seq": number,
                          "id": head.partition("Nats-Msg-Id: ")[2].partition("\r\n")[0] or None,
                          "body": base64.b64decode(message.get("data", "")).decode()}))


def pretend(server, stream, subject):
    server.say(b"SUB %s 2" % subject.encode())
    server.say(b"PING")
    while line := server.lines.readline().split():
        if line[0] == b"PONG":
            print("ready", flush=True)
        elif line[0] == b"PING":
            server.say(b"PONG")
        elif line[0] in (b"MSG", b"HMSG"):
            server.lines.read(int(line[-1]) + 2)
            body = json.dumps({"stream": stream, "seq": 1}).encode()
            server.say(b"PUB %s %d" % (line[3], len(body)), body)


{"make": make, "messages": messages, "pretend": pretend}[sys.argv[2]](Server(int(sys.argv[1])), *sys.argv[3:])
