-- Werkhouding: three short cards for a worker alone, to look at the own doing once a month.
--
--   seven: what a factsheet on alliances with families advises;
--   five:  what an article on working in the neighbourhood advises;
--   eight: words for a stance from a presentation on arts therapies.
--
-- Nothing is written down anywhere (retain none): the card is on the screen, and then it is gone.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"

local function tick(card, facet, nl, en)
  return {
    relation = "own",
    scored = false,
    variants = { card },
    facet = facet,
    text = { nl = nl, en = en },
    options = {
      { id = "done", nl = "gedaan", en = "done" },
      { id = "plan", nl = "van plan", en = "planned" },
      { id = "later", nl = "nu niet", en = "not now" },
    },
  }
end

return v.instrument {
  id = "worker-stance",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own sentences after seven, five and eight points from three public texts; see README.md",
  title = { nl = "Werkhouding", en = "Worker's stance" },
  summary = {
    nl = "Een korte kaart voor de werker alleen. Er wordt niets bewaard.",
    en = "A short card for the worker alone. Nothing is kept.",
  },
  notice = {
    nl = "Voor jezelf. Dit is geen beoordeling, en er is geen score.",
    en = "For yourself. This is no appraisal, and there is no score.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "professional" },
  case = false,
  retain = "none",
  duration_min = { 2, 5 },
  variants = {
    seven = { title = { nl = "zeven punten voor werken met gezinnen", en = "seven points for work with families" } },
    five = { title = { nl = "vijf punten voor werken in de wijk", en = "five points for work in the neighbourhood" } },
    eight = { title = { nl = "acht woorden voor een houding", en = "eight words for a stance" } },
  },

  v.choice "seven.ask" (tick("seven", "asking how it is, and using it",
    "Ik gebruik wat mensen over onze samenwerking zeggen.", "I use what people say about working together.")),
  v.choice "seven.goals" (tick("seven", "goals and deadlines together",
    "We kiezen samen doelen met een datum.", "We choose goals with a date together.")),
  v.choice "seven.time" (tick("seven", "enough time", "Ik neem genoeg tijd.", "I take enough time.")),
  v.choice "seven.view" (tick("seven", "their perspective",
    "Ik vraag hoe de ander het ziet.", "I ask how the other sees it.")),
  v.choice "seven.open" (tick("seven", "open and curious",
    "Ik luister nieuwsgierig.", "I listen with curiosity.")),
  v.choice "seven.humour" (tick("seven", "humour where it is welcome",
    "We lachen samen als dat past.", "We laugh together when it fits.")),
  v.choice "seven.practical" (tick("seven", "practical help",
    "Ik help met iets praktisch.", "I help with something practical.")),

  v.choice "five.match" (tick("five", "a good match",
    "Ik kijk of wij bij elkaar passen.", "I look whether we suit each other.")),
  v.choice "five.reflect" (tick("five", "reflecting with the client",
    "Ik bespreek onze samenwerking met de cliënt.", "I discuss our working together with the client.")),
  v.choice "five.time" (tick("five", "claiming time",
    "Ik vraag mijn organisatie om genoeg tijd.", "I ask my organisation for enough time.")),
  v.choice "five.around" (tick("five", "between life world and system world",
    "Ik praat ook met mensen rond de cliënt.", "I talk with people around the client too.")),
  v.choice "five.support" (tick("five", "support for oneself",
    "Ik vraag collega's om feedback.", "I ask colleagues for feedback.")),

  v.choice "eight.open" (tick("eight", "open", "Ik sta open voor andere ideeën.", "I am open to other ideas.")),
  v.choice "eight.judgment" (tick("eight", "non-judging",
    "Ik luister eerst, en oordeel later.", "I listen first, and judge later.")),
  v.choice "eight.stimulate" (tick("eight", "stimulating", "Ik moedig aan.", "I encourage.")),
  v.choice "eight.clear" (tick("eight", "clear", "Ik zeg duidelijk wat ik bedoel.", "I say clearly what I mean.")),
  v.choice "eight.reliable" (tick("eight", "reliable", "Ik doe wat ik heb beloofd.", "I do what I promised.")),
  v.choice "eight.reach" (tick("eight", "reachable", "Ik ben goed te bereiken.", "I am easy to reach.")),
  v.choice "eight.involved" (tick("eight", "involved", "Ik laat zien dat ik meeleef.", "I show that I care.")),
  v.choice "eight.feedback" (tick("eight", "seeking feedback", "Ik vraag om feedback.", "I ask for feedback.")),

  v.text "intention" {
    relation = "own",
    max = 300,
    facet = "one intention",
    text = { nl = "Wat ga je deze maand doen?", en = "What will you do this month?" },
    help = {
      nl = "Eén ding is genoeg. Dit blijft op het scherm; neem het over op papier als je wilt.",
      en = "One thing is enough. This stays on the screen; copy it on paper if you like.",
    },
  },
}
