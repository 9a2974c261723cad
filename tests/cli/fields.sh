#!/bin/bash
# fields.sh: what a field of an instrument promises is what happens.
. tests/tools/tap.sh

# instrument NAME FIELDS QUESTIONS: in $tmp/instruments/NAME
instrument() {
    mkdir -p "$tmp/instruments/$1"
    cat >"$tmp/instruments/$1/instrument.lua" <<LUA
local v <const> = require "verbond"
local function t(text) return { nl = text, en = text .. " (en)" } end
return v.instrument {
  id = "$1", version = "1.0.0", licence = "CC0-1.0", title = t "Titel van $1",
  languages = { "nl", "en" },
$2
$3
}
LUA
}
dyad='basis = "own", source = "a test", respondents = { "client", "professional" },'
alone='basis = "own", source = "a test", respondents = { "client" },'

# round: the id of the only round
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
# walk NAME ANSWERS [OPTION...]: runs it with this answer file, in Dutch
walk() {
    local name=$1
    printf '%s' "$2" >"$tmp/answers.json"
    shift 2
    expect_exit 0 verbond run "$tmp/instruments/$name" --data "$tmp/data" --lang nl \
        --answers "$tmp/answers.json" "$@"
}

# -- keep -------------------------------------------------------------------------------------------

blobs() {
    python3 - "$tmp/data/verbond.db" <<'PY'
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("select count(*) from blob").fetchone()[0])
PY
}
a_picture_that_is_not_kept_leaves_nothing() {
    instrument shown "$alone" 'v.draw "pic" { text = t "Teken" }, v.text "why" { text = t "Wat?" },'
    png "$tmp/one.png" MARKER-OF-A-PICTURE
    walk shown '{"client": {"pic": {"file": "one.png"}, "why": "een huis"}}'
    says "$tmp/out" "C  gemaakt, niet bewaard"
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    says "$tmp/out" '"pic":{"value":{"paper":true}}'
    [ "$(blobs)" = 0 ]
    local digest got=0
    digest=$(sha256sum <"$tmp/one.png" | cut -c1-64)
    grep -rqaF -e MARKER-OF-A-PICTURE -e "$digest" "$tmp/data" || got=$?
    [ "$got" -eq 1 ]
}
a_picture_that_is_given_is_kept() {
    instrument given "$alone" 'v.draw "pic" { text = t "Teken", keep = "give" },'
    png "$tmp/one.png" MARKER-OF-A-PICTURE
    walk given '{"client": {"pic": {"file": "one.png"}}}'
    [ "$(blobs)" = 1 ]
}
what_is_not_kept_is_still_looked_at() {
    instrument shown "$alone" 'v.draw "pic" { text = t "Teken" },'
    printf 'no picture' >"$tmp/one.png"
    printf '{"client": {"pic": {"file": "one.png"}}}' >"$tmp/answers.json"
    expect_exit 4 verbond run "$tmp/instruments/shown" --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" "the image is no PNG, JPEG or WebP"
}
a_picture_that_is_kept_for_days_is_no_warning() {
    instrument until "$alone" 'v.draw "pic" { text = t "Teken", keep = "until 90" },'
    expect_exit 0 verbond check "$tmp/instruments/until"
    cat "$tmp/out" "$tmp/err" >"$tmp/said"
    says_not "$tmp/said" "warning: v.draw"
}

# -- private ----------------------------------------------------------------------------------------

private_to_the_worker() { # private_to_the_worker CLIENT: a round of two with a scale the worker may see
    instrument quiet "$dyad" 'v.scale "safe" { title = t "Veilig", private = "worker",
        v.likert "safe.one" { text = t "MARKER-QUESTION", answers = v.answers {
            { 1, nl = "MARKER-LOW", en = "low" }, { 2, nl = "MARKER-HIGH", en = "high" } } } },
        v.yesno "stuck" { text = t "Vast?" },'
    walk quiet '{"client": {"safe.one": 2, "stuck": true'"$1"'},
                 "professional": {"safe.one": 1, "stuck": false}}'
    cp "$tmp/out" "$tmp/at-the-end"
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --for client
    cp "$tmp/out" "$tmp/for-client"
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data"
    cp "$tmp/out" "$tmp/for-all"
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    cp "$tmp/out" "$tmp/result"
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --for professional --lang nl
    local file
    for file in at-the-end for-client for-all result; do
        lacks "$tmp/$file" 'MARKER|safe|alleen voor de werker'
    done
}
what_is_said_to_the_worker_alone_reaches_the_worker_alone() {
    private_to_the_worker ', "@private": ["safe"]'
    says "$tmp/out" "alleen voor de werker, na jouw ja"
    says "$tmp/out" "MARKER-QUESTION"
    says "$tmp/out" "C  MARKER-HIGH"
    lacks "$tmp/out" MARKER-LOW
}
without_a_yes_it_reaches_nobody() {
    private_to_the_worker ''
    lacks "$tmp/out" 'MARKER|alleen voor de werker'
}
what_is_held_back_stays_back_after_that_yes() {
    private_to_the_worker ', "@private": ["safe"], "@hold": ["safe.one"]'
    lacks "$tmp/out" 'MARKER-HIGH'
}

# -- whose questions --------------------------------------------------------------------------------

including() { # an instrument of one's own that may take in a licensed one
    instrument "inner" 'basis = "licensed", source = "the makers of it, 2020",
        status = { nl = "field-tested" }, notice = { nl = "Alleen een deel.", en = "A part only." },
        respondents = { "client" },' 'v.yesno "ready" { text = t "Klaar?" },'
    sed -i 's/CC0-1.0/CC-BY-ND-4.0/' "$tmp/instruments/inner/instrument.lua"
    instrument outer "$alone" 'v.yesno "first" { text = t "Eerst?" }, v.include "inner",'
}
an_included_instrument_stands_in_the_footer_with_its_own_makers() {
    including
    walk outer '{"client": {"first": true, "inner.ready": true}}' --with inner
    says "$tmp/out" "vragen met toestemming van de makers, getest in de praktijk"
    says "$tmp/out" "the makers of it, 2020"
    says "$tmp/out" "inner 1.0.0 · CC-BY-ND-4.0 · teksten nl: getest in de praktijk"
    says "$tmp/out" "Alleen een deel."
    says "$tmp/out" "eigen vragen, nog niet getest"
    says "$tmp/out" "outer 1.0.0 · CC0-1.0 · teksten nl: concept"
}
what_is_not_turned_on_is_not_in_the_footer() {
    including
    walk outer '{"client": {"first": true}}'
    lacks "$tmp/out" 'inner|makers|Alleen een deel'
    says "$tmp/out" "outer 1.0.0"
}
an_instrument_says_itself_what_it_is_not() {
    instrument ideas "$alone
        notice = { nl = \"Dit is niet de Vragenlijst.\", en = \"This is not the Questionnaire.\" }," \
        'v.yesno "first" { text = t "Eerst?" },'
    sed -i 's/basis = "own"/basis = "inspired-by"/' "$tmp/instruments/ideas/instrument.lua"
    walk ideas '{"client": {"first": true}}'
    says "$tmp/out" "Naar bekende ideeën, met eigen vragen; niet het origineel."
    says "$tmp/out" "Dit is niet de Vragenlijst."
    expect_exit 0 verbond sheet "$(round)" --data "$tmp/data" --lang en
    says "$tmp/out" "This is not the Questionnaire."
}
the_talk_monitor_names_what_it_is_not() {
    printf '{"client": {}, "professional": {}}' >"$tmp/answers.json"
    expect_exit 0 verbond run instruments/menger-monitor --data "$tmp/data" --lang nl \
        --answers "$tmp/answers.json"
    tr '\n' ' ' <"$tmp/out" >"$tmp/flat"
    says "$tmp/flat" "Dit is niet de Alliantiemonitor en niet de Vlaamse versie; de vragen zijn nog niet getest."
}

# -- nothing to compare -----------------------------------------------------------------------------

a_sheet_without_answers_does_not_say_that_they_are_close() {
    printf '{"client": {}, "professional": {"trust.report": 5}}' >"$tmp/answers.json"
    expect_exit 0 verbond run instruments/menger-monitor --data "$tmp/data" --lang nl \
        --answers "$tmp/answers.json"
    lacks "$tmp/out" 'liggen jullie antwoorden'
    grep -A1 'Waar zien jullie iets anders?' "$tmp/out" | grep -q ____
}
answers_that_are_close_are_said_to_be() {
    printf '{"client": {"trust.report": 5}, "professional": {"trust.report": 5}}' >"$tmp/answers.json"
    expect_exit 0 verbond run instruments/menger-monitor --data "$tmp/data" --lang nl \
        --answers "$tmp/answers.json"
    says "$tmp/out" "Bij geen vraag liggen jullie antwoorden ver uit elkaar."
}

# -- who and what is asked --------------------------------------------------------------------------

a_role_of_the_roster_keeps_its_own_most() {
    instrument home 'basis = "own", source = "a test",
        respondents = { { role = "youth", max = 1 }, "parent", "professional" },
        roster = { role = { "youth", "parent" }, max = 6 },' 'v.yesno "ready" { text = t "Klaar?" },'
    printf '%s' '{"youth:Sam": {"ready": true}, "parent:Kim": {"ready": true},
        "parent:Robin": {"ready": true}, "professional": {"ready": true}}' >"$tmp/answers.json"
    expect_exit 0 verbond run "$tmp/instruments/home" --data "$tmp/data" --answers "$tmp/answers.json"
    sed -i 's/parent:Kim/youth:Kim/' "$tmp/answers.json"
    expect_exit 4 verbond run "$tmp/instruments/home" --data "$tmp/data" --answers "$tmp/answers.json"
}
a_form_asks_only_what_it_lists() {
    including
    sed -i 's/languages = /forms = { short = { "first" }, both = { "first", "inner.ready" } }, &/' \
        "$tmp/instruments/outer/instrument.lua"
    walk outer '{"client": {"first": true, "inner.ready": true}}' --with inner --form both
    says "$tmp/out" "2 van 2 vragen ingevuld"
    printf '{"client": {"first": true, "inner.ready": true}}' >"$tmp/answers.json"
    expect_exit 4 verbond run "$tmp/instruments/outer" --data "$tmp/other" --lang nl \
        --answers "$tmp/answers.json" --with inner --form short
    says "$tmp/err" "client.inner.ready"
}

# -- pictures, summary, variants --------------------------------------------------------------------

a_picture_that_is_not_there_is_told() {
    instrument seen "$alone" 'v.choice "how" { text = t "Hoe?", options = {
        { "walk", nl = "lopen", en = "walk", picture = "walk.png" },
        { "sit", nl = "zitten", en = "sit" } } },'
    expect_exit 1 verbond check "$tmp/instruments/seen"
    cat "$tmp/out" "$tmp/err" >"$tmp/said"
    says "$tmp/said" 'the picture "walk.png" is not there'
    says "$tmp/said" missing-picture
    printf '\x89PNG\r\n\x1a\n' >"$tmp/instruments/seen/walk.png"
    expect_exit 0 verbond check "$tmp/instruments/seen"
}
an_included_picture_lies_beside_its_own_instrument() {
    instrument inner "$alone" 'v.choice "how" { text = t "Hoe?", options = {
        { "walk", nl = "lopen", en = "walk", picture = "walk.png" },
        { "sit", nl = "zitten", en = "sit" } } },'
    instrument outer "$alone" 'v.yesno "first" { text = t "Eerst?" }, v.include "inner",'
    printf '\x89PNG\r\n\x1a\n' >"$tmp/instruments/outer/walk.png"
    expect_exit 1 verbond check "$tmp/instruments/outer"
    mv "$tmp/instruments/outer/walk.png" "$tmp/instruments/inner/walk.png"
    expect_exit 0 verbond check "$tmp/instruments/outer"
}
the_variant_stands_behind_the_title() {
    instrument art "$alone summary = t \"Waar het over gaat.\",
        variants = { music = { title = t \"Muziek\" } }," 'v.yesno "ready" { text = t "Klaar?" },'
    walk art '{"client": {"ready": true}}' --variant music
    says "$tmp/out" "Titel van art · Muziek"
    python3 tests/tools/type.py "$build/verbond" run "$tmp/instruments/art" --variant music --lang nl \
        --data "$tmp/typed" >"$tmp/screen" <<'STEPS' || [ $? -eq 130 ]
Enter = beginnen => ^C
STEPS
    says "$tmp/screen" "Titel van art · Muziek"
    says "$tmp/screen" "Waar het over gaat."
}

run_tests a_picture_that_is_not_kept_leaves_nothing a_picture_that_is_given_is_kept \
    what_is_not_kept_is_still_looked_at a_picture_that_is_kept_for_days_is_no_warning \
    what_is_said_to_the_worker_alone_reaches_the_worker_alone without_a_yes_it_reaches_nobody \
    what_is_held_back_stays_back_after_that_yes \
    an_included_instrument_stands_in_the_footer_with_its_own_makers \
    what_is_not_turned_on_is_not_in_the_footer an_instrument_says_itself_what_it_is_not \
    the_talk_monitor_names_what_it_is_not a_sheet_without_answers_does_not_say_that_they_are_close \
    answers_that_are_close_are_said_to_be a_role_of_the_roster_keeps_its_own_most \
    a_form_asks_only_what_it_lists a_picture_that_is_not_there_is_told \
    an_included_picture_lies_beside_its_own_instrument the_variant_stands_behind_the_title
