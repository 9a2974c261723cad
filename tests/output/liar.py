#!/usr/bin/env python3
"""liar - an output that speaks the protocol itself, and does one thing with it that may not be.

Its folder holds a file named "does" with the word for it."""
import json
import os
import signal
import sys

does = open("does").read().strip() if os.path.exists("does") else "nothing"


def say(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def stay():
    """Until somebody ends it."""
    while True:
        signal.pause()


def ready(**more):
    say(**{"type": "ready", "protocol": "1.0", "options": [], **more})


def on_hello(line):
    if does == "early":
        say(type="delivered", parcel="bad/1")
    if does == "silent":
        stay()
    if does == "major":
        ready(protocol="2.0")
    elif does == "minor":
        ready(protocol="1.7")
    else:
        ready()
    if does == "ready-twice":
        ready()
    if does == "unasked":
        say(type="delivered", parcel="bad/1")


def on_deliver(line):
    parcel = line["parcel"]
    if does == "late":
        stay()
    if does == "closes":
        os.close(1)
        stay()
    if does == "retry":
        say(type="retry", parcel=parcel, after_ms=7, reason="the receiver is full")
        return
    if does == "reject":
        say(type="rejected", parcel=parcel, reason="no such dossier")
        return
    say(type="delivered", parcel=parcel)
    if does == "twice":
        say(type="delivered", parcel=parcel)


for text in sys.stdin:
    line = json.loads(text)
    if line["type"] == "hello":
        on_hello(line)
    elif line["type"] == "deliver":
        on_deliver(line)
    elif line["type"] == "shutdown":
        if does == "after-shutdown":
            say(type="delivered", parcel="bad/1")
            stay()
        if does == "stays":
            stay()
        break
