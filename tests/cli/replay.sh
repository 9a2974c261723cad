#!/bin/bash
# replay.sh: the log step by step, without telling what was said.
. tests/tools/tap.sh

given() { # given ARGUMENTS...: a round from the example; its id in $round
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --case k1 "$@"
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
}
both() { given --answers instruments/menger-monitor/example.json; }
client_only() {
    python3 - "$tmp" "$@" <<'PY'
import json, sys
client = json.load(open("instruments/menger-monitor/example.json"))["client"]
if len(sys.argv) > 2:
    client["@share"] = False
json.dump({"client": client}, open(f"{sys.argv[1]}/c.json", "w"))
PY
    given --answers "$tmp/c.json"
}

every_step_is_shown_and_folds_to_the_same_end() {
    both
    expect_exit 0 verbond replay "$round" --data "$tmp/data"
    says "$tmp/out" "opened"
    says "$tmp/out" "trust.report"
    [ "$(grep -c 'the same end' "$tmp/out")" -eq 2 ]
}
answers_are_masked() {
    both
    expect_exit 0 verbond replay "$round" --data "$tmp/data"
    says_not "$tmp/out" "teruggebeld"
    says_not "$tmp/out" "rather_not_say"
    lacks "$tmp/out" 'trust\.report +[0-9]'
}
one_session_can_be_named() {
    both
    verbond replay "$round" --data "$tmp/data" >"$tmp/all"
    local session
    session=$(grep -oE '^session [a-z0-9]+' "$tmp/all" | tail -n 1 | cut -d' ' -f2)
    expect_exit 0 verbond replay "$session" --data "$tmp/data"
    [ "$(grep -c '^session ' "$tmp/out")" -eq 1 ]
}
values_are_shown_after_sharing() {
    both
    expect_exit 0 verbond replay "$round" --values --data "$tmp/data"
    says "$tmp/out" "teruggebeld"
}
why_nothing_was_said_is_not_shown() {
    both
    expect_exit 0 verbond replay "$round" --values --data "$tmp/data"
    for reason in missing skipped dont_know rather_not_say; do
        says_not "$tmp/out" "$reason"
    done
    grep -qE 'friction\.energy  not_filled_in$' "$tmp/out"
}
what_was_held_back_is_not_shown() {
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
both["client"]["@hold"] = ["going.well"]
json.dump(both, open(f"{sys.argv[1]}/held.json", "w"))
PY
    given --answers "$tmp/held.json"
    expect_exit 0 verbond replay "$round" --values --data "$tmp/data"
    says "$tmp/out" "looked over"
    says_not "$tmp/out" "held"
    says_not "$tmp/out" "teruggebeld"
    lacks "$tmp/out" 'looked over +[a-z]'
}
showing_values_is_written_down() {
    both
    verbond replay "$round" --values --data "$tmp/data" >/dev/null
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT count(*) FROM audit WHERE action = 'replay --values'")" -eq 2 ]
}
who_said_no_is_not_shown() {
    client_only no
    expect_exit 5 verbond replay "$round" --values --data "$tmp/data"
    says_not "$tmp/out" "teruggebeld"
    expect_exit 0 verbond replay "$round" --data "$tmp/data"
    says_not "$tmp/out" "trust.report"
    says "$tmp/out" "the same end"
}
who_waits_for_the_other_is_not_shown() {
    client_only
    expect_exit 5 verbond replay "$round" --values --data "$tmp/data"
    says_not "$tmp/out" "teruggebeld"
    expect_exit 0 verbond replay "$round" --data "$tmp/data"
    says_not "$tmp/out" "trust.report"
}
one_that_is_not_on_the_table_is_masked_and_the_other_is_shown() {
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
both["professional"]["going.well"] = "MARKER-worker"
both["client"]["going.well"] = "MARKER-client"
both["client"]["@share"] = False
both["professional"]["@one_sided"] = True
json.dump(both, open(f"{sys.argv[1]}/b.json", "w"))
PY
    given --answers "$tmp/b.json"
    expect_exit 5 verbond replay "$round" --values --data "$tmp/data" # not released: nobody is
    [ "$(grep -c 'the same end' "$tmp/out")" -eq 2 ]
    says_not "$tmp/out" MARKER
    expect_exit 0 verbond close "$round" --data "$tmp/data"
    expect_exit 0 verbond replay "$round" --values --data "$tmp/data"
    [ "$(grep -c 'the same end' "$tmp/out")" -eq 2 ]
    says "$tmp/out" MARKER-worker
    says_not "$tmp/out" MARKER-client
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT action, count(*) FROM audit WHERE action LIKE 'replay%'
        GROUP BY action" | tr '\n' ' ')" = "replay|3 replay --values|1 " ]
}
sharing_and_stopping_look_alike_before_the_release() {
    client_only
    verbond replay "$round" --data "$tmp/data" >"$tmp/shared"
    rm -r "$tmp/data"
    client_only no
    verbond replay "$round" --data "$tmp/data" >"$tmp/stopped"
    python3 - "$tmp/shared" "$tmp/stopped" <<'PY'
import re, sys
def end_of(path):
    lines = open(path).read().splitlines()
    return [re.sub(r"[a-z0-9]{16}|\S+Z", "x", lines[0]), lines[-2].split()[-1]]
shared, stopped = end_of(sys.argv[1]), end_of(sys.argv[2])
assert shared == stopped and shared[1] == "ready" and ", ready," in shared[0], (shared, stopped)
PY
}
an_unknown_session_is_refused() {
    expect_exit 4 verbond replay abcdefgh --data "$tmp/data"
    expect_exit 2 verbond replay abc --data "$tmp/data"
}

run_tests every_step_is_shown_and_folds_to_the_same_end answers_are_masked one_session_can_be_named \
    values_are_shown_after_sharing why_nothing_was_said_is_not_shown \
    what_was_held_back_is_not_shown showing_values_is_written_down who_said_no_is_not_shown \
    who_waits_for_the_other_is_not_shown \
    one_that_is_not_on_the_table_is_masked_and_the_other_is_shown sharing_and_stopping_look_alike_before_the_release \
    an_unknown_session_is_refused
