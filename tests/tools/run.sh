#!/bin/bash
# run.sh [--quick] BUILD RELEASE [SCRIPT...]: runs every test and closes with "N passed, N failed".
#
# Every program and script speaks TAP; what is not ok is printed again with what it said. BUILD holds
# the test programs, RELEASE the binary without sanitizers. --quick leaves the scripts out.
set -u
quick=
if [ "$1" = --quick ]; then quick=1; shift; fi
build=$1 release=$2
shift 2
passed=0 failed=0
export CMOCKA_MESSAGE_OUTPUT=TAP VERBOND_BUILD=$build VERBOND_RELEASE=$release
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

tap() { # tap NAME COMMAND...: runs it, counts its lines, shows it when anything is wrong
    local name=$1 said rc ok bad plan
    shift
    said=$("$@" 2>&1 </dev/null)
    rc=$?
    ok=$(grep -cE '^ok ' <<<"$said")
    bad=$(grep -cE '^not ok ' <<<"$said")
    plan=$(grep -oE '^1\.\.[0-9]+' <<<"$said" | head -n 1 | cut -c4-)
    # A program that died, or that ran fewer tests than it announced, failed once more.
    if [ "$bad" -eq 0 ] && { [ "$rc" -ne 0 ] || [ -z "$plan" ] || [ "$((ok + bad))" -lt "$plan" ]; }; then
        bad=1
    fi
    passed=$((passed + ok)) failed=$((failed + bad))
    if [ "$bad" -gt 0 ]; then
        printf '%s\n' "--- $name (exit $rc)" "$said"
    fi
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

one "rooms include only lower floors" tests/tools/layers.sh core
for program in "$build"/tests/test_*; do
    case $program in *.o | *.d) continue ;; esac
    tap "${program##*/}" "$program"
done
for folder in instruments/*/instrument.lua; do
    [ -f "$folder" ] || continue
    one "verbond check ${folder%/*}" "$build/verbond" check "${folder%/*}"
    one "verbond test ${folder%/*}" "$build/verbond" test "${folder%/*}"
done
if [ -z "$quick" ]; then
    for script in "$@"; do
        tap "${script##*/}" bash "$script"
    done
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
