local v <const> = require "verbond"

return v.tests {
  { name = "the worker says where and how long, the client whether there was help before",
    client = { ["background.months"] = 4 }, professional = { ["background.months"] = 4 },
    expect = { path = {
      client = { "background.months", "background.contact", "background.before" },
      professional = { "background.setting", "background.years", "background.trained",
                       "background.months", "background.contact" } } } },

  { name = "everything may be skipped",
    client = {},
    expect = { missing = { ["background.months"] = "skipped", ["background.before"] = "skipped" } } },

  { name = "facts make no score and no talk point",
    client = { ["background.contact"] = "week", ["background.months"] = 1 },
    professional = { ["background.contact"] = "less", ["background.months"] = 200 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },
}
