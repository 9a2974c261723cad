-- Every kind of question once, for two people: what pages are looked at with.
local v <const> = require "verbond"

return v.instrument {
  id = "mixed", version = "1.0.0", licence = "CC0-1.0",
  basis = "own", source = "own questions for tests",
  title = { nl = "Van alles wat", en = "A bit of everything" },
  languages = { "nl", "en" }, status = { nl = "draft", en = "draft" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers {
    { 1, nl = "nee", en = "no" }, { 2, nl = "een beetje", en = "a little" }, { 3, nl = "ja", en = "yes" },
  } },
  v.likert "plan" { relation = "same", text = { nl = "Ons plan is duidelijk.", en = "Our plan is clear." } },
  v.yesno "home" { relation = "own", text = { nl = "Was je thuis?", en = "Were you at home?" } },
  v.faces "mood" { relation = "own", answers = v.answers {
    { 1, nl = "naar", en = "bad" }, { 2, nl = "gewoon", en = "plain" }, { 3, nl = "fijn", en = "good" } },
    text = { nl = "Hoe was het vandaag?", en = "How was today?" } },
  v.vas "room" { relation = "own", text = { nl = "Hoeveel ruimte was er?", en = "How much room was there?" },
    left = { nl = "geen ruimte", en = "no room" }, right = { nl = "veel ruimte", en = "much room" } },
  v.choice "place" { relation = "own", text = { nl = "Waar waren jullie?", en = "Where were you?" }, options = {
    { id = "home", nl = "thuis", en = "at home" }, { id = "walk", nl = "buiten", en = "outside" } } },
  v.choice "days" { relation = "own", max = 2, other = true, text = { nl = "Wanneer past het?", en = "When does it suit?" }, options = {
    { id = "mon", nl = "maandag", en = "Monday" }, { id = "tue", nl = "dinsdag", en = "Tuesday" },
    { id = "wed", nl = "woensdag", en = "Wednesday" } } },
  v.words "strong" { relation = "own", max = 3, text = { nl = "Welke woorden passen?", en = "Which words fit?" }, options = {
    { id = "calm", nl = "rustig", en = "calm" }, { id = "clear", nl = "duidelijk", en = "clear" },
    { id = "fun", nl = "leuk", en = "fun" } } },
  v.text "well" { relation = "own", text = { nl = "Wat gaat goed?", en = "What goes well?" } },
  v.number "talks" { relation = "own", min = 0, max = 20, integer = true,
    text = { nl = "Hoeveel gesprekken waren er?", en = "How many talks were there?" } },
  v.date "since" { relation = "own", min = "2020-02-29", text = { nl = "Wanneer was de eerste keer?", en = "When was the first time?" } },
  v.draw "picture" { relation = "own", keep = "until 90", text = { nl = "Teken wat goed gaat.", en = "Draw what goes well." } },
  v.photo "paper" { relation = "own", keep = "give", text = { nl = "Maak een foto van je blad.", en = "Take a photo of your sheet." } },
  v.triangle "between" { relation = "own", text = { nl = "Leg de drie neer.", en = "Put the three down." }, tokens = {
    { id = "client", nl = "cliënt", en = "client" }, { id = "professional", nl = "werker", en = "worker" },
    { id = "medium", nl = "muziek", en = "music" } } },
  v.collage "pieces" { relation = "own", keep = "until 90", max = 6, text = { nl = "Maak een beeld.", en = "Make a picture." },
    pieces = { { id = "tree", nl = "boom", en = "tree" }, { id = "bridge", nl = "brug", en = "bridge" } } },
}
