#!/bin/bash
# keys.sh: the key file is made once and told about; without the right one nothing opens, and nothing
# is made in its place.
. tests/tools/tap.sh
. tests/tools/cut.sh

# one: a round with the example's answers; the key lies in $tmp/key
one() {
    export VERBOND_KEY=$tmp/key
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --case "${1:-k1}" \
        --answers instruments/menger-monitor/example.json
}
looks() { verbond rounds --data "$tmp/data"; }
key_id() { verbond doctor --data "$tmp/data" 2>/dev/null | sed -n 's/.*sealed under key \([0-9a-f]*\) .*/\1/p'; }

the_first_round_makes_a_key_and_says_where() {
    one
    says "$tmp/err" "made the key file $tmp/key"
    says "$tmp/err" "in another place than the data"
    [ "$(stat -c %a "$tmp/key")" = 600 ]
    [ "$(wc -c <"$tmp/key")" -eq 79 ]
    one k2
    says_not "$tmp/err" "key file"
    expect_exit 0 looks
    says_not "$tmp/err" "key"
}
at_a_terminal_it_is_said_again_when_the_questions_are_gone() {
    export VERBOND_KEY=$tmp/key
    printf '%s\n' "Enter = beginnen => " "Vraag 1 => ^C" | types 130 run menger-monitor --lang nl
    # What comes after the last time the screen was emptied, scrolled lines included.
    python3 -c 'import sys; print(open(sys.argv[1]).read().split("\x1b[3J")[-1])' "$tmp/screen" >"$tmp/left"
    says "$tmp/left" "het sleutelbestand $tmp/key"
    says "$tmp/left" "nog niet klaar: de cliënt"
    says "$tmp/left" "Verder gaan:"
    lacks "$tmp/left" "verder gaan:"
}
without_a_name_for_it_the_key_lies_in_the_configuration_folder() {
    unset VERBOND_KEY
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    [ -f "$home/.config/verbond/key" ]
    XDG_CONFIG_HOME=$tmp/config expect_exit 0 verbond run menger-monitor --data "$tmp/more" \
        --answers instruments/menger-monitor/example.json
    [ -f "$tmp/config/verbond/key" ]
    [ "$(stat -c %a "$tmp/config/verbond")" = 700 ]
    HOME='' expect_exit 3 looks
    says "$tmp/err" "set VERBOND_KEY"
}
one_key_file_serves_several_folders() {
    one
    cp "$tmp/key" "$tmp/same"
    expect_exit 0 verbond run menger-monitor --data "$tmp/other" \
        --answers instruments/menger-monitor/example.json
    says_not "$tmp/err" "key file"
    cmp "$tmp/key" "$tmp/same"
    expect_exit 0 looks
}
no_answer_is_in_any_file() {
    one
    # The control: the example's own words come out of the command.
    verbond result "$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')" \
        --data "$tmp/data" >"$tmp/out"
    says "$tmp/out" "teruggebeld"
    local file
    for file in "$tmp"/data/*; do
        lacks "$file" "teruggebeld"
    done
}
the_wrong_key_file_is_refused_with_both_ids() {
    one
    local right wrong
    right=$(key_id)
    mv "$tmp/key" "$tmp/right"
    expect_exit 0 verbond run menger-monitor --data "$tmp/other" \
        --answers instruments/menger-monitor/example.json
    wrong=$(verbond doctor --data "$tmp/other" | sed -n 's/.*sealed under key \([0-9a-f]*\) .*/\1/p')
    [ ${#right} -eq 16 ] && [ ${#wrong} -eq 16 ] && [ "$right" != "$wrong" ]
    cp -r "$tmp/data" "$tmp/before"
    expect_exit 3 looks
    says "$tmp/err" "$right"
    says "$tmp/err" "$wrong"
    says "$tmp/err" "VERBOND_KEY"
    expect_exit 3 verbond run menger-monitor --data "$tmp/data" --case k2 \
        --answers instruments/menger-monitor/example.json
    VERBOND_KEY=$tmp/right expect_exit 0 looks
    cmp "$tmp/data/keys.db" "$tmp/before/keys.db"
}
a_missing_key_file_is_asked_for_and_not_made() {
    one
    local id
    id=$(key_id)
    mv "$tmp/key" "$tmp/away"
    expect_exit 3 looks
    says "$tmp/err" "there is no key file $tmp/key"
    says "$tmp/err" "$id"
    expect_exit 3 verbond run menger-monitor --data "$tmp/data" --case k2 \
        --answers instruments/menger-monitor/example.json
    expect_exit 3 verbond doctor --data "$tmp/data"
    says "$tmp/out" "there is no key file"
    [ ! -e "$tmp/key" ]
}
missing_keys_are_asked_for_and_not_made() {
    one
    mkdir "$tmp/away"
    mv "$tmp"/data/keys.db* "$tmp/away"
    expect_exit 3 looks
    says "$tmp/err" "put your newest copy of keys.db back"
    expect_exit 3 verbond run menger-monitor --data "$tmp/data" --case k2 \
        --answers instruments/menger-monitor/example.json
    [ ! -e "$tmp/data/keys.db" ]
    cp "$tmp"/away/* "$tmp/data"
    expect_exit 0 looks
}
the_keys_of_another_folder_are_refused() {
    one
    verbond run menger-monitor --data "$tmp/other" \
        --answers instruments/menger-monitor/example.json >/dev/null 2>&1
    cp "$tmp/other/keys.db" "$tmp/data/keys.db"
    expect_exit 3 looks
    says "$tmp/err" "another folder's"
}
a_key_file_that_others_may_read_is_refused() {
    one
    local mode
    for mode in 644 640 604 660; do
        chmod "$mode" "$tmp/key"
        expect_exit 3 looks
        says "$tmp/err" "can be read by others: chmod 600"
    done
    chmod 600 "$tmp/key"
    expect_exit 0 looks
}
a_broken_key_file_is_refused_without_a_word_of_it() {
    one
    local hex
    hex=$(cut -c15-46 "$tmp/key")
    printf 'verbond-key-1 %s\n' "$hex" >"$tmp/key"
    expect_exit 3 looks
    says "$tmp/err" "is damaged"
    says_not "$tmp/err" "${hex:0:8}"
    printf 'verbond-key-9 %s%s\n' "$hex" "$hex" >"$tmp/key"
    expect_exit 3 looks
    says "$tmp/err" "use a newer verbond"
    printf 'secret\n' >"$tmp/key"
    expect_exit 3 looks
    says "$tmp/err" "is no key file"
    says_not "$tmp/err" "secret"
}
no_key_is_made_where_the_data_lie() {
    VERBOND_KEY=$tmp/data/key expect_exit 3 verbond run menger-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "would lie in the data folder"
    [ ! -e "$tmp/data/key" ] && [ ! -e "$tmp/data/verbond.db" ]
    one
    cp "$tmp/key" "$tmp/data/key"
    VERBOND_KEY=$tmp/data/key expect_exit 3 verbond doctor --data "$tmp/data"
    says "$tmp/out" "which lies with the data"
}
doctor_names_the_key_and_counts_what_was_erased() {
    one
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "in $tmp/key; 0 erased"
    local person
    person=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["persons"][0]["person"])')
    expect_exit 0 verbond erase --person "$person" --yes --data "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "in $tmp/key; 1 erased"
    grep -q "person $person" "$tmp/data/erasures"
}
# Killed at each of its calls, an erasure was either not begun, or the next start has carried it out.
an_erasure_that_is_cut_off_is_carried_on_at_the_next_start() {
    one
    local person session
    person=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["persons"][0]["person"])')
    session=$(sqlite3 "$tmp/data/verbond.db" "SELECT session.id FROM session
        JOIN person ON person.row = session.person WHERE person.id = '$person'")
    mv "$tmp/data" "$tmp/whole"
    begun=0
    prepare() { rm -rf "$tmp/data"; cp -r "$tmp/whole" "$tmp/data"; }
    check() {
        local tombstones
        verbond rounds --data "$tmp/data" >"$tmp/said" 2>&1 || { cat "$tmp/said"; return 1; }
        tombstones=$(sqlite3 "$tmp/data/verbond.db" "SELECT group_concat(done) FROM erasure")
        if [ -z "$tombstones" ]; then
            [ "$(sqlite3 "$tmp/data/keys.db" "SELECT count(*) FROM key WHERE id = '$session'")" = 1 ] &&
                [ ! -e "$tmp/data/erasures" ]
            return
        fi
        begun=$((begun + 1))
        [ "$tombstones" = 1 ] && grep -q "person $person .*session $session" "$tmp/data/erasures" &&
            [ "$(sqlite3 "$tmp/data/keys.db" \
                "SELECT count(*) FROM key WHERE id IN ('$person', '$session')")" = 0 ] &&
            ! tr -d '\0' <"$tmp/data/keys.db-journal" | grep -q .
    }
    cut_off prepare check erase --person "$person" --yes --data "$tmp/data"
    [ "$begun" -gt 10 ] && [ "$cuts" -gt "$begun" ]
}
# Two who answered otherwise and were asked otherwise, as often: the same numbers, sizes and blanks.
two_who_went_another_way_look_alike() {
    mkdir -p "$tmp/instruments/fork"
    cat >"$tmp/instruments/fork/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "fork", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Splitsing" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "een beetje" }, { 3, nl = "ja" } } },
  v.yesno "stuck" { text = { nl = "Vast?" } },
  v.likert "what.is.it.that.holds" { text = { nl = "Wat houdt tegen?" }, when = v.is("stuck", true) },
  v.likert "well" { text = { nl = "Gaat het goed?" }, when = v.is("stuck", false) },
}
LUA
    echo '{"client": {"stuck": true, "what.is.it.that.holds": 3, "@share": true}}' >"$tmp/one.json"
    echo '{"client": {"stuck": false, "well": {"missing": "rather_not_say"}, "@share": true}}' >"$tmp/two.json"
    local who
    for who in one two; do
        expect_exit 0 verbond run "$tmp/instruments/fork" --data "$tmp/data" --case "$who" \
            --answers "$tmp/$who.json"
    done
    sqlite3 "$tmp/data/verbond.db" "SELECT session || '|' || group_concat(seq || ' ' || length(body) || ' '
        || answer_id) FROM event GROUP BY session ORDER BY session" >"$tmp/rows"
    [ "$(wc -l <"$tmp/rows")" -eq 2 ]
    [ "$(cut -d'|' -f2 "$tmp/rows" | sort -u | wc -l)" -eq 1 ]
    [ "$(sqlite3 "$tmp/data/verbond.db" 'SELECT count(DISTINCT body) = count(*) FROM event')" = 1 ]
}
a_program_that_dies_leaves_no_dump_of_its_memory() {
    one
    # Held at its first question, with the store open.
    python3 - "$build/verbond" "$tmp/data" <<'PY'
import os, pty, re, signal, sys
pid, screen = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "run", "menger-monitor", "--case", "k9", "--lang", "nl",
                           "--data", sys.argv[2]])
seen = b""
while b"Enter" not in seen: # ends with an error when the program does
    seen += os.read(screen, 4096)
limits = open(f"/proc/{pid}/limits").read()
os.kill(pid, signal.SIGKILL)
os.waitpid(pid, 0)
assert re.search(r"Max core file size +0 +0 ", limits), limits
PY
}
what_keeps_nothing_needs_no_key() {
    mkdir "$tmp/instruments"
    cp -r instruments/menger-monitor "$tmp/instruments/quiet"
    cp -r instruments/shared instruments/strengths instruments/menger-monitor "$tmp/instruments"
    sed -i 's/id = "menger-monitor"/id = "quiet", retain = "none"/' "$tmp/instruments/quiet/instrument.lua"
    VERBOND_KEY=$tmp/key expect_exit 0 verbond run "$tmp/instruments/quiet" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    says "$tmp/out" "teruggebeld"
    [ ! -e "$tmp/key" ] && [ ! -e "$tmp/data" ]
}

run_tests the_first_round_makes_a_key_and_says_where \
    at_a_terminal_it_is_said_again_when_the_questions_are_gone \
    without_a_name_for_it_the_key_lies_in_the_configuration_folder \
    one_key_file_serves_several_folders no_answer_is_in_any_file \
    the_wrong_key_file_is_refused_with_both_ids a_missing_key_file_is_asked_for_and_not_made \
    missing_keys_are_asked_for_and_not_made the_keys_of_another_folder_are_refused \
    a_key_file_that_others_may_read_is_refused a_broken_key_file_is_refused_without_a_word_of_it \
    no_key_is_made_where_the_data_lie doctor_names_the_key_and_counts_what_was_erased \
    an_erasure_that_is_cut_off_is_carried_on_at_the_next_start \
    two_who_went_another_way_look_alike a_program_that_dies_leaves_no_dump_of_its_memory \
    what_keeps_nothing_needs_no_key
