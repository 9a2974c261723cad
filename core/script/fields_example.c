/* What each field looks like when it is written: one line of Lua for docs/reference/lua.md. A test
 * loads every one of them. */
#include "base/str.h"
#include "script/fields.h"

struct example {
    const char *field, *text;
};
#define END                                                                                        \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

static const struct example instrument[] = {
    { "id", "id = \"check-in\"" },
    { "version", "version = \"1.0.0\"" },
    { "licence", "licence = \"CC-BY-4.0\"" },
    { "source", "source = \"own questions of our team\"" },
    { "basis", "basis = \"inspired-by\"" },
    { "title", "title = { nl = \"Even peilen\", en = \"Check in\" }" },
    { "summary", "summary = { nl = \"Drie korte vragen.\", en = \"Three short questions.\" }" },
    { "notice", "notice = { nl = \"Dit is geen test.\", en = \"This is not a test.\" }" },
    { "languages", "languages = { \"nl\", \"en\" }" },
    { "status", "status = { nl = \"reviewed\", en = \"draft\" }" },
    { "respondents", "respondents = { \"client\", { role = \"professional\", optional = true } }" },
    { "roster", "roster = { role = \"youth\", min = 2, max = 8 }" },
    { "formats", "formats = { standard = agree.five, simple = agree.three }" },
    { "forms", "forms = { short = { \"trust.report\", \"stuck\" } }" },
    { "variants", "variants = { music = { title = { nl = \"Muziek\", en = \"Music\" } } }" },
    { "settings",
      "settings = { probation = { place = { nl = \"het kantoor\", en = \"the office\" } } }" },
    { "slots", "slots = { place = { nl = \"hier\", en = \"here\" } }" },
    { "translations", "translations = { en = require \"check-in.en\" }" },
    { "mandated", "mandated = true" },
    { "case", "case = false" },
    { "retain", "retain = \"memory\"" },
    { "duration_min", "duration_min = { 5, 10 }" },
    { "policy", "policy = { emotion_rating = false }" },
    { "talk", "talk = { points = 3 }" },
    { "card", "card = { shows = \"overlap\" }" },
    { "flow", "flow = function(s) if s:ask \"stuck\" then s:ask \"stuck.what\" end end" },
    { "accept", "accept = { [\"short-scale\"] = \"two are enough for a talk\" }" },
    END,
};
static const struct example item[] = {
    { "text", "text = { nl = \"Ons plan is duidelijk.\", en = \"Our plan is clear.\" }" },
    { "help", "help = { nl = \"Denk aan vandaag.\", en = \"Think of today.\" }" },
    { "intro", "intro = { nl = \"Nu over het plan.\", en = \"Now about the plan.\" }" },
    { "relation", "relation = \"estimate\"" },
    { "roles", "roles = { \"client\" }" },
    { "about", "about = \"member\"" },
    { "scored", "scored = false" },
    { "comparable", "comparable = false" },
    { "reverse", "reverse = true" },
    { "required", "required = true" },
    { "when", "when = v.is(\"stuck\", true)" },
    { "variants", "variants = { \"music\" }" },
    { "stage", "stage = \"together\"" },
    { "facet", "facet = \"knowing the plan\"" },
    { "example", "example = \"We look at the paper together.\"" },
    { "accept", "accept = { [\"short-scale\"] = \"two are enough for a talk\" }" },
    END,
};
static const struct example labelled[] = {
    { "answers", "answers = v.answers { { 1, nl = \"nee\", en = \"no\" }, "
                 "{ 2, nl = \"ja\", en = \"yes\" } }" },
    END,
};
static const struct example vas[] = {
    { "left", "left = { nl = \"weinig\", en = \"little\" }" },
    { "right", "right = { nl = \"veel\", en = \"much\" }" },
    END,
};
static const struct example choice[] = {
    { "options", "options = { { id = \"home\", nl = \"thuis\", en = \"at home\" }, "
                 "{ id = \"walk\", nl = \"buiten\", en = \"outside\" } }" },
    { "max", "max = 2" },
    { "other", "other = true" },
    END,
};
static const struct example words[] = {
    { "options", "options = { { id = \"calm\", nl = \"rustig\", en = \"calm\" } }" },
    { "own", "own = false" },
    { "max", "max = 3" },
    END,
};
static const struct example text[] = {
    { "max", "max = 300" },
    END,
};
static const struct example number[] = {
    { "min", "min = 0" },
    { "max", "max = 20" },
    { "integer", "integer = true" },
    END,
};
static const struct example date[] = {
    { "min", "min = \"2020-01-01\"" },
    { "max", "max = \"2030-12-31\"" },
    END,
};
static const struct example picture[] = {
    { "tools", "tools = { \"photo\", \"words\", \"paper\" }" },
    { "keep", "keep = \"until 90\"" },
    { "by", "by = \"way\"" },
    END,
};
static const struct example collage[] = {
    { "pieces", "pieces = { { id = \"tree\", nl = \"boom\", en = \"tree\" }, "
                "{ id = \"bridge\", nl = \"brug\", en = \"bridge\" } }" },
    { "max", "max = 12" },
    { "tools", "tools = { \"photo\", \"paper\" }" },
    { "keep", "keep = \"give\"" },
    END,
};
static const struct example triangle[] = {
    { "tokens", "tokens = { { id = \"client\", nl = \"cliënt\", en = \"client\" }, "
                "{ id = \"professional\", nl = \"therapeut\", en = \"therapist\" }, "
                "{ id = \"medium\", nl = \"muziek\", en = \"music\" } }" },
    END,
};
static const struct example piece[] = {
    { "id", "id = \"tree\"" },
    { "picture", "picture = \"tree.png\"" },
    END,
};
static const struct example token[] = {
    { "id", "id = \"medium\"" },
    END,
};
static const struct example say[] = {
    { "text", "text = { nl = \"Dank je wel.\", en = \"Thank you.\" }" },
    { "when", "when = v.answered(\"stuck\")" },
    { "roles", "roles = { \"client\" }" },
    { "variants", "variants = { \"music\" }" },
    END,
};
static const struct example scale[] = {
    { "title", "title = { nl = \"Vertrouwen\", en = \"Trust\" }" },
    { "score", "score = \"sum\"" },
    { "min_answered", "min_answered = 2" },
    { "negative", "negative = true" },
    { "comparable", "comparable = false" },
    { "roles", "roles = { \"client\" }" },
    { "about", "about = \"member\"" },
    { "private", "private = \"worker\"" },
    { "intro", "intro = { nl = \"Nu over vertrouwen.\", en = \"Now about trust.\" }" },
    { "reference", "reference = { mean = 3.9, sd = 0.6, n = 120, source = \"Author 2020\" }" },
    { "accept", "accept = { [\"short-scale\"] = \"two are enough for a talk\" }" },
    END,
};
static const struct example total[] = {
    { "title", "title = { nl = \"Samen\", en = \"Together\" }" },
    { "of", "of = { \"trust\", \"bond\" }" },
    { "score", "score = \"sum\"" },
    END,
};
static const struct example include[] = {
    { "form", "form = \"short\"" },
    { "optional", "optional = false" },
    END,
};
static const struct example respondent[] = {
    { "role", "role = \"professional\"" },
    { "optional", "optional = true" },
    { "min", "min = 1" },
    { "max", "max = 3" },
    END,
};
static const struct example roster[] = {
    { "role", "role = { \"youth\", \"parent\" }" },
    { "min", "min = 2" },
    { "max", "max = 8" },
    END,
};
static const struct example policy[] = {
    { "free_text", "free_text = false" },
    { "drawing_keep", "drawing_keep = false" },
    { "emotion_rating", "emotion_rating = false" },
    { "retention", "retention = false" },
    END,
};
static const struct example talk[] = {
    { "points", "points = 3" },
    { "prompts", "prompts = { { nl = \"Een voorbeeld?\", en = \"An example?\" } }" },
    END,
};
static const struct example card[] = {
    { "shows", "shows = \"overlap\"" },
    { "roles", "roles = { \"professional\" }" },
    { "min_group", "min_group = 4" },
    END,
};
static const struct example campaign[] = {
    { "convenor", "convenor = \"convenor\"" },
    { "member", "member = \"member\"" },
    { "text", "text = { nl = \"Houd een gesprek.\", en = \"Hold one talk.\" }" },
    { "before", "before = \"before\"" },
    { "held", "held = \"held\"" },
    { "next", "next = \"next.date\"" },
    { "min_group", "min_group = 4" },
    END,
};
static const struct example variant[] = {
    { "title", "title = { nl = \"Muziek\", en = \"Music\" }" },
    { "slots", "slots = { place = { nl = \"de studio\", en = \"the studio\" } }" },
    { "policy", "policy = { free_text = false }" },
    END,
};
static const struct example answer[] = {
    { "picture", "picture = \"no.png\"" },
    END,
};
static const struct example option[] = {
    { "id", "id = \"walk\"" },
    { "value", "value = 2" },
    { "picture", "picture = \"walk.png\"" },
    END,
};
static const struct example reference[] = {
    { "sd", "sd = 0.6" },
    { "alpha", "alpha = 0.8" },
    { "mean", "mean = 3.9" },
    { "source", "source = \"Author 2020\"" },
    { "sample", "sample = \"adults in a first year\"" },
    { "n", "n = 120" },
    END,
};
static const struct example test[] = {
    { "name", "name = \"too few answers give no score\"" },
    { "expect", "expect = { scale = { trust = v.none } }" },
    END,
};

/* By the constructor's name, so that those that share fields share examples. */
static const struct {
    const char *constructor;
    const struct example *examples;
} all[] = {
    { "instrument", instrument },
    { "likert", labelled },
    { "faces", labelled },
    { "vas", vas },
    { "choice", choice },
    { "words", words },
    { "text", text },
    { "number", number },
    { "date", date },
    { "draw", picture },
    { "photo", picture },
    { "collage", collage },
    { "triangle", triangle },
    { "piece", piece },
    { "token", token },
    { "say", say },
    { "scale", scale },
    { "total", total },
    { "include", include },
    { "respondents", respondent },
    { "roster", roster },
    { "policy", policy },
    { "talk", talk },
    { "card", card },
    { "campaign", campaign },
    { "variants", variant },
    { "answer", answer },
    { "option", option },
    { "reference", reference },
    { "test", test },
};

static const char *find(const struct example *examples, const char *field)
{
    for (; examples->field != NULL; examples++)
        if (vb_streq(examples->field, field))
            return examples->text;
    return NULL;
}

const char *vb_field_example(const struct vb_constructor *constructor, const char *field)
{
    if (constructor == NULL)
        return find(item, field);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (vb_streq(all[i].constructor, constructor->name))
            return find(all[i].examples, field);
    return NULL;
}
