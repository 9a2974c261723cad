#include "base/clock.h"

#include <stddef.h>
#include <string.h>
#include <time.h>

static int64_t system_wall_ms(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_mono_ns(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct vb_clock vb_clock_system(void)
{
    return (struct vb_clock){ system_wall_ms, system_mono_ns, NULL };
}

/* Day number since 1970-01-01 to year, month, day, in the proleptic Gregorian calendar. Years are
 * counted from March, so that the leap day is the last one. Every result holds a time, and the C
 * library's way through time zone and locale costs as much as fifty answers of that result. */
static void calendar_day(int64_t day, int *year, int *month, int *of_month)
{
    int64_t since = day + 719468; /* days since 0000-03-01 */
    int64_t era = since / 146097, in_era = since % 146097;
    int64_t years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * years + years / 4 - years / 100);
    int from_march = (int)((5 * in_year + 2) / 153);
    *of_month = (int)(in_year - (153 * from_march + 2) / 5 + 1);
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(era * 400 + years) + (*month <= 2);
}

static char *put_digits(char *at, int number, int count, char after)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        at[i] = (char)('0' + number % 10);
    at[count] = after;
    return at + count + 1;
}

#define YEAR_1_MS     (-62135596800000)
#define YEAR_10000_MS 253402300800000

enum { DAY_MS = 86400000 };

void vb_time_format(int64_t wall_ms, char out[VB_TIME_SIZE])
{
    int year, month, day, second;
    int64_t in_day = wall_ms % DAY_MS < 0 ? wall_ms % DAY_MS + DAY_MS : wall_ms % DAY_MS;
    out[0] = '\0';
    if (wall_ms < YEAR_1_MS || wall_ms >= YEAR_10000_MS)
        return;
    calendar_day((wall_ms - in_day) / DAY_MS, &year, &month, &day);
    second = (int)(in_day / 1000);
    out = put_digits(out, year, 4, '-');
    out = put_digits(out, month, 2, '-');
    out = put_digits(out, day, 2, 'T');
    out = put_digits(out, second / 3600, 2, ':');
    out = put_digits(out, second / 60 % 60, 2, ':');
    out = put_digits(out, second % 60, 2, 'Z');
    *out = '\0';
}

static int64_t day_number(int year, int month, int of_month)
{
    int years = month <= 2 ? year - 1 : year;
    int64_t in_year = (153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5 + of_month - 1;
    return (int64_t)years * 365 + years / 4 - years / 100 + years / 400 + in_year - 719468;
}

/* So many digits, nothing else; -1 when they are none. */
static int read_digits(const char *text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool vb_time_read_day(const char *text, int64_t *wall_ms)
{
    enum { LENGTH = 10 };
    int year, month, of_month;
    if (strlen(text) != LENGTH || text[4] != '-' || text[7] != '-')
        return false;
    const int asked[] = { read_digits(text, 4), read_digits(text + 5, 2),
                          read_digits(text + 8, 2) };
    if (asked[0] < 1 || asked[1] < 1 || asked[1] > 12 || asked[2] < 1)
        return false;
    int64_t day = day_number(asked[0], asked[1], asked[2]);
    calendar_day(day, &year, &month, &of_month);
    *wall_ms = day * DAY_MS;
    return year == asked[0] && month == asked[1] && of_month == asked[2]; /* else no 30 February */
}
