-- The fr texts of pulse, translated from nl.
-- Written by `verbond i18n merge`: change the .po file, and merge it again.
-- luacheck: no max line length
return {
  from = "nl",
  ["item/other/client"] = { "Que voulez-vous changer la prochaine fois ?", source = "85312979" },
  ["item/other/help"] = { "Vous pouvez passer.", source = "7a823428" },
  ["item/room/client"] = { "Aujourd'hui, j'ai eu assez de place.", source = "6bab0924" },
  ["item/room/left"] = { "non", source = "18fc1662" },
  ["item/room/professional"] = { "Aujourd'hui, {client} a eu assez de place.", source = "eafb40ff" },
  ["item/room/right"] = { "oui, tout à fait", source = "dcc55872" },
  ["item/use/client"] = { "La rencontre d'aujourd'hui m'est utile.", source = "44950bcb" },
  ["item/use/left"] = { "non", source = "18fc1662" },
  ["item/use/professional"] = { "La rencontre d'aujourd'hui est utile pour {client}.", source = "102c9efb" },
  ["item/use/right"] = { "oui, tout à fait", source = "dcc55872" },
  ["item/way/client"] = { "Je veux encore travailler comme ça.", source = "51348eea" },
  ["item/way/left"] = { "non", source = "18fc1662" },
  ["item/way/professional"] = { "{client} veut encore travailler comme ça.", source = "2537a84d" },
  ["item/way/right"] = { "oui, tout à fait", source = "dcc55872" },
  ["notice"] = { "Ceci n'est pas une échelle de séance publiée. Il n'y a ni points, ni normes, ni seuils.", source = "8243cf19" },
  ["prompt/1"] = { "À quoi le voit-on ?", source = "a130797b" },
  ["prompt/2"] = { "Que faisons-nous pareil la prochaine fois ?", source = "3a1a9604" },
  ["summary"] = { "Trois lignes et une question sur aujourd'hui.", source = "adb20d9d" },
  ["title"] = { "Pouls", source = "0107f689" },
}
