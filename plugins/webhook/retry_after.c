#include "retry_after.h"

#include <string.h>

enum { MOST_SECONDS = RETRY_AFTER_MAX_MS / 1000 };

static int64_t bounded(int64_t seconds)
{
    if (seconds <= 0)
        return 0;
    return (seconds < MOST_SECONDS ? seconds : MOST_SECONDS) * 1000;
}

static int64_t seconds_of(const char *digits)
{
    int64_t seconds = 0;
    for (; *digits != '\0' && seconds < MOST_SECONDS; digits++)
        seconds = seconds * 10 + (*digits - '0');
    return seconds;
}

/* Names of days and months are English here: a plugin's locale is C. */
static int64_t date_of(const char *text, time_t now)
{
    static const char *const forms[] = { "%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                         "%a %b %e %H:%M:%S %Y" };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct tm when = { 0 };
        const char *end = strptime(text, forms[i], &when);
        if (end != NULL && *end == '\0')
            return (int64_t)timegm(&when) - (int64_t)now;
    }
    return 0;
}

int64_t retry_after_ms(const char *value, size_t len, time_t now)
{
    static const char blanks[] = " \t\r\n";
    char text[64];
    while (len > 0 && strchr(blanks, *value) != NULL && *value != '\0')
        value++, len--;
    while (len > 0 && value[len - 1] != '\0' && strchr(blanks, value[len - 1]) != NULL)
        len--;
    if (len == 0 || len >= sizeof text)
        return 0;
    memcpy(text, value, len);
    text[len] = '\0';
    if (strspn(text, "0123456789") == len)
        return bounded(seconds_of(text));
    return bounded(date_of(text, now));
}
