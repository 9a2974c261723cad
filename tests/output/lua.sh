#!/bin/bash
# lua.sh: outputs in Lua, spoken to by hand: what they get, what they may, and what stops those that
# want more.
. tests/tools/tap.sh

# lua BODY [OPTIONS]: mine.lua, an output whose deliver is BODY; host is there, and v
lua() {
    cat >"$tmp/mine.lua" <<LUA
local v <const> = require "verbond"
local kept = 0
return v.output {
  api = 1, name = "mine", summary = "of a test",
  options = { $2 },
  deliver = function(delivery, host)
    $1
  end,
}
LUA
}
file='{ name = "path", type = "path", example = "o", help = "where" }'
hello() { # hello [OPTIONS]
    printf '{"type":"hello","protocol":"1.0","output":"mine","options":%s,"dir":"%s"}\n' \
        "${1:-{\"path\":\"$tmp/o\"\}}" "$tmp/own"
}
# deliver PARCEL [RESULT [DEADLINE_MS [BLOBS]]]
deliver() {
    printf '{"type":"instrument","digest":"d","instrument":{"id":"check-in"}}\n'
    printf '{"type":"deliver","parcel":"%s","attempt":1,"deadline_ms":%s,"digest":"d","result":%s,"blobs":%s}\n' \
        "$1" "${3:-30000}" "${2:-{\}}" "${4:-[]}"
}
# speak BODY [RESULT...]: mine.lua with this deliver gets each result, as parcels r/mine/1, 2, ...
speak() {
    local n=0 result
    lua "$1" "$file"
    shift
    mkdir -p "$tmp/own"
    {
        hello
        for result in "${@:-{\}}"; do
            n=$((n + 1))
            deliver "r/mine/$n" "$result"
        done
    } | host
}
host() { # its input is what the engine says; exit code in $tmp/rc
    local got=0
    mkdir -p "$tmp/own"
    verbond output-host "$tmp/mine.lua" >"$tmp/out" 2>"$tmp/err" || got=$?
    echo "$got" >"$tmp/rc"
}
ended_with() { [ "$(cat "$tmp/rc")" -eq "$1" ] || { echo "# exit $(cat "$tmp/rc")"; cat "$tmp/out" "$tmp/err"; return 1; }; }
# answers TEXT: the last line says so
answers() {
    ended_with 0
    tail -n 1 "$tmp/out" >"$tmp/last"
    says "$tmp/last" "$1"
}
logs() { says "$tmp/out" "\"text\":\"$1\""; }

# -- what it gets -----------------------------------------------------------------------------------

a_file_of_lua_says_what_it_takes_and_delivers() {
    speak 'return "delivered"'
    answers '{"type":"delivered","parcel":"r/mine/1"}'
    says "$tmp/out" '{"type":"ready","protocol":"1.0","options":[{"name":"path","type":"path","required":false,"default":null,"example":"o","check":null,"help":"where"}]}'
}
null_is_told_from_what_is_not_there_and_everything_goes_out_as_it_came() {
    local result='{"a":null,"b":[],"c":{},"d":[1,2.5,"x",true],"e":"é\"","f":9007199254740991}'
    speak 'local r = delivery.result
        host.log("info", tostring(r.a == v.null) .. tostring(r.z == nil) .. tostring(r.a == nil))
        host.log("info", host.json(r))
        host.log("info", host.json { v.list {}, {}, v.null, { z = 1, a = "2" }, 1 // 1, 0.1 })
        return "delivered"' "$result"
    answers delivered
    logs truetruefalse
    says "$tmp/out" "$(printf '%s' "$result" | sed 's/"/\\"/g; s/\\\\"/\\\\\\"/')"
    logs '[[],{},null,{\"a\":\"2\",\"z\":1},1,0.1]'
}
json_is_read_and_what_is_none_is_nil() {
    speak 'host.log("info", tostring(host.parse "{") .. host.json(host.parse "[null,{}]"))
        host.log("info", delivery.parcel .. " " .. delivery.attempt .. " " .. delivery.instrument.id)
        return "delivered"'
    logs 'nil[null,{}]'
    logs 'r/mine/1 1 check-in'
}
a_blob_is_copied_and_the_sheet_is_read() {
    printf 'PNG' >"$tmp/blob"
    printf '<p>sheet' >"$tmp/page"
    lua 'for i = 1, #delivery.blobs do host.log("info", delivery.blobs[i].digest) end
        host.file "path":copy(delivery.blobs[1].digest)
        host.log("info", host.sheet(delivery))
        return "delivered"' "$file"
    { hello; deliver r/mine/1 '{}' 1000 "[{\"digest\":\"sha256:x\",\"type\":\"image/png\",\"file\":\"$tmp/blob\"},{\"digest\":\"sheet.html\",\"type\":\"text/html\",\"file\":\"$tmp/page\"}]"; } | host
    answers delivered
    logs sha256:x
    logs '<p>sheet'
    cmp "$tmp/blob" "$tmp/o"
    [ "$(stat -c %a "$tmp/o")" = 600 ]
}
the_three_outcomes_are_passed_on_and_nothing_else_is_one() {
    speak 'return "retry", "later", 1500'
    answers '{"type":"retry","parcel":"r/mine/1","after_ms":1500,"reason":"later"}'
    speak 'return "rejected", "never"'
    answers '"type":"rejected","parcel":"r/mine/1","reason":"never"'
    speak 'return "retry"'
    answers 'the script gives no reason'
    speak 'return true'
    answers '"type":"rejected","parcel":"r/mine/1","reason":"deliver gave back boolean, which is no outcome'
    speak 'return delivery.result.said' '{"said":"what Ann said"}'
    answers 'gave back another word'
    says_not "$tmp/out" Ann
    speak 'local x = 1'
    answers 'gave back nothing'
}
open_and_close_are_called_and_open_may_refuse() {
    cat >"$tmp/mine.lua" <<'LUA'
local v = require "verbond"
local at
return v.output { api = 1, name = "mine", summary = "s",
  open = function(host) at = host.file "path" if at == nil then return "where to?" end at:append "open" end,
  deliver = function() at:append "deliver" return "delivered" end,
  close = function() at:append "close" end,
  options = { { name = "path", type = "path", example = "o", help = "where" } } }
LUA
    { hello; deliver r/mine/1; } | host
    answers delivered
    [ "$(paste -sd' ' "$tmp/o")" = "open deliver close" ]
    hello '{}' | host
    ended_with 3
    says "$tmp/out" 'mine cannot begin: where to?'
}

# -- files ------------------------------------------------------------------------------------------

lines_are_added_read_and_taken_out() {
    speak 'local at, kept = host.file "path", {}
        for line in at:lines() do
          if host.parse(line).round ~= delivery.result.round then kept[#kept + 1] = line end
        end
        kept[#kept + 1] = host.json(delivery.result)
        at:replace(kept)
        return "delivered"' '{"n":1,"round":"a"}' '{"n":2,"round":"b"}' '{"n":3,"round":"a"}'
    answers delivered
    printf '{"n":2,"round":"b"}\n{"n":3,"round":"a"}\n' | cmp - "$tmp/o"
}
half_a_line_is_passed_over_and_cut_off() {
    printf 'whole\nha' >"$tmp/o"
    speak 'for line in host.file "path":lines() do host.log("info", line) end
        host.file "path":append "next" return "delivered"'
    answers delivered
    logs whole
    says_not "$tmp/out" '"ha'
    [ "$(paste -sd' ' "$tmp/o")" = "whole next" ]
}
a_folder_has_files_and_a_list_of_them() {
    speak 'local folder = host.folder "path"
        folder:file "b.txt":replace "2" folder:file "a.txt":replace "1"
        host.log("info", table.concat(folder:list(), " "))
        host.log("info", tostring(folder:file "a.txt":remove()) .. tostring(folder:file "a.txt":remove()))
        host.log("info", tostring(folder:file "a.txt":read()) .. folder:file "b.txt":read())
        host.folder():file "own":replace "x"
        return "delivered"'
    answers delivered
    logs 'a.txt b.txt'
    logs truefalse
    logs nil2
    [ -f "$tmp/own/own" ]
}
what_is_remembered_is_there_after_a_restart() {
    local body='local seen = host.recall(delivery.parcel)
        host.log("info", seen == nil and "new" or host.json(seen))
        host.remember(delivery.parcel, { n = 1, list = v.list {} })
        host.remember("gone", 1) host.remember("gone", nil)
        host.log("info", tostring(host.recall "gone"))
        return "delivered"'
    speak "$body"
    logs new
    logs nil
    speak "$body"
    logs '{\"list\":[],\"n\":1}'
}
a_disk_that_does_not_do_it_means_retry_and_can_be_caught() {
    lua 'host.file "path":append "x" return "delivered"' "$file"
    { hello "{\"path\":\"$tmp/away/o\"}"; deliver r/mine/1; } | host
    answers '"type":"retry","parcel":"r/mine/1","reason":"option path: cannot open its folder: No such file or directory"'
    lua 'local ok, why = pcall(function() host.file "path":append "x" end)
        return "rejected", "caught: " .. why' "$file"
    { hello "{\"path\":\"$tmp/away/o\"}"; deliver r/mine/1; } | host
    answers '"reason":"caught: option path: cannot open'
    mkdir "$tmp/o"
    speak 'host.file "path":append "x" return "delivered"'
    answers '"reason":"option path: it is a folder"'
}
a_folder_that_another_process_has_is_waited_for_and_then_tried_again() {
    speak 'host.file "path":append "x" return "delivered"'
    answers delivered
    local meeting=$tmp/meeting # where the two meet; $tmp is what is locked
    mkdir "$meeting"
    mkfifo "$meeting/held" "$meeting/enough"
    python3 - "$tmp" "$meeting" <<'PY' &
import fcntl, os, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(folder, fcntl.LOCK_EX)
open(sys.argv[2] + "/held", "w").close()
open(sys.argv[2] + "/enough").read()
PY
    cat "$meeting/held"
    speak 'host.file "path":append "x" return "delivered"'
    : >"$meeting/enough"
    wait
    answers '"type":"retry"'
    says "$tmp/out" 'option path: its folder is in use by another process'
}

# -- errors -----------------------------------------------------------------------------------------

an_error_says_where_and_never_a_value() {
    local body
    for body in 'error("said " .. delivery.result.said)' 'assert(false, delivery.result.said)' \
        'local x = delivery.result[delivery.result.said].y' 'error({ delivery.result.said })' \
        'host.file(delivery.result.said)' 'host.option(delivery.result.said)' \
        'host.folder "path":file(delivery.result.said .. "/x")' 'return delivery.result.said + 1' \
        'string.rep(delivery.result.said, {})' 'local _ <close> = delivery.result.said' \
        'host.json { [delivery.result.said] = print }' 'v[delivery.result.said] = 1' \
        'host[delivery.result.said]()' 'host.recall(delivery.result.said):x()'; do
        speak "$body" '{"said":"Rozemarijn"}'
        answers '"type":"rejected","parcel":"r/mine/1","reason":"'
        says "$tmp/last" 'mine.lua:7'
        says_not "$tmp/out" Rozemarijn
        says_not "$tmp/err" Rozemarijn
    done
}
a_slip_with_host_is_told_in_words() {
    speak 'host.file "pth":append "x"'
    answers '"reason":"mine.lua:7: host.file wants the name of an option of type path, and none is called so; did you mean path?"'
    speak 'host:option "path"'
    answers 'is called with a dot'
    speak 'host.file "path".append "x"'
    answers 'is called with a colon'
}
# wrong TEXT FIELDS: a file with these fields is refused with the text
wrong() {
    printf 'local v <const> = require "verbond"\nreturn v.output {\n%s\n}\n' "$2" >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/out" "$1"
    [ "$(grep -c '"level":"error"' "$tmp/out")" -eq 1 ]
}
what_is_wrong_with_a_file_is_said_with_its_line_before_anything_is_delivered() {
    local head='api = 1, name = "mine", summary = "s",' body='deliver = function() end,'
    wrong 'mine.lua:5: v.output: unknown field ' "$head
$body
optoins = {},"
    says "$tmp/out" "did you mean 'options'?"
    wrong 'mine.lua:2: v.output: deliver is missing' "$head"
    wrong 'mine.lua:3: v.output: it was written for version 2 of outputs in Lua, and this verbond has 1; use a newer verbond' \
        "api = 2, name = \"mine\", summary = \"s\", $body"
    wrong 'mine.lua:3: v.output: it calls itself yours, so its file is called yours.lua' \
        "api = 1, name = \"yours\", summary = \"s\", $body"
    wrong 'option \"path\": type cannot be \"pth\"' \
        "$head $body options = { { name = \"path\", type = \"pth\", example = \"x\", help = \"h\" } }"
    wrong 'option path: its example is not of its own type, int' \
        "$head $body options = { { name = \"path\", type = \"int\", example = \"x\", help = \"h\" } }"
    wrong 'option purpose: that name' \
        "$head $body options = { { name = \"purpose\", example = \"x\", help = \"h\" } }"
    wrong '3 errors, the first: mine.lua:2: v.output: deliver is missing' 'api = 1, name = "mine", summary = 1,
naem = 3'
}
every_error_of_a_file_goes_to_the_log() {
    printf 'local v = require "verbond"\nreturn v.output { api = 1, name = "mine", nmae = 1 }\n' >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/err" "mine.lua:2: error: v.output: unknown field 'nmae'"
    says "$tmp/err" 'v.output: deliver is missing'
}
what_is_no_output_is_refused_in_a_sentence() {
    echo 'return {}' >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/out" 'mine.lua:1: the file returns a table, not an output; end the file with: return v.output { ... }'
    printf 'local v = require "verbond"\nreturn v.instrument {}\n' >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/out" 'mine.lua:2: there is no constructor v.instrument'
    echo 'return v.output {' >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/out" 'mine.lua:'
    echo 'local x = require "other"' >"$tmp/mine.lua"
    hello null | host
    ended_with 3
    says "$tmp/out" 'an output is one file: require knows'
    rm "$tmp/mine.lua"
    hello null | host
    ended_with 4
    says "$tmp/out" 'mine.lua'
}

# -- those that want more ---------------------------------------------------------------------------

nothing_outside_what_the_option_names_is_reached() {
    local name
    echo secret >"$tmp/outside"
    mkdir "$tmp/o"
    ln -s "$tmp/outside" "$tmp/o/link"
    ln -s "$tmp" "$tmp/o/up"
    for name in ../outside /etc/passwd .. . .hidden up/outside '' 'a b' "$tmp/outside"; do
        speak "host.log('info', tostring(host.folder 'path':file('$name'):read()))"
        answers 'folder:file: a name is made of letters'
        says_not "$tmp/out" secret
    done
    for name in link up; do
        speak "host.log('info', tostring(host.folder 'path':file '$name':read()))"
        answers '"type":"retry"'
        says_not "$tmp/out" secret
        speak "host.folder 'path':file '$name':append 'x'"
        answers '"type":"retry"'
    done
    [ "$(cat "$tmp/outside")" = secret ]
    speak "host.folder 'path':file 'link':replace 'x' return 'delivered'"
    answers delivered
    [ "$(cat "$tmp/outside")" = secret ]
    speak "host.remember('../../outside', 1) return 'delivered'"
    answers delivered
    [ "$(cat "$tmp/outside")" = secret ]
    [ -f "$tmp/own/records/%2E%2E%2F%2E%2E%2Foutside" ]
}
what_is_no_file_is_not_waited_for() {
    mkdir "$tmp/o"
    mkfifo "$tmp/o/pipe"
    speak "host.folder 'path':file 'pipe':read()"
    answers '"reason":"option path: it is no file"'
    speak "host.folder 'path':file 'pipe':append 'x'"
    answers '"reason":"option path: it is no file"'
}
what_the_sandbox_has_not_is_not_there() {
    local name
    for name in io os load loadfile dofile debug package coroutine print setmetatable getmetatable \
        rawset rawget collectgarbage _G next xpcall; do
        speak "local x = $name"
        answers '"type":"rejected","parcel":"r/mine/1","reason":"the output stopped at mine.lua:7: the script asked what it may not"'
    done
    for name in 'host.option = 1' 'v.null = 1' 'host.file "path".x = 1' '("x").y = 1' 'string.len = 1'; do
        speak "$name"
        answers '"type":"rejected"'
    done
    speak 'require "verbond".output { }'
    answers '"type":"rejected"'
}
# ends TEXT BODY: the limit is told with its line, and the next parcel is delivered as if nothing were
ends() {
    lua "if delivery.result.bad then $2 end return 'delivered'" "$file"
    { hello; deliver r/mine/1 '{"bad":true}' "${3:-30000}"; deliver r/mine/2; } | host
    answers '{"type":"delivered","parcel":"r/mine/2"}'
    grep '"type":"retry","parcel":"r/mine/1"' "$tmp/out" >"$tmp/first"
    says "$tmp/first" "$1"
}
what_does_not_end_is_ended_and_the_next_is_delivered() {
    ends 'mine.lua:7: the script took longer than 90 ms' 'while true do end' 100
    ends 'the script took longer than 90 ms' 'while true do pcall(function() while true do end end) end' 100
    ends 'the script took longer than 90 ms' 'local t = {} for i = 1, 1e5 do t[i] = i end while true do table.sort(t) end' 100
    ends 'out of fuel' 'while true do end' 300000
    ends 'the script ran out of fuel' 'local x = ("x"):rep(1000000) while true do local _ = host.json(x) end' 300000
}
what_grows_without_end_is_ended_and_the_next_is_delivered() {
    ends 'a string may have 16777216 bytes at most' 'local x = "x" while true do x = x .. x end'
    ends 'a string may have' 'local x = ("x"):rep(1e9)'
    ends 'KiB' 'local t = {} while true do t = { t, ("x"):rep(1000) .. #t } end'
    ends 'a table or the stack of calls' 'local t = {} while true do t[#t + 1] = 1 end'
    ends 'a table or the stack of calls' 'local function f() return 1 + f() end f()'
    ends 'a string may have' 'local t = { "xxxxxxxx" } for _ = 1, 28 do t = { t, t } end host.json(t)'
    ends 'grew past 6144 KiB' 'local x = ("x"):rep(1e7)'
}
a_table_in_itself_is_no_json() {
    speak 'local t = {} t.t = t host.json(t)'
    answers 'mine.lua:7: host.json: tables lie more than 32 deep'
    speak 'host.json { 1, nil, 3 }'
    answers 'host.json: a list in it has a hole'
    speak 'host.json { 1, x = 2 }'
    answers '"type":"rejected"'
    speak 'host.json(0 / 0)'
    answers 'host.json: a number in it is not finite'
    speak 'host.json "\xff"'
    answers 'host.json: a string in it is not UTF-8'
}
a_thousand_deliveries_take_no_more_memory_than_ten() {
    lua 'local folder = host.folder "path"
        folder:file "x":replace(host.json(delivery.result)) host.remember("x", delivery.result)
        kept = kept + 1 return "delivered"' "$file"
    python3 - "$build/verbond" "$tmp" <<'PY'
import json, os, subprocess, sys
verbond, folder = sys.argv[1:]
# A sanitizer keeps what was freed for a while; that is not what is looked for.
asan = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64"
child = subprocess.Popen([verbond, "output-host", folder + "/mine.lua"], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, env={**os.environ, "ASAN_OPTIONS": asan})
def say(**what):
    child.stdin.write(json.dumps(what).encode() + b"\n")
    child.stdin.flush()
def size():
    with open(f"/proc/{child.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
say(type="hello", protocol="1.0", output="mine", options={"path": folder + "/o"}, dir=folder)
say(type="instrument", digest="d", instrument={})
assert b"ready" in child.stdout.readline()
sizes = []
for n in range(1000):
    say(type="deliver", parcel=f"r/mine/{n}", attempt=1, deadline_ms=30000, digest="d", blobs=[],
        result={"n": n, "list": list(range(2000))})
    assert b"delivered" in child.stdout.readline()
    if n in (100, 999):
        sizes.append(size())
child.stdin.close()
assert child.wait() == 0
assert sizes[1] < sizes[0] * 1.1 + 1024, sizes
PY
}

run_tests a_file_of_lua_says_what_it_takes_and_delivers \
    null_is_told_from_what_is_not_there_and_everything_goes_out_as_it_came \
    json_is_read_and_what_is_none_is_nil a_blob_is_copied_and_the_sheet_is_read \
    the_three_outcomes_are_passed_on_and_nothing_else_is_one \
    open_and_close_are_called_and_open_may_refuse lines_are_added_read_and_taken_out \
    half_a_line_is_passed_over_and_cut_off a_folder_has_files_and_a_list_of_them \
    what_is_remembered_is_there_after_a_restart \
    a_disk_that_does_not_do_it_means_retry_and_can_be_caught \
    a_folder_that_another_process_has_is_waited_for_and_then_tried_again \
    an_error_says_where_and_never_a_value a_slip_with_host_is_told_in_words \
    what_is_wrong_with_a_file_is_said_with_its_line_before_anything_is_delivered \
    every_error_of_a_file_goes_to_the_log what_is_no_output_is_refused_in_a_sentence \
    nothing_outside_what_the_option_names_is_reached what_is_no_file_is_not_waited_for \
    what_the_sandbox_has_not_is_not_there what_does_not_end_is_ended_and_the_next_is_delivered \
    what_grows_without_end_is_ended_and_the_next_is_delivered a_table_in_itself_is_no_json \
    a_thousand_deliveries_take_no_more_memory_than_ten
