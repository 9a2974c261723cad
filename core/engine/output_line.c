/* output_line.c - an output in one line: which plugin, with which options, for which purpose. */
#include "engine/output_line.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/output_secret.h"
#include "outbox/options.h"

/* -- what was typed -----------------------------------------------------------------------------
 */

/* "./my-output.so" is my-output. */
static const char *name_of(struct vb_arena *arena, const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(base, '.');
    return dot == NULL || dot == base ? base : vb_arena_strndup(arena, base, (size_t)(dot - base));
}

/* Up to the next comma that no \ stands before; *rest behind it, NULL at the end. */
static const char *next_piece(struct vb_arena *arena, const char **rest)
{
    struct vb_buf piece = { 0 };
    const char *at = *rest;
    for (; *at != '\0' && *at != ','; at++) {
        if (at[0] == '\\' && (at[1] == ',' || at[1] == '\\'))
            at++;
        vb_buf_putc(&piece, *at);
    }
    *rest = *at == ',' ? at + 1 : NULL;
    const char *out = vb_arena_strndup(arena, piece.len > 0 ? piece.data : "", piece.len);
    vb_buf_finish(&piece);
    return out;
}

/* Up to the first colon that no \ stands before; *rest behind it, NULL when there is none. */
static const char *plugin_piece(struct vb_arena *arena, const char *text, const char **rest)
{
    struct vb_buf piece = { 0 };
    const char *at = text;
    for (; *at != '\0' && *at != ':'; at++) {
        if (at[0] == '\\' && (at[1] == ':' || at[1] == '\\'))
            at++;
        vb_buf_putc(&piece, *at);
    }
    *rest = *at == ':' ? at + 1 : NULL;
    const char *out = vb_arena_strndup(arena, piece.len > 0 ? piece.data : "", piece.len);
    vb_buf_finish(&piece);
    return out;
}

/* A whole number from least to most; false: it is none. */
static bool read_number(const char *value, int64_t least, int64_t most, int64_t *out)
{
    size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits > 9 || value[digits] != '\0')
        return false;
    *out = strtoll(value, NULL, 10);
    return *out >= least && *out <= most;
}

struct typed {
    struct vb_output_row *row;
    struct vb_buf options; /* {"path":"x" so far */
    bool content_given;
};

static enum vb_code take_own(struct typed *typed, const char *key, const char *value, bool *own,
                             struct vb_err *err)
{
    struct vb_output_row *row = typed->row;
    *own = true;
    if (vb_streq(key, "name")) {
        if (!vb_output_name_ok(value))
            return vb_fail(err, VB_E_USAGE,
                           "--output: name wants letters a-z, digits and -, not %s", value);
        row->name = value;
    } else if (vb_streq(key, "purpose")) {
        if (!vb_purpose_of(value, &row->purpose))
            return vb_fail(err, VB_E_USAGE,
                           "--output: there is no purpose %s; there are local, dossier, research",
                           value);
    } else if (vb_streq(key, "content")) {
        if (!vb_content_of(value, &row->content))
            return vb_fail(
                err, VB_E_USAGE,
                "--output: there is no content %s; there are event, sheet, scores, items", value);
        typed->content_given = true;
    } else if (vb_streq(key, "memory") && vb_streq(value, "none")) {
        row->memory_mib = VB_MEMORY_NONE;
    } else if (vb_streq(key, "memory")) {
        if (!read_number(value, VB_OUTPUT_MEMORY_LEAST, VB_OUTPUT_MEMORY_MOST, &row->memory_mib))
            return vb_fail(err, VB_E_USAGE,
                           "--output: memory wants MiB from %d to %d, or none, not %s",
                           VB_OUTPUT_MEMORY_LEAST, VB_OUTPUT_MEMORY_MOST, value);
    } else if (vb_streq(key, "deadline")) {
        if (!read_number(value, 1, VB_OUTPUT_DEADLINE_MOST, &row->deadline_s))
            return vb_fail(err, VB_E_USAGE, "--output: deadline wants seconds from 1 to %d, not %s",
                           VB_OUTPUT_DEADLINE_MOST, value);
    } else {
        *own = false;
    }
    return VB_OK;
}

/* "path": as it stands before a value; nowhere else, as quotes in values are escaped. */
static const char *as_name(struct vb_arena *arena, const char *key)
{
    struct vb_buf name = { 0 };
    vb_json_text(&name, key);
    vb_buf_putc(&name, ':');
    const char *out = vb_arena_strndup(arena, name.data, name.len);
    vb_buf_finish(&name);
    return out;
}

static enum vb_code take_piece(struct typed *typed, struct vb_arena *arena, const char *piece,
                               struct vb_err *err)
{
    const char *equals = strchr(piece, '=');
    bool own;
    if (equals == NULL || equals == piece)
        return vb_fail(err, VB_E_USAGE, "--output wants NAME:key=value,key=value, not \"%s\"",
                       piece);
    const char *key = vb_arena_strndup(arena, piece, (size_t)(equals - piece));
    enum vb_code code = take_own(typed, key, equals + 1, &own, err);
    if (code != VB_OK || own)
        return code;
    const char *name = as_name(arena, key);
    if (typed->options.len > 0 && strstr(typed->options.data, name) != NULL)
        return vb_fail(err, VB_E_USAGE, "--output: %s stands there twice", key);
    vb_buf_putc(&typed->options, typed->options.len == 0 ? '{' : ',');
    vb_buf_puts(&typed->options, name);
    vb_json_text(&typed->options, equals + 1);
    return VB_OK;
}

static enum vb_code split(struct typed *typed, struct vb_arena *arena, const char *text,
                          const char **plugin, struct vb_err *err)
{
    const char *rest;
    enum vb_code code = VB_OK;
    *plugin = plugin_piece(arena, text, &rest);
    typed->row->name = name_of(arena, *plugin);
    if (!vb_output_name_ok(typed->row->name))
        return vb_fail(err, VB_E_USAGE,
                       "--output wants the name of an output, in letters a-z, digits and -: %s",
                       *plugin);
    while (code == VB_OK && rest != NULL && rest[0] != '\0')
        code = take_piece(typed, arena, next_piece(arena, &rest), err);
    vb_buf_puts(&typed->options, typed->options.len == 0 ? "{}" : "}");
    if (!typed->content_given)
        typed->row->content =
            typed->row->purpose == VB_PURPOSE_DOSSIER ? VB_CONTENT_EVENT : VB_CONTENT_ITEMS;
    return code;
}

/* -- the plugin ---------------------------------------------------------------------------------
 */

enum vb_code vb_output_known(const struct vb_output_room *room, const char *plugin,
                             const char *options, const char *folder, struct vb_output_row *out,
                             struct vb_err *err)
{
    struct vb_output_options takes;
    struct vb_buf checked = { 0 };
    enum vb_code code = vb_output_plugin_find(room, plugin, &out->plugin, err);
    if (code == VB_OK)
        code = vb_output_plugin_ask(room, out->plugin, out->name, out->memory_mib, &takes, err);
    if (code != VB_OK)
        return code;
    code =
        vb_options_check(&checked, out->name, takes.list, takes.count, options, folder, NULL, err);
    if (code == VB_OK)
        code = vb_output_secrets_check(out->name, takes.list, takes.count, checked.data, err);
    if (code == VB_OK)
        out->options = vb_arena_strdup(room->arena, checked.data);
    vb_buf_finish(&checked);
    return code;
}

enum vb_code vb_output_line_read(const struct vb_output_room *room, const char *line,
                                 struct vb_output_row *out, struct vb_err *err)
{
    struct typed parts = { .row = out };
    const char *plugin;
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL)
        return vb_fail(err, VB_E_IO, "the folder this runs in cannot be found");
    *out = (struct vb_output_row){ .purpose = VB_PURPOSE_LOCAL };
    enum vb_code code = split(&parts, room->arena, line, &plugin, err);
    if (code == VB_OK)
        code = vb_output_known(room, plugin, parts.options.data, here, out, err);
    vb_buf_finish(&parts.options);
    return code;
}

/* -- of a round ---------------------------------------------------------------------------------
 */

static bool is_same(const struct vb_output_row *a, const struct vb_output_row *b)
{
    return vb_streq(a->plugin, b->plugin) && vb_streq(a->options, b->options) &&
           a->purpose == b->purpose && a->content == b->content;
}

/* The round may have one of this name that leads elsewhere. It stays: who got something by it is to
 * hear when that is taken back. */
static const char *free_name(const struct vb_output_row *row, const struct vb_output_row *there,
                             size_t count, struct vb_arena *arena)
{
    const char *name = row->name;
    for (int n = 2;; n++) {
        size_t i = 0;
        while (i < count && !vb_streq(there[i].name, name))
            i++;
        if (i == count || is_same(&there[i], row))
            return name;
        name = vb_arena_printf(arena, "%s-%d", row->name, n);
    }
}

static enum vb_code put_one(struct vb_store *store, const struct vb_output_row *row,
                            const char *round, struct vb_arena *arena, struct vb_err *err)
{
    struct vb_output_row *there;
    size_t count = 0;
    enum vb_code code = store->ops->outputs(store, round, arena, &there, &count, err);
    if (code != VB_OK)
        return code;
    struct vb_change change = { .kind = VB_PUT_OUTPUT, .output = *row };
    change.output.round = round;
    change.output.name = free_name(row, there, count, arena);
    return vb_store_commit(store, &change, 1, err);
}

enum vb_code vb_output_line_put(struct vb_store *store, const struct vb_output_row *rows,
                                size_t count, const char *round, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = put_one(store, &rows[i], round, &arena, err);
    vb_arena_finish(&arena);
    return code;
}
