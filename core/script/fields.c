/* The table itself. Its words are read by authors: docs/reference/lua.md is printed from it. */
#include "script/fields.h"

#include <stddef.h>

#define STRING(name, fallback, help)                                                               \
    {                                                                                              \
        name, VB_FIELD_STRING, NULL, fallback, help                                                \
    }
#define TEXT(name, fallback, help)                                                                 \
    {                                                                                              \
        name, VB_FIELD_TEXT, NULL, fallback, help                                                  \
    }
#define BOOL(name, fallback, help)                                                                 \
    {                                                                                              \
        name, VB_FIELD_BOOL, NULL, fallback, help                                                  \
    }
#define INT(name, fallback, help)                                                                  \
    {                                                                                              \
        name, VB_FIELD_INT, NULL, fallback, help                                                   \
    }
#define NUMBER(name, fallback, help)                                                               \
    {                                                                                              \
        name, VB_FIELD_NUMBER, NULL, fallback, help                                                \
    }
#define WORD(name, words, fallback, help)                                                          \
    {                                                                                              \
        name, VB_FIELD_WORD, words, fallback, help                                                 \
    }
#define NAMES(name, fallback, help)                                                                \
    {                                                                                              \
        name, VB_FIELD_NAMES, NULL, fallback, help                                                 \
    }
#define TABLE(name, form, fallback, help)                                                          \
    {                                                                                              \
        name, VB_FIELD_TABLE, form, fallback, help                                                 \
    }
#define ANY(name, form, fallback, help)                                                            \
    {                                                                                              \
        name, VB_FIELD_ANY, form, fallback, help                                                   \
    }
#define ACCEPT                                                                                     \
    TABLE("accept", "{ [\"code\"] = \"reason\" }", NULL,                                           \
          "warnings of verbond check that are wrong here, each with the reason")
#define END                                                                                        \
    {                                                                                              \
        NULL, VB_FIELD_ANY, NULL, NULL, NULL                                                       \
    }

static const struct vb_field instrument[] = {
    STRING("id", "required", "lower-case name, the same as its folder's"),
    STRING("version", "required", "1.2.3, or 1.2.3-dev while it may still change freely"),
    STRING("licence", "required", "how others may use it, such as CC-BY-4.0"),
    STRING("source", "required", "where the questions come from, in a sentence"),
    WORD("basis", "own inspired-by licensed", "required", "whose work the questions are"),
    TEXT("title", "required", "as people see it"),
    TEXT("summary", NULL, "a line or two on what it is; the opening screen begins with it"),
    TEXT("notice", NULL,
         "what it is not, in exact words, such as which published instrument; in the sheet's "
         "footer"),
    NAMES("languages", "required", "tags such as nl, nl-BE, en; the first is the default"),
    TABLE("status", "{ nl = word }: draft, reviewed or field-tested", "draft",
          "how far each "
          "language was "
          "tried"),
    TABLE("translations", "{ fr = require \"NAME.fr\" }", NULL,
          "texts that stand in a file a language, as `verbond i18n merge` writes it"),
    ANY("respondents", "names, or { role, optional, min, max }", "required",
        "who answers, in the order of the sheet"),
    TABLE("roster", "{ role, min, max }", NULL, "members of a family or a group"),
    TABLE("formats", "{ name = answers }", NULL,
          "sets of answers a round chooses from; standard is needed and comes first"),
    TABLE("forms", "{ name = { item ids } }", NULL,
          "shorter or other choices of the items, and nothing else; an include's as NAME.id"),
    TABLE("variants", "{ name = { title, slots, policy } }", NULL,
          "the same instrument in other words"),
    TABLE("settings", "{ name = { slot = text } }", NULL, "an organisation's own words for slots"),
    TABLE("slots", "{ name = text }", NULL,
          "words filled into texts beside {client}, {professional}, {member}"),
    BOOL("mandated", "false", "the opening screen says what must be reported"),
    BOOL("case", "true", "false: no case and no link to a person (team, intervision)"),
    WORD("retain", "keep memory none", "keep",
         "memory: keys are lost at stop; none: nothing is written"),
    TABLE("duration_min", "{ from, to }", NULL, "minutes it takes"),
    TABLE("policy", "{ free_text, drawing_keep, emotion_rating, retention }", NULL,
          "what the engine refuses to ask or keep"),
    TABLE("talk", "{ points, prompts }", NULL, "how the talk guide on the sheet is made"),
    ACCEPT,
    TABLE("card", "{ shows, roles, min_group }", NULL,
          "the round ends in a card without persons instead of a sheet of voices"),
    { "flow", VB_FIELD_FUNCTION, NULL, NULL,
      "function(s): asks in an order of its own; then no when, no v.each" },
    END,
};

const struct vb_field vb_item_fields[] = {
    TEXT("text", NULL,
         "the question; or one text a role: client = { ... }, professional = { ... }"),
    TEXT("help", NULL, "a line under the question"),
    TEXT("intro", NULL, "a line before the question"),
    WORD("relation", "same estimate act own", "same",
         "what the two sides have to do with each other; decides the words on the sheet"),
    NAMES("roles", "all", "who is asked"),
    WORD("about", "member", NULL,
         "a member answers it once of itself, somebody outside the roster once for each member who "
         "is "
         "asked it too"),
    BOOL("scored", "true", "false keeps its place in the scale, not its score"),
    BOOL("comparable", "true", "false: shown side by side, never compared"),
    BOOL("reverse", "false", "counts the other way round in its scale"),
    BOOL("required", "false", "cannot be skipped"),
    { "when", VB_FIELD_CONDITION, NULL, NULL, "asked only while this condition holds" },
    NAMES("variants", "all", "asked only in these variants"),
    WORD("stage", "apart together", "apart", "together: asked of the round after release"),
    STRING("facet", NULL, "what it is about, in a few words, for translators"),
    STRING("example", NULL, "an answer as somebody might give it"),
    ACCEPT,
    END,
};

static const struct vb_field labelled[] = {
    { "answers", VB_FIELD_ANSWERS, NULL, "the round's format", "its own labelled answers" },
    END,
};
static const struct vb_field vas[] = {
    TEXT("left", NULL, "the word at the left end"),
    TEXT("right", NULL, "the word at the right end"),
    END,
};
static const struct vb_field choice[] = {
    TABLE("options", "{ { id, value, texts }, ... }", "required", "what can be chosen"),
    INT("max", "1", "how many may be chosen"),
    BOOL("other", "false", "own words may be given"),
    END,
};
static const struct vb_field words[] = {
    TABLE("options", "{ { id, texts }, ... }", NULL, "words to pick from"),
    BOOL("own", "true", "own words may be given"),
    INT("max", "10", "how many words at most"),
    END,
};
static const struct vb_field text[] = {
    INT("max", "2000", "characters, 10000 at most"),
    END,
};
static const struct vb_field number[] = {
    NUMBER("min", NULL, "smallest; scored only with min and max"),
    NUMBER("max", NULL, "largest"),
    BOOL("integer", "false", "whole numbers only; else up to three decimals"),
    END,
};
static const struct vb_field date[] = {
    STRING("min", NULL, "first day, as 2026-11-21"),
    STRING("max", NULL, "last day"),
    END,
};
static const struct vb_field picture[] = {
    NAMES("tools", "draw, photo, words, paper (v.photo: without draw)",
          "how it may be given, beside leaving it on paper"),
    ANY("keep", "\"none\", \"give\", \"until 90\" (days), \"ask\", or \"ask 90\"", "none",
        "none: it is shown and checked, nothing of it is stored; give: it is kept 30 days, so that "
        "the person can take it along; until 90: it is kept so many days. Then it is erased. ask: "
        "whoever gives it chooses each time, and it is not kept unless they say so; ask 90: they "
        "may also have it kept so many days"),
    STRING("by", NULL,
           "the id of a choice asked earlier, its options called as tools: only the way that was "
           "chosen there is offered then"),
    END,
};
static const struct vb_field collage[] = {
    TABLE("pieces", "{ { id, texts, picture }, ... }", NULL,
          "what it can be made of; each may be used more than once"),
    INT("max", "24", "how many pieces may be placed, 200 at most"),
    NAMES("tools", "photo, words, paper", "how it may be given beside its pieces"),
    ANY("keep", "\"none\", \"give\", \"until 90\" (days), \"ask\", or \"ask 90\"", "none",
        "none: pieces and photo are shown and checked, nothing of them is stored; give, until 90: "
        "a photo is kept so long, as of v.draw, and pieces stay as long as the other answers; ask, "
        "ask 90: as of v.draw, pieces only with ask 90"),
    END,
};
static const struct vb_field triangle[] = {
    TABLE("tokens", "{ { id, texts }, ... }", "required",
          "the three that get a place, such as client, professional and medium"),
    END,
};
static const struct vb_field say[] = {
    TEXT("text", "required", "the message"),
    { "when", VB_FIELD_CONDITION, NULL, NULL, "shown only while this condition holds" },
    NAMES("roles", "all", "who sees it"),
    NAMES("variants", "all", "only in these variants"),
    END,
};
static const struct vb_field scale[] = {
    TEXT("title", "required", "as people see it"),
    WORD("score", "mean sum", "mean", "how answers become one number"),
    INT("min_answered", "2 of 2, 3 of 4, 4 of 5, then 80 %",
        "fewer answers give no score; for the whole scale, shorter forms follow the default"),
    BOOL("negative", "false", "friction: shown apart, in no total with other scales"),
    BOOL("comparable", "true", "false: never set off one side against the other"),
    NAMES("roles", "all", "who answers it, for items that say nothing else"),
    WORD("about", "member", NULL, "gives its items the same"),
    WORD("private", "none worker research", "none",
         "worker: after the person's own yes on the sheet --for professional; research: nowhere"),
    TEXT("intro", NULL, "a line before its first question"),
    TABLE("reference", "{ sd, alpha, mean, source, sample, n }", NULL,
          "published figures; source is needed"),
    ACCEPT,
    END,
};
static const struct vb_field total[] = {
    TEXT("title", "its id", "as people see it"),
    NAMES("of", "required", "scales it adds up; all negative or none"),
    WORD("score", "mean sum", "mean", "how the scales become one number"),
    END,
};
static const struct vb_field include[] = {
    STRING("form", "all its items", "only the items of this form"),
    BOOL("optional", "true", "off unless the round is started --with its name"),
    END,
};

static const struct vb_field campaign[] = {
    STRING("convenor", "required", "the role that asks the others, and sees how many did"),
    STRING("member", "required", "the role of the team's members; its max is the largest team"),
    TEXT("text", "required", "the invitation; each member reads it before the first question"),
    STRING("before", "required", "a v.date for the convenor alone: before which day"),
    STRING("held", "required", "a v.yesno for the members alone: did you hold it? Only counted"),
    STRING("next", NULL, "a v.date of stage together: the day of the next one"),
    INT("min_group", "4", "so many members must share before the card shows any word; 3 at least"),
    END,
};

static const struct vb_field respondent[] = {
    STRING("role", "required", "its name; may also stand first without a name"),
    BOOL("optional", "false", "the round can do without"),
    INT("min", "1, or 0 when optional; in a roster the roster's", "how many persons at least"),
    INT("max", "min, at least 1; in a roster the roster's",
        "how many persons at most; never more than the roster"),
    END,
};
static const struct vb_field roster[] = {
    ANY("role", "a name or a list of names", "required",
        "one of the respondents, or several: { \"youth\", \"parent\" }"),
    INT("min", "1", "how many members at least"),
    INT("max", "12", "how many members at most"),
    END,
};
static const struct vb_field policy[] = {
    BOOL("free_text", "true", "false: no text questions and no own words"),
    BOOL("drawing_keep", "true", "false: no drawing, photo or collage is kept"),
    BOOL("emotion_rating", "true", "false: no faces"),
    BOOL("retention", "true", "false: nothing of its rounds is kept, as with retain = \"none\""),
    END,
};
static const struct vb_field talk[] = {
    INT("points", "the engine's own number", "most points in each list"),
    TABLE("prompts", "{ text, ... }", NULL, "questions that help to talk on"),
    END,
};
static const struct vb_field card[] = {
    WORD("shows", "words overlap topics", "words",
         "words: all words by question, without names; overlap: first what several said; topics: "
         "what there is to talk about, and of the answers nothing"),
    NAMES("roles", "all", "whose words are gathered; others keep their own voice on the card"),
    INT("min_group", "1", "so many of them must share before any word is shown"),
    END,
};
static const struct vb_field variant[] = {
    TEXT("title", "required", "as people see it, behind the title of the instrument"),
    TABLE("slots", "{ name = text }", NULL, "its words for slots"),
    TABLE("policy", "{ free_text, drawing_keep, emotion_rating, retention }", NULL,
          "beside the instrument's own; the stricter holds"),
    END,
};
static const struct vb_field answer[] = {
    STRING("picture", NULL,
           "an image file that lies beside instrument.lua; not in the digest; a terminal shows the "
           "text only"),
    END,
};
static const struct vb_field option[] = {
    STRING("id", "required", "what is stored; may also stand first without a name"),
    INT("value", NULL, "its score; needed for all when the question is scored"),
    STRING("picture", NULL,
           "an image file that lies beside instrument.lua; not in the digest; a terminal shows the "
           "text only"),
    END,
};
static const struct vb_field piece[] = {
    STRING("id", "required", "what is stored; may also stand first without a name"),
    STRING("picture", NULL,
           "an image file that lies beside instrument.lua; not in the digest; terminal and sheet "
           "show the text"),
    END,
};
static const struct vb_field token[] = {
    STRING("id", "required", "what is stored; may also stand first without a name"),
    END,
};
static const struct vb_field reference[] = {
    ANY("sd", "number", NULL, "standard deviation"),
    ANY("alpha", "number", NULL, "internal consistency"),
    ANY("mean", "number", NULL, "mean"),
    STRING("source", "required", "the publication"),
    STRING("sample", NULL, "who took part"),
    ANY("n", "number", NULL, "how many"),
    END,
};
static const struct vb_field test[] = {
    STRING("name", "required", "a sentence that says what holds"),
    TABLE("expect", "{ path, scale, missing, talk }", NULL, "what must come out"),
    END,
};

#define ITEM(id, name, fields, help, example)                                                      \
    [id] = { id, name, VB_SHAPE_ID, true, fields, help, example }
#define MAKE(id, name, shape, fields, help, example)                                               \
    [id] = { id, name, shape, false, fields, help, example }
#define PLAIN(id, name, fields, help, example)                                                     \
    [id] = { id, name, VB_SHAPE_PLAIN, false, fields, help, example }

const struct vb_constructor vb_constructors[VB_CONSTRUCTOR_COUNT] = {
    MAKE(VB_MAKE_INSTRUMENT, "instrument", VB_SHAPE_TABLE, instrument,
         "What instrument.lua returns: these fields, then questions, scales, totals in order.",
         "return v.instrument {\n"
         "  id = \"check-in\", version = \"1.0.0\", licence = \"CC-BY-4.0\",\n"
         "  basis = \"own\", source = \"own questions\",\n"
         "  title = { nl = \"Even peilen\", en = \"Check in\" },\n"
         "  languages = { \"nl\", \"en\" }, respondents = { \"client\", \"professional\" },\n"
         "  v.text \"today\" { text = { nl = \"Hoe ging het?\", en = \"How did it go?\" } },\n"
         "}"),
    ITEM(VB_MAKE_LIKERT, "likert", labelled, "A statement with labelled answers.",
         "v.likert \"trust.report\" { relation = \"act\",\n"
         "  client       = { nl = \"{professional} vertelt mij wat in het verslag komt.\",\n"
         "                   en = \"{professional} tells me what goes into the report.\" },\n"
         "  professional = { nl = \"Ik vertel {client} wat in het verslag komt.\",\n"
         "                   en = \"I tell {client} what goes into the report.\" } }"),
    ITEM(VB_MAKE_FACES, "faces", labelled, "As likert, its answers shown as faces.",
         "v.faces \"safe\" { text = { nl = \"Is het hier fijn?\", en = \"Is it nice here?\" } }"),
    ITEM(VB_MAKE_VAS, "vas", vas, "A line to put a mark on: 0 to 1000.",
         "v.vas \"room\" { text = { nl = \"Ruimte vandaag\", en = \"Room today\" },\n"
         "  left = { nl = \"weinig\", en = \"little\" }, right = { nl = \"veel\", en = \"much\" } "
         "}"),
    ITEM(VB_MAKE_YESNO, "yesno", NULL, "Yes or no; scored 1 and 0.",
         "v.yesno \"stuck\" { text = { nl = \"Zitten jullie vast?\", en = \"Are you stuck?\" } }"),
    ITEM(VB_MAKE_CHOICE, "choice", choice, "One or several of a list.",
         "v.choice \"place\" { text = { nl = \"Waar?\", en = \"Where?\" }, options = {\n"
         "  { id = \"home\", nl = \"thuis\", en = \"at home\" },\n"
         "  { id = \"walk\", nl = \"wandelend\", en = \"on a walk\" } } }"),
    ITEM(VB_MAKE_WORDS, "words", words, "Key words, own ones or from a list.",
         "v.words \"strong\" { max = 3, text = { nl = \"Drie woorden\", en = \"Three words\" } }"),
    ITEM(VB_MAKE_TEXT, "text", text, "An open question.",
         "v.text \"going.well\" { text = { nl = \"Wat gaat goed?\", en = \"What goes well?\" } }"),
    ITEM(VB_MAKE_NUMBER, "number", number, "A number.",
         "v.number \"talks\" { min = 0, max = 20, integer = true,\n"
         "  text = { nl = \"Hoeveel gesprekken?\", en = \"How many talks?\" } }"),
    ITEM(VB_MAKE_DATE, "date", date, "A day.",
         "v.date \"since\" { text = { nl = \"Sinds wanneer?\", en = \"Since when?\" } }"),
    ITEM(VB_MAKE_DRAW, "draw", picture, "A drawing, or a photo, key words, paper instead.",
         "v.draw \"well\" { keep = \"give\",\n"
         "  text = { nl = \"Teken wat goed gaat.\", en = \"Draw what goes well.\" } }"),
    ITEM(VB_MAKE_PHOTO, "photo", picture, "A photo, of paper for instance.",
         "v.photo \"sheet\" { text = { nl = \"Foto van het vel\", en = \"Photo of the paper\" } }"),
    ITEM(VB_MAKE_COLLAGE, "collage", collage,
         "A picture made of pieces, each at a place and turned; or a photo, key words, paper "
         "instead. "
         "Often made together, after the release.",
         "v.collage \"ours\" { stage = \"together\", keep = \"give\",\n"
         "  text = { nl = \"Maak samen een beeld.\", en = \"Make a picture together.\" },\n"
         "  pieces = { { id = \"tree\", nl = \"boom\", en = \"tree\" },\n"
         "             { id = \"bridge\", nl = \"brug\", en = \"bridge\" } } }"),
    ITEM(VB_MAKE_TRIANGLE, "triangle", triangle,
         "Three tokens, each put somewhere in a plane. Shown side by side; never scored, compared "
         "or "
         "explained.",
         "v.triangle \"places\" { text = { nl = \"Leg ze neer.\", en = \"Put them down.\" }, "
         "tokens = {\n"
         "  { id = \"client\", nl = \"cliënt\", en = \"client\" },\n"
         "  { id = \"professional\", nl = \"therapeut\", en = \"therapist\" },\n"
         "  { id = \"medium\", nl = \"muziek\", en = \"music\" } } }"),
    MAKE(VB_MAKE_SAY, "say", VB_SHAPE_TABLE, say, "A message between questions; no answer.",
         "v.say { when = v.is(\"stuck\", true),\n"
         "  text = { nl = \"Dank je.\", en = \"Thank you.\" } }"),
    MAKE(VB_MAKE_SCALE, "scale", VB_SHAPE_ID, scale, "A dimension: questions with one score.",
         "v.scale \"trust\" { title = { nl = \"Vertrouwen\", en = \"Trust\" }, min_answered = 2,\n"
         "  v.likert \"trust.word\" {\n"
         "    text = { nl = \"Wij doen wat is afgesproken.\", en = \"We do as agreed.\" } },\n"
         "  v.likert \"trust.time\" {\n"
         "    text = { nl = \"Er is genoeg tijd.\", en = \"There is enough time.\" } } }"),
    MAKE(VB_MAKE_TOTAL, "total", VB_SHAPE_ID, total, "Scales together.",
         "v.total \"alliance\" { of = { \"trust\", \"bond\" } }"),
    MAKE(VB_MAKE_EACH, "each", VB_SHAPE_ID, NULL,
         "Every respondent answers what is inside for each member. The id is always \"member\".",
         "v.each \"member\" {\n"
         "  v.likert \"heard\" {\n"
         "    text = { nl = \"Ik luister naar {member}.\", en = \"I listen to {member}.\" } } }"),
    MAKE(VB_MAKE_INCLUDE, "include", VB_SHAPE_ID, include,
         "Another instrument's questions here; its ids get the prefix NAME. One level deep.",
         "v.include \"strengths\" { form = \"short\" }"),
    MAKE(VB_MAKE_CAMPAIGN, "campaign", VB_SHAPE_ID, campaign,
         "A team, each member of which holds one talk before a day; then the questions, and a card "
         "of words without names.",
         "v.campaign \"dialogue\" { convenor = \"convenor\", member = \"member\",\n"
         "  before = \"before\", held = \"held\", next = \"next.date\", min_group = 4,\n"
         "  text = { nl = \"Houd een gesprek met een cliënt.\", en = \"Hold a talk with a "
         "client.\" } }"),
    MAKE(VB_MAKE_ANSWERS, "answers", VB_SHAPE_TABLE, NULL,
         "Labelled answers in order: { value, nl = , en = , picture = }.",
         "local agree = v.answers {\n"
         "  { 1, nl = \"nee\", en = \"no\" },\n"
         "  { 2, nl = \"een beetje\", en = \"a little\" },\n"
         "  { 3, nl = \"ja\", en = \"yes\" } }"),
    MAKE(VB_MAKE_IS, "is", VB_SHAPE_ARGS, NULL,
         "v.is(id, value): the answer is this value, or has it among several; a choice by its "
         "option's id.",
         "when = v.is(\"stuck\", true)"),
    MAKE(VB_MAKE_BELOW, "below", VB_SHAPE_ARGS, NULL, "v.below(id, number): the answer is less.",
         "when = v.below(\"room\", 400)"),
    MAKE(VB_MAKE_ABOVE, "above", VB_SHAPE_ARGS, NULL, "v.above(id, number): the answer is more.",
         "when = v.above(\"talks\", 3)"),
    MAKE(VB_MAKE_BETWEEN, "between", VB_SHAPE_ARGS, NULL,
         "v.between(id, low, high): the answer lies there, both ends included.",
         "when = v.between(\"room\", 400, 600)"),
    MAKE(VB_MAKE_ANSWERED, "answered", VB_SHAPE_ARGS, NULL, "v.answered(id): there is an answer.",
         "when = v.answered(\"going.well\")"),
    MAKE(VB_MAKE_ALL, "all", VB_SHAPE_TABLE, NULL, "Every one of these conditions holds.",
         "when = v.all { v.is(\"stuck\", true), v.below(\"room\", 400) }"),
    MAKE(VB_MAKE_ANY, "any", VB_SHAPE_TABLE, NULL, "At least one of these holds.",
         "when = v.any { v.is(\"stuck\", true), v.below(\"room\", 400) }"),
    MAKE(VB_MAKE_NEITHER, "neither", VB_SHAPE_TABLE, NULL, "None of these holds.",
         "when = v.neither { v.is(\"stuck\", true) }"),
    MAKE(VB_MAKE_TESTS, "tests", VB_SHAPE_TABLE, NULL,
         "What tests.lua returns: a list of cases, each with answers by role.",
         "return v.tests {\n"
         "  { name = \"too few answers give no score\", client = { [\"trust.report\"] = 5 },\n"
         "    expect = { scale = { trust = v.none } } } }"),
    MAKE(VB_MAKE_NONE, "none", VB_SHAPE_VALUE, NULL, "In tests.lua: no score.",
         "expect = { scale = { trust = v.none } }"),
    MAKE(VB_MAKE_UNKNOWN, NULL, VB_SHAPE_ID, NULL, NULL, NULL),
    PLAIN(VB_PLAIN_RESPONDENT, "respondents", respondent, "One of respondents.",
          "respondents = { \"client\", { role = \"professional\", optional = true } }"),
    PLAIN(VB_PLAIN_ROSTER, "roster", roster, "roster: who the members are.",
          "roster = { role = { \"youth\", \"parent\" }, min = 2, max = 8 }"),
    PLAIN(VB_PLAIN_POLICY, "policy", policy, "policy, of the instrument or a variant.",
          "policy = { emotion_rating = false }"),
    PLAIN(VB_PLAIN_TALK, "talk", talk, "talk.",
          "talk = { points = 3, prompts = { { nl = \"Een voorbeeld?\", en = \"An example?\" } } }"),
    PLAIN(VB_PLAIN_CARD, "card", card, "card. v.campaign makes its own.",
          "card = { shows = \"overlap\", min_group = 2 }"),
    PLAIN(VB_PLAIN_VARIANT, "variants", variant, "One of variants.",
          "variants = { music = { title = { nl = \"Muziek\", en = \"Music\" },\n"
          "  slots = { medium = { nl = \"muziek\", en = \"music\" } } } }"),
    PLAIN(VB_PLAIN_ANSWER, "answer", answer,
          "One of v.answers: its value first, then a text a language.",
          "{ 1, nl = \"nee\", en = \"no\", picture = \"no.png\" }"),
    PLAIN(VB_PLAIN_OPTION, "option", option, "One of options, with a text a language.",
          "{ id = \"walk\", value = 2, nl = \"wandelend\", en = \"on a walk\" }"),
    PLAIN(VB_PLAIN_PIECE, "piece", piece, "One of pieces, with a text a language.",
          "{ id = \"tree\", nl = \"boom\", en = \"tree\", picture = \"tree.png\" }"),
    PLAIN(VB_PLAIN_TOKEN, "token", token, "One of the three tokens, with a text a language.",
          "{ id = \"medium\", nl = \"muziek\", en = \"music\" }"),
    PLAIN(VB_PLAIN_REFERENCE, "reference", reference, "reference of a scale.",
          "reference = { mean = 3.9, sd = 0.6, n = 120, source = \"Author 2020\" }"),
    PLAIN(VB_PLAIN_TEST, "test", test,
          "One of v.tests; beside these the keys of an answer file (client, @release, ...).",
          "{ name = \"far apart is something to talk about\",\n"
          "  client = { [\"trust.report\"] = 1 }, professional = { [\"trust.report\"] = 5 },\n"
          "  expect = { talk = { differ = { \"trust.report\" } } } }"),
};
