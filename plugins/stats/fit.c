#include "fit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool fit_is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static bool goes_on(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t fit_bytes(const char *text, size_t most)
{
    size_t len = strnlen(text, most + 1);
    if (len <= most)
        return len;
    len = most;
    while (len > 0 && goes_on(text[len]))
        len--;
    return len;
}

size_t fit_characters(const char *text, size_t most)
{
    size_t len = 0;
    for (; text[len] != '\0' && most > 0; most--) {
        len++;
        while (goes_on(text[len]))
            len++;
    }
    return len;
}

/* Of the C1 range, where it differs from Latin-1 (Unicode's own table, CP1252.TXT). */
static const uint16_t upper[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static char windows(uint32_t c)
{
    if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
        return (char)c;
    for (int i = 0; i < 32; i++)
        if (upper[i] == c && c != 0)
            return (char)(0x80 + i);
    return '?';
}

/* Past one character; what is not UTF-8 counts as one of its own. */
static uint32_t next(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    int more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : s[0] >= 0xc0 ? 1 : 0;
    uint32_t c = more == 0 ? s[0] : s[0] & (0x3fu >> more);
    int i = 1;
    for (; i <= more && goes_on((char)s[i]); i++)
        c = c << 6 | (s[i] & 0x3fu);
    *at += i;
    return c;
}

char *fit_windows(const char *text)
{
    char *out = malloc(strlen(text) + 1), *end = out;
    if (out == NULL)
        return NULL;
    while (*text != '\0')
        *end++ = windows(next(&text));
    *end = '\0';
    return out;
}
