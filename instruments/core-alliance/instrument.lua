-- Kern: nine short statements about working together: the bond, the goal, the approach.
--
-- The three aspects that descriptions of the working alliance have in common. The questions are our
-- own and were not tested with people yet. Each aspect has its own score; there is no total. For a
-- copy of your own that has one, put this line behind the scales:
--
--   v.total "alliance" { title = { nl = "Alles bij elkaar", en = "All together" },
--     of = { "bond", "goal", "approach" } },
--
-- One client, whoever is close to the client, and one to four workers. Several workers are asked
-- the same, each about their own work; then take --setting team, which makes "de werker" in the
-- client's words "het team".
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

-- The client and who is close to the client are asked the same, each for themselves.
local function asked(item)
  item.relative = item.client
  return item
end

return v.instrument {
  id = "core-alliance",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after three aspects that descriptions of the alliance share",
  title = { nl = "Kern", en = "Core" },
  summary = {
    nl = "Negen korte zinnen: de band, het doel en de aanpak.",
    en = "Nine short statements: the bond, the goal and the approach.",
  },
  notice = {
    nl = "Dit is geen bestaande vragenlijst en geen bewerking daarvan.",
    en = "This is no published questionnaire, and no adaptation of one.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = {
    "client",
    { role = "relative", optional = true },
    { role = "professional", min = 1, max = 4 },
  },
  duration_min = { 3, 5 },
  formats = { standard = agree.five, simple = agree.three },
  slots = { worker = { nl = "de werker", en = "the worker" } },
  settings = { team = { worker = { nl = "het team", en = "the team" } } },

  talk = {
    points = 3,
    prompts = {
      { nl = "Kun je een voorbeeld noemen?", en = "Can you give an example?" },
      { nl = "Wat hebben wij nodig van elkaar?", en = "What do we need from each other?" },
      { nl = "Wie doet wat, en wanneer?", en = "Who does what, and when?" },
    },
  },

  v.scale "bond" {
    title = { nl = "Band", en = "Bond" },
    min_answered = 3,

    v.likert "bond.click" (asked {
      relation = "same",
      facet = "getting on with each other",
      client = { nl = "Het klikt tussen {worker} en mij.", en = "{worker} and I get on well." },
      professional = { nl = "Het klikt tussen {client} en mij.", en = "{client} and I get on well." },
    }),
    v.likert "bond.understand" (asked {
      relation = "act",
      facet = "being understood",
      client = { nl = "{worker} snapt wat ik bedoel.", en = "{worker} understands what I mean." },
      professional = {
        nl = "Ik snap wat {client} bedoelt.",
        en = "I understand what {client} means.",
      },
    }),
    v.likert "bond.say" (asked {
      relation = "estimate",
      facet = "saying what is unpleasant",
      client = {
        nl = "Ik kan zeggen wat ik vervelend vind.",
        en = "I can say what bothers me.",
      },
      professional = {
        nl = "{client} kan zeggen wat {client} vervelend vindt.",
        en = "{client} can say what is bothering {client}.",
      },
    }),
  },

  v.scale "goal" {
    title = { nl = "Doel", en = "Goal" },
    min_answered = 3,

    v.likert "goal.clear" {
      relation = "same",
      facet = "the goal is clear",
      text = { nl = "Ons doel is duidelijk.", en = "Our goal is clear." },
    },
    v.likert "goal.own" (asked {
      relation = "estimate",
      facet = "the goal is one's own",
      client = { nl = "Het doel is ook mijn doel.", en = "The goal is my goal too." },
      professional = {
        nl = "Het doel is ook het doel van {client}.",
        en = "The goal is the goal of {client} too.",
      },
    }),
    v.likert "goal.shared" {
      relation = "same",
      facet = "wanting the same",
      text = { nl = "Wij willen hetzelfde bereiken.", en = "We want to reach the same thing." },
    },
  },

  v.scale "approach" {
    title = { nl = "Aanpak", en = "Approach" },
    min_answered = 3,

    v.likert "approach.why" (asked {
      relation = "estimate",
      facet = "understanding why it is done like this",
      client = {
        nl = "Ik snap waarom we het zo doen.",
        en = "I understand why we do it like this.",
      },
      professional = {
        nl = "{client} snapt waarom we het zo doen.",
        en = "{client} understands why we do it like this.",
      },
    }),
    v.likert "approach.fits" (asked {
      relation = "estimate",
      facet = "the approach suits the person",
      client = { nl = "Deze aanpak past bij mij.", en = "This approach suits me." },
      professional = {
        nl = "Deze aanpak past bij {client}.",
        en = "This approach suits {client}.",
      },
    }),
    v.likert "approach.helps" {
      relation = "same",
      facet = "believing that the approach helps",
      text = { nl = "Ik denk dat deze aanpak helpt.", en = "I think this approach helps." },
    },
  },
}
