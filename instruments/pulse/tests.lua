local v <const> = require "verbond"

local all <const> = { "room", "use", "way", "other" }

return v.tests {
  { name = "both sides get the same three lines and one question",
    client = { room = 500 }, professional = { room = 500 },
    expect = { path = { client = all, professional = all } } },

  { name = "the client alone is enough",
    client = { room = 1000, use = 0, way = 500, other = "Korter." },
    expect = { path = all, missing = {} } },

  { name = "everything may be skipped",
    client = {},
    expect = { path = all, missing = { room = "skipped", other = "skipped" } } },

  { name = "a line says where somebody stands and never what it is worth",
    client = { room = 1000, use = 0, way = 0 }, professional = { room = 1000, use = 1000, way = 0 },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "a wish that is held back stays the client's own",
    client = { room = 300, other = "Iets anders.", ["@hold"] = { "other" } },
    expect = { missing = { other = "held", use = "skipped" } } },
}
