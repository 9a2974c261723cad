#include "table.h"

#include <stdlib.h>
#include <string.h>

void csv_put(struct csv_text *out, const char *bytes, size_t len)
{
    if (out->failed)
        return;
    if (out->cap - out->len <= len) {
        size_t cap = (out->cap + len + 256) * 2;
        char *more = realloc(out->bytes, cap);
        if (more == NULL) {
            out->failed = true;
            return;
        }
        out->bytes = more;
        out->cap = cap;
    }
    memcpy(out->bytes + out->len, bytes, len);
    out->len += len;
    out->bytes[out->len] = '\0';
}

/* =1+1, +1, -1, @SUM, also behind blanks and lines that a spreadsheet passes over. */
static bool is_formula(const char *text)
{
    const char *first = text + strspn(text, " \t\r\n");
    return (first[0] != '\0' && strchr("=+-@", first[0]) != NULL) || text[0] == '\t' ||
           text[0] == '\r';
}

static void begin_cell(struct csv_text *out)
{
    if (out->begun)
        csv_put(out, ",", 1);
    out->begun = true;
}

static void put_quoted(struct csv_text *out, const char *text)
{
    csv_put(out, "\"", 1);
    if (is_formula(text))
        csv_put(out, "'", 1);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            csv_put(out, "\"\"", 2);
        else if (*text != '\r')
            csv_put(out, text, 1);
        else if (text[1] != '\n') /* a line that ended with CR alone */
            csv_put(out, "\n", 1);
    }
    csv_put(out, "\"", 1);
}

void csv_cell(struct csv_text *out, const char *text)
{
    begin_cell(out);
    if (text == NULL)
        return;
    if (is_formula(text) || strpbrk(text, ",\"\r\n") != NULL)
        put_quoted(out, text);
    else
        csv_put(out, text, strlen(text));
}

void csv_json(struct csv_text *out, const cJSON *value)
{
    if (value == NULL || cJSON_IsNull(value) || cJSON_IsString(value)) {
        csv_cell(out, cJSON_GetStringValue(value));
        return;
    }
    char *text = cJSON_PrintUnformatted(value);
    if (text == NULL)
        out->failed = true;
    else if (cJSON_IsNumber(value)) { /* -12.5 is no formula */
        begin_cell(out);
        csv_put(out, text, strlen(text));
    } else {
        csv_cell(out, text);
    }
    cJSON_free(text);
}

void csv_end(struct csv_text *out)
{
    csv_put(out, CSV_END, strlen(CSV_END));
    out->begun = false;
}

/* Past one cell that begins at *at; its text in out when out is not NULL. */
static void pass_cell(struct csv_text *out, const char *record, size_t len, size_t *at)
{
    bool quoted = *at < len && record[*at] == '"';
    for (*at += quoted; *at < len; ++*at) {
        char c = record[*at];
        if (quoted && c == '"') {
            if (*at + 1 >= len || record[*at + 1] != '"') {
                ++*at;
                return;
            }
            ++*at;
        } else if (!quoted && (c == ',' || c == '\r')) {
            return;
        }
        if (out != NULL)
            csv_put(out, &c, 1);
    }
}

bool csv_read(struct csv_text *out, const char *record, size_t len, int cell)
{
    size_t at = 0;
    for (; cell > 0; cell--) {
        pass_cell(NULL, record, len, &at);
        if (at >= len || record[at] != ',')
            return false;
        at++;
    }
    csv_put(out, "", 0);
    pass_cell(out, record, len, &at);
    if (out->len > 1 && out->bytes[0] == '\'' && is_formula(out->bytes + 1))
        memmove(out->bytes, out->bytes + 1, out->len--);
    return !out->failed;
}
