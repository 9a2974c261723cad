-- Tekendialoog: two questions for each of two people, answered by drawing, in key words or on paper.
--
-- A square of two by two: how is the guidance for the client, how is guiding for the worker; what goes
-- well, what can be better. The first screen asks how somebody wants to show it, and the worker takes
-- the way of the client. After sharing they make a collage and find three words, together.
--
-- A drawing is not kept unless the person who made it says so, each time. On paper only the fact and
-- the day are kept. Nothing is scored and nothing is read into what anybody drew.
--
-- Inspired by a public description of a drawing dialogue; the questions are our own: see README.md.
-- Texts follow the rules of menger-monitor: one idea, at most ten words, no denial, frequent words.
local v <const> = require "verbond"

local ways <const> = {
  { id = "draw", nl = "tekenen", en = "draw", picture = "way-draw.svg" },
  { id = "words", nl = "losse woorden", en = "key words", picture = "way-words.svg" },
  { id = "photo", nl = "een foto van papier", en = "a photo of paper", picture = "way-photo.svg" },
  { id = "paper", nl = "alleen op papier", en = "on paper only", picture = "way-paper.svg" },
}

return v.instrument {
  id = "drawing-dialogue",
  version = "1.0.0",
  licence = "CC-BY-4.0",
  basis = "inspired-by",
  source = "own questions after a public description of a drawing dialogue on the working alliance",
  title = { nl = "Tekendialoog", en = "Drawing dialogue" },
  summary = {
    nl = "Twee vragen, met potlood of losse woorden. Daarna leggen jullie ze naast elkaar.",
    en = "Two questions, with a pencil or key words. Then you lay them side by side.",
  },
  notice = {
    nl = "Dit is niet de Vlaamse tekenversie. Wat een tekening betekent, vertelt alleen wie hem maakte.",
    en = "This is not the Flemish drawing version. Only who made a drawing tells what it means.",
  },
  languages = { "nl", "en" },
  status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  duration_min = { 60, 120 },

  talk = {
    prompts = {
      { nl = "Wat wil je erover vertellen?", en = "What do you want to tell about it?" },
      { nl = "Welk stukje is het belangrijkst?", en = "Which part matters most?" },
      { nl = "Wat zou je er nog bij tekenen?", en = "What would you still add?" },
    },
  },

  v.choice "way" {
    relation = "own",
    comparable = false,
    facet = "how somebody wants to answer; the worker takes the way of the client",
    client = { nl = "Hoe wil je het laten zien?", en = "How do you want to show it?" },
    professional = { nl = "Hoe wil je het laten zien?", en = "How do you want to show it?" },
    help = {
      nl = "Kies samen. Wat {client} kiest, doet {professional} ook.",
      en = "Choose together. {professional} does what {client} chooses.",
    },
    options = ways,
  },

  v.draw "well" {
    relation = "own",
    by = "way",
    keep = "ask 90",
    facet = "what goes well in the guidance, and in guiding",
    client = {
      nl = "Hoe is de begeleiding voor jou? Wat gaat goed?",
      en = "How is the guidance for you? What goes well?",
    },
    professional = {
      nl = "Hoe is het begeleiden voor jou? Wat gaat goed?",
      en = "How is guiding for you? What goes well?",
    },
  },
  v.draw "better" {
    relation = "own",
    by = "way",
    keep = "ask 90",
    facet = "what can be better in the guidance, and in guiding",
    client = {
      nl = "Hoe is de begeleiding voor jou? Wat kan beter?",
      en = "How is the guidance for you? What can be better?",
    },
    professional = {
      nl = "Hoe is het begeleiden voor jou? Wat kan beter?",
      en = "How is guiding for you? What can be better?",
    },
  },

  -- Made with each other, when both said yes and looked at what the other made.
  v.collage "collage" {
    stage = "together",
    relation = "own",
    keep = "ask 90",
    max = 30,
    facet = "one picture of both, of shapes or on paper",
    intro = {
      nl = "Leg eerst jullie bladen naast elkaar. Vertel om beurten.",
      en = "First lay your sheets side by side. Take turns to tell.",
    },
    text = { nl = "Maak samen één beeld van jullie twee.", en = "Make one picture of the two of you." },
    help = {
      nl = "Knippen en plakken op papier is ook goed.",
      en = "Cutting and pasting on paper is fine too.",
    },
    pieces = {
      { id = "dot", nl = "stip", en = "dot", picture = "piece-dot.svg" },
      { id = "circle", nl = "cirkel", en = "circle", picture = "piece-circle.svg" },
      { id = "square", nl = "vierkant", en = "square", picture = "piece-square.svg" },
      { id = "triangle", nl = "driehoek", en = "triangle", picture = "piece-triangle.svg" },
      { id = "line", nl = "lijn", en = "line", picture = "piece-line.svg" },
      { id = "wave", nl = "golf", en = "wave", picture = "piece-wave.svg" },
      { id = "arc", nl = "boog", en = "arc", picture = "piece-arc.svg" },
      { id = "arrow", nl = "pijl", en = "arrow", picture = "piece-arrow.svg" },
      { id = "person", nl = "mens", en = "person", picture = "piece-person.svg" },
      { id = "house", nl = "huis", en = "house", picture = "piece-house.svg" },
      { id = "tree", nl = "boom", en = "tree", picture = "piece-tree.svg" },
      { id = "road", nl = "weg", en = "road", picture = "piece-road.svg" },
    },
  },
  v.words "words" {
    stage = "together",
    relation = "own",
    max = 3,
    facet = "three words that both agree on",
    text = {
      nl = "Welke drie woorden passen bij jullie samen?",
      en = "Which three words fit the two of you?",
    },
  },
}
