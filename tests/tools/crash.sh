# crash.sh - sourced by tests/crash/*.sh after tap.sh: the programs that are killed, starved and cut
# off, and what is preloaded (docs/reference/durability.md). Always the build without sanitizers:
# they and LD_PRELOAD do not go together.
#
# A test works in $tmp/place: the data in $data, $tmp/place/here/data, the key in $tmp/place/key/master.
crash=${VERBOND_RELEASE:-build}/crash
case $crash in /*) ;; *) crash=$top/$crash ;; esac
# Hundreds of stores are made: in memory where there is such a folder.
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi

place() { # a new, empty one
    place=$tmp/place data=$tmp/place/here/data
    rm -rf "$place"
    mkdir -p "$place"
    export VERBOND_KEY=$place/key/master HOME=$tmp
}
play() { "$crash/play" "$@"; }
# records FILE COMMAND...: with every call on files of the place written down in FILE, and between
# them what was acknowledged
records() {
    local file=$1
    shift
    CRASH_DIR=$place CRASH_LOG=$file CRASH_MARKS=9 LD_PRELOAD=$crash/record.so "$@" 9>/dev/null
}
