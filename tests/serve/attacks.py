"""Requests that are made to break something: many at once, too deep, too large, cut in pieces. Each is
refused or harmless, while somebody honest goes on; beside what gate.py tries of HTTP itself."""

import gzip
import json
import struct
import zlib

from house import Browser, House
from wire import Honest, replies, rest, run


def last(raw):
    """The same request as the last one of its connection."""
    return raw.replace(b"\r\nHost: ", b"\r\nConnection: close\r\nHost: ", 1)


def tell(house, raw):
    """The one reply to it."""
    got = house.ask(last(raw))
    assert len(got) == 1, (raw[:300], got)
    return got[0]


def at_once(house, *requests):
    """Sends the last byte of each when all the others are there; the replies, in order."""
    lines, requests = [house.connect() for _ in requests], [last(raw) for raw in requests]
    for line, raw in zip(lines, requests):
        line.sendall(raw[:-1])
    for line, raw in zip(lines, requests):
        line.sendall(raw[-1:])
    got = []
    for line in lines:
        got.append(replies(rest(line))[0])
        line.close()
    return got


def fill(seat, step):
    """Skips all there is."""
    while step["at"] == "item":
        item = step["item"]
        value = {"missing": "skipped"}
        if item.get("required"):
            value = item["options"][0].get("value", item["options"][0].get("id"))
        step = seat.ask("POST", "/turn/answer", {"after": step["seq"], "id": f"a{step['seq']}", "value": value})
    return step


def begun(house, round_, anna, role="client"):
    seat = house.seat(anna.invite(round_, role)["link"])
    return seat, seat.ask("POST", "/turn/begin", {"language": "nl", "mode": "self"})


def a_browser_is_handed_over_once_however_many_ask_at_once():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        path = f"/staff/rounds/{round_}/handover"
        got = at_once(house, *[anna.post(path, {"role": role, "code": code}) for role, code in
                               (("client", "1111"), ("professional", "2222"), ("client", "3333"))])
        assert sorted(one.status for one in got) in ([200, 409, 409], [200, 409, 423], [200, 423, 423]), got
        code = ["1111", "2222", "3333"][[one.status for one in got].index(200)]
        assert anna.ask("GET", "/staff/me")["handed"]["round"] == round_
        for other in {"1111", "2222", "3333"} - {code}:
            assert anna.try_it("POST", "/staff/handover/code", {"code": other})[0] == 401
        anna.ask("POST", "/staff/handover/code", {"code": code})
        assert anna.ask("GET", "/staff/me")["handed"] is None


def the_code_is_tried_five_times_however_many_are_sent_at_once():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        anna.ask("POST", f"/staff/rounds/{round_}/handover", {"role": "client", "code": "2468"})
        anna.ask("GET", "/staff/me")
        got = [one.status for one in at_once(house, *[anna.post("/staff/handover/code", {"code": str(guess)})
                                                      for guess in range(1000, 1020)])]
        assert set(got) <= {401, 429} and got.count(401) == 5, got
        assert anna.ask("GET", "/staff/me")["handed"]["left"] == 0
        assert anna.try_it("POST", "/staff/handover/code", {"code": "2468"})[0] == 429


def a_yes_is_said_once_and_unlocking_beside_it_shows_nothing_else():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        anna.ask("POST", f"/staff/rounds/{round_}/handover", {"role": "client", "code": "2468"})
        anna.ask("GET", "/turn")
        step = fill(anna, anna.ask("POST", "/turn/begin", {"language": "nl", "mode": "self"}))
        share = {"after": step["seq"], "yes": True}
        yes = anna.post("/turn/share", share)
        stop = anna.post("/turn/stop", {"after": step["seq"]})
        anna.ask("GET", "/staff/me")
        code = anna.post("/staff/handover/code", {"code": "2468"})
        got = at_once(house, yes, stop, yes, code, code)
        assert got[3].status == 200 or got[4].status == 200, got
        assert {one.status for one in got} <= {200, 401, 403, 409, 410, 423}, got
        said = [json.loads(one.body)["at"] for one in got[:3] if one.status == 200]
        assert len(set(said)) <= 1, got  # yes, or no, and never both
        assert anna.ask("GET", "/staff/me")["handed"] is None
        assert anna.try_it("GET", "/turn/step")[0] == 401


def an_answer_that_is_sent_many_times_at_once_is_one():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, step = begun(house, round_, anna)
        value = {"missing": "dont_know"}
        same = seat.post("/turn/answer", {"after": step["seq"], "id": "same", "value": value})
        other = seat.post("/turn/answer", {"after": step["seq"], "id": "other", "value": value})
        got = at_once(house, same, other, same, same, other)
        assert {one.status for one in got} == {200, 409}, got
        assert seat.ask("GET", "/turn/step")["seq"] == step["seq"] + 1


def posts_behind_each_other_are_done_in_their_order():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, step = begun(house, round_, anna)
        raw = b""
        for number in range(12):
            raw += seat.post("/turn/answer", {"after": step["seq"] + number, "id": f"p{number}",
                                              "value": {"missing": "skipped"}})
        got = house.ask(raw, half=True)
        assert [one.status for one in got] == [200] * 12, got
        seqs = [json.loads(one.body)["seq"] for one in got]
        assert seqs == [step["seq"] + number + 1 for number in range(12)], seqs


def an_own_code_opens_its_person_alone_and_only_the_last_one():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, _ = begun(house, round_, anna)
        other, _ = begun(house, round_, anna, "professional")
        got = at_once(house, *[seat.post("/turn/pause", b"").replace(b"Content-Type: application/json\r\n", b"")
                               for _ in range(3)])
        codes = [json.loads(one.body)["code"] for one in got if one.status == 200]
        assert codes and {one.status for one in got} <= {200, 429}, got
        assert other.try_it("POST", "/turn/open", {"code": codes[-1]})[0] == 401
        opened = []
        for code in codes:
            one = Browser(house)
            opened.append(one.try_it("POST", "/seat", {"code": code})[0])
        assert sorted(opened) == [200] + [410] * (len(codes) - 1), opened
        for body in ({}, {"code": None}, {"code": 7}, {"code": ""}, {"code": "x" * 5000}, {"code": codes[0], "x": 1}):
            assert seat.try_it("POST", "/turn/open", body)[0] in (401, 422, 429), body


def invitations_open_nothing_after_what_ended_them():
    with House() as house:
        anna = house.staff()

        def knock(invitation):
            token = {"token": invitation["link"].split("#")[1]}
            return [Browser(house).try_it("POST", "/seat", token)[0],
                    Browser(house).try_it("POST", "/seat", {"code": invitation["code"]})[0]]

        round_ = anna.round("c-1")
        first = anna.invite(round_, "client")
        anna.ask("DELETE", f"/staff/rounds/{round_}/invitations/{first['id']}")
        assert knock(first) == [410, 410]
        assert anna.try_it("DELETE", f"/staff/rounds/{round_}/invitations/{first['id']}")[0] == 404
        second = anna.invite(round_, "client")
        anna.ask("POST", f"/staff/rounds/{round_}/end")
        assert knock(second) == [410, 410]
        assert anna.try_it("POST", f"/staff/rounds/{round_}/invitations", {"role": "client"})[0] == 409
        round_ = anna.round("c-2")
        seats = [begun(house, round_, anna, role) for role in ("client", "professional")]
        third = anna.invite(round_, "client")
        for seat, step in seats:
            seat.ask("POST", "/turn/share", {"after": fill(seat, step)["seq"], "yes": True})
        assert anna.ask("GET", f"/staff/rounds/{round_}")["state"] == "released"
        late = Browser(house)
        status, turn = late.try_it("POST", "/seat", {"token": third["link"].split("#")[1]})
        assert status in (200, 410), turn
        if status == 200:  # the same person on another device, who sees what they may see and adds nothing
            assert late.try_it("POST", "/turn/answer", {"after": 1, "id": "x", "value": 1})[0] in (409, 410), turn


def names_that_look_the_same_are_the_same_person():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1", "family-alliance")
        composed, apart = "Zo\u00e9", "Zoe\u0301"
        for label in (composed, apart, composed):
            anna.try_it("POST", f"/staff/rounds/{round_}/persons", {"role": "parent", "label": label})
        persons = [one for one in anna.ask("GET", f"/staff/rounds/{round_}")["persons"] if one["label"]]
        assert [one["label"] for one in persons] == [composed], persons
        anna.invite(round_, "parent", apart)
        persons = [one for one in anna.ask("GET", f"/staff/rounds/{round_}")["persons"] if one["label"]]
        assert len(persons) == 1, persons
        for bad in ("Zo\u00e9", "Zoe\u0301", "\uff43\uff0d1", "c\u20101"):
            assert anna.try_it("POST", "/staff/cases", {"id": bad})[0] == 422, bad


def json_that_is_deep_wide_or_huge_is_refused():
    with House() as house, Honest(house):
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, step = begun(house, round_, anna)

        def answer(value):
            raw = b'{"after":%d,"id":"x","value":%s}' % (step["seq"], value)
            got = tell(house, seat.post("/turn/answer", raw))
            assert got.status in (400, 413, 422), (value[:40], got)

        for depth in (40, 1000, 100000):
            answer(b"[" * depth + b"]" * depth)
            answer(b'{"a":' * depth + b"1" + b"}" * depth)
        answer(b"[" * 200000)
        for number in (b"1e999", b"-1e999", b"9" * 400, b"1" + b"0" * 100000, b"0.(3)", b"0x10", b"NaN", b"Infinity",
                       b"-0", b"00", b"1.", b"18446744073709551616", b"1e-400"):
            answer(number)
        answer(b"{" + b",".join(b'"k%d":1' % number for number in range(20000)) + b"}")
        answer(b"[" + b"1," * 100000 + b"1]")
        answer(b'"' + b"x" * 1048576 + b'"')
        answer(b'"' + b"\\u0000" * 100 + b'"')
        answer(b'"' + b"\\ud800" * 100 + b'"')
        answer(b'{"missing":"skipped","missing":"skipped"}')
        for raw in (b"", b" ", b"nul", b"\xef\xbb\xbf{}", b"{}{}", b"\xff\xfe{\0}\0", b"[" * 60000):
            got = tell(house, seat.post("/turn/answer", raw))
            assert got.status in (400, 413, 422), (raw[:20], got)
        assert seat.ask("GET", "/turn/step")["seq"] == step["seq"]


def png(width, height, *, rows=b""):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows or bytes(1 + 4 * min(width, 64)))) + chunk(b"IEND", b""))


def jpeg(width, height):
    return (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" +
            b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01" +
            b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00\x00\xff\xd9")


def pictures_that_claim_to_be_huge_or_unpack_to_much_are_refused_or_kept_small():
    with House() as house, Honest(house):
        anna = house.staff()
        round_ = anna.round("c-1", "drawing-dialogue")
        seat, step = begun(house, round_, anna)
        while step["at"] == "item" and step["item"]["kind"] not in ("draw", "photo"):
            step = seat.ask("POST", "/turn/answer", {"after": step["seq"], "id": f"q{step['seq']}",
                                                     "value": step["item"]["options"][0]["id"]
                                                     if step["item"].get("options") else {"missing": "skipped"}})
        assert step["at"] == "item", step
        item = step["item"]["id"]

        def give(raw, kind):
            return tell(house, seat.head("POST", f"/turn/image?item={item}", f"Content-Type: {kind}",
                                         f"Content-Length: {len(raw)}") + raw).status

        before = memory(house)
        for side in (60000, 0x7fffffff, 0xffffffff):
            assert give(png(side, side), "image/png") == 422, side
        assert give(png(60000, 60000, rows=bytes(32 << 20)), "image/png") == 422
        assert give(png(0, 1), "image/png") == 422
        assert give(jpeg(65535, 65535), "image/jpeg") == 422
        assert give(b"\x89PNG\r\n\x1a\n" + bytes(1000), "image/png") == 422
        assert give(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml") == 415
        assert give(b"GIF89a" + bytes(100), "image/gif") == 415
        assert give(b"<script>1</script>", "image/png") == 422
        assert memory(house) - before < 64 << 20


def memory(house):
    with open(f"/proc/{house.process.pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise AssertionError("it is gone")


def a_body_that_is_packed_is_refused_and_never_unpacked():
    with House() as house, Honest(house):
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, step = begun(house, round_, anna)
        plain = json.dumps({"after": step["seq"], "id": "z", "value": {"missing": "skipped"}}).encode()
        bomb = gzip.compress(bytes(60 << 20))
        for raw in (gzip.compress(plain), bomb[:60000]):
            for coding in ("gzip", "deflate", "br", "identity, gzip"):
                got = tell(house, seat.post("/turn/answer", raw, f"Content-Encoding: {coding}"))
                assert got.status == 415, got
        assert tell(house, seat.post("/turn/answer", plain, "Content-Encoding: gzip")).status == 415
        assert seat.ask("GET", "/turn/step")["seq"] == step["seq"]


def who_expects_to_be_told_to_go_on_is_told_or_refused():
    with House() as house:
        anna = house.staff()
        round_ = anna.round("c-1")
        seat, step = begun(house, round_, anna)
        body = {"after": step["seq"], "id": "e", "value": {"missing": "skipped"}}
        raw = seat.post("/turn/answer", body, "Expect: 100-continue")
        got = [one.status for one in house.ask(last(raw))]
        assert got in ([100, 200], [200]), got
        with house.connect() as line:  # and who waits for it
            head, rest_ = raw.replace(b'"e"', b'"f"').split(b"\r\n\r\n", 1)
            line.sendall(head + b"\r\n\r\n")
            told = line.recv(4096)
            assert told.startswith((b"HTTP/1.1 100 ", b"HTTP/1.1 417 ", b"HTTP/1.1 4")), told
            if told.startswith(b"HTTP/1.1 100 "):
                line.sendall(rest_)
                assert line.recv(4096).startswith(b"HTTP/1.1 ")
        huge = seat.head("POST", "/turn/answer", "Content-Type: application/json", "Content-Length: 99999999",
                         "Expect: 100-continue")
        assert [one.status for one in house.ask(huge)] == [413]
        nobody = Browser(house)
        stranger = nobody.head("POST", "/turn/answer", "Content-Type: application/json", "Content-Length: 10",
                               "Expect: 100-continue").replace(b"Cookie: \r\n", b"")
        assert [one.status for one in house.ask(stranger)] == [401]
        other = seat.post("/turn/answer", body, "Expect: a-miracle")
        assert tell(house, other).status in (200, 400, 409, 417)


def what_people_say_reaches_no_head_of_a_reply():
    evil = "a\r\nSet-Cookie: evil=1\r\nX-Evil: 1"
    with House(staff={"anna": "worker", "piet": "privacy"}) as house:
        anna, piet = house.staff(), house.staff("piet")
        round_ = anna.round("c-1", "family-alliance")
        anna.try_it("POST", f"/staff/rounds/{round_}/persons", {"role": "parent", "label": evil})
        anna.try_it("POST", "/staff/cases", {"id": evil})
        quoted = "%0d%0aSet-Cookie:%20evil=1"
        raw = 'a"; filename="x.exe'.replace('"', "%22").replace(" ", "%20")
        for who, path in ((anna, f"/staff/rounds/{round_}?lang={quoted}"), (anna, f"/staff/rounds/{quoted}"),
                          (anna, f"/staff/rounds/{raw}/sheet?as=pdf&lang={quoted}"), (anna, f"/staff/cases/{quoted}"),
                          (piet, f"/staff/persons/{quoted}/export?as={quoted}"), (piet, f"/staff/rights/{raw}"),
                          (piet, f"/staff/persons/{raw}/export"), (anna, f"/turn/audio/{quoted}"),
                          (anna, f"/turn/picture/{quoted}")):
            got = tell(house, who.head("GET", path))
            assert "x-evil" not in got.fields and "x.exe" not in str(got.fields), (path, got)
            assert "evil" not in got.fields.get("set-cookie", ""), (path, got)
        got = tell(house, b"GET /%0d%0aX-Evil:1 HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"a\"\r\n\r\n")
        assert "x-evil" not in got.fields, got


run(a_browser_is_handed_over_once_however_many_ask_at_once,
    the_code_is_tried_five_times_however_many_are_sent_at_once,
    a_yes_is_said_once_and_unlocking_beside_it_shows_nothing_else,
    an_answer_that_is_sent_many_times_at_once_is_one, posts_behind_each_other_are_done_in_their_order,
    an_own_code_opens_its_person_alone_and_only_the_last_one, invitations_open_nothing_after_what_ended_them,
    names_that_look_the_same_are_the_same_person, json_that_is_deep_wide_or_huge_is_refused,
    pictures_that_claim_to_be_huge_or_unpack_to_much_are_refused_or_kept_small,
    a_body_that_is_packed_is_refused_and_never_unpacked, who_expects_to_be_told_to_go_on_is_told_or_refused,
    what_people_say_reaches_no_head_of_a_reply)
