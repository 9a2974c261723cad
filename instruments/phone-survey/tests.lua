local v <const> = require "verbond"

local all <const> = {
  "minutes", "begun", "friction", "new", "said", "fits", "agreed", "helped", "change",
}

return v.tests {
  { name = "the worker gets nine questions",
    professional = { minutes = 35, begun = "both", agreed = false },
    expect = { path = all, missing = { friction = "skipped", helped = "skipped" } } },

  { name = "everything may be skipped",
    professional = { minutes = { missing = "dont_know" } },
    expect = { path = all, missing = { minutes = "dont_know", change = "skipped" } } },
}
