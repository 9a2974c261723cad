"""house.py - a web runner with staff and a round in it, and browsers that ask it over sockets of their own."""

import http.client
import json
import os
import subprocess
import tempfile

from wire import BUILD, LONG, Server

PASSWORD = "een lange zin om in te komen"


class Told(Exception):
    """A refusal: .status and .body."""

    def __init__(self, method, path, status, body):
        super().__init__(f"{method} {path}: {status} {body}")
        self.status, self.body = status, body


class House(Server):
    """staff: name -> roles."""

    def __init__(self, *options, staff=None):
        self.home = tempfile.TemporaryDirectory()
        key, data = (os.path.join(self.home.name, name) for name in ("key", "data"))
        env = {"VERBOND_KEY": key, "VERBOND_INSTRUMENTS": os.path.join(os.getcwd(), "instruments")}
        secret = os.path.join(self.home.name, "password")
        with open(os.open(secret, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(PASSWORD + "\n")
        for name, roles in (staff or {"anna": "worker"}).items():
            subprocess.run([os.path.join(BUILD, "verbond"), "staff", "add", name, "--role", roles, "--password-file",
                            secret, "--data", data], check=True, capture_output=True, timeout=LONG,
                           env=dict(os.environ, HOME=self.home.name, XDG_CONFIG_HOME="", XDG_STATE_HOME="", **env))
        super().__init__(*options, data=data, env=env)

    def stop(self, *how):
        code = super().stop(*how)
        self.home.cleanup()
        return code

    def staff(self, name="anna"):
        one = Browser(self)
        one.ask("POST", "/staff/sign-in", {"name": name, "password": PASSWORD})
        return one

    def seat(self, link):
        one = Browser(self)
        one.ask("POST", "/seat", {"token": link.split("#")[1]})
        return one


class Browser:
    def __init__(self, server):
        self.server, self.cookies, self.token = server, {}, None

    def head(self, method, path, *fields):
        """Of a request on a raw socket, by this browser."""
        lines = [f"{method} /api/v1{path} HTTP/1.1", f"Host: 127.0.0.1:{self.server.port}",
                 "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items())]
        if method != "GET":
            lines += ["Sec-Fetch-Site: same-origin", f"X-Verbond-Token: {self.token}"]
        return ("\r\n".join([*lines, *fields]) + "\r\n\r\n").encode()

    def post(self, path, body, *fields):
        """A whole POST of JSON, as bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.head("POST", path, "Content-Type: application/json", f"Content-Length: {len(raw)}",
                         *fields) + raw

    def try_it(self, method, path, body=None):
        """(status, what was said: of JSON its value)."""
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=LONG)
        fields = {"Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.token and method != "GET":
            fields["X-Verbond-Token"] = self.token
        raw = None
        if body is not None:
            fields["Content-Type"], raw = "application/json", json.dumps(body)
        line.request(method, "/api/v1" + path, raw, fields)
        reply = line.getresponse()
        said = reply.read().decode()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            if "Max-Age=0" in cookie:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        line.close()
        if (reply.headers.get("Content-Type") or "").startswith("application/json"):
            said = json.loads(said)
            if isinstance(said, dict) and isinstance(said.get("token"), str):
                self.token = said["token"]
        return reply.status, said

    def ask(self, method, path, body=None):
        status, said = self.try_it(method, path, body)
        if status >= 400:
            raise Told(method, path, status, said)
        return said

    # -- staff --

    def round(self, case, instrument="menger-monitor"):
        self.ask("POST", "/staff/cases", {"id": case})
        return self.ask("POST", "/staff/rounds", {"case": case, "instrument": instrument, "wave": "t0"})["round"]

    def invite(self, round_, role, label=None):
        body = {"role": role, "hours": 24}
        if label:
            body["label"] = label
        return self.ask("POST", f"/staff/rounds/{round_}/invitations", body)
