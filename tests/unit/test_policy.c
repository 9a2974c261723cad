/* What an instrument's policy forbids stays forbidden, whatever its Lua tries: at load, through
 * includes, variants and flows, while a flow runs, and when somebody answers all the same. */
#include "loads.h"
#include "round_fixture.h"
#include "tiny_png.h"

#define START START_OF("one")
#define START_OF(id)                                                                               \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"" id "\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"         \
    "  basis = \"own\", source = \"own\", title = { en = \"One\" }, languages = { \"en\" },\n"     \
    "  respondents = { \"client\" },\n"
#define ASKED  "text = { en = \"What?\" }"
#define TWO    "options = { { \"a\", en = \"a\" }, { \"b\", en = \"b\" } }"
#define PIECES "pieces = { { \"a\", en = \"a\" } }"

/* -- at load ---------------------------------------------------------------------------------- */

struct forbidden {
    const char *rule, *item;
};
static const struct forbidden forbidden[] = {
    { "free_text", "v.text \"say\" { " ASKED " }" },
    { "free_text", "v.words \"say\" { own = true, " ASKED " }" },
    { "free_text", "v.words \"say\" { " ASKED " }" },
    { "free_text", "v.choice \"say\" { other = true, " TWO ", " ASKED " }" },
    { "free_text", "v.draw \"say\" { tools = { \"draw\", \"words\" }, " ASKED " }" },
    { "free_text", "v.photo \"say\" { tools = { \"words\" }, " ASKED " }" },
    { "free_text", "v.collage \"say\" { tools = { \"words\" }, " ASKED " }" },
    { "drawing_keep", "v.draw \"say\" { keep = \"give\", " ASKED " }" },
    { "drawing_keep", "v.photo \"say\" { keep = \"until 1\", " ASKED " }" },
    { "drawing_keep", "v.collage \"say\" { keep = \"give\", " PIECES ", " ASKED " }" },
    { "emotion_rating", "v.faces \"say\" { " ASKED ", answers = v.answers { { 1, en = \"a\" },"
                        " { 2, en = \"b\" } } }" },
};
enum { FORBIDDEN = sizeof forbidden / sizeof *forbidden };

static void refuses(const struct forbidden *one, const char *text)
{
    struct loaded loaded = load_text(text);
    const struct vb_finding *found = finding(&loaded, "policy-refuses");
    if (loaded.code == VB_OK || found == NULL || strstr(found->message, one->rule) == NULL)
        fail_msg("%s: %s", one->item, text);
    unload(&loaded);
}

static void accepts(const char *text)
{
    struct loaded loaded = load_text(text);
    (void)plan_of(&loaded);
    unload(&loaded);
}

static void what_a_policy_forbids_does_not_load(void **state)
{
    (void)state;
    char text[2048];
    for (int i = 0; i < FORBIDDEN; i++) {
        snprintf(text, sizeof text, START "policy = { %s = false }, %s }", forbidden[i].rule,
                 forbidden[i].item);
        refuses(&forbidden[i], text);
        snprintf(text, sizeof text, START "policy = { %s = true }, %s }", forbidden[i].rule,
                 forbidden[i].item);
        accepts(text);
    }
}

static void a_variants_policy_holds_for_what_is_asked_in_it(void **state)
{
    (void)state;
    static const char variants[] =
        "variants = { calm = { title = { en = \"Calm\" }, policy = { %s = false } },\n"
        "  free = { title = { en = \"Free\" }, policy = { %s = true } } },\n";
    char text[4096], head[1024], item[512];
    for (int i = 0; i < FORBIDDEN; i++) {
        snprintf(head, sizeof head, variants, forbidden[i].rule, forbidden[i].rule);
        snprintf(text, sizeof text, START "%s%s }", head, forbidden[i].item);
        refuses(&forbidden[i], text);
        const char *brace = strchr(forbidden[i].item, '{');
        snprintf(item, sizeof item, "%.*s{ variants = { \"free\" }, %s",
                 (int)(brace - forbidden[i].item), forbidden[i].item, brace + 1);
        snprintf(text, sizeof text, START "%s%s }", head, item);
        accepts(text);
    }
}

/* The instrument's policy is the ceiling: a variant that allows more changes nothing. */
static void a_variant_cannot_allow_what_the_instrument_forbids(void **state)
{
    (void)state;
    char text[2048];
    for (int i = 0; i < FORBIDDEN; i++) {
        snprintf(text, sizeof text,
                 START "policy = { %s = false }, variants = { free = {\n"
                       "title = { en = \"Free\" }, policy = { %s = true } } }, %s }",
                 forbidden[i].rule, forbidden[i].rule, forbidden[i].item);
        refuses(&forbidden[i], text);
    }
}

static void a_flow_does_not_change_what_may_be_asked(void **state)
{
    (void)state;
    char text[2048];
    for (int i = 0; i < FORBIDDEN; i++) {
        snprintf(text, sizeof text,
                 START "policy = { %s = false }, %s,\n  flow = function(s) s:ask \"say\" end }",
                 forbidden[i].rule, forbidden[i].item);
        refuses(&forbidden[i], text);
    }
}

static struct loaded load_including(const char *policy, const char *theirs, const char *item)
{
    static char outer[2048], inner[2048];
    snprintf(outer, sizeof outer,
             START "%s v.yesno \"fine\" { " ASKED " }, v.include \"part\" { optional = false } }",
             policy);
    snprintf(inner, sizeof inner, START_OF("part") "%s %s }", theirs, item);
    const struct vb_file files[] = {
        { .path = "one/instrument.lua", .bytes = outer, .len = strlen(outer) },
        { .path = "part/instrument.lua", .bytes = inner, .len = strlen(inner) },
    };
    return load_files(files, 2);
}

/* Own words and key words that were only the including default give way; nothing else does. */
static void what_is_included_obeys_who_includes_it(void **state)
{
    (void)state;
    char policy[128];
    for (int i = 0; i < FORBIDDEN; i++) {
        snprintf(policy, sizeof policy, "policy = { %s = false },", forbidden[i].rule);
        struct loaded loaded = load_including(policy, "", forbidden[i].item);
        if (loaded.code == VB_OK) {
            const struct vb_item *item = &loaded.plan->items[vb_plan_item(loaded.plan, "part.say")];
            assert_string_equal(forbidden[i].rule, "free_text");
            assert_false(item->own || item->other || item->kind == VB_TEXT);
            assert_int_equal(item->tools & VB_TOOL_WORDS, 0);
            assert_true(item->kind == VB_WORDS || item->tools != 0);
        } else {
            assert_non_null(finding(&loaded, "policy-refuses"));
        }
        unload(&loaded);
        loaded = load_including("", "", forbidden[i].item);
        (void)plan_of(&loaded);
        unload(&loaded);
    }
}

/* -- when it is answered ---------------------------------------------------------------------- */

/* Answers that hold own words, for every kind that could take some. */
static const struct {
    const char *item, *answer;
} spoken[] = {
    { "v.text \"say\" { " ASKED " }", NULL },
    { "v.words \"say\" { " ASKED " }", "[\"MARKER\"]" },
    { "v.words \"say\" { " TWO ", " ASKED " }", "[\"a\",\"MARKER\"]" },
    { "v.choice \"say\" { other = true, " TWO ", " ASKED " }", "{\"other\":\"MARKER\"}" },
    { "v.choice \"say\" { other = true, max = 2, " TWO ", " ASKED " }",
      "[\"a\",{\"other\":\"MARKER\"}]" },
    { "v.draw \"say\" { " ASKED " }", "{\"words\":[\"MARKER\"]}" },
    { "v.photo \"say\" { " ASKED " }", "{\"words\":[\"MARKER\"]}" },
    { "v.collage \"say\" { " PIECES ", " ASKED " }", "{\"words\":[\"MARKER\"]}" },
};
enum { SPOKEN = sizeof spoken / sizeof *spoken };

static struct vb_value answer_of(const char *json)
{
    if (json == NULL)
        return text("MARKER");
    return (struct vb_value){ .type = VB_VALUE_JSON, .text = json, .len = (uint32_t)strlen(json) };
}

static void hears(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    *(enum vb_code *)ctx = code;
}

static enum vb_refusal answered(struct vb_session *session, struct vb_value value)
{
    enum vb_refusal refusal = VB_ACCEPTED;
    enum vb_code code = VB_E_INTERNAL;
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &value, &refusal, hears, &code);
    assert_int_equal(code, refusal == VB_ACCEPTED ? VB_OK : VB_E_DATA);
    return refusal;
}

/* Is it in any event or picture that the store holds? */
static bool stored(struct scene *scene, const char *words)
{
    struct vb_store *store = scene->world.store;
    struct vb_arena arena = { 0 };
    struct vb_err *err = &scene->world.err;
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    struct vb_event_row *events;
    struct vb_blob_row *blobs;
    size_t round_count, session_count, event_count, blob_count;
    bool found = false;
    assert_int_equal(store->ops->rounds(store, &arena, &rounds, &round_count, err), VB_OK);
    for (size_t r = 0; r < round_count; r++) {
        const char *id = rounds[r].id;
        assert_int_equal(store->ops->sessions(store, id, &arena, &sessions, &session_count, err),
                         VB_OK);
        for (size_t s = 0; s < session_count; s++) {
            id = sessions[s].id;
            assert_int_equal(store->ops->events(store, id, 1, &arena, &events, &event_count, err),
                             VB_OK);
            for (size_t e = 0; e < event_count; e++)
                found |= memmem(events[e].body, events[e].body_len, words, strlen(words)) != NULL;
            assert_int_equal(store->ops->session_blobs(store, id, &arena, &blobs, &blob_count, err),
                             VB_OK);
            found |= blob_count > 0;
        }
    }
    vb_arena_finish(&arena);
    return found;
}

/* As if the load had let it through: the policy of the plan itself is what the core asks. */
static void the_core_refuses_own_words_that_the_load_did_not_see(void **state)
{
    (void)state;
    char source[2048];
    for (int i = 0; i < SPOKEN; i++) {
        for (int allowed = 0; allowed < 2; allowed++) {
            struct scene scene;
            snprintf(source, sizeof source, START "%s }", spoken[i].item);
            struct loaded loaded = load_text(source);
            plan_of(&loaded)->policy.free_text = allowed;
            begin(&scene, vb_plan_keep(loaded.plan));
            struct vb_session *client = join(&scene, "client", NULL);
            enum vb_refusal refusal = answered(client, answer_of(spoken[i].answer));
            if (refusal != (allowed ? VB_ACCEPTED : VB_REFUSED_POLICY))
                fail_msg("%s: %s", spoken[i].item, vb_refusal_name(refusal));
            assert_int_equal(stored(&scene, "MARKER"), allowed);
            end(&scene);
            unload(&loaded);
        }
    }
}

static const char *const kept[] = {
    "v.draw \"say\" { keep = \"give\", " ASKED " }",
    "v.photo \"say\" { keep = \"until 9\", " ASKED " }",
    "v.collage \"say\" { keep = \"give\", " PIECES ", " ASKED " }",
};

/* Neither the bytes, nor a digest that names them, nor the pieces. */
static void the_core_keeps_no_picture_that_the_load_did_not_see(void **state)
{
    (void)state;
    static const char png[] = TINY_PNG("\x06", "MARKER");
    static const char digest[] =
        "{\"blob\":\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
        "\"type\":\"image/png\"}";
    static const char piece[] = "{\"pieces\":[{\"id\":\"a\",\"x\":1,\"y\":1,\"turn\":0}]}";
    char source[2048];
    for (int i = 0; i < 3; i++) {
        struct scene scene;
        struct vb_arena arena = { 0 };
        struct vb_value value;
        snprintf(source, sizeof source, START "%s }", kept[i]);
        struct loaded loaded = load_text(source);
        plan_of(&loaded)->policy.drawing_keep = false;
        begin(&scene, vb_plan_keep(loaded.plan));
        struct vb_session *client = join(&scene, "client", NULL);
        assert_int_equal(vb_session_keep_image(client, &loaded.plan->items[0], png, sizeof png - 1,
                                               &arena, &value, &scene.world.err),
                         VB_E_DATA);
        assert_int_equal(answered(client, answer_of(digest)), VB_REFUSED_POLICY);
        if (i == 2)
            assert_int_equal(answered(client, answer_of(piece)), VB_REFUSED_POLICY);
        assert_false(stored(&scene, "\"blob\"") || stored(&scene, "\"pieces\""));
        assert_int_equal(answered(client, answer_of("{\"paper\":true}")), VB_ACCEPTED);
        assert_true(stored(&scene, "paper"));
        end(&scene);
        vb_arena_finish(&arena);
        unload(&loaded);
    }
}

static void the_core_refuses_faces_that_the_load_did_not_see(void **state)
{
    (void)state;
    char source[2048];
    struct scene scene;
    snprintf(source, sizeof source, START "%s }", forbidden[FORBIDDEN - 1].item);
    struct loaded loaded = load_text(source);
    plan_of(&loaded)->policy.emotion_rating = false;
    begin(&scene, vb_plan_keep(loaded.plan));
    assert_int_equal(answered(join(&scene, "client", NULL), vb_value_int(1)), VB_REFUSED_POLICY);
    end(&scene);
    unload(&loaded);
}

/* -- while a flow runs ------------------------------------------------------------------------ */

/* Everything a flow can reach: the tables it gave, the constructors, what it was handed. */
static void a_flow_that_changes_its_tables_changes_nothing(void **state)
{
    (void)state;
    static const char source[] =
        "local v <const> = require \"verbond\"\n"
        "local policy = { free_text = false, drawing_keep = false, retention = false }\n"
        "local words = { " TWO ", " ASKED " }\n"
        "local parts = { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
        "  basis = \"own\", source = \"own\", title = { en = \"One\" }, languages = { \"en\" },\n"
        "  respondents = { \"client\" }, policy = policy, v.words \"say\" (words) }\n"
        "function parts.flow(s)\n"
        "  policy.free_text, policy.drawing_keep, policy.retention = true, true, true\n"
        "  parts.policy, parts.retain, words.own = nil, \"keep\", true\n"
        "  pcall(function() v.text = v.words end)\n"
        "  pcall(function() s.policy = { free_text = true } end)\n"
        "  s:ask \"say\"\n"
        "end\n"
        "return v.instrument(parts)\n";
    struct scene scene;
    struct loaded loaded = load_text(source);
    begin(&scene, vb_plan_keep(plan_of(&loaded)));
    struct vb_session *client = join(&scene, "client", NULL);
    assert_int_equal(vb_session_view(client)->at, VB_AT_ITEM);
    assert_int_not_equal(answered(client, answer_of("[\"a\",\"MARKER\"]")), VB_ACCEPTED);
    assert_int_equal(answered(client, answer_of("[\"a\"]")), VB_ACCEPTED);
    assert_false(loaded.plan->policy.free_text);
    assert_true(loaded.plan->policy.no_retention);
    assert_int_equal(rounds_stored(&scene), 0);
    end(&scene);
    unload(&loaded);
}

#define FREE_AND_CALM                                                                              \
    "variants = { free = { title = { en = \"Free\" } },\n"                                         \
    "  calm = { title = { en = \"Calm\" }, policy = { free_text = false } } },\n"                  \
    "v.text \"say\" { variants = { \"free\" }, " ASKED " }, v.yesno \"fine\" { " ASKED " },\n"

static void begin_calm(struct scene *scene, struct loaded *loaded)
{
    world_begin(&scene->world);
    scene->plan = vb_plan_keep(plan_of(loaded));
    assert_int_equal(open_round(scene, &(struct vb_round_options){ .variant = "calm" }), VB_OK);
}

/* What belongs to another variant is not asked in this one, whatever the flow wants. */
static void a_flow_cannot_ask_in_a_variant_what_belongs_to_another(void **state)
{
    (void)state;
    struct scene scene;
    struct loaded loaded =
        load_text(START FREE_AND_CALM "flow = function(s) s:ask \"say\" s:ask \"fine\" end }");
    begin_calm(&scene, &loaded);
    struct vb_session *client = join(&scene, "client", NULL);
    assert_string_equal(vb_session_view(client)->item->id, "fine");
    assert_int_not_equal(answered(client, text("MARKER")), VB_ACCEPTED);
    assert_false(stored(&scene, "MARKER"));
    end(&scene);
    unload(&loaded);
}

static void a_flow_cannot_move_itself_to_another_variant(void **state)
{
    (void)state;
    struct scene scene;
    struct loaded loaded = load_text(START FREE_AND_CALM
                                     "flow = function(s) s.variant = \"free\" s:ask \"say\" end }");
    begin_calm(&scene, &loaded);
    assert_int_not_equal(join_code(&scene, "client", NULL), VB_OK);
    assert_non_null(strstr(scene.world.err.text, "one/instrument.lua"));
    assert_int_equal(rounds_stored(&scene), 0);
    end(&scene);
    unload(&loaded);
}

/* -- retention -------------------------------------------------------------------------------- */

#define KEPT_OR_NOT                                                                                \
    "variants = { kept = { title = { en = \"Kept\" } },\n"                                         \
    "  gone = { title = { en = \"Gone\" }, policy = { retention = false } } },\n"

static void a_variant_without_retention_reaches_no_store(void **state)
{
    (void)state;
    static const char source[] = START KEPT_OR_NOT "v.text \"say\" { " ASKED " } }";
    static const char *const variants[] = { "kept", "gone", NULL };
    for (int i = 0; i < 3; i++) {
        struct scene scene;
        struct loaded loaded = load_text(source);
        bool gone = i == 1;
        world_begin(&scene.world);
        scene.plan = vb_plan_keep(plan_of(&loaded));
        assert_int_equal(open_round(&scene, &(struct vb_round_options){ .variant = variants[i] }),
                         VB_OK);
        assert_int_equal(vb_round_is_kept(scene.round), !gone);
        struct vb_session *client = join(&scene, "client", NULL);
        assert_int_equal(answered(client, text("MARKER")), VB_ACCEPTED);
        assert_int_equal(share(client), VB_OK);
        assert_true(settle(&scene));
        char *bytes = bytes_of(&scene, 0);
        assert_non_null(strstr(bytes, "MARKER"));
        free(bytes);
        assert_int_equal(rounds_stored(&scene), gone ? 0 : 1);
        assert_int_equal(stored(&scene, "MARKER"), !gone);
        end(&scene);
        unload(&loaded);
    }
}

static void the_stricter_of_retain_and_retention_holds(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        enum vb_retain without, kept, gone;
    } cases[] = {
        { "", VB_RETAIN_KEEP, VB_RETAIN_KEEP, VB_RETAIN_NONE },
        { "retain = \"memory\",", VB_RETAIN_MEMORY, VB_RETAIN_MEMORY, VB_RETAIN_NONE },
        { "retain = \"none\",", VB_RETAIN_NONE, VB_RETAIN_NONE, VB_RETAIN_NONE },
        { "policy = { retention = false },", VB_RETAIN_NONE, VB_RETAIN_NONE, VB_RETAIN_NONE },
        { "policy = { retention = true },", VB_RETAIN_KEEP, VB_RETAIN_KEEP, VB_RETAIN_NONE },
    };
    char source[2048];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(source, sizeof source, START "%s" KEPT_OR_NOT "v.yesno \"say\" { " ASKED " } }",
                 cases[i].said);
        struct loaded loaded = load_text(source);
        struct vb_plan *plan = plan_of(&loaded);
        assert_int_equal(vb_plan_retain(plan, -1), cases[i].without);
        assert_int_equal(vb_plan_retain(plan, vb_plan_variant(plan, "kept")), cases[i].kept);
        assert_int_equal(vb_plan_retain(plan, vb_plan_variant(plan, "gone")), cases[i].gone);
        unload(&loaded);
    }
}

static void what_is_not_kept_cannot_be_included_in_what_is(void **state)
{
    (void)state;
    static const struct {
        const char *ours, *theirs;
        bool fits;
    } cases[] = {
        { "", "retain = \"none\",", false },
        { "", "retain = \"memory\",", false },
        { "", "policy = { retention = false },", false },
        { "retain = \"memory\",", "policy = { retention = false },", false },
        { "retain = \"none\",", "policy = { retention = false },", true },
        { "policy = { retention = false },", "retain = \"memory\",", true },
        { "policy = { retention = false },", "", true },
        { KEPT_OR_NOT, KEPT_OR_NOT, true },
        { "variants = { gone = { title = { en = \"Gone\" } } },", KEPT_OR_NOT, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loaded loaded =
            load_including(cases[i].ours, cases[i].theirs, "v.yesno \"say\" { " ASKED " }");
        if (cases[i].fits)
            (void)plan_of(&loaded);
        else
            assert_non_null(finding(&loaded, "policy-refuses"));
        assert_int_equal(loaded.code == VB_OK, cases[i].fits);
        unload(&loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_policy_forbids_does_not_load),
        cmocka_unit_test(a_variants_policy_holds_for_what_is_asked_in_it),
        cmocka_unit_test(a_variant_cannot_allow_what_the_instrument_forbids),
        cmocka_unit_test(a_flow_does_not_change_what_may_be_asked),
        cmocka_unit_test(what_is_included_obeys_who_includes_it),
        cmocka_unit_test(the_core_refuses_own_words_that_the_load_did_not_see),
        cmocka_unit_test(the_core_keeps_no_picture_that_the_load_did_not_see),
        cmocka_unit_test(the_core_refuses_faces_that_the_load_did_not_see),
        cmocka_unit_test(a_flow_that_changes_its_tables_changes_nothing),
        cmocka_unit_test(a_flow_cannot_ask_in_a_variant_what_belongs_to_another),
        cmocka_unit_test(a_flow_cannot_move_itself_to_another_variant),
        cmocka_unit_test(a_variant_without_retention_reaches_no_store),
        cmocka_unit_test(the_stricter_of_retain_and_retention_holds),
        cmocka_unit_test(what_is_not_kept_cannot_be_included_in_what_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
