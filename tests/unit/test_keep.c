/* Whoever gives a picture may say whether it is kept, where the question asks. */
#include "tests.h"

#include "data/json.h"
#include "kinds/kind.h"
#include "small_plan.h"

static struct vb_item asking = { .id = "a", .kind = VB_DRAW, .keep = VB_KEEP_ASK, .keep_days = 90 };

static enum vb_refusal choose(const struct vb_item *item, const char *json, struct vb_item *out,
                              char **left, struct vb_err *why)
{
    cJSON *tree;
    *why = (struct vb_err){ 0 };
    assert_int_equal(vb_json_parse(&tree, json, strlen(json), 1 << 20, why), VB_OK);
    enum vb_refusal refusal = vb_keep_chosen(item, tree, out, why);
    *left = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    return refusal;
}

static void becomes(const char *json, enum vb_keep keep, const char *left_over)
{
    struct vb_item out;
    struct vb_err why;
    char *left;
    assert_int_equal(choose(&asking, json, &out, &left, &why), VB_ACCEPTED);
    assert_int_equal(out.keep, keep);
    assert_string_equal(left, left_over);
    cJSON_free(left);
}

static void refuses(const struct vb_item *item, const char *json, const char *sentence)
{
    struct vb_item out;
    struct vb_err why;
    char *left;
    assert_int_equal(choose(item, json, &out, &left, &why), VB_REFUSED_TYPE);
    assert_non_null(strstr(why.text, sentence));
    cJSON_free(left);
}

static void who_says_nothing_has_it_not_kept(void **state)
{
    (void)state;
    becomes("{\"file\":\"a.png\"}", VB_KEEP_NONE, "{\"file\":\"a.png\"}");
    becomes("{\"words\":[\"zon\"]}", VB_KEEP_NONE, "{\"words\":[\"zon\"]}");
}

static void what_is_said_stands_in_the_item_and_no_longer_in_the_answer(void **state)
{
    (void)state;
    becomes("{\"file\":\"a.png\",\"keep\":\"none\"}", VB_KEEP_NONE, "{\"file\":\"a.png\"}");
    becomes("{\"keep\":\"give\",\"file\":\"a.png\"}", VB_KEEP_GIVE, "{\"file\":\"a.png\"}");
    becomes("{\"file\":\"a.png\",\"keep\":\"until\"}", VB_KEEP_UNTIL, "{\"file\":\"a.png\"}");
    becomes("{\"pieces\":[],\"keep\":\"until\"}", VB_KEEP_UNTIL, "{\"pieces\":[]}");
}

static void what_cannot_be_kept_so_is_refused(void **state)
{
    (void)state;
    const struct vb_item given = { .kind = VB_DRAW, .keep = VB_KEEP_GIVE };
    const struct vb_item no_days = { .kind = VB_DRAW, .keep = VB_KEEP_ASK };
    refuses(&asking, "{\"file\":\"a\",\"keep\":\"ever\"}",
            "keep is \"none\", \"give\" or \"until\"");
    refuses(&asking, "{\"file\":\"a\",\"keep\":90}", "keep is \"none\", \"give\" or \"until\"");
    refuses(&asking, "{\"words\":[\"a\"],\"keep\":\"give\"}", "only of an image or of pieces");
    refuses(&asking, "{\"paper\":true,\"keep\":\"none\"}", "only of an image or of pieces");
    refuses(&asking, "{\"pieces\":[],\"keep\":\"give\"}", "pieces are kept with the answers");
    refuses(&no_days, "{\"file\":\"a\",\"keep\":\"until\"}", "given along");
    refuses(&given, "{\"file\":\"a\",\"keep\":\"none\"}", "says itself what is kept");
}

static enum vb_refusal check(struct vb_plan *plan, const struct vb_item *item, const char *json)
{
    static const struct vb_policy policy = { .free_text = true,
                                             .drawing_keep = true,
                                             .emotion_rating = true };
    struct vb_ask ask = { plan, item, 0, &policy };
    struct vb_value value = { .type = VB_VALUE_JSON, .text = json, .len = (uint32_t)strlen(json) };
    return vb_kind_check(&ask, &value);
}

static void a_question_that_asks_takes_a_picture_and_the_fact_of_one(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_item item = plan->items[SMALL_DRAW];
    item.keep = VB_KEEP_ASK;
    item.tools = VB_TOOL_DRAW;
    assert_int_equal(check(plan, &item, "{\"paper\":true}"), VB_ACCEPTED);
    assert_int_equal(check(plan, &item,
                           "{\"blob\":\"sha256:0123456789abcdef0123456789abcdef"
                           "0123456789abcdef0123456789abcdef\",\"type\":\"image/png\"}"),
                     VB_ACCEPTED);
    item.tools = VB_TOOL_WORDS;
    assert_int_equal(check(plan, &item, "{\"paper\":true}"), VB_REFUSED_RANGE);
    vb_plan_release(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_says_nothing_has_it_not_kept),
        cmocka_unit_test(what_is_said_stands_in_the_item_and_no_longer_in_the_answer),
        cmocka_unit_test(what_cannot_be_kept_so_is_refused),
        cmocka_unit_test(a_question_that_asks_takes_a_picture_and_the_fact_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
