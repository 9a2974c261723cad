#!/usr/bin/env python3
"""openapi.py DOCUMENT TRANSCRIPT...: what was asked and answered is what the document says.

A line of the transcript is one exchange (tests/unit/serve_scene.c). A request that was taken fits the
schema of its body; every reply has a status and a type of its operation and fits that schema. Prints
what does not, and how many exchanges and operations were seen."""
import fileinput
import json
import sys

from jsonschema import Draft202012Validator


def main(document_path, *transcripts):
    with open(document_path, encoding="utf-8") as file:
        document = json.load(file)
    Draft202012Validator.check_schema({"$defs": document["components"]["schemas"]})
    validators = {}
    wrong, seen, count = 0, set(), 0

    def resolve(part):
        while "$ref" in part:
            found = document
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part

    def faults(key, schema, value):
        if key not in validators:
            validators[key] = Draft202012Validator({**schema, "components": document["components"]})
        return [f"{error.json_path}: {error.message[:200]}" for error in validators[key].iter_errors(value)]

    for line in fileinput.input(transcripts, encoding="utf-8"):
        one = json.loads(line)
        method = one["method"].lower()
        where = f"{one['method']} {one['path']}"
        operation = document["paths"][one["path"]][method]
        seen.add(where)
        count += 1
        said = []
        if one["body"] is not None and one["status"] < 400:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            said += [f"request {fault}" for fault in faults(where + " request", schema, json.loads(one["body"]))]
        response = operation["responses"].get(str(one["status"]))
        if response is None:
            said.append(f"status {one['status']} is not described")
        else:
            content = resolve(response).get("content", {})
            kind = (one["type"] or "").split(";")[0]
            if kind and kind not in content and "*/*" not in content:
                said.append(f"type {kind} is not described for {one['status']}")
            if one["reply"] is not None and "application/json" in content:
                schema = content["application/json"].get("schema", {})
                said += [f"reply {fault}" for fault in
                         faults(f"{where} {one['status']}", schema, json.loads(one["reply"]))]
        for fault in said:
            wrong += 1
            if wrong <= 30:
                print(f"{where} {one['status']}: {fault}")
    print(f"{count} exchanges, {len(seen)} operations, {wrong} faults")
    return 1 if wrong or count == 0 else 0


sys.exit(main(*sys.argv[1:]))
