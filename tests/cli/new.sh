#!/bin/bash
# new.sh: verbond new makes an instrument that works at once, and an editor that knows the words.
. tests/tools/tap.sh

# in_an_empty_folder: the folder of somebody who begins
in_an_empty_folder() { mkdir "$tmp/mine" && cd "$tmp/mine"; }
# works PATH PASSED: it checks without a warning, its tests pass, every item of it can be reached, its
# example runs to a sheet
works() {
    expect_exit 0 verbond check --strict "$1"
    says "$tmp/err" "0 warnings"
    expect_exit 0 verbond test "$1"
    [ "$(cat "$tmp/out")" = "$2 passed, 0 failed" ]
    expect_exit 0 verbond explore "$1"
    says "$tmp/out" "every path was walked twice and led to the same"
    expect_exit 0 verbond run "$1" --answers "$1/example.json" --data "$tmp/data" --lang nl
    says "$tmp/out" "GESPREKSBLAD"
    expect_exit 0 verbond run "$1" --answers "$1/example.json" --data "$tmp/data" --lang en
    says "$tmp/out" "CONVERSATION SHEET"
}
a_new_instrument_checks_tests_and_runs_at_once() {
    in_an_empty_folder
    expect_exit 0 verbond new instrument proef
    says "$tmp/out" "proef/instrument.lua"
    says "$tmp/err" "verbond run proef --answers proef/example.json"
    works proef 4
}
so_does_each_kind() {
    in_an_empty_folder
    local kind
    for kind in likert:4 family:3 drawing:2 scripted:4; do
        expect_exit 0 verbond new instrument "my-${kind%:*}" --kind "${kind%:*}"
        works "my-${kind%:*}" "${kind#*:}"
    done
}
the_three_commands_that_it_names_work_as_they_stand() {
    in_an_empty_folder
    verbond new instrument proef >/dev/null 2>"$tmp/said"
    grep '^  verbond ' "$tmp/said" >"$tmp/three"
    [ "$(wc -l <"$tmp/three")" = 3 ]
    export VERBOND_DATA=$tmp/data
    expect_exit 0 . "$tmp/three"
}
it_goes_into_the_folder_of_instruments_where_there_is_one() {
    in_an_empty_folder
    mkdir instruments
    expect_exit 0 verbond new instrument proef
    says "$tmp/out" "instruments/proef/tests.lua"
    says "$tmp/out" "instruments/verbond.d.lua"
    says instruments/proef/tests.lua "verbond test instruments/proef"
    [ ! -e proef ]
    works instruments/proef 4
    expect_exit 0 verbond test proef
}
what_is_there_is_never_written_over() {
    in_an_empty_folder
    mkdir proef
    echo mine >proef/notes
    expect_exit 4 verbond new instrument proef
    says "$tmp/err" "proef is there already, and stays as it is: choose another name"
    [ "$(ls -A)" = proef ] && [ "$(ls proef)" = notes ]
    echo mine >other
    expect_exit 4 verbond new instrument other
    [ "$(cat other)" = mine ]
}
a_folder_that_cannot_be_written_leaves_nothing_behind() {
    in_an_empty_folder
    mkdir instruments
    expect_exit 5 env -C "$tmp/mine" bash -c 'ulimit -f 1; trap "" XFSZ; exec "$0" new instrument proef' \
        "$build/verbond"
    says "$tmp/err" "instruments/proef/instrument.lua"
    [ -z "$(ls -A instruments)" ]
}
a_name_that_is_none_is_refused_with_one_that_is() {
    in_an_empty_folder
    expect_exit 2 verbond new instrument "Mijn Cliënt 2"
    says "$tmp/err" "how about mijn-client-2"
    expect_exit 2 verbond new instrument ../elders
    says "$tmp/err" "how about elders"
    expect_exit 2 verbond new instrument 12
    says "$tmp/err" "a letter first"
    says_not "$tmp/err" "how about"
    [ -z "$(ls -A)" ]
}
a_kind_that_is_none_is_refused_with_those_there_are() {
    in_an_empty_folder
    expect_exit 2 verbond new instrument proef --kind likrt
    says "$tmp/err" "did you mean likert? There are likert, family, drawing, scripted"
    expect_exit 2 verbond new
    expect_exit 2 verbond new plugin
    expect_exit 2 verbond new editor-kit --kind likert
    [ -z "$(ls -A)" ]
}

# -- the editor -------------------------------------------------------------------------------------

the_editor_kit_stays_as_it_is_but_for_what_is_printed() {
    in_an_empty_folder
    expect_exit 0 verbond new editor-kit
    cp verbond.d.lua "$tmp/first"
    echo '{}' >.luarc.json
    sed -i '3,$d' verbond.d.lua
    expect_exit 0 verbond new editor-kit
    says "$tmp/err" ".luarc.json was there already, and stays as it is"
    [ "$(cat .luarc.json)" = '{}' ]
    cmp verbond.d.lua "$tmp/first"
    echo 'return {} -- of somebody else' >verbond.d.lua
    expect_exit 0 verbond new editor-kit
    says "$tmp/err" "verbond.d.lua was there already"
    [ "$(cat verbond.d.lua)" = 'return {} -- of somebody else' ]
    mkdir elders
    expect_exit 0 verbond new editor-kit elders
    says "$tmp/out" "elders/.vscode/tasks.json"
}
# Every line that check prints for every broken instrument there is, read as the editor reads it.
the_problem_matcher_reads_every_line_of_check() {
    in_an_empty_folder
    verbond new editor-kit >/dev/null 2>&1
    cd "$top"
    verbond check --format gcc tests/fixtures/broken >"$tmp/gcc" 2>"$tmp/err" || true
    verbond check --format json tests/fixtures/broken >"$tmp/json" 2>"$tmp/err" || true
    python3 - "$tmp/mine/.vscode/tasks.json" "$tmp/gcc" "$tmp/json" <<'PY'
import json, re, sys
tasks, gcc, wanted = json.load(open(sys.argv[1])), open(sys.argv[2]).read(), json.load(open(sys.argv[3]))
task = next(t for t in tasks["tasks"] if t["label"] == "verbond check")
assert task["args"][:3] == ["check", "--format", "gcc"], task["args"]
pattern = task["problemMatcher"]["pattern"]
lines = gcc.splitlines()
assert len(lines) == len(wanted) > 50, (len(lines), len(wanted))
for line, finding in zip(lines, wanted):
    match = re.search(pattern["regexp"], line)
    assert match, "not read: " + line
    for group, field in (("file", "file"), ("severity", "level"), ("code", "code")):
        assert match[pattern[group]] == finding[field], (group, line)
    assert int(match[pattern["line"]]) == finding["line"], line
    assert match[pattern["message"]].startswith(finding["message"]), line
PY
}
luacheck_is_told_the_names_of_the_sandbox_and_no_others() {
    in_an_empty_folder
    verbond new editor-kit >/dev/null 2>&1
    cd "$top"
    python3 - "$tmp/mine/.luacheckrc" <<'PY'
import re, sys
text = re.sub(r"--.*", "", open(sys.argv[1]).read())
text = text[:text.index("exclude_files")]
found = set()
for module, names in re.findall(r"(\w+) = \{ fields = \{(.*?)\} \}", text, re.S):
    found.add(module)
    found |= {module + "." + name for name in re.findall(r'"(\w+)"', names)}
found |= set(re.findall(r'"(\w+)"', re.sub(r"\w+ = \{ fields = \{.*?\} \}", "", text, flags=re.S)))
with open("tests/fixtures/sandbox-names.txt") as file:
    wanted = {n for n in file.read().split() if not n.startswith(("(text)", "s.", "verbond."))}
assert found == wanted, found ^ wanted
PY
}
luacheck_has_nothing_to_say_of_any_instrument() {
    command -v luacheck >/dev/null || skip "luacheck is not installed"
    in_an_empty_folder
    local kind
    for kind in likert family drawing scripted; do
        verbond new instrument "my-$kind" --kind "$kind" >/dev/null 2>&1
    done
    cp -R "$top"/instruments/* .
    expect_exit 0 luacheck --no-color .
    says "$tmp/out" "0 warnings / 0 errors"
    echo 'return os.time(), nothing' >my-likert/instrument.lua
    expect_exit 1 luacheck --no-color .
}

run_tests a_new_instrument_checks_tests_and_runs_at_once so_does_each_kind \
    the_three_commands_that_it_names_work_as_they_stand \
    it_goes_into_the_folder_of_instruments_where_there_is_one what_is_there_is_never_written_over \
    a_folder_that_cannot_be_written_leaves_nothing_behind \
    a_name_that_is_none_is_refused_with_one_that_is \
    a_kind_that_is_none_is_refused_with_those_there_are \
    the_editor_kit_stays_as_it_is_but_for_what_is_printed \
    the_problem_matcher_reads_every_line_of_check \
    luacheck_is_told_the_names_of_the_sandbox_and_no_others \
    luacheck_has_nothing_to_say_of_any_instrument
