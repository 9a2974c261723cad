/* Dutch words to look for. Short lists on purpose: a word here should nearly always be right to
 * tell of, and the author can accept the rest. */
#include "lint/wording.h"

#include <stddef.h>

static const char *const negations[] = { "niet",    "geen",    "nooit", "niets",      "niks",
                                         "niemand", "nergens", "noch",  "nauwelijks", NULL };

static const char *const absolutes[] = { "altijd",      "elke keer",  "iedere keer", "telkens weer",
                                         "voortdurend", "alle keren", NULL };

static const char *const figures[] = {
    "dwarszit",
    "dwars zit",
    "zit dwars",
    "dezelfde kant op",
    "in de weg",
    "uit de weg",
    "op één lijn",
    "op een lijn",
    "de draad kwijt",
    "steuntje in de rug",
    "over de streep",
    "tegen de haren in",
    "op de lange baan",
    "er bovenop",
    "loopt vast",
    "loop vast",
    "vastloopt",
    "vastlopen",
    "klem zit",
    "zit klem",
    "in het diepe",
    "aan de bel",
    "het roer om",
    "de vinger op",
    "de boot af",
    "het heft in",
    "in mijn vel",
    "op mijn tenen",
    "geen blad voor de mond",
    "de kar trekken",
    "trekt de kar",
    "op weg helpt",
    "achter mij staat",
    "staat achter mij",
    "staat achter me",
    "de lucht klaart",
    "onder druk zet",
    "zet mij onder druk",
    "de ruimte krijg",
    "op de rem",
    "een stap terug",
    "met de neus op",
    "onder de knie",
    "de moed in de schoenen",
    "rode draad",
    "vinger aan de pols",
    "op het goede spoor",
    "op een goed spoor",
    "een band scheppen",
    "aan de hand",
    NULL,
};

static const char *const joins[] = { "en", "of", "maar", "terwijl", "én", NULL };
static const char *const whole_joins[] = {
    "wie of wat",     "af en toe",    "min of meer", "ja of nee",
    "meer of minder", "dag en nacht", "een of twee", "één of twee",
    "hier en daar",   "meer en meer", NULL
};
static const char *const pair_heads[] = { "tussen", "zowel", NULL };
static const char *const whether_heads[] = { "weet",    "weten", "vraag", "vraagt", "vragen",
                                             "merk",    "merkt", "zie",   "ziet",   "bepaal",
                                             "bepaalt", "kijk",  "kijkt", "kies",   "kiest",
                                             "zeg",     "zegt",  "hoor",  "hoort",  NULL };
static const char *const persons[] = { "ik", "mij", "me",     "jij", "je",   "jou",
                                       "u",  "hij", "zij",    "hem", "haar", "wij",
                                       "we", "ons", "jullie", "hen", NULL };

static const char *const hard[] = {
    "moeilijk",    "moeilijke",   "lastig",     "lastige",    "moeizaam",   "stroef",
    "vervelend",   "vervelende",  "bang",       "boos",       "verdrietig", "oneens",
    "onzeker",     "onduidelijk", "onveilig",   "eenzaam",    "gedoe",      "ruzie",
    "tegenzin",    "twijfel",     "slecht",     "slechte",    "saai",       "zwaar",
    "vermoeiend",  "stress",      "verward",    "verwarrend", "oneerlijk",  "gedwongen",
    "opdringerig", "wantrouw",    "wantrouwen", "conflict",   "irritatie",  "tegen mijn zin",
    "kost mij",    "te snel",     "te weinig",  "niet",       "geen",       "nooit",
    "niets",       "niemand",     "mislukt",    "verkeerd",   "last van",   NULL
};
static const char *const good[] = { "fijn",        "prettig",  "graag",   "vertrouw",  "makkelijk",
                                    "gemakkelijk", "veilig",   "blij",    "duidelijk", "respect",
                                    "helpt",       "eerlijk",  "plezier", "rustig",    "tevreden",
                                    "nuttig",      "aandacht", NULL };
static const char *const turns[] = { "kan",       "kun",    "kunt",   "kunnen",  "durf",
                                     "durft",     "durven", "mag",    "mogen",   "help",
                                     "helpt",     "helpen", "steunt", "scheelt", "ook als",
                                     "zelfs als", "zonder", "minder", NULL };
static const char *const harmless[] = { "niet alleen", NULL };

const struct vb_wording_list vb_wording_nl = {
    .language = "nl",
    .negations = negations,
    .absolutes = absolutes,
    .figures = figures,
    .joins = joins,
    .whole_joins = whole_joins,
    .pair_heads = pair_heads,
    .whether_heads = whether_heads,
    .persons = persons,
    .hard = hard,
    .good = good,
    .turns = turns,
    .harmless = harmless,
};
