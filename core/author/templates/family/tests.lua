-- What must come out, with these answers. Run it with: verbond test @PATH@
--
-- A person of whom there may be several has a name here: ["youth:Sam"]. The worker's answers about
-- members stand by that name. In a path such a question reads "heard.turn youth:Sam".
local v <const> = require "verbond"

return v.tests {
  { name = "a member answers of itself",
    ["youth:Sam"] = { ["heard.listen"] = 3 },
    expect = {
      path = {
        "heard.listen youth:Sam", "heard.turn youth:Sam", "heard.wish youth:Sam",
        "together.help", "together.plan", "together.part", "talk.about" } } },

  { name = "the worker answers about each member",
    ["youth:Sam"] = {}, ["parent:Kim"] = {},
    professional = {
      ["heard.listen"] = { ["youth:Sam"] = 3, ["parent:Kim"] = 1 },
      ["heard.turn"] = { ["youth:Sam"] = 2, ["parent:Kim"] = 2 } },
    expect = {
      scale = {
        professional = { heard = { ["youth:Sam"] = 2.5, ["parent:Kim"] = 1.5 } } } } },

  { name = "one answer of three gives no score",
    ["youth:Sam"] = { ["together.help"] = 3 },
    expect = { scale = { together = v.none }, missing = { ["together.plan"] = "skipped" } } },
}
