local v <const> = require "verbond"

return v.tests {
  { name = "without the client's yes the client's side is never asked",
    professional = { support = { "intervision" }, question = "Hoe houd ik het licht?",
                     ["client.yes"] = false },
    expect = { path = { "support", "question", "client.yes" } } },

  { name = "no answer about that yes is no yes",
    professional = { question = "Hoe houd ik het licht?" },
    expect = { path = { "support", "question", "client.yes" } } },

  { name = "with the client's yes its side may be told in the client's own words",
    professional = { question = "Hoe houd ik het licht?", ["client.yes"] = true,
                     ["client.side"] = { "te veel vragen" } },
    expect = { path = { "support", "question", "client.yes", "client.side" } } },

  { name = "a colleague is asked one thing",
    ["colleague:Noor"] = { answer = { "stilte" } },
    expect = { path = { "answer" } } },
}
