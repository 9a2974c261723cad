#!/bin/bash
# retention.sh: how long rounds are kept is a setting, and what is past its time goes.
. tests/tools/tap.sh

run_one() { # run_one CASE
    expect_exit 0 verbond run instruments/menger-monitor --case "$1" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
}
# older DAYS: everything in the store was written so many days earlier
older() {
    sqlite3 "$tmp/data/verbond.db" "
        UPDATE event SET wall_ms = wall_ms - $1 * 86400000;
        UPDATE revision SET wall_ms = wall_ms - $1 * 86400000;
        UPDATE round SET created_wall_ms = created_wall_ms - $1 * 86400000;" >/dev/null
}
state_of() { # state_of CASE
    verbond rounds --json --data "$tmp/data" 2>/dev/null | python3 -c '
import json, sys
print(next(r["state"] for r in json.load(sys.stdin) if r["case"] == sys.argv[1]))' "$1"
}

a_setting_is_listed_once_it_is_set_and_gone_once_it_is_unset() {
    expect_exit 0 verbond config --data "$tmp/data"
    says "$tmp/err" "no settings"
    [ ! -e "$tmp/data" ]
    run_one k1
    expect_exit 0 verbond config set retention.menger-monitor 365 --data "$tmp/data"
    expect_exit 0 verbond config --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "retention.menger-monitor 365" ]
    expect_exit 0 verbond config --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = '[{"name":"retention.menger-monitor","value":"365"}]' ]
    expect_exit 0 verbond config unset retention.menger-monitor --data "$tmp/data"
    expect_exit 0 verbond config --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = '[]' ]
    expect_exit 4 verbond config unset retention.menger-monitor --data "$tmp/data"
}
what_could_not_be_meant_is_refused() {
    expect_exit 2 verbond config set retension.menger-monitor 365 --data "$tmp/data"
    says "$tmp/err" "there is retention.INSTRUMENT"
    for days in 0 -1 1.5 ten 36501; do
        expect_exit 2 verbond config set --data "$tmp/data" -- retention.menger-monitor "$days"
        says "$tmp/err" "whole days from 1 to 36500"
    done
    expect_exit 2 verbond config set retention.menger-monitor --data "$tmp/data"
    expect_exit 2 verbond config list --data "$tmp/data"
    expect_exit 4 verbond config unset retention.menger-monitor --data "$tmp/data"
    [ ! -e "$tmp/data" ] # nothing was made for it
    run_one k1
    expect_exit 4 verbond config set retention.menger-monitr 365 --data "$tmp/data"
    says "$tmp/err" "did you mean menger-monitor?"
    expect_exit 4 verbond config unset sealed.keys --data "$tmp/data"
    expect_exit 2 verbond config set sealed.keys 1 --data "$tmp/data"
}
the_next_opening_erases_what_is_past_its_time_and_says_how_much() {
    run_one k1
    older 400
    run_one k2
    expect_exit 0 verbond config set retention.menger-monitor 365 --yes --data "$tmp/data"
    says "$tmp/err" "1 round was past its time and erased"
    [ "$(state_of k1)" = erased ]
    [ "$(state_of k2)" = released ]
    older 400
    expect_exit 0 verbond rounds --data "$tmp/data"
    says "$tmp/err" "1 round was past its time and erased"
    [ "$(state_of k2)" = erased ]
    expect_exit 0 verbond rounds --data "$tmp/data"
    says_not "$tmp/err" "past its time"
}
a_setting_that_would_erase_at_once_asks_first() {
    run_one k1
    older 400
    expect_exit 2 verbond config set retention.menger-monitor 365 --data "$tmp/data"
    says "$tmp/err" "1 round is older than that and would be erased at once: give --yes"
    expect_exit 0 verbond config --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = '[]' ]
    [ "$(state_of k1)" = released ]
    python3 tests/tools/type.py "$build/verbond" config set retention.menger-monitor 365 \
        --data "$tmp/data" >"$tmp/screen" 2>&1 <<'STEPS' || [ $? -eq 130 ]
Type yes to go on => no
STEPS
    [ "$(state_of k1)" = released ]
    python3 tests/tools/type.py "$build/verbond" config set retention.menger-monitor 365 \
        --data "$tmp/data" >"$tmp/screen" 2>&1 <<'STEPS'
Type yes to go on => yes
STEPS
    [ "$(state_of k1)" = erased ]
}
what_goes_by_itself_has_a_row_in_the_audit() {
    run_one k1
    local round
    round=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    older 400
    expect_exit 0 verbond config set retention.menger-monitor 365 --yes --data "$tmp/data"
    [ "$(sqlite3 "$tmp/data/verbond.db" \
        "SELECT action || ' ' || subject FROM audit WHERE action IN ('retention', 'config set')" |
        tr '\n' ' ')" = "config set retention.menger-monitor retention $round " ]
}
doctor_says_what_falls_due_within_thirty_days() {
    run_one k1
    expect_exit 0 verbond config set retention.menger-monitor 365 --data "$tmp/data"
    verbond doctor --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || true
    says "$tmp/out" "ok     retention: no round falls due within 30 days"
    older 340
    verbond doctor --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || true
    says "$tmp/out" "ok     retention: 1 round falls due within 30 days and will be erased, the first on"
}

run_tests \
    a_setting_is_listed_once_it_is_set_and_gone_once_it_is_unset \
    what_could_not_be_meant_is_refused \
    the_next_opening_erases_what_is_past_its_time_and_says_how_much \
    a_setting_that_would_erase_at_once_asks_first \
    what_goes_by_itself_has_a_row_in_the_audit \
    doctor_says_what_falls_due_within_thirty_days
