#!/bin/bash
# instruments.sh: instruments with errors, and instruments that changed.
. tests/tools/tap.sh

# copy: menger-monitor and what it shares, in $tmp/instruments
copy() {
    mkdir -p "$tmp/instruments"
    cp -R instruments/menger-monitor instruments/strengths instruments/shared "$tmp/instruments/"
}
monitor() { echo "$tmp/instruments/menger-monitor"; }
nothing_stored() { [ "$(verbond rounds --json --data "$tmp/data")" = "[]" ]; }

# broken: the folders with an error; a part-... is without, and only there for others to include
broken() {
    local folder
    for folder in tests/fixtures/broken/*/; do
        case $folder in */part-*) continue ;; esac
        if [ -f "$folder/instrument.lua" ]; then echo "${folder%/}"; fi
    done
}

every_broken_instrument_names_file_line_and_mend() {
    local folder count=0
    for folder in $(broken); do
        count=$((count + 1))
        expect_exit 1 verbond check "$folder"
        grep -qE '\.lua:[0-9]+: error: ' "$tmp/out" || {
            echo "# no file and line in $folder"
            sed 's/^/# /' "$tmp/out"
            return 1
        }
        grep -qE '^    .' "$tmp/out" || { echo "# no mend in $folder"; cat "$tmp/out"; return 1; }
    done
    [ "$count" -ge 20 ] || { echo "# only $count broken instruments"; return 1; }
}
a_broken_instrument_does_not_run() {
    local folder
    for folder in $(broken); do
        expect_exit 4 verbond run "$folder" --data "$tmp/data" \
            --answers instruments/menger-monitor/example.json
        [ ! -s "$tmp/out" ]
        says "$tmp/err" ".lua:"
    done
    nothing_stored
}
check_speaks_gcc_and_json() {
    local folder
    for folder in $(broken); do
        expect_exit 1 verbond check --format gcc "$folder"
        grep -qE '^[^ :]+\.lua:[0-9]+:.* (error|warning): ' "$tmp/out"
        expect_exit 1 verbond check --format json "$folder"
        python3 -c 'import json, sys
found = json.load(open(sys.argv[1]))
assert found and all(f["level"] in ("error", "warning") and f["code"] and f["message"]
                     for f in found), found' "$tmp/out"
    done
}
check_of_several_is_one_list() {
    copy
    expect_exit 0 verbond check --format json "$(monitor)" menger-monitor
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$tmp/out"
}
# small FOLDER BODY...: an instrument of that name in $tmp/small, with these lines in it
small() {
    mkdir -p "$tmp/small/$1"
    {
        printf '%s\n' 'local v <const> = require "verbond"' 'return v.instrument {' \
            "  id = \"$1\", version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\"," \
            '  source = "a test", title = { en = "T" }, status = { en = "draft" },' \
            '  respondents = { "client", "professional" },'
        shift
        printf '%s\n' "$@" '}'
    } >"$tmp/small/$1/instrument.lua"
}
english='languages = { "en" },'
what='text = { en = "Stuck?" }'
# finds NAME LINE TEXT...: check of small NAME has one error, in this line, and says each TEXT
finds() {
    expect_exit 1 verbond check "$tmp/small/$1"
    [ "$(grep -c ': error: ' "$tmp/out")" -eq 1 ] || { cat "$tmp/out"; return 1; }
    says "$tmp/out" "$1/instrument.lua:$2: error: "
    local text
    for text in "${@:3}"; do says "$tmp/out" "$text"; done
}
a_loop_without_end_is_a_finding() {
    mkdir -p "$tmp/small/loop"
    printf 'local n = 0\nwhile true do\n  n = n + 1\nend\n' >"$tmp/small/loop/instrument.lua"
    expect_exit 1 verbond check --format gcc "$tmp/small/loop"
    grep -qE 'loop/instrument.lua:[23]: error: .*fuel' "$tmp/out"
    expect_exit 1 verbond check --format json "$tmp/small/loop"
    python3 -c 'import json, sys
one, = json.load(open(sys.argv[1]))
assert one["code"] == "limit-reached" and one["line"] in (2, 3) and "column" not in one, one' \
        "$tmp/out"
    expect_exit 1 verbond check "$tmp/small/loop"
    says "$tmp/out" "[limit-reached]"
}
one_mistake_is_one_finding() {
    small twice 'languages = { "en", "en" },' "v.yesno \"a\" { $what }," "v.yesno \"b\" { $what },"
    finds twice 6 "stands there twice"
    small same "$english" "v.yesno \"a\" { $what }," \
        "v.yesno \"b\" { $what, when = v.is(\"a\", true) }," "v.yesno \"a\" { $what },"
    finds same 9 "the id is taken"
}
slips_of_other_languages_have_their_mend() {
    small curly "$english" "v.yesno “a” { $what },"
    finds curly 7 "use straight quotes"
    small colon "$english" "v.yesno \"a\" { relation: \"own\", $what },"
    finds colon 7 "write = instead of : behind relation"
    small named "$english" 'v.yesno "a" { client = { en = "a" }, worker = { en = "a" } },'
    expect_exit 1 verbond check "$tmp/small/named"
    says "$tmp/out" "did you mean 'professional'?"
}
a_folder_of_instruments_is_checked_whole() {
    small one "$english" "v.yesno \"a\" { $what },"
    small two "$english" "v.yesno \"a\" { $what },"
    mkdir -p "$tmp/small/shared"
    expect_exit 0 verbond check "$tmp/small"
    says "$tmp/err" "one/instrument.lua: one 1.0.0"
    says "$tmp/err" "two/instrument.lua: two 1.0.0"
    expect_exit 0 verbond check "$tmp"/small/*
    says "$tmp/err" "shared: warning: no instrument.lua"
    expect_exit 4 verbond check "$tmp/small/shared"
    expect_exit 4 verbond check "$tmp"/small/* "$tmp/small/nothing"
}
an_id_that_is_not_the_folders_name_is_a_warning() {
    small one "$english" "v.yesno \"a\" { $what },"
    mv "$tmp/small/one" "$tmp/small/two"
    expect_exit 0 verbond check "$tmp/small/two"
    says "$tmp/out" 'two/instrument.lua:3: warning: the id is "one"'
    expect_exit 1 verbond check --strict "$tmp/small/two"
}
test_says_a_load_error_once() {
    small colon "$english" "v.yesno \"a\" { relation: \"own\", $what },"
    expect_exit 4 verbond test "$tmp/small/colon"
    [ "$(grep -c "is not how a field is written" "$tmp/err")" -eq 1 ]
    says "$tmp/err" "has 1 error"
}
a_wrong_tests_file_fails_and_the_next_path_has_its_turn() {
    small one "$english" "v.yesno \"a\" { $what },"
    small two "$english" "v.yesno \"a\" { $what },"
    printf '%s\n' 'local v <const> = require "verbond"' 'return v.tests {' \
        '  { client = { a = true } },' '  { name = "x", client = { a = function() end } },' '}' \
        >"$tmp/small/one/tests.lua"
    printf '%s\n' 'local v <const> = require "verbond"' \
        'return v.tests { { name = "x", client = { a = true }, expect = {} } }' \
        >"$tmp/small/two/tests.lua"
    expect_exit 1 verbond test "$tmp/small/one" "$tmp/small/two"
    says "$tmp/out" "one/tests.lua:3: error: case 1 has no name"
    says "$tmp/out" "one/tests.lua:4: error: "
    says "$tmp/out" "1 passed, 1 failed"
    echo 'while true do end' >"$tmp/small/one/tests.lua"
    expect_exit 1 verbond test "$tmp/small/one" "$tmp/small/two"
    says "$tmp/out" "one/tests.lua:1: error: "
    says "$tmp/out" "1 passed, 1 failed"
    expect_exit 4 verbond test "$tmp/small/none" "$tmp/small/two"
    says "$tmp/out" "1 passed, 0 failed"
}
an_unknown_expectation_is_guessed() {
    small one "$english" "v.yesno \"a\" { $what },"
    printf '%s\n' 'local v <const> = require "verbond"' \
        'return v.tests { { name = "x", client = { a = true }, expect = { pth = {} } } }' \
        >"$tmp/small/one/tests.lua"
    expect_exit 1 verbond test "$tmp/small/one"
    says "$tmp/out" "did you mean path?"
}
the_instruments_here_are_without_errors() {
    local folder
    for folder in instruments/*/; do
        [ -f "$folder/instrument.lua" ] || continue
        expect_exit 0 verbond check "$folder"
        expect_exit 0 verbond test "$folder"
        grep -qE '^[0-9]+ passed, 0 failed$' "$tmp/out"
    done
}
the_same_version_with_other_contents_is_refused() {
    copy
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 \
        --answers instruments/menger-monitor/example.json
    sed -i 's/Gespreksmonitor, naar/Gespreksmonitor naar/' "$(monitor)/instrument.lua"
    verbond rounds --json --data "$tmp/data" >"$tmp/before"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/data" --case k2 \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "1.2.0"
    says "$tmp/err" "1.2.1"
    verbond rounds --json --data "$tmp/data" >"$tmp/after"
    cmp "$tmp/before" "$tmp/after"
}
a_higher_version_with_other_contents_runs() {
    copy
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    sed -i 's/version = "1.2.0"/version = "1.2.1"/; s/Gespreksmonitor, naar/Monitor, naar/' \
        "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --lang nl \
        --answers instruments/menger-monitor/example.json
    says "$tmp/out" "Monitor, naar de vier kenmerken"
}
a_version_in_development_may_change() {
    copy
    sed -i 's/version = "1.2.0"/version = "1.3.0-dev"/' "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    sed -i 's/Gespreksmonitor, naar/Monitor, naar/' "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
}
an_open_round_goes_on_with_the_files_it_began_with() {
    copy
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
for role in both:
    json.dump({role: both[role]}, open(f"{sys.argv[1]}/{role}.json", "w"))
PY
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/client.json"
    sed -i 's/version = "1.2.0"/version = "2.0.0"/; s/Gespreksmonitor, naar/Monitor, naar/' \
        "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/professional.json"
    says "$tmp/out" "Gespreksmonitor, naar de vier kenmerken"
    says "$tmp/out" "menger-monitor 1.2.0"
}
a_round_of_1_0_goes_on_beside_1_2() {
    local both=instruments/menger-monitor/example.json
    copy
    sed -i '/strengths/d; s/version = "1.2.0"/version = "1.0.0"/' "$(monitor)/instrument.lua"
    python3 -c 'import json, sys
json.dump({"client": json.load(open(sys.argv[1]))["client"]}, open(sys.argv[2], "w"))
json.dump({"professional": json.load(open(sys.argv[1]))["professional"]}, open(sys.argv[3], "w"))' \
        "$both" "$tmp/client.json" "$tmp/professional.json"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --answers "$tmp/client.json"
    copy
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/professional.json"
    says "$tmp/out" "menger-monitor 1.0.0"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k2 --lang nl \
        --with strengths --answers "$both"
    says "$tmp/out" "menger-monitor 1.2.0"
    says "$tmp/out" "strengths 1.1.0"
    sed -i 's/version = "1.2.0"/version = "1.0.0"/' "$(monitor)/instrument.lua"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/data" --case k3 --answers "$both"
    says "$tmp/err" "1.0.0"
}
# client_first: the client's half of an open round; the worker's lies in $tmp/professional.json
client_first() {
    copy
    python3 - "$tmp" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
for role in both:
    json.dump({role: both[role]}, open(f"{sys.argv[1]}/{role}.json", "w"))
PY
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/client.json"
}
# the_worker_follows NAME: and the sheet has the words with which the round began
the_worker_follows() {
    expect_exit 0 verbond run "$1" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/professional.json"
    says "$tmp/out" "Gespreksmonitor, naar de vier kenmerken"
    says "$tmp/err" "with which it began"
}
an_open_round_goes_on_when_a_word_changed_under_the_same_version() {
    client_first
    sed -i 's/Gespreksmonitor, naar/Monitor, naar/' "$(monitor)/instrument.lua"
    the_worker_follows "$(monitor)"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/data" --case k2 \
        --answers "$tmp/client.json"
    says "$tmp/err" "1.2.1"
}
an_open_round_goes_on_when_the_files_have_errors() {
    client_first
    echo "return return" >"$(monitor)/instrument.lua"
    the_worker_follows "$(monitor)/instrument.lua"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/data" --case k2 \
        --answers "$tmp/client.json"
}
an_open_round_goes_on_when_the_folder_is_gone() {
    client_first
    rm -r "$tmp/instruments"
    the_worker_follows "$(monitor)/"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/data" --case k1 --wave t1 \
        --answers "$tmp/client.json"
    expect_exit 4 verbond run "$(monitor)" --data "$tmp/none" --case k1 \
        --answers "$tmp/client.json"
    [ ! -e "$tmp/none" ]
}
a_sheet_needs_no_instrument_files() {
    copy
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --lang nl \
        --answers instruments/menger-monitor/example.json
    cp "$tmp/out" "$tmp/first"
    rm -r "$tmp/instruments"
    local round
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    expect_exit 0 verbond sheet "$round" --data "$tmp/data" --lang nl
    cmp "$tmp/first" "$tmp/out"
}
an_unknown_instrument_says_where_it_looked() {
    expect_exit 4 verbond run no-such-monitor --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    says "$tmp/err" "no-such-monitor"
    nothing_stored
}
an_author_reads_what_a_failing_test_expected() {
    copy
    cat >"$(monitor)/tests.lua" <<'LUA'
local v <const> = require "verbond"
return v.tests {
  { name = "holds", client = { ["trust.report"] = 4 }, expect = { scale = { trust = v.none } } },
  { name = "does not hold",
    client = { ["trust.difficult"] = 4, ["trust.word"] = 4, ["trust.report"] = 4,
               ["trust.chance"] = 4, ["trust.effort"] = 4 },
    expect = { scale = { trust = 3 }, missing = { "trust.word" } } },
  { name = "an answer that cannot be", client = { ["trust.report"] = 9 }, expect = {} },
}
LUA
    expect_exit 1 verbond test "$(monitor)"
    says "$tmp/out" "tests.lua:4: does not hold"
    grep -qE "^ +expected +found$" "$tmp/out"
    grep -qE "^  scale.trust +mean 3 +mean 4, sum 20, pomp 75$" "$tmp/out"
    grep -qE "^  missing.trust.word +not_filled_in +given$" "$tmp/out"
    says "$tmp/out" "an answer that cannot be"
    [ "$(tail -n 1 "$tmp/out")" = "1 passed, 2 failed" ]
}

two_paths_stand_side_by_side_where_they_part() {
    small path "$english" "v.yesno \"a\" { $what }, v.yesno \"b\" { $what }, v.yesno \"c\" { $what }, v.yesno \"d\" { $what },"
    cat >"$tmp/small/path/tests.lua" <<'LUA'
local v <const> = require "verbond"
return v.tests {
  { name = "one too many, and another", client = {},
    expect = { path = { "a", "b", "x", "z", "d" } } },
  { name = "no such scale",
    client = {},
    expect = { scale = { trus = 3 } } },
}
LUA
    expect_exit 1 verbond test "$tmp/small/path"
    sed -n '2,7p' "$tmp/out" >"$tmp/table"
    diff - "$tmp/table" <<'TABLE'
                            expected                    found
  path                      ...                         ...
                            b                           b
      >                     x                           c
      >                     z                           -
                            d                           d
TABLE
    says "$tmp/out" "line 7: expect.scale.trus: no such scale"
}
verbose_shows_of_every_case_what_came_of_its_answers() {
    expect_exit 0 verbond test --verbose menger-monitor
    says "$tmp/out" "passed: "
    grep -qE "^    trust\.word +[1-5]$" "$tmp/out"
    grep -qE "^    trust +mean [0-9.]+, sum [0-9]+, pomp [0-9.]+$" "$tmp/out"
    grep -qE "^    [a-z.]+ +skipped$" "$tmp/out"
    grep -qE "^    differ +[a-z.]+" "$tmp/out"
    tail -n 1 "$tmp/out" | grep -qE "^[0-9]+ passed, 0 failed$"
    expect_exit 0 verbond test menger-monitor
    [ "$(wc -l <"$tmp/out")" = 1 ]
}

a_folder_of_instruments_is_tested_whole() {
    copy
    verbond test "$(monitor)" >"$tmp/one" 2>&1
    verbond test "$tmp/instruments/strengths" >"$tmp/two" 2>&1
    local of_both=$(($(cut -d ' ' -f 1 "$tmp/one") + $(cut -d ' ' -f 1 "$tmp/two")))
    expect_exit 0 verbond test "$tmp/instruments"
    [ "$(cat "$tmp/out" "$tmp/err")" = "$of_both passed, 0 failed" ]
    echo 'return v.tests {}' >"$tmp/instruments/menger-monitor/tests.lua"
    expect_exit 1 verbond test "$tmp/instruments"
    [ "$(tail -n 1 "$tmp/out")" = "$(cut -d ' ' -f 1 "$tmp/two") passed, 1 failed" ]
    mkdir "$tmp/empty"
    expect_exit 4 verbond test "$tmp/empty"
    says "$tmp/err" "no folder in $tmp/empty holds an instrument.lua"
    expect_exit 4 verbond check "$tmp/empty"
}

run_tests a_folder_of_instruments_is_tested_whole a_loop_without_end_is_a_finding one_mistake_is_one_finding \
    slips_of_other_languages_have_their_mend a_folder_of_instruments_is_checked_whole \
    an_id_that_is_not_the_folders_name_is_a_warning test_says_a_load_error_once \
    a_wrong_tests_file_fails_and_the_next_path_has_its_turn \
    an_unknown_expectation_is_guessed \
    every_broken_instrument_names_file_line_and_mend a_broken_instrument_does_not_run \
    check_speaks_gcc_and_json check_of_several_is_one_list the_instruments_here_are_without_errors \
    the_same_version_with_other_contents_is_refused a_higher_version_with_other_contents_runs \
    a_version_in_development_may_change an_open_round_goes_on_with_the_files_it_began_with \
    a_round_of_1_0_goes_on_beside_1_2 \
    an_open_round_goes_on_when_a_word_changed_under_the_same_version \
    an_open_round_goes_on_when_the_files_have_errors an_open_round_goes_on_when_the_folder_is_gone \
    a_sheet_needs_no_instrument_files an_unknown_instrument_says_where_it_looked \
    an_author_reads_what_a_failing_test_expected \
    two_paths_stand_side_by_side_where_they_part \
    verbose_shows_of_every_case_what_came_of_its_answers
