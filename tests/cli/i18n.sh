#!/bin/bash
# i18n.sh: an instrument goes out to a .po file and comes back in another language.
. tests/tools/tap.sh

copy() { mkdir -p "$tmp/instruments" && cp -R instruments/* "$tmp/instruments/"; }
here() { echo "$tmp/instruments/$1"; }
# small: an instrument of one question, in $tmp/instruments/small
small() {
    mkdir -p "$(here small)"
    cat >"$(here small)/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "small", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Klein", en = "Small" }, languages = { "nl", "en" },
  status = { nl = "reviewed" },
  respondents = { "client", "professional" },
  v.yesno "well" { facet = "working together",
    client = { nl = "Gaat het met {professional}?", en = "Is it well with {professional}?" },
    professional = { nl = "Gaat het met {client}?", en = "Is it well with {client}?" } },
}
LUA
}
# po TITLE CLIENT PROFESSIONAL: a French .po of small with these texts
po() {
    cat >"$tmp/fr.po" <<PO
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Source-Language: nl\n"

msgctxt "title"
msgid "Klein"
msgstr "$1"

msgctxt "item/well/client"
msgid "Gaat het met {professional}?"
msgstr "$2"

msgctxt "item/well/professional"
msgid "Gaat het met {client}?"
msgstr "$3"
PO
}
good_po() { po "Petit" "Ça va avec {professional} ?" "Ça va avec {client} ?"; }
# named: instrument.lua of small names French
named() {
    sed -i 's/languages = { "nl", "en" }/languages = { "nl", "en", "fr" }/
        s/status = {/translations = { fr = require "small.fr" }, status = { fr = "reviewed",/' \
        "$(here small)/instrument.lua"
}

extract_gives_each_text_its_key_and_a_word_for_the_translator() {
    small
    expect_exit 0 verbond i18n extract "$(here small)" --lang fr --out "$tmp/fr.po"
    [ ! -s "$tmp/out" ]
    says "$tmp/err" "3 to translate"
    msgfmt_reads "$tmp/fr.po"
    python3 - "$tmp/fr.po" <<'PY'
import sys
blocks = open(sys.argv[1]).read().strip().split("\n\n")
assert len(blocks) == 4, len(blocks)
assert "Language: fr" in blocks[0] and "X-Source-Language: nl" in blocks[0], blocks[0]
client = blocks[2]
for wanted in ('#. English: Is it well with {professional}?', 'yesno', 'read by client',
               'working together', 'keep as they are: {professional}',
               '#: small/instrument.lua:7', 'msgctxt "item/well/client"',
               'msgid "Gaat het met {professional}?"', 'msgstr ""'):
    assert wanted in client, (wanted, client)
PY
}
# msgfmt_reads FILE: where gettext's own tool is there, it takes the file
msgfmt_reads() { ! command -v msgfmt >/dev/null || msgfmt -o /dev/null "$1"; }

extract_writes_on_stdout_and_from_another_language() {
    small
    expect_exit 0 verbond i18n extract "$(here small)" --lang fr --from en
    says "$tmp/out" 'msgid "Small"'
    says "$tmp/out" 'X-Source-Language: en'
    says_not "$tmp/out" '#. English'
    expect_exit 2 verbond i18n extract "$(here small)" --lang fr --from de
    expect_exit 2 verbond i18n extract "$(here small)"
    expect_exit 2 verbond i18n extract "$(here small)" --lang "f r"
    expect_exit 2 verbond i18n
}
a_language_of_instrument_lua_itself_is_left_there() {
    small
    expect_exit 0 verbond i18n extract "$(here small)" --lang en
    says "$tmp/err" "0 to translate; 3 have it in instrument.lua"
    says_not "$tmp/out" 'msgctxt'
}
the_language_it_is_written_in_is_told_from_one_to_translate_into() {
    small
    expect_exit 2 verbond i18n extract "$(here small)" --lang nl
    says "$tmp/err" "small is written in nl: name another language with --lang"
}
only_a_version_that_is_fixed_must_go_up_after_a_merge() {
    small
    good_po
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.lua written: give the instrument a higher version"
    sed -i 's/version = "1.0.0"/version = "1.0.0-dev"/' "$(here small)/instrument.lua"
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.lua written"
    says_not "$tmp/err" "higher version"
}
merge_says_what_instrument_lua_still_needs_and_then_it_loads() {
    small
    good_po
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" 'languages = { ..., "fr" }'
    says "$tmp/err" 'require "small.fr"'
    says "$tmp/err" 'status = { ..., ["fr"] = "draft" }'
    named
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says_not "$tmp/err" 'Add to it'
    expect_exit 0 verbond check "$(here small)"
    says_not "$tmp/out" "small/fr.lua"
    expect_exit 0 verbond i18n extract "$(here small)" --lang fr --out "$tmp/again.po"
    says "$tmp/err" "3 translated, 0 to read again"
    cp "$(here small)/fr.lua" "$tmp/first.lua"
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/again.po"
    cmp "$tmp/first.lua" "$(here small)/fr.lua"
}
what_is_shipped_comes_out_of_its_po_file_byte_for_byte() {
    local po name language count=0
    copy
    for po in instruments/*/po/*.po; do
        count=$((count + 1))
        name=$(basename "$(dirname "$(dirname "$po")")") language=$(basename "$po" .po)
        expect_exit 0 verbond i18n merge "$(here "$name")" "$po"
        cmp "instruments/$name/$language.lua" "$(here "$name")/$language.lua"
        expect_exit 0 verbond i18n extract "$(here "$name")" --lang "$language" --out "$tmp/x.po"
        says "$tmp/err" " 0 to read again (fuzzy), 0 to translate"
        # Versions and lines move with every change of the instrument; texts do not.
        diff <(grep -v '^#: \|^"Project-Id-Version' "$po") \
            <(grep -v '^#: \|^"Project-Id-Version' "$tmp/x.po")
        msgfmt_reads "$po"
    done
    [ "$count" -ge 4 ]
}
slots_that_differ_and_blanks_write_nothing() {
    small
    po "Petit" "Ça va avec {profesional} ?" "Ça va ?"
    expect_exit 1 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.po:11: error: \"item/well/client\" does not have the slots of its text ({professional})"
    says "$tmp/err" "fr.po:15: error: "
    [ ! -e "$(here small)/fr.lua" ]
    po "  " "Ça va avec {professional} ?" "Ça va avec {client} ?"
    expect_exit 1 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.po:7: error: \"title\" is only blanks"
    po "$(printf 'a\342\200\256b')" "Ça va avec {professional} ?" "Ça va avec {client} ?"
    expect_exit 1 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "control character"
    [ ! -e "$(here small)/fr.lua" ]
}
a_file_that_is_no_po_file_is_refused_with_its_line() {
    small
    good_po
    printf 'msgid "no end\n' >>"$tmp/fr.po"
    expect_exit 1 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.po:18: error: "
    good_po
    printf '\n# \377\n' >>"$tmp/fr.po"
    expect_exit 1 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "fr.po:19: error: this line is not UTF-8"
    expect_exit 4 verbond i18n merge "$(here small)" "$tmp/none.po"
    sed -i '/Language/d' "$tmp/fr.po"
    po "Petit" "Ça va avec {professional} ?" "Ça va avec {client} ?"
    sed -i '/^"Language/d' "$tmp/fr.po"
    expect_exit 4 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" "--lang"
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po" --lang fr
}
fuzzy_unknown_and_missing_are_left_out_and_named() {
    small
    po "Petit" "Ça va avec {professional} ?" ""
    sed -i 's/^msgctxt "item.well.client"/#, fuzzy\n&/' "$tmp/fr.po"
    printf '\nmsgctxt "item/gone/client"\nmsgid "x"\nmsgstr "y"\n' >>"$tmp/fr.po"
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" 'fr.po:12: warning: "item/well/client" is fuzzy: left out'
    says "$tmp/err" 'fr.po:16: warning: no fr text for "item/well/professional"'
    says "$tmp/err" 'fr.po:20: warning: there is no text "item/gone/client"'
    [ "$(grep -c source "$(here small)/fr.lua")" -eq 1 ]
    # An unfinished language is an error for everybody but who translates it.
    named
    expect_exit 1 verbond check "$(here small)"
    says "$tmp/out" 'small/fr.lua:1: error: no fr text for "item/well/client"'
    expect_exit 0 verbond i18n extract "$(here small)" --lang fr
    says "$tmp/err" "1 translated, 0 to read again (fuzzy), 2 to translate"
}
a_text_that_changed_makes_its_translation_stale_and_the_language_a_draft() {
    small
    good_po
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    named
    sed -i 's/nl = "Klein"/nl = "Heel klein"/' "$(here small)/instrument.lua"
    expect_exit 0 verbond check "$(here small)"
    says "$tmp/out" 'small/fr.lua:8: warning: the fr text of "title" was made from another nl text'
    says "$tmp/out" '[stale-translation]'
    expect_exit 0 verbond i18n extract "$(here small)" --lang fr --out "$tmp/again.po"
    says "$tmp/err" "2 translated, 1 to read again"
    says "$tmp/again.po" '#, fuzzy'
    expect_exit 0 verbond i18n merge "$(here small)" "$tmp/fr.po"
    says "$tmp/err" 'fr.po:7: warning: "title" was made from another text'
    printf '{"client": {"well": true}, "professional": {"well": false}}' >"$tmp/answers.json"
    expect_exit 0 verbond run "$(here small)" --data "$tmp/data" --lang fr --answers "$tmp/answers.json"
    says "$tmp/out" "texts fr: draft"
}
a_round_in_french_has_french_questions_and_is_marked_a_draft() {
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang fr --with strengths \
        --answers instruments/menger-monitor/example.json
    says "$tmp/out" "Moniteur d'entretien"
    says "$tmp/out" "texts fr: draft"
    says "$tmp/out" "fr (draft)"
    says "$tmp/out" "in your own words" # the engine's own words are English then
    says_not "$tmp/out" "he client"
    says_not "$tmp/out" "he worker"
}
an_arabic_sheet_reads_from_right_to_left() {
    expect_exit 0 verbond run menger-monitor --data "$tmp/data" --lang ar \
        --answers instruments/menger-monitor/example.json
    local round
    round=$(verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])')
    expect_exit 0 verbond sheet "$round" --data "$tmp/data" --lang ar --format html
    says "$tmp/out" '<html lang="en" dir="rtl">'
    says "$tmp/out" 'dir="rtl" lang="ar"'
    says "$tmp/out" "texts ar: draft"
    # A name written from right to left does not turn the English around it.
    says "$tmp/out" "$(printf '\342\200\216الشخص المختص\342\200\216 thought')"
}

run_tests extract_gives_each_text_its_key_and_a_word_for_the_translator \
    extract_writes_on_stdout_and_from_another_language \
    a_language_of_instrument_lua_itself_is_left_there \
    the_language_it_is_written_in_is_told_from_one_to_translate_into \
    merge_says_what_instrument_lua_still_needs_and_then_it_loads \
    only_a_version_that_is_fixed_must_go_up_after_a_merge \
    what_is_shipped_comes_out_of_its_po_file_byte_for_byte \
    slots_that_differ_and_blanks_write_nothing a_file_that_is_no_po_file_is_refused_with_its_line \
    fuzzy_unknown_and_missing_are_left_out_and_named \
    a_text_that_changed_makes_its_translation_stale_and_the_language_a_draft \
    a_round_in_french_has_french_questions_and_is_marked_a_draft \
    an_arabic_sheet_reads_from_right_to_left
