#include "data/json.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "data/json_gate.h"

/* -- in -----------------------------------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, because a hostile object may have a hundred thousand keys. */
static enum vb_code check_keys(const cJSON *object, struct vb_err *err)
{
    size_t count = 0, cap = 0;
    const char **names = NULL;
    const cJSON *member;
    enum vb_code code = VB_OK;
    cJSON_ArrayForEach(member, object)
    {
        *(const char **)vb_push(&names, count, &cap, sizeof *names) = member->string;
        count++;
    }
    if (count > 0)
        qsort(names, count, sizeof *names, by_name);
    for (size_t i = 1; code == VB_OK && i < count; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            code = vb_fail(err, VB_E_DATA, "\"%.80s\" stands twice in one object; leave one out",
                           names[i]);
    free(names);
    return code;
}

static enum vb_code check_tree(const cJSON *tree, struct vb_err *err)
{
    const cJSON *child;
    if (cJSON_IsObject(tree)) {
        enum vb_code code = check_keys(tree, err);
        if (code != VB_OK)
            return code;
    }
    cJSON_ArrayForEach(child, tree)
    {
        if (cJSON_IsObject(child) || cJSON_IsArray(child)) {
            enum vb_code code = check_tree(child, err);
            if (code != VB_OK)
                return code;
        }
    }
    return VB_OK;
}

enum vb_code vb_json_parse(cJSON **out, const char *bytes, size_t len, size_t max_bytes,
                           struct vb_err *err)
{
    *out = NULL;
    if (len > max_bytes)
        return vb_fail(err, VB_E_LIMIT, "%zu bytes of JSON; at most %zu are taken", len, max_bytes);
    enum vb_code code = vb_json_gate(bytes, len, err);
    if (code != VB_OK)
        return code;
    cJSON *tree = cJSON_ParseWithLength(bytes, len);
    if (tree == NULL)
        return vb_fail(err, VB_E_DATA, "line 1, column 1: not JSON");
    code = check_tree(tree, err);
    if (code != VB_OK) {
        cJSON_Delete(tree);
        return code;
    }
    *out = tree;
    return VB_OK;
}

static enum vb_code read_stream(struct vb_buf *out, FILE *file, const char *path, size_t max_bytes,
                                struct vb_err *err)
{
    size_t n;
    do {
        vb_buf_reserve(out, 16384);
        errno = 0;
        n = fread(out->data + out->len, 1, 16384, file);
        out->len += n;
        out->data[out->len] = '\0';
        if (out->len > max_bytes)
            return vb_fail(err, VB_E_LIMIT, "%s: larger than %zu bytes", path, max_bytes);
    } while (n > 0);
    if (ferror(file))
        return vb_fail(err, VB_E_IO, "%s: cannot be read: %s", path, strerror(errno));
    return VB_OK;
}

static enum vb_code not_opened(const char *path, int cause, struct vb_err *err)
{
    switch (cause) {
    case ENOENT:
        return vb_fail(err, VB_E_ABSENT, "%s: no such file", path);
    case ENOTDIR:
    case ENAMETOOLONG:
        return vb_fail(err, VB_E_ABSENT, "%s: %s", path, strerror(cause));
    case EACCES:
    case EPERM:
        return vb_fail(err, VB_E_DATA, "%s: may not be read (permission denied)", path);
    case EISDIR:
    case ELOOP:
    case ENXIO:
        return vb_fail(err, VB_E_DATA, "%s: %s", path, strerror(cause));
    default:
        return vb_fail(err, VB_E_IO, "%s: %s", path, strerror(cause));
    }
}

enum vb_code vb_file_read(struct vb_buf *out, const char *path, size_t max_bytes,
                          struct vb_err *err)
{
    struct stat about;
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return not_opened(path, errno, err);
    enum vb_code code;
    if (fstat(fileno(file), &about) == 0 && S_ISDIR(about.st_mode))
        code = vb_fail(err, VB_E_DATA, "%s: is a folder, not a file", path);
    else
        code = read_stream(out, file, path, max_bytes, err);
    fclose(file);
    if (code != VB_OK)
        vb_buf_finish(out);
    return code;
}

/* -- out ----------------------------------------------------------------------------------------
 */

static void put_escape(struct vb_buf *out, unsigned char c)
{
    static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i + 1 < sizeof shorts; i += 2) {
        if ((unsigned char)shorts[i] == c) {
            vb_buf_put(out, (const char[]){ '\\', shorts[i + 1] }, 2);
            return;
        }
    }
    vb_buf_put(out, (const char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6);
}

void vb_json_string(struct vb_buf *out, const char *s, size_t len)
{
    size_t from = 0;
    vb_buf_putc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        vb_buf_put(out, s + from, i - from);
        put_escape(out, c);
        from = i + 1;
    }
    vb_buf_put(out, s + from, len - from);
    vb_buf_putc(out, '"');
}

void vb_json_text(struct vb_buf *out, const char *s)
{
    if (s == NULL)
        vb_buf_puts(out, "null");
    else
        vb_json_string(out, s, strlen(s));
}

void vb_json_put_text(struct vb_buf *out, const char *key, const char *text)
{
    vb_buf_puts(out, key);
    vb_json_text(out, text);
}

void vb_json_put_flag(struct vb_buf *out, const char *key, bool on)
{
    vb_buf_puts(out, key);
    vb_buf_puts(out, on ? "true" : "false");
}

/* Integers a double holds exactly are written as such; anything else with the fewest digits that
 * read back to the same double. snprintf and strtod share the locale's decimal point. */
static void put_number(struct vb_buf *out, double number)
{
    char digits[40];
    if (fabs(number) < 9007199254740992.0 && number == floor(number)) {
        vb_buf_int(out, (long long)number);
        return;
    }
    vb_assert(isfinite(number));
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    char *point = strchr(digits, localeconv()->decimal_point[0]);
    if (point != NULL)
        *point = '.';
    vb_buf_puts(out, digits);
}

static void put_children(struct vb_buf *out, const cJSON *tree, bool object)
{
    const cJSON *child;
    vb_buf_putc(out, object ? '{' : '[');
    cJSON_ArrayForEach(child, tree)
    {
        if (child != tree->child)
            vb_buf_putc(out, ',');
        if (object) {
            vb_json_text(out, child->string);
            vb_buf_putc(out, ':');
        }
        vb_json_canonical(out, child);
    }
    vb_buf_putc(out, object ? '}' : ']');
}

void vb_json_canonical(struct vb_buf *out, const cJSON *tree)
{
    if (cJSON_IsObject(tree) || cJSON_IsArray(tree))
        put_children(out, tree, cJSON_IsObject(tree));
    else if (cJSON_IsString(tree))
        vb_json_text(out, tree->valuestring);
    else if (cJSON_IsNumber(tree))
        put_number(out, tree->valuedouble);
    else if (cJSON_IsBool(tree))
        vb_buf_puts(out, cJSON_IsTrue(tree) ? "true" : "false");
    else
        vb_buf_puts(out, "null");
}
