/* cmd_score.c - verbond score: a table of answers in, a table of scores out. */

#include "author/put_file.h"
#include "author/score_table.h"
#include "base/str.h"
#include "data/json.h"
#include "main/command.h"
#include "main/given.h"
#include "main/workplace.h"

struct arguments {
    const char *instrument, *in, *out;
    struct vb_score_table_options options;
};
enum { KEY_IN = 256, KEY_OUT, KEY_ROLE, KEY_FORMAT, KEY_FORM, KEY_VARIANT };
enum { TABLE_MAX_BYTES = 256 * 1024 * 1024 };
static const struct argp_option options[] = {
    { "in", KEY_IN, "F.csv", 0, "the table of answers", 0 },
    { "out", KEY_OUT, "F.csv", 0, "where the table of scores is written", 0 },
    { "role", KEY_ROLE, "R", 0, "the role of every row; else the column role says it", 0 },
    { "format", KEY_FORMAT, "F", 0, "answer format, such as simple", 0 },
    { "form", KEY_FORM, "F", 0, "a shorter or other form, such as short", 0 },
    { "variant", KEY_VARIANT, "V", 0, "variant of the instrument", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_IN:
        arguments->in = arguments->options.name = arg;
        return 0;
    case KEY_OUT:
        arguments->out = arg;
        return 0;
    case KEY_ROLE:
        arguments->options.role = arg;
        return 0;
    case KEY_FORMAT:
        arguments->options.format = arg;
        return 0;
    case KEY_FORM:
        arguments->options.form = arg;
        return 0;
    case KEY_VARIANT:
        arguments->options.variant = arg;
        return 0;
    case ARGP_KEY_END:
        vb_given_instrument(&arguments->instrument, key, arg, state);
        if (arguments->in == NULL || arguments->out == NULL)
            argp_error(state, "give --in F.csv and --out F.csv");
        return 0;
    default:
        return vb_given_instrument(&arguments->instrument, key, arg, state);
    }
}

static const struct argp argp = {
    options,
    parse,
    "INSTRUMENT",
    "Scores a table of answers: columns are item ids, and case, wave and role where wanted.\v"
    "Every cell that is refused is named, and then nothing is written.",
    NULL,
    NULL,
    NULL
};

static enum vb_code score(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_err *err)
{
    struct vb_plan *plan = NULL;
    struct vb_buf bytes = { 0 }, table = { 0 }, refused = { 0 };
    int rows = 0;
    enum vb_code rc = vb_workplace_load(place, arguments->instrument, &plan, err);
    if (rc == VB_OK)
        rc = vb_file_read(&bytes, arguments->in, TABLE_MAX_BYTES, err);
    if (rc == VB_OK)
        rc = vb_score_table(&table, &refused, &rows, plan, bytes.len == 0 ? "" : bytes.data,
                            bytes.len, &arguments->options, err);
    if (refused.len > 0)
        vb_workplace_say(stderr, "%s", refused.data);
    if (rc == VB_OK)
        rc = vb_put_file(arguments->out, &table, err);
    if (rc == VB_OK)
        vb_workplace_say(stderr, "%d row%s scored, in %s\n", rows, rows == 1 ? "" : "s",
                         arguments->out);
    vb_buf_finish(&bytes);
    vb_buf_finish(&table);
    vb_buf_finish(&refused);
    vb_plan_release(plan);
    return rc;
}

int vb_cmd_score(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    if (rc == VB_OK)
        rc = score(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
