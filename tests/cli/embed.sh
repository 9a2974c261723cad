#!/bin/bash
# embed.sh: what make install puts in place is enough to build the examples of docs/how-to/embed.md,
# against either library, and they come to the same result as the command.
. tests/tools/tap.sh

# What is installed, once for all tests: the binary and the libraries as they were built.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
installed=$place/root
install_library() {
    [ -e "$installed/lib/libverbond.so" ] && return 0
    objects_in "$place/build"
    env -u MAKEFLAGS -u MAKEOVERRIDES make -s B="$place/build" PREFIX="$installed" install >"$place/log" 2>&1 && return 0
    sed 's/^/# /' "$place/log"
    return 1
}
pc() { PKG_CONFIG_PATH=$installed/lib/pkgconfig pkg-config "$@" verbond; }
flags=(-Wall -Wextra -Werror)

# shared CC SOURCE LIBS...: builds $tmp/it
shared() {
    local cc=$1 source=$2
    shift 2
    expect_exit 0 "$cc" "${flags[@]}" -o "$tmp/it" "$top/docs/how-to/embed/$source" $(pc --cflags --libs) "$@"
    export LD_LIBRARY_PATH=$installed/lib
}
# embeds: runs it on data and key of this test, on the instruments that were installed
embeds() {
    expect_exit 0 env -u VERBOND_INSTRUMENTS "$tmp/it" "$tmp/data" "$tmp/mine.key"
}
# The last line of JSON, without what differs from run to run.
plain() {
    grep '^{"schema"' "$1" | sed -E 's/"[0-9a-hjkmnp-tv-z]{16}(\/1)?"/"ID"/g; s/"released_at":"[^"]*"/"released_at":"T"/'
}

an_example_is_built_with_pkg_config_and_comes_to_the_commands_result() {
    install_library
    shared gcc embed.c
    ldd "$tmp/it" >"$tmp/needs"
    says "$tmp/needs" "libverbond.so.0 => $installed/lib/libverbond.so.0"
    embeds
    says "$tmp/out" "client, question 1: "
    says "$tmp/out" "menger-monitor"
    plain "$tmp/out" >"$tmp/embedded"
    cat >"$tmp/answers.json" <<'JSON'
{"client": {"@lang": "en", "direction.goal": 4, "direction.mandate": 5, "trust.report": 2,
            "trust.word": {"missing": "dont_know"}, "bond.time": 4, "going.well": "I am called back."},
 "professional": {"@lang": "en", "direction.goal": 5, "direction.mandate": 5, "trust.report": 5,
                  "trust.word": 4, "bond.time": 4, "can.better": "Say sooner what works."}}
JSON
    expect_exit 0 "$installed/bin/verbond" run menger-monitor --answers "$tmp/answers.json" --data "$tmp/other"
    expect_exit 0 "$installed/bin/verbond" rounds --json --data "$tmp/other"
    expect_exit 0 "$installed/bin/verbond" result \
        "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[0]["round"])' "$tmp/out")" --data "$tmp/other"
    plain "$tmp/out" >"$tmp/commanded"
    [ -s "$tmp/commanded" ]
    cmp "$tmp/embedded" "$tmp/commanded"
}
# The folder is the command's own: it shows what the example kept.
the_command_reads_what_an_embedder_kept() {
    install_library
    shared gcc embed.c
    embeds
    VERBOND_KEY=$tmp/mine.key expect_exit 0 "$installed/bin/verbond" rounds --json --data "$tmp/data"
    says "$tmp/out" '"state":"released"'
    VERBOND_KEY=$tmp/mine.key expect_exit 0 "$installed/bin/verbond" audit --data "$tmp/data"
    says "$tmp/out" "embed"
}
clang_builds_it_too() {
    install_library
    command -v clang >/dev/null || skip "there is no clang"
    shared clang embed.c
    embeds
}
the_static_library_is_enough() {
    install_library
    expect_exit 0 gcc "${flags[@]}" -o "$tmp/it" docs/how-to/embed/embed.c $(pc --cflags) \
        -L"$installed/lib" -Wl,-Bstatic -lverbond -Wl,-Bdynamic $(pc --static --libs)
    ldd "$tmp/it" >"$tmp/needs"
    says_not "$tmp/needs" libverbond
    embeds
    says "$tmp/out" '{"schema":"verbond.result/1"'
}
a_callers_loop_goes_on_with_its_own() {
    install_library
    shared gcc on-a-loop.c $(pkg-config --cflags --libs libuv)
    embeds
    says "$tmp/out" "and the timer ticked"
    says "$tmp/out" "closed: the loop holds nothing of ours"
    expect_exit 0 env -u VERBOND_INSTRUMENTS "$tmp/it"
    says "$tmp/out" '"state":"shared"'
}
the_headers_are_cplusplus_too() {
    install_library
    command -v g++ >/dev/null || skip "there is no g++"
    local header
    for header in engine output; do
        printf '#include <verbond/%s.h>\nint main() { return 0; }\n' "$header" >"$tmp/it.cc"
        expect_exit 0 g++ -Wall -Wextra -Werror -pedantic -std=c++11 -fsyntax-only $(pc --cflags) "$tmp/it.cc"
        printf '#include <verbond/%s.h>\n' "$header" >"$tmp/it.c"
        expect_exit 0 gcc -Wall -Wextra -Werror -pedantic -std=c99 -fsyntax-only $(pc --cflags) "$tmp/it.c"
    done
}
# Exactly what the header declares, in both libraries; and each of it has its row on the page.
nothing_but_the_header_is_exported() {
    install_library
    grep -oE '\bvb_engine_[a-z_]+\(' core/include/verbond/engine.h | tr -d '(' | sort -u >"$tmp/all"
    grep -E '^VB_ENGINE_API' -A1 core/include/verbond/engine.h | grep -oE '\bvb_engine_[a-z_]+\(' |
        tr -d '(' | sort -u >"$tmp/declared"
    [ "$(wc -l <"$tmp/declared")" -gt 30 ]
    nm -D --defined-only "$installed/lib/libverbond.so.0" | awk '{ print $3 }' | sort >"$tmp/shared"
    diff "$tmp/declared" "$tmp/shared"
    nm -g --defined-only "$installed/lib/libverbond.a" | awk 'NF == 3 { print $3 }' | sort >"$tmp/static"
    diff "$tmp/declared" "$tmp/static"
    grep -oE '^\| `vb_engine_[a-z_]+' docs/reference/engine.md | grep -oE 'vb_engine_[a-z_]+' | sort >"$tmp/listed"
    diff "$tmp/declared" "$tmp/listed"
}
the_file_of_pkg_config_says_where_things_are() {
    install_library
    [ "$(pc --modversion)" = "$(sed -n 's/^VERSION *:= *//p' Makefile)" ]
    [ "$(pc --variable=pluginsdir)" = "$installed/lib/verbond/plugins" ]
    [ -e "$(pc --variable=pluginsdir)/jsonl.so" ]
    [ "$(readlink -f "$installed/lib/libverbond.so")" = "$(readlink -f "$installed/lib/libverbond.so.0.1.0")" ]
    readelf -d "$installed/lib/libverbond.so" >"$tmp/elf"
    says "$tmp/elf" "Library soname: [libverbond.so.0]"
    # A plugin's author needs the headers and none of the engine's own libraries.
    says_not <(pc --cflags --print-requires) lua
    expect_exit 0 gcc -D_GNU_SOURCE -fsyntax-only $(pc --cflags) -Iplugins/shared plugins/csv/csv.c
}
# Without a tree of verbond: its Makefile asks pkg-config, in output check and by hand.
an_output_made_by_output_new_is_built_and_checked_with_what_is_installed() {
    install_library
    cd "$tmp"
    expect_exit 0 "$installed/bin/verbond" output new drop --lang c
    unset VERBOND VERBOND_PLUGINS MAKEFLAGS MAKEOVERRIDES PKG_CONFIG_PATH
    # verbond says to pkg-config where it lies itself; by hand that is the author's to say.
    expect_exit 0 "$installed/bin/verbond" output check drop --only delivery,duplicate
    says "$tmp/out" "2 passed, 0 failed"
    rm drop/drop.so
    export PATH=$installed/bin:$PATH PKG_CONFIG_PATH=$installed/lib/pkgconfig
    expect_exit 0 make -C drop PREFIX="$installed" install
    [ -f "$installed/lib/verbond/plugins/drop.so" ]
    expect_exit 0 "$installed/bin/verbond" output list drop
    cd "$top"
}
libdir_may_be_another() {
    install_library
    expect_exit 0 env -u MAKEFLAGS -u MAKEOVERRIDES make -s B="$place/build" PREFIX="$installed" \
        LIBDIR="$installed/lib/somewhere" DESTDIR="$tmp/image" install
    says "$tmp/image$installed/lib/somewhere/pkgconfig/verbond.pc" "libdir=$installed/lib/somewhere"
    [ -e "$tmp/image$installed/lib/somewhere/libverbond.so.0" ]
}
results_go_out_on_either_loop() {
    install_library
    local how
    expect_exit 0 gcc "${flags[@]}" -o "$tmp/it" tests/fixtures/embed/deliver.c $(pc --cflags --libs) $(pkg-config --cflags --libs libuv)
    export LD_LIBRARY_PATH=$installed/lib
    for how in own callers; do
        expect_exit 0 env -u VERBOND_INSTRUMENTS -u VERBOND_PLUGINS "$tmp/it" $how "$tmp/$how" "$tmp/$how.key" \
            "jsonl:path=$tmp/$how.jsonl"
        says "$tmp/out" "arrived"
        [ "$(grep -c '"schema":"verbond.result/1"' "$tmp/$how.jsonl")" = 1 ]
        expect_exit 1 env -u VERBOND_INSTRUMENTS -u VERBOND_PLUGINS "$tmp/it" $how "$tmp/$how.2" "$tmp/$how.key" "nobody"
        says "$tmp/err" "there is no output nobody"
    done
}
# Every piece of C on the page stands so in the file that its block names.
the_page_shows_what_the_examples_say() {
    python3 - <<'PYTHON'
import re
page = open("docs/how-to/embed.md", encoding="utf-8").read()
pieces = re.findall(r"^```c (\S+)\n(.*?)^```$", page, re.M | re.S)
assert len(pieces) >= 5, len(pieces)
for name, body in pieces:
    assert body in open("docs/how-to/embed/" + name, encoding="utf-8").read(), body
lines = len(open("docs/how-to/embed/embed.c", encoding="utf-8").readlines())
assert lines < 150 and f"in {lines} lines" in page, lines
PYTHON
}
what_goes_wrong_is_said_in_a_sentence() {
    install_library
    shared gcc embed.c
    embeds
    expect_exit 1 env -u VERBOND_INSTRUMENTS "$tmp/it" "$tmp/data" "$tmp/other.key"
    says "$tmp/err" "(configuration)"
    expect_exit 1 env VERBOND_INSTRUMENTS= "$tmp/it" /proc/no/such "$tmp/third.key"
    says "$tmp/err" "embed: "
    # Held by the lock of somebody else who has the folder open.
    exec 9<"$tmp/data/lock"
    flock -x 9
    expect_exit 1 env -u VERBOND_INSTRUMENTS "$tmp/it" "$tmp/data" "$tmp/mine.key"
    says "$tmp/err" "(not now)"
    exec 9<&-
}

run_tests an_example_is_built_with_pkg_config_and_comes_to_the_commands_result \
    the_command_reads_what_an_embedder_kept clang_builds_it_too the_static_library_is_enough \
    a_callers_loop_goes_on_with_its_own the_headers_are_cplusplus_too \
    nothing_but_the_header_is_exported the_file_of_pkg_config_says_where_things_are \
    an_output_made_by_output_new_is_built_and_checked_with_what_is_installed \
    libdir_may_be_another results_go_out_on_either_loop the_page_shows_what_the_examples_say \
    what_goes_wrong_is_said_in_a_sentence
