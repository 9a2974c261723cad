local v <const> = require "verbond"

-- What somebody of 12 or older is asked, in order.
local grown <const> = {
  "bond.attention", "bond.everybody", "bond.talk",
  "goal.clear", "goal.wish", "goal.agree",
  "approach.understand", "approach.agree", "approach.practical",
  "safe.speak", "safe.honest", "safe.tense",
  "together.solve", "together.part", "together.want",
  "talk.about",
}

-- A member answers of itself: as tests name it, "bond.talk youth:Sam". What is about the family or
-- an open question has no name behind it.
local function of(member, ids)
  local path = {}
  for i = 1, #ids do
    local id = ids[i]
    local about = id ~= "talk.about" and string.sub(id, 1, 9) ~= "together."
    path[i] = about and id .. " " .. member or id
  end
  return path
end

-- Sam, with these answers put in place of what Sam says. v.none takes an answer out.
local function sam(changes)
  local answers = {
    ["bond.attention"] = 4, ["bond.everybody"] = 2, ["bond.talk"] = 3,
    ["goal.clear"] = 5, ["goal.wish"] = 4, ["goal.agree"] = 5,
    ["approach.understand"] = 3, ["approach.agree"] = 3, ["approach.practical"] = 3,
    ["safe.speak"] = 2, ["safe.honest"] = 1, ["safe.tense"] = 3,
    ["together.solve"] = 2, ["together.part"] = 2, ["together.want"] = 2,
  }
  for id, value in pairs(changes or {}) do
    if value == v.none then
      answers[id] = nil
    else
      answers[id] = value
    end
  end
  return answers
end

return v.tests {
  { name = "youth, parents and relatives are asked the same of themselves",
    ["youth:Sam"] = {}, ["parent:Kim"] = {}, ["relative:Oma"] = {},
    expect = { path = { ["youth:Sam"] = of("youth:Sam", grown),
                        ["parent:Kim"] = of("parent:Kim", grown),
                        ["relative:Oma"] = of("relative:Oma", grown) } } },

  { name = "a child of 8 to 11 has five statements and a wish for the talk",
    ["child:Noor"] = { ["child.listen"] = 3, ["child.why"] = 1, ["child.say"] = 2 },
    expect = {
      path = {
        "child.listen child:Noor", "child.why child:Noor", "child.good child:Noor",
        "child.help child:Noor", "child.say child:Noor", "talk.about" },
      missing = { ["child.good"] = "skipped" } } },

  { name = "a child under 8 only draws",
    ["child_under_8:Bo"] = { ["drawing.well"] = { paper = true } },
    expect = {
      path = { "drawing.well child_under_8:Bo", "drawing.other child_under_8:Bo" },
      missing = { ["drawing.other"] = "skipped" } } },

  { name = "the worker is asked about each member what that member is asked, and the family once",
    ["youth:Sam"] = {}, ["child:Noor"] = {}, ["child_under_8:Bo"] = {},
    professional = { ["child.why"] = { ["child:Noor"] = { missing = "dont_know" } } },
    expect = {
      missing = { professional = { ["child.why child:Noor"] = "dont_know",
                                   ["bond.talk youth:Sam"] = "skipped",
                                   ["bond.talk child:Noor"] = "not_shown" } },
      path = { professional = {
      "child.listen child:Noor", "child.why child:Noor", "child.good child:Noor",
      "child.help child:Noor",
      "bond.attention youth:Sam", "bond.everybody youth:Sam", "bond.talk youth:Sam",
      "goal.clear youth:Sam", "goal.wish youth:Sam", "goal.agree youth:Sam",
      "approach.understand youth:Sam", "approach.agree youth:Sam",
      "approach.practical youth:Sam",
      "child.say child:Noor",
      "safe.speak youth:Sam", "safe.honest youth:Sam", "safe.tense youth:Sam",
      "together.solve", "together.part", "together.want" } } } },

  { name = "five aspects, each with its own score",
    ["youth:Sam"] = sam(),
    expect = { scale = {
      bond = { ["youth:Sam"] = { sum = 9, mean = 3, pomp = 50 } },
      goal = { ["youth:Sam"] = { sum = 14, pomp = 91.7 } },
      approach = { ["youth:Sam"] = { pomp = 50 } },
      together = { sum = 6, mean = 2, pomp = 25 },
    } } },

  { name = "two answers of three give no score, and the other aspects keep theirs",
    ["youth:Sam"] = sam { ["bond.talk"] = v.none, ["together.part"] = { missing = "dont_know" } },
    expect = { scale = { bond = { ["youth:Sam"] = v.none }, together = v.none,
                         goal = { ["youth:Sam"] = 4.667 } } } },

  { name = "what is held back counts for nothing",
    ["youth:Sam"] = sam { ["@hold"] = { "goal.wish" } },
    expect = { scale = { goal = { ["youth:Sam"] = v.none } }, missing = { "goal.wish" } } },

  { name = "whatever the reason was, it is not filled in",
    ["parent:Kim"] = { ["bond.talk"] = { missing = "rather_not_say" },
                       ["safe.speak"] = { missing = "dont_know" } },
    expect = { missing = { "bond.talk", "safe.speak", "safe.honest" } } },

  { name = "the worker estimates each member apart, and leaves out whom they do not know",
    ["youth:Sam"] = {}, ["parent:Kim"] = {},
    professional = {
      ["bond.attention"] = { ["youth:Sam"] = 5, ["parent:Kim"] = 3 },
      ["bond.everybody"] = { ["youth:Sam"] = 4, ["parent:Kim"] = { missing = "dont_know" } },
      ["bond.talk"] = { ["youth:Sam"] = 3, ["parent:Kim"] = 3 } },
    expect = { scale = { professional = { bond = { ["youth:Sam"] = 4, ["parent:Kim"] = v.none } } } } },

  { name = "speaking freely may go to the worker, after the member's own yes",
    ["youth:Sam"] = sam { ["@private"] = { "safe" } },
    ["child:Noor"] = { ["child.say"] = 1, ["@private"] = { "child.safe" } },
    professional = {}, ["@release"] = true,
    expect = { scale = { ["youth:Sam"] = { together = 2 } } } },

  { name = "a sheet of a family has no lists of who agrees with whom",
    ["youth:Sam"] = sam(), ["parent:Kim"] = { ["together.solve"] = 5 },
    professional = { ["together.solve"] = 5 }, ["@release"] = true,
    expect = { talk = { well = {}, differ = {}, better = {}, friction = {} } } },

  { name = "the short form has one of each aspect, and for children the same as always",
    form = "short",
    ["youth:Sam"] = { ["bond.talk"] = 4, ["together.part"] = 5 },
    ["child:Noor"] = {}, ["child_under_8:Bo"] = {},
    expect = {
      path = {
        ["youth:Sam"] = { "bond.talk youth:Sam", "goal.wish youth:Sam", "approach.agree youth:Sam",
                          "safe.speak youth:Sam", "together.part", "talk.about" },
        ["child:Noor"] = { "child.listen child:Noor", "child.why child:Noor",
                           "child.good child:Noor", "child.help child:Noor",
                           "child.say child:Noor", "talk.about" },
        ["child_under_8:Bo"] = { "drawing.well child_under_8:Bo",
                                 "drawing.other child_under_8:Bo" } },
      scale = { ["youth:Sam"] = { bond = { ["youth:Sam"] = { pomp = 75 } }, together = 5 } } } },

  { name = "one person may take the short form while the others take all",
    ["youth:Sam"] = { ["@form"] = "short", ["bond.talk"] = 2 }, ["parent:Kim"] = {},
    professional = {},
    expect = { path = {
      ["youth:Sam"] = { "bond.talk youth:Sam", "goal.wish youth:Sam", "approach.agree youth:Sam",
                        "safe.speak youth:Sam", "together.part", "talk.about" },
      ["parent:Kim"] = of("parent:Kim", grown) } } },

  { name = "with three answers the scores lie on the same measure, and a child's answers stay three",
    format = "simple",
    ["parent:Kim"] = { ["bond.attention"] = 3, ["bond.everybody"] = 2, ["bond.talk"] = 1 },
    ["child:Noor"] = { ["child.help"] = 3 },
    expect = { scale = { ["parent:Kim"] = { bond = { ["parent:Kim"] = { pomp = 50 } } } } } },
}
