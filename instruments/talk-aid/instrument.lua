-- Hulpmiddel: was the sheet of use for the talk? For a study, right after the talk.
--
-- What somebody says here is never shown to the other: the whole is private to research, so it is
-- on no sheet and in no output, but for research by the person's own yes. Four different things and
-- an open question: descriptive only, so nothing is scored.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

return v.instrument {
  id = "talk-aid",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "own",
  source = "own questions, after the question of a study whether a monitor helps to talk",
  title = { nl = "Hulp bij het gesprek?", en = "Help with the talk?" },
  summary = {
    nl = "Vijf vragen over het blad. De ander ziet jouw antwoorden nooit.",
    en = "Five questions about the sheet. The other never sees your answers.",
  },
  notice = {
    nl = "De antwoorden op deze vragen staan op geen enkel blad.",
    en = "The answers to these questions are on no sheet.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  duration_min = { 2, 4 },
  formats = { standard = agree.five },

  v.scale "aid" {
    title = { nl = "Hulp bij het gesprek", en = "Help with the talk" },
    private = "research",
    intro = {
      nl = "De ander ziet deze antwoorden nooit. Zeg gerust wat je vindt.",
      en = "The other never sees these answers. Feel free to say what you think.",
    },

    v.likert "aid.easy" {
      relation = "own",
      scored = false,
      facet = "usable",
      text = { nl = "Praten met dit blad ging makkelijk.", en = "Talking with this sheet was easy." },
    },
    v.likert "aid.about" {
      relation = "own",
      scored = false,
      facet = "relevant",
      text = {
        nl = "De vragen gingen over onze samenwerking.",
        en = "The questions were about how we work together.",
      },
    },
    v.likert "aid.change" {
      relation = "own",
      scored = false,
      facet = "changed something",
      text = {
        nl = "Door dit gesprek doen we iets anders.",
        en = "Because of this talk we do something differently.",
      },
    },
    v.likert "aid.again" {
      relation = "own",
      scored = false,
      facet = "wanting it again",
      text = { nl = "Ik wil dit vaker doen.", en = "I want to do this more often." },
    },
    v.text "aid.other" {
      relation = "own",
      max = 1000,
      facet = "what must change about the sheet",
      text = { nl = "Wat moet anders aan dit blad?", en = "What should change about this sheet?" },
    },
  },
}
