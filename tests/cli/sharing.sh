#!/bin/bash
# sharing.sh: one side, late, taken back, corrected; and that staff see "ready" and no more.
. tests/tools/tap.sh

# two: a client and a worker who both must answer
two() {
    mkdir -p "$tmp/instruments/two"
    cat >"$tmp/instruments/two/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "two", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Samen" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "beetje" }, { 3, nl = "ja" } } },
  v.likert "good" { text = { nl = "Het gaat goed." } },
  v.text "well" { relation = "own", text = { nl = "Wat gaat goed?" } },
}
LUA
    two=$tmp/instruments/two
    file client '"good": 3, "well": "het praten"' >"$tmp/c.json"
    file client '"good": 3, "well": "het praten", "@one_sided": true' >"$tmp/alone.json"
    file client '"good": 3, "well": "het praten", "@share": false' >"$tmp/stop.json"
    file professional '"good": 1, "well": "de koffie"' >"$tmp/p.json"
    file professional '"@share": false' >"$tmp/pstop.json"
}
file() { printf '{"%s": {%s}}' "$1" "$2"; }
# runs CODE ARGUMENTS...: verbond run, on this test's data
runs() { local want=$1; shift; expect_exit "$want" verbond run "$two" --data "$tmp/data" --lang nl "$@"; }
list() { verbond rounds --json --data "$tmp/data"; }
round() { list | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'; }
state() { list | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["state"])'; }
# person ROLE: the id
person() {
    list | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == sys.argv[1]])' "$1"
}
revision() {
    on 0 result "$(round)"
    python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(r["revision"], r["reason"])' \
        "$tmp/out"
}

# -- one side --------------------------------------------------------------------------------------

closing_shows_one_side_and_says_what_the_other_may_do() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json"
    says "$tmp/err" "nog niet klaar: de werker"
    says "$tmp/err" "verbond resume $(round)"
    says "$tmp/err" "verbond close $(round)"
    on 0 close "$(round)"
    says "$tmp/out" "het praten"
    says "$tmp/out" "de werker: niet ingevuld"
    says "$tmp/err" "verbond resume $(round)"
    [ "$(state)" = released ]
    [ "$(revision)" = "1 released" ]
    on 5 close "$(round)"
    runs 4 --case k1 --answers "$tmp/c.json"
    says "$tmp/err" "is ready already"
    # the other side may come from a file too
    runs 0 --case k1 --answers "$tmp/p.json"
    says "$tmp/out" "de koffie"
    [ "$(revision)" = "2 late" ]
    runs 5 --case k1 --answers "$tmp/p.json"
}
one_side_may_be_opened_at_the_terminal() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json"
    printf '%s\n' "Enter = beginnen => s" "Wil je stoppen? => j" "Je bent gestopt. => " \
        "zei dat het ook alleen mag? => 2" | types 0 resume "$(round)" --lang nl
    says "$tmp/screen" "verbond close $(round)"
    [ "$(state)" = open ]
    on 0 close "$(round)"
    sed -i 's/respondents =/retain = "memory", respondents =/; s/1.0.0/1.0.1/' "$two/instrument.lua"
    {
        printf '%s\n' "Enter = beginnen => " "Het gaat goed. => 3" "Wat gaat goed? => het praten" \
            "> => " "Enter = klaar => " "terug naar mijn antwoorden => 1" "niets invult? => 1" \
            "Dank je wel. => " "Typ 1. => 1" "Enter = beginnen => s" "Wil je stoppen? => j" \
            "Je bent gestopt. => " "zei dat het ook alleen mag? => 1"
    } | types 0 run "$two" --case k2 --lang nl
    says "$tmp/screen" "de werker: niet ingevuld"
}
the_other_comes_late_and_makes_a_revision() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json"
    on 0 close "$(round)"
    verbond result "$(round)" --data "$tmp/data" >"$tmp/first"
    types 130 resume "$(round)" --lang nl <<'STEPS'
Vult de werker ook in? => 1
Enter = beginnen => 
Het gaat goed. => 1
Wat gaat goed? => ^C
STEPS
    on 0 result "$(round)"
    cmp "$tmp/first" "$tmp/out"
    printf '%s\n' "Vult de werker ook in? => 1" "Ben je de werker? => 1" "Welkom terug => " \
        "Wat gaat goed? => de koffie" "> => " "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "niets invult? => 2" "Dank je wel. => " |
        types 0 resume "$(round)" --lang nl
    says "$tmp/screen" "de koffie"
    says "$tmp/screen" "het praten"
    [ "$(revision)" = "2 late" ]
    on 0 result "$(round)" --revision 1
    cmp "$tmp/first" "$tmp/out"
    types 5 resume "$(round)" </dev/null
}
who_stopped_leaves_a_round_that_can_be_closed() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json" --answers "$tmp/pstop.json"
    says "$tmp/err" "Iedereen is klaar. Er is geen blad."
    says "$tmp/err" "verbond close $(round)"
    on 0 rounds
    says "$tmp/out" "to be closed with: $build/verbond close $(round)"
    on 0 close "$(round)"
    says "$tmp/out" "het praten"
}
# said WAY: what close says of a round in which the client did that
said() {
    runs 0 --case "$1" --answers "$tmp/$1.json"
    local id
    id=$(list | python3 -c 'import json, sys
print(*[r["round"] for r in json.load(sys.stdin) if r["case"] == sys.argv[1]])' "$1")
    on 5 close "$id"
    sed "s/$id/ID/" "$tmp/err" >"$tmp/$1.said"
    [ ! -s "$tmp/out" ]
}
without_that_yes_closing_says_one_thing() {
    two
    said c
    said stop
    cmp "$tmp/c.said" "$tmp/stop.said"
}

# -- taken back ------------------------------------------------------------------------------------

taking_back_leaves_nothing_in_any_sheet_or_result() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json" --answers "$tmp/p.json"
    says "$tmp/out" "het praten"
    on 0 withdraw "$(round)" --as client
    says "$tmp/err" "niets meer om te laten zien"
    says_not "$tmp/err" "--correct"
    says "$tmp/err" "Teruggenomen."
    [ "$(revision)" = "2 withdrawn" ]
    for command in "sheet" "result" "result --revision 1" "replay"; do
        verbond $command "$(round)" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || true
        says_not "$tmp/out" "het praten"
        says_not "$tmp/out" "de koffie" # it was to be seen beside the other only
        says_not "$tmp/out" "withdraw "
    done
    on 5 sheet "$(round)"
    says "$tmp/err" "nothing to show"
    on 5 withdraw "$(round)" --person "$(person client)"
}
the_other_side_stays_when_it_said_so() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json" --answers "$tmp/p.json"
    on 0 withdraw "$(round)" --person "$(person professional | cut -c1-6)"
    on 0 sheet "$(round)"
    says "$tmp/out" "het praten"
    says_not "$tmp/out" "de koffie"
}
who_is_meant_is_said() {
    two
    runs 0 --case k1 --answers "$tmp/c.json"
    expect_exit 2 verbond withdraw "$(round)" --data "$tmp/data"
    expect_exit 2 verbond withdraw "$(round)" --data "$tmp/data" --as client --person abcd
    on 4 withdraw "$(round)" --as professional
    on 4 withdraw "$(round)" --as colleague
    on 4 withdraw "$(round)" --person zzzz
    on 4 withdraw zzzz --as client
    [ "$(state)" = open ]
}

# -- corrected -------------------------------------------------------------------------------------

released() { runs 0 --case k1 --answers "$tmp/c.json" --answers "$tmp/p.json"; }
# correct_file TEXT: the client's file, with @correct
correct_file() { file client "\"@correct\": true, $1" >"$tmp/fix.json"; }
a_file_corrects_and_older_revisions_stay() {
    two
    released
    verbond result "$(round)" --data "$tmp/data" >"$tmp/first"
    correct_file '"well": "het lopen"'
    runs 0 --case k1 --answers "$tmp/fix.json"
    says "$tmp/out" "het lopen"
    says_not "$tmp/out" "het praten"
    says "$tmp/out" "de koffie"
    [ "$(revision)" = "2 corrected" ]
    says "$tmp/out" '"good":{"value":3}' # what the file does not name stays
    on 0 result "$(round)" --revision 1
    cmp "$tmp/first" "$tmp/out"
    # what is corrected for good is what replay shows
    on 0 replay "$(round)" --values
    says_not "$tmp/out" "het praten"
    says "$tmp/out" "het lopen"
}
what_a_file_does_not_say_yes_to_again_stays() {
    two
    file client '"good": 3, "@one_sided": true, "@purposes": ["research"]' >"$tmp/c.json"
    released
    correct_file '"good": 2, "@hold": ["well"]'
    runs 0 --case k1 --answers "$tmp/fix.json"
    on 0 withdraw "$(round)" --as professional
    on 0 sheet "$(round)" # still the yes to being shown alone
    correct_file '"@one_sided": false'
    runs 0 --case k1 --answers "$tmp/fix.json"
    on 5 sheet "$(round)"
}
only_what_is_on_the_table_is_corrected() {
    two
    correct_file '"good": 1'
    runs 4 --case k1 --answers "$tmp/fix.json"
    says "$tmp/err" "fix.json: client: has nothing on the table to correct"
    runs 0 --case k1 --answers "$tmp/c.json"
    runs 5 --case k1 --answers "$tmp/fix.json"
    runs 0 --case k1 --answers "$tmp/p.json"
    correct_file '"@share": false'
    runs 4 --case k1 --answers "$tmp/fix.json"
    says "$tmp/err" "verbond withdraw"
    runs 5 --case k1 --answers "$tmp/c.json" # without @correct a released round is refused
    correct_file '"good": 9'
    runs 4 --case k1 --answers "$tmp/fix.json"
    says "$tmp/err" "client.good"
    [ "$(revision)" = "1 released" ]
    expect_exit 2 verbond resume --correct --data "$tmp/data" </dev/null
}
# to_the_list: the client's own answers, on a terminal
to_the_list() {
    printf '%s\n' "Wie wil iets veranderen? => 1" "Ben je de cliënt? => 1" "Druk op Enter. => " \
        "Enter = klaar => $1"
}
a_person_corrects_at_the_terminal() {
    two
    released
    {
        to_the_list 2
        printf '%s\n' "Wat gaat goed? => het lopen" "> => " "Enter = klaar => " \
            "alles terugnemen => 1" "niets invult? => 2" "Zo staat het nu op het blad. => "
    } | types 0 resume "$(round)" --correct --lang nl
    says "$tmp/screen" "het lopen"
    [ "$(revision)" = "2 corrected" ]
}
breaking_off_or_leaving_changes_nothing() {
    two
    released
    verbond result "$(round)" --data "$tmp/data" >"$tmp/first"
    {
        to_the_list 2
        printf '%s\n' "Wat gaat goed? => MARKER" "> => " "Enter = klaar => ^C"
    } | types 130 resume "$(round)" --correct --lang nl
    says "$tmp/screen" "verbond resume $(round) --correct"
    for command in sheet result replay "replay --values"; do
        verbond $command "$(round)" --data "$tmp/data" >"$tmp/out"
        says_not "$tmp/out" MARKER
    done
    on 0 result "$(round)"
    cmp "$tmp/first" "$tmp/out"
    on 0 rounds
    says "$tmp/out" "client ready, professional ready"
    on 0 export --person "$(person client)" --format json
    python3 - "$tmp/out" <<'PY'
import json, sys
own = json.load(open(sys.argv[1]))["rounds"][0]["own"]["answers"]
assert [(a.get("value"), a["state"]) for a in own] == [
    (3, "on_the_table"), ("MARKER", "not_shared")], own
PY
    {
        to_the_list ""
        printf '%s\n' "alles terugnemen => 2" "Alles blijft zoals het was. => "
    } | types 0 resume "$(round)" --correct --lang nl
    says "$tmp/screen" "MARKER" # the own list
    on 0 result "$(round)"
    cmp "$tmp/first" "$tmp/out"
    {
        to_the_list s
        printf '%s\n' "blijft alles zoals het was. Zeker? => j" "Alles blijft zoals het was. => "
    } | types 0 resume "$(round)" --correct --lang nl
    says_not "$tmp/screen" "MARKER"
    on 0 result "$(round)"
    cmp "$tmp/first" "$tmp/out"
}
everything_is_taken_back_at_the_terminal() {
    two
    released
    {
        to_the_list ""
        printf '%s\n' "alles terugnemen => 4" "Zeker? => " "Enter = klaar => " \
            "alles terugnemen => 4" "Zeker? => j" "Teruggenomen. => "
    } | types 0 resume "$(round)" --correct --lang nl
    [ "$(revision)" = "2 withdrawn" ]
    on 5 sheet "$(round)"
    types 5 resume "$(round)" --correct </dev/null
}
who_is_not_shown_has_nothing_to_correct() {
    two
    runs 0 --case k1 --answers "$tmp/alone.json" --answers "$tmp/pstop.json"
    types 5 resume "$(round)" --correct </dev/null
    on 0 close "$(round)"
    types 5 resume "$(round)" --correct --as professional </dev/null
    printf '%s\n' "Ben je de cliënt? => 1" "Druk op Enter. => ^C" |
        types 130 resume "$(round)" --correct --lang nl
}

# -- for research ----------------------------------------------------------------------------------

for_research_only_who_said_yes_is_in_it() {
    two
    file client '"good": {"missing": "dont_know"}, "well": "MARKER", "@hold": ["well"],
        "@purposes": ["research"]' >"$tmp/c.json"
    released
    on 0 result "$(round)" --purpose research
    cp "$tmp/out" "$tmp/research.json"
    python3 tests/tools/schema.py --strict docs/reference/result.schema.json "$tmp/research.json"
    says "$tmp/out" '"purpose":"research"'
    says "$tmp/out" '"good":{"missing":"dont_know"}'
    says "$tmp/out" '"well":{"missing":"held"}'
    says_not "$tmp/out" MARKER
    says_not "$tmp/out" professional
    on 0 result "$(round)"
    says_not "$tmp/out" dont_know
    # a reason has no place in the ordinary one
    sed 's/not_filled_in/held/' "$tmp/out" >"$tmp/told.json"
    ! python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/told.json" >"$tmp/o" ||
        return 1
    [ "$(sqlite3 "$tmp/data/verbond.db" \
        "SELECT count(*) FROM audit WHERE action = 'result --purpose research'")" -eq 1 ]
    expect_exit 2 verbond result "$(round)" --data "$tmp/data" --purpose gossip
}
without_a_yes_to_research_there_is_no_result_for_it() {
    two
    released
    on 5 result "$(round)" --purpose research
    says "$tmp/err" "nobody said yes to research"
    [ ! -s "$tmp/out" ]
}

# -- families --------------------------------------------------------------------------------------

family=tests/fixtures/instruments/family
# five SHARED...: of five members the named ones share, D stops, E is away
five() {
    python3 - "$tmp/f.json" "$@" <<'PY'
import json, sys
path, *shared = sys.argv[1:]
all = {f"relative:{n}": {"bond.talk": i % 3 + 1, "well": f"words of {n}", "@share": n in shared}
       for i, n in enumerate("ABCD") if n in shared or n == "D"}
all["relative:E"] = None
json.dump(all, open(path, "w"))
PY
    expect_exit 0 verbond run "$family" --case k1 --lang nl --data "$tmp/data" --answers "$tmp/f.json"
}
# member LABEL: the id
member() {
    list | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["label"] == sys.argv[1]])' "$1"
}
# shows NAMES: whose words the sheet has
shows() {
    on 0 sheet "$(round)"
    [ "$(grep -oE 'words of [A-E]' "$tmp/out" | sort -u | cut -c10- | tr -d '\n')" = "$1" ]
}
two_of_five_are_released_and_no_more_is_told() {
    five A B
    says "$tmp/err" "verbond release $(round)"
    on 0 release "$(round)"
    shows AB
    [ "$(grep -cE '(C|D|E) .*niet ingevuld' "$tmp/out")" -gt 0 ]
    on 5 release "$(round)"
    on 5 close "$(round)"
}
one_of_five_is_refused_and_not_counted() {
    five A
    on 5 release "$(round)"
    lacks "$tmp/err" '(^| )[0-9] '
    [ "$(state)" = open ]
    on 5 close "$(round)" # A said no to being alone
}
of_three_one_leaves_after_the_release() {
    five A B C
    on 0 release "$(round)"
    shows ABC
    on 0 withdraw "$(round)" --person "$(member B)"
    shows AC
    [ "$(revision)" = "2 withdrawn" ]
    on 0 withdraw "$(round)" --as relative:C
    on 5 sheet "$(round)" # one is no family sheet
}
a_third_voice_comes_late() {
    five A B
    on 0 release "$(round)"
    printf '%s\n' "Enter = beginnen => " "aandacht voor mij => 3" "praat graag => 3" \
        "Wat gaat goed? => words of E" "> => " "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "niets invullen? => 2" "Dank je wel. => " |
        types 0 resume "$(round)" --lang nl --as relative:E
    shows ABE
    [ "$(revision)" = "2 late" ]
    # and whoever stopped cannot begin again
    types 5 resume "$(round)" --lang nl --as relative:D </dev/null
}
a_family_is_not_released_by_a_file_at_one_voice() {
    printf '%s' '{"relative:A": {"bond.talk": 1}, "relative:B": null, "@release": true}' \
        >"$tmp/f.json"
    expect_exit 5 verbond run "$family" --case k1 --data "$tmp/data" --answers "$tmp/f.json"
    [ "$(list)" = "[]" ]
}

# -- what staff see --------------------------------------------------------------------------------

# plain FILE: without ids, times and folders
plain() {
    sed -E 's/\b[0-9a-hjkmnp-tv-z]{16}\b/ID/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z/TIME/g; s/[0-9]+ MiB/MIB/g' "$1"
}
# everything WAY: what every command says, and its exit code, when the client did that
everything() {
    runs 0 --case k1 --answers "$tmp/$1.json"
    cp "$tmp/err" "$tmp/told"
    [ -z "$2" ] || on 0 withdraw "$(round)" --as client
    local id
    id=$(round)
    for command in rounds "rounds --json" doctor "sheet $id" "result $id" "result $id --revision 1" \
        "release $id" "replay $id" "replay $id --values" "resume $id" "run $two --case k1"; do
        local rc=0
        verbond $command --data "$tmp/data" >"$tmp/o" 2>"$tmp/e" </dev/null || rc=$?
        echo "$command: $rc"
        cat "$tmp/o" "$tmp/e"
    done >"$tmp/all"
    grep -v "made the key file" "$tmp/told" >>"$tmp/all"
    plain "$tmp/all" >"$tmp/$1$2.all"
    rm -rf "$tmp/data"
}
whether_somebody_shared_or_stopped_is_in_no_word_of_any_command() {
    two
    everything c ""
    everything stop ""
    everything alone ""
    cmp "$tmp/c.all" "$tmp/stop.all"
    cmp "$tmp/c.all" "$tmp/alone.all"
    says "$tmp/c.all" "client ready, professional not ready yet"
    says_not "$tmp/c.all" "praten"
}
taking_back_looks_like_stopping() {
    two
    everything stop ""
    # the event that it happened is counted; nothing else differs
    everything c withdrawn
    diff <(grep -v ' events$\|  ready ' "$tmp/stop.all") \
        <(grep -v ' events$\|  ready ' "$tmp/cwithdrawn.all")
}

# pair NAME SHARES: A shares, B says yes or no; the worker is still to come
pair() {
    printf '{"relative:A": {"bond.talk": 1}, "relative:B": {"bond.talk": 1, "@share": %s}}' \
        "$2" >"$tmp/pair.json"
    expect_exit 0 verbond run "$family" --case "$1" --lang nl --data "$tmp/data" \
        --answers "$tmp/pair.json"
}
# the_worker ANSWER: fills in at the terminal, and answers the last screen
the_worker() {
    printf '%s\n' "Enter = beginnen => " "aandacht voor A. => 1" "A praat graag. => 1" \
        "aandacht voor B. => 1" "B praat graag. => 1" "Wat gaat goed? => " "Enter = klaar => " \
        "terug naar mijn antwoorden => 2" "Zeker? => j" "Je bent gestopt. => " "$@"
}
# before NAME SHARES: all that is said of a family before its release is tried
before() {
    pair "$1" "$2"
    cp "$tmp/err" "$tmp/told"
    local id rc
    id=$(round)
    for command in rounds "rounds --json" doctor "sheet $id" "result $id" "replay $id" "resume $id" \
        "talk $id --json" "run $family --case $1"; do
        rc=0
        verbond $command --data "$tmp/data" >"$tmp/o" 2>"$tmp/e" </dev/null || rc=$?
        echo "$command: $rc"
        cat "$tmp/o" "$tmp/e"
    done >"$tmp/all"
    grep -v "made the key file" "$tmp/told" >>"$tmp/all"
    the_worker "Mag het gespreksblad nu open => 2" | types 0 resume "$id" --lang nl
    # without the keys, whose echo falls where it falls
    tr -d '\r' <"$tmp/screen" | sed -E 's/^(> )+//' | grep -avE '^[12j]?$' >>"$tmp/all"
    on 0 rounds
    cat "$tmp/out" >>"$tmp/all"
    plain "$tmp/all" >"$tmp/$2.all"
    rm -rf "$tmp/data"
}
of_a_family_nothing_tells_a_yes_from_a_no_before_the_release_is_tried() {
    before k1 true
    before k1 false
    diff -a "$tmp/true.all" "$tmp/false.all"
    says "$tmp/true.all" "relative A ready, relative B ready, professional not ready yet"
    says "$tmp/true.all" "nog niet vrijgegeven: $build/verbond release ID"
}
a_family_that_cannot_be_opened_yet_is_told_no_more() {
    pair k1 false
    on 5 release "$(round)"
    sed "s/$(round)/ID/" "$tmp/err" >"$tmp/tried"
    the_worker "Mag het gespreksblad nu open => 1" | types 0 resume "$(round)" --lang nl
    says "$tmp/screen" "Het blad kan nu nog niet open."
    says "$tmp/screen" "verbond release $(round)"
    [ "$(state)" = open ]
    rm -rf "$tmp/data"
    printf '{"relative:A": {"bond.talk": 1}}' >"$tmp/pair.json"
    expect_exit 0 verbond run "$family" --case k1 --data "$tmp/data" --answers "$tmp/pair.json"
    on 5 release "$(round)"
    sed "s/$(round)/ID/" "$tmp/err" | cmp - "$tmp/tried"
}
what_can_come_to_nothing_is_ended_without_a_sheet() {
    pair k1 false
    on 5 close "$(round)"
    on 0 close "$(round)" --without-sheet
    [ ! -s "$tmp/out" ]
    says "$tmp/err" "Er komt geen blad."
    [ "$(state)" = withdrawn ]
    on 5 close "$(round)" --without-sheet
    says "$tmp/err" "is already closed without a sheet"
    on 5 sheet "$(round)"
    says "$tmp/err" "is closed without a sheet"
    types 5 resume "$(round)" --as professional </dev/null
    # the wave begins again, and what was given stays the person's own
    on 0 export --person "$(member A)" --format json
    says "$tmp/out" '"item":"bond.talk","question":"Ik praat graag."'
    pair k1 true
    [ "$(list | grep -o '"round":' | wc -l)" -eq 2 ]
}

run_tests closing_shows_one_side_and_says_what_the_other_may_do one_side_may_be_opened_at_the_terminal \
    the_other_comes_late_and_makes_a_revision who_stopped_leaves_a_round_that_can_be_closed \
    without_that_yes_closing_says_one_thing taking_back_leaves_nothing_in_any_sheet_or_result \
    the_other_side_stays_when_it_said_so who_is_meant_is_said \
    whether_somebody_shared_or_stopped_is_in_no_word_of_any_command \
    taking_back_looks_like_stopping a_file_corrects_and_older_revisions_stay \
    what_a_file_does_not_say_yes_to_again_stays only_what_is_on_the_table_is_corrected \
    a_person_corrects_at_the_terminal breaking_off_or_leaving_changes_nothing \
    everything_is_taken_back_at_the_terminal who_is_not_shown_has_nothing_to_correct \
    for_research_only_who_said_yes_is_in_it without_a_yes_to_research_there_is_no_result_for_it \
    two_of_five_are_released_and_no_more_is_told one_of_five_is_refused_and_not_counted \
    of_three_one_leaves_after_the_release a_third_voice_comes_late \
    a_family_is_not_released_by_a_file_at_one_voice \
    of_a_family_nothing_tells_a_yes_from_a_no_before_the_release_is_tried \
    a_family_that_cannot_be_opened_yet_is_told_no_more \
    what_can_come_to_nothing_is_ended_without_a_sheet
