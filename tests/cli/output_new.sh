#!/bin/bash
# output_new.sh: a first output in each language works as it stands, and does what its README says.
. tests/tools/tap.sh

example=$top/instruments/menger-monitor/example.json
export VERBOND_INSTRUMENTS=$top/instruments
# made LANG: ends in a folder of its own with the new output drop, which was built; $file is the plugin
made() {
    mkdir -p "$tmp/mine"
    cd "$tmp/mine"
    expect_exit 0 verbond output new drop --lang "$1"
    case $1 in
    c)
        expect_exit 0 make -C drop VERBOND="$top"
        file=drop/drop.so
        ;;
    lua) file=drop/drop.lua ;;
    exec) file=drop/drop ;;
    esac
}
run() { expect_exit "$1" verbond run menger-monitor --case c1 --data "$tmp/data" --answers "$example" "${@:2}"; }
round() { verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'; }
# revision FILE N: it holds this revision of a result
revision() { python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["revision"] == int(sys.argv[2])' "$1" "$2"; }

its_files_are_listed_and_nothing_else_is_made() {
    local language
    for language in c lua exec; do
        rm -rf "$tmp/mine"
        made "$language"
        rm -f drop/drop.so
        LC_ALL=C sort "$tmp/out" | grep -v make >"$tmp/listed" || true
        [ "$language" = c ] && continue # make wrote over the list
        find drop -type f | LC_ALL=C sort | diff "$tmp/listed" -
        says_not "$tmp/err" "@"
        lacks drop/README.md '@[A-Z]+@'
    done
}
# delivers LANG: a round arrives, a later revision takes its place, what is erased is gone
delivers() {
    local id first
    made "$1"
    run 0 --output "./$file:folder=rounds"
    id=$(round)
    [ "$(ls -A rounds)" = "$id.json" ]
    [ "$(stat -c %a "rounds/$id.json")" = 600 ]
    revision "rounds/$id.json" 1
    says "rounds/$id.json" '"answered"'
    echo '{"next": "2026-12-14"}' >talk.json
    expect_exit 0 verbond talk "$id" --from talk.json --data "$tmp/data"
    revision "rounds/$id.json" 2
    says "rounds/$id.json" 2026-12-14
    expect_exit 0 verbond erase --round "$id" --yes --data "$tmp/data"
    [ "$(ls -A rounds)" = "$id.json" ]
    says "rounds/$id.json" '"reason":"erased"'
    says_not "rounds/$id.json" '"answered"'
    says_not "rounds/$id.json" 2026-12-14
}
one_in_c_delivers() { delivers c; }
one_in_lua_delivers() { delivers lua; }
one_in_python_delivers() { delivers exec; }
without_a_place_for_its_folder_the_result_waits_in_each_language() {
    local language
    for language in c lua exec; do
        rm -rf "$tmp/mine" "$tmp/data"
        made "$language"
        run 5 --output "./$file:folder=away/rounds"
        says "$tmp/err" 'No such file or directory'
        mkdir away
        expect_exit 0 verbond outbox retry --data "$tmp/data"
        revision "away/rounds/$(round).json" 1
    done
}
# spoken LANG: three parcels, by hand: a revision that comes late changes nothing, what is no result and
# what has no round is rejected, and the same parcel again is there once
spoken() {
    local line out=$tmp/said
    made "$1"
    {
        printf '{"type":"hello","protocol":"1.0","output":"drop","options":{"folder":"%s/r"},"dir":"%s"}\n' "$tmp" "$tmp"
        printf '{"type":"instrument","digest":"d","instrument":{}}\n'
        for line in '{"schema":"verbond.result/1","round":"a1","revision":2,"said":"é"}' \
            '{"schema":"verbond.result/1","round":"a1","revision":1}' \
            '{"schema":"verbond.result/1","round":"a1","revision":2,"said":"é"}' \
            '{"schema":"verbond.result/2","round":"b1","revision":1}' '{}' \
            '{"schema":"verbond.result/1","round":"../c1","revision":1}' \
            '{"schema":"verbond.result/1","revision":1}' '{"schema":"verbond.result/1","round":7}'; do
            printf '{"type":"deliver","parcel":"p/drop/1","attempt":1,"deadline_ms":9000,"digest":"d","result":%s,"blobs":[]}\n' "$line"
        done
    } | verbond output-host "$file" >"$out"
    [ "$(grep -c '"type": *"delivered"' "$out")" -eq 3 ]
    [ "$(grep -c '"type": *"rejected"' "$out")" -eq 5 ]
    [ "$(ls -A "$tmp/r")" = a1.json ]
    revision "$tmp/r/a1.json" 2
    says "$tmp/r/a1.json" é
    [ ! -e "$tmp/c1.json" ]
    rm -rf "$tmp/mine" "$tmp/r"
}
what_it_cannot_take_is_rejected_and_what_comes_late_changes_nothing() {
    spoken c
    spoken lua
    spoken exec
}
the_three_describe_themselves_with_the_same_options() {
    local language
    for language in c lua exec; do
        rm -rf "$tmp/mine"
        made "$language"
        printf '{"type":"hello","protocol":"1.0","output":"drop","options":null,"dir":"/"}\n' |
            verbond output-host "$file" |
            python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin), sort_keys=True))' >"$tmp/$language"
    done
    diff "$tmp/c" "$tmp/lua"
    diff "$tmp/c" "$tmp/exec"
}
the_one_in_c_is_built_by_both_compilers_without_a_warning() {
    local compiler
    for compiler in gcc clang; do
        command -v "$compiler" >/dev/null || skip "$compiler is not installed"
        rm -rf "$tmp/mine"
        mkdir "$tmp/mine"
        cd "$tmp/mine"
        expect_exit 0 verbond output new drop --lang c
        expect_exit 0 make -C drop VERBOND="$top" CC="$compiler" CFLAGS="-O2 -Werror -Wshadow -Wstrict-prototypes"
        [ -f drop/drop.so ]
    done
    expect_exit 0 make -C drop VERBOND="$top" PREFIX=/usr DESTDIR="$tmp/image" install
    [ -f "$tmp/image/usr/lib/verbond/plugins/drop.so" ]
}
each_passes_the_conformance_suite() {
    local language
    for language in c lua exec; do
        rm -rf "$tmp/mine"
        made "$language"
        expect_exit 0 verbond output check "$file"
        says "$tmp/out" ' passed, 0 failed'
    done
}
what_its_readme_shows_works_as_it_stands() {
    local language
    for language in c lua exec; do
        rm -rf "$tmp/mine" "$tmp/data"
        made "$language"
        cd drop
        rm -f drop.so
        sed -n '/^```sh/,/^```$/{ /^```/!p }' README.md >"$tmp/blocks"
        [ "$(wc -l <"$tmp/blocks")" -ge 1 ]
        (
            verbond() { "$build/verbond" "$@" --data "$tmp/data" --answers "$example"; }
            export VERBOND=$top
            . "$tmp/blocks"
        ) >"$tmp/out" 2>"$tmp/err"
        [ "$(ls rounds)" = "$(round).json" ]
        for part in '## Options' '## Example' '## Semantics'; do says README.md "$part"; done
        cd "$top"
    done
}
what_is_there_is_never_written_over() {
    cd "$tmp"
    mkdir drop
    echo mine >drop/drop.c
    expect_exit 4 verbond output new drop --lang c
    says "$tmp/err" 'drop is there already, and stays as it is'
    [ "$(cat drop/drop.c)" = mine ]
    [ "$(ls drop)" = drop.c ]
    echo mine >file
    expect_exit 4 verbond output new file --lang lua
    [ "$(cat file)" = mine ]
}
a_name_or_language_that_is_none_is_refused_with_one_that_is() {
    cd "$tmp"
    expect_exit 2 verbond output new 'Mijn Uitvoer' --lang lua
    says "$tmp/err" 'an output cannot be called "Mijn Uitvoer"'
    says "$tmp/err" 'how about mijn-uitvoer'
    for name in ../drop a/b 'a b' -- 9lives my_drop . "$(printf 'a%.0s' {1..65})"; do
        expect_exit 2 verbond output new --lang lua "$name"
    done
    expect_exit 2 verbond output new drop --lang lau
    says "$tmp/err" 'there is no language lau; did you mean lua?'
    expect_exit 2 verbond output new drop
    says "$tmp/err" 'in which language?'
    expect_exit 2 verbond output new --lang c
    expect_exit 2 verbond output nwe drop --lang c
    says "$tmp/err" 'did you mean new?'
    find . -name 'drop*' | grep . && return 1
    expect_exit 5 verbond output new drop --lang c --dir away
}
it_goes_where_dir_says() {
    cd "$tmp"
    mkdir there
    expect_exit 0 verbond output new drop --lang lua --dir there
    [ -f there/drop/drop.lua ]
    says "$tmp/out" there/drop/README.md
    says "$tmp/err" './there/drop/drop.lua:folder=rounds'
}

run_tests its_files_are_listed_and_nothing_else_is_made one_in_c_delivers one_in_lua_delivers \
    one_in_python_delivers without_a_place_for_its_folder_the_result_waits_in_each_language \
    what_it_cannot_take_is_rejected_and_what_comes_late_changes_nothing \
    the_three_describe_themselves_with_the_same_options \
    the_one_in_c_is_built_by_both_compilers_without_a_warning each_passes_the_conformance_suite what_its_readme_shows_works_as_it_stands \
    what_is_there_is_never_written_over a_name_or_language_that_is_none_is_refused_with_one_that_is \
    it_goes_where_dir_says
