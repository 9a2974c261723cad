/* api_rights.c - what a privacy officer does for whom it is about: the audit, an export, an
 * erasing.
 *
 * The officer is staff: of what nobody shared nothing is seen here either (export_shared.h). */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/counted.h"
#include "session/erase.h"
#include "session/erase_words.h"
#include "session/export.h"
#include "session/export_shared.h"
#include "sheet/sheet_export.h"

/* -- the audit -------------------------------------------------------------------------------- */

enum { ROWS_MOST = 500, DAY_MS = 86400000 };
struct wanted { /* rows */
    int64_t from_ms, to_ms;
    const char **ids; /* of a case and all that is in it; NULL: of everything */
    size_t id_count, id_cap;
};

static bool read_day(struct vb_exchange *exchange, const char *name, int64_t *out)
{
    const char *text = vb_exchange_query(exchange, name);
    if (text == NULL || vb_time_read_day(text, out))
        return true;
    vb_reply_refuse(exchange, 422, "value", name, "this is a day such as 2026-11-21");
    return false;
}

static void add_id(struct wanted *wanted, struct vb_arena *arena, const char *id)
{
    const char **added = vb_arena_push(arena, &wanted->ids, wanted->id_count++, &wanted->id_cap,
                                       sizeof *wanted->ids);
    *added = id;
}

static enum vb_code add_case(struct wanted *wanted, struct vb_exchange *exchange,
                             const char *case_id, struct vb_err *err)
{
    struct vb_store *store = vb_desk_store(exchange);
    struct vb_arena *arena = &exchange->arena;
    struct vb_person_row *persons;
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    size_t count, round_count;
    add_id(wanted, arena, case_id);
    enum vb_code code = store->ops->persons(store, case_id, arena, &persons, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        add_id(wanted, arena, persons[i].id);
    if (code == VB_OK)
        code = store->ops->case_rounds(store, case_id, arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < round_count; i++) {
        add_id(wanted, arena, rounds[i].id);
        code = store->ops->sessions(store, rounds[i].id, arena, &sessions, &count, err);
        for (size_t j = 0; code == VB_OK && j < count; j++)
            add_id(wanted, arena, sessions[j].id);
    }
    return code;
}

static bool is_wanted(const struct wanted *wanted, const struct vb_audit_row *row)
{
    bool found = wanted->ids == NULL;
    for (size_t i = 0; i < wanted->id_count && !found; i++)
        found = vb_streq(row->subject, wanted->ids[i]);
    return found && row->wall_ms >= wanted->from_ms && row->wall_ms < wanted->to_ms;
}

static void put_row(struct vb_buf *out, const struct vb_audit_row *row, size_t number)
{
    vb_buf_printf(out, "{\"row\":%zu", number);
    vb_desk_put_time(out, ",\"time\":", row->wall_ms);
    vb_json_put_text(out, ",\"action\":", row->action);
    vb_json_put_text(out, ",\"subject\":", row->subject);
    vb_json_put_text(out, ",\"by\":", row->by);
    vb_json_put_text(out, ",\"on_behalf\":", row->on_behalf);
    vb_buf_putc(out, '}');
}

/* The newest first. */
static enum vb_code put_rows(struct vb_buf *out, struct vb_exchange *exchange,
                             const struct wanted *wanted, struct vb_err *err)
{
    struct vb_audit_row *rows;
    size_t count;
    int written = 0;
    bool whole = true;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->audit(store, &exchange->arena, &rows, &count, err);
    vb_buf_puts(out, "{\"rows\":[");
    for (size_t i = code == VB_OK ? count : 0; i > 0 && whole; i--) {
        if (!is_wanted(wanted, &rows[i - 1]))
            continue;
        whole = written < ROWS_MOST;
        if (!whole)
            break;
        vb_buf_puts(out, written++ > 0 ? "," : "");
        put_row(out, &rows[i - 1], i);
    }
    vb_json_put_flag(out, "],\"whole\":", whole);
    vb_buf_putc(out, '}');
    return code;
}

void vb_api_audit(struct vb_exchange *exchange)
{
    struct wanted wanted = { .from_ms = INT64_MIN, .to_ms = INT64_MAX - DAY_MS };
    struct vb_buf out = { 0 };
    struct vb_err err;
    const char *case_id = vb_exchange_query(exchange, "case");
    if (!read_day(exchange, "from", &wanted.from_ms) || !read_day(exchange, "to", &wanted.to_ms))
        return;
    wanted.to_ms += DAY_MS; /* up to and with this day */
    enum vb_code code = case_id == NULL ? VB_OK : add_case(&wanted, exchange, case_id, &err);
    if (code == VB_OK)
        code = put_rows(&out, exchange, &wanted, &err);
    if (code == VB_OK)
        vb_desk_show(exchange, "audit", case_id == NULL ? VB_AUDIT_EVERYTHING : case_id, NULL,
                     &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* -- ids -------------------------------------------------------------------------------------- */

static enum vb_code put_ids(struct vb_buf *out, struct vb_exchange *exchange, const char *id,
                            struct vb_err *err)
{
    struct vb_store *store = vb_desk_store(exchange);
    struct vb_arena *arena = &exchange->arena;
    struct vb_person_row *persons;
    struct vb_round_row *rounds;
    size_t count, written = 0;
    vb_json_put_text(out, "{\"case\":", id);
    vb_buf_puts(out, ",\"persons\":[");
    enum vb_code code = store->ops->persons(store, id, arena, &persons, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (persons[i].erased)
            continue;
        vb_json_put_text(out, written++ > 0 ? ",{\"person\":" : "{\"person\":", persons[i].id);
        vb_json_put_text(out, ",\"role\":", persons[i].role);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "],\"rounds\":[");
    if (code == VB_OK)
        code = store->ops->case_rounds(store, id, arena, &rounds, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"round\":" : "{\"round\":", rounds[i].id);
        vb_json_put_text(out, ",\"instrument\":", rounds[i].instrument);
        vb_json_put_text(out, ",\"wave\":", rounds[i].wave);
        vb_json_put_text(out, ",\"state\":", vb_round_state_name(rounds[i].state));
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "]}");
    return code;
}

void vb_api_rights(struct vb_exchange *exchange)
{
    struct vb_case_row row;
    struct vb_buf out = { 0 };
    struct vb_err err;
    const char *id = exchange->params[0];
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->case_row(store, id, &exchange->arena, &row, &err);
    if (code == VB_OK)
        code = put_ids(&out, exchange, id, &err);
    if (code == VB_OK)
        vb_desk_show(exchange, "rounds", id, NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* -- an export -------------------------------------------------------------------------------- */

static enum vb_code find_person(struct vb_exchange *exchange, const char *id,
                                struct vb_person_row *row, struct vb_err *err)
{
    struct vb_store *store = vb_desk_store(exchange);
    struct vb_arena *arena = &exchange->arena;
    enum vb_code code = store->ops->person(store, id, arena, row, err);
    return code == VB_OK ? vb_counted_by_id(store, vb_desk_house(exchange)->env, row, arena, err)
                         : code;
}

void vb_api_export(struct vb_exchange *exchange)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_person_row row;
    struct vb_gathered *gathered = NULL;
    struct vb_buf out = { 0 };
    struct vb_err err;
    const char *language = vb_exchange_query(exchange, "lang");
    bool html = vb_streq(vb_exchange_query(exchange, "as"), "html");
    enum vb_code code = find_person(exchange, exchange->params[0], &row, &err);
    if (code == VB_OK)
        code = vb_export_gather(&gathered, house->store, house->env, row.id, &err);
    if (code == VB_OK) {
        const struct vb_export *shared =
            vb_export_shared(vb_gathered_export(gathered), &exchange->arena);
        if (html)
            vb_sheet_export(&out, shared, language);
        else
            vb_export_write(&out, shared, language);
        vb_desk_show(exchange, "export", row.case_id == NULL ? VB_AUDIT_EVERYTHING : row.id,
                     html ? "text/html; charset=utf-8" : NULL, &out);
    } else
        vb_reply_code(exchange, code, &err);
    vb_gathered_destroy(gathered);
    vb_buf_finish(&out);
}

/* -- an erasing ------------------------------------------------------------------------------- */

static void put_lines(struct vb_buf *out, const struct vb_buf *text)
{
    vb_buf_puts(out, "],\"says\":[");
    for (const char *at = text->data; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        vb_buf_puts(out, at == text->data ? "" : ",");
        vb_json_string(out, at, len);
        at += len + (at[len] == '\n');
    }
    vb_buf_puts(out, "]}");
}

static void put_erased(struct vb_buf *out, const struct vb_erase *erase)
{
    struct vb_buf text = { 0 };
    vb_buf_puts(out, "{\"sent\":[");
    for (size_t i = 0; i < erase->sent_count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"output\":" : "{\"output\":", erase->sent[i].output);
        vb_json_put_text(out, ",\"round\":", erase->sent[i].round);
        vb_buf_printf(out, ",\"revision\":%d}", erase->sent[i].revision);
    }
    vb_erase_words_beyond(&text, erase);
    put_lines(out, &text);
    vb_buf_finish(&text);
}

/* Nobody works on with what is gone, and nobody comes to it any more. */
static enum vb_code end_rounds(struct vb_exchange *exchange, const struct vb_erase *erase,
                               struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < erase->round_count; i++) {
        vb_live_forget(vb_desk_live(exchange), erase->rounds[i].row.id);
        if (erase->rounds[i].whole)
            code = vb_auth_end_round(vb_desk_auth(exchange), erase->rounds[i].row.id, err);
    }
    return code;
}

static void erase(struct vb_exchange *exchange, enum vb_erase_of of, const char *id)
{
    const struct vb_house *house = vb_desk_house(exchange);
    const struct vb_erase_why why = { .reason = "asked",
                                      .by = exchange->who.name,
                                      .on_behalf = house->env->on_behalf,
                                      .now_wall_ms =
                                          house->env->clock.wall_ms(house->env->clock.ctx) };
    struct vb_erase found;
    struct vb_buf out = { 0 };
    struct vb_err err;
    enum vb_code code = vb_erase_find(&found, house->store, of, id, &exchange->arena, &err);
    if (code == VB_OK && !vb_streq(found.id, id)) /* a prefix is for a keyboard */
        code = vb_fail(&err, VB_E_ABSENT, "there is nothing of that whole id");
    if (code == VB_OK)
        code = vb_erase_commit(&found, house->store, &why, &exchange->arena, &err);
    if (code == VB_OK)
        code = end_rounds(exchange, &found, &err);
    if (code == VB_OK) {
        if (house->bring != NULL)
            house->bring(house->ctx);
        put_erased(&out, &found);
        vb_desk_json(exchange, &out);
    } else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* Somebody of a team is not erased by an id, unless nothing can tell any more that they are. */
void vb_api_erase_person(struct vb_exchange *exchange)
{
    struct vb_person_row row;
    struct vb_err err;
    enum vb_code code = find_person(exchange, exchange->params[0], &row, &err);
    if (code == VB_E_BUSY || code == VB_E_ABSENT)
        vb_reply_code(exchange, code, &err);
    else
        erase(exchange, VB_ERASE_OF_PERSON, exchange->params[0]);
}

void vb_api_erase_round(struct vb_exchange *exchange)
{
    erase(exchange, VB_ERASE_OF_ROUND, exchange->params[0]);
}

void vb_api_erase_case(struct vb_exchange *exchange)
{
    erase(exchange, VB_ERASE_OF_CASE, exchange->params[0]);
}
