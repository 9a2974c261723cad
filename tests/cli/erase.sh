#!/bin/bash
# erase.sh: verbond erase, what it says and what every other command says afterwards.
. tests/tools/tap.sh

family=tests/fixtures/instruments/family

list() { verbond rounds --json --data "$tmp/data" | python3 -c "import json, sys; r = json.load(sys.stdin); $1"; }
round_of() { list "print(next(x['round'] for x in r if x['case'] == '$1'))"; }
person_of() { list "print(next(p['person'] for x in r if x['case'] == '$1' for p in x['persons'] if p['role'] == '$2'))"; }
labelled() { list "print(next(p['person'] for x in r for p in x['persons'] if p['label'] == '$1'))"; }
dyad() { # dyad CASE
    printf '{"client": {"going.well": "MARKER-client"}}' >"$tmp/client.json"
    printf '{"professional": {"going.well": "MARKER-worker"}}' >"$tmp/worker.json"
    expect_exit 0 verbond run instruments/menger-monitor --case "$1" --data "$tmp/data" \
        --answers "$tmp/client.json" --answers "$tmp/worker.json"
}
# every command that shows something, into $tmp/all
everything() {
    local round session
    : >"$tmp/all"
    for round in $(list "print(*[x['round'] for x in r])"); do
        for command in sheet result replay "replay --values" "talk --json" resume; do
            verbond $command "$round" --data "$tmp/data" >>"$tmp/all" 2>&1 </dev/null || true
        done
    done
    for person in $(list "print(*[p['person'] for x in r for p in x['persons']])"); do
        verbond export --person "$person" --data "$tmp/data" >>"$tmp/all" 2>&1 || true
        verbond export --person "$person" --format html --data "$tmp/data" >>"$tmp/all" 2>&1 || true
        verbond audit --person "$person" --data "$tmp/data" >>"$tmp/all" 2>&1 || true
    done
    for command in rounds "rounds --json" audit doctor config; do
        verbond $command --data "$tmp/data" >>"$tmp/all" 2>&1 || true
    done
}

it_asks_for_the_id_and_anything_else_leaves_everything() {
    dyad k1
    local client
    client=$(person_of k1 client)
    expect_exit 2 verbond erase --person "$client" --data "$tmp/data"
    says "$tmp/err" "give --yes"
    local got=0
    python3 tests/tools/type.py "$build/verbond" erase --person "${client:0:5}" --data "$tmp/data" \
        >"$tmp/screen" 2>&1 <<'STEPS' || got=$?
to erase it => yes
STEPS
    [ "$got" -eq 130 ]
    says "$tmp/screen" "this goes for good"
    says "$tmp/screen" "nothing was erased"
    expect_exit 0 verbond sheet "$(round_of k1)" --data "$tmp/data"
    says "$tmp/out" MARKER-client
    python3 tests/tools/type.py "$build/verbond" erase --person "${client:0:5}" --data "$tmp/data" \
        >"$tmp/screen" 2>&1 <<STEPS
to erase it => $client
STEPS
    says "$tmp/screen" "erased: person $client"
}
of_an_erased_person_no_command_says_anything_and_the_other_stays() {
    dyad k1
    everything
    says "$tmp/all" MARKER-client
    expect_exit 0 verbond erase --person "$(person_of k1 client)" --yes --data "$tmp/data"
    everything
    says_not "$tmp/all" MARKER-client
    says "$tmp/all" MARKER-worker # in the worker's own export
    says "$tmp/all" "client erased, professional ready"
}
it_says_what_goes_and_who_has_it_already() {
    dyad k1
    verbond sheet "$(round_of k1)" --data "$tmp/data" >"$tmp/sheet"
    expect_exit 0 verbond erase --person "$(person_of k1 client)" --yes --data "$tmp/data"
    says "$tmp/out" "1 session, 0 pictures"
    says "$tmp/out" "the sheet has a new revision"
    says "$tmp/out" "sent to: nobody"
    says "$tmp/out" "printed or written out here: 2 times" # run printed it, and sheet
    says "$tmp/out" "a backup of the keys (backup --keys) holds keys until its end date"
}
what_others_said_about_the_erased_goes_too() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3, "well": "MARKER-Sam"},
 "relative:Kim": {"bond.attention": 1, "well": "MARKER-Kim"},
 "professional": {"bond.attention": {"relative:Sam": 3, "relative:Kim": 2}}, "@release": true}
JSON
    expect_exit 0 verbond run "$family" --case f1 --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    local sam worker
    sam=$(labelled Sam) worker=$(person_of f1 professional)
    expect_exit 0 verbond erase --person "$sam" --yes --data "$tmp/data"
    everything
    says_not "$tmp/all" MARKER-Sam
    says_not "$tmp/all" '"Sam"'
    says "$tmp/all" MARKER-Kim
    expect_exit 0 verbond export --person "$worker" --data "$tmp/data"
    python3 - "$tmp/out" "$sam" <<'PY'
import json, sys
own = json.load(open(sys.argv[1]))["rounds"][0]["own"]
assert not [a for a in own["answers"] if a["about"] == sys.argv[2] and "value" in a], own["answers"]
assert [a for a in own["answers"] if "value" in a], own["answers"]
assert not [s for s in own["log"] if s.get("about") == sys.argv[2] and "value" in s], own["log"]
PY
}
an_erased_round_says_so_and_the_case_goes_on() {
    dyad k1
    local round
    round=$(round_of k1)
    expect_exit 0 verbond erase --round "$round" --yes --data "$tmp/data"
    says "$tmp/out" "nothing of it is left"
    says "$tmp/out" "names: those of the persons stay"
    for command in sheet result resume release; do
        verbond "$command" "$round" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" </dev/null && false
        says_not "$tmp/out" MARKER
    done
    expect_exit 5 verbond sheet "$round" --data "$tmp/data"
    says "$tmp/err" "is erased: it has no sheet and no result"
    expect_exit 0 verbond rounds --data "$tmp/data"
    says "$tmp/out" "case k1  erased"
    dyad k1
    [ "$(list "print([x['state'] for x in r])")" = "['erased', 'released']" ]
}
a_case_goes_whole_and_no_other_does() {
    dyad k1
    dyad k2
    expect_exit 0 verbond erase --case k1 --yes --data "$tmp/data"
    [ "$(list "print([(x['case'], x['state']) for x in r])")" = "[('k1', 'erased'), ('k2', 'released')]" ]
    expect_exit 5 verbond erase --case k1 --yes --data "$tmp/data"
    expect_exit 4 verbond erase --case k9 --yes --data "$tmp/data"
    expect_exit 0 verbond sheet "$(round_of k2)" --data "$tmp/data"
    says "$tmp/out" MARKER-client
}
a_round_whose_instrument_does_not_load_any_more_is_erased_all_the_same() {
    dyad k1
    sqlite3 "$tmp/data/verbond.db" "UPDATE instrument_file SET bytes = x'00'" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
    expect_exit 4 verbond sheet "$(round_of k1)" --data "$tmp/data"
    local client
    client=$(person_of k1 client)
    expect_exit 0 verbond export --person "$client" --data "$tmp/data"
    says "$tmp/out" MARKER-client # as it was written
    python3 tests/tools/schema.py docs/reference/export.schema.json "$tmp/out"
    expect_exit 0 verbond erase --person "$client" --yes --data "$tmp/data"
    expect_exit 0 verbond erase --case k1 --yes --data "$tmp/data"
    [ "$(list "print([x['state'] for x in r])")" = "['erased']" ]
}
an_export_of_the_erased_says_when_and_why_and_nothing_else() {
    dyad k1
    local client
    client=$(person_of k1 client)
    expect_exit 0 verbond erase --person "$client" --yes --data "$tmp/data"
    expect_exit 0 verbond export --person "$client" --data "$tmp/data"
    python3 tests/tools/schema.py docs/reference/export.schema.json "$tmp/out"
    python3 - "$tmp/out" <<'PY'
import json, sys
export = json.load(open(sys.argv[1]))
assert export["person"]["erased"] and export["person"]["label"] is None
own = export["rounds"][0]["own"]
assert own["erased"] and own["answers"] == [] and own["opened"] is None
assert {s["step"] for s in own["log"]} == {"erased"}, own["log"]
assert [(e["what"], e["reason"]) for e in export["erasures"]] == [("person", "asked")], export["erasures"]
PY
    expect_exit 0 verbond export --person "$client" --data "$tmp/data" --format html
    says "$tmp/out" "Wat je hier gaf, is gewist."
    says "$tmp/out" "alles van jou (op verzoek)"
}
a_picture_goes_with_its_person() {
    png "$tmp/drawing.png" MARKER
    printf '{"client": {"drawing": {"file": "%s"}}}' "$tmp/drawing.png" >"$tmp/k.json"
    expect_exit 0 verbond run tests/fixtures/instruments/kinds --data "$tmp/data" --answers "$tmp/k.json"
    local client
    client=$(list "print(r[0]['persons'][0]['person'])")
    expect_exit 0 verbond erase --person "$client" --yes --data "$tmp/data"
    says "$tmp/out" "1 session, 1 picture"
    expect_exit 0 verbond export --person "$client" --data "$tmp/data"
    says_not "$tmp/out" "$(base64 -w0 "$tmp/drawing.png")"
}
one_at_a_time() {
    expect_exit 2 verbond erase --data "$tmp/data"
    expect_exit 2 verbond erase k1 --data "$tmp/data"
    expect_exit 2 verbond erase --case k1 --round abcd --data "$tmp/data"
    expect_exit 4 verbond erase --case k1 --yes --data "$tmp/data"
    [ ! -e "$tmp/data" ]
}

run_tests \
    it_asks_for_the_id_and_anything_else_leaves_everything \
    of_an_erased_person_no_command_says_anything_and_the_other_stays \
    it_says_what_goes_and_who_has_it_already \
    what_others_said_about_the_erased_goes_too \
    an_erased_round_says_so_and_the_case_goes_on \
    a_case_goes_whole_and_no_other_does \
    a_round_whose_instrument_does_not_load_any_more_is_erased_all_the_same \
    an_export_of_the_erased_says_when_and_why_and_nothing_else \
    a_picture_goes_with_its_person \
    one_at_a_time
