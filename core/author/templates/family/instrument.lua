-- @NAME@: a family and its worker; the worker answers about each member.
--
-- This is a working example. Change a line, save, and look whether it still holds:
--
--   verbond check @PATH@      what is wrong, with the line and what to do about it
--   verbond test @PATH@       what the cases in tests.lua say
--   verbond run @PATH@        fill it in yourself, everybody in turn
--
-- Two dashes begin a note such as this one. verbond does not read what stands behind them.
local v <const> = require "verbond"

-- The answers people choose from. The number is kept, the words are shown. Lowest first.
local agree <const> = v.answers {
  { 1, nl = "nee", en = "no" },
  { 2, nl = "een beetje", en = "a little" },
  { 3, nl = "ja", en = "yes" },
}

-- Young people and parents read the same words: written once as member, given to both roles.
local function family(item)
  item.youth, item.parent = item.member, item.member
  item.member = nil
  return item
end

return v.instrument {
  id = "@NAME@", -- the same as the name of this folder
  version = "0.1.0-dev", -- -dev: change it as often as you like; take it off before others use it
  licence = "CC-BY-4.0", -- what others may do with it
  basis = "own", -- own, inspired-by or licensed: whose work the questions are
  source = "own questions", -- in a sentence: where they come from
  title = { nl = "@TITLE@", en = "@TITLE@" },
  summary = {
    nl = "Korte zinnen over samenwerken, voor iedereen in het gezin.",
    en = "Short statements about working together, for everybody in the family.",
  },
  languages = { "nl", "en" }, -- every text stands in each of these
  status = { nl = "draft", en = "draft" }, -- draft, reviewed or field-tested
  respondents = { "youth", "parent", "professional" },
  -- Who the members are, and how many. The worker is none of them.
  roster = { role = { "youth", "parent" }, min = 2, max = 8 },
  duration_min = { 5, 10 },
  formats = { standard = agree },

  -- about = "member": a member answers it once, of itself. The worker answers it once for each
  -- member, and {member} is whom it is about.
  v.scale "heard" {
    title = { nl = "Gehoord worden", en = "Being heard" },
    about = "member",
    min_answered = 2,

    v.likert "heard.listen" (family {
      relation = "act", -- somebody does something, and the other notices it or does not
      facet = "listening",
      member = { nl = "{professional} luistert naar mij.", en = "{professional} listens to me." },
      professional = { nl = "Ik luister naar {member}.", en = "I listen to {member}." },
    }),
    v.likert "heard.turn" (family {
      relation = "estimate", -- the worker guesses what the member thinks
      facet = "a turn to speak",
      member = { nl = "Ik kom hier aan de beurt.", en = "I get my turn here." },
      professional = { nl = "{member} komt hier aan de beurt.", en = "{member} gets a turn here." },
    }),
    v.likert "heard.wish" (family {
      relation = "same", -- one fact, seen by two
      facet = "the own wish counts",
      member = { nl = "Mijn wens telt mee.", en = "My wish counts." },
      professional = {
        nl = "De wens van {member} telt mee.",
        en = "The wish of {member} counts.",
      },
    }),
  },

  -- Without about it is asked once of everybody: it is about the family as a whole.
  v.scale "together" {
    title = { nl = "Samen", en = "Together" },
    min_answered = 2,

    v.likert "together.help" (family {
      relation = "same",
      facet = "helping each other",
      member = { nl = "Wij helpen elkaar.", en = "We help each other." },
      professional = { nl = "Dit gezin helpt elkaar.", en = "This family helps each other." },
    }),
    v.likert "together.plan" (family {
      relation = "same",
      facet = "making plans together",
      member = { nl = "Wij maken samen een plan.", en = "We make a plan together." },
      professional = {
        nl = "Dit gezin maakt samen een plan.",
        en = "This family makes a plan together.",
      },
    }),
    v.likert "together.part" (family {
      relation = "same",
      facet = "each does a part",
      member = { nl = "Ieder van ons doet iets.", en = "Each of us does something." },
      professional = {
        nl = "Ieder in dit gezin doet iets.",
        en = "Each in this family does something.",
      },
    }),
  },

  v.text "talk.about" {
    relation = "own",
    roles = { "youth", "parent" },
    text = { nl = "Waar wil je over praten?", en = "What do you want to talk about?" },
  },
}
