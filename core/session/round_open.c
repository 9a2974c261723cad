/* round_open.c - a new round, or the open one of the same case, instrument and wave. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "session/round_state.h"
#include "store/store_memory.h"

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names that lie at one place in every element of an array. */
struct names {
    const void *first; /* const char *const */
    int count;
    size_t stride;
};

/* "x has no format simpel; did you mean simple?", else with those there are. */
static enum vb_code unknown(const struct vb_plan *plan, const char *what, const char *name,
                            struct names there, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char **names = vb_arena_alloc(&arena, sizeof *names * (size_t)(there.count + 1));
    char *list = vb_arena_strdup(&arena, "");
    for (int i = 0; i < there.count; i++) {
        names[i] = *(const char *const *)((const char *)there.first + (size_t)i * there.stride);
        list = vb_arena_printf(&arena, "%s%s%s", list, i > 0 ? ", " : "", names[i]);
    }
    const char *meant = vb_did_you_mean(name, names, (size_t)there.count);
    enum vb_code code =
        there.count == 0 ? vb_fail(err, VB_E_DATA, "%s has no %s \"%.80s\", and none at all",
                                   plan->id, what, name)
                         : vb_fail(err, VB_E_DATA, "%s has no %s \"%.80s\"; %s%s%sthere is %.200s",
                                   plan->id, what, name, meant == NULL ? "" : "did you mean ",
                                   meant == NULL ? "" : meant, meant == NULL ? "" : "? ", list);
    vb_arena_finish(&arena);
    return code;
}

bool vb_round_needs_variant(const struct vb_plan *plan)
{
    for (int i = 0; i < plan->variant_count; i++)
        for (int j = 0; j < plan->variants[i].slot_count; j++) {
            bool outside = false;
            for (int k = 0; k < plan->slot_count && !outside; k++)
                outside = vb_streq(plan->slots[k].name, plan->variants[i].slots[j].name);
            if (!outside)
                return true;
        }
    return false;
}

#define NAMES(one)                                                                                 \
    (struct names)                                                                                 \
    {                                                                                              \
        plan->one##_count == 0 ? NULL : &plan->one##s[0].name, plan->one##_count,                  \
            sizeof *plan->one##s                                                                   \
    }

static enum vb_code check_options(const struct vb_plan *plan,
                                  const struct vb_round_options *options, struct vb_err *err)
{
    if (!plan->has_case && options->case_id != NULL)
        return vb_fail(err, VB_E_DATA, "%s has no case: it is about nobody's dossier", plan->id);
    if (options->case_id != NULL && options->case_id[0] == '\0')
        return vb_fail(err, VB_E_DATA, "a case's name is not empty");
    if (options->wave != NULL && options->wave[0] == '\0')
        return vb_fail(err, VB_E_DATA, "a wave's name is not empty");
    if (options->format != NULL && vb_plan_format(plan, options->format) < 0)
        return unknown(plan, "format", options->format, NAMES(format), err);
    if (options->form != NULL && vb_plan_form(plan, options->form) < 0)
        return unknown(plan, "form", options->form, NAMES(form), err);
    if (options->variant != NULL && vb_plan_variant(plan, options->variant) < 0)
        return unknown(plan, "variant", options->variant, NAMES(variant), err);
    if (options->setting != NULL && vb_plan_setting(plan, options->setting) < 0)
        return unknown(plan, "setting", options->setting, NAMES(setting), err);
    for (int i = 0; i < options->with_count; i++)
        if (vb_plan_include(plan, options->with[i]) < 0)
            return unknown(plan, "included instrument", options->with[i], NAMES(include), err);
    return VB_OK;
}

/* The names in one string, sorted, each once. */
static const char *join_with(struct vb_arena *arena, const char *const *with, int count)
{
    const char **names = vb_arena_alloc(arena, sizeof *names * (size_t)(count + 1));
    char *text = vb_arena_strdup(arena, "");
    for (int i = 0; i < count; i++)
        names[i] = with[i];
    if (count > 1)
        qsort(names, (size_t)count, sizeof *names, by_name);
    for (int i = 0; i < count; i++)
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0)
            text = i == 0 ? vb_arena_strdup(arena, names[i])
                          : vb_arena_printf(arena, "%s,%s", text, names[i]);
    return text;
}

void vb_round_split_with(struct vb_round *round)
{
    size_t cap = 0, count = 0;
    const char **names = NULL;
    const char *p = round->row.with;
    while (*p != '\0') {
        size_t len = strcspn(p, ",");
        const char **name = vb_arena_push(&round->arena, &names, count++, &cap, sizeof *names);
        *name = vb_arena_strndup(&round->arena, p, len);
        p += len + (p[len] == ',');
    }
    round->with = names;
    round->with_count = (int)count;
}

static const char *new_id(struct vb_round *round)
{
    char id[VB_ID_SIZE];
    vb_id_make(&round->env->random, id);
    return vb_arena_strdup(&round->arena, id);
}

static void fill_row(struct vb_round *round, const struct vb_round_options *options)
{
    const struct vb_plan *plan = round->plan;
    struct vb_arena *arena = &round->arena;
    struct vb_round_row *row = &round->row;
    *row = (struct vb_round_row){
        .id = new_id(round),
        .instrument = plan->id,
        .version = plan->version,
        .digest = plan->digest,
        .wave = vb_arena_strdup(arena, options->wave == NULL ? "t0" : options->wave),
        .format = options->format != NULL  ? vb_arena_strdup(arena, options->format)
                  : plan->format_count > 0 ? plan->formats[0].name
                                           : "standard",
        .form = vb_arena_strdup(arena, options->form),
        .variant = vb_arena_strdup(arena, options->variant),
        .setting = vb_arena_strdup(arena, options->setting),
        .with = join_with(arena, options->with, options->with_count),
        .state = VB_ROUND_OPEN,
        .created_wall_ms = vb_round_now(round),
        .simulated = options->simulated,
    };
    if (plan->has_case)
        row->case_id =
            options->case_id == NULL ? new_id(round) : vb_arena_strdup(arena, options->case_id);
    vb_round_split_with(round);
}

static enum vb_code differs(const struct vb_round_row *row, const char *what, const char *was,
                            struct vb_err *err)
{
    return vb_fail(err, VB_E_DATA, "round %s is open with %s %s: leave --%s out, or say the same",
                   row->id, what, was == NULL || was[0] == '\0' ? "none" : was, what);
}

static enum vb_code check_fits(const struct vb_round_row *row,
                               const struct vb_round_options *options, struct vb_arena *arena,
                               struct vb_err *err)
{
    if (options->format != NULL && !vb_streq(options->format, row->format))
        return differs(row, "format", row->format, err);
    if (options->form != NULL && !vb_streq(options->form, row->form))
        return differs(row, "form", row->form, err);
    if (options->variant != NULL && !vb_streq(options->variant, row->variant))
        return differs(row, "variant", row->variant, err);
    if (options->setting != NULL && !vb_streq(options->setting, row->setting))
        return differs(row, "setting", row->setting, err);
    if (options->with_count > 0 &&
        !vb_streq(join_with(arena, options->with, options->with_count), row->with))
        return differs(row, "with", row->with, err);
    return VB_OK;
}

/* The case's round of this instrument and wave that is open or released; *found NULL: none. */
static enum vb_code find_row(struct vb_store *store, const struct vb_plan *plan,
                             const struct vb_round_options *options, struct vb_arena *arena,
                             const struct vb_round_row **found, struct vb_err *err)
{
    const char *wave = options->wave == NULL ? "t0" : options->wave;
    struct vb_round_row *rows;
    size_t count;
    *found = NULL;
    if (options->another || (plan->has_case ? options->case_id == NULL : options->wave == NULL))
        return VB_OK; /* without a case the wave names the round, when somebody says it */
    enum vb_code code =
        plan->has_case ? store->ops->case_rounds(store, options->case_id, arena, &rows, &count, err)
                       : store->ops->rounds(store, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (rows[i].state <= VB_ROUND_RELEASED && vb_streq(rows[i].instrument, plan->id) &&
            rows[i].simulated == options->simulated &&
            (rows[i].case_id != NULL) == plan->has_case && vb_streq(rows[i].wave, wave) &&
            (*found == NULL || rows[i].state == VB_ROUND_OPEN))
            *found = &rows[i];
    return code;
}

/* What people gave and what nobody gave do not stand in one case: no comparison of waves, and no
 * list, may mix them up. Of an erased or withdrawn round nothing is left to mix. */
static enum vb_code check_mixed(struct vb_store *store, const struct vb_round_options *options,
                                struct vb_arena *arena, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    if (options->case_id == NULL)
        return VB_OK;
    enum vb_code code = store->ops->case_rounds(store, options->case_id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].state > VB_ROUND_RELEASED || rows[i].simulated == options->simulated)
            continue;
        code = vb_fail(err, VB_E_DATA,
                       options->simulated
                           ? "case %s has rounds of real people: simulated ones want another case"
                           : "the rounds of case %s are simulated: real people want another case",
                       options->case_id);
    }
    return code;
}

static enum vb_code begin_new(struct vb_round **out, struct vb_store *store,
                              const struct vb_env *env, struct vb_plan *plan,
                              const struct vb_round_options *options, struct vb_err *err)
{
    if (options->variant == NULL && vb_round_needs_variant(plan)) {
        struct vb_buf names = { 0 };
        for (int i = 0; i < plan->variant_count; i++)
            vb_buf_printf(&names, "%s%s", i > 0 ? ", " : "", plan->variants[i].name);
        vb_fail(err, VB_E_DATA, "%s needs a variant: --variant with one of %s", plan->id,
                names.data);
        vb_buf_finish(&names);
        return err->code;
    }
    *out = vb_round_create(store, env, plan);
    (*out)->is_new = true;
    if (vb_plan_retain(plan, vb_plan_variant(plan, options->variant)) != VB_RETAIN_KEEP)
        (*out)->store = (*out)->own_store = vb_store_memory_create();
    fill_row(*out, options);
    return VB_OK;
}

static enum vb_code is_released(const struct vb_round_row *row, struct vb_err *err)
{
    return vb_fail(err, VB_E_BUSY,
                   "round %s of this case, instrument and wave is released: name another wave; "
                   "who comes late goes on with verbond resume %s, who corrects with --correct too",
                   row->id, row->id);
}

/* The round that is open. A process may have ended between the last person's yes or no and what
 * follows from it: then that is done now, and a round that is closed by it makes room. Where
 * somebody may still take part, whoever opens the round comes first. */
static enum vb_code go_on(struct vb_round **out, struct vb_store *store, const struct vb_env *env,
                          struct vb_plan *plan, const struct vb_round_options *options,
                          const struct vb_round_row *row, struct vb_err *err)
{
    bool released = false;
    struct vb_round *round;
    enum vb_code code = vb_round_load(&round, store, env, plan, row, err);
    if (code != VB_OK)
        return code;
    if (vb_round_welcome(round, NULL, 0) == 0)
        code = vb_round_settle(round, &released, err);
    if (code == VB_OK && (round->row.state == VB_ROUND_OPEN ||
                          (round->row.state == VB_ROUND_RELEASED && options->released_too))) {
        *out = round;
        return VB_OK;
    }
    if (code == VB_OK && released)
        code = is_released(row, err);
    vb_round_destroy(round);
    return code == VB_OK ? begin_new(out, store, env, plan, options, err) : code;
}

/* A released round is over, but for what may come later and for the side that one side waits for.
 */
static enum vb_code go_on_released(struct vb_round **out, struct vb_store *store,
                                   const struct vb_env *env, struct vb_plan *plan,
                                   const struct vb_round_row *row, struct vb_err *err)
{
    struct vb_round *round;
    enum vb_code code = vb_round_load(&round, store, env, plan, row, err);
    if (code != VB_OK)
        return code;
    if (vb_round_is_one_sided(round) && vb_round_missing(round, NULL, 0) > 0) {
        *out = round;
        return VB_OK;
    }
    vb_round_destroy(round);
    return is_released(row, err);
}

static enum vb_code open_row(struct vb_round **out, struct vb_store *store,
                             const struct vb_env *env, struct vb_plan *plan,
                             const struct vb_round_options *options, struct vb_arena *arena,
                             struct vb_err *err)
{
    const struct vb_round_row *row;
    enum vb_code code = check_mixed(store, options, arena, err);
    if (code == VB_OK)
        code = find_row(store, plan, options, arena, &row, err);
    if (code != VB_OK)
        return code;
    if (row == NULL)
        return begin_new(out, store, env, plan, options, err);
    if (row->state == VB_ROUND_RELEASED && !options->released_too)
        return go_on_released(out, store, env, plan, row, err);
    code = check_fits(row, options, arena, err);
    return code == VB_OK ? go_on(out, store, env, plan, options, row, err) : code;
}

enum vb_code vb_round_open(struct vb_round **out, struct vb_store *store, const struct vb_env *env,
                           struct vb_plan *plan, const struct vb_round_options *options,
                           struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = check_options(plan, options, err);
    if (code == VB_OK)
        code = open_row(out, store, env, plan, options, &arena, err);
    vb_arena_finish(&arena);
    return code;
}
