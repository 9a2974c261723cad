#!/bin/bash
# flow.sh: what each instrument here prints for its example.json, in Dutch and in English.
#
# The kept pages are tests/flow/NAME.nl.txt and NAME.en.txt. They are there to be read: a change of one is
# a change that people will see. What differs from run to run is masked: the day and the round's id.
# To write them anew: VERBOND_WRITE_GOLDEN=1 bash tests/cli/flow.sh (names after it: these alone);
# then read what changed with git diff tests/flow.
. tests/tools/tap.sh

# masked: the head's "22 november 2026 · ... · ronde spfhn34pp6j9j5sq" without day and id
masked() { sed -E '1,9{s/^[0-9]{1,2} [[:alpha:]]+ [0-9]{4}/DATE/; s/(ronde|round) [a-z0-9]{16}/\1 ROUND/}'; }

# printed NAME LANGUAGE: what its example prints, or that there is no page of it
printed() {
    expect_exit 0 verbond run "instruments/$1" --data "$tmp/data.$2" --lang "$2" \
        --answers "instruments/$1/example.json"
    if [ ! -s "$tmp/out" ]; then
        echo "# $1 prints nothing for its example"
        return 1
    fi
}
as_kept() {
    local language kept
    for language in nl en; do
        kept=tests/flow/$1.$language.txt
        printed "$1" "$language"
        masked <"$tmp/out" >"$tmp/page"
        if [ -n "${VERBOND_WRITE_GOLDEN:-}" ]; then
            mkdir -p tests/flow
            cp "$tmp/page" "$kept"
        elif [ ! -f "$kept" ]; then
            echo "# no $kept: VERBOND_WRITE_GOLDEN=1 bash tests/cli/flow.sh $1, and read it"
            return 1
        elif ! diff -u "$kept" "$tmp/page" >"$tmp/diff"; then
            sed 's/^/# /' "$tmp/diff"
            return 1
        fi
    done
}
every_kept_page_belongs_to_an_instrument() {
    local page name
    for page in tests/flow/*.txt; do
        name=${page##*/} name=${name%.??.txt}
        [ -f "instruments/$name/instrument.lua" ] || {
            echo "# $page: there is no instruments/$name"
            return 1
        }
    done
}
no_page_is_wider_than_a_terminal() {
    python3 - tests/flow/*.txt <<'PY'
import sys
for path in sys.argv[1:]:
    for at, line in enumerate(open(path, encoding="utf-8"), 1):
        assert len(line.rstrip("\n")) <= 80, f"{path}:{at}: {line}"
PY
}

tests=()
for folder in instruments/*/instrument.lua; do
    name=${folder%/*} name=${name#*/}
    [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
    eval "what_${name//-/_}_prints_is_as_kept() { as_kept $name; }"
    tests+=("what_${name//-/_}_prints_is_as_kept")
done
run_tests "${tests[@]}" every_kept_page_belongs_to_an_instrument no_page_is_wider_than_a_terminal
