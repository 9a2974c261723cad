-- Het gezin en de werker: everybody in a family, and the worker about each of them.
--
-- Five aspects known from work with families: the bond, the goal and the approach (each person with
-- the worker), speaking freely, and being in it together. The questions are our own and were not
-- tested with people yet: see README.md.
--
-- Who is asked what follows from the role: youth from 12 on, parents and relatives get all
-- statements; a child of 8 to 11 five short ones with three answers as amounts; a child under 8
-- only draws. The worker is asked about each member what that member is asked of itself.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

-- How much, not how it feels: an empty, a half and a full circle.
local amount <const> = v.answers {
  { 1, nl = "nee", en = "no", picture = "amount-none.svg" },
  { 2, nl = "een beetje", en = "a little", picture = "amount-some.svg" },
  { 3, nl = "ja", en = "yes", picture = "amount-full.svg" },
}

local grown <const> = { "youth", "parent", "relative", "professional" }
local child <const> = { "child", "professional" }

-- The words of a family member are those of young people, parents and relatives alike.
local function family(item)
  item.youth, item.parent, item.relative = item.member, item.member, item.member
  item.member = nil
  return item
end

return v.instrument {
  id = "family-alliance",
  version = "1.0.1",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after the five aspects of the HAN factsheet on alliances with families",
  title = { nl = "Het gezin en de werker", en = "The family and the worker" },
  summary = {
    nl = "Korte zinnen over samenwerken, voor iedereen in het gezin.",
    en = "Short statements about working together, for everybody in the family.",
  },
  notice = {
    nl = "Ieder ziet het van de eigen plek. Dat antwoorden verschillen, is gewoon.",
    en = "Everybody looks from their own place. It is usual that answers differ.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "youth", "child", "child_under_8", "parent", "relative", "professional" },
  roster = { role = { "youth", "child", "child_under_8", "parent", "relative" }, min = 2, max = 8 },
  duration_min = { 5, 20 },
  formats = { standard = agree.five, simple = agree.three },

  -- One of each aspect, for a family that fills in often. Children are asked the same as always.
  forms = {
    short = {
      "bond.talk", "goal.wish", "approach.agree", "safe.speak", "together.part",
      "child.listen", "child.why", "child.good", "child.help", "child.say",
      "drawing.well", "drawing.other", "talk.about",
    },
  },

  talk = {
    prompts = {
      { nl = "Wie vertelt er een voorbeeld bij?", en = "Who tells an example with it?" },
      { nl = "Wat heb jij nodig van de anderen?", en = "What do you need from the others?" },
      { nl = "Wie doet wat, en wanneer?", en = "Who does what, and when?" },
    },
  },

  v.scale "bond" {
    title = { nl = "Band met de werker", en = "Bond with the worker" },
    about = "member",
    roles = grown,
    min_answered = 3,

    v.likert "bond.attention" (family {
      relation = "act",
      facet = "attention",
      member = {
        nl = "{professional} heeft aandacht voor mij.",
        en = "{professional} pays attention to me.",
      },
      professional = {
        nl = "Ik heb aandacht voor {member}.",
        en = "I pay attention to {member}.",
      },
    }),
    v.likert "bond.everybody" (family {
      relation = "estimate",
      facet = "there for everybody alike",
      member = {
        nl = "{professional} is er voor iedereen evenveel.",
        en = "{professional} is there for everybody equally.",
      },
      professional = {
        nl = "{member} vindt dat ik er voor iedereen evenveel ben.",
        en = "{member} thinks I am there for everybody equally.",
      },
    }),
    v.likert "bond.talk" (family {
      relation = "estimate",
      facet = "liking to talk",
      member = {
        nl = "Ik praat graag met {professional}.",
        en = "I like to talk with {professional}.",
      },
      professional = {
        nl = "{member} praat graag met mij.",
        en = "{member} likes to talk with me.",
      },
    }),
  },

  v.scale "goal" {
    title = { nl = "Het doel", en = "The goal" },
    about = "member",
    roles = grown,
    min_answered = 3,

    v.likert "goal.clear" (family {
      relation = "estimate",
      facet = "knowing the goal",
      member = {
        nl = "Ik weet wat wij willen bereiken.",
        en = "I know what we want to reach.",
      },
      professional = {
        nl = "{member} weet wat het gezin wil bereiken.",
        en = "{member} knows what the family wants to reach.",
      },
    }),
    v.likert "goal.wish" (family {
      relation = "same",
      facet = "the own wish counts",
      member = {
        nl = "Mijn wens telt mee in het doel.",
        en = "My wish counts in the goal.",
      },
      professional = {
        nl = "De wens van {member} telt mee in het doel.",
        en = "The wish of {member} counts in the goal.",
      },
    }),
    v.likert "goal.agree" (family {
      relation = "estimate",
      facet = "agreeing on the goal",
      member = { nl = "Ik ben het eens met het doel.", en = "I agree with the goal." },
      professional = {
        nl = "{member} is het eens met het doel.",
        en = "{member} agrees with the goal.",
      },
    }),
  },

  v.scale "approach" {
    title = { nl = "De aanpak", en = "The approach" },
    about = "member",
    roles = grown,
    min_answered = 3,

    v.likert "approach.understand" (family {
      relation = "estimate",
      facet = "understanding what is done",
      member = { nl = "Ik snap wat we hier doen.", en = "I understand what we do here." },
      professional = {
        nl = "{member} snapt wat we hier doen.",
        en = "{member} understands what we do here.",
      },
    }),
    v.likert "approach.agree" (family {
      relation = "estimate",
      facet = "agreeing on the approach",
      member = { nl = "Ik ben het eens met de aanpak.", en = "I agree with how we do it." },
      professional = {
        nl = "{member} is het eens met de aanpak.",
        en = "{member} agrees with how we do it.",
      },
    }),
    v.likert "approach.practical" (family {
      relation = "act",
      facet = "help with practical things",
      member = {
        nl = "{professional} helpt ook met praktische dingen.",
        en = "{professional} helps with practical things too.",
      },
      professional = {
        nl = "Ik help {member} ook met praktische dingen.",
        en = "I help {member} with practical things too.",
      },
    }),
  },

  -- Five different things, so no score. The fifth, about speaking freely, stands below.
  v.likert "child.listen" {
    answers = amount,
    scored = false,
    about = "member",
    roles = child,
    relation = "act",
    facet = "being listened to",
    child = { nl = "{professional} luistert naar mij.", en = "{professional} listens to me." },
    professional = { nl = "Ik luister naar {member}.", en = "I listen to {member}." },
  },
  v.likert "child.why" {
    answers = amount,
    scored = false,
    about = "member",
    roles = child,
    relation = "estimate",
    facet = "knowing why we are here",
    child = { nl = "Ik weet waarom wij hier zijn.", en = "I know why we are here." },
    professional = {
      nl = "{member} weet waarom het gezin hier is.",
      en = "{member} knows why the family is here.",
    },
  },
  v.likert "child.good" {
    answers = amount,
    scored = false,
    about = "member",
    roles = child,
    relation = "estimate",
    facet = "liking what is done",
    child = { nl = "Wat we hier doen, vind ik goed.", en = "I like what we do here." },
    professional = {
      nl = "{member} vindt goed wat we hier doen.",
      en = "{member} likes what we do here.",
    },
  },
  v.likert "child.help" {
    answers = amount,
    scored = false,
    about = "member",
    roles = child,
    relation = "estimate",
    facet = "helping each other",
    child = { nl = "Wij helpen elkaar.", en = "We help each other." },
    professional = {
      nl = "{member} vindt dat dit gezin elkaar helpt.",
      en = "{member} thinks that this family helps each other.",
    },
  },

  -- What is said here can have consequences at home: first what the worker must do, then who sees it.
  v.say {
    roles = { "youth", "parent", "relative", "child" },
    text = {
      nl = "Als {professional} denkt dat je gevaar loopt, moet {professional} hulp zoeken. "
        .. "Wat je nu over vrij spreken zegt, ziet alleen {professional}, als jij straks ja zegt.",
      en = "If {professional} thinks that you are in danger, {professional} must look for help. "
        .. "What you say now about speaking freely, only {professional} sees, if you say yes later.",
    },
  },
  v.say {
    roles = { "professional" },
    text = {
      nl = "Nu over vrij spreken. Wat iemand daar zelf over zegt, zie je alleen na diens ja.",
      en = "Now about speaking freely. What somebody says about it, you see only after their yes.",
    },
  },
  v.scale "safe" {
    title = { nl = "Vrij spreken", en = "Speaking freely" },
    about = "member",
    roles = grown,
    private = "worker",
    min_answered = 3,

    v.likert "safe.speak" (family {
      relation = "estimate",
      facet = "saying what one thinks",
      member = { nl = "Ik kan hier zeggen wat ik denk.", en = "I can say what I think here." },
      professional = {
        nl = "{member} kan hier zeggen wat {member} denkt.",
        en = "{member} can say what {member} thinks here.",
      },
    }),
    v.likert "safe.honest" (family {
      relation = "estimate",
      facet = "being honest with everybody there",
      member = {
        nl = "Ik durf hier eerlijk te zijn met iedereen erbij.",
        en = "I dare to be honest here with everybody present.",
      },
      professional = {
        nl = "{member} durft hier eerlijk te zijn met iedereen erbij.",
        en = "{member} dares to be honest here with everybody present.",
      },
    }),
    v.likert "safe.tense" (family {
      relation = "act",
      facet = "help when it gets tense",
      member = {
        nl = "{professional} helpt ons als het spannend wordt.",
        en = "{professional} helps us when it gets tense.",
      },
      professional = {
        nl = "Ik help als het spannend wordt.",
        en = "I help when it gets tense.",
      },
    }),
  },
  v.scale "child.safe" {
    title = { nl = "Vrij spreken", en = "Speaking freely" },
    about = "member",
    roles = child,
    private = "worker",

    v.likert "child.say" {
      answers = amount,
      relation = "estimate",
      facet = "saying what one thinks",
      child = { nl = "Ik mag hier zeggen wat ik denk.", en = "I may say what I think here." },
      professional = {
        nl = "{member} kan hier zeggen wat {member} denkt.",
        en = "{member} can say what {member} thinks here.",
      },
    },
  },

  -- About the family as a whole: the worker answers it once.
  v.scale "together" {
    title = { nl = "Samen", en = "Together" },
    intro = {
      nl = "Dit deel is weer voor iedereen, na jouw ja.",
      en = "This part is for everybody again, after your yes.",
    },
    roles = grown,
    min_answered = 3,

    v.likert "together.solve" (family {
      relation = "same",
      facet = "solving it together",
      member = { nl = "Wij lossen dit samen op.", en = "We solve this together." },
      professional = {
        nl = "Dit gezin lost dit samen op.",
        en = "This family solves this together.",
      },
    }),
    v.likert "together.part" (family {
      relation = "same",
      facet = "everybody does a part",
      member = { nl = "Ieder van ons doet een deel.", en = "Each of us does a part." },
      professional = {
        nl = "Ieder in dit gezin doet een deel.",
        en = "Everybody in this family does a part.",
      },
    }),
    v.likert "together.want" (family {
      relation = "same",
      facet = "wanting the same",
      member = {
        nl = "Wij willen samen hetzelfde bereiken.",
        en = "Together we want to reach the same.",
      },
      professional = {
        nl = "Dit gezin wil samen hetzelfde bereiken.",
        en = "Together this family wants to reach the same.",
      },
    }),
  },

  -- Shown while it is made, and taken home on paper: nothing of it is kept, nobody explains it.
  v.draw "drawing.well" {
    about = "member",
    roles = { "child_under_8" },
    relation = "own",
    keep = "none",
    tools = { "draw", "photo", "paper" },
    child_under_8 = { nl = "Teken wat hier fijn is.", en = "Draw what is nice here." },
  },
  v.draw "drawing.other" {
    about = "member",
    roles = { "child_under_8" },
    relation = "own",
    keep = "none",
    tools = { "draw", "photo", "paper" },
    child_under_8 = { nl = "Teken wat je anders wilt.", en = "Draw what you want to be different." },
  },

  v.text "talk.about" {
    relation = "own",
    roles = { "youth", "parent", "relative", "child" },
    text = { nl = "Waar wil je samen over praten?", en = "What do you want to talk about together?" },
    help = { nl = "Zeg je straks ja? Dan leest iedereen dit.",
             en = "If you say yes later, everybody reads this." },
    max = 300,
  },
}
