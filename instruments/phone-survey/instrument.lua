-- Belvragen: a researcher rings the worker on the day of the talk and asks how it went.
--
-- The worker answers, the researcher reads aloud and types (--mode phone). Nothing is asked about
-- the client as a person.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

return v.instrument {
  id = "phone-survey",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "own",
  source = "own questions, for a phone call with the worker right after the talk",
  title = { nl = "Belvragen na het gesprek", en = "Questions by phone after the talk" },
  summary = {
    nl = "Voor de werker, aan de telefoon, op de dag van het gesprek.",
    en = "For the worker, by phone, on the day of the talk.",
  },
  notice = {
    nl = "Over het gesprek en het blad. Zeg niets waaraan de cliënt te herkennen is.",
    en = "About the talk and the sheet. Say nothing by which the client can be known.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "professional" },
  duration_min = { 5, 10 },
  formats = { standard = agree.five },

  v.number "minutes" {
    relation = "own",
    scored = false,
    facet = "how long the talk took",
    min = 0,
    max = 240,
    integer = true,
    text = { nl = "Hoeveel minuten duurde het gesprek?", en = "How many minutes did the talk take?" },
  },
  v.choice "begun" {
    relation = "own",
    scored = false,
    facet = "who chose the first topic",
    text = { nl = "Wie koos het eerste onderwerp?", en = "Who chose the first topic?" },
    options = {
      { id = "client", nl = "de cliënt", en = "the client" },
      { id = "worker", nl = "ik", en = "I did" },
      { id = "both", nl = "wij samen", en = "we did together" },
    },
  },
  v.choice "friction" {
    relation = "own",
    scored = false,
    facet = "whether friction was talked about",
    text = { nl = "Spraken jullie over wat moeilijk gaat?", en = "Did you talk about what is hard?" },
    options = {
      { id = "yes", nl = "ja", en = "yes" },
      { id = "short", nl = "kort", en = "shortly" },
      { id = "no", nl = "nee", en = "no" },
    },
  },
  v.likert "new" {
    relation = "own",
    scored = false,
    facet = "hearing something new",
    text = { nl = "Ik hoorde iets nieuws.", en = "I heard something new." },
  },
  v.likert "said" {
    relation = "own",
    scored = false,
    facet = "saying what one wanted to say",
    text = { nl = "Ik zei wat ik wilde zeggen.", en = "I said what I wanted to say." },
  },
  v.likert "fits" {
    relation = "own",
    scored = false,
    facet = "the sheet fits the work",
    text = { nl = "Het blad past in mijn werk.", en = "The sheet fits into my work." },
  },
  v.yesno "agreed" {
    relation = "own",
    scored = false,
    facet = "whether something was agreed",
    text = { nl = "Hebben jullie iets afgesproken?", en = "Did you agree on something?" },
  },
  v.text "helped" {
    relation = "own",
    max = 1000,
    text = { nl = "Wat hielp in het gesprek?", en = "What helped in the talk?" },
  },
  v.text "change" {
    relation = "own",
    max = 1000,
    text = { nl = "Wat moet anders aan het blad?", en = "What should change about the sheet?" },
  },
}
