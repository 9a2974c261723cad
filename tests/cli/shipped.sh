#!/bin/bash
# shipped.sh: what the instruments in the box promise in their README, tried.
. tests/tools/tap.sh

# filled NAME [ARGUMENT...]: its example, as a case
filled() {
    local name=$1
    shift
    expect_exit 0 verbond run "instruments/$name" --data "$tmp/data" --lang nl \
        --answers "instruments/$name/example.json" "$@"
}
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
# no_file_holds TEXT: nothing under the test's folder, its home included
no_file_holds() {
    local got=0
    grep -rqaF -- "$1" "$tmp/data" "$HOME" 2>"$tmp/.grep" || got=$?
    [ "$got" -ne 0 ]
}

the_worker_s_stance_leaves_nothing_on_disk() {
    filled worker-stance
    says "$tmp/out" "Vrijdag vragen hoe de samenwerking bevalt."
    rm "$tmp/out"
    [ ! -e "$tmp/data" ] || [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]
    no_file_holds "Vrijdag vragen"
}
the_worker_s_stance_is_three_cards_of_seven_five_and_eight() {
    local card
    for card in seven:7 five:5 eight:8; do
        printf '{"@variant": "%s", "professional": {"intention": "Bellen."}}' "${card%:*}" >"$tmp/one.json"
        expect_exit 0 verbond run instruments/worker-stance --data "$tmp/data" --lang nl \
            --answers "$tmp/one.json"
        says "$tmp/out" "1 van $((${card#*:} + 1)) vragen ingevuld"
    done
}
of_an_interview_nothing_can_be_written_down_but_its_day() {
    filled interview-guide
    says "$tmp/out" "20 november 2026"
    echo '{"researcher": {"held.on": "2026-11-20", "talk": "MARKER"}}' >"$tmp/more.json"
    expect_exit 4 verbond run instruments/interview-guide --data "$tmp/data" --case k2 \
        --answers "$tmp/more.json"
    verbond result "$(round)" --data "$tmp/data" >"$tmp/result"
    python3 - "$tmp/result" <<'PY'
import json, sys
items = json.load(open(sys.argv[1]))["respondents"][0]["items"]
assert items == {"held.on": {"value": "2026-11-20"}}, items
PY
}
# nobody_reads TEXT: of the only round, on no sheet and in no result
nobody_reads() {
    local role round
    round=$(round)
    for role in client professional; do
        expect_exit 0 verbond sheet "$round" --data "$tmp/data" --for "$role"
        says_not "$tmp/out" "$1"
        expect_exit 0 verbond sheet "$round" --data "$tmp/data" --for "$role" --format html
        says_not "$tmp/out" "$1"
    done
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    says_not "$tmp/out" "$1"
}
what_is_said_about_the_sheet_goes_to_research_alone() {
    filled talk-aid
    says "$tmp/out" "Op dit blad staan geen antwoorden."
    nobody_reads "Minder vragen over regels."
    nobody_reads '"aid.easy"'
    expect_exit 0 verbond result "$(round)" --data "$tmp/data" --purpose research
    says "$tmp/out" "Minder vragen over regels."
    says_not "$tmp/out" '"mean"'
}
without_a_yes_to_research_nobody_gets_it() {
    sed 's/"@purposes": \["research"\]/"@purposes": []/' instruments/talk-aid/example.json >"$tmp/no.json"
    expect_exit 0 verbond run instruments/talk-aid --data "$tmp/data" --answers "$tmp/no.json"
    expect_exit 5 verbond result "$(round)" --data "$tmp/data" --purpose research
    nobody_reads "Minder vragen over regels."
}
the_background_of_a_study_is_for_research_alone() {
    filled study-background
    nobody_reads shelter
    expect_exit 0 verbond result "$(round)" --data "$tmp/data" --purpose research
    says "$tmp/out" '"background.setting":{"value":"shelter"}'
}
one_worker_and_a_client_have_the_sheet_of_two() {
    cat >"$tmp/two.json" <<'JSON'
{"client": {"bond.click": 4, "bond.understand": 2}, "professional:Anne": {"bond.click": 5, "bond.understand": 4}}
JSON
    expect_exit 0 verbond run instruments/core-alliance --data "$tmp/data" --lang nl \
        --answers "$tmp/two.json"
    [ ! -s "$tmp/out" ]
    expect_exit 0 verbond release "$(round)" --data "$tmp/data"
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --lang nl
    says "$tmp/out" "dit gaat volgens jullie allebei goed"
    says "$tmp/out" "Anne zegt het te doen; zo merkt de cliënt het."
}
several_workers_stand_on_the_page_too() {
    filled core-alliance
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --lang nl --format html
    says "$tmp/out" "dit gaat goed, vindt ieder die antwoord gaf"
    says "$tmp/out" "Bram (werker)"
    says "$tmp/out" "Het klikt tussen het team en mij."
}
the_total_that_its_file_speaks_of_can_be_switched_on() {
    mkdir "$tmp/own"
    cp -r instruments/shared instruments/core-alliance "$tmp/own"
    python3 - "$tmp/own/core-alliance/instrument.lua" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
line = re.search(r"--   (v\.total .*\n)--     (of = .*\n)", text)
end = text.rindex("}")
open(sys.argv[1], "w").write(text[:end] + line.group(1) + line.group(2) + "}\n")
PY
    expect_exit 0 verbond check "$tmp/own/core-alliance"
    expect_exit 0 verbond run "$tmp/own/core-alliance" --data "$tmp/data" \
        --answers instruments/core-alliance/example.json
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    says "$tmp/out" '"totals":{"alliance":'
}
a_pulse_opens_with_the_client_and_takes_the_worker_who_went_first() {
    echo '{"professional": {"room": 900}}' >"$tmp/w.json"
    echo '{"client": {"room": 300, "other": "Korter."}}' >"$tmp/c.json"
    expect_exit 0 verbond run instruments/pulse --data "$tmp/data" --lang nl --case a --answers "$tmp/c.json"
    says "$tmp/out" "Korter."
    expect_exit 0 verbond run instruments/pulse --data "$tmp/data" --lang nl --case b --answers "$tmp/w.json"
    [ ! -s "$tmp/out" ]
    expect_exit 0 verbond run instruments/pulse --data "$tmp/data" --lang nl --case b --answers "$tmp/c.json"
    says "$tmp/out" "W  ├"
    says_not "$tmp/out" "ver uit elkaar"
}
the_neighbourhood_asks_all_of_it_in_three_answers() {
    filled neighbourhood
    says "$tmp/out" "een beetje"
    says_not "$tmp/out" "oneens"
    says "$tmp/out" "Wie is er van instanties?"
}

run_tests the_worker_s_stance_leaves_nothing_on_disk \
    the_worker_s_stance_is_three_cards_of_seven_five_and_eight \
    of_an_interview_nothing_can_be_written_down_but_its_day \
    what_is_said_about_the_sheet_goes_to_research_alone without_a_yes_to_research_nobody_gets_it \
    the_background_of_a_study_is_for_research_alone one_worker_and_a_client_have_the_sheet_of_two \
    several_workers_stand_on_the_page_too the_total_that_its_file_speaks_of_can_be_switched_on \
    a_pulse_opens_with_the_client_and_takes_the_worker_who_went_first \
    the_neighbourhood_asks_all_of_it_in_three_answers
