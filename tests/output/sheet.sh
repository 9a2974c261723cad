#!/bin/bash
# sheet.sh: the output sheet: a page a round, and the PDF that Chromium prints of it.
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json
sheets() { # sheets CODE KEYS [OPTION...]: a round with this output
    local want=$1 keys=$2
    shift 2
    expect_exit "$want" verbond run menger-monitor --data "$tmp/data" --lang nl --answers "$example" \
        --output "$keys" "$@"
}
round() { verbond rounds --json --data "$tmp/data" | grep -oE '"round":"[^"]*"' | cut -d'"' -f4 | head -n 1; }
is_a_pdf_that_says() { # is_a_pdf_that_says FILE TEXT
    [ "$(head -c 5 "$1")" = "%PDF-" ]
    pdftotext "$1" "$tmp/text"
    says "$tmp/text" "$2"
}
keeps_nothing_of_its_own() {
    [ -z "$(find "$tmp/data/outputs" -type f)" ] || { find "$tmp/data/outputs" -type f; return 1; }
}

the_page_is_the_sheet_that_verbond_prints() {
    sheets 0 "sheet:path=$tmp/sheets"
    expect_exit 0 verbond sheet "$(round)" --format html --data "$tmp/data"
    cmp "$tmp/out" "$tmp/sheets/$(round).html"
    [ "$(stat -c %a "$tmp/sheets") $(stat -c %a "$tmp/sheets/$(round).html")" = "700 600" ]
    [ "$(ls -A "$tmp/sheets")" = "$(round).html" ]
}
a_later_revision_takes_its_place() {
    sheets 0 "sheet:path=$tmp/sheets"
    printf '{"topic": "geld", "next": "2027-01-12"}' >"$tmp/talk.json"
    expect_exit 0 verbond talk "$(round)" --from "$tmp/talk.json" --data "$tmp/data"
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    says "$tmp/sheets/$(round).html" geld
    [ "$(ls -A "$tmp/sheets")" = "$(round).html" ]
}
the_pdf_says_the_same_on_one_page() {
    sheets 0 "sheet:path=$tmp/sheets,pdf=true"
    is_a_pdf_that_says "$tmp/sheets/$(round).pdf" "$(round)"
    [ "$(pdfinfo "$tmp/sheets/$(round).pdf" | sed -nE 's/^Pages: +//p')" = 1 ]
    keeps_nothing_of_its_own
}
a_folder_with_odd_letters_in_its_name_is_printed_too() {
    mkdir "$tmp/50% #1?"
    sheets 0 "sheet:path=$tmp/50% #1?/sheets,pdf=true"
    is_a_pdf_that_says "$tmp/50% #1?/sheets/$(round).pdf" "$(round)"
}
who_withdraws_takes_page_and_pdf_along() {
    local person
    sheets 0 "sheet:path=$tmp/sheets,pdf=true"
    for person in $(verbond rounds --json --data "$tmp/data" | grep -oE '"person":"[^"]*"' | cut -d'"' -f4); do
        verbond withdraw "$(round)" --person "$person" --data "$tmp/data" >"$tmp/out" 2>"$tmp/err" || cat "$tmp/err"
    done
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    [ -z "$(ls -A "$tmp/sheets")" ] || { ls -A "$tmp/sheets"; return 1; }
}
without_chromium_it_says_what_is_missing_and_the_sheet_waits() {
    sheets 5 "sheet:path=$tmp/sheets,pdf=true,browser=$tmp/none"
    says "$tmp/err" "sheet cannot begin: pdf=true: browser=$tmp/none is no program"
    [ ! -e "$tmp/sheets/$(round).html" ]
}
a_browser_that_fails_or_hangs_leaves_the_page_and_waits() {
    printf '#!/bin/sh\nexit 3\n' >"$tmp/fails"
    chmod +x "$tmp/fails"
    sheets 5 "sheet:path=$tmp/sheets,pdf=true,browser=$tmp/fails"
    says "$tmp/err" "ended without a PDF (exit code 3)"
    [ "$(ls -A "$tmp/sheets")" = "$(round).html" ]
    keeps_nothing_of_its_own
}
a_content_without_a_sheet_writes_nothing_and_says_so() {
    sheets 0 "sheet:path=$tmp/sheets,content=scores"
    says "$tmp/err" "sheets come with content=sheet and content=items"
    [ -z "$(ls -A "$tmp/sheets")" ]
}
a_sheet_that_cannot_be_read_waits_and_takes_no_page_away() {
    sheets 0 "sheet:path=$tmp/sheets"
    cp "$tmp/sheets/$(round).html" "$tmp/before"
    {
        printf '{"type":"hello","protocol":"1.0","output":"sheet","options":{"path":"%s"},"dir":"%s"}\n' "$tmp/sheets" "$tmp"
        printf '{"type":"instrument","digest":"d","instrument":{}}\n'
        printf '{"type":"deliver","parcel":"p/sheet/2","attempt":1,"deadline_ms":9000,"digest":"d","result":{"round":"%s"},' "$(round)"
        printf '"blobs":[{"digest":"sheet.html","type":"text/html","file":"%s/gone.html"}]}\n' "$tmp"
    } | verbond output-host "$build/plugins/sheet.so" >"$tmp/answers"
    says "$tmp/answers" '{"type":"retry","parcel":"p/sheet/2"'
    cmp "$tmp/before" "$tmp/sheets/$(round).html"
}
a_folder_that_is_a_file_is_named() {
    echo mine >"$tmp/sheets"
    sheets 5 "sheet:path=$tmp/sheets"
    says "$tmp/err" "the folder $tmp/sheets: there is a file of this name"
    [ "$(cat "$tmp/sheets")" = mine ]
}
what_a_kill_left_of_a_browser_goes_at_the_next_start() {
    printf '#!/bin/sh\necho secret >"$HOME/left"\nkill -9 $PPID\n' >"$tmp/killer"
    chmod +x "$tmp/killer"
    sheets 5 "sheet:path=$tmp/sheets,pdf=true,browser=$tmp/killer"
    [ -n "$(find "$tmp/data/outputs" -name left)" ]
    socket=$(readlink "$(find "$tmp/data/outputs" -name socket)")
    [ -d "$socket" ]
    printf '#!/bin/sh\nexit 3\n' >"$tmp/killer"
    expect_exit 5 verbond outbox retry --data "$tmp/data"
    keeps_nothing_of_its_own
    [ ! -e "$socket" ]
}

run_tests the_page_is_the_sheet_that_verbond_prints a_later_revision_takes_its_place \
    the_pdf_says_the_same_on_one_page a_folder_with_odd_letters_in_its_name_is_printed_too \
    who_withdraws_takes_page_and_pdf_along without_chromium_it_says_what_is_missing_and_the_sheet_waits \
    a_browser_that_fails_or_hangs_leaves_the_page_and_waits \
    a_content_without_a_sheet_writes_nothing_and_says_so a_folder_that_is_a_file_is_named \
    a_sheet_that_cannot_be_read_waits_and_takes_no_page_away what_a_kill_left_of_a_browser_goes_at_the_next_start
