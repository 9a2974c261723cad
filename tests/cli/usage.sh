#!/bin/bash
# usage.sh: how the command is spoken to, and the exit codes of docs/reference/command-line.md.
. tests/tools/tap.sh

commands="run resume release rounds sheet result check test replay doctor"

without_a_word_it_shows_its_usage() {
    expect_exit 2 verbond
    says "$tmp/err" "Usage: verbond COMMAND"
    [ ! -s "$tmp/out" ]
}
help_lists_every_command() {
    local name
    expect_exit 0 verbond --help
    for name in $commands; do
        grep -qE "^  $name +[a-z]" "$tmp/out" || { echo "# not listed: $name"; return 1; }
    done
}
every_command_has_help() {
    local name
    for name in $commands; do
        expect_exit 0 verbond "$name" --help
        says "$tmp/out" "Usage: verbond $name"
        [ ! -s "$tmp/err" ]
    done
}
every_command_stands_in_the_reference() {
    local name
    for name in $commands; do
        says docs/reference/command-line.md "## \`$name"
    done
}
every_option_stands_in_the_reference() {
    local name option
    for name in $commands; do
        verbond "$name" --help | grep -oE '^ +(-., )?--[a-z]+' | grep -oE -- '--[a-z]+' |
            while read -r option; do
                case $option in --help | --usage) continue ;; esac
                says docs/reference/command-line.md "$option"
            done
    done
}
an_unknown_command_has_a_suggestion() {
    expect_exit 2 verbond shete
    says "$tmp/err" "did you mean sheet?"
}
an_unknown_option_is_usage() {
    local name
    for name in $commands; do
        expect_exit 2 verbond "$name" --no-such-option
    done
}
a_command_without_what_it_needs_is_usage() {
    local name
    for name in run sheet result release check test replay; do
        expect_exit 2 verbond "$name"
    done
    expect_exit 2 verbond result abcd --revision none
    expect_exit 2 verbond sheet abcd --format pdf
    says "$tmp/err" "there are text and html"
    expect_exit 2 verbond check --format xml menger-monitor
}
without_a_terminal_nobody_is_asked() {
    expect_exit 2 verbond run menger-monitor --data "$tmp/data"
    says "$tmp/err" "--answers"
    expect_exit 2 verbond resume --data "$tmp/data"
    says "$tmp/err" "terminal"
}
options_that_do_not_go_together_are_usage() {
    expect_exit 2 verbond run menger-monitor --data "$tmp/data" --as client \
        --answers instruments/menger-monitor/example.json
    expect_exit 2 verbond run menger-monitor --data "$tmp/data" --mode phone \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "@mode"
}
an_unknown_format_of_the_round_is_refused() {
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --format simpel \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "simpel"
}
an_unknown_language_is_refused_with_those_there_are() {
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --lang de \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "nl, en, fr, ar"
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang nl-BE \
        --answers instruments/menger-monitor/example.json
    says "$tmp/out" "GESPREKSBLAD"
}
a_case_is_a_pseudonym() {
    local name
    for name in $'a\033[2Jb' $'two\nlines' $'\xff' "$(printf 'x%.0s' {1..65})" 'Jan de Vries' \
        $'Zo\u00eb' '../k1' ''; do
        expect_exit 2 verbond run menger-monitor --data "$tmp/data" --case "$name" \
            --answers instruments/menger-monitor/example.json
        says "$tmp/err" "--case wants a pseudonym"
    done
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --case "K-1.b_2" \
        --answers instruments/menger-monitor/example.json
}
what_the_instrument_does_not_have_is_refused_with_what_it_has() {
    local given=(--data "$tmp/data" --answers instruments/menger-monitor/example.json)
    expect_exit 4 verbond run menger-monitor "${given[@]}" --form shrot
    says "$tmp/err" 'no form "shrot"; did you mean short?'
    expect_exit 4 verbond run menger-monitor "${given[@]}" --variant youth
    says "$tmp/err" 'no variant "youth"'
    python3 tests/tools/type.py "$build/verbond" run menger-monitor --data "$tmp/data" \
        --as nobody </dev/null >"$tmp/screen" || [ $? -eq 4 ]
    says "$tmp/screen" "menger-monitor has no role nobody; there are client, professional"
    expect_exit 4 verbond sheet "$(a_round)" --data "$tmp/data" --for cleint
    says "$tmp/err" "did you mean client?"
}
# a_round: the id of a new released one
a_round() {
    verbond run menger-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json >/dev/null 2>&1
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
a_slot_of_the_variants_needs_a_variant() {
    mkdir -p "$tmp/i/varied"
    cat >"$tmp/i/varied/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "varied", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { en = "Varied" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" },
  variants = {
    home = { title = { en = "At home" }, slots = { place = { en = "home" } } },
    away = { title = { en = "Away" }, slots = { place = { en = "away" } } },
  },
  v.text "well" { relation = "own", text = { en = "What goes well at {place}?" } },
}
LUA
    printf '{"client": {"well": "tea"}}' >"$tmp/v.json"
    expect_exit 4 verbond run "$tmp/i/varied" --data "$tmp/data" --answers "$tmp/v.json"
    says "$tmp/err" "--variant with one of away, home"
    expect_exit 0 verbond run "$tmp/i/varied" --data "$tmp/data" --answers "$tmp/v.json" \
        --variant home
    says "$tmp/out" "What goes well at home?"
}
h_is_help() {
    expect_exit 0 verbond -h
    says "$tmp/out" "Usage: verbond COMMAND"
    expect_exit 0 verbond run -h
    says "$tmp/out" "Usage: verbond run"
}
version_names_the_libraries() {
    expect_exit 0 verbond --version
    grep -qE '^verbond [0-9]+\.[0-9]+\.[0-9]+$' "$tmp/out"
    grep -qE '^Lua 5\.4\.[0-9]+$' "$tmp/out"
    grep -qE '^SQLite 3\.' "$tmp/out"
    grep -qE '^libuv 1\.' "$tmp/out"
}
a_data_folder_that_cannot_be_is_a_matter_of_configuration() {
    printf 'a file' >"$tmp/file"
    expect_exit 3 verbond rounds --data "$tmp/file/data"
    says "$tmp/err" "$tmp/file"
}
lone_client() { verbond run menger-monitor --answers "$tmp/a.json" "$@"; }
the_data_folder_comes_from_the_environment() {
    echo '{"client": {}}' >"$tmp/a.json"
    VERBOND_DATA=$tmp/here expect_exit 0 lone_client
    [ -d "$tmp/here" ]
    VERBOND_DATA='' XDG_STATE_HOME=$tmp/state expect_exit 0 lone_client
    [ -d "$tmp/state/verbond" ]
    VERBOND_DATA='' XDG_STATE_HOME='' HOME=$tmp/home expect_exit 0 lone_client
    [ -d "$tmp/home/.local/state/verbond" ]
    [ "$(stat -c %a "$tmp/home/.local/state/verbond")" = 700 ]
}
a_folder_somebody_else_uses_is_not_now() {
    echo '{"client": {}}' >"$tmp/a.json"
    lone_client --data "$tmp/data" 2>/dev/null
    local lock
    lock=$(find "$tmp/data" -name '*lock*' | head -n 1)
    [ -n "$lock" ] || { echo "# no lock file"; return 1; }
    python3 - "$lock" "$build/verbond" "$tmp/data" <<'PY'
import fcntl, subprocess, sys
with open(sys.argv[1], "r+") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass
    done = subprocess.run([sys.argv[2], "rounds", "--data", sys.argv[3]], capture_output=True)
    assert done.returncode == 5, (done.returncode, done.stderr)
    done = subprocess.run([sys.argv[2], "doctor", "--data", sys.argv[3]], capture_output=True)
    assert done.returncode == 0, (done.returncode, done.stdout)
    assert b"is in use by" in done.stdout, done.stdout
PY
}
doctor_finds_nothing_wrong_here() {
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "instrument menger-monitor 1.2.0"
    [ ! -e "$tmp/data" ]
    mkdir -m 700 "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
    [ -z "$(ls -A "$tmp/data")" ]
    echo '{"client": {}}' >"$tmp/a.json"
    lone_client --data "$tmp/data" 2>/dev/null
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "store opens"
}
doctor_ends_with_three_when_something_is_wrong() {
    mkdir -p "$tmp/data" "$tmp/instruments/bad"
    chmod 755 "$tmp/data"
    expect_exit 3 verbond doctor --data "$tmp/data"
    says "$tmp/out" "chmod 700"
    says "$tmp/err" "1 thing is wrong"
    printf 'a file' >"$tmp/file"
    expect_exit 3 verbond doctor --data "$tmp/file/data"
    expect_exit 3 verbond doctor --data "$tmp/file"
    says "$tmp/out" "wrong  data folder $tmp/file: this is not a folder"
    chmod 700 "$tmp/data"
    echo 'return 1' >"$tmp/instruments/bad/instrument.lua"
    VERBOND_INSTRUMENTS=$tmp/instruments expect_exit 3 verbond doctor --data "$tmp/data"
    says "$tmp/out" "wrong"
}
a_full_output_is_an_error() {
    [ -c /dev/full ] || return 0
    local got=0
    verbond --help >/dev/full 2>"$tmp/err" || got=$?
    [ "$got" -eq 5 ]
}

run_tests without_a_word_it_shows_its_usage help_lists_every_command every_command_has_help \
    every_command_stands_in_the_reference every_option_stands_in_the_reference \
    an_unknown_command_has_a_suggestion an_unknown_option_is_usage \
    a_command_without_what_it_needs_is_usage without_a_terminal_nobody_is_asked \
    options_that_do_not_go_together_are_usage an_unknown_format_of_the_round_is_refused \
    an_unknown_language_is_refused_with_those_there_are \
    a_case_is_a_pseudonym what_the_instrument_does_not_have_is_refused_with_what_it_has \
    a_slot_of_the_variants_needs_a_variant h_is_help \
    version_names_the_libraries a_data_folder_that_cannot_be_is_a_matter_of_configuration \
    the_data_folder_comes_from_the_environment a_folder_somebody_else_uses_is_not_now \
    doctor_finds_nothing_wrong_here doctor_ends_with_three_when_something_is_wrong \
    a_full_output_is_an_error
