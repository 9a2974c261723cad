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
    printf '\x89PNG\r\n\x1a\nMARKER-OF-A-PICTURE' >"$tmp/one.png"
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
    printf '\x89PNG\r\n\x1a\nMARKER-OF-A-PICTURE' >"$tmp/one.png"
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
days_that_nothing_counts_are_warned_about() {
    instrument until "$alone" 'v.draw "pic" { text = t "Teken", keep = "until 90" },'
    expect_exit 0 verbond check "$tmp/instruments/until"
    cat "$tmp/out" "$tmp/err" >"$tmp/said"
    says "$tmp/said" "does not yet delete it after 90 days"
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

run_tests a_picture_that_is_not_kept_leaves_nothing a_picture_that_is_given_is_kept \
    what_is_not_kept_is_still_looked_at days_that_nothing_counts_are_warned_about \
    what_is_said_to_the_worker_alone_reaches_the_worker_alone without_a_yes_it_reaches_nobody \
    what_is_held_back_stays_back_after_that_yes
