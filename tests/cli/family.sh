#!/bin/bash
# family.sh: rounds of more than two voices, rounds of one, and every kind of answer on the sheet.
. tests/tools/tap.sh

family=tests/fixtures/instruments/family
kinds=tests/fixtures/instruments/kinds

# answers RELEASE: two members who share, one who is not there, the professional
answers() {
    cat >"$tmp/f.json" <<JSON
{"relative:Sam": {"bond.attention": 3, "bond.talk": 2, "well": "Samen eten."},
 "relative:Kim": {"bond.attention": 1, "bond.talk": 1},
 "relative:Robin": null,
 "professional": {"bond.attention": {"relative:Sam": 3, "relative:Kim": 2, "relative:Robin": 2},
                  "bond.talk": {"relative:Sam": 1, "relative:Kim": 3}}$1}
JSON
}
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}

a_family_waits_for_somebody_to_release_it() {
    answers ""
    expect_exit 0 verbond run "$family" --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    [ ! -s "$tmp/out" ]
    says "$tmp/err" "verbond release $(round)"
    expect_exit 5 verbond sheet "$(round)" --data "$tmp/data"
    expect_exit 0 verbond release "$(round)" --data "$tmp/data"
    says "$tmp/out" "Sam (familielid)"
    expect_exit 5 verbond release "$(round)" --data "$tmp/data"
}
a_file_may_release_it() {
    answers ', "@release": true'
    expect_exit 0 verbond run "$family" --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    says "$tmp/out" "GESPREKSBLAD"
}
a_row_a_person_and_the_professional_beside_it() {
    answers ', "@release": true'
    expect_exit 0 verbond run "$family" --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    says "$tmp/out" "Sam (familielid)          ├────────●──┤   ├─────■─────┤"
    says "$tmp/out" "Kim (familielid)          ●───────────┤   ├────────■──┤"
    grep -E '^    Robin .*niet ingevuld$' "$tmp/out"
    says_not "$tmp/out" "gemiddeld"
}
rounds_names_who_is_still_to_come() {
    answers ""
    expect_exit 0 verbond run "$family" --data "$tmp/data" --answers "$tmp/f.json"
    verbond rounds --json --data "$tmp/data" >"$tmp/rounds.json"
    python3 - "$tmp/rounds.json" <<'PY'
import json, sys
persons = json.load(open(sys.argv[1]))[0]["persons"]
ready = {p["label"]: p["ready"] for p in persons}
assert ready == {"Sam": True, "Kim": True, "Robin": False, None: True}, persons
assert len({p["person"] for p in persons}) == 4, persons
PY
    expect_exit 0 verbond rounds --data "$tmp/data"
    says "$tmp/out" "relative Sam ready"
    says "$tmp/out" "relative Robin not ready yet"
}
one_voice_is_not_enough_to_release() {
    printf '{"relative:Sam": {"bond.talk": 2}, "relative:Kim": null}' >"$tmp/f.json"
    expect_exit 0 verbond run "$family" --data "$tmp/data" --answers "$tmp/f.json"
    expect_exit 5 verbond release "$(round)" --data "$tmp/data"
    says "$tmp/err" "a sheet takes two who are ready and said yes"
    lacks "$tmp/err" '(^| )[0-9] '
    expect_exit 5 verbond sheet "$(round)" --data "$tmp/data"
}
who_stopped_looks_like_who_was_not_there() {
    answers ', "@release": true'
    python3 - "$tmp/f.json" <<'PY'
import json, sys
both = json.load(open(sys.argv[1]))
both["relative:Robin"] = {"bond.talk": 3, "@share": False}
json.dump(both, open(sys.argv[1].replace("f.json", "stopped.json"), "w"))
PY
    expect_exit 0 verbond run "$family" --data "$tmp/one" --answers "$tmp/f.json"
    grep -v ronde "$tmp/out" >"$tmp/absent"
    expect_exit 0 verbond run "$family" --data "$tmp/two" --answers "$tmp/stopped.json"
    grep -v ronde "$tmp/out" >"$tmp/stopped"
    cmp "$tmp/absent" "$tmp/stopped"
}
every_kind_reads_well() {
    cat >"$tmp/k.json" <<'JSON'
{"client": {"room": 640, "stuck": false, "words": ["vrij", "lang"], "times": 2.5,
            "how": ["walk", {"other": "liggend"}], "next": "2026-12-01",
            "drawing": {"paper": true}}}
JSON
    expect_exit 0 verbond run "$kinds" --data "$tmp/data" --lang nl --answers "$tmp/k.json"
    says "$tmp/out" "C  ├────────────●──────┤  geen - veel"
    says "$tmp/out" "C  nee"
    says "$tmp/out" "C  wandelend, liggend"
    says "$tmp/out" "2,5"
    says "$tmp/out" "C  1 december 2026"
    says "$tmp/out" "C  vrij, lang"
    says "$tmp/out" "C  op papier"
    says "$tmp/out" "7 van 7 vragen ingevuld"
}
one_voice_releases_itself() {
    printf '{"client": {"stuck": true}}' >"$tmp/k.json"
    expect_exit 0 verbond run "$kinds" --data "$tmp/data" --lang en --answers "$tmp/k.json"
    says "$tmp/out" "This sheet shows what one person filled in"
    says "$tmp/out" "C  yes"
    says_not "$tmp/out" "Room today?"
}
an_image_is_kept_and_named() {
    png "$tmp/one.png" pixels
    printf '{"client": {"drawing": {"file": "one.png"}}}' >"$tmp/k.json"
    expect_exit 0 verbond run "$kinds" --data "$tmp/data" --lang nl --answers "$tmp/k.json"
    says "$tmp/out" "een tekening"
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    says "$tmp/out" '"blob":"sha256:'
}

# card RETAIN: an instrument of one voice about no case, in $tmp/instruments/card
card() {
    mkdir -p "$tmp/instruments/card"
    cat >"$tmp/instruments/card/instrument.lua" <<LUA
local v <const> = require "verbond"
return v.instrument {
  id = "card", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { en = "Card" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "colleague" }, case = false, retain = "$1",
  v.text "well" { relation = "own", text = { en = "What goes well?" } },
}
LUA
    printf '{"colleague": {"well": "the coffee"}}' >"$tmp/card.json"
}
what_is_not_to_be_kept_is_not_kept() {
    local retain
    for retain in none memory; do
        card "$retain"
        expect_exit 0 verbond run "$tmp/instruments/card" --data "$tmp/data" \
            --answers "$tmp/card.json"
        says "$tmp/out" "the coffee"
        says "$tmp/err" "nothing was kept"
        [ ! -e "$tmp/data" ]
    done
}
what_is_about_no_case_takes_none() {
    card keep
    expect_exit 2 verbond run "$tmp/instruments/card" --data "$tmp/data" --case k1 \
        --answers "$tmp/card.json"
    expect_exit 0 verbond run "$tmp/instruments/card" --data "$tmp/data" --answers "$tmp/card.json"
    verbond rounds --json --data "$tmp/data" | grep -q '"case":null'
}

a_roster_may_hold_several_roles() {
    cat >"$tmp/f.json" <<JSON
{"youth:Sam": {"heard.here": 3}, "parent:Kim": {"heard.here": 1},
 "professional": {"heard.here": {"youth:Sam": 2, "parent:Kim": 3}}, "@release": true}
JSON
    expect_exit 0 verbond run tests/fixtures/instruments/household --data "$tmp/data" --lang nl \
        --answers "$tmp/f.json"
    says "$tmp/out" "Sam (jongere)             ├───────────●   ├─────■─────┤"
    says "$tmp/out" "Kim (ouder)               ●───────────┤   ├───────────■"
}
what_is_asked_about_each_member_is_on_the_sheet() {
    mkdir -p "$tmp/i/eachother"
    cat >"$tmp/i/eachother/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "eachother", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { en = "Each other" }, languages = { "en" }, status = { en = "draft" },
  respondents = { { role = "relative", min = 1, max = 8 }, "professional" },
  roster = { role = "relative", min = 2, max = 8 },
  v.each "member" { v.text "good" { relation = "own", text = { en = "What is {member} good at?" } } },
}
LUA
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"good": {"relative:Sam": "cooking", "relative:Kim": "jokes"}},
 "relative:Kim": {"good": {"relative:Sam": "listening"}},
 "professional": {"good": {"relative:Kim": "asking on"}}, "@release": true}
JSON
    expect_exit 0 verbond run "$tmp/i/eachother" --data "$tmp/data" --answers "$tmp/f.json"
    says "$tmp/out" "What is this family member good at?"
    says "$tmp/out" "Sam (relative)  cooking"
    says "$tmp/out" "listening"
    says "$tmp/out" "Kim (relative)  not filled in"
    says "$tmp/out" "jokes"
    says "$tmp/out" "W  asking on"
}
a_full_roster_takes_nobody_more() {
    printf '{"youth:A": {}, "youth:B": {}, "parent:C": {}, "parent:D": {}}' >"$tmp/f.json"
    expect_exit 4 verbond run tests/fixtures/instruments/household --data "$tmp/data" \
        --answers "$tmp/f.json"
    says "$tmp/err" "parent:D"
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
}
run_tests a_family_waits_for_somebody_to_release_it a_file_may_release_it \
    a_row_a_person_and_the_professional_beside_it one_voice_is_not_enough_to_release \
    rounds_names_who_is_still_to_come \
    who_stopped_looks_like_who_was_not_there every_kind_reads_well one_voice_releases_itself \
    an_image_is_kept_and_named what_is_not_to_be_kept_is_not_kept \
    what_is_about_no_case_takes_none \
    a_roster_may_hold_several_roles a_full_roster_takes_nobody_more \
    what_is_asked_about_each_member_is_on_the_sheet
