/* cmd_preview.c - verbond preview: the screens of an instrument, without asking anybody. */
#include <stdio.h>
#include <string.h>

#include "author/preview.h"
#include "base/str.h"
#include "session/named.h"
#include "main/command.h"
#include "main/given.h"
#include "main/workplace.h"

struct arguments {
    const char *instrument, *role, *language, *variant;
};
enum { KEY_ROLE = 256, KEY_LANG, KEY_VARIANT };
static const struct argp_option options[] = {
    { "role", KEY_ROLE, "ROLE", 0, "the screens of this role (of every role)", 0 },
    { "lang", KEY_LANG, "LANG", 0, "in this language (the instrument's first)", 0 },
    { "variant", KEY_VARIANT, "V", 0, "in the words of this variant", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_ROLE:
        arguments->role = arg;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_VARIANT:
        arguments->variant = arg;
        break;
    default:
        return vb_given_instrument(&arguments->instrument, key, arg, state);
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "INSTRUMENT",
    "Prints what each role would be asked, screen by screen: texts, answers, and what a question "
    "hangs on. Nobody is asked and nothing is stored.",
    NULL,
    NULL,
    NULL
};

/* Where a round needs a variant and none was asked for, the first. */
static enum vb_code find_variant(const struct vb_plan *plan, const char *name, int *variant,
                                 struct vb_err *err)
{
    *variant = name != NULL ? vb_plan_variant(plan, name) : vb_round_needs_variant(plan) ? 0 : -1;
    if (name != NULL && *variant < 0)
        return vb_fail(err, VB_E_DATA, "this instrument has no variant %s", name);
    return VB_OK;
}

static void preview(struct vb_buf *out, const struct vb_plan *plan, const char *role, int language,
                    int variant)
{
    if (plan->scripted)
        vb_buf_puts(out, "The flow chooses what is asked, and in which order; here everything "
                         "stands as in the file.\n\n");
    for (int i = 0; i < plan->role_count; i++) {
        struct vb_paper_wish wish = { .role = i,
                                      .language = language,
                                      .form = -1,
                                      .variant = variant,
                                      .includes = vb_plan_included(plan, NULL, 0) };
        if (role == NULL || vb_streq(plan->roles[i].name, role))
            vb_preview(out, plan, &wish);
    }
}

int vb_cmd_preview(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_plan *plan = NULL;
    struct vb_buf text = { 0 };
    struct vb_err err;
    int variant = -1;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    if (rc == VB_OK)
        rc = vb_workplace_load(&place, arguments.instrument, &plan, &err);
    if (rc == VB_OK)
        rc = vb_named_role(plan, arguments.role, &err);
    if (rc == VB_OK)
        rc = vb_named_language(plan, arguments.language, &err);
    if (rc == VB_OK)
        rc = find_variant(plan, arguments.variant, &variant, &err);
    if (rc == VB_OK)
        preview(&text, plan, arguments.role, vb_plan_language(plan, arguments.language), variant);
    if (rc == VB_OK)
        vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
    vb_plan_release(plan);
    return vb_workplace_end(&place, rc, &err);
}
