#!/bin/bash
# explain_score.sh: how a score came about, and what stays unseen.
. tests/tools/tap.sh

# pair: an instrument with a reversed item and a private scale, and a released round of it
pair() {
    mkdir -p "$tmp/pair"
    cat >"$tmp/pair/instrument.lua" <<'LUA'
local v <const> = require "verbond"
local five <const> = v.answers { { 1, en = "no" }, { 2, en = "bit" }, { 3, en = "so" }, { 4, en = "yes" }, { 5, en = "much" } }
local function ask(id, text) return v.likert(id) { text = { en = text } } end
return v.instrument {
  id = "pair", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "own",
  title = { en = "Pair" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client", "professional" }, mandated = false, formats = { standard = five },
  v.scale "bond" { title = { en = "Bond" }, score = "mean",
    ask("bond.a", "A?"), ask("bond.b", "B?"), ask("bond.c", "C?"),
    v.likert "bond.d" { reverse = true, text = { en = "D?" } } },
  v.scale "stance" { title = { en = "Stance" }, private = "worker", roles = { "professional" },
    v.likert "stance.a" { professional = { en = "A?" }, roles = { "professional" } } },
}
LUA
    echo '{"client": {"bond.a": 4, "bond.b": 5, "bond.c": {"missing": "rather_not_say"}, "bond.d": 2},
           "professional": {"bond.a": 3, "bond.b": 3, "stance.a": 5}}' >"$tmp/a.json"
    verbond run "$tmp/pair" --case k1 --answers "$tmp/a.json" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || {
        sed 's/^/# /' "$tmp/err"
        return 1
    }
    round=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["round"])')
}
explain() { verbond explain-score "$@" --data "$tmp/data"; }

each_step_is_shown_and_comes_to_what_the_result_says() {
    pair
    expect_exit 0 explain "$round" bond
    says "$tmp/out" 'bond "Bond": its own score is the mean; answers run from 1 to 5'
    grep -qE 'bond\.a +4$' "$tmp/out"
    grep -qE 'bond\.d +2  reversed: 1 \+ 5 - 2 = 4$' "$tmp/out"
    says "$tmp/out" "answered 3 of 4; at least 3 needed"
    says "$tmp/out" "sum  = 13"
    says "$tmp/out" "mean = sum / n = 13 / 3 = 4.333"
    says "$tmp/out" "100 (13 / 3 - 1) / (5 - 1) = 83.3"
    says "$tmp/out" "prorated"
    says "$tmp/out" "answered 2 of 4; at least 3 needed"
    says "$tmp/out" "too few answers: no mean and no POMP"
    says "$tmp/out" "Cohen, Cohen, Aiken & West 1999"
    verbond result "$round" --data "$tmp/data" >"$tmp/result"
    says "$tmp/result" '"bond":{"sum":13,"answered":3,"of":4,"mean":4.333,"pomp":83.3,"prorated":true'
}
a_reason_reads_not_filled_in_and_a_private_scale_is_refused() {
    pair
    expect_exit 0 explain "$round" bond
    grep -qE 'bond\.c +not filled in$' "$tmp/out"
    says_not "$tmp/out" "rather"
    expect_exit 4 explain "$round" stance
    says "$tmp/err" "scale stance is private: its scores are in no result"
    [ ! -s "$tmp/out" ]
}
one_person_can_be_picked_out() {
    pair
    client=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json,sys; print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"][0])')
    expect_exit 0 explain "$round" bond --person "${client:0:6}"
    says "$tmp/out" "client $client"
    says_not "$tmp/out" "professional"
    expect_exit 4 explain "$round" bond --person zzzzzz
    says "$tmp/err" "has an id that begins with zzzzzz"
    [ ! -s "$tmp/out" ]
}
what_was_taken_back_is_explained_to_nobody() {
    pair
    client=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json,sys; print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"][0])')
    verbond withdraw "$round" --person "$client" --data "$tmp/data" >"$tmp/out" 2>&1
    got=0
    explain "$round" bond >"$tmp/out" 2>"$tmp/err" || got=$?
    [ "$got" -ne 70 ]
    says_not "$tmp/out" "client $client"
    says_not "$tmp/out" "sum  = 13"
}
before_the_release_nothing_is_explained() {
    pair
    echo '{"client": {"bond.a": 4}}' >"$tmp/half.json"
    verbond run "$tmp/pair" --case k2 --answers "$tmp/half.json" --data "$tmp/data" >"$tmp/out" 2>&1
    open=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json,sys; print([r["round"] for r in json.load(sys.stdin) if r["state"] == "open"][0])')
    expect_exit 5 explain "$open" bond
    [ ! -s "$tmp/out" ]
}
a_look_is_a_row_of_the_audit_and_a_slip_is_named() {
    pair
    expect_exit 0 explain "$round" bond
    expect_exit 0 verbond audit --data "$tmp/data"
    says "$tmp/out" "explain-score"
    expect_exit 4 explain "$round" bnd
    says "$tmp/err" "pair has no scale bnd; did you mean bond?"
    expect_exit 2 explain "$round"
    expect_exit 2 explain
    expect_exit 2 explain "$round" bond more
}

run_tests each_step_is_shown_and_comes_to_what_the_result_says \
    a_reason_reads_not_filled_in_and_a_private_scale_is_refused \
    one_person_can_be_picked_out \
    what_was_taken_back_is_explained_to_nobody \
    before_the_release_nothing_is_explained \
    a_look_is_a_row_of_the_audit_and_a_slip_is_named
