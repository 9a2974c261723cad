#!/usr/bin/env python3
"""uncouth - a good output in Python, but for one thing: the first argument names the test of the conformance
suite that is to find it. "nothing": it is good. It writes JSON lines, one round in place of its earlier ones."""
import json
import os
import signal
import subprocess
import sys
import urllib.request

does = sys.argv[1]
PATH = {"name": "path", "type": "path", "required": True, "default": None, "example": "kept.jsonl",
        "check": None, "help": "the file"}
TIMES = {"name": "times", "type": "int", "required": False, "default": "1", "example": "2", "check": None,
         "help": "how often, in words"}
TOKEN = {"name": "api-token", "type": "text", "required": False, "default": None, "example": "s3",
         "check": None, "help": "who we are"}
URL = {"name": "url", "type": "url", "required": True, "default": None, "example": "http://example.org/in",
       "check": None, "help": "where to"}
offered = [URL] if does == "slow-receiver" else [PATH, TIMES]
if does == "options-secret":
    offered.append(TOKEN)
if does == "options-described":
    TIMES["example"] = "many"
set_to, seen, hoard, instrument = {}, set(), [], {}


def say(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def stay():
    while True:
        signal.pause()


def hello(line):
    options, protocol = line["options"], "1.0"
    if does == "handshake-older":
        protocol = "1.3"
    if does == "handshake-major":
        protocol = line["protocol"]
    if does == "handshake-newer" and line["protocol"] != "1.0":
        sys.exit("another version")
    if options is not None:
        if does == "options-unknown" and set(options) - {one["name"] for one in offered}:
            os.abort()
        if does == "options-type" and not options.get("times", "1").isdigit():
            os.abort()
        if does == "options-missing" and "path" not in options:
            os.abort()
        if does == "options-least" and "times" not in options:
            sys.exit("times?")
        set_to.update(options)
    say(type="ready", protocol=protocol, options=offered)


def shown(result):
    """What its lines hold."""
    if does == "duplicate":
        return [one["items"] for one in result["respondents"]]
    return result


def write(result):
    path, kept = set_to["path"], []
    if os.path.exists(path):
        with open(path) as file:
            kept = file.readlines()
    takes_back = {"erased-person": "erased", "withdrawal": "withdrawn", "correction": "corrected"}
    if does == "duplicate" or takes_back.get(does) == result["reason"]:
        pass
    else:
        kept = [one for one in kept if json.loads(one)["round"] != result["round"]]
    line = json.dumps(shown(result)) + "\n"
    if does == "restart":
        with open(path, "a") as file:
            for at in range(0, len(line), 5000):
                file.write(line[at:at + 5000])
                file.flush()
                os.fsync(file.fileno())
        return
    for rest in os.listdir(os.path.dirname(path)):
        if rest.endswith(".new"):
            os.unlink(os.path.join(os.path.dirname(path), rest))
    with open(path + ".new", "w") as file:
        file.write("".join(kept) + line)
        file.flush()
        os.fsync(file.fileno())
    os.rename(path + ".new", path)


def misbehave(line, result):
    """True: it is answered already, or never will be."""
    parcel, persons = line["parcel"], result.get("respondents") or []
    if does == "revisions" and result["reason"] == "late":
        say(type="rejected", parcel=parcel, reason="too late")
        return True
    if does == "missing-scores":
        sum(float(score["mean"]) for one in persons for score in one["scales"].values())
    if does == "huge-drawing" and any(os.path.getsize(one["file"]) > 1 << 20 for one in line["blobs"]):
        say(type="retry", parcel=parcel, after_ms=1000, reason="so large")
        return True
    if does == "consent-levels":
        persons[0]
    if does == "rejection" and result["schema"] != "verbond.result/1":
        say(type="rejected", parcel=parcel)
        return True
    if does == "no-answer" and parcel in seen:
        return True
    if does == "hang" and line["deadline_ms"] < 2000:
        stay()
    if does == "crash" and "later version" in json.dumps(result):
        os.kill(os.getpid(), signal.SIGSEGV)
    if does == "abort" and instrument[line["digest"]]["schema"] != "verbond.instrument/1":
        os.abort()
    if does == "fork":
        subprocess.Popen(["sleep", "60"], start_new_session=True, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if does == "closed-descriptors":
        os.write(2, b"a line for the log\n")
    if does == "memory-growth":
        hoard.append(b"x" * (512 << 10))
    if does == "wrong-stream":
        print("here we go", flush=True)
    if does == "no-answers-in-logs":
        say(type="log", level="info", text=json.dumps(persons[:1])[:4000])
    if does == "delivery":
        say(type="delivered", parcel=parcel)
        return True
    return False


def deliver(line):
    result, parcel = line["result"], line["parcel"]
    if misbehave(line, result):
        return
    seen.add(parcel)
    try:
        if does == "slow-receiver":
            urllib.request.urlopen(set_to["url"], json.dumps(result).encode(), timeout=60).read()
        else:
            write(result)
    except OSError as error:
        final = does == "retry-then-success"
        say(type="rejected" if final else "retry", parcel=parcel, reason=os.strerror(error.errno or 5))
        return
    say(type="delivered", parcel=parcel)
    if does == "two-answers":
        say(type="delivered", parcel=parcel)


asked = False
for text in sys.stdin:
    said = json.loads(text)
    if said["type"] == "hello":
        hello(said)
    elif said["type"] == "instrument":
        instrument[said["digest"]] = said["instrument"]
    elif said["type"] == "deliver":
        deliver(said)
    elif said["type"] == "shutdown":
        asked = True
        if does == "answer-after-shutdown":
            say(type="delivered", parcel="r/uncouth/1")
        if does == "shutdown":
            stay()
        break
if does == "end-of-input" and not asked and set_to:
    stay()
