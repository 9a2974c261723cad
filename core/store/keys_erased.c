/* keys_erased.c - DIR/erasures: which keys were destroyed, so that none comes back with a backup.
 *
 *      verbond erasures 1
 *      1795255200000 person 8f2c session a1b2 session c3d4 5b0e...      (one erasure, what fell
 * with it)
 *
 * Text, so that a person can read it; no names, no content. The last word is a hash of the line and
 * of all lines before it: a line that was changed, taken out or put in is found. Only a line that
 * was synced counts as written. So a broken last line is what a power cut left of one that was not,
 * and the next line goes in its place; a broken line before another is damage. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "store/keys_inner.h"
#include "store/store_folder.h"

static const char first_line[] = "verbond erasures 1\n";
enum { CHAIN = sizeof((struct vb_keys_erasures *)NULL)->chain, CHECK = 2 * CHAIN };

static const char *key_of(struct vb_arena *arena, enum vb_erasable what, const char *id)
{
    return vb_arena_printf(arena, "%s %s", vb_erasable_name(what), id);
}

/* The chain after a line without its last word. */
static void link_line(const unsigned char before[CHAIN], const char *line, size_t len,
                      unsigned char after[CHAIN])
{
    unsigned char chain[CHAIN];
    memcpy(chain, before, CHAIN);
    crypto_generichash(after, CHAIN, (const unsigned char *)line, len, chain, CHAIN);
}

static void take_in(struct vb_keys_erasures *erasures, const struct vb_key_erased *row,
                    int64_t wall_ms)
{
    const char *key = key_of(&erasures->arena, row->what, row->id);
    if (vb_table_find(&erasures->table, key) != NULL)
        return;
    struct vb_keys_erased *kept = vb_arena_new(&erasures->arena, struct vb_keys_erased);
    kept->key = key;
    kept->row = *row;
    kept->row.id = vb_arena_strdup(&erasures->arena, row->id);
    kept->row.wall_ms = wall_ms;
    vb_table_add(&erasures->table, kept);
}

/* -- reading -- */

/* The next word of a line; "" at its end. */
static const char *word(char **rest)
{
    char *start = *rest, *end = strchr(start, ' ');
    if (end == NULL) {
        *rest = start + strlen(start);
        return start;
    }
    *end = '\0';
    *rest = end + 1;
    return start;
}

/* Takes in a line whose check holds. False: it is not one of ours. */
static bool parse(struct vb_keys_erasures *erasures, char *line)
{
    char *end;
    struct vb_arena *arena = &erasures->arena;
    struct vb_key_erased row = { .fell = false };
    int64_t wall_ms = strtoll(word(&line), &end, 10);
    if (*end != '\0')
        return false;
    for (const char *kind = word(&line); kind[0] != '\0'; kind = word(&line)) {
        int what = VB_ERASE_PERSON;
        while (what <= VB_ERASE_BLOB && !vb_streq(kind, vb_erasable_name((enum vb_erasable)what)))
            what++;
        row.what = (enum vb_erasable)what;
        row.id = word(&line);
        if (what > VB_ERASE_BLOB || row.id[0] == '\0')
            return false;
        if (row.what == VB_ERASE_BLOB)
            row.id = vb_arena_printf(arena, "%s %s", row.id, word(&line));
        take_in(erasures, &row, wall_ms);
        row.fell = true;
    }
    return row.fell;
}

/* One line without its newline, which it may lose. False: it is broken. */
static bool read_line(struct vb_keys_erasures *erasures, char *line, size_t len)
{
    unsigned char chain[CHAIN];
    char check[CHECK + 1];
    if (len < CHECK + 1 || line[len - CHECK - 1] != ' ' || strlen(line) != len)
        return false;
    link_line(erasures->chain, line, len - CHECK - 1, chain);
    sodium_bin2hex(check, sizeof check, chain, CHAIN);
    if (memcmp(check, line + len - CHECK, CHECK) != 0)
        return false;
    line[len - CHECK - 1] = '\0';
    memcpy(erasures->chain, chain, CHAIN);
    return parse(erasures, line);
}

static enum vb_code read_text(struct vb_keys_erasures *erasures, struct vb_buf *text,
                              struct vb_err *err)
{
    size_t head = sizeof first_line - 1;
    if (text->len < head && memcmp(text->data, first_line, text->len) == 0)
        return VB_OK; /* a beginning that was never synced */
    size_t at = text->len >= head && memcmp(text->data, first_line, head) == 0 ? head : 0;
    for (int number = 2; at > 0 && at < text->len; number++) {
        char *line = text->data + at, *end = memchr(line, '\n', text->len - at);
        if (end != NULL)
            *end = '\0';
        if (end != NULL && read_line(erasures, line, (size_t)(end - line))) {
            at = (size_t)(end + 1 - text->data);
            continue;
        }
        if (end == NULL || end + 1 == text->data + text->len)
            break;
        return vb_fail(err, VB_E_DATA, "%s: line %d is broken: put your copy of this file back",
                       erasures->path, number);
    }
    if (at == 0 && memchr(text->data, '\n', text->len) != NULL)
        return vb_fail(err, VB_E_DATA, "%s is no list of erasures: put your copy of this file back",
                       erasures->path);
    erasures->good = (int64_t)at;
    return VB_OK;
}

static enum vb_code read_all(int fd, const char *path, struct vb_buf *out, struct vb_err *err)
{
    char chunk[16384];
    ssize_t n;
    vb_buf_puts(out, "");
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(out, chunk, (size_t)n);
    return n == 0 ? VB_OK : vb_store_folder_fail(err, errno, "cannot read", path);
}

enum vb_code vb_keys_erasures_read_file(struct vb_keys_erasures *erasures, const char *path,
                                        struct vb_err *err)
{
    struct vb_buf text = { 0 };
    *erasures = (struct vb_keys_erasures){ .path = vb_strdup(path) };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return VB_OK;
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot read", path);
    enum vb_code code = read_all(fd, path, &text, err);
    if (code == VB_OK)
        code = read_text(erasures, &text, err);
    close(fd);
    vb_buf_finish(&text);
    return code;
}

enum vb_code vb_keys_erasures_read(struct vb_keys_erasures *erasures, const char *dir,
                                   struct vb_err *err)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/erasures", dir);
    enum vb_code code = vb_keys_erasures_read_file(erasures, path.data, err);
    vb_buf_finish(&path);
    return code;
}

void vb_keys_erasures_finish(struct vb_keys_erasures *erasures)
{
    free(erasures->path);
    vb_table_finish(&erasures->table);
    vb_arena_finish(&erasures->arena);
    *erasures = (struct vb_keys_erasures){ 0 };
}

bool vb_keys_erasures_has(const struct vb_keys_erasures *erasures, enum vb_erasable what,
                          const char *id)
{
    struct vb_arena arena = { 0 };
    bool has = erasures->table.count > 0 &&
               vb_table_find(&erasures->table, key_of(&arena, what, id)) != NULL;
    vb_arena_finish(&arena);
    return has;
}

void vb_keys_erasures_note(struct vb_keys_erasures *erasures, const struct vb_key_erased *rows,
                           size_t count, int64_t wall_ms)
{
    for (size_t i = 0; i < count; i++)
        take_in(erasures, &rows[i], wall_ms);
}

void vb_keys_erasures_mark(const struct vb_keys_erasures *erasures, char out[VB_KEYS_MARK])
{
    sodium_bin2hex(out, VB_KEYS_MARK, erasures->chain, CHAIN);
}

/* -- writing -- */

/* The same bytes once more: what a failed sync left unwritten, the kernel no longer writes by
 * itself. */
static enum vb_code write_again(int fd, const struct vb_keys_erasures *erasures, struct vb_err *err)
{
    size_t len = (size_t)erasures->good;
    char *text = vb_alloc(len);
    ssize_t n = pread(fd, text, len, 0);
    errno = n < 0 ? errno : ENOSPC; /* what a short write means */
    bool kept = n == (ssize_t)len && pwrite(fd, text, len, 0) == n && fsync(fd) == 0;
    free(text);
    return kept ? VB_OK : vb_store_folder_fail(err, errno, "cannot write", erasures->path);
}

enum vb_code vb_keys_erasures_keep(const struct vb_keys_erasures *erasures, const char *dir,
                                   struct vb_err *err)
{
    if (erasures->good == 0)
        return VB_OK;
    int fd = open(erasures->path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot write", erasures->path);
    enum vb_code code = write_again(fd, erasures, err);
    close(fd);
    return code == VB_OK ? vb_store_folder_sync(dir, err) : code;
}

/* After good, in the place of what was torn there. */
static enum vb_code write_at_end(const struct vb_keys_erasures *erasures, const char *dir,
                                 const struct vb_buf *text, struct vb_err *err)
{
    int fd = open(erasures->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return vb_store_folder_fail(err, errno, "cannot write", erasures->path);
    enum vb_code code = VB_OK;
    if (ftruncate(fd, erasures->good) != 0)
        code = vb_store_folder_fail(err, errno, "cannot write", erasures->path);
    errno = ENOSPC; /* what a short write means */
    if (code == VB_OK &&
        (pwrite(fd, text->data, text->len, erasures->good) != (ssize_t)text->len || fsync(fd) != 0))
        code = vb_store_folder_fail(err, errno, "cannot write", erasures->path);
    close(fd);
    return code == VB_OK && erasures->good == 0 ? vb_store_folder_sync(dir, err) : code;
}

enum vb_code vb_keys_erasures_append(struct vb_keys_erasures *erasures, const char *dir,
                                     int64_t wall_ms, const struct vb_key_erased *rows,
                                     size_t count, struct vb_err *err)
{
    struct vb_buf text = { 0 };
    unsigned char chain[CHAIN];
    char check[CHECK + 1];
    if (erasures->good == 0)
        vb_buf_puts(&text, first_line);
    size_t start = text.len;
    vb_buf_int(&text, wall_ms);
    for (size_t i = 0; i < count; i++)
        vb_buf_printf(&text, " %s %s", vb_erasable_name(rows[i].what), rows[i].id);
    link_line(erasures->chain, text.data + start, text.len - start, chain);
    sodium_bin2hex(check, sizeof check, chain, CHAIN);
    vb_buf_printf(&text, " %s\n", check);
    enum vb_code code = write_at_end(erasures, dir, &text, err);
    if (code == VB_OK) {
        erasures->good += (int64_t)text.len;
        memcpy(erasures->chain, chain, CHAIN);
        vb_keys_erasures_note(erasures, rows, count, wall_ms);
    }
    vb_buf_finish(&text);
    return code;
}

/* -- several lists as one -- */

/* One line of a list again, as far as it says something new: what was asked for, and what fell. */
static enum vb_code append_line(struct vb_keys_erasures *erasures, const char *dir,
                                const struct vb_key_erased *rows, size_t count, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_key_erased *news = vb_arena_alloc(&arena, sizeof *news * count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!vb_keys_erasures_has(erasures, rows[i].what, rows[i].id))
            news[kept++] = rows[i];
    enum vb_code code =
        kept == 0 ? VB_OK
                  : vb_keys_erasures_append(erasures, dir, rows[0].wall_ms, news, kept, err);
    vb_arena_finish(&arena);
    return code;
}

static const struct vb_key_erased *row_at(const struct vb_keys_erasures *erasures, size_t at)
{
    return &((const struct vb_keys_erased *)(const void *)erasures->table.rows[at])->row;
}

static enum vb_code append_list(struct vb_keys_erasures *erasures, const char *dir,
                                const struct vb_keys_erasures *from, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    size_t all = from->table.count;
    struct vb_key_erased *rows = vb_arena_alloc(&arena, sizeof *rows * (all + 1));
    enum vb_code code = VB_OK;
    for (size_t i = 0, end; code == VB_OK && i < all; i = end) {
        size_t count = 0;
        for (end = i; end < all && (end == i || row_at(from, end)->fell); end++)
            rows[count++] = *row_at(from, end);
        code = append_line(erasures, dir, rows, count, err);
    }
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_keys_merge_erasures(const char *dir, const char *const *paths, size_t count,
                                    struct vb_err *err)
{
    struct vb_keys_erasures erasures, from;
    enum vb_code code = vb_keys_erasures_read(&erasures, dir, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        code = vb_keys_erasures_read_file(&from, paths[i], err);
        if (code == VB_OK)
            code = append_list(&erasures, dir, &from, err);
        vb_keys_erasures_finish(&from);
    }
    vb_keys_erasures_finish(&erasures);
    return code;
}
