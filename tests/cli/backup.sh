#!/bin/bash
# backup.sh: what is kept is copied, tried and put back; what was erased stays erased.
. tests/tools/tap.sh
. tests/tools/cut.sh

dyad() { # dyad CASE [DATA [OPTION...]]
    printf '{"client": {"going.well": "MARKER-client"}}' >"$tmp/client.json"
    printf '{"professional": {"going.well": "MARKER-worker"}}' >"$tmp/worker.json"
    expect_exit 0 verbond run instruments/menger-monitor --case "$1" --data "${2:-$tmp/data}" \
        --answers "$tmp/client.json" --answers "$tmp/worker.json" "${@:3}"
}
rounds() { verbond rounds --json --data "$1" | python3 -c "import json, sys; r = json.load(sys.stdin); $2"; }
client() { rounds "${1:-$tmp/data}" "print(next(p['person'] for p in r[0]['persons'] if p['role'] == 'client'))"; }
sheet() { verbond sheet "$(rounds "$1" "print(r[0]['round'])")" --data "$1"; }
copies() { # both, into $tmp/copy and $tmp/keys
    expect_exit 0 verbond backup "$tmp/copy" --data "$tmp/data"
    expect_exit 0 verbond backup --keys "$tmp/keys" --data "$tmp/data"
    keys=$(echo "$tmp"/keys/keys-*.db)
}

what_is_put_back_is_what_was_there() {
    dyad k1
    dyad k2
    copies
    sheet "$tmp/data" >"$tmp/before"
    verbond rounds --json --data "$tmp/data" >"$tmp/rounds-before"
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/new"
    says "$tmp/out" "read: 2 rounds, 4 sessions"
    says "$tmp/out" "restored into $tmp/new"
    sheet "$tmp/new" >"$tmp/after"
    cmp "$tmp/before" "$tmp/after"
    verbond rounds --json --data "$tmp/new" | cmp "$tmp/rounds-before" -
    verbond audit --check --data "$tmp/new" >/dev/null
    dyad k3 "$tmp/new" # and it goes on
    [ ! -e "$tmp/new.restoring" ]
}
a_backup_never_has_keys_and_cannot_be_read_without_them() {
    dyad k1
    copies
    [ "$(ls "$tmp/copy" | tr '\n' ' ')" = "manifest.json verbond.db " ]
    lacks "$tmp/copy/verbond.db" MARKER
    expect_exit 3 verbond restore "$tmp/copy" --data "$tmp/new"
    says "$tmp/err" "give --keys FILE"
    [ ! -e "$tmp/new/verbond.db" ]
    expect_exit 0 verbond restore "$tmp/copy" --verify --data "$tmp/new"
    says "$tmp/out" "not tried: whether it can be read"
}
nothing_is_written_over() {
    dyad k1
    copies
    expect_exit 5 verbond backup "$tmp/copy" --data "$tmp/data"
    expect_exit 5 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/data"
    says "$tmp/err" "has a store"
    mkdir "$tmp/other"
    echo mine >"$tmp/other/notes.txt"
    expect_exit 5 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/other"
    says "$tmp/err" "notes.txt"
    [ "$(ls "$tmp/other" | grep -v lock)" = notes.txt ]
    sheet "$tmp/data" | grep -q MARKER-client
}
a_copy_into_the_data_folder_is_refused_whatever_the_way_to_it() {
    dyad k1
    ls -R "$tmp/data" >"$tmp/before"
    ln -s data "$tmp/link"
    mkdir "$tmp/beside"
    local into
    for into in data data/ data/copy data/a/b beside/../data/copy link link/copy; do
        expect_exit 2 verbond backup "$tmp/$into" --data "$tmp/data"
        says "$tmp/err" "$tmp/$into lies in the data folder $tmp/data"
        expect_exit 2 verbond backup --keys "$tmp/$into" --data "$tmp/data"
        says "$tmp/err" "lies in the data folder"
    done
    (cd "$tmp/data" && expect_exit 2 verbond backup copy --data .)
    ls -R "$tmp/data" | cmp "$tmp/before" -
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT count(*) FROM audit WHERE action LIKE 'backup%'")" -eq 0 ]
    expect_exit 0 verbond backup "$tmp/data2" --data "$tmp/data" # only the beginning is the same
}
a_backup_is_tried_without_being_put_anywhere() {
    dyad k1
    copies
    expect_exit 0 verbond restore "$tmp/copy" --verify --data "$tmp/data" # by the keys that are there
    says "$tmp/out" "read: 1 rounds, 2 sessions, 4"
    says "$tmp/out" "the audit is whole"
    expect_exit 0 verbond restore "$tmp/copy" --verify --keys "$keys" --data "$tmp/new"
    says "$tmp/out" "read: 1 rounds"
    [ ! -e "$tmp/new" ]
    [ ! -e "$tmp/new.restoring" ]
}
a_damaged_backup_is_refused_naming_what() {
    dyad k1
    copies
    cp -R "$tmp/copy" "$tmp/bad"
    printf 'X' | dd of="$tmp/bad/verbond.db" bs=1 seek=9000 conv=notrunc status=none
    expect_exit 4 verbond restore "$tmp/bad" --verify --keys "$keys" --data "$tmp/new"
    says "$tmp/err" "$tmp/bad/verbond.db is not what the manifest says"
    expect_exit 4 verbond restore "$tmp/bad" --keys "$keys" --data "$tmp/new"
    rm "$tmp/bad/verbond.db"
    expect_exit 4 verbond restore "$tmp/bad" --verify --keys "$keys" --data "$tmp/new"
    says "$tmp/err" "verbond.db is missing"
    expect_exit 4 verbond restore "$tmp/nowhere" --verify --data "$tmp/new"
    says "$tmp/err" "is no backup"
    [ ! -e "$tmp/new" ]
}
# forge FILE: makes the manifest of $tmp/bad fit its files again
forge() {
    python3 - "$tmp/bad" <<'PY'
import hashlib, json, os, sys
path = os.path.join(sys.argv[1], "manifest.json")
manifest = json.load(open(path))
for file in manifest["files"]:
    data = open(os.path.join(sys.argv[1], file["name"]), "rb").read()
    file["bytes"], file["digest"] = len(data), "sha256:" + hashlib.sha256(data).hexdigest()
json.dump(manifest, open(path, "w"))
PY
}
what_the_digests_do_not_show_is_found_all_the_same() {
    dyad k1
    copies
    local sql
    while IFS='|' read -r sql says; do
        rm -rf "$tmp/bad"
        cp -R "$tmp/copy" "$tmp/bad"
        sqlite3 "$tmp/bad/verbond.db" "$sql"
        forge
        expect_exit 4 verbond restore "$tmp/bad" --verify --keys "$keys" --data "$tmp/new"
        says "$tmp/err" "$says"
    done <<'CASES'
UPDATE event SET body = (SELECT body FROM event WHERE seq = 3 LIMIT 1) WHERE seq = 4|event 4
UPDATE audit SET action = 'nothing' WHERE row = 1|row 1
DELETE FROM audit WHERE row = (SELECT max(row) FROM audit)|audit
PRAGMA foreign_keys = OFF; DELETE FROM round|points at nothing
CASES
}
another_master_key_and_another_folders_keys_are_told_apart() {
    dyad k1
    dyad k2 "$tmp/second"
    copies
    verbond backup --keys "$tmp/keys2" --data "$tmp/second" >/dev/null
    expect_exit 3 verbond restore "$tmp/copy" --keys "$tmp"/keys2/keys-*.db --data "$tmp/new"
    says "$tmp/err" "another folder's"
    mv "$VERBOND_KEY" "$tmp/right-key"
    dyad k3 "$tmp/third" # under a new master key
    expect_exit 3 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/new"
    says "$tmp/err" "the key file $VERBOND_KEY holds key"
    [ ! -e "$tmp/new" ]
}
what_was_erased_after_the_backup_stays_erased() {
    dyad k1
    copies
    local id
    id=$(client)
    expect_exit 0 verbond erase --person "$id" --yes --data "$tmp/data"
    # The keys of before bring it back; the list of erasures does not let them.
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --erasures "$tmp/data/erasures" --data "$tmp/new"
    expect_exit 0 verbond rounds --data "$tmp/new"
    says "$tmp/out" "client erased"
    verbond result "$(rounds "$tmp/new" "print(r[0]['round'])")" --data "$tmp/new" >"$tmp/result"
    says "$tmp/result" '"reason":"erased"'
    expect_exit 0 verbond export --person "$id" --data "$tmp/new"
    says_not "$tmp/out" MARKER-client
    grep -q "$id" "$tmp/new/erasures"
    python3 - "$tmp/new/keys.db" "$id" <<'PY'
import sqlite3, sys
assert not sqlite3.connect(sys.argv[1]).execute("SELECT 1 FROM key WHERE id = ?", sys.argv[2:]).fetchall()
PY
}
a_round_erased_after_the_backup_is_erased_in_what_is_put_back() {
    dyad k1
    copies
    expect_exit 0 verbond erase --round "$(rounds "$tmp/data" "print(r[0]['round'])")" --yes --data "$tmp/data"
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --erasures "$tmp/data/erasures" --data "$tmp/new"
    says "$tmp/out" "rounds that were erased since: 1"
    [ "$(rounds "$tmp/new" "print(r[0]['state'])")" = erased ]
}
a_lost_database_comes_back_into_its_own_folder() {
    dyad k1 "$tmp/data" --output "jsonl:path=$tmp/o.jsonl"
    [ -d "$tmp/data/outputs" ]
    copies
    local id
    id=$(client)
    expect_exit 0 verbond erase --person "$id" --yes --data "$tmp/data"
    rm "$tmp/data"/verbond.db*
    expect_exit 0 verbond restore "$tmp/copy" --data "$tmp/data" # its keys and its list are there
    expect_exit 0 verbond rounds --data "$tmp/data"
    says "$tmp/out" "client erased, professional ready"
}
# breaks_off FOLDER: a process dies in the middle of writing its keys.db, and leaves a journal
breaks_off() {
    { python3 - "$1/keys.db" || true; } 2>/dev/null <<'PY'
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in ("journal_mode = PERSIST", "synchronous = FULL", "cache_size = 1"):
    db.execute("PRAGMA " + pragma)
db.execute("BEGIN")
for i in range(400):
    db.execute("INSERT INTO key (kind, id, under, until_wall_ms, wrapped) VALUES ('person', ?, '', 0, zeroblob(72))", (f"p{i}",))
os.kill(os.getpid(), signal.SIGKILL)
PY
    [ "$(head -c 1 "$1/keys.db-journal" | od -An -tx1 | tr -d ' ')" = d9 ] # it would be played back
}
what_a_crash_left_beside_the_old_keys_does_not_reach_the_new_ones() {
    dyad k1
    cp -R "$tmp/data" "$tmp/early"
    for case in a b c d e f; do dyad $case; done
    copies
    breaks_off "$tmp/early"
    rm "$tmp/early"/verbond.db*
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/early"
    expect_exit 0 verbond rounds --data "$tmp/early"
    [ "$(grep -c "client ready" "$tmp/out")" -eq 7 ]
    # and by its own keys, in which something was broken off as well
    breaks_off "$tmp/data"
    rm "$tmp/data"/verbond.db*
    expect_exit 0 verbond restore "$tmp/copy" --data "$tmp/data"
    expect_exit 0 verbond rounds --data "$tmp/data"
    [ "$(grep -c "client ready" "$tmp/out")" -eq 7 ]
}
what_the_keys_cannot_open_is_refused_or_erased_when_that_is_said() {
    dyad k1
    expect_exit 0 verbond backup --keys "$tmp/keys" --data "$tmp/data"
    keys=$(echo "$tmp"/keys/keys-*.db)
    dyad k2 # after the keys were copied
    expect_exit 0 verbond backup "$tmp/copy" --data "$tmp/data"
    expect_exit 3 verbond restore "$tmp/copy" --verify --keys "$keys" --data "$tmp/new"
    says "$tmp/err" "has no key of person"
    expect_exit 3 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/new"
    [ ! -e "$tmp/new/verbond.db" ]
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --erase-lost --data "$tmp/new"
    says "$tmp/out" "erased, for their key is lost: 4"
    [ "$(rounds "$tmp/new" "print([(x['case'], x['state']) for x in r])")" = "[('k1', 'released'), ('k2', 'erased')]" ]
    verbond audit --check --data "$tmp/new" >/dev/null
}
a_copy_of_the_keys_has_an_end_and_the_next_one_ends_it() {
    dyad k1
    expect_exit 0 verbond backup --keys "$tmp/keys" --days 7 --data "$tmp/data"
    says "$tmp/out" "to be destroyed within 7 days"
    local first
    first=$(echo "$tmp"/keys/keys-*.db)
    mv "$first" "$tmp/keys/keys-2020-01-01T10-00-00Z-until-2020-01-31.db"
    expect_exit 0 verbond backup "$tmp/copy" --data "$tmp/data"
    expect_exit 0 verbond restore "$tmp/copy" --verify --keys "$tmp/keys/keys-2020-01-01T10-00-00Z-until-2020-01-31.db" \
        --data "$tmp/new"
    says "$tmp/err" "should have been destroyed by now"
    expect_exit 0 verbond backup --keys "$tmp/keys" --data "$tmp/data"
    says "$tmp/out" "to be destroyed within 30 days"
    says "$tmp/out" "destroyed 1 older copy in that folder"
    [ "$(ls "$tmp/keys" | wc -l)" -eq 1 ]
}
who_copies_and_who_puts_back_stands_in_the_audit() {
    dyad k1
    copies
    expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" --data "$tmp/new"
    expect_exit 0 verbond audit --data "$tmp/new"
    says "$tmp/out" "  backup  "
    says "$tmp/out" "  restore  "
    expect_exit 0 verbond audit --data "$tmp/data"
    says "$tmp/out" "  backup --keys  "
}
a_backup_that_is_cut_off_is_there_whole_or_not_at_all() {
    dyad k1
    prepare() { rm -rf "$tmp/copy"; }
    check() {
        [ ! -e "$tmp/copy" ] ||
            { expect_exit 0 verbond restore "$tmp/copy" --verify --data "$tmp/data" &&
                says "$tmp/out" "read: 1 rounds"; }
    }
    cut_off prepare check backup "$tmp/copy" --data "$tmp/data"
    [ "$cuts" -gt 20 ]
    [ -e "$tmp/copy" ]
    [ ! -e "$tmp/copy.new" ]
}
a_restore_that_is_cut_off_is_there_whole_or_can_be_done_again() {
    dyad k1
    copies
    expect_exit 0 verbond erase --person "$(client)" --yes --data "$tmp/data"
    prepare() { rm -rf "$tmp/new" "$tmp/new.restoring"; }
    check() {
        [ -e "$tmp/new/verbond.db" ] || expect_exit 0 verbond restore "$tmp/copy" --keys "$keys" \
            --erasures "$tmp/data/erasures" --data "$tmp/new" || return 1
        expect_exit 0 verbond rounds --data "$tmp/new" &&
            says "$tmp/out" "client erased, professional ready"
    }
    cut_off prepare check restore "$tmp/copy" --keys "$keys" --erasures "$tmp/data/erasures" --data "$tmp/new"
    [ "$cuts" -gt 20 ]
    [ ! -e "$tmp/new.restoring" ]
}
one_folder_at_a_time_and_no_end_for_what_needs_none() {
    expect_exit 2 verbond backup
    expect_exit 2 verbond restore
    expect_exit 2 verbond backup "$tmp/copy" --days 3
    expect_exit 2 verbond backup --keys "$tmp/keys" --days 0
    expect_exit 4 verbond backup "$tmp/copy" --data "$tmp/data"
    [ ! -e "$tmp/data" ]
}

run_tests \
    what_is_put_back_is_what_was_there \
    a_backup_never_has_keys_and_cannot_be_read_without_them \
    nothing_is_written_over \
    a_copy_into_the_data_folder_is_refused_whatever_the_way_to_it \
    a_backup_is_tried_without_being_put_anywhere \
    a_damaged_backup_is_refused_naming_what \
    what_the_digests_do_not_show_is_found_all_the_same \
    another_master_key_and_another_folders_keys_are_told_apart \
    what_was_erased_after_the_backup_stays_erased \
    a_round_erased_after_the_backup_is_erased_in_what_is_put_back \
    a_lost_database_comes_back_into_its_own_folder \
    what_a_crash_left_beside_the_old_keys_does_not_reach_the_new_ones \
    what_the_keys_cannot_open_is_refused_or_erased_when_that_is_said \
    a_copy_of_the_keys_has_an_end_and_the_next_one_ends_it \
    who_copies_and_who_puts_back_stands_in_the_audit \
    a_backup_that_is_cut_off_is_there_whole_or_not_at_all \
    a_restore_that_is_cut_off_is_there_whole_or_can_be_done_again \
    one_folder_at_a_time_and_no_end_for_what_needs_none
