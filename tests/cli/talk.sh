#!/bin/bash
# talk.sh: what a talk gave is written down, and the next round of the case begins with it.
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json
family=tests/fixtures/instruments/family

# round WAVE: the id of that wave's round
round() {
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([r["round"] for r in json.load(sys.stdin) if r["wave"] == sys.argv[1]][0])' "$1"
}
# value FILE EXPRESSION: what Python makes of the JSON in FILE, called d
value() {
    python3 -c 'import json, sys
print(json.dumps(eval(sys.argv[2], {"d": json.load(open(sys.argv[1]))})))' "$1" "$2"
}
# edited EXPRESSION: the example's answers, changed by a Python statement about d, in $tmp/answers.json
edited() {
    python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
exec(sys.argv[2])
json.dump(d, open(sys.argv[3], "w"))' "$example" "$1" "$tmp/answers.json"
}
# wave W [STATEMENT]: a whole round of the case from a file
wave() {
    edited "${2:-pass}"
    expect_exit 0 verbond run menger-monitor --case dove7 --wave "$1" --data "$tmp/data" \
        --answers "$tmp/answers.json"
}
written='{"topic":"geld","agreements":[{"who":"Sam","what":"de gemeente bellen","when":"2026-12-01"},{"who":"wij","what":"samen naar het loket","when":null}],"goals":[{"text":"een eigen kamer","whose":"client","term":"long","by":"2027-02-28","yes":{"client":true,"professional":false}}],"next":"2027-01-12"}'
# talked: a released round t0, and what its talk gave
talked() {
    wave t0
    echo "$written" >"$tmp/talk.json"
    expect_exit 0 verbond talk "$(round t0)" --from "$tmp/talk.json" --data "$tmp/data"
}

what_is_written_is_printed_in_the_same_shape_and_stands_on_the_sheet() {
    talked
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "$written" ]
    python3 tests/tools/schema.py docs/reference/talk.schema.json "$tmp/out"
    expect_exit 0 verbond sheet "$(round t0)" --data "$tmp/data"
    says "$tmp/out" "Sam: de gemeente bellen (1 december 2026)"
    says "$tmp/out" "wens van de cliënt · later · uiterlijk 28 februari 2027"
    says "$tmp/out" "ja: de cliënt · nog niet: de werker"
    says "$tmp/out" "Volgende keer: 12 januari 2027"
    lacks "$tmp/out" "____"
}
it_makes_a_revision_that_fits_the_schema_and_older_ones_stay() {
    wave t0
    verbond result "$(round t0)" --data "$tmp/data" >"$tmp/first.json"
    echo "$written" >"$tmp/talk.json"
    expect_exit 0 verbond talk "$(round t0)" --from "$tmp/talk.json" --data "$tmp/data"
    verbond result "$(round t0)" --data "$tmp/data" >"$tmp/second.json"
    verbond result "$(round t0)" --revision 1 --data "$tmp/data" | cmp - "$tmp/first.json"
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/second.json"
    [ "$(value "$tmp/second.json" '[d["revision"], d["reason"], d["talk"]["topic"]]')" = '[2, "talk", "geld"]' ]
    [ "$(value "$tmp/second.json" 'sorted(d["talk"]["goals"][0]["yes"].values())')" = '[false, true]' ]
    says_not "$tmp/second.json" '"who":"client"'
}
before_the_release_it_ends_with_5() {
    edited 'd.pop("professional")'
    expect_exit 0 verbond run menger-monitor --case dove7 --data "$tmp/data" --answers "$tmp/answers.json"
    echo '{"topic":"geld"}' >"$tmp/talk.json"
    expect_exit 5 verbond talk "$(round t0)" --from "$tmp/talk.json" --data "$tmp/data"
    expect_exit 5 verbond talk "$(round t0)" --json --data "$tmp/data"
    says "$tmp/err" "is open"
}
# refused WHAT JSON: exit 4, and a message with file and field but nothing of what was written
refused() {
    printf '%s' "$2" >"$tmp/bad.json"
    expect_exit 4 verbond talk "$(round t0)" --from "$tmp/bad.json" --data "$tmp/data"
    says "$tmp/err" "$tmp/bad.json: $1"
    says_not "$tmp/err" "geheim"
}
a_file_that_does_not_fit_is_refused_by_its_field() {
    talked
    refused 'topics: no such field; did you mean topic?' '{"topics": "geheim"}'
    refused 'goals[0].when: no such field' '{"goals": [{"text": "geheim", "whose": "client", "term": "long", "when": "x"}]}'
    refused 'goals[0].yes.clinet: nobody of this round; did you mean client?' '{"goals": [{"text": "geheim", "whose": "client", "term": "long", "yes": {"clinet": false}}]}'
    refused 'goals[0].whose: nobody of this round' '{"goals": [{"text": "geheim", "whose": "parent:Kim", "term": "long"}]}'
    refused 'goals[0].by: no such day' '{"goals": [{"text": "geheim", "whose": "together", "term": "long", "by": "2027-02-29"}]}'
    refused 'agreements[1].what: is missing' '{"agreements": [{"who": "a", "what": "geheim"}, {"who": "b"}]}'
    refused 'agreements[0].who: one line' '{"agreements": [{"who": "a\nb", "what": "geheim"}]}'
    refused 'next: no such day' '{"next": "geheim"}'
    refused 'wants an object' '[]'
    refused 'line 1' '{'
    expect_exit 4 verbond talk "$(round t0)" --from "$tmp/none.json" --data "$tmp/data"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "$written" ]
}
without_a_terminal_it_says_how() {
    wave t0
    expect_exit 2 verbond talk "$(round t0)" --data "$tmp/data"
    says "$tmp/err" "--from FILE.json"
    expect_exit 2 verbond talk "$(round t0)" --json --from x --data "$tmp/data"
    expect_exit 4 verbond talk zzzz9999 --json --data "$tmp/data"
}
asking_on_a_terminal_writes_it_down() {
    wave t0
    types 0 talk "$(round t0)" --lang nl <<'STEPS'
De volgende keer. Prik een dag. => 
Na het gesprek => 
Waar wil de cliënt over praten? => geld
Afspraak 1 => de gemeente bellen
Wie doet dat? => Sam
Wanneer? => 1-12-2026
Afspraak 2 => samen naar het loket
Wie doet dat? => wij
Wanneer? => 
Afspraak 3 => 
Doel 1 => een eigen kamer
Van wie is deze wens? => 1
binnenkort of voor later => 2
Wanneer moet dat gelukt zijn? => 29-2-2027
Die dag bestaat niet. => 28-2-2027
Zegt de cliënt ja => 1
Zegt de werker ja => 2
Doel 2 => 
Wanneer praten jullie weer? => 12-1-2027
Dit schrijven jullie op => 
Bewaard. => 
STEPS
    says "$tmp/screen" "verbond sheet $(round t0)"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "$written" ]
}
the_steps_of_a_talk_are_shown_first_and_fit_the_screen() {
    wave t0
    types 130 talk "$(round t0)" --lang en <<'STEPS'
The talk, step by step => 
Enter = begin => ^C
STEPS
    says "$tmp/screen" "Friction last."
    says "$tmp/screen" "the worker must report"
    python3 -c 'import re, sys
plain = re.sub(rb"\x1b\[[0-9;]*[A-Za-z]", b"", open(sys.argv[1], "rb").read()).decode()
assert all(len(line) <= 80 for line in plain.splitlines()), plain' "$tmp/screen"
    echo "$written" >"$tmp/talk.json"
    expect_exit 0 verbond talk "$(round t0)" --from "$tmp/talk.json" --data "$tmp/data"
    types 0 talk "$(round t0)" --lang en <<'STEPS'
This is what you write down => 
STEPS
    says_not "$tmp/screen" "The talk, step by step"
}
# fits FILE: no line is wider than 80 columns
fits() {
    python3 -c 'import sys
assert all(len(line.rstrip("\n")) <= 80 for line in open(sys.argv[1], encoding="utf-8"))' "$1"
}
the_guide_of_every_shipped_instrument_is_printed_with_its_own_questions() {
    local one name language
    for one in instruments/*/instrument.lua; do
        name=${one%/instrument.lua} name=${name#instruments/}
        case $name in
        interview-guide | phone-survey | study-background | talk-aid | worker-stance)
            expect_exit 4 verbond talk --guide "$name"
            says "$tmp/err" "$name has no talk"
            continue
            ;;
        esac
        for language in nl en; do
            expect_exit 0 verbond talk --guide "$name" --lang "$language"
            fits "$tmp/out"
            [ ! -s "$tmp/err" ]
        done
        says "$tmp/out" "The talk, step by step"
        says "$tmp/out" "First the"
        says "$tmp/out" "Next time."
        says "$tmp/out" "questions for the talk"
        case $name in
        menger-monitor) says "$tmp/out" "must report" && says "$tmp/out" "Friction last." ;;
        *) says_not "$tmp/out" "must report" && says_not "$tmp/out" "Friction last." ;;
        esac
    done
    [ ! -e "$tmp/data" ]
}
the_guide_of_a_round_needs_no_release_and_no_guide_takes_what_came_of_it() {
    edited 'd.pop("professional")'
    expect_exit 0 verbond run menger-monitor --case dove7 --data "$tmp/data" --answers "$tmp/answers.json"
    expect_exit 0 verbond talk --guide "$(round t0)" --data "$tmp/data"
    says "$tmp/out" "Het gesprek, stap voor stap"
    says "$tmp/out" "Kun je een voorbeeld noemen?"
    expect_exit 2 verbond talk --guide "$(round t0)" --json --data "$tmp/data"
    expect_exit 4 verbond talk --guide zzzz9999 --data "$tmp/data"
    says "$tmp/err" "zzzz9999 is no instrument and no round"
    expect_exit 4 verbond talk --guide menger-monitr --data "$tmp/none"
    says "$tmp/err" "menger-monitr"
    [ ! -e "$tmp/none" ]
    expect_exit 4 verbond talk --guide menger-monitor --lang de
}
what_stands_is_shown_and_changed_added_to_or_taken_away() {
    talked
    types 0 talk "$(round t0)" --lang en <<'STEPS'
Agreement: Sam: de gemeente bellen (2026-12-01) => 2
It says: de gemeente bellen => -
2  Agreement: wij => g
Goal 2 => rust
all of us => 3
soon => 1
reached => 
Does the client => 1
Does the worker => 1
Goal: rust (wish of all of us; soon; yes: the client, the worker) => 1
It says: geld => werk
Topic: werk => 77
Choose a number => 
Kept. => 
STEPS
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(value "$tmp/out" '[d["topic"], len(d["agreements"]), [g["text"] for g in d["goals"]], d["next"]]')" = \
        '["werk", 1, ["een eigen kamer", "rust"], "2027-01-12"]' ]
}
leaving_or_breaking_off_changes_nothing() {
    talked
    types 0 talk "$(round t0)" --lang nl <<'STEPS'
Dit schrijven jullie op => 1
Er staat: geld => iets anders
Onderwerp: iets anders => s
Dan verandert er niets. => j
Er is niets veranderd. => 
STEPS
    types 130 talk "$(round t0)" --lang nl <<'STEPS'
Dit schrijven jullie op => 1
Er staat: geld => ^C
STEPS
    says "$tmp/screen" "Er is niets veranderd."
    types 0 talk "$(round t0)" --lang nl <<'STEPS'
Dit schrijven jullie op => 
Er is niets veranderd. => 
STEPS
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "$written" ]
    verbond result "$(round t0)" --data "$tmp/data" >"$tmp/result.json"
    [ "$(value "$tmp/result.json" 'd["revision"]')" = 2 ]
}
the_next_round_begins_with_it_and_its_sheet_opens_with_it() {
    talked
    wave t1 'd["client"]["@last"] = ["done", {"missing": "dont_know"}]; d["professional"]["@last"] = ["partly", "not_yet"]'
    head -n 20 "$tmp/out" >"$tmp/top"
    says "$tmp/top" "Wat spraken we vorige keer af?"
    grep -A2 -F "Sam: de gemeente bellen (1 december 2026)" "$tmp/out" >"$tmp/first"
    says "$tmp/first" "C  gedaan"
    says "$tmp/first" "W  deels"
    grep -A2 -F "wij: samen naar het loket" "$tmp/out" >"$tmp/second"
    says "$tmp/second" "C  niet ingevuld"
    says "$tmp/second" "W  nog niet"
    verbond result "$(round t1)" --data "$tmp/data" >"$tmp/result.json"
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/result.json"
    [ "$(value "$tmp/result.json" '[v["done"] for v in d["talk"]["last"]["voices"]]')" = \
        '[["done", "not_filled_in"], ["partly", "not_yet"]]' ]
    [ "$(value "$tmp/result.json" 'd["talk"]["last"]["round"]')" = "\"$(round t0)\"" ]
}
# Strict, so of an instrument with one question: every field is taken out and added to.
the_schema_takes_a_talk_and_last_time_and_nothing_added_or_left_out() {
    mkdir -p "$tmp/instruments/tiny"
    cat >"$tmp/instruments/tiny/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "tiny", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Klein" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "professional" },
  v.yesno "well" { text = { nl = "Gaat het?" } },
}
LUA
    local w
    for w in t0 t1; do
        python3 - "$w" "$written" >"$tmp/$w.json" <<'PY'
import json, sys
last = {"@last": ["done", "partly"]} if sys.argv[1] == "t1" else {}
print(json.dumps({"client": {"well": True, **last}, "professional": {"well": True},
                  "@talk": json.loads(sys.argv[2])}))
PY
        expect_exit 0 verbond run "$tmp/instruments/tiny" --case k1 --wave "$w" --data "$tmp/data" \
            --answers "$tmp/$w.json"
    done
    verbond result "$(round t1)" --data "$tmp/data" >"$tmp/result.json"
    [ "$(value "$tmp/result.json" '[len(d["talk"]["goals"]), len(d["talk"]["last"]["voices"])]')" = '[1, 2]' ]
    python3 tests/tools/schema.py --strict docs/reference/result.schema.json "$tmp/result.json"
}
people_are_asked_one_after_the_other_and_may_go_back_change_and_hold_back() {
    talked
    types 130 run menger-monitor --case dove7 --wave t1 --lang nl <<'STEPS'
Enter = beginnen => 
Vorige keer, afspraak 1 van 2 => 1
Vorige keer, afspraak 2 van 2 => t
Eerst gaf je: gedaan => 
afspraak 2 van 2 => 2
Vraag 1 => t
Eerst gaf je: deels => 
Enter = overslaan => 4 * 20
Vraag 21 => 
Vraag 22 => 
Vorige keer: wij: samen naar het loket => 2
Eerst gaf je: deels => 3
nog niet => v1
Antwoord 1 houd je voor jezelf. => 
terug naar mijn antwoorden => 1
niets invult? => 2
Dank je wel. => 
Typ 1. => 1
Enter = beginnen => 
Vorige keer, afspraak 1 van 2 => ^C
STEPS
    edited 'd = {"professional": dict(d["professional"], **{"@last": ["done", "done"]})}'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" \
        --answers "$tmp/answers.json"
    grep -A2 -F "Sam: de gemeente bellen" "$tmp/out" >"$tmp/first"
    says "$tmp/first" "C  niet ingevuld"
    says "$tmp/first" "W  gedaan"
    grep -A1 -F "wij: samen naar het loket" "$tmp/out" >"$tmp/second"
    says "$tmp/second" "C  nog niet"
}
the_page_says_once_of_each_agreement_what_somebody_said_last() {
    talked
    types 130 run menger-monitor --case dove7 --wave t1 --lang nl <<'STEPS'
Enter = beginnen => 
Vorige keer, afspraak 1 van 2 => 2
Vorige keer, afspraak 2 van 2 => t
Eerst gaf je: deels => 1
afspraak 2 van 2 => 3
Vraag 1 => ^C
STEPS
    local client
    client=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"][0])')
    expect_exit 0 verbond export --person "$client" --format html --lang nl --data "$tmp/data"
    says "$tmp/out" "Van wie: de cliënt"
    [ "$(grep -oE 'afspraak [0-9]: [a-z ]+' "$tmp/out" | tr '\n' '|')" = "afspraak 1: gedaan|afspraak 2: nog niet|" ]
}
an_answer_file_says_too_much_about_last_time() {
    wave t0 'd["@talk"] = {"agreements": [{"who": "a", "what": "b"}]}'
    edited 'd["client"]["@last"] = ["done", "done"]'
    expect_exit 4 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" 'client.@last[1]: there were 1 agreements last time'
    edited 'd["client"]["@last"] = ["perhaps"]'
    expect_exit 4 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" 'client.@last[0]: no such value; it takes done, partly, not_yet'
    edited 'd["client"]["@last"] = ["done"]'
    expect_exit 4 verbond run menger-monitor --case another --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" 'client.@last: nothing was agreed last time; leave it out'
    edited 'd["client"]["@last"] = ["done"]; d["client"]["@hold"] = ["@last[0]"]'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    grep -A1 -F "a: b" "$tmp/out" >"$tmp/first"
    says "$tmp/first" "C  niet ingevuld"
}
a_file_may_bring_the_talk_alone_after_the_release() {
    wave t0
    echo '{"@talk": {"topic": "geld"}}' >"$tmp/later.json"
    expect_exit 0 verbond run menger-monitor --case dove7 --data "$tmp/data" --answers "$tmp/later.json"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    says "$tmp/out" '"topic":"geld"'
    edited 'd = {"client": d["client"], "@talk": {"topic": "x"}}'
    expect_exit 4 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" '@talk: the round is not released yet'
    [ "$(verbond rounds --json --data "$tmp/data" | grep -c '"wave":"t1"')" = 0 ]
}
a_family_writes_it_down_by_name() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3, "bond.talk": 2}, "relative:Kim": {"bond.attention": 1, "bond.talk": 1},
 "@release": true,
 "@talk": {"goals": [{"text": "samen eten", "whose": "relative:Kim", "term": "short", "yes": {"relative:Sam": true}}]}}
JSON
    expect_exit 0 verbond run "$family" --case f1 --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    says "$tmp/out" "wens van Kim · binnenkort"
    says "$tmp/out" "ja: Sam · nog niet: Kim"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    says "$tmp/out" '"whose":"relative:Kim"'
    says "$tmp/out" '"yes":{"relative:Sam":true,"relative:Kim":false}'
    verbond result "$(round t0)" --data "$tmp/data" >"$tmp/result.json"
    says_not "$tmp/result.json" Kim
}
the_page_with_everything_about_a_person_has_it_too() {
    talked
    wave t1 'd["client"]["@last"] = ["done", "partly"]; d["professional"]["@last"] = ["not_yet", "done"]'
    local client
    client=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"][0])')
    expect_exit 0 verbond export --person "$client" --format html --lang nl --data "$tmp/data"
    says "$tmp/out" "Sam: de gemeente bellen (1 december 2026)</li>"
    says "$tmp/out" "een eigen kamer<br>wens van de cliënt, later, uiterlijk 28 februari 2027<br>ja: de cliënt<br>nog niet: de werker"
    says "$tmp/out" "Sam: de gemeente bellen (1 december 2026)<br>de cliënt: gedaan<br>de werker: nog niet"
    says "$tmp/out" "Volgende keer: 12 januari 2027"
}
who_takes_everything_back_takes_what_was_agreed_along() {
    talked
    local client
    client=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"][0])')
    expect_exit 0 verbond withdraw "$(round t0)" --person "$client" --data "$tmp/data"
    verbond result "$(round t0)" --revision 2 --data "$tmp/data" >"$tmp/result.json"
    lacks "$tmp/result.json" "gemeente|geld|eigen kamer"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = '{"topic":null,"agreements":[],"goals":[],"next":null}' ]
    wave t1
    lacks "$tmp/out" "vorige keer af"
}
what_was_erased_is_asked_no_more_and_nothing_is_added_to_it() {
    talked
    edited 'd = {"client": dict(d["client"], **{"@last": ["done", "partly"]})}'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    local worker
    worker=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "professional"][0])')
    expect_exit 0 verbond erase --person "$worker" --yes --data "$tmp/data"
    expect_exit 0 verbond talk "$(round t0)" --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = '{"topic":null,"agreements":[],"goals":[],"next":null}' ]
    expect_exit 5 verbond talk "$(round t0)" --from "$tmp/talk.json" --data "$tmp/data"
    says "$tmp/err" "was erased"
    # The client was asked about it before: that log still folds.
    expect_exit 0 verbond replay "$(round t1)" --data "$tmp/data"
    says "$tmp/out" "the same end"
    edited 'd = {"professional": d["professional"]}'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/out" "GESPREKSBLAD"
    lacks "$tmp/out" "vorige keer af|gemeente"
}
who_stood_at_an_agreement_that_is_gone_goes_on_at_the_first_question() {
    talked
    types 130 run menger-monitor --case dove7 --wave t1 --lang nl <<'STEPS'
Enter = beginnen => 
Vorige keer, afspraak 1 van 2 => ^C
STEPS
    local worker
    worker=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "professional"][0])')
    expect_exit 0 verbond withdraw "$(round t0)" --person "$worker" --data "$tmp/data"
    types 130 resume "$(round t1)" --lang nl <<'STEPS'
Enter = beginnen => 
Vraag 1 => t
Dit is de eerste vraag. => 3
Vraag 2 => ^C
STEPS
    lacks "$tmp/screen" "Vorige keer"
}
replay_shows_what_was_done_only_when_it_is_on_the_table() {
    talked
    edited 'd = {"client": dict(d["client"], **{"@last": ["not_yet", "done"]})}'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    expect_exit 0 verbond replay "$(round t1)" --data "$tmp/data"
    says "$tmp/out" "last time"
    says "$tmp/out" "the same end"
    lacks "$tmp/out" "not_yet|agreement 1"
    edited 'd = {"professional": d["professional"]}'
    expect_exit 0 verbond run menger-monitor --case dove7 --wave t1 --data "$tmp/data" --answers "$tmp/answers.json"
    expect_exit 0 verbond replay "$(round t1)" --values --data "$tmp/data"
    grep -E 'last time +agreement 1 +not_yet' "$tmp/out" >"$tmp/seen"
    expect_exit 0 verbond replay "$(round t0)" --values --data "$tmp/data"
    grep -E '  talk *$' "$tmp/out" >"$tmp/seen"
    lacks "$tmp/out" "gemeente"
}

run_tests what_is_written_is_printed_in_the_same_shape_and_stands_on_the_sheet \
    it_makes_a_revision_that_fits_the_schema_and_older_ones_stay before_the_release_it_ends_with_5 \
    a_file_that_does_not_fit_is_refused_by_its_field without_a_terminal_it_says_how \
    asking_on_a_terminal_writes_it_down the_steps_of_a_talk_are_shown_first_and_fit_the_screen \
    the_guide_of_every_shipped_instrument_is_printed_with_its_own_questions \
    the_guide_of_a_round_needs_no_release_and_no_guide_takes_what_came_of_it \
    what_stands_is_shown_and_changed_added_to_or_taken_away \
    leaving_or_breaking_off_changes_nothing \
    the_next_round_begins_with_it_and_its_sheet_opens_with_it \
    the_schema_takes_a_talk_and_last_time_and_nothing_added_or_left_out \
    people_are_asked_one_after_the_other_and_may_go_back_change_and_hold_back \
    the_page_says_once_of_each_agreement_what_somebody_said_last \
    an_answer_file_says_too_much_about_last_time a_file_may_bring_the_talk_alone_after_the_release \
    a_family_writes_it_down_by_name the_page_with_everything_about_a_person_has_it_too \
    who_takes_everything_back_takes_what_was_agreed_along \
    who_stood_at_an_agreement_that_is_gone_goes_on_at_the_first_question \
    what_was_erased_is_asked_no_more_and_nothing_is_added_to_it \
    replay_shows_what_was_done_only_when_it_is_on_the_table
