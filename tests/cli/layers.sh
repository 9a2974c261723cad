#!/bin/bash
# layers.sh: the check of the floors finds what it is there to find.
. tests/tools/tap.sh

# tree ROOM/FILE LINE: a house with one file that holds one line
tree() {
    mkdir -p "$tmp/core/${1%/*}"
    printf '%s\n' "$2" >"$tmp/core/$1"
}
breach() { # breach TEXT: layers.sh fails and says TEXT
    expect_exit 1 tests/tools/layers.sh "$tmp/core"
    says "$tmp/out" "$1"
}

the_house_itself_holds() {
    expect_exit 0 tests/tools/layers.sh core
}
downward_and_inside_a_room_is_fine() {
    tree session/round.c '#include "data/result.h"'
    tree store/store.c '#include "store/store.h"'
    tree script/load.c '#include <lua.h>'
    tree loop/loop.c '#include <uv.h>'
    tree term/term.c '#  include <stdio.h>'
    expect_exit 0 tests/tools/layers.sh "$tmp/core"
}
upward_is_refused() {
    tree data/result.c '#include "session/round.h"'
    breach "core/data/result.c:1: data reaches up to session"
}
sideways_is_refused() {
    tree sheet/sheet.c '#include "store/store.h"'
    breach "core/sheet/sheet.c:1: sheet reaches sideways to store"
}
with_blanks_before_the_word_too() {
    tree data/result.h '   #   include   "main/command.h"'
    breach "data reaches up to main"
}
lua_outside_script_is_refused() {
    tree session/fold.c '#include <lua.h>'
    breach "only script includes lua.h"
}
lauxlib_outside_script_is_refused() {
    tree main/verbond.c '#include "lauxlib.h"'
    breach "only script includes lauxlib.h"
}
uv_outside_loop_is_refused() {
    tree serve/http.c '#include <uv.h>'
    breach "only loop includes uv.h"
}
the_store_reaches_the_loop_only_by_its_queue() {
    tree store/store_queue.c '#include "loop/worker.h"'
    expect_exit 0 tests/tools/layers.sh "$tmp/core"
    tree store/store_sqlite.c '#include "loop/worker.h"'
    breach "only store_queue uses the loop"
}
a_room_nobody_knows_is_refused() {
    tree attic/box.c '#include "base/mem.h"'
    breach "no such room: attic"
}

run_tests the_house_itself_holds downward_and_inside_a_room_is_fine upward_is_refused \
    sideways_is_refused with_blanks_before_the_word_too lua_outside_script_is_refused \
    lauxlib_outside_script_is_refused uv_outside_loop_is_refused \
    the_store_reaches_the_loop_only_by_its_queue a_room_nobody_knows_is_refused
