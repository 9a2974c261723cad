/* Erasing in the memory store: here nothing lies under a key, so the content itself goes. It is
 * overwritten once the commit stands (until then a refusal must be able to bring it back). */
#include <string.h>

#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_memory_inner.h"
#include "store/store_rule.h"

void vb_store_memory_forget(struct memory_store *memory, const void *bytes, size_t len)
{
    if (bytes == NULL || len == 0)
        return;
    vb_push(&memory->wipes, memory->wipe_count, &memory->wipe_cap, sizeof *memory->wipes);
    memory->wipes[memory->wipe_count++] = (struct memory_wipe){ (void *)bytes, len };
}

static void erase_event(struct memory_store *memory, struct vb_event_row *event)
{
    vb_store_memory_forget(memory, event->body, event->body_len);
    vb_store_memory_forget(memory, event->answer_id, strlen(event->answer_id));
    for (int i = 0; i < event->part_count; i++)
        vb_store_memory_forget(memory, event->parts[i].bytes, event->parts[i].len);
    vb_store_memory_changing(memory, event, sizeof *event);
    *event = (struct vb_event_row){ .session = event->session,
                                    .seq = event->seq,
                                    .wall_ms = event->wall_ms,
                                    .answer_id = "",
                                    .body = "",
                                    .erased = true };
}

static void erase_blob_row(struct memory_store *memory, struct memory_blob *blob)
{
    if (blob->row.erased)
        return;
    vb_store_memory_forget(memory, blob->row.bytes, blob->row.len);
    vb_store_memory_changing(memory, &blob->row, sizeof blob->row);
    blob->row.bytes = NULL;
    blob->row.len = 0;
    blob->row.erased = true;
}

/* All it holds; the seq of its events stays, and so does who had it when. */
static void erase_session_rows(struct memory_store *memory, struct memory_session *session)
{
    if (session->row.erased)
        return;
    vb_store_memory_changing(memory, &session->row, sizeof session->row);
    session->row.erased = true;
    for (size_t i = 0; i < session->events.count; i++)
        erase_event(memory, session->events.items[i]);
    for (size_t i = 0; i < session->blobs.count; i++)
        erase_blob_row(memory, session->blobs.items[i]);
}

static void withdraw(struct memory_store *memory, struct memory_session *session)
{
    vb_store_memory_changing(memory, &session->row.state, sizeof session->row.state);
    session->row.state = VB_SESSION_WITHDRAWN;
}

/* Is id one of those that a part is about? */
static bool is_about(const char *about, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = strstr(about, id); at != NULL; at = strstr(at + len, id))
        if ((at == about || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
            return true;
    return false;
}

/* What others said about the person, or took over from the session: it may be in every session,
 * because a member need not have answered. */
static void erase_parts(struct memory_store *memory, const char *id)
{
    for (size_t s = 0; s < memory->sessions.count; s++) {
        const struct memory_session *session = (void *)memory->sessions.rows[s];
        for (size_t e = 0; e < session->events.count; e++) {
            const struct vb_event_row *event = session->events.items[e];
            for (int i = 0; i < event->part_count; i++) {
                struct vb_event_part *part = (struct vb_event_part *)&event->parts[i];
                if (part->bytes == NULL || !is_about(part->about, id))
                    continue;
                vb_store_memory_forget(memory, part->bytes, part->len);
                vb_store_memory_changing(memory, part, sizeof *part);
                part->bytes = NULL;
                part->len = 0;
            }
        }
    }
}

static bool is_about_erased(struct memory_store *memory, const char *about)
{
    struct vb_arena arena = { 0 };
    char *list = vb_arena_strdup(&arena, about), *rest = NULL;
    bool erased = false;
    for (char *id = strtok_r(list, " ", &rest); id != NULL; id = strtok_r(NULL, " ", &rest)) {
        const struct memory_person *person = vb_table_find(&memory->persons, id);
        const struct memory_session *session = vb_table_find(&memory->sessions, id);
        erased = erased || (person != NULL && person->row.erased) ||
                 (session != NULL && session->row.erased);
    }
    vb_arena_finish(&arena);
    return erased;
}

void vb_store_memory_drop_parts(struct memory_store *memory, struct vb_event_row *row)
{
    for (int i = 0; i < row->part_count; i++) {
        struct vb_event_part *part = (struct vb_event_part *)&row->parts[i];
        if (!is_about_erased(memory, part->about))
            continue;
        part->bytes = NULL;
        part->len = 0;
    }
}

static enum vb_code erase_person(struct memory_store *memory, const char *id, struct vb_err *err)
{
    struct memory_person *person = vb_table_find(&memory->persons, id);
    if (person == NULL)
        return vb_store_rule_absent(err, "person", id);
    if (person->row.label != NULL)
        vb_store_memory_forget(memory, person->row.label, strlen(person->row.label));
    vb_store_memory_changing(memory, &person->row, sizeof person->row);
    person->row.label = NULL;
    person->row.erased = true;
    for (size_t i = 0; i < person->sessions.count; i++) {
        struct memory_session *session = person->sessions.items[i];
        const struct memory_round *round = vb_table_find(&memory->rounds, session->row.round);
        withdraw(memory, session);
        erase_session_rows(memory, session);
        vb_store_memory_erase_reasons(memory, session->row.round);
        vb_store_memory_erase_tokens(memory, session->row.round, id);
        for (size_t j = 0; j < round->sessions.count; j++) {
            struct memory_session *joint = round->sessions.items[j];
            if (joint->row.person == NULL)
                erase_session_rows(memory, joint);
        }
    }
    const struct memory_case *of =
        person->row.case_id == NULL ? NULL : vb_table_find(&memory->cases, person->row.case_id);
    for (size_t i = 0; of != NULL && i < of->rounds.count; i++) {
        const struct memory_round *round = of->rounds.items[i];
        vb_store_memory_erase_reasons(memory, round->row.id);
        vb_store_memory_erase_tokens(memory, round->row.id, id);
    }
    erase_parts(memory, id);
    for (size_t i = 0; i < person->sessions.count; i++)
        erase_parts(memory, ((const struct memory_session *)person->sessions.items[i])->row.id);
    return VB_OK;
}

static enum vb_code erase_session(struct memory_store *memory, const char *id, struct vb_err *err)
{
    struct memory_session *session = vb_table_find(&memory->sessions, id);
    if (session == NULL)
        return vb_store_rule_absent(err, "session", id);
    withdraw(memory, session);
    erase_session_rows(memory, session);
    vb_store_memory_erase_reasons(memory, session->row.round);
    vb_store_memory_erase_tokens(memory, session->row.round, session->row.person);
    erase_parts(memory, id);
    return VB_OK;
}

static enum vb_code erase_blob(struct memory_store *memory, const char *id, struct vb_err *err)
{
    struct memory_blob *blob = vb_table_find(&memory->blobs, id);
    if (blob == NULL)
        return vb_store_rule_absent(err, "blob", id);
    erase_blob_row(memory, blob);
    return VB_OK;
}

static enum vb_code erase(struct memory_store *memory, const struct vb_erasure_row *put,
                          struct vb_err *err)
{
    switch (put->what) {
    case VB_ERASE_PERSON:
        return erase_person(memory, put->id, err);
    case VB_ERASE_SESSION:
        return erase_session(memory, put->id, err);
    case VB_ERASE_BLOB:
        return erase_blob(memory, put->id, err);
    }
    return vb_fail(err, VB_E_INTERNAL, "erasing something of unknown kind %d", (int)put->what);
}

enum vb_code vb_store_memory_erase(struct memory_store *memory, const struct vb_erasure_row *put,
                                   struct vb_err *err)
{
    enum vb_code code = erase(memory, put, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < memory->erasures.count; i++) {
        struct vb_erasure_row *row = memory->erasures.items[i];
        if (row->what != put->what || !vb_streq(row->id, put->id))
            continue;
        vb_store_memory_changing(memory, &row->done, sizeof row->done);
        row->done = row->done || put->done;
        return VB_OK;
    }
    struct vb_erasure_row *row = vb_arena_new(&memory->arena, struct vb_erasure_row);
    *row = vb_store_copy_erasure(&memory->arena, put);
    vb_store_memory_add_to(memory, &memory->erasures, row);
    return VB_OK;
}
