-- ref20 as somebody would write it by hand for lualimit.c: plain code in one coroutine per session.
-- ask(kind, id, text, low, high) yields the question and returns the answer the host checked.
local from = { A = 1, B = 6, C = 11, D = 16 }
local names = { "A", "B", "C", "D" }
local ids, prompts = {}, {}
for k = 1, 20 do
  ids[k] = "q" .. k
  prompts[k] = "Statement number " .. k .. " about working together"
end

local function score(a)
  local r, total, whole = {}, 0, true
  for i = 1, 4 do
    local n, sum, first = 0, 0, from[names[i]]
    for k = first, first + 4 do
      local value = a[k]
      if value then
        n = n + 1
        sum = sum + (i == 4 and 5 - value or value)
      end
    end
    if n >= 4 then
      r[names[i]] = sum / n
      total = total + sum / n
    else
      whole = false
    end
  end
  r.total = whole and total or nil
  return r
end

local yield = coroutine.yield
local function ask(kind, id, text, low, high)
  local value = yield(kind, id, text, low, high)
  while kind == "text" and not value do
    value = yield(kind, id, text, low, high)
  end
  return value
end

return function()
  local a, family, asked, extra = {}, {}, 27, false
  for k = 1, 20 do
    a[k] = ask("likert", ids[k], prompts[k], 0, 5)
    if k == 3 and a[3] and a[3] <= 1 then
      ask("likert", "x1", "What made this difficult?", 0, 5)
      ask("likert", "x2", "What would help?", 0, 5)
      asked, extra = 29, true
    end
  end
  for m = 1, 3 do
    local x = ask("vas", "v" .. m .. "a", "How close do you feel?", 0, 100)
    local y = ask("vas", "v" .. m .. "b", "How safe is it to speak?", 0, 100)
    family[m] = (x + y) / 2
  end
  local t1 = ask("text", "t1", "In your own words", 0, 0)
  local r = score(a)
  r.family, r.asked, r.extra, r.t1 = family, asked, extra, t1
  return r
end
