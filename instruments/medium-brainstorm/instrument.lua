-- Medium brainstorm: what does the medium do for working together? One answer a group, one card.
--
-- After an exercise from a slide deck on the working alliance in arts therapies: groups by medium,
-- one question, a summary on paper. For training and team days; there is no client in it.
local v <const> = require "verbond"

local function group(name)
  return { role = name, optional = true }
end

return v.instrument {
  id = "medium-brainstorm",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions, after an exercise from slides on the alliance in arts therapies",
  title = { nl = "Brainstorm over het medium", en = "Brainstorm about the medium" },
  summary = {
    nl = "Elke groep schrijft op wat haar medium doet voor de samenwerking.",
    en = "Each group writes down what its medium does for working together.",
  },
  notice = {
    nl = "Dit zijn woorden van groepen. Het is geen lijst van wat bewezen is.",
    en = "These are words of groups. It is no list of what is proven.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  case = false,
  respondents = { group "music", group "psychomotor", group "visual", group "drama" },
  duration_min = { 20, 45 },
  card = { shows = "overlap" },

  talk = {
    prompts = {
      { nl = "Wat zeggen meer groepen?", en = "What do more groups say?" },
      { nl = "Wat is alleen van jullie medium?", en = "What belongs to your medium alone?" },
      { nl = "Wat neem je mee naar een sessie?", en = "What do you take along to a session?" },
    },
  },

  v.words "medium" {
    relation = "own",
    max = 15,
    text = {
      nl = "Wat doet jullie medium voor de samenwerking?",
      en = "What does your medium do for working together?",
    },
    help = {
      nl = "Losse woorden. Eén woord of korte zin per regel.",
      en = "Key words. One word or short sentence a line.",
    },
  },
  v.photo "paper" {
    relation = "own",
    keep = "none",
    tools = { "photo" },
    text = {
      nl = "Staat het op papier? Maak er een foto van.",
      en = "Is it on paper? Take a photo of it.",
    },
    help = {
      nl = "De foto wordt niet bewaard. Overslaan mag.",
      en = "The photo is not kept. You may skip this.",
    },
  },
}
