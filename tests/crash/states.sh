#!/bin/bash
# states.sh: the power goes, at every moment of a round.
. tests/tools/tap.sh
. tests/tools/crash.sh

STATES=${STATES:-3000} SEED=${SEED:-20261121}

# A whole round, each voice in a process of its own, and the next wave begun.
record_a_round() {
    place
    for life in client professional again; do
        records "$tmp/record" "$crash/play" "$place/data" "$life"
    done
}
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

run_tests nothing_acknowledged_is_lost_by_a_power_cut_at_any_moment_of_a_round \
    a_store_that_did_not_sync_is_seen_to_lose_answers
