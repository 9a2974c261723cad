"""docs.py - what the pages in README.md, docs/, instruments/ and plugins/ claim, taken out to be tried.

docs.py links             every relative link points at a file, and at a heading in it
docs.py names             every file and every vb_function that is named in `backticks` is there
docs.py lua FILE N        the Nth Lua block of a page; so too c and python
docs.py block FILE N      the Nth block of commands or of what they print
docs.py actions           what core/ writes as the action of a row of the audit, docs/reference/audit.md
                          lists and core/sheet/sheet_audit_words.c says in words are the same

Prints one line for each thing that is wrong and ends with 1 when there was any.
"""
import glob
import os
import re
import sys

FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```$", re.M | re.S)
# What a name in backticks begins with when it is a path from the top.
TOP = ("core/", "plugins/", "tests/", "instruments/", "docs/")
# A name without a folder, such as err.h, is looked for in these.
ROOMS = ["core/*", "core/*/*", "tests/*", "instruments/*"]
OF_LIBRARIES = ("lua.h", "uv.h")


def pages():
    found = ["README.md"] + glob.glob("docs/**/*.md", recursive=True)
    for folder in ("instruments/*", "plugins", "plugins/*", "tests/*"):
        found += glob.glob(f"{folder}/README.md")
    return sorted(found)


def prose(page):
    """The page without its code blocks."""
    with open(page, encoding="utf-8") as file:
        return FENCE.sub("", file.read())


def anchors(page):
    """Headings as a reader of Markdown turns them into anchors."""
    found = set()
    for heading in re.findall(r"^#+ +(.+)$", prose(page), re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        found.add(plain.replace(" ", "-"))
    return found


def links():
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            where = os.path.join(os.path.dirname(page), path) if path else page
            if not os.path.exists(where):
                yield f"{page}: no file for the link {target}"
            elif anchor and anchor not in anchors(where):
                yield f"{page}: no heading for the link {target}"


def is_there(page, name):
    if "/" in name:
        beside = os.path.join(os.path.dirname(page), name)
        return glob.glob(name) != [] or glob.glob(beside) != []
    return name in OF_LIBRARIES or any(glob.glob(f"{room}/{name}") for room in ROOMS)


def is_the_readers(page, name):
    """Files of the reader's own: the tutorial has them made, and the README shows one."""
    own = ("instruments/check-in", "instruments/shared")
    return name.startswith(own) or (page == "docs/reference/instrument.md" and "my-" in name)


def headers():
    text = ""
    for header in glob.glob("core/*/*.h") + glob.glob("core/include/*/*.h"):
        with open(header, encoding="utf-8") as file:
            text += file.read()
    return set(re.findall(r"\bvb_\w+", text))


def names():
    known = headers()
    for page in pages():
        for name in re.findall(r"`([^`\s]+)`", prose(page)):
            if "NAME" in name or "..." in name:
                continue
            bare = page == "docs/ARCHITECTURE.md" and re.fullmatch(r"[a-z_*]+\.[ch]", name)
            if name.startswith(TOP) or bare:
                if not is_there(page, name) and not is_the_readers(page, name):
                    yield f"{page}: there is no {name}"
            elif re.fullmatch(r"vb_\w*[a-z0-9]", name) and name not in known:
                yield f"{page}: no header has {name}"


# Who is handed the action of a row of the audit, and as which argument.
AUDITING = {
    "vb_workplace_audit": 1,
    "vb_workplace_audit_row": 1,
    "vb_restoring_try": 2,
    "vb_desk_show": 1,
    "vb_invite_audit": 1,
    "put_account": 2,
    "give_password": 4,
    "account_audit": 1,
    "vb_draft_audit": 2,
    "vb_draft_audit_of": 2,
    "vb_round_note": 1,
    "vb_revision_put": 3,
    "put_revision": 2,
    "add_audit": 1,
    "erase": 4,  # in store_sealed_settle.c
}
# A string that an expression may come to: all of it, or a branch of ?: but nothing it compares with.
LITERAL = re.compile(r'(?:^|[?:]\s*)"((?:[^"\\]|\\.)*)"')


def arguments(text, start):
    """Of a call whose bracket opens at start."""
    depth, quoted, found = 0, False, [""]
    for at in range(start, len(text)):
        char = text[at]
        if char == '"' and text[at - 1] != "\\":
            quoted = not quoted
        depth += 0 if quoted else (char in "([{") - (char in ")]}")
        if depth == 0:
            return [argument.strip() for argument in found]
        if depth == 1 and char == "," and not quoted:
            found.append("")
        elif at > start:
            found[-1] += char
    return []


def returned(text, expression):
    """What the functions of the file that an expression calls give back."""
    found = set()
    for called in re.findall(r"(\w+)\(", expression):
        body = re.search(rf"\b{called}\([^;{{]*\)\n\{{(.*?)^\}}", text, re.M | re.S)
        for back in re.findall(r"return ([^;]*);", body[1] if body else ""):
            found |= set(LITERAL.findall(back))
    return found


def values(text, word):
    """The strings of an argument, or those that a variable of that name is set to in the file."""
    if not re.fullmatch(r"\w+", word):
        return set(LITERAL.findall(word)) | returned(text, word)
    found = set()
    for value in re.findall(rf"(?<!\.)\b{word} = ([^;]*);", text):
        found |= set(LITERAL.findall(value)) | returned(text, value)
    return found


def written():
    found = set()
    for file in glob.glob("core/*/*.c"):
        with open(file, encoding="utf-8") as source:
            text = source.read()
        for call in re.finditer(r"\b(\w+)\(", text):
            if call[1] not in AUDITING or (call[1] == "erase" and "settle" not in file):
                continue
            given = arguments(text, call.end() - 1)
            if len(given) > AUDITING[call[1]]:
                found |= values(text, given[AUDITING[call[1]]])
        found |= set(re.findall(r'\.action = "([^"]*)"', text))
    return found


def actions():
    with open("docs/reference/audit.md", encoding="utf-8") as page:
        table = page.read().partition("## What is written")[2].partition("\n## ")[0]
    listed = set()
    for row in re.findall(r"^\| (`.*?) \|", table, re.M):
        listed |= set(re.findall(r"`([^`]+)`", row))
    with open("core/sheet/sheet_audit_words.c", encoding="utf-8") as source:
        table = source.read().partition("actions[] = {")[2].partition("\n};")[0]
    said = set(re.findall(r'^    \{ "([^"]+)"', table, re.M))
    if len(written()) < 25:
        yield f"only {len(written())} actions were found in core/"
    for name, there in (("audit.md does not list", listed), ("there are no words for", said)):
        for action in sorted(written() - there):
            yield f"{name} the action {action}"
    for name, there in (("audit.md lists", listed), ("there are words for", said)):
        for action in sorted(there - written()):
            yield f"{name} the action {action}, which is never written"


def block(page, languages, number):
    with open(page, encoding="utf-8") as file:
        blocks = [body for lang, body in FENCE.findall(file.read()) if lang in languages]
    print(blocks[int(number) - 1], end="")
    return []


def main(words):
    if words[0] in ("lua", "c", "python", "block"):
        wrong = block(words[1], ("sh", "text") if words[0] == "block" else (words[0],), words[2])
    else:
        wrong = list({"links": links, "names": names, "actions": actions}[words[0]]())
    for line in wrong:
        print(f"# {line}")
    return 1 if wrong else 0


sys.exit(main(sys.argv[1:]))
