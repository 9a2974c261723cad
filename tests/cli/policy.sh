#!/bin/bash
# policy.sh: what an instrument's policy says may not stay is nowhere on the disk.
. tests/tools/tap.sh

mark=MARKER-nobody-keeps-this

# instrument NAME FIELDS: in $tmp/NAME, with an open question, a drawing and a collage
instrument() {
    mkdir -p "$tmp/$1"
    cat >"$tmp/$1/instrument.lua" <<LUA
local v <const> = require "verbond"
return v.instrument { id = "$1", version = "1.0.0", licence = "CC0-1.0", basis = "own",
  source = "own", title = { en = "Passing" }, languages = { "en" },
  respondents = { "client", "professional" }, $2
  v.text "say" { text = { en = "What goes well?" } },
  v.draw "draw" { text = { en = "Draw it." } },
  v.collage "glue" { text = { en = "Glue it." }, pieces = { { "tree", en = "tree" } } },
}
LUA
}
variants='variants = { stays = { title = { en = "stays" } },
    passes = { title = { en = "passes" }, policy = { retention = false } } },'

# answers FILE FIELDS: of both, with the mark in words and in the bytes of a picture
answers() {
    png "$tmp/given/picture.png" "$mark"
    cat >"$tmp/given/$1" <<JSON
{"client": {"say": "$mark", "draw": {"file": "picture.png"},
            "glue": {"pieces": [{"id": "tree", "x": 100, "y": 900, "turn": 90}]}},
 "professional": {"say": "$mark"} $2}
JSON
}
given() { mkdir -p "$tmp/given"; answers "$@"; }

# found: files under home and the test's folder that hold the mark, but what was given and printed
found() {
    grep -rlaF -- "$mark" "$HOME" "$tmp" | grep -vE "^$tmp/(given/|out$|err$|screen$)" || true
}
# state: every file of the data folder with its digest
state() { (cd "$tmp/data" && find . -type f -exec sha256sum {} + | sort); }

retain_none_makes_no_data_folder_and_leaves_no_mark() {
    instrument one 'retain = "none",'
    given both.json ''
    expect_exit 0 verbond run "$tmp/one" --data "$tmp/data" --answers "$tmp/given/both.json"
    says "$tmp/out" "$mark"
    says "$tmp/out" "made, not kept"
    says "$tmp/err" "nothing was kept"
    [ ! -e "$tmp/data" ]
    [ -z "$(found)" ]
}
policy_retention_does_the_same() {
    instrument one 'policy = { retention = false },'
    given both.json ''
    expect_exit 0 verbond run "$tmp/one" --data "$tmp/data" --answers "$tmp/given/both.json"
    says "$tmp/out" "$mark"
    says "$tmp/err" "nothing was kept"
    [ ! -e "$tmp/data" ]
    [ -z "$(found)" ]
}
a_variant_without_retention_leaves_the_folder_of_its_sibling_as_it_was() {
    instrument two "$variants"
    given both.json ''
    given named.json ', "@variant": "passes"'
    expect_exit 0 verbond run "$tmp/two" --data "$tmp/data" --case k1 --variant stays \
        --answers "$tmp/given/both.json"
    says "$tmp/err" "round "
    state >"$tmp/given/before"
    expect_exit 0 verbond run "$tmp/two" --data "$tmp/data" --case k1 --variant passes \
        --answers "$tmp/given/both.json"
    says "$tmp/out" "$mark"
    says "$tmp/err" "nothing was kept"
    expect_exit 0 verbond run "$tmp/two" --data "$tmp/data" --case k2 --answers "$tmp/given/named.json"
    says "$tmp/out" "$mark"
    says "$tmp/err" "nothing was kept"
    state >"$tmp/given/after"
    diff "$tmp/given/before" "$tmp/given/after"
    [ -z "$(found)" ]
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    [ "$(grep -o '"case":"[^"]*"' "$tmp/out")" = '"case":"k1"' ]
}
nothing_goes_out_of_such_a_variant() {
    instrument two "$variants"
    given both.json ''
    expect_exit 2 verbond run "$tmp/two" --data "$tmp/data" --variant passes --output jsonl \
        --answers "$tmp/given/both.json"
    says "$tmp/err" "keeps nothing"
    [ ! -e "$tmp/data" ]
}
a_variant_that_is_not_there_is_told_before_anything_is_made() {
    instrument two "$variants"
    given both.json ''
    expect_exit 4 verbond run "$tmp/two" --data "$tmp/data" --variant pases \
        --answers "$tmp/given/both.json"
    says "$tmp/err" "passes"
    [ ! -e "$tmp/data" ]
}
# kill at the second question, with the mark typed and taken
killed() {
    local got=0
    python3 tests/tools/type.py "$build/verbond" run "$@" --data "$tmp/data" >"$tmp/screen" <<STEPS || got=$?
Enter = begin => 
q = stop | ? = help\n> => $mark
> => 
Draw it. => !kill -9 \$TYPED_AT
STEPS
    says "$tmp/screen" "$mark"
    says "$tmp/screen" "Draw it."
    says_not "$tmp/screen" "never on the screen"
    [ "$got" -eq 247 ] # 256 less the number of the signal
}
killed_in_the_middle_retain_none_leaves_nothing() {
    instrument one 'retain = "none",'
    killed "$tmp/one"
    [ ! -e "$tmp/data" ]
    [ -z "$(found)" ]
}
killed_in_the_middle_a_variant_without_retention_leaves_nothing() {
    instrument two "$variants"
    mkdir -p "$tmp/given"
    killed "$tmp/two" --variant passes
    says "$tmp/screen" "Nothing is kept."
    [ ! -e "$tmp/data" ]
    killed "$tmp/two" --variant stays --case k1 # the same hands do leave something where it may stay
    says_not "$tmp/screen" "Nothing is kept."
    [ -e "$tmp/data/verbond.db" ]
    state >"$tmp/given/before"
    killed "$tmp/two" --variant passes --case k1
    state >"$tmp/given/after"
    diff "$tmp/given/before" "$tmp/given/after"
    [ -z "$(found)" ]
}
# The file is looked at and let go; so are the pieces. Of a policy that keeps no pictures nothing is taken.
a_picture_that_is_not_kept_leaves_only_that_it_was_made() {
    instrument three ''
    given both.json ''
    expect_exit 0 verbond run "$tmp/three" --data "$tmp/data" --case k1 \
        --answers "$tmp/given/both.json"
    says "$tmp/out" "made, not kept"
    local id
    id=$(verbond rounds --json --data "$tmp/data" | grep -o '"round":"[^"]*"' | cut -d'"' -f4)
    expect_exit 0 verbond result "$id" --data "$tmp/data"
    says "$tmp/out" '"draw":{"value":{"paper":true}}'
    says "$tmp/out" '"glue":{"value":{"paper":true}}'
    [ "$(sqlite3 "$tmp/data/verbond.db" 'SELECT count(*) FROM blob')" = 0 ]
    instrument four 'policy = { drawing_keep = false },'
    expect_exit 4 verbond run "$tmp/four" --data "$tmp/data" --case k2 \
        --answers "$tmp/given/both.json"
    says "$tmp/err" "client.draw"
    [ "$(sqlite3 "$tmp/data/verbond.db" 'SELECT count(*) FROM round')" = 1 ]
    sed -i 's/"draw": {"file": "picture.png"}/"draw": {"paper": true}/' "$tmp/given/both.json"
    expect_exit 0 verbond run "$tmp/four" --data "$tmp/data" --case k2 \
        --answers "$tmp/given/both.json"
    [ "$(sqlite3 "$tmp/data/verbond.db" 'SELECT count(*) FROM blob')" = 0 ]
    says "$tmp/out" "made, not kept"
}

run_tests retain_none_makes_no_data_folder_and_leaves_no_mark \
    policy_retention_does_the_same \
    a_variant_without_retention_leaves_the_folder_of_its_sibling_as_it_was \
    nothing_goes_out_of_such_a_variant \
    a_variant_that_is_not_there_is_told_before_anything_is_made \
    killed_in_the_middle_retain_none_leaves_nothing \
    killed_in_the_middle_a_variant_without_retention_leaves_nothing \
    a_picture_that_is_not_kept_leaves_only_that_it_was_made
