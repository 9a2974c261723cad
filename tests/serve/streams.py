"""Event streams over sockets: they end with the sign-in or the seat behind them, and a reader that does not
read costs a little memory and nobody's time."""

import select
import socket

from house import House
from wire import LONG, run, until


class Stream:
    """Events of a path, as a page hears them."""

    def __init__(self, browser, path, room=None):
        self.line = socket.socket()
        if room:
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.line.settimeout(LONG)
        self.line.connect(("127.0.0.1", browser.server.port))
        self.line.sendall(browser.head("GET", path, "Accept: text/event-stream"))
        self.got = b""

    def begun(self):
        """Is it a stream? Waits for the head of the reply."""
        while b"\r\n\r\n" not in self.got:
            self.got += self.line.recv(4096)
        assert b" 200 " in self.got.split(b"\r\n")[0], self.got
        assert b"text/event-stream" in self.got, self.got
        return self

    def hears(self, words):
        while words not in self.got:
            piece = self.line.recv(65536)
            assert piece, (words, self.got)
            self.got += piece
        self.got = self.got[self.got.index(words) + len(words):]

    def says_nothing(self):
        return not select.select([self.line], [], [], 0)[0]

    def is_over(self):
        """Its last chunk, or the end of the line; nothing is said before it."""
        while not self.got.endswith(b"0\r\n\r\n"):
            piece = self.line.recv(65536)
            if not piece:
                break
            self.got += piece
        assert b"event:" not in self.got, self.got
        self.line.close()


def a_stream_ends_with_the_sign_in_behind_it():
    with House(staff={"anna": "worker", "bob": "admin"}) as house:
        anna, home = house.staff(), house.staff()
        round_ = anna.round("c-1")
        events = f"/staff/rounds/{round_}/events"
        here, other = Stream(anna, events).begun(), Stream(home, events).begun()
        anna.ask("POST", "/staff/sign-out")
        here.is_over()
        home.invite(round_, "client")
        other.hears(b"event: ready")
        house.staff("bob").ask("POST", "/staff/accounts/anna/disable")
        other.got = b""
        other.is_over()
        assert home.try_it("GET", events)[0] == 401


def a_tablet_that_is_handed_over_hears_the_person_and_no_staff():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        staff = Stream(anna, f"/staff/rounds/{round_}/events").begun()
        anna.ask("POST", f"/staff/rounds/{round_}/handover", {"role": "client", "code": "2468"})
        staff.got = b""
        staff.is_over()
        anna.ask("GET", "/turn")
        person = Stream(anna, "/turn/events").begun()
        anna.ask("GET", "/staff/me")
        anna.ask("POST", "/staff/handover/code", {"code": "2468"})
        person.is_over()


def a_seat_hears_until_its_invitation_or_its_round_ends():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        first, second = anna.invite(round_, "client"), anna.invite(round_, "client")
        one, two = house.seat(first["link"]), house.seat(second["link"])
        one_hears, two_hears = Stream(one, "/turn/events").begun(), Stream(two, "/turn/events").begun()
        anna.ask("DELETE", f"/staff/rounds/{round_}/invitations/{first['id']}")
        one_hears.is_over()
        two.ask("POST", "/turn/begin", {})
        two_hears.hears(b"event: state")
        two_hears.got = b""
        anna.ask("POST", f"/staff/rounds/{round_}/end")
        two_hears.is_over()
        assert two.try_it("GET", "/turn/events")[0] == 401


def a_reader_that_never_reads_is_cut_off_and_nobody_waits_for_it():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1", "family-alliance")
        for number in range(8):
            anna.ask("POST", f"/staff/rounds/{round_}/persons",
                     {"role": "parent", "label": f"{number} " + "m" * 60})
        events = f"/staff/rounds/{round_}/events"
        honest = Stream(anna, events).begun()
        before = memory(house)
        deaf = [Stream(anna, events, room=4096) for _ in range(8)]
        until(lambda: house.metric("verbond_http_streams") == 9, "all of them listen")
        said = 0
        while house.metric("verbond_http_streams") > 1:
            anna.invite(round_, "parent", "0 " + "m" * 60)
            honest.hears(b"event: ready")
            said += 1
            assert said < 2000, "whoever never reads is kept for good"
        assert watched(house) or memory(house) - before < 8 * 1024 * 1024
        for one in deaf:
            one.line.close()
        anna.invite(round_, "parent", "0 " + "m" * 60)
        honest.hears(b"event: ready")


def the_head_of_a_stream_leaves_nothing_behind_it():
    with House(staff={"anna": "worker"}) as house:
        anna = house.staff()
        events = f"/staff/rounds/{anna.round('c-1')}/events"
        with socket.create_connection(("127.0.0.1", anna.server.port), LONG) as line:
            line.sendall(anna.head("HEAD", events) + anna.head("GET", "/staff/me", "Connection: close"))
            got = b""
            while piece := line.recv(65536):
                got += piece
    head, behind = got.split(b"\r\n\r\n", 1)
    assert b" 200 " in head.split(b"\r\n")[0] and b"text/event-stream" in head, got
    assert behind.startswith(b"HTTP/1.1 200 ") and b'"anna"' in behind, got


def watched(house):
    """By a sanitizer, which keeps what is freed."""
    with open(f"/proc/{house.process.pid}/maps") as file:
        return "libasan" in file.read()


def memory(house):
    """Bytes that the server holds."""
    with open(f"/proc/{house.process.pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise AssertionError("it is gone")


run(a_stream_ends_with_the_sign_in_behind_it, a_tablet_that_is_handed_over_hears_the_person_and_no_staff,
    a_seat_hears_until_its_invitation_or_its_round_ends,
    a_reader_that_never_reads_is_cut_off_and_nobody_waits_for_it, the_head_of_a_stream_leaves_nothing_behind_it)
