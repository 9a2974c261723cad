local v <const> = require "verbond"

local statements <const> = { "wishes", "talents", "confidence", "people", "nearby", "choice" }

-- The six statements, then what else was asked.
local function path(more)
  local ids = {}
  for i = 1, #statements do
    ids[i] = statements[i]
  end
  for i = 1, #more do
    ids[#statements + i] = more[i]
  end
  return ids
end

return v.tests {
  { name = "the worker gets the six statements, the client the table too",
    client = { wishes = 3 }, professional = { wishes = 3 },
    expect = { path = { client = path { "areas" }, professional = statements } } },

  { name = "of the table only the parts that were picked are asked, wishes first",
    client = { areas = { "leisure", "money" }, ["money.wish"] = { "sparen" },
               ["leisure.now"] = { "vissen", "de club" } },
    expect = { path = path { "areas", "money.wish", "money.now", "money.past",
                             "leisure.wish", "leisure.now", "leisure.past" } } },

  { name = "all seven parts can be picked",
    client = { areas = { "home", "money", "work", "contacts", "health", "leisure", "meaning" },
               ["meaning.past"] = { "zingen" } },
    expect = { path = path {
      "areas",
      "home.wish", "home.now", "home.past", "money.wish", "money.now", "money.past",
      "work.wish", "work.now", "work.past", "contacts.wish", "contacts.now", "contacts.past",
      "health.wish", "health.now", "health.past", "leisure.wish", "leisure.now", "leisure.past",
      "meaning.wish", "meaning.now", "meaning.past" } } },

  { name = "whoever picks no part is asked nothing about it",
    client = { areas = { missing = "rather_not_say" } },
    expect = { path = path { "areas" }, missing = { areas = "rather_not_say" } } },

  { name = "the short form has no table",
    form = "short",
    client = { talents = 2 }, professional = { talents = 2 },
    expect = { path = { client = statements, professional = statements } } },

  { name = "six different things: each is compared by itself",
    client = { wishes = 3, talents = 1, confidence = 2, people = 1, choice = 1 },
    professional = { wishes = 3, talents = 3, confidence = 2, people = 1, choice = 2 },
    expect = { talk = { well = { "wishes" }, differ = { "talents", "choice" },
                        better = { "people" } } } },

  { name = "what one side left open is no talk point",
    client = { wishes = { missing = "dont_know" }, talents = 3 },
    professional = { wishes = 1 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "a word that is held back reads as not filled in",
    client = { areas = { "health" }, ["health.now"] = { "wandelen" }, ["health.past"] = { "rust" },
               ["@hold"] = { "health.now" } },
    expect = { missing = { ["health.now"] = "held", ["health.wish"] = "skipped" } } },

  { name = "what is used next week is picked together, one of the six or an own word",
    client = { talents = 3 }, professional = { talents = 3 },
    ["@together"] = { ["next.week"] = { "talent", { other = "de hond" } },
                      ["next.step"] = "Samen een rondje lopen." },
    expect = { talk = { well = { "talents" } } } },
}
