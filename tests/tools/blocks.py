"""blocks.py - every block of code in the pages is run, loaded or compared; else it says why not.

blocks.py marked             every block has a language, and `text` says why it is not run
blocks.py json               every JSON block is JSON
blocks.py lua FOLDER         every block of Lua is loaded, wrapped where it is a piece (frames.py)
blocks.py fields FOLDER      so is the example of every field in docs/reference/lua.md
blocks.py run PAGE FOLDER    the blocks of a page are run in order, in FOLDER
blocks.py pages              the pages that have something to run

Behind the language of a block may stand what is to be done with it:

    ```sh                    is run in bash in the page's folder and must end with 0
    ```sh ends=1             ... with 1
    ```sh answered=FILE      verbond run gets --answers FILE: a reader answers on a terminal
    ```sh asks               each line ends with 0, or with 2 because there is no terminal to ask on
    ```text output           what the last sh block said, on stdout and stderr; "..." stands for anything
    ```text WHY              is not run, because WHY
    ```lua PATH              is written to PATH
    ```lua PATH before=WORD  is put before the first line of PATH that holds WORD

A comment that no reader sees may prepare: <!-- run: COMMAND -->, and <!-- say: WORD = VALUE -->, after
which WORD in commands stands for what bash makes of VALUE; $(round) and $(person) are the ids of the
first round that is listed, and of the first who is in it. `verbond` is the one in $PATH.
"""
import glob
import json
import os
import re
import subprocess
import sys

import frames

PIECE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)(?P<info>[^\n]*)\n(?P<body>.*?)^ *```$"
    r"|<!-- (?P<verb>run|say): (?P<hidden>.*?) -->", re.M | re.S)
LANGUAGES = ("lua", "json", "sh", "c", "python", "js", "css", "text")
# The tokens of its theme are looked up by tests/web/tokens.test.mjs.
THEMES = ("docs/how-to/theme.md",)
# Run by a test of its own, in places that it chooses.
ELSEWHERE = {"docs/how-to/embed.md": "tests/cli/embed.sh",
             "docs/tutorial/first-output.md": "tests/cli/tutorial_output.sh",
             "docs/reference/events.md": "tests/output/events.sh"}
# Half of their examples are wrong on purpose: tests/unit/test_finding_page.c tries them.
FINDINGS = "docs/reference/findings/"


def pages():
    found = ["README.md"] + glob.glob("docs/**/*.md", recursive=True)
    found += glob.glob("instruments/*/README.md") + glob.glob("plugins/*/README.md")
    return sorted(page for page in found if not page.startswith(FINDINGS))


class Piece:
    def __init__(self, page, text, match):
        self.page, self.line = page, text.count("\n", 0, match.start()) + 1
        self.verb, self.hidden = match["verb"], match["hidden"]
        self.language, self.info = match["language"], (match["info"] or "").strip()
        indent = match["indent"] or ""
        self.body = re.sub("^" + indent, "", match["body"] or "", flags=re.M)
        self.option = dict(word.split("=", 1) for word in self.info.split() if "=" in word)
        self.section = heading(text[:match.start()])

    def __str__(self):
        return f"{self.page}:{self.line}"


def heading(before):
    """What the heading above is about: `### v.likert "id" { ... }` is likert."""
    found = re.findall(r"^##+ (?:v\.)?(\w+)", before, re.M)
    return found[-1] if found else None


def pieces(page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    return [Piece(page, text, match) for match in PIECE.finditer(text)]


def blocks(language=None):
    for page in pages():
        for piece in pieces(page):
            if piece.verb is None and language in (None, piece.language):
                yield piece


def marked():
    for piece in blocks():
        if piece.language not in LANGUAGES:
            yield f"{piece}: no language; sh, lua and json are tried, text says why it is not"
        elif piece.language == "text" and piece.info == "" and piece.page not in ELSEWHERE:
            yield f"{piece}: text, and not a word on why it is not run"
        elif piece.language == "css" and piece.page in THEMES:
            continue
        elif piece.language in ("c", "python", "js", "css") and piece.page not in ELSEWHERE:
            yield f"{piece}: nobody runs this {piece.language}"


def json_blocks():
    for piece in blocks("json"):
        try:
            json.loads(piece.body)
        except ValueError as error:
            yield f"{piece}: {error}"


# -- Lua --------------------------------------------------------------------------------------------


class Shelf:
    """A folder of instruments in which every piece has one of its own."""

    def __init__(self, folder):
        self.folder, self.placed, self.wrong = folder, {}, []
        subprocess.run(["cp", "-R", "instruments", folder], check=True)
        self.write("check-in", "en.lua", 'return { from = "nl" }\n')  # a translation to require

    def write(self, instrument, name, text):
        home = os.path.join(self.folder, "instruments", instrument)  # or a whole path
        os.makedirs(home, exist_ok=True)
        with open(os.path.join(home, name), "w", encoding="utf-8") as file:
            file.write(text)
        return home

    def put(self, where, name, text):
        home = os.path.join(self.folder, "instruments", f"piece{len(self.placed)}")
        if name == "tests.lua":
            subprocess.run(["cp", "-R", os.path.join(self.folder, "instruments/menger-monitor"), home],
                           check=True)
        self.write(home, name, text)
        for picture in re.findall(r'picture = "([^"]+)"', text):
            self.write(home, picture, "")
        self.placed[home] = (where, name)

    def check(self):
        """Findings of every piece, and of its tests."""
        said = subprocess.run(["verbond", "check", "--format", "json", *self.placed],
                              capture_output=True, text=True, check=False)
        for finding in json.loads(said.stdout):
            if finding["level"] == "error":
                where = self.placed[os.path.dirname(finding["file"])][0]
                yield f'{where}: {finding["message"]} [{finding["code"]}]'
        cases = [home for home, (_, name) in self.placed.items() if name == "tests.lua"]
        for home in cases:
            said = subprocess.run(["verbond", "test", home], capture_output=True, text=True, check=False)
            if said.returncode != 0 or not re.search(r"^[1-9]\d* passed", said.stdout, re.M):
                yield f"{self.placed[home][0]}: {said.stdout}{said.stderr}"


def lua(folder):
    shelf = Shelf(folder)
    for piece in blocks("lua"):
        if piece.info != "":  # a file of a page that is run
            continue
        try:
            shelf.put(piece, *frames.block(piece.section, piece.body))
        except frames.NoFrame:
            yield f"{piece}: a piece of Lua that nobody can load; frames.py has no place for it"
    if len(shelf.placed) < 30:
        yield f"only {len(shelf.placed)} blocks of Lua were found"
    yield from shelf.check()


def fields(folder):
    shelf, section = Shelf(folder), None
    with open("docs/reference/lua.md", encoding="utf-8") as page:
        lines = page.read().splitlines()
    for number, line in enumerate(lines, 1):
        section = heading(line) or section
        cell = re.match(r"\| `(\w+)` .* \| `(.*)` \|$", line)
        if cell is None:
            continue
        where = f"docs/reference/lua.md:{number}: {section}.{cell[1]}"
        try:
            shelf.put(where, *frames.field_in(section, cell[2]))
        except frames.NoFrame:
            yield f"{where}: frames.py has no place for it"
    if len(shelf.placed) < 100:
        yield f"only {len(shelf.placed)} examples were found"
    yield from shelf.check()


# -- pages that are run -----------------------------------------------------------------------------

ANSWERED = 'verbond() { local c=$1; shift; command verbond "$c" "$@" $([ "$c" = run ] && echo --answers %s); }\n'


LISTED = """
listed() { verbond rounds --json | python3 -c "import json, sys; print(json.load(sys.stdin)[0]$1)"; }
round() { listed '["round"]'; }
person() { listed '["persons"][0]["person"]'; }
"""


class Run:
    def __init__(self, page, folder):
        self.page, self.folder = page, folder
        self.said, self.words = "", {}

    def bash(self, script):
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode(errors="replace")  # of two streams in one a character may be cut

    def prepare(self, piece):
        if piece.verb == "run":
            code, said = self.bash("set -e\n" + self.read(piece.hidden))
            if code != 0:
                yield f"{piece}: ended with {code}\n{said}"
            return
        word, value = piece.hidden.split(" = ", 1)
        code, said = self.bash(f'{LISTED}printf %s "{value}"')
        if code != 0 or said == "":
            yield f"{piece}: nothing stands for {word}\n{said}"
        self.words[word] = said

    def read(self, text):
        for word, value in self.words.items():
            text = text.replace(word, value)
        return text

    def sh(self, piece):
        script = self.read(piece.body)
        if piece.info == "asks":
            yield from self.asks(piece, script)
            return
        if "answered" in piece.option:
            script = ANSWERED % piece.option["answered"] + script
        code, self.said = self.bash("set -e\n" + script)
        if code != int(piece.option.get("ends", 0)):
            yield f"{piece}: ended with {code}\n{self.said}"

    def asks(self, piece, script):
        for line in script.splitlines():
            code, said = self.bash(line)
            if code != 0 and not (code == 2 and "terminal" in said):
                yield f"{piece}: {line}\nended with {code}\n{said}"

    def output(self, piece):
        wanted = [re.escape(part) for part in re.split(r"^\.\.\.\n", piece.body, flags=re.M)]
        if not re.fullmatch("(?:.*\n)*?".join(wanted), self.said):
            yield f"{piece}: the last command said otherwise:\n{self.said}"

    def file(self, piece):
        path = os.path.join(self.folder, piece.info.split()[0])
        text = piece.body
        if "before" in piece.option:
            with open(path, encoding="utf-8") as file:
                lines = file.readlines()
            at = [n for n, line in enumerate(lines) if piece.option["before"] in line]
            if not at:
                yield f"{piece}: {path} has no line with {piece.option['before']}"
                return
            text = "".join(lines[:at[0]]) + piece.body + "".join(lines[at[0]:])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def piece(self, piece):
        if piece.verb is not None:
            return self.prepare(piece)
        if piece.language == "sh":
            return self.sh(piece)
        if piece.language == "text" and piece.info == "output":
            return self.output(piece)
        if piece.language == "lua" and piece.info != "":
            return self.file(piece)
        return []


def runs(page):
    if page in ELSEWHERE:
        return False
    return any(p.language == "sh" or (p.language == "lua" and p.info) for p in pieces(page))


def run(page, folder):
    """Stops at the first thing that is wrong: what follows builds on it."""
    running = Run(page, folder)
    for piece in pieces(page):
        for wrong in running.piece(piece):
            yield wrong
            return


def main(words):
    if words[0] == "pages":
        print("\n".join(page for page in pages() if runs(page)))
        return 0
    wrong = list({"marked": marked, "json": json_blocks, "lua": lua, "fields": fields,
                  "run": run}[words[0]](*words[1:]))
    for line in wrong:
        print("# " + line.rstrip().replace("\n", "\n#   "))
    return 1 if wrong else 0


sys.exit(main(sys.argv[1:]))
