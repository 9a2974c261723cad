/* sheet_fixture.h - results made by hand for the tests of sheets: two voices, all high, a family.
 */
#ifndef VB_SHEET_FIXTURE_H
#define VB_SHEET_FIXTURE_H

#include "tests.h"

#include "data/result.h"

/* -- an instrument ---------------------------------------------------------------------------- */

enum { NL, EN, LANGUAGES };
enum { CLIENT, PROFESSIONAL, YOUTH, PARENT, ROLES };
enum {
    GOAL,
    WORD,
    REPORT,
    TIME,
    OPINION,
    FURTHER,
    HARD,
    ENERGY,
    SECRET,
    ROOM,
    GOING,
    BETTER,
    WISHES,
    ITEMS
};
enum { TRUST, FRICTION, PRIVATE, SCALES };

static inline struct vb_text *text(struct vb_arena *arena, const char *nl, const char *en)
{
    struct vb_text *made = vb_arena_new(arena, struct vb_text);
    made->by_language[NL] = nl;
    made->by_language[EN] = en;
    return made;
}

static inline struct vb_answers five(struct vb_arena *arena)
{
    static const char *const nl[] = { "helemaal oneens", "oneens", "tussenin", "eens",
                                      "helemaal eens" };
    static const char *const en[] = { "strongly disagree", "disagree", "in between", "agree",
                                      "strongly agree" };
    struct vb_option *options = vb_arena_alloc(arena, 5 * sizeof *options);
    for (int i = 0; i < 5; i++) {
        options[i].value = i + 1;
        options[i].text = *text(arena, nl[i], en[i]);
    }
    return (struct vb_answers){ .options = options, .count = 5, .min = 1, .max = 5 };
}

/* One item with a wording for the client (and every other role) and one for the professional. */
static inline void item(struct vb_plan *plan, struct vb_item *items, int index, const char *id,
                        enum vb_kind_id kind, enum vb_relation relation,
                        const struct vb_text *others, const struct vb_text *professional)
{
    const struct vb_text **texts = vb_arena_alloc(&plan->arena, ROLES * sizeof *texts);
    for (int r = 0; r < ROLES; r++)
        texts[r] = r == PROFESSIONAL ? professional : others;
    items[index] = (struct vb_item){ .id = id,
                                     .kind = kind,
                                     .text = texts,
                                     .relation = relation,
                                     .scored = kind == VB_LIKERT,
                                     .comparable = true,
                                     .scale = kind == VB_LIKERT ? TRUST : -1,
                                     .variants = UINT32_MAX,
                                     .include = -1 };
}

static inline void items_of_trust(struct vb_plan *plan, struct vb_item *items)
{
    struct vb_arena *a = &plan->arena;
    item(plan, items, GOAL, "trust.goal", VB_LIKERT, VB_ESTIMATE,
         text(a, "Ik weet waar we samen aan werken.", "I know what we work on together."),
         text(a, "{client} weet waar we samen aan werken.",
              "{client} knows what we work on together."));
    item(plan, items, WORD, "trust.word", VB_LIKERT, VB_ACT,
         text(a, "{professional} doet wat is afgesproken.", "{professional} does what was agreed."),
         text(a, "Ik doe wat is afgesproken.", "I do what was agreed."));
    item(plan, items, REPORT, "trust.report", VB_LIKERT, VB_ACT,
         text(a, "{professional} vertelt mij wat in het verslag komt.",
              "{professional} tells me what goes into the report."),
         text(a, "Ik vertel {client} wat in het verslag komt.",
              "I tell {client} what goes into the report."));
    item(plan, items, TIME, "trust.time", VB_LIKERT, VB_ESTIMATE,
         text(a, "Ik kan iets moeilijks bespreken.", "I can talk about something difficult."),
         text(a, "{client} kan iets moeilijks bespreken.",
              "{client} can talk about something difficult."));
    item(plan, items, OPINION, "trust.opinion", VB_LIKERT, VB_SAME,
         text(a, "Mijn mening telt mee.", "My opinion counts."),
         text(a, "De mening van {client} telt mee.", "The opinion of {client} counts."));
    item(plan, items, FURTHER, "trust.further", VB_LIKERT, VB_SAME,
         text(a, "Een gesprek helpt mij verder.", "A talk helps me on."),
         text(a, "Een gesprek helpt {client} verder.", "A talk helps {client} on."));
}

static inline void items_of_the_rest(struct vb_plan *plan, struct vb_item *items)
{
    struct vb_arena *a = &plan->arena;
    const struct vb_text *hard = text(a, "Onze gesprekken gaan moeilijk.", "Our talks are hard.");
    const struct vb_text *energy = text(a, "Een gesprek kost energie.", "A talk takes energy.");
    const struct vb_text *secret = text(a, "Dit blijft van mij.", "This stays mine.");
    const struct vb_text *room = text(a, "Was er vandaag ruimte?", "Was there room today?");
    const struct vb_text *going = text(a, "Wat gaat goed?", "What goes well?");
    const struct vb_text *better = text(a, "Wat kan beter?", "What can be better?");
    const struct vb_text *wishes = text(a, "Wat wil je?", "What do you wish?");
    item(plan, items, HARD, "friction.hard", VB_LIKERT, VB_SAME, hard, hard);
    item(plan, items, ENERGY, "friction.energy", VB_LIKERT, VB_OWN, energy, energy);
    item(plan, items, SECRET, "private.secret", VB_LIKERT, VB_OWN, secret, secret);
    item(plan, items, ROOM, "room", VB_VAS, VB_SAME, room, room);
    item(plan, items, GOING, "going.well", VB_TEXT, VB_OWN, going, going);
    item(plan, items, BETTER, "can.better", VB_TEXT, VB_OWN, better, better);
    item(plan, items, WISHES, "wishes", VB_WORDS, VB_OWN, wishes, NULL);
    items[HARD].negative = items[ENERGY].negative = true;
    items[HARD].scale = items[ENERGY].scale = FRICTION;
    items[SECRET].scale = PRIVATE;
    items[SECRET].hidden = VB_PRIVATE_RESEARCH;
    items[ROOM].left = text(a, "geen ruimte", "no room");
    items[ROOM].right = text(a, "veel ruimte", "much room");
}

static inline const struct vb_scale *three_scales(struct vb_plan *plan)
{
    struct vb_arena *a = &plan->arena;
    struct vb_scale *scales = vb_arena_alloc(a, SCALES * sizeof *scales);
    scales[TRUST] = (struct vb_scale){ .id = "trust",
                                       .title = *text(a, "Vertrouwen", "Trust"),
                                       .roles = (1u << ROLES) - 1 };
    scales[FRICTION] = (struct vb_scale){ .id = "friction",
                                          .title = *text(a, "Stroefheid", "Friction"),
                                          .negative = true,
                                          .roles = (1u << ROLES) - 1 };
    scales[PRIVATE] = (struct vb_scale){ .id = "private",
                                         .title = *text(a, "Van mij", "Mine"),
                                         .hidden = VB_PRIVATE_RESEARCH,
                                         .roles = (1u << ROLES) - 1 };
    return scales;
}

static inline struct vb_plan *a_plan(void)
{
    struct vb_plan *plan = vb_plan_create();
    struct vb_item *items = vb_arena_alloc(&plan->arena, ITEMS * sizeof *items);
    struct vb_format *format = vb_arena_new(&plan->arena, struct vb_format);
    static const char *const roles[ROLES] = { "client", "professional", "youth", "parent" };
    plan->id = "talk-monitor";
    plan->version = "1.0.0";
    plan->basis = "inspired-by";
    plan->source = "own questions after a known idea";
    plan->title = *text(&plan->arena, "Gespreksmonitor", "Talk monitor");
    plan->languages[NL] = "nl";
    plan->languages[EN] = "en";
    plan->language_count = LANGUAGES;
    for (int r = 0; r < ROLES; r++)
        plan->roles[r] = (struct vb_role){ .name = roles[r], .min = 1, .max = 1 };
    plan->role_count = ROLES;
    *format = (struct vb_format){ "standard", five(&plan->arena) };
    plan->formats = format;
    plan->format_count = 1;
    plan->talk_prompts = text(&plan->arena, "Kun je een voorbeeld noemen?", "Can you name one?");
    plan->talk_prompt_count = 1;
    plan->scales = three_scales(plan);
    plan->scale_count = SCALES;
    items_of_trust(plan, items);
    items_of_the_rest(plan, items);
    plan->item_count = ITEMS;
    vb_plan_finish(plan, items);
    return plan;
}

/* -- a result --------------------------------------------------------------------------------- */

struct scene {
    struct vb_plan *plan;
    struct vb_value values[4][ITEMS];
    struct vb_score scores[4][SCALES], estimates[4][SCALES];
    struct vb_part about[4];
    struct vb_respondent people[4];
    struct vb_comparison comparisons[ITEMS];
    struct vb_roster_name roster[4];
    int well[ITEMS], differ[ITEMS], better[ITEMS], friction[ITEMS];
    struct vb_result result;
};

static inline struct vb_value words(const char *text)
{
    return (struct vb_value){ .type = VB_VALUE_TEXT, .text = text, .len = (uint32_t)strlen(text) };
}

static inline struct vb_score a_score(int pomp_tenths)
{
    return (struct vb_score){
        .any = true, .given = true, .answered = 6, .of = 6, .pomp_tenths = pomp_tenths
    };
}

static inline void person(struct scene *scene, int at, int role, const char *id,
                          const char *language)
{
    scene->people[at] = (struct vb_respondent){
        .role = scene->plan->roles[role].name,
        .role_index = role,
        .person = id,
        .language = language,
        .mode = "self",
        .shared = true,
        .own = { .member_index = -1, .values = scene->values[at], .scores = scene->scores[at] },
    };
    for (int i = 0; i < ITEMS; i++)
        scene->values[at][i] = vb_value_missing(VB_MISSING_SKIPPED);
}

static inline void give(struct scene *scene, int at, const int *values)
{
    for (int i = GOAL; i <= SECRET; i++)
        if (values[i] > 0)
            scene->values[at][i] = vb_value_int(values[i]);
}

static inline void differs(struct scene *scene, int item, int tenths)
{
    struct vb_talk *talk = &scene->result.talk;
    scene->differ[talk->differ_count++] = item;
    scene->comparisons[scene->result.comparison_count++] =
        (struct vb_comparison){ .scale = -1,
                                .item = item,
                                .b = 1,
                                .about = -1,
                                .category = VB_DIFFER,
                                .given = true,
                                .difference_tenths = tenths };
}

static inline struct scene *begin(int people)
{
    struct scene *scene = vb_new(struct scene);
    scene->plan = a_plan();
    scene->result = (struct vb_result){ .plan = scene->plan,
                                        .round = "q7k2m9x4c1v8b3n6",
                                        .case_id = "a1",
                                        .wave = "t0",
                                        .revision = 1,
                                        .reason = "released",
                                        .released_wall_ms = 1795255200000,
                                        .form = -1,
                                        .variant = -1,
                                        .setting = -1,
                                        .respondents = scene->people,
                                        .respondent_count = people,
                                        .comparisons = scene->comparisons };
    scene->result.talk = (struct vb_talk){ .well = scene->well,
                                           .differ = scene->differ,
                                           .better = scene->better,
                                           .friction = scene->friction };
    return scene;
}

static inline void end(struct scene *scene)
{
    vb_plan_release(scene->plan);
    free(scene);
}

/* Client and professional; everything the sheet of two voices can hold. */
static inline struct scene *two_voices(void)
{
    static const int client[] = { 5, 4, 2, 2, 1, 1, 4, 5, 5 };
    static const int worker[] = { 4, 4, 5, 5, 4, 2, 2, 0, 5 };
    struct scene *scene = begin(2);
    struct vb_talk *talk = &scene->result.talk;
    person(scene, 0, CLIENT, "c1", "nl");
    person(scene, 1, PROFESSIONAL, "p1", "nl");
    give(scene, 0, client);
    give(scene, 1, worker);
    scene->values[0][ROOM] = vb_value_int(250);
    scene->values[1][ROOM] = vb_value_int(800);
    scene->values[0][GOING] = words("Ik word teruggebeld. Afspraken zijn duidelijk en ik weet bij "
                                    "wie ik moet zijn.");
    scene->values[1][GOING] = words("We zeggen eerlijk wat we vinden.");
    scene->values[1][BETTER] = words("Vaker benoemen wat al lukt.\nEn op tijd zijn.");
    scene->values[0][WISHES] = (struct vb_value){ .type = VB_VALUE_JSON,
                                                  .text = "[\"werk\",\"een eigen plek\"]",
                                                  .len = 25 };
    scene->values[1][WISHES] = (struct vb_value){ 0 };
    scene->scores[0][TRUST] = a_score(375);
    scene->scores[1][TRUST] = a_score(750);
    scene->scores[0][FRICTION] = a_score(900);
    scene->well[talk->well_count++] = GOAL;
    scene->well[talk->well_count++] = WORD;
    differs(scene, TIME, 750);
    differs(scene, REPORT, 750);
    differs(scene, OPINION, 750);
    scene->better[talk->better_count++] = FURTHER;
    scene->friction[talk->friction_count++] = HARD;
    scene->friction[talk->friction_count++] = ENERGY;
    return scene;
}

/* A client and two workers, no roster. */
static inline struct scene *client_and_two_workers(void)
{
    static const int client[] = { 5, 4, 2, 3, 1, 3, 4, 0, 0 };
    static const int one[] = { 4, 5, 5, 3, 2, 4, 2, 0, 0 };
    static const int other[] = { 5, 0, 3, 3, 0, 2, 3, 0, 0 };
    struct scene *scene = begin(3);
    scene->plan->roles[PROFESSIONAL].max = 4;
    person(scene, 0, CLIENT, "c1", "nl");
    person(scene, 1, PROFESSIONAL, "p1", "nl");
    person(scene, 2, PROFESSIONAL, "p2", "nl");
    scene->people[1].label = "Noor";
    scene->people[2].label = "Bram";
    give(scene, 0, client);
    give(scene, 1, one);
    give(scene, 2, other);
    scene->values[0][GOING] = words("Ik word teruggebeld.");
    for (int i = 0; i < 3; i++)
        scene->scores[i][TRUST] = a_score(400 + 150 * i);
    return scene;
}

static inline struct scene *all_high(void)
{
    static const int high[] = { 5, 5, 5, 5, 5, 5, 1, 1, 0 };
    struct scene *scene = begin(2);
    person(scene, 0, CLIENT, "c1", "nl");
    person(scene, 1, PROFESSIONAL, "p1", "nl");
    give(scene, 0, high);
    give(scene, 1, high);
    scene->scores[0][TRUST] = scene->scores[1][TRUST] = a_score(1000);
    for (int i = GOAL; i <= TIME; i++)
        scene->well[scene->result.talk.well_count++] = i;
    return scene;
}

static inline struct scene *family(void)
{
    static const int some[] = { 4, 4, 4, 4, 4, 4, 2, 2, 0 };
    struct scene *scene = begin(3);
    scene->plan->roster_max = 8;
    person(scene, 0, YOUTH, "y1", "nl");
    person(scene, 1, PARENT, "k1", "nl");
    person(scene, 2, PROFESSIONAL, "p1", "nl");
    scene->people[0].label = "Sam";
    scene->people[1].label = "Kim";
    give(scene, 0, some);
    give(scene, 1, some);
    scene->values[0][GOING] = words("Dat we samen eten.");
    scene->values[1][GOING] = words("Dat er iemand belt.");
    scene->scores[0][TRUST] = a_score(750);
    scene->scores[1][TRUST] = a_score(250);
    scene->roster[0] = (struct vb_roster_name){ "y1", "youth", "Sam" };
    scene->roster[1] = (struct vb_roster_name){ "k1", "parent", "Kim" };
    scene->roster[2] = (struct vb_roster_name){ "o1", "parent", "Robin" };
    scene->result.roster = scene->roster;
    scene->result.roster_count = 3;
    for (int m = 0; m < 3; m++) {
        scene->estimates[m][TRUST] = a_score(500 + 100 * m);
        scene->about[m] = (struct vb_part){ .member = scene->roster[m].person,
                                            .member_index = m,
                                            .scores = scene->estimates[m] };
    }
    scene->people[2].about = scene->about;
    scene->people[2].about_count = 3;
    return scene;
}

#endif
