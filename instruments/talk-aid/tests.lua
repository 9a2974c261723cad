local v <const> = require "verbond"

local all <const> = { "aid.easy", "aid.about", "aid.change", "aid.again", "aid.other" }

return v.tests {
  { name = "both sides get the same five",
    client = { ["aid.easy"] = 4 }, professional = { ["aid.easy"] = 2 },
    expect = { path = { client = all, professional = all } } },

  { name = "one side alone gets the same",
    professional = { ["aid.easy"] = 4, ["aid.other"] = "Grotere letters." },
    expect = { path = all, missing = { ["aid.again"] = "skipped" } } },

  { name = "nothing of it is ever a talk point",
    client = { ["aid.easy"] = 1, ["aid.again"] = 5 }, professional = { ["aid.easy"] = 5, ["aid.again"] = 5 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },
}
