-- Answered without end by crash_load.c.
local v <const> = require "verbond"

return v.instrument {
  id = "load", version = "1.0.0", licence = "CC0-1.0",
  basis = "own", source = "own questions",
  title = { nl = "Vol" },
  languages = { "nl" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers { { 1, nl = "nee" }, { 2, nl = "soms" }, { 3, nl = "ja" } } },

  v.likert "one" { text = { nl = "Een." } },
  v.likert "two" { text = { nl = "Twee." } },
  v.likert "three" { text = { nl = "Drie." } },
  v.likert "four" { text = { nl = "Vier." } },
  v.likert "five" { text = { nl = "Vijf." } },
}
