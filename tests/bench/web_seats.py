"""web_seats.py PORT NAME PASSWORD COUNT INSTRUMENT: begins COUNT rounds over the API, and takes the
client's seat in each. Prints a line a seat for load.c: cookie, token, the step's seq."""
import http.client
import json
import sys

PORT, NAME, PASSWORD, COUNT, INSTRUMENT = sys.argv[1:]


class Browser:
    """One connection, its cookies and its token."""

    def __init__(self):
        self.line = http.client.HTTPConnection("127.0.0.1", int(PORT))
        self.cookies, self.token = {}, None

    def ask(self, method, path, body=None):
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        if self.token is not None:
            head["X-Verbond-Token"] = self.token
        if body is not None:
            head["Content-Type"] = "application/json"
        self.line.request(method, "/api/v1" + path, None if body is None else json.dumps(body), head)
        reply = self.line.getresponse()
        said = reply.read()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if reply.status not in (200, 201, 204):
            sys.exit(f"{method} {path}: {reply.status} {said.decode()}")
        return json.loads(said) if said else None


def seat(staff, number):
    staff.ask("POST", "/staff/cases", {"id": f"bench{number}"})
    begun = staff.ask("POST", "/staff/rounds", {"case": f"bench{number}", "instrument": INSTRUMENT, "wave": "t0"})
    invited = staff.ask("POST", f"/staff/rounds/{begun['round']}/invitations",
                        {"role": "client", "language": "en", "hours": 24})
    person = Browser()
    # Each on a connection of its own would be 200 handshakes more; the token is what makes it somebody.
    person.line = staff.line
    turn = person.ask("POST", "/seat", {"token": invited["link"].split("#", 1)[1]})
    person.token = turn["token"]
    step = person.ask("POST", "/turn/begin", {"language": "en", "mode": "self"})
    print(person.cookies["verbond-seat"], person.token, step["seq"])


def main():
    staff = Browser()
    staff.token = staff.ask("POST", "/staff/sign-in", {"name": NAME, "password": PASSWORD})["token"]
    for number in range(int(COUNT)):
        seat(staff, number)


main()
