/* test_sheet.c - the sheet from results made by hand; goldens in tests/fixtures/sheet.
 *
 * VERBOND_WRITE_GOLDEN=1 writes the goldens again: read the difference before you keep it. */
#include "tests.h"

#include "base/str.h"
#include "base/utf8.h"
#include "data/text.h"
#include "sheet/sheet.h"

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

static struct vb_text *text(struct vb_arena *arena, const char *nl, const char *en)
{
    struct vb_text *made = vb_arena_new(arena, struct vb_text);
    made->by_language[NL] = nl;
    made->by_language[EN] = en;
    return made;
}

static struct vb_answers five(struct vb_arena *arena)
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
static void item(struct vb_plan *plan, struct vb_item *items, int index, const char *id,
                 enum vb_kind_id kind, enum vb_relation relation, const struct vb_text *others,
                 const struct vb_text *professional)
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

static void items_of_trust(struct vb_plan *plan, struct vb_item *items)
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

static void items_of_the_rest(struct vb_plan *plan, struct vb_item *items)
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

static const struct vb_scale *three_scales(struct vb_plan *plan)
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

static struct vb_plan *a_plan(void)
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

static struct vb_value words(const char *text)
{
    return (struct vb_value){ .type = VB_VALUE_TEXT, .text = text, .len = (uint32_t)strlen(text) };
}

static struct vb_score a_score(int pomp_tenths)
{
    return (struct vb_score){
        .any = true, .given = true, .answered = 6, .of = 6, .pomp_tenths = pomp_tenths
    };
}

static void person(struct scene *scene, int at, int role, const char *id, const char *language)
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

static void give(struct scene *scene, int at, const int *values)
{
    for (int i = GOAL; i <= SECRET; i++)
        if (values[i] > 0)
            scene->values[at][i] = vb_value_int(values[i]);
}

static void differs(struct scene *scene, int item, int tenths)
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

static struct scene *begin(int people)
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

static void end(struct scene *scene)
{
    vb_plan_release(scene->plan);
    free(scene);
}

/* Client and professional; everything the sheet of two voices can hold. */
static struct scene *two_voices(void)
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

static struct scene *all_high(void)
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

static struct scene *family(void)
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

/* -- looking at sheets ------------------------------------------------------------------------ */

static char *sheet_of(const struct scene *scene, const char *language, const char *for_role,
                      bool colour)
{
    struct vb_buf out = { 0 };
    struct vb_sheet_options options = { language, for_role, colour };
    vb_sheet_text(&out, &scene->result, &options);
    return out.data;
}

static char *read_golden(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct vb_buf text = { 0 };
    char bytes[4096];
    size_t got;
    if (file == NULL)
        fail_msg("%s is not there; VERBOND_WRITE_GOLDEN=1 writes it", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        vb_buf_put(&text, bytes, got);
    fclose(file);
    return text.data;
}

static void is_golden(const char *sheet, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "tests/fixtures/sheet/%s.txt", name);
    if (getenv("VERBOND_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(sheet, file);
        assert_int_equal(fclose(file), 0);
    }
    char *golden = read_golden(path);
    assert_string_equal(sheet, golden);
    free(golden);
}

static void fits(const char *sheet)
{
    assert_true(vb_utf8_valid(sheet, strlen(sheet), NULL));
    for (const char *line = sheet; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        if (vb_text_width(line, len) > 80)
            fail_msg("%d columns: %.*s", vb_text_width(line, len), (int)len, line);
        if (len > 0 && line[len - 1] == ' ')
            fail_msg("a blank at the end of: %.*s", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

/* -- tests ------------------------------------------------------------------------------------ */

static void two_voices_stand_side_by_side(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "two-voices-nl");
    free(sheet);
    sheet = sheet_of(scene, "en", NULL, false);
    fits(sheet);
    is_golden(sheet, "two-voices-en");
    free(sheet);
    end(scene);
}

static void another_language_stands_beside_the_sheets_own(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    scene->people[0].label = "Sam";
    scene->people[1].label = "Noor";
    scene->people[1].language = "en";
    scene->people[1].mode = "interpreter";
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "helemaal eens (strongly agree)"));
    assert_non_null(strstr(sheet, "en: I tell Sam what goes into the report."));
    assert_non_null(strstr(sheet, "met een tolk"));
    is_golden(sheet, "two-languages");
    free(sheet);
    end(scene);
}

static void when_all_is_high_it_asks_what_could_still_be_better(void **state)
{
    (void)state;
    struct scene *scene = all_high();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Wat kan nog beter?"));
    assert_null(strstr(sheet, "allebei beter"));
    assert_null(strstr(sheet, "goede alliantie"));
    is_golden(sheet, "all-high");
    free(sheet);
    end(scene);
}

static void one_voice_stands_alone(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    struct vb_value none[ITEMS] = { 0 };
    scene->people[1].shared = false;
    scene->people[1].own.values = none;
    scene->people[1].own.scores = NULL;
    scene->result.talk = (struct vb_talk){ 0 };
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "one-voice");
    free(sheet);
    end(scene);
}

static void a_family_has_a_row_a_person_and_no_average(void **state)
{
    (void)state;
    struct scene *scene = family();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    fits(sheet);
    is_golden(sheet, "family");
    free(sheet);
    end(scene);
}

static void who_withheld_looks_like_who_was_not_there(void **state)
{
    (void)state;
    struct scene *scene = family();
    scene->result.respondent_count = 3;
    char *absent = sheet_of(scene, NULL, NULL, false);
    char *row = strstr(absent, "Robin (ouder)");
    assert_non_null(row);
    size_t robin = strcspn(row, "\n");
    char *after = strdup(row + strlen("Robin (ouder)"));
    after[robin - strlen("Robin (ouder)")] = '\0';
    assert_non_null(strstr(after, "niet ingevuld"));

    /* Kim withholds: the row reads as Robin's does, but for the name and the estimate. */
    scene->people[1].shared = false;
    for (int i = 0; i < ITEMS; i++)
        scene->values[1][i] = (struct vb_value){ 0 };
    scene->scores[1][TRUST] = (struct vb_score){ 0 };
    scene->estimates[1][TRUST] = scene->estimates[2][TRUST];
    char *withheld = sheet_of(scene, NULL, NULL, false);
    char *kim = strstr(strstr(withheld, "overzicht"), "Kim (ouder)");
    assert_non_null(kim);
    kim += strlen("Kim (ouder)") + 2; /* two letters shorter than Robin */
    assert_memory_equal(kim, after, strlen(after));
    free(after);
    free(absent);
    free(withheld);
    end(scene);
}

static void every_reason_reads_alike(void **state)
{
    (void)state;
    char *first = NULL;
    for (int reason = 0; reason < VB_MISSING_COUNT; reason++) {
        struct scene *scene = two_voices();
        scene->values[0][BETTER] = vb_value_missing((enum vb_missing)reason);
        scene->values[1][ENERGY] = vb_value_missing((enum vb_missing)reason);
        char *sheet = sheet_of(scene, NULL, NULL, false);
        if (first == NULL)
            first = strdup(sheet);
        assert_string_equal(sheet, first);
        free(sheet);
        end(scene);
    }
    assert_non_null(strstr(first, "niet ingevuld"));
    free(first);
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    (void)state;
    struct scene *one = two_voices(), *two = two_voices();
    char *a = sheet_of(one, NULL, NULL, false), *b = sheet_of(two, NULL, NULL, false);
    assert_string_equal(a, b);
    free(a);
    free(b);
    end(one);
    end(two);
}

static void the_parts_come_in_their_order(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "GESPREKSBLAD",
        "dit gaat volgens jullie allebei goed",
        "het onderwerp van de cliënt",
        "hier zien jullie iets anders",
        "dacht \"helemaal eens\", de cliënt zegt \"oneens\"",
        "zegt het te doen; zo merkt de cliënt het",
        "hier kan het volgens jullie allebei beter",
        "in onze gesprekken",
        "in eigen woorden, en afspraken",
        "bespreek als je wilt",
        "eigen vragen, nog niet getest; geen test, geen oordeel",
    };
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    const char *at = sheet;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *found = strstr(at, parts[i]);
        if (found == NULL)
            fail_msg("not there, or too early: %s", parts[i]);
        at = found;
    }
    free(sheet);
    end(scene);
}

static void the_worker_speaks_first_about_friction(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, NULL, false);
    char *friction = strstr(sheet, "Onze gesprekken gaan moeilijk.");
    assert_non_null(friction);
    assert_true(strstr(friction, "W  oneens") < strstr(friction, "C  eens"));
    char *next = strstr(friction, "in eigen woorden");
    *next = '\0';
    assert_null(strstr(friction, "○"));
    assert_null(strstr(friction, "■"));
    free(sheet);
    end(scene);
}

static void a_worker_who_says_not_to_do_it_is_not_said_to_do_it(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    scene->values[0][REPORT] = vb_value_int(5);
    scene->values[1][REPORT] = vb_value_int(1);
    char *sheet = sheet_of(scene, NULL, NULL, false);
    assert_null(strstr(sheet, "zegt het te doen"));
    assert_non_null(strstr(sheet, "Zo ziet de werker het zelf; zo merkt de cliënt het."));
    free(sheet);
    end(scene);
}

static void private_answers_are_not_on_it(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    for (int i = 0; i < 2; i++) {
        char *sheet = sheet_of(scene, NULL, i == 0 ? NULL : "professional", false);
        assert_null(strstr(sheet, "Dit blijft van mij."));
        free(sheet);
    }
    end(scene);
}

static void a_role_reads_its_own_wording(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *sheet = sheet_of(scene, NULL, "professional", false);
    fits(sheet);
    assert_non_null(strstr(sheet, "Ik doe wat is afgesproken."));
    assert_null(strstr(sheet, "De werker doet wat is afgesproken."));
    free(sheet);
    end(scene);
}

/* Three people joined to one picture, four times. */
#define FAMILIES "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"

static void wide_and_endless_words_fit(void **state)
{
    (void)state;
    static const char *const names[] = {
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢"
        "字",
        "e\xcc\x81\xcc\x81\xcc\x81 " FAMILIES FAMILIES FAMILIES,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaa",
        "two\nlines\n\n\nand more",
        "",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct scene *two = two_voices(), *many = family();
        two->people[0].label = two->people[1].label = names[i];
        two->values[0][GOING] = two->values[1][GOING] = words(names[i]);
        many->roster[0].label = many->people[0].label = many->people[2].label = names[i];
        many->values[0][GOING] = words(names[i]);
        char *a = sheet_of(two, NULL, NULL, false), *b = sheet_of(many, "en", NULL, false);
        fits(a);
        fits(b);
        free(a);
        free(b);
        end(two);
        end(many);
    }
}

static void nothing_somebody_wrote_steers_a_terminal(void **state)
{
    (void)state;
    static const char hostile[] = "\033[2J\033]0;title\a\xc2\x9b"
                                  "31m\xe2\x80\xaekcab\xe2\x81\xa7 \r\b\x7f bad \xff\xfe";
    struct scene *two = two_voices(), *many = family();
    two->people[0].label = two->people[1].label = hostile;
    two->values[0][GOING] = two->values[1][BETTER] = words(hostile);
    two->plan->title = *text(&two->plan->arena, hostile, hostile);
    two->plan->source = hostile;
    two->people[0].mode = hostile;
    two->result.wave = hostile;
    many->roster[0].label = many->people[0].label = many->people[2].label = hostile;
    char *sheets[] = { sheet_of(two, NULL, NULL, false), sheet_of(many, NULL, NULL, false) };
    for (int i = 0; i < 2; i++) {
        fits(sheets[i]);
        assert_null(strpbrk(sheets[i], "\033\a\r\b\x7f"));
        assert_null(strstr(sheets[i], "\xe2\x80\xae"));
        assert_null(strstr(sheets[i], "\xe2\x81\xa7"));
        assert_null(strstr(sheets[i], "\xc2\x9b"));
        free(sheets[i]);
    }
    end(two);
    end(many);
}

static void colour_is_only_there_when_asked_for(void **state)
{
    (void)state;
    struct scene *scene = two_voices();
    char *plain = sheet_of(scene, NULL, NULL, false), *colour = sheet_of(scene, NULL, NULL, true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strchr(colour, '\033'));
    free(plain);
    free(colour);
    end(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_voices_stand_side_by_side),
        cmocka_unit_test(another_language_stands_beside_the_sheets_own),
        cmocka_unit_test(when_all_is_high_it_asks_what_could_still_be_better),
        cmocka_unit_test(one_voice_stands_alone),
        cmocka_unit_test(a_family_has_a_row_a_person_and_no_average),
        cmocka_unit_test(who_withheld_looks_like_who_was_not_there),
        cmocka_unit_test(every_reason_reads_alike),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
        cmocka_unit_test(the_parts_come_in_their_order),
        cmocka_unit_test(the_worker_speaks_first_about_friction),
        cmocka_unit_test(a_worker_who_says_not_to_do_it_is_not_said_to_do_it),
        cmocka_unit_test(private_answers_are_not_on_it),
        cmocka_unit_test(a_role_reads_its_own_wording),
        cmocka_unit_test(wide_and_endless_words_fit),
        cmocka_unit_test(nothing_somebody_wrote_steers_a_terminal),
        cmocka_unit_test(colour_is_only_there_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
