#!/bin/bash
# team.sh: a team's round counts its members and shows their words, and never who is who.
. tests/tools/tap.sh

runs() { local want=$1; shift; expect_exit "$want" verbond "$@" --data "$tmp/data"; }
member() { # member WORD HELD WORDS...: an answer file of one member
    local word=$1 held=$2 words
    shift 2
    words=$(printf '"%s",' "$@")
    printf '{"member:%s": {"held": %s, "learn": [%s]}}' "$word" "$held" "${words%,}" \
        >"$tmp/$word.json"
    runs 0 run team-reflection --wave herfst --lang nl --answers "$tmp/$word.json"
}
convenor() {
    printf '{"convenor": {"before": "2026-12-11"}}' >"$tmp/convenor.json"
    runs 0 run team-reflection --wave herfst --lang nl --answers "$tmp/convenor.json"
}
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
of_result() { # of_result PYTHON: a value of the newest result, r
    verbond result "$(round)" --data "$tmp/data" |
        python3 -c "import json, sys; r = json.load(sys.stdin); print($1)"
}
# The secret words, and ids of sessions and persons: whoever has one can go and look.
keeps_quiet() { # keeps_quiet FILE
    local word
    for word in vuurtoren mosterd; do
        if grep -q "$word" "$1"; then
            echo "# $word stands in $1:"
            sed 's/^/#   /' "$1" | head -20
            return 1
        fi
    done
}
five() {
    convenor
    member vuurtoren true luisteren stilte
    member mosterd false "ooit zelf doen"
    member kaars true Luisteren
    member anker true tijd
    member fiets true geduld
}
released() { five && runs 0 release "$(round)"; }

members_come_at_different_moments() {
    five
    [ "$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')" = 1 ]
    runs 0 release "$(round)"
    [ "$(of_result 'r["team"]["count"]')" = 5 ]
    [ "$(of_result 'r["team"]["held"]')" = 4 ]
}
the_convenor_sees_a_count_and_nobody() {
    convenor
    member vuurtoren true luisteren
    member mosterd false niets
    runs 0 rounds
    says "$tmp/out" "held 1 of 2, ready 2"
    says "$tmp/out" "before 2026-12-11"
    keeps_quiet "$tmp/out"
    runs 0 rounds --json
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" <<'PY'
import json, sys
one = json.load(open(sys.argv[1]))[0]
assert [p["role"] for p in one["persons"]] == ["convenor"], one
assert one["team"] == {"began": 2, "ready": 2, "held": 1, "before": "2026-12-11"}, one
PY
}
an_answer_about_it_that_was_held_back_is_not_counted() {
    convenor
    printf '{"member:vuurtoren": {"held": true, "@hold": ["held"]}}' >"$tmp/v.json"
    runs 0 run team-reflection --wave herfst --answers "$tmp/v.json"
    runs 0 rounds
    says "$tmp/out" "held 0 of 1, ready 1"
}
who_says_no_is_ready_and_not_counted() {
    convenor
    printf '{"member:vuurtoren": {"held": true, "learn": ["x"], "@share": false}}' >"$tmp/v.json"
    runs 0 run team-reflection --wave herfst --answers "$tmp/v.json"
    runs 0 rounds
    says "$tmp/out" "held 0 of 1, ready 1"
}
a_result_has_words_and_no_member() {
    released
    runs 0 result "$(round)"
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" <<'PY'
import json, sys
r = json.load(open(sys.argv[1]))
assert [p["role"] for p in r["respondents"]] == ["convenor"], r["respondents"]
learn = r["team"]["words"][0]
assert learn["item"] == "learn" and learn["voices"] == 5, learn
said = {w["value"]: w["voices"] for w in learn["values"]}
assert said == {"Luisteren": 2, "stilte": 1, "ooit zelf doen": 1, "tijd": 1, "geduld": 1}, said
assert "held" not in [w["item"] for w in r["team"]["words"]]
PY
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/out"
}
a_sheet_has_words_and_no_member() {
    released
    for format in text html; do
        runs 0 sheet "$(round)" --format "$format" --lang nl
        says "$tmp/out" "TEAMKAART"
        says_not "$tmp/out" "GESPREKSBLAD"
        says "$tmp/out" "ooit zelf doen"
        keeps_quiet "$tmp/out"
    done
}
below_the_group_there_are_no_words() {
    convenor
    member vuurtoren true luisteren
    member mosterd true stilte
    member kaars true tijd
    runs 0 release "$(round)"
    runs 0 sheet "$(round)" --lang nl
    says "$tmp/out" "Er staan geen woorden op deze kaart"
    says_not "$tmp/out" stilte
    [ "$(of_result 'r["team"]["words"]')" = None ]
    runs 0 result "$(round)"
    says_not "$tmp/out" stilte
}
words_come_to_a_card_together_or_not_at_all() {
    convenor
    member vuurtoren true luisteren
    member mosterd true stilte
    member kaars true tijd
    runs 0 release "$(round)"
    printf '{"member:anker": {"held": true, "learn": ["geduld"]}}' >"$tmp/anker.json"
    runs 5 run team-reflection --wave herfst --answers "$tmp/anker.json"
    says "$tmp/err" "released"
}
after_words_nobody_comes_in() {
    released
    printf '{"member:laat": {"held": true, "learn": ["laat"]}}' >"$tmp/laat.json"
    runs 5 run team-reflection --wave herfst --answers "$tmp/laat.json"
}
leaving_takes_the_words_from_every_card() {
    released
    runs 0 withdraw "$(round)" --as member:vuurtoren
    for revision in 1 2; do
        runs 0 result "$(round)" --revision "$revision"
        says_not "$tmp/out" stilte
        says "$tmp/out" '"count":4'
    done
    runs 0 withdraw "$(round)" --as member:mosterd
    [ "$(of_result 'r["team"]["words"]')" = None ]
    runs 0 audit --json
    keeps_quiet "$tmp/out"
}
what_stands_on_a_card_is_not_changed() {
    released
    printf '{"member:vuurtoren": {"learn": ["anders"], "@correct": true}}' >"$tmp/c.json"
    runs 5 run team-reflection --wave herfst --answers "$tmp/c.json"
    says "$tmp/err" "taken back, not changed"
}
no_log_is_shown() {
    released
    runs 5 replay "$(round)"
    runs 5 replay "$(round)" --values
    says_not "$tmp/out" luisteren
}
the_audit_names_the_round_and_no_session() {
    released
    runs 0 audit --json
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" "$(round)" <<'PY'
import json, sys
rows = json.load(open(sys.argv[1]))
begun = [r for r in rows if r["action"] == "begin" and r["by"] == "member"]
assert len(begun) == 5, begun
assert all(r["subject"] == sys.argv[2] for r in begun), begun
PY
}
an_export_of_the_convenor_has_nobody_elses_words() {
    released
    local person
    person=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["persons"][0]["person"])')
    runs 0 export --person "$person" --format json
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" <<'PY'
import json, sys
one = json.load(open(sys.argv[1]))["rounds"][0]
assert [a["item"] for a in one["own"]["answers"]] == ["before"], one["own"]
assert one["roster"] == [], one["roster"]
assert [p["role"] for p in one["result"]["respondents"]] == ["convenor"], one["result"]
PY
}
outputs_get_the_card_and_no_member() {
    five
    runs 0 release "$(round)"
    runs 0 run team-reflection --lang nl --answers instruments/team-reflection/example.json \
        --output "jsonl:path=$tmp/out.jsonl" --output "csv:path=$tmp/out.csv"
    says "$tmp/out.jsonl" '"team":{"group":4,"count":5,"held":4'
    for file in "$tmp"/out*.jsonl "$tmp"/out*.csv; do
        lacks "$file" 'rood|geel|groen|blauw|"role":"member"'
    done
    for file in "$tmp"/out*.csv; do lacks "$file" "stil zijn helpt"; done
}
the_card_is_the_same_whoever_said_it() {
    # the same words by other people, in another order and cut otherwise: the same bytes
    words() { verbond result "$(round)" --data "$tmp/data" | grep -oP '"words":.*'; }
    released
    words | sed 's/"voices":5,"values"/"voices":N,"values"/' >"$tmp/one"
    rm -r "$tmp/data"
    convenor
    member fiets true luisteren
    member kaars true "ooit zelf doen" geduld
    member anker true Luisteren tijd
    member mosterd true stilte
    runs 0 release "$(round)"
    words | sed 's/"voices":4,"values"/"voices":N,"values"/' >"$tmp/two"
    cmp "$tmp/one" "$tmp/two"
}
# The ids lie readable in the database. With one of them nobody gets anything.
ids_of_members() {
    sqlite3 "$tmp/data/verbond.db" 'SELECT id FROM person'
}
an_id_of_a_member_gives_nothing() {
    released
    local id refused=0 convenor
    convenor=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["persons"][0]["person"])')
    for id in $(ids_of_members); do
        [ "$id" != "$convenor" ] || continue
        for command in "export --person $id" "audit --person $id" "erase --person $id --yes" \
            "erase --person ${id:0:4} --yes" "withdraw $(round) --person ${id:0:4}"; do
            # shellcheck disable=SC2086 # it falls apart into words on purpose
            runs 5 $command
            says "$tmp/err" "only their word is"
            keeps_quiet "$tmp/err"
            lacks "$tmp/err" "$id"
        done
        refused=$((refused + 1))
    done
    [ "$refused" = 5 ]
    [ "$(of_result 'r["team"]["count"]')" = 5 ]
}
a_role_alone_lets_nobody_in() {
    convenor
    member vuurtoren true luisteren
    local round
    round=$(round)
    for command in "withdraw $round --as member" "withdraw $round --as member:" \
        "export --round $round --as member" "erase --round $round --as member --yes"; do
        # shellcheck disable=SC2086
        runs 4 $command
        says "$tmp/err" "member:WORD"
        keeps_quiet "$tmp/err"
    done
    types 4 resume "$round" --as member </dev/null
    keeps_quiet "$tmp/screen"
    runs 0 rounds
    says "$tmp/out" "held 1 of 1, ready 1"
}
who_knows_the_word_gets_everything_of_theirs() {
    released
    runs 0 export --round "$(round)" --as member:vuurtoren --format json
    python3 - "$tmp/out" <<'PY'
import json, sys
one = json.load(open(sys.argv[1]))["rounds"][0]
learn = [a for a in one["own"]["answers"] if a["item"] == "learn"]
assert "luisteren" in json.dumps(learn) and "stilte" in json.dumps(learn), one["own"]
PY
    says_not "$tmp/out" mosterd
    runs 0 audit --json
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" "$(round)" <<'PY'
import json, sys
row = [r for r in json.load(open(sys.argv[1])) if r["action"] == "export"]
assert [(r["subject"], r["by"]) for r in row] == [(sys.argv[2], "member")], row
PY
}
who_knows_the_word_erases_everything_of_theirs() {
    released
    runs 0 erase --round "$(round)" --as member:vuurtoren --yes
    keeps_quiet "$tmp/out"
    for revision in 1 2; do
        runs 0 result "$(round)" --revision "$revision"
        says_not "$tmp/out" stilte
        says "$tmp/out" '"count":4'
    done
    runs 4 export --round "$(round)" --as member:vuurtoren
    runs 0 erase --round "$(round)" --as member:mosterd --yes
    [ "$(of_result 'r["team"]["words"]')" = None ]
    runs 0 audit --json
    keeps_quiet "$tmp/out"
    python3 - "$tmp/out" "$(round)" <<'PY'
import json, sys
rows = [r for r in json.load(open(sys.argv[1])) if r["action"].startswith("erase")]
assert len(rows) == 4 and all(r["subject"] == sys.argv[2] for r in rows), rows
assert [r["by"] for r in rows] == ["member"] * 4, rows
PY
}
what_would_be_erased_is_asked_without_the_word() {
    released
    echo "to erase it => nee" >"$tmp/steps"
    types 130 erase --round "$(round)" --as member:vuurtoren <"$tmp/steps"
    says "$tmp/screen" "nothing was erased"
    keeps_quiet "$tmp/screen"
    [ "$(of_result 'r["team"]["count"]')" = 5 ]
}
a_guess_at_a_word_stands_in_the_audit() {
    released
    for command in "withdraw $(round) --as" "export --round $(round) --as" "erase --yes --round $(round) --as"; do
        # shellcheck disable=SC2086
        runs 4 $command member:vuurtore
        keeps_quiet "$tmp/err"
    done
    [ "$(verbond audit --json --data "$tmp/data" | grep -c '"wrong word"')" = 3 ]
}
the_talk_knows_no_members() {
    released
    runs 0 talk "$(round)" --json
    keeps_quiet "$tmp/out"
    printf '{"goals":[{"text":"rust","whose":"member:vuurtore","term":"short"}]}' >"$tmp/talk.json"
    runs 4 talk "$(round)" --from "$tmp/talk.json"
    keeps_quiet "$tmp/err"
    sed -i 's/vuurtore/vuurtoren/' "$tmp/talk.json"
    runs 4 talk "$(round)" --from "$tmp/talk.json"
    says "$tmp/err" "nobody of this round"
}
a_yes_to_research_of_a_member_gives_no_words() {
    printf '{"convenor": {"before": "2026-12-11", "@purposes": ["research", "dossier"]}}' >"$tmp/c.json"
    runs 0 run team-reflection --wave herfst --answers "$tmp/c.json"
    for word in vuurtoren mosterd kaars anker; do
        printf '{"member:%s": {"held": true, "learn": ["van %s"], "@purposes": ["research", "dossier"]}}' \
            "$word" "${word:0:3}" >"$tmp/$word.json"
        runs 0 run team-reflection --wave herfst --answers "$tmp/$word.json"
    done
    runs 0 release "$(round)"
    for purpose in research dossier; do
        runs 0 result "$(round)" --purpose "$purpose"
        says "$tmp/out" 2026-12-11
        says_not "$tmp/out" "van "
        says_not "$tmp/out" '"held"'
    done
}
the_talk_about_a_match_leaves_nothing() {
    mkdir -p "$tmp/data"
    runs 0 run match-talk --lang nl --answers instruments/match-talk/example.json
    says "$tmp/out" "humor"
    [ -z "$(ls -A "$tmp/data")" ]
    runs 2 run match-talk --answers instruments/match-talk/example.json --output "jsonl:path=$tmp/x"
    printf '{"client": {}}' >"$tmp/none.json"
    verbond run match-talk --lang nl --answers "$tmp/none.json" --data "$tmp/data" 2>/dev/null |
        sed 's/ronde [a-z0-9]*//' >"$tmp/unticked" || true
    verbond run match-talk --lang nl --answers instruments/match-talk/example.json \
        --data "$tmp/data" 2>/dev/null | sed 's/ronde [a-z0-9]*//' >"$tmp/ticked"
    cmp "$tmp/ticked" "$tmp/unticked"
}

run_tests members_come_at_different_moments the_convenor_sees_a_count_and_nobody \
    an_answer_about_it_that_was_held_back_is_not_counted who_says_no_is_ready_and_not_counted \
    a_result_has_words_and_no_member a_sheet_has_words_and_no_member \
    below_the_group_there_are_no_words words_come_to_a_card_together_or_not_at_all \
    after_words_nobody_comes_in leaving_takes_the_words_from_every_card \
    what_stands_on_a_card_is_not_changed no_log_is_shown the_audit_names_the_round_and_no_session \
    an_export_of_the_convenor_has_nobody_elses_words outputs_get_the_card_and_no_member \
    the_card_is_the_same_whoever_said_it an_id_of_a_member_gives_nothing \
    a_role_alone_lets_nobody_in who_knows_the_word_gets_everything_of_theirs \
    who_knows_the_word_erases_everything_of_theirs \
    what_would_be_erased_is_asked_without_the_word a_guess_at_a_word_stands_in_the_audit \
    the_talk_knows_no_members a_yes_to_research_of_a_member_gives_no_words \
    the_talk_about_a_match_leaves_nothing
