# cut.sh - sourced by tests/cli/*.sh: a command that is cut off (kill -9) at each of its calls on the
# disk, one after the other. Runs the build without sanitizers.
release=${VERBOND_RELEASE:-build}
case $release in /*) ;; *) release=$top/$release ;; esac

# In memory where there is such a folder: nobody cuts the power here, and there are hundreds of syncs.
[ -w /dev/shm ] && export TMPDIR=/dev/shm

# cut_off PREPARE CHECK ARGUMENT...: before each time PREPARE runs, afterwards CHECK. Ends with the first
# time that nothing was left to cut off; $cuts says how often it was.
cut_off() {
    local prepare=$1 check=$2 got=137 needed
    shift 2
    # Without them nothing would be cut off, and the program would just run.
    for needed in "$release/verbond" "$release/crash/fault.so"; do
        [ -e "$needed" ] || { echo "# $needed is not built: make all crash-programs"; return 1; }
    done
    cuts=0
    while [ "$got" -ne 0 ]; do
        [ "$got" -eq 137 ] || { echo "# exit $got after $cuts cuts"; sed 's/^/# /' "$tmp/err"; return 1; }
        cuts=$((cuts + 1))
        $prepare
        got=0
        { CRASH_DIR=$tmp FAULT_CALLS=write,sync,rename,unlink,mkdir,cut FAULT_AT=$cuts FAULT_CODE=KILL \
            LD_PRELOAD=$release/crash/fault.so "$release/verbond" "$@" \
            >"$tmp/out" 2>"$tmp/err" </dev/null; } 2>/dev/null || got=$?
        $check || { echo "# cut off at $cuts"; return 1; }
    done
    echo "# cut off at $((cuts - 1)) places"
}
