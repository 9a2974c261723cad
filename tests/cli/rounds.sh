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
    says "$tmp/screen" "kan nog invullen: de werker"
    runs 0 "$pair" --case k1 --answers "$tmp/p.json"
    says "$tmp/out" "de koffie"
}

# answers_of_both: a released round, whose shared questions nobody came to
answers_of_both() {
    runs 0 "$pair" --case k1 --answers "$tmp/c.json" --answers "$tmp/p.json"
    says_not "$tmp/out" "wekelijks"
}
revisions() {
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["revision"], r["reason"])' \
        "$tmp/out"
}
what_is_asked_together_goes_on_after_a_break() {
    pair
    answers_of_both
    types 130 resume "$(round)" <<'STEPS'
beantwoorden jullie met elkaar => 
Wat spreken jullie af? => ^C
STEPS
    says "$tmp/screen" "verbond resume $(round)"
    types 0 resume "$(round)" <<'STEPS'
beantwoorden jullie met elkaar => 
Wat spreken jullie af? => wekelijks bellen
> => 
Enter = klaar => 
STEPS
    # The sheet, the question about it, the sheet with the answer.
    python3 -c 'import sys
text = open(sys.argv[1], encoding="utf-8", errors="replace").read()
before, after = text.split("beantwoorden jullie met elkaar", 1)
assert before.count("GESPREKSBLAD") == 1 and "wekelijks bellen" not in before, text
assert after.count("GESPREKSBLAD") == 1 and "wekelijks bellen" in after.split("GESPREKSBLAD")[1], text' \
        "$tmp/screen"
    [ "$(revisions)" = "2 talk" ]
    says "$tmp/out" "wekelijks bellen"
    types 5 resume "$(round)" </dev/null
    says "$tmp/screen" "nothing left to ask"
    [ "$(sqlite3 "$tmp/data/verbond.db" \
        "SELECT count(*) FROM audit WHERE action = 'together'")" -eq 2 ]
}
what_is_asked_together_may_come_later_from_a_file() {
    pair
    answers_of_both
    verbond result "$(round)" --data "$tmp/data" >"$tmp/first"
    says "$tmp/first" '"format":"standard"'
    printf '{"@together": {"promise": "wekelijks bellen"}}' >"$tmp/t.json"
    sed -i 's/Wat spreken jullie af/Wat nu/; s/1.0.0/1.0.1/' "$pair/instrument.lua"
    runs 0 "$pair" --case k1 --answers "$tmp/t.json"
    says "$tmp/out" "GESPREKSBLAD"
    says "$tmp/out" "Wat spreken jullie af?"
    says "$tmp/out" "wekelijks bellen"
    [ "$(revisions)" = "2 talk" ]
    expect_exit 0 verbond result "$(round)" --revision 1 --data "$tmp/data"
    cmp "$tmp/first" "$tmp/out"
    runs 4 "$pair" --case k1 --answers "$tmp/t.json"
    says "$tmp/err" "@together: was answered already"
    runs 5 "$pair" --case k1 --answers "$tmp/c.json"
}
what_is_asked_together_waits_for_the_release() {
    pair
    printf '{"@together": {"promise": "wekelijks bellen"}}' >"$tmp/t.json"
    runs 4 "$pair" --case k1 --answers "$tmp/t.json"
    says "$tmp/err" "not released yet"
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
}

# two_of_three: a family that was released while Robin was away; what it gave lies in $tmp/first
two_of_three() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.talk": 2}, "relative:Kim": {"bond.talk": 1}, "relative:Robin": null,
 "professional": {"bond.talk": {"relative:Sam": 1}}, "@release": true}
JSON
    runs 0 "$family" --case k1 --answers "$tmp/f.json"
    verbond result "$(round)" --data "$tmp/data" >"$tmp/first"
}
# late_steps: Robin's, once it is Robin's turn
late_steps() {
    printf '%s\n' "Enter = beginnen => " "aandacht voor mij => 3" "praat graag => 3" \
        "Wat gaat goed? => Samen fietsen." "> => " "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "niets invullen? => 2" "Dank je wel. => "
}
who_comes_late_makes_a_revision() {
    two_of_three
    { echo "Vult Robin ook in? => 1"; late_steps; } | types 0 resume "$(round)" --lang nl
    says "$tmp/screen" "Samen fietsen."
    [ "$(revisions)" = "2 late" ]
    expect_exit 0 verbond result "$(round)" --revision 1 --data "$tmp/data"
    cmp "$tmp/first" "$tmp/out"
    types 5 resume "$(round)" </dev/null
}
who_is_still_away_changes_nothing() {
    two_of_three
    local before
    before=$(sqlite3 "$tmp/data/verbond.db" "SELECT max(row) FROM audit WHERE action = 'sheet'")
    echo "Vult Robin ook in? => 2" | types 0 resume "$(round)" --lang nl
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    cmp "$tmp/first" "$tmp/out"
    # The sheet was shown again, and the look is a row of the audit.
    [ "$(sqlite3 "$tmp/data/verbond.db" \
        "SELECT count(*) FROM audit WHERE action = 'sheet' AND row > $before")" -eq 1 ]
}
who_comes_late_is_named_with_as_and_goes_on_after_a_break() {
    two_of_three
    types 130 resume "$(round)" --lang nl --as relative:Robin <<'STEPS'
Enter = beginnen => 
aandacht voor mij => 2
praat graag => ^C
STEPS
    says "$tmp/screen" "verbond resume $(round)"
    printf '%s\n' "Ben je Robin? => 1" "Welkom terug => " "praat graag => 3" "Wat gaat goed? => " \
        "Enter = klaar => " "terug naar mijn antwoorden => 1" "niets invullen? => 2" \
        "Dank je wel. => " | types 0 resume "$(round)" --lang nl --as relative:Robin
    [ "$(revisions)" = "2 late" ]
    types 5 resume "$(round)" --as relative:Robin </dev/null
}
a_file_does_not_come_late() {
    two_of_three
    printf '{"relative:Robin": {"bond.talk": 3}}' >"$tmp/r.json"
    runs 5 "$family" --case k1 --answers "$tmp/r.json"
    says "$tmp/err" "verbond resume $(round)"
}

# ordered: pair, as contact that somebody else decided on
ordered() {
    pair
    sed -i 's/respondents =/mandated = true, respondents =/' "$pair/instrument.lua"
    printf 'De werker meldt \033[31mkindermishandeling\033[0m.\r\n\r\nAnders niets.\n' \
        >"$tmp/reporting.txt"
}
# opened KEY: what the opened events hold there, of every person of the first round
opened() {
    local person
    for person in $(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"]])'); do
        verbond export --person "$person" --format json --data "$tmp/data" |
            python3 -c 'import json, sys
print(json.load(sys.stdin)["rounds"][0]["own"]["opened"][sys.argv[1]])' "$1"
    done
}
the_organisations_own_text_is_shown_and_named_in_the_log() {
    ordered
    VERBOND_REPORTING_FILE=$tmp/reporting.txt types 130 run "$pair" --case k1 <<'STEPS'
Enter = beginnen => 
Wat gaat goed? => ^C
STEPS
    says "$tmp/screen" "kindermishandeling"
    says "$tmp/screen" "Anders niets."
    says_not "$tmp/screen" $'\033[31m'
    says_not "$tmp/screen" "Let op"
    opened opening | grep -qE '^[0-9]+\+own:[0-9a-f]{8}$'
}
without_a_text_the_neutral_one_stands_in_the_log() {
    ordered
    types 130 run "$pair" --case k1 <<'STEPS'
Enter = beginnen => 
Wat gaat goed? => ^C
STEPS
    says "$tmp/screen" "Let op"
    opened opening | grep -qE '^[0-9]+$'
}
a_text_that_cannot_be_shown_is_configuration() {
    ordered
    local bad
    printf 'a\xffb' >"$tmp/bytes"
    printf ' \n' >"$tmp/empty"
    printf 'x%.0s' {1..2049} >"$tmp/long"
    for bad in bytes empty long absent; do
        VERBOND_REPORTING_FILE=$tmp/$bad types 3 run "$pair" --case k1 </dev/null
        says "$tmp/screen" "VERBOND_REPORTING_FILE"
        VERBOND_REPORTING_FILE=$tmp/$bad expect_exit 3 verbond doctor --data "$tmp/data"
        says "$tmp/out" "wrong  text about reporting"
    done
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
    VERBOND_REPORTING_FILE=$tmp/reporting.txt expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "ok     text about reporting: $tmp/reporting.txt"
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "VERBOND_REPORTING_FILE is not set"
}

a_mode_is_that_of_everybody_in_the_run() {
    pair
    {
        fills_in "het praten"
        echo "Vult de werker ook in? => 1"
        echo "Typ 1. => 1"
        echo "Enter = beginnen => ^C"
    } | types 130 run "$pair" --case k1 --mode phone
    [ "$(opened mode)" = $'phone\nphone' ]
    says_not "$tmp/screen" "helper"
}
who_helps_is_asked_and_kept() {
    pair
    types 130 run "$pair" --case k1 --mode interpreter <<'STEPS'
Wie tolkt er? => 2
Enter = beginnen => ^C
STEPS
    [ "$(opened mode)" = "interpreter" ]
    [ "$(opened helper)" = "other" ]
    says_not "$tmp/screen" "let op"
}
a_helper_who_is_rated_is_warned_about() {
    pair
    types 130 run "$pair" --case k1 --mode helper <<'STEPS'
Wie helpt er bij het invullen? => 1
er komen ook vragen over de werker => 
Enter = beginnen => ^C
STEPS
    [ "$(opened helper)" = "professional" ]
    says "$tmp/screen" "let op: professional helpt client met invullen"
    # the same from the command line, and for nobody who goes on
    types 130 run "$pair" --case k2 --mode aloud --helper professional <<'STEPS'
er komen ook vragen over de werker => 
Enter = beginnen => 
Wat gaat goed? => ^C
STEPS
    types 130 run "$pair" --case k2 --mode aloud --helper professional --as client <<'STEPS'
Dit deel is voor de cliënt. => ^C
STEPS
    says_not "$tmp/screen" "er komen ook vragen"
    printf '{"client": {"well": "het praten", "@mode": "aloud", "@helper": "professional"}}' \
        >"$tmp/c.json"
    runs 0 "$pair" --case k3 --answers "$tmp/c.json"
    says "$tmp/err" "let op: professional helpt client met invullen"
    says "$tmp/out" "C: voorgelezen (werker), nl"
    printf '{"client": {"well": "x", "@mode": "phone", "@helper": "other"}}' >"$tmp/c.json"
    runs 0 "$pair" --case k4 --answers "$tmp/c.json"
    says_not "$tmp/err" "let op"
    says "$tmp/out" "C: per telefoon (iemand anders), nl"
}
a_helper_that_nobody_knows_is_refused() {
    pair
    printf '{"client": {"@mode": "helper", "@helper": "professinal"}}' >"$tmp/c.json"
    runs 4 "$pair" --case k1 --answers "$tmp/c.json"
    says "$tmp/err" "c.json: client.@helper: "
    says "$tmp/err" "did you mean professional?"
    printf '{"client": {"@helper": "other"}}' >"$tmp/c.json"
    runs 4 "$pair" --case k1 --answers "$tmp/c.json"
    says "$tmp/err" "goes with the mode"
    types 4 run "$pair" --case k1 --helper other </dev/null
    runs 2 "$pair" --case k1 --answers "$tmp/p.json" --helper other
    types 4 run "$pair" --case k1 --mode helper --helper neighbour </dev/null
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
}
an_unknown_mode_is_refused_before_anything() {
    pair
    types 4 run "$pair" --case k1 --mode help </dev/null
    says "$tmp/screen" "interpreter"
    [ ! -e "$tmp/data" ]
}

labels() {
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[p["label"] for p in json.load(sys.stdin)[0]["persons"]], sep=",")'
}
one_name_is_one_person_however_it_was_typed() {
    printf '{"relative:Zo\u00eb": {"bond.talk": 3}, "relative:Kim": {"bond.talk": 1}}' >"$tmp/f.json"
    printf '{"professional": {"bond.talk": {"relative: Zoe\u0308 ": 1}}}' >"$tmp/g.json"
    runs 0 "$family" --case k1 --answers "$tmp/f.json" --answers "$tmp/g.json"
    [ "$(labels)" = "$(printf 'Zo\u00eb,Kim,None')" ]
    printf '{"relative:Sam": {}, "relative:Sam ": {}}' >"$tmp/f.json"
    runs 4 "$family" --case k2 --answers "$tmp/f.json"
    says "$tmp/err" "the same person"
    types 130 run "$family" --case k3 --lang nl --as "relative: Sam " <<'STEPS'
Dit deel is voor Sam. => 
aandacht voor mij => ^C
STEPS
    types 130 run "$family" --case k3 --lang nl --as relative:Sam <<'STEPS'
Dit deel is voor Sam. => ^C
STEPS
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[len(r["persons"]) for r in json.load(sys.stdin) if r["case"] == "k3"])' | grep -qx 1
}
a_name_that_steers_a_screen_is_refused() {
    local bad
    for bad in 'a\nb' 'a\u001b[2Jb' '  ' 'a\u202eb' "$(printf 'x%.0s' {1..65})"; do
        printf '%s' "{\"relative:$bad\": {\"bond.talk\": 3}}" >"$tmp/f.json"
        runs 4 "$family" --case k1 --answers "$tmp/f.json"
        says "$tmp/err" "f.json: relative:"
        says "$tmp/err" "a person's name"
        lacks "$tmp/err" '\x1b'
    done
    types 4 run "$family" --case k1 --as $'relative:a\nb' </dev/null
    says "$tmp/screen" "--as: a person's name"
    [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
}

a_full_group_in_which_one_shared_is_closed() {
    mkdir -p "$tmp/instruments/three"
    cat >"$tmp/instruments/three/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "three", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Drie" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "parent", "professional" },
  v.text "well" { relation = "own", text = { nl = "Wat gaat goed?" } },
}
LUA
    printf '%s' '{"client": {"well": "x"}, "parent": {"@share": false}}' >"$tmp/two.json"
    printf '%s' '{"professional": {"@share": false}}' >"$tmp/last.json"
    runs 0 "$tmp/instruments/three" --case k --answers "$tmp/two.json"
    [ "$(state)" = open ]
    runs 0 "$tmp/instruments/three" --case k --answers "$tmp/last.json"
    [ "$(state)" = withdrawn ]
    says_not "$tmp/err" "verbond release"
    runs 0 "$tmp/instruments/three" --case k --answers "$tmp/two.json"
}
a_sheet_is_for_a_role_and_not_for_a_name() {
    pair
    runs 0 "$pair" --case k --answers "$tmp/c.json" --answers "$tmp/p.json"
    expect_exit 4 verbond sheet "$(round)" --data "$tmp/data" --for professional:Kim
    says "$tmp/err" "a role without a name"
}

run_tests who_need_not_answer_may_come_second_in_the_files \
    without_who_need_not_answer_files_release who_need_not_answer_is_asked_for_before_the_release \
    a_no_to_who_need_not_answer_releases whether_somebody_comes_is_asked_again_after_a_break \
    with_one_person_to_ask_a_yes_keeps_the_round_open \
    what_is_asked_together_goes_on_after_a_break what_is_asked_together_may_come_later_from_a_file \
    what_is_asked_together_waits_for_the_release who_comes_late_makes_a_revision \
    who_is_still_away_changes_nothing who_comes_late_is_named_with_as_and_goes_on_after_a_break \
    a_file_does_not_come_late \
    the_organisations_own_text_is_shown_and_named_in_the_log \
    without_a_text_the_neutral_one_stands_in_the_log a_text_that_cannot_be_shown_is_configuration \
    a_mode_is_that_of_everybody_in_the_run who_helps_is_asked_and_kept \
    a_helper_who_is_rated_is_warned_about a_helper_that_nobody_knows_is_refused \
    an_unknown_mode_is_refused_before_anything \
    one_name_is_one_person_however_it_was_typed a_name_that_steers_a_screen_is_refused \
    a_full_group_in_which_one_shared_is_closed a_sheet_is_for_a_role_and_not_for_a_name
