#!/bin/bash
# erasure.sh: erased means erased. Somebody has a copy of everything but keys.db from before, and the
# master key; after the erasure they take every key that is left and every byte there is, also of
# the folder as it is now, and read every window of it under every key (tests/attack/unseal.c).
. tests/tools/tap.sh
. tests/tools/cut.sh

# One round of a family with a mark on everything that can be told, or made, or written down.
family_round() {
    mkdir -p "$tmp/family"
    cat >"$tmp/family/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "family", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Gezin" }, languages = { "nl" }, status = { nl = "draft" },
  respondents = { { role = "relative", min = 1, max = 8 }, "professional" },
  roster = { role = "relative", min = 2, max = 8 },
  v.text "well" { relation = "own", text = { nl = "Wat gaat goed?" } },
  v.draw "drawing" { relation = "own", roles = { "relative" }, tools = { "photo" }, keep = "until 90",
                     text = { nl = "Teken" } },
  v.each "member" { v.text "seen" { relation = "own", text = { nl = "Wat zie je bij {member}?" } } },
  v.text "joint" { relation = "own", stage = "together", text = { nl = "Samen?" } },
}
LUA
    png "$tmp/drawing.png" MARKER-drawing-of-Sam
    cat >"$tmp/f.json" <<JSON
{"relative:MARKER-label-of-Sam": {"well": "MARKER-own-of-Sam", "drawing": {"file": "$tmp/drawing.png"},
    "seen": {"relative:MARKER-label-of-Sam": "MARKER-by-Sam-about-Sam", "relative:MARKER-label-of-Kim": "MARKER-by-Sam-about-Kim"}},
 "relative:MARKER-label-of-Kim": {"well": "MARKER-own-of-Kim", "@hold": ["well"],
    "seen": {"relative:MARKER-label-of-Sam": "MARKER-by-Kim-about-Sam", "relative:MARKER-label-of-Kim": "MARKER-by-Kim-about-Kim"}},
 "professional": {"well": "MARKER-own-of-worker",
    "seen": {"relative:MARKER-label-of-Sam": "MARKER-by-worker-about-Sam", "relative:MARKER-label-of-Kim": "MARKER-by-worker-about-Kim"}},
 "@together": {"joint": "MARKER-joint"}, "@release": true}
JSON
    expect_exit 0 verbond run "$tmp/family" --case f1 --data "$tmp/data" --answers "$tmp/f.json"
    rm "$tmp/f.json" "$tmp/drawing.png"
    local name
    for name in Sam Kim; do
        expect_exit 0 verbond invite "$(round)" --as "relative:MARKER-label-of-$name" --data "$tmp/data"
    done
    echo '{"topic":"MARKER-topic","agreements":[{"who":"Sam","what":"MARKER-agreement","when":null}],"goals":[],"next":null}' |
        verbond talk "$(round)" --from /dev/stdin --data "$tmp/data" >"$tmp/out"
    build_attack
}
build_attack() {
    attack=$tmp/unseal
    cc -O2 -o "$attack" tests/attack/unseal.c $(pkg-config --cflags --libs libsodium sqlite3)
}
round() { verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["round"])'; }
person() {
    verbond rounds --json --data "$tmp/data" | python3 -c '
import json, sys
print(next(p["person"] for p in json.load(sys.stdin)[0]["persons"] if sys.argv[1] in (p["label"], p["role"])))' "$1"
}
# before: somebody copies everything but the keys
before() {
    mkdir "$tmp/stolen"
    cp "$tmp"/data/* "$tmp/stolen"
    rm "$tmp"/stolen/keys.db*
}
# attack KEYS FILE...: what is found, in $tmp/found
attacked() {
    "$attack" MARKER "$VERBOND_KEY" "$tmp/stolen/verbond.db" "$@" >"$tmp/found"
    tail -n 1 "$tmp/found" | sed 's/^/# /'
}
# found SUFFIX...: of all that was marked exactly this is read
found() {
    grep -o '^MARKER-[A-Za-z-]*' "$tmp/found" | sort -u >"$tmp/is"
    [ $# -eq 0 ] || printf 'MARKER-%s\n' "$@" | sort -u >"$tmp/should"
    [ $# -gt 0 ] || : >"$tmp/should"
    diff "$tmp/should" "$tmp/is" >"$tmp/diff" && return 0
    sed 's/^/# /' "$tmp/diff"
    return 1
}
everything=(label-of-Sam own-of-Sam drawing-of-Sam by-Sam-about-Sam by-Sam-about-Kim
    label-of-Kim own-of-Kim by-Kim-about-Sam by-Kim-about-Kim
    own-of-worker by-worker-about-Sam by-worker-about-Kim joint topic agreement)
erase() { expect_exit 0 verbond erase "$@" --yes --data "$tmp/data"; }

before_the_erasure_the_keys_open_everything_and_without_them_nothing_opens() {
    family_round
    before
    attacked "$tmp/data/keys.db" "$tmp"/stolen/*
    found "${everything[@]}"
    attacked - "$tmp"/stolen/*
    found
}
of_an_erased_person_nothing_can_be_read_with_every_key_that_is_left() {
    family_round
    before
    erase --person "$(person MARKER-label-of-Sam)"
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    # Neither what Sam said, nor what anybody said about Sam, nor what was written down together.
    found label-of-Kim own-of-Kim by-Kim-about-Kim own-of-worker by-worker-about-Kim
}
what_one_said_about_another_falls_with_either_of_them() {
    family_round
    before
    erase --person "$(person professional)"
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found label-of-Sam own-of-Sam drawing-of-Sam by-Sam-about-Sam by-Sam-about-Kim \
        label-of-Kim own-of-Kim by-Kim-about-Sam by-Kim-about-Kim
}
of_an_erased_round_only_the_names_are_left() {
    family_round
    before
    erase --round "$(round)"
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found label-of-Sam label-of-Kim
}
what_a_later_round_took_over_from_an_erased_one_goes_with_it() {
    mkdir -p "$tmp/waves"
    cat >"$tmp/waves/instrument.lua" <<'LUA'
local v <const> = require "verbond"
return v.instrument {
  id = "waves", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "a test",
  title = { nl = "Golven" }, languages = { "nl" }, status = { nl = "draft" }, respondents = { "client" },
  flow = function(s)
    s:ask "goal"
    if s:earlier "goal" then s:ask "still" end
  end,
  v.text "goal" { relation = "own", text = { nl = "Doel?" } },
  v.text "still" { relation = "own", text = { nl = "Nog steeds?" } },
}
LUA
    echo '{"client": {"goal": "MARKER-first"}}' >"$tmp/t0.json"
    echo '{"client": {"goal": "MARKER-second", "still": "MARKER-still"}}' >"$tmp/t1.json"
    for wave in t0 t1; do
        expect_exit 0 verbond run "$tmp/waves" --case f1 --wave $wave --data "$tmp/data" --answers "$tmp/$wave.json"
    done
    rm "$tmp"/t?.json
    build_attack
    before
    attacked "$tmp/data/keys.db" "$tmp"/stolen/*
    found first second still
    erase --round "$(round)" # the first there is
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found second still
    expect_exit 0 verbond export --person "$(person client)" --data "$tmp/data"
    says_not "$tmp/out" MARKER-first
    says "$tmp/out" MARKER-still
}
of_an_erased_case_nothing_is_left() {
    family_round
    before
    erase --case f1
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found
}
a_backup_from_before_put_back_under_the_same_master_key_gives_nothing() {
    family_round
    expect_exit 0 verbond backup "$tmp/copy" --data "$tmp/data"
    before
    erase --person "$(person MARKER-label-of-Sam)"
    mkdir "$tmp/old"
    mv "$tmp"/data/verbond.db* "$tmp/old"
    expect_exit 0 verbond restore "$tmp/copy" --data "$tmp/data" # with the keys and the list of now
    attacked "$tmp/data/keys.db" "$tmp"/copy/* "$tmp"/data/*
    found label-of-Kim own-of-Kim by-Kim-about-Kim own-of-worker by-worker-about-Kim
}
a_copy_of_the_keys_from_before_put_back_with_the_newer_list_gives_nothing() {
    family_round
    expect_exit 0 verbond backup "$tmp/copy" --data "$tmp/data"
    expect_exit 0 verbond backup --keys "$tmp/keys" --data "$tmp/data"
    before
    erase --case f1
    expect_exit 0 verbond restore "$tmp/copy" --keys "$tmp"/keys/keys-*.db \
        --erasures "$tmp/data/erasures" --data "$tmp/new"
    attacked "$tmp/new/keys.db" "$tmp"/copy/* "$tmp"/new/*
    found
    # And the copy of the keys itself is what the end in its name is for.
    attacked "$tmp"/keys/keys-*.db "$tmp"/copy/*
    found "${everything[@]}"
}
a_picture_whose_date_has_come_cannot_be_read_and_everything_else_can() {
    family_round
    before
    sqlite3 "$tmp/data/keys.db" "SELECT count(*) FROM key WHERE until_wall_ms > 0" >"$tmp/dated"
    [ "$(cat "$tmp/dated")" -eq 1 ]
    # A hundred days later.
    CLOCK_AHEAD=100 later rounds --data "$tmp/data" >"$tmp/out"
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found $(printf '%s\n' "${everything[@]}" | grep -v drawing)
    verbond export --person "$(person MARKER-label-of-Sam)" --data "$tmp/data" >"$tmp/export"
    python3 -c '
import json, sys
picture = json.load(open(sys.argv[1]))["rounds"][0]["own"]["pictures"][0]
assert picture["data"] is None, picture' "$tmp/export"
}
# later ARGUMENT...: verbond, $CLOCK_AHEAD days from now
later() {
    cat >"$tmp/later.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *out)
{
    int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int code = real(clock, out);
    if (clock == CLOCK_REALTIME)
        out->tv_sec += atol(getenv("CLOCK_AHEAD")) * 24L * 3600;
    return code;
}
C
    cc -shared -fPIC -o "$tmp/later.so" "$tmp/later.c" -ldl
    LD_PRELOAD=$tmp/later.so "$release/verbond" "$@"
}
erasing_that_is_cut_off_anywhere_is_finished_at_the_next_start_or_never_began() {
    family_round
    before
    local sam round
    sam=$(person MARKER-label-of-Sam) round=$(round)
    cp -R "$tmp/data" "$tmp/whole"
    sqlite3 "$tmp/whole/keys.db" "SELECT kind || ' ' || id || ' ' || hex(wrapped) FROM key" >"$tmp/wrapped"
    prepare() { rm -rf "$tmp/data"; cp -R "$tmp/whole" "$tmp/data"; }
    check() { # the next start, and then: is it whole or gone? Of what is gone no wrapped key is anywhere.
        verbond rounds --json --data "$tmp/data" >"$tmp/rounds" 2>"$tmp/err" || return 1
        python3 - "$tmp" "$sam" <<'PY'
import glob, json, os, sqlite3, sys
tmp, sam = sys.argv[1:]
person = next(p for p in json.load(open(tmp + "/rounds"))[0]["persons"] if p["person"] == sam)
left = {(k, i) for k, i in sqlite3.connect(tmp + "/data/keys.db").execute("SELECT kind, id FROM key")}
before = [line.split() for line in open(tmp + "/wrapped")]
keys = {(" ".join(words[:1]), " ".join(words[1:-1])): bytes.fromhex(words[-1]) for words in before}
gone = {key for key in keys if key not in left}
if not person["erased"]:
    assert not gone, ("half erased", gone)
    sys.exit(0)
assert ("person", sam) in gone and len(gone) >= 4, gone  # person, session, joint, drawing
erasures = open(tmp + "/data/erasures").read()
for kind, id in gone:
    assert id in erasures, (kind, id)
for path in glob.glob(tmp + "/data/*"):
    data = open(path, "rb").read()
    for key in gone:
        assert keys[key] not in data, (key, path)
PY
    }
    cut_off prepare check erase --person "$sam" --yes --data "$tmp/data"
    [ "$cuts" -gt 20 ]
    attacked "$tmp/data/keys.db" "$tmp"/stolen/* "$tmp"/data/*
    found label-of-Kim own-of-Kim by-Kim-about-Kim own-of-worker by-worker-about-Kim
}

run_tests \
    before_the_erasure_the_keys_open_everything_and_without_them_nothing_opens \
    of_an_erased_person_nothing_can_be_read_with_every_key_that_is_left \
    what_one_said_about_another_falls_with_either_of_them \
    of_an_erased_round_only_the_names_are_left \
    what_a_later_round_took_over_from_an_erased_one_goes_with_it \
    of_an_erased_case_nothing_is_left \
    a_backup_from_before_put_back_under_the_same_master_key_gives_nothing \
    a_copy_of_the_keys_from_before_put_back_with_the_newer_list_gives_nothing \
    a_picture_whose_date_has_come_cannot_be_read_and_everything_else_can \
    erasing_that_is_cut_off_anywhere_is_finished_at_the_next_start_or_never_began
