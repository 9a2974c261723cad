#!/bin/bash
# alliance.sh: family-alliance as a family and its worker meet it, in both languages.
. tests/tools/tap.sh

dir=instruments/family-alliance
# What a family never reads, not even in a footer that denies it.
barred='split|breuk|probleem|problem|gemiddeld|average|rupture'

example() { expect_exit 0 verbond run family-alliance --data "$tmp/data" --lang "$1" --answers "$dir/example.json"; }
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
persons() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"]])'
}
# plain: neither what was printed nor what was said beside it has a barred word
plain() { lacks "$tmp/out" "(?i)$barred" && lacks "$tmp/err" "(?i)$barred"; }

a_family_of_four_with_one_missing_gives_rows_of_dots() {
    example nl
    says "$tmp/out" "Yara (jongere)            ├─────●─────┤   ├───────■───┤"
    says "$tmp/out" "Nadia (ouder)             ├──────────●┤   ├─────────■─┤"
    says "$tmp/out" "Erik (ouder)              ├───────────┤   ├────■──────┤   niet ingevuld"
    says "$tmp/out" "Milo (kind)  ○──●──○  een beetje"
    [ "$(grep -c '^  Samen$' "$tmp/out")" -eq 1 ]
}
there_is_a_row_for_each_person_and_none_for_all() {
    example nl
    python3 - "$tmp/out" <<'PY'
import sys
text = open(sys.argv[1]).read()
part = text.split("── overzicht")[1].split("── over ieder apart")[0]
names = {line.split()[0] for line in part.splitlines() if "├" in line}
assert names == {"Yara", "Nadia", "Erik", "werker"}, names
PY
}
nobody_has_the_letter_of_another() {
    local lang
    for lang in nl en; do
        rm -rf "$tmp/data"
        example $lang
        grep -oE '^  [A-Z] [●■]' "$tmp/out" >"$tmp/letters"
        [ "$(wc -l <"$tmp/letters")" -eq 5 ]
        [ "$(cut -c3 "$tmp/letters" | sort -u | wc -l)" -eq 5 ] || { cat "$tmp/letters"; return 1; }
    done
}
no_output_has_a_word_that_weighs_a_family() {
    local lang who
    for lang in nl en; do
        rm -rf "$tmp/data"
        example $lang
        plain
        for who in "" youth child parent professional; do
            expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --lang $lang ${who:+--for $who}
            plain
        done
        if verbond sheet "$(round)" --data "$tmp/data" --lang $lang --format html >"$tmp/out" 2>"$tmp/err"; then
            [ -s "$tmp/out" ]
            plain
        fi
        expect_exit 0 verbond result "$(round)" --data "$tmp/data"
        says "$tmp/out" '"schema":"verbond.result/1"'
        plain
        expect_exit 0 verbond rounds --data "$tmp/data"
        plain
        for who in $(persons); do
            expect_exit 0 verbond export --person "$who" --data "$tmp/data"
            [ -s "$tmp/out" ]
            plain
        done
    done
}
no_question_has_one_either() {
    lacks "$dir/instrument.lua" "(?i)$barred"
    lacks "$dir/README.md" "(?i)$barred"
    LC_ALL=C grep -qiE "$barred" <<<"een Gemiddelde"
}
the_talk_lists_of_a_family_are_empty() {
    example en
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    python3 - "$tmp/out" <<'PY'
import json, sys
talk = json.load(open(sys.argv[1]))["talk"]
assert talk["well"] == talk["differ"] == talk["better"] == talk["friction"] == [], talk
PY
}
speaking_freely_is_on_the_worker_s_sheet_after_a_yes_and_nowhere_else() {
    example nl
    lacks "$tmp/out" "Vrij spreken|durf hier eerlijk"
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    lacks "$tmp/out" 'safe\.|child\.say|child\.safe'
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --for parent
    lacks "$tmp/out" "dur(f|ft) hier eerlijk"
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --for professional
    says "$tmp/out" "Yara durft hier eerlijk te zijn met iedereen erbij."
    says_not "$tmp/out" "Nadia durft hier eerlijk"
    says_not "$tmp/out" "Erik durft hier eerlijk"
    [ "$(grep -c "Ik durf hier eerlijk te zijn" "$tmp/out")" -eq 1 ] # Yara said yes, Nadia did not
    lacks "$tmp/out" "Ik mag hier zeggen wat ik denk" # nor did Milo
}
without_release_in_the_file_the_worker_releases_it() {
    python3 - "$dir/example.json" "$tmp/f.json" <<'PY'
import json, sys
both = json.load(open(sys.argv[1]))
del both["@release"]
json.dump(both, open(sys.argv[2], "w"))
PY
    expect_exit 0 verbond run family-alliance --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    [ ! -s "$tmp/out" ]
    expect_exit 0 verbond release "$(round)" --data "$tmp/data"
    says "$tmp/out" "Yara (jongere)            ├─────●─────┤"
}
one_shared_voice_is_not_released() {
    printf '{"parent:Nadia": {"bond.talk": 4}, "youth:Yara": null, "@release": true}' >"$tmp/f.json"
    expect_exit 5 verbond run family-alliance --data "$tmp/data" --answers "$tmp/f.json"
    [ ! -s "$tmp/out" ]
}
nine_members_do_not_fit() {
    python3 -c 'import json
print(json.dumps({f"relative:R{i}": {} for i in range(9)}))' >"$tmp/f.json"
    expect_exit 4 verbond run family-alliance --data "$tmp/data" --answers "$tmp/f.json"
    says "$tmp/err" "relative:R8"
}
the_worker_is_not_asked_of_a_grown_up_what_children_are_asked() {
    printf '{"parent:Nadia": {}, "child:Milo": {}, "professional": {"child.why": {"parent:Nadia": 2}}}' \
        >"$tmp/f.json"
    expect_exit 4 verbond run family-alliance --data "$tmp/data" --answers "$tmp/f.json"
    says "$tmp/err" "professional.child.why.parent:Nadia: is not asked on the path"
}
# at_nine LANG ALERT QUESTION MARK: a child of nine fills in at the keyboard and then stops for today
at_nine() {
    types 130 run family-alliance --lang "$1" --as child:Noor
    says "$tmp/screen" "$2"
    says "$tmp/screen" "$4"
    python3 - "$tmp/screen" "$2" "$3" <<'PY'
import sys
screen = open(sys.argv[1], errors="replace").read()
assert screen.index(sys.argv[2]) < screen.index(sys.argv[3]), "the question comes before the warning"
PY
    lacks "$tmp/screen" "(?i)$barred"
}
a_child_of_nine_reads_what_the_worker_must_do_before_speaking_freely() {
    at_nine nl "Als de werker denkt dat je gevaar loopt" "Ik mag hier zeggen wat ik denk." \
        "nee [alleen voor de werker, als je dat zegt]" <<'STEPS'
Enter = beginnen => 
van 6 => 3
van 6 => 2
van 6 => 2
van 6 => 3
van 6 => 1
van 6 => Een spel
> => 
Enter = klaar => ^C
STEPS
}
a_child_of_nine_does_so_in_english() {
    at_nine en "If the worker thinks that you are in danger" "I may say what I think here." \
        "no [for the worker only, if you say so]" <<'STEPS'
Enter = begin => 
of 6 => 3
of 6 => 2
of 6 => 2
of 6 => 3
of 6 => 1
of 6 => A game
> => 
Enter = ready => ^C
STEPS
}
of_a_drawing_nothing_is_kept() {
    png "$tmp/one.png" DRAWN-BY-BO
    printf '{"child_under_8:Bo": {"drawing.well": {"file": "one.png"}}, "parent:Kim": {"bond.talk": 4},
             "@release": true}' >"$tmp/f.json"
    expect_exit 0 verbond run family-alliance --data "$tmp/data" --lang nl --answers "$tmp/f.json"
    says "$tmp/out" "Bo (kind tot 8)  gemaakt, niet bewaard"
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    says_not "$tmp/out" "blob"
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT count(*) FROM blob")" -eq 0 ]
}
who_is_not_asked_a_question_does_not_stand_with_it() {
    example nl
    [ "$(grep -c '(kind)' "$tmp/out")" -eq 5 ] # in the head, and with each of four questions
    python3 - "$tmp/out" <<'PY'
import sys
part = open(sys.argv[1]).read().split("── over ieder apart")[1].split("\n──")[0]
assert "Milo" in part and not any(name in part for name in ("Yara", "Nadia", "Erik")), part
PY
}

run_tests a_family_of_four_with_one_missing_gives_rows_of_dots \
    there_is_a_row_for_each_person_and_none_for_all nobody_has_the_letter_of_another no_output_has_a_word_that_weighs_a_family \
    no_question_has_one_either the_talk_lists_of_a_family_are_empty \
    speaking_freely_is_on_the_worker_s_sheet_after_a_yes_and_nowhere_else \
    without_release_in_the_file_the_worker_releases_it one_shared_voice_is_not_released \
    nine_members_do_not_fit the_worker_is_not_asked_of_a_grown_up_what_children_are_asked \
    a_child_of_nine_reads_what_the_worker_must_do_before_speaking_freely \
    a_child_of_nine_does_so_in_english of_a_drawing_nothing_is_kept \
    who_is_not_asked_a_question_does_not_stand_with_it
