#!/bin/bash
# outbox.sh: what is still to be sent is listed, tried again and dropped.
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json
# released OUTPUT...: a released round, its id in $round, with outputs that cannot take its result: their
# folder is not there
released() {
    local output words=()
    for output in "$@"; do words+=(--output "jsonl:name=$output,path=$tmp/none/o.jsonl"); done
    expect_exit $(($# > 0 ? 5 : 0)) verbond run menger-monitor --case k1 --data "$tmp/data" \
        --answers "$example" "${words[@]}"
    round=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(json.load(sys.stdin)[0]["round"])')
}
# parcel OUTPUT STATE ATTEMPTS: what became of it, long ago; due in a hundred years
parcel() {
    sqlite3 "$tmp/data/verbond.db" "UPDATE parcel SET state = '$2', attempts = $3, reason = '',
        due_wall_ms = 4102444800000, changed_wall_ms = 1795000000000 WHERE output = '$1'"
}
# listed EXPRESSION: of the JSON that outbox list printed
listed() {
    python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' \
        "$tmp/out" "$1"
}

where_there_is_no_store_nothing_waits() {
    expect_exit 0 verbond outbox list --data "$tmp/data"
    says "$tmp/err" "nothing waits to be sent"
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "[]" ]
    [ ! -e "$tmp/data" ]
}
what_waits_and_what_is_dead_is_listed() {
    released waits dead gone
    parcel waits waiting 0
    parcel dead dead 20
    parcel gone delivered 1
    expect_exit 0 verbond outbox list --data "$tmp/data"
    says "$tmp/out" "$round/waits/1  waiting  case k1  due 2100-01-01 00:00"
    says "$tmp/out" "$round/dead/1  dead  case k1  since 2026-11-18 11:06, 20 attempts"
    says_not "$tmp/out" "$round/gone/1"
    expect_exit 0 verbond outbox list --all --json --data "$tmp/data"
    [ "$(listed '[p["output"] for p in r]')" = "['waits', 'dead', 'gone']" ]
    [ "$(listed 'sorted(r[0])')" = "['attempts', 'case', 'changed', 'due', 'output', 'parcel', 'reason', 'revision', 'round', 'state']" ]
    [ "$(listed 'r[0]["due"], r[1]["due"], r[2]["state"], r[1]["attempts"]')" = \
        "('2100-01-01T00:00:00Z', None, 'delivered', 20)" ]
    expect_exit 0 verbond outbox show "${round:0:6}/dead/1" --json --data "$tmp/data"
    [ "$(listed 'r["parcel"], r["case"]')" = "('$round/dead/1', 'k1')" ]
    expect_exit 0 verbond doctor --data "$tmp/data"
    says "$tmp/out" "outbox: 1 to be sent, 1 dead: verbond outbox list"
}
a_retry_makes_it_due_now() {
    released waits
    parcel waits waiting 3
    expect_exit 5 verbond outbox retry --data "$tmp/data"
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    [ "$(listed 'r[0]["due"] < "2099"')" = True ]
}
# Two rounds wait; the receiver of the newer one is there again.
a_round_that_does_not_arrive_holds_up_no_other() {
    local first
    released waits
    first=$round
    expect_exit 5 verbond run menger-monitor --case k2 --data "$tmp/data" --answers "$example" \
        --output "jsonl:path=$tmp/later/o.jsonl"
    mkdir "$tmp/later"
    expect_exit 5 verbond outbox retry --data "$tmp/data"
    says "$tmp/err" "output waits: $first/1 waits"
    [ "$(wc -l <"$tmp/later/o.jsonl")" -eq 1 ]
    expect_exit 5 verbond run menger-monitor --case k3 --data "$tmp/data" --answers "$example" \
        --output "jsonl:path=$tmp/none/o.jsonl"
    expect_exit 5 verbond outbox retry --data "$tmp/data"
    says "$tmp/err" "results of 2 rounds did not arrive"
}
a_dead_one_comes_back_when_it_is_named_or_all_of_them_are() {
    released one two three
    parcel one dead 20
    parcel two dead 20
    parcel three dead 20
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    [ "$(listed '[p["state"] for p in r]')" = "['dead', 'dead', 'dead']" ]
    expect_exit 5 verbond outbox retry "$round/two/1" --data "$tmp/data"
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    [ "$(listed '[p["state"] for p in r]')" = "['dead', 'waiting', 'dead']" ]
    expect_exit 5 verbond outbox retry --dead --data "$tmp/data"
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    [ "$(listed '[p["state"] for p in r]')" = "['waiting', 'waiting', 'waiting']" ]
}
what_is_over_is_neither_tried_again_nor_dropped() {
    released gone
    parcel gone delivered 1
    expect_exit 5 verbond outbox retry "$round/gone/1" --data "$tmp/data"
    says "$tmp/err" "is delivered"
    expect_exit 5 verbond outbox drop "$round/gone/1" --reason "by mistake" --data "$tmp/data"
}
dropping_wants_a_reason_and_keeps_it_sealed() {
    released waits
    parcel waits waiting 3
    expect_exit 2 verbond outbox drop "$round/waits/1" --data "$tmp/data"
    says "$tmp/err" "--reason"
    expect_exit 2 verbond outbox drop "$round/waits/1" --reason "" --data "$tmp/data"
    expect_exit 0 verbond outbox drop "$round/waits/1" --reason "MARKER closed" --data "$tmp/data"
    expect_exit 0 verbond outbox list --all --data "$tmp/data"
    says "$tmp/out" "MARKER closed"
    ! grep -raq "MARKER" "$tmp/data"
}
looking_and_changing_are_in_the_audit() {
    released waits
    parcel waits waiting 0
    expect_exit 0 verbond outbox list --data "$tmp/data"
    expect_exit 0 verbond outbox list --round "$round" --data "$tmp/data"
    expect_exit 0 verbond outbox show "$round/waits/1" --data "$tmp/data"
    expect_exit 5 verbond outbox retry --data "$tmp/data"
    expect_exit 0 verbond outbox drop "$round/waits/1" --reason x --data "$tmp/data"
    expect_exit 0 verbond audit --json --data "$tmp/data"
    [ "$(listed '[(a["action"], a["subject"]) for a in (r["rows"] if isinstance(r, dict) else r) if a["action"].startswith("outbox")]')" = \
        "[('outbox list', '*'), ('outbox list', '$round'), ('outbox show', '$round'), ('outbox retry', '$round'), ('outbox drop', '$round')]" ]
}
what_is_not_there_is_told() {
    released
    expect_exit 4 verbond outbox show "$round/none/1" --data "$tmp/data"
    expect_exit 4 verbond outbox show "$round" --data "$tmp/data"
    says "$tmp/err" "ROUND/OUTPUT/REVISION"
    expect_exit 4 verbond outbox list --round none --data "$tmp/data"
    expect_exit 2 verbond outbox --data "$tmp/data"
    expect_exit 2 verbond outbox send --data "$tmp/data"
    expect_exit 2 verbond outbox show --data "$tmp/data"
    expect_exit 2 verbond outbox list --reason x --data "$tmp/data"
}

run_tests where_there_is_no_store_nothing_waits what_waits_and_what_is_dead_is_listed \
    a_retry_makes_it_due_now a_round_that_does_not_arrive_holds_up_no_other \
    a_dead_one_comes_back_when_it_is_named_or_all_of_them_are \
    what_is_over_is_neither_tried_again_nor_dropped dropping_wants_a_reason_and_keeps_it_sealed \
    looking_and_changing_are_in_the_audit what_is_not_there_is_told
