-- Intervision: one question to colleagues, and their words on a card.
--
-- After the fifth recommendation of a Dutch article on a firm alliance: organise your own support.
-- The client is not in it, unless the client said yes; and then as the client's side, without a name.
local v <const> = require "verbond"

return v.instrument {
  id = "intervision",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions, after the recommendation to organise one's own support (Movisie)",
  title = { nl = "Intervisie: een vraag aan collega's", en = "Intervision: a question to colleagues" },
  summary = {
    nl = "Eén vraag over samenwerken, en woorden van collega's.",
    en = "One question about working together, and words of colleagues.",
  },
  notice = {
    nl = "Dit is geen verslag over een cliënt. Laat namen en dossiers weg.",
    en = "This is no report about a client. Leave names and files out.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  case = false,
  respondents = { "professional", { role = "colleague", min = 1, max = 12 } },
  duration_min = { 30, 60 },
  card = { shows = "words", roles = { "colleague" } },

  talk = {
    prompts = {
      { nl = "Welk woord helpt jou verder?", en = "Which word helps you on?" },
      { nl = "Wat deed jij zelf al?", en = "What did you do already?" },
      { nl = "Wat is jouw eerste stap?", en = "What is your first step?" },
      { nl = "Wie vraagt er later naar?", en = "Who asks about it later?" },
    },
  },

  v.choice "support" {
    relation = "own",
    roles = { "professional" },
    max = 4,
    text = {
      nl = "Welke steun heb je nu?",
      en = "Which support do you have now?",
    },
    options = {
      { id = "feedback", nl = "feedback van cliënten", en = "feedback of clients" },
      { id = "intervision", nl = "intervisie", en = "intervision" },
      { id = "supervision", nl = "supervisie", en = "supervision" },
      { id = "coaching", nl = "coaching", en = "coaching" },
    },
  },
  v.text "question" {
    relation = "own",
    roles = { "professional" },
    required = true,
    max = 300,
    text = { nl = "Wat is jouw vraag aan collega's?", en = "What is your question to colleagues?" },
    help = {
      nl = "Eén zin over jouw kant. Lees die straks voor.",
      en = "One sentence about your side. You read it out in a moment.",
    },
  },
  v.yesno "client.yes" {
    relation = "own",
    roles = { "professional" },
    text = {
      nl = "Zei de cliënt ja tegen dit gesprek?",
      en = "Did the client say yes to this talk?",
    },
    help = {
      nl = "Zonder dat ja gaat het alleen over jou.",
      en = "Without that yes it is about you alone.",
    },
  },
  v.words "client.side" {
    relation = "own",
    roles = { "professional" },
    when = v.is("client.yes", true),
    max = 3,
    text = {
      nl = "Hoe ziet de cliënt het? In de eigen woorden.",
      en = "How does the client see it? In the client's words.",
    },
  },

  v.words "answer" {
    relation = "own",
    roles = { "colleague" },
    max = 5,
    text = {
      nl = "Wat zeg jij op de vraag van je collega?",
      en = "What do you say to your colleague's question?",
    },
    help = {
      nl = "Losse woorden of een korte vraag terug.",
      en = "Key words, or a short question back.",
    },
  },
}
