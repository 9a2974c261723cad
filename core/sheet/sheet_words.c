#include "sheet/sheet_words.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const struct vb_sheet_words dutch = {
    .title = "GESPREKSBLAD",
    .first_wave = "eerste keer (%s)",
    .wave = "meting %s",
    .round = "ronde",
    .revision = "versie",
    .simulated = "Nagebootst: deze antwoorden zijn verzonnen.",
    .what_two = "Dit blad legt jullie antwoorden naast elkaar, om over te praten. "
                "Niemand heeft ongelijk.",
    .what_one = "Dit blad laat één stem zien, om over te praten.",
    .what_own = "Dit blad laat zien wat één iemand heeft ingevuld.",
    .what_none =
        "Op dit blad staan geen antwoorden. Wat is ingevuld, blijft van wie het gaf; alleen "
        "met een eigen ja gaat het naar onderzoek.",
    .what_many = "Dit blad legt de antwoorden van iedereen naast elkaar, om over te praten. "
                 "Niemand heeft ongelijk.",
    .from_to = "Links is \"%s\", rechts is \"%s\".",
    .well = "dit gaat volgens jullie allebei goed",
    .well_many = "dit gaat goed, vindt ieder die antwoord gaf",
    .nothing_well = "wat goed gaat",
    .no_well = "Wat gaat goed?",
    .topic = "het onderwerp van {client}",
    .differ = "hier zien jullie iets anders",
    .nothing_differs = "wat jullie anders zien",
    .what_differs = "Waar zien jullie iets anders?",
    .no_differ = "Bij geen vraag liggen jullie antwoorden ver uit elkaar.",
    .better = "hier kan het volgens jullie allebei beter",
    .better_many = "hier kan het beter, vindt ieder die antwoord gaf",
    .nothing_better = "wat beter kan",
    .no_better = "Wat kan nog beter?",
    .friction = "in onze gesprekken",
    .friction_how = "Nu de stroefheid. {worker} begint, en vertelt over het eigen deel.",
    .open = "in eigen woorden, en afspraken",
    .own_words = "in eigen woorden",
    .rest = "bespreek als je wilt",
    .prompts = "vragen voor het gesprek",
    .overview = "overzicht: waar ieder staat",
    .members = "over ieder apart",
    .answers = "de antwoorden",
    .together = "Samen ingevuld",
    .for_worker = "alleen voor de werker, na jouw ja",
    .title_team = "TEAMKAART",
    .title_talk = "GESPREKSKAART",
    .what_card = "Deze kaart laat zien wat jullie schreven, zonder namen en door elkaar.",
    .what_overlap = "Deze kaart legt de woorden van de groepen bij elkaar.",
    .what_topics = "Deze kaart is om over te praten. Er is niets van bewaard.",
    .card_asked = "de vraag",
    .card_held = "Gesprek gehouden: %d. Ingevuld: %d.",
    .card_words = "woorden",
    .card_too_few = "Er staan geen woorden op deze kaart. Daarvoor zijn %d mensen nodig die ja "
                    "zeggen. Met minder dan %d weet een team van wie een woord is.",
    .card_no_words = "Niemand schreef woorden op.",
    .card_voices = "%d keer ingevuld",
    .card_one_voice = "één keer ingevuld",
    .card_times = " (%d keer)",
    .card_shared = "Dit zegt meer dan één groep",
    .card_alone = "Dit zegt één groep",
    .estimate = "{worker} dacht \"X\", {client} zegt \"Y\".",
    .act = "{worker} zegt het te doen; zo merkt {client} het.",
    .act_low = "Zo ziet {worker} het zelf; zo merkt {client} het.",
    .goal = "Doel",
    .agreements = "Afspraken",
    .who = "wie",
    .what = "wat",
    .when = "wanneer",
    .next = "Volgende keer",
    .last = "Wat spraken we vorige keer af?",
    .followed = { "niet ingevuld", "gedaan", "deels", "nog niet" },
    .goals = "Doelen",
    .topic_is = "Onderwerp",
    .wish_of = "wens van %s",
    .wish_of_all = "wens van ons samen",
    .short_term = "binnenkort",
    .long_term = "later",
    .by_day = "uiterlijk %s",
    .yes_of = "ja: %s",
    .not_yet_of = "nog niet: %s",
    .missing = "niet ingevuld",
    .too_few = "te weinig antwoorden",
    .yes = "ja",
    .no = "nee",
    .drawing = "een tekening (op het scherm te zien)",
    .photo = "een foto (op het scherm te zien)",
    .on_paper = "op papier",
    .not_kept = "gemaakt, niet bewaard",
    .place = "%d naar rechts, %d omhoog",
    .turned = ", %d graden gedraaid",
    .about_self = "zelf",
    .question = "vraag",
    .person = "wie",
    .scale = "onderwerp",
    .about_of = "%s over ieder",
    .tenth = "plaats %d van 10",
    .between = "tussen \"%s\" en \"%s\"",
    .language = "nl",
    .own_questions = "eigen vragen",
    .licensed = "vragen met toestemming van de makers",
    .draft = "nog niet getest",
    .reviewed = "nagelezen, nog niet getest",
    .tested = "getest in de praktijk",
    .no_test = "geen test, geen oordeel",
    .inspired = "Naar bekende ideeën, met eigen vragen; niet het origineel.",
    .source = "Bron",
    .source_english = "Bron (Engels)",
    .texts = "teksten",
    .filled_in = "%d van %d vragen ingevuld",
    .somebody_else = "iemand anders",
    .status = { "concept", "nagelezen", "getest in de praktijk" },
    .decimal = ',',
    .months = { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                "september", "oktober", "november", "december" },
};

static const struct vb_sheet_words english = {
    .title = "CONVERSATION SHEET",
    .first_wave = "first time (%s)",
    .wave = "wave %s",
    .round = "round",
    .revision = "version",
    .simulated = "Simulated: these answers are made up.",
    .what_two = "This sheet puts your answers side by side, to talk about. Nobody is wrong.",
    .what_one = "This sheet shows one voice, to talk about.",
    .what_own = "This sheet shows what one person filled in.",
    .what_none =
        "There are no answers on this sheet. What was filled in stays with who gave it; it "
        "goes to research only by their own yes.",
    .what_many = "This sheet puts everybody's answers side by side, to talk about. "
                 "Nobody is wrong.",
    .from_to = "Left is \"%s\", right is \"%s\".",
    .well = "you both say that this goes well",
    .well_many = "this goes well, say all who answered",
    .nothing_well = "what goes well",
    .no_well = "What goes well?",
    .topic = "the topic {client} chooses",
    .differ = "here you see something different",
    .nothing_differs = "what you see differently",
    .what_differs = "Where do you see something different?",
    .no_differ = "On no question are your answers far apart.",
    .better = "you both say that this can be better",
    .better_many = "this can be better, say all who answered",
    .nothing_better = "what can be better",
    .no_better = "What could still be better?",
    .friction = "in our talks",
    .friction_how = "Now the friction. {worker} begins, and speaks about their own part.",
    .open = "in your own words, and agreements",
    .own_words = "in your own words",
    .rest = "talk about it if you like",
    .prompts = "questions for the talk",
    .overview = "overview: where everybody stands",
    .members = "about each person",
    .answers = "the answers",
    .together = "Filled in together",
    .for_worker = "for the worker only, after their yes",
    .title_team = "TEAM CARD",
    .title_talk = "TALK CARD",
    .what_card = "This card shows what you wrote, without names and shuffled.",
    .what_overlap = "This card lays the words of the groups together.",
    .what_topics = "This card is to talk about. Nothing of it is kept.",
    .card_asked = "the question",
    .card_held = "Talk held: %d. Filled in: %d.",
    .card_words = "words",
    .card_too_few = "There are no words on this card. That takes %d people who say yes. With "
                    "fewer than %d a team knows whose word it is.",
    .card_no_words = "Nobody wrote words.",
    .card_voices = "filled in %d times",
    .card_one_voice = "filled in once",
    .card_times = " (%d times)",
    .card_shared = "More than one group says this",
    .card_alone = "One group says this",
    .estimate = "{worker} thought \"X\", {client} says \"Y\".",
    .act = "{worker} says they do it; this is how {client} notices it.",
    .act_low = "This is how {worker} sees it; this is how {client} notices it.",
    .goal = "Goal",
    .agreements = "Agreements",
    .who = "who",
    .what = "what",
    .when = "when",
    .next = "Next time",
    .last = "What did we agree on last time?",
    .followed = { "not filled in", "done", "partly", "not yet" },
    .goals = "Goals",
    .topic_is = "Topic",
    .wish_of = "wish of %s",
    .wish_of_all = "wish of all of us",
    .short_term = "soon",
    .long_term = "later",
    .by_day = "by %s",
    .yes_of = "yes: %s",
    .not_yet_of = "not yet: %s",
    .missing = "not filled in",
    .too_few = "too few answers",
    .yes = "yes",
    .no = "no",
    .drawing = "a drawing (to be seen on screen)",
    .photo = "a photo (to be seen on screen)",
    .on_paper = "on paper",
    .not_kept = "made, not kept",
    .place = "%d to the right, %d up",
    .turned = ", turned %d degrees",
    .about_self = "self",
    .question = "question",
    .person = "who",
    .scale = "subject",
    .about_of = "%s about each",
    .tenth = "place %d of 10",
    .between = "between \"%s\" and \"%s\"",
    .language = "en",
    .own_questions = "own questions",
    .licensed = "questions used with their makers' permission",
    .draft = "not tested yet",
    .reviewed = "reviewed, not tested yet",
    .tested = "tested in practice",
    .no_test = "not a test, not a judgement",
    .inspired = "After known ideas, with own questions; not the original.",
    .source = "Source",
    .source_english = "Source",
    .texts = "texts",
    .filled_in = "%d of %d questions filled in",
    .somebody_else = "somebody else",
    .status = { "draft", "reviewed", "tested in practice" },
    .decimal = '.',
    .months = { "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December" },
};

const struct vb_sheet_words *vb_sheet_words_of(const char *language)
{
    if (vb_starts_with(language, "nl") && (language[2] == '\0' || language[2] == '-'))
        return &dutch;
    return &english;
}

void vb_sheet_words_date(struct vb_buf *out, const struct vb_sheet_words *words, const char *iso)
{
    int year, month, day;
    if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) == 3 && month >= 1 && month <= 12)
        vb_buf_printf(out, "%d %s %d", day, words->months[month - 1], year);
    else
        vb_buf_puts(out, iso);
}

struct pair {
    const char *name, *dutch, *english;
};

static const char *look_up(const struct pair *pairs, size_t count,
                           const struct vb_sheet_words *words, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].name, name) == 0)
            return words == &dutch ? pairs[i].dutch : pairs[i].english;
    return name;
}

static const char *mode_words(const struct vb_sheet_words *words, const char *mode)
{
    static const struct pair modes[] = {
        { "self", "zelf ingevuld", "filled in alone" },
        { "aloud", "voorgelezen", "read aloud" },
        { "helper", "met een helper", "with a helper" },
        { "interpreter", "met een tolk", "with an interpreter" },
        { "phone", "per telefoon", "by phone" },
        { "paper", "op papier", "on paper" },
    };
    return look_up(modes, sizeof modes / sizeof modes[0], words, mode);
}

void vb_sheet_words_how(struct vb_buf *out, const struct vb_sheet_words *words, const char *mode,
                        const char *helper)
{
    vb_buf_puts(out, mode_words(words, mode == NULL ? "self" : mode));
    if (helper == NULL)
        return;
    bool other = vb_streq(helper, "other");
    vb_buf_printf(out, " (%s)", other ? words->somebody_else : vb_sheet_words_role(words, helper));
}

const char *vb_sheet_words_the_role(const struct vb_sheet_words *words, const char *role)
{
    static const struct pair roles[] = {
        { "client", "de cliënt", "the client" },
        { "professional", "de werker", "the worker" },
        { "youth", "de jongere", "the young person" },
        { "child", "het kind", "the child" },
        { "child_under_8", "het kind tot 8", "the child under 8" },
        { "parent", "de ouder", "the parent" },
        { "relative", "het familielid", "the relative" },
        { "convenor", "de gespreksleider", "the convenor" },
        { "member", "het teamlid", "the team member" },
        { "colleague", "de collega", "the colleague" },
        { "therapist", "de therapeut", "the therapist" },
        { "researcher", "de onderzoeker", "the researcher" },
        { "music", "de muziekgroep", "the music group" },
        { "psychomotor", "de bewegingsgroep", "the movement group" },
        { "visual", "de beeldende groep", "the visual art group" },
        { "drama", "de dramagroep", "the drama group" },
    };
    return look_up(roles, sizeof roles / sizeof roles[0], words, role);
}

const char *vb_sheet_words_role(const struct vb_sheet_words *words, const char *role)
{
    const char *the = vb_sheet_words_the_role(words, role);
    const char *article = the == role ? NULL : strchr(the, ' ');
    return article == NULL ? role : article + 1;
}
