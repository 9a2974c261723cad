-- Krachten: do our talks use what the client wants, can and has?
--
-- Inspired by the strengths model of Rapp and Goscha; every sentence is our own and was not tested
-- with people yet. Six single statements about six different things, so there is no score and no
-- total. The table goes over seven parts of life in key words, and begins with the wish.
--
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"
local agree <const> = require "shared.agree"

-- The columns of the table. Only the client is asked: it is the client's life.
local function column(area, nl, en, area_nl, area_en)
  return {
    relation = "own",
    roles = { "client" },
    when = v.is("areas", area),
    max = 5,
    facet = nl,
    client = { nl = area_nl .. ": " .. nl, en = area_en .. ": " .. en },
  }
end
local function wish(area, nl, en)
  return column(area, "wat wil je graag?", "what would you like?", nl, en)
end
local function now(area, nl, en)
  return column(area, "wat is er nu al?", "what is there now?", nl, en)
end
local function past(area, nl, en)
  return column(area, "wat hielp vroeger?", "what helped before?", nl, en)
end

return v.instrument {
  id = "strengths",
  version = "1.1.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions, inspired by the strengths model of Rapp and Goscha",
  title = { nl = "Krachten", en = "Strengths" },
  summary = {
    nl = "Zes korte zinnen over krachten, en een tabel in losse woorden.",
    en = "Six short statements about strengths, and a table in key words.",
  },
  notice = {
    nl = "Dit is niet Krachtwerk en niet de Vlaamse versie. Er is geen score van iemands kracht.",
    en = "This is not Krachtwerk and not the Flemish version. There is no score of anybody's strength.",
  },
  languages = { "nl", "en", "fr", "ar" },
  status = { nl = "draft", en = "draft", fr = "draft", ar = "draft" },
  translations = { fr = require "strengths.fr", ar = require "strengths.ar" },
  respondents = { "client", "professional" },
  duration_min = { 5, 25 },
  formats = { standard = agree.three },

  -- Without the table. This is what another instrument takes in.
  forms = {
    short = {
      "wishes", "talents", "confidence", "people", "nearby", "choice",
      "next.week", "next.step",
    },
  },

  talk = {
    points = 3,
    prompts = {
      { nl = "Vertel over een keer dat iets lukte.", en = "Tell about a time when something worked." },
      { nl = "Wie of wat kan daarbij helpen?", en = "Who or what can help with that?" },
      { nl = "Wat gebruik je komende week?", en = "What do you use next week?" },
    },
  },

  v.likert "wishes" {
    relation = "same",
    facet = "talking about what the client wants",
    intro = {
      nl = "Nu over krachten: wat iemand wil, kan en heeft.",
      en = "Now about strengths: what somebody wants, can do and has.",
    },
    client = { nl = "We praten over wat ik graag wil.", en = "We talk about what I would like." },
    professional = {
      nl = "We praten over wat {client} graag wil.",
      en = "We talk about what {client} would like.",
    },
  },
  v.likert "talents" {
    relation = "same",
    facet = "using what the client is good at",
    client = { nl = "We gebruiken wat ik goed kan.", en = "We use what I am good at." },
    professional = {
      nl = "We gebruiken wat {client} goed kan.",
      en = "We use what {client} is good at.",
    },
  },
  v.likert "confidence" {
    relation = "estimate",
    facet = "daring more",
    client = { nl = "Door onze gesprekken durf ik meer.", en = "Because of our talks I dare more." },
    professional = {
      nl = "Door onze gesprekken durft {client} meer.",
      en = "Because of our talks {client} dares more.",
    },
  },
  v.likert "people" {
    relation = "same",
    facet = "thinking of people who help",
    client = {
      nl = "We denken aan mensen die mij helpen.",
      en = "We think of people who help me.",
    },
    professional = {
      nl = "We denken aan mensen die {client} helpen.",
      en = "We think of people who help {client}.",
    },
  },
  v.likert "nearby" {
    relation = "same",
    facet = "looking for help close by",
    text = {
      nl = "We kijken wie of wat in de buurt helpt.",
      en = "We look at who or what nearby can help.",
    },
  },
  v.likert "choice" {
    relation = "same",
    facet = "choosing the next step too",
    client = {
      nl = "Ik kies mee welke stap eerst komt.",
      en = "I help choose which step comes first.",
    },
    professional = {
      nl = "{client} kiest mee welke stap eerst komt.",
      en = "{client} helps choose which step comes first.",
    },
  },

  -- The table: only the parts that the client picks, wishes first.
  v.choice "areas" {
    relation = "own",
    roles = { "client" },
    max = 7,
    client = {
      nl = "Welke delen van je leven wil je bekijken?",
      en = "Which parts of life do you want to look at?",
    },
    help = {
      nl = "Kies er zoveel als je wilt. Daarna schrijf je losse woorden op.",
      en = "Choose as many as you like. Then you write down key words.",
    },
    options = {
      { id = "home", nl = "wonen en huishouden", en = "home" },
      { id = "money", nl = "geld", en = "money" },
      { id = "work", nl = "werk en leren", en = "work and learning" },
      { id = "contacts", nl = "familie en vrienden", en = "family and friends" },
      { id = "health", nl = "gezondheid", en = "health" },
      { id = "leisure", nl = "vrije tijd", en = "free time" },
      { id = "meaning", nl = "zin en geloof", en = "meaning and faith" },
    },
  },

  v.words "home.wish" (wish("home", "Wonen en huishouden", "Home")),
  v.words "home.now" (now("home", "Wonen en huishouden", "Home")),
  v.words "home.past" (past("home", "Wonen en huishouden", "Home")),
  v.words "money.wish" (wish("money", "Geld", "Money")),
  v.words "money.now" (now("money", "Geld", "Money")),
  v.words "money.past" (past("money", "Geld", "Money")),
  v.words "work.wish" (wish("work", "Werk en leren", "Work and learning")),
  v.words "work.now" (now("work", "Werk en leren", "Work and learning")),
  v.words "work.past" (past("work", "Werk en leren", "Work and learning")),
  v.words "contacts.wish" (wish("contacts", "Familie en vrienden", "Family and friends")),
  v.words "contacts.now" (now("contacts", "Familie en vrienden", "Family and friends")),
  v.words "contacts.past" (past("contacts", "Familie en vrienden", "Family and friends")),
  v.words "health.wish" (wish("health", "Gezondheid", "Health")),
  v.words "health.now" (now("health", "Gezondheid", "Health")),
  v.words "health.past" (past("health", "Gezondheid", "Health")),
  v.words "leisure.wish" (wish("leisure", "Vrije tijd", "Free time")),
  v.words "leisure.now" (now("leisure", "Vrije tijd", "Free time")),
  v.words "leisure.past" (past("leisure", "Vrije tijd", "Free time")),
  v.words "meaning.wish" (wish("meaning", "Zin en geloof", "Meaning and faith")),
  v.words "meaning.now" (now("meaning", "Zin en geloof", "Meaning and faith")),
  v.words "meaning.past" (past("meaning", "Zin en geloof", "Meaning and faith")),

  -- Picked with each other, when both said yes.
  v.choice "next.week" {
    stage = "together",
    relation = "own",
    max = 2,
    other = true,
    text = {
      nl = "Welke kracht gebruiken jullie komende week?",
      en = "Which strength do you use next week?",
    },
    options = {
      { id = "wish", nl = "een wens", en = "a wish" },
      { id = "talent", nl = "een talent", en = "a talent" },
      { id = "confidence", nl = "durf", en = "courage" },
      { id = "people", nl = "mensen die helpen", en = "people who help" },
      { id = "nearby", nl = "iets in de buurt", en = "something nearby" },
      { id = "choice", nl = "een eigen keuze", en = "an own choice" },
    },
  },
  v.text "next.step" {
    stage = "together",
    relation = "own",
    text = { nl = "Wat is de eerste stap?", en = "What is the first step?" },
    max = 500,
  },
}
