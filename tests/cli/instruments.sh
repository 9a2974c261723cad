#!/bin/bash
# instruments.sh: instruments with errors, and instruments that changed.
. tests/tools/tap.sh

# copy: menger-monitor and what it shares, in $tmp/instruments
copy() {
    mkdir -p "$tmp/instruments"
    cp -R instruments/menger-monitor instruments/shared "$tmp/instruments/"
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
    says "$tmp/err" "1.0.0"
    says "$tmp/err" "1.0.1"
    verbond rounds --json --data "$tmp/data" >"$tmp/after"
    cmp "$tmp/before" "$tmp/after"
}
a_higher_version_with_other_contents_runs() {
    copy
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" \
        --answers instruments/menger-monitor/example.json
    sed -i 's/version = "1.0.0"/version = "1.0.1"/; s/Gespreksmonitor, naar/Monitor, naar/' \
        "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --lang nl \
        --answers instruments/menger-monitor/example.json
    says "$tmp/out" "Monitor, naar de vier kenmerken"
}
a_version_in_development_may_change() {
    copy
    sed -i 's/version = "1.0.0"/version = "1.1.0-dev"/' "$(monitor)/instrument.lua"
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
    sed -i 's/version = "1.0.0"/version = "2.0.0"/; s/Gespreksmonitor, naar/Monitor, naar/' \
        "$(monitor)/instrument.lua"
    expect_exit 0 verbond run "$(monitor)" --data "$tmp/data" --case k1 --lang nl \
        --answers "$tmp/professional.json"
    says "$tmp/out" "Gespreksmonitor, naar de vier kenmerken"
    says "$tmp/out" "menger-monitor 1.0.0"
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
    says "$tmp/out" "scale.trust: expected mean 3, got mean 4, sum 20, pomp 75"
    says "$tmp/out" "missing.trust.word: expected not_filled_in, got given"
    says "$tmp/out" "an answer that cannot be"
    [ "$(tail -n 1 "$tmp/out")" = "1 passed, 2 failed" ]
}

run_tests every_broken_instrument_names_file_line_and_mend a_broken_instrument_does_not_run \
    check_speaks_gcc_and_json check_of_several_is_one_list the_instruments_here_are_without_errors \
    the_same_version_with_other_contents_is_refused a_higher_version_with_other_contents_runs \
    a_version_in_development_may_change an_open_round_goes_on_with_the_files_it_began_with \
    a_sheet_needs_no_instrument_files an_unknown_instrument_says_where_it_looked \
    an_author_reads_what_a_failing_test_expected
