/* Staff, tokens and assignments in the memory store. */
#include <string.h>

#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_memory_inner.h"
#include "store/store_rule.h"

static struct vb_staff_row *find_staff(struct memory_store *memory, const char *name)
{
    for (size_t i = 0; i < memory->staff.count; i++) {
        struct vb_staff_row *row = memory->staff.items[i];
        if (vb_streq(row->name, name))
            return row;
    }
    return NULL;
}

enum vb_code vb_store_memory_put_staff(struct memory_store *memory, const struct vb_staff_row *put)
{
    struct vb_staff_row *row = find_staff(memory, put->name);
    if (row != NULL) {
        vb_store_memory_forget(memory, row->secrets, strlen(row->secrets));
        vb_store_memory_changing(memory, row, sizeof *row);
    } else {
        row = vb_arena_new(&memory->arena, struct vb_staff_row);
        vb_store_memory_add_to(memory, &memory->staff, row);
    }
    *row = vb_store_copy_staff(&memory->arena, put);
    return VB_OK;
}

/* -- tokens ------------------------------------------------------------------------------------ */

static struct memory_token *find_token(struct memory_store *memory, const char *hash)
{
    for (size_t i = 0; i < memory->tokens.count; i++) {
        struct memory_token *token = memory->tokens.items[i];
        if (!token->forgotten && vb_streq(token->row.hash, hash))
            return token;
    }
    return NULL;
}

static void forget_body(struct memory_store *memory, struct memory_token *token)
{
    vb_store_memory_forget(memory, token->row.body, strlen(token->row.body));
    vb_store_memory_changing(memory, token, sizeof *token);
    token->row.body = "";
}

static void end_token(struct memory_store *memory, struct memory_token *token)
{
    if (token->row.over)
        return;
    forget_body(memory, token);
    token->row.person = NULL;
    token->row.over = true;
}

static enum vb_code check_token(struct memory_store *memory, const struct vb_token_row *put,
                                struct vb_err *err)
{
    if (memory->bringing)
        return VB_OK;
    if (put->staff != NULL && find_staff(memory, put->staff) == NULL)
        return vb_store_rule_absent(err, "member of staff", put->staff);
    if (put->round != NULL && vb_table_find(&memory->rounds, put->round) == NULL)
        return vb_store_rule_absent(err, "round", put->round);
    if (put->person != NULL && vb_table_find(&memory->persons, put->person) == NULL)
        return vb_store_rule_absent(err, "person", put->person);
    return VB_OK;
}

enum vb_code vb_store_memory_put_token(struct memory_store *memory, const struct vb_token_row *put,
                                       struct vb_err *err)
{
    enum vb_code code = check_token(memory, put, err);
    struct memory_token *token = find_token(memory, put->hash);
    if (code != VB_OK)
        return code;
    if (token != NULL && token->row.over && !put->over)
        return vb_store_rule_token_over(err, put);
    if (token != NULL) {
        forget_body(memory, token);
    } else {
        token = vb_arena_new(&memory->arena, struct memory_token);
        vb_store_memory_add_to(memory, &memory->tokens, token);
    }
    token->row = vb_store_copy_token(&memory->arena, put);
    return VB_OK;
}

enum vb_code vb_store_memory_end_tokens(struct memory_store *memory,
                                        const struct vb_token_query *query)
{
    for (size_t i = 0; i < memory->tokens.count; i++) {
        struct memory_token *token = memory->tokens.items[i];
        if (!token->forgotten && vb_store_rule_token_asked_for(query, &token->row))
            end_token(memory, token);
    }
    return VB_OK;
}

enum vb_code vb_store_memory_forget_tokens(struct memory_store *memory,
                                           const struct vb_token_query *query)
{
    for (size_t i = 0; i < memory->tokens.count; i++) {
        struct memory_token *token = memory->tokens.items[i];
        if (token->forgotten || token->row.until_wall_ms >= query->before_wall_ms ||
            !vb_store_rule_token_asked_for(query, &token->row))
            continue;
        forget_body(memory, token);
        token->forgotten = true;
    }
    return VB_OK;
}

void vb_store_memory_erase_tokens(struct memory_store *memory, const char *round,
                                  const char *person)
{
    for (size_t i = 0; i < memory->tokens.count; i++) {
        struct memory_token *token = memory->tokens.items[i];
        if (!token->forgotten && vb_streq(token->row.round, round) &&
            (token->row.person == NULL || vb_streq(token->row.person, person)))
            end_token(memory, token);
    }
}

/* -- assignments ------------------------------------------------------------------------------- */

enum vb_code vb_store_memory_put_assignment(struct memory_store *memory,
                                            const struct vb_assignment_row *put, struct vb_err *err)
{
    if (!memory->bringing && find_staff(memory, put->staff) == NULL)
        return vb_store_rule_absent(err, "member of staff", put->staff);
    if (!memory->bringing && vb_table_find(&memory->cases, put->case_id) == NULL)
        return vb_store_rule_absent(err, "case", put->case_id);
    for (size_t i = 0; i < memory->assignments.count; i++) {
        struct vb_assignment_row *row = memory->assignments.items[i];
        if (row->from_wall_ms != put->from_wall_ms || !vb_streq(row->staff, put->staff) ||
            !vb_streq(row->case_id, put->case_id))
            continue;
        vb_store_memory_changing(memory, row, sizeof *row);
        row->until_wall_ms = put->until_wall_ms;
        return VB_OK;
    }
    struct vb_assignment_row *row = vb_arena_new(&memory->arena, struct vb_assignment_row);
    *row = vb_store_copy_assignment(&memory->arena, put);
    vb_store_memory_add_to(memory, &memory->assignments, row);
    return VB_OK;
}

/* -- reading ----------------------------------------------------------------------------------- */

enum vb_code vb_store_memory_staff(struct vb_store *store, const char *prefix,
                                   struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                   struct vb_err *err)
{
    (void)err;
    const struct memory_list *staff = &((struct memory_store *)store)->staff;
    *out = vb_arena_alloc(arena, (staff->count + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; i < staff->count; i++) {
        const struct vb_staff_row *row = staff->items[i];
        if (!vb_starts_with(row->name, prefix))
            continue;
        size_t at = (*count)++;
        for (; at > 0 && strcmp((*out)[at - 1].name, row->name) > 0; at--)
            (*out)[at] = (*out)[at - 1];
        (*out)[at] = vb_store_copy_staff(arena, row);
    }
    return VB_OK;
}

enum vb_code vb_store_memory_tokens(struct vb_store *store, const struct vb_token_query *query,
                                    struct vb_arena *arena, struct vb_token_row **out,
                                    size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_list *tokens = &((struct memory_store *)store)->tokens;
    size_t cap = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct memory_token *token = tokens->items[i];
        if (token->forgotten || !vb_store_rule_token_asked_for(query, &token->row))
            continue;
        struct vb_token_row *row = vb_arena_push(arena, out, *count, &cap, sizeof *row);
        *row = vb_store_copy_token(arena, &token->row);
        ++*count;
    }
    return VB_OK;
}

enum vb_code vb_store_memory_assignments(struct vb_store *store, const char *staff,
                                         struct vb_arena *arena, struct vb_assignment_row **out,
                                         size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_list *list = &((struct memory_store *)store)->assignments;
    *out = vb_arena_alloc(arena, (list->count + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct vb_assignment_row *row = list->items[i];
        if (staff == NULL || vb_streq(row->staff, staff))
            (*out)[(*count)++] = vb_store_copy_assignment(arena, row);
    }
    return VB_OK;
}
