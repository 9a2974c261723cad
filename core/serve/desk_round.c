/* desk_round.c - what a round tells whoever runs it: who is ready, what may be done now. */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/desk.h"

/* -- persons ---------------------------------------------------------------------------------- */

struct listed {
    const char *person, *role, *label;
    bool ready;
};
struct list {
    struct listed *items;
    size_t count, cap;
};

/* Before the release who is ready; after it who is on the table: a sheet does not tell who stopped,
 * and neither does this. */
static enum vb_code is_ready(struct vb_round *round, const struct vb_participant *one, bool *ready,
                             struct vb_err *err)
{
    if (vb_round_row(round)->state == VB_ROUND_RELEASED)
        return vb_round_shows(round, one->person, ready, err);
    *ready = one->ready;
    return VB_OK;
}

/* Whoever began and is not ready looks like whoever did not begin: without id and label, unless
 * whoever runs the round named them for the roster. */
static enum vb_code add(struct list *list, struct vb_arena *arena, struct vb_round *round,
                        const struct vb_role *role, const struct vb_participant *one,
                        struct vb_err *err)
{
    bool ready = false, named = role->in_roster && vb_round_plan(round)->roster_max > 0;
    bool alone = !named && role->max <= 1;
    enum vb_code code = one == NULL ? VB_OK : is_ready(round, one, &ready, err);
    if (code != VB_OK || (!named && !alone && !ready))
        return code;
    struct listed *item =
        vb_arena_push(arena, &list->items, list->count++, &list->cap, sizeof *item);
    *item = (struct listed){ .role = role->name, .ready = ready };
    if (named || ready) {
        item->person = one->person;
        item->label = one->label;
    }
    return VB_OK;
}

static enum vb_code make(struct list *list, struct vb_round *round, struct vb_arena *arena,
                         struct vb_err *err)
{
    int count;
    const struct vb_plan *plan = vb_round_plan(round);
    const struct vb_participant *all = vb_round_named(round, arena, &count);
    enum vb_code code = VB_OK;
    *list = (struct list){ 0 };
    for (int i = 0; code == VB_OK && i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        bool found = false;
        for (int j = 0; code == VB_OK && j < count; j++)
            if (all[j].role_index == i) {
                found = true;
                code = add(list, arena, round, role, &all[j], err);
            }
        if (code == VB_OK && !found && role->max <= 1 &&
            !(role->in_roster && plan->roster_max > 0) &&
            !vb_round_is_counted_only(plan, role->name))
            code = add(list, arena, round, role, NULL, err);
    }
    return code;
}

enum vb_code vb_desk_put_persons(struct vb_buf *out, struct vb_round *round, struct vb_arena *arena,
                                 struct vb_err *err)
{
    struct list list;
    enum vb_code code = make(&list, round, arena, err);
    if (code != VB_OK)
        return code;
    vb_buf_putc(out, '[');
    for (size_t i = 0; i < list.count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"person\":" : "{\"person\":", list.items[i].person);
        vb_json_put_text(out, ",\"role\":", list.items[i].role);
        vb_json_put_text(out, ",\"label\":", list.items[i].label);
        vb_json_put_flag(out, ",\"ready\":", list.items[i].ready);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
    return VB_OK;
}

enum vb_code vb_desk_count(struct vb_round *round, struct vb_arena *arena, int *ready, int *all,
                           struct vb_err *err)
{
    struct list list;
    enum vb_code code = make(&list, round, arena, err);
    *ready = *all = 0;
    for (size_t i = 0; code == VB_OK && i < list.count; i++, ++*all)
        *ready += list.items[i].ready;
    return code;
}

/* -- the round -------------------------------------------------------------------------------- */

static void put_missing(struct vb_buf *out, struct vb_round *round)
{
    const char *names[VB_ROLES_MAX];
    int count = vb_round_missing(round, names, VB_ROLES_MAX);
    vb_buf_puts(out, ",\"missing\":[");
    for (int i = 0; i < count && i < VB_ROLES_MAX; i++)
        vb_json_put_text(out, i > 0 ? "," : "", names[i]);
    vb_buf_putc(out, ']');
}

/* Closing is offered by who is ready alone; whether it will do is not said here. */
static bool may_close(struct vb_round *round)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    bool ready = false;
    for (int i = 0; i < count; i++)
        ready |= list[i].ready;
    return ready && vb_round_row(round)->state == VB_ROUND_OPEN;
}

static void put_may(struct vb_buf *out, struct vb_round *round)
{
    bool released = vb_round_row(round)->state == VB_ROUND_RELEASED;
    vb_json_put_flag(out, ",\"group\":", vb_round_is_group(vb_round_plan(round)));
    vb_json_put_flag(out, ",\"may_release\":", vb_round_may_ask_release(round));
    vb_json_put_flag(out, ",\"may_close\":", may_close(round));
    vb_json_put_flag(out, ",\"together_due\":", vb_round_together_due(round));
    vb_json_put_flag(out, ",\"one_sided\":", released && vb_round_is_one_sided(round));
    vb_json_put_flag(out, ",\"takes_late\":", vb_round_takes_late(round));
}

static bool has_pictures(const struct vb_plan *plan)
{
    bool found = false;
    for (int i = 0; i < plan->item_count; i++)
        found |= vb_kind_is_picture(plan->items[i].kind);
    return found;
}

/* A member of a team comes with a word that is theirs alone. */
static enum vb_code put_invitations(struct vb_buf *out, struct vb_exchange *exchange,
                                    struct vb_round *round, struct vb_err *err)
{
    struct vb_invitation *list;
    int count;
    enum vb_code code = vb_auth_invitations(vb_desk_auth(exchange), vb_round_row(round)->id,
                                            &exchange->arena, &list, &count, err);
    vb_buf_puts(out, ",\"invitations\":[");
    for (int i = 0; code == VB_OK && i < count; i++) {
        bool secret = vb_round_is_counted_only(vb_round_plan(round), list[i].role);
        vb_json_put_text(out, i > 0 ? ",{\"id\":" : "{\"id\":", list[i].id);
        vb_json_put_text(out, ",\"role\":", list[i].role);
        vb_json_put_text(out, ",\"label\":", secret ? NULL : list[i].label);
        vb_json_put_text(out, ",\"language\":", list[i].language);
        vb_desk_put_time(out, ",\"until\":", list[i].until_wall_ms);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
    return code;
}

static void put_head(struct vb_buf *out, struct vb_exchange *exchange, struct vb_round *round)
{
    const struct vb_round_row *row = vb_round_row(round);
    const struct vb_plan *plan = vb_round_plan(round);
    int language = vb_desk_language(exchange, plan);
    int64_t released_ms = 0;
    int revision = vb_round_revision(round, &released_ms);
    vb_json_put_text(out, "{\"round\":", row->id);
    vb_json_put_text(out, ",\"instrument\":", row->instrument);
    vb_json_put_text(out, ",\"version\":", row->version);
    vb_json_put_text(out, ",\"title\":", plan->title.by_language[language]);
    vb_json_put_text(out, ",\"case\":", row->case_id);
    vb_json_put_text(out, ",\"wave\":", row->wave);
    vb_json_put_text(out, ",\"state\":", vb_round_state_name(row->state));
    vb_buf_printf(out, ",\"revision\":%d", revision);
    vb_desk_put_time(out, ",\"released_at\":", released_ms);
    vb_buf_puts(out, ",\"roles\":");
    vb_desk_put_roles(out, plan, plan->languages[language]);
    vb_buf_puts(out, ",\"languages\":");
    vb_desk_put_languages(out, plan);
    vb_json_put_flag(out, ",\"pictures\":", has_pictures(plan));
    vb_json_put_flag(out, ",\"reporting_missing\":",
                     plan->mandated && vb_desk_house(exchange)->reporting == NULL);
}

enum vb_code vb_desk_put_round(struct vb_buf *out, struct vb_exchange *exchange,
                               struct vb_round *round, struct vb_err *err)
{
    bool before;
    enum vb_code code = vb_desk_shared_before(exchange, round, &before, err);
    if (code != VB_OK)
        return code;
    put_head(out, exchange, round);
    put_may(out, round);
    vb_json_put_flag(out, ",\"shared_before\":", before);
    put_missing(out, round);
    vb_buf_puts(out, ",\"persons\":");
    code = vb_desk_put_persons(out, round, &exchange->arena, err);
    if (code == VB_OK)
        code = put_invitations(out, exchange, round, err);
    vb_buf_putc(out, '}');
    return code;
}
