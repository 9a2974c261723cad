/* opening.c - the words before the first question.
 *
 * Language level B1: sentences of at most ten words, no figures of speech. Whoever changes a word
 * raises VB_OPENING_VERSION, as the log says which words a person saw. */
#include "session/opening.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/digest.h"
#include "session/said.h"
#include "sheet/sheet_words.h"

struct words {
    const char *nl, *en;
};

/* -- what this is -- */
static const struct words about_work = {
    "Je krijgt vragen over het werken met {professional}. Er zijn geen goede of foute antwoorden.",
    "You get questions about working with {professional}. There are no right or wrong answers.",
};
static const struct words about_client = {
    "Je krijgt vragen over het werken met {client}. Er zijn geen goede of foute antwoorden.",
    "You get questions about working with {client}. There are no right or wrong answers.",
};
static const struct words about_family = {
    "Je krijgt vragen over het werken met dit gezin. Er zijn geen goede of foute antwoorden.",
    "You get questions about working with this family. There are no right or wrong answers.",
};
static const struct words about_team = {
    "Je krijgt vragen over jullie werk. Er zijn geen goede of foute antwoorden.",
    "You get questions about your work. There are no right or wrong answers.",
};
static const struct words then_talk = {
    "Daarna praten jullie er samen over.",
    "After that you talk about it together.",
};

/* -- who sees what -- */
static const struct words sealed = {
    "Eerst ziet niemand jouw antwoorden. Aan het eind lees je ze zelf terug.",
    "At first nobody sees your answers. At the end you read them yourself.",
};
static const struct words choose_professional = {
    "Dan kies jij of {professional} ze mag zien. Elk antwoord mag je voor jezelf houden.",
    "Then you choose whether {professional} may see them. You may keep any answer to yourself.",
};
static const struct words choose_client = {
    "Dan kies jij of {client} ze mag zien. Elk antwoord mag je voor jezelf houden.",
    "Then you choose whether {client} may see them. You may keep any answer to yourself.",
};
static const struct words choose_others = {
    "Dan kies jij of de anderen ze mogen zien. Elk antwoord mag je voor jezelf houden.",
    "Then you choose whether the others may see them. You may keep any answer to yourself.",
};
static const struct words research_only = {
    "Ook later ziet niemand hier jouw antwoorden. "
    "Ze zijn alleen voor onderzoek, en alleen met jouw ja. Elk antwoord mag je voor jezelf houden.",
    "Later nobody here sees your answers either. "
    "They are for research only, and only with your yes. You may keep any answer to yourself.",
};
static const struct words both_first = {
    "Zeggen jullie allebei ja? Dan zien jullie elkaars antwoorden.",
    "Do you both say yes? Then you see each other's answers.",
};
static const struct words two_first = {
    "Zeggen twee of meer mensen ja? Dan zien jullie die antwoorden.",
    "Do two or more people say yes? Then you see those answers.",
};
static const struct words without_names = {
    "Wat je schrijft, komt zonder naam op een kaart. De woorden staan door elkaar.",
    "What you write goes on a card without a name. The words are shuffled.",
};
static const struct words group_first = {
    "Daarvoor moeten genoeg mensen ja zeggen. Wie invult, ziet niemand; er is alleen een aantal.",
    "Enough people must say yes for that. Nobody sees who fills in; there is only a number.",
};
static const struct words nothing_shown = {
    "Wat je aankruist, blijft op dit scherm. Het komt nergens te staan.",
    "What you tick stays on this screen. It is put down nowhere.",
};
static const struct words keep_memory = {
    "De antwoorden blijven tot het programma stopt. Dan zijn ze weg.",
    "The answers stay until the program stops. Then they are gone.",
};
static const struct words keep_none = { "Er wordt niets bewaard.", "Nothing is kept." };

/* -- what is allowed -- */
static const struct words skip_any = { "Je mag elke vraag overslaan.",
                                       "You may skip any question." };
static const struct words skip_most = {
    "Bijna elke vraag mag je overslaan.",
    "You may skip almost any question.",
};
static const struct words stop = {
    "Stoppen mag ook, op elk moment. Waarom je iets overslaat, ziet niemand.",
    "You may also stop at any time. Nobody sees why you skip something.",
};

/* -- when somebody else decided that there is contact -- */
static const struct words no_judgement = {
    "Dit telt niet mee in het oordeel over jouw zaak.",
    "This does not count in the judgement of your case.",
};
static const struct words no_judgement_client = {
    "Dit telt niet mee in het oordeel over {client}.",
    "This does not count in the judgement of {client}.",
};
static const struct words must_report = {
    "{professional} moet soms iets melden. Vraag wat dat is.",
    "{professional} must sometimes report something. Ask what that is.",
};
static const struct words tell_report = {
    "Vertel {client} vooraf wat je moet melden.",
    "First tell {client} what you must report.",
};

struct screen {
    struct vb_buf *out;
    const struct vb_naming *naming;
    struct vb_naming own; /* for the engine's own sentences, Dutch or English */
    bool dutch;
    bool begun; /* something stands in this paragraph */
};

static void put_text(struct screen *screen, const struct vb_naming *naming, const char *text)
{
    struct vb_buf filled = { 0 };
    if (screen->begun)
        vb_buf_putc(screen->out, ' ');
    else if (screen->out->len > 0)
        vb_buf_putc(screen->out, '\n');
    vb_text_fill(&filled, naming, text);
    vb_buf_put(screen->out, filled.data, filled.len);
    vb_buf_finish(&filled);
    screen->begun = true;
}

static void put(struct screen *screen, struct words text)
{
    put_text(screen, &screen->own, screen->dutch ? text.nl : text.en);
}

static void end_paragraph(struct screen *screen)
{
    if (screen->begun)
        vb_buf_putc(screen->out, '\n');
    screen->begun = false;
}

struct setting { /* of this person in this instrument */
    bool professional, with_professional, with_client, family, alone, group;
    bool optional; /* somebody may be left out, and then it goes on without them */
    bool research; /* nothing of it is ever shown to anybody here */
};

static bool is_for_research(const struct vb_plan *plan)
{
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].hidden != VB_PRIVATE_RESEARCH)
            return false;
    return plan->item_count > 0;
}

static struct setting setting_of(const struct vb_plan *plan, const char *role)
{
    int asked = 0;
    bool several = false, optional = false;
    for (int i = 0; i < plan->role_count; i++) {
        asked++;
        several |= plan->roles[i].max > 1;
        optional |= plan->roles[i].optional;
    }
    return (struct setting){ .professional = vb_streq(role, "professional"),
                             .with_professional = vb_plan_role(plan, "professional") >= 0,
                             .with_client = vb_plan_role(plan, "client") >= 0,
                             .family = plan->roster_max > 0,
                             .alone = asked == 1 && !several,
                             .optional = optional,
                             .research = is_for_research(plan),
                             .group = plan->roster_max > 0 || several || asked > 2 };
}

static void put_duration(struct screen *screen)
{
    const int *minutes = screen->naming->plan->duration_min;
    char text[64];
    if (minutes[1] <= 0)
        return;
    if (minutes[0] <= 0 || minutes[0] == minutes[1])
        snprintf(text, sizeof text,
                 screen->dutch ? "Het duurt ongeveer %d minuten." : "It takes about %d minutes.",
                 minutes[1]);
    else
        snprintf(text, sizeof text,
                 screen->dutch ? "Het duurt %d tot %d minuten." : "It takes %d to %d minutes.",
                 minutes[0], minutes[1]);
    put_text(screen, &screen->own, text);
}

static void put_summary(struct screen *screen)
{
    const struct vb_text *summary = screen->naming->plan->summary;
    if (summary != NULL)
        put_text(screen, screen->naming, summary->by_language[screen->naming->language]);
    end_paragraph(screen);
}

static void put_what(struct screen *screen, const struct setting *setting)
{
    if (setting->professional && setting->family)
        put(screen, about_family);
    else if (setting->professional)
        put(screen, about_client);
    else if (setting->with_professional || setting->with_client)
        put(screen, about_work);
    else
        put(screen, about_team);
    if (!setting->alone && !setting->research)
        put(screen, then_talk);
    put_duration(screen);
    end_paragraph(screen);
}

/* Of who is gathered on a card nobody sees the answers as theirs. */
static void put_card(struct screen *screen, const struct vb_plan *plan)
{
    if (plan->card->shows == VB_CARD_TOPICS) {
        put(screen, nothing_shown);
        return;
    }
    put(screen, sealed);
    put(screen, choose_others);
    end_paragraph(screen);
    put(screen, without_names);
    if (plan->campaign != NULL)
        put(screen, group_first);
}

static void put_answers(struct screen *screen, const struct setting *setting)
{
    put(screen, sealed);
    if (setting->research)
        put(screen, research_only);
    else if (setting->group || (!setting->with_professional && !setting->alone))
        put(screen, choose_others);
    else if (!setting->professional)
        put(screen, choose_professional);
    else if (setting->with_client)
        put(screen, choose_client);
    if (setting->group && !setting->research)
        put(screen, two_first);
    else if (!setting->alone && !setting->optional && !setting->research)
        put(screen, both_first);
}

static void put_who_sees(struct screen *screen, const struct setting *setting, const char *role)
{
    const struct vb_plan *plan = screen->naming->plan;
    enum vb_retain retain = vb_plan_retain(plan, screen->naming->variant);
    if (vb_plan_gathers(plan, vb_plan_role(plan, role)))
        put_card(screen, plan);
    else
        put_answers(screen, setting);
    end_paragraph(screen);
    if (retain == VB_RETAIN_MEMORY)
        put(screen, keep_memory);
    else if (retain == VB_RETAIN_NONE)
        put(screen, keep_none);
    end_paragraph(screen);
}

static bool has_required(const struct vb_plan *plan, int role)
{
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].required && role >= 0 && plan->items[i].text[role] != NULL)
            return true;
    return false;
}

static void put_allowed(struct screen *screen, const char *role)
{
    const struct vb_plan *plan = screen->naming->plan;
    put(screen, has_required(plan, vb_plan_role(plan, role)) ? skip_most : skip_any);
    put(screen, stop);
    end_paragraph(screen);
}

static void put_mandated(struct screen *screen, const struct setting *setting,
                         const char *reporting)
{
    put(screen, setting->professional ? no_judgement_client : no_judgement);
    end_paragraph(screen);
    if (reporting != NULL)
        put_text(screen, screen->naming, reporting);
    else if (!setting->professional)
        put(screen, must_report);
    if (setting->professional)
        put(screen, tell_report);
    end_paragraph(screen);
}

const char *vb_opening_write(struct vb_buf *out, const struct vb_naming *naming, const char *role,
                             const char *reporting, bool *missing_reporting)
{
    const struct vb_plan *plan = naming->plan;
    bool dutch = vb_starts_with(plan->languages[naming->language], "nl");
    struct screen screen = { .out = out, .naming = naming, .own = *naming, .dutch = dutch };
    screen.own.english = !dutch;
    struct setting setting = setting_of(plan, role);
    if (reporting != NULL && reporting[0] == '\0')
        reporting = NULL;
    *missing_reporting = plan->mandated && reporting == NULL;
    put_summary(&screen);
    put_what(&screen, &setting);
    put_who_sees(&screen, &setting, role);
    put_allowed(&screen, role);
    if (plan->mandated)
        put_mandated(&screen, &setting, reporting);
    return VB_OPENING_VERSION;
}

const char *vb_opening_stamp(struct vb_arena *arena, const struct vb_plan *plan,
                             const char *reporting)
{
    char digest[VB_DIGEST_SIZE];
    if (!plan->mandated || reporting == NULL || reporting[0] == '\0')
        return NULL;
    vb_digest(reporting, strlen(reporting), digest);
    return vb_arena_printf(arena, "%s+own:%.8s", VB_OPENING_VERSION, strchr(digest, ':') + 1);
}

void vb_opening_invite(struct vb_buf *out, const struct vb_naming *naming, const char *day)
{
    const struct vb_plan *plan = naming->plan;
    const char *language = plan->languages[naming->language];
    if (plan->campaign == NULL)
        return;
    vb_text_fill(out, naming, plan->campaign->text.by_language[naming->language]);
    if (day == NULL)
        return;
    vb_buf_puts(out, vb_said_dutch(language) ? "\nDoe dat vóór " : "\nDo that before ");
    vb_sheet_words_date(out, vb_sheet_words_of(language), day);
    vb_buf_putc(out, '.');
}
