#!/bin/bash
# docs.sh: what the pages say is tried: links, names, the README's example, every block of code.
. tests/tools/tap.sh

docs() { python3 tests/tools/docs.py "$@"; }

every_link_leads_somewhere() { docs links; }
every_file_and_function_that_is_named_is_there() { docs names; }
every_action_of_the_audit_is_listed_and_has_words() { docs actions; }
every_decision_stands_in_the_list() {
    local file
    for file in docs/decisions/[0-9]*.md; do
        says docs/decisions/README.md "](${file##*/})"
    done
}
every_instrument_has_a_row_of_its_own_in_the_list() { python3 tests/tools/shelf.py list; }
every_page_of_an_instrument_has_the_same_parts_in_both_languages() { python3 tests/tools/shelf.py readmes; }
the_example_of_the_readme_has_no_errors() {
    mkdir -p "$tmp/instruments/check-in"
    cp -R instruments/shared "$tmp/instruments/"
    docs lua README.md 1 >"$tmp/instruments/check-in/instrument.lua"
    expect_exit 0 verbond check --strict "$tmp/instruments/check-in"
    says "$tmp/err" "0 warnings"
}
# The date and the round's id differ from run to run; the rest may not.
the_sheet_of_the_readme_is_the_one_that_is_printed() {
    docs block README.md 2 | grep -v ' · ronde ' >"$tmp/page"
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang nl \
        --answers instruments/menger-monitor/example.json
    grep -v ' · ronde ' "$tmp/out" | head -n "$(wc -l <"$tmp/page")" >"$tmp/sheet"
    [ "$(wc -l <"$tmp/page")" -gt 20 ]
    diff "$tmp/page" "$tmp/sheet"
}

# -- every block of code ----------------------------------------------------------------------------

# blocks COMMAND...: with our verbond, on data of this test
blocks() {
    PATH=$build:$PATH VERBOND_DATA=$tmp/data python3 tests/tools/blocks.py "$@"
}
every_block_has_a_language_or_says_why_it_is_not_run() { blocks marked; }
every_block_of_json_is_json() { blocks json; }
every_block_of_lua_is_loaded() { blocks lua "$tmp"; }
every_example_of_a_field_is_loaded() { blocks fields "$tmp"; }
every_page_with_commands_goes_as_it_says() {
    local page wrong=0 many=0
    for page in $(blocks pages); do
        rm -rf "$tmp/reader" "$tmp/data"
        mkdir "$tmp/reader"
        [[ $page == docs/tutorial/* ]] || cp -R instruments "$tmp/reader/"
        blocks run "$page" "$tmp/reader" || wrong=1
        many=$((many + 1))
    done
    [ "$many" -ge 10 ] && [ "$wrong" -eq 0 ]
}

run_tests every_link_leads_somewhere every_file_and_function_that_is_named_is_there \
    every_action_of_the_audit_is_listed_and_has_words every_decision_stands_in_the_list \
    every_instrument_has_a_row_of_its_own_in_the_list \
    every_page_of_an_instrument_has_the_same_parts_in_both_languages \
    the_example_of_the_readme_has_no_errors \
    the_sheet_of_the_readme_is_the_one_that_is_printed \
    every_block_has_a_language_or_says_why_it_is_not_run every_block_of_json_is_json \
    every_block_of_lua_is_loaded every_example_of_a_field_is_loaded \
    every_page_with_commands_goes_as_it_says
