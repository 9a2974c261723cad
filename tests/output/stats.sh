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
on() { local want=$1; shift; expect_exit "$want" verbond "$@" --data "$tmp/data"; }
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
        (cd "$tmp/$n" && VERBOND_INSTRUMENTS=$top/instruments VERBOND_DATA=$tmp/$n/data \
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

run_tests \
    two_equal_rounds_in_two_data_folders_give_the_same_bytes \
    pspp_prints_the_labels_in_dutch \
    every_value_is_that_of_the_result \
    research_keeps_the_reasons_apart
