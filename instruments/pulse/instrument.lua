-- Polsslag: three lines and one question at the end of a talk, about today.
--
-- Own questions, not tested with people yet. Each line stands by itself: there is no total, no
-- good place on a line and no alarm.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"

-- A line from no to yes. Three different things, so they are in no scale.
local function line(item)
  item.relation = "estimate"
  item.scored = false
  item.left = { nl = "nee", en = "no" }
  item.right = { nl = "ja, helemaal", en = "yes, fully" }
  return item
end

return v.instrument {
  id = "pulse",
  version = "1.1.0",
  licence = "CC-BY-4.0",
  basis = "own",
  source = "own questions, after the advice to ask for feedback often and to use it",
  title = { nl = "Polsslag", en = "Pulse" },
  summary = {
    nl = "Drie lijnen en één vraag over vandaag.",
    en = "Three lines and one question about today.",
  },
  notice = {
    nl = "Dit is geen bestaande sessieschaal. Er zijn geen punten, geen normen en geen grenzen.",
    en = "This is no published session scale. There are no points, no norms and no cut-offs.",
  },
  languages = { "nl", "en", "fr", "ar" },
  status = { nl = "draft", en = "draft", fr = "draft", ar = "draft" },
  translations = { fr = require "pulse.fr", ar = require "pulse.ar" },
  respondents = { "client", { role = "professional", optional = true } },
  duration_min = { 1, 3 },

  talk = {
    prompts = {
      { nl = "Waar zie je dat aan?", en = "What tells you that?" },
      { nl = "Wat doen we de volgende keer hetzelfde?", en = "What do we do the same next time?" },
    },
  },

  v.vas "room" (line {
    facet = "enough room today",
    client = { nl = "Ik kreeg vandaag genoeg ruimte.", en = "I had enough room today." },
    professional = {
      nl = "{client} kreeg vandaag genoeg ruimte.",
      en = "{client} had enough room today.",
    },
  }),
  v.vas "use" (line {
    facet = "getting something out of today",
    client = { nl = "Ik heb iets aan vandaag.", en = "Today is useful to me." },
    professional = { nl = "{client} heeft iets aan vandaag.", en = "Today is useful to {client}." },
  }),
  v.vas "way" (line {
    facet = "wanting to work like this again",
    client = { nl = "Zo wil ik weer werken.", en = "I want to work like this again." },
    professional = {
      nl = "Zo wil {client} weer werken.",
      en = "{client} wants to work like this again.",
    },
  }),
  v.text "other" {
    relation = "own",
    max = 500,
    facet = "something different next time",
    text = { nl = "Wat wil je de volgende keer anders?", en = "What would you change next time?" },
    help = { nl = "Overslaan mag.", en = "You may skip this." },
  },
}
