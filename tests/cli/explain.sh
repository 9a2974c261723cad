#!/bin/bash
# explain.sh: every code that check gives has a page, and check says where.
. tests/tools/tap.sh

# denies [MORE]: an instrument with one warning, in $tmp/one
denies() {
    mkdir -p "$tmp/one"
    cat >"$tmp/one/instrument.lua" <<LUA
local v <const> = require "verbond"
return v.instrument {
  id = "one", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { en = "One" }, languages = { "en" }, respondents = { "client" },
  v.yesno "heard" { text = { en = "Are you not heard?" }${1:-} },
}
LUA
}
check_says_once_where_more_is_said() {
    denies
    expect_exit 0 verbond check "$tmp/one"
    says "$tmp/out" '[negation]'
    says "$tmp/err" "verbond explain negation"
    [ "$(grep -c explain "$tmp/err")" = 1 ]
    expect_exit 0 verbond check --format gcc "$tmp/one"
    says_not "$tmp/err" "explain"
    expect_exit 1 verbond check --strict "$tmp/one"
}
what_is_accepted_is_not_said() {
    denies ', accept = { negation = "clients asked for it" }'
    expect_exit 0 verbond check --strict "$tmp/one"
    says "$tmp/err" "0 warnings"
    says_not "$tmp/err" "explain"
}
a_page_has_both_examples() {
    expect_exit 0 verbond explain negation
    says "$tmp/out" "Wrong"
    says "$tmp/out" '    v.likert "heard" { text = { en = "I am heard." } },'
    says_not "$tmp/out" '```'
}
without_a_code_all_are_listed() {
    expect_exit 0 verbond explain
    [ "$(wc -l <"$tmp/out")" = "$(ls docs/reference/findings | wc -l)" ]
    grep -qE '^negation +warning A question denies something\.$' "$tmp/out"
}
json_has_every_page() {
    expect_exit 0 verbond explain --json
    python3 - "$tmp/out" <<'PY'
import json, sys
pages = json.load(open(sys.argv[1]))
assert len(pages) > 100
assert all(p["level"] in ("error", "warning") and p["summary"] and p["code"] in p["text"] for p in pages)
PY
    expect_exit 0 verbond explain --json negation
    python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["code"] == "negation"' "$tmp/out"
}
an_unknown_code_names_the_one_that_was_meant() {
    expect_exit 2 verbond explain negatoin
    says "$tmp/err" "did you mean negation?"
    [ ! -s "$tmp/out" ]
    expect_exit 2 verbond explain bicycle-bell
    says "$tmp/err" "verbond explain lists them"
    expect_exit 2 verbond explain negation absolute
}

run_tests check_says_once_where_more_is_said what_is_accepted_is_not_said a_page_has_both_examples \
    without_a_code_all_are_listed json_has_every_page an_unknown_code_names_the_one_that_was_meant
