#!/bin/bash
# run.sh [--quick] BUILD RELEASE [SCRIPT...]: runs every test and closes with "N passed, N failed".
#
# Every program and script speaks TAP, two programs or three scripts at a time; what is not ok is printed with what it
# said. What this machine cannot do is skipped, named and not counted as passed. BUILD holds the test
# programs, RELEASE the binary without sanitizers. --quick leaves the scripts out.
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

# The whole of a day without a receiver; the quick ring takes a part of it.
if [ -z "$quick" ]; then export OUTBOX_PARCELS=${OUTBOX_PARCELS:-100000}; fi

said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT

# several N COMMAND...: runs each command, N at a time; output in $said/NAME, exit code in $said/NAME.rc;
# NAME is the path with _ for /, since a page and an output may have tests of one name
several() {
    local most=$1
    shift
    printf '%s\n' "$@" | said=$said xargs -P "$most" -I{} bash -c '
        name=$(printf %s "{}" | tr / _)
        case {} in *.sh) set -- bash {} ;; *) set -- {} ;; esac
        "$@" >"$said/$name" 2>&1 </dev/null
        echo $? >"$said/$name.rc"'
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

one "rooms include only lower floors" tests/tools/layers.sh core
programs=()
for program in "$build"/tests/test_*; do
    case $program in *.o | *.d) continue ;; esac
    programs+=("$program")
done
several 2 "${programs[@]}"
count "${programs[@]}"
for folder in instruments/*/instrument.lua; do
    [ -f "$folder" ] || continue
    one "verbond check ${folder%/*}" "$build/verbond" check "${folder%/*}"
    one "verbond test ${folder%/*}" "$build/verbond" test "${folder%/*}"
done
if [ -z "$quick" ] && [ $# -gt 0 ]; then
    several 3 "$@" # they wait for each other's processes, disks and pages as much as they work
    count "$@"
fi
[ "$skipped" -eq 0 ] || printf '%d skipped\n' "$skipped"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
