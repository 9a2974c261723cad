local v <const> = require "verbond"

local all <const> = {
  "core-alliance.bond.click", "core-alliance.bond.understand", "core-alliance.bond.say",
  "core-alliance.goal.clear", "core-alliance.goal.own", "core-alliance.goal.shared",
  "core-alliance.approach.why", "core-alliance.approach.fits", "core-alliance.approach.helps",
  "trust.where", "trust.safe", "practical.things", "practical.worries",
  "motivation.fits", "motivation.use",
}

return v.tests {
  { name = "the core comes first, then three elements of two statements, for both sides",
    client = { ["trust.safe"] = 3 }, professional = { ["trust.safe"] = 3 },
    expect = { path = { client = all, professional = all } } },

  { name = "each element has a score of its own, the core three",
    client = { ["core-alliance.goal.clear"] = 3, ["core-alliance.goal.own"] = 3,
               ["core-alliance.goal.shared"] = 3,
               ["trust.where"] = 1, ["trust.safe"] = 2,
               ["practical.things"] = 3, ["practical.worries"] = 1, ["motivation.fits"] = 3 },
    expect = { scale = { ["core-alliance.goal"] = 3, trust = 1.5, practical = 2,
                         motivation = v.none } } },

  { name = "two statements of one element may lie apart",
    client = { ["trust.where"] = 1, ["trust.safe"] = 3, ["practical.things"] = 1 },
    professional = { ["trust.where"] = 1, ["trust.safe"] = 3, ["practical.things"] = 3 },
    expect = { talk = { well = { "trust.safe" }, differ = { "practical.things" },
                        better = { "trust.where" } } } },

  { name = "the card is made together, after both said yes",
    client = { ["motivation.use"] = 3 }, professional = { ["motivation.use"] = 3 },
    ["@together"] = { ["around.life"] = { "family", "de moestuin" },
                      ["around.system"] = { "doctor" }, ["around.ask"] = "De huisarts." },
    expect = { talk = { well = { "motivation.use" } } } },
}
