#!/bin/bash
# staff.sh: accounts of the web runner and invitations to a round, from the command line.
. tests/tools/tap.sh

add() { # add NAME ROLES: with a password of a file
    echo 'correct horse battery' >"$tmp/password"
    on 0 staff add "$1" --role "$2" --password-file "$tmp/password"
}
of() { # of NAME EXPRESSION: of the account in the list
    verbond staff list --json --data "$tmp/data" | python3 -c "
import json, sys
a = next(a for a in json.load(sys.stdin) if a['name'] == '$1')
print($2)"
}
dyad() { # a released round of case k1, and its id
    on 0 run menger-monitor --case k1 --answers instruments/menger-monitor/example.json
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
}
sql() { sqlite3 "$tmp/data/verbond.db" "$1"; }

an_account_is_made_and_listed_without_its_password() {
    add els worker,convenor
    add anna admin
    on 0 staff list
    says "$tmp/out" "els              worker,convenor"
    says "$tmp/out" "never signed in"
    says_not "$tmp/out" argon2
    [ "$(of els 'a["roles"]')" = "['worker', 'convenor']" ]
    [ "$(of anna 'a["disabled"], a["totp"], a["seen"]')" = "False False None" ]
}
a_password_that_nobody_gave_is_made_and_printed_once() {
    on 0 staff add els --role worker
    [ "$(wc -c <"$tmp/out")" -eq 24 ]
    lacks "$tmp/out" '[^a-z0-9\n-]'
    says "$tmp/err" "shown this once"
    cp "$tmp/out" "$tmp/first"
    on 0 staff password els
    ! cmp -s "$tmp/first" "$tmp/out"
}
a_password_is_asked_for_twice_without_echo() {
    types 0 staff add els --role worker <<'STEPS'
password => correct horse battery
once more => correct horse battery
STEPS
    lacks "$tmp/screen" 'correct horse'
    [ "$(of els 'a["name"]')" = els ]
}
two_that_differ_change_nothing() {
    types 4 staff add els --role worker <<'STEPS'
password => correct horse battery
once more => correct horse batterie
STEPS
    says "$tmp/screen" "not the same"
    on 0 staff list
    says "$tmp/err" "no accounts"
}
a_short_password_is_refused_and_leaves_no_account() {
    echo 'too short' >"$tmp/password"
    on 4 staff add els --role worker --password-file "$tmp/password"
    says "$tmp/err" "at least 10 characters"
    printf 'long enough\0or not' >"$tmp/password"
    on 4 staff add els --role worker --password-file "$tmp/password"
    on 4 staff add els --role worker --password-file "$tmp/none"
    on 0 staff list --json
    says "$tmp/out" "[]"
}
a_name_and_a_role_must_be_right() {
    echo 'correct horse battery' >"$tmp/password"
    on 4 staff add Els --role worker --password-file "$tmp/password"
    says "$tmp/err" "small letters"
    on 4 staff add els --role werker --password-file "$tmp/password"
    says "$tmp/err" "do you mean worker"
    add els worker
    on 5 staff add els --role admin --password-file "$tmp/password"
    says "$tmp/err" "already"
    on 4 staff role elz admin
    says "$tmp/err" "do you mean els"
}
words_that_do_not_fit_are_refused_before_anything_is_made() {
    on 2 staff
    on 2 staff addd els
    says "$tmp/err" "do you mean add"
    on 2 staff add els
    says "$tmp/err" "what may they do"
    on 2 staff role els
    on 2 staff totp els --end
    on 2 staff list els
    [ ! -e "$tmp/data" ]
    on 4 staff list
    [ ! -e "$tmp/data" ]
}
roles_change_and_an_account_closes_and_opens() {
    add els worker
    on 0 staff role els privacy,admin
    [ "$(of els 'a["roles"]')" = "['privacy', 'admin']" ]
    on 0 staff disable els
    [ "$(of els 'a["disabled"]')" = True ]
    on 5 staff disable els
    on 0 staff enable els
    [ "$(of els 'a["disabled"]')" = False ]
    on 5 staff enable els
}
a_second_factor_is_a_uri_for_an_app() {
    add els worker
    on 5 staff totp els --off
    on 0 staff totp els
    grep -qE '^otpauth://totp/verbond:els\?secret=[A-Z2-7]{32}&issuer=verbond$' "$tmp/out"
    [ "$(of els 'a["totp"]')" = True ]
    on 0 staff totp els --off
    [ "$(of els 'a["totp"]')" = False ]
}
a_case_is_given_and_taken() {
    dyad
    add els worker
    on 0 staff assign els k1
    [ "$(of els 'a["cases"]')" = "['k1']" ]
    on 5 staff assign els k1
    on 4 staff assign els k9
    on 0 staff assign els k1 --end
    [ "$(of els 'a["cases"]')" = "[]" ]
    on 5 staff assign els k1 --end
    on 0 staff assign els k1
    [ "$(of els 'a["cases"]')" = "['k1']" ]
}
every_one_of_them_is_a_row_of_the_audit() {
    dyad
    add els worker
    on 0 staff password els
    on 0 staff role els admin
    on 0 staff disable els
    on 0 staff enable els
    on 0 staff totp els
    on 0 staff totp els --off
    on 0 staff assign els k1
    on 0 staff assign els k1 --end
    on 0 staff list
    on 0 invite "$round" --as client
    on 0 audit --json
    python3 - "$tmp/out" "$round" <<'PY'
import json, sys
rows = [(r["action"], r["subject"]) for r in json.load(open(sys.argv[1]))]
want = [("staff " + a, "els") for a in
        ("add", "password", "role", "disable", "enable", "totp", "totp --off")]
want += [("staff assign", "k1"), ("staff assign --end", "k1"), ("staff list", "staff"),
         ("invite", sys.argv[2])]
assert [r for r in rows if r in want] == want, rows
PY
    on 0 audit --check
}
no_secret_lies_in_the_folder() {
    add els worker
    on 0 staff totp els
    local secret
    secret=$(sed 's/.*secret=\([A-Z2-7]*\).*/\1/' "$tmp/out")
    [ ${#secret} -eq 32 ]
    for word in "$secret" argon2id 'correct horse'; do
        ! grep -rqaF "$word" "$tmp/data"
    done
}

an_invitation_is_a_link_and_a_code() {
    dyad
    on 0 invite "$round" --as client --origin https://praat.example
    grep -qE '^https://praat.example/i#[A-Za-z0-9_-]{43}$' "$tmp/out"
    grep -qE '^[2-9A-HJ-NP-Y]{4}-[2-9A-HJ-NP-Y]{4}$' "$tmp/out"
    says "$tmp/err" "shown this once"
    [ "$(sql 'SELECT count(*) FROM token')" -eq 2 ]
    local token
    token=$(head -n 1 "$tmp/out" | sed 's/.*#//')
    ! grep -rqaF "$token" "$tmp/data"
    [ "$(sql "SELECT count(*) FROM token WHERE hash = '$(printf %s "$token" | sha256sum | cut -c1-64)'")" -eq 1 ]
}
an_invitation_says_how_long_it_opens_something() {
    dyad
    on 0 invite "$round" --as client:Sam --lang nl --hours 2 --json
    python3 - "$tmp/out" "$round" <<'PY'
import datetime, json, sys
made = json.load(open(sys.argv[1]))
until = datetime.datetime.fromisoformat(made["until"].replace("Z", "+00:00"))
left = (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
assert 7000 < left <= 7200, left
assert made["round"] == sys.argv[2] and len(made["id"]) == 12 and len(made["code"]) == 9
assert made["link"].startswith("http://127.0.0.1:8480/i#")
PY
    ! grep -rqaF Sam "$tmp/data/verbond.db"
}
an_invitation_that_cannot_be_is_refused() {
    dyad
    on 2 invite "$round"
    on 2 invite "$round" --as client --hours 0
    on 2 invite "$round" --as client --hours 2000
    on 2 invite "$round" --as client --origin 'javascript:alert(1)'
    on 2 invite "$round" --as client --origin 'https://praat.example/more'
    on 4 invite "$round" --as nobody
    on 4 invite "$round" --as client --lang xx
    on 4 invite zzzzzzzz --as client
    [ "$(sql 'SELECT count(*) FROM token')" -eq 0 ]
}
a_round_that_is_closed_or_erased_takes_its_invitations_with_it() {
    echo '{"client": {"going.well": "x"}}' >"$tmp/c.json"
    on 0 run menger-monitor --case k2 --answers "$tmp/c.json"
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    on 0 invite "$round" --as professional:Kim
    on 0 close "$round" --without-sheet
    [ "$(sql "SELECT group_concat(over || body) FROM token")" = 1,1 ]
    on 5 invite "$round" --as professional
    dyad
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print([r["round"] for r in json.load(sys.stdin) if r["case"] == "k1"][0])')
    on 0 invite "$round" --as professional
    [ "$(sql "SELECT sum(over) FROM token")" -eq 2 ]
    on 0 erase --round "$round" --yes
    [ "$(sql "SELECT sum(over) FROM token")" -eq 4 ]
    [ "$(sql "SELECT sum(length(body)) FROM token")" -eq 0 ]
}
a_person_who_is_erased_is_no_longer_invited() {
    dyad
    on 0 invite "$round" --as client
    on 0 invite "$round" --as professional
    local client
    client=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(next(p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == "client"))')
    [ "$(sql "SELECT count(*) FROM token WHERE person IS NULL")" -eq 0 ]
    on 0 erase --person "$client" --yes
    [ "$(sql "SELECT group_concat(over) FROM token")" = 1,1,0,0 ]
}
a_copy_that_is_put_back_keeps_accounts_and_lets_nobody_in() {
    dyad
    add els worker
    on 0 staff assign els k1
    on 0 invite "$round" --as client
    on 0 backup "$tmp/copy"
    on 0 backup --keys "$tmp/keys"
    rm -rf "$tmp/data"
    on 0 restore "$tmp/copy" --keys "$(echo "$tmp"/keys/keys-*.db)"
    [ "$(of els 'a["cases"]')" = "['k1']" ]
    [ "$(sql "SELECT group_concat(over || body) FROM token")" = 1,1 ]
}
the_programs_own_settings_are_not_listed() {
    dyad
    on 0 invite "$round" --as client
    on 0 config
    says_not "$tmp/out" serve.codes
}

run_tests an_account_is_made_and_listed_without_its_password \
    a_password_that_nobody_gave_is_made_and_printed_once a_password_is_asked_for_twice_without_echo \
    two_that_differ_change_nothing a_short_password_is_refused_and_leaves_no_account \
    a_name_and_a_role_must_be_right words_that_do_not_fit_are_refused_before_anything_is_made \
    roles_change_and_an_account_closes_and_opens a_second_factor_is_a_uri_for_an_app \
    a_case_is_given_and_taken every_one_of_them_is_a_row_of_the_audit no_secret_lies_in_the_folder \
    an_invitation_is_a_link_and_a_code an_invitation_says_how_long_it_opens_something \
    an_invitation_that_cannot_be_is_refused \
    a_round_that_is_closed_or_erased_takes_its_invitations_with_it \
    a_person_who_is_erased_is_no_longer_invited \
    a_copy_that_is_put_back_keeps_accounts_and_lets_nobody_in \
    the_programs_own_settings_are_not_listed
