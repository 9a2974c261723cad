#!/bin/bash
# kept.sh: a data folder that an earlier program wrote (tests/fixtures/store) reads the same and goes
# on where it stood.
. tests/tools/tap.sh

kept=tests/fixtures/store
# folder: the kept data folder of schema 1, in $tmp/data
folder() {
    mkdir -m 700 "$tmp/data"
    sqlite3 "$tmp/data/verbond.db" <"$kept/schema-1.sql" >"$tmp/made"
    chmod 600 "$tmp/data/verbond.db"
}
# sealed_folder N: the one of schema N, with its keys
sealed_folder() {
    mkdir -m 700 "$tmp/data"
    sqlite3 "$tmp/data/verbond.db" <"$kept/schema-$1.sql" >"$tmp/made"
    sqlite3 "$tmp/data/keys.db" <"$kept/schema-$1-keys.sql"
    [ ! -f "$kept/schema-$1-erasures" ] || cp "$kept/schema-$1-erasures" "$tmp/data/erasures"
    cp "$kept/schema-$1-key" "$tmp/key"
    chmod 600 "$tmp"/data/* "$tmp/key"
    export VERBOND_KEY=$tmp/key
}
# round CASE: the id of the case's round
round() {
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print([r["round"] for r in json.load(sys.stdin) if r["case"] == sys.argv[1]][0])' "$1"
}
# holds OLD NEW: what stands in the old document stands in the new one, which may have more fields
holds() {
    python3 - "$1" "$2" <<'PY'
import json, sys
def holds(old, new, at):
    if isinstance(old, dict):
        for key in old:
            assert key in new, f"{at}.{key} is gone"
            holds(old[key], new[key], f"{at}.{key}")
    elif isinstance(old, list):
        assert len(old) == len(new), f"{at}: {len(old)} and {len(new)}"
        for i, (a, b) in enumerate(zip(old, new)):
            holds(a, b, f"{at}[{i}]")
    else:
        assert old == new, f"{at}: {old!r} became {new!r}"
holds(*(json.load(open(name)) for name in sys.argv[1:3]), "")
PY
}

the_list_of_rounds_is_as_it_was() {
    folder
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    holds "$kept/schema-1-rounds.json" "$tmp/out"
    expect_exit 0 verbond doctor --data "$tmp/data"
}
the_result_is_as_it_was() {
    folder
    expect_exit 0 verbond result "$(round k1)" --data "$tmp/data"
    holds "$kept/schema-1-result.json" "$tmp/out"
    expect_exit 0 verbond sheet "$(round k1)" --data "$tmp/data"
    says "$tmp/out" "Ik word teruggebeld."
}
every_session_folds_to_the_same_end() {
    folder
    local case
    for case in k1 k2 k3 g1; do
        expect_exit 0 verbond replay "$(round $case)" --data "$tmp/data"
    done
}
text_in_any_script_is_shared_as_it_was_typed() {
    folder
    echo '{"professional": {"trust.report": 3}}' >"$tmp/p.json"
    expect_exit 0 verbond run menger-monitor --case k2 --wave t1 --data "$tmp/data" \
        --answers "$tmp/p.json"
    says "$tmp/out" "Zoë zei: “het gáát wel” – 你好 🙂"
}
a_family_that_waited_is_released() {
    folder
    expect_exit 0 verbond release "$(round g1)" --data "$tmp/data"
    says "$tmp/out" "Zoë"
    says "$tmp/out" "Samen eten. Ça va."
}
who_broke_off_goes_on_at_the_next_question() {
    folder
    python3 tests/tools/type.py "$build/verbond" resume "$(round k3)" --lang nl --data "$tmp/data" \
        >"$tmp/screen" <<'STEPS' || [ $? -eq 130 ]
Ben je de cliënt? => 1
Welkom terug => 
Vraag 4 => ^C
STEPS
    says_not "$tmp/screen" "Vraag 3"
}
its_audit_goes_on_in_one_chain() {
    folder
    expect_exit 0 verbond audit --check --data "$tmp/data"
    says "$tmp/out" "the audit is whole: 4 rows"
    verbond sheet "$(round k1)" --data "$tmp/data" >/dev/null
    expect_exit 0 verbond audit --check --data "$tmp/data"
    says "$tmp/out" "the audit is whole: 6 rows"
}
a_newer_schema_is_refused_and_stays_as_it_is() {
    folder
    sqlite3 "$tmp/data/verbond.db" "PRAGMA user_version = 99"
    sha256sum "$tmp/data/verbond.db" >"$tmp/before"
    expect_exit 3 verbond rounds --data "$tmp/data"
    says "$tmp/err" "schema 99"
    sha256sum -c --quiet "$tmp/before"
}
what_was_sealed_before_there_were_outputs_reads_the_same() {
    sealed_folder 2
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    holds "$kept/schema-2-rounds.json" "$tmp/out"
    expect_exit 0 verbond result "$(round k1)" --data "$tmp/data"
    holds "$kept/schema-2-result.json" "$tmp/out"
    local case
    for case in k1 k2 k3 g1; do
        expect_exit 0 verbond replay "$(round $case)" --data "$tmp/data"
    done
    expect_exit 0 verbond sheet "$(round g1)" --data "$tmp/data"
    says "$tmp/out" "Deeg maken"
    expect_exit 0 verbond audit --check --data "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
}
what_waited_before_outputs_had_limits_waits_on() {
    sealed_folder 3
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    holds "$kept/schema-3-rounds.json" "$tmp/out"
    expect_exit 0 verbond result "$(round k1)" --data "$tmp/data"
    holds "$kept/schema-3-result.json" "$tmp/out"
    expect_exit 0 verbond outbox list --all --json --data "$tmp/data"
    holds "$kept/schema-3-outbox.json" "$tmp/out"
    # What the outputs were given is read, and sealed anew on the way.
    sqlite3 "$tmp/data/verbond.db" "UPDATE output SET plugin = '$build/plugins/jsonl.so'"
    expect_exit 5 verbond outbox retry --round "$(round k1)" --data "$tmp/data"
    says "$tmp/err" "cannot open /proc/none/d.jsonl"
    expect_exit 0 verbond audit --check --data "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
}
what_was_kept_before_there_were_accounts_reads_the_same() {
    sealed_folder 4
    expect_exit 0 verbond rounds --json --data "$tmp/data"
    holds "$kept/schema-4-rounds.json" "$tmp/out"
    expect_exit 0 verbond result "$(round k1)" --data "$tmp/data"
    holds "$kept/schema-4-result.json" "$tmp/out"
    expect_exit 0 verbond outbox list --all --json --data "$tmp/data"
    holds "$kept/schema-4-outbox.json" "$tmp/out"
    expect_exit 0 verbond audit --check --data "$tmp/data"
    expect_exit 0 verbond doctor --data "$tmp/data"
}

run_tests the_list_of_rounds_is_as_it_was the_result_is_as_it_was \
    every_session_folds_to_the_same_end text_in_any_script_is_shared_as_it_was_typed \
    a_family_that_waited_is_released who_broke_off_goes_on_at_the_next_question \
    its_audit_goes_on_in_one_chain a_newer_schema_is_refused_and_stays_as_it_is \
    what_was_sealed_before_there_were_outputs_reads_the_same \
    what_waited_before_outputs_had_limits_waits_on \
    what_was_kept_before_there_were_accounts_reads_the_same
