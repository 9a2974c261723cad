/* cmd_audit.c - verbond audit: who did what, when, on whose behalf; and whether that list is whole.
 *
 * Looking at it is a row of it, written first: so the newest row that is shown is the look itself.
 * --check shows nothing of anybody and writes nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "data/json.h"
#include "main/as_who.h"
#include "main/audit_page.h"
#include "main/command.h"
#include "main/workplace.h"
#include "session/export.h"

struct arguments {
    const char *person, *since, *until, *head, *language, *data;
    int64_t since_ms, until_ms; /* until_ms: the first moment that is too late */
    bool json, check;
};
enum { KEY_DATA = 256, KEY_PERSON, KEY_SINCE, KEY_UNTIL, KEY_CHECK, KEY_HEAD, KEY_JSON, KEY_LANG };
static const struct argp_option options[] = {
    { "person", KEY_PERSON, "ID", 0, "only what is about this person, as a page to hand over", 0 },
    { "since", KEY_SINCE, "DATE", 0, "from this day on, such as 2026-11-21 (UTC)", 0 },
    { "until", KEY_UNTIL, "DATE", 0, "up to and with this day", 0 },
    { "check", KEY_CHECK, NULL, 0, "show nothing; read the whole chain and say whether it is whole",
      0 },
    { "head", KEY_HEAD, "ROWS:HASH", 0,
      "with --check: what an earlier check printed must still stand in it", 0 },
    { "json", KEY_JSON, NULL, 0, "as JSON", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the page, nl or en; the person's when left out", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static int64_t day(const char *text, const char *option, const struct argp_state *state)
{
    int64_t wall_ms = 0;
    if (!vb_time_read_day(text, &wall_ms))
        argp_error(state, "%s wants a day such as 2026-11-21, not %s", option, text);
    return wall_ms;
}

static void agree(const struct arguments *arguments, const struct argp_state *state)
{
    bool some = arguments->person != NULL || arguments->since != NULL || arguments->until != NULL;
    if (arguments->check && some)
        argp_error(state, "--check reads all of it: leave --person, --since and --until out");
    if (arguments->head != NULL && !arguments->check)
        argp_error(state, "--head goes with --check");
    if (arguments->language != NULL && arguments->person == NULL)
        argp_error(state, "--lang is the language of a person's page: give --person ID");
    if (arguments->language != NULL && !vb_starts_with(arguments->language, "nl") &&
        !vb_starts_with(arguments->language, "en"))
        argp_error(state, "the page is written in nl and en, not in %s", arguments->language);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    enum { DAY_MS = 86400000 };
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_PERSON:
        arguments->person = arg;
        break;
    case KEY_SINCE:
        arguments->since = arg;
        arguments->since_ms = day(arg, "--since", state);
        break;
    case KEY_UNTIL:
        arguments->until = arg;
        arguments->until_ms = day(arg, "--until", state) + DAY_MS;
        break;
    case KEY_CHECK:
        arguments->check = true;
        break;
    case KEY_HEAD:
        arguments->head = arg;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case ARGP_KEY_END:
        agree(arguments, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Lists who did what, when, on whose behalf and about what; no answers, no names of whom it is "
    "about. With --person a page for that person.\v"
    "With --check it ends with 4 when a row was changed, moved, added or removed, and names the "
    "first one.",
    NULL,
    NULL,
    NULL
};

/* -- the check --------------------------------------------------------------------------------- */

/* ROWS:HASH as it was printed once: that row is still there with that hash. */
static enum vb_code check_head(const char *head, const struct vb_audit_row *rows, size_t count,
                               struct vb_err *err)
{
    char *colon;
    unsigned long long number = strtoull(head, &colon, 10);
    if (*colon != ':' || colon == head)
        return vb_fail(err, VB_E_USAGE, "--head wants ROWS:HASH as a check printed it, not %.80s",
                       head);
    if (number == 0 && colon[1] == '\0')
        return VB_OK;
    if (number == 0 || number > count)
        return vb_fail(
            err, VB_E_DATA,
            "row %llu of the audit is gone: there are %zu rows, so this is an older copy", number,
            count);
    if (!vb_streq(rows[number - 1].hash, colon + 1))
        return vb_fail(err, VB_E_DATA,
                       "row %llu of the audit is another one than when that head was noted",
                       number);
    return VB_OK;
}

static enum vb_code check(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_err *err)
{
    struct vb_audit_row *rows;
    size_t count = 0;
    struct vb_buf text = { 0 };
    if (!vb_workplace_has_data(place))
        return vb_fail(err, VB_E_ABSENT, "there is no audit: %s has no store", place->data);
    enum vb_code rc = vb_workplace_open(place, err);
    if (rc == VB_OK)
        rc = vb_store_audit_check(place->store, err);
    if (rc == VB_OK)
        rc = place->store->ops->audit(place->store, &place->arena, &rows, &count, err);
    if (rc == VB_OK && arguments->head != NULL)
        rc = check_head(arguments->head, rows, count, err);
    if (rc != VB_OK)
        return rc;
    const char *hash = count == 0 ? "" : rows[count - 1].hash;
    if (arguments->json)
        vb_buf_printf(&text, "{\"whole\":true,\"rows\":%zu,\"head\":\"%zu:%s\"}\n", count, count,
                      hash);
    else
        vb_buf_printf(&text, "the audit is whole: %zu rows, head %zu:%s\n", count, count, hash);
    vb_workplace_print(&text);
    vb_buf_finish(&text);
    return VB_OK;
}

/* -- the list ---------------------------------------------------------------------------------- */

struct list {
    struct vb_audit_row *rows;
    size_t *numbers; /* in the whole audit, from 1 */
    size_t count;
};

static bool in_time(const struct arguments *arguments, const struct vb_audit_row *row)
{
    return (arguments->since == NULL || row->wall_ms >= arguments->since_ms) &&
           (arguments->until == NULL || row->wall_ms < arguments->until_ms);
}

/* person NULL: everybody. */
static enum vb_code read_list(struct vb_workplace *place, const struct arguments *arguments,
                              const struct vb_gathered *person, struct list *out,
                              struct vb_err *err)
{
    size_t count = 0;
    enum vb_code rc =
        place->store->ops->audit(place->store, &place->arena, &out->rows, &count, err);
    if (rc != VB_OK)
        return rc;
    out->numbers = vb_arena_alloc(&place->arena, count * sizeof *out->numbers);
    for (size_t i = 0; i < count; i++) {
        if (!in_time(arguments, &out->rows[i]) ||
            (person != NULL && !vb_gathered_is_about(person, &out->rows[i])))
            continue;
        out->numbers[out->count] = i + 1;
        out->rows[out->count++] = out->rows[i];
    }
    return VB_OK;
}

static void write_json(struct vb_buf *out, const struct list *list)
{
    char time[VB_TIME_SIZE];
    vb_buf_putc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        const struct vb_audit_row *row = &list->rows[i];
        vb_time_format(row->wall_ms, time);
        vb_buf_printf(out, "%s{\"row\":%zu,\"time\":\"%s\",\"wall_ms\":%lld,\"action\":",
                      i > 0 ? ",\n " : "", list->numbers[i], time, (long long)row->wall_ms);
        vb_json_text(out, row->action);
        vb_buf_puts(out, ",\"subject\":");
        vb_json_text(out, row->subject);
        vb_buf_puts(out, ",\"by\":");
        vb_json_text(out, row->by);
        vb_buf_puts(out, ",\"on_behalf\":");
        vb_json_text(out, row->on_behalf);
        vb_buf_puts(out, ",\"previous\":");
        vb_json_text(out, row->previous);
        vb_buf_puts(out, ",\"hash\":");
        vb_json_text(out, row->hash);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "]\n");
}

static void write_lines(struct vb_buf *out, const struct list *list)
{
    char time[VB_TIME_SIZE];
    for (size_t i = 0; i < list->count; i++) {
        const struct vb_audit_row *row = &list->rows[i];
        vb_time_format(row->wall_ms, time);
        vb_buf_printf(out, "%s  %s  %s  by %s", time, row->action, row->subject, row->by);
        if (row->on_behalf != NULL)
            vb_buf_printf(out, " on behalf of %s", row->on_behalf);
        vb_buf_putc(out, '\n');
    }
}

static void write_page(struct vb_buf *out, const struct arguments *arguments,
                       const struct vb_export *about, const struct list *list)
{
    const struct vb_audit_page page = {
        .about = about,
        .rows = list->rows,
        .count = list->count,
        .since = arguments->since,
        .until = arguments->until,
        .language = arguments->language != NULL ? arguments->language : about->language,
    };
    vb_audit_page_write(out, &page);
}

static enum vb_code show(struct vb_workplace *place, const struct arguments *arguments,
                         const struct vb_gathered *person, struct vb_err *err)
{
    struct list list = { 0 };
    struct vb_buf text = { 0 };
    enum vb_code rc = read_list(place, arguments, person, &list, err);
    if (rc != VB_OK)
        return rc;
    if (arguments->json) {
        write_json(&text, &list);
        vb_workplace_print(&text);
    } else {
        if (person != NULL)
            write_page(&text, arguments, vb_gathered_export(person), &list);
        else
            write_lines(&text, &list);
        if (text.len > 0)
            vb_workplace_say(stdout, "%s", text.data);
    }
    vb_buf_finish(&text);
    return VB_OK;
}

static enum vb_code of_person(struct vb_workplace *place, const struct arguments *arguments,
                              struct vb_err *err)
{
    struct vb_person_row row;
    struct vb_gathered *person = NULL;
    enum vb_code rc =
        vb_store_find_person(place->store, arguments->person, &place->arena, &row, err);
    if (rc == VB_OK)
        rc = vb_as_not_by_id(place, &row, err);
    if (rc == VB_OK)
        rc = vb_workplace_audit(place, "audit", row.id, err);
    if (rc == VB_OK)
        rc = vb_export_gather(&person, place->store, &place->env, row.id, err);
    if (rc == VB_OK)
        rc = show(place, arguments, person, err);
    vb_gathered_destroy(person);
    return rc;
}

static enum vb_code of_everybody(struct vb_workplace *place, const struct arguments *arguments,
                                 struct vb_err *err)
{
    enum vb_code rc = vb_workplace_audit(place, "audit", VB_AUDIT_EVERYTHING, err);
    return rc == VB_OK ? show(place, arguments, NULL, err) : rc;
}

static enum vb_code audit(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_err *err)
{
    if (arguments->check)
        return check(place, arguments, err);
    if (!vb_workplace_has_data(place) && arguments->person != NULL)
        return vb_fail(err, VB_E_ABSENT, "no person begins with %s: %s has no store",
                       arguments->person, place->data);
    if (!vb_workplace_has_data(place)) {
        if (arguments->json)
            fputs("[]\n", stdout);
        vb_workplace_say(stderr, "no audit: %s has no store\n", place->data);
        return VB_OK;
    }
    enum vb_code rc = vb_workplace_open(place, err);
    if (rc != VB_OK)
        return rc;
    return arguments->person != NULL ? of_person(place, arguments, err)
                                     : of_everybody(place, arguments, err);
}

int vb_cmd_audit(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK)
        rc = audit(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
