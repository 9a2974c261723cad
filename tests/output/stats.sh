#!/bin/bash
# stats.sh: the output stats, read back by pspp and by R.
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json
# brings CODE KEYS [OPTION...]: a round of menger-monitor with this output
brings() {
    local want=$1 keys=$2
    shift 2
    expect_exit "$want" verbond run menger-monitor --data "$tmp/data" --answers "$example" --output "$keys" "$@"
}
round() { verbond rounds --json --data "$tmp/data" | grep -oE '"round":"[^"]*"' | cut -d'"' -f4 | head -n 1; }
person() { # person ROLE
    verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"] if p["role"] == sys.argv[1]])' "$1"
}
# pspp_says FILE COMMANDS: what pspp prints, in $tmp/said; it warns of nothing
pspp_says() {
    printf "GET FILE='%s'.\n%b\n" "$1" "${2//. /.\\n}" >"$tmp/look.sps"
    pspp -o "$tmp/said" -O format=csv "$tmp/look.sps" >"$tmp/pspp" 2>&1 || { cat "$tmp/pspp"; return 1; }
    lacks "$tmp/said" '(?i)(warning|error):'
    lacks "$tmp/pspp" '(?i)(warning|error):'
}
# values FILE PROGRAM [ARGUMENT...]: rows of a .sav, codes and all, as pspp reads them
values() {
    pspp-convert -O csv "$1" "$tmp/values.csv"
    printf 'import csv, json, sys\nrows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8-sig")))\n%s' "$2" >"$tmp/look.py"
    shift 2
    python3 "$tmp/look.py" "$tmp/values.csv" "$@"
}
r_says() { # r_says PROGRAM: library foreign is loaded; what it stops at fails
    printf 'library(foreign)\noptions(warn = 2)\n%s\n' "$1" >"$tmp/look.R"
    (cd "$tmp" && Rscript --vanilla look.R >r.out 2>&1) || { cat "$tmp/r.out"; return 1; }
}

two_equal_rounds_in_two_data_folders_give_the_same_bytes() {
    for n in 1 2; do
        mkdir "$tmp/$n"
        (cd "$tmp/$n" && VERBOND_INSTRUMENTS=$top/instruments VERBOND_DATA=data \
            verbond run menger-monitor --answers "$top/$example" \
            --output stats:path=o.sav,layout=wide,lang=nl >sheet 2>err)
        [ "$(stat -c %a "$tmp/$n/o.sav")" = 600 ]
    done
    cmp "$tmp/1/o.sav" "$tmp/2/o.sav"
}
pspp_prints_the_labels_in_dutch() {
    brings 0 "stats:path=$tmp/o.sav,layout=wide,lang=nl"
    pspp_says "$tmp/o.sav" "DISPLAY DICTIONARY. LIST trust_report_c. FREQUENCIES trust_report_c trust_report_p."
    says "$tmp/said" 'trust_report_c,18,client: {professional} vertelt mij wat in het verslag komt.,Ordinal'
    says "$tmp/said" 'Ik vertel {client} wat in het verslag komt.'
    says "$tmp/said" 'Valid,oneens,1'
    says "$tmp/said" 'Vertrouwen: gemiddelde'
    says "$tmp/said" 'niet ingevuld'
    says_not "$tmp/said" 'weet ik niet'
}
every_value_is_that_of_the_result() {
    brings 0 "stats:path=$tmp/o.sav,layout=wide,lang=nl"
    on 0 result "$(round)"
    values "$tmp/o.sav" '
result, row = json.load(open(sys.argv[2])), rows[0]
assert len(rows) == 1
seen = 0
for person in result["respondents"]:
    end = "_" + person["role"][0]
    for name, item in person["items"].items():
        cell = row[name.replace(".", "_") + end]
        if isinstance(item.get("value"), str):
            assert cell == item["value"] and row[name.replace(".", "_") + "_m" + end] == "0", (name, cell)
        elif "value" in item:
            assert float(cell) == float(item["value"]), (name, cell, item)
        seen += 1
    for name, scale in person["scales"].items():
        for figure, tail in {"sum": "sum", "mean": "mean", "pomp": "pomp", "answered": "n", "of": "of"}.items():
            assert float(row[f"{name}_{tail}{end}"]) == scale[figure], (name, figure)
            seen += 1
assert seen > 60, seen
' "$tmp/out"
}
research_keeps_the_reasons_apart() {
    python3 - "$example" "$tmp/a.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
for role in ("client", "professional"):
    answers[role]["@purposes"] = ["research"]
answers["client"]["trust.report"] = {"missing": "rather_not_say"}
answers["client"]["bond.time"] = {"missing": "dont_know"}
answers["client"]["@hold"] = ["direction.goal"]
del answers["client"]["going.well"]
json.dump(answers, open(sys.argv[2], "w"))
PY
    example=$tmp/a.json brings 0 "stats:path=$tmp/o.sav,layout=wide,lang=nl,purpose=research"
    values "$tmp/o.sav" '
row = rows[0]
assert [row[name + "_c"] for name in ("trust_report", "bond_time", "direction_goal", "going_well_m")] == ["-94", "-93", "-95", "-92"], row'
    pspp_says "$tmp/o.sav" "FREQUENCIES trust_report_c bond_time_c direction_goal_c going_well_m_c. DISPLAY DICTIONARY."
    says "$tmp/said" 'Missing,zeg ik liever niet,1'
    says "$tmp/said" 'Missing,weet ik niet,1'
    says "$tmp/said" 'Missing,voor zichzelf gehouden,1'
    says "$tmp/said" 'Valid,overgeslagen,1'
}

# feeds PROGRAM [ARGUMENT...]: deliveries made up in Python (stats_feed.py); feeds(OPTIONS, DELIVERIES) gives
# the answers
feeds() {
    { printf 'import os, sys\nsys.path.insert(0, "tests/output")\nfrom stats_feed import *\n'
      printf 'tmp = "%s"\nos.makedirs(tmp + "/own", exist_ok=True)\n' "$tmp"
      printf 'def feeds(options, deliveries, between=None):\n'
      printf '    return feed("%s", "%s", options, tmp + "/own", deliveries, between)\n' \
          "$build/verbond" "$build/plugins/stats.so"
      printf 'def v(value): return {"value": value}\n%s\n' "$1"; } >"$tmp/feeds.py"
    shift
    python3 "$tmp/feeds.py" "$@"
}
whoever_shared_nothing_has_one_reason_everywhere() {
    printf '{"client": null, "professional": {"trust.report": 5}, "@release": true}' >"$tmp/a.json"
    feeds '
asked = instrument([item("one", "likert"), item("two", "text"), item("only.p", "yesno", roles=["professional"])])
one = result(asked, [("client", None), ("professional", {"one": v(4), "two": v("x"), "only.p": v(True)})])
for layout in ("wide", "long"):
    answers = feeds({"path": f"{tmp}/{layout}.sav", "layout": layout}, [(asked, one)])
    assert answers[0]["type"] == "delivered", answers'
    values "$tmp/wide.sav" '
row = rows[0]
assert (row["shared_c"], row["one_c"], row["two_m_c"], row["one_p"], row["only_p_p"]) == ("0", "-97", "-97", "4", "1"), row
assert "only_p_c" not in row'
    values "$tmp/long.sav" '
assert [(row["role"], row["shared"], row["one"], row["only_p"]) for row in rows] == [
    ("1", "0", "-97", " "), ("2", "1", "4", "1")] or rows[0]["only_p"].strip() == "", rows'
}
a_family_has_a_variable_for_each_voice_about_each_member() {
    expect_exit 0 verbond run family-alliance --data "$tmp/data" --answers instruments/family-alliance/example.json \
        --output "stats:path=$tmp/wide.sav,layout=wide" --output "stats:path=$tmp/long.sav"
    on 0 result "$(round)"
    values "$tmp/wide.sav" '
result, row = json.load(open(sys.argv[2])), rows[0]
ends, count, seen = {}, {}, 0
for person in result["respondents"]:
    count[person["role"]] = count.get(person["role"], 0) + 1
    short = {"youth": "y", "child": "c", "parent": "p", "professional": "pr"}[person["role"]]
    ends[person["person"]] = f"_{short}" + ("" if short == "pr" else str(count[person["role"]]))
for person in result["respondents"]:
    for about in [{"person": person["person"], "items": person["items"]}] + person["about"]:
        own = about["person"] == person["person"]
        end = ends[person["person"]] + ("" if own else ends[about["person"]])
        for name, item in about["items"].items():
            if isinstance(item.get("value"), int):
                assert row[name.replace(".", "_") + end] == str(item["value"]), (name, end)
                seen += 1
assert seen > 40, seen
assert row["shared_p2"] == "0" and row["goal_clear_p2"] == "-97"' "$tmp/out"
    values "$tmp/long.sav" '
result = json.load(open(sys.argv[2]))
rows_of = sum(1 + sum(about["person"] != person["person"] for about in person["about"]) for person in result["respondents"])
assert len(rows) == rows_of, (len(rows), rows_of)' "$tmp/out"
}
what_is_taken_back_leaves_the_file_and_what_is_kept() {
    sed 's/"going.well": "[^"]*"/"going.well": "kWxZqMark"/' "$example" >"$tmp/a.json"
    example=$tmp/a.json brings 0 "stats:path=$tmp/o.sav,layout=wide,dates=true"
    grep -rqa kWxZqMark "$tmp/data/outputs"
    grep -qa "$(person client)" "$tmp/o.sav"
    on 0 withdraw "$(round)" --person "$(person client)"
    for mark in kWxZqMark "$(person client)"; do
        lacks "$tmp/o.sav" "$mark"
        [ -z "$(grep -rla "$mark" "$tmp/data/outputs")" ] || { echo "# $mark is in $tmp/data/outputs"; return 1; }
    done
    on 0 erase --round "$(round)" --yes
    [ "$(pspp-convert -O csv "$tmp/o.sav" "$tmp/o.csv" && wc -l <"$tmp/o.csv")" -eq 1 ]
    [ -z "$(grep -rlaE "R	" "$tmp/data/outputs" --include='*.rounds')" ]
}
a_later_revision_takes_the_place_of_the_one_before() {
    feeds '
asked = instrument([item("one", "likert")])
first = result(asked, [("client", {"one": v(1)}), ("professional", None)])
late = result(asked, [("client", {"one": v(1)}), ("professional", {"one": v(5)})], revision=2, reason="late")
other = result(asked, [("client", {"one": v(3)}), ("professional", None)], "r2")
answers = feeds({"path": tmp + "/o.sav", "layout": "wide"}, [(asked, first), (asked, other), (asked, first), (asked, late), (asked, late)])
assert [one["type"] for one in answers] == ["delivered"] * 5, answers'
    values "$tmp/o.sav" '
assert [(row["round_no"], row["one_c"], row["one_p"]) for row in rows] == [("1", "1", "5"), ("2", "3", "-97")], rows'
}
the_order_of_arrival_is_not_in_the_file() {
    feeds '
asked = instrument([item("one", "likert")])
rounds = [(asked, result(asked, [("client", {"one": v(n)}), ("professional", {"one": v(5 - n)})], f"r{n}")) for n in range(1, 5)]
for name, order in {"a": rounds, "b": rounds[::-1]}.items():
    feeds({"path": f"{tmp}/{name}.sav"}, order)
    feeds({"path": f"{tmp}/{name}.dta"}, order)'
    cmp "$tmp/a.sav" "$tmp/b.sav"
    cmp "$tmp/a.dta" "$tmp/b.dta"
}
a_file_that_was_taken_away_begins_anew_and_one_of_somebody_else_is_left_alone() {
    brings 0 "stats:path=$tmp/o.sav,layout=wide"
    mv "$tmp/o.sav" "$tmp/first.sav"
    brings 0 "stats:path=$tmp/o.sav,layout=wide"
    cmp "$tmp/first.sav" "$tmp/o.sav"
    brings 0 "stats:path=$tmp/o.sav,layout=wide"
    values "$tmp/o.sav" 'assert [row["round_no"] for row in rows] == ["1", "2"], rows'
    rm "$tmp/o.sav"
    on 0 erase --round "$(round)" --yes
    [ ! -e "$tmp/o.sav" ]
    rm -rf "$tmp/data"
    echo "my own work" >"$tmp/mine.sav"
    brings 5 "stats:path=$tmp/mine.sav"
    says "$tmp/err" "is there already, and this output did not make it as it is"
    on 0 erase --round "$(round)" --yes
    says "$tmp/mine.sav" "my own work"
    brings 5 "stats:path=$tmp/mine.sav"
    rm "$tmp/mine.sav"
    on 0 outbox retry
    pspp_says "$tmp/mine.sav" "LIST role"
}
a_file_is_written_over_only_as_it_was_left() {
    brings 0 "stats:path=$tmp/o.sav,layout=wide"
    cp "$tmp/o.sav" "$tmp/first.sav"
    mv "$tmp/data" "$tmp/elsewhere"
    brings 0 "stats:path=$tmp/o.sav,layout=wide" # another data folder, and the very same bytes
    cmp "$tmp/first.sav" "$tmp/o.sav"
    echo "my own work" >>"$tmp/o.sav"
    brings 5 "stats:path=$tmp/o.sav,layout=wide"
    says "$tmp/err" "did not make it as it is"
    says "$tmp/o.sav" "my own work"
    on 0 erase --case "$(verbond rounds --json --data "$tmp/data" | grep -oE '"case":"[^"]*"' | cut -d'"' -f4 | head -n 1)" --yes
    says_not "$tmp/o.sav" "my own work" # what a person took back goes all the same
}
what_has_other_variables_is_rejected_and_new_wording_is_not() {
    feeds '
asked = instrument([item("one", "likert")])
mended = instrument([item("one", "likert", text="A better question")], version="1.0.1")
other = instrument([item("one", "yesno")], version="2.0.0")
stranger = instrument([item("one", "likert")], ident="stranger")
rounds = [(plan, result(plan, [("client", {"one": v(1)}), ("professional", None)], f"r{n}"))
          for n, plan in enumerate([asked, mended, other, stranger])]
answers = feeds({"path": tmp + "/o.sav", "layout": "wide"}, rounds)
assert [one["type"] for one in answers] == ["delivered", "delivered", "rejected", "rejected"], answers
assert "other variables than odd 2.0.0" in answers[2]["reason"], answers[2]
gone = result(stranger, [], "r3", 2, "erased")
assert feeds({"path": tmp + "/o.sav", "layout": "wide"}, [(stranger, gone)])[0]["type"] == "delivered"
answers = feeds({"path": tmp + "/p.sav", "lang": "xx"}, rounds[:1])
assert answers[0]["reason"] == "odd has no texts in xx; it has en", answers
answers = feeds({"path": tmp + "/p.txt"}, rounds[:1])
assert "ends neither with .sav nor .dta" in json.dumps(answers) + json.dumps(answers.logs), (answers, answers.logs)'
    pspp_says "$tmp/o.sav" "DISPLAY DICTIONARY"
    says "$tmp/said" "A better question"
    values "$tmp/o.sav" 'assert [row["version"] for row in rows] == ["1.0.0", "1.0.1"], rows'
}
# Made anew for each delivery, 400 rounds would be 400 files. What waits is in the file at the end.
many_rounds_are_few_files() {
    feeds '
asked = instrument([item("one", "likert"), item("two", "text")])
rounds = [(asked, result(asked, [("client", {"one": v(n % 5 + 1), "two": v(f"text {n}")}), ("professional", None)], f"r{n}"))
          for n in range(400)]
seen = set()
def look(number, answer):
    assert answer["type"] == "delivered", answer
    seen.add(os.stat(tmp + "/o.sav").st_ino * 10**20 + os.stat(tmp + "/o.sav").st_mtime_ns)
feeds({"path": tmp + "/o.sav"}, rounds, look)
print(len(seen))' >"$tmp/files"
    [ "$(cat "$tmp/files")" -lt 100 ] || { cat "$tmp/files"; return 1; }
    values "$tmp/o.sav" 'assert len(rows) == 800, len(rows)
assert {row["two"] for row in rows if row["role"] == "1"} == {f"text {n}" for n in range(400)}'
}
# Killed behind an answer, before the file was made of it.
what_a_kill_left_unwritten_is_written_at_the_next_start() {
    feeds '
import signal
asked = instrument([item("one", "likert")])
def one(n): return (asked, result(asked, [("client", {"one": v(n % 5 + 1)}), ("professional", None)], f"r{n}"))
feeds({"path": tmp + "/o.sav"}, [one(n) for n in range(40)])
before = os.stat(tmp + "/o.sav").st_ino
process = subprocess.Popen([sys.argv[1], "output-host", sys.argv[2]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp)
plan, last = one(40)
for line in ({"type": "hello", "protocol": "1.0", "output": "stats", "options": {"path": tmp + "/o.sav"}, "dir": tmp + "/own"},
             {"type": "instrument", "digest": plan["digest"], "instrument": plan},
             {"type": "deliver", "parcel": "r40/stats/1", "attempt": 1, "deadline_ms": 30000, "digest": plan["digest"], "result": last, "blobs": []}):
    process.stdin.write(json.dumps(line) + "\n")
process.stdin.flush()
process.stdout.readline()
assert json.loads(process.stdout.readline())["type"] == "delivered"
process.send_signal(signal.SIGKILL)
process.wait()
assert os.stat(tmp + "/o.sav").st_ino == before
feeds({"path": tmp + "/o.sav"}, [])' "$build/verbond" "$build/plugins/stats.so"
    values "$tmp/o.sav" 'assert len(rows) == 82, len(rows)'
}
odd_texts_names_and_numbers_come_through() {
    feeds '
items = [item("a.b", "likert"), item("a-b", "likert"), item("a_b", "likert", reverse=True), item("to", "yesno"),
         item("x" * 60 + ".one", "likert"), item("x" * 60 + ".two", "likert"), item("temp", "number"),
         item("count", "number", min=0, max=10), item("day", "date"), item("texting.a", "text"), item("texting.b", "text"),
         item("pick", "choice", options=[{"value": "p", "score": 3, "text": {"en": "Pee"}}, {"value": "q", "score": 7, "text": {"en": "Kuu"}}]),
         item("many", "choice", max=2, options=[{"value": "p", "score": None, "text": {"en": "Pee"}}, {"value": "q", "score": None, "text": {"en": "Kuu"}}]),
         item("w", "words", max=3), item("line", "vas", reverse=True, min=0, max=1000, left={"en": "none"}, right={"en": "all"}),
         item("tri", "triangle", options=[{"value": "client", "text": {"en": "client"}}, {"value": "m", "text": {"en": "m"}}]),
         item("pic", "draw")]
asked = instrument(items)
answers = {"a.b": v(2), "a-b": v(3), "a_b": v(2), "to": v(True), items[4]["id"]: v(1), items[5]["id"]: v(5), "temp": v(-95.5),
           "count": {"missing": "not_filled_in"}, "day": v("2026-11-21"), "texting.a": v("é" * 9000), "texting.b": v("😀مرحبا" * 40),
           "pick": v("q"), "many": v(["q", {"other": "eigen 😀"}]), "w": v(["zon", "مرحبا"]), "line": v(250),
           "tri": v({"client": [1, 2], "m": [3, 1000]}), "pic": v({"words": ["a", "b"]})}
whole = result(asked, [("client", answers), ("professional", {"temp": {"missing": "not_filled_in"}})])
none = result(asked, [("client", None), ("professional", None)], "r2")
for ending in ("sav", "dta"):
    said = feeds({"path": f"{tmp}/o.{ending}", "layout": "wide"}, [(asked, whole), (asked, none)])
    assert [one["type"] for one in said] == ["delivered"] * 2, said
    assert [log for log in said.logs if "cut" in log] == ([] if ending == "sav" else ["1 texts were longer than the file takes, and were cut"]), said.logs'
    pspp_says "$tmp/o.sav" "DISPLAY DICTIONARY. LIST a_b_c"
    values "$tmp/o.sav" '
row = [row for row in rows if row["shared_c"] == "1"][0]
want = {"a_b_c": "2", "a_b_2_c": "3", "a_b_3_c": "2", "a_b_3_s_c": "4", "to_2_c": "1", "temp_c": "-95.5", "temp_p": "-2000000097",
        "count_c": "-97", "day_c": "11/21/2026", "texting_a_c": "é" * 9000, "texting_b_c": "😀مرحبا" * 40, "pick_c": "2", "pick_s_c": "7",
        "many_1_c": "0", "many_2_c": "1", "many_o_c": "eigen 😀", "w_o_c": "zon | مرحبا", "line_c": "250", "line_s_c": "750",
        "tri_1x_c": "1", "tri_2y_c": "1000", "pic_c": "2", "pic_o_c": "a | b"}
for name, value in want.items():
    assert row[name] == value, (name, row[name][:80])
assert [row[name] for name in row if name.startswith("xxx") and name.endswith("_c")] == ["1", "5"]
assert max(len(name) for name in row) <= 32'
}
as_many_questions_as_an_instrument_may_have() {
    feeds '
def short(ident): return {"id": ident, "kind": "vas", "text": {"client": {"en": "Q"}}, "scored": True, "stage": "apart"}
asked = instrument([short(f"question.number.{n}") for n in range(4096)])
one = result(asked, [("client", {f"question.number.{n}": v(n % 5 + 1) for n in range(4096)}), ("professional", None)])
for ending in ("sav", "dta"):
    said = feeds({"path": f"{tmp}/o.{ending}", "layout": "wide"}, [(asked, one)])
    assert said[0]["type"] == "delivered", said
roles = [{"role": "client", "optional": False, "min": 1, "max": 30, "roster": False}]
asked = instrument([short(f"q{n}") for n in range(4096)], respondents=roles)
crowd = result(asked, [("client", {"q1": v(1)})] * 9)
said = feeds({"path": tmp + "/p.sav", "layout": "wide"}, [(asked, crowd)])
assert said[0]["type"] == "rejected" and "use layout=long" in said[0]["reason"], said
said = feeds({"path": tmp + "/q.sav"}, [(asked, crowd)])
assert said[0]["type"] == "delivered", said'
    values "$tmp/o.sav" '
assert all(rows[0][f"question_number_{n}_c"] == str(n % 5 + 1) for n in range(4096))'
}
r_reads_labels_values_and_reasons_of_both_files() {
    python3 - "$example" "$tmp/a.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
for role in ("client", "professional"):
    answers[role]["@purposes"] = ["research"]
answers["client"]["trust.report"] = {"missing": "rather_not_say"}
json.dump(answers, open(sys.argv[2], "w"))
PY
    example=$tmp/a.json brings 0 "stats:path=$tmp/o.sav,lang=en,purpose=research" \
        --output "stats:path=$tmp/o.dta,lang=en,stata=12,purpose=research"
    on 0 result "$(round)"
    python3 - "$tmp/out" >"$tmp/want" <<'PY'
import json, sys
client = json.load(open(sys.argv[1]))["respondents"][0]
print(client["items"]["bond.time"]["value"], client["scales"]["bond"]["mean"])
PY
    r_says '
want <- scan("want", quiet = TRUE)
raw <- read.spss("o.sav", to.data.frame = TRUE, use.value.labels = FALSE, use.missings = FALSE)
stopifnot(nrow(raw) == 2, raw$bond_time[1] == want[1], abs(raw$bond_mean[1] - want[2]) < 1e-9, raw$trust_report[1] == -94)
named <- read.spss("o.sav", to.data.frame = TRUE)
stopifnot(is.factor(named$bond_time), levels(named$bond_time)[1:2] == c("strongly disagree", "disagree"))
stopifnot(as.character(named$role) == c("client", "professional"), is.na(named$trust_report[1]))
stopifnot(grepl("tells me what goes into the report", attr(named, "variable.labels")["trust_report"]))
stata <- read.dta("o.dta", convert.factors = FALSE)
stopifnot(attr(stata, "version") == 12, stata$bond_time[1] == want[1], is.na(stata$trust_report[1]))
table <- attr(stata, "label.table")[[attr(stata, "val.labels")[match("trust_report", names(stata))]]]
stopifnot(table["disagree"] == 2)
# it warns of its own tables of doubles
reasons <- suppressWarnings(read.dta("o.dta", convert.factors = FALSE, missing.type = TRUE))
stopifnot(attr(reasons, "missing")$trust_report[1] == 4)
stopifnot(read.dta("o.dta")$bond_time[1] == named$bond_time[1])'
}
# Text beyond ASCII makes it a format that no reader here knows: ours follows Stata's own description.
stata_of_today_gets_unicode_and_a_letter_for_each_reason() {
    feeds '
from stats_dta import read
mood = item("mood", "likert", options=[{"value": n, "score": n, "text": {"en": word}} for n, word in ((1, "мало"), (5, "très bien"))])
asked = instrument([mood, item("temp", "number"), item("day", "date"), item("said", "text")])
one = result(asked, [("client", {"mood": v(5), "temp": v(-95.5), "day": v("2026-11-21"), "said": v("😀 مرحبا")}),
                     ("professional", {"mood": {"missing": "dont_know"}, "temp": {"missing": "held"},
                                       "day": {"missing": "skipped"}, "said": {"missing": "rather_not_say"}})], purpose="research")
said = feeds({"path": tmp + "/o.dta", "layout": "wide", "dates": "true"}, [(asked, one)])
assert said[0]["type"] == "delivered", said
got = read(tmp + "/o.dta")
row, words = got["rows"][0], got["values"][got["sets"]["mood_c"]]
assert (row["mood_c"], row["temp_c"], row["day_c"], row["said_c"]) == (5, -95.5, 24431, "😀 مرحبا"), row
assert (row["mood_p"], row["temp_p"], row["day_p"], row["said_m_p"]) == (".c", ".e", ".b", -94), row
assert words[1] == "мало" and words[5] == "très bien" and words[".c"] == "don" + chr(39) + "t know" and len(words) == 10, words
assert row["released"] == (24431 * 86400 + 36000) * 1000 and row["case_id"] == "case-r1"
assert got["stamp"].startswith("01 Jan 1970") and got["label"] == "Odd", got["stamp"]
assert got["labels"]["mood_c"] == "client: Question mood"
said = feeds({"path": tmp + "/old.dta", "layout": "wide", "stata": "12"}, [(asked, one)])
assert said[0]["type"] == "delivered", said'
    r_says '
old <- read.dta("old.dta", convert.factors = FALSE)
stopifnot(attr(old, "version") == 12, old$mood_c == 5, is.na(old$mood_p), old$said_c == "? ?????")
words <- attr(old, "label.table")[[attr(old, "val.labels")[match("mood_c", names(old))]]]
stopifnot(identical(iconv(names(words)[words == 5], "CP1252", "UTF-8"), "tr\u00e8s bien"))'
}
every_instrument_in_the_box_is_read_without_a_warning() {
    local folder name layout
    for folder in instruments/*/; do
        name=$(basename "$folder")
        [ -f "$folder/instrument.lua" ] && ! grep -qE 'retain = "(none|memory)"' "$folder/instrument.lua" || continue
        expect_exit 0 verbond run "$name" --data "$tmp/$name" --answers "$folder/example.json" \
            --output "stats:path=$tmp/$name-wide.sav,layout=wide" --output "stats:path=$tmp/$name-long.sav" \
            --output "stats:path=$tmp/$name-wide.dta,layout=wide"
        for layout in wide long; do
            pspp_says "$tmp/$name-$layout.sav" "DISPLAY DICTIONARY. LIST" || { echo "# $name, $layout"; return 1; }
        done
        [ "$(head -c 11 "$tmp/$name-wide.dta" | tr -d '\0')" = "<stata_dta>" ] ||
            [ "$(head -c 1 "$tmp/$name-wide.dta" | od -An -tu1 | tr -d ' ')" = 115 ]
    done
    [ "$(ls "$tmp" | grep -c wide.sav)" -ge 12 ]
}

run_tests \
    two_equal_rounds_in_two_data_folders_give_the_same_bytes \
    pspp_prints_the_labels_in_dutch \
    every_value_is_that_of_the_result \
    research_keeps_the_reasons_apart \
    whoever_shared_nothing_has_one_reason_everywhere \
    a_family_has_a_variable_for_each_voice_about_each_member \
    what_is_taken_back_leaves_the_file_and_what_is_kept \
    a_later_revision_takes_the_place_of_the_one_before \
    the_order_of_arrival_is_not_in_the_file \
    a_file_that_was_taken_away_begins_anew_and_one_of_somebody_else_is_left_alone \
    a_file_is_written_over_only_as_it_was_left \
    what_has_other_variables_is_rejected_and_new_wording_is_not \
    many_rounds_are_few_files \
    what_a_kill_left_unwritten_is_written_at_the_next_start \
    odd_texts_names_and_numbers_come_through \
    as_many_questions_as_an_instrument_may_have \
    r_reads_labels_values_and_reasons_of_both_files \
    stata_of_today_gets_unicode_and_a_letter_for_each_reason \
    every_instrument_in_the_box_is_read_without_a_warning
