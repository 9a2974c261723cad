/* workplace_plan.c - instruments and rounds by name, and what may be said about them. */
#include "main/workplace.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "session/pinned.h"

static struct vb_sandbox_options load_options(const struct vb_workplace *place)
{
    return (struct vb_sandbox_options){ .limits = vb_limits_load(), .clock = place->env.clock };
}

enum vb_code vb_workplace_load(struct vb_workplace *place, const char *name, struct vb_plan **out,
                               struct vb_err *err)
{
    const char *root, *path;
    enum vb_code rc = vb_instrument_find(name, &place->arena, &root, &path, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = load_options(place);
    struct vb_findings findings = { 0 };
    rc = vb_load(out, &source, path, &options, &findings, err);
    struct vb_buf text = { 0 };
    vb_findings_sort(&findings);
    vb_findings_write(&text, &findings, VB_FINDINGS_TEXT);
    if (findings.count > 0)
        vb_workplace_say(stderr, "%s", text.data);
    if (rc != VB_OK && findings.errors > 0) /* they are said; the number is enough */
        vb_fail(err, rc, "%s%s has %d error%s", source.shown, path, findings.errors,
                findings.errors == 1 ? "" : "s");
    vb_buf_finish(&text);
    vb_findings_finish(&findings);
    return rc;
}

/* "1.0.0" gives "1.0.1"; whatever stands behind the third number falls away. */
static const char *next_version(struct vb_arena *arena, const char *version)
{
    unsigned major = 0, minor = 0, patch = 0;
    if (sscanf(version, "%u.%u.%u", &major, &minor, &patch) != 3)
        return "a higher one";
    return vb_arena_printf(arena, "%u.%u.%u", major, minor, patch + 1);
}

enum vb_code vb_workplace_check_version(struct vb_workplace *place, const struct vb_plan *plan,
                                        struct vb_err *err)
{
    const char *digest;
    if (vb_ends_with(plan->version, "-dev"))
        return VB_OK;
    enum vb_code rc = place->store->ops->version(place->store, plan->id, plan->version,
                                                 &place->arena, &digest, err);
    if (rc == VB_E_ABSENT)
        return VB_OK;
    if (rc != VB_OK)
        return rc;
    if (strcmp(digest, plan->digest) == 0)
        return VB_OK;
    return vb_fail(err, VB_E_CHANGED,
                   "%s: %s %s was used here with other contents; write version = \"%s\" (or a -dev "
                   "version while you try things)",
                   plan->main_path, plan->id, plan->version,
                   next_version(&place->arena, plan->version));
}

enum vb_code vb_workplace_pinned(struct vb_workplace *place, const char *digest,
                                 struct vb_plan **out, struct vb_err *err)
{
    return vb_pinned_load(place->store, &place->env, digest, out, err);
}

enum vb_code vb_workplace_round(struct vb_workplace *place, const char *prefix,
                                struct vb_round **out, struct vb_err *err)
{
    struct vb_round_row row;
    struct vb_plan *plan;
    enum vb_code rc = vb_store_find_round(place->store, prefix, &place->arena, &row, err);
    if (rc == VB_OK)
        rc = vb_workplace_pinned(place, row.digest, &plan, err);
    if (rc != VB_OK)
        return rc;
    rc = vb_round_load(out, place->store, &place->env, plan, &row, err);
    vb_plan_release(plan);
    return rc;
}

enum vb_code vb_workplace_kept_round(struct vb_workplace *place, const char *prefix,
                                     struct vb_round **out, struct vb_err *err)
{
    enum vb_code rc = vb_workplace_open_kept(place, prefix, err);
    return rc == VB_OK ? vb_workplace_round(place, prefix, out, err) : rc;
}

enum vb_code vb_workplace_language(const struct vb_plan *plan, const char *language,
                                   struct vb_err *err)
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

enum vb_code vb_workplace_who(struct vb_workplace *place, const char **who, struct vb_err *err)
{
    const char *label, *colon = *who == NULL ? NULL : strchr(*who, ':');
    if (colon == NULL)
        return VB_OK;
    enum vb_code rc = vb_person_label(&place->arena, colon + 1, &label, NULL, err);
    if (rc != VB_OK)
        return vb_while(err, "--as");
    *who = vb_arena_printf(&place->arena, "%.*s:%s", (int)(colon - *who), *who,
                           label == NULL ? "" : label);
    return VB_OK;
}

enum vb_code vb_workplace_role(const struct vb_plan *plan, const char *name, struct vb_err *err)
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

enum vb_code vb_workplace_role_of(const struct vb_plan *plan, const char *who, struct vb_err *err)
{
    struct vb_buf role = { 0 };
    if (who == NULL)
        return VB_OK;
    vb_buf_put(&role, who, strcspn(who, ":"));
    vb_buf_puts(&role, "");
    enum vb_code rc = vb_workplace_role(plan, role.data, err);
    vb_buf_finish(&role);
    return rc;
}
