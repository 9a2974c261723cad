/* What is put somewhere in a plane: the three tokens of a triangle, the pieces of a collage. */
#include "tests.h"

#include "base/utf8.h"
#include "data/json.h"
#include "data/value_json.h"
#include "kinds/kind.h"
#include "session/compare.h"
#include "sheet/sheet_picture.h"
#include "small_plan.h"

static struct vb_plan *plan;
static struct vb_arena arena;
static struct vb_item item; /* a copy a test may change */
static struct vb_policy policy;

static int set_up(void **state)
{
    (void)state;
    plan = small_plan();
    policy = (struct vb_policy){ .free_text = true, .drawing_keep = true, .emotion_rating = true };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vb_plan_release(plan);
    vb_arena_finish(&arena);
    return 0;
}

static enum vb_refusal read_json(const char *json, struct vb_value *out, struct vb_err *why)
{
    struct vb_ask ask = { plan, &item, 0, &policy };
    cJSON *tree;
    assert_int_equal(vb_json_parse(&tree, json, strlen(json), 1 << 20, why), VB_OK);
    enum vb_refusal refusal = vb_kind_from_json(&ask, tree, &arena, out, why);
    cJSON_Delete(tree);
    return refusal;
}

static struct vb_value value_of(const char *json)
{
    struct vb_value value;
    struct vb_err why = { 0 };
    if (read_json(json, &value, &why) != VB_ACCEPTED)
        fail_msg("%s: %s", json, why.text);
    return value;
}

static void takes_as(const char *json, const char *same)
{
    struct vb_ask ask = { plan, &item, 0, &policy };
    struct vb_value value = value_of(json);
    assert_int_equal(vb_kind_check(&ask, &value), VB_ACCEPTED);
    assert_string_equal(value.text, same);
}

static void refuses(const char *json, enum vb_refusal refusal, const char *sentence)
{
    struct vb_value value;
    struct vb_err why = { 0 };
    enum vb_refusal got = read_json(json, &value, &why);
    if (got != refusal)
        fail_msg("%s: %s (%s)", json, vb_refusal_name(got), why.text);
    assert_string_equal(why.text, sentence);
}

/* A value that came from somewhere else than an answer file: the log of another, a runner. */
static enum vb_refusal checks(const char *json)
{
    struct vb_ask ask = { plan, &item, 0, &policy };
    struct vb_value value = { .type = VB_VALUE_JSON, .text = json, .len = (uint32_t)strlen(json) };
    return vb_kind_check(&ask, &value);
}

/* -- the triangle ----------------------------------------------------------------------------- */

#define THREE "{\"home\":[0,1000],\"school\":[500,500],\"friends\":[1000,0]}"

static void a_triangle_has_a_place_for_each_token_in_their_order(void **state)
{
    (void)state;
    item = plan->items[SMALL_TRIANGLE];
    takes_as(THREE, THREE);
    takes_as("{\"friends\":[1000,0],\"school\":[500,500.0],\"home\":[0,1000]}", THREE);
    refuses("{\"home\":[0,0],\"school\":[0,0]}", VB_REFUSED_TYPE,
            "\"friends\" has no place; all three have one");
    refuses("{\"home\":[0,0],\"school\":[0,0],\"friends\":[0,1001]}", VB_REFUSED_RANGE,
            "the place of \"friends\" is two whole numbers from 0 to 1000");
    refuses("{\"home\":[0,0.5],\"school\":[0,0],\"friends\":[0,0]}", VB_REFUSED_RANGE,
            "the place of \"home\" is two whole numbers from 0 to 1000");
    refuses("{\"home\":[0,0,0],\"school\":[0,0],\"friends\":[0,0]}", VB_REFUSED_RANGE,
            "the place of \"home\" is two whole numbers from 0 to 1000");
    refuses("{\"home\":[0,0],\"school\":[0,0],\"friends\":[0,0],\"work\":[1,1]}", VB_REFUSED_RANGE,
            "no such token; there is \"home\", \"school\", \"friends\"");
    refuses("[1,2]", VB_REFUSED_TYPE,
            "a place for each token, as {\"client\": [120, 300], ...} was expected");
}

static void what_no_answer_file_would_write_is_no_triangle(void **state)
{
    (void)state;
    item = plan->items[SMALL_TRIANGLE];
    assert_int_equal(checks(THREE), VB_ACCEPTED);
    assert_int_equal(checks("{\"school\":[500,500],\"home\":[0,1000],\"friends\":[1000,0]}"),
                     VB_REFUSED_TYPE);
    assert_int_equal(checks("{\"home\":[0,1000],\"school\":[500,500]}"), VB_REFUSED_TYPE);
    assert_int_equal(checks("{\"home\":[0,1000],\"school\":[500,500],\"friends\":[-1,0]}"),
                     VB_REFUSED_RANGE);
    assert_int_equal(checks("{\"paper\":true}"), VB_REFUSED_TYPE);
    assert_int_equal(checks("[]"), VB_REFUSED_TYPE);
}

/* -- the collage ------------------------------------------------------------------------------ */

#define PIECE(id, x, y, turn) "{\"id\":\"" id "\",\"x\":" #x ",\"y\":" #y ",\"turn\":" #turn "}"

static void a_collage_is_a_list_of_pieces_each_as_often_as_one_likes(void **state)
{
    (void)state;
    item = plan->items[SMALL_COLLAGE];
    takes_as("{\"pieces\":[" PIECE("home", 0, 1000, 359) "," PIECE("home", 5, 6, 0) "]}",
             "{\"pieces\":[" PIECE("home", 0, 1000, 359) "," PIECE("home", 5, 6, 0) "]}");
    takes_as("{\"pieces\":[{\"y\":6,\"id\":\"home\",\"x\":5}]}",
             "{\"pieces\":[" PIECE("home", 5, 6, 0) "]}");
    refuses("{\"pieces\":[]}", VB_REFUSED_EMPTY, "no piece is placed; leave the item out instead");
    refuses("{\"pieces\":[" PIECE("home", 1, 1, 0) "," PIECE("work", 1, 1, 0) "]}",
            VB_REFUSED_RANGE, "pieces[2]: id is none of the pieces of this question");
    refuses("{\"pieces\":[" PIECE("home", 1001, 1, 0) "]}", VB_REFUSED_RANGE,
            "pieces[1]: x and y are whole numbers from 0 to 1000");
    refuses("{\"pieces\":[" PIECE("home", 1, 1, 360) "]}", VB_REFUSED_RANGE,
            "pieces[1]: turn is a whole number from 0 to 359");
    refuses("{\"pieces\":[{\"id\":\"home\",\"x\":1,\"y\":1,\"size\":2}]}", VB_REFUSED_RANGE,
            "pieces[1]: has an id, an x, a y, perhaps a turn, and nothing else");
    refuses("{\"pieces\":[" PIECE("home", 1, 1, 0) "," PIECE("home", 1, 1, 0) "," PIECE(
                "home", 1, 1, 0) "," PIECE("home", 1, 1, 0) "," PIECE("home", 1, 1, 0) "]}",
            VB_REFUSED_LONG, "more than 4 pieces");
    refuses("{\"pieces\":[" PIECE("home", 1, 1, 0) "],\"paper\":true}", VB_REFUSED_TYPE,
            "\"pieces\" and nothing beside it was expected");
}

static void a_collage_may_be_a_photo_words_or_paper_too(void **state)
{
    (void)state;
    item = plan->items[SMALL_COLLAGE];
    takes_as("{\"paper\":true}", "{\"paper\":true}");
    takes_as("{\"words\":[\"zon\"]}", "{\"words\":[\"zon\"]}");
    item.tools = VB_TOOL_PAPER;
    refuses("{\"pieces\":[" PIECE("home", 1, 1, 0) "]}", VB_REFUSED_RANGE,
            "this question has no pieces");
    item.tools = VB_TOOL_PIECES;
    refuses("{\"paper\":true}", VB_REFUSED_RANGE, "this way of answering is not offered here");
}

static void of_pieces_that_may_not_stay_only_the_fact_is_taken(void **state)
{
    (void)state;
    static const char pieces[] = "{\"pieces\":[" PIECE("home", 1, 1, 0) "]}";
    item = plan->items[SMALL_COLLAGE];
    item.tools = VB_TOOL_PIECES;
    item.keep = VB_KEEP_NONE;
    takes_as(pieces, "{\"paper\":true}");
    assert_int_equal(checks(pieces), VB_REFUSED_POLICY);
    item.keep = VB_KEEP_UNTIL;
    assert_int_equal(checks(pieces), VB_ACCEPTED);
    policy.drawing_keep = false;
    takes_as(pieces, "{\"paper\":true}");
    assert_int_equal(checks(pieces), VB_REFUSED_POLICY);
    refuses("{\"pieces\":[" PIECE("work", 1, 1, 0) "]}", VB_REFUSED_RANGE,
            "pieces[1]: id is none of the pieces of this question");
}

static void pieces_are_looked_at_from_first_to_last(void **state)
{
    (void)state;
    item = plan->items[SMALL_COLLAGE];
    assert_int_equal(checks("{\"pieces\":[" PIECE("home", 1, 1, 0) "]}"), VB_ACCEPTED);
    assert_int_equal(checks("{\"pieces\":[{\"x\":1,\"id\":\"home\",\"y\":1,\"turn\":0}]}"),
                     VB_REFUSED_TYPE);
    assert_int_equal(checks("{\"pieces\":[{\"id\":\"home\",\"x\":1,\"y\":1}]}"), VB_REFUSED_TYPE);
    assert_int_equal(checks("{\"pieces\":[{\"id\":\"home\",\"x\":1,\"y\":1,\"turn\":0,\"z\":1}]}"),
                     VB_REFUSED_TYPE);
    assert_int_equal(
        checks("{\"pieces\":[" PIECE("home", 1, 1, 0) "," PIECE("home", 1, 1, 360) "]}"),
        VB_REFUSED_RANGE);
    assert_int_equal(checks("{\"pieces\":[],\"words\":[\"a\"]}"), VB_REFUSED_TYPE);
    assert_int_equal(checks("{\"pieces\":[]}"), VB_REFUSED_EMPTY);
    assert_int_equal(checks("{\"pieces\":7}"), VB_REFUSED_TYPE);
}

/* -- scores, dossiers ------------------------------------------------------------------------- */

static void neither_is_ever_a_number(void **state)
{
    (void)state;
    int64_t low, high, milli;
    static const int placed[] = { SMALL_COLLAGE, SMALL_TRIANGLE };
    for (int i = 0; i < 2; i++) {
        struct vb_value value = { .type = VB_VALUE_JSON, .text = THREE, .len = strlen(THREE) };
        const struct vb_item *asked = &plan->items[placed[i]];
        assert_false(vb_item_range(plan, asked, 0, &low, &high));
        assert_false(vb_item_number(plan, asked, &value, &milli));
        assert_int_equal(plan->scoring[placed[i]].rule, VB_UNSCORED);
    }
}

static void neither_goes_into_a_dossier(void **state)
{
    (void)state;
    struct vb_value values[SMALL_COUNT] = { [SMALL_VAS] = vb_value_int(3) };
    static const int placed[] = { SMALL_COLLAGE, SMALL_TRIANGLE, SMALL_DRAW };
    for (int i = 0; i < 3; i++)
        values[placed[i]] =
            (struct vb_value){ .type = VB_VALUE_JSON, .text = THREE, .len = strlen(THREE) };
    struct vb_respondent client = { .person = "p", .role = "client", .own = { .values = values } };
    struct vb_result result = { .plan = plan, .respondents = &client, .respondent_count = 1 };
    vb_result_for_dossier(&result, &arena);
    for (int i = 0; i < 3; i++)
        assert_int_equal(result.respondents[0].own.values[placed[i]].type, VB_VALUE_NONE);
    assert_int_equal(result.respondents[0].own.values[SMALL_VAS].number, 3);
}

/* -- the sheet -------------------------------------------------------------------------------- */

static struct vb_option labelled[3];
static struct vb_answers tokens = { labelled, 3, 0, 0 };

static struct vb_result shown; /* whose slots are filled in */

static void call_them(const char *one, const char *two, const char *three)
{
    const char *const words[] = { one, two, three };
    for (int i = 0; i < 3; i++) {
        labelled[i] = plan->items[SMALL_TRIANGLE].answers->options[i];
        labelled[i].text = small_text(words[i], words[i]);
    }
    item.answers = &tokens;
    shown = (struct vb_result){ .plan = plan, .variant = -1, .setting = -1 };
}

static const char *grid_of(const char *json)
{
    struct vb_buf out = { 0 };
    struct vb_value value = value_of(json);
    vb_picture_grid(&out, &shown, 0, &item, &value);
    const char *grid = vb_arena_strndup(&arena, out.data, out.len);
    vb_buf_finish(&out);
    return grid;
}

static const char *line_of(const char *text, int line)
{
    while (line-- > 0)
        text = strchr(text, '\n') + 1;
    return vb_arena_strndup(&arena, text, strcspn(text, "\n"));
}

static void the_grid_puts_each_letter_where_its_token_lies(void **state)
{
    (void)state;
    item = plan->items[SMALL_TRIANGLE];
    call_them("cliënt", "werker", "muziek");
    const char *grid = grid_of(THREE);
    assert_string_equal(line_of(grid, 0), "┌─────────────────────┐");
    assert_string_equal(line_of(grid, 1), "│C····················│");
    assert_string_equal(line_of(grid, 6), "│··········W··········│");
    assert_string_equal(line_of(grid, 11), "│····················M│");
    assert_string_equal(line_of(grid, 12), "└─────────────────────┘");
}

static void tokens_in_one_place_lie_beside_each_other(void **state)
{
    (void)state;
    item = plan->items[SMALL_TRIANGLE];
    call_them("cliënt", "werker", "muziek");
    assert_string_equal(
        line_of(grid_of("{\"home\":[0,0],\"school\":[0,0],\"friends\":[50,0]}"), 11),
        "│CWM··················│");
    assert_string_equal(
        line_of(grid_of("{\"home\":[1000,0],\"school\":[1000,0],\"friends\":[1000,0]}"), 11),
        "│··················MWC│");
}

static void tokens_that_begin_alike_have_a_number(void **state)
{
    (void)state;
    item = plan->items[SMALL_TRIANGLE];
    call_them("Cliënt", "coach", "muziek");
    const char *grid = grid_of(THREE);
    assert_string_equal(line_of(grid, 1), "│1····················│");
    assert_string_equal(line_of(grid, 6), "│··········2··········│");
    assert_string_equal(line_of(grid, 11), "│····················M│");
}

static void the_words_say_every_place_and_no_distance(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    const struct vb_sheet_words *words = vb_sheet_words_of("en");
    item = plan->items[SMALL_TRIANGLE];
    call_them("client", "worker", "music");
    cJSON *tree = cJSON_Parse(THREE);
    assert_true(vb_picture_words(&out, &shown, words, 1, &item, tree));
    assert_string_equal(out.data, "C client: 0 to the right, 100 up;\n"
                                  "W worker: 50 to the right, 50 up;\n"
                                  "M music: 100 to the right, 0 up");
    cJSON_Delete(tree);
    vb_buf_clear(&out);
    item = plan->items[SMALL_COLLAGE];
    item.answers = &tokens;
    tree = cJSON_Parse("{\"pieces\":[" PIECE("school", 124, 126, 90) "]}");
    assert_true(vb_picture_words(&out, &shown, words, 1, &item, tree));
    assert_string_equal(out.data, "worker: 12 to the right, 13 up, turned 90 degrees");
    cJSON_Delete(tree);
    tree = cJSON_Parse("{\"paper\":true}");
    assert_false(vb_picture_words(&out, &shown, words, 1, &item, tree));
    cJSON_Delete(tree);
    vb_buf_finish(&out);
}

static void a_slot_in_a_tokens_word_is_filled_in(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    struct vb_respondent client = { .role = "client", .label = "Sam" };
    item = plan->items[SMALL_TRIANGLE];
    call_them("{client}", "werker", "muziek");
    shown.respondents = &client;
    shown.respondent_count = 1;
    cJSON *tree = cJSON_Parse(THREE);
    assert_true(vb_picture_words(&out, &shown, vb_sheet_words_of("nl"), 0, &item, tree));
    assert_string_equal(line_of(out.data, 0), "S Sam: 0 naar rechts, 100 omhoog;");
    assert_string_equal(line_of(grid_of(THREE), 1), "│S····················│");
    vb_buf_clear(&out);
    struct vb_value value = value_of(THREE);
    vb_picture_svg(&out, &shown, 0, &item, &value);
    assert_non_null(strstr(out.data, ">S</text>"));
    cJSON_Delete(tree);
    vb_buf_finish(&out);
}

static int count_of(const char *text, const char *what)
{
    int count = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what))
        count++;
    return count;
}

static void the_picture_tells_tokens_apart_by_shape_and_letter(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    item = plan->items[SMALL_TRIANGLE];
    call_them("<b>", "worker", "music");
    struct vb_value value = value_of(THREE);
    assert_false(
        vb_picture_svg(&out, &shown, 0, &item, &value)); /* letters alone: the words stay seen */
    assert_int_equal(count_of(out.data, "<circle"), 1);
    assert_int_equal(count_of(out.data, "class=\"square\""), 1);
    assert_int_equal(count_of(out.data, "class=\"diamond\""), 1);
    assert_int_equal(count_of(out.data, "&lt;</text>"), 1);
    assert_int_equal(count_of(out.data, "between"), 0);
    assert_int_equal(count_of(out.data, "aria-hidden=\"true\""), 1);
    vb_buf_finish(&out);
}

static void the_picture_of_a_collage_turns_its_words(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    item = plan->items[SMALL_COLLAGE];
    call_them("boom", "brug & <i>", "huis");
    struct vb_value value =
        value_of("{\"pieces\":[" PIECE("home", 0, 0, 45) "," PIECE("school", 500, 1000, 0) "]}");
    assert_true(vb_picture_svg(&out, &shown, 0, &item, &value));
    assert_non_null(strstr(out.data, "rotate(45)"));
    assert_non_null(strstr(out.data, ">boom</text>"));
    assert_non_null(strstr(out.data, "brug &amp; &lt;i&gt;"));
    vb_buf_clear(&out);
    value = value_of("{\"paper\":true}");
    assert_false(vb_picture_svg(&out, &shown, 0, &item, &value));
    assert_int_equal(out.len, 0);
    vb_buf_finish(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_triangle_has_a_place_for_each_token_in_their_order),
        TEST(what_no_answer_file_would_write_is_no_triangle),
        TEST(a_collage_is_a_list_of_pieces_each_as_often_as_one_likes),
        TEST(a_collage_may_be_a_photo_words_or_paper_too),
        TEST(of_pieces_that_may_not_stay_only_the_fact_is_taken),
        TEST(pieces_are_looked_at_from_first_to_last),
        TEST(neither_is_ever_a_number),
        TEST(neither_goes_into_a_dossier),
        TEST(the_grid_puts_each_letter_where_its_token_lies),
        TEST(tokens_in_one_place_lie_beside_each_other),
        TEST(tokens_that_begin_alike_have_a_number),
        TEST(the_words_say_every_place_and_no_distance),
        TEST(a_slot_in_a_tokens_word_is_filled_in),
        TEST(the_picture_tells_tokens_apart_by_shape_and_letter),
        TEST(the_picture_of_a_collage_turns_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
