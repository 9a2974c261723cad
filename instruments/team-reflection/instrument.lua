-- Team reflection: each member holds one talk with a client, and the team learns from it together.
--
-- After the third step of the Flemish drawing sheet: a convenor invites, the team talks about five
-- questions. Every sentence is our own. There is no client in it: no case, no name, no link.
local v <const> = require "verbond"

-- A member may give key words or one sentence; nobody is asked for more.
local function question(facet, nl, en)
  return {
    relation = "own",
    roles = { "member" },
    max = 5,
    facet = facet,
    text = { nl = nl, en = en },
  }
end

return v.instrument {
  id = "team-reflection",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions, after the third step of the Flemish sheet on drawing the alliance",
  title = { nl = "Teamreflectie", en = "Team reflection" },
  summary = {
    nl = "Ieder teamlid houdt een gesprek. Daarna leren jullie er samen van.",
    en = "Each team member holds one talk. After that you learn from it together.",
  },
  notice = {
    nl = "Dit is niet het Vlaamse tekenblad. Zet er geen cliënt in: geen naam, geen verhaal.",
    en = "This is not the Flemish drawing sheet. Leave clients out: no name, no story.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  case = false,
  respondents = { "convenor", { role = "member", min = 1, max = 30 } },
  duration_min = { 60, 120 },

  talk = {
    prompts = {
      { nl = "Welk woord raakt je? Vertel.", en = "Which word touches you? Tell." },
      { nl = "Wat hoor je vaker?", en = "What do you hear more than once?" },
      { nl = "Wat gaan we uitproberen?", en = "What do we try out?" },
    },
  },

  v.campaign "dialogue" {
    convenor = "convenor",
    member = "member",
    before = "before",
    held = "held",
    next = "next.date",
    min_group = 4,
    text = {
      nl = "Houd een gesprek met een cliënt over jullie samenwerking. Het tekenblad helpt daarbij.",
      en = "Hold one talk with a client about working together. The drawing sheet helps with it.",
    },
  },

  v.date "before" {
    relation = "own",
    roles = { "convenor" },
    required = true,
    text = {
      nl = "Voor welke dag houdt ieder een gesprek?",
      en = "Before which day does each hold one talk?",
    },
  },

  v.yesno "held" {
    relation = "own",
    roles = { "member" },
    text = { nl = "Heb je het gesprek gehouden?", en = "Did you hold the talk?" },
    help = {
      nl = "Dit wordt alleen geteld. De gespreksleider ziet een getal.",
      en = "This is only counted. The convenor sees a number.",
    },
  },
  v.words "learn" (question("learning from the talks",
    "Wat leren we van deze gesprekken?", "What do we learn from these talks?")),
  v.words "view" (question("view of the client",
    "Is jouw kijk op de cliënt veranderd? Hoe?", "Did your view of the client change? How?")),
  v.words "stance" (question("own stance in the alliance",
    "Is jouw eigen houding veranderd? Hoe?", "Did your own stance change? How?")),
  v.words "different" (question("help from now on",
    "Gaan we iets anders doen? Wat?", "Do we do something different? What?")),
  v.words "structure" (question("doing this as a habit",
    "Hoe zou het zijn om dit vast te plannen?", "How would it be to plan this for good?")),

  -- At the table, with the card: the last question leads to a day.
  v.date "next.date" {
    stage = "together",
    relation = "own",
    text = {
      nl = "Wanneer doen we dit weer?",
      en = "When do we do this again?",
    },
  },
}
