local v <const> = require "verbond"

local all <const> = {
  "bond.click", "bond.understand", "bond.say",
  "goal.clear", "goal.own", "goal.shared",
  "approach.why", "approach.fits", "approach.helps",
}

return v.tests {
  { name = "client, relative and worker get the same nine statements",
    client = { ["goal.own"] = 4 }, relative = { ["goal.own"] = 3 }, ["professional:Anne"] = { ["goal.own"] = 2 },
    expect = { path = { client = all, relative = all, ["professional:Anne"] = all } } },

  { name = "each aspect has a score of its own",
    client = { ["bond.click"] = 5, ["bond.understand"] = 4, ["bond.say"] = 3,
               ["goal.clear"] = 1, ["goal.own"] = 1, ["goal.shared"] = 1,
               ["approach.why"] = 2, ["approach.fits"] = 3, ["approach.helps"] = 3 },
    expect = { scale = { bond = 4, goal = 1, approach = 2.667 } } },

  { name = "an aspect that was not answered whole has no score",
    client = { ["bond.click"] = 5, ["bond.understand"] = 4, ["bond.say"] = { missing = "dont_know" } },
    expect = { scale = { bond = v.none, goal = v.none },
               missing = { ["bond.say"] = "dont_know", ["goal.own"] = "skipped" } } },

  { name = "three answers instead of five",
    format = "simple",
    client = { ["approach.why"] = 3, ["approach.fits"] = 2, ["approach.helps"] = 1 },
    expect = { scale = { approach = 2 } } },

  { name = "two voices: what goes well, what differs, what can be better",
    client = { ["bond.click"] = 5, ["bond.understand"] = 2, ["goal.own"] = 1, ["approach.fits"] = 2 },
    ["professional:Anne"] = { ["bond.click"] = 4, ["bond.understand"] = 5, ["goal.own"] = 2,
                     ["approach.fits"] = 4 },
    ["@release"] = true,
    expect = { talk = { well = { "bond.click" }, differ = { "bond.understand", "approach.fits" },
                        better = { "goal.own" } } } },

  { name = "what one side left open is no talk point",
    client = { ["goal.clear"] = 5 },
    ["professional:Anne"] = { ["goal.clear"] = { missing = "dont_know" }, ["goal.shared"] = 1 },
    ["@release"] = true,
    expect = { talk = { well = {}, differ = {}, better = {} } } },
}
