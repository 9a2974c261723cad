#!/bin/bash
# store.sh BUILD: what durability and sealing cost, each figure with syncs that take 0, 2 and 10 ms
# longer (tests/bench/README.md). --all also prints the times behind the ratios.
set -eu
all=/dev/null
if [ "$1" = --all ]; then all=/dev/stderr; shift; fi
build=$1
here=tests/bench
work=$build/bench-data
mkdir -p "$work"
clean() { rm -rf "$work"/kept*; }
trap clean EXIT

for ms in 0 2 10; do
    slow=()
    [ "$ms" = 0 ] || slow=(env "LD_PRELOAD=$PWD/$build/crash/slow.so" "SLOW_SYNC_MS=$ms")
    for program in store resume; do
        clean
        "${slow[@]}" "$build/bench/$program" $here/instruments "$work/kept" "$ms" 2>>"$all"
    done
done
