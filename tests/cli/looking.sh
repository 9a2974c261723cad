#!/bin/bash
# looking.sh: looking makes nothing, and neither does what is refused.
. tests/tools/tap.sh

nothing_made() { [ ! -e "$tmp/data" ] || { echo "# made:"; find "$tmp/data"; return 1; }; }

rounds_of_no_folder_are_none() {
    expect_exit 0 verbond rounds --data "$tmp/data/deep"
    [ ! -s "$tmp/out" ]
    says "$tmp/err" "$tmp/data/deep has no store"
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "[]" ]
    nothing_made
}
no_command_that_looks_makes_a_store() {
    for command in sheet result replay release; do
        expect_exit 4 verbond "$command" abcdefgh --data "$tmp/data"
        says "$tmp/err" "no round begins with abcdefgh: $tmp/data has no store"
        nothing_made
    done
    verbond doctor --data "$tmp/data" >/dev/null 2>&1 || true
    nothing_made
    python3 tests/tools/type.py "$build/verbond" resume --data "$tmp/data" \
        >"$tmp/screen" </dev/null || true
    says "$tmp/screen" "nothing to resume"
    nothing_made
}
a_folder_without_a_store_gets_none() {
    mkdir "$tmp/data"
    expect_exit 4 verbond sheet abcdefgh --data "$tmp/data"
    expect_exit 0 verbond rounds --data "$tmp/data"
    [ -z "$(ls -A "$tmp/data")" ]
}
a_refused_run_leaves_no_store() {
    echo '{"client": {"trust.report": 9}}' >"$tmp/bad.json"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/bad.json"
    nothing_made
    echo '{"client": {}}' >"$tmp/good.json"
    expect_exit 4 verbond run menger-monitor --format none --data "$tmp/data" \
        --answers "$tmp/good.json"
    nothing_made
    python3 tests/tools/type.py "$build/verbond" run menger-monitor --format none \
        --data "$tmp/data" >"$tmp/screen" </dev/null || true
    says "$tmp/screen" "none"
    nothing_made
    verbond run menger-monitor --data "$tmp/data" >/dev/null 2>&1 </dev/null || true
    nothing_made
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/good.json"
    [ -e "$tmp/data/verbond.db" ]
}
a_log_of_sqlite_alone_is_still_told() {
    mkdir "$tmp/data"
    echo x >"$tmp/data/verbond.db-wal"
    expect_exit 4 verbond rounds --data "$tmp/data"
    says "$tmp/err" "verbond.db-wal"
}

run_tests rounds_of_no_folder_are_none no_command_that_looks_makes_a_store \
    a_folder_without_a_store_gets_none a_refused_run_leaves_no_store \
    a_log_of_sqlite_alone_is_still_told
