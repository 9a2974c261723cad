"""Smuggling, malformed heads and bodies: each refused in its class, nothing behind it heard, and somebody
honest goes on meanwhile."""

from wire import Honest, Server, one_reply, replies, rest, run

JSON = b"Content-Type: application/json\r\n"
HOST = b"Host: x\r\n"
# Were this ever heard as a request of its own, its reply would be the second one.
HIDDEN = b"GET /robots.txt HTTP/1.1\r\nHost: hidden\r\n\r\n"


def refused(raw, status, why=None, code=None):
    """One reply, of this status, and the connection ends; counted under why by the gate."""
    before = server.metric(f'verbond_http_refused_total{{why="{why}"}}') if why else 0
    got = server.ask(raw)
    assert len(got) == 1, f"{raw!r}: {got}"
    assert got[0].status == status, f"{raw!r}: {got}"
    assert got[0].fields.get("connection") == "close", f"{raw!r}: {got}"
    assert b"Disallow" not in got[0].body
    if why:
        after = server.metric(f'verbond_http_refused_total{{why="{why}"}}')
        assert after == before + 1, f"{raw!r}: not counted as {why}"
        wanted = code or {413: "size", 431: "head"}.get(status, "request")
        assert f'"code":"{wanted}"'.encode() in got[0].body, got[0].body
    return got[0]


def below(raw, status):
    """Refused by libmicrohttpd itself, which says the head of this reply twice."""
    with server.connect() as line:
        line.sendall(raw)
        got = rest(line)
    assert got.startswith(b"HTTP/1.1 %d " % status) and b"\r\nConnection: close\r\n" in got, got
    assert b"Disallow" not in got and b"error" not in got, got


def get(fields=HOST, target=b"/", version=b"HTTP/1.1", method=b"GET"):
    return method + b" " + target + b" " + version + b"\r\n" + fields + b"\r\n"


def post(fields, body=b"", target=b"/api/v1/seat"):
    return b"POST " + target + b" HTTP/1.1\r\n" + HOST + JSON + fields + b"\r\n" + body


# -- which request is it -----------------------------------------------------------------------------


def a_length_beside_a_coding_is_refused():
    for fields in (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                   b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"):
        refused(post(fields, b"0\r\n\r\n" + HIDDEN), 400, "length")


def two_lengths_are_refused():
    refused(post(b"Content-Length: 2\r\nContent-Length: 44\r\n", b"{}" + HIDDEN), 400, "length")
    refused(post(b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}" + HIDDEN), 400, "length")


def a_length_that_is_no_number_is_refused():
    for length in (b"2, 2", b"+2", b"-2", b"0x2", b"2 2", b"2;x", b""):
        below(post(b"Content-Length: " + length + b"\r\n", b"{}" + HIDDEN), 400)
    below(post(b"Content-Length: 99999999999999999999999\r\n", b"{}" + HIDDEN), 413)


def codings_that_are_not_chunked_once_are_refused():
    for coding in (b"gzip", b"chunked, gzip", b"gzip, chunked", b"chunked, chunked", b"xchunked",
                   b"chunked;x=1", b"\"chunked\"", b"identity", b"chunk ed", b""):
        refused(post(b"Transfer-Encoding: " + coding + b"\r\n", b"0\r\n\r\n" + HIDDEN), 400, "coding")
    refused(post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                 b"0\r\n\r\n" + HIDDEN), 400, "coding")
    refused(post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                 b"0\r\n\r\n" + HIDDEN), 400, "coding")
    refused(post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n" + HIDDEN), 400, "field")
    refused(post(b"Transfer-Encoding:\x0bchunked\r\n", b"0\r\n\r\n" + HIDDEN), 400, "field")


def nothing_behind_a_chunked_body_is_heard():
    body = b"2\r\n{}\r\n0\r\n\r\n"
    got = server.ask(post(b"Transfer-Encoding: chunked\r\n", body + HIDDEN))
    assert len(got) == 1 and got[0].fields["connection"] == "close", got
    for body in (b"2;x=\"\r\n{}\r\n0\r\n\r\n", b"2\n{}\n0\n\n", b"2 \r\n{}\r\n0\r\n\r\n",
                 b"0\r\nX: y\r\n\r\n", b"-1\r\n\r\n", b"zz\r\n\r\n", b"ffffffffffffffffff\r\n"):
        got = server.ask(post(b"Transfer-Encoding: chunked\r\n", body + HIDDEN), half=True)
        assert len(got) <= 1, (body, got)
        assert all(b"Disallow" not in reply.body for reply in got)


def a_trailer_is_refused():
    refused(post(b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n0\r\nHost: y\r\n\r\n"), 400, "field")


def one_host_is_needed():
    refused(get(b""), 400, "host")
    refused(get(b"Host: x\r\nHost: y\r\n"), 400, "host")
    refused(get(b"Host: x\r\nhost: x\r\n"), 400, "host")
    refused(get(b"Host:\r\n"), 400, "host")
    refused(get(b"Host: a b\r\n"), 400, "host")
    refused(get(b"Host: u@x\r\n"), 400, "host")


# -- lines -------------------------------------------------------------------------------------------


def a_line_that_ends_in_lf_alone_is_refused():
    refused(b"GET / HTTP/1.1\nHost: x\r\n\r\n", 400, "lines")
    refused(b"GET / HTTP/1.1\r\nHost: x\n\r\n", 400, "lines")
    refused(b"GET / HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n", 400, "lines")
    refused(b"GET / HTTP/1.1\r\nHost: x\r\n\n", 400, "lines")
    refused(b"GET / HTTP/1.1\nHost: x\n\n" + HIDDEN, 400, "lines")


def a_folded_line_is_refused():
    refused(get(HOST + b"A: b\r\n c\r\n"), 400, "lines")
    refused(get(HOST + b"A: b\r\n\tc\r\n"), 400, "lines")
    refused(get(HOST + b" A: b\r\n"), 400)
    refused(get(HOST + b"A: b\r\n \r\n"), 400, "lines")
    # What it would be glued together to.
    refused(post(b"Content-Len: 2\r\n gth\r\n", b"{}" + HIDDEN), 400, "lines")
    refused(post(b"Transfer-Enc: chunked\r\n oding\r\n", b"0\r\n\r\n" + HIDDEN), 400, "lines")


def a_nul_is_refused():
    refused(get(HOST + b"A: b\0c\r\n"), 400, "lines")
    refused(get(HOST + b"A\0B: c\r\n"), 400)
    refused(get(b"Host: x\0y\r\n"), 400, "lines")
    refused(get(target=b"/\0x"), 400, "lines")
    refused(get(HOST + b"A: b\r\n\0\r\n"), 400)
    refused(post(b"Content-Length: 2\0 4\r\n", b"{}" + HIDDEN), 400, "lines")


def a_lone_cr_is_refused():
    refused(get(HOST + b"A: b\rC: d\r\n"), 400, "field")
    refused(get(HOST + b"A: b\r\r\n"), 400, "field")


def a_field_that_is_not_well_formed_is_refused():
    for line in (b"A b: c", b"A : c", b"A(: c", b"A\x7f: c", b"A: \x01", b"A: \x1b[2J"):
        refused(get(HOST + line + b"\r\n"), 400, "field")
    refused(get(HOST + b": c\r\n"), 400, "lines")
    refused(get(HOST + b"no colon\r\n"), 400)
    for name in (b"Cookie", b"Origin", b"Content-Type", b"X-Verbond-Token"):
        refused(get(HOST + name + b": a\r\n" + name + b": b\r\n"), 400, "field")


def spaces_in_the_request_line_are_refused():
    refused(b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "lines")
    refused(b"GET / x HTTP/1.1\r\nHost: x\r\n\r\n", 400, "target")
    refused(b"GET /  HTTP/1.1\r\nHost: x\r\n\r\n", 400, "target")
    refused(b"GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400)
    assert server.ask(b"GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN) == []


def other_methods_and_versions_are_refused():
    for method in (b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT", b"get", b"PRI", b"FOO"):
        refused(get(method=method), 501, "method")
    for version in (b"HTTP/1.2", b"HTTP/1.9"):
        got = server.ask(get(version=version) + HIDDEN)
        assert len(got) == 1 and got[0].status in (400, 505), got
    for version in (b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.10", b"http/1.1", b"HTTP/1.x", b"HTTP"):
        got = server.ask(get(version=version) + HIDDEN)
        assert [reply.status for reply in got] in ([400], [505]), (version, got)
    for raw in (b"GET /\r\n\r\n", b"GET /\r\n", b"GET /robots.txt\r\nHost: x\r\n\r\n"):
        got = server.ask(raw + HIDDEN)
        assert [reply.status for reply in got] in ([400], [505]), (raw, got)


def targets_that_are_no_plain_path_are_refused():
    for target in (b"http://x/", b"*", b"x", b"//..", b"/../etc/passwd", b"/assets/../x", b"/%2e%2e/x",
                   b"/assets/%2e/x", b"/a%2fb", b"/a%5cb", b"/%00", b"/a%0ab", b"/%", b"/%zz", b"/%ff",
                   b"/%c0%ae", b"/\xc3\xa9", b"/a|b", b"/a\\b", b"/a\"b", b"/<x>", b"/?x=%00", b"/#x"):
        refused(get(target=target), 400, "target")


# -- sizes -------------------------------------------------------------------------------------------


def a_head_that_is_too_large_is_431():
    refused(get(HOST + b"A: " + b"b" * 9000 + b"\r\n"), 431, "head")
    refused(get(HOST + b"A: b\r\n" * 80), 431, "head")
    refused(get(target=b"/" + b"a" * 3000), 431, "head")
    for raw in (get(HOST + b"A: " + b"b" * 200000 + b"\r\n"), get(HOST + b"A: b\r\n" * 20000)):
        got = server.ask(raw)
        assert len(got) <= 1 and all(reply.status == 431 for reply in got), got
    got = server.ask(get(target=b"/" + b"a" * 200000))
    assert len(got) <= 1 and all(reply.status in (414, 431) for reply in got), got


def a_body_that_is_too_large_is_413():
    refused(post(b"Content-Length: 65537\r\n", b" " * 65537), 413, "size")
    refused(post(b"Content-Length: 999999999\r\n", b" " * 10), 413, "size")
    refused(post(b"Content-Length: 65537\r\nExpect: 100-continue\r\n"), 413, "size")
    chunk = b"8000\r\n" + b" " * 0x8000 + b"\r\n"
    refused(post(b"Transfer-Encoding: chunked\r\n", chunk * 3 + b"0\r\n\r\n"), 413, "size")
    got = server.ask(post(b"Transfer-Encoding: chunked\r\n", chunk * 100))
    assert len(got) == 0, "what has no end is not read to it"


def a_body_where_none_is_due_is_refused():
    refused(get(HOST + b"Content-Length: 44\r\n") + HIDDEN, 400, "body")
    refused(get(HOST + b"Transfer-Encoding: chunked\r\n") + b"0\r\n\r\n" + HIDDEN, 400, "body")


# -- what is in the body -----------------------------------------------------------------------------


def answers_to(body, kind=b"application/json"):
    raw = (b"POST /api/v1/seat HTTP/1.1\r\n" + HOST + b"Content-Type: " + kind +
           b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n" + body)
    got = server.ask(raw)
    assert len(got) == 1, got
    return got[0]


def another_type_than_json_is_415():
    for kind in (b"text/plain", b"application/x-www-form-urlencoded", b"application/jsonp", b"text/json",
                 b"multipart/form-data; boundary=x", b"application/xml"):
        reply = answers_to(b"{}", kind)
        assert reply.status == 415 and b'"code":"type"' in reply.body, reply
    assert answers_to(b'{"token":"no"}', b"application/json; charset=utf-8").status != 415


def json_that_can_be_read_in_two_ways_is_400():
    deep = b"[" * 40 + b"]" * 40
    for body in (b"", b"{", b"[]", b"{}{}", b'{"a":1,"a":2}', b'{"a":"\xff"}', b'{"a":"\xed\xa0\x80"}',
                 b'{"a":"\\ud800"}', b'{"a":"\\u0000"}', b'{"a":"\0"}', b'{"a":1e999}', b"{'a':1}",
                 b'{"a":01}', b'{"a":NaN}', b"\xef\xbb\xbf{}", b'{"a":' + deep + b"}", b'{"a":1,}',
                 b'{"a":"\x01"}'):
        reply = answers_to(body)
        assert reply.status == 400 and b'"code":"request"' in reply.body, (body, reply)


# -- and what is meant passes ------------------------------------------------------------------------


def requests_behind_each_other_are_answered_in_order():
    asks = [b"/robots.txt", b"/health/live", b"/nowhere", b"/assets/css/base.css", b"/robots.txt"]
    raw = b"".join(get(target=path) for path in asks[:-1])
    raw += get(HOST + b"Connection: close\r\n", target=asks[-1])
    got = server.ask(raw)
    assert [reply.status for reply in got] == [200, 200, 404, 200, 200], got
    assert b"Disallow" in got[0].body and b"Disallow" in got[4].body and b"live" in got[1].body


def empty_lines_before_a_request_are_passed_over():
    got = server.ask(b"\r\n\r\n" + get(HOST + b"Connection: close\r\n", target=b"/robots.txt"))
    assert [reply.status for reply in got] == [200], got


def head_has_no_body():
    with server.connect() as line:
        line.sendall(get(HOST + b"Connection: close\r\n", target=b"/robots.txt", method=b"HEAD"))
        got = rest(line)
    reply, behind = one_reply(got, head_only=True)
    assert reply.status == 200 and reply.fields["content-length"] == "26" and behind == b"", got


def a_body_may_come_by_bytes_and_in_chunks():
    body = b'{"token":"' + b"n" * 40 + b'"}'
    whole = answers_to(body).status
    with server.connect() as line:
        for byte in post(b"Connection: close\r\nContent-Length: %d\r\n" % len(body), body):
            line.sendall(bytes([byte]))
        assert replies(rest(line))[0].status == whole
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
    got = server.ask(post(b"Transfer-Encoding: chunked\r\n", chunks))
    assert [reply.status for reply in got] == [whole], got


def while_honest(test):
    def guarded():
        with Honest(server):
            test()
    guarded.__name__ = test.__name__
    return guarded


with Server() as server:
    run_all = [a_length_beside_a_coding_is_refused, two_lengths_are_refused,
               a_length_that_is_no_number_is_refused, codings_that_are_not_chunked_once_are_refused,
               nothing_behind_a_chunked_body_is_heard, a_trailer_is_refused, one_host_is_needed,
               a_line_that_ends_in_lf_alone_is_refused, a_folded_line_is_refused, a_nul_is_refused,
               a_lone_cr_is_refused, a_field_that_is_not_well_formed_is_refused,
               spaces_in_the_request_line_are_refused, other_methods_and_versions_are_refused,
               targets_that_are_no_plain_path_are_refused, a_head_that_is_too_large_is_431,
               a_body_that_is_too_large_is_413, a_body_where_none_is_due_is_refused,
               another_type_than_json_is_415, json_that_can_be_read_in_two_ways_is_400,
               requests_behind_each_other_are_answered_in_order,
               empty_lines_before_a_request_are_passed_over, head_has_no_body,
               a_body_may_come_by_bytes_and_in_chunks]
    run(*[while_honest(test) for test in run_all])
