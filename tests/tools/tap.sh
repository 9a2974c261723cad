# tap.sh - sourced by tests/cli/*.sh: a test is a function whose name is a sentence.
#
# Each script defines functions and ends with `run_tests NAME...`. Every test gets a fresh folder in
# $tmp; `verbond` is the built binary. A test fails with the first command that returns other than 0.
set -u
build=${VERBOND_BUILD:-build}
top=$PWD
case $build in /*) ;; *) build=$top/$build ;; esac
verbond() { "$build/verbond" "$@"; }
# Every test has a master key and a home of its own; nobody's real one is touched.
own_home() { export HOME=$1 VERBOND_KEY=$1/key XDG_CONFIG_HOME= XDG_STATE_HOME= VERBOND_DATA=; }

# expect_exit CODE COMMAND...: stdout in $tmp/out, stderr in $tmp/err
expect_exit() {
    local want=$1 got=0
    shift
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
    [ "$got" -eq "$want" ] && return 0
    echo "# exit $got, not $want: $*"
    sed 's/^/# stdout: /' "$tmp/out"
    sed 's/^/# stderr: /' "$tmp/err"
    return 1
}
# on CODE COMMAND...: verbond on this test's data, as expect_exit
on() { local want=$1; shift; expect_exit "$want" verbond "$@" --data "$tmp/data"; }
# types CODE ARGUMENTS...: type.py types the steps on stdin at verbond, on this test's data; the screen
# lies in $tmp/screen
types() {
    local want=$1 got=0
    shift
    python3 tests/tools/type.py "$build/verbond" "$@" --data "$tmp/data" >"$tmp/screen" || got=$?
    [ "$got" -eq "$want" ] && return 0
    echo "# exit $got, not $want: $*"
    tail -n 30 "$tmp/screen" | sed 's/^/# /'
    return 1
}
# says FILE TEXT: the file holds the text
says() {
    grep -qF -- "$2" "$1" && return 0
    echo "# $1 does not say: $2"
    sed 's/^/#   /' "$1"
    return 1
}
says_not() {
    ! grep -qF -- "$2" "$1" && return 0
    echo "# $1 says: $2"
    return 1
}
# lacks FILE PATTERN: no line of the file matches the pattern, read as bytes. (A bare "! grep" would
# not fail under set -e.)
lacks() {
    local got=0
    LC_ALL=C grep -aP -- "$2" "$1" >"$tmp/.lacks" || got=$?
    [ "$got" -eq 1 ] && return 0
    echo "# $1 has, and should not: $2"
    sed 's/^/#   /' "$tmp/.lacks"
    return 1
}
# png FILE [TEXT]: a picture, with the text (under 256 bytes) where its pixels would be
png() {
    {
        printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0\072\176\233\125'
        printf "\\0\\0\\0\\$(printf %o "${#2}")IDAT"
        printf '%s\0\0\0\0\0\0\0\0IEND\256\102\140\202' "$2"
    } >"$1"
}
# objects_in FOLDER: what was built without sanitizers, as old as it is, so that make makes only what differs
# there; nothing of the tests.
objects_in() {
    mkdir -p "$1"
    tar -C "${VERBOND_RELEASE:-$build}" --format=posix --anchored --exclude=./{web,tests,bench,crash} -c . | tar -C "$1" -xp
}
# skip WHY: this machine cannot do it; said so, and counted as skipped, not as passed
skip() {
    echo "$1" >"$tmp/.skipped"
    exit 0
}
run_tests() {
    local n=0 bad=0 name rc
    echo "1..$#"
    for name in "$@"; do
        n=$((n + 1))
        tmp=$(mktemp -d) home=$(mktemp -d)
        own_home "$home"
        # Not inside the if: there bash forgets set -e, and only the last command would count.
        (set -e; cd "$top"; "$name")
        rc=$?
        if [ "$rc" -eq 0 ] && [ -f "$tmp/.skipped" ]; then
            echo "ok $n - ${name//_/ } # SKIP $(cat "$tmp/.skipped")"
        elif [ "$rc" -eq 0 ]; then
            echo "ok $n - ${name//_/ }"
        else
            echo "not ok $n - ${name//_/ }"
            bad=1
        fi
        rm -rf "$tmp" "$home"
    done
    return $bad
}
