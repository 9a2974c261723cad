#!/bin/sh
# layers.sh DIR: a room includes only lower floors; rooms on one floor do not know each other;
# only script includes Lua's headers, only loop includes uv.h, only the program conform/receiver
# includes microhttpd.h. Prints every breach; exit 1 on any.
set -eu
cd "$1"
grep -rnE '^[[:space:]]*#[[:space:]]*include' --include='*.[ch]' . | awk '
BEGIN {
    floor["base"] = 1; floor["data"] = 2; floor["loop"] = 2
    floor["kinds"] = 3; floor["store"] = 3; floor["sheet"] = 3; floor["lint"] = 3
    floor["script"] = 4; floor["session"] = 5; floor["outbox"] = 5
    floor["term"] = 6; floor["serve"] = 6; floor["author"] = 6
    floor["conform"] = 6; floor["engine"] = 6; floor["main"] = 7; floor["include"] = 0
}
{
    place = $0; sub(/^\.\//, "", place)
    split(place, part, "/"); room = part[1]
    where = place; sub(/:[^:]*$/, "", where)
    header = $0; sub(/^.*include[[:space:]]*[<"]/, "", header); sub(/[>"].*$/, "", header)
    match(place, /^[^:]*:[0-9]+/); where = substr(place, RSTART, RLENGTH)
    if (!(room in floor)) { breach(where ": no such room: " room); next }
    if (header ~ /^(lua|lualib|lauxlib|luaconf)\.h$/ && room != "script")
        breach(where ": only script includes " header)
    if (header ~ /^uv\.h$/ && room != "loop")
        breach(where ": only loop includes uv.h")
    if (header ~ /^microhttpd\.h$/ && place !~ /^(conform\/receiver\/|serve\/server)/)
        breach(where ": only conform/receiver and serve/server*.c include microhttpd.h")
    if (split(header, to, "/") < 2 || !(to[1] in floor) || to[1] == room) next
    if (to[1] == "include" || header ~ /^verbond\//) next
    if (room == "store" && to[1] == "loop" && place !~ /^store\/store_queue[._]/)
        breach(where ": of the store only store_queue uses the loop")
    if (floor[to[1]] > floor[room])
        breach(where ": " room " reaches up to " to[1] " (" header ")")
    else if (floor[to[1]] == floor[room])
        breach(where ": " room " reaches sideways to " to[1] " (" header ")")
}
function breach(text) { print "core/" text; bad = 1 }
END { exit bad }
'
