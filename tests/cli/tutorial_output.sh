#!/bin/bash
# tutorial_output.sh: the outputs of docs/tutorial/first-output.md, built and run as the page says, with
# nothing but what make install puts in place.
. tests/tools/tap.sh

page=$top/docs/tutorial/first-output.md
docs() { python3 "$top/tests/tools/docs.py" "$@"; }

# What is built without sanitizers, linked anew for a prefix of this test's (tests/cli/install.sh).
installed() {
    mkdir -p "$tmp/build" "$tmp/reader"
    cp -Rp "${VERBOND_RELEASE:-$build}/." "$tmp/build/"
    rm -rf "$tmp/build/tests" "$tmp/build/bench" "$tmp/build/crash"
    expect_exit 0 env -u MAKEFLAGS -u MAKEOVERRIDES make -s B="$tmp/build" PREFIX="$tmp/usr" install
    unset -f verbond
    unset VERBOND_INSTRUMENTS VERBOND_PLUGINS
    PATH=$tmp/usr/bin:$PATH
    cd "$tmp/reader"
}
# does CODE N [ROUND]: the page's Nth block, as it stands but for where things are
does() {
    docs block "$page" "$2" | sed "s|/usr/local|$tmp/usr|g; s|/tmp/try|$tmp/try|; s|ROUND|${3:-}|" >"$tmp/block"
    expect_exit "$1" . "$tmp/block"
}
# as_on_the_page FILE N: the file is the Nth block, whatever the round is called and the day is
as_on_the_page() {
    docs block "$page" "$2" | plain >"$tmp/page"
    [ -s "$tmp/page" ]
    plain <"$1" | diff "$tmp/page" -
}
plain() { sed -E 's/\b[0-9a-z]{16}\b/ROUND/g; s/\b20[0-9]{2}-[0-9]{2}-[0-9]{2}( [0-9:]{5})?/DAY/g'; }

the_diary_is_built_and_run_as_the_page_says() {
    installed
    docs c "$page" 1 >diary.c
    does 0 1
    [ ! -s "$tmp/err" ] # no warnings either
    does 0 2
    says "$tmp/out" "GESPREKSBLAD"
    as_on_the_page diary.txt 3
    does 0 4 "$(head -c 16 diary.txt)"
    as_on_the_page diary.txt 5
    says diary.txt "next talk 2026-12-14"
    does 5 6
    says "$tmp/out" "GESPREKSBLAD"
    tail -n 2 "$tmp/err" >"$tmp/last"
    as_on_the_page "$tmp/last" 7
    does 0 8
    as_on_the_page "$tmp/out" 9
    does 0 10
    as_on_the_page away/diary.txt 3
    does 0 8
    says "$tmp/err" "nothing waits to be sent"
}
the_diary_has_a_result_that_comes_twice_once() {
    installed
    docs c "$page" 1 >diary.c
    does 0 1
    does 0 2
    sqlite3 "$tmp/try/verbond.db" "UPDATE parcel SET state = 'waiting', due_wall_ms = 0"
    expect_exit 0 verbond outbox retry
    expect_exit 0 verbond outbox list --all
    says "$tmp/out" "2 attempts"
    as_on_the_page diary.txt 3
}
the_program_is_run_as_the_page_says() {
    installed
    export VERBOND_DATA=$tmp/try
    docs python "$page" 1 >note
    does 0 11
    as_on_the_page note.txt 12
}

run_tests the_diary_is_built_and_run_as_the_page_says the_diary_has_a_result_that_comes_twice_once \
    the_program_is_run_as_the_page_says
