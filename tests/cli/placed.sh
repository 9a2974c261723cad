#!/bin/bash
# placed.sh: a triangle and a collage, from the answer file to the sheet, the result and the dossier.
. tests/tools/tap.sh

instrument() {
    mkdir -p "$tmp/placed"
    cat >"$tmp/placed/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument { id = "placed", version = "1.0.0", licence = "CC0-1.0", basis = "own",
  source = "a test", title = { en = "Placed" }, languages = { "en" },
  respondents = { "client", "professional" },
  v.triangle "places" { required = true, text = { en = "Put them down." }, tokens = {
    { "client", en = "client" }, { "professional", en = "therapist" }, { "medium", en = "music" } } },
  v.yesno "fine" { text = { en = "Is it fine?" }, when = v.answered("places") },
  v.collage "ours" { stage = "together", keep = "give", text = { en = "Make it together." },
    pieces = { { "tree", en = "tree <x>" }, { "bridge", en = "bridge" } } },
}
LUA
    cat >"$tmp/placed/tests.lua" <<'LUA'
local v <const> = require "verbond"
return v.tests { { name = "places come in as a table",
  client = { places = { client = { 1, 2 }, professional = { 3, 4 }, medium = { 5, 6 } }, fine = true },
  expect = { path = { client = { "places", "fine" } } } } }
LUA
    cat >"$tmp/both.json" <<'JSON'
{"client": {"places": {"medium": [500, 1000], "client": [0, 0], "professional": [1000, 500]}, "fine": true,
            "@purposes": ["dossier", "research"]},
 "professional": {"places": {"client": [0, 1000], "professional": [0, 500], "medium": [0, 0]}, "fine": true,
            "@purposes": ["dossier", "research"]},
 "@together": {"ours": {"pieces": [{"id": "bridge", "x": 0, "y": 0},
                                   {"id": "tree", "x": 1000, "y": 1000, "turn": 270}]}}}
JSON
}
released() {
    instrument
    expect_exit 0 verbond run "$tmp/placed" --data "$tmp/data" --case k1 --answers "$tmp/both.json"
    cp "$tmp/out" "$tmp/sheet"
    round=$(verbond rounds --json --data "$tmp/data" | grep -o '"round":"[^"]*"' | cut -d'"' -f4)
}

both_pictures_stand_beside_each_other_on_the_sheet() {
    released
    says "$tmp/sheet" "│··········M··········│                │C····················│"
    says "$tmp/sheet" "│····················T│                │T····················│"
    says "$tmp/sheet" "│C····················│                │M····················│"
    says "$tmp/sheet" "C client: 0 to the right, 0 up;"
    says "$tmp/sheet" "M music: 0 to the right, 0 up"
    says "$tmp/sheet" "tree <x>: 100 to the right, 100 up, turned 270 degrees"
}
the_page_draws_each_and_says_the_same_in_words() {
    released
    expect_exit 0 verbond sheet "$round" --data "$tmp/data" --format html
    [ "$(grep -o '<svg class="plane"' "$tmp/out" | wc -l)" -eq 2 ]
    [ "$(grep -o '<svg class="board"' "$tmp/out" | wc -l)" -eq 1 ]
    [ "$(grep -o '<path class="diamond"' "$tmp/out" | wc -l)" -eq 2 ]
    says "$tmp/out" "rotate(270)"
    says "$tmp/out" "tree &lt;x&gt;"
    says_not "$tmp/out" "tree <x>"
    says "$tmp/out" "M music: 50 to the right, 100 up"
}
the_result_has_the_places_and_nothing_between_them() {
    released
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/out"
    says "$tmp/out" '"places":{"value":{"client":[0,0],"professional":[1000,500],"medium":[500,1000]}}'
    says "$tmp/out" '"ours":{"value":{"pieces":[{"id":"bridge","x":0,"y":0,"turn":0},{"id":"tree","x":1000,"y":1000,"turn":270}]}}'
    python3 - "$tmp/out" <<'PY'
import json, sys
result = json.load(open(sys.argv[1]))
assert {row.get("item") for row in result["comparison"]} == {"fine"}, result["comparison"]
assert all("places" not in points for points in result["talk"].values() if isinstance(points, list))
PY
}
a_dossier_gets_neither() {
    released
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose dossier
    says "$tmp/out" '"fine"'
    says_not "$tmp/out" places
    says_not "$tmp/out" pieces
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose research
    says "$tmp/out" '"places"'
}
a_copy_for_the_person_has_both() {
    released
    local person
    person=$(verbond rounds --json --data "$tmp/data" | grep -o '"person":"[^"]*"' | head -n 1 | cut -d'"' -f4)
    expect_exit 0 verbond export --person "$person" --data "$tmp/data"
    python3 tests/tools/schema.py docs/reference/export.schema.json "$tmp/out"
    says "$tmp/out" '"client":[0,0]'
    expect_exit 0 verbond export --person "$person" --data "$tmp/data" --format html --lang en
    says "$tmp/out" "M music: 50 to the right, 100 up"
}
authors_can_check_test_and_explore_them() {
    instrument
    expect_exit 0 verbond check "$tmp/placed"
    expect_exit 0 verbond test "$tmp/placed"
    says "$tmp/out" "1 passed, 0 failed"
    expect_exit 0 verbond explore "$tmp/placed"
}
a_place_that_is_none_names_the_token() {
    instrument
    sed -i 's/"medium": \[500, 1000\]/"medium": [500, 1001]/' "$tmp/both.json"
    expect_exit 4 verbond run "$tmp/placed" --data "$tmp/data" --answers "$tmp/both.json"
    says "$tmp/err" 'client.places: the place of "medium" is two whole numbers from 0 to 1000'
    [ ! -e "$tmp/data" ]
}

run_tests both_pictures_stand_beside_each_other_on_the_sheet \
    the_page_draws_each_and_says_the_same_in_words \
    the_result_has_the_places_and_nothing_between_them \
    a_dossier_gets_neither \
    a_copy_for_the_person_has_both \
    authors_can_check_test_and_explore_them \
    a_place_that_is_none_names_the_token
