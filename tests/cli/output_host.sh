#!/bin/bash
# output_host.sh: the process of one output, spoken to by hand; and what the pages on it say.
. tests/tools/tap.sh

outputs=$build/tests/output
page=docs/reference/output.md
hello() { # hello OPTIONS
    printf '{"type":"hello","protocol":"1.0","output":"mine","options":%s,"dir":"%s"}\n' "$1" "$tmp"
}
deliver() { # deliver PARCEL
    printf '{"type":"instrument","digest":"d","instrument":{}}\n'
    printf '{"type":"deliver","parcel":"%s","attempt":1,"deadline_ms":1000,"digest":"d","result":{},"blobs":[]}\n' "$1"
}
# host FILE [OPTION...]: with stdin as what the engine says; exit code in $tmp/rc
host() {
    local got=0
    verbond output-host "$@" >"$tmp/out" 2>"$tmp/err" || got=$?
    echo "$got" >"$tmp/rc"
}
ended_with() { [ "$(cat "$tmp/rc")" -eq "$1" ] || { echo "# exit $(cat "$tmp/rc")"; cat "$tmp/out" "$tmp/err"; return 1; }; }

the_conversation_on_the_page_goes_as_it_says() {
    sed -n '/^```text the lines/,/^```$/{ /^[<>] /p }' "$page" |
        sed "s|/home/ann/.local/state/verbond/outputs/jsonl|$tmp|; s|/home/ann|$tmp|" >"$tmp/both"
    [ "$(wc -l <"$tmp/both")" -eq 6 ]
    grep '^> ' "$tmp/both" | cut -c3- >"$tmp/engine"
    grep '^< ' "$tmp/both" | cut -c3- >"$tmp/output"
    host "$build/plugins/jsonl.so" <"$tmp/engine"
    ended_with 0
    diff "$tmp/output" "$tmp/out"
    says "$tmp/results.jsonl" '"id":"x8gnrgxpkbxms69n/1"'
}
the_changes_on_the_page_are_those_in_the_header() {
    sed -n '/^ \* Changes:/,/^ \*\//p' core/include/verbond/output.h |
        sed -nE 's/^ \*   ([0-9.]+)  ([0-9-]+)  (.*)$/\1 \2 \3/p' >"$tmp/header"
    sed -nE 's/^\| ([0-9.]+) \| ([0-9-]+) \| (.*) \|$/\1 \2 \3/p' docs/reference/output-abi.md >"$tmp/page"
    [ -s "$tmp/header" ]
    diff "$tmp/header" "$tmp/page"
    version=$(sed -nE 's/^#define VB_OUTPUT_ABI_M[A-Z]+ ([0-9]+)$/\1/p' core/include/verbond/output.h | paste -sd.)
    [ "$(tail -n 1 "$tmp/header" | cut -d' ' -f1)" = "$version" ]
    says docs/reference/output-abi.md "# The output interface for C, $version"
}
the_end_of_the_input_means_finish() {
    { hello "{\"path\":\"$tmp/o\"}"; deliver a/b/1; } | host "$outputs/echo.so"
    ended_with 0
    [ "$(tail -n 1 "$tmp/out")" = '{"type":"delivered","parcel":"a/b/1"}' ]
    says "$tmp/o" 'got a/b/1 try 1'
}
a_line_the_engine_did_not_finish_was_not_said() {
    { hello "{\"path\":\"$tmp/o\"}"; deliver a/b/1 | head -c -1; } | host "$outputs/echo.so"
    ended_with 0
    [ "$(wc -l <"$tmp/out")" -eq 1 ]
    [ ! -s "$tmp/o" ]
}
without_options_it_describes_itself_and_ends() {
    { hello null; deliver a/b/1; } | host "$outputs/echo.so"
    ended_with 0
    [ "$(wc -l <"$tmp/out")" -eq 1 ]
    says "$tmp/out" '"name":"prefix","type":"text"'
}
a_printf_does_not_touch_the_protocol() {
    { hello '{"does":"print"}'; deliver bad/1; } | host "$outputs/bad.so"
    ended_with 0
    [ "$(tail -n 1 "$tmp/out")" = '{"type":"delivered","parcel":"bad/1"}' ]
    says_not "$tmp/out" rejected
    says "$tmp/err" '"type":"rejected"'
    says "$tmp/err" 'stdin gives nothing'
}
# What the pages quote is what is said.
refuses() { # refuses PLUGIN MESSAGE
    hello '{}' | host "$outputs/$1.so"
    ended_with 3
    says "$tmp/out" "$2"
    [ "$(wc -l <"$tmp/out")" -eq 1 ]
    says docs/reference/output-abi.md "$2"
}
a_newer_minor_version_is_refused_with_both() {
    refuses newer 'it wants version 1.1 of verbond/output.h, and this verbond has 1.0'
}
another_major_version_is_refused_with_both() {
    refuses other 'it was built for version 2.0 of verbond/output.h, and this verbond has 1.0'
}
a_missing_member_is_named() { refuses lacking 'its struct vb_output lacks the member deliver'; }
an_older_struct_loads_with_its_tail_read_as_zero() {
    { hello '{}'; deliver a/b/1; printf '{"type":"shutdown","deadline_ms":1}\n'; } | host "$outputs/older.so"
    ended_with 0
    says "$tmp/out" '"text":"22"'
    [ "$(tail -n 1 "$tmp/out")" = '{"type":"delivered","parcel":"a/b/1"}' ]
}
a_file_of_another_name_than_the_plugins_is_refused() {
    cp "$outputs/echo.so" "$tmp/choe.so"
    hello null | host "$tmp/choe.so"
    ended_with 3
    says "$tmp/out" 'it calls itself echo, so its file is called echo.so'
}
a_plugin_beside_us_is_found_without_a_slash() {
    cp "$outputs/echo.so" "$tmp/echo.so"
    hello null | (cd "$tmp" && host echo.so)
    ended_with 0
}
what_is_no_plugin_is_refused_in_a_sentence() {
    hello null | host "$tmp/none.so"
    ended_with 3
    hello null | host "$tmp/none"
    ended_with 4
    says "$tmp/out" 'none: no such file'
    echo "a note" >"$tmp/note.txt"
    hello null | host "$tmp/note.txt"
    ended_with 3
    says "$tmp/out" 'note.txt: neither a .so nor a .lua nor a program'
    hello null | host "$tmp"
    ended_with 3
    printf '#!/no/such/program\n' >"$tmp/script"
    chmod +x "$tmp/script"
    hello null | host "$tmp/script"
    ended_with 3
    says "$tmp/out" 'script: cannot be executed'
}
what_the_engine_may_not_say_ends_it() {
    echo hello | host "$outputs/echo.so"
    ended_with 4
    says "$tmp/out" 'a line of the engine: line 1, column 1'
    deliver a/b/1 | host "$outputs/echo.so"
    ended_with 4
    says "$tmp/out" 'before its hello'
    { hello '{}'; hello '{}'; } | host "$outputs/bad.so"
    ended_with 4
    says "$tmp/out" 'hello twice'
    { hello '{}'; deliver a/b/1 | tail -n 1; } | host "$outputs/bad.so"
    ended_with 4
    says "$tmp/out" 'before its instrument'
    hello '{}' | sed 's/1\.0/2.0/' | host "$outputs/bad.so"
    ended_with 3
    says "$tmp/out" 'the engine speaks protocol 2.0, and this is 1.0'
    head -c 1100000 /dev/zero | tr '\0' x | host "$outputs/echo.so"
    ended_with 4
    says "$tmp/out" 'a line of more than 1048576 bytes'
}
a_program_takes_its_place_under_the_same_limits() {
    cat >"$tmp/limits" <<'SH'
#!/bin/sh
echo "core $(ulimit -c) files $(ulimit -n) memory $(ulimit -v) mask $(umask)"
grep -E '^NoNewPrivs' /proc/self/status
ls /proc/self/fd | wc -l
cat
SH
    chmod +x "$tmp/limits"
    exec 7</dev/null
    echo through | host "$tmp/limits" --memory=400000000
    exec 7<&-
    ended_with 0
    case $build in
    *san) says "$tmp/out" "core 0 files 256 memory unlimited mask 0077" ;;
    *) says "$tmp/out" "core 0 files 256 memory 390625 mask 0077" ;;
    esac
    says "$tmp/out" "NoNewPrivs:	1"
    [ "$(sed -n 3p "$tmp/out")" -eq 4 ] # the three, and ls's own look at the folder
    [ "$(tail -n 1 "$tmp/out")" = through ]
}
an_engine_that_is_killed_leaves_no_output_behind() {
    hello '{"open":"hang"}' >"$tmp/hello"
    python3 - "$build/verbond" "$outputs/bad.so" "$tmp/hello" <<'PY'
import os, signal, subprocess, sys
reading, writing = os.pipe()
engine = os.fork()
if engine == 0:
    os.close(reading)
    # Its input stays open, so only the engine's end can end it.
    child = subprocess.Popen([sys.argv[1], "output-host", sys.argv[2]], stdin=subprocess.PIPE,
                             stdout=writing, stderr=writing)
    child.stdin.write(open(sys.argv[3], "rb").read())
    child.stdin.flush()
    signal.pause()
os.close(writing)
# It says so when it hangs, and so is past its limits.
said = b""
while b"hangs\n" not in said:
    more = os.read(reading, 100)
    assert more, "it ended by itself"
    said += more
os.kill(engine, signal.SIGKILL)
os.waitpid(engine, 0)
assert os.read(reading, 1) == b"", "somebody still holds the pipe"
PY
}
# Whoever reads the file and drops what it has seen by id has each result once.
killed_fifty_times_in_mid_delivery_nothing_is_missing() {
    python3 - "$build/verbond" "$build/plugins/jsonl.so" "$tmp" <<'PY'
import json, random, select, subprocess, sys
verbond, plugin, folder = sys.argv[1:]
random.seed(4)

def line(**what):
    return json.dumps(what).encode() + b"\n"

def start():
    child = subprocess.Popen([verbond, "output-host", plugin], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=0)
    child.stdin.write(line(type="hello", protocol="1.0", output="jsonl", dir=folder,
                           options={"path": folder + "/o.jsonl"}))
    child.stdin.write(line(type="instrument", digest="d", instrument={}))
    return child

def answers(child, wait):
    """The answer to the parcel, unless it takes longer than this."""
    while select.select([child.stdout], [], [], wait)[0]:
        said = child.stdout.readline()
        if not said:
            return False
        if json.loads(said)["type"] == "delivered":
            return True
    return False

child, kills, parcel, attempt, early = start(), 0, 1, 1, 0
while kills < 50 or parcel <= 60:
    name = f"r{parcel}/1"
    child.stdin.write(line(type="deliver", parcel=name, attempt=attempt, deadline_ms=1000, digest="d",
                           blobs=[], result={"id": name, "round": f"r{parcel}", "reason": "released",
                                             "filler": "x" * random.choice([1, 5000, 300000])}))
    doomed = kills < 50
    answered = answers(child, random.random() * 0.012 if doomed else 60)
    if doomed:
        child.kill()
        child.wait()
        kills += 1
        early += not answered
        child = start()
    parcel, attempt = (parcel + 1, 1) if answered else (parcel, attempt + 1)
child.stdin.close()
assert child.wait() == 0
assert early > 10, f"only {early} were killed before their answer"
with open(folder + "/o.jsonl") as file:
    ids = [json.loads(text)["id"] for text in file]
seen = list(dict.fromkeys(ids))
assert seen == [f"r{n}/1" for n in range(1, parcel)], seen
print(f"# {kills} kills, {early} before the answer, {len(ids)} lines, {len(seen)} results")
PY
}
usage_is_said() {
    expect_exit 2 verbond output-host
    expect_exit 2 verbond output-host a b
    expect_exit 2 verbond output-host a --memory=much
    expect_exit 0 verbond output-host --help
    says "$tmp/out" "docs/reference/output.md"
}

run_tests the_conversation_on_the_page_goes_as_it_says \
    the_changes_on_the_page_are_those_in_the_header the_end_of_the_input_means_finish \
    a_line_the_engine_did_not_finish_was_not_said without_options_it_describes_itself_and_ends \
    a_printf_does_not_touch_the_protocol a_newer_minor_version_is_refused_with_both \
    another_major_version_is_refused_with_both a_missing_member_is_named \
    an_older_struct_loads_with_its_tail_read_as_zero \
    a_file_of_another_name_than_the_plugins_is_refused \
    a_plugin_beside_us_is_found_without_a_slash what_is_no_plugin_is_refused_in_a_sentence \
    what_the_engine_may_not_say_ends_it a_program_takes_its_place_under_the_same_limits \
    an_engine_that_is_killed_leaves_no_output_behind \
    killed_fifty_times_in_mid_delivery_nothing_is_missing usage_is_said
