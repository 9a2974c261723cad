#!/bin/bash
# soak.sh: power cuts and kills for a long while (docs/reference/durability.md).
#
#   STATES=100000 KILLS=1000 SEED=... JOBS=2 tests/tools/soak.sh
#
# In batches, each of a round that is played and recorded anew; every second one in a life in which a
# call fails or the process is killed, somewhere. Says how far it is after each, and closes with a
# count; ends with 1 when anything was lost. What was lost can be looked at: it names the seed.
set -euo pipefail
. tests/tools/tap.sh
. tests/tools/crash.sh

STATES=${STATES:-100000} KILLS=${KILLS:-1000} SEED=${SEED:-$(date +%s)} JOBS=${JOBS:-2}
BATCH=$((STATES < 5000 ? STATES : 5000)) KILLS_BATCH=$((KILLS < 50 ? KILLS : 50))
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
states=0 again=0 kills=0 kept=0 bad=0

# number WORDS FILE...: the sum of the numbers that stand before these words
number() {
    local words=$1
    shift
    { grep -hoE "[0-9]+ $words" "$@" || true; } | awk '{ n += $1 } END { print n + 0 }'
}

# one_record SEED: a round, or one with trouble in it, in $tmp/record
one_record() {
    local all=($("$crash/play" lives)) life code
    rm -f "$tmp/record"
    if [ $(($1 % 2)) -eq 0 ]; then
        record_a_round
        return
    fi
    life=${all[$(($1 / 2 % ${#all[@]}))]}
    code=$([ $(($1 / 3 % 2)) -eq 0 ] && echo KILL || echo EIO)
    before "$life"
    # Where there is no such call any more, one of the first fails instead.
    troubled "$life" "$code" "$CRASH_CALLS" $(($1 * 7919 % 400 + 1)) ||
        troubled "$life" "$code" "$CRASH_CALLS" $(($1 % 20 + 1))
}
cut_batch() { # cut_batch SEED
    local job pids=()
    one_record "$1" >"$tmp/said" 2>&1
    for ((job = 0; job < JOBS; job++)); do
        "$crash/states" "$tmp/record" "$place" "$BATCH" "$1" "$JOBS" "$job" >"$tmp/out.$job" 2>&1 &
        pids+=($!)
    done
    for job in "${pids[@]}"; do wait "$job" || bad=1; done
    states=$((states + $(number states "$tmp/out."*))) again=$((again + $(number "cut again" "$tmp/out."*)))
    [ "$bad" -eq 0 ] || cat "$tmp/said" "$tmp/out."*
    echo "$states of $STATES power cuts, batch of seed $1, after ${SECONDS} s"
}
kill_batch() { # kill_batch SEED
    place
    "$crash/load" "$place" "$KILLS_BATCH" "$1" >"$tmp/out" 2>&1 || bad=1
    kills=$((kills + $(number kills "$tmp/out"))) kept=$((kept + $(number acknowledged "$tmp/out")))
    [ "$bad" -eq 0 ] || cat "$tmp/out"
    echo "$kills of $KILLS kills, batch of seed $1, after ${SECONDS} s"
}

while [ "$states" -lt "$STATES" ] && [ "$bad" -eq 0 ]; do
    before=$states
    cut_batch "$SEED"
    SEED=$((SEED + 1))
    [ "$states" -gt "$before" ] || { echo "a record gave no states"; exit 1; }
done
while [ "$kills" -lt "$KILLS" ] && [ "$bad" -eq 0 ]; do
    kill_batch "$SEED"
    SEED=$((SEED + 1))
done
lost=$([ "$bad" -eq 0 ] && echo "nothing lost, nothing corrupt" || echo "SOMETHING WAS LOST OR CORRUPT")
echo "$states power cuts, $again of them cut again; $kills kills, $kept acknowledged; $lost"
[ "$bad" -eq 0 ]
