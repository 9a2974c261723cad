#include "sheet/talk_guide.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "data/category.h"
#include "data/text.h"
#include "sheet/sheet_page.h"
#include "sheet/sheet_words.h"

/* -- what the instrument is ------------------------------------------------------------------- */

/* Who talks, and about what. */
enum {
    PAIR = 1 << 0,   /* voices beside each other */
    FAMILY = 1 << 1, /* a roster */
    TEAM = 1 << 2,   /* a card after a campaign */
    ASKED = 1 << 3,  /* a card of words, answers to somebody's question */
    GROUPS = 1 << 4, /* a card of what several groups say */
    TOPICS = 1 << 5, /* a card of what there is to talk about */
};
/* What is so about the instrument. */
enum {
    MANDATED = 1 << 0,
    SEVERAL = 1 << 1,  /* more than one person fills in */
    MANY = 1 << 2,     /* more than two may */
    POINTS = 1 << 3,   /* answers that can lie apart */
    FRICTION = 1 << 4, /* a negative scale */
};

static unsigned who_talks(const struct vb_plan *plan)
{
    if (plan->campaign != NULL)
        return TEAM;
    if (plan->card != NULL)
        return plan->card->shows == VB_CARD_WORDS     ? ASKED
               : plan->card->shows == VB_CARD_OVERLAP ? GROUPS
                                                      : TOPICS;
    return plan->roster_max > 0 ? FAMILY : PAIR;
}

static unsigned facts_of(const struct vb_plan *plan)
{
    unsigned facts = plan->mandated ? MANDATED : 0;
    int people = plan->roster_max;
    for (int i = 0; i < plan->role_count; i++)
        people += plan->roles[i].in_roster ? 0 : plan->roles[i].max;
    facts |= (people > 1 ? SEVERAL : 0) | (people > 2 ? MANY : 0);
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        int64_t min, max;
        if (item->hidden != VB_PRIVATE_NONE ||
            (item->include >= 0 && plan->includes[item->include].optional))
            continue;
        facts |= item->negative ? FRICTION : 0;
        if (!item->negative && vb_item_has_category(item) &&
            vb_item_range(plan, item, 0, &min, &max))
            facts |= POINTS;
    }
    return facts;
}

/* Questions to one person, or those that nobody else reads, are no talk; unless the author says
 * what to ask in it. */
static bool is_talked_about(const struct vb_plan *plan, unsigned facts)
{
    bool shows = false;
    for (int i = 0; i < plan->item_count; i++)
        shows |= plan->items[i].hidden == VB_PRIVATE_NONE;
    return plan->card != NULL || plan->talk_prompt_count > 0 || (shows && (facts & SEVERAL) != 0);
}

/* -- words ------------------------------------------------------------------------------------ */

/* A step is there for those who talk (any of who), where all of need and none of without is so. */
struct step {
    unsigned who, need, without;
    const char *head[2], *text[2]; /* Dutch, English */
};

static const struct step steps[] = {
    /* -- the purpose */
    { PAIR | FAMILY,
      0,
      MANDATED,
      { "Eerst de bedoeling", "First the purpose" },
      { "Zeg waar het voor is en wat er met de antwoorden gebeurt.",
        "Say what it is for and what happens with the answers." } },
    { PAIR | FAMILY,
      MANDATED,
      0,
      { "Eerst de bedoeling", "First the purpose" },
      { "Zeg waar het voor is en wat er met de antwoorden gebeurt. "
        "Zeg wat {worker} moet melden, wat er ook op het blad staat.",
        "Say what it is for and what happens with the answers. "
        "Say what {worker} must report, whatever stands on the sheet." } },
    { TEAM,
      0,
      0,
      { "Eerst de bedoeling", "First the purpose" },
      { "Jullie leren van wat ieder meemaakte. Laat cliënten weg: geen namen, geen verhalen.",
        "You learn from what each of you met. Leave clients out: no names, no stories." } },
    { ASKED,
      0,
      0,
      { "Eerst de vraag", "First the question" },
      { "Wie de vraag stelde, leest die voor. Laat namen en dossiers weg.",
        "Whoever asked the question reads it aloud. Leave names and files out." } },
    { GROUPS,
      0,
      0,
      { "Eerst de bedoeling", "First the purpose" },
      { "Elke groep schreef woorden op. Jullie leggen ze naast elkaar.",
        "Each group wrote words down. You lay them side by side." } },
    { TOPICS,
      0,
      0,
      { "Eerst de bedoeling", "First the purpose" },
      { "Deze kaart is om over te praten. Van niemand staat er een antwoord op.",
        "This card is to talk about. Nobody's answer stands on it." } },
    /* -- filling in, reading */
    { PAIR | FAMILY,
      SEVERAL,
      0,
      { "Ieder apart", "Each apart" },
      { "Ieder vult in zonder te kijken. Overslaan mag.",
        "Each of you fills in without looking. Skipping is fine." } },
    { ASKED,
      0,
      0,
      { "Vragen, nog geen raad", "Ask, no advice yet" },
      { "Ieder vraagt één ding. Raad komt later.", "Each asks one thing. Advice comes later." } },
    { TEAM | ASKED,
      0,
      0,
      { "Lees de woorden", "Read the words" },
      { "Lees ze hardop, één voor één. Raad niet wie wat schreef.",
        "Read them aloud, one by one. Do not guess who wrote what." } },
    /* -- open together */
    { PAIR,
      POINTS | SEVERAL,
      MANY,
      { "Samen open", "Open together" },
      { "Begin met wat jullie allebei hoog zetten. Vraag hoe dat komt.",
        "Begin with what both of you rate high. Ask how that came about." } },
    { PAIR,
      POINTS | MANY,
      0,
      { "Samen open", "Open together" },
      { "Begin met wat iedereen hoog zet. Vraag hoe dat komt.",
        "Begin with what everybody rates high. Ask how that came about." } },
    { PAIR,
      SEVERAL,
      POINTS,
      { "Samen open", "Open together" },
      { "Ieder vertelt over het eigen antwoord. Wie luistert, vraagt hoe dat komt.",
        "Each tells about the own answer. Whoever listens asks how that came about." } },
    { PAIR,
      0,
      SEVERAL,
      { "Samen kijken", "Look together" },
      { "Begin met wat goed gaat. Vraag hoe dat komt.",
        "Begin with what goes well. Ask how that came about." } },
    { FAMILY,
      0,
      0,
      { "Samen open", "Open together" },
      { "Begin met wat goed gaat. Ieder vertelt, in jullie eigen volgorde.",
        "Begin with what goes well. Each tells, in your own order." } },
    /* -- the topic */
    { PAIR,
      0,
      0,
      { "{Client} kiest", "{Client} chooses" },
      { "Over welk onderwerp praten jullie eerst?", "Which topic do you talk about first?" } },
    { FAMILY,
      0,
      0,
      { "Jullie kiezen", "You choose" },
      { "Ieder noemt één onderwerp. Kies samen waarmee jullie beginnen.",
        "Each names one topic. Choose together which comes first." } },
    { TEAM,
      0,
      0,
      { "Kies een woord", "Choose a word" },
      { "Welk woord raakt je? Wie wil, vertelt erbij.",
        "Which word touches you? Whoever wants to tells more." } },
    { TOPICS,
      0,
      0,
      { "Ieder kiest", "Each chooses" },
      { "Noem om de beurt één onderwerp. Overslaan mag.",
        "Name one topic each, in turn. Skipping is fine." } },
    /* -- alike and different */
    { PAIR,
      POINTS | SEVERAL,
      0,
      { "Het grootste verschil", "The largest difference" },
      { "Ieder vertelt één voorbeeld. Niemand heeft ongelijk: jullie stonden op een andere plek.",
        "Each tells one example. Nobody is wrong: you stood in different places." } },
    { PAIR,
      SEVERAL,
      POINTS,
      { "Waar het anders is", "Where it differs" },
      { "Ieder vertelt één voorbeeld. Niemand heeft ongelijk: jullie stonden op een andere plek.",
        "Each tells one example. Nobody is wrong: you stood in different places." } },
    { FAMILY,
      0,
      0,
      { "Verschil is gewoon", "Differences are normal" },
      { "Kies één verschil. Ieder vertelt één voorbeeld. Niemand heeft ongelijk.",
        "Choose one difference. Each tells one example. Nobody is wrong." } },
    { TEAM,
      0,
      0,
      { "Wat vaker klinkt", "What returns" },
      { "Wat hoor je van meer mensen? Geef het samen een naam.",
        "What do you hear from more people? Give it a name together." } },
    { GROUPS,
      0,
      0,
      { "Wat meer groepen zeggen", "What more groups say" },
      { "Begin daarmee. Vraag wat ze bedoelen, en naar een voorbeeld.",
        "Begin with that. Ask what they mean, and for an example." } },
    { GROUPS,
      0,
      0,
      { "Wat één groep zegt", "What one group says" },
      { "Die groep vertelt. De anderen luisteren en vragen.",
        "That group tells. The others listen and ask." } },
    { TOPICS,
      0,
      0,
      { "Vertel en vraag", "Tell and ask" },
      { "Wie koos, vertelt eerst. De ander luistert en vraagt.",
        "Whoever chose tells first. The other listens and asks." } },
    /* -- what is hard comes last */
    { PAIR,
      FRICTION,
      0,
      { "Stroefheid als laatste", "Friction last" },
      { "Zeg \"in onze gesprekken\", niet \"jij\". {Worker} begint, over het eigen deel.",
        "Say \"in our talks\", not \"you\". {Worker} begins, about the own part." } },
    { FAMILY,
      FRICTION,
      0,
      { "Stroefheid als laatste", "Friction last" },
      { "Zeg \"bij ons\", en noem niemand. {Worker} begint, over het eigen deel.",
        "Say \"with us\", and name nobody. {Worker} begins, about the own part." } },
    { TEAM,
      0,
      0,
      { "Wat lastig is als laatste", "What is hard last" },
      { "Zeg \"bij ons\", en noem niemand.", "Say \"with us\", and name nobody." } },
    /* -- agreements */
    { PAIR | FAMILY,
      0,
      0,
      { "Een of twee afspraken", "One or two agreements" },
      { "Wie doet wat, en wanneer? Ook één voor {worker}.",
        "Who does what, and when? One for {worker} too." } },
    { TEAM,
      0,
      0,
      { "Eén ding uitproberen", "Try one thing" },
      { "Wat proberen jullie uit? Wie begint, en wanneer?",
        "What do you try out? Who begins, and when?" } },
    { ASKED,
      0,
      0,
      { "Wat helpt", "What helps" },
      { "Wie de vraag stelde, zegt welk woord helpt. Die kiest één ding om te doen.",
        "Whoever asked says which word helps. That person chooses one thing to do." } },
    { ASKED,
      0,
      0,
      { "Herkennen", "Recognise" },
      { "De anderen vertellen wanneer zij dit zelf hadden.",
        "The others tell when they had this themselves." } },
    { ASKED,
      0,
      0,
      { "Afspreken", "Agree" },
      { "Schrijf alleen het eigen plan op. Wie vraagt er later naar?",
        "Write down the own plan only. Who asks about it later?" } },
    { GROUPS,
      0,
      0,
      { "Kies één ding", "Choose one thing" },
      { "Ieder kiest iets om zelf uit te proberen.", "Each chooses something to try out." } },
    { TOPICS,
      0,
      0,
      { "Wat is er nodig", "What is needed" },
      { "Wat heeft ieder van de ander nodig om te beginnen?",
        "What does each need of the other to begin?" } },
    /* -- next time */
    { PAIR | FAMILY,
      0,
      0,
      { "De volgende keer", "Next time" },
      { "Prik een dag. Dat gesprek begint met deze afspraken.",
        "Choose a day. That talk begins with these agreements." } },
    { TEAM | ASKED | GROUPS,
      0,
      0,
      { "De volgende keer", "Next time" },
      { "Prik een dag. Begin dan met wat het opleverde.",
        "Choose a day. Begin then with what came of it." } },
    { TOPICS,
      0,
      0,
      { "De volgende keer", "Next time" },
      { "Prik een dag. Kijk dan hoe het gaat.", "Choose a day. See then how it goes." } },
};

/* -- slots ------------------------------------------------------------------------------------ */

/* The first of these roles that the instrument has; NULL: none. */
static const char *first_role(const struct vb_plan *plan, const char *const *names)
{
    for (; *names != NULL; names++)
        if (vb_plan_role(plan, *names) >= 0)
            return *names;
    return NULL;
}

/* The word for whoever leads the talk, or for whom it is about. */
static const char *person(const struct vb_plan *plan, const struct vb_sheet_words *words,
                          bool worker)
{
    static const char *const workers[] = { "professional", "therapist", NULL };
    static const char *const clients[] = { "client", "youth", "child", "parent", "relative", NULL };
    bool dutch = vb_streq(words->language, "nl");
    const char *role = first_role(plan, worker ? workers : clients);
    if (role != NULL)
        return vb_sheet_words_the_role(words, role);
    if (worker)
        return dutch ? "wie het gesprek leidt" : "whoever leads the talk";
    return dutch ? "de ander" : "the other";
}

static const char *filled(const char *text, const struct vb_plan *plan,
                          const struct vb_sheet_words *words, struct vb_arena *arena)
{
    struct vb_buf out = { 0 };
    vb_buf_puts(&out, "");
    for (const char *s = text; *s != '\0'; s++) {
        bool worker = vb_starts_with(s, "{worker}") || vb_starts_with(s, "{Worker}");
        bool client = vb_starts_with(s, "{client}") || vb_starts_with(s, "{Client}");
        if (!worker && !client) {
            vb_buf_putc(&out, *s);
            continue;
        }
        const char *word = person(plan, words, worker);
        bool capital = s[1] == 'W' || s[1] == 'C';
        vb_buf_putc(&out, (char)(capital ? toupper((unsigned char)word[0]) : word[0]));
        vb_buf_puts(&out, word + 1);
        s = strchr(s, '}');
    }
    const char *made = vb_arena_strdup(arena, out.data);
    vb_buf_finish(&out);
    return made;
}

void vb_talk_guide_make(struct vb_talk_guide *out, const struct vb_plan *plan, const char *language,
                        struct vb_arena *arena)
{
    const struct vb_sheet_words *words = vb_sheet_words_of(language);
    int tongue = vb_streq(words->language, "nl") ? 0 : 1;
    unsigned who = who_talks(plan), facts = facts_of(plan);
    *out = (struct vb_talk_guide){
        .title = tongue == 0 ? "Het gesprek, stap voor stap" : "The talk, step by step",
        .prompts = words->prompts,
    };
    if (!is_talked_about(plan, facts))
        return;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const struct step *step = &steps[i];
        if ((step->who & who) == 0 || (facts & step->need) != step->need ||
            (facts & step->without) != 0)
            continue;
        vb_assert(out->count < VB_TALK_STEPS_MAX);
        out->steps[out->count++] = (struct vb_talk_step){
            filled(step->head[tongue], plan, words, arena),
            filled(step->text[tongue], plan, words, arena),
        };
    }
}

/* -- as text ---------------------------------------------------------------------------------- */

static void put_step(const struct vb_page *page, int number, const struct vb_talk_step *step)
{
    struct vb_buf first = { 0 }, text = { 0 };
    vb_buf_printf(&first, "%3d  ", number);
    vb_buf_printf(&text, "%s. %s", step->head, step->text);
    vb_page_after(page, first.data, 5, text.data);
    vb_buf_finish(&first);
    vb_buf_finish(&text);
}

static void put_prompts(const struct vb_page *page, const struct vb_plan *plan,
                        const struct vb_naming *naming, const char *heading)
{
    if (plan->talk_prompt_count == 0)
        return;
    vb_page_blank(page);
    vb_page_rule(page, heading);
    for (int i = 0; i < plan->talk_prompt_count; i++) {
        struct vb_buf text = { 0 };
        vb_buf_puts(&text, "- ");
        vb_text_fill(&text, naming, plan->talk_prompts[i].by_language[naming->language]);
        vb_page_text(page, 2, 2, text.data);
        vb_buf_finish(&text);
    }
}

bool vb_talk_guide_text(struct vb_buf *out, const struct vb_plan *plan,
                        const struct vb_talk_guide_options *options)
{
    int language = vb_plan_language(plan, options->language == NULL ? "" : options->language);
    int columns = options->columns == 0 || options->columns > VB_PAGE_COLUMNS ? VB_PAGE_COLUMNS
                  : options->columns < VB_PAGE_COLUMNS_LEAST ? VB_PAGE_COLUMNS_LEAST
                                                             : options->columns;
    struct vb_page page = { out, options->colour, columns };
    struct vb_naming naming = {
        .plan = plan, .language = language, .variant = options->variant, .setting = options->setting
    };
    struct vb_talk_guide guide;
    struct vb_arena arena = { 0 };
    vb_talk_guide_make(&guide, plan, plan->languages[language], &arena);
    if (guide.count > 0) {
        vb_page_rule(&page, guide.title);
        vb_page_text(&page, 0, 0, plan->title.by_language[language]);
        vb_page_blank(&page);
        for (int i = 0; i < guide.count; i++)
            put_step(&page, i + 1, &guide.steps[i]);
        put_prompts(&page, plan, &naming, guide.prompts);
    }
    vb_arena_finish(&arena);
    return guide.count > 0;
}
