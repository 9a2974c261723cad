"""fhir_answers.py SEED OUT [EXAMPLE]: an answer file of chance, the same for the same seed.

With EXAMPLE its whole numbers are changed and some answers taken out; without it the answers are for
tests/web/instruments/scored: many missing in one file, few in the next.
"""

import json
import random
import sys

seed, out = int(sys.argv[1]), sys.argv[2]
chance = random.Random(seed)
gone = (0.0, 0.1, 0.25, 0.5, 0.8)[seed % 5]


def varied(value):
    """The value, another one, or None: take it out."""
    if isinstance(value, dict):
        if any(":" in key for key in value):  # for each member
            kept = {key: one for key, one in ((k, varied(v)) for k, v in value.items()) if one is not None}
            return kept or None
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if chance.random() < gone:
        return None
    return chance.randint(0, value) if value > 10 else chance.randint(1, 5 if value > 3 else 3)


def example(name):
    with open(name, encoding="utf-8") as file:
        document = json.load(file)
    for person, answers in document.items():
        if person.startswith("@") or not isinstance(answers, dict):
            continue
        answers.setdefault("@purposes", ["research"])
        for item in list(answers):
            if item.startswith("@"):
                continue
            value = varied(answers[item])
            if value is None:
                del answers[item]
            else:
                answers[item] = value
    return document


def scored(most):
    kinds = {"four": 4, "mixed": 5, "wide": 16, "added": 3, "rough": 2, "line": 3, "yes": 7, "pick": 3, "long": 2, "mood": 2}
    short = ("four.1", "four.2", "four.3", "mixed.1", "mixed.2", "line.1")
    one = {
        "line": lambda: chance.randint(0, 1000),
        "yes": lambda: chance.random() < 0.5,
        "pick": lambda: chance.choice(("none", "half", "full")),
        "long": lambda: chance.randint(-1500, 2001) / 1000,
        "mood": lambda: chance.randint(1, 3),
    }
    form = "short" if seed % 4 == 3 else None
    given = {"@form": form} if form else {}
    for scale, count in kinds.items():
        for at in range(1, count + 1):
            item = f"{scale}.{at}"
            if chance.random() >= gone and (form is None or item in short):
                given[item] = one.get(scale, lambda: chance.randint(1, most))()
    if form is None:
        given["stuck"] = chance.random() < 0.5
        below = "four.1" in given and given["four.1"] < 3
        if given["stuck"]:
            given["stuck.what"] = "the plan"
        if below and (given.get("line.1", 0) > 500 or given.get("pick.1") == "full"):
            given["low"] = "less"
        if "long.1" in given and -0.5 <= given["long.1"] <= 1.25:
            given["middle"] = "in between"
        if not given["stuck"] and "four.4" not in given:
            given["other"] = "neither"
    return given


most = 3 if seed % 2 else 5  # of a round in the format simple, so that its answers hold in both
document = example(sys.argv[3]) if len(sys.argv) > 3 else {"client": scored(most)}
with open(out, "w", encoding="utf-8") as file:
    json.dump(document, file)
