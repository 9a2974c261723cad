-- What must come out, with these answers. Run it with: verbond test @PATH@
--
-- A drawing that is on the table is { paper = true }; key words are { words = { "a", "b" } }.
local v <const> = require "verbond"

return v.tests {
  { name = "two drawings and three words are asked, the rest comes together",
    client = { ["well"] = { paper = true }, ["title"] = { "zon", "tuin", "rust" } },
    expect = { path = { "well", "better", "title" }, missing = { ["better"] = "skipped" } } },

  { name = "words may stand for a drawing",
    client = { ["well"] = { words = { "wandelen", "lachen" } } },
    expect = { missing = { "better", "title" } } },
}
