#!/bin/bash
# slow.sh: a sync that takes as long as it likes.
. tests/tools/tap.sh
. tests/tools/crash.sh

while_a_sync_is_held_the_loop_turns_and_reads_and_nothing_is_said_to_be_saved() {
    place
    LD_PRELOAD=$crash/slow.so "$crash/gate" "$data" >"$tmp/out" 2>"$tmp/err" || { cat "$tmp/err"; return 1; }
    says "$tmp/out" "1000 turns and 1000 reads while a sync was held"
}
# The control: with a disk that does not hold it, the same is seen to be saved in that time.
a_sync_that_is_not_held_is_seen_to_save() {
    place
    expect_exit 4 "$crash/gate" "$data"
    says "$tmp/err" "told as saved before it was synced"
}

run_tests while_a_sync_is_held_the_loop_turns_and_reads_and_nothing_is_said_to_be_saved \
    a_sync_that_is_not_held_is_seen_to_save
