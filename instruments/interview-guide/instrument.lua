-- Interviewleidraad: the questions of an interview at the end of a study, on the screen.
--
-- A researcher reads them aloud, the worker tells. Answers are typed in nowhere: only the day on
-- which the interview was held is kept. What is recorded or noted stands under the study's own rules.
local v <const> = require "verbond"

return v.instrument {
  id = "interview-guide",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "own",
  source = "own questions, for an interview with the worker at the end of a study",
  title = { nl = "Interviewleidraad", en = "Interview guide" },
  summary = {
    nl = "De vragen staan op het scherm. Bewaard wordt alleen de dag.",
    en = "The questions are on the screen. Only the day is kept.",
  },
  notice = {
    nl = "Van de antwoorden staat hier niets.",
    en = "Nothing of the answers stands here.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "researcher" },
  duration_min = { 45, 75 },

  v.say {
    text = {
      nl = "Vertel waar het interview voor is, en wat je opneemt. Stoppen mag op elk moment.",
      en = "Tell what the interview is for, and what you record. Stopping is fine at any moment.",
    },
  },
  v.say {
    text = {
      nl = "1. Hoe werkte je aan de samenwerking voordat het blad er was?",
      en = "1. How did you work on the relation before there was the sheet?",
    },
  },
  v.say {
    text = {
      nl = "2. Vertel over een gesprek met het blad. Wat gebeurde er?",
      en = "2. Tell about a talk with the sheet. What happened?",
    },
  },
  v.say {
    text = {
      nl = "3. Welke van de vier kenmerken kende je al? Welke was nieuw?",
      en = "3. Which of the four characteristics did you know already? Which was new?",
    },
  },
  v.say {
    text = {
      nl = "4. Hoe was het om over stroefheid te praten?",
      en = "4. What was it like to talk about friction?",
    },
  },
  v.say {
    text = {
      nl = "5. Wat doe je sindsdien anders? Wat merkt de cliënt daarvan, denk je?",
      en = "5. What do you do differently since? What does the client notice of it, do you think?",
    },
  },
  v.say {
    text = {
      nl = "6. Begeleiden en controleren: wat doet het blad met die twee taken?",
      en = "6. Guiding and controlling: what does the sheet do with these two tasks?",
    },
  },
  v.say {
    text = {
      nl = "7. Wat heeft je team nodig om hiermee door te gaan?",
      en = "7. What does your team need to go on with this?",
    },
  },
  v.say {
    text = {
      nl = "8. Wat vroeg ik niet, en wil je toch zeggen?",
      en = "8. What did I not ask, and would you like to say?",
    },
  },
  v.date "held.on" {
    relation = "own",
    facet = "the day of the interview",
    text = { nl = "Op welke dag was het interview?", en = "On which day was the interview held?" },
  },
}
