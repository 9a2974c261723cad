#!/bin/bash
# another_worker.sh: a case gets another worker, and the client says whether that one may see what was shared before.
. tests/tools/tap.sh

two() {
    mkdir -p "$tmp/instruments/two"
    cat >"$tmp/instruments/two/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "two", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Samen" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "beetje" }, { 3, nl = "ja" } } },
  v.likert "good" { text = { nl = "Het gaat goed." } },
}
LUA
    two=$tmp/instruments/two
}
# wave NAME WORKER CLIENT: both share in it; CLIENT stands in the client's part of the file
wave() {
    printf '{"professional:%s": {"good": 1}, "client": {"good": 3%s}}' "$2" "$3" >"$tmp/$1.json"
    expect_exit "${4:-0}" verbond run "$two" --data "$tmp/data" --lang nl --case k1 --wave "$1" --answers "$tmp/$1.json"
}
rounds() { verbond rounds --json --data "$tmp/data"; }
# last WHAT: of the newest round its id, or the client's person
last() {
    rounds | python3 -c 'import json, sys
one = json.load(sys.stdin)[-1]
print(one["round"] if sys.argv[1] == "round" else [p["person"] for p in one["persons"] if p["role"] == "client"][0])' "$1"
}
# words: what the client's own export says of it, wave by wave
words() {
    expect_exit 0 verbond export --person "$(last client)" --data "$tmp/data"
    cp "$tmp/out" "$tmp/export.json"
    python3 tests/tools/schema.py docs/reference/export.schema.json "$tmp/export.json"
    python3 -c 'import json, sys
print(*[r["own"]["sharing"]["earlier"] for r in json.load(open(sys.argv[1]))["rounds"]])' "$tmp/export.json"
}

the_word_of_a_file_is_the_clients_own_and_comes_out_with_all_that_is_theirs() {
    two
    wave t0 Anna ''
    wave t1 Bram ', "@earlier": true'
    [ "$(words)" = "None True" ]
    expect_exit 0 verbond export --person "$(rounds | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[-1]["persons"] if p["role"] == "professional"][0])')" --data "$tmp/data"
    says_not "$tmp/out" '"earlier":true'
}
a_correction_takes_it_back_or_says_nothing_of_it() {
    two
    wave t0 Anna ''
    wave t1 Bram ', "@earlier": true'
    printf '{"client": {"@correct": true, "good": 2}}' >"$tmp/c.json"
    expect_exit 0 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --wave t1 --answers "$tmp/c.json"
    [ "$(words)" = "None True" ]
    printf '{"client": {"@correct": true, "@earlier": false}}' >"$tmp/c.json"
    expect_exit 0 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --wave t1 --answers "$tmp/c.json"
    [ "$(words)" = "None False" ]
}
a_professional_has_no_such_word() {
    two
    printf '{"client": {"good": 3}, "professional": {"good": 1, "@earlier": true}}' >"$tmp/p.json"
    expect_exit 4 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --answers "$tmp/p.json"
    says "$tmp/err" "p.json: professional.@earlier: is asked of nobody who is the professional; leave it out"
    printf '{"client": {"good": 3, "@earlier": "yes"}}' >"$tmp/p.json"
    expect_exit 4 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --answers "$tmp/p.json"
    says "$tmp/err" "client.@earlier"
}
no_result_and_no_sheet_of_a_later_round_has_anything_of_before() {
    two
    wave t0 Anna ''
    printf '{"@talk": {"topic": "ONDERWERP", "agreements": [{"who": "Anna", "what": "BELTSAMEN"}]}}' >"$tmp/talk.json"
    expect_exit 0 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --wave t0 --answers "$tmp/talk.json"
    wave t1 Bram ', "@earlier": true'
    on 0 result "$(last round)"
    says "$tmp/out" '"last":null'
    says_not "$tmp/out" BELTSAMEN
    on 0 sheet "$(last round)" --for professional
    says_not "$tmp/out" BELTSAMEN
}
# typed WORKER ANSWER: that worker is ready, and the client types; what is asked is told by a prompt
typed() {
    printf '{"professional:%s": {"good": 1}}' "$1" >"$tmp/w.json"
    expect_exit 0 verbond run "$two" --data "$tmp/data" --lang nl --case k1 --wave t1 --answers "$tmp/w.json"
    shift
    printf '%s\n' "Enter = beginnen => " "Het gaat goed. => 3" "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "ander niets invult? => 2" "$@" "Dank je wel. => " |
        types 0 resume "$(last round)" --as client
}
who_types_is_asked_when_the_worker_is_another_and_enter_is_a_no() {
    two
    wave t0 Anna ''
    typed Bram "later terugnemen. => "
    [ "$(words)" = "None False" ]
}
who_types_may_say_yes() {
    two
    wave t0 Anna ''
    typed Bram "later terugnemen. => 1"
    [ "$(words)" = "None True" ]
}
who_types_is_not_asked_while_the_worker_stays() {
    two
    wave t0 Anna ''
    typed Anna
    says_not "$tmp/screen" "terugnemen."
    [ "$(words)" = "None None" ]
}

run_tests the_word_of_a_file_is_the_clients_own_and_comes_out_with_all_that_is_theirs \
    a_correction_takes_it_back_or_says_nothing_of_it a_professional_has_no_such_word \
    no_result_and_no_sheet_of_a_later_round_has_anything_of_before \
    who_types_is_asked_when_the_worker_is_another_and_enter_is_a_no who_types_may_say_yes \
    who_types_is_not_asked_while_the_worker_stays
