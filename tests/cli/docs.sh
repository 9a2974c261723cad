#!/bin/bash
# docs.sh: what the pages say is tried: links, names, the README's example, the tutorial word by word.
. tests/tools/tap.sh

tutorial=$top/docs/tutorial/first-instrument.md
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
the_example_of_the_readme_has_no_errors() {
    mkdir -p "$tmp/instruments/check-in"
    cp -R instruments/shared "$tmp/instruments/"
    docs lua README.md 1 >"$tmp/instruments/check-in/instrument.lua"
    expect_exit 0 verbond check --strict "$tmp/instruments/check-in"
    says "$tmp/err" "0 warnings"
}
# The date and the round's id differ from run to run; the rest may not.
the_sheet_of_the_readme_is_the_one_that_is_printed() {
    docs block README.md 1 | grep -v ' · ronde ' >"$tmp/page"
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang nl \
        --answers instruments/menger-monitor/example.json
    grep -v ' · ronde ' "$tmp/out" | head -n "$(wc -l <"$tmp/page")" >"$tmp/sheet"
    [ "$(wc -l <"$tmp/page")" -gt 20 ]
    diff "$tmp/page" "$tmp/sheet"
}

# in_reader_folder: what the tutorial has made after its first step, in the folder $tmp/reader
in_reader_folder() {
    mkdir "$tmp/reader"
    docs lua "$tutorial" 1 >"$tmp/agree"
    docs lua "$tutorial" 2 >"$tmp/instrument"
    docs lua "$tutorial" 3 >"$tmp/condition"
    docs lua "$tutorial" 4 >"$tmp/tests"
    for n in 1 2 3 4 5 6 7; do docs block "$tutorial" $n >"$tmp/block$n"; done
    cd "$tmp/reader"
    . "$tmp/block1"
    cp "$tmp/agree" instruments/shared/agree.lua
    cp "$tmp/instrument" instruments/work-talk/instrument.lua
}
# with_the_condition: step four, "put this before the open question"
with_the_condition() {
    sed -i "/\"next.step\"/e cat $tmp/condition" instruments/work-talk/instrument.lua
    cp "$tmp/tests" instruments/work-talk/tests.lua
}
the_tutorial_checks_as_it_says() {
    in_reader_folder
    expect_exit 0 . "$tmp/block2"
    cat "$tmp/err" "$tmp/out" | diff "$tmp/block3" -
    sed -i '0,/"same"/s//"sam"/' instruments/work-talk/instrument.lua
    expect_exit 1 . "$tmp/block2"
    cat "$tmp/err" "$tmp/out" | diff "$tmp/block4" -
}
the_tutorial_tests_as_it_says() {
    in_reader_folder
    with_the_condition
    expect_exit 0 . "$tmp/block6"
    [ "$(cat "$tmp/err" "$tmp/out")" = "2 passed, 0 failed" ]
    sed -i 's/v.is("need", true)/v.is("need", false)/' instruments/work-talk/instrument.lua
    expect_exit 1 . "$tmp/block6"
    cat "$tmp/err" "$tmp/out" | diff "$tmp/block7" -
}
the_round_of_the_tutorial_begins_from_its_folder() {
    in_reader_folder
    sed "s|/tmp/try|$tmp/data|" "$tmp/block5" >"$tmp/run"
    printf '{"client": {"plan.clear": 4}, "professional": {"plan.clear": 4}}' >"$tmp/answers.json"
    sed -i "s|\$| --answers $tmp/answers.json|" "$tmp/run"
    expect_exit 0 . "$tmp/run"
    says "$tmp/out" "Our plan is clear."
}

run_tests every_link_leads_somewhere every_file_and_function_that_is_named_is_there \
    every_action_of_the_audit_is_listed_and_has_words every_decision_stands_in_the_list \
    the_example_of_the_readme_has_no_errors \
    the_sheet_of_the_readme_is_the_one_that_is_printed the_tutorial_checks_as_it_says \
    the_tutorial_tests_as_it_says the_round_of_the_tutorial_begins_from_its_folder
