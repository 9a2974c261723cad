#!/bin/bash
# explore.sh: every path of an instrument, as the command says it.
. tests/tools/tap.sh

# instrument NAME <<LUA: the fields of an instrument in $tmp/NAME
instrument() {
    mkdir -p "$tmp/$1"
    {
        echo 'local v <const> = require "verbond"'
        echo "return v.instrument { id = \"$1\", version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\","
        echo '  source = "made up", title = { en = "T" }, languages = { "en" }, status = { en = "draft" },'
        cat
        echo '}'
    } >"$tmp/$1/instrument.lua"
}

of_every_instrument_that_comes_along_all_is_reached() {
    local folder count=0
    for folder in instruments/*/instrument.lua tests/fixtures/good/{everything,family,including,scripted}/instrument.lua; do
        count=$((count + 1))
        expect_exit 0 verbond explore "${folder%/*}"
        says "$tmp/out" "led to the same"
        says_not "$tmp/out" "more exist"
    done
    [ "$count" -ge 7 ]
}
as_json_it_is_one_object_for_each_instrument() {
    expect_exit 0 verbond explore --json menger-monitor strengths
    python3 - "$tmp/out" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [one["instrument"] for one in lines] == ["menger-monitor", "strengths"], lines
for one in lines:
    assert one["unreachable"] == [] and one["dead_ends"] == [], one
    assert one["deterministic"] is True and one["complete"] is True, one
    assert one["paths"] >= one["sessions"] > 0 and one["longest"] >= one["shortest"] > 0, one
PY
}
what_no_path_reaches_is_named_with_its_line() {
    instrument never <<'LUA'
  respondents = { "client" },
  flow = function(s)
    if s:ask("n") == 7 then s:ask("late") end
  end,
  v.number "n" { min = 1, max = 5, integer = true, text = { en = "How many?" } },
  v.text "late" { text = { en = "Why?" } },
LUA
    expect_exit 1 verbond explore "$tmp/never"
    says "$tmp/out" "$tmp/never/instrument.lua:9: no path reaches the item \"late\""
    says "$tmp/out" "  the flow reads \"n\", of which not every answer was tried"
    says "$tmp/out" "1 of 2 items reached"
    expect_exit 1 verbond explore --json "$tmp/never"
    says "$tmp/out" '"unreachable":["late"],"partly":["n"]'
}
# The case that is shown is a case: with the error mended it is walked, before that it fails the same.
a_dead_end_gives_a_case_that_tests_can_walk() {
    instrument dead <<'LUA'
  respondents = { "client", "professional" },
  flow = function(s)
    local n = s:ask("n")
    s:ask("words")
    if s.role == "client" and s:reason("words") == "dont_know" then
      s:say("" .. 10 // (n or 0))
    end
  end,
  v.number "n" { min = 0, max = 5, integer = true, text = { en = "How many?" } },
  v.words "words" { text = { en = "Which words?" }, options = { { id = "a", en = "a" } } },
LUA
    expect_exit 1 verbond explore "$tmp/dead"
    says "$tmp/out" "$tmp/dead/instrument.lua:9: attempt to divide by zero"
    {
        echo 'local v <const> = require "verbond"'
        echo 'return v.tests {'
        sed -n '/^  { name/,/^    } },/p' "$tmp/out"
        echo '}'
    } >"$tmp/dead/tests.lua"
    says "$tmp/dead/tests.lua" '["words"] = { missing = "dont_know" }'
    cp "$tmp/out" "$tmp/said"
    expect_exit 1 verbond test "$tmp/dead"
    says "$tmp/out" "divide by zero"
    sed -i 's|10 // (n or 0)|10|' "$tmp/dead/instrument.lua"
    expect_exit 0 verbond test "$tmp/dead"
    expect_exit 0 verbond explore "$tmp/dead"
}
a_role_and_a_form_can_be_picked_out() {
    expect_exit 0 verbond explore --json --role client menger-monitor
    client=$(sed 's/.*"paths":\([0-9]*\),.*/\1/' "$tmp/out")
    expect_exit 0 verbond explore --json --role professional menger-monitor
    professional=$(sed 's/.*"paths":\([0-9]*\),.*/\1/' "$tmp/out")
    expect_exit 0 verbond explore --json menger-monitor
    [ "$client" -gt 0 ] && [ "$professional" -gt 0 ]
    # and one of what is asked together
    says "$tmp/out" "\"paths\":$((client + professional + 1)),"
    expect_exit 4 verbond explore --role zz menger-monitor
    says "$tmp/err" "menger-monitor has no role zz"
    expect_exit 4 verbond explore --form zz menger-monitor
    says "$tmp/err" "menger-monitor has no form zz"
    expect_exit 2 verbond explore --limit 0 menger-monitor
}
the_limit_is_said_and_is_not_wrong_by_itself() {
    tests/bench/branches.sh "$tmp/branches" 10
    expect_exit 0 verbond explore --json "$tmp/branches"
    says "$tmp/out" '"paths":1024,"longest":10,"shortest":10'
    expect_exit 0 verbond explore --limit 100 "$tmp/branches"
    says "$tmp/out" "the first 100 paths in 1 kind of session; more exist (--limit)"
    expect_exit 0 verbond explore --limit 100 --json "$tmp/branches"
    says "$tmp/out" '"complete":false'
}
an_instrument_that_does_not_load_ends_with_four() {
    instrument broken <<<'  respondents = { "client" }, v.text "a" { txt = { en = "A?" } },'
    expect_exit 4 verbond explore "$tmp/broken"
    expect_exit 4 verbond explore no-such-instrument
    expect_exit 2 verbond explore
}
a_folder_of_instruments_is_explored_whole() {
    expect_exit 0 verbond explore "$top/instruments"
    [ "$(grep -c 'led to the same' "$tmp/out")" -eq "$(ls -d instruments/*/instrument.lua | wc -l)" ]
    mkdir "$tmp/empty"
    expect_exit 4 verbond explore "$tmp/empty"
    says "$tmp/err" "no folder in $tmp/empty holds an instrument.lua"
}
a_role_that_is_not_there_is_told_with_those_that_are() {
    expect_exit 4 verbond explore pulse --role clint
    says "$tmp/err" "pulse has no role clint; did you mean client? there are client, professional"
}
one_that_does_not_load_does_not_keep_the_others_of_a_folder_from_their_turn() {
    instrument box/b-broken <<<'  respondents = { "client" }, v.text "a" { txt = { en = "A?" } },'
    sed -i 's,box/b-broken,broken,' "$tmp/box/b-broken/instrument.lua"
    instrument one <<<'  respondents = { "client" }, v.text "a" { text = { en = "A?" } },'
    instrument two <<<'  respondents = { "client" }, v.text "a" { text = { en = "A?" } },'
    mkdir "$tmp/good" && mv "$tmp/one" "$tmp/two" "$tmp/good"
    expect_exit 0 verbond explore --json "$tmp/good"
    [ "$(grep -o '"instrument":"[a-z]*"' "$tmp/out" | tr '\n' ' ')" = '"instrument":"one" "instrument":"two" ' ]
    mv "$tmp/good/one" "$tmp/box/c-one"
    expect_exit 4 verbond explore --json "$tmp/box" "$tmp/good"
    says "$tmp/out" '"instrument":"one"'
    says "$tmp/out" '"instrument":"two"'
}

run_tests of_every_instrument_that_comes_along_all_is_reached \
    as_json_it_is_one_object_for_each_instrument \
    what_no_path_reaches_is_named_with_its_line \
    a_dead_end_gives_a_case_that_tests_can_walk \
    a_role_and_a_form_can_be_picked_out \
    the_limit_is_said_and_is_not_wrong_by_itself \
    an_instrument_that_does_not_load_ends_with_four a_folder_of_instruments_is_explored_whole \
    a_role_that_is_not_there_is_told_with_those_that_are \
    one_that_does_not_load_does_not_keep_the_others_of_a_folder_from_their_turn
