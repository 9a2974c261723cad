"""stats_feed.py - speaks for the engine to `verbond output-host stats.so`, with results made up here.

feed(HOST, PLUGIN, OPTIONS, DIR, DELIVERIES): the answers of the plugin, one for each delivery; what it
logged is in answers.logs. A delivery is (instrument, result)."""
import json
import subprocess


def item(ident, kind, roles=("client", "professional"), **more):
    text = more.pop("text", f"Question {ident}")
    whole = {"id": ident, "kind": kind, "text": {role: {"en": text} for role in roles}, "min": None, "max": None,
             "options": [], "by_format": False, "left": None, "right": None, "relation": "same", "reverse": False,
             "scored": kind not in ("text", "words", "date"), "comparable": True, "scale": None, "about": None,
             "required": False, "stage": "apart", "facet": None, "include": None, "when": None}
    if kind in ("likert", "faces"):
        whole.update(min=1, max=5, options=[{"value": n, "score": n, "text": {"en": f"answer {n}"}} for n in range(1, 6)])
    whole.update(more)
    return whole


def instrument(items, ident="odd", version="1.0.0", scales=(), respondents=None, languages=("en",)):
    return {"schema": "verbond.instrument/1", "id": ident, "version": version,
            "digest": f"sha256:{ident}-{version}", "title": {"en": "Odd"}, "languages": list(languages),
            "respondents": respondents or [
                {"role": role, "optional": False, "min": 1, "max": 1, "roster": False}
                for role in ("client", "professional")],
            "roster": {"min": 0, "max": 0}, "formats": {}, "forms": {}, "items": list(items),
            "scales": list(scales), "totals": []}


def result(asked, people, round_id="r1", revision=1, reason="released", **more):
    """people: a list of (role, items) or (role, items, about)"""
    respondents = []
    for number, (role, items, *about) in enumerate(people):
        respondents.append({"role": role, "person": f"p{number}-{round_id}", "language": "en", "mode": "self",
                            "state": "shared" if items is not None else "not_filled_in",
                            "items": items or {}, "scales": {}, "totals": {}, "about": about[0] if about else []})
    whole = {"schema": "verbond.result/1", "content": "items", "id": f"{round_id}/{revision}", "revision": revision,
             "reason": reason, "round": round_id, "case": f"case-{round_id}", "wave": "t0",
             "released_at": "2026-11-21T10:00:00Z", "simulated": False,
             "instrument": {"id": asked["id"], "version": asked["version"], "digest": asked["digest"],
                            "basis": "own", "status": {}, "format": None, "form": None, "variant": None},
             "respondents": respondents, "comparison": [], "talk": {"together": {}}}
    whole.update(more)
    return whole


class Answers(list):
    logs = ()


def feed(host, plugin, options, folder, deliveries, between=None):
    """between(number, answer) is called after each answer."""
    process = subprocess.Popen([host, "output-host", plugin], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True, cwd=folder)
    answers = Answers()
    answers.logs = []

    def say(line):
        process.stdin.write(json.dumps(line) + "\n")
        process.stdin.flush()

    def hear():
        for line in process.stdout:
            line = json.loads(line)
            if line["type"] != "log":
                return line
            answers.logs.append(line["text"])
        return {"type": "gone", "logs": answers.logs}

    say({"type": "hello", "protocol": "1.0", "output": "stats", "options": options, "dir": folder})
    ready = hear()
    if ready["type"] != "ready":
        process.stdin.close()
        process.wait()
        answers.append(ready)
        return answers
    told = None
    for number, (asked, one) in enumerate(deliveries):
        if told != asked["digest"]:
            say({"type": "instrument", "digest": asked["digest"], "instrument": asked})
            told = asked["digest"]
        say({"type": "deliver", "parcel": f"{one['round']}/stats/{one['revision']}", "attempt": 1,
             "deadline_ms": 30000, "digest": asked["digest"], "result": one, "blobs": []})
        answers.append(hear())
        if between:
            between(number, answers[-1])
    process.stdin.close()
    for line in process.stdout:
        answers.logs.append(json.loads(line).get("text"))
    code = process.wait()
    assert code == 0, f"the plugin ended with {code}"
    return answers
