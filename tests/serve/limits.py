"""Slow senders, many connections, no descriptors left: shed, while an honest client goes on."""

import os
import select
import socket
import time

from wire import LONG, Honest, Server, replies, rest, run, until

HEAD = b"POST /api/v1/seat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"


def trickle(server, first, byte):
    """Sends a byte now and then until the server has had enough; seconds it bore that."""
    began = time.monotonic()
    with server.connect() as line:
        line.sendall(first)
        while time.monotonic() - began < LONG:
            readable, _, _ = select.select([line], [], [], 0.05)
            try:
                if readable and not line.recv(1000):
                    return time.monotonic() - began
                line.sendall(byte)
            except (ConnectionResetError, BrokenPipeError):
                return time.monotonic() - began
    raise AssertionError("whoever sends a byte now and then is never shown out")


def a_head_that_comes_by_drops_is_cut_off():
    with Server("--patience", "1") as server, Honest(server):
        assert 0.9 < trickle(server, b"GET / HTTP/1.1\r\nHost: x\r\nA: ", b"b") < 10
        assert 0.9 < trickle(server, b"", b"G") < 10
        assert server.metric("verbond_http_slow_total") == 2


def a_body_that_comes_by_drops_is_cut_off():
    with Server("--patience", "1") as server, Honest(server):
        assert 0.9 < trickle(server, HEAD, b" ") < 10
        chunked = HEAD.replace(b"Content-Length: 60000", b"Transfer-Encoding: chunked")
        assert 0.9 < trickle(server, chunked, b"1\r\n \r\n") < 10
        assert server.metric("verbond_http_slow_total") == 2


def who_says_nothing_is_cut_off():
    with Server("--patience", "1") as server, Honest(server):
        with server.connect() as line:
            assert rest(line) == b""
        with server.connect() as line:  # and who has nothing more to say
            line.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            got = replies(rest(line))
        assert len(got) == 1 and got[0].status == 200


def a_reader_that_does_not_read_holds_up_nobody():
    with Server("--patience", "1") as server, Honest(server):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", server.port))
        line.sendall(b"GET /assets/css/base.css HTTP/1.1\r\nHost: x\r\n\r\n" * 400)
        until(lambda: server.metric("verbond_http_connections") >= 3, "it is there")
        assert server.get("/").status == 200
        line.close()


def at_the_limit_the_one_that_has_waited_longest_makes_room():
    with Server("--connections", "20") as server:
        idle = [server.connect() for _ in range(19)]
        with Honest(server):
            pass  # it is let in and served, whoever has to go
        lines = [server.connect() for _ in range(100)]

        def answered():
            try:
                return server.get("/robots.txt").status == 200
            except (AssertionError, ConnectionResetError, BrokenPipeError):
                return False  # this one was shed: the next one finds room
        until(answered, "somebody new is let in")
        for line in idle + lines:
            line.close()
        until(answered, "it goes on")
        assert server.metric("verbond_http_shed_total") > 0


def of_one_address_there_are_so_many_and_no_more():
    with Server("--per-address", "10") as server:
        held = [server.connect() for _ in range(9)]
        until(lambda: server.metric("verbond_http_connections") == 10, "all of them are there")
        with server.connect() as tenth:
            until(lambda: _shed(server), "the eleventh is closed at once")
            tenth.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert [reply.status for reply in replies(rest(tenth))] == [200]
        other = socket.create_connection(("127.0.0.1", server.port), timeout=LONG,
                                         source_address=("127.0.0.2", 0))
        other.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert [reply.status for reply in replies(rest(other))] == [200]
        other.close()
        for line in held:
            line.close()
        until(lambda: server.get("/robots.txt").status == 200, "there is room again")


def _shed(server):
    with server.connect() as line:
        return rest(line) == b"" if select.select([line], [], [], 0.2)[0] else False


def who_is_behind_a_proxy_is_whom_the_proxy_saw():
    def guess(server, *forwarded):
        body = b'{"code": "none"}'
        head = [b"POST /api/v1/seat HTTP/1.1", b"Host: x", b"Connection: close", b"Content-Type: application/json",
                b"Content-Length: %d" % len(body), *(b"X-Forwarded-For: " + one for one in forwarded)]
        return server.ask(b"\r\n".join(head) + b"\r\n\r\n" + body)[0].status

    with Server("--proxy", "127.0.0.1") as server:
        invented = [b"9.9.9.%d" % number for number in range(25)]
        assert 429 in [guess(server, one, b"10.0.0.7") for one in invented]
        assert guess(server, b"10.0.0.7") == 429  # in a line of its own, and in a list
        assert 429 in [guess(server, one + b", 10.0.0.8") for one in invented]
        assert guess(server, b"10.0.0.9") == 401


def without_descriptors_whoever_knocks_hears_so_at_once():
    with Server(limit=40) as server:
        with Honest(server):
            lines = []
            for _ in range(100):
                lines.append(server.connect())
            closed = set()

            def all_told():
                waiting = [line for line in lines if line not in closed]
                for line in select.select(waiting, [], [], 0.05)[0]:
                    if rest(line) == b"":
                        closed.add(line)
                return len(closed) >= 60
            until(all_told, "those for whom there is no room are closed")
            for line in lines:
                line.close()
        until(lambda: server.metric("verbond_http_connections") == 1, "it let them go")
        assert server.metric("verbond_http_shed_total") >= 60
        assert server.get("/health/ready").status == 200


def many_that_come_and_go_leave_nothing_behind():
    with Server("--patience", "1") as server:
        pid = server.process.pid
        for _ in range(200):
            server.get("/health/ready")
        before = _descriptors(server)
        for turn in range(400):
            raw = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HT", HEAD + b"x" * 100,
                   b"GET /nowhere HTTP/1.1\r\n\r\n"][turn % 4]
            with server.connect() as line:
                line.sendall(raw)
        until(lambda: _descriptors(server) <= before, "all descriptors are closed")
        assert pid == server.process.pid and server.get("/").status == 200


def _descriptors(server):

    # verbond became verbond-serve, so it is the same process.
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


run(a_head_that_comes_by_drops_is_cut_off, a_body_that_comes_by_drops_is_cut_off,
    who_says_nothing_is_cut_off, a_reader_that_does_not_read_holds_up_nobody,
    at_the_limit_the_one_that_has_waited_longest_makes_room,
    of_one_address_there_are_so_many_and_no_more, who_is_behind_a_proxy_is_whom_the_proxy_saw,
    without_descriptors_whoever_knocks_hears_so_at_once,
    many_that_come_and_go_leave_nothing_behind)
