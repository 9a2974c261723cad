#!/bin/bash
# resume.sh: a person at a terminal breaks off and goes on; tests/tools/type.py does the typing.
. tests/tools/tap.sh

rounds() { verbond rounds --json --data "$tmp/data"; }
# ready ROLE: whether the only round's person with this role is ready
ready() {
    rounds | python3 -c 'import json, sys
print([p["ready"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == sys.argv[1]])' "$1"
}
break_off_after_three() {
    types 130 run menger-monitor --lang nl --case k1 <<'STEPS'
Enter = beginnen => 
Vraag 1 => 2
Vraag 2 => 2
Vraag 3 => 2
Vraag 4 => ^C
STEPS
}
finish_the_client() {
    types 130 resume --lang nl <<'STEPS'
Ben je de cliënt? => 1
Welkom terug => 
Enter = overslaan => 4 * 17
Vraag 21 => 
Vraag 22 => 
Enter = klaar => 
terug naar mijn antwoorden => 1
niets invult? => 2
Dank je wel. => 
Typ 1. => ^C
STEPS
}

breaking_off_keeps_what_was_answered() {
    break_off_after_three
    [ "$(ready client)" = "[False]" ]
    local command
    command=$(tr -d '\r' <"$tmp/screen" | grep -oE '[^ ]*verbond resume [a-z0-9]+ --data .*')
    [ "$command" = "$build/verbond resume $(rounds |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])') --data $tmp/data" ]
}
resume_goes_on_where_it_was() {
    break_off_after_three
    types 130 resume --lang nl <<'STEPS'
Ben je de cliënt? => 1
Welkom terug => 
Vraag 4 => ^C
STEPS
    says_not "$tmp/screen" "Vraag 3"
}
a_round_begun_by_hand_ends_with_the_sheet() {
    break_off_after_three
    finish_the_client
    [ "$(ready client)" = "[True]" ]
    types 0 resume --lang nl <<'STEPS'
Enter = beginnen => 
Enter = overslaan => 5 * 20
Vraag 21 => 
Vraag 22 => 
Enter = klaar => 
terug naar mijn antwoorden => 1
niets invult? => 2
Dank je wel. => 
STEPS
    says "$tmp/screen" "GESPREKSBLAD"
    says "$tmp/screen" "hier zien jullie iets anders"
    rounds | grep -q '"state":"released"'
}
what_the_first_person_saw_is_wiped_at_the_hand_over() {
    break_off_after_three
    finish_the_client
    # After the question whether it may be on the table, the screen and what scrolled off it go.
    python3 - "$tmp/screen" <<'PY'
import sys
screen = open(sys.argv[1], encoding="utf-8").read()
before, after = screen.split("Geef de computer door", 1)
assert "\033[3J" in before[before.index("jouw antwoorden zien?"):], "the scrolled lines were kept"
assert "Ik weet waar we samen aan werken" not in after
PY
}
a_suspended_question_is_taken_away_and_drawn_again() {
    types 130 run menger-monitor --lang nl --case k1 <<'STEPS'
Enter = beginnen => 
Enter = overslaan => ^Z
Enter = overslaan => ^C
STEPS
    python3 - "$tmp/screen" <<'PY'
import sys
screen = open(sys.argv[1], encoding="utf-8").read()
first, rest = screen.split("Vraag 1 ", 1)
stopped, again = rest.split("Vraag 1 ", 1)
assert "\033[3J" in stopped, "the question stayed on the screen"
PY
}
files_and_hands_share_one_round() {
    break_off_after_three
    finish_the_client
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
json.dump({"professional": both["professional"]}, open(f"{sys.argv[1]}/p.json", "w"))
PY
    expect_exit 0 verbond run menger-monitor --lang nl --case k1 --data "$tmp/data" \
        --answers "$tmp/p.json"
    says "$tmp/out" "GESPREKSBLAD"
}
only_the_named_person_is_asked() {
    types 130 run menger-monitor --lang nl --case k1 --as professional --mode phone <<'STEPS'
Enter = beginnen => 
Vraag 1 => ^C
STEPS
    says "$tmp/screen" "Dit deel is voor de werker."
    [ "$(ready client)" = "[]" ]
    [ "$(ready professional)" = "[False]" ]
}
nothing_open_is_nothing_to_resume() {
    types 4 resume <<'STEPS'
STEPS
    says "$tmp/screen" "nothing to resume"
}
a_round_in_which_nobody_is_due_is_skipped() {
    break_off_after_three
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
both["client"]["@share"] = False
both["professional"]["@one_sided"] = True
json.dump(both, open(f"{sys.argv[1]}/no.json", "w"))
PY
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --case k2 --answers "$tmp/no.json"
    local done
    done=$(rounds | python3 -c 'import json, sys
print(*[r["round"] for r in json.load(sys.stdin) if r["case"] == "k2"])')
    types 130 resume --lang nl <<'STEPS'
Ben je de cliënt? => 1
Welkom terug => 
Vraag 4 => ^C
STEPS
    types 5 resume "$done" <<'STEPS'
STEPS
    says "$tmp/screen" "nothing left to ask"
}
a_released_round_is_not_resumed() {
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    local round
    round=$(rounds | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    types 5 resume "$round" <<'STEPS'
STEPS
    says "$tmp/screen" "released"
}

whatever_else_is_typed_before_the_first_question_says_press_enter() {
    types 130 run pulse --lang en <<'KEYS'
Enter = begin => yes
Press Enter. => 
Question 1 of 4 => ^C
KEYS
    says "$tmp/screen" "Press Enter."
}

run_tests whatever_else_is_typed_before_the_first_question_says_press_enter \
    breaking_off_keeps_what_was_answered resume_goes_on_where_it_was \
    a_round_begun_by_hand_ends_with_the_sheet what_the_first_person_saw_is_wiped_at_the_hand_over \
    a_suspended_question_is_taken_away_and_drawn_again files_and_hands_share_one_round only_the_named_person_is_asked \
    nothing_open_is_nothing_to_resume a_round_in_which_nobody_is_due_is_skipped \
    a_released_round_is_not_resumed
