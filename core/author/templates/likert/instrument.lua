-- @NAME@: what client and worker say about their plan and about each other.
--
-- This is a working example. Change a line, save, and look whether it still holds:
--
--   verbond check @PATH@      what is wrong, with the line and what to do about it
--   verbond test @PATH@       what the cases in tests.lua say
--   verbond run @PATH@        fill it in yourself, both sides
--
-- Two dashes begin a note such as this one. verbond does not read what stands behind them.
local v <const> = require "verbond"

-- The answers people choose from. The number is kept, the words are shown. Lowest first.
local agree <const> = v.answers {
  { 1, nl = "helemaal oneens", en = "strongly disagree" },
  { 2, nl = "oneens", en = "disagree" },
  { 3, nl = "ertussenin", en = "in between" },
  { 4, nl = "eens", en = "agree" },
  { 5, nl = "helemaal eens", en = "strongly agree" },
}

return v.instrument {
  id = "@NAME@", -- the same as the name of this folder
  version = "0.1.0-dev", -- -dev: change it as often as you like; take it off before others use it
  licence = "CC-BY-4.0", -- what others may do with it
  basis = "own", -- own, inspired-by or licensed: whose work the questions are
  source = "own questions", -- in a sentence: where they come from
  title = { nl = "@TITLE@", en = "@TITLE@" },
  summary = {
    nl = "Korte zinnen over het plan en over elkaar.",
    en = "Short statements about the plan and about each other.",
  },
  languages = { "nl", "en" }, -- every text stands in each of these
  status = { nl = "draft", en = "draft" }, -- draft, reviewed or field-tested
  respondents = { "client", "professional" },
  duration_min = { 3, 5 },
  formats = { standard = agree },

  -- A scale is a handful of statements about one thing, with one score for each person.
  -- Say one idea in at most ten words. Say what is, not what is not.
  v.scale "plan" {
    title = { nl = "Het plan", en = "The plan" },
    min_answered = 3, -- with fewer answers there is no score

    -- relation: what the two answers have to do with each other. The sheet takes its words from it.
    --   same      one fact, seen by two
    --   estimate  the worker guesses what the client thinks
    --   act       somebody does something, and the other notices it or does not
    --   own       each speaks for themselves, and nothing is compared
    v.likert "plan.clear" {
      relation = "same",
      facet = "knowing the plan",
      client = { nl = "Ons plan is duidelijk.", en = "Our plan is clear." },
      professional = { nl = "Ons plan is duidelijk.", en = "Our plan is clear." },
    },
    v.likert "plan.mine" {
      relation = "estimate",
      facet = "the plan is one's own",
      client = { nl = "Het plan is ook mijn plan.", en = "The plan is my plan too." },
      professional = {
        nl = "Het plan is ook het plan van {client}.", -- {client} becomes the name or the role
        en = "The plan is the plan of {client} too.",
      },
    },
    v.likert "plan.small" {
      relation = "same",
      facet = "steps of a good size",
      client = { nl = "De volgende stap is klein genoeg.", en = "The next step is small enough." },
      professional = {
        nl = "De volgende stap is klein genoeg.",
        en = "The next step is small enough.",
      },
    },
    v.likert "plan.help" {
      relation = "act",
      facet = "help with the first step",
      client = {
        nl = "{professional} helpt mij met de eerste stap.",
        en = "{professional} helps me with the first step.",
      },
      professional = {
        nl = "Ik help {client} met de eerste stap.",
        en = "I help {client} with the first step.",
      },
    },
  },

  v.scale "contact" {
    title = { nl = "Het contact", en = "The contact" },
    min_answered = 2,

    v.likert "contact.wish" {
      relation = "act",
      facet = "asking for the wish",
      client = { nl = "{professional} vraagt wat ik wil.", en = "{professional} asks what I want." },
      professional = { nl = "Ik vraag wat {client} wil.", en = "I ask what {client} wants." },
    },
    v.likert "contact.hard" {
      relation = "estimate",
      facet = "asking something hard",
      client = { nl = "Ik kan hier iets moeilijks vragen.", en = "I can ask something hard here." },
      professional = {
        nl = "{client} kan hier iets moeilijks vragen.",
        en = "{client} can ask something hard here.",
      },
    },
    v.likert "contact.reach" {
      relation = "estimate",
      facet = "knowing how to get in touch",
      client = {
        nl = "Ik weet hoe ik {professional} bereik.",
        en = "I know how to reach {professional}.",
      },
      professional = {
        nl = "{client} weet hoe {client} mij bereikt.",
        en = "{client} knows how to reach me.",
      },
    },
  },

  -- A question that opens another one. when looks back only: at what was asked before.
  v.yesno "need" {
    relation = "same",
    text = { nl = "Is er iets nodig voor het plan?", en = "Is something needed for the plan?" },
  },
  v.text "need.what" {
    relation = "own",
    when = v.is("need", true),
    text = { nl = "Wat is er nodig?", en = "What is needed?" },
  },
  v.text "next.step" {
    relation = "own",
    text = { nl = "Wat is de volgende stap?", en = "What is the next step?" },
  },
}
