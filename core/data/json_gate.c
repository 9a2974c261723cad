#include "data/json_gate.h"

#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/json.h"

/* One pass over the grammar of RFC 8259, stricter than cJSON, which takes raw control characters,
 * leading zeros, a byte order mark, half surrogates and whatever stands after the value. at is the
 * byte being looked at; the first breach stops the pass. */
struct gate {
    const char *bytes;
    size_t at, len;
    int depth;
    struct vb_err *err;
};

enum { NUMBER_MAX = 63 }; /* characters cJSON reads of a number */

/* Line and column count from 1; a column is a code point, as editors show it. */
static void place_of(const struct gate *gate, size_t offset, int *line, int *column)
{
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < offset; i++) {
        if (gate->bytes[i] == '\n') {
            *line += 1;
            start = i + 1;
        }
    }
    *column = (int)vb_utf8_length(gate->bytes + start, offset - start) + 1;
}

static bool refuse(struct gate *gate, size_t offset, const char *what)
{
    int line, column;
    place_of(gate, offset, &line, &column);
    vb_fail(gate->err, VB_E_DATA, "line %d, column %d: %s", line, column, what);
    return false;
}

static bool at_end(const struct gate *gate)
{
    return gate->at == gate->len;
}

static char peek(const struct gate *gate)
{
    return at_end(gate) ? '\0' : gate->bytes[gate->at];
}

static void skip_space(struct gate *gate)
{
    while (!at_end(gate) && strchr(" \t\n\r", gate->bytes[gate->at]) != NULL)
        gate->at++;
}

static bool take_word(struct gate *gate, const char *word)
{
    size_t n = strlen(word);
    if (gate->len - gate->at < n || memcmp(gate->bytes + gate->at, word, n) != 0)
        return refuse(gate, gate->at, "a value was expected; texts need double quotes");
    gate->at += n;
    return true;
}

static size_t take_digits(struct gate *gate)
{
    size_t from = gate->at;
    while (peek(gate) >= '0' && peek(gate) <= '9')
        gate->at++;
    return gate->at - from;
}

/* strtod wants the locale's decimal point, as cJSON's own reading does. */
static bool is_finite(const char *digits, size_t len)
{
    char copy[NUMBER_MAX + 1];
    memcpy(copy, digits, len);
    copy[len] = '\0';
    char *point = strchr(copy, '.');
    if (point != NULL)
        *point = localeconv()->decimal_point[0];
    return isfinite(strtod(copy, NULL));
}

static bool take_number(struct gate *gate)
{
    size_t from = gate->at;
    if (peek(gate) == '-')
        gate->at++;
    bool zero = peek(gate) == '0';
    size_t digits = take_digits(gate);
    if (digits == 0)
        return refuse(gate, from, "a minus without a number");
    if (zero && digits > 1)
        return refuse(gate, from, "a number does not begin with 0");
    if (peek(gate) == '.') {
        gate->at++;
        if (take_digits(gate) == 0)
            return refuse(gate, from, "a number with nothing after its point");
    }
    if (peek(gate) == 'e' || peek(gate) == 'E') {
        gate->at++;
        if (peek(gate) == '+' || peek(gate) == '-')
            gate->at++;
        if (take_digits(gate) == 0)
            return refuse(gate, from, "a number with nothing after its e");
    }
    if (gate->at - from > NUMBER_MAX)
        return refuse(gate, from, "a number of more than 63 characters");
    if (!is_finite(gate->bytes + from, gate->at - from))
        return refuse(gate, from, "a number too large to keep");
    return true;
}

/* The four hex digits at gate->at, or -1. */
static long hex4(struct gate *gate)
{
    long code = 0;
    if (gate->len - gate->at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = gate->bytes[gate->at + (size_t)i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    gate->at += 4;
    return code;
}

/* After "\u". A high surrogate must be followed by a low one, and no low one stands alone. */
static bool take_unicode(struct gate *gate, size_t from)
{
    long code = hex4(gate);
    if (code < 0)
        return refuse(gate, from, "\\u wants four hexadecimal digits");
    if (code == 0)
        return refuse(gate, from, "the character \\u0000 is not allowed");
    if (code < 0xD800 || code > 0xDFFF)
        return true;
    if (code > 0xDBFF || gate->len - gate->at < 6 || gate->bytes[gate->at] != '\\' ||
        gate->bytes[gate->at + 1] != 'u')
        return refuse(gate, from, "half of a surrogate pair");
    gate->at += 2;
    long low = hex4(gate);
    if (low < 0xDC00 || low > 0xDFFF)
        return refuse(gate, from, "half of a surrogate pair");
    return true;
}

static bool take_string(struct gate *gate)
{
    size_t from = gate->at++;
    while (!at_end(gate)) {
        size_t here = gate->at++;
        char c = gate->bytes[here];
        if (c == '"')
            return true;
        if ((unsigned char)c < 0x20)
            return refuse(gate, here,
                          c == '\n' ? "a text runs on past its line; is a double quote missing?"
                                    : "a control character in a text; write it as \\u00XX");
        if (c != '\\')
            continue;
        c = peek(gate);
        if (c == '\0' || strchr("\"\\/bfnrtu", c) == NULL)
            return refuse(gate, here, "no such escape after the backslash");
        gate->at++;
        if (c == 'u' && !take_unicode(gate, here))
            return false;
    }
    return refuse(gate, from, "a text without its closing double quote");
}

static bool take_value(struct gate *gate);

static bool take_member(struct gate *gate)
{
    if (peek(gate) != '"')
        return refuse(gate, gate->at,
                      peek(gate) == '}' ? "a comma before the closing }"
                                        : "a name in double quotes was expected");
    if (!take_string(gate))
        return false;
    skip_space(gate);
    if (peek(gate) != ':')
        return refuse(gate, gate->at, "a colon was expected after the name");
    gate->at++;
    return take_value(gate);
}

/* An object or array: everything up to the matching bracket. */
static bool take_group(struct gate *gate, bool object)
{
    char close = object ? '}' : ']';
    if (++gate->depth > VB_JSON_DEPTH_MAX)
        return refuse(gate, gate->at, "nested more than 32 deep");
    gate->at++;
    skip_space(gate);
    bool empty = peek(gate) == close;
    while (!empty) {
        skip_space(gate);
        if (!object && peek(gate) == ']')
            return refuse(gate, gate->at, "a comma before the closing ]");
        if (!(object ? take_member(gate) : take_value(gate)))
            return false;
        skip_space(gate);
        if (peek(gate) == close)
            break;
        if (peek(gate) != ',')
            return refuse(gate, gate->at,
                          object ? "a comma or } was expected" : "a comma or ] was expected");
        gate->at++;
    }
    gate->at++;
    gate->depth--;
    return true;
}

static bool take_value(struct gate *gate)
{
    skip_space(gate);
    if (at_end(gate))
        return refuse(gate, gate->at, "the text ends where a value was expected");
    switch (peek(gate)) {
    case '{':
        return take_group(gate, true);
    case '[':
        return take_group(gate, false);
    case '"':
        return take_string(gate);
    case 't':
        return take_word(gate, "true");
    case 'f':
        return take_word(gate, "false");
    case 'n':
        return take_word(gate, "null");
    default:
        if (peek(gate) == '-' || (peek(gate) >= '0' && peek(gate) <= '9'))
            return take_number(gate);
        return refuse(gate, gate->at, "a value was expected; texts need double quotes");
    }
}

enum vb_code vb_json_gate(const char *bytes, size_t len, struct vb_err *err)
{
    struct gate gate = { .bytes = bytes, .len = len, .err = err };
    size_t bad;
    const char *nul = len > 0 ? memchr(bytes, '\0', len) : NULL;
    if (!vb_utf8_valid(bytes, len, &bad))
        refuse(&gate, bad, "not UTF-8; save the file as UTF-8");
    else if (nul != NULL)
        refuse(&gate, (size_t)(nul - bytes), "a NUL byte");
    else if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        refuse(&gate, 0, "a byte order mark; save the file as UTF-8 without it");
    else if (take_value(&gate)) {
        skip_space(&gate);
        if (at_end(&gate))
            return VB_OK;
        refuse(&gate, gate.at, "text after the end");
    }
    return VB_E_DATA;
}
