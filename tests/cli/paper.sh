#!/bin/bash
# paper.sh: a form of paper is printed, filled in by hand, and entered.
. tests/tools/tap.sh

a_form_goes_to_stdout_or_to_a_file() {
    expect_exit 0 verbond paper menger-monitor --role client --html
    cp "$tmp/out" "$tmp/first"
    says "$tmp/out" '<html lang="nl" dir="ltr">'
    says "$tmp/out" 'Gespreksmonitor, naar de vier kenmerken'
    says "$tmp/out" 'menger-monitor 1.2.0 · teksten nl: concept · eigen vragen, nog niet getest'
    expect_exit 0 verbond paper menger-monitor --role client --out "$tmp/form.html"
    [ ! -s "$tmp/out" ]
    cmp "$tmp/first" "$tmp/form.html"
    expect_exit 5 verbond paper menger-monitor --role client --out "$tmp/none/form.html"
    says "$tmp/err" "there is no folder $tmp/none"
}
the_first_words_are_those_of_the_screen() {
    expect_exit 0 verbond paper menger-monitor --role client --lang en
    says "$tmp/out" 'There are no right or wrong answers.'
    says "$tmp/out" 'You may skip any question.'
    says "$tmp/out" 'Then you choose whether the worker may see them.'
    says "$tmp/out" 'Somebody enters this later, and then reads what you write.'
}
a_short_form_other_answers_and_an_optional_part() {
    expect_exit 0 verbond paper menger-monitor --role client --form short --format simple \
        --with strengths --lang en
    [ "$(grep -c '<span class="number">' "$tmp/out")" -eq 14 ]
    says "$tmp/out" '<span>a little</span>'
    says_not "$tmp/out" '<span>strongly disagree</span>'
    says "$tmp/out" '<span class="id">strengths.wishes</span>'
    says_not "$tmp/out" 'trust.word'
}
what_is_not_there_is_refused_with_what_there_is() {
    expect_exit 2 verbond paper
    expect_exit 2 verbond paper menger-monitor
    says "$tmp/err" "which role? There are: client, professional"
    expect_exit 4 verbond paper menger-monitor --role worker
    says "$tmp/err" "there is no role worker; there are: client, professional"
    expect_exit 4 verbond paper menger-monitor --role client --lang de
    says "$tmp/err" "nl, en, fr, ar"
    expect_exit 4 verbond paper menger-monitor --role client --form long
    says "$tmp/err" "short"
    expect_exit 4 verbond paper menger-monitor --role client --format seven
    expect_exit 4 verbond paper menger-monitor --role client --variant music
    says "$tmp/err" "has no variants"
    expect_exit 4 verbond paper menger-monitor --role client --with stars
    expect_exit 4 verbond paper no-such --role client
}
every_instrument_has_a_form_for_every_role_and_language() {
    local folder name role language variant
    for folder in instruments/*/; do
        [ -f "$folder/instrument.lua" ] || continue
        name=$(basename "$folder") variant=
        # One whose words lie in its variants wants to know which.
        verbond paper "$name" --role client >/dev/null 2>"$tmp/err" || true
        if grep -q 'which variant?' "$tmp/err"; then
            variant=$(sed -n 's/.*There are: \([a-z0-9_-]*\).*/\1/p' "$tmp/err")
        fi
        for role in $(grep -m 1 'respondents = ' "$folder/instrument.lua" | grep -o '"[a-z_0-9]*"' | tr -d '"'); do
            for language in nl en; do
                expect_exit 0 verbond paper "$name" --role "$role" --lang "$language" \
                    ${variant:+--variant "$variant"}
                says "$tmp/out" "</html>"
                lacks "$tmp/out" '>[^<]*\{[a-z_]+\}'
            done
        done
    done
}
what_was_on_paper_is_entered_with_mode_paper() {
    python3 - "$tmp/answers.json" <<'PY'
import json, sys
both = json.load(open("instruments/menger-monitor/example.json"))
both["client"]["@mode"] = "paper"
json.dump(both, open(sys.argv[1], "w"))
PY
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang nl --answers "$tmp/answers.json"
    says "$tmp/out" "op papier"
}

the_last_page_has_more_on_it_than_the_line_at_the_foot() {
    local chromium
    chromium=$(command -v chromium chromium-browser google-chrome | head -n 1)
    [ -n "$chromium" ] && command -v pdftotext >/dev/null || skip "no chromium or no pdftotext"
    (cd "$tmp" && verbond new instrument trial >/dev/null 2>&1)
    expect_exit 0 verbond paper "$tmp/trial" --role professional --lang en --out "$tmp/form.html"
    "$chromium" --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --print-to-pdf="$tmp/form.pdf" "$tmp/form.html" >/dev/null 2>&1
    pdftotext -layout "$tmp/form.pdf" "$tmp/form.txt"
    python3 - "$tmp/form.txt" <<'PY'
import sys
pages = [page for page in open(sys.argv[1]).read().split("\f") if page.strip()]
lines = [line for line in pages[-1].splitlines() if line.strip()]
assert not lines[0].startswith("trial 0.1.0-dev"), pages[-1]
PY
}

run_tests the_last_page_has_more_on_it_than_the_line_at_the_foot a_form_goes_to_stdout_or_to_a_file the_first_words_are_those_of_the_screen \
    a_short_form_other_answers_and_an_optional_part what_is_not_there_is_refused_with_what_there_is \
    every_instrument_has_a_form_for_every_role_and_language \
    what_was_on_paper_is_entered_with_mode_paper
