"""slips.py FOLDER - makes one slip at a time in the instrument that `verbond new` wrote there.

Asks verbond what is wrong, and looks whether the first thing it says has the slip's line and what to
do. Prints one line for each slip that is not told so, and ends with 1 when there was any.
"""
import os
import re
import shutil
import subprocess
import sys

LUA, TESTS, EXAMPLE = "instrument.lua", "tests.lua", "example.json"
# What it is, where, what stands there, what the slip makes of it, what is said; and, where that is
# another line than the slip's, what stands in the line that is named.
SLIPS = [
    ("a forgotten comma", LUA, '"steps of a good size",', '"steps of a good size"',
     "add a comma at the end of this line"),
    ("a forgotten comma between two questions", LUA, '''plan of {client} too.",
      },
    },''', '''plan of {client} too.",
      },
    }''', "add a comma at the end of this line"),
    ("a misspelt field", LUA, 'facet = "knowing the plan"', 'facett = "knowing the plan"',
     "did you mean 'facet'"),
    ("an id with a capital", LUA, '"plan.small"', '"Plan.small"', "use lower-case letters"),
    ("a missing brace", LUA, '''with the first step.",
      },
    },
  },''', '''with the first step.",
    },
  },''', "not closed.*add the closing one", '''professional = {
        nl = "Ik help'''),
    ("a brace too many", LUA, 'en = "What is needed?" },', 'en = "What is needed?" } },',
     "take one } away"),
    ("a missing quote", LUA, 'nl = "Wat is er nodig?"', 'nl = "Wat is er nodig?',
     "count the quotes"),
    ("a bent quote", LUA, 'en = "What is needed?"', "en = \u201cWhat is needed?\u201d",
     "use straight quotes"),
    ("a misspelt role", LUA, 'professional = { nl = "Ik vraag', 'proffesional = { nl = "Ik vraag',
     "did you mean 'professional'"),
    ("a missing translation", LUA, ', en = "What is needed?" }', " }", 'add en = "..."'),
    ("a text without its languages", LUA, 'client = { nl = "Ons plan is duidelijk.", en = "Our plan is clear." }',
     'client = "Ons plan is duidelijk."', 'write client = { nl = "...", en = "..." }'),
    ("an id that is there already", LUA, 'v.likert "plan.mine"', 'v.likert "plan.clear"',
     "give it an id of its own"),
    ("v.likart", LUA, 'v.likert "plan.small"', 'v.likart "plan.small"', "did you mean v.likert"),
    ("a condition on nothing", LUA, 'v.is("need", true)', 'v.is("needs", true)', 'did you mean "need"'),
    ("a condition that looks forward", LUA, 'v.is("need", true)', 'v.answered("next.step")',
     "put that question first"),
    ("more answers asked than there are", LUA, "min_answered = 3", "min_answered = 30",
     "use at most 4"),
    ("a slot in Dutch", LUA, 'plan van {client}."', 'plan van {cli\u00ebnt}."', "did you mean {client}"),
    ("a == for a =", LUA, '  basis = "own"', '  basis == "own"', "write basis = with one ="),
    ("a : for a =", LUA, '  basis = "own"', '  basis: "own"', "write = instead of : behind basis"),
    ("a capital True", LUA, 'v.is("need", true)', 'v.is("need", True)', "write true, in small letters"),
    ("a comma behind the dashes", LUA, '"CC-BY-4.0", -- what', '"CC-BY-4.0" --, what',
     "add a comma at the end of this line"),
    ("a misspelt local", LUA, "standard = agree", "standard = agre", "did you mean agree"),
    ("a word without quotes", LUA, 'relation = "own",\n    when', "relation = own,\n    when",
     'write "own" if it is a text'),
    ("no return", LUA, "return v.instrument", "v.instrument", "write return before it"),
    ("a note with a #", LUA, "-- A scale is a", "# A scale is a", "begin the note with two dashes"),
    ("a note with two strokes", LUA, '"own questions", --', '"own questions", //',
     "begin the note with two dashes"),
    ("an id without quotes", LUA, 'v.likert "plan.small"', "v.likert plan.small",
     'write v.likert "plan.small"'),
    ("a constructor without v.", LUA, 'v.likert "plan.small"', 'likert "plan.small"',
     "write v.likert"),
    ("a quote inside a text", LUA, '"Our plan is clear." }', '"Our "plan" is clear." }',
     'write \\" for a quote'),
    ("an apostrophe in a text", LUA, 'en = "What is needed?"', "en = 'What's needed?'",
     'put the text between " and "'),
    ("a long dash before a note", LUA, "-- A scale", "\u2013 A scale", "write -- before a note"),
    ("a space of another kind", LUA, "    min_answered = 3", "\u00a0   min_answered = 3",
     "type them anew"),
    ("a capital Return", LUA, "return v.instrument", "Return v.instrument", "did you mean return?"),
    ("two commas", LUA, '"steps of a good size",', '"steps of a good size",,', "take one of them"),
    ("the last brace forgotten", LUA, '''What is the next step?" },
  },
}''', '''What is the next step?" },
  },
''', "add the closing one", "return v.instrument {"),
    ("a question behind the end", LUA, '''What is the next step?" },
  },
}''', '''What is the next step?" },
  },
} v.text "late" {}''', "move it into the braces"),
    ("a role that is not in respondents", LUA, "professional = { nl = \"Ik vraag",
     "parent = { nl = \"Ik vraag", 'put "parent" into respondents'),
    ("tests in the place of an instrument", LUA, "return v.instrument", "return v.tests",
     "return v.instrument { ... }"),
    ("a name with a dot in a case", TESTS, '["plan.clear"] = 5', "plan.clear = 5",
     'write ["plan.clear"] ='),
    ("a case without a name", TESTS, 'name = "whoever needs nothing goes on",', "",
     "write { name ="),
    ("no return in the tests", TESTS, "return v.tests", "v.tests", "write return before it"),
    ("an unknown question in a case", TESTS, '["plan.small"] = 3', '["plan.smal"] = 3',
     "did you mean plan.small"),
    ("an unknown scale in a case", TESTS, "scale = { plan = 4", "scale = { plann = 4",
     "did you mean plan?"),
    ("v.non in a case", TESTS, "contact = v.none", "contact = v.non", "did you mean v.none"),
    ("a value outside its range", EXAMPLE, '"plan.small": 4', '"plan.small": 9', "outside 1..5"),
    ("a misspelt question in the example", EXAMPLE, '"plan.small": 4', '"plan.smal": 4',
     "did you mean plan.small"),
    ("a forgotten comma in the example", EXAMPLE, '"contact.reach": 4,', '"contact.reach": 4',
     "a comma or } was expected", '"need": true'),
]


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def first_difference(old, new):
    return next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))


def ask(folder, file):
    """What is said of the folder, on both channels."""
    command = {LUA: ["check", folder], TESTS: ["test", folder],
               EXAMPLE: ["run", folder, "--answers", os.path.join(folder, EXAMPLE), "--data", "data"]}
    done = subprocess.run(["verbond", *command[file]], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def lines_named(said):
    """The lines that are named: FILE:12:, "line 12", in the order in which they are said."""
    return [int(a or b) for a, b in re.findall(r"\.lua:(\d+):|\bline (\d+)", said)]


def try_slip(folder, name, file, old, new, mend, elsewhere=None):
    with open(os.path.join(folder, file), encoding="utf-8") as source:
        text = source.read()
    if text.count(old) < 1:
        return f"{name}: the template does not have {old}"
    at = text.index(old)
    line = line_of(text, text.index(elsewhere) if elsewhere else at + first_difference(old, new))
    home = os.path.join("slip", folder)
    shutil.rmtree("slip", ignore_errors=True)
    shutil.copytree(folder, home)
    with open(os.path.join(home, file), "w", encoding="utf-8") as target:
        target.write(text[:at] + new + text[at + len(old):])
    code, said = ask(home, file)
    named = lines_named(said)
    # A case of tests.lua begins with its own line; the slip's follows.
    first = named[1:2] if file == TESTS and "could not" in said or "expect." in said else named[:1]
    if code == 0:
        return f"{name}: nothing is said of it"
    if first != [line]:
        return f"{name}: line {line} is not the one that is named\n{said}"
    if re.search(mend if "*" in mend else re.escape(mend), said, re.S) is None:
        return f"{name}: it is not said to: {mend}\n{said}"
    return None


def main(folder):
    if len(SLIPS) < 20:
        raise SystemExit("fewer than twenty slips")
    wrong = [told for slip in SLIPS if (told := try_slip(folder, *slip)) is not None]
    for told in wrong:
        print("# " + told.rstrip().replace("\n", "\n#   "))
    return 1 if wrong else 0


sys.exit(main(sys.argv[1]))
