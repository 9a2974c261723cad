#!/bin/bash
# errors.sh: wrong input names its file and field, ends with 4, and nothing is stored.
. tests/tools/tap.sh

# refused TEXT...: $tmp/bad.json is refused, each TEXT is said, nothing is stored
refused() {
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/bad.json"
    [ ! -s "$tmp/out" ] || { echo "# something on stdout"; return 1; }
    for text in "$tmp/bad.json" "$@"; do
        says "$tmp/err" "$text"
    done
    nothing_stored
}
nothing_stored() {
    local rounds
    rounds=$(verbond rounds --json --data "$tmp/data")
    [ "$rounds" = "[]" ] || { echo "# stored: $rounds"; return 1; }
}

a_file_that_is_not_there() {
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/none.json"
    says "$tmp/err" "$tmp/none.json"
    nothing_stored
}
a_folder_or_a_forbidden_file_is_refused() {
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp"
    says "$tmp/err" "$tmp: is a folder, not a file"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/x/y"
    ln -s loop "$tmp/loop"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/loop"
    nothing_stored
}
what_the_instrument_does_not_have_is_named_with_its_key() {
    for key in '"@setting": "zz"' '"@variant": "zz"'; do
        echo "{$key, \"client\": {}}" >"$tmp/bad.json"
        refused "$(echo "$key" | cut -d'"' -f2): this instrument has no"
    done
    echo '{"@with": ["zz"], "client": {}}' >"$tmp/bad.json"
    refused "@with: no such included instrument"
    expect_exit 4 verbond run strengths --data "$tmp/data" --answers "$tmp/bad.json"
    says "$tmp/err" "@with: this instrument has no"
}
a_control_character_is_called_so() {
    printf '{"client": {"going.well": "a\\u0001b"}}' >"$tmp/bad.json"
    refused "client.going.well: a control character is not allowed, new lines and tabs are"
}
an_error_of_a_flow_names_the_file_and_the_person() {
    mkdir "$tmp/stops"
    cat >"$tmp/stops/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "stops", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "own",
  title = { en = "Stops" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" }, mandated = false,
  flow = function(s) error("x" .. s:ask "t") end,
  v.text "t" { text = { en = "What?" } },
}
LUA
    echo '{"client": {"t": "a"}}' >"$tmp/a.json"
    expect_exit 4 verbond run "$tmp/stops" --data "$tmp/data" --answers "$tmp/a.json"
    says "$tmp/err" "$tmp/a.json: client: the flow stopped at "
}
broken_json() {
    printf '{"client": {"trust.report": 4,}' >"$tmp/bad.json"
    refused "line 1"
}
a_key_that_stands_twice() {
    printf '{"client": {"trust.report": 4, "trust.report": 5}}' >"$tmp/bad.json"
    refused "trust.report"
}
bytes_that_are_no_utf8() {
    printf '{"client": {"going.well": "a\xff\xfe"}}' >"$tmp/bad.json"
    refused "UTF-8"
}
a_nul_byte() {
    printf '{"client": {"going.well": "a\0b"}}' >"$tmp/bad.json"
    refused
}
an_escaped_nul() {
    printf '{"client": {"going.well": "a\\u0000b"}}' >"$tmp/bad.json"
    refused
}
a_number_past_every_limit() {
    printf '{"client": {"trust.report": 1e999}}' >"$tmp/bad.json"
    refused
}
nesting_without_end() {
    python3 -c 'print("{\"client\":" + "[" * 5000 + "]" * 5000 + "}")' >"$tmp/bad.json"
    refused
}
text_after_the_end() {
    printf '{"client": {"trust.report": 4}} {}' >"$tmp/bad.json"
    refused
}
a_value_out_of_range() {
    printf '{"client": {"trust.report": 7}}' >"$tmp/bad.json"
    refused "client.trust.report" "7"
}
a_value_of_another_kind() {
    printf '{"client": {"trust.report": "often"}}' >"$tmp/bad.json"
    refused "client.trust.report"
}
half_a_likert() {
    printf '{"client": {"trust.report": 3.5}}' >"$tmp/bad.json"
    refused "client.trust.report"
}
an_unknown_item_with_the_one_that_was_meant() {
    printf '{"client": {"trust.reprot": 4}}' >"$tmp/bad.json"
    refused "client.trust.reprot" "trust.report"
}
an_unknown_role_with_the_one_that_was_meant() {
    printf '{"cleint": {"trust.report": 4}}' >"$tmp/bad.json"
    refused "cleint" "client"
}
an_unknown_key_of_the_file() {
    printf '{"client": {"trust.report": 4, "@shair": true}}' >"$tmp/bad.json"
    refused "@shair"
}
an_unknown_reason() {
    printf '{"client": {"trust.report": {"missing": "asleep"}}}' >"$tmp/bad.json"
    refused "client.trust.report" "rather_not_say"
}
the_same_person_in_two_files() {
    printf '{"client": {"trust.report": 4}}' >"$tmp/one.json"
    printf '{"client": {"trust.report": 5}}' >"$tmp/two.json"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/one.json" \
        --answers "$tmp/two.json"
    says "$tmp/err" "$tmp/two.json"
    says "$tmp/err" "client"
    nothing_stored
}
one_bad_file_of_two_stores_neither() {
    printf '{"client": {"trust.report": 4}}' >"$tmp/good.json"
    printf '{"professional": {"trust.report": 9}}' >"$tmp/bad.json"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --answers "$tmp/good.json" \
        --answers "$tmp/bad.json"
    says "$tmp/err" "$tmp/bad.json"
    says "$tmp/err" "professional.trust.report"
    nothing_stored
}
an_answer_off_the_path() {
    mkdir -p "$tmp/instruments/branch"
    cat >"$tmp/instruments/branch/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "branch", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { en = "Branch" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" },
  v.yesno "need" { relation = "own", text = { en = "Do you need something?" } },
  v.text "need.what" { relation = "own", when = v.is("need", true), text = { en = "What?" } },
}
LUA
    printf '{"client": {"need": false, "need.what": "time"}}' >"$tmp/bad.json"
    expect_exit 4 verbond run "$tmp/instruments/branch" --data "$tmp/data" --answers "$tmp/bad.json"
    says "$tmp/err" "$tmp/bad.json"
    says "$tmp/err" "client.need.what"
    nothing_stored
}
an_answer_after_sharing() {
    printf '{"client": {"trust.report": 4}}' >"$tmp/bad.json"
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --case k1 --answers "$tmp/bad.json"
    verbond rounds --json --data "$tmp/data" >"$tmp/before"
    expect_exit 4 verbond run menger-monitor --data "$tmp/data" --case k1 --answers "$tmp/bad.json"
    says "$tmp/err" "$tmp/bad.json"
    verbond rounds --json --data "$tmp/data" >"$tmp/after"
    cmp "$tmp/before" "$tmp/after"
}
no_answer_stands_in_a_message() {
    printf '{"client": {"going.well": "my secret words", "trust.report": 9}}' >"$tmp/bad.json"
    refused "client.trust.report"
    says_not "$tmp/err" "my secret words"
}
no_message_steers_a_terminal() {
    printf '{"client": {"\\u001b[2Jtrust\\u202e": 4}}' >"$tmp/bad.json"
    refused "trust"
    lacks "$tmp/err" '\x1b|\xe2\x80\xae'
    mkdir -p "$tmp/instruments/evil"
    printf 'local v <const> = require "verbond"\nreturn v.instrument { ["\\27[2Jevil"] = 1 }\n' \
        >"$tmp/instruments/evil/instrument.lua"
    expect_exit 1 verbond check "$tmp/instruments/evil"
    says "$tmp/out" "evil"
    lacks "$tmp/out" '\x1b'
}
an_unknown_round() {
    expect_exit 4 verbond sheet zzzzzzzz --data "$tmp/data"
    says "$tmp/err" "zzzzzzzz"
}
an_unknown_revision() {
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    local round
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    expect_exit 4 verbond result "$round" --revision 9 --data "$tmp/data"
}

run_tests a_folder_or_a_forbidden_file_is_refused \
    what_the_instrument_does_not_have_is_named_with_its_key a_control_character_is_called_so \
    an_error_of_a_flow_names_the_file_and_the_person \
    a_file_that_is_not_there broken_json a_key_that_stands_twice bytes_that_are_no_utf8 \
    a_nul_byte an_escaped_nul a_number_past_every_limit nesting_without_end text_after_the_end \
    a_value_out_of_range a_value_of_another_kind half_a_likert \
    an_unknown_item_with_the_one_that_was_meant an_unknown_role_with_the_one_that_was_meant \
    an_unknown_key_of_the_file an_unknown_reason the_same_person_in_two_files \
    one_bad_file_of_two_stores_neither an_answer_off_the_path an_answer_after_sharing \
    no_answer_stands_in_a_message no_message_steers_a_terminal an_unknown_round an_unknown_revision
