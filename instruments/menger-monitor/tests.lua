local v <const> = require "verbond"

-- A client who answers every statement: trust adds up to 19 of 25.
local function client()
  return {
    ["direction.goal"] = 4, ["direction.mandate"] = 5, ["direction.choice"] = 2,
    ["direction.consequence"] = 4, ["direction.step"] = 3,
    ["trust.difficult"] = 3, ["trust.word"] = 4, ["trust.report"] = 4,
    ["trust.chance"] = 4, ["trust.effort"] = 4,
    ["bond.time"] = 4, ["bond.sees"] = 2, ["bond.respect"] = 5,
    ["bond.opinion"] = 4, ["bond.further"] = 2,
    ["friction.hard"] = 3, ["friction.decides"] = 5, ["friction.topics"] = 4,
    ["friction.rules"] = 2, ["friction.energy"] = 1,
    ["going.well"] = "Je belt terug.", ["can.better"] = "Eerder horen wat er komt.",
  }
end

-- The same client with some answers taken out or replaced. v.none takes an answer out.
local function but(changes)
  local answers = client()
  for id, value in pairs(changes) do
    if value == v.none then
      answers[id] = nil
    else
      answers[id] = value
    end
  end
  return answers
end

local everything <const> = {
  "direction.goal", "direction.mandate", "direction.choice", "direction.consequence",
  "direction.step",
  "trust.difficult", "trust.word", "trust.report", "trust.chance", "trust.effort",
  "bond.time", "bond.sees", "bond.respect", "bond.opinion", "bond.further",
  "friction.hard", "friction.decides", "friction.topics", "friction.rules", "friction.energy",
  "going.well", "can.better",
}

return v.tests {
  { name = "everybody is asked everything, in one order",
    client = client(), professional = client(),
    expect = { path = { client = everything, professional = everything } } },

  { name = "full answers give four scores",
    client = client(),
    expect = { scale = { client = { direction = 65, trust = 70, bond = 60, friction = 50 } } } },

  { name = "four answers of five give a score over those four",
    client = but { ["trust.difficult"] = v.none },
    expect = { scale = { client = { trust = 75 } } } },

  { name = "three answers of five give no score, and the other scales keep theirs",
    client = but { ["trust.difficult"] = v.none, ["trust.word"] = { missing = "dont_know" } },
    expect = { scale = { client = { trust = v.none, bond = 60 } } } },

  { name = "whatever the reason was, it reads as not filled in",
    client = but { ["bond.time"] = v.none, ["bond.sees"] = { missing = "rather_not_say" },
                   ["friction.hard"] = { missing = "dont_know" }, ["@hold"] = { "can.better" } },
    expect = { missing = { client = { "bond.time", "bond.sees", "friction.hard", "can.better" } } } },

  { name = "an answer that is held back counts for nothing",
    client = but { ["@hold"] = { "trust.difficult", "trust.word" } },
    expect = { scale = { client = { trust = v.none } } } },

  { name = "both high goes well, far apart differs, both low can be better",
    client = but { ["direction.goal"] = 4, ["trust.report"] = 1, ["bond.sees"] = 2 },
    professional = but { ["direction.goal"] = 5, ["trust.report"] = 5, ["bond.sees"] = 1,
                         ["direction.choice"] = 4, ["bond.further"] = 4 },
    expect = { talk = { well = { "direction.goal" }, differ = { "trust.report" },
                        better = { "bond.sees" } } } },

  { name = "the largest difference comes first",
    client = but { ["trust.word"] = 1, ["bond.time"] = 2 },
    professional = but { ["trust.word"] = 5, ["bond.time"] = 4 },
    expect = { talk = { differ = { "trust.word", "bond.time" } } } },

  { name = "what one side left out is no talk point",
    client = but { ["trust.report"] = v.none },
    professional = but { ["trust.report"] = 5 },
    expect = { talk = { differ = {} } } },

  { name = "the short form asks two of each dimension and the open questions",
    form = "short",
    client = { ["direction.goal"] = 4, ["direction.choice"] = 2, ["trust.difficult"] = 5,
               ["trust.report"] = 5, ["bond.sees"] = 3, ["friction.hard"] = 1,
               ["friction.decides"] = 1 },
    expect = {
      path = { client = { "direction.goal", "direction.choice", "trust.difficult", "trust.report",
                          "bond.sees", "bond.opinion", "friction.hard", "friction.decides",
                          "going.well", "can.better" } },
      scale = { client = { direction = 50, trust = 100, bond = v.none, friction = 0 } } } },

  { name = "with three answers the scores lie on the same measure",
    format = "simple",
    client = { ["bond.time"] = 3, ["bond.sees"] = 2, ["bond.respect"] = 3, ["bond.opinion"] = 2,
               ["bond.further"] = 1 },
    professional = { ["bond.time"] = 3, ["bond.sees"] = 2, ["bond.respect"] = 1,
                     ["bond.opinion"] = 2, ["bond.further"] = 1 },
    expect = {
      scale = { client = { bond = 60 }, professional = { bond = 40 } },
      talk = { well = { "bond.time" }, differ = { "bond.respect" }, better = { "bond.further" } } } },
}
