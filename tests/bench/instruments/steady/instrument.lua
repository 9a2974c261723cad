-- steady: a hundred ordinary questions of one kind, so that every answer weighs the same.
local v <const> = require "verbond"

local fields = { title = { en = "a" }, score = "mean", min_answered = 4 }
for k = 1, 100 do
  fields[#fields + 1] = v.likert("q" .. k) {
    relation = "own", text = { en = "Statement number " .. k .. " about working together" },
  }
end

return v.instrument {
  id = "steady", version = "1.0.0", licence = "Apache-2.0",
  basis = "own", source = "the bench",
  title = { en = "steady" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client" },
  formats = { standard = v.answers {
    { 0, en = "0" }, { 1, en = "1" }, { 2, en = "2" },
    { 3, en = "3" }, { 4, en = "4" }, { 5, en = "5" },
  } },
  v.scale "a"(fields),
}
