#include "session/named.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "script/load.h"
#include "session/pinned.h"

/* -- an instrument ---------------------------------------------------------------------------- */

static enum vb_code load(const char *root, const char *path, const struct vb_env *env,
                         struct vb_plan **out, struct vb_findings *findings, struct vb_err *err)
{
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    const struct vb_sandbox_options options = { .limits = vb_limits_load(), .clock = env->clock };
    enum vb_code code = vb_load(out, &source, path, &options, findings, err);
    vb_findings_sort(findings);
    if (code != VB_OK && findings->errors > 0) /* they are in findings; the number is enough */
        vb_fail(err, code, "%s%s has %d error%s", source.shown, path, findings->errors,
                findings->errors == 1 ? "" : "s");
    return code;
}

enum vb_code vb_named_instrument(const char *name, const char *own, const struct vb_env *env,
                                 struct vb_plan **out, struct vb_findings *findings,
                                 struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *root, *path;
    enum vb_code code = vb_instrument_find(name, own, &arena, &root, &path, err);
    if (code == VB_OK)
        code = load(root, path, env, out, findings, err);
    vb_arena_finish(&arena);
    return code;
}

/* "1.0.0" gives "1.0.1"; whatever stands behind the third number falls away. */
static const char *next_version(struct vb_arena *arena, const char *version)
{
    unsigned major = 0, minor = 0, patch = 0;
    if (sscanf(version, "%u.%u.%u", &major, &minor, &patch) != 3)
        return "a higher one";
    return vb_arena_printf(arena, "%u.%u.%u", major, minor, patch + 1);
}

static enum vb_code check_digest(struct vb_store *store, const struct vb_plan *plan,
                                 struct vb_arena *arena, struct vb_err *err)
{
    const char *digest;
    enum vb_code code = store->ops->version(store, plan->id, plan->version, arena, &digest, err);
    if (code == VB_E_ABSENT)
        return VB_OK;
    if (code != VB_OK || strcmp(digest, plan->digest) == 0)
        return code;
    return vb_fail(err, VB_E_CHANGED,
                   "%s: %s %s was used here with other contents; write version = \"%s\" (or a -dev "
                   "version while you try things)",
                   plan->main_path, plan->id, plan->version, next_version(arena, plan->version));
}

enum vb_code vb_named_version(struct vb_store *store, const struct vb_plan *plan,
                              struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code =
        vb_ends_with(plan->version, "-dev") ? VB_OK : check_digest(store, plan, &arena, err);
    vb_arena_finish(&arena);
    return code;
}

/* -- a round ---------------------------------------------------------------------------------- */

static enum vb_code load_round(struct vb_store *store, const struct vb_env *env,
                               const struct vb_round_row *row, struct vb_round **out,
                               struct vb_err *err)
{
    struct vb_plan *plan;
    enum vb_code code = vb_pinned_load(store, env, row->digest, &plan, err);
    if (code != VB_OK)
        return code;
    code = vb_round_load(out, store, env, plan, row, err);
    vb_plan_release(plan);
    return code;
}

enum vb_code vb_named_round(struct vb_store *store, const struct vb_env *env, const char *prefix,
                            struct vb_round **out, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    enum vb_code code = vb_store_find_round(store, prefix, &arena, &row, err);
    if (code == VB_OK)
        code = load_round(store, env, &row, out, err);
    vb_arena_finish(&arena);
    return code;
}

/* Open rounds first: there is one at most. */
static bool is_better(const struct vb_round_row *row, const struct vb_round_row *found)
{
    return row->state <= VB_ROUND_RELEASED && (found == NULL || row->state == VB_ROUND_OPEN);
}

enum vb_code vb_named_open_round(struct vb_store *store, const char *instrument,
                                 const char *case_id, const char *wave, struct vb_arena *arena,
                                 struct vb_round_row *out, bool *found, struct vb_err *err)
{
    struct vb_round_row *rows;
    const struct vb_round_row *best = NULL;
    size_t count;
    enum vb_code code = store->ops->case_rounds(store, case_id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].instrument, instrument) && vb_streq(rows[i].wave, wave) &&
            is_better(&rows[i], best))
            best = &rows[i];
    *found = best != NULL;
    if (best != NULL)
        *out = *best;
    return code;
}

/* -- words ------------------------------------------------------------------------------------ */

const char *vb_named_user(struct vb_arena *arena)
{
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? vb_arena_strdup(arena, user->pw_name)
                        : vb_arena_printf(arena, "uid %ld", (long)getuid());
}

enum vb_code vb_named_plain(const char *what, const char *kind, const char *word, size_t most,
                            struct vb_err *err)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t len = word == NULL ? 0 : strlen(word);
    if (word == NULL || (len > 0 && len <= most && strspn(word, letters) == len))
        return VB_OK;
    return vb_fail(
        err, VB_E_USAGE,
        "%s wants a %s of at most %zu letters a-z, digits, dots, dashes and underscores; "
        "names of people do not belong there",
        what, kind, most);
}

/* -- words of a plan -------------------------------------------------------------------------- */

enum vb_code vb_named_language(const struct vb_plan *plan, const char *language, struct vb_err *err)
{
    struct vb_buf known = { 0 };
    if (language == NULL)
        return VB_OK;
    const char *found = plan->languages[vb_plan_language(plan, language)];
    size_t first = strcspn(language, "-");
    if (first > 0 && first == strcspn(found, "-") && strncmp(found, language, first) == 0)
        return VB_OK;
    for (int i = 0; i < plan->language_count; i++)
        vb_buf_printf(&known, "%s%s", i > 0 ? ", " : "", plan->languages[i]);
    vb_fail(err, VB_E_DATA, "%s has no language \"%s\"; it has %s", plan->id, language, known.data);
    vb_buf_finish(&known);
    return err->code;
}

enum vb_code vb_named_role(const struct vb_plan *plan, const char *name, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX];
    struct vb_buf list = { 0 };
    if (name == NULL || vb_plan_role(plan, name) >= 0)
        return VB_OK;
    for (int i = 0; i < plan->role_count; i++) {
        names[i] = plan->roles[i].name;
        vb_buf_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *meant = vb_did_you_mean(name, names, (size_t)plan->role_count);
    vb_fail(err, VB_E_DATA, "%s has no role %s; %s%s%sthere are %s", plan->id, name,
            meant == NULL ? "" : "did you mean ", meant == NULL ? "" : meant,
            meant == NULL ? "" : "? ", list.data);
    vb_buf_finish(&list);
    return err->code;
}
