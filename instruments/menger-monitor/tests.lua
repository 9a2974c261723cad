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

-- The same with the strengths, which come before the open questions.
local with_strengths <const> = {}
for i = 1, #everything - 2 do
  with_strengths[i] = everything[i]
end
for _, id in ipairs { "strengths.wishes", "strengths.talents", "strengths.confidence",
                      "strengths.people", "strengths.nearby", "strengths.choice",
                      "going.well", "can.better" } do
  with_strengths[#with_strengths + 1] = id
end

return v.tests {
  { name = "both are asked everything, in one order",
    client = client(), professional = client(),
    expect = { path = { client = everything, professional = everything } } },

  { name = "full answers give four scores",
    client = client(),
    expect = { scale = {
      direction = { sum = 18, mean = 3.6, pomp = 65 },
      trust = { sum = 19, mean = 3.8, pomp = 70 },
      bond = { sum = 17, mean = 3.4, pomp = 60 },
      friction = { sum = 15, mean = 3, pomp = 50 },
    } } },

  { name = "four answers of five give a score over those four",
    client = but { ["trust.difficult"] = v.none },
    expect = { scale = { trust = { sum = 16, mean = 4, pomp = 75 } } } },

  { name = "three answers of five give no score, and the other scales keep theirs",
    client = but { ["trust.difficult"] = v.none, ["trust.word"] = { missing = "dont_know" } },
    expect = { scale = { trust = v.none, bond = 3.4 } } },

  { name = "an answer that is held back counts for nothing",
    client = but { ["@hold"] = { "trust.difficult", "trust.word" } },
    expect = { scale = { trust = v.none } } },

  { name = "whatever the reason was, it is not filled in",
    client = but { ["bond.time"] = v.none, ["bond.sees"] = { missing = "rather_not_say" },
                   ["friction.hard"] = { missing = "dont_know" }, ["@hold"] = { "can.better" } },
    expect = { missing = { "bond.time", "bond.sees", "friction.hard", "can.better" } } },

  { name = "both high goes well, far apart differs, both low can be better",
    client = { ["direction.goal"] = 4, ["trust.report"] = 1, ["bond.sees"] = 2,
               ["bond.time"] = 3 },
    professional = { ["direction.goal"] = 5, ["trust.report"] = 5, ["bond.sees"] = 1,
                     ["bond.time"] = 4 },
    expect = { talk = { well = { "direction.goal" }, differ = { "trust.report" },
                        better = { "bond.sees" } } } },

  { name = "the largest difference comes first",
    client = { ["direction.goal"] = 2, ["trust.word"] = 1, ["bond.time"] = 5 },
    professional = { ["direction.goal"] = 4, ["trust.word"] = 5, ["bond.time"] = 2 },
    expect = { talk = { differ = { "trust.word", "bond.time", "direction.goal" } } } },

  { name = "what one side left out is no talk point",
    client = { ["trust.word"] = 5, ["bond.time"] = { missing = "rather_not_say" } },
    professional = { ["trust.report"] = 1, ["bond.time"] = 5 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "friction is never what goes well, differs or can be better",
    client = { ["friction.hard"] = 5, ["friction.decides"] = 1, ["friction.topics"] = 5 },
    professional = { ["friction.hard"] = 5, ["friction.decides"] = 1, ["friction.topics"] = 1 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "the short form asks two of each dimension and the open questions",
    form = "short",
    client = { ["direction.goal"] = 4, ["direction.choice"] = 2, ["trust.difficult"] = 5,
               ["trust.report"] = 5, ["bond.sees"] = 3, ["friction.hard"] = 1,
               ["friction.decides"] = 1 },
    expect = {
      path = { "direction.goal", "direction.choice", "trust.difficult", "trust.report",
               "bond.sees", "bond.opinion", "friction.hard", "friction.decides",
               "going.well", "can.better" },
      scale = { direction = { pomp = 50 }, trust = { pomp = 100 }, bond = v.none,
                friction = { pomp = 0 } } } },

  { name = "strengths are asked only when the round takes them in",
    with = { "strengths" },
    client = { ["strengths.talents"] = 1, ["trust.word"] = 5 },
    professional = { ["strengths.talents"] = 3, ["trust.word"] = 5 },
    ["@together"] = { ["strengths.next.week"] = { "talent" } },
    expect = {
      path = { client = with_strengths, professional = with_strengths },
      talk = { well = { "trust.word" }, differ = { "strengths.talents" } } } },

  { name = "strengths change no score",
    with = { "strengths" },
    client = but { ["strengths.wishes"] = 1, ["strengths.choice"] = 1 },
    expect = { scale = { direction = 3.6, trust = 3.8, bond = 3.4, friction = 3 } } },

  { name = "the short form has two strengths, when they are taken in",
    form = "short", with = { "strengths" },
    client = { ["strengths.wishes"] = 2 },
    expect = { path = { "direction.goal", "direction.choice", "trust.difficult", "trust.report",
                        "bond.sees", "bond.opinion", "friction.hard", "friction.decides",
                        "strengths.wishes", "strengths.choice", "going.well", "can.better" } } },

  { name = "with three answers the scores lie on the same measure",
    format = "simple",
    client = { ["bond.time"] = 3, ["bond.sees"] = 2, ["bond.respect"] = 3, ["bond.opinion"] = 2,
               ["bond.further"] = 1 },
    professional = { ["bond.time"] = 3, ["bond.sees"] = 2, ["bond.respect"] = 1,
                     ["bond.opinion"] = 2, ["bond.further"] = 1 },
    expect = {
      scale = { client = { bond = { pomp = 60 } }, professional = { bond = { pomp = 40 } } },
      talk = { well = { "bond.time" }, differ = { "bond.respect" }, better = { "bond.further" } } } },
}
