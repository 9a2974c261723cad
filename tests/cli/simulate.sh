#!/bin/bash
# simulate.sh: rounds that nobody filled in, told apart everywhere.
. tests/tools/tap.sh

simulate() { verbond simulate "$@" --data "$tmp/data"; }
first_round() { verbond rounds --json --data "$tmp/data" | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["round"])'; }

the_same_seed_gives_the_same_bytes() {
    expect_exit 0 simulate menger-monitor --n 7 --seed 42 --out "$tmp/a.jsonl"
    says "$tmp/err" "7 simulated rounds of menger-monitor t0, in cases from sim-00001"
    [ ! -s "$tmp/out" ]
    expect_exit 0 verbond simulate menger-monitor --n 7 --seed 42 --out "$tmp/b.jsonl" --data "$tmp/other"
    cmp "$tmp/a.jsonl" "$tmp/b.jsonl"
    expect_exit 0 verbond simulate menger-monitor --n 7 --seed 43 --out "$tmp/c.jsonl" --data "$tmp/third"
    ! cmp -s "$tmp/a.jsonl" "$tmp/c.jsonl"
    python3 - "$tmp/a.jsonl" <<'PY'
import json, sys
results = [json.loads(line) for line in open(sys.argv[1])]
assert len(results) == 7 and all(one["simulated"] is True for one in results)
assert [one["case"] for one in results] == ["sim-0000%d" % n for n in range(1, 8)]
assert all(len(one["respondents"]) == 2 for one in results)
PY
}
everything_made_of_them_says_that_they_are_simulated() {
    expect_exit 0 simulate menger-monitor --n 2 --output "jsonl:path=$tmp/o.jsonl" \
        --output "jsonl:path=$tmp/event.jsonl,content=event,name=event" --output "csv:path=$tmp/o.csv"
    [ "$(grep -c '"simulated":true' "$tmp/o.jsonl")" = 2 ]
    lacks "$tmp/o.jsonl" '"simulated":false'
    [ "$(grep -c '"simulated":true' "$tmp/event.jsonl")" = 2 ]
    python3 - "$tmp/o.csv" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
assert rows and all(row["simulated"] == "true" for row in rows), rows[:1]
PY
    round=$(first_round)
    expect_exit 0 verbond sheet "$round" --data "$tmp/data"
    says "$tmp/out" "Nagebootst: deze antwoorden zijn verzonnen."
    expect_exit 0 verbond sheet "$round" --lang en --format html --data "$tmp/data"
    says "$tmp/out" "Simulated: these answers are made up."
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    says "$tmp/out" '"simulated":true'
    expect_exit 0 verbond rounds --data "$tmp/data"
    [ "$(grep -c 'released  simulated$' "$tmp/out")" = 2 ]
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    [ "$(grep -c '"simulated":true' "$tmp/out")" = 2 ]
    expect_exit 0 verbond audit --data "$tmp/data"
    says "$tmp/out" "simulate"
}
real_people_and_simulated_rounds_never_share_a_case() {
    expect_exit 0 verbond run menger-monitor --case sim-00002 --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    expect_exit 4 simulate menger-monitor --n 3 --wave t1
    says "$tmp/err" "case sim-00002 has rounds of real people: name another --case-prefix"
    verbond rounds --json --data "$tmp/data" >"$tmp/rounds"
    lacks "$tmp/rounds" '"simulated":true'
    expect_exit 0 simulate menger-monitor --n 3 --case-prefix try
    expect_exit 4 verbond run menger-monitor --case try-00001 --wave t1 --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "the rounds of case try-00001 are simulated: real people want another case"
    expect_exit 5 simulate menger-monitor --n 5 --case-prefix try
    says "$tmp/err" "case try-00001 has a simulated round of menger-monitor at t0"
    expect_exit 0 simulate menger-monitor --n 3 --case-prefix try --wave t1
}
nobody_answers_in_a_simulated_round() {
    expect_exit 0 simulate family-alliance --n 1
    types 4 resume "$(first_round)" --as parent:Late <<<"" || { cat "$tmp/screen"; return 1; }
    says "$tmp/screen" "is simulated: nobody answers in it"
}
every_instrument_that_keeps_something_can_be_simulated() {
    local folder count=0
    for folder in instruments/*/instrument.lua tests/fixtures/{good/family,good/scripted,instruments/kinds,instruments/household}/instrument.lua; do
        if grep -q 'retain = "\(none\|memory\)"' "$folder"; then continue; fi
        variant=
        simulate "${folder%/*}" --n 1 --case-prefix "v$count" 2>"$tmp/err" ||
            variant=$(sed -n 's/.*--variant with one of \([a-z_]*\).*/\1/p' "$tmp/err")
        expect_exit 0 simulate "${folder%/*}" --n 3 --case-prefix "c$count" ${variant:+--variant "$variant"}
        count=$((count + 1))
    done
    [ "$count" -ge 6 ]
    expect_exit 2 simulate tests/fixtures/good/everything
    says "$tmp/err" "everything keeps nothing, so its rounds cannot be simulated"
}
what_does_not_fit_is_refused_before_anything_is_made() {
    expect_exit 2 simulate menger-monitor --n 0
    expect_exit 2 simulate menger-monitor --n 10001
    expect_exit 2 simulate menger-monitor --seed x
    expect_exit 2 simulate menger-monitor --case-prefix "a b"
    expect_exit 2 simulate menger-monitor --day 2026-02-30
    expect_exit 4 simulate menger-monitor --variant zz
    expect_exit 4 simulate no-such-instrument
    expect_exit 2 simulate
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
}

run_tests the_same_seed_gives_the_same_bytes \
    everything_made_of_them_says_that_they_are_simulated \
    real_people_and_simulated_rounds_never_share_a_case \
    nobody_answers_in_a_simulated_round \
    every_instrument_that_keeps_something_can_be_simulated \
    what_does_not_fit_is_refused_before_anything_is_made
