-- Wijk: four elements of help close to home, and a card with who else is around somebody.
--
-- The first element is the core (core-alliance): bond, goal and approach. Trust, practical help and
-- motivation come after it, two statements each. Then client and worker make the card together: who
-- or what there is in everyday life, and who there is from the world of rules and agencies.
--
-- Own questions, not tested with people yet; see README.md. Texts follow the rules of
-- menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

return v.instrument {
  id = "neighbourhood",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after four working elements and five recommendations in a Movisie article",
  title = { nl = "Hulp in de wijk", en = "Help in the neighbourhood" },
  summary = {
    nl = "Vijftien korte zinnen, en een kaart van wie er nog meer is.",
    en = "Fifteen short statements, and a card of who else is there.",
  },
  notice = {
    nl = "Dit is geen bestaande vragenlijst. Schrijf op de kaart wie iemand is, zonder naam.",
    en = "This is no published questionnaire. Write on the card who somebody is, without a name.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  duration_min = { 10, 30 },
  formats = { standard = agree.three },
  slots = { worker = { nl = "de werker", en = "the worker" } },

  talk = {
    points = 3,
    prompts = {
      { nl = "Passen jullie bij elkaar? Wat helpt daarbij?",
        en = "Do you suit each other? What helps?" },
      { nl = "Wat is goed voor de één, en wat voor de ander?",
        en = "What is good for one, and what for the other?" },
      { nl = "Hoeveel tijd heeft dit nodig?", en = "How much time does this need?" },
      { nl = "Wie om je heen moet hiervan weten?", en = "Who around you should know about this?" },
      { nl = "Wie helpt de werker daarbij?", en = "Who helps the worker with that?" },
    },
  },

  v.include "core-alliance" { optional = false },

  v.scale "trust" {
    title = { nl = "Vertrouwen en veiligheid", en = "Trust and safety" },
    min_answered = 2,

    v.likert "trust.where" {
      relation = "estimate",
      facet = "knowing whom to turn to",
      client = { nl = "Ik weet bij wie ik terechtkan.", en = "I know whom I can turn to." },
      professional = {
        nl = "{client} weet bij wie {client} terechtkan.",
        en = "{client} knows whom to turn to.",
      },
    },
    v.likert "trust.safe" {
      relation = "estimate",
      facet = "feeling safe with the worker",
      client = {
        nl = "Bij {professional} voel ik mij veilig.",
        en = "With {professional} I feel safe.",
      },
      professional = {
        nl = "{client} voelt zich bij mij veilig.",
        en = "{client} feels safe with me.",
      },
    },
  },

  v.scale "practical" {
    title = { nl = "Praktische hulp", en = "Practical help" },
    min_answered = 2,

    v.likert "practical.things" {
      relation = "act",
      facet = "help with practical things",
      client = {
        nl = "{professional} helpt ook met praktische dingen.",
        en = "{professional} helps with practical things too.",
      },
      professional = {
        nl = "Ik help ook met praktische dingen.",
        en = "I help with practical things too.",
      },
    },
    v.likert "practical.worries" {
      relation = "estimate",
      facet = "fewer worries",
      client = { nl = "Die hulp scheelt mij zorgen.", en = "That help takes worries away." },
      professional = {
        nl = "Die hulp scheelt {client} zorgen.",
        en = "That help takes worries away from {client}.",
      },
    },
  },

  v.scale "motivation" {
    title = { nl = "Zin om hulp te gebruiken", en = "Wanting to use help" },
    min_answered = 2,

    v.likert "motivation.fits" {
      relation = "estimate",
      facet = "help fits what somebody wants",
      client = { nl = "Deze hulp past bij wat ik wil.", en = "This help fits what I want." },
      professional = {
        nl = "Deze hulp past bij wat {client} wil.",
        en = "This help fits what {client} wants.",
      },
    },
    v.likert "motivation.use" {
      relation = "estimate",
      facet = "wanting to go on with the help",
      client = { nl = "Ik wil met deze hulp verder.", en = "I want to go on with this help." },
      professional = {
        nl = "{client} wil met deze hulp verder.",
        en = "{client} wants to go on with this help.",
      },
    },
  },

  -- The card, made together when both said yes: the life world, the system world, and between them.
  v.words "around.life" {
    stage = "together",
    relation = "own",
    max = 8,
    facet = "who or what there is in everyday life",
    text = { nl = "Wie of wat is er in het gewone leven?", en = "Who or what is there in everyday life?" },
    help = {
      nl = "Schrijf wie het is, zonder naam: mijn zus, de club.",
      en = "Write who it is, without a name: my sister, the club.",
    },
    options = {
      { id = "family", nl = "familie", en = "family" },
      { id = "friends", nl = "vrienden", en = "friends" },
      { id = "neighbours", nl = "buren", en = "neighbours" },
      { id = "work", nl = "werk of school", en = "work or school" },
      { id = "club", nl = "een club", en = "a club" },
      { id = "place", nl = "een fijne plek", en = "a good place" },
    },
  },
  v.words "around.system" {
    stage = "together",
    relation = "own",
    max = 8,
    facet = "who there is from agencies",
    text = { nl = "Wie is er van instanties?", en = "Who is there from agencies?" },
    options = {
      { id = "council", nl = "de gemeente", en = "the council" },
      { id = "doctor", nl = "de huisarts", en = "the doctor" },
      { id = "school", nl = "de school", en = "the school" },
      { id = "housing", nl = "de verhuurder", en = "the landlord" },
      { id = "money", nl = "hulp bij geld", en = "help with money" },
      { id = "other", nl = "een andere hulpverlener", en = "another worker" },
    },
  },
  v.text "around.ask" {
    stage = "together",
    relation = "own",
    max = 300,
    facet = "whom to ask along",
    text = { nl = "Wie vragen we erbij?", en = "Whom do we ask along?" },
  },
}
