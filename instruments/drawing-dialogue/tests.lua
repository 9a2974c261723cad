local v <const> = require "verbond"

local way <const> = { "way", "well", "better" }

return v.tests {
  { name = "each is asked how to show it, what goes well and what can be better",
    client = { way = "words" }, professional = { way = "words" },
    expect = { path = { client = way, professional = way } } },

  { name = "key words and paper are as good as a drawing",
    client = { way = "words", well = { words = { "tijd", "grapjes" } }, better = { words = { "rust" } } },
    professional = { way = "paper", well = { paper = true }, better = { paper = true } },
    expect = { talk = { well = {}, differ = {}, better = {}, friction = {} } } },

  { name = "whoever skips the first screen may answer in any way",
    client = { well = { paper = true }, better = { words = { "eerder horen" } } },
    expect = { path = way, missing = { way = "skipped" } } },

  { name = "nothing of it is compared, the way of answering either",
    client = { way = "draw", well = { paper = true } },
    professional = { way = "words", well = { words = { "lachen" } } },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "a drawing can be held back after all",
    client = { way = "paper", well = { paper = true }, ["@hold"] = { "well" } },
    professional = {},
    expect = { missing = { client = { well = "held", better = "skipped" },
                           professional = { way = "skipped", well = "skipped", better = "skipped" } } } },

  { name = "the collage and three words come together, after both said yes",
    client = { way = "paper", well = { paper = true } },
    professional = { way = "paper", well = { paper = true } },
    ["@together"] = { collage = { pieces = { { id = "tree", x = 100, y = 200 } }, keep = "until" },
                      words = { "samen", "rustig" } },
    expect = { talk = { well = {} } } },

  { name = "a collage may stay on paper",
    client = { way = "paper" }, professional = { way = "paper" },
    ["@together"] = { collage = { paper = true }, words = { "vooruit" } },
    expect = { talk = { well = {} } } },
}
