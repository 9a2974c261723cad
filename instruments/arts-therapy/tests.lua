local v <const> = require "verbond"

local statements <const> = {
  "space.quiet", "space.distance", "space.try",
  "choice.pick", "choice.stop", "choice.fit",
  "together.follow", "together.joy", "together.wordless",
  "own.mine", "own.works", "own.way",
}

-- The twelve statements, then what else was asked.
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
  { name = "music has its own two statements",
    variant = "music",
    client = { ["music.listen"] = 3 }, professional = { ["music.answer"] = 3 },
    expect = { path = {
      client = path { "music.listen", "music.answer", "group", "places", "made", "next.time" },
      professional = path { "music.listen", "music.answer", "group", "places", "made", "next.time" } } } },

  { name = "the psychomotor variant has its own two, and asks nothing in free text",
    variant = "psychomotor",
    client = { ["movement.lead"] = 2 }, professional = { ["movement.lead"] = 2 },
    expect = { path = {
      client = path { "movement.lead", "movement.place", "group", "places", "made" },
      professional = path { "movement.lead", "movement.place", "group", "places", "made" } } } },

  { name = "visual art has its own two statements",
    variant = "visual",
    client = { ["visual.break"] = 3 },
    expect = { path = path { "visual.break", "visual.look", "group", "places", "made", "next.time" } } },

  { name = "drama has its own two statements",
    variant = "drama",
    client = { ["drama.role"] = 1 },
    expect = { path = path { "drama.role", "drama.play", "group", "places", "made", "next.time" } } },

  { name = "who is with others is asked about a place among them",
    variant = "drama",
    client = { group = true, ["group.place"] = 2 },
    expect = { path = path { "drama.role", "drama.play", "group", "group.place", "places", "made", "next.time" } } },

  { name = "who is alone with the therapist, or leaves that open, is asked nothing about a group",
    variant = "drama",
    client = { group = { missing = "rather_not_say" } }, professional = { group = false },
    expect = { missing = { client = { ["group.place"] = "not_shown" },
                           professional = { ["group.place"] = "not_shown" } } } },

  { name = "the short form takes one of each aspect and the two of the medium",
    variant = "visual", form = "short",
    client = { ["own.way"] = 3 },
    expect = { path = { "space.quiet", "choice.stop", "together.follow", "own.way",
                        "visual.break", "visual.look", "places", "made", "next.time" } } },

  { name = "all three of an aspect give a score, and two give none",
    variant = "music",
    client = { ["space.quiet"] = 3, ["space.distance"] = 2, ["space.try"] = 3,
               ["own.mine"] = 3, ["own.works"] = 3 },
    expect = { scale = { space = { sum = 8, pomp = 83.3 }, own = v.none } } },

  { name = "the statements of one medium change no score",
    variant = "music",
    client = { ["together.follow"] = 1, ["together.joy"] = 1, ["together.wordless"] = 1,
               ["music.listen"] = 3, ["music.answer"] = 3 },
    expect = { scale = { together = { sum = 3, pomp = 0 } } } },

  { name = "whether doing things together is nice is each one's own, and no talk point",
    variant = "music",
    client = { ["together.joy"] = 1, ["choice.pick"] = 1 },
    professional = { ["together.joy"] = 3, ["choice.pick"] = 3 },
    expect = { talk = { well = {}, differ = { "choice.pick" }, better = {} } } },

  { name = "places lie side by side and are never compared",
    variant = "drama",
    client = { places = { client = { 100, 100 }, professional = { 900, 900 }, medium = { 500, 500 } } },
    professional = { places = { client = { 500, 500 }, professional = { 500, 400 }, medium = { 400, 500 } } },
    expect = { talk = { well = {}, differ = {}, better = {} } } },

  { name = "a drawing is looked at and never kept",
    variant = "visual",
    client = { made = { paper = true } },
    expect = { missing = { ["next.time"] = "skipped" } } },

  { name = "what was written can be held back after all",
    variant = "music",
    client = { ["next.time"] = "Zingen.", ["@hold"] = { "next.time" } },
    expect = { missing = { ["next.time"] = "held" } } },
}
