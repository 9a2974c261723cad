#!/bin/bash
# rounds.sh: who may still come, before and after a release.
. tests/tools/tap.sh

family=tests/fixtures/instruments/family

# pair: the worker need not answer; one question is asked of both together
pair() {
    mkdir -p "$tmp/instruments/pair"
    cat >"$tmp/instruments/pair/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "pair", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Paar" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", { role = "professional", optional = true } },
  v.text "well" { relation = "own", text = { nl = "Wat gaat goed?" } },
  v.text "promise" { relation = "own", stage = "together", text = { nl = "Wat spreken jullie af?" } },
}
LUA
    pair=$tmp/instruments/pair
    printf '{"client": {"well": "het praten"}}' >"$tmp/c.json"
    printf '{"professional": {"well": "de koffie"}}' >"$tmp/p.json"
}
# runs CODE ARGUMENTS...: verbond run, on this test's data
runs() { local want=$1; shift; expect_exit "$want" verbond run "$@" --data "$tmp/data" --lang nl; }
# types CODE ARGUMENTS...: types the steps on stdin at verbond; the screen lies in $tmp/screen
types() {
    local want=$1 got=0
    shift
    python3 tests/tools/type.py "$build/verbond" "$@" --data "$tmp/data" >"$tmp/screen" || got=$?
    [ "$got" -eq "$want" ] && return 0
    echo "# exit $got, not $want: $*"
    tail -n 30 "$tmp/screen" | sed 's/^/# /'
    return 1
}
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
state() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["state"])'
}

who_need_not_answer_may_come_second_in_the_files() {
    pair
    runs 0 "$pair" --case k1 --answers "$tmp/c.json" --answers "$tmp/p.json"
    says "$tmp/out" "het praten"
    says "$tmp/out" "de koffie"
    printf '{"client": {"well": "het praten"}, "professional": {"well": "de koffie"}}' \
        >"$tmp/both.json"
    runs 0 "$pair" --case k2 --answers "$tmp/both.json"
    says "$tmp/out" "de koffie"
}
without_who_need_not_answer_files_release() {
    pair
    runs 0 "$pair" --case k1 --answers "$tmp/c.json"
    says "$tmp/out" "het praten"
    [ "$(state)" = released ]
}
# The steps of one person, who writes $1 and says yes.
fills_in() {
    printf '%s\n' "Enter = beginnen => " "Wat gaat goed? => $1" "> => " "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "niets invult? => 2" "Dank je wel. => "
}
who_need_not_answer_is_asked_for_before_the_release() {
    pair
    {
        fills_in "het praten"
        echo "Vult de werker ook in? => 1"
        echo "Typ 1. => 1"
        fills_in "de koffie"
        echo "beantwoorden jullie met elkaar => ^C"
    } | types 130 run "$pair" --case k1
    [ "$(state)" = released ]
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data"
    says "$tmp/out" "de koffie"
}
a_no_to_who_need_not_answer_releases() {
    pair
    {
        fills_in "het praten"
        echo "Vult de werker ook in? => 2"
        echo "beantwoorden jullie met elkaar => ^C"
    } | types 130 run "$pair" --case k1
    [ "$(state)" = released ]
}
whether_somebody_comes_is_asked_again_after_a_break() {
    pair
    {
        fills_in "het praten"
        echo "Vult de werker ook in? => ^C"
    } | types 130 run "$pair" --case k1
    [ "$(state)" = open ]
    says "$tmp/screen" "verbond resume"
    {
        echo "Vult de werker ook in? => 1"
        fills_in "de koffie"
        echo "beantwoorden jullie met elkaar => ^C"
    } | types 130 resume
    [ "$(state)" = released ]
}
with_one_person_to_ask_a_yes_keeps_the_round_open() {
    pair
    {
        fills_in "het praten"
        echo "Vult de werker ook in? => 1"
    } | types 0 run "$pair" --case k1 --as client
    [ "$(state)" = open ]
    says "$tmp/screen" "kan nog invullen: professional"
    runs 0 "$pair" --case k1 --answers "$tmp/p.json"
    says "$tmp/out" "de koffie"
}

run_tests who_need_not_answer_may_come_second_in_the_files \
    without_who_need_not_answer_files_release who_need_not_answer_is_asked_for_before_the_release \
    a_no_to_who_need_not_answer_releases whether_somebody_comes_is_asked_again_after_a_break \
    with_one_person_to_ask_a_yes_keeps_the_round_open
