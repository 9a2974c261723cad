-- @NAME@: a short talk whose next question depends on the answer.
--
-- This is a working example. Change a line, save, and look whether it still holds:
--
--   verbond check @PATH@      what is wrong, with the line and what to do about it
--   verbond test @PATH@       what the cases in tests.lua say
--   verbond run @PATH@        fill it in yourself, both sides
--
-- Two dashes begin a note such as this one. verbond does not read what stands behind them.
--
-- The order stands in flow, at the end. Do you need no more than "ask B only after A is yes"? Then
-- leave flow out and write when = v.is("A", true) in B: verbond can check that further.
local v <const> = require "verbond"

return v.instrument {
  id = "@NAME@", -- the same as the name of this folder
  version = "0.1.0-dev", -- -dev: change it as often as you like; take it off before others use it
  licence = "CC-BY-4.0", -- what others may do with it
  basis = "own", -- own, inspired-by or licensed: whose work the questions are
  source = "own questions", -- in a sentence: where they come from
  title = { nl = "@TITLE@", en = "@TITLE@" },
  summary = {
    nl = "Een paar korte vragen over vandaag.",
    en = "A few short questions about today.",
  },
  languages = { "nl", "en" }, -- every text stands in each of these
  status = { nl = "draft", en = "draft" }, -- draft, reviewed or field-tested
  respondents = { "client", "professional" },
  duration_min = { 2, 5 },

  -- The questions. Their order here says nothing: flow asks them.
  v.vas "room" {
    relation = "estimate", -- the worker guesses what the client thinks
    facet = "room to speak today",
    client = { nl = "Hoeveel ruimte kreeg ik vandaag?", en = "How much room did I get today?" },
    professional = {
      nl = "Hoeveel ruimte kreeg {client} vandaag?",
      en = "How much room did {client} get today?",
    },
    left = { nl = "weinig", en = "little" },
    right = { nl = "veel", en = "much" },
  },
  v.text "room.more" {
    relation = "own", -- each speaks for themselves, and nothing is compared
    text = { nl = "Wat geeft meer ruimte?", en = "What would give more room?" },
  },
  v.yesno "useful" {
    relation = "estimate",
    facet = "use of today's talk",
    client = { nl = "Heb ik iets aan vandaag?", en = "Was today of use to me?" },
    professional = {
      nl = "Heeft {client} iets aan vandaag?",
      en = "Was today of use to {client}?",
    },
  },
  v.text "useful.what" {
    relation = "own",
    text = { nl = "Waar heb je iets aan?", en = "What is of use to you?" },
  },
  v.text "other" {
    relation = "own",
    text = { nl = "Wat kan volgende keer anders?", en = "What can be different next time?" },
  },

  -- s:ask gives the answer, or nil when there is none: it was skipped, or somebody would rather not
  -- say. Each question is asked once at most. A line goes from 0 to 1000, yes and no are true, false.
  flow = function(s)
    local room = s:ask "room"
    if room ~= nil and room < 400 then
      s:ask "room.more"
    end
    if s:ask "useful" then
      s:ask "useful.what"
    else
      s:ask "other"
    end
    s:say { nl = "Dank je wel.", en = "Thank you." }
  end,
}
