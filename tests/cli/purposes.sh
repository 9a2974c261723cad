#!/bin/bash
# purposes.sh: what goes to a dossier and to research, by each person's own yes.
. tests/tools/tap.sh

# An instrument with everything a dossier never gets, and two persons who filled it all in.
mixed() {
    mkdir -p "$tmp/instruments/mixed"
    cat >"$tmp/instruments/mixed/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "mixed", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Gemengd" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "beetje" }, { 3, nl = "ja" } } },
  v.scale "bond" { title = { nl = "Band" }, v.likert "bond.near" { text = { nl = "Dichtbij." } } },
  v.scale "friction" { title = { nl = "Stroef" }, negative = true,
    v.likert "friction.heavy" { text = { nl = "Het gaat zwaar." } } },
  v.yesno "stuck" { text = { nl = "Zit het vast?" } },
  v.choice "place" { text = { nl = "Waar?" }, other = true,
    options = { { "here", nl = "hier" }, { "there", nl = "daar" } } },
  v.words "with" { text = { nl = "Wie?" }, options = { { "friend", nl = "vriend" } } },
  v.text "well" { text = { nl = "Wat gaat goed?" } },
  v.draw "picture" { text = { nl = "Teken het." }, keep = "give" },
  v.text "shared" { text = { nl = "Samen gezegd" }, stage = "together" },
}
LUA
    mixed=$tmp/instruments/mixed
}
# voice ROLE MARK PURPOSES: an answer file of one person
voice() {
    printf '{"%s": {"bond.near": 3, "friction.heavy": 1, "stuck": true, "place": {"other": "%s1"},
        "with": ["%s2"], "well": "%s3", "picture": {"words": ["%s4"]}, "@purposes": [%s]}}' \
        "$1" "$2" "$2" "$2" "$2" "$3" >"$tmp/$1.json"
}
# released CLIENT WORKER: what each said yes to; $round is its id
released() {
    mixed
    voice client CLIENTWORD "$1"
    voice professional WORKERWORD "$2"
    printf '{"@together": {"shared": "TOGETHERWORD"}, "@talk": {"topic": "TALKWORD"}}' >"$tmp/t.json"
    expect_exit 0 verbond run "$mixed" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/client.json" --answers "$tmp/professional.json" --answers "$tmp/t.json"
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
}
# fields FILE: every item id that anybody has, and every scale, in order of name
fields() {
    python3 - "$1" <<'PY'
import json, sys
people = json.load(open(sys.argv[1]))["respondents"]
print(*sorted({name for person in people for kind in ("items", "scales") for name in person[kind]}))
PY
}

a_dossier_gets_who_said_yes_and_no_friction_no_own_words_no_drawing() {
    released '"dossier"' ''
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose dossier
    cp "$tmp/out" "$tmp/d.json"
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/d.json"
    says "$tmp/d.json" '"purpose":"dossier"'
    says_not "$tmp/d.json" WORD
    says_not "$tmp/d.json" '"role":"professional"'
    [ "$(fields "$tmp/d.json")" = "bond bond.near stuck" ] || { fields "$tmp/d.json"; return 1; }
    # The control: in the result for the two themselves all of it is there.
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    for word in CLIENTWORD{1,2,3,4} WORKERWORD{1,2,3,4} TOGETHERWORD TALKWORD friction.heavy; do
        says "$tmp/out" "$word"
    done
}
two_who_said_yes_are_compared_without_friction() {
    released '"dossier"' '"dossier", "research"'
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose dossier
    says "$tmp/out" '"scale":"bond"'
    says_not "$tmp/out" friction.heavy
    says_not "$tmp/out" '"scale":"friction"'
    says_not "$tmp/out" WORD
}
without_a_yes_there_is_no_result_for_a_dossier() {
    released '"research"' ''
    expect_exit 5 verbond result "$round" --data "$tmp/data" --purpose dossier
    says "$tmp/err" "nobody said yes to dossier"
    [ ! -s "$tmp/out" ]
}
who_takes_it_back_is_in_no_dossier_any_more() {
    released '"dossier"' ''
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose dossier
    person=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["respondents"][0]["person"])' \
        "$tmp/out")
    expect_exit 0 verbond withdraw "$round" --person "$person" --data "$tmp/data"
    expect_exit 5 verbond result "$round" --data "$tmp/data" --purpose dossier
    expect_exit 5 verbond result "$round" --revision 1 --data "$tmp/data" --purpose dossier
}

# corrects ROLE PURPOSES: the yes to what is done with it, given anew
corrects() {
    printf '{"%s": {"@correct": true, "@purposes": [%s]}}' "$1" "$2" >"$tmp/c.json"
    expect_exit "${3:-0}" verbond run "$mixed" --data "$tmp/data" --case k1 --lang nl --answers "$tmp/c.json"
}
a_yes_that_was_taken_back_in_a_correction_counts_in_no_revision() {
    released '"dossier", "research"' '"research"'
    expect_exit 0 verbond result "$round" --revision 1 --data "$tmp/data" --purpose research
    says "$tmp/out" CLIENTWORD
    corrects client ''
    expect_exit 0 verbond result "$round" --revision 1 --data "$tmp/data" --purpose research
    says_not "$tmp/out" CLIENTWORD
    says_not "$tmp/out" TOGETHERWORD
    says "$tmp/out" WORKERWORD
    expect_exit 5 verbond result "$round" --revision 1 --data "$tmp/data" --purpose dossier
    # For the two themselves nothing changed.
    expect_exit 0 verbond result "$round" --revision 1 --data "$tmp/data"
    says "$tmp/out" CLIENTWORD
}
a_yes_that_came_with_a_correction_counts_from_then_on() {
    released '' '"research"'
    corrects client '"research"'
    expect_exit 0 verbond result "$round" --revision 1 --data "$tmp/data" --purpose research
    says_not "$tmp/out" CLIENTWORD
    expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose research
    says "$tmp/out" CLIENTWORD
}

# -- what goes out -----------------------------------------------------------------------------------

# brought CLIENT WORKER PURPOSE CONTENT: the round with one output, whose lines, the sheet and every
# other file it got are in $tmp/got; the output listens and writes down
brought() {
    mixed
    voice client CLIENTWORD "$1"
    voice professional WORKERWORD "$2"
    printf '{"@together": {"shared": "TOGETHERWORD"}, "@talk": {"topic": "TALKWORD"}}' >"$tmp/t.json"
    rm -rf "$tmp/data" "$tmp/got"
    mkdir "$tmp/got"
    cat >"$tmp/listener" <<PY
#!/usr/bin/python3
import json, shutil, sys
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": []}), flush=True)
    elif said["type"] == "deliver":
        with open("$tmp/got/result", "a") as out:
            out.write(json.dumps(said["result"]) + "\\n")
        for blob in said["blobs"]:
            shutil.copy(blob["file"], "$tmp/got/" + blob["digest"].replace(":", "-"))
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/listener"
    expect_exit 0 verbond run "$mixed" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/client.json" --answers "$tmp/professional.json" --answers "$tmp/t.json" \
        --output "$tmp/listener:purpose=$3,content=$4"
}
# got: the marks that are in anything it got, in order, and "friction", "bond", "value" when there is
# an answer or score of these
got() {
    cat "$tmp"/got/* 2>/dev/null | grep -oE '(CLIENT|WORKER|TOGETHER|TALK)WORD' | sort -u | tr '\n' ' '
    [ ! -e "$tmp/got/result" ] || python3 - "$tmp/got/result" <<'PY'
import json, sys
result = json.loads(open(sys.argv[1]).readlines()[-1])
text = json.dumps(result["respondents"])
print(*(word for word in ('"friction', '"bond', '"value"') if word in text), end="")
PY
}
# is WANT: what got says
is() {
    local is
    is=$(got)
    [ "$is" = "$1" ] && return 0
    echo "# got: $is; not: $1"
    return 1
}

without_a_yes_a_dossier_gets_the_event_and_no_answer_at_any_level() {
    for content in event sheet scores items; do
        brought '' '' dossier $content
        [ -s "$tmp/got/result" ]
        is ""
        [ ! -e "$tmp/got/sheet.html" ]
    done
}
with_a_yes_a_dossier_gets_what_its_level_says_and_never_own_words() {
    brought '"dossier"' '' dossier event
    is ""
    brought '"dossier"' '' dossier scores
    is '"bond'
    brought '"dossier"' '' dossier items
    is '"bond "value"'
    brought '"dossier"' '"dossier"' dossier sheet
    is ""
    says "$tmp/got/sheet.html" "Dichtbij."
    says_not "$tmp/got/sheet.html" "Het gaat zwaar."
}
a_sheet_for_a_purpose_comes_with_a_result_as_its_schema_has_it() {
    for purpose in dossier research; do
        brought '"dossier", "research"' '' $purpose sheet
        tail -n 1 "$tmp/got/result" >"$tmp/last.json"
        python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/last.json"
        says "$tmp/got/result" "\"purpose\": \"$purpose\""
    done
}
without_a_yes_research_gets_nothing_whatever_its_level() {
    for content in event sheet scores items; do
        brought '"dossier"' '' research $content
        is ""
        [ -z "$(ls "$tmp/got")" ]
    done
}
with_a_yes_research_gets_that_person_and_nothing_of_the_other() {
    brought '"research"' '"dossier"' research event
    is ""
    [ -s "$tmp/got/result" ]
    brought '"research"' '"dossier"' research scores
    is '"friction "bond'
    brought '"research"' '"dossier"' research items
    is 'CLIENTWORD "friction "bond "value"'
}
here_everything_that_was_shared_goes_by_level() {
    brought '' '' local event
    is ""
    brought '' '' local scores
    is '"friction "bond'
    brought '' '' local items
    is 'CLIENTWORD TALKWORD TOGETHERWORD WORKERWORD "friction "bond "value"'
    brought '' '' local sheet
    is 'CLIENTWORD TALKWORD TOGETHERWORD WORKERWORD '
}
# corrected CLIENT WORKER OUTPUT...: released with these outputs; then the client takes every yes back
corrected() {
    local output words=()
    mixed
    voice client CLIENTWORD "$1"
    voice professional WORKERWORD "$2"
    shift 2
    for output in "$@"; do words+=(--output "$output"); done
    verbond run "$mixed" --data "$tmp/data" --case k1 --lang nl --answers "$tmp/client.json" \
        --answers "$tmp/professional.json" "${words[@]}" >"$tmp/out" 2>"$tmp/err" || [ $? -eq 5 ]
}
who_takes_a_yes_back_in_a_correction_leaves_the_files() {
    corrected '"research"' '"research"' "jsonl:path=$tmp/r.jsonl,purpose=research" \
        "csv:path=$tmp/r.csv,purpose=research"
    says "$tmp/r.jsonl" CLIENTWORD
    says "$tmp/r.csv" CLIENTWORD
    corrects client ''
    for file in "$tmp/r.jsonl" "$tmp/r.csv"; do
        says_not "$file" CLIENTWORD
        says "$file" WORKERWORD
        says "$file" corrected
    done
    corrects professional ''
    for file in "$tmp/r.jsonl" "$tmp/r.csv"; do
        says_not "$file" WORKERWORD
        says "$file" corrected
    done
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/r.jsonl"
}
what_waited_goes_out_without_who_took_the_yes_back() {
    corrected '"research"' '"research"' "jsonl:path=$tmp/there/r.jsonl,purpose=research"
    says "$tmp/err" "waits"
    corrects client '' 5
    mkdir "$tmp/there"
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    says_not "$tmp/there/r.jsonl" CLIENTWORD
    says "$tmp/there/r.jsonl" WORKERWORD
}
what_was_held_back_goes_nowhere() {
    mixed
    voice client CLIENTWORD '"dossier", "research"'
    sed -i 's/"@purposes"/"@hold": ["well", "place", "with", "picture"], "@purposes"/' "$tmp/client.json"
    held=$(cat "$tmp/client.json")
    for purpose in local dossier research; do
        voice() { [ "$1" = client ] && echo "$held" >"$tmp/client.json" || echo '{"professional": {}}' >"$tmp/$1.json"; }
        brought '' '' $purpose items
        [ -s "$tmp/got/result" ]
        ! grep -rq CLIENTWORD "$tmp/got" || return 1
    done
}

what_was_said_about_a_member_needs_that_members_yes_too() {
    python3 - instruments/family-alliance/example.json "$tmp/f.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
for key, person in answers.items():
    if isinstance(person, dict) and (key == "professional" or key.startswith("youth")):
        person["@purposes"] = ["research", "dossier"]
json.dump(answers, open(sys.argv[2], "w"))
PY
    expect_exit 0 verbond run family-alliance --data "$tmp/data" --case k1 --answers "$tmp/f.json"
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    expect_exit 0 verbond result "$round" --data "$tmp/data"
    cp "$tmp/out" "$tmp/whole.json"
    for purpose in research dossier; do
        expect_exit 0 verbond result "$round" --data "$tmp/data" --purpose $purpose
        python3 - "$tmp/whole.json" "$tmp/out" <<'PY'
import json, sys
whole, result = (json.load(open(path)) for path in sys.argv[1:])
there = {person["person"] for person in result["respondents"]}
everybody = {person["person"] for person in whole["respondents"]}
assert len(there) == 2 < len(everybody), there
said = [part["person"] for person in result["respondents"] for part in person["about"]]
assert said and set(said) <= there, said
assert any(part["person"] not in there for person in whole["respondents"] for part in person["about"])
assert not any(other in json.dumps(result) for other in everybody - there if other)
PY
    done
}

# -- at the keyboard ---------------------------------------------------------------------------------

one_question() {
    mkdir -p "$tmp/instruments/one"
    cat >"$tmp/instruments/one/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "one", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Een" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client" },
  v.yesno "good" { text = { nl = "Gaat het goed?" } },
}
LUA
    one=$tmp/instruments/one
}
who_types_is_asked_for_what_an_output_needs_a_yes_for() {
    one_question
    printf '%s\n' "Enter = beginnen => " "Gaat het goed? => 1" "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "ook in het dossier? => 1" "voor onderzoek => 2" "Dank je wel. => " |
        types 0 run "$one" --lang nl --output "jsonl:path=$tmp/d.jsonl,purpose=dossier,content=items" \
            --output "jsonl:path=$tmp/r.jsonl,purpose=research"
    says "$tmp/d.jsonl" '"good":{"value":true}'
    [ ! -s "$tmp/r.jsonl" ]
}
who_types_is_asked_nothing_more_when_nothing_needs_it() {
    one_question
    printf '%s\n' "Enter = beginnen => " "Gaat het goed? => 1" "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "Dank je wel. => " |
        types 0 run "$one" --lang nl --output "jsonl:path=$tmp/d.jsonl,purpose=dossier" \
            --output "jsonl:path=$tmp/l.jsonl"
    says_not "$tmp/screen" "dossier?"
    says "$tmp/d.jsonl" '"content":"event"'
    says "$tmp/l.jsonl" '"good":{"value":true}'
}

run_tests a_dossier_gets_who_said_yes_and_no_friction_no_own_words_no_drawing \
    two_who_said_yes_are_compared_without_friction without_a_yes_there_is_no_result_for_a_dossier \
    who_takes_it_back_is_in_no_dossier_any_more \
    a_yes_that_was_taken_back_in_a_correction_counts_in_no_revision \
    a_yes_that_came_with_a_correction_counts_from_then_on \
    without_a_yes_a_dossier_gets_the_event_and_no_answer_at_any_level \
    with_a_yes_a_dossier_gets_what_its_level_says_and_never_own_words \
    a_sheet_for_a_purpose_comes_with_a_result_as_its_schema_has_it \
    without_a_yes_research_gets_nothing_whatever_its_level \
    with_a_yes_research_gets_that_person_and_nothing_of_the_other \
    here_everything_that_was_shared_goes_by_level \
    who_takes_a_yes_back_in_a_correction_leaves_the_files \
    what_waited_goes_out_without_who_took_the_yes_back what_was_held_back_goes_nowhere \
    what_was_said_about_a_member_needs_that_members_yes_too \
    who_types_is_asked_for_what_an_output_needs_a_yes_for \
    who_types_is_asked_nothing_more_when_nothing_needs_it
