#!/bin/bash
# looking.sh: looking makes nothing, neither does what is refused, and what was looked at is written.
. tests/tools/tap.sh

nothing_made() {
    [ ! -e "$tmp/data" ] && [ ! -e "$VERBOND_KEY" ] && return 0
    echo "# made:"
    find "$tmp/data" "$VERBOND_KEY"
    return 1
}

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
    says "$tmp/screen" "no round is open: $tmp/data has no store"
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

# released: a released round in $round
released() {
    verbond run menger-monitor --data "$tmp/data" --case k1 \
        --answers instruments/menger-monitor/example.json >/dev/null 2>&1
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
}
audit() { sqlite3 "$tmp/data/verbond.db" "$@"; }

each_look_is_one_row_in_the_audit_with_who() {
    released
    local before
    before=$(audit 'SELECT max(row) FROM audit')
    for command in sheet result; do
        USER=somebody expect_exit 0 verbond "$command" "$round" --data "$tmp/data"
    done
    session=$(audit 'SELECT id FROM session LIMIT 1')
    USER=somebody expect_exit 0 verbond replay "$session" --data "$tmp/data"
    USER=somebody expect_exit 0 verbond replay "$session" --values --data "$tmp/data"
    audit "SELECT action, subject, \"by\" FROM audit WHERE row > $before ORDER BY row" >"$tmp/rows"
    local who
    who=$(id -un)
    printf '%s\n' "sheet|$round|$who" "result|$round|$who" "replay|$session|$who" \
        "replay --values|$session|$who" | diff - "$tmp/rows"
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "audit: its chain and its head are whole"
}
what_is_refused_shows_nothing_and_is_no_row() {
    echo '{"client": {}}' >"$tmp/a.json"
    verbond run menger-monitor --data "$tmp/data" --answers "$tmp/a.json" >/dev/null 2>&1
    local id before
    id=$(audit 'SELECT id FROM round')
    before=$(audit 'SELECT count(*) FROM audit')
    expect_exit 5 verbond sheet "$id" --data "$tmp/data"
    expect_exit 5 verbond result "$id" --data "$tmp/data"
    expect_exit 4 verbond audit --person zzzzzzzz --data "$tmp/data"
    [ "$(audit 'SELECT count(*) FROM audit')" = "$before" ]
}
# tampered SQL: a copy of the data after this change is found wrong by doctor
tampered() {
    rm -rf "$tmp/copy"
    cp -r "$tmp/data" "$tmp/copy"
    sqlite3 "$tmp/copy/verbond.db" "$1"
    expect_exit 3 verbond doctor --data "$tmp/copy"
    says "$tmp/out" "$2"
}
a_changed_removed_or_moved_row_is_found() {
    released
    for _ in 1 2 3 4; do
        verbond sheet "$round" --data "$tmp/data" >/dev/null
    done
    tampered "UPDATE audit SET \"by\" = 'a' || substr(\"by\", 2) WHERE row = 3" "row 3 of the audit was changed"
    tampered "UPDATE audit SET wall_ms = wall_ms + 1 WHERE row = 2" "row 2 of the audit was changed"
    tampered "DELETE FROM audit WHERE row = 2" "row 2 of the audit does not follow"
    tampered "DELETE FROM audit WHERE row = 1" "row 1 of the audit does not follow"
    tampered "DELETE FROM audit WHERE row = (SELECT max(row) FROM audit)" "row $(audit 'SELECT max(row) FROM audit') of the audit is gone"
    tampered "DELETE FROM audit" "row 1 of the audit is gone"
    tampered "DELETE FROM audit; DELETE FROM audit_head" "the head of the audit was changed or removed"
    tampered "UPDATE audit SET row = -row; UPDATE audit SET row = CASE row WHEN -2 THEN 3
        WHEN -3 THEN 2 ELSE -row END" "row 2 of the audit does not follow"
}

# refuses_to_show: no command shows the round of the tampered copy, with or without what is missing
refuses_to_show() {
    local command
    for command in "sheet $round" "result $round" "replay $round --values"; do
        expect_exit 4 verbond $command --data "$tmp/copy"
        says "$tmp/err" "$1"
        [ "${command%% *}" = replay ] || [ ! -s "$tmp/out" ]
    done
}
a_log_that_was_cut_off_or_a_session_that_was_removed_is_named_and_nothing_is_shown() {
    released
    local last
    last=$(audit "SELECT max(row) FROM session")
    session=$(audit "SELECT id FROM session WHERE row = $last")
    tampered "DELETE FROM event WHERE session = $last AND seq =
        (SELECT max(seq) FROM event WHERE session = $last)" "the log of session $session was cut off"
    refuses_to_show "the log of session $session was cut off"
    tampered "UPDATE session SET state = 'stopped' WHERE row = $last" "the log of session $session: its state was changed"
    refuses_to_show "its state was changed"
    tampered "DELETE FROM setting WHERE name = 'sealed.end.$session'" "what says where it ends was removed"
    tampered "PRAGMA foreign_keys = OFF; DELETE FROM event WHERE session = $last;
        DELETE FROM session WHERE row = $last" "session $session was removed"
    tampered "UPDATE event SET body = zeroblob(64) WHERE session = $last AND seq = 2" "event 2 of session $session"
    tampered "PRAGMA foreign_keys = OFF; DELETE FROM person" "a row of session points at nothing"
    expect_exit 0 verbond backup "$tmp/backup" --data "$tmp/data"
    expect_exit 0 verbond restore "$tmp/backup" --verify --data "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "what is kept: 1 rounds and 2 sessions, all whole"
}

run_tests rounds_of_no_folder_are_none no_command_that_looks_makes_a_store \
    a_folder_without_a_store_gets_none a_refused_run_leaves_no_store \
    a_log_of_sqlite_alone_is_still_told \
    each_look_is_one_row_in_the_audit_with_who what_is_refused_shows_nothing_and_is_no_row \
    a_changed_removed_or_moved_row_is_found \
    a_log_that_was_cut_off_or_a_session_that_was_removed_is_named_and_nothing_is_shown
