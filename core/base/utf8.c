#include "base/utf8.h"

/* Length of the well-formed sequence at p (end excluded), 0 when there is none.
 * Ranges from the Unicode Standard, table 3-7. */
static size_t sequence(const unsigned char *p, const unsigned char *end)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t length;
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        length = 2;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF)
        length = 3;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        length = 4;
    else
        return 0;
    if ((size_t)(end - p) < length)
        return 0;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (p[i] < 0x80 || p[i] > 0xBF)
            return 0;
    return length;
}

bool vb_utf8_valid(const char *bytes, size_t len, size_t *bad)
{
    const unsigned char *start = (const unsigned char *)bytes, *p = start, *end = start + len;
    while (p < end) {
        size_t n = sequence(p, end);
        if (n == 0) {
            if (bad != NULL)
                *bad = (size_t)(p - start);
            return false;
        }
        p += n;
    }
    return true;
}

size_t vb_utf8_length(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}
