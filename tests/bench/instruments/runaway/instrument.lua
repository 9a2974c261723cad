-- Flows that do not end, each in its own way, and one that does (tests/bench/turns.c).
local v <const> = require "verbond"

local ways <const> = {
  loop = function() while true do end end,
  caught = function() while true do pcall(function() while true do end end) end end,
  tower = function() local function f() return pcall(f) end while true do f() end end,
  sorting = function()
    local t = {}
    for i = 1, 4000 do t[i] = -i end
    while true do table.sort(t, function(a, b) return a < b end) end
  end,
  strings = function()
    local x = string.rep("a", 200000)
    while true do x = x:sub(1, 199998) .. "b" end
  end,
  tables = function()
    local t = {}
    while true do for i = 1, 4000 do t[i] = { i } end end
  end,
}
local variants <const> = { honest = { title = { en = "Honest" } } }
for name in pairs(ways) do
  variants[name] = { title = { en = name } }
end

return v.instrument {
  id = "runaway", version = "1.0.0", licence = "Apache-2.0",
  basis = "own", source = "the bench's flows that do not end",
  title = { en = "Runaway" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" }, variants = variants,
  flow = function(s)
    s:ask "one"
    if ways[s.variant] then
      ways[s.variant]()
    end
    s:ask "two"
  end,
  v.yesno "one" { text = { en = "One?" } },
  v.yesno "two" { text = { en = "Two?" } },
}
