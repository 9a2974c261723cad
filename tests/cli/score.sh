#!/bin/bash
# score.sh: a table of answers in, a table of scores out, or nothing and every cell that is wrong.
. tests/tools/tap.sh

head=case,role,direction.goal,direction.mandate,direction.choice,direction.consequence,direction.step
score() { verbond score menger-monitor --in "$tmp/in.csv" --out "$tmp/out.csv" "$@"; }
# refused CODE TEXT...: exit CODE, each TEXT is said, nothing is written
refused() {
    expect_exit "$1" score
    shift
    for text in "$@"; do says "$tmp/err" "$text"; done
    [ ! -e "$tmp/out.csv" ] || { echo "# something was written"; return 1; }
}

the_numbers_are_those_of_the_engine() {
    python3 - "$tmp/in.csv" <<'PY'
import csv, json, sys
answers = json.load(open("instruments/menger-monitor/example.json"))
ids = sorted({key for role in ("client", "professional") for key, value in answers[role].items()
              if "." in key and isinstance(value, int) and not isinstance(value, bool)})
with open(sys.argv[1], "w", newline="") as file:
    out = csv.writer(file)
    out.writerow(["case", "role"] + ids)
    for role in ("client", "professional"):
        out.writerow(["k1", role] + [answers[role].get(key, "") if isinstance(answers[role].get(key, ""), int) else "" for key in ids])
PY
    expect_exit 0 score
    says "$tmp/err" "2 rows scored"
    verbond run menger-monitor --data "$tmp/data" --answers instruments/menger-monitor/example.json >"$tmp/sheet" 2>"$tmp/err"
    round=$(verbond rounds --json --data "$tmp/data" | python3 -c 'import json,sys; print(json.load(sys.stdin)[0]["round"])')
    verbond result "$round" --data "$tmp/data" >"$tmp/result"
    python3 - "$tmp/out.csv" "$tmp/result" <<'PY'
import csv, json, sys
rows = {row["role"]: row for row in csv.DictReader(open(sys.argv[1]))}
seen = 0
for respondent in json.load(open(sys.argv[2]))["respondents"]:
    row = rows[respondent["role"]]
    for scale, score in respondent["scales"].items():
        for part in ("sum", "answered", "of", "mean", "pomp"):
            cell = row[f"{scale}.{part}"]
            assert (float(cell) if cell else None) == score[part], (scale, part, cell, score)
        seen += score["mean"] is not None
assert seen >= 6, seen
PY
}
empty_cells_and_reasons_are_no_answer() {
    printf '%s\n' "$head" k1,client,4,5,,4,dont_know k2,client,4,5,2,skipped,3 >"$tmp/in.csv"
    expect_exit 0 score
    python3 - "$tmp/out.csv" <<'PY'
import csv, sys
one, two = csv.DictReader(open(sys.argv[1]))
assert (one["case"], one["direction.answered"], one["direction.mean"]) == ("k1", "3", ""), one
assert (two["direction.answered"], two["direction.of"], two["direction.mean"]) == ("4", "5", "3.5"), two
assert (two["direction.pomp"], two["direction.prorated"], two["trust.mean"]) == ("62.5", "true", ""), two
PY
}
every_cell_that_is_wrong_is_named_and_nothing_is_written() {
    printf '%s\n' "$head" k1,client,9,x,3,3,3 =1+1,nobody,3,3,3,3,3 k3,client,3 >"$tmp/in.csv"
    refused 4 "$tmp/in.csv: row 2, column direction.goal: 9 is outside 1..5" \
        "row 2, column direction.mandate: " "row 3, column case: wants a word" \
        'row 3, column role: menger-monitor has no role "nobody"' "row 4: has 3 cells, and the header has 7" \
        "5 refused; nothing is written"
    printf '%s\n' role,direction.gaol,role client,3,client >"$tmp/in.csv"
    refused 4 "row 1, column direction.gaol: menger-monitor has no such item; did you mean direction.goal?" \
        "row 1, column role: stands twice in the header"
    printf '%s\n' direction.goal 3 >"$tmp/in.csv"
    refused 4 "row 2: of which role? Give a column role, or --role"
}
what_is_no_table_is_refused() {
    printf 'role,direction.goal\nclient,"3\n' >"$tmp/in.csv"
    refused 4 "cannot be read as CSV"
    printf 'role,direction.goal\n' >"$tmp/in.csv"
    refused 4 "there is no row of answers"
    : >"$tmp/in.csv"
    refused 4 "there is no row of answers"
    printf 'role,direction.goal\nclient,\xff\n' >"$tmp/in.csv"
    refused 4 "row 2, column direction.goal: is not UTF-8 text"
    rm "$tmp/in.csv"
    refused 4 "$tmp/in.csv"
    expect_exit 2 verbond score menger-monitor --in "$tmp/in.csv"
}
a_table_of_a_dutch_spreadsheet_is_read() {
    printf '\xef\xbb\xbf' >"$tmp/in.csv"
    printf '%s\r\n' "${head//,/;}" "k1;client;4;5;2;4;3" "\"k2\";client;4;4;4;4;4" >>"$tmp/in.csv"
    expect_exit 0 score
    says "$tmp/err" "2 rows scored"
    sed -n 2p "$tmp/out.csv" | grep -q '^k1,client,18,5,5,3.6,65.0,false,'
}
an_old_table_stays_until_the_new_one_is_whole() {
    printf '%s\n' "$head" 'k1,client,4,4,4,3,3' >"$tmp/in.csv"
    echo old >"$tmp/out.csv"
    mkdir "$tmp/out.csv.new" # so that the new one cannot be begun
    expect_exit 5 score
    says "$tmp/err" "out.csv.new cannot be written"
    [ "$(cat "$tmp/out.csv")" = old ]
    rmdir "$tmp/out.csv.new"
    expect_exit 0 score
    grep -q '^k1,client,18,' "$tmp/out.csv"
    [ ! -e "$tmp/out.csv.new" ]
}
a_pipe_or_a_link_is_written_to_and_stays_one() {
    printf '%s\n' "$head" 'k1,client,4,4,4,3,3' >"$tmp/in.csv"
    mkfifo "$tmp/pipe"
    cat "$tmp/pipe" >"$tmp/read" &
    expect_exit 0 verbond score menger-monitor --in "$tmp/in.csv" --out "$tmp/pipe"
    wait $!
    grep -q '^k1,client,18,' "$tmp/read"
    [ -p "$tmp/pipe" ]
    ln -s real.csv "$tmp/link.csv"
    expect_exit 0 verbond score menger-monitor --in "$tmp/in.csv" --out "$tmp/link.csv"
    [ -L "$tmp/link.csv" ]
    grep -q '^k1,client,18,' "$tmp/real.csv"
}

run_tests an_old_table_stays_until_the_new_one_is_whole a_pipe_or_a_link_is_written_to_and_stays_one \
    the_numbers_are_those_of_the_engine \
    empty_cells_and_reasons_are_no_answer \
    every_cell_that_is_wrong_is_named_and_nothing_is_written \
    what_is_no_table_is_refused \
    a_table_of_a_dutch_spreadsheet_is_read
