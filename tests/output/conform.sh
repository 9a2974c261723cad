#!/bin/bash
# conform.sh: verbond output check: good outputs pass, and each bad one fails the test that is about what it does.
. tests/tools/tap.sh

# Without sanitizers: memory is measured, and a crash is to end with its signal.
build=$(cd "${VERBOND_RELEASE:-$build}" && pwd)
here=$top/tests/output

verdicts() { # verdicts FILE: "name verdict" of each, from --json
    python3 -c 'import json, sys
for test in json.load(open(sys.argv[1])): print(test["name"], test["verdict"])' "$1"
}
# passes PATH [ARGUMENT...]: nothing fails
passes() {
    expect_exit 0 verbond output check "$@"
    lacks "$tmp/out" "^FAIL"
    tail -n 1 "$tmp/out" | grep -qE '^[0-9]+ passed, 0 failed(, [0-9]+ skipped)?$'
}
# fails NAMES PATH [ARGUMENT...]: of the whole suite exactly these fail (with blanks between, as they run)
fails() {
    local want=$1
    shift
    expect_exit 1 verbond output check "$@" --json
    verdicts "$tmp/out" | sed -n 's/ failed$//p' | tr '\n' ' ' | sed 's/ $//' >"$tmp/failed"
    [ "$(cat "$tmp/failed")" = "$want" ] || { echo "# failed: $(cat "$tmp/failed"), not: $want"; return 1; }
}

# Each does one thing that it may not; the test about that says so.
every_test_finds_the_output_that_is_made_for_it() {
    local name wrong=0
    expect_exit 0 verbond output check --list
    sed 's/ .*//' "$tmp/out" >"$tmp/names"
    while read -r name; do
        printf '#!/bin/sh\nexec python3 %s %s\n' "$here/uncouth.py" "$name" >"$tmp/uncouth"
        chmod +x "$tmp/uncouth"
        fails "$name" "$tmp/uncouth" --only "$name" || wrong=1
    done <"$tmp/names"
    [ "$wrong" -eq 0 ]
}
the_same_output_without_a_fault_passes() {
    printf '#!/bin/sh\nexec python3 %s nothing\n' "$here/uncouth.py" >"$tmp/uncouth"
    chmod +x "$tmp/uncouth"
    passes "$tmp/uncouth"
}
what_is_only_added_to_keeps_what_was_taken_back() {
    fails "erased-person withdrawal correction restart" "$build/tests/output/echo.so"
}
one_test_or_two_can_be_run_alone() {
    passes "$build/plugins/jsonl.so" --only delivery,fork
    says "$tmp/out" "2 passed, 0 failed"
    expect_exit 2 verbond output check "$build/plugins/jsonl.so" --only delivry
    says "$tmp/err" "there is no test delivry; did you mean delivery?"
}
an_option_is_set_as_it_is_typed() {
    passes "$build/plugins/jsonl.so" --only delivery --option "path=$tmp/mine.jsonl"
    says "$tmp/mine.jsonl" '"verbond.result/1"'
    expect_exit 2 verbond output check "$build/plugins/jsonl.so" --option pat=x
    says "$tmp/err" "jsonl has no option pat; did you mean path?"
    expect_exit 2 verbond output check "$build/plugins/jsonl.so" --option path
}
what_is_not_there_is_said() {
    expect_exit 4 verbond output check "$tmp/nothing.so"
    says "$tmp/err" "$tmp/nothing.so: No such file or directory"
    echo text >"$tmp/plain"
    expect_exit 4 verbond output check "$tmp/plain"
    says "$tmp/err" "is no output: neither a .so, a .lua nor a file that may be executed"
    mkdir "$tmp/empty"
    expect_exit 4 verbond output check "$tmp/empty"
    says "$tmp/err" "there is no empty.so, no empty.lua and no program empty"
    expect_exit 2 verbond output check
    expect_exit 2 verbond output check a b
}
a_folder_is_built_first() {
    mkdir "$tmp/echo"
    cp "$here/echo.c" "$tmp/echo/"
    cat >"$tmp/echo/Makefile" <<'MAKE'
echo.so: echo.c
	cc -std=c11 -D_GNU_SOURCE -fPIC -fvisibility=hidden -shared -I$(VERBOND)/../core/include -o $@ echo.c
MAKE
    if [ ! -f "$build/../core/include/verbond/output.h" ]; then
        skip "the header does not lie beside the tree it was built in"
    fi
    passes "$tmp/echo" --only delivery
    echo 'int broken' >"$tmp/echo/echo.c"
    expect_exit 4 verbond output check "$tmp/echo"
    says "$tmp/err" "make failed"
}
the_page_has_a_section_for_every_test_and_no_other() {
    expect_exit 0 verbond output check --list
    sed 's/ .*//' "$tmp/out" | sort >"$tmp/names"
    [ "$(wc -l <"$tmp/names")" -gt 30 ]
    sed -n 's/^### //p' docs/reference/conformance.md | sort | diff "$tmp/names" -
}
the_samples_are_what_the_engine_writes() {
    local file n=0
    for file in core/conform/samples/*.json; do
        case $file in
        */instrument.json) python3 tests/tools/schema.py docs/reference/instrument.schema.json "$file" ;;
        *) python3 tests/tools/schema.py docs/reference/result.schema.json "$file" ;;
        esac
        n=$((n + 1))
    done
    [ "$n" -eq 19 ]
}
nothing_of_a_run_stays() {
    mkdir "$tmp/there"
    TMPDIR=$tmp/there passes "$build/plugins/jsonl.so" --only delivery,restart
    [ -z "$(ls -A "$tmp/there")" ]
}

run_tests the_same_output_without_a_fault_passes \
    every_test_finds_the_output_that_is_made_for_it what_is_only_added_to_keeps_what_was_taken_back \
    one_test_or_two_can_be_run_alone an_option_is_set_as_it_is_typed what_is_not_there_is_said \
    a_folder_is_built_first the_page_has_a_section_for_every_test_and_no_other \
    the_samples_are_what_the_engine_writes nothing_of_a_run_stays
