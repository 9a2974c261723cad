#!/bin/bash
# states.sh: the power goes, at every moment of a round.
. tests/tools/tap.sh
. tests/tools/crash.sh

STATES=${STATES:-3000} AFTER=${AFTER:-30} SEED=${SEED:-20261121}

nothing_acknowledged_is_lost_by_a_power_cut_at_any_moment_of_a_round() {
    record_a_round
    "$crash/states" "$tmp/record" "$place" "$STATES" "$SEED" >"$tmp/out" || { cat "$tmp/out"; return 1; }
    says "$tmp/out" "$STATES states of"
    says "$tmp/out" ", 0 lost, 0 corrupt"
}
# The control: what these tests would say of a store that does not sync.
a_store_that_did_not_sync_is_seen_to_lose_answers() {
    CRASH_BLIND=1 record_a_round
    ! "$crash/states" "$tmp/record" "$place" 300 "$SEED" >"$tmp/out" || return 1
    grep -qE ' [1-9][0-9]* lost' "$tmp/out"
}
# cuts_after LIFE CODE CALLS STEP MOST: of every such life the power is cut in what follows
cuts_after() {
    local n=1 met=0
    before "$1"
    while troubled "$1" "$2" "$3" "$n"; do
        "$crash/states" "$tmp/record" "$place" "$AFTER" "$SEED" >"$tmp/out" ||
            { echo "# life $1, $2 at $3 number $n"; cat "$tmp/out"; return 1; }
        met=$((met + 1)) n=$((n + $4))
    done
    [ "$met" -ge "$5" ] || { echo "# only $met were met"; return 1; }
}
after_any_sync_that_failed_a_power_cut_loses_nothing() {
    cuts_after client EIO sync 1 25
    cuts_after erase EIO sync 1 5
}
after_a_kill_a_power_cut_loses_nothing() {
    cuts_after client KILL "$CRASH_CALLS" 19 10
    cuts_after erase KILL "$CRASH_CALLS" 7 5
}

run_tests nothing_acknowledged_is_lost_by_a_power_cut_at_any_moment_of_a_round \
    a_store_that_did_not_sync_is_seen_to_lose_answers \
    after_any_sync_that_failed_a_power_cut_loses_nothing \
    after_a_kill_a_power_cut_loses_nothing
