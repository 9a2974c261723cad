local v <const> = require "verbond"

return v.tests {
  { name = "one role alone can choose topics",
    client = { topics = { "humour", "age" } }, expect = { path = { "topics" } } },

  { name = "two at one screen each choose, or choose nothing",
    client = { topics = { "need" } }, professional = {},
    expect = { path = { client = { "topics" }, professional = { "topics" } } } },
}
