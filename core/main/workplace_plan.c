/* workplace_plan.c - instruments and rounds by name, and what may be said about them. */
#include "main/workplace.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "session/named.h"
#include "session/pinned.h"

static const char *own_instruments(const struct vb_workplace *place)
{
    return place->configuration.set[VB_CONF_INSTRUMENTS].text;
}

enum vb_code vb_workplace_find(struct vb_workplace *place, const char *name, const char **root,
                               const char **path, struct vb_err *err)
{
    return vb_instrument_find(name, own_instruments(place), &place->arena, root, path, err);
}

enum vb_code vb_workplace_load(struct vb_workplace *place, const char *name, struct vb_plan **out,
                               struct vb_err *err)
{
    struct vb_findings findings = { 0 };
    struct vb_buf text = { 0 };
    enum vb_code rc =
        vb_named_instrument(name, own_instruments(place), &place->env, out, &findings, err);
    vb_findings_write(&text, &findings, VB_FINDINGS_TEXT);
    if (findings.count > 0)
        vb_workplace_say(stderr, "%s", text.data);
    vb_buf_finish(&text);
    vb_findings_finish(&findings);
    return rc;
}

enum vb_code vb_workplace_pinned(struct vb_workplace *place, const char *digest,
                                 struct vb_plan **out, struct vb_err *err)
{
    return vb_pinned_load(place->store, &place->env, digest, out, err);
}

enum vb_code vb_workplace_round(struct vb_workplace *place, const char *prefix,
                                struct vb_round **out, struct vb_err *err)
{
    return vb_named_round(place->store, &place->env, prefix, out, err);
}

enum vb_code vb_workplace_kept_round(struct vb_workplace *place, const char *prefix,
                                     struct vb_round **out, struct vb_err *err)
{
    enum vb_code rc = vb_workplace_open_kept(place, prefix, err);
    return rc == VB_OK ? vb_workplace_round(place, prefix, out, err) : rc;
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

enum vb_code vb_workplace_role_of(const struct vb_plan *plan, const char *who, struct vb_err *err)
{
    struct vb_buf role = { 0 };
    if (who == NULL)
        return VB_OK;
    vb_buf_put(&role, who, strcspn(who, ":"));
    vb_buf_puts(&role, "");
    enum vb_code rc = vb_named_role(plan, role.data, err);
    vb_buf_finish(&role);
    return rc;
}
