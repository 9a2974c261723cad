/* cmd_explain_score.c - verbond explain-score: how a score came about, item by item. */
#include <stdio.h>

#include "author/explain_score.h"
#include "base/str.h"
#include "session/named.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    const char *scale, *person, *language;
};
enum { KEY_PERSON = 300, KEY_LANG };
static const struct argp_option options[] = {
    { "person", KEY_PERSON, "ID", 0, "only this person, by id or its first characters", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the scale's title", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        return 0;
    case KEY_PERSON:
        arguments->person = arg;
        return 0;
    case KEY_LANG:
        arguments->language = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->one.round == NULL || arguments->scale != NULL)
            return ARGP_ERR_UNKNOWN; /* the round, and what is too much */
        arguments->scale = arg;
        return 0;
    case ARGP_KEY_END:
        if (arguments->one.round != NULL && arguments->scale == NULL)
            argp_error(state, "which scale? verbond result ROUND names them");
        return ARGP_ERR_UNKNOWN;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    options,
    parse,
    "ROUND SCALE",
    "Says how a score of a released round came about: each item's answer, what was reversed, what "
    "was not filled in, the sum, the mean and POMP with their formulas.\v"
    "It shows what the result shows and nothing else. Before the release it ends with 5.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code find_scale(const struct vb_plan *plan, const char *id, int *scale,
                               struct vb_err *err)
{
    *scale = vb_plan_scale(plan, id);
    if (*scale >= 0)
        return VB_OK;
    struct vb_arena arena = { 0 };
    const char **ids = vb_arena_alloc(&arena, sizeof *ids * (size_t)(plan->scale_count + 1));
    for (int i = 0; i < plan->scale_count; i++)
        ids[i] = plan->scales[i].id;
    const char *meant = vb_did_you_mean(id, ids, (size_t)plan->scale_count);
    if (meant != NULL)
        vb_fail(err, VB_E_ABSENT, "%s has no scale %s; did you mean %s?", plan->id, id, meant);
    else
        vb_fail(err, VB_E_ABSENT, "%s has no scale %s", plan->id, id);
    vb_arena_finish(&arena);
    return err->code;
}

static enum vb_code explain(struct vb_workplace *place, const struct arguments *arguments,
                            struct vb_err *err)
{
    struct vb_round *round = NULL;
    struct vb_result result;
    struct vb_buf text = { 0 };
    int scale = -1;
    enum vb_code rc = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (rc == VB_OK)
        rc = vb_round_result(round, 0, &place->arena, &result, err);
    if (rc == VB_OK)
        rc = vb_named_language(result.plan, arguments->language, err);
    if (rc == VB_OK)
        rc = find_scale(result.plan, arguments->scale, &scale, err);
    if (rc == VB_OK)
        rc = vb_explain_score(&text, &result, scale, arguments->person, arguments->language, err);
    if (rc == VB_OK)
        rc = vb_workplace_audit(place, "explain-score", vb_round_row(round)->id, err);
    if (rc == VB_OK)
        vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_explain_score(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = explain(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
