"""frames.py - puts a piece of Lua from the pages into an instrument in which it can be loaded.

A whole instrument stays as it is. A constructor stands among the questions of an instrument that has
what such examples look at (stuck, room, a roster, scales). A field stands in the constructor that its
section of docs/reference/lua.md is about, in the place of the one that is there.
"""
import re

HEAD = 'local v <const> = require "verbond"\nlocal agree <const> = require "shared.agree"\n'
BASE = {
    "id": 'id = "framed"',
    "version": 'version = "1.0.0"',
    "licence": 'licence = "CC0-1.0"',
    "source": 'source = "a page"',
    "basis": 'basis = "own"',
    "title": 'title = { nl = "In een lijst", en = "Framed" }',
    "languages": 'languages = { "nl", "en" }',
    "respondents": 'respondents = { "client", "professional" }',
    "formats": "formats = { standard = agree.five }",
    "slots": 'slots = { place = { nl = "hier", en = "here" } }',
    "variants": 'variants = { music = { title = { nl = "Muziek", en = "Music" } } }',
}
# With members: the roles and the roster that go with them.
FAMILY = {
    "respondents": 'respondents = { "client", "youth", "parent", "professional" }',
    "roster": 'roster = { role = { "youth", "parent" }, min = 2, max = 8 }',
}
TEXT = 'text = { nl = "Hoe is het?", en = "How is it?" }'
# What examples look back at, by its id.
AROUND = {
    "stuck": 'v.yesno "stuck" { %s }' % TEXT,
    "stuck.what": 'v.text "stuck.what" { %s }' % TEXT,
    "room": 'v.vas "room" { %s }' % TEXT,
    "talks": 'v.number "talks" { min = 0, max = 20, integer = true, %s }' % TEXT,
    "going.well": 'v.text "going.well" { %s }' % TEXT,
    "trust": 'v.scale "trust" { title = { nl = "A", en = "A" }, v.likert "trust.report" { %s } }' % TEXT,
    "way": 'v.choice "way" { %s, options = { { id = "photo", nl = "a", en = "a" }, '
           '{ id = "paper", nl = "b", en = "b" } } }' % TEXT,
    "bond": 'v.scale "bond" { title = { nl = "B", en = "B" }, v.likert "bond.time" { %s } }' % TEXT,
}
OPTIONS = 'options = { { id = "a", nl = "a", en = "a" }, { id = "b", nl = "b", en = "b" } }'
TOKENS = "tokens = { %s }" % ", ".join('{ id = "%s", nl = "a", en = "a" }' % n for n in "abc")
PIECES = 'pieces = { { id = "a", nl = "a", en = "a" }, { id = "b", nl = "b", en = "b" } }'
QUESTIONS = ("likert", "faces", "vas", "yesno", "choice", "words", "text", "number", "date", "draw",
             "photo", "collage", "triangle")
# What a constructor has beside the field that is tried.
HAS = {
    "choice": [TEXT, OPTIONS],
    "words": [TEXT, OPTIONS],
    "triangle": [TEXT, TOKENS],
    "collage": [TEXT, PIECES],
    "scale": ['title = { nl = "C", en = "C" }', 'v.likert "one.a" { %s }' % TEXT,
              'v.likert "one.b" { %s }' % TEXT],
    "total": ['of = { "trust", "bond" }'],
    "say": [TEXT],
    "include": [],
}
# A plain table: where it stands, and what it has beside the field.
PLAIN = {
    "respondents": ('respondents = { "client", { %s } }', ['role = "professional"']),
    "roster": ("roster = { %s }", ['role = "youth"']),
    "policy": ("policy = { %s }", []),
    "talk": ("talk = { %s }", []),
    "variants": ("variants = { music = { %s } }", ['title = { nl = "Muziek", en = "Music" }']),
}
WITHIN = {
    "answer": ('v.likert "one" { %s, answers = v.answers { { %%s }, { 2, nl = "ja", en = "yes" } } }' % TEXT,
               ["1", 'nl = "nee"', 'en = "no"']),
    "option": ('v.choice "one" { %s, options = { { %%s }, { id = "b", %%s nl = "b", en = "b" } } }' % TEXT,
               ['id = "a"', 'nl = "a"', 'en = "a"']),
    "piece": ('v.collage "one" { %s, pieces = { { %%s }, { id = "b", nl = "b", en = "b" } } }' % TEXT,
              ['id = "a"', 'nl = "a"', 'en = "a"']),
    "token": ('v.triangle "one" { %s, tokens = { { %%s }, { id = "b", nl = "b", en = "b" }, '
              '{ id = "c", nl = "c", en = "c" } } }' % TEXT, ['id = "a"', 'nl = "a"', 'en = "a"']),
    "reference": ('v.scale "one" { title = { nl = "C", en = "C" }, v.likert "one.a" { %s }, '
                  'reference = { %%s } }' % TEXT, ['source = "Author 2020"']),
}


# A team: a campaign has roles and questions of its own, and is about no case; as a card is.
TEAM = {
    "respondents": 'respondents = { "convenor", { role = "member", max = 20 } }',
    "case": "case = false",
}
TEAM_ITEMS = ['v.date "before" { roles = { "convenor" }, %s }' % TEXT,
              'v.yesno "held" { roles = { "member" }, %s }' % TEXT,
              'v.date "next.date" { stage = "together", %s }' % TEXT]
CAMPAIGN = ['convenor = "convenor"', 'member = "member"', 'before = "before"', 'held = "held"',
            'next = "next.date"', TEXT]


def team(call):
    head = {**BASE, **TEAM}
    return HEAD + "return v.instrument {\n  " + ",\n  ".join([*head.values(), call, *TEAM_ITEMS]) + ",\n}\n"


class NoFrame(Exception):
    """A piece that nobody knows how to load: mark it, or give it a frame here."""


def field_of(text):
    found = re.match(r"(\w+) = ", text)
    return found[1] if found else None


def beside(has, example):
    """The fields that stand with the example: those of another name."""
    name = field_of(example)
    return ", ".join([one for one in has if field_of(one) != name or name is None] + [example])


def instrument(fields, items, family=False):
    """fields: text of fields in the place of the base's; items: text of questions."""
    own = {field_of(field): field for field in fields}
    head = {**BASE, **(FAMILY if family else {}), **own}
    made = set(re.findall(r'v\.\w+ "([\w.]+)"', items))
    refused = "v.text" if "free_text = false" in items + "".join(fields) else "-"
    around = [text for name, text in AROUND.items()
              if not text.startswith(refused) and not {name, *re.findall(r'v\.\w+ "([\w.]+)"', text)} & made]
    lines = list(head.values()) + around + ([items.rstrip().rstrip(",")] if items.strip() else [])
    return HEAD + "return v.instrument {\n  " + ",\n  ".join(lines) + ",\n}\n"


def of_members(text):
    return bool(re.search(r'"member"|\{member\}|"youth"', text))


def tests(case):
    return HEAD.split("\n")[0] + "\nreturn v.tests { %s }\n" % case


def whole(text):
    for name, line in (("v", HEAD.split("\n")[0]), ("agree", HEAD.split("\n")[1])):
        if not re.search(r"local %s\b" % name, text) and re.search(r"\b%s\." % name, text):
            text = line + "\n" + text
    return text


def block(section, text):
    """A block of Lua as (file name, text): instrument.lua or tests.lua. section: the heading above it,
    such as "option"; None outside docs/reference/lua.md."""
    start = text.lstrip()
    if re.search(r"^return v\.instrument", text, re.M):
        return "instrument.lua", whole(text)
    if re.search(r"^return v\.tests", text, re.M):
        return "tests.lua", whole(text)
    if start.startswith("local "):
        name = re.match(r"local (\w+)", start)[1]
        return "instrument.lua", HEAD + text + instrument(
            ["formats = { standard = %s }" % name], "")[len(HEAD):]
    if start.startswith("v.campaign "):
        return "instrument.lua", team(text.rstrip())
    if field_of(start) == "card":
        return "instrument.lua", instrument(["case = false", start], "")
    if re.match(r'v\.\w+ ("|\{)', start):
        return "instrument.lua", instrument([], text, of_members(text))
    if section in WITHIN and start.startswith("{"):
        return "instrument.lua", within(section, start.strip()[1:-1], [])
    if section == "test":
        return "tests.lua", tests(text)
    field = field_of(start)
    if field == "when":
        return "instrument.lua", instrument([], 'v.text "one" { %s, %s }' % (TEXT, start))
    if field == "expect":
        return "tests.lua", tests('{ name = "one", client = {}, %s }' % start)
    if field == "reference":
        return "instrument.lua", field_in("scale", start)[1]
    if field in PLAIN:
        return "instrument.lua", instrument([start], "", of_members(text))
    raise NoFrame(text)


def within(section, inner, has):
    frame = WITHIN[section][0]
    parts = [beside(has, inner) if has else inner]
    if frame.count("%s") == 2:  # all options have a value, or none
        parts.append("value = 1," if "value =" in inner else "")
    return instrument([], frame % tuple(parts))


def field_in(section, example):
    """The example of a field, from the table of a section, as (file name, text)."""
    if section == "campaign":
        return "instrument.lua", team('v.campaign "one" { %s }' % beside(CAMPAIGN, example))
    if section == "card":
        return "instrument.lua", instrument(["case = false", "card = { %s }" % example], "")
    if section == "instrument" and field_of(example) == "card":
        return "instrument.lua", instrument(["case = false", example], "")
    if section == "instrument":
        items = 'v.text "stuck.what" { %s }' % TEXT if example.startswith("flow") else ""
        return "instrument.lua", instrument([example], items, example.startswith("roster"))
    if section == "test":
        has = ['name = "one"', "client = {}"]
        return "tests.lua", tests("{ %s }" % beside(has, example))
    if section in PLAIN:
        frame, has = PLAIN[section]
        return "instrument.lua", instrument([frame % beside(has, example)], "", section == "roster")
    if section in WITHIN:
        return "instrument.lua", within(section, example, WITHIN[section][1])
    if section == "Questions":
        section = "likert"
    if section not in HAS and section not in QUESTIONS:
        raise NoFrame(example)
    name = "strengths" if section == "include" else "one"
    call = "v.say {" if section == "say" else 'v.%s "%s" {' % (section, name)
    inner = beside(HAS.get(section, [TEXT]), example)
    return "instrument.lua", instrument([], "%s %s }" % (call, inner), of_members(example))
