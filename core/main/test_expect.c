#include "main/test_expect.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "data/score.h"
#include "main/test_table.h"

/* -- persons ---------------------------------------------------------------------------------- */

/* "client" or "youth:Sam", as answer files call them. */
static bool is_called(const struct vb_participant *person, const char *key)
{
    size_t role = strlen(person->role);
    if (strncmp(key, person->role, role) != 0)
        return false;
    return key[role] == '\0' || (key[role] == ':' && person->label != NULL &&
                                 strcmp(key + role + 1, person->label) == 0);
}

static const struct vb_participant *find_person(const struct vb_expect *expect, const char *key)
{
    int count;
    const struct vb_participant *list = vb_round_participants(expect->round, &count);
    for (int i = 0; i < count; i++)
        if (list[i].session != NULL && is_called(&list[i], key))
            return &list[i];
    return NULL;
}

static bool names_a_person(const struct vb_expect *expect, const char *key)
{
    size_t role = strcspn(key, ":");
    const struct vb_plan *plan = vb_round_plan(expect->round);
    for (int i = 0; i < plan->role_count; i++)
        if (strlen(plan->roles[i].name) == role && strncmp(plan->roles[i].name, key, role) == 0)
            return true;
    return false;
}

void vb_expect_tell(struct vb_expect *expect, const char *fmt, ...)
{
    char text[512], word[256];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    /* What it is about: the end of the field, else the first word behind it. */
    size_t field = strcspn(text, ":");
    const char *kind = memchr(text, '.', field);
    const char *name =
        kind == NULL ? NULL : memchr(kind + 1, '.', field - (size_t)(kind + 1 - text));
    const char *from = name != NULL ? name + 1 : text + field + strspn(text + field, ": ");
    size_t len = name != NULL ? field - (size_t)(from - text) : strcspn(from, " ");
    snprintf(word, sizeof word, "%.*s", (int)len, from);
    int line = vb_test_case_line(expect->test, word);
    vb_buf_printf(expect->said, "  line %d: %s\n", line, text);
}

typedef void compare_one(struct vb_expect *expect, const char *field,
                         const struct vb_participant *person, const cJSON *wanted);

/* The only one who answered; else a line that asks for whom. */
static const struct vb_participant *only_person(struct vb_expect *expect, const char *field)
{
    int count, answering = 0;
    const struct vb_participant *list = vb_round_participants(expect->round, &count), *one = NULL;
    for (int i = 0; i < count; i++)
        if (list[i].session != NULL) {
            one = &list[i];
            answering++;
        }
    if (answering == 1)
        return one;
    vb_expect_tell(expect, "expect.%s: %d persons answer, so say for whom: { %s = { ... } }", field,
                   answering, count > 0 ? list[0].role : "client");
    return NULL;
}

static void each_person(struct vb_expect *expect, const char *field, const cJSON *wanted,
                        compare_one *compare)
{
    if (!cJSON_IsObject(wanted) || wanted->child == NULL ||
        !names_a_person(expect, wanted->child->string)) {
        const struct vb_participant *person = only_person(expect, field);
        if (person != NULL)
            compare(expect, field, person, wanted);
        return;
    }
    const cJSON *part;
    cJSON_ArrayForEach(part, wanted)
    {
        const struct vb_participant *person = find_person(expect, part->string);
        char name[256];
        snprintf(name, sizeof name, "%s.%s", field, part->string);
        if (person == NULL)
            vb_expect_tell(expect, "expect.%s: nobody answers as %s", field, part->string);
        else
            compare(expect, name, person, part);
    }
}

/* -- lists of ids ----------------------------------------------------------------------------- */

/* An empty Lua table may arrive as an object: it is an empty list. */
static bool is_list(const cJSON *wanted)
{
    return cJSON_IsArray(wanted) || (cJSON_IsObject(wanted) && wanted->child == NULL);
}

/* Takes got. */
static void compare_lists(struct vb_expect *expect, const char *field, const cJSON *wanted,
                          cJSON *got)
{
    if (is_list(wanted))
        vb_test_lists(expect->said, field, wanted, got);
    else
        vb_expect_tell(expect, "expect.%s: wants a list of item ids", field);
    cJSON_Delete(got);
}

static void path_of(struct vb_expect *expect, const char *field,
                    const struct vb_participant *person, const cJSON *wanted)
{
    int count, members;
    const struct vb_fold *fold = vb_session_fold(person->session);
    const struct vb_place *path = vb_fold_path(fold, &count);
    const struct vb_member *roster = vb_fold_members(fold, &members);
    const struct vb_plan *plan = vb_round_plan(expect->round);
    cJSON *got = cJSON_CreateArray();
    for (int i = 0; i < count; i++) {
        struct vb_buf name = { 0 };
        vb_buf_puts(&name, plan->items[path[i].item].id);
        if (path[i].member >= 0 && path[i].member < members)
            vb_buf_printf(&name, " %s%s%s", roster[path[i].member].role,
                          roster[path[i].member].label == NULL ? "" : ":",
                          roster[path[i].member].label == NULL ? "" : roster[path[i].member].label);
        cJSON_AddItemToArray(got, cJSON_CreateString(name.data));
        vb_buf_finish(&name);
    }
    compare_lists(expect, field, wanted, got);
}

void vb_expect_path(struct vb_expect *expect, const cJSON *wanted)
{
    each_person(expect, "path", wanted, path_of);
}

/* -- scores ----------------------------------------------------------------------------------- */

/* The person's values as the result sees them: what is held back is missing. */
static struct vb_value *seen_values(const struct vb_plan *plan, const struct vb_fold *fold)
{
    int members;
    vb_fold_members(fold, &members);
    int slots = vb_plan_slots(plan, members);
    struct vb_value *values = vb_alloc(((size_t)slots + 1) * sizeof *values);
    memcpy(values, vb_fold_values(fold), (size_t)slots * sizeof *values);
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        for (int m = item->per_member ? 0 : -1; m < (item->per_member ? members : 0); m++)
            if (vb_fold_held(fold, i, m))
                values[vb_plan_slot(plan, item, m)] = vb_value_missing(VB_MISSING_HELD);
    }
    return values;
}

struct vb_score vb_expect_score_of(const struct vb_plan *plan, const struct vb_fold *fold,
                                   int scale, int member)
{
    struct vb_score score;
    struct vb_value *values = seen_values(plan, fold);
    const struct vb_opened *opened = vb_fold_opened(fold);
    int form = opened->form == NULL ? -1 : vb_plan_form(plan, opened->form);
    vb_score_scale(&score, plan, &plan->scales[scale], values, member, vb_fold_format(fold),
                   vb_fold_role(fold), form < 0 ? NULL : plan->forms[form].has_item);
    free(values);
    return score;
}

static void write_tenths(struct vb_buf *out, int64_t tenths)
{
    vb_milli_write(out, tenths * 100);
}

void vb_expect_score(struct vb_buf *out, const struct vb_score *score)
{
    if (!score->given) {
        vb_buf_printf(out, "no score (%d of %d answered)", score->answered, score->of);
        return;
    }
    vb_buf_puts(out, "mean ");
    vb_milli_write(out, score->mean_milli);
    vb_buf_puts(out, ", sum ");
    vb_milli_write(out, score->sum_milli);
    vb_buf_puts(out, ", pomp ");
    write_tenths(out, score->pomp_tenths);
}

static void say_score(struct vb_expect *expect, const char *field, const char *wanted,
                      const struct vb_score *score)
{
    struct vb_buf got = { 0 };
    vb_expect_score(&got, score);
    vb_test_row(expect->said, field, wanted, got.data);
    vb_buf_finish(&got);
}

static void compare_number(struct vb_expect *expect, const char *field, const char *what,
                           double wanted, int64_t got, int64_t unit, const struct vb_score *score)
{
    if (score->given && llround(wanted * (double)unit) == got)
        return;
    char text[64];
    snprintf(text, sizeof text, "%s %.10g", what, wanted);
    say_score(expect, field, text, score);
}

/* A number is the scale's own score, mean or sum; { pomp = 70, sum = 19 } asks for those. */
static void compare_score(struct vb_expect *expect, const char *field, const struct vb_scale *scale,
                          const struct vb_score *score, const cJSON *wanted)
{
    const cJSON *part;
    bool sum = scale->score == VB_SUM;
    if (cJSON_IsNumber(wanted)) {
        compare_number(expect, field, sum ? "sum" : "mean", wanted->valuedouble,
                       sum ? score->sum_milli : score->mean_milli, 1000, score);
        return;
    }
    if (!cJSON_IsObject(wanted)) {
        vb_expect_tell(expect, "expect.%s: wants a number or v.none", field);
        return;
    }
    cJSON_ArrayForEach(part, wanted)
    {
        if (vb_streq(part->string, "none") && score->given)
            say_score(expect, field, "no score", score);
        else if (vb_streq(part->string, "mean") && cJSON_IsNumber(part))
            compare_number(expect, field, "mean", part->valuedouble, score->mean_milli, 1000,
                           score);
        else if (vb_streq(part->string, "sum") && cJSON_IsNumber(part))
            compare_number(expect, field, "sum", part->valuedouble, score->sum_milli, 1000, score);
        else if (vb_streq(part->string, "pomp") && cJSON_IsNumber(part))
            compare_number(expect, field, "pomp", part->valuedouble, score->pomp_tenths, 10, score);
        else if (!vb_streq(part->string, "none"))
            vb_expect_tell(expect, "expect.%s.%s: not known; there are mean, sum, pomp", field,
                           part->string);
    }
}

static int find_member(const struct vb_fold *fold, const char *key)
{
    int count;
    const struct vb_member *list = vb_fold_members(fold, &count);
    for (int i = 0; i < count; i++) {
        struct vb_participant person = { .role = list[i].role, .label = list[i].label };
        if (is_called(&person, key))
            return i;
    }
    return -1;
}

static void tell_no_scale(struct vb_expect *expect, const char *field, const char *id)
{
    const struct vb_plan *plan = vb_round_plan(expect->round);
    const char **ids = vb_alloc((size_t)(plan->scale_count + 1) * sizeof *ids);
    for (int i = 0; i < plan->scale_count; i++)
        ids[i] = plan->scales[i].id;
    const char *meant = vb_did_you_mean(id, ids, (size_t)plan->scale_count);
    vb_expect_tell(expect, "expect.%s: no such scale%s%s%s", field,
                   meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                   meant == NULL ? "" : "?");
    free(ids);
}

static void scale_of(struct vb_expect *expect, const char *field,
                     const struct vb_participant *person, const cJSON *wanted)
{
    const struct vb_plan *plan = vb_round_plan(expect->round);
    const struct vb_fold *fold = vb_session_fold(person->session);
    const cJSON *part, *member;
    cJSON_ArrayForEach(part, wanted)
    {
        char name[256];
        int scale = vb_plan_scale(plan, part->string);
        snprintf(name, sizeof name, "%s.%s", field, part->string);
        if (scale < 0) {
            tell_no_scale(expect, name, part->string);
        } else if (!plan->scales[scale].per_member) {
            struct vb_score score = vb_expect_score_of(plan, fold, scale, -1);
            compare_score(expect, name, &plan->scales[scale], &score, part);
        } else {
            cJSON_ArrayForEach(member, part)
            {
                int index = member->string == NULL ? -1 : find_member(fold, member->string);
                if (index < 0) {
                    vb_expect_tell(expect, "expect.%s: no member %s", name,
                                   member->string == NULL ? "by name" : member->string);
                    continue;
                }
                struct vb_score score = vb_expect_score_of(plan, fold, scale, index);
                compare_score(expect, name, &plan->scales[scale], &score, member);
            }
        }
    }
}

void vb_expect_scale(struct vb_expect *expect, const cJSON *wanted)
{
    each_person(expect, "scale", wanted, scale_of);
}

/* -- what is not filled in -------------------------------------------------------------------- */

const char *vb_expect_reason(const struct vb_plan *plan, const struct vb_fold *fold, int item,
                             int member)
{
    struct vb_value value = vb_fold_values(fold)[vb_plan_slot(plan, &plan->items[item], member)];
    if (vb_fold_held(fold, item, member))
        return vb_missing_name(VB_MISSING_HELD);
    if (value.type == VB_VALUE_NONE)
        return vb_missing_name(VB_MISSING_NOT_SHOWN);
    return vb_value_given(&value) ? "given" : vb_missing_name((enum vb_missing)value.number);
}

/* "trust.word", or as a path has it "bond.talk youth:Sam"; a member may leave out its own name. */
static bool find_instance(const struct vb_plan *plan, const struct vb_fold *fold, const char *name,
                          int *item, int *member)
{
    const char *space = strchr(name, ' ');
    char id[256];
    snprintf(id, sizeof id, "%.*s", space == NULL ? (int)strlen(name) : (int)(space - name), name);
    *item = vb_plan_item(plan, id);
    *member = -1;
    if (*item < 0 || !plan->items[*item].per_member)
        return *item >= 0 && space == NULL;
    *member = space == NULL ? vb_fold_self(fold) : find_member(fold, space + 1);
    return *member >= 0;
}

static void compare_missing(struct vb_expect *expect, const char *field,
                            const struct vb_participant *person, const char *id, const char *reason)
{
    const struct vb_plan *plan = vb_round_plan(expect->round);
    const struct vb_fold *fold = vb_session_fold(person->session);
    int item, member;
    if (!find_instance(plan, fold, id, &item, &member)) {
        vb_expect_tell(expect, "expect.%s: %s is no item%s", field, id,
                       item < 0 ? ""
                                : " of one answer a person: name the member, \"id role:Name\"");
        return;
    }
    const char *got = vb_expect_reason(plan, fold, item, member);
    bool any = vb_streq(reason, "not_filled_in");
    if (any ? !vb_streq(got, "given") : vb_streq(got, reason))
        return;
    char name[256];
    snprintf(name, sizeof name, "%s.%s", field, id);
    vb_test_row(expect->said, name, reason, got);
}

static void missing_of(struct vb_expect *expect, const char *field,
                       const struct vb_participant *person, const cJSON *wanted)
{
    const cJSON *part;
    cJSON_ArrayForEach(part, wanted)
    {
        if (part->string != NULL && cJSON_IsString(part))
            compare_missing(expect, field, person, part->string, part->valuestring);
        else if (part->string == NULL && cJSON_IsString(part))
            compare_missing(expect, field, person, part->valuestring, "not_filled_in");
        else
            vb_expect_tell(expect, "expect.%s: wants item ids, or item = \"reason\"", field);
    }
}

void vb_expect_missing(struct vb_expect *expect, const cJSON *wanted)
{
    each_person(expect, "missing", wanted, missing_of);
}

/* -- talk points ------------------------------------------------------------------------------ */

static void talk_list(struct vb_expect *expect, const cJSON *wanted, const int *items, int count)
{
    const struct vb_plan *plan = vb_round_plan(expect->round);
    cJSON *got = cJSON_CreateArray();
    char field[64];
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(got, cJSON_CreateString(plan->items[items[i]].id));
    snprintf(field, sizeof field, "talk.%s", wanted->string);
    compare_lists(expect, field, wanted, got);
}

void vb_expect_talk(struct vb_expect *expect, const cJSON *wanted)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_err err;
    const cJSON *part;
    if (vb_round_result(expect->round, 0, &arena, &result, &err) != VB_OK) {
        vb_expect_tell(expect, "expect.talk: %s", err.text);
        vb_arena_finish(&arena);
        return;
    }
    const struct vb_talk *talk = &result.talk;
    cJSON_ArrayForEach(part, wanted)
    {
        if (vb_streq(part->string, "well"))
            talk_list(expect, part, talk->well, talk->well_count);
        else if (vb_streq(part->string, "differ"))
            talk_list(expect, part, talk->differ, talk->differ_count);
        else if (vb_streq(part->string, "better"))
            talk_list(expect, part, talk->better, talk->better_count);
        else if (vb_streq(part->string, "friction"))
            talk_list(expect, part, talk->friction, talk->friction_count);
        else
            vb_expect_tell(expect,
                           "expect.talk.%s: not known; there are well, differ, better, friction",
                           part->string == NULL ? "?" : part->string);
    }
    vb_arena_finish(&arena);
}
