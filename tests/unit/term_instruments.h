/* term_instruments.h - instruments as Lua text, for the tests of the terminal runner and of answer
 * files. */
#ifndef VB_TERM_INSTRUMENTS_H
#define VB_TERM_INSTRUMENTS_H

/* Two roles; a branch on "stuck"; the last question only for the professional. */
static const char *const dyad_lua =
    "local v <const> = require \"verbond\"\n"
    "return v.instrument { id = \"dyad\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\",\n"
    "  title = { nl = \"Proef\", en = \"Trial\" }, languages = { \"nl\", \"en\" },\n"
    "  status = { nl = \"draft\", en = \"draft\" }, respondents = { \"client\", \"professional\" "
    "},\n"
    "  formats = { standard = v.answers { { 1, nl = \"helemaal oneens\", en = \"no\" },\n"
    "    { 2, nl = \"oneens\", en = \"a little\" }, { 3, nl = \"midden\", en = \"half\" },\n"
    "    { 4, nl = \"eens\", en = \"mostly\" }, { 5, nl = \"helemaal eens\", en = \"yes\" } } },\n"
    "  v.scale \"trust\" { title = { nl = \"Vertrouwen\", en = \"Trust\" }, score = \"mean\",\n"
    "    intro = { nl = \"Eerst over vertrouwen.\", en = \"First about trust.\" },\n"
    "    min_answered = 1,\n"
    "    v.likert \"trust.report\" { relation = \"act\",\n"
    "      client = { nl = \"{professional} vertelt mij alles.\", en = \"{professional} tells "
    "me.\" },\n"
    "      professional = { nl = \"Ik vertel {client} alles.\", en = \"I tell {client}.\" } },\n"
    "    v.likert \"trust.word\" { relation = \"act\",\n"
    "      help = { nl = \"Denk aan vorige week.\", en = \"Think of last week.\" },\n"
    "      client = { nl = \"{professional} houdt woord.\", en = \"{professional} keeps it.\" },\n"
    "      professional = { nl = \"Ik houd woord.\", en = \"I keep my word.\" } } },\n"
    "  v.yesno \"stuck\" { text = { nl = \"Zit iets vast?\", en = \"Is something stuck?\" },\n"
    "    required = true },\n"
    "  v.text \"stuck.what\" { text = { nl = \"Wat zit vast?\", en = \"What is stuck?\" }, max = "
    "40,\n"
    "    when = v.is(\"stuck\", true) },\n"
    "  v.text \"plan\" { roles = { \"professional\" },\n"
    "    professional = { nl = \"Wat is je plan?\", en = \"What is your plan?\" } },\n"
    "}\n";

/* One voice, every kind. */
static const char *const kinds_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"kinds\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Soorten\", \"Kinds\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"client\" },\n"
    "  formats = { standard = v.answers { { 1, nl = \"nee\", en = \"no\" },\n"
    "    { 2, nl = \"ja\", en = \"yes\" } } },\n"
    "  v.likert \"likert\" { text = t(\"Likert?\", \"Likert?\") },\n"
    "  v.faces \"faces\" { text = t(\"Gezicht?\", \"Face?\") },\n"
    "  v.vas \"vas\" { text = t(\"Lijn?\", \"Line?\"), left = t(\"links\", \"left\"),\n"
    "    right = t(\"rechts\", \"right\") },\n"
    "  v.yesno \"yesno\" { text = t(\"Ja of nee?\", \"Yes or no?\") },\n"
    "  v.choice \"one\" { text = t(\"Een?\", \"One?\"), other = true, options = {\n"
    "    { id = \"home\", nl = \"thuis\", en = \"home\" }, { id = \"work\", nl = \"werk\", en = "
    "\"work\" } } },\n"
    "  v.choice \"many\" { text = t(\"Meer?\", \"More?\"), max = 2, other = true, options = {\n"
    "    { id = \"home\", nl = \"thuis\", en = \"home\" }, { id = \"work\", nl = \"werk\", en = "
    "\"work\" } } },\n"
    "  v.words \"words\" { text = t(\"Woorden?\", \"Words?\"), max = 3, options = {\n"
    "    { id = \"calm\", nl = \"rustig\", en = \"calm\" } } },\n"
    "  v.text \"text\" { text = t(\"Tekst?\", \"Text?\"), max = 20 },\n"
    "  v.number \"number\" { text = t(\"Getal?\", \"Number?\"), min = 0, max = 10 },\n"
    "  v.date \"date\" { text = t(\"Datum?\", \"Date?\") },\n"
    "  v.draw \"draw\" { text = t(\"Tekening?\", \"Drawing?\"), keep = \"give\" },\n"
    "  v.photo \"photo\" { text = t(\"Foto?\", \"Photo?\"), keep = \"give\" },\n"
    "  v.triangle \"places\" { text = t(\"Waar?\", \"Where?\"), tokens = {\n"
    "    { \"client\", nl = \"cliënt\", en = \"client\" },\n"
    "    { \"medium\", nl = \"muziek\", en = \"music\" },\n"
    "    { \"worker\", nl = \"therapeut\", en = \"therapist\" } } },\n"
    "  v.collage \"collage\" { text = t(\"Beeld?\", \"Picture?\"), keep = \"give\", max = 3, "
    "pieces = {\n"
    "    { \"tree\", nl = \"boom\", en = \"tree\" }, { \"bridge\", nl = \"brug\", en = \"bridge\" "
    "} } },\n"
    "}\n";

/* A family: members about themselves, the professional about each; one private scale. */
static const char *const family_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"family\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Gezin\", \"Family\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"youth\", \"professional\" },\n"
    "  roster = { role = \"youth\", min = 1, max = 8 },\n"
    "  formats = { standard = v.answers { { 1, nl = \"nee\", en = \"no\" },\n"
    "    { 2, nl = \"beetje\", en = \"some\" }, { 3, nl = \"ja\", en = \"yes\" } } },\n"
    "  v.scale \"bond\" { title = t(\"Band\", \"Bond\"), score = \"mean\", about = \"member\",\n"
    "    min_answered = 1,\n"
    "    v.likert \"bond.hear\" { about = \"member\", relation = \"estimate\",\n"
    "      youth = t(\"Ik word gehoord.\", \"I am heard.\"),\n"
    "      professional = t(\"{member} wordt gehoord.\", \"{member} is heard.\") } },\n"
    "  v.scale \"safe\" { title = t(\"Veilig\", \"Safe\"), score = \"mean\", private = "
    "\"worker\",\n"
    "    min_answered = 1, roles = { \"youth\" },\n"
    "    v.likert \"safe.speak\" { relation = \"own\", roles = { \"youth\" },\n"
    "      youth = t(\"Ik zeg wat ik denk.\", \"I say what I think.\") } },\n"
    "  v.text \"promise\" { stage = \"together\", text = t(\"Wat spreken jullie af?\", \"What?\") "
    "},\n"
    "}\n";

/* A policy that keeps no drawing; several of one role without a roster; messages. */
static const char *const unkept_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"unkept\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Los\", \"Loose\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"client\" }, policy = { drawing_keep = false },\n"
    "  v.draw \"draw\" { text = t(\"Tekening?\", \"Drawing?\") },\n"
    "}\n";
static const char *const shown_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"shown\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Kijk\", \"Look\"),\n"
    "  languages = { \"nl\", \"en\" }, respondents = { \"client\" },\n"
    "  v.draw \"draw\" { text = t(\"Tekening?\", \"Drawing?\"), tools = { \"draw\", \"words\" } "
    "},\n"
    "}\n";
static const char *const team_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"team\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Team\", \"Team\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { { role = \"member\", min = 2, max = 6 } },\n"
    "  v.text \"learn\" { text = t(\"Wat leren we?\", \"What do we learn?\") },\n"
    "}\n";
static const char *const says_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"says\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Zegt\", \"Says\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"client\" },\n"
    "  v.yesno \"go\" { text = t(\"Door?\", \"On?\") },\n"
    "  v.say { text = t(\"{client}, even opletten.\", \"{client}, mind.\"),\n"
    "    when = v.is(\"go\", true) },\n"
    "  v.yesno \"more\" { text = t(\"Nog iets?\", \"More?\"), when = v.is(\"go\", true) },\n"
    "  v.say { text = t(\"Dat was het.\", \"That was it.\") },\n"
    "}\n";

/* Somebody else decided that there is contact. */
static const char *const mandated_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"must\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Moet\", \"Must\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"client\", \"professional\" }, mandated = true,\n"
    "  v.yesno \"go\" { text = t(\"Door?\", \"On?\") },\n"
    "}\n";
/* A script that fails after the client's first answer. */
static const char *const failing_lua =
    "local v <const> = require \"verbond\"\n"
    "local function t(nl, en) return { nl = nl, en = en } end\n"
    "return v.instrument { id = \"fails\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
    "  basis = \"own\", source = \"written for a test\", title = t(\"Stuk\", \"Broken\"),\n"
    "  languages = { \"nl\", \"en\" }, status = { nl = \"draft\", en = \"draft\" },\n"
    "  respondents = { \"client\", \"professional\" },\n"
    "  v.yesno \"go\" { text = t(\"Door?\", \"On?\") },\n"
    "  v.yesno \"more\" { text = t(\"Meer?\", \"More?\") },\n"
    "  flow = function(s) if s:ask \"go\" then error(\"no way on\") end s:ask \"more\" end,\n"
    "}\n";

#endif
