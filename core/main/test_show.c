#include "main/test_show.h"

#include "data/value_json.h"
#include "main/test_expect.h"

enum { NAME_WIDTH = 34 };

static void put_name(struct vb_buf *out, const char *id, const struct vb_member *member)
{
    size_t before = out->len;
    vb_buf_puts(out, id);
    if (member != NULL)
        vb_buf_printf(out, " %s%s%s", member->role, member->label == NULL ? "" : ":",
                      member->label == NULL ? "" : member->label);
    for (size_t i = out->len - before; i < NAME_WIDTH; i++)
        vb_buf_putc(out, ' ');
    vb_buf_puts(out, "  ");
}

static void put_path(struct vb_buf *out, const struct vb_plan *plan, const struct vb_fold *fold)
{
    int count, members;
    const struct vb_place *path = vb_fold_path(fold, &count);
    const struct vb_member *roster = vb_fold_members(fold, &members);
    const struct vb_value *values = vb_fold_values(fold);
    for (int i = 0; i < count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        const struct vb_value *value = &values[vb_plan_slot(plan, item, path[i].member)];
        bool of_member = path[i].member >= 0 && path[i].member < members;
        vb_buf_puts(out, "    ");
        put_name(out, item->id, of_member ? &roster[path[i].member] : NULL);
        if (vb_value_given(value))
            vb_value_write(out, item, value);
        if (!vb_value_given(value) || vb_fold_held(fold, path[i].item, path[i].member))
            vb_buf_printf(out, "%s%s", vb_value_given(value) ? ", " : "",
                          vb_expect_reason(plan, fold, path[i].item, path[i].member));
        vb_buf_putc(out, '\n');
    }
}

static bool is_asked(const struct vb_plan *plan, const struct vb_fold *fold, int scale)
{
    int role = vb_fold_role(fold);
    return role < 0 || (plan->scales[scale].roles >> role & 1) != 0;
}

static void put_scores(struct vb_buf *out, const struct vb_plan *plan, const struct vb_fold *fold)
{
    int members;
    const struct vb_member *roster = vb_fold_members(fold, &members);
    for (int i = 0; i < plan->scale_count; i++) {
        bool each = plan->scales[i].per_member;
        for (int m = each ? 0 : -1; m < (each ? members : 0); m++) {
            struct vb_score score = vb_expect_score_of(plan, fold, i, m);
            if (!is_asked(plan, fold, i) || score.of == 0)
                continue;
            vb_buf_puts(out, "    ");
            put_name(out, plan->scales[i].id, m >= 0 ? &roster[m] : NULL);
            vb_expect_score(out, &score);
            vb_buf_putc(out, '\n');
        }
    }
}

static void put_list(struct vb_buf *out, const struct vb_plan *plan, const char *name,
                     const int *items, int count)
{
    vb_buf_puts(out, "    ");
    put_name(out, name, NULL);
    for (int i = 0; i < count; i++)
        vb_buf_printf(out, "%s%s", i == 0 ? "" : ", ", plan->items[items[i]].id);
    vb_buf_puts(out, count == 0 ? "-\n" : "\n");
}

/* Before the release there is none. */
static void put_talk(struct vb_buf *out, struct vb_round *round)
{
    const struct vb_plan *plan = vb_round_plan(round);
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_err err;
    if (vb_round_result(round, 0, &arena, &result, &err) == VB_OK) {
        const struct vb_talk *talk = &result.talk;
        vb_buf_puts(out, "  talk\n");
        put_list(out, plan, "well", talk->well, talk->well_count);
        put_list(out, plan, "differ", talk->differ, talk->differ_count);
        put_list(out, plan, "better", talk->better, talk->better_count);
        put_list(out, plan, "friction", talk->friction, talk->friction_count);
    } else {
        vb_buf_puts(out, "  talk: none, the round is not released by these answers\n");
    }
    vb_arena_finish(&arena);
}

void vb_test_show(struct vb_buf *out, struct vb_round *round)
{
    const struct vb_plan *plan = vb_round_plan(round);
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++) {
        if (list[i].session == NULL)
            continue;
        const struct vb_fold *fold = vb_session_fold(list[i].session);
        vb_buf_printf(out, "  %s%s%s\n", list[i].role, list[i].label == NULL ? "" : ":",
                      list[i].label == NULL ? "" : list[i].label);
        put_path(out, plan, fold);
        put_scores(out, plan, fold);
    }
    put_talk(out, round);
}
