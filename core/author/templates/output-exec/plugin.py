#!/usr/bin/env python3
"""@NAME@ - an output of verbond: a file for each round, in a folder (README.md).

It reads lines of JSON and answers with lines of JSON: docs/reference/output.md of verbond has all of them.
"""
import json
import os
import sys

MAJOR = "1"
OPTIONS = [{
    "name": "folder", "type": "path", "required": True, "default": None, "example": "rounds",
    "check": None,
    "help": "where the files go; made where there is none, but not what lies above it",
}]


def say(**line):
    print(json.dumps(line), flush=True)


def stop(why):
    """Why it cannot begin."""
    say(type="log", level="error", text=why)
    sys.exit(3)


# -- files ------------------------------------------------------------------------------------------


def sync(path):
    """A new name is durable once the folder it is in is synced."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make(folder):
    if not os.path.isdir(folder):
        os.mkdir(folder, 0o700)
        sync(os.path.dirname(folder))


def put(folder, name, text):
    """Under another name first: whoever looks into the folder sees the old file or the new one."""
    beside = os.path.join(folder, "." + name)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with open(os.open(beside, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, os.path.join(folder, name))
    sync(folder)


def revision_there(path):
    """The revision that the file holds; 0: there is no such file, or it is none of ours."""
    try:
        with open(path, encoding="utf-8") as file:
            return int(json.load(file)["revision"])
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return 0


# -- a result ---------------------------------------------------------------------------------------


def refuse(result):
    """What can never be taken; None: it can. A reason is kept and shown, so no word of an answer is in it."""
    if not isinstance(result, dict) or result.get("schema") != "verbond.result/1":
        return "it is no verbond.result/1"
    name = result.get("round")
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789")
    if not isinstance(name, str) or not 0 < len(name) <= 64 or not set(name) <= letters:
        return "its round has no name that a file can have"
    return None


def keep(folder, result):
    """A later revision takes the place of what the round had before: what somebody took back is not to
    stay here. An earlier one that comes late changes nothing."""
    make(folder)
    name, revision = result["round"] + ".json", result.get("revision")
    if isinstance(revision, int) and revision_there(os.path.join(folder, name)) > revision:
        return
    put(folder, name, json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n")


def deliver(folder, line):
    parcel, result = line["parcel"], line.get("result")
    refused = refuse(result)
    if refused is not None:
        return {"type": "rejected", "parcel": parcel, "reason": refused}
    try:
        keep(folder, result)
    except OSError as error:
        why = "cannot write into the folder: " + (error.strerror or "it does not say why")
        return {"type": "retry", "parcel": parcel, "reason": why}
    return {"type": "delivered", "parcel": parcel}


# -- the conversation -------------------------------------------------------------------------------


def begin(line):
    """The folder; None: somebody only wants to know which options there are."""
    if str(line.get("protocol")).split(".", maxsplit=1)[0] != MAJOR:
        stop(f"this output speaks version {MAJOR} of the protocol, and the engine {line.get('protocol')}")
    given = line.get("options")
    for name in given or {}:
        if name not in [option["name"] for option in OPTIONS]:
            stop("it has no option " + name)
    if given is not None and not given.get("folder", "").startswith("/"):
        stop("option folder: where do the files go? An absolute path, such as /home/ann/rounds")
    say(type="ready", protocol="1.0", options=OPTIONS)
    return given and given["folder"]


def main():
    folder = None
    for text in sys.stdin:
        line = json.loads(text)
        kind = line.get("type")
        if kind == "hello":
            folder = begin(line)
        elif kind == "deliver":
            say(**deliver(folder, line))
        elif kind == "shutdown":
            break


if __name__ == "__main__":
    main()
