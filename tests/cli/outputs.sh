#!/bin/bash
# outputs.sh: results arrive where --output says.
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json

# brings CODE OUTPUT...: a round of menger-monitor with these outputs
brings() {
    local want=$1 output words=()
    shift
    for output in "$@"; do words+=(--output "$output"); done
    expect_exit "$want" verbond run menger-monitor --data "$tmp/data" --case k1 --lang nl \
        --answers "$example" "${words[@]}"
}
round() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'
}
person() {
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == sys.argv[1]])' "$1"
}
# reads FILE EXPRESSION: lines is a list of what the lines hold
reads() {
    python3 - "$@" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
result = eval(sys.argv[2])
if result is not True:
    sys.exit(f"# {sys.argv[2]} is {result!r}")
PY
}

a_result_arrives_in_both_files_and_the_codebook_names_every_column() {
    brings 0 "jsonl:path=$tmp/o.jsonl" "csv:path=$tmp/o.csv,layout=wide"
    says "$tmp/out" "GESPREKSBLAD"
    [ "$(wc -l <"$tmp/o.jsonl")" -eq 1 ]
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/o.jsonl"
    on 0 result "$(round)"
    cmp "$tmp/out" "$tmp/o.jsonl"
    python3 - "$tmp/o.csv" "$tmp/codebook.csv" <<'PY'
import csv, sys
rows, book = (list(csv.DictReader(open(path, newline=""))) for path in sys.argv[1:])
assert [row["role"] for row in rows] == ["client", "professional"], rows
assert rows[0]["trust.report"] == "2" and rows[0]["trust:mean"] == "3.2", rows[0]
assert len(rows[0]) > 60
named = [line["column"] for line in book]
assert list(rows[0]) == named, set(rows[0]) ^ set(named)
assert all(line["meaning"] for line in book)
PY
}
the_long_table_has_a_row_for_each_answer_and_score() {
    brings 0 "csv:path=$tmp/o.csv"
    on 0 result "$(round)"
    python3 - "$tmp/out" "$tmp/o.csv" "$tmp/codebook.csv" <<'PY'
import csv, json, sys
result = json.load(open(sys.argv[1]))
rows, book = (list(csv.DictReader(open(path, newline=""))) for path in sys.argv[2:])
for person in result["respondents"]:
    own = [row for row in rows if row["person"] == person["person"]]
    items = {row["id"]: row for row in own if row["kind"] == "item"}
    assert set(items) == set(person["items"])
    for name, item in person["items"].items():
        assert items[name]["missing"] == item.get("missing", "")
        if isinstance(item.get("value"), (int, str)) and not isinstance(item["value"], bool):
            assert items[name]["value"] == str(item["value"]), (items[name], item)
    scales = {row["id"]: row for row in own if row["kind"] == "scale"}
    assert {name: float(row["mean"]) for name, row in scales.items()} == \
        {name: score["mean"] for name, score in person["scales"].items()}
assert set(rows[0]) == {line["column"] for line in book if line["column"]}
assert {row["id"] for row in rows if row["id"]} <= {line["id"] for line in book}
PY
}
# A spreadsheet would run it; csv reads it back as it was typed, behind an apostrophe.
text_that_looks_like_a_formula_is_harmless_in_a_table() {
    python3 - "$example" "$tmp/a.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
answers["client"]["can.better"] = "\n =1+1"
answers["client"]["going.well"] = "=HYPERLINK(\"http://127.0.0.1\",\"x\")\nen \"meer\", ja"
json.dump(answers, open(sys.argv[2], "w"))
PY
    example=$tmp/a.json brings 0 "csv:path=$tmp/o.csv,layout=wide"
    python3 - "$tmp/o.csv" <<'PY'
import csv, sys
row = list(csv.DictReader(open(sys.argv[1], newline="")))[0]
assert row["going.well"] == "'=HYPERLINK(\"http://127.0.0.1\",\"x\")\nen \"meer\", ja", row["going.well"]
assert row["can.better"] == "'\n =1+1", row["can.better"]
assert open(sys.argv[1], newline="").read().endswith("\r\n")
PY
}
what_comes_after_the_release_arrives_too() {
    brings 0 "jsonl:path=$tmp/o.jsonl"
    echo '{"topic": "het werk"}' >"$tmp/talk.json"
    on 0 talk "$(round)" --from "$tmp/talk.json"
    reads "$tmp/o.jsonl" '[line["reason"] for line in lines] == ["released", "talk"]'
    reads "$tmp/o.jsonl" 'lines[1]["talk"]["topic"] == "het werk"'
}
what_is_taken_back_leaves_the_file() {
    brings 0 "jsonl:path=$tmp/o.jsonl" "csv:path=$tmp/o.csv"
    on 0 withdraw "$(round)" --person "$(person client)"
    reads "$tmp/o.jsonl" '[line["reason"] for line in lines] == ["withdrawn"]'
    says "$tmp/o.csv" ",withdrawn,"
    says_not "$tmp/o.csv" ",released,"
    says_not "$tmp/o.csv" "$(person client)"
}
an_erased_round_leaves_an_event_and_nothing_else() {
    brings 0 "jsonl:path=$tmp/o.jsonl"
    on 0 erase --round "$(round)" --yes
    reads "$tmp/o.jsonl" '[(line["reason"], line["content"], line["respondents"]) for line in lines] == [("erased", "event", [])]'
}
an_erasure_says_who_got_it_and_waits_for_one_that_cannot_be_told() {
    mkdir "$tmp/there"
    brings 0 "jsonl:path=$tmp/there/o.jsonl" "csv:path=$tmp/o.csv"
    mv "$tmp/there" "$tmp/away"
    on 5 erase --round "$(round)" --yes
    says "$tmp/out" "sent to: jsonl, revision 1"
    says "$tmp/out" "sent to: csv, revision 1"
    says "$tmp/out" "printed or written out here: 1 time (" # run printed the sheet
    says "$tmp/err" "verbond outbox retry"
    says_not "$tmp/o.csv" ",released,"
    mv "$tmp/away" "$tmp/there"
    on 0 outbox retry
    reads "$tmp/there/o.jsonl" '[(line["reason"], line["respondents"]) for line in lines] == [("erased", [])]'
}
what_was_kept_long_enough_leaves_the_file_with_the_next_retry() {
    brings 0 "jsonl:path=$tmp/o.jsonl"
    on 0 config set retention.menger-monitor 365
    sqlite3 "$tmp/data/verbond.db" "
        UPDATE event SET wall_ms = wall_ms - 400 * 86400000;
        UPDATE revision SET wall_ms = wall_ms - 400 * 86400000;
        UPDATE round SET created_wall_ms = created_wall_ms - 400 * 86400000;"
    on 0 outbox retry
    says "$tmp/err" "1 round was past its time and erased"
    reads "$tmp/o.jsonl" '[(line["reason"], line["respondents"]) for line in lines] == [("erased", [])]'
}
an_output_that_cannot_take_it_makes_it_wait_behind_the_sheet() {
    brings 5 "jsonl:path=$tmp/there/o.jsonl" "csv:path=$tmp/o.csv"
    says "$tmp/out" "GESPREKSBLAD"
    says "$tmp/err" "No such file or directory"
    says "$tmp/err" "verbond outbox retry"
    [ -s "$tmp/o.csv" ] # the other one has it
    mkdir "$tmp/there"
    on 0 outbox retry
    [ "$(wc -l <"$tmp/there/o.jsonl")" -eq 1 ]
}
what_is_wrong_with_an_output_is_said_before_anything_is_kept() {
    brings 3 "jsonl:pth=$tmp/o.jsonl"
    says "$tmp/err" "did you mean path?"
    brings 3 "jsonl"
    says "$tmp/err" "path"
    brings 3 "csv:path=$tmp/o.csv,layout=square"
    says "$tmp/err" "long"
    brings 3 "nowhere:path=$tmp/o.csv"
    says "$tmp/err" "there is no output nowhere"
    brings 2 "jsonl:path=$tmp/o.jsonl,purpose=gossip"
    brings 2 "jsonl:path=$tmp/o.jsonl,content=gossip"
    brings 2 "jsonl:path"
    brings 2 "jsonl:path=$tmp/o.jsonl,path=$tmp/p.jsonl"
    [ ! -e "$tmp/data" ]
    [ ! -e "$tmp/o.jsonl" ]
}
two_of_one_kind_both_get_it() {
    brings 0 "jsonl:path=$tmp/a.jsonl" "jsonl:path=$tmp/b\\,c.jsonl"
    cmp "$tmp/a.jsonl" "$tmp/b,c.jsonl"
}
another_output_of_the_same_name_takes_nothing_from_the_first() {
    brings 0 "jsonl:path=$tmp/a.jsonl"
    echo '{"client": {"@correct": true, "trust.report": 1}}' >"$tmp/c.json"
    example=$tmp/c.json brings 0 "jsonl:path=$tmp/b.jsonl"
    example=$tmp/c.json brings 0 "jsonl:path=$tmp/b.jsonl"
    [ "$(sqlite3 "$tmp/data/verbond.db" "SELECT count(*) FROM output")" -eq 2 ]
    on 0 withdraw "$(round)" --person "$(person client)"
    for file in "$tmp/a.jsonl" "$tmp/b.jsonl"; do
        reads "$file" '[line["reason"] for line in lines] == ["withdrawn"]'
    done
}
two_tables_in_one_folder_share_the_codebook() {
    brings 0 "csv:path=$tmp/long.csv" "csv:path=$tmp/wide.csv,layout=wide"
    python3 - "$tmp/codebook.csv" "$tmp/long.csv" "$tmp/wide.csv" <<'PY'
import csv, sys
book, long, wide = (list(csv.DictReader(open(path, newline=""))) for path in sys.argv[1:])
named = [line["column"] for line in book if line["column"]]
assert len(named) == len(set(named)), "a column is named twice"
assert set(named) == set(long[0]) | set(wide[0]), set(named) ^ (set(long[0]) | set(wide[0]))
PY
    cp "$tmp/codebook.csv" "$tmp/before.csv"
    echo '{"topic": "het werk"}' >"$tmp/talk.json"
    on 0 talk "$(round)" --from "$tmp/talk.json"
    cmp "$tmp/codebook.csv" "$tmp/before.csv"
}
a_table_is_not_its_own_codebook() {
    brings 5 "csv:path=$tmp/codebook.csv"
    says "$tmp/err" "cannot be the table and its codebook"
}
what_goes_out_is_in_the_audit() {
    brings 0 "jsonl:path=$tmp/o.jsonl" "csv:path=$tmp/o.csv"
    [ "$(sqlite3 "$tmp/data/verbond.db" \
        "SELECT count(*) FROM audit WHERE action = 'send' AND subject = '$(round)'")" -eq 2 ]
}
an_instrument_that_keeps_nothing_brings_nothing() {
    mkdir -p "$tmp/i/card"
    cat >"$tmp/i/card/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "card", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Kaart" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "professional" }, retain = "none",
  v.yesno "done" { text = { nl = "Gedaan?" } },
}
LUA
    echo '{"professional": {"done": true}}' >"$tmp/card.json"
    expect_exit 2 verbond run "$tmp/i/card" --data "$tmp/data" --answers "$tmp/card.json" \
        --output "jsonl:path=$tmp/o.jsonl"
    says "$tmp/err" "keeps nothing"
    [ ! -e "$tmp/o.jsonl" ]
}
# A program that writes down what it hears.
listener() {
    cat >"$tmp/listener" <<PY
#!/usr/bin/python3
import json, os, shutil, sys
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": []}), flush=True)
        continue
    with open("$tmp/heard", "a") as out:
        out.write(line)
    if said["type"] == "deliver":
        for blob in said["blobs"]:
            shutil.copy(blob["file"], "$tmp/" + blob["digest"].replace(":", "-"))
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/listener"
}
what_is_too_long_for_a_line_is_dead_and_seems_to_have_reached_nobody() {
    mkdir -p "$tmp/i/long"
    python3 - "$tmp" <<'PY'
import json, sys
count = 140
texts = "".join('v.text "t%d" { text = { nl = "Vraag %d" }, max = 4000 },\n' % (i, i) for i in range(count))
open(sys.argv[1] + "/i/long/instrument.lua", "w").write("""local v <const> = require "verbond"
return v.instrument {
  id = "long", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Lang" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client", "professional" },
%s}
""" % texts)
given = dict({"t%d" % i: "x" * 4000 for i in range(count)}, **{"@purposes": ["research"]})
json.dump({"client": given, "professional": given}, open(sys.argv[1] + "/long.json", "w"))
PY
    on 5 run "$tmp/i/long" --case k1 --lang nl --answers "$tmp/long.json" \
        --output "jsonl:path=$tmp/o.jsonl,purpose=research"
    says "$tmp/out" "GESPREKSBLAD"
    says "$tmp/err" "will not arrive: the parcel is"
    says "$tmp/err" "verbond outbox retry --dead tries again"
    on 0 erase --round "$(round)" --yes
    [ ! -s "$tmp/o.jsonl" ]
}
a_program_hears_the_instrument_once_and_gets_the_sheet() {
    listener
    brings 0 "$tmp/listener:content=sheet"
    reads "$tmp/heard" '[line["type"] for line in lines] == ["instrument", "deliver", "shutdown"]'
    python3 -c 'import json, sys; json.dump(json.loads(open(sys.argv[1]).readline())["instrument"], open(sys.argv[2], "w"))' \
        "$tmp/heard" "$tmp/instrument.json"
    python3 tests/tools/schema.py docs/reference/instrument.schema.json "$tmp/instrument.json"
    reads "$tmp/heard" 'lines[1]["result"]["content"] == "sheet" and lines[1]["result"]["respondents"] == []'
    on 0 sheet "$(round)" --format html
    cmp "$tmp/out" "$tmp/sheet.html"
}
nothing_of_a_result_stays_behind_in_the_data_folder() {
    listener
    brings 0 "$tmp/listener"
    [ -s "$tmp/sheet.html" ]
    [ -z "$(find "$tmp/data/outputs" -type f)" ] || { find "$tmp/data/outputs" -type f; return 1; }
}

# The output kills the engine that has just handed it the sheet.
what_a_kill_leaves_of_it_goes_when_the_folder_is_opened_again() {
    cat >"$tmp/killer" <<'PY'
#!/usr/bin/python3
import json, os, sys
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": []}), flush=True)
    elif said["type"] == "deliver":
        os.kill(os.getppid(), 9)
PY
    chmod +x "$tmp/killer"
    verbond run menger-monitor --data "$tmp/data" --case k1 --lang nl --answers "$example" \
        --output "$tmp/killer" >"$tmp/out" 2>"$tmp/err" && return 1
    grep -rq "Ik weet wat hier verplicht is." "$tmp/data/outputs"
    mkdir "$tmp/mine"
    echo mine >"$tmp/mine/file"
    ln -s "$tmp/mine" "$tmp/data/outputs/.blobs/link"
    until verbond rounds --data "$tmp/data" >"$tmp/out" 2>"$tmp/err"; do
        grep -q "in use" "$tmp/err" # the output that was killed too may be on its way out
    done
    [ -z "$(ls -A "$tmp/data/outputs/.blobs")" ]
    [ -s "$tmp/mine/file" ]
    on 0 outbox list
    says "$tmp/out" "$(round)/killer/1"
}
when_nobody_is_left_every_level_is_an_event() {
    brings 0 "jsonl:path=$tmp/items" "jsonl:path=$tmp/scores,content=scores"
    on 0 withdraw "$(round)" --person "$(person client)" # the professional's part was for two only
    for file in items scores; do
        reads "$tmp/$file" '[(line["content"], line["reason"], line["respondents"]) for line in lines] == [("event", "withdrawn", [])]'
    done
}
# Two rounds, one after the other, each typed anew; and one with another option.
an_output_keeps_one_folder_from_round_to_round() {
    cat >"$tmp/keeper" <<'PY'
#!/usr/bin/python3
import json, sys
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": [{"name": "colour", "type": "text",
            "required": False, "default": None, "example": "red", "check": None, "help": "a word"}]}), flush=True)
    elif said["type"] == "deliver":
        with open("kept", "a") as kept:
            kept.write("one\n")
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/keeper"
    for case in k1 k2; do
        on 0 run menger-monitor --case $case --lang nl --answers "$example" --output "$tmp/keeper"
    done
    on 0 run menger-monitor --case k3 --lang nl --answers "$example" --output "$tmp/keeper:colour=red"
    find "$tmp/data/outputs" -name kept -exec wc -l {} + | sed -nE 's/^ *([0-9]+) .*kept$/\1/p' | sort >"$tmp/counts"
    printf '1\n2\n' | diff - "$tmp/counts"
}

# Broken off after the release, at what is asked together.
a_result_that_waits_for_a_break_is_named_with_what_sends_it() {
    mkdir -p "$tmp/i/pair"
    cat >"$tmp/i/pair/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "pair", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Paar" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { "client" },
  v.yesno "good" { text = { nl = "Gaat het goed?" } },
  v.text "both" { text = { nl = "Wat zeggen jullie samen?" }, stage = "together" },
}
LUA
    printf '%s\n' "Enter = beginnen => " "Gaat het goed? => 1" "Enter = klaar => " \
        "terug naar mijn antwoorden => 1" "Dank je wel. => " "met elkaar. => " "Wat zeggen jullie samen? => ^C" |
        types 130 run "$tmp/i/pair" --lang nl --output "jsonl:path=$tmp/o.jsonl"
    says "$tmp/screen" "outbox retry"
    [ ! -s "$tmp/o.jsonl" ]
    on 0 outbox retry
    [ "$(wc -l <"$tmp/o.jsonl")" -eq 1 ]
}

run_tests a_result_arrives_in_both_files_and_the_codebook_names_every_column \
    the_long_table_has_a_row_for_each_answer_and_score \
    text_that_looks_like_a_formula_is_harmless_in_a_table what_comes_after_the_release_arrives_too \
    what_is_taken_back_leaves_the_file an_erased_round_leaves_an_event_and_nothing_else \
    an_erasure_says_who_got_it_and_waits_for_one_that_cannot_be_told \
    what_was_kept_long_enough_leaves_the_file_with_the_next_retry \
    an_output_that_cannot_take_it_makes_it_wait_behind_the_sheet \
    what_is_wrong_with_an_output_is_said_before_anything_is_kept two_of_one_kind_both_get_it \
    another_output_of_the_same_name_takes_nothing_from_the_first \
    two_tables_in_one_folder_share_the_codebook a_table_is_not_its_own_codebook \
    what_goes_out_is_in_the_audit an_instrument_that_keeps_nothing_brings_nothing \
    what_is_too_long_for_a_line_is_dead_and_seems_to_have_reached_nobody \
    a_program_hears_the_instrument_once_and_gets_the_sheet \
    nothing_of_a_result_stays_behind_in_the_data_folder \
    what_a_kill_leaves_of_it_goes_when_the_folder_is_opened_again \
    when_nobody_is_left_every_level_is_an_event an_output_keeps_one_folder_from_round_to_round \
    a_result_that_waits_for_a_break_is_named_with_what_sends_it
