#!/bin/bash
# full.sh: a disk that is really full: a small one of its own, filled in the middle of a round.
#
# It is mounted where only this test sees it, so nothing stays behind. That needs root, or a kernel
# that lets a user have mounts of its own; where neither is, the tests are skipped.
. tests/tools/tap.sh
. tests/tools/crash.sh

alone=
for try in "unshare -m" "unshare -Urm"; do
    if $try mount -t tmpfs -o size=300k tmpfs /mnt 2>/dev/null; then alone=$try; break; fi
done

# on_small_disk SIZE COMMANDS: a shell's commands, with $place on a disk of that size; a function of
# this file, and what crash.sh has, can be called
on_small_disk() {
    [ -n "$alone" ] || skip "a small disk cannot be mounted here"
    place
    export place data tmp crash top
    $alone bash -c "
        set -u
        . tests/tools/tap.sh; . tests/tools/crash.sh
        $(declare -f types fill made_room play_to)
        data=\$place/here/data
        set -e
        mount -t tmpfs -o size=$1 tmpfs \"\$place\"
        $2"
}
fill() { dd if=/dev/zero of="$place/filler" bs=1k status=none 2>/dev/null || true; }
made_room() { rm "$place/filler"; }
types() {
    python3 tests/tools/type.py "$crash/play" verbond "$@" --data "$data" >"$tmp/screen"
}
# play_to MARKS: the client's life, what it acknowledged in that file; its exit code in $code
play_to() {
    code=0
    CRASH_MARKS=9 "$crash/play" "$data" client 9>>"$1" 2>"$tmp/err" || code=$?
}

a_round_meets_its_full_disk_at_the_terminal_and_goes_on_when_there_is_room() {
    on_small_disk 1500k '
        code=0
        types run menger-monitor --lang nl --case k1 <<STEPS || code=$?
Enter = beginnen => 
Vraag 1 => 2
Vraag 2 => 2
Vraag 3 => !dd if=/dev/zero of=$place/filler bs=1k status=none 2>/dev/null; true
Vraag 3 => 4
STEPS
        [ "$code" -eq 5 ]
        says "$tmp/screen" "the disk is full; nothing was saved"
        says_not "$tmp/screen" "Vraag 4"
        # What is there can be looked at.
        "$crash/play" verbond rounds --json --data "$data" | grep -q "\"state\":\"open\""
        made_room
        types resume --lang nl <<\STEPS || code=$?
Ben je de cliënt? => 1
Welkom terug => 
Vraag 3 => 4
Vraag 4 => !kill -9 $TYPED_AT
STEPS
        says_not "$tmp/screen" "Vraag 2"
    '
}
a_disk_of_any_size_refuses_clearly_and_keeps_what_was_acknowledged() {
    local size
    for size in 150 300 400 450 500 520 540 560 580 600 650 700 800 1000; do
        on_small_disk "${size}k" '
            play_to "$tmp/marks"
            [ "$code" -eq 0 ] || [ "$code" -eq 5 ] || { echo "# exit $code"; cat "$tmp/err"; exit 1; }
            [ "$code" -eq 0 ] || says "$tmp/err" "full"
            echo "$code" >>"$tmp/codes"
            mount -o remount,size=8m "$place"
            "$crash/check" "$place" "$tmp/marks"
            play_to "$tmp/marks"
            [ "$code" -eq 0 ]
            "$crash/check" "$place" "$tmp/marks"
        ' || { echo "# a disk of $size KiB"; return 1; }
        rm -f "$tmp/marks"
    done
    grep -q 5 "$tmp/codes" && grep -q 0 "$tmp/codes"
}
a_full_disk_keeps_nobody_from_being_erased() {
    on_small_disk 1500k '
        play_to "$tmp/marks"
        fill
        "$crash/play" verbond erase --case k1 --yes --data "$data" >"$tmp/out"
        "$crash/play" verbond rounds --json --data "$data" | grep -q "\"state\":\"erased\""
    '
}
a_web_runner_whose_disk_is_full_says_that_it_is_not_ready() {
    local release=${VERBOND_RELEASE:-build}
    export release
    on_small_disk 1500k '
        asks() { curl -s -o "$tmp/reply" -w "%{http_code}" "http://127.0.0.1:$port/health/$1"; }
        play_to "$tmp/marks"
        mkfifo "$tmp/said"
        "$release/verbond" serve --listen 127.0.0.1:0 --data "$data" 2>"$tmp/said" &
        server=$!
        trap "kill $server 2>/dev/null || true" EXIT
        exec 8<"$tmp/said"
        until [[ ${line:-} = *listening* ]]; do read -r line <&8; done
        port=${line##*:}
        cat <&8 >"$tmp/log" &
        fill
        [ "$(asks ready)" = 503 ]
        says "$tmp/reply" "store"
        [ "$(asks live)" = 200 ]
        made_room
        [ "$(asks ready)" = 200 ]
        kill "$server"
        wait "$server"
    '
}

run_tests a_round_meets_its_full_disk_at_the_terminal_and_goes_on_when_there_is_room \
    a_disk_of_any_size_refuses_clearly_and_keeps_what_was_acknowledged \
    a_full_disk_keeps_nobody_from_being_erased \
    a_web_runner_whose_disk_is_full_says_that_it_is_not_ready
