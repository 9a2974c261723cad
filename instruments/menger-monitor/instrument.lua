-- Gespreksmonitor: client and professional each say how working together goes, then they talk.
--
-- The four dimensions are known from work on mandated help; the questions are our own and were not
-- tested with people yet. This is not the published monitor: see README.md.
--
-- Texts follow simple rules: one idea, at most ten words, present tense, no denial, frequent words.
-- English is written from the facet, not word for word from the Dutch.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

return v.instrument {
  id = "menger-monitor",
  version = "1.2.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after the four characteristics; not the published monitor",
  title = {
    nl = "Gespreksmonitor, naar de vier kenmerken",
    en = "Talk monitor, after the four characteristics",
  },
  summary = {
    nl = "Korte zinnen en twee open vragen over samenwerken.",
    en = "Short statements and two open questions about working together.",
  },
  notice = {
    nl = "Dit is niet de Alliantiemonitor en niet de Vlaamse versie; de vragen zijn nog niet getest.",
    en = "This is not the Alliantiemonitor and not the Flemish version; the questions are not tested yet.",
  },
  languages = { "nl", "en", "fr", "ar" },
  status = { nl = "draft", en = "draft", fr = "draft", ar = "draft" },
  translations = { fr = require "menger-monitor.fr", ar = require "menger-monitor.ar" },
  respondents = { "client", "professional" },
  mandated = true,
  duration_min = { 10, 20 },
  formats = { standard = agree.five, simple = agree.three },

  -- Two of each: those that most easily lead to an example (README.md says why these).
  forms = {
    short = {
      "direction.goal", "direction.choice",
      "trust.difficult", "trust.report",
      "bond.sees", "bond.opinion",
      "friction.hard", "friction.decides",
      "strengths.wishes", "strengths.choice", "strengths.next.week", "strengths.next.step",
      "going.well", "can.better",
    },
  },

  talk = {
    points = 3,
    prompts = {
      { nl = "Kun je een voorbeeld noemen?", en = "Can you give an example?" },
      { nl = "Wat hebben wij nodig van elkaar?", en = "What do we need from each other?" },
      { nl = "Wie doet wat, en wanneer?", en = "Who does what, and when?" },
    },
  },

  v.scale "direction" {
    title = { nl = "Richting en kader", en = "Direction and mandate" },
    score = "mean",
    min_answered = 4,

    v.likert "direction.goal" {
      relation = "estimate",
      facet = "knowing the goal",
      client = {
        nl = "Ik weet waar we samen aan werken.",
        en = "I know what we are working on together.",
      },
      professional = {
        nl = "{client} weet waar we samen aan werken.",
        en = "{client} knows what we are working on together.",
      },
    },
    v.likert "direction.mandate" {
      relation = "estimate",
      facet = "knowing what is required",
      client = {
        nl = "Ik weet wat hier verplicht is.",
        en = "I know what is required here.",
      },
      professional = {
        nl = "{client} weet wat hier verplicht is.",
        en = "{client} knows what is required here.",
      },
    },
    v.likert "direction.choice" {
      relation = "estimate",
      facet = "knowing the own room",
      client = {
        nl = "Ik weet wat ik zelf mag kiezen.",
        en = "I know what I may choose myself.",
      },
      professional = {
        nl = "{client} weet wat {client} zelf mag kiezen.",
        en = "{client} knows what {client} may choose.",
      },
    },
    v.likert "direction.consequence" {
      relation = "estimate",
      facet = "knowing what follows",
      client = {
        nl = "Ik weet wat er gebeurt na een gemiste afspraak.",
        en = "I know what happens after a missed appointment.",
      },
      professional = {
        nl = "{client} weet wat er gebeurt na een gemiste afspraak.",
        en = "{client} knows what happens after a missed appointment.",
      },
    },
    v.likert "direction.step" {
      relation = "estimate",
      facet = "agreeing on the next step",
      client = {
        nl = "Ik ben het eens met de volgende stap.",
        en = "I agree with the next step.",
      },
      professional = {
        nl = "{client} is het eens met de volgende stap.",
        en = "{client} agrees with the next step.",
      },
    },
  },

  v.scale "trust" {
    title = { nl = "Vertrouwen", en = "Trust" },
    score = "mean",
    min_answered = 4,

    v.likert "trust.difficult" {
      relation = "estimate",
      facet = "bringing up something difficult",
      client = {
        nl = "Ik kan iets moeilijks met {professional} bespreken.",
        en = "I can discuss something difficult with {professional}.",
      },
      professional = {
        nl = "{client} kan iets moeilijks met mij bespreken.",
        en = "{client} can discuss something difficult with me.",
      },
    },
    v.likert "trust.word" {
      relation = "act",
      facet = "keeping one's word",
      client = {
        nl = "{professional} doet wat is afgesproken.",
        en = "{professional} does what we agreed.",
      },
      professional = {
        nl = "Ik doe wat is afgesproken.",
        en = "I do what we agreed.",
      },
    },
    v.likert "trust.report" {
      relation = "act",
      facet = "being open about the report",
      client = {
        nl = "{professional} vertelt mij wat in het verslag komt.",
        en = "{professional} tells me what goes into the report.",
      },
      professional = {
        nl = "Ik vertel {client} wat in het verslag komt.",
        en = "I tell {client} what goes into the report.",
      },
    },
    v.likert "trust.chance" {
      relation = "act",
      facet = "giving a fair chance",
      client = {
        nl = "{professional} geeft mij een eerlijke kans.",
        en = "{professional} gives me a fair chance.",
      },
      professional = {
        nl = "Ik geef {client} een eerlijke kans.",
        en = "I give {client} a fair chance.",
      },
    },
    v.likert "trust.effort" {
      relation = "estimate",
      facet = "noticing effort",
      client = {
        nl = "Ik merk dat {professional} moeite doet.",
        en = "I notice that {professional} makes an effort.",
      },
      professional = {
        nl = "{client} merkt dat ik moeite doe.",
        en = "{client} notices that I make an effort.",
      },
    },
  },

  v.scale "bond" {
    title = { nl = "Binding", en = "Bond" },
    score = "mean",
    min_answered = 4,

    v.likert "bond.time" {
      relation = "act",
      facet = "taking time",
      client = {
        nl = "{professional} neemt de tijd voor mij.",
        en = "{professional} takes time for me.",
      },
      professional = {
        nl = "Ik neem de tijd voor {client}.",
        en = "I take time for {client}.",
      },
    },
    v.likert "bond.sees" {
      relation = "act",
      facet = "seeing what goes well",
      client = {
        nl = "{professional} ziet wat ik goed doe.",
        en = "{professional} sees what I do well.",
      },
      professional = {
        nl = "Ik zie wat {client} goed doet.",
        en = "I see what {client} does well.",
      },
    },
    v.likert "bond.respect" {
      relation = "act",
      facet = "respect",
      client = {
        nl = "{professional} behandelt mij met respect.",
        en = "{professional} treats me with respect.",
      },
      professional = {
        nl = "Ik behandel {client} met respect.",
        en = "I treat {client} with respect.",
      },
    },
    v.likert "bond.opinion" {
      relation = "same",
      facet = "the client's opinion counts",
      client = {
        nl = "Mijn mening telt mee.",
        en = "My opinion counts.",
      },
      professional = {
        nl = "De mening van {client} telt mee.",
        en = "The opinion of {client} counts.",
      },
    },
    v.likert "bond.further" {
      relation = "estimate",
      facet = "getting further by talking",
      client = {
        nl = "Een gesprek helpt mij verder.",
        en = "A talk helps me make progress.",
      },
      professional = {
        nl = "Een gesprek helpt {client} verder.",
        en = "A talk helps {client} make progress.",
      },
    },
  },

  -- About the contact, not about guilt. Shown apart and last, and never set off one side against
  -- the other: for a client it is something else than for a professional.
  v.scale "friction" {
    title = { nl = "Stroefheid", en = "Friction" },
    score = "mean",
    min_answered = 4,
    negative = true,
    comparable = false,

    v.likert "friction.hard" {
      relation = "same",
      facet = "talks are hard going",
      client = {
        nl = "Onze gesprekken gaan moeilijk.",
        en = "Our talks are difficult.",
      },
      professional = {
        nl = "Onze gesprekken gaan moeilijk.",
        en = "Our talks are difficult.",
      },
    },
    v.likert "friction.decides" {
      relation = "act",
      facet = "who decides",
      client = {
        nl = "Het gaat vaak zoals {professional} het wil.",
        en = "Things often go the way {professional} wants.",
      },
      professional = {
        nl = "Het gaat vaak zoals ik het wil.",
        en = "Things often go the way I want.",
      },
    },
    v.likert "friction.topics" {
      relation = "same",
      facet = "topics that are hard to bring up",
      client = {
        nl = "Sommige onderwerpen zijn lastig met {professional}.",
        en = "Some topics are difficult with {professional}.",
      },
      professional = {
        nl = "Sommige onderwerpen zijn lastig met {client}.",
        en = "Some topics are difficult with {client}.",
      },
    },
    v.likert "friction.rules" {
      relation = "same",
      facet = "mostly about rules",
      client = {
        nl = "Onze gesprekken gaan vooral over regels.",
        en = "Our talks are mostly about rules.",
      },
      professional = {
        nl = "Onze gesprekken gaan vooral over regels.",
        en = "Our talks are mostly about rules.",
      },
    },
    v.likert "friction.energy" {
      relation = "own",
      facet = "what a talk costs",
      client = {
        nl = "Een gesprek kost mij veel energie.",
        en = "A talk costs me a lot of energy.",
      },
      professional = {
        nl = "Een gesprek kost mij veel energie.",
        en = "A talk costs me a lot of energy.",
      },
    },
  },

  -- Only with `--with strengths`: six statements without a score, and a pick for next week. Its table
  -- stays out; whoever wants it runs the instrument itself.
  v.include "strengths" { form = "short" },

  v.text "going.well" {
    relation = "own",
    text = { nl = "Wat gaat goed tussen ons?", en = "What goes well between us?" },
    help = { nl = "Een paar woorden is genoeg.", en = "A few words are enough." },
    max = 1000,
  },
  v.text "can.better" {
    relation = "own",
    text = { nl = "Wat kan beter tussen ons?", en = "What can be better between us?" },
    help = { nl = "Een paar woorden is genoeg.", en = "A few words are enough." },
    max = 1000,
  },
}
