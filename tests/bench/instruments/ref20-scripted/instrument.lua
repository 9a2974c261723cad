-- ref20, scripted: the same questions, asked by a flow (see tests/bench/README.md).
local v <const> = require "verbond"

local zero_to_five <const> = v.answers {
  { 0, en = "0" }, { 1, en = "1" }, { 2, en = "2" },
  { 3, en = "3" }, { 4, en = "4" }, { 5, en = "5" },
}

local ids <const> = {}
for k = 1, 20 do
  ids[k] = "q" .. k
end

local function statement(k, reverse)
  return v.likert(ids[k]) {
    relation = "own", reverse = reverse,
    text = { en = "Statement number " .. k .. " about working together" },
  }
end

-- Five statements; extra stands behind the third of them.
local function subscale(name, first, reverse, extra)
  local fields = { title = { en = name }, score = "mean", min_answered = 4 }
  for k = first, first + 4 do
    fields[#fields + 1] = statement(k, reverse)
    if extra and k == first + 2 then
      for _, item in ipairs(extra) do
        fields[#fields + 1] = item
      end
    end
  end
  return v.scale(name)(fields)
end

return v.instrument {
  id = "ref20-scripted", version = "1.0.0", licence = "Apache-2.0",
  basis = "own", source = "the bench's reference workload",
  title = { en = "ref20, scripted" }, languages = { "en" }, status = { en = "draft" },
  respondents = { "client", { role = "member", optional = true, max = 1000 } },
  roster = { role = "member", min = 3, max = 1000 },
  formats = { standard = zero_to_five },

  flow = function(s)
    for k = 1, 20 do
      local answer = s:ask(ids[k])
      if k == 3 and answer and answer <= 1 then
        s:ask "x1"
        s:ask "x2"
      end
    end
    for _, member in ipairs(s.members) do
      s:ask("va", member)
      s:ask("vb", member)
    end
    s:ask "t1"
  end,

  subscale("a", 1, false, {
    v.likert "x1" { relation = "own", scored = false,
      text = { en = "What made this difficult?" } },
    v.likert "x2" { relation = "own", scored = false,
      text = { en = "What would help?" } },
  }),
  subscale("b", 6, false),
  subscale("c", 11, false),
  subscale("d", 16, true),
  v.scale "family" { title = { en = "family" }, score = "mean", min_answered = 2, about = "member",
    v.number "va" { relation = "own", about = "member", min = 0, max = 100, integer = true,
      text = { en = "How close do you feel?" } },
    v.number "vb" { relation = "own", about = "member", min = 0, max = 100, integer = true,
      text = { en = "How safe is it to speak?" } } },
  v.text "t1" { relation = "own", required = true, max = 200,
    text = { en = "In your own words" } },
  v.total "total" { title = { en = "total" }, of = { "a", "b", "c", "d" }, score = "sum" },
}
