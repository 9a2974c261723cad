local v <const> = require "verbond"

return v.tests {
  { name = "every group gets the same question",
    music = { medium = { "samen luisteren" } }, drama = { medium = { "rol" } },
    expect = { path = { music = { "medium", "paper" }, drama = { "medium", "paper" } } } },

  { name = "no group needs to be there: one alone is asked the same",
    visual = { medium = { "materiaal" } },
    expect = { path = { "medium", "paper" } } },

  { name = "a group that keeps everything on paper skips the words",
    psychomotor = { paper = { paper = true } },
    expect = { path = { "medium", "paper" } } },
}
