#include "sheet/sheet_export_words.h"

#include <string.h>

#include "base/str.h"

static const struct vb_export_words dutch = {
    .language = "nl",
    .title = "Wat er over jou bewaard is",
    .who = "Van wie",
    .made = "Gemaakt op",
    .intro = "Dit is alles wat hier over jou staat: ook wat je voor jezelf hield, wat je niet "
             "deelde en wat je terugnam. Van anderen staat hier alleen wat zij met je deelden.",
    .nothing = "Er staat hier niets over jou.",
    .simulated = "Nagebootst: deze antwoorden zijn verzonnen.",
    .unreadable = "Niet alles hiervan is nog te lezen",
    .open = "Deze ronde is nog bezig.",
    .released = "Wat gedeeld is, ligt op tafel.",
    .closed = "Deze ronde is gesloten zonder blad.",
    .erased = "Deze ronde is gewist.",
    .own_erased = "Wat je hier gaf, is gewist.",
    .not_begun = "Je bent hier genoemd. Je hebt niets ingevuld.",
    .own = "Jouw antwoorden",
    .question = "vraag",
    .answer = "jouw antwoord",
    .other_answer = "antwoord",
    .became = "wie ziet dit",
    .no_answers = "Je hebt nog niets ingevuld.",
    .about = "over",
    .begun = "Begonnen op",
    .mode = "Hoe",
    .states = { "niemand: niet gedeeld", "nog niemand: gedeeld, maar nog niet op tafel",
                "iedereen in deze ronde", "alleen de werker, na jouw ja",
                "anderen lezen: niet ingevuld", "niemand: je hield dit voor jezelf",
                "niemand: je nam dit terug" },
    .missing = { "niet gevraagd", "overgeslagen", "weet ik niet", "zeg ik liever niet",
                 "voor jezelf gehouden", "teruggenomen" },
    .pictures = "Tekeningen en foto's",
    .kept_until = "bewaard tot",
    .picture_gone = "niet meer bewaard",
    .followed_title = "Wat er van de afspraken kwam, volgens jou",
    .agreement = "afspraak",
    .followed = { "niet gezegd", "gedaan", "deels", "nog niet" },
    .others = "Gedeeld door",
    .nobody_else = "Niemand anders heeft iets met je gedeeld.",
    .talk = "Uit het gesprek",
    .topic = "Onderwerp",
    .agreements = "Afspraken",
    .goals = "Doelen",
    .next = "Volgende keer",
    .looked = "Wie heeft gekeken of iets gedaan",
    .nobody_looked = "Niemand heeft gekeken.",
    .when = "wanneer",
    .what = "wat",
    .by = "wie",
    .on_behalf = "namens",
    .erasures = "Wat gewist is",
    .erased_person = "alles van jou",
    .erased_session = "wat je in een ronde gaf",
    .erased_picture = "een tekening of foto",
    .underway = "wordt nog afgemaakt",
    .footer = "Naast deze pagina is er een bestand met dezelfde gegevens voor computers (JSON). "
              "Daarin staat ook elke stap die je deed.",
};

static const struct vb_export_words english = {
    .language = "en",
    .title = "What is kept about you",
    .who = "Of whom",
    .made = "Made on",
    .intro = "This is everything that is kept here about you: also what you held back, what you "
             "did not share and what you took back. Of others it has only what they shared with "
             "you.",
    .nothing = "Nothing is kept about you here.",
    .simulated = "Simulated: these answers are made up.",
    .unreadable = "Not all of this can still be read",
    .open = "This round is still going on.",
    .released = "What was shared is on the table.",
    .closed = "This round was closed without a sheet.",
    .erased = "This round was erased.",
    .own_erased = "What you gave here was erased.",
    .not_begun = "You were named here. You filled in nothing.",
    .own = "Your answers",
    .question = "question",
    .answer = "your answer",
    .other_answer = "answer",
    .became = "who sees this",
    .no_answers = "You have not filled in anything yet.",
    .about = "about",
    .begun = "Begun on",
    .mode = "How",
    .states = { "nobody: not shared", "nobody yet: shared, but not on the table",
                "everybody in this round", "only the worker, after your yes",
                "others read: not filled in", "nobody: you held this back",
                "nobody: you took this back" },
    .missing = { "not asked", "skipped", "I do not know", "I would rather not say", "held back",
                 "taken back" },
    .pictures = "Drawings and photos",
    .kept_until = "kept until",
    .picture_gone = "no longer kept",
    .followed_title = "What became of the agreements, as you see it",
    .agreement = "agreement",
    .followed = { "not said", "done", "partly", "not yet" },
    .others = "Shared by",
    .nobody_else = "Nobody else shared anything with you.",
    .talk = "From the talk",
    .topic = "Topic",
    .agreements = "Agreements",
    .goals = "Goals",
    .next = "Next time",
    .looked = "Who looked or did something",
    .nobody_looked = "Nobody looked.",
    .when = "when",
    .what = "what",
    .by = "who",
    .on_behalf = "on behalf of",
    .erasures = "What was erased",
    .erased_person = "everything of yours",
    .erased_session = "what you gave in a round",
    .erased_picture = "a drawing or photo",
    .underway = "is being finished",
    .footer = "Beside this page there is a file with the same data for computers (JSON). It also "
              "has every step you took.",
};

const struct vb_export_words *vb_export_words_of(const char *language)
{
    bool is_dutch = language != NULL && vb_starts_with(language, "nl") &&
                    (language[2] == '\0' || language[2] == '-' || language[2] == '_');
    return is_dutch ? &dutch : &english;
}

struct phrase {
    const char *name, *dutch, *english;
};

static const char *look_up(const struct phrase *phrases, size_t count,
                           const struct vb_export_words *words, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(phrases[i].name, name) == 0)
            return words == &dutch ? phrases[i].dutch : phrases[i].english;
    return name;
}

const char *vb_export_words_reason(const struct vb_export_words *words, const char *reason)
{
    static const struct phrase reasons[] = {
        { "asked", "op verzoek", "because it was asked" },
        { "retention", "de bewaartijd was om", "its time was over" },
        { "end date", "de einddatum was er", "its end date had come" },
    };
    return look_up(reasons, sizeof reasons / sizeof *reasons, words, reason);
}
