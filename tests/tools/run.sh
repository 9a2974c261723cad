#!/bin/bash
# run.sh [--quick] BUILD RELEASE [SCRIPT...]: runs every test and closes with "N passed, N failed".
#
# Every program and script speaks TAP, so many at a time as there are processors and one more, since they
# wait for each other's processes, disks and pages as much as they work; what is not ok is printed with
# what it said. What this machine cannot do is skipped, named and not counted as passed. BUILD holds the
# test programs, RELEASE the binary without sanitizers. --quick leaves out the scripts, and the programs that
# tests/tools/slow lists.
#
# What takes longest begins first, so that nothing long is left alone at the end: by the last run, of which
# BUILD/times keeps the milliseconds, else by tests/tools/long, what has no time yet before what has one.
set -u
quick=
if [ "$1" = --quick ]; then quick=1; shift; fi
build=$1 release=$2
shift 2
passed=0 failed=0 skipped=0
# Where this person's own instruments and data lie is nothing to the tests.
unset VERBOND_INSTRUMENTS VERBOND_PLUGINS VERBOND_DATA VERBOND_KEY VERBOND_CONFIG
export CMOCKA_MESSAGE_OUTPUT=TAP VERBOND_BUILD=$build VERBOND_RELEASE=$release
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

# The whole of a day without a receiver, and of an outbox that is killed; the quick ring takes a part of each.
if [ -z "$quick" ]; then export OUTBOX_PARCELS=${OUTBOX_PARCELS:-100000} OUTBOX_KILLS=${OUTBOX_KILLS:-50}; fi

said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT

# longest COMMAND...: the same, one a line, in the order in which they begin
longest() {
    printf '%s\n' "$@" | awk -v times="$build/times" '
        BEGIN {
            while ((getline name <"tests/tools/long") > 0) weight[name] = 1000000000 - ++listed
            while ((getline line <times) > 0) { split(line, field, " "); weight[field[2]] = field[1] }
        }
        { print ($0 in weight ? weight[$0] : /\.sh$/ ? 100000000 : 10000000), NR, $0 }' | sort -k1,1nr -k2,2n | cut -d' ' -f3-
}
# several COMMAND...: runs each, a quarter of an hour at most; output in $said/NAME, exit code in $said/NAME.rc,
# milliseconds in $said/NAME.ms; NAME is the path with _ for /, since a page and an output may have tests of one name
several() {
    longest "$@" | said=$said xargs -P $(($(nproc) + 1)) -I{} bash -c '
        name=$(printf %s "{}" | tr / _)
        case {} in *.sh) set -- bash {} ;; *) set -- {} ;; esac
        case $name in *_test_turn* | *_test_desk*) export SERVE_TRANSCRIPT=$said/$name.asked ;; esac
        from=${EPOCHREALTIME/[.,]/}
        timeout -k 10 900 "$@" >"$said/$name" 2>&1 </dev/null
        echo $? >"$said/$name.rc"
        echo "$(((${EPOCHREALTIME/[.,]/} - from) / 1000)) {}" >"$said/$name.ms"'
    [ -n "$quick" ] || cat "$said"/*.ms >"$build/times"
}

count() { # count COMMAND...: adds up what they said; shows the output of those where anything is wrong
    local program name rc ok bad plan left_out
    for program in "$@"; do
        name=${program//\//_}
        rc=$(cat "$said/$name.rc")
        ok=$(grep -cE '^ok ' "$said/$name")
        bad=$(grep -cE '^not ok ' "$said/$name")
        plan=$(grep -oE '^1\.\.[0-9]+' "$said/$name" | head -n 1 | cut -c4-)
        # A program that died, or that ran fewer tests than it announced, failed once more.
        if [ "$bad" -eq 0 ] &&
            { [ "$rc" -ne 0 ] || [ -z "$plan" ] || [ "$((ok + bad))" -lt "$plan" ]; }; then
            bad=1
        fi
        left_out=$(grep -cE '^ok .*# SKIP' "$said/$name")
        passed=$((passed + ok - left_out)) failed=$((failed + bad)) skipped=$((skipped + left_out))
        grep -E '^ok .*# SKIP' "$said/$name" | sed 's/^ok [0-9]* - /skipped: /'
        if [ "$bad" -gt 0 ]; then
            echo "--- $name (exit $rc)"
            cat "$said/$name"
        fi
    done
}

one() { # one NAME COMMAND...: a command that holds when it ends with 0
    local name=$1 said
    shift
    if said=$("$@" 2>&1 </dev/null); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s\n' "--- $name" "$said"
    fi
}

# The instruments' own checks and tests, beside everything else; how many held, and how many not, in $said/instruments
instruments() {
    passed=0 failed=0
    for folder in instruments/*/instrument.lua; do
        [ -f "$folder" ] || continue
        one "verbond check ${folder%/*}" "$build/verbond" check "${folder%/*}"
        one "verbond test ${folder%/*}" "$build/verbond" test "${folder%/*}"
    done
    echo "$passed $failed" >"$said/instruments"
}

instruments &
instruments=$!
one "rooms include only lower floors" tests/tools/layers.sh core
tests=()
for program in "$build"/tests/test_*; do
    case $program in *.o | *.d) continue ;; esac
    [ -n "$quick" ] && grep -qx "${program##*/}" tests/tools/slow && continue
    tests+=("$program")
done
[ -n "$quick" ] || {
    tests+=("$@")
    one "what is listed as long is there" ls $(grep -v '^#' tests/tools/long)
    one "what is listed as slow is there" ls $(grep -v '^#' tests/tools/slow | sed "s|^|$build/tests/|")
}
several "${tests[@]}"
count "${tests[@]}"
[ -n "$quick" ] || one "what the server was asked and answered is as docs/reference/openapi.json says" \
    python3 tests/tools/openapi.py docs/reference/openapi.json "$said"/*.asked
wait "$instruments"
read -r ok bad <"$said/instruments"
passed=$((passed + ok)) failed=$((failed + bad))
[ "$skipped" -eq 0 ] || printf '%d skipped\n' "$skipped"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
