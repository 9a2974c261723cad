-- A few questions in Arabic, which is written from right to left, and in Dutch.
local v <const> = require "verbond"

return v.instrument {
  id = "mirrored", version = "1.0.0", licence = "CC0-1.0",
  basis = "own", source = "own questions for tests",
  title = { ar = "كيف نعمل معا", nl = "Hoe wij samenwerken" },
  languages = { "ar", "nl" }, status = { ar = "draft", nl = "draft" },
  respondents = { "client", "professional" },
  formats = { standard = v.answers {
    { 1, ar = "لا", nl = "nee" }, { 2, ar = "قليلا", nl = "een beetje" }, { 3, ar = "نعم", nl = "ja" },
  } },
  v.scale "plan" {
    title = { ar = "الخطة", nl = "Het plan" },
    v.likert "plan.clear" { relation = "same",
      text = { ar = "خطتنا واضحة.", nl = "Ons plan is duidelijk." } },
    v.likert "plan.help" { relation = "act",
      client = { ar = "{professional} يساعدني.", nl = "{professional} helpt mij." },
      professional = { ar = "أنا أساعد {client}.", nl = "Ik help {client}." } },
    v.likert "plan.heard" { relation = "estimate",
      client = { ar = "رأيي مهم هنا.", nl = "Mijn mening telt mee." },
      professional = { ar = "رأي {client} مهم هنا.", nl = "De mening van {client} telt mee." } },
  },
  v.vas "room" { relation = "own",
    text = { ar = "كم كان هناك مجال اليوم؟", nl = "Hoeveel ruimte was er vandaag?" },
    left = { ar = "لا مجال", nl = "geen ruimte" }, right = { ar = "مجال كبير", nl = "veel ruimte" } },
  v.text "well" { relation = "own", text = { ar = "ما الذي يسير جيدا؟", nl = "Wat gaat goed?" } },
}
