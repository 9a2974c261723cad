-- Achtergrond: a few facts at the first measurement of a study, so that groups can be described.
--
-- Nothing that tells who somebody is: no name, age, place or health, nothing about descent and
-- nothing about an offence. The whole is private to research: on no sheet, and in no output but for
-- research by the person's own yes.
local v <const> = require "verbond"

-- Facts, no statements: they stand in a part of their own and make no score.
local function fact(item)
  item.relation = "own"
  item.scored = false
  return item
end

return v.instrument {
  id = "study-background",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "own",
  source = "own questions, for the first measurement of a study in several settings",
  title = { nl = "Achtergrond", en = "Background" },
  summary = {
    nl = "Een paar vragen over jouw plek. Ze zeggen niet wie je bent.",
    en = "A few questions about your place. They do not tell who you are.",
  },
  notice = {
    nl = "Alleen voor het onderzoek, en alleen met jouw ja.",
    en = "For the study only, and only with your yes.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  duration_min = { 2, 4 },

  v.scale "background" {
    title = { nl = "Achtergrond", en = "Background" },
    private = "research",
    intro = {
      nl = "Deze antwoorden zijn voor het onderzoek. Ze staan op geen enkel blad.",
      en = "These answers are for the study. They are on no sheet.",
    },

    v.choice "background.setting" (fact {
      facet = "where the two work together",
      roles = { "professional" },
      professional = { nl = "Waar werken jullie samen?", en = "Where do you work together?" },
      options = {
        { id = "probation", nl = "reclassering", en = "probation" },
        { id = "work", nl = "hulp naar werk", en = "help towards work" },
        { id = "youth", nl = "hulp aan jongeren", en = "help for young people" },
        { id = "shelter", nl = "opvang", en = "shelter" },
        { id = "debt", nl = "hulp bij schulden", en = "help with debts" },
        { id = "other", nl = "ergens anders", en = "somewhere else" },
      },
    }),
    v.number "background.years" (fact {
      facet = "years in this work",
      roles = { "professional" },
      min = 0,
      max = 60,
      integer = true,
      professional = { nl = "Hoeveel jaar doe je dit werk?", en = "For how many years do you do this work?" },
    }),
    v.choice "background.trained" (fact {
      facet = "training about the alliance",
      roles = { "professional" },
      professional = {
        nl = "Heb je scholing gehad over samenwerken?",
        en = "Did you have training about working together?",
      },
      options = {
        { id = "yes", nl = "ja", en = "yes" },
        { id = "some", nl = "een beetje", en = "a little" },
        { id = "no", nl = "nee", en = "no" },
      },
    }),
    v.number "background.months" (fact {
      facet = "months of contact",
      min = 0,
      max = 240,
      integer = true,
      client = { nl = "Hoeveel maanden ken je {professional}?", en = "For how many months do you know {professional}?" },
      professional = { nl = "Hoeveel maanden ken je {client}?", en = "For how many months do you know {client}?" },
    }),
    v.choice "background.contact" (fact {
      facet = "how often they talk",
      text = { nl = "Hoe vaak praten jullie?", en = "How often do you talk?" },
      options = {
        { id = "week", nl = "elke week of vaker", en = "every week or more often" },
        { id = "month", nl = "een paar keer per maand", en = "a few times a month" },
        { id = "less", nl = "minder vaak", en = "less often" },
      },
    }),
    v.choice "background.before" (fact {
      facet = "help before",
      roles = { "client" },
      client = { nl = "Had je eerder een werker zoals {professional}?", en = "Did you have a worker like {professional} before?" },
      options = {
        { id = "yes", nl = "ja", en = "yes" },
        { id = "no", nl = "nee, dit is de eerste", en = "no, this is the first" },
      },
    }),
  },
}
