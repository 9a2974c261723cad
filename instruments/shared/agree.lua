-- Answers to statements: how much somebody agrees. Higher is more agreement.
-- The words are plain on purpose: they are read aloud, and used on paper beside the question.
local v <const> = require "verbond"

return {
  five = v.answers {
    { 1, nl = "helemaal oneens", en = "strongly disagree" },
    { 2, nl = "oneens", en = "disagree" },
    { 3, nl = "ertussenin", en = "in between" },
    { 4, nl = "eens", en = "agree" },
    { 5, nl = "helemaal eens", en = "strongly agree" },
  },

  -- For whoever finds five too many. One format per round, so both sides use the same words.
  three = v.answers {
    { 1, nl = "nee", en = "no" },
    { 2, nl = "een beetje", en = "a little" },
    { 3, nl = "ja", en = "yes" },
  },
}
