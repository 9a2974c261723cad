-- Vaktherapie: the client, the therapist and the medium between them.
--
-- Four aspects of what a medium can do for working together: room, choice, being together, one's own.
-- Written after what therapists of four media said about it in a public presentation; the sentences
-- are our own and were not tested with people yet: see README.md.
--
-- The four variants share the twelve statements of the scales, in the words of their medium, so that
-- scales of one client can be laid beside each other. What belongs to one medium only are two single
-- statements outside the scales. What movement therapists asked for stands in the policy of their
-- variant, where the engine holds it: no free text, no rating of emotions, nothing kept.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

return v.instrument {
  id = "arts-therapy",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after a public presentation on the working alliance in arts therapies",
  title = { nl = "Vaktherapie en het medium", en = "Arts therapy and the medium" },
  summary = {
    nl = "Korte zinnen over samen bezig zijn. De werker is hier de therapeut.",
    en = "Short statements about doing things together. The worker here is the therapist.",
  },
  notice = {
    nl = "Dit is niet de ATWAI. Wat iemand maakt of doet, wordt hier niet uitgelegd.",
    en = "This is not the ATWAI. What somebody makes or does is not explained here.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  duration_min = { 10, 20 },
  formats = { standard = agree.three },

  variants = {
    music = {
      title = { nl = "muziek", en = "music" },
      slots = {
        medium = { nl = "muziek", en = "music" },
        choice = { nl = "een instrument of nummer", en = "an instrument or a song" },
      },
    },
    psychomotor = {
      title = { nl = "psychomotorisch", en = "psychomotor" },
      slots = {
        medium = { nl = "bewegen", en = "movement" },
        choice = { nl = "een oefening of plek", en = "an exercise or a place" },
      },
      policy = { free_text = false, emotion_rating = false, drawing_keep = false, retention = false },
    },
    visual = {
      title = { nl = "beeldend", en = "visual art" },
      slots = {
        medium = { nl = "beeldend werk", en = "visual art" },
        choice = { nl = "het materiaal", en = "the material" },
      },
    },
    drama = {
      title = { nl = "drama", en = "drama" },
      slots = {
        medium = { nl = "drama", en = "drama" },
        choice = { nl = "een rol of verhaal", en = "a role or a story" },
      },
    },
  },

  -- One statement of each aspect and the two of the medium.
  forms = {
    short = {
      "space.quiet", "choice.stop", "together.follow", "own.way",
      "music.listen", "music.answer", "movement.lead", "movement.place",
      "visual.break", "visual.look", "drama.role", "drama.play",
      "places", "made", "next.time",
    },
  },

  talk = {
    points = 3,
    prompts = {
      { nl = "Laat het zien: doe het nog eens.", en = "Show it: do it once more." },
      { nl = "Wat deed het medium voor jullie?", en = "What did the medium do for you?" },
      { nl = "Wat willen jullie de volgende keer proberen?", en = "What do you want to try next time?" },
    },
  },

  v.scale "space" {
    title = { nl = "Ruimte", en = "Room" },
    min_answered = 3,
    intro = {
      nl = "Denk aan de laatste keer samen.",
      en = "Think of the last time together.",
    },

    v.likert "space.quiet" {
      relation = "estimate",
      facet = "being there without acting",
      client = { nl = "Bij {medium} mag ik ook stil zijn.", en = "With {medium} I may also be silent." },
      professional = {
        nl = "Bij {medium} mag {client} ook stil zijn.",
        en = "With {medium} {client} may also be silent.",
      },
    },
    v.likert "space.distance" {
      relation = "estimate",
      facet = "choosing the distance",
      client = { nl = "Ik bepaal zelf hoe dichtbij ik kom.", en = "I decide how close I come." },
      professional = {
        nl = "{client} bepaalt zelf hoe dichtbij {client} komt.",
        en = "{client} decides how close {client} comes.",
      },
    },
    v.likert "space.try" {
      relation = "estimate",
      facet = "trying things out",
      client = { nl = "Bij {medium} mag ik iets uitproberen.", en = "With {medium} I may try things out." },
      professional = {
        nl = "Bij {medium} mag {client} iets uitproberen.",
        en = "With {medium} {client} may try things out.",
      },
    },
  },

  v.scale "choice" {
    title = { nl = "Eigen keuze", en = "Choice" },
    min_answered = 3,

    v.likert "choice.pick" {
      relation = "estimate",
      facet = "choosing material, exercise or role",
      client = { nl = "Ik kies zelf {choice}.", en = "I choose {choice} myself." },
      professional = { nl = "{client} kiest zelf {choice}.", en = "{client} is free to choose {choice}." },
    },
    v.likert "choice.stop" {
      relation = "estimate",
      facet = "being able to stop",
      client = { nl = "Ik kan stoppen wanneer ik wil.", en = "I can stop when I want." },
      professional = {
        nl = "{client} kan stoppen op elk moment.",
        en = "{client} can stop at any moment.",
      },
    },
    v.likert "choice.fit" {
      relation = "act",
      facet = "attuning the task",
      client = {
        nl = "{professional} past de opdracht aan mij aan.",
        en = "{professional} fits the task to me.",
      },
      professional = {
        nl = "Ik pas de opdracht aan {client} aan.",
        en = "I fit the task to {client}.",
      },
    },
  },

  v.scale "together" {
    title = { nl = "Samen", en = "Together" },
    min_answered = 3,

    v.likert "together.follow" {
      relation = "act",
      facet = "joining in with what the client does",
      client = {
        nl = "{professional} sluit aan bij wat ik doe.",
        en = "{professional} joins in with what I do.",
      },
      professional = {
        nl = "Ik sluit aan bij wat {client} doet.",
        en = "I join in with what {client} does.",
      },
    },
    v.likert "together.joy" {
      relation = "own",
      facet = "enjoying it; each of the own experience",
      text = { nl = "Samen bezig zijn is fijn.", en = "Doing things together is nice." },
    },
    v.likert "together.wordless" {
      relation = "act",
      facet = "being understood without words",
      client = {
        nl = "{professional} snapt mij ook zonder woorden.",
        en = "{professional} also understands me without words.",
      },
      professional = {
        nl = "Ik snap {client} ook zonder woorden.",
        en = "I also understand {client} without words.",
      },
    },
  },

  v.scale "own" {
    title = { nl = "Iets eigens", en = "One's own" },
    min_answered = 3,

    v.likert "own.mine" {
      relation = "same",
      facet = "owner of what is made",
      accept = { ["two-ideas"] = "one idea: in music, movement and drama one does, and makes nothing" },
      client = { nl = "Wat ik maak of doe is van mij.", en = "What I make or do is mine." },
      professional = {
        nl = "Wat {client} maakt of doet blijft van {client}.",
        en = "What {client} makes or does belongs to {client}.",
      },
    },
    v.likert "own.works" {
      relation = "estimate",
      facet = "something that works out",
      client = { nl = "Bij {medium} lukt mij iets.", en = "With {medium} I get something done." },
      professional = {
        nl = "Bij {medium} lukt {client} iets.",
        en = "With {medium} {client} gets something done.",
      },
    },
    v.likert "own.way" {
      relation = "act",
      facet = "doing it in one's own way",
      client = {
        nl = "{professional} laat mij het op mijn manier doen.",
        en = "{professional} lets me do it my own way.",
      },
      professional = {
        nl = "Ik laat {client} het op eigen manier doen.",
        en = "I let {client} do it their own way.",
      },
    },
  },

  -- What one medium has and the others have less. Single statements, in no scale.
  v.likert "music.listen" {
    variants = { "music" },
    scored = false,
    relation = "same",
    facet = "listening together",
    text = { nl = "Samen luisteren is ook goed.", en = "Listening together is fine too." },
  },
  v.likert "music.answer" {
    variants = { "music" },
    scored = false,
    relation = "act",
    facet = "answering by playing",
    client = {
      nl = "{professional} antwoordt mij met muziek.",
      en = "{professional} answers me with music.",
    },
    professional = { nl = "Ik antwoord {client} met muziek.", en = "I answer {client} with music." },
  },
  v.likert "movement.lead" {
    variants = { "psychomotor" },
    scored = false,
    relation = "same",
    facet = "leading and being led",
    client = {
      nl = "Soms leid ik, soms leidt {professional}.",
      en = "Sometimes I lead, sometimes {professional} leads.",
    },
    professional = {
      nl = "Soms leidt {client}, soms leid ik.",
      en = "Sometimes {client} leads, sometimes I lead.",
    },
  },
  v.likert "movement.place" {
    variants = { "psychomotor" },
    scored = false,
    relation = "estimate",
    facet = "choosing the own place in the room",
    client = { nl = "Ik kies mijn plek in de ruimte.", en = "I choose my place in the room." },
    professional = {
      nl = "{client} kiest een plek in de ruimte.",
      en = "{client} chooses a place in the room.",
    },
  },
  v.likert "visual.break" {
    variants = { "visual" },
    scored = false,
    relation = "estimate",
    facet = "making and breaking",
    client = { nl = "Ik mag ook iets kapot maken.", en = "I may also break something." },
    professional = {
      nl = "{client} mag ook iets kapot maken.",
      en = "{client} may also break something.",
    },
  },
  v.likert "visual.look" {
    variants = { "visual" },
    scored = false,
    relation = "same",
    facet = "looking at it again later",
    text = {
      nl = "We kijken er later nog eens naar.",
      en = "We look at it again later.",
    },
  },
  v.likert "drama.role" {
    variants = { "drama" },
    scored = false,
    relation = "estimate",
    facet = "daring more in a role",
    client = { nl = "In een rol durf ik meer.", en = "In a role I dare more." },
    professional = { nl = "In een rol durft {client} meer.", en = "In a role {client} dares more." },
  },
  v.likert "drama.play" {
    variants = { "drama" },
    scored = false,
    relation = "same",
    facet = "play stays play",
    text = { nl = "Spel blijft hier spel.", en = "Play stays play here." },
  },

  -- Whether there are others is a fact, and no talk point.
  v.yesno "group" {
    relation = "own",
    facet = "whether the therapy is in a group",
    text = { nl = "Zijn er ook anderen bij?", en = "Are others there as well?" },
    help = {
      nl = "Bij ja komt er één zin over de groep.",
      en = "After a yes there is one statement about the group.",
    },
  },
  v.likert "group.place" {
    scored = false,
    relation = "estimate",
    when = v.is("group", true),
    facet = "a place in the group",
    client = { nl = "In de groep is er plek voor mij.", en = "There is room for me in the group." },
    professional = {
      nl = "In de groep is er plek voor {client}.",
      en = "There is room for {client} in the group.",
    },
  },

  -- Where the three lie is for those two to talk about; nothing measures it.
  v.triangle "places" {
    relation = "own",
    facet = "client, therapist and medium, each at its place",
    text = {
      nl = "Leg jullie en het medium neer.",
      en = "Put the two of you and the medium down.",
    },
    help = {
      nl = "Dichtbij of ver weg: jij kiest. Elke plek is goed.",
      en = "Near or far: you choose. Every place is fine.",
    },
    tokens = {
      { id = "client", nl = "cliënt", en = "client" },
      { id = "professional", nl = "therapeut", en = "therapist" },
      { id = "medium", nl = "medium", en = "medium" },
    },
  },

  -- Shown to each other, never kept, never explained: keep is "none" unless somebody says otherwise.
  v.draw "made" {
    relation = "own",
    tools = { "draw", "photo", "paper" },
    keep = "none",
    facet = "showing the last time by hand",
    text = { nl = "Teken de laatste keer samen.", en = "Draw the last time together." },
    help = {
      nl = "Lijnen en vlekken zijn genoeg. Jij kiest wat je erover vertelt.",
      en = "Lines and spots are enough. You choose what you tell about it.",
    },
  },
  v.text "next.time" {
    variants = { "music", "visual", "drama" },
    relation = "own",
    max = 500,
    facet = "what to do next time",
    text = { nl = "Wat wil je de volgende keer doen?", en = "What would you like to do next time?" },
  },
}
