#!/bin/bash
# private.sh: what nobody shared comes out nowhere, also when a script tells it.
. tests/tools/tap.sh

# A flow that puts the answer into its own error.
leaking() {
    mkdir -p "$tmp/leak"
    cat >"$tmp/leak/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "leak", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "own",
  title = { en = "Leak" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" }, mandated = false,
  flow = function(s)
    local a = s:ask "t"
    error("ans " .. a)
  end,
  v.text "t" { text = { en = "What?" } },
}
LUA
    cat >"$tmp/leak/tests.lua" <<'LUA'
local v <const> = require "verbond"
return v.tests { { name = "it tells", client = { t = "MARKER" }, expect = { path = { "t" } } } }
LUA
}
# silent NAME: neither the output nor the messages hold the answer, and the place is said
silent() {
    says_not "$tmp/out" MARKER
    says_not "$tmp/err" MARKER
    ! grep -qF "the script raised" "$tmp/err" ||
        says "$tmp/err" "leak/instrument.lua:8: the script raised an error"
}
typed_until_the_error() {
    leaking
    local got=0
    python3 tests/tools/type.py "$build/verbond" run "$tmp/leak" --data "$tmp/data" \
        >"$tmp/screen" 2>&1 <<'STEPS' || got=$?
= begin => 
Enter = skip => MARKER
> => 
Press Enter => 
STEPS
    [ "$got" -eq 4 ] || { echo "# exit $got"; cat "$tmp/screen"; return 1; }
    says "$tmp/screen" "leak/instrument.lua:8: the script raised an error"
    says_not "$tmp/screen" "ans MARKER"
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
}

a_flow_that_tells_an_answer_is_silenced_in_run() {
    leaking
    echo '{"client": {"t": "MARKER"}}' >"$tmp/a.json"
    expect_exit 4 verbond run "$tmp/leak" --data "$tmp/data" --answers "$tmp/a.json"
    says "$tmp/err" "leak/instrument.lua:8: the script raised an error"
    silent
}
a_session_that_broke_off_is_silent_in_every_command() {
    typed_until_the_error
    for command in resume rounds doctor; do
        verbond "$command" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" </dev/null || true
        silent
    done
    for command in resume replay "replay --values" sheet "sheet --format html" result release; do
        verbond $command "$round" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" </dev/null || true
        silent
    done
    verbond replay "$round" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || true
    says "$tmp/out" "2 events"
}
no_file_of_the_folder_has_the_answer() {
    typed_until_the_error
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT count(*) > 1 FROM event")" -eq 1 ]
    ! grep -ral MARKER "$tmp/data"
}
a_crash_would_leave_no_core_file() {
    local got=0
    ulimit -c "$(ulimit -H -c)"
    python3 tests/tools/type.py "$build/verbond" run menger-monitor --lang nl --data "$tmp/data" \
        >"$tmp/screen" 2>&1 <<'STEPS' || got=$?
Enter = beginnen => !grep -q "Max core file size  *0 " /proc/$TYPED_AT/limits
Enter = beginnen => ^C
STEPS
    [ "$got" -eq 130 ] || { echo "# exit $got"; cat "$tmp/screen"; return 1; }
}
verbond_test_shows_the_words() {
    leaking
    expect_exit 1 verbond test "$tmp/leak"
    says "$tmp/out" "instrument.lua:8: ans MARKER"
}

run_tests a_flow_that_tells_an_answer_is_silenced_in_run \
    a_session_that_broke_off_is_silent_in_every_command no_file_of_the_folder_has_the_answer \
    a_crash_would_leave_no_core_file verbond_test_shows_the_words
