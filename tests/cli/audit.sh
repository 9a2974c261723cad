#!/bin/bash
# audit.sh: every command that shows or changes somebody's data is in the audit; what a client is
# given of it is about that client only.
. tests/tools/tap.sh

family=tests/fixtures/instruments/family
rounds() { verbond rounds --json --data "$tmp/data"; }
# field EXPRESSION: of the list of rounds, as python sees it in r
field() { rounds | python3 -c "import json, sys; r = json.load(sys.stdin); print($1)"; }
audit() { expect_exit 0 verbond audit --data "$tmp/data" "$@"; }
# actions [ARGUMENT...]: the action of each row, one a line
actions() {
    verbond audit --json --data "$tmp/data" "$@" |
        python3 -c 'import json, sys; print(*[r["action"] for r in json.load(sys.stdin)], sep="\n")'
}
# last ARGUMENT...: the newest row but the look itself, "ACTION SUBJECT"
last() {
    verbond audit --json --data "$tmp/data" "$@" | python3 -c 'import json, sys
r = json.load(sys.stdin)[-2]; print(r["action"], r["subject"])'
}
released() {
    verbond run menger-monitor --data "$tmp/data" --case k1 --lang nl \
        --answers instruments/menger-monitor/example.json >"$tmp/sheet" 2>/dev/null
    round=$(field 'r[0]["round"]')
}
session() { sqlite3 "$tmp/data/verbond.db" 'SELECT id FROM session LIMIT 1'; }

a_round_from_files_has_its_rows() {
    released
    # two persons began, the rule released it, the sheet was printed; then somebody looked
    actions >"$tmp/rows"
    printf '%s\n' begin begin released sheet rounds audit | diff - "$tmp/rows"
}
each_command_that_shows_something_is_a_row_with_its_subject() {
    released
    verbond sheet "$round" --data "$tmp/data" >/dev/null
    [ "$(last)" = "sheet $round" ]
    verbond result "$round" --data "$tmp/data" >/dev/null
    [ "$(last)" = "result $round" ]
    verbond replay "$(session)" --data "$tmp/data" >/dev/null
    [ "$(last)" = "replay $(session)" ]
    verbond replay "$(session)" --values --data "$tmp/data" >/dev/null
    [ "$(last)" = "replay --values $(session)" ]
    rounds >/dev/null
    [ "$(last)" = "rounds *" ]
    local person
    person=$(field 'r[0]["persons"][0]["person"]')
    verbond export --person "$person" --data "$tmp/data" >/dev/null
    [ "$(last)" = "export $person" ]
    verbond audit --person "$person" --data "$tmp/data" >/dev/null
    [ "$(last)" = "audit $person" ]
    verbond audit --data "$tmp/data" >/dev/null
    [ "$(last)" = "audit *" ]
}
who_goes_on_at_a_terminal_and_a_release_are_rows() {
    printf '{"relative:Sam": {"bond.talk": 2}, "relative:Kim": {"bond.talk": 1}}' >"$tmp/f.json"
    verbond run "$family" --data "$tmp/data" --answers "$tmp/f.json" >/dev/null 2>&1
    round=$(field 'r[0]["round"]')
    types 130 resume "$round" --as professional --lang nl <<'STEPS'
Enter = beginnen => 
aandacht voor Sam => 1
Sam praat graag => ^C
STEPS
    types 130 resume "$round" --as professional --lang nl <<'STEPS'
Ben je de werker? => 1
Welkom terug => ^C
STEPS
    verbond release "$round" --data "$tmp/data" >/dev/null 2>&1
    actions | grep -v rounds >"$tmp/rows"
    printf '%s\n' begin begin begin "go on" released release sheet audit | diff - "$tmp/rows"
    verbond audit --json --data "$tmp/data" | python3 -c 'import json, sys
assert {r["by"] for r in json.load(sys.stdin)} == {sys.argv[1]}' "$(id -un)"
}
nothing_is_shown_when_no_row_can_be_written() {
    released
    # The table refuses rows: as close as a test comes to a disk that does.
    sqlite3 "$tmp/data/verbond.db" "CREATE TRIGGER no BEFORE INSERT ON audit
        BEGIN SELECT raise(ABORT, 'no'); END"
    local command
    for command in "sheet $round" "result $round" "replay $(session)" rounds "rounds --json" audit \
        "export --person $(sqlite3 "$tmp/data/verbond.db" 'SELECT id FROM person LIMIT 1')"; do
        expect_exit 70 verbond $command --data "$tmp/data"
        [ ! -s "$tmp/out" ]
        says "$tmp/err" "nothing is shown, because the audit has no row of it"
    done
}
on_whose_behalf_stands_in_every_row() {
    export VERBOND_ON_BEHALF='  team Noord '
    released
    verbond sheet "$round" --data "$tmp/data" >/dev/null
    unset VERBOND_ON_BEHALF
    verbond result "$round" --data "$tmp/data" >/dev/null
    verbond audit --json --data "$tmp/data" | python3 -c 'import json, sys
rows = json.load(sys.stdin)
behalf = {r["action"]: r["on_behalf"] for r in rows}
assert behalf == {"begin": "team Noord", "released": "team Noord", "sheet": "team Noord",
                  "rounds": "team Noord", "result": None, "audit": None}, behalf'
    audit
    says "$tmp/out" "on behalf of team Noord"
}
a_behalf_that_is_no_line_is_refused_before_anything() {
    local value
    for value in $'two\nlines' $'\e[31mred' '   ' "$(printf 'x%.0s' $(seq 65))"; do
        VERBOND_ON_BEHALF=$value expect_exit 3 verbond rounds --data "$tmp/data"
        says "$tmp/err" "VERBOND_ON_BEHALF"
        lacks "$tmp/err" '[\x00-\x09\x0b-\x1f]'
    done
    VERBOND_ON_BEHALF='' expect_exit 0 verbond rounds --data "$tmp/data"
}
a_list_is_for_reading_and_as_json() {
    released
    audit
    grep -E "^[0-9-]{10}T[0-9:]{8}Z  sheet  $round  by $(id -un)$" "$tmp/out"
    verbond audit --json --data "$tmp/data" | python3 -c 'import json, sys
rows = json.load(sys.stdin)
assert [r["row"] for r in rows] == list(range(1, len(rows) + 1)), rows
assert set(rows[0]) == {"row", "time", "wall_ms", "action", "subject", "by", "on_behalf",
                        "previous", "hash"}, rows[0]
assert rows[1]["previous"] == rows[0]["hash"]'
}
the_chain_can_be_followed_by_whoever_has_the_list() {
    released
    verbond audit --json --data "$tmp/data" | python3 -c 'import hashlib, json, sys
previous = ""
for r in json.load(sys.stdin):
    text = json.dumps([previous, r["wall_ms"], r["action"], r["subject"], r["by"], r["on_behalf"]],
                      separators=(",", ":"), ensure_ascii=False)
    assert r["previous"] == previous, r
    assert r["hash"] == "sha256:" + hashlib.sha256(text.encode()).hexdigest(), r
    previous = r["hash"]'
}
days_limit_what_is_listed() {
    released
    sqlite3 "$tmp/data/verbond.db" \
        "UPDATE audit SET wall_ms = 1795305599999 WHERE row = 1;
         UPDATE audit SET wall_ms = 1795305600000 WHERE row = 2" # both sides of midnight in UTC
    [ "$(actions --until 2026-11-21)" = begin ]
    [ "$(actions --since 2026-11-22 --until 2026-11-22 | head -n 1)" = begin ]
    actions --since 2026-11-22 | grep -c . >"$tmp/n"
    [ "$(actions | grep -c .)" -eq $(($(cat "$tmp/n") + 2)) ] # one earlier row, one later look
    local day
    for day in 2026-02-30 2026-13-01 26-01-01 yesterday 2026-11-2 2026-11-221; do
        expect_exit 2 verbond audit --since "$day" --data "$tmp/data"
        says "$tmp/err" "--since wants a day such as 2026-11-21"
    done
}

# two_cases: Sam and Kim with a professional in g1, released; another case beside it
two_cases() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3, "bond.talk": 2, "well": "MARKER-SAM"},
 "relative:Kim": {"bond.attention": 1, "bond.talk": 1},
 "professional": {"bond.talk": {"relative:Sam": 1, "relative:Kim": 3}}, "@release": true}
JSON
    verbond run "$family" --data "$tmp/data" --case g1 --answers "$tmp/f.json" >/dev/null 2>&1
    verbond run menger-monitor --data "$tmp/data" --case k2 \
        --answers instruments/menger-monitor/example.json >/dev/null 2>&1
    sam=$(field '[p["person"] for p in r[0]["persons"] if p["label"] == "Sam"][0]')
    kim=$(field '[p["person"] for p in r[0]["persons"] if p["label"] == "Kim"][0]')
    own=$(sqlite3 "$tmp/data/verbond.db" "SELECT session.id FROM session JOIN person
        ON person.row = session.person WHERE person.id = '$sam'")
    others=$(sqlite3 "$tmp/data/verbond.db" "SELECT session.id FROM session JOIN person
        ON person.row = session.person WHERE person.id = '$kim'")
    round=$(field 'r[0]["round"]')
    other=$(field 'r[1]["round"]')
}
a_person_is_given_what_is_about_that_person() {
    two_cases
    verbond replay "$own" --data "$tmp/data" >/dev/null
    verbond replay "$others" --data "$tmp/data" >/dev/null
    verbond sheet "$round" --data "$tmp/data" >/dev/null
    verbond sheet "$other" --data "$tmp/data" >/dev/null
    verbond export --person "$kim" --data "$tmp/data" >/dev/null
    verbond audit --person "$sam" --json --data "$tmp/data" >"$tmp/sam.json"
    python3 - "$tmp/sam.json" "$own" "$round" "$sam" <<'PY'
import json, sys
rows, (own, round, sam) = json.load(open(sys.argv[1])), sys.argv[2:]
assert {r["subject"] for r in rows} == {own, round, sam, "*"}, rows
by_subject = {s: [r["action"] for r in rows if r["subject"] == s] for s in (own, round, sam)}
assert by_subject[own] == ["begin", "replay"], by_subject
assert by_subject[round].count("sheet") == 2, by_subject
assert by_subject[sam] == ["audit"], by_subject
assert [r["action"] for r in rows if r["subject"] == "*"] == ["rounds"] * 4, rows
PY
}
a_copy_of_everything_is_about_everybody() {
    two_cases
    verbond backup "$tmp/copy" --data "$tmp/data" >/dev/null
    verbond backup --keys "$tmp/keys" --data "$tmp/data" >/dev/null
    actions --person "$sam" | grep -x "backup"
    actions --person "$kim" | grep -x "backup --keys"
    audit --person "$sam" --lang nl
    says "$tmp/out" "maakte een reservekopie: alles wat hier bewaard is"
}
somebody_who_is_only_spoken_of_sees_who_looked() {
    cat >"$tmp/f.json" <<'JSON'
{"relative:Sam": {"bond.talk": 2}, "relative:Kim": {"bond.talk": 1}, "relative:Robin": null,
 "professional": {"bond.talk": {"relative:Robin": 3}}}
JSON
    verbond run "$family" --data "$tmp/data" --case g1 --answers "$tmp/f.json" >/dev/null 2>&1
    local robin
    robin=$(field '[p["person"] for p in r[0]["persons"] if p["label"] == "Robin"][0]')
    verbond release "$(field 'r[0]["round"]')" --data "$tmp/data" >/dev/null 2>&1
    actions --person "$robin" >"$tmp/rows"
    grep -x sheet "$tmp/rows"
}
the_page_speaks_plainly_in_both_languages() {
    two_cases
    verbond replay "$own" --values --data "$tmp/data" >/dev/null
    audit --person "$sam" --lang nl
    says "$tmp/out" "WIE KEEK NAAR JE GEGEVENS OF VERANDERDE ZE"
    says "$tmp/out" "bekeek de stappen, met antwoorden: jouw vragen in family t0 ($round)"
    says "$tmp/out" "begon met de vragen: jouw vragen in family t0 ($round)"
    says "$tmp/out" "bekeek of drukte het gespreksblad af: de ronde family t0 ($round)"
    says "$tmp/out" "bekeek een lijst van rondes: alles wat hier bewaard is"
    says "$tmp/out" "bekeek deze lijst: alles over jou"
    grep -E "^[0-9-]{10} [0-9]{2}:[0-9]{2}  $(id -un)$" "$tmp/out"
    audit --person "$sam" --lang en
    says "$tmp/out" "WHO LOOKED AT YOUR DATA OR CHANGED IT"
    says "$tmp/out" "looked at the steps, with answers: your questions in family t0 ($round)"
    audit --person "${sam:0:6}" # a prefix, and the person's own language
    says "$tmp/out" "WIE KEEK"
    audit --person "$sam" --until 2020-01-01
    says "$tmp/out" "In deze tijd deed niemand iets met je gegevens."
    expect_exit 2 verbond audit --person "$sam" --lang de --data "$tmp/data"
    expect_exit 2 verbond audit --lang nl --data "$tmp/data"
}
no_answer_and_nobody_elses_name_stands_in_it() {
    two_cases
    verbond replay "$own" --values --data "$tmp/data" >/dev/null
    local way
    for way in "" --json "--person $sam" "--person $sam --json"; do
        audit $way
        says_not "$tmp/out" MARKER
        says_not "$tmp/out" Kim
        says_not "$tmp/out" Sam
        case $way in --person*) says_not "$tmp/out" "$kim"; says_not "$tmp/out" "$other" ;; esac
    done
}
a_whole_audit_says_so_and_gives_its_head() {
    released
    audit --check
    says "$tmp/out" "the audit is whole: 5 rows, head 5:sha256:"
    local head
    head=$(sed 's/.*head //' "$tmp/out")
    audit --check --json
    python3 -c 'import json, sys
said = json.load(open(sys.argv[1]))
assert said == {"whole": True, "rows": 5, "head": sys.argv[2]}, said' "$tmp/out" "$head"
    audit # a row more: the head of then still stands in it
    audit --check --head "$head"
    says "$tmp/out" "6 rows"
}
what_was_done_to_it_ends_with_4_and_the_row() {
    released
    cp -r "$tmp/data" "$tmp/kept"
    local sql says
    while IFS='|' read -r sql says; do
        rm -rf "$tmp/data"
        cp -r "$tmp/kept" "$tmp/data"
        sqlite3 "$tmp/data/verbond.db" "$sql"
        expect_exit 4 verbond audit --check --data "$tmp/data"
        says "$tmp/err" "$says"
        [ ! -s "$tmp/out" ]
    done <<'ATTACKS'
UPDATE audit SET "by" = 'nobody' WHERE row = 3|row 3 of the audit was changed
DELETE FROM audit WHERE row = 2|row 2 of the audit does not follow
DELETE FROM audit WHERE row = 1|row 1 of the audit does not follow
DELETE FROM audit WHERE row = 5|row 5 of the audit is gone
DELETE FROM audit|row 1 of the audit is gone
DELETE FROM audit; DELETE FROM audit_head|the head of the audit was changed or removed
UPDATE audit_head SET rows = 4, hash = (SELECT previous FROM audit WHERE row = 5); DELETE FROM audit WHERE row = 5|the head of the audit was changed
ATTACKS
}
an_older_copy_is_told_by_a_head_that_was_noted() {
    released
    cp -r "$tmp/data" "$tmp/kept"
    verbond sheet "$round" --data "$tmp/data" >/dev/null
    audit --check
    local head
    head=$(sed 's/.*head //' "$tmp/out")
    rm -rf "$tmp/data"
    cp -r "$tmp/kept" "$tmp/data"
    audit --check # in itself it is whole
    expect_exit 4 verbond audit --check --head "$head" --data "$tmp/data"
    says "$tmp/err" "row 6 of the audit is gone"
    verbond result "$round" --data "$tmp/data" >/dev/null # as many rows again
    expect_exit 4 verbond audit --check --head "$head" --data "$tmp/data"
    says "$tmp/err" "row 6 of the audit is another one"
    expect_exit 2 verbond audit --check --head nonsense --data "$tmp/data"
}
without_a_store_there_is_nothing_and_nothing_is_made() {
    expect_exit 0 verbond audit --data "$tmp/data"
    says "$tmp/err" "no audit: $tmp/data has no store"
    expect_exit 0 verbond audit --json --data "$tmp/data"
    [ "$(cat "$tmp/out")" = "[]" ]
    expect_exit 4 verbond audit --check --data "$tmp/data"
    expect_exit 4 verbond audit --person abcdefgh --data "$tmp/data"
    [ ! -e "$tmp/data" ]
}
what_does_not_go_together_is_usage() {
    expect_exit 2 verbond audit --check --person abcd --data "$tmp/data"
    expect_exit 2 verbond audit --head 1:x --data "$tmp/data"
    expect_exit 2 verbond audit extra --data "$tmp/data"
}

run_tests a_round_from_files_has_its_rows each_command_that_shows_something_is_a_row_with_its_subject \
    who_goes_on_at_a_terminal_and_a_release_are_rows nothing_is_shown_when_no_row_can_be_written \
    on_whose_behalf_stands_in_every_row a_behalf_that_is_no_line_is_refused_before_anything \
    a_list_is_for_reading_and_as_json the_chain_can_be_followed_by_whoever_has_the_list \
    days_limit_what_is_listed a_person_is_given_what_is_about_that_person \
    a_copy_of_everything_is_about_everybody \
    somebody_who_is_only_spoken_of_sees_who_looked the_page_speaks_plainly_in_both_languages \
    no_answer_and_nobody_elses_name_stands_in_it a_whole_audit_says_so_and_gives_its_head \
    what_was_done_to_it_ends_with_4_and_the_row an_older_copy_is_told_by_a_head_that_was_noted \
    without_a_store_there_is_nothing_and_nothing_is_made what_does_not_go_together_is_usage
