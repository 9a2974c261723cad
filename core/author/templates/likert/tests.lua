-- What must come out, with these answers. Run it with: verbond test @PATH@
--
-- A case is what persons answer, and what you expect of it:
--   path     what was asked, in order
--   scale    a score: 4 is the mean; v.none: there is none
--   missing  what reads as not filled in
--   talk     what the sheet puts first; for this both must answer
local v <const> = require "verbond"

return v.tests {
  { name = "whoever needs something is asked what",
    client = { ["need"] = true, ["need.what"] = "Een buskaart." },
    expect = {
      path = {
        "plan.clear", "plan.mine", "plan.small", "plan.help",
        "contact.wish", "contact.hard", "contact.reach",
        "need", "need.what", "next.step" } } },

  { name = "whoever needs nothing goes on",
    client = { ["need"] = false },
    expect = {
      path = {
        "plan.clear", "plan.mine", "plan.small", "plan.help",
        "contact.wish", "contact.hard", "contact.reach",
        "need", "next.step" } } },

  { name = "three of four answers give a score, one gives none",
    client = {
      ["plan.clear"] = 5, ["plan.mine"] = 4, ["plan.small"] = 3,
      ["contact.wish"] = 5 },
    expect = {
      scale = { plan = 4, contact = v.none },
      missing = { "plan.help", "contact.hard", "contact.reach" } } },

  { name = "far apart is something to talk about",
    client = { ["plan.clear"] = 1, ["contact.wish"] = 5 },
    professional = { ["plan.clear"] = 5, ["contact.wish"] = 5 },
    expect = { talk = { well = { "contact.wish" }, differ = { "plan.clear" } } } },
}
