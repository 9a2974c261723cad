-- What must come out, with these answers. Run it with: verbond test @PATH@
--
-- Give every branch of the flow a case of its own.
local v <const> = require "verbond"

return v.tests {
  { name = "little room asks what would give more",
    client = { ["room"] = 200, ["useful"] = true },
    expect = { path = { "room", "room.more", "useful", "useful.what" } } },

  { name = "enough room goes on to what was of use",
    client = { ["room"] = 800, ["useful"] = true },
    expect = { path = { "room", "useful", "useful.what" } } },

  { name = "of no use asks what can be different",
    client = { ["room"] = 800, ["useful"] = false },
    expect = { path = { "room", "useful", "other" } } },

  { name = "whoever skips both is asked what can be different",
    client = {},
    expect = { path = { "room", "useful", "other" }, missing = { "room", "useful", "other" } } },
}
