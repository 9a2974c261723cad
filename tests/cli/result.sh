#!/bin/bash
# result.sh: the result against its schema, and the digest in it against sha256sum.
. tests/tools/tap.sh

# An instrument with every kind of question, for one voice, and answers to it in $tmp/answers.json.
all_kinds() {
    mkdir -p "$tmp/instruments/kinds"
    cat >"$tmp/instruments/kinds/instrument.lua" <<'LUA'
local v <const> = require "verbond"
local function nl(text) return { nl = text } end

return v.instrument {
  id = "kinds", version = "1.0.0", licence = "CC-BY-4.0", basis = "own", source = "a test",
  title = nl "Alle soorten", languages = { "nl" }, status = nl "draft", respondents = { "client" },
  v.scale "pair" {
    title = nl "Paar", score = "sum",
    v.likert "pair.a" { text = nl "A", answers = v.answers { { 0, nl = "nee" }, { 2, nl = "ja" } } },
    v.likert "pair.b" { text = nl "B", reverse = true,
                        answers = v.answers { { 0, nl = "nee" }, { 2, nl = "ja" } } },
  },
  v.total "all" { title = nl "Alles", of = { "pair" }, score = "sum" },
  v.vas "line" { text = nl "Lijn", left = nl "weinig", right = nl "veel" },
  v.yesno "stuck" { text = nl "Vast?" },
  v.choice "place" { text = nl "Waar?", other = true,
                     options = { { id = "home", nl = "thuis" }, { id = "school", nl = "school" } } },
  v.choice "places" { text = nl "Waar nog?", max = 2, other = true,
                      options = { { id = "home", nl = "thuis" }, { id = "school", nl = "school" } } },
  v.words "words" { text = nl "Woorden?", max = 3 },
  v.text "free" { text = nl "Tekst?" },
  v.number "times" { text = nl "Hoe vaak?", min = 0, max = 10 },
  v.date "since" { text = nl "Sinds?" },
  v.draw "drawing" { text = nl "Teken" },
  v.draw "paper" { text = nl "Teken op papier" },
  v.photo "photo" { text = nl "Foto", keep = "give" },
}
LUA
    png "$tmp/photo.png" pixels
    cat >"$tmp/answers.json" <<JSON
{"client": {"pair.a": 2, "pair.b": 0, "line": 437, "stuck": {"missing": "dont_know"},
            "place": {"other": "bij oma"}, "places": [{"other": "buiten"}, "home"],
            "words": ["zon", "é"], "free": "een \"tekst\"\nop twee regels", "times": 2.5,
            "since": "2026-11-21", "drawing": {"words": ["boom"]}, "paper": {"paper": true},
            "photo": {"file": "$tmp/photo.png"}, "@share": true}}
JSON
}
result_of_all_kinds() {
    all_kinds
    expect_exit 0 verbond run "$tmp/instruments/kinds" --data "$tmp/data" --answers "$tmp/answers.json"
    verbond result "$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')" \
        --data "$tmp/data" >"$tmp/result.json"
}

every_kind_is_written_as_the_reference_says() {
    result_of_all_kinds
    says "$tmp/result.json" '"items":{"pair.a":{"value":2},"pair.b":{"value":0},"line":{"value":437},"stuck":{"missing":"not_filled_in"},"place":{"value":{"other":"bij oma"}},"places":{"value":["home",{"other":"buiten"}]},"words":{"value":["zon","é"]},"free":{"value":"een \"tekst\"\nop twee regels"},"times":{"value":2.5},"since":{"value":"2026-11-21"},"drawing":{"value":{"words":["boom"]}},"paper":{"value":{"paper":true}},"photo":{"value":{"blob":"sha256:'
    says "$tmp/result.json" '"scales":{"pair":{"sum":4,"answered":2,"of":2,"mean":2,"pomp":100.0,"prorated":false,"negative":false}},"totals":{"all":4}'
}
the_schema_takes_the_result_and_nothing_added_or_left_out() {
    result_of_all_kinds
    tests/tools/schema.py --strict docs/reference/result.schema.json "$tmp/result.json"
}
the_digest_can_be_made_by_hand() {
    result_of_all_kinds
    local file="$tmp/instruments/kinds/instrument.lua" digest
    digest=$({
        printf 'verbond-api 1\0'
        printf '%s %s %s\0' "$(sha256sum <"$file" | cut -c1-64)" "$(stat -c %s "$file")" \
            kinds/instrument.lua
    } | sha256sum | cut -c1-64)
    says "$tmp/result.json" "\"digest\":\"sha256:$digest\""
}

run_tests every_kind_is_written_as_the_reference_says \
    the_schema_takes_the_result_and_nothing_added_or_left_out the_digest_can_be_made_by_hand
