"""docs.py - what the pages in README.md, docs/ and instruments/ claim, taken out to be tried.

docs.py links             every relative link points at a file, and at a heading in it
docs.py names             every file and every vb_function that is named in `backticks` is there
docs.py lua FILE N        the Nth Lua block of a page
docs.py block FILE N      the Nth block without a language

Prints one line for each thing that is wrong and ends with 1 when there was any.
"""
import glob
import os
import re
import sys

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
# What a name in backticks begins with when it is a path from the top.
TOP = ("core/", "tests/", "instruments/", "docs/")
# A name without a folder, such as err.h, is looked for in these.
ROOMS = ["core/*", "core/*/*", "tests/*", "instruments/*"]
OF_LIBRARIES = ("lua.h", "uv.h")


def pages():
    found = ["README.md"] + glob.glob("docs/**/*.md", recursive=True)
    return sorted(found + glob.glob("instruments/*/README.md") + glob.glob("tests/*/README.md"))


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
    own = ("instruments/work-talk", "instruments/check-in", "instruments/shared")
    return name.startswith(own) or (page == "docs/reference/instrument.md" and "my-" in name)


def headers():
    text = ""
    for header in glob.glob("core/*/*.h"):
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


def block(page, language, number):
    with open(page, encoding="utf-8") as file:
        blocks = [body for lang, body in FENCE.findall(file.read()) if lang == language]
    print(blocks[int(number) - 1], end="")
    return []


def main(words):
    if words[0] in ("lua", "block"):
        wrong = block(words[1], "lua" if words[0] == "lua" else "", words[2])
    else:
        wrong = list({"links": links, "names": names}[words[0]]())
    for line in wrong:
        print(f"# {line}")
    return 1 if wrong else 0


sys.exit(main(sys.argv[1:]))
