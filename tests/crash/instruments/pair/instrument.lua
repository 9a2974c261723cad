-- What a round of two can hold, in few questions: a branch, a text of several pages, a drawing, a
-- scale apart, and something that is asked together.
local v <const> = require "verbond"

return v.instrument {
  id = "pair", version = "1.0.0", licence = "CC0-1.0",
  basis = "own", source = "own questions",
  title = { nl = "Samen" },
  languages = { "nl" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "soms" }, { 3, nl = "ja" } } },

  v.scale "bond" { title = { nl = "Binding" },
    v.likert "bond.heard" { text = { nl = "Er wordt geluisterd." } },
    v.likert "bond.time" { text = { nl = "Er is tijd." } },
    v.likert "bond.word" { text = { nl = "Afspraken worden nagekomen." } } },
  v.scale "friction" { title = { nl = "Stroefheid" }, negative = true,
    v.likert "friction.rules" { text = { nl = "Het gaat vooral over regels." } } },
  v.yesno "stuck" { text = { nl = "Zit het vast?" } },
  v.text "stuck.what" { when = v.is("stuck", true), max = 9000, text = { nl = "Waardoor?" } },
  v.vas "room" { text = { nl = "Hoeveel ruimte is er?" },
    left = { nl = "geen" }, right = { nl = "veel" } },
  v.number "talks" { min = 0, max = 20, text = { nl = "Hoeveel gesprekken?" } },
  v.draw "well" { tools = { "draw", "photo" }, keep = "give",
    text = { nl = "Teken wat goed gaat." } },
  v.text "plan" { stage = "together", relation = "own", text = { nl = "Wat doen we nu?" } },
}
