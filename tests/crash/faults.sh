#!/bin/bash
# faults.sh: every call on the disk fails once, in every life that a round can have.
. tests/tools/tap.sh
. tests/tools/crash.sh

NAMES=cut,grow,mkdir,unlink,rename,link
EVERY=$NAMES,open,close,write,sync

# sweeps AT_LEAST CALLS CODE [WORD...]: in every life; so many calls at least were met in all. Every
# one of them where a round is begun, answered, shared and released, and where somebody is erased; of the
# rest, which go the same ways again, some. Openings are many and alike: most are a look at a journal.
sweeps() {
    local least=$1 met=0 life step
    shift
    for life in $("$crash/play" lives); do
        case $life:$1 in
            client:* | professional:[!o]* | erase:[!o]*) step=1 ;;
            other:*) step=31 ;;
            *) step=9 ;;
        esac
        "$crash/sweep" "$tmp/place" "$1" "$2" "$life" "step=$step" "${@:3}" >"$tmp/out" 2>"$tmp/err" || {
            echo "# life $life, $*"
            sed 's/^/# /' "$tmp/out" "$tmp/err"
            return 1
        }
        met=$((met + $(sed -nE 's/^([0-9]+) runs, .*/\1/p' "$tmp/out")))
    done
    [ "$met" -ge "$least" ] || { echo "# only $met calls were met"; return 1; }
}
any_write_may_meet_a_full_disk_and_nothing_acknowledged_is_lost() {
    sweeps 300 write,grow ENOSPC half
}
any_sync_may_fail_and_nothing_acknowledged_is_lost() {
    sweeps 60 sync EIO
}
any_write_may_fail_and_nothing_acknowledged_is_lost() {
    sweeps 50 write EIO step=9
}
any_opening_may_find_no_descriptor_left_and_nothing_acknowledged_is_lost() {
    sweeps 35 open EMFILE
}
any_change_of_names_and_lengths_may_fail_and_nothing_acknowledged_is_lost() {
    sweeps 40 "$NAMES" EIO
}
a_disk_that_goes_on_failing_is_refused_and_loses_nothing_acknowledged() {
    sweeps 15 "$EVERY" EIO stays step=23
    sweeps 15 "$EVERY" ENOSPC stays from=5 step=23
}
a_kill_at_any_call_loses_nothing_acknowledged() {
    sweeps 100 "$EVERY" KILL from=2 step=7
    sweeps 15 write KILL half step=19
}

run_tests any_write_may_meet_a_full_disk_and_nothing_acknowledged_is_lost \
    any_sync_may_fail_and_nothing_acknowledged_is_lost \
    any_write_may_fail_and_nothing_acknowledged_is_lost \
    any_opening_may_find_no_descriptor_left_and_nothing_acknowledged_is_lost \
    any_change_of_names_and_lengths_may_fail_and_nothing_acknowledged_is_lost \
    a_disk_that_goes_on_failing_is_refused_and_loses_nothing_acknowledged \
    a_kill_at_any_call_loses_nothing_acknowledged
