/* The list of accounts: no secret in it, only whether there is a second factor. */
#include <stdio.h>

#include "base/str.h"
#include "data/json.h"
#include "main/staff.h"
#include "serve/account.h"

struct listing {
    const struct vb_staff_row *row;
    const char *cases; /* comma separated */
    bool totp;
};

static enum vb_code read_cases(struct vb_workplace *place, const char *name, const char **cases,
                               struct vb_err *err)
{
    struct vb_assignment_row *rows;
    size_t count = 0;
    enum vb_code code =
        place->store->ops->assignments(place->store, name, &place->arena, &rows, &count, err);
    *cases = "";
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (rows[i].until_wall_ms == 0)
            *cases = vb_arena_printf(&place->arena, "%s%s%s", *cases,
                                     (*cases)[0] == '\0' ? "" : ",", rows[i].case_id);
    return code;
}

/* a,b -> ["a","b"] */
static void put_list(struct vb_buf *out, const char *key, const char *list)
{
    vb_buf_printf(out, "%s[", key);
    while (*list != '\0') {
        size_t len = strcspn(list, ",");
        vb_json_string(out, list, len);
        list += len;
        if (*list == ',')
            vb_buf_putc(out, *list++);
    }
    vb_buf_putc(out, ']');
}

static const char *seen(int64_t wall_ms, char time[VB_TIME_SIZE])
{
    time[0] = '\0';
    if (wall_ms != 0)
        vb_time_format(wall_ms, time);
    return time[0] == '\0' ? NULL : time;
}

static void put_json(struct vb_buf *out, const struct listing *listing)
{
    char time[VB_TIME_SIZE];
    vb_json_put_text(out, "{\"name\":", listing->row->name);
    put_list(out, ",\"roles\":", listing->row->roles);
    put_list(out, ",\"cases\":", listing->cases);
    vb_json_put_flag(out, ",\"totp\":", listing->totp);
    vb_json_put_flag(out, ",\"disabled\":", listing->row->disabled);
    vb_json_put_text(out, ",\"created\":", seen(listing->row->created_wall_ms, time));
    vb_json_put_text(out, ",\"seen\":", seen(listing->row->seen_wall_ms, time));
    vb_buf_putc(out, '}');
}

static void put_line(struct vb_buf *out, const struct listing *listing)
{
    char time[VB_TIME_SIZE];
    const char *when = seen(listing->row->seen_wall_ms, time);
    vb_buf_printf(out, "%-16s %-28s %s%s%s", listing->row->name, listing->row->roles,
                  when == NULL ? "never signed in" : when, listing->totp ? ", asks for a code" : "",
                  listing->row->disabled ? ", disabled" : "");
    vb_buf_printf(out, "%s%s\n", listing->cases[0] == '\0' ? "" : ", cases ", listing->cases);
}

enum vb_code vb_staff_list(struct vb_workplace *place, bool json, struct vb_err *err)
{
    struct vb_buf out = { 0 };
    struct vb_staff_row *rows;
    size_t count = 0;
    enum vb_code code = vb_workplace_audit(place, "staff list", "staff", err);
    if (code == VB_OK)
        code = place->store->ops->staff(place->store, "", &place->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct listing listing = { .row = &rows[i] };
        struct vb_secrets secrets;
        code = read_cases(place, rows[i].name, &listing.cases, err);
        if (code == VB_OK)
            code = vb_secrets_read(&place->arena, &rows[i], &secrets, err);
        if (code != VB_OK)
            break;
        listing.totp = secrets.totp != NULL;
        if (json)
            vb_buf_puts(&out, i > 0 ? ",\n " : "[");
        if (json)
            put_json(&out, &listing);
        else
            put_line(&out, &listing);
    }
    if (json)
        vb_buf_puts(&out, count > 0 ? "]\n" : "[]\n");
    else if (count == 0)
        fputs("no accounts\n", stderr);
    if (code == VB_OK)
        vb_workplace_print(&out);
    vb_buf_finish(&out);
    return code;
}
