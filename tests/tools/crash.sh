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
CRASH_CALLS=open,close,write,cut,grow,sync,mkdir,unlink,rename,link

# A whole round and what follows it, each part in a process of its own.
record_a_round() {
    place
    for life in $("$crash/play" lives); do
        records "$tmp/record" "$crash/play" "$data" "$life"
    done
}
# before LIFE: what lies in $tmp/base, the place, and in $tmp/record as the lives before this one left it
before() {
    local life
    place
    rm -f "$tmp/record"
    for life in $("$crash/play" lives); do
        [ "$life" != "$1" ] || break
        records "$tmp/record" "$crash/play" "$data" "$life"
    done
    rm -rf "$tmp/base" "$tmp/base.record"
    cp -a "$place" "$tmp/base"
    touch "$tmp/record"
    mv "$tmp/record" "$tmp/base.record"
}
# troubled LIFE CODE CALLS N: a life in which the Nth of these calls goes wrong, and which is then
# taken up by another process; all of it in $tmp/record. False when there was no Nth.
troubled() {
    place
    cp -a "$tmp/base/." "$place"
    cp "$tmp/base.record" "$tmp/record"
    rm -f "$tmp/met"
    (
        CRASH_DIR=$place CRASH_LOG=$tmp/record CRASH_MARKS=9 \
            FAULT_CODE=$2 FAULT_CALLS=$3 FAULT_AT=$4 FAULT_COUNT=$tmp/met \
            LD_PRELOAD="$crash/record.so $crash/fault.so" "$crash/play" "$data" "$1" 9>/dev/null ||
            true # refused, or killed
    ) >/dev/null 2>&1
    [ ! -s "$tmp/met" ] || [ "$(cat "$tmp/met")" -ge "$4" ] || return 1
    records "$tmp/record" "$crash/play" "$data" "$1" || { echo "# $2 at $4: not taken up"; exit 1; }
}
