-- Match talk: what to talk about before the start, so that two people find out whether it fits.
--
-- After the first recommendation of a Dutch article on a firm alliance: a good match. The topics are
-- for the talk. Whatever is ticked stays on the screen: nothing is written, nothing is printed.
local v <const> = require "verbond"

return v.instrument {
  id = "match-talk",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own words, after the recommendation to seek a good match (Movisie)",
  title = { nl = "Passen we bij elkaar?", en = "Do we fit?" },
  summary = {
    nl = "Een kaart voor het eerste gesprek. Kies samen waar jullie over praten.",
    en = "A card for the first talk. Choose together what you talk about.",
  },
  notice = {
    nl = "Dit zijn onderwerpen, geen kenmerken. Er wordt niets van iemand vastgelegd.",
    en = "These are topics, not attributes. Nothing about anybody is written down.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  case = false,
  retain = "none",
  respondents = { { role = "client", optional = true }, { role = "professional", optional = true } },
  duration_min = { 10, 30 },
  card = { shows = "topics" },

  talk = {
    prompts = {
      { nl = "Wat wil jij van mij weten?", en = "What do you want to know of me?" },
      { nl = "Wat hielp je eerder bij iemand?", en = "What helped you with somebody before?" },
      { nl = "Waaraan merk je dat het past?", en = "How do you notice that it fits?" },
      { nl = "Wat doen we als het schuurt?", en = "What do we do when it is hard?" },
      { nl = "Wanneer kijken we of het past?", en = "When do we look whether it fits?" },
    },
  },

  v.choice "topics" {
    relation = "own",
    max = 11,
    text = {
      nl = "Waar wil je over praten voor de start?",
      en = "What do you want to talk about before the start?",
    },
    help = {
      nl = "Kies wat je wilt. Het blijft op dit scherm.",
      en = "Choose what you like. It stays on this screen.",
    },
    options = {
      { id = "need", nl = "wat er nodig is", en = "what is needed" },
      { id = "expertise", nl = "kennis en ervaring in het vak", en = "knowledge and skills" },
      { id = "age", nl = "leeftijd", en = "age" },
      { id = "gender", nl = "man, vrouw of anders", en = "man, woman or other" },
      { id = "background", nl = "achtergrond en cultuur", en = "background and culture" },
      { id = "life", nl = "wat iemand zelf meemaakte", en = "what somebody lived through" },
      { id = "character", nl = "hoe iemand is", en = "what somebody is like" },
      { id = "interests", nl = "wat iemand leuk vindt", en = "what somebody likes" },
      { id = "humour", nl = "humor", en = "humour" },
      { id = "ideal", nl = "hoe een goede werker is", en = "what a good worker is like" },
      { id = "complement", nl = "elkaar aanvullen", en = "completing each other" },
    },
  },
}
