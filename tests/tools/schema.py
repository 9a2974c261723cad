#!/usr/bin/python3
"""schema.py SCHEMA FILE...: is each JSON file valid against the JSON Schema? Exit 1 when one is not.

With --strict a file must also fail once a field is added to any of its objects, taken out, or given
a value of another type: a schema that takes everything would prove nothing."""
import copy
import json
import sys

import jsonschema

# Objects whose keys are ids: more of them is no breach, so only their values are changed.
OPEN = {"yes", "items", "scales", "totals", "together", "status", "text", "title", "summary", "notice",
        "left", "right", "forms", "formats", "variants", "settings", "slots"}
# And those whose values are such objects again.
OPEN_INSIDE = {"text", "slots", "settings"}


def places(node, path=()):
    """Every object in the document, with the path to it."""
    if isinstance(node, dict):
        yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        if isinstance(child, (dict, list)):
            yield from places(child, path + (key,))


def at(document, path):
    for key in path:
        document = document[key]
    return document


def shape(path, node):
    """What places of one form have in common: their path without the numbers, and their keys."""
    return tuple(key for key in path if not isinstance(key, int)), tuple(sorted(node))


def mutants(document):
    """Broken copies of the document, each with a sentence on what was done. Of a list of objects that
    are alike the first two are broken: what the schema says of one it says of all."""
    seen = {}
    for path, node in places(document):
        form = shape(path, node)
        seen[form] = seen.get(form, 0) + 1
        if seen[form] > 2:
            continue
        named = path and (path[-1] in OPEN or bool(OPEN_INSIDE & set(path[:-1])))
        where = "/".join(map(str, path)) or "the document"
        broken = copy.deepcopy(document)
        at(broken, path)["Not.An.Id!"] = 1
        yield f"a field added to {where}", broken
        for key in node:
            if not named:
                broken = copy.deepcopy(document)
                del at(broken, path)[key]
                yield f"{key} taken out of {where}", broken
            if key == "value":
                continue
            broken = copy.deepcopy(document)
            at(broken, path)[key] = [[1]]
            yield f"{key} of {where} is a list of lists", broken


def main(arguments):
    strict = "--strict" in arguments
    schema_path, *files = [word for word in arguments if word != "--strict"]
    with open(schema_path, encoding="utf-8") as stream:
        schema = json.load(stream)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = 0
    for path in files:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        for error in validator.iter_errors(document):
            place = "/".join(map(str, error.absolute_path)) or "the document"
            print(f"{path}: {place}: {error.message[:300]}")
            bad += 1
        for what, broken in mutants(document) if strict and bad == 0 else ():
            if validator.is_valid(broken):
                print(f"{path}: still valid with {what}")
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
