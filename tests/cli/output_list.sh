#!/bin/bash
# output_list.sh: which plugins there are, what each takes, and what a house configured.
. tests/tools/tap.sh

unset VERBOND_CONFIG
# field EXPRESSION: of the JSON in $tmp/out
field() { python3 -c 'import json, sys
it = json.load(open(sys.argv[1])); print(json.dumps(eval(sys.argv[2])))' "$tmp/out" "$1"; }
# holds TEXT: stdout has these lines, one after the other
holds() {
    python3 -c 'import sys; sys.exit(sys.argv[2] not in open(sys.argv[1]).read())' "$tmp/out" "$1" && return 0
    echo "# stdout does not hold: $1"
    sed 's/^/#   /' "$tmp/out"
    return 1
}
# shelf: a folder of plugins that is looked in first
shelf() {
    mkdir "$tmp/shelf"
    export VERBOND_PLUGINS=$tmp/shelf
    cat >"$tmp/shelf/own" <<'PY'
#!/usr/bin/env python3
import json, sys
sys.stdin.readline()
print(json.dumps({"type": "ready", "protocol": "1.0", "options": [
    {"name": "place", "type": "path", "required": True, "example": "here.txt", "help": "where it goes"},
    {"name": "how", "type": "choice", "choices": "wide long", "default": "long", "required": False,
     "example": "wide", "check": "long", "help": "which way"}]}), flush=True)
sys.stdin.readline()
PY
    chmod +x "$tmp/shelf/own"
}

the_plugins_beside_the_program_are_listed_with_what_they_take() {
    expect_exit 0 verbond output list
    says "$tmp/out" "  jsonl $build/plugins/jsonl.so"
    says "$tmp/out" "    takes path (required)"
    says "$tmp/out" "  csv $build/plugins/csv.so"
    [ ! -s "$tmp/err" ]
    expect_exit 0 verbond output list --json
    [ "$(field '[row["options"][0]["name"] for row in it["plugins"] if row["name"] == "jsonl"]')" = '["path"]' ]
    [ "$(field 'it["configured"]')" = '[]' ]
}
one_is_shown_with_all_of_its_options() {
    shelf
    expect_exit 0 verbond output list own
    [ "$(cat "$tmp/out")" = "plugins
  own $tmp/shelf/own
    place (path, required)
        where it goes
        such as place=here.txt
    how (choice: wide long)
        which way
        when left out: long
        such as how=wide" ]
    cp "$tmp/out" "$tmp/by-name"
    expect_exit 0 verbond output list "$tmp/shelf/own"
    cmp "$tmp/out" "$tmp/by-name"
    expect_exit 0 verbond output list own --json
    [ "$(field '[it["plugins"][0]["options"][1][key] for key in ("name", "type", "required", "default", "example", "check", "help", "choices")]')" = \
        '["how", "choice", false, "long", "wide", "long", "which way", "wide long"]' ]
    expect_exit 0 verbond output list --verbose
    says "$tmp/out" "        such as place=here.txt"
    says "$tmp/out" "        such as path=results.jsonl"
}
the_first_that_a_name_leads_to_is_the_one() {
    shelf
    mv "$tmp/shelf/own" "$tmp/shelf/jsonl"
    expect_exit 0 verbond output list --json
    [ "$(field '[row["path"] for row in it["plugins"] if row["name"] == "jsonl"]')" = "[\"$tmp/shelf/jsonl\"]" ]
}
one_that_cannot_be_had_is_listed_with_the_reason() {
    shelf
    echo "no library" >"$tmp/shelf/broken.so"
    printf '#!/bin/sh\nexit 7\n' >"$tmp/shelf/gone"
    printf '#!/bin/sh\necho hello\n' >"$tmp/shelf/rude"
    chmod +x "$tmp/shelf/gone" "$tmp/shelf/rude"
    echo "a note" >"$tmp/shelf/notes" # no program, and not named like a plugin
    echo "a note" >"$tmp/shelf/README.md"
    expect_exit 0 verbond output list
    holds "  broken $tmp/shelf/broken.so
    cannot be had: output broken: "
    holds "  gone $tmp/shelf/gone
    cannot be had: output gone: "
    holds "  rude $tmp/shelf/rude
    cannot be had: output rude: "
    holds "  own $tmp/shelf/own
    takes place (required), how"
    says_not "$tmp/out" notes
    says_not "$tmp/out" README
    expect_exit 0 verbond output list --json
    [ "$(field '[[row["name"], row["options"] is None, row["reason"] is not None] for row in it["plugins"] if row["path"].startswith("'"$tmp"'")]')" = \
        '[["broken", true, true], ["gone", true, true], ["own", false, false], ["rude", true, true]]' ]
}
one_that_is_not_there_is_refused() {
    expect_exit 3 verbond output list nothing
    says "$tmp/err" "there is no output nothing"
    expect_exit 3 verbond output list "$tmp/nothing.so"
    expect_exit 2 verbond output list one two
    expect_exit 2 verbond output lst
    says "$tmp/err" "did you mean list?"
}
what_is_configured_is_listed_with_its_line() {
    mkdir "$tmp/house"
    cat >"$tmp/house/config.lua" <<'LUA'
return {
  limits = { deadline = 45 },
  outputs = {
    archive = { plugin = "jsonl", options = { path = "all.jsonl" } },
    study = {
      plugin = "csv", purpose = "research", content = "scores", memory = "none", deadline = 9,
      options = { path = "study.csv", layout = "wide" }, instruments = { "one", "two" },
    },
  },
}
LUA
    export VERBOND_CONFIG=$tmp/house/config.lua
    expect_exit 0 verbond output list
    says "$tmp/out" "  archive: jsonl, purpose local, content items ($VERBOND_CONFIG:4)"
    says "$tmp/out" "    path=all.jsonl"
    holds "  study: csv, purpose research, content scores ($VERBOND_CONFIG:5)
    for one, two
    path=study.csv
    layout=wide"
    expect_exit 0 verbond output list --json
    [ "$(field 'it["configured"]')" = "$(python3 -c 'import json, sys
print(json.dumps([
    {"name": "archive", "plugin": "jsonl", "purpose": "local", "content": "items", "where": sys.argv[1] + ":4",
     "memory": 512, "deadline": 45, "instruments": None, "options": {"path": "all.jsonl"}},
    {"name": "study", "plugin": "csv", "purpose": "research", "content": "scores", "where": sys.argv[1] + ":5",
     "memory": "none", "deadline": 9, "instruments": ["one", "two"],
     "options": {"path": "study.csv", "layout": "wide"}}]))' "$VERBOND_CONFIG")" ]
    # By its own name, or by its plugin's.
    for name in study csv; do
        expect_exit 0 verbond output list $name
        says "$tmp/out" "  csv $build/plugins/csv.so"
        says "$tmp/out" "  study: csv"
        says_not "$tmp/out" "archive"
    done
}

run_tests the_plugins_beside_the_program_are_listed_with_what_they_take \
    one_is_shown_with_all_of_its_options the_first_that_a_name_leads_to_is_the_one \
    one_that_cannot_be_had_is_listed_with_the_reason one_that_is_not_there_is_refused \
    what_is_configured_is_listed_with_its_line
