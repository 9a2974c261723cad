#include "tests.h"

#include "data/json.h"
#include "data/result.h"
#include "small_plan.h"

/* A released dyad over the scale trust: the client answered all but one item and wrote a text, the
 * professional answered all five. A third respondent did not share. */
static struct vb_plan *plan;
static struct vb_value client_values[SMALL_COUNT], worker_values[SMALL_COUNT],
    member_values[SMALL_COUNT], together_value;
static struct vb_score client_scores[1], worker_scores[1], member_scores[1];
static struct vb_part about;
static struct vb_respondent respondents[3];
static struct vb_comparison comparisons[4];
static struct vb_total total;
static int64_t totals[1];
static bool total_given[1];
static const int well[] = { 0 }, differ[] = { 1 }, together[] = { SMALL_TEXT };
static const struct vb_roster_name roster[] = { { "00000000000000mm", "youth", "Sam" } };
static struct vb_result result;

static void build_people(void)
{
    static const int of_trust[] = { 0 };
    static const char text[] = "Goed \"samen\"\n\xC3\xA9n rustig";
    for (int i = 0; i < 5; i++) {
        client_values[i] = vb_value_int(4);
        worker_values[i] = vb_value_int(i == 1 ? 1 : 5);
    }
    client_values[2] = vb_value_missing(VB_MISSING_RATHER_NOT_SAY);
    client_values[SMALL_TEXT] =
        (struct vb_value){ .type = VB_VALUE_TEXT, .text = text, .len = sizeof text - 1 };
    client_values[SMALL_VAS] = vb_value_int(437);
    client_values[SMALL_YESNO] = (struct vb_value){ .type = VB_VALUE_BOOL, .number = 1 };
    client_values[SMALL_CHOICE] = (struct vb_value){ .type = VB_VALUE_OPTION, .number = 1 };
    client_values[SMALL_NUMBER] = (struct vb_value){ .type = VB_VALUE_MILLI, .number = 2500 };
    member_values[SMALL_MEMBER] = vb_value_int(3);
    vb_score_scale(&client_scores[0], plan, &plan->scales[0], client_values, -1, 0, 0, NULL);
    vb_score_scale(&worker_scores[0], plan, &plan->scales[0], worker_values, -1, 0, 1, NULL);
    memset(member_scores, 0, sizeof member_scores);
    total = (struct vb_total){ .id = "all", .scales = of_trust, .scale_count = 1 };
    plan->totals = &total;
    plan->total_count = 1;
    total_given[0] = vb_score_total(&totals[0], &total, plan, client_scores);
    about = (struct vb_part){ "00000000000000mm", 0, member_values, member_scores };
    respondents[0] = (struct vb_respondent){ .role = "client",
                                             .person = "00000000000000cc",
                                             .label = "Noor",
                                             .language = "nl",
                                             .mode = "self",
                                             .shared = true,
                                             .own = { NULL, -1, client_values, client_scores },
                                             .totals = totals,
                                             .total_given = total_given };
    respondents[1] = respondents[0];
    respondents[1].role = "professional";
    respondents[1].person = "00000000000000pp";
    respondents[1].own = (struct vb_part){ NULL, -1, worker_values, worker_scores };
    respondents[1].about = &about;
    respondents[1].about_count = 1;
    respondents[1].totals = NULL;
    respondents[2] = respondents[0];
    respondents[2].person = NULL;
    respondents[2].shared = false;
}

static int set_up(void **state)
{
    (void)state;
    plan = small_plan();
    snprintf(plan->digest, sizeof plan->digest, "sha256:00");
    build_people();
    comparisons[0] = (struct vb_comparison){ .scale = 0, .item = -1, .b = 1, .about = -1 };
    comparisons[0].given = true;
    comparisons[0].difference_tenths = 50;
    comparisons[1] = comparisons[0];
    comparisons[1].scale = -1;
    comparisons[1].item = 1;
    comparisons[1].category = VB_DIFFER;
    comparisons[1].difference_tenths = -750;
    comparisons[2] = comparisons[1];
    comparisons[2].item = 2;
    comparisons[2].category = VB_CATEGORY_NONE;
    comparisons[2].given = false;
    comparisons[3] = comparisons[0];
    comparisons[3].about = 0;
    comparisons[3].difference_tenths = -5;
    result = (struct vb_result){ .plan = plan,
                                 .round = "00000000000000rr",
                                 .case_id = "case \"7\"",
                                 .wave = "t0",
                                 .revision = 12,
                                 .reason = "released",
                                 .released_wall_ms = 1795255200000,
                                 .form = -1,
                                 .variant = -1,
                                 .setting = -1,
                                 .respondents = respondents,
                                 .respondent_count = 3,
                                 .roster = roster,
                                 .roster_count = 1,
                                 .comparisons = comparisons,
                                 .comparison_count = 4 };
    together_value = client_values[SMALL_TEXT];
    result.talk = (struct vb_talk){ .well = well,
                                    .well_count = 1,
                                    .differ = differ,
                                    .differ_count = 1,
                                    .together = together,
                                    .together_values = &together_value,
                                    .together_count = 1 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memset(client_values, 0, sizeof client_values);
    vb_plan_release(plan);
    return 0;
}

#define HEAD(content)                                                                              \
    "{\"schema\":\"verbond.result/1\",\"content\":\"" content                                      \
    "\",\"id\":\"00000000000000rr/12\",\"revision\":12,\"reason\":\"released\","                   \
    "\"round\":\"00000000000000rr\",\"case\":\"case \\\"7\\\"\",\"wave\":\"t0\","                  \
    "\"released_at\":\"2026-11-21T10:00:00Z\",\"simulated\":false,"                                \
    "\"instrument\":{\"id\":\"small\",\"version\":\"1.0.0\",\"digest\":\"sha256:00\","             \
    "\"basis\":\"own\",\"status\":{\"nl\":\"draft\",\"en\":\"draft\"},\"format\":\"standard\","    \
    "\"form\":null,\"variant\":null},\"respondents\":["
#define CLIENT                                                                                     \
    "{\"role\":\"client\",\"person\":\"00000000000000cc\",\"language\":\"nl\",\"mode\":\"self\","
#define WORKER                                                                                     \
    "{\"role\":\"professional\",\"person\":\"00000000000000pp\",\"language\":\"nl\","              \
    "\"mode\":\"self\","
#define CLIENT_SCALES                                                                              \
    "\"scales\":{\"trust\":{\"sum\":16,\"answered\":4,\"of\":5,\"mean\":4,\"pomp\":75.0,"          \
    "\"prorated\":true,\"negative\":false}},\"totals\":{\"all\":4},\"about\":[]}"
#define WORKER_SCALES                                                                              \
    "\"scales\":{\"trust\":{\"sum\":21,\"answered\":5,\"of\":5,\"mean\":4.2,\"pomp\":80.0,"        \
    "\"prorated\":false,\"negative\":false}},\"totals\":{},"
#define ABSENT                                                                                     \
    "{\"role\":\"client\",\"person\":null,\"language\":\"nl\",\"mode\":\"self\","                  \
    "\"state\":\"not_filled_in\",\"items\":{},\"scales\":{},\"totals\":{},\"about\":[]}"
#define PAIR "\"a\":\"00000000000000cc\",\"b\":\"00000000000000pp\","
#define NO_TALK                                                                                    \
    "\"talk\":{\"well\":[],\"differ\":[],\"better\":[],\"friction\":[],\"topic\":null,"            \
    "\"agreements\":[],\"goals\":[],\"together\":{},\"next\":null,\"last\":null}}"

static void writes(enum vb_content content, const char *golden)
{
    struct vb_buf out = { 0 };
    vb_result_write(&out, &result, content);
    assert_string_equal(out.data, golden);
    assert_int_equal(out.len, strlen(golden));
    vb_buf_finish(&out);
}

static void items_hold_everything_that_was_shared(void **state)
{
    (void)state;
    writes(VB_CONTENT_ITEMS, HEAD("items") CLIENT
           "\"state\":\"shared\",\"items\":{\"trust.a\":{\"value\":4},\"trust.b\":{\"value\":4},"
           "\"trust.c\":{\"missing\":\"not_filled_in\"},\"trust.d\":{\"value\":4},"
           "\"trust.e\":{\"value\":4},\"line\":{\"value\":437},\"stuck\":{\"value\":true},"
           "\"place\":{\"value\":\"school\"},"
           "\"going.well\":{\"value\":\"Goed \\\"samen\\\"\\n\xC3\xA9n rustig\"},"
           "\"times\":{\"value\":2.5}}," CLIENT_SCALES "," WORKER
           "\"state\":\"shared\",\"items\":{\"trust.a\":{\"value\":5},\"trust.b\":{\"value\":1},"
           "\"trust.c\":{\"value\":5},\"trust.d\":{\"value\":5},\"trust.e\":{\"value\":5}}"
           "," WORKER_SCALES "\"about\":[{\"person\":\"00000000000000mm\","
           "\"items\":{\"each.close\":{\"value\":3}},\"scales\":{}}]}," ABSENT "],"
           "\"comparison\":[{\"scale\":\"trust\"," PAIR "\"difference\":5.0,\"about\":null},"
           "{\"item\":\"trust.b\",\"relation\":\"same\",\"category\":\"differ\"," PAIR
           "\"difference\":-75.0,\"about\":null},"
           "{\"item\":\"trust.c\",\"relation\":\"same\",\"category\":\"none\"," PAIR
           "\"difference\":null,\"about\":null},"
           "{\"scale\":\"trust\"," PAIR "\"difference\":-0.5,\"about\":\"00000000000000mm\"}],"
           "\"talk\":{\"well\":[\"trust.a\"],\"differ\":[\"trust.b\"],\"better\":[],"
           "\"friction\":[],\"topic\":null,\"agreements\":[],\"goals\":[],\"together\":"
           "{\"going.well\":{\"value\":\"Goed \\\"samen\\\"\\n\xC3\xA9n rustig\"}},"
           "\"next\":null,\"last\":null}}");
}

static void scores_hold_no_items_and_no_texts(void **state)
{
    (void)state;
    writes(VB_CONTENT_SCORES, HEAD("scores") CLIENT
           "\"state\":\"shared\",\"items\":{}," CLIENT_SCALES "," WORKER
           "\"state\":\"shared\",\"items\":{}," WORKER_SCALES
           "\"about\":[{\"person\":\"00000000000000mm\",\"items\":{},\"scales\":{}}]}," ABSENT
           "],\"comparison\":[{\"scale\":\"trust\"," PAIR "\"difference\":5.0,\"about\":null},"
           "{\"scale\":\"trust\"," PAIR
           "\"difference\":-0.5,\"about\":\"00000000000000mm\"}]," NO_TALK);
}

static void an_event_says_only_that_it_took_place(void **state)
{
    (void)state;
    writes(VB_CONTENT_EVENT, HEAD("event") "],\"comparison\":[]," NO_TALK);
    writes(VB_CONTENT_SHEET, HEAD("sheet") "],\"comparison\":[]," NO_TALK);
}

static void every_reason_for_no_answer_reads_alike(void **state)
{
    (void)state;
    struct vb_buf first = { 0 }, other = { 0 };
    client_values[2] = vb_value_missing(VB_MISSING_NOT_SHOWN);
    vb_result_write(&first, &result, VB_CONTENT_ITEMS);
    for (int reason = 1; reason < VB_MISSING_COUNT; reason++) {
        client_values[2] = vb_value_missing((enum vb_missing)reason);
        vb_buf_clear(&other);
        vb_result_write(&other, &result, VB_CONTENT_ITEMS);
        assert_string_equal(other.data, first.data);
    }
    vb_buf_finish(&first);
    vb_buf_finish(&other);
}

/* Sealing rests on this: what a respondent who did not share holds cannot reach the bytes. */
static void who_did_not_share_gives_nothing_away(void **state)
{
    (void)state;
    struct vb_buf before = { 0 }, after = { 0 };
    vb_result_write(&before, &result, VB_CONTENT_ITEMS);
    respondents[2].own.values = worker_values;
    respondents[2].own.scores = worker_scores;
    respondents[2].about = &about;
    respondents[2].about_count = 1;
    respondents[2].label = "someone else";
    vb_result_write(&after, &result, VB_CONTENT_ITEMS);
    assert_string_equal(after.data, before.data);
    assert_null(strstr(after.data, "Noor"));
    vb_buf_finish(&before);
    vb_buf_finish(&after);
}

static void a_row_names_its_own_pair(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    respondents[2].person = "00000000000000dd";
    comparisons[1].b = 2;
    comparisons[2].a = 1;
    comparisons[2].b = 2;
    vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    assert_non_null(strstr(out.data, "\"category\":\"differ\",\"a\":\"00000000000000cc\","
                                     "\"b\":\"00000000000000dd\""));
    assert_non_null(strstr(out.data, "\"category\":\"none\",\"a\":\"00000000000000pp\","
                                     "\"b\":\"00000000000000dd\""));
    vb_buf_finish(&out);
}

static void a_score_of_too_few_answers_is_null(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    client_values[3] = vb_value_missing(VB_MISSING_SKIPPED);
    vb_score_scale(&client_scores[0], plan, &plan->scales[0], client_values, -1, 0, 0, NULL);
    total_given[0] = false;
    vb_result_write(&out, &result, VB_CONTENT_SCORES);
    assert_non_null(strstr(out.data, "{\"sum\":12,\"answered\":3,\"of\":5,\"mean\":null,"
                                     "\"pomp\":null,\"prorated\":false,\"negative\":false}"));
    assert_non_null(strstr(out.data, "\"totals\":{\"all\":null}"));
    vb_buf_finish(&out);
}

/* The fold then says the first format; there is none to take the name from. */
static void an_instrument_without_formats_is_in_the_standard_one(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    const struct vb_format *formats = plan->formats;
    int count = plan->format_count, was = result.format;
    plan->formats = NULL;
    plan->format_count = result.format = 0;
    vb_result_write(&out, &result, VB_CONTENT_EVENT);
    assert_non_null(strstr(out.data, "\"format\":\"standard\""));
    plan->formats = formats;
    plan->format_count = count;
    result.format = was;
    vb_buf_finish(&out);
}

static void every_level_is_well_formed_json_and_appends(void **state)
{
    (void)state;
    for (int content = VB_CONTENT_EVENT; content <= VB_CONTENT_ITEMS; content++) {
        struct vb_buf out = { 0 };
        struct vb_err err;
        cJSON *tree;
        vb_buf_puts(&out, "before");
        vb_result_write(&out, &result, (enum vb_content)content);
        assert_memory_equal(out.data, "before", 6);
        assert_int_equal(vb_json_parse(&tree, out.data + 6, out.len - 6, 1 << 20, &err), VB_OK);
        cJSON_Delete(tree);
        vb_buf_finish(&out);
    }
}

static void what_the_talk_gave_stands_in_it_with_a_yes_or_not_yet_of_each(void **state)
{
    (void)state;
    static const char *const yes[] = { "00000000000000cc" };
    static const struct vb_goal goals[] = {
        { "rust \"thuis\"", "together", true, "2027-02-28", yes, 1 },
        { "een baan", NULL, false, NULL, NULL, 0 }, /* of somebody who left */
    };
    static const struct vb_agreement agreements[] = { { "Sam", "belt", "2026-12-01" } };
    static const enum vb_followed done[] = { VB_FOLLOWED_PARTLY, VB_FOLLOWED_NONE };
    static const struct vb_agreement before[] = { { "wij", "eten", NULL },
                                                  { "Sam", "belt", "ooit" } };
    static const struct vb_last_voice voices[] = { { "00000000000000cc", 0, done } };
    static const struct vb_talk_last last = { "00000000000000r0", before, 2, voices, 1 };
    struct vb_buf out = { 0 };
    result.talk.record = (struct vb_talk_record){ "geld", agreements, 1, goals, 2, "2026-12-12" };
    result.talk.last = &last;
    vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    assert_non_null(strstr(
        out.data,
        "\"topic\":\"geld\","
        "\"agreements\":[{\"who\":\"Sam\",\"what\":\"belt\",\"when\":\"2026-12-01\"}],"
        "\"goals\":[{\"text\":\"rust \\\"thuis\\\"\",\"whose\":\"together\",\"term\":\"long\","
        "\"by\":\"2027-02-28\",\"yes\":{\"00000000000000cc\":true,\"00000000000000pp\":false}},"
        "{\"text\":\"een baan\",\"whose\":null,\"term\":\"short\",\"by\":null,"
        "\"yes\":{\"00000000000000cc\":false,\"00000000000000pp\":false}}],"));
    assert_non_null(
        strstr(out.data,
               "\"next\":\"2026-12-12\",\"last\":{\"round\":\"00000000000000r0\",\"agreements\":["
               "{\"who\":\"wij\",\"what\":\"eten\",\"when\":null},"
               "{\"who\":\"Sam\",\"what\":\"belt\",\"when\":\"ooit\"}],"
               "\"voices\":[{\"person\":\"00000000000000cc\","
               "\"done\":[\"partly\",\"not_filled_in\"]}]}}}"));
    vb_buf_clear(&out);
    vb_result_write(&out, &result, VB_CONTENT_SCORES);
    assert_null(strstr(out.data, "geld"));
    assert_null(strstr(out.data, "eten"));
    vb_buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(items_hold_everything_that_was_shared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scores_hold_no_items_and_no_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_event_says_only_that_it_took_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_reason_for_no_answer_reads_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_did_not_share_gives_nothing_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_row_names_its_own_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_score_of_too_few_answers_is_null, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_instrument_without_formats_is_in_the_standard_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_level_is_well_formed_json_and_appends, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            what_the_talk_gave_stands_in_it_with_a_yes_or_not_yet_of_each, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
