/* person.c - who is who in a case.
 *
 * The same role without a new label is the person who had it in the case's last wave; a new label
 * is a new person. A professional who changes is somebody else, and so is the pair. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/utf8.h"
#include "session/round_state.h"

/* -- labels ----------------------------------------------------------------------------------- */

static size_t next_point(const char *text, size_t len, utf8proc_int32_t *point)
{
    return (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, point);
}

static bool is_space(utf8proc_int32_t point)
{
    return point == ' ' || point == '\t' || point == '\n' || point == '\r' ||
           utf8proc_category(point) == UTF8PROC_CATEGORY_ZS;
}

/* What steers a screen: controls, line breaks of Unicode, and what turns the order of letters. */
static bool is_control(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

/* The part without white space around it. */
static void trim(const char *label, size_t len, size_t *from, size_t *to)
{
    *from = len;
    *to = 0;
    for (size_t at = 0; at < len;) {
        utf8proc_int32_t point;
        size_t size = next_point(label + at, len - at, &point);
        if (!is_space(point)) {
            *from = at < *from ? at : *from;
            *to = at + size;
        }
        at += size;
    }
}

static enum vb_refusal check_label(const char *label, size_t len)
{
    bool visible = false;
    for (size_t at = 0; at < len;) {
        utf8proc_int32_t point;
        at += next_point(label + at, len - at, &point);
        if (is_control(point))
            return VB_REFUSED_CONTROL;
        utf8proc_category_t category = utf8proc_category(point);
        visible = visible || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO);
    }
    if (!visible)
        return VB_REFUSED_EMPTY;
    return vb_utf8_length(label, len) > VB_LABEL_MOST ? VB_REFUSED_LONG : VB_ACCEPTED;
}

static enum vb_refusal read_label(struct vb_arena *arena, const char *label, const char **out)
{
    size_t from, to, len = strlen(label);
    if (!vb_utf8_valid(label, len, NULL))
        return VB_REFUSED_UTF8;
    trim(label, len, &from, &to);
    if (from >= to)
        return VB_REFUSED_EMPTY;
    const char *trimmed = vb_arena_strndup(arena, label + from, to - from);
    utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)trimmed);
    vb_assert(composed != NULL); /* well-formed text always has one */
    *out = vb_arena_strdup(arena, (const char *)composed);
    free(composed);
    return check_label(*out, strlen(*out));
}

enum vb_code vb_person_label(struct vb_arena *arena, const char *label, const char **out,
                             enum vb_refusal *refusal, struct vb_err *err)
{
    enum vb_refusal found = VB_ACCEPTED;
    *out = NULL;
    if (label != NULL && label[0] != '\0')
        found = read_label(arena, label, out);
    if (refusal != NULL)
        *refusal = found;
    if (found == VB_ACCEPTED)
        return VB_OK;
    return vb_fail(err, VB_E_DATA, "a person's name %s",
                   found == VB_REFUSED_UTF8      ? "is UTF-8"
                   : found == VB_REFUSED_CONTROL ? "is one line without control characters"
                   : found == VB_REFUSED_LONG    ? "has at most 64 characters"
                                                 : "has something to see in it");
}

/* -- who is who ------------------------------------------------------------------------------- */

/* Was this session begun by then? Its rows stand in clear, erased or not. */
static enum vb_code is_of_before(struct vb_store *store, const char *session, int64_t since_ms,
                                 struct vb_arena *arena, bool *out, struct vb_err *err)
{
    struct vb_event_row *events;
    size_t count = 0;
    *out = false;
    if (since_ms == 0)
        return VB_OK;
    enum vb_code code = store->ops->events(store, session, 1, arena, &events, &count, err);
    *out = code == VB_OK && count > 0 && events[0].wall_ms < since_ms;
    return code;
}

/* Whoever has this role in one round since then; NULL when nobody, or several. */
static enum vb_code in_round(struct vb_round *round, const char *id, const char *role,
                             int64_t since_ms, struct vb_arena *arena,
                             const struct vb_person_row **found, struct vb_err *err)
{
    struct vb_session_row *sessions;
    struct vb_store *store = round->store;
    size_t count, fitting = 0;
    enum vb_code code = store->ops->sessions(store, id, arena, &sessions, &count, err);
    *found = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (sessions[i].person == NULL)
            continue;
        struct vb_person_row *row = vb_arena_new(arena, struct vb_person_row);
        bool before;
        code = is_of_before(store, sessions[i].id, since_ms, arena, &before, err);
        if (code != VB_OK || before)
            continue;
        code = store->ops->person(store, sessions[i].person, arena, row, err);
        if (code == VB_OK && vb_streq(row->role, role)) {
            *found = row;
            fitting++;
        }
    }
    if (fitting > 1)
        *found = NULL;
    return code;
}

static enum vb_code last_of_role(struct vb_round *round, const char *role, int64_t since_ms,
                                 struct vb_arena *arena, const struct vb_person_row **found,
                                 struct vb_err *err)
{
    struct vb_round_row *rounds;
    size_t count;
    enum vb_code code = round->store->ops->case_rounds(round->store, round->row.case_id, arena,
                                                       &rounds, &count, err);
    *found = NULL;
    for (size_t i = count; code == VB_OK && i > 0 && *found == NULL; i--)
        code = in_round(round, rounds[i - 1].id, role, since_ms, arena, found, err);
    return code;
}

static enum vb_code of_label(struct vb_round *round, const char *role, const char *label,
                             struct vb_arena *arena, const struct vb_person_row **found,
                             struct vb_err *err)
{
    struct vb_person_row *persons;
    size_t count;
    enum vb_code code =
        round->store->ops->persons(round->store, round->row.case_id, arena, &persons, &count, err);
    *found = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (!persons[i].erased && vb_streq(persons[i].role, role) &&
            vb_streq(persons[i].label, label))
            *found = &persons[i];
    return code;
}

static void take(struct vb_round *round, struct vb_voice_in *out, const struct vb_person_row *row)
{
    struct vb_arena *arena = &round->arena;
    out->stored = row != NULL;
    if (row != NULL) {
        out->person = vb_arena_strdup(arena, row->id);
        out->label = vb_arena_strdup(arena, row->label);
        return;
    }
    char id[VB_ID_SIZE];
    vb_id_make(&round->env->random, id);
    out->person = vb_arena_strdup(arena, id);
}

enum vb_code vb_person_choose(struct vb_round *round, struct vb_voice_in *out, int64_t since_ms,
                              struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const struct vb_person_row *found = NULL;
    enum vb_code code = VB_OK;
    if (round->row.case_id != NULL && out->label != NULL)
        code = of_label(round, out->role, out->label, &arena, &found, err);
    else if (round->row.case_id != NULL)
        code = last_of_role(round, out->role, since_ms, &arena, &found, err);
    if (code == VB_OK && found != NULL && found->erased)
        found = NULL; /* nobody goes on as that one, and nobody before them is meant */
    if (code == VB_OK)
        take(round, out, found);
    vb_arena_finish(&arena);
    return code;
}
