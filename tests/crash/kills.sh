#!/bin/bash
# kills.sh: kill -9, under load and at the terminal.
. tests/tools/tap.sh
. tests/tools/crash.sh

KILLS=${KILLS:-25} SEED=${SEED:-20261121}

nothing_acknowledged_is_lost_or_there_twice_after_kills_under_load() {
    place
    "$crash/load" "$place" "$KILLS" "$SEED" >"$tmp/out" 2>&1 || { cat "$tmp/out"; return 1; }
    says "$tmp/out" "$KILLS kills, "
    says "$tmp/out" " 0 lost, 0 wrong"
    # Not a process that was always killed before it did anything.
    [ "$(grep -oE '[0-9]+ acknowledged' "$tmp/out" | cut -d' ' -f1)" -gt $((KILLS * 20)) ]
}

# types ARGUMENTS...: as in resume.sh, whatever the end
types() {
    python3 tests/tools/type.py "$crash/play" verbond "$@" --data "$data" >"$tmp/screen" || true
}
# asked: the number of the last question on the screen; 0: none
asked() { grep -oE 'Vraag [0-9]+' "$tmp/screen" | tail -n 1 | grep -oE '[0-9]+' || echo 0; }

a_round_killed_at_every_question_goes_on_at_that_question() {
    local n
    place
    types run menger-monitor --lang nl --case k1 <<'STEPS'
Enter = beginnen => 
Vraag 1 => 2
Vraag 2 => !kill -9 $TYPED_AT
STEPS
    [ "$(asked)" = 2 ]
    for n in 2 3 4 5 6; do
        types resume --lang nl <<STEPS
Ben je de cliënt? => 1
Welkom terug => 
Vraag $n => 4
Vraag $((n + 1)) => !kill -9 \$TYPED_AT
STEPS
        says_not "$tmp/screen" "Vraag $((n - 1))"
        [ "$(asked)" = $((n + 1)) ]
    done
}
# Killed in the middle of saving: what is on the screen by then is there, and at most one answer more.
a_kill_while_saving_never_goes_back_behind_the_question_on_the_screen() {
    local at=95 shown met=0
    while [ "$met" -lt 5 ] && [ "$at" -lt 500 ]; do
        at=$((at + 5))
        place
        (
            export CRASH_DIR=$place FAULT_CALLS=write,sync FAULT_CODE=KILL FAULT_AT=$at
            LD_PRELOAD=$crash/fault.so types run menger-monitor --lang nl --case k1 <<'STEPS'
Enter = beginnen => 
Vraag => 2 * 12
Vraag => ^C
STEPS
        )
        shown=$(asked)
        # Whoever answered nothing yet gets the first screen again.
        [ "$shown" -gt 1 ] && [ "$shown" -lt 12 ] || continue
        met=$((met + 1))
        types resume --lang nl <<'STEPS'
Ben je de cliënt? => 1
Welkom terug => 
Vraag => !kill -9 $TYPED_AT
STEPS
        [ "$(asked)" -eq "$shown" ] || [ "$(asked)" -eq $((shown + 1)) ] ||
            { echo "# write $at: question $shown was on the screen, resume asked $(asked)"; return 1; }
    done
    [ "$met" -eq 5 ] || { echo "# only $met were killed between two questions"; return 1; }
}

run_tests nothing_acknowledged_is_lost_or_there_twice_after_kills_under_load \
    a_round_killed_at_every_question_goes_on_at_that_question \
    a_kill_while_saving_never_goes_back_behind_the_question_on_the_screen
