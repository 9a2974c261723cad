-- Every way a number comes about: kinds, reversed, sums, forms, totals, and ties between two roundings.
local v <const> = require "verbond"

local function words(text)
  return { nl = text, en = text }
end

-- Items SCALE.1 .. SCALE.n of one kind, with fields.
local function items(kind, scale, n, fields)
  local list = { title = words(scale), score = fields.score, min_answered = fields.enough, negative = fields.negative }
  for i = 1, n do
    local item = { text = words(scale .. " " .. i), reverse = fields.reverse and i % 2 == 0 or nil }
    for name, value in pairs(fields.item or {}) do
      item[name] = value
    end
    list[i] = kind(scale .. "." .. i)(item)
  end
  return v.scale(scale)(list)
end

local three <const> = { { id = "none", value = 0, nl = "niets", en = "none" },
  { id = "half", value = 3, nl = "half", en = "half" }, { id = "full", value = 4, nl = "vol", en = "full" } }
local five <const> = v.answers { { 1, nl = "oneens", en = "disagree" }, { 2, nl = "wat oneens", en = "rather disagree" },
  { 3, nl = "tussenin", en = "between" }, { 4, nl = "wat eens", en = "rather agree" }, { 5, nl = "eens", en = "agree" } }
local simple <const> = v.answers { { 1, nl = "oneens", en = "disagree" }, { 2, nl = "tussenin", en = "between" },
  { 3, nl = "eens", en = "agree" } }
local moods <const> = v.answers { { 1, nl = "naar", en = "bad" }, { 2, nl = "gewoon", en = "so so" }, { 3, nl = "fijn", en = "good" } }

return v.instrument {
  id = "scored", version = "1.0.0", licence = "CC-BY-4.0", basis = "own", source = "for tests",
  title = { nl = "Geteld", en = "Scored" }, languages = { "nl", "en" }, status = { nl = "draft", en = "draft" },
  respondents = { "client" },
  formats = { standard = five, simple = simple },
  forms = { short = { "four.1", "four.2", "four.3", "mixed.1", "mixed.2", "line.1" } },

  items(v.likert, "four", 4, { enough = 3 }),
  items(v.likert, "mixed", 5, { reverse = true }),
  items(v.likert, "wide", 16, { enough = 1, reverse = true }),
  items(v.likert, "added", 3, { score = "sum", enough = 2 }),
  items(v.likert, "rough", 2, { negative = true, enough = 1 }),
  items(v.vas, "line", 3, { reverse = true, enough = 2, item = { left = words("left"), right = words("right") } }),
  items(v.yesno, "yes", 7, { reverse = true, enough = 1 }),
  items(v.choice, "pick", 3, { enough = 1, item = { options = three } }),
  items(v.number, "long", 2, { enough = 1, reverse = true, item = { min = -1.5, max = 2.001 } }),
  items(v.faces, "mood", 2, { enough = 1, item = { answers = moods } }),
  v.total "means" { title = words("means"), of = { "four", "mixed", "wide" }, score = "mean" },
  v.total "sums" { title = words("sums"), of = { "added", "four" }, score = "sum" },
  v.total "parts" { title = words("parts"), of = { "line", "pick", "long" }, score = "mean" },

  v.yesno "stuck" { text = words("stuck") },
  v.text "stuck.what" { text = words("what"), when = v.is("stuck", true) },
  v.text "low" { text = words("low"), when = v.all { v.below("four.1", 3), v.any { v.above("line.1", 500), v.is("pick.1", "full") } } },
  v.text "middle" { text = words("middle"), when = v.between("long.1", -0.5, 1.25) },
  v.text "other" { text = words("other"), when = v.neither { v.is("stuck", true), v.answered("four.4") } },
}
