#!/bin/sh
# branches.sh DIR N: an instrument in DIR whose flow asks N questions and reads each answer, so that it has
# 2 to the N paths.
set -eu
dir=$1 n=$2
mkdir -p "$dir"
{
    cat <<LUA
local v <const> = require "verbond"
local items <const> = {
  id = "$(basename "$dir")", version = "1.0.0", licence = "CC0-1.0", basis = "own", source = "made up",
  title = { en = "Branches" }, languages = { "en" }, status = { en = "draft" }, respondents = { "client" },
  flow = function(s)
    local yes = 0
    for i = 1, $n do
      if s:ask("q" .. i) then
        yes = yes + 1
      end
    end
  end,
}
for i = 1, $n do
  items[i] = v.yesno("q" .. i) { required = true, text = { en = "Is question " .. i .. " so?" } }
end
return v.instrument(items)
LUA
} >"$dir/instrument.lua"
