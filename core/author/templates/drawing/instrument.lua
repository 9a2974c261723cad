-- @NAME@: client and worker each show how it goes, in a drawing or in a few words.
--
-- This is a working example. Change a line, save, and look whether it still holds:
--
--   verbond check @PATH@      what is wrong, with the line and what to do about it
--   verbond test @PATH@       what the cases in tests.lua say
--   verbond run @PATH@        fill it in yourself, both sides
--
-- Two dashes begin a note such as this one. verbond does not read what stands behind them.
local v <const> = require "verbond"

-- A drawing belongs to who made it. keep says what stays of it here:
--   none      nothing: the sheet says only that there is one (so when it is left out)
--   give      30 days, so that the person can take it along
--   until 90  so many days; then it is erased
local keep <const> = "none"

return v.instrument {
  id = "@NAME@", -- the same as the name of this folder
  version = "0.1.0-dev", -- -dev: change it as often as you like; take it off before others use it
  licence = "CC-BY-4.0", -- what others may do with it
  basis = "own", -- own, inspired-by or licensed: whose work the questions are
  source = "own questions", -- in a sentence: where they come from
  title = { nl = "@TITLE@", en = "@TITLE@" },
  summary = {
    nl = "Teken hoe het gaat. Mooi tekenen hoeft niet.",
    en = "Draw how it goes. It need not be beautiful.",
  },
  notice = {
    nl = "Niemand legt een tekening uit behalve de maker.",
    en = "Nobody but the maker says what a drawing means.",
  },
  languages = { "nl", "en" }, -- every text stands in each of these
  status = { nl = "draft", en = "draft" }, -- draft, reviewed or field-tested
  respondents = { "client", "professional" },
  duration_min = { 15, 30 },
  talk = {
    prompts = {
      { nl = "Vertel wat je hebt gemaakt.", en = "Tell what you made." },
      { nl = "Wat viel je op bij de ander?", en = "What did you notice about the other's?" },
    },
  },

  v.say { text = { nl = "Tekenen mag op papier.", en = "You may draw on paper." } },

  -- relation = "own": each speaks for themselves, and nothing is compared.
  -- A drawing may also be a photo, a few key words, or stay on paper; tools would limit that.
  v.draw "well" {
    relation = "own",
    keep = keep,
    facet = "what goes well",
    client = { nl = "Teken wat goed gaat.", en = "Draw what goes well." },
    professional = { nl = "Teken wat goed gaat.", en = "Draw what goes well." },
  },
  v.draw "better" {
    relation = "own",
    keep = keep,
    facet = "what can be better",
    client = { nl = "Teken wat beter kan.", en = "Draw what can be better." },
    professional = { nl = "Teken wat beter kan.", en = "Draw what can be better." },
  },
  v.words "title" {
    relation = "own",
    max = 3,
    facet = "the drawing in words",
    text = { nl = "Geef je tekening drie woorden.", en = "Give your drawing three words." },
  },

  -- stage = "together": asked of both at once, after both said yes.
  v.text "next" {
    relation = "own",
    stage = "together",
    text = { nl = "Wat nemen jullie mee?", en = "What do you take with you?" },
  },
}
