#!/bin/bash
# states.sh: the power goes, at every moment of a round.
. tests/tools/tap.sh
. tests/tools/crash.sh

STATES=${STATES:-3000} AFTER=${AFTER:-30} SEED=${SEED:-20261121}
CALLS=open,close,write,cut,grow,sync,mkdir,unlink,rename,link

# A whole round and what follows it, each part in a process of its own.
record_a_round() {
    place
    for life in $("$crash/play" lives); do
        records "$tmp/record" "$crash/play" "$data" "$life"
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


# before LIFE: what lies in $tmp/base, the place, and in $tmp/record as the lives before this one left it
before() {
    local life
    place
    rm -f "$tmp/record"
    for life in $("$crash/play" lives); do
        [ "$life" != "$1" ] || break
        records "$tmp/record" "$crash/play" "$data" "$life"
    done
    rm -rf "$tmp/base" "$tmp/base.record"
    cp -a "$place" "$tmp/base"
    touch "$tmp/record"
    mv "$tmp/record" "$tmp/base.record"
}
# troubled LIFE CODE CALLS N: a life in which the Nth of these calls goes wrong, and which is then
# taken up by another process; all of it in $tmp/record. False when there was no Nth.
troubled() {
    place
    cp -a "$tmp/base/." "$place"
    cp "$tmp/base.record" "$tmp/record"
    rm -f "$tmp/met"
    (
        CRASH_DIR=$place CRASH_LOG=$tmp/record CRASH_MARKS=9 \
            FAULT_CODE=$2 FAULT_CALLS=$3 FAULT_AT=$4 FAULT_COUNT=$tmp/met \
            LD_PRELOAD="$crash/record.so $crash/fault.so" "$crash/play" "$data" "$1" 9>/dev/null
        true # refused, or killed
    ) >/dev/null 2>&1
    [ ! -s "$tmp/met" ] || [ "$(cat "$tmp/met")" -ge "$4" ] || return 1
    records "$tmp/record" "$crash/play" "$data" "$1" || { echo "# $2 at $4: not taken up"; exit 1; }
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
    cuts_after client KILL "$CALLS" 19 10
    cuts_after erase KILL "$CALLS" 7 5
}

run_tests nothing_acknowledged_is_lost_by_a_power_cut_at_any_moment_of_a_round \
    a_store_that_did_not_sync_is_seen_to_lose_answers \
    after_any_sync_that_failed_a_power_cut_loses_nothing \
    after_a_kill_a_power_cut_loses_nothing
