local v <const> = require "verbond"

return v.tests {
  { name = "the card of seven",
    variant = "seven",
    professional = { ["seven.time"] = "done", intention = "Ruimte maken in mijn agenda." },
    expect = { path = { "seven.ask", "seven.goals", "seven.time", "seven.view", "seven.open",
                        "seven.humour", "seven.practical", "intention" },
               missing = { ["seven.ask"] = "skipped" } } },

  { name = "the card of five",
    variant = "five",
    professional = { ["five.match"] = "plan" },
    expect = { path = { "five.match", "five.reflect", "five.time", "five.around", "five.support",
                        "intention" } } },

  { name = "the card of eight",
    variant = "eight",
    professional = { ["eight.clear"] = "later" },
    expect = { path = { "eight.open", "eight.judgment", "eight.stimulate", "eight.clear",
                        "eight.reliable", "eight.reach", "eight.involved", "eight.feedback",
                        "intention" } } },

  { name = "without a choice the three cards follow each other",
    professional = { ["seven.ask"] = "done", ["five.match"] = "done", ["eight.open"] = "done",
                     intention = "Vaker bellen." },
    expect = { missing = { ["eight.feedback"] = "skipped" } } },
}
