local v <const> = require "verbond"

local five <const> = { "held", "learn", "view", "stance", "different", "structure" }

return v.tests {
  { name = "the convenor says the day and is asked nothing else",
    convenor = { before = "2026-12-11" },
    expect = { path = { convenor = { "before" } } } },

  { name = "a member is asked the five questions after saying whether there was a talk",
    ["member:rood"] = { held = true, learn = { "luisteren" } },
    expect = { path = five } },

  { name = "somebody who held no talk is asked the same, so that nothing tells who",
    ["member:rood"] = { held = false },
    expect = { path = five } },

  { name = "the day of the next one is said together, after the release",
    convenor = { before = "2026-12-11" },
    ["member:rood"] = { held = true },
    ["@release"] = true,
    ["@together"] = { ["next.date"] = "2027-03-12" },
    expect = { path = { convenor = { "before" }, ["member:rood"] = five } } },
}
