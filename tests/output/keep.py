#!/usr/bin/env python3
"""keep.py: an output that keeps what it was told.

path is a folder: instrument.json and, of each revision, REVISION.json. What an output gets can so be
given to another one again, as it was or changed.
"""
import json
import os
import sys

OPTIONS = [{"name": "path", "type": "path", "required": True, "default": None, "example": "told",
            "check": None, "help": "a folder; made where there is none"}]


def keep(path, said):
    folder, name = path.rsplit("/", 1)
    os.makedirs(folder, exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(said, file, ensure_ascii=False)


path = None
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        path = (said["options"] or {}).get("path")
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": OPTIONS}), flush=True)
    elif said["type"] == "instrument":
        keep(f"{path}/instrument.json", said)
    elif said["type"] == "deliver":
        keep(f"{path}/{said['parcel'].rsplit('/', 1)[1]}.json", said)
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
