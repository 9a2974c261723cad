local v <const> = require "verbond"

return v.tests {
  { name = "only the day is asked",
    researcher = { ["held.on"] = "2026-11-20" },
    expect = { path = { "held.on" }, missing = {} } },

  { name = "the day may be left open too",
    researcher = {},
    expect = { missing = { ["held.on"] = "skipped" } } },
}
