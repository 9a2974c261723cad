#include "author/score_table.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "data/score.h"
#include "kinds/kind.h"

enum column_kind { COLUMN_ITEM, COLUMN_CASE, COLUMN_WAVE, COLUMN_ROLE, COLUMN_UNKNOWN };
static const char *const own_columns[] = {
    [COLUMN_CASE] = "case", [COLUMN_WAVE] = "wave", [COLUMN_ROLE] = "role"
};
enum { WORD_MOST = 64, REFUSED_MOST = 200 };

struct column {
    enum column_kind kind;
    int item;
    const char *name;
};
struct reading {
    const struct vb_plan *plan;
    const struct vb_score_table_options *options;
    struct vb_buf *out, *refused;
    int refusals;

    struct vb_policy policy;
    int format;
    uint8_t *in_form; /* [item_count] */

    struct column *columns;
    size_t column_count, column_cap;
    struct vb_arena names; /* of columns */

    int row; /* the one that is read; 1 is the header */
    size_t at;
    int role;
    const char *words[COLUMN_UNKNOWN]; /* case, wave and role of this row */
    struct vb_value *values;           /* [plan->plain_count] */
    struct vb_arena arena;             /* of this row */
};

/* -- refusing ---------------------------------------------------------------------------------- */

static void refuse(struct reading *r, const char *column, const char *why)
{
    if (r->refusals++ >= REFUSED_MOST)
        return;
    vb_buf_printf(r->refused, "%s: row %d", r->options->name, r->row);
    if (column != NULL)
        vb_buf_printf(r->refused, ", column %s", column);
    vb_buf_printf(r->refused, ": %s\n", why);
}

/* -- the header -------------------------------------------------------------------------------- */

static void refuse_unknown(struct reading *r, const char *name)
{
    const struct vb_plan *plan = r->plan;
    const char **ids = vb_arena_alloc(&r->arena, sizeof *ids * (size_t)(plan->item_count + 4));
    size_t count = 0;
    for (int i = COLUMN_CASE; i <= COLUMN_ROLE; i++)
        ids[count++] = own_columns[i];
    for (int i = 0; i < plan->item_count; i++)
        ids[count++] = plan->items[i].id;
    const char *meant = vb_did_you_mean(name, ids, count);
    refuse(r, name,
           vb_arena_printf(&r->arena, "%s has no such item%s%s%s", plan->id,
                           meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                           meant == NULL ? "" : "?"));
}

static void read_column(struct reading *r, const char *name)
{
    struct column *column = vb_push(&r->columns, r->column_count, &r->column_cap, sizeof *column);
    *column = (struct column){ .kind = COLUMN_UNKNOWN, .item = vb_plan_item(r->plan, name) };
    column->name = vb_arena_strdup(&r->names, name);
    for (int i = COLUMN_CASE; i <= COLUMN_ROLE; i++)
        if (vb_streq(name, own_columns[i]))
            column->kind = (enum column_kind)i;
    if (column->kind == COLUMN_UNKNOWN && column->item >= 0)
        column->kind = COLUMN_ITEM;
    for (size_t i = 0; i < r->column_count; i++)
        if (vb_streq(r->columns[i].name, name))
            refuse(r, name, "stands twice in the header");
    r->column_count++;
    if (column->kind == COLUMN_UNKNOWN)
        refuse_unknown(r, name);
    else if (column->kind == COLUMN_ITEM && r->plan->items[column->item].per_member)
        refuse(r, name, "is asked about each member, which a row of a table cannot hold");
}

static bool has_column(const struct reading *r, enum column_kind kind)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (r->columns[i].kind == kind)
            return true;
    return false;
}

static void put_header(struct reading *r)
{
    static const char *const parts[] = { "sum", "answered", "of", "mean", "pomp", "prorated" };
    const char *between = "";
    for (int i = COLUMN_CASE; i <= COLUMN_ROLE; i++)
        if (has_column(r, (enum column_kind)i)) {
            vb_buf_printf(r->out, "%s%s", between, own_columns[i]);
            between = ",";
        }
    for (int i = 0; i < r->plan->scale_count; i++)
        for (size_t k = 0; !r->plan->scales[i].per_member && k < sizeof parts / sizeof *parts;
             k++) {
            vb_buf_printf(r->out, "%s%s.%s", between, r->plan->scales[i].id, parts[k]);
            between = ",";
        }
    for (int i = 0; i < r->plan->total_count; i++)
        vb_buf_printf(r->out, ",%s", r->plan->totals[i].id);
    vb_buf_putc(r->out, '\n');
}

/* -- cells ------------------------------------------------------------------------------------- */

static cJSON *list_of(const char *cell)
{
    cJSON *list = cJSON_CreateArray();
    for (const char *p = cell; *p != '\0';) {
        size_t len = strcspn(p, "|");
        char *one = vb_alloc(len + 1);
        memcpy(one, p, len);
        cJSON_AddItemToArray(list, cJSON_CreateString(one));
        free(one);
        p += len + (p[len] == '|');
    }
    return list;
}

/* As an answer file writes it; what is no number stays a string, which the kind refuses. */
static cJSON *json_of(const struct vb_item *item, const char *cell)
{
    char *end;
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
    case VB_VAS:
    case VB_NUMBER: {
        bool plain = strspn(cell, "+-.0123456789") == strlen(cell);
        double number = strtod(cell, &end);
        return plain && *end == '\0' ? cJSON_CreateNumber(number) : cJSON_CreateString(cell);
    }
    case VB_YESNO:
        if (vb_streq(cell, "true") || vb_streq(cell, "1"))
            return cJSON_CreateTrue();
        if (vb_streq(cell, "false") || vb_streq(cell, "0"))
            return cJSON_CreateFalse();
        return cJSON_CreateString(cell);
    case VB_WORDS:
        return list_of(cell);
    case VB_CHOICE:
        return item->max > 1 ? list_of(cell) : cJSON_CreateString(cell);
    default:
        return cJSON_CreateString(cell);
    }
}

/* An empty cell and a reason's name are no answer, whatever the kind; no path was walked, so
 * nothing is required here. */
static void read_answer(struct reading *r, const struct column *column, const char *cell)
{
    const struct vb_item *item = &r->plan->items[column->item];
    struct vb_value *value = &r->values[item->slot];
    enum vb_missing reason = VB_MISSING_SKIPPED;
    if (item->per_member)
        return; /* the header was refused for it */
    *value = vb_value_missing(reason);
    if (cell[0] == '\0')
        return;
    if (vb_missing_parse(cell, &reason)) {
        *value = vb_value_missing(reason);
        return;
    }
    struct vb_ask ask = { r->plan, item, r->format, &r->policy };
    struct vb_err why = { 0 };
    cJSON *json = json_of(item, cell);
    enum vb_refusal refusal = vb_kind_from_json(&ask, json, &r->arena, value, &why);
    cJSON_Delete(json);
    if (refusal != VB_ACCEPTED)
        refuse(r, column->name, why.text[0] != '\0' ? why.text : vb_refusal_name(refusal));
    else if (r->in_form[column->item] == 0)
        refuse(r, column->name, "is not in this form or variant: leave the cell empty");
}

/* Pseudonyms, as --case and --wave take them: so nothing in the table of scores is a formula. */
static void read_word(struct reading *r, const struct column *column, const char *cell)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    size_t len = strlen(cell);
    r->words[column->kind] = vb_arena_strdup(&r->arena, cell);
    if (len > WORD_MOST || strspn(cell, letters) != len || cell[0] == '-')
        refuse(r, column->name,
               "wants a word of at most 64 letters a-z, digits, dots, dashes and underscores");
}

static void on_field(void *bytes, size_t len, void *ctx)
{
    struct reading *r = ctx;
    const char *cell = bytes == NULL ? "" : bytes;
    size_t at = r->at++;
    if (strlen(cell) != len || !vb_utf8_valid(cell, len, NULL)) {
        refuse(r, at < r->column_count ? r->columns[at].name : NULL, "is not UTF-8 text");
        return;
    }
    if (r->row == 1) {
        read_column(r, cell);
        return;
    }
    if (at >= r->column_count)
        return; /* told at the end of the row */
    const struct column *column = &r->columns[at];
    if (column->kind == COLUMN_ITEM)
        read_answer(r, column, cell);
    else if (column->kind != COLUMN_UNKNOWN)
        read_word(r, column, cell);
}

/* -- rows -------------------------------------------------------------------------------------- */

static void put_scale(struct reading *r, const struct vb_score *score, const char *between)
{
    struct vb_buf *out = r->out;
    vb_buf_puts(out, between);
    if (!score->any) {
        vb_buf_puts(out, ",,,,,");
        return;
    }
    vb_milli_write(out, score->sum_milli);
    vb_buf_printf(out, ",%d,%d,", score->answered, score->of);
    if (!score->given) {
        vb_buf_puts(out, ",,");
        return;
    }
    vb_milli_write(out, score->mean_milli);
    vb_buf_printf(out, ",%" PRId64 ".%" PRId64 ",%s", score->pomp_tenths / 10,
                  score->pomp_tenths % 10, score->prorated ? "true" : "false");
}

static void put_scores(struct reading *r, const char *between)
{
    const struct vb_plan *plan = r->plan;
    struct vb_score *scores =
        vb_arena_alloc(&r->arena, sizeof *scores * (size_t)(plan->scale_count + 1));
    for (int i = 0; i < plan->scale_count; i++) {
        if (plan->scales[i].per_member)
            continue;
        vb_score_scale(&scores[i], plan, &plan->scales[i], r->values, -1, r->format, r->role,
                       r->in_form);
        put_scale(r, &scores[i], between);
        between = ",";
    }
    for (int i = 0; i < plan->total_count; i++) {
        int64_t milli;
        vb_buf_putc(r->out, ',');
        if (vb_score_total(&milli, &plan->totals[i], plan, scores))
            vb_milli_write(r->out, milli);
    }
    vb_buf_putc(r->out, '\n');
}

static bool find_role(struct reading *r)
{
    const char *role = r->options->role != NULL ? r->options->role : r->words[COLUMN_ROLE];
    if (role == NULL && r->plan->role_count == 1)
        role = r->plan->roles[0].name;
    r->role = vb_plan_role(r->plan, role);
    if (role == NULL)
        refuse(r, NULL, "of which role? Give a column role, or --role");
    else if (r->role < 0)
        refuse(r, "role", vb_arena_printf(&r->arena, "%s has no role \"%s\"", r->plan->id, role));
    return r->role >= 0;
}

static void end_row(struct reading *r)
{
    const char *between = "";
    if (r->at != r->column_count)
        refuse(r, NULL,
               vb_arena_printf(&r->arena, "has %zu cells, and the header has %zu", r->at,
                               r->column_count));
    if (!find_role(r))
        return;
    for (size_t i = 0; i < r->column_count; i++) {
        const struct column *column = &r->columns[i];
        if (column->kind != COLUMN_ITEM || r->plan->items[column->item].per_member)
            continue;
        const struct vb_item *item = &r->plan->items[column->item];
        if (item->text[r->role] == NULL && vb_value_given(&r->values[item->slot]))
            refuse(r, column->name, "is not asked of this role: leave the cell empty");
    }
    for (int i = COLUMN_CASE; i <= COLUMN_ROLE; i++)
        if (has_column(r, (enum column_kind)i)) {
            vb_buf_printf(r->out, "%s%s", between, r->words[i] == NULL ? "" : r->words[i]);
            between = ",";
        }
    put_scores(r, between);
}

static void on_row(int end, void *ctx)
{
    struct reading *r = ctx;
    (void)end;
    if (r->row == 1)
        put_header(r);
    else
        end_row(r);
    r->row++;
    r->at = 0;
    memset(r->words, 0, sizeof r->words);
    memset(r->values, 0, sizeof *r->values * (size_t)(r->plan->plain_count + 1));
    vb_arena_reset(&r->arena);
}

/* -- the table --------------------------------------------------------------------------------- */

static enum vb_code choose(struct reading *r, struct vb_err *err)
{
    const struct vb_plan *plan = r->plan;
    const struct vb_score_table_options *options = r->options;
    int form = vb_plan_form(plan, options->form), variant = vb_plan_variant(plan, options->variant);
    r->format = options->format == NULL ? 0 : vb_plan_format(plan, options->format);
    if (r->format < 0)
        return vb_fail(err, VB_E_DATA, "%s has no format %s", plan->id, options->format);
    if (options->form != NULL && form < 0)
        return vb_fail(err, VB_E_DATA, "%s has no form %s", plan->id, options->form);
    if (options->variant != NULL && variant < 0)
        return vb_fail(err, VB_E_DATA, "%s has no variant %s", plan->id, options->variant);
    if (options->role != NULL && vb_plan_role(plan, options->role) < 0)
        return vb_fail(err, VB_E_DATA, "%s has no role %s", plan->id, options->role);
    r->policy = variant < 0 ? plan->policy : plan->variants[variant].policy;
    for (int i = 0; i < plan->item_count; i++)
        r->in_form[i] = (form < 0 || plan->forms[form].has_item[i]) &&
                        (variant < 0 || (plan->items[i].variants >> variant & 1) != 0);
    return VB_OK;
}

/* Dutch spreadsheets write semicolons. */
static unsigned char delimiter(const char *bytes, size_t len)
{
    const char *end = memchr(bytes, '\n', len);
    size_t line = end == NULL ? len : (size_t)(end - bytes);
    bool semicolon = memchr(bytes, ';', line) != NULL, comma = memchr(bytes, ',', line) != NULL;
    return semicolon && !comma ? ';' : CSV_COMMA;
}

static enum vb_code parse(struct reading *r, const char *bytes, size_t len, struct vb_err *err)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* spreadsheets begin a file with it */
    struct csv_parser parser;
    if (len >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        return vb_fail(err, VB_E_INTERNAL, "the reader of tables did not start");
    csv_set_delim(&parser, delimiter(bytes, len));
    bool read = csv_parse(&parser, bytes, len, on_field, on_row, r) == len &&
                csv_fini(&parser, on_field, on_row, r) == 0;
    int wrong = csv_error(&parser);
    csv_free(&parser);
    if (!read)
        return vb_fail(err, VB_E_DATA, "%s: row %d: cannot be read as CSV: %s", r->options->name,
                       r->row, csv_strerror(wrong));
    if (r->row <= 2)
        return vb_fail(err, VB_E_DATA, "%s: there is no row of answers", r->options->name);
    return VB_OK;
}

enum vb_code vb_score_table(struct vb_buf *out, struct vb_buf *refused, int *rows,
                            const struct vb_plan *plan, const char *bytes, size_t len,
                            const struct vb_score_table_options *options, struct vb_err *err)
{
    struct reading r = { .plan = plan, .options = options, .out = out, .refused = refused };
    r.row = 1;
    r.in_form = vb_alloc((size_t)plan->item_count + 1);
    r.values = vb_alloc(sizeof *r.values * (size_t)(plan->plain_count + 1));
    enum vb_code code = choose(&r, err);
    if (code == VB_OK)
        code = parse(&r, bytes, len, err);
    if (code == VB_OK && r.refusals > 0)
        code = vb_fail(err, VB_E_DATA, "%s: %d refused; nothing is written", options->name,
                       r.refusals);
    *rows = r.row - 2;
    free(r.in_form);
    free(r.values);
    free(r.columns);
    vb_arena_finish(&r.names);
    vb_arena_finish(&r.arena);
    return code;
}
