#!/bin/bash
# sealing.sh: until its owner said yes, and the others did, an answer is in no output of any command, in
# no message and in no byte of the data folder; and what is visible there tells nothing.
. tests/tools/tap.sh

instrument() {
    mkdir -p "$tmp/i/two"
    cat >"$tmp/i/two/instrument.lua" <<'LUA'
local v <const> = require "verbond"
local function t(text) return { nl = text, en = text } end
return v.instrument {
  id = "two", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = t "Two", languages = { "nl", "en" }, status = t "draft",
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "a", en = "a" }, { 2, nl = "b", en = "b" },
    { 3, nl = "c", en = "c" } } },
  v.yesno "stuck" { text = t "Stuck?" },
  v.likert "stuck.how.much" { when = v.is("stuck", true), text = t "How much?" },
  v.likert "well" { when = v.is("stuck", false), text = t "How well?" },
  v.text "say" { max = 500, text = t "Say it." },
  v.draw "pic" { keep = "give", text = t "Draw it." },
}
LUA
    png "$tmp/one.png" MARKER-OF-A-PICTURE
    echo '{"professional": {"stuck": true, "stuck.how.much": 2, "say": "Worker.",
        "pic": {"paper": true}}}' >"$tmp/worker.json"
    sed 's/{"stuck"/{"@share": false, "stuck"/' "$tmp/worker.json" >"$tmp/no.json"
}
# client_until CODE STEPS: the client types everything, then the steps that end it
client_until() {
    instrument
    types "$1" run "$tmp/i/two" --case k1 --as client:MARKER-OF-A-NAME --lang en <<STEPS
= begin => 
Question 1 => y
Question 2 => 3
Question 3 => MARKER-OF-WORDS
> => 
Question 4 => 1
path to the file. => $tmp/one.png
$2
STEPS
    field() {
        verbond rounds --json --data "$tmp/data" |
            python3 -c "import json, sys; print(json.load(sys.stdin)[0]$1)"
    }
    round=$(field '["round"]') client=$(field '["persons"][0]["person"]')
    session=$(sqlite3 "$tmp/data/verbond.db" "select id from session")
}
done_and_not_shared() { client_until 130 'Enter = ready => ^C'; }
shared_by_one_side() {
    client_until 0 'Enter = ready => 
1  yes => 1
fills in nothing? => 2
Press Enter => '
}

# hidden MARKER PATH... [-- MARKER PATH...]...: no file has it, as it is or in another writing. Of a path that
# stands for a command, PATH.line says which.
hidden() {
    python3 - "$@" <<'PY'
import base64, os, sys
def forms(marker):
    all = {marker, marker.hex().encode(), marker.hex().upper().encode(), marker.decode().encode("utf-16-le")}
    for shift in range(3):  # as it stands in any base64, but for what is beside it
        all.add(base64.b64encode(b"x" * shift + marker)[4 if shift else 0:-4])
    return all
def holds(top, marker, hunted):
    files = [top] if os.path.isfile(top) else [os.path.join(d, f) for d, _, fs in os.walk(top) for f in fs]
    assert os.path.exists(top), top
    for name in files:
        with open(name, "rb") as file:
            data = file.read()
        if any(form in data for form in hunted):
            line = os.path.splitext(top)[0] + ".line"
            after = ", after: verbond " + open(line).read().strip() if os.path.exists(line) else ""
            print("# %s has %s%s" % (name, marker, after))
            yield name
words, found = sys.argv[1:] + ["--"], []
while words:
    end = words.index("--")
    (marker, *tops), words = words[:end], words[end + 1:]
    assert tops, marker
    hunted = forms(marker.encode())
    for top in tops:
        found += holds(top, marker, hunted)
sys.exit(bool(found))
PY
}
# What to give to a command so that it says most, a line each time.
arguments() {
    case $1 in
    run) echo "run $tmp/i/two --case k1 --answers $tmp/no.json"
        echo "run $tmp/i/two --case k1 --answers $tmp/one.png"
        echo "run $tmp/i/two --case k1 --answers $tmp/no.json --output jsonl:path=$tmp/now/out.jsonl" ;;
    resume) echo "resume $round --as professional"; echo "resume $round --correct" ;;
    release | close) echo "$1 $round" ;;
    withdraw) echo "withdraw $round --person $client" ;;
    talk) echo "talk $round --from $tmp/talk.json"; echo "talk $round --json" ;;
    rounds) echo "rounds"; echo "rounds --json" ;;
    sheet) echo "sheet $round"; echo "sheet $round --for professional" ;;
    result) echo "result $round"; echo "result $round --purpose research"
        echo "result $round --purpose dossier" ;;
    outbox) echo "outbox list --all"; echo "outbox list --json"; echo "outbox retry" ;;
    check | test | explore | preview) echo "$1 $tmp/i/two" ;;
    paper) echo "paper $tmp/i/two --role client" ;;
    i18n) echo "i18n extract $tmp/i/two --lang fr" ;;
    new) echo "new $tmp/now/fresh" ;;
    explain) echo "explain" ;;
    score) echo "score $tmp/i/two --in $tmp/no.json --out $tmp/now/scores.csv" ;;
    explain-score) echo "explain-score $round any"; echo "explain-score $round any --person $client" ;;
    simulate) echo "simulate $tmp/i/two --n 2"; echo "simulate $tmp/i/two --n 2 --case-prefix k1" ;;
    output) echo "output list"; echo "output list --json"; echo "output check --list"; echo "output new fresh --lang lua --dir $tmp/now" ;;
    output-host) echo "output-host jsonl" ;;
    replay) echo "replay $session"; echo "replay $session --values" ;;
    erase) echo "erase --person $client --yes"; echo "erase --round $round --yes" ;;
    export) echo "export --person $worker --format json"; echo "export --person $worker --format html" ;;
    backup) echo "backup $tmp/copy-of-data"; echo "backup --keys $tmp/copy-of-keys" ;;
    restore) echo "restore --verify $tmp/copy-of-data" ;;
    config) echo "config"; echo "config set retention.two 1 --yes" ;;
    audit) echo "audit"; echo "audit --json"; echo "audit --person $client --lang en"; echo "audit --check" ;;
    doctor) echo "doctor" ;;
    serve) echo "serve --listen nowhere" ;; # what it shows is tried over HTTP
    staff) echo "staff list"; echo "staff list --json"; echo "staff add els --role worker"
        echo "staff totp anna"; echo "staff password anna"; echo "staff assign anna k1" ;;
    invite) echo "invite $round --as professional"; echo "invite $round --as client:MARKER-OF-A-NAME"
        echo "invite $round --as professional --json" ;;
    *) return 1 ;;
    esac
}
# Each command on a copy of the folder as it is now, so that none of them stands in another's way; all
# that they said and left is looked through at the end.
every_command_is_silent() {
    local command line n=0
    echo '{"topic": "Something."}' >"$tmp/talk.json"
    mkdir "$tmp/said"
    for command in $(verbond --help | sed -n 's/^  \([a-z][a-z0-9-]*\) .*/\1/p'); do
        arguments "$command" >"$tmp/lines" || { echo "# what to give to verbond $command?"; return 1; }
        while read -r line; do
            n=$((n + 1))
            cp -a "$tmp/data" "$tmp/now"
            echo "$line" >"$tmp/said/$n.line"
            # shellcheck disable=SC2086
            verbond $line --data "$tmp/now" >"$tmp/said/$n.out" 2>"$tmp/said/$n.err" </dev/null || true
            mv "$tmp/now" "$tmp/said/$n.now"
        done <"$tmp/lines"
    done
    [ "$n" -gt 40 ]
    hidden MARKER-OF-WORDS "$tmp"/said/*.{out,err,now} "$tmp/copy-of-data" "$tmp/copy-of-keys" \
        -- MARKER-OF-A-PICTURE "$tmp"/said/*.{out,err,now} -- "$digest" "$tmp"/said/*.{out,err,now} \
        -- MARKER-OF-A-NAME "$tmp"/said/*.{err,now} "$tmp/copy-of-data" "$tmp/copy-of-keys"
}
nothing_of_it_is_anywhere() {
    digest=$(sha256sum <"$tmp/one.png" | cut -c1-64)
    worker=$(sqlite3 "$tmp/data/verbond.db" "select id from person where role = 'professional'")
    worker=${worker:-nobody0}
    hidden MARKER-OF-WORDS "$tmp/data" "$home" -- MARKER-OF-A-NAME "$tmp/data" "$home" \
        -- MARKER-OF-A-PICTURE "$tmp/data" "$home" -- "$digest" "$tmp/data" "$home"
    every_command_is_silent
}
# Its owner can have it at any time, and staff knows who is there: the marker is kept, under keys.
it_is_there_for_its_owner() {
    verbond export --person "$client" --format json --data "$tmp/data" >"$tmp/own"
    says "$tmp/own" MARKER-OF-WORDS
    verbond rounds --data "$tmp/data" >"$tmp/list"
    says "$tmp/list" MARKER-OF-A-NAME
}

what_is_done_and_not_shared_is_nowhere() {
    done_and_not_shared
    nothing_of_it_is_anywhere
    it_is_there_for_its_owner
}
what_one_side_shared_is_nowhere() {
    shared_by_one_side
    nothing_of_it_is_anywhere
    it_is_there_for_its_owner
}
what_one_side_shared_is_nowhere_while_the_other_is_busy() {
    shared_by_one_side
    types 130 resume "$round" --as professional --lang en <<'STEPS'
= begin => 
Question 1 => ^C
STEPS
    hidden MARKER-OF-WORDS "$tmp/screen" -- MARKER-OF-A-PICTURE "$tmp/screen"
    nothing_of_it_is_anywhere
}
when_both_shared_it_is_in_the_result_and_still_in_no_byte_of_the_folder() {
    shared_by_one_side
    expect_exit 0 verbond run "$tmp/i/two" --case k1 --answers "$tmp/worker.json" --data "$tmp/data"
    says "$tmp/out" MARKER-OF-WORDS
    says "$tmp/out" MARKER-OF-A-NAME
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    says "$tmp/out" MARKER-OF-WORDS
    says "$tmp/out" "$(sha256sum <"$tmp/one.png" | cut -c1-64)"
    hidden MARKER-OF-WORDS "$tmp/data" "$home" -- MARKER-OF-A-NAME "$tmp/data" "$home" \
        -- MARKER-OF-A-PICTURE "$tmp/data" "$home"
    ! hidden MARKER-OF-WORDS "$tmp/out" >"$tmp/found" # and this test does find it
}

# -- what is visible --------------------------------------------------------------------------------

# visible CASE: of the case's client, all that the folder shows of an event: place, and lengths
visible() {
    sqlite3 "$tmp/data/verbond.db" "select e.seq, length(e.body), length(e.answer_id), length(s.id)
        from event e join session s on s.row = e.session join person p on p.row = s.person
        join round r on r.row = s.round join \"case\" c on c.row = r.\"case\"
        where c.id = '$1' and p.role = 'client' order by e.seq"
}
walks() { # walks CODE CASE STEPS: the client types them
    types "$1" run "$tmp/i/two" --case "$2" --as client --lang en <<STEPS
= begin => 
$3
STEPS
}
another_answer_and_another_branch_look_the_same() {
    instrument
    walks 130 k1 'Question 1 => y
Question 2 => 3
Question 3 => A secret.
> => 
Question 4 => 3
Enter = ready => ^C'
    walks 130 k2 'Question 1 => n
Question 2 => 1
Question 3 => B.
> => 
Question 4 => 3
Enter = ready => ^C'
    visible k1 >"$tmp/k1"
    visible k2 >"$tmp/k2"
    [ "$(wc -l <"$tmp/k1")" = 5 ]
    diff "$tmp/k1" "$tmp/k2"
}
# sizes CASE: of everything behind the first event, each size once
sizes() { visible "$1" | tail -n +2 | cut -d'|' -f2-3 | sort -u; }
skipping_going_back_holding_stopping_and_a_yes_look_like_an_answer() {
    instrument
    walks 0 k1 'Question 1 => y
Question 2 => 3
Question 3 => 
Question 4 => 3
Enter = ready => 1
> => n
Question 2 => 3
Enter = ready => hold 1
Enter = ready => 
1  yes => 1
fills in nothing? => 1
Press Enter => '
    walks 0 k2 'Question 1 => 4
Question 2 => b
Question 1 => n
Question 2 => 
Question 3 => 
Question 4 => 
Enter = ready => q
Enter = no => y
Press Enter => '
    [ "$(sizes k1 | wc -l)" = 1 ] || { visible k1 | sed 's/^/# /'; return 1; }
    [ "$(sizes k1)" = "$(sizes k2)" ] || { visible k2 | sed 's/^/# /'; return 1; }
    # an ordinary answer with its nonce and tag, and what a row takes beside it
    [ "$(sizes k1 | cut -d'|' -f1)" -le 104 ]
}

run_tests what_is_done_and_not_shared_is_nowhere what_one_side_shared_is_nowhere \
    what_one_side_shared_is_nowhere_while_the_other_is_busy \
    when_both_shared_it_is_in_the_result_and_still_in_no_byte_of_the_folder \
    another_answer_and_another_branch_look_the_same \
    skipping_going_back_holding_stopping_and_a_yes_look_like_an_answer
