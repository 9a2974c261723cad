-- The ar texts of pulse, translated from nl.
-- Written by `verbond i18n merge`: change the .po file, and merge it again.
-- luacheck: no max line length
return {
  from = "nl",
  ["item/other/client"] = { "ما الذي يمكن تغييره في المرة القادمة؟", source = "85312979" },
  ["item/other/help"] = { "يمكن تخطي هذا السؤال.", source = "7a823428" },
  ["item/room/client"] = { "كانت لي مساحة كافية اليوم.", source = "6bab0924" },
  ["item/room/left"] = { "لا", source = "18fc1662" },
  ["item/room/professional"] = { "كانت هناك مساحة كافية اليوم لـ {client}.", source = "eafb40ff" },
  ["item/room/right"] = { "نعم، تمامًا", source = "dcc55872" },
  ["item/use/client"] = { "لقاء اليوم مفيد لي.", source = "44950bcb" },
  ["item/use/left"] = { "لا", source = "18fc1662" },
  ["item/use/professional"] = { "لقاء اليوم مفيد لـ {client}.", source = "102c9efb" },
  ["item/use/right"] = { "نعم، تمامًا", source = "dcc55872" },
  ["item/way/client"] = { "أريد أن نعمل هكذا مرة أخرى.", source = "51348eea" },
  ["item/way/left"] = { "لا", source = "18fc1662" },
  ["item/way/professional"] = { "العمل هكذا مرة أخرى هو رغبة {client}.", source = "2537a84d" },
  ["item/way/right"] = { "نعم، تمامًا", source = "dcc55872" },
  ["notice"] = { "هذا ليس مقياسًا منشورًا للجلسات. لا توجد نقاط ولا معايير ولا حدود.", source = "8243cf19" },
  ["prompt/1"] = { "ما الذي يدل على ذلك؟", source = "a130797b" },
  ["prompt/2"] = { "ما الذي نكرره في المرة القادمة؟", source = "3a1a9604" },
  ["summary"] = { "ثلاثة خطوط وسؤال واحد عن اليوم.", source = "adb20d9d" },
  ["title"] = { "النبض", source = "0107f689" },
}
