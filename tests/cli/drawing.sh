#!/bin/bash
# drawing.sh: what people make: in the drawing dialogue who chooses what is kept, which way is offered, what
# the sheet says; in arts therapy what the psychomotor variant leaves behind.
. tests/tools/tap.sh

# picture NAME: an image, $tmp/NAME, of its own
picture() { png "$tmp/$1" "$1"; }
# round ANSWERS-OF-THE-CLIENT: a round in which the worker leaves all open
round() {
    printf '{"client": %s, "professional": {}}' "$1" >"$tmp/answers.json"
    expect_exit 0 verbond run drawing-dialogue --lang nl --data "$tmp/data" --answers "$tmp/answers.json"
}
kept() { sqlite3 "$tmp/data/verbond.db" 'SELECT count(*) FROM blob'; }
# days: of each picture that is kept, in how many days it is erased
days() {
    sqlite3 "$tmp/data/verbond.db" \
        'SELECT (until_wall_ms - (SELECT min(wall_ms) FROM event)) / 86400000 FROM blob ORDER BY 1'
}

a_drawing_is_not_kept_unless_somebody_says_so() {
    picture a.png
    round '{"way": "draw", "well": {"file": "a.png"}, "better": {"file": "a.png", "keep": "none"}}'
    [ "$(kept)" -eq 0 ]
    says "$tmp/out" "gemaakt, niet bewaard"
}
who_says_so_takes_it_along_or_has_it_kept_with_an_end() {
    picture a.png
    picture b.png
    round '{"way": "draw", "well": {"file": "a.png", "keep": "give"}, "better": {"file": "b.png", "keep": "until"}}'
    [ "$(days | tr '\n' ' ')" = "30 90 " ]
}
of_words_and_of_paper_there_is_nothing_to_choose() {
    printf '{"client": {"way": "paper", "well": {"paper": true, "keep": "give"}}}' >"$tmp/answers.json"
    expect_exit 4 verbond run drawing-dialogue --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" "client.well: only of an image or of pieces can be said whether it is kept"
}
of_a_collage_that_nobody_chose_to_keep_no_piece_is_stored() {
    local pieces='"pieces": [{"id": "tree", "x": 120, "y": 300}]'
    printf '{"client": {"way": "words", "well": {"words": ["tijd"]}}, "professional": {"way": "words"},
        "@together": {"collage": {%s}}}' "$pieces" >"$tmp/answers.json"
    expect_exit 0 verbond run drawing-dialogue --data "$tmp/data" --answers "$tmp/answers.json"
    verbond result "$(verbond rounds --json --data "$tmp/data" | sed 's/.*"round": *"\([^"]*\)".*/\1/')" \
        --data "$tmp/data" >"$tmp/result"
    says "$tmp/result" '"collage":{"value":{"paper":true}}'
    says_not "$tmp/result" '"tree"'
}
a_collage_that_is_kept_lies_on_the_sheet() {
    expect_exit 0 verbond run drawing-dialogue --lang en --data "$tmp/data" \
        --answers instruments/drawing-dialogue/example.json
    says "$tmp/out" "person: 30 to the right, 32 up"
}
at_a_terminal_only_the_way_that_was_chosen_is_offered_and_words_are_typed_at_once() {
    types 130 run drawing-dialogue --lang en --as client <<'STEPS'
Enter = begin => 
show it? => 2
Which words => time, jokes
Which words => b
Which words => ^C
STEPS
    says "$tmp/screen" "time, jokes"
    says_not "$tmp/screen" "show it, do not keep it"
    says_not "$tmp/screen" "a file, to take along"
}
at_a_terminal_who_draws_chooses_each_time_what_becomes_of_it() {
    picture a.png
    types 130 run drawing-dialogue --lang nl --as client <<STEPS
Enter = beginnen => 
laten zien? => 1
laten zien, niet bewaren => 1
Wat kan beter => 3
Waar staat de afbeelding => $tmp/a.png
Typ een nummer om dat antwoord => ^C
STEPS
    says "$tmp/screen" "een bestand, 90 dagen bewaren"
    says "$tmp/screen" "gemaakt, niet bewaard"
    [ "$(days)" = 90 ]
}
the_sheet_has_both_questions_and_no_part_for_what_goes_well_by_a_number() {
    expect_exit 0 verbond run drawing-dialogue --lang en --data "$tmp/data" \
        --answers instruments/drawing-dialogue/example.json
    says "$tmp/out" "How is the guidance for you? What goes well?"
    says "$tmp/out" "W: How is guiding for you? What goes well?"
    says "$tmp/out" "1 · the topic the client chooses"
    says "$tmp/out" "2 · in your own words"
    says_not "$tmp/out" "what can be better ─"
    says_not "$tmp/out" "How do you want to show it?"
}

the_page_shows_the_collage_and_says_its_places_to_who_does_not_see_it() {
    local id
    expect_exit 0 verbond run drawing-dialogue --lang en --data "$tmp/data" \
        --answers instruments/drawing-dialogue/example.json
    id=$(verbond rounds --json --data "$tmp/data" | sed 's/.*"round": *"\([^"]*\)".*/\1/')
    expect_exit 0 verbond sheet "$id" --format html --data "$tmp/data"
    says "$tmp/out" '>house</text>'
    says "$tmp/out" '<p class="vh">road: 48 to the right'
    says "$tmp/out" 'W: How is guiding for you? What goes well?'
}
the_psychomotor_variant_leaves_nothing_on_the_disk_and_the_others_do() {
    printf '{"client": {"space.quiet": 3}, "professional": {"space.quiet": 1}}' >"$tmp/answers.json"
    expect_exit 0 verbond run arts-therapy --variant psychomotor --lang nl --data "$tmp/data" \
        --answers "$tmp/answers.json"
    says "$tmp/out" "Bij bewegen mag ik ook stil zijn."
    [ ! -e "$tmp/data" ]
    expect_exit 0 verbond run arts-therapy --variant music --data "$tmp/data" --answers "$tmp/answers.json"
    [ -s "$tmp/data/verbond.db" ]
}
# with_psychomotor OLD NEW: the instrument with another text in the place of the first OLD
with_psychomotor() {
    mkdir -p "$tmp/instruments"
    cp -R instruments/shared instruments/arts-therapy "$tmp/instruments/"
    python3 - "$tmp/instruments/arts-therapy/instrument.lua" "$1" "$2" <<'PY'
import sys
path, old, new = sys.argv[1:]
text = open(path, encoding="utf-8").read()
assert old in text, old
open(path, "w", encoding="utf-8").write(text.replace(old, new, 1))
PY
}
an_author_cannot_ask_own_words_in_the_psychomotor_variant() {
    with_psychomotor 'variants = { "music", "visual", "drama" },' ''
    expect_exit 1 verbond check "$tmp/instruments/arts-therapy"
    says "$tmp/out" 'which the policy of variant "psychomotor" refuses (free_text = false)'
}
an_author_cannot_keep_a_drawing_in_the_psychomotor_variant() {
    with_psychomotor 'keep = "none"' 'keep = "ask 90"'
    expect_exit 1 verbond check "$tmp/instruments/arts-therapy"
    says "$tmp/out" 'which the policy of variant "psychomotor" refuses (drawing_keep = false)'
}
a_script_cannot_get_round_it_either() {
    with_psychomotor '  v.scale "space" {' '  flow = function(s) s:ask("next.time") end,
  v.text "smuggled" { text = { nl = "Wat voel je?", en = "What do you feel?" } },
  v.scale "space" {'
    expect_exit 1 verbond check "$tmp/instruments/arts-therapy"
    says "$tmp/out" 'v.text "smuggled": takes free text, which the policy of variant "psychomotor" refuses'
}

run_tests the_page_shows_the_collage_and_says_its_places_to_who_does_not_see_it \
    the_psychomotor_variant_leaves_nothing_on_the_disk_and_the_others_do \
    an_author_cannot_ask_own_words_in_the_psychomotor_variant \
    an_author_cannot_keep_a_drawing_in_the_psychomotor_variant \
    a_script_cannot_get_round_it_either \
    a_drawing_is_not_kept_unless_somebody_says_so \
    who_says_so_takes_it_along_or_has_it_kept_with_an_end \
    of_words_and_of_paper_there_is_nothing_to_choose \
    of_a_collage_that_nobody_chose_to_keep_no_piece_is_stored \
    a_collage_that_is_kept_lies_on_the_sheet \
    at_a_terminal_only_the_way_that_was_chosen_is_offered_and_words_are_typed_at_once \
    at_a_terminal_who_draws_chooses_each_time_what_becomes_of_it \
    the_sheet_has_both_questions_and_no_part_for_what_goes_well_by_a_number
