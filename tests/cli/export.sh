#!/bin/bash
# export.sh: everything about one person comes out for that person, and nothing of anybody else that
# was not shared.
. tests/tools/tap.sh

dyad=$top/instruments/menger-monitor

# file CLIENT PROFESSIONAL: the two sides' answers, each with its own marker
sides() {
    printf '{"client": {"going.well": "MARKER-client", "can.better": "HELD-client", "@hold": ["can.better"], "@share": %s}}' \
        "$1" >"$tmp/client.json"
    printf '{"professional": {"going.well": "MARKER-worker", "can.better": "HELD-worker", "@hold": ["can.better"], "@share": %s}}' \
        "$2" >"$tmp/professional.json"
}
dyad_round() {
    sides "$1" "$2"
    expect_exit 0 verbond run "$dyad" --case k1 --data "$tmp/data" --answers "$tmp/client.json" \
        --answers "$tmp/professional.json"
}
person() { # person ROLE [LABEL]
    verbond rounds --json --data "$tmp/data" | python3 -c '
import json, sys
persons = [p for r in json.load(sys.stdin) for p in r["persons"]]
print(next(p["person"] for p in persons if p["role"] == sys.argv[1] and sys.argv[2:] in ([], [p["label"]])))' "$@"
}
# both PERSON...: page and JSON of a person in $tmp/out.html and $tmp/out.json
both() {
    expect_exit 0 verbond export --person "$1" --data "$tmp/data" --format html
    cp "$tmp/out" "$tmp/out.html"
    expect_exit 0 verbond export --person "$1" --data "$tmp/data"
    cp "$tmp/out" "$tmp/out.json"
}

own_answers_come_out_before_anybody_shared_and_nobody_elses_do() {
    dyad_round false false
    both "$(person client)"
    for file in "$tmp/out.html" "$tmp/out.json"; do
        says "$file" MARKER-client
        says "$file" HELD-client
        says_not "$file" MARKER-worker
        says_not "$file" HELD-worker
    done
    both "$(person professional)"
    says "$tmp/out.json" MARKER-worker
    says_not "$tmp/out.json" MARKER-client
    says_not "$tmp/out.html" MARKER-client
}
one_side_that_shared_is_not_in_the_others_export_before_the_release() {
    dyad_round true false
    both "$(person professional)"
    says_not "$tmp/out.json" -client
    says_not "$tmp/out.html" -client
}
after_the_release_the_other_side_is_there_as_far_as_it_was_shared() {
    dyad_round true true
    both "$(person client)"
    for file in "$tmp/out.html" "$tmp/out.json"; do
        says "$file" MARKER-client
        says "$file" HELD-client
        says "$file" MARKER-worker
        says_not "$file" HELD-worker
    done
}
every_answer_says_who_sees_it_and_stands_beside_its_question() {
    dyad_round true true
    both "$(person client)"
    python3 - "$tmp/out.json" <<'PY'
import json, sys
own = json.load(open(sys.argv[1]))["rounds"][0]["own"]
answers = {a["item"]: a for a in own["answers"]}
assert answers["going.well"]["state"] == "on_the_table", answers["going.well"]
assert answers["going.well"]["question"] == "Wat gaat goed tussen ons?", answers["going.well"]
assert answers["can.better"]["state"] == "held_back", answers["can.better"]
assert answers["trust.word"]["missing"] == "skipped", answers["trust.word"]
assert answers["trust.word"]["state"] == "not_filled_in", answers["trust.word"]
assert own["opened"]["mode"] == "self" and own["sharing"] is not None
steps = [s["step"] for s in own["log"]]
assert steps[0] == "opened" and "hold" in steps and steps[-1] == "share", steps
PY
    says "$tmp/out.html" "iedereen in deze ronde"
    says "$tmp/out.html" "niemand: je hield dit voor jezelf"
    says "$tmp/out.html" "anderen lezen: niet ingevuld"
}
every_round_of_the_person_is_in_it() {
    dyad_round true true
    sides true true
    expect_exit 0 verbond run "$dyad" --case k1 --wave t1 --data "$tmp/data" --answers "$tmp/client.json"
    expect_exit 0 verbond run "$dyad" --case k2 --data "$tmp/data" --answers "$tmp/client.json"
    both "$(person client)"
    python3 - "$tmp/out.json" <<'PY'
import json, sys
rounds = json.load(open(sys.argv[1]))["rounds"]
assert [(r["case"], r["wave"], r["state"]) for r in rounds] == [
    ("k1", "t0", "released"), ("k1", "t1", "open")], rounds
PY
}
a_member_of_a_family_reads_what_was_said_about_it_once_it_is_shared() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3, "well": "MARKER-Sam"},
 "relative:Kim": {"bond.attention": 1, "well": "MARKER-Kim", "@share": false},
 "relative:Robin": null,
 "professional": {"bond.attention": {"relative:Sam": 3, "relative:Robin": 2}}}
JSON
    expect_exit 0 verbond run tests/fixtures/instruments/family --data "$tmp/data" --lang nl \
        --answers "$tmp/f.json"
    local robin
    robin=$(person relative Robin)
    both "$robin"
    python3 -c '
import json, sys
round = json.load(open(sys.argv[1]))["rounds"][0]
assert round["own"] is None and round["result"] is None, round' "$tmp/out.json"
    expect_exit 0 verbond release "$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')" --data "$tmp/data"
    [ "$(person relative Robin)" = "$robin" ] # who was only named is still to be found
    both "$robin"
    says "$tmp/out.html" "Ik heb aandacht voor Robin."
    says "$tmp/out.html" MARKER-Sam
    says_not "$tmp/out.html" MARKER-Kim
    says_not "$tmp/out.json" MARKER-Kim
    says "$tmp/out.html" "Je bent hier genoemd. Je hebt niets ingevuld."
}
what_was_said_about_others_is_there_too_when_the_instrument_loads_no_more() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3}, "relative:Kim": {"bond.attention": 1},
 "professional": {"bond.attention": {"relative:Sam": 3, "relative:Kim": 2}}}
JSON
    expect_exit 0 verbond run tests/fixtures/instruments/family --data "$tmp/data" --lang nl \
        --answers "$tmp/f.json"
    local worker sam
    worker=$(person professional) sam=$(person relative Sam)
    sqlite3 "$tmp/data/verbond.db" "UPDATE instrument_file SET bytes = x'00'"
    both "$worker"
    python3 - "$tmp/out.json" "$sam" <<'PY'
import json, sys
round = json.load(open(sys.argv[1]))["rounds"][0]
steps = [s["raw"] for s in round["own"]["log"]]
assert round["unreadable"] and [s for s in steps if s.startswith(sys.argv[2]) and '"bond.attention"' in s], steps
PY
    says "$tmp/out.html" "Niet alles hiervan is nog te lezen"
}
pictures_are_inside_and_byte_for_byte() {
    png "$tmp/drawing.png" MARKER
    printf '{"client": {"drawing": {"file": "%s"}}}' "$tmp/drawing.png" >"$tmp/k.json"
    expect_exit 0 verbond run tests/fixtures/instruments/kinds --data "$tmp/data" --answers "$tmp/k.json"
    both "$(person client)"
    says "$tmp/out.html" "src=\"data:image/png;base64,$(base64 -w0 "$tmp/drawing.png")\""
    python3 - "$tmp/out.json" "$tmp/drawing.png" <<'PY'
import base64, json, sys
picture = json.load(open(sys.argv[1]))["rounds"][0]["own"]["pictures"][0]
assert base64.b64decode(picture["data"]) == open(sys.argv[2], "rb").read()
assert picture["type"] == "image/png"
PY
}
the_page_asks_for_nothing_and_runs_nothing() {
    printf '{"client": {"going.well": "<script>alert(1)</script><img src=http://x.example/>&amp; \\" '"'"'"}}' \
        >"$tmp/client.json"
    expect_exit 0 verbond run "$dyad" --data "$tmp/data" --answers "$tmp/client.json"
    both "$(person client)"
    says "$tmp/out.html" '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=http://x.example/&gt;&amp;amp; &quot; &#39;'
    lacks "$tmp/out.html" '<(script|link|iframe|object|form)'
    lacks "$tmp/out.html" '<[^>]*(src|href)="?(?!data:)'
    says "$tmp/out.html" "default-src 'none'"
}
the_page_speaks_the_language_that_was_asked_for() {
    dyad_round true true
    expect_exit 0 verbond export --person "$(person client)" --data "$tmp/data" --format html --lang en
    says "$tmp/out" '<html lang="en">'
    says "$tmp/out" "What is kept about you"
    says "$tmp/out" "everybody in this round"
}
the_json_fits_its_schema_and_nothing_may_be_added_or_left_out() {
    dyad_round true true
    both "$(person client)"
    python3 - "$tmp/out.json" "$tmp/whole.json" "$tmp/result.json" <<'PY'
import json, sys
export = json.load(open(sys.argv[1]))
json.dump(export["rounds"][0]["result"], open(sys.argv[3], "w"))
export["rounds"][0]["result"] = None
json.dump(export, open(sys.argv[2], "w"))
PY
    python3 tests/tools/schema.py docs/reference/export.schema.json "$tmp/out.json"
    python3 tests/tools/schema.py --strict docs/reference/export.schema.json "$tmp/whole.json"
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/result.json"
}
whoever_looked_is_in_it_and_so_is_this_export() {
    dyad_round true true
    local round
    round=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    expect_exit 0 verbond sheet "$round" --data "$tmp/data"
    both "$(person client)"
    python3 -c '
import json, sys
looked = json.load(open(sys.argv[1]))["looked"]
actions = [l["action"] for l in looked]
assert "released" in actions and "sheet" in actions and actions[-1] == "export", actions' "$tmp/out.json"
    says "$tmp/out.html" "bekeek of drukte het gespreksblad af"
}
with_out_two_files_are_written_for_the_owner_alone_and_never_over_others() {
    dyad_round true true
    local id
    id=$(person client)
    expect_exit 0 verbond export --person "$id" --data "$tmp/data" --out "$tmp/to"
    [ ! -s "$tmp/out" ]
    says "$tmp/to/person-$id.html" MARKER-client
    says "$tmp/to/person-$id.json" MARKER-client
    [ "$(stat -c %a "$tmp/to" "$tmp/to/person-$id.html" "$tmp/to/person-$id.json" | tr '\n' ' ')" = "700 600 600 " ]
    rm "$tmp/to/person-$id.html"
    expect_exit 4 verbond export --person "$id" --data "$tmp/data" --out "$tmp/to"
    says "$tmp/err" "person-$id.json"
    [ ! -e "$tmp/to/person-$id.html" ]
}
nobody_and_an_unknown_person_are_refused() {
    expect_exit 2 verbond export --data "$tmp/data"
    expect_exit 4 verbond export --person abcdefgh --data "$tmp/data"
    [ ! -e "$tmp/data" ]
    dyad_round true true
    expect_exit 4 verbond export --person 0000000000000000 --data "$tmp/data"
    [ ! -s "$tmp/out" ]
}

run_tests \
    own_answers_come_out_before_anybody_shared_and_nobody_elses_do \
    one_side_that_shared_is_not_in_the_others_export_before_the_release \
    after_the_release_the_other_side_is_there_as_far_as_it_was_shared \
    every_answer_says_who_sees_it_and_stands_beside_its_question \
    every_round_of_the_person_is_in_it \
    a_member_of_a_family_reads_what_was_said_about_it_once_it_is_shared \
    what_was_said_about_others_is_there_too_when_the_instrument_loads_no_more \
    pictures_are_inside_and_byte_for_byte \
    the_page_asks_for_nothing_and_runs_nothing \
    the_page_speaks_the_language_that_was_asked_for \
    the_json_fits_its_schema_and_nothing_may_be_added_or_left_out \
    whoever_looked_is_in_it_and_so_is_this_export \
    with_out_two_files_are_written_for_the_owner_alone_and_never_over_others \
    nobody_and_an_unknown_person_are_refused
