#!/bin/bash
# run.sh BUILD: every figure of the bench, one line each (tests/bench/README.md says what they are).
# --all also prints the microseconds behind the ratios.
set -eu
all=
if [ "$1" = --all ]; then all=1; shift; fi
build=$1
here=tests/bench
work=$build/bench-data
rows=$work/ref20.csv
sessions=20000 # rows in the file
mkdir -p "$work"
[ -s "$rows" ] || { python3 $here/gen.py $sessions >"$rows.part" && mv "$rows.part" "$rows"; }
trap 'rm -rf "$work/store"' EXIT

plain() { "$build/bench/plain" step "$rows" "$1"; }
limit() { "$build/bench/lualimit" $here/ref20.lua "$rows" "$1"; }
engine() { # engine MODE INSTRUMENT SESSIONS
    "$build/bench/engine" "$1" $here/instruments "$2" "$rows" "$3"
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# Runs two commands in turns, demands the same checksum of both, and prints the ratio of the medians
# of what they took: ratio TURNS "command a" "command b" is a / b.
ratio() {
    local turns=$1 a=$2 b=$3 name mode us sum first= i side
    : >"$work/a"
    : >"$work/b"
    for ((i = 0; i < turns; i++)); do
        for side in a b; do
            # shellcheck disable=SC2086 # the command is words
            read -r name mode us sum < <(${!side})
            [ -n "$first" ] || first=$sum
            if [ "$sum" != "$first" ]; then
                echo "checksum of $name $mode is $sum, not $first" >&2
                exit 1
            fi
            echo "$us" >>"$work/$side"
        done
    done
    us_a=$(median <"$work/a") us_b=$(median <"$work/b")
    awk "BEGIN { printf \"%.2f\", $us_a / $us_b }"
    [ -z "$all" ] || echo "  $a: $us_a us, $b: $us_b us" >&2
}

# A thousand sessions are over in a few milliseconds, so there are ten such runs to one of 100,000.
growth() {
    local name mode us sum i k
    : >"$work/many"
    : >"$work/few"
    for ((i = 0; i < 5; i++)); do
        read -r name mode us sum < <(engine step ref20 100000)
        echo "$us" >>"$work/many"
        for ((k = 0; k < 10; k++)); do
            read -r name mode us sum < <(engine step ref20 1000)
            echo "$us" >>"$work/few"
        done
    done
    awk "BEGIN { printf \"%.2f\", $(median <"$work/many") / $(median <"$work/few") }"
}

# Without the same answers nothing below means anything.
want=$(plain $sessions | awk '{ print $4 }')
for instrument in ref20 ref20-scripted; do
    got=$(engine step $instrument $sessions | awk '{ print $4 }')
    if [ "$got" != "$want" ]; then
        echo "checksum of $instrument is $got, plain C's is $want" >&2
        exit 1
    fi
done

echo "declarative ref20: $(ratio 9 "engine step ref20 20000" "limit 20000") x lualimit-tuned"
echo "scripted ref20: $(ratio 5 "engine step ref20-scripted 4000" "limit 4000") x lualimit-tuned"
echo "live scores: $(ratio 9 "engine live ref20 20000" "engine step ref20 20000") x scoring at the end"
echo "open session: $("$build/bench/engine" open $here/instruments ref20 "$rows" 20000) bytes"
echo "idle session, evicted: $("$build/bench/engine" evicted $here/instruments ref20 "$rows" 20000) bytes"
mkdir -p "$work/store"
export VERBOND_KEY=$work/store/key # never the user's own
echo "cold start: $("$build/bench/cold" "$build/verbond" "$work/store/data" "s = stoppen" "Ik weet waar we samen aan werken.") ms"
echo "growth 1k to 100k: $(growth)"
echo "roster 10 to 1,000 members: $("$build/bench/engine" roster $here/instruments ref20 "$rows" 1000)"
{ read -r alone _; read -r worst most; } < <("$build/bench/turns" $here/instruments)
echo "beside 20 runaway flows a request waits: $worst ms at worst, $most ms at p99; alone $alone ms at worst"
