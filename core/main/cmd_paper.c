/* cmd_paper.c - verbond paper: an instrument as a blank form to print. */
#include <string.h>

#include "author/paper.h"
#include "author/put_file.h"
#include "base/str.h"
#include "session/named.h"
#include "main/command.h"
#include "main/given.h"
#include "main/workplace.h"

enum { WITH_MAX = 31 };
struct arguments {
    const char *instrument, *role, *language, *form, *format, *variant, *out;
    const char *with[WITH_MAX];
    int with_count;
};
enum { KEY_ROLE = 256, KEY_LANG, KEY_FORM, KEY_FORMAT, KEY_VARIANT, KEY_WITH, KEY_HTML, KEY_OUT };
static const struct argp_option options[] = {
    { "role", KEY_ROLE, "ROLE", 0, "whose questions", 0 },
    { "lang", KEY_LANG, "LANG", 0, "in this language (the instrument's first)", 0 },
    { "form", KEY_FORM, "F", 0, "a shorter or other form, such as short", 0 },
    { "format", KEY_FORMAT, "F", 0, "answer format, such as simple", 0 },
    { "variant", KEY_VARIANT, "V", 0, "variant of the instrument", 0 },
    { "with", KEY_WITH, "NAME", 0, "turn an optional part on; may stand several times", 0 },
    { "html", KEY_HTML, NULL, 0, "a page of HTML, which it always is", 0 },
    { "out", KEY_OUT, "FILE.html", 0, "write it there, not on stdout", 0 },
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
    case KEY_FORM:
        arguments->form = arg;
        break;
    case KEY_FORMAT:
        arguments->format = arg;
        break;
    case KEY_VARIANT:
        arguments->variant = arg;
        break;
    case KEY_WITH:
        if (arguments->with_count == WITH_MAX)
            argp_error(state, "--with stands there too often");
        arguments->with[arguments->with_count++] = arg;
        break;
    case KEY_HTML:
        break;
    case KEY_OUT:
        arguments->out = arg;
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
    "Prints the questions of one role as a blank form of paper: a page of HTML with large letters, "
    "to be printed from a browser.\v"
    "What is filled in on paper is entered with verbond run INSTRUMENT --mode paper; "
    "docs/how-to/on-paper.md goes through it.",
    NULL,
    NULL,
    NULL
};

/* -- what is wished for, as the instrument knows it -------------------------------------------- */

struct names {
    const char *list[VB_ROLES_MAX + VB_FORMS_MAX];
    int count;
};

static enum vb_code unknown(const char *what, const char *name, const struct names *names,
                            struct vb_err *err)
{
    struct vb_buf list = { 0 };
    vb_buf_puts(&list, "");
    for (int i = 0; i < names->count; i++)
        vb_buf_printf(&list, "%s%s", i == 0 ? "" : ", ", names->list[i]);
    enum vb_code code;
    if (names->count == 0)
        code = vb_fail(err, VB_E_DATA, "this instrument has no %ss", what);
    else if (name == NULL)
        code = vb_fail(err, VB_E_USAGE, "which %s? There are: %s", what, list.data);
    else
        code = vb_fail(err, VB_E_DATA, "there is no %s %s; there are: %s", what, name, list.data);
    vb_buf_finish(&list);
    return code;
}

#define TAKE(names, array, n, member)                                                              \
    for ((names)->count = 0; (names)->count < (n); (names)->count++)                               \
    (names)->list[(names)->count] = (array)[(names)->count].member

static enum vb_code find(int *out, const char *what, const char *name, const struct names *names,
                         struct vb_err *err)
{
    for (int i = 0; name != NULL && i < names->count; i++)
        if (strcmp(names->list[i], name) == 0) {
            *out = i;
            return VB_OK;
        }
    return unknown(what, name, names, err);
}

static enum vb_code read_wish(struct vb_paper_wish *wish, const struct vb_plan *plan,
                              const struct arguments *arguments, struct vb_err *err)
{
    struct names names;
    *wish = (struct vb_paper_wish){ .form = -1, .variant = -1 };
    TAKE(&names, plan->roles, plan->role_count, name);
    enum vb_code rc = VB_OK;
    if (arguments->role != NULL || plan->role_count > 1)
        rc = find(&wish->role, "role", arguments->role, &names, err);
    if (rc == VB_OK)
        rc = vb_named_language(plan, arguments->language, err);
    wish->language = vb_plan_language(plan, arguments->language);
    TAKE(&names, plan->forms, plan->form_count, name);
    if (rc == VB_OK && arguments->form != NULL)
        rc = find(&wish->form, "form", arguments->form, &names, err);
    TAKE(&names, plan->formats, plan->format_count, name);
    if (rc == VB_OK && arguments->format != NULL)
        rc = find(&wish->format, "format", arguments->format, &names, err);
    TAKE(&names, plan->variants, plan->variant_count, name);
    if (rc == VB_OK && arguments->variant != NULL)
        rc = find(&wish->variant, "variant", arguments->variant, &names, err);
    if (rc == VB_OK && wish->variant < 0 && vb_round_needs_variant(plan))
        rc = unknown("variant", NULL, &names, err);
    TAKE(&names, plan->includes, plan->include_count, name);
    int include;
    for (int i = 0; rc == VB_OK && i < arguments->with_count; i++)
        rc = find(&include, "part", arguments->with[i], &names, err);
    wish->includes = vb_plan_included(plan, arguments->with, arguments->with_count);
    return rc;
}

int vb_cmd_paper(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_plan *plan = NULL;
    struct vb_paper_wish wish;
    struct vb_buf page = { 0 };
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    if (rc == VB_OK)
        rc = vb_workplace_load(&place, arguments.instrument, &plan, &err);
    if (rc == VB_OK)
        rc = read_wish(&wish, plan, &arguments, &err);
    if (rc == VB_OK)
        vb_paper_form(&page, plan, &wish);
    if (rc == VB_OK && arguments.out != NULL)
        rc = vb_put_file(arguments.out, &page, &err);
    else if (rc == VB_OK)
        vb_workplace_print(&page);
    vb_buf_finish(&page);
    vb_plan_release(plan);
    return vb_workplace_end(&place, rc, &err);
}
