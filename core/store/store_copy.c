#include "store/store_copy.h"

#include <string.h>

static const char *text(struct vb_arena *arena, const char *s)
{
    return vb_arena_strdup(arena, s);
}

struct vb_case_row vb_store_copy_case(struct vb_arena *arena, const struct vb_case_row *row)
{
    struct vb_case_row copy = *row;
    copy.id = text(arena, row->id);
    return copy;
}

struct vb_person_row vb_store_copy_person(struct vb_arena *arena, const struct vb_person_row *row)
{
    struct vb_person_row copy = *row;
    copy.id = text(arena, row->id);
    copy.case_id = text(arena, row->case_id);
    copy.role = text(arena, row->role);
    copy.label = text(arena, row->label);
    copy.language = text(arena, row->language);
    return copy;
}

struct vb_round_row vb_store_copy_round(struct vb_arena *arena, const struct vb_round_row *row)
{
    struct vb_round_row copy = *row;
    copy.id = text(arena, row->id);
    copy.case_id = text(arena, row->case_id);
    copy.instrument = text(arena, row->instrument);
    copy.version = text(arena, row->version);
    copy.digest = text(arena, row->digest);
    copy.wave = text(arena, row->wave);
    copy.format = text(arena, row->format);
    copy.form = text(arena, row->form);
    copy.variant = text(arena, row->variant);
    copy.setting = text(arena, row->setting);
    copy.with = text(arena, row->with);
    return copy;
}

struct vb_session_row vb_store_copy_session(struct vb_arena *arena,
                                            const struct vb_session_row *row)
{
    struct vb_session_row copy = *row;
    copy.id = text(arena, row->id);
    copy.round = text(arena, row->round);
    copy.person = text(arena, row->person);
    return copy;
}

struct vb_event_row vb_store_copy_event(struct vb_arena *arena, const struct vb_event_row *row)
{
    struct vb_event_row copy = *row;
    copy.session = text(arena, row->session);
    copy.answer_id = text(arena, row->answer_id);
    copy.body = vb_arena_strndup(arena, row->body, row->body_len);
    struct vb_event_part *parts =
        vb_arena_alloc(arena, sizeof *parts * (size_t)(row->part_count + 1));
    for (int i = 0; i < row->part_count; i++) {
        parts[i] = row->parts[i];
        parts[i].about = text(arena, row->parts[i].about);
        if (row->parts[i].bytes != NULL)
            parts[i].bytes = vb_arena_strndup(arena, row->parts[i].bytes, row->parts[i].len);
    }
    copy.parts = row->part_count == 0 ? NULL : parts;
    return copy;
}

struct vb_revision_row vb_store_copy_revision(struct vb_arena *arena,
                                              const struct vb_revision_row *row)
{
    struct vb_revision_row copy = *row;
    copy.round = text(arena, row->round);
    copy.reason = text(arena, row->reason);
    copy.upto = text(arena, row->upto);
    return copy;
}

struct vb_blob_row vb_store_copy_blob(struct vb_arena *arena, const struct vb_blob_row *row)
{
    struct vb_blob_row copy = *row;
    copy.digest = text(arena, row->digest);
    copy.type = text(arena, row->type);
    copy.session = text(arena, row->session);
    if (row->bytes != NULL) /* else only its name, of a list */
        copy.bytes = vb_arena_strndup(arena, row->bytes, row->len);
    return copy;
}

struct vb_erasure_row vb_store_copy_erasure(struct vb_arena *arena,
                                            const struct vb_erasure_row *row)
{
    struct vb_erasure_row copy = *row;
    copy.id = vb_arena_strdup(arena, row->id);
    copy.reason = vb_arena_strdup(arena, row->reason);
    return copy;
}

struct vb_setting_row vb_store_copy_setting(struct vb_arena *arena,
                                            const struct vb_setting_row *row)
{
    return (struct vb_setting_row){ vb_arena_strdup(arena, row->name),
                                    vb_arena_strdup(arena, row->value) };
}

struct vb_output_row vb_store_copy_output(struct vb_arena *arena, const struct vb_output_row *row)
{
    struct vb_output_row copy = *row;
    copy.round = text(arena, row->round);
    copy.name = text(arena, row->name);
    copy.plugin = text(arena, row->plugin);
    copy.options = text(arena, row->options);
    return copy;
}

struct vb_parcel_row vb_store_copy_parcel(struct vb_arena *arena, const struct vb_parcel_row *row)
{
    struct vb_parcel_row copy = *row;
    copy.round = text(arena, row->round);
    copy.output = text(arena, row->output);
    copy.case_id = text(arena, row->case_id);
    copy.reason = text(arena, row->reason);
    return copy;
}

struct vb_audit_row vb_store_copy_audit(struct vb_arena *arena, const struct vb_audit_row *row)
{
    struct vb_audit_row copy = *row;
    copy.action = text(arena, row->action);
    copy.subject = text(arena, row->subject);
    copy.by = text(arena, row->by);
    copy.on_behalf = text(arena, row->on_behalf);
    copy.previous = text(arena, row->previous);
    copy.hash = text(arena, row->hash);
    return copy;
}

struct vb_staff_row vb_store_copy_staff(struct vb_arena *arena, const struct vb_staff_row *row)
{
    struct vb_staff_row copy = *row;
    copy.name = text(arena, row->name);
    copy.roles = text(arena, row->roles);
    copy.secrets = text(arena, row->secrets);
    return copy;
}

struct vb_token_row vb_store_copy_token(struct vb_arena *arena, const struct vb_token_row *row)
{
    struct vb_token_row copy = *row;
    copy.hash = text(arena, row->hash);
    copy.staff = text(arena, row->staff);
    copy.round = text(arena, row->round);
    copy.person = text(arena, row->person);
    copy.body = text(arena, row->body);
    return copy;
}

static struct vb_token_query copy_query(struct vb_arena *arena, const struct vb_token_query *query)
{
    struct vb_token_query copy = *query;
    copy.hash = text(arena, query->hash);
    copy.round = text(arena, query->round);
    copy.staff = text(arena, query->staff);
    return copy;
}

struct vb_assignment_row vb_store_copy_assignment(struct vb_arena *arena,
                                                  const struct vb_assignment_row *row)
{
    struct vb_assignment_row copy = *row;
    copy.case_id = text(arena, row->case_id);
    copy.staff = text(arena, row->staff);
    return copy;
}

struct vb_file *vb_store_copy_files(struct vb_arena *arena, const struct vb_file *files,
                                    size_t count)
{
    struct vb_file *copies = vb_arena_alloc(arena, count * sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        copies[i].path = text(arena, files[i].path);
        copies[i].bytes = vb_arena_strndup(arena, files[i].bytes, files[i].len);
        copies[i].len = files[i].len;
    }
    return copies;
}

struct vb_plan *vb_store_copy_plan(struct vb_arena *arena, const struct vb_plan *plan)
{
    struct vb_plan *copy = vb_arena_new(arena, struct vb_plan);
    copy->id = text(arena, plan->id);
    copy->version = text(arena, plan->version);
    memcpy(copy->digest, plan->digest, sizeof copy->digest);
    copy->main_path = text(arena, plan->main_path);
    copy->files = vb_store_copy_files(arena, plan->files, (size_t)plan->file_count);
    copy->file_count = plan->file_count;
    return copy;
}

struct vb_change vb_store_copy_change(struct vb_arena *arena, const struct vb_change *change)
{
    struct vb_change copy = *change;
    switch (change->kind) {
    case VB_PUT_INSTRUMENT:
        copy.plan = vb_store_copy_plan(arena, change->plan);
        break;
    case VB_PUT_CASE:
        copy.case_row = vb_store_copy_case(arena, &change->case_row);
        break;
    case VB_PUT_PERSON:
        copy.person = vb_store_copy_person(arena, &change->person);
        break;
    case VB_PUT_ROUND:
    case VB_SET_ROUND:
        copy.round = vb_store_copy_round(arena, &change->round);
        break;
    case VB_PUT_SESSION:
    case VB_SET_SESSION:
        copy.session = vb_store_copy_session(arena, &change->session);
        break;
    case VB_APPEND:
        copy.event = vb_store_copy_event(arena, &change->event);
        break;
    case VB_PUT_REVISION:
        copy.revision = vb_store_copy_revision(arena, &change->revision);
        break;
    case VB_PUT_BLOB:
        copy.blob = vb_store_copy_blob(arena, &change->blob);
        break;
    case VB_PUT_AUDIT:
        copy.audit = vb_store_copy_audit(arena, &change->audit);
        break;
    case VB_ERASE:
        copy.erasure = vb_store_copy_erasure(arena, &change->erasure);
        break;
    case VB_PUT_SETTING:
        copy.setting = vb_store_copy_setting(arena, &change->setting);
        break;
    case VB_PUT_OUTPUT:
        copy.output = vb_store_copy_output(arena, &change->output);
        break;
    case VB_SET_PARCEL:
        copy.parcel = vb_store_copy_parcel(arena, &change->parcel);
        break;
    case VB_PUT_STAFF:
        copy.staff = vb_store_copy_staff(arena, &change->staff);
        break;
    case VB_PUT_TOKEN:
        copy.token = vb_store_copy_token(arena, &change->token);
        break;
    case VB_END_TOKENS:
    case VB_FORGET_TOKENS:
        copy.tokens = copy_query(arena, &change->tokens);
        break;
    case VB_PUT_ASSIGNMENT:
        copy.assignment = vb_store_copy_assignment(arena, &change->assignment);
        break;
    }
    return copy;
}
