#!/usr/bin/env python3
"""shelf.py list      is every instrument in docs/reference/instruments.md, with its own title, minutes and status?
shelf.py write     puts these three there, as they stand in instrument.lua; the rest of a row is written by hand
shelf.py readmes   does every instrument's README.md have the same parts, in Dutch and in English?

Prints what is wrong and ends with 1 then.
"""
import glob, os, re, sys

PAGE = "docs/reference/instruments.md"
DUTCH = ["## Waarvoor", "## Wie vult in, en hoe lang", "## Hoe praat je erover", "## Wat het niet is"]
ENGLISH = ["## What for", "## Who, and how long", "## Talking about it", "## What it is not"]
# What each one says in so many words: that it is ours, under which licence, and that it is a draft.
SAYS = [r"\*English below\.\*", r"Bron:\s", r"Licentie:\s+CC-BY-4\.0\.", r"Status:\s+concept", r"\| basis \| ",
        r"\| licence \| CC-BY-4\.0", r"\| status \| draft", r"\| example \| ", r"\| tests \| "]


def folders():
    return sorted(os.path.dirname(path) for path in glob.glob("instruments/*/instrument.lua"))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def field(text, pattern):
    found = re.search(r"\n  " + pattern, text)
    return found.groups() if found else ("(not found)",) * 2


def cells_of(folder):
    """What the row of an instrument says of it, by its own instrument.lua."""
    text = read(folder + "/instrument.lua")
    languages = {}
    for language, word in re.findall(r'([\w-]+) = "([\w-]+)"', field(text, r"status = \{([^}]*)\}")[0]):
        languages.setdefault(word, []).append(language)
    return {
        2: field(text, r'title = \{\s*nl = "([^"]+)"')[0],
        5: "%s-%s" % field(text, r"duration_min = \{ (\d+), (\d+) \}"),
        7: "; ".join(f"{word}: {', '.join(tags)}" for word, tags in languages.items()),
    }


def rows():
    return dict(re.findall(r"^(?=\| \[([\w-]+)\]\()(.*)$", read(PAGE), re.M))


def listed():
    there = rows()
    for folder in folders():
        name = os.path.basename(folder)
        cells = there[name].split(" | ") if name in there else []
        if not cells:
            yield f"{PAGE}: no row for {folder}"
            continue
        for at, wanted in cells_of(folder).items():
            if cells[at - 1].strip("| ") != wanted:
                yield f'{PAGE}: the row of {name} says "{cells[at - 1]}", not "{wanted}" (shelf.py write mends that)'


def write():
    """Puts title, minutes and status of each instrument into its row."""
    page = read(PAGE)
    for name, row in rows().items():
        cells = row.split(" | ")
        for at, wanted in cells_of("instruments/" + name).items():
            cells[at - 1] = wanted + (" |" if at == len(cells) else "")
        page = page.replace(row, " | ".join(cells))
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(page)
    return listed()


def in_order(text, headings):
    at = -1
    for heading in headings:
        found = text.find("\n" + heading + "\n", at + 1)
        if found < 0:
            yield heading
        else:
            at = found


def readmes():
    for folder in folders():
        path = folder + "/README.md"
        if not os.path.exists(path):
            yield f"{path} is not there"
            continue
        dutch, _, english = read(path).partition("\n---\n")
        for heading in list(in_order(dutch, DUTCH)) + list(in_order(english, ENGLISH)):
            yield f'{path}: "{heading}" is not there, or not in its place'
        for wanted in SAYS:
            if not re.search(wanted, read(path)):
                yield f'{path}: does not say "{wanted}"'
        for part in ("example.json", "tests.lua"):
            if not os.path.exists(f"{folder}/{part}"):
                yield f"{folder}/{part} is not there"


def main(words):
    wrong = list({"list": listed, "write": write, "readmes": readmes}[words[0]]())
    for line in wrong:
        print("# " + line)
    return 1 if wrong or not folders() else 0


sys.exit(main(sys.argv[1:]))
