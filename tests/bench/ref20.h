/* ref20.h - the answers of ref20 in memory, the steps they make, and the line each program prints.
 *
 * Every program of the bench does the same work on the same rows and ends with the same checksum:
 * sessions, null totals, sum of round(total * 1000), branches taken, sum of round(family mean * 2),
 * bytes of text, rejected answers. */
#ifndef REF20_H
#define REF20_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct row {
    signed char q[20], x[2]; /* -1: not answered */
    unsigned char v[6];
    char reject; /* first sends an empty text */
    char *text;
    int text_len;
};

/* One answer in asked order. key: 0..19 q, 20..21 x, 22..27 v, 28 t1. value: -1 skipped; of t1 0 is
 * the empty text, 1 the row's. */
struct step {
    short key, value;
};
enum { KEY_X = 20, KEY_V = 22, KEY_TEXT = 28, STEPS_MAX = 40 };

struct checksum {
    long n, nulls, total, extras, family, bytes, rejects;
};

static inline double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline long resident_bytes(void)
{
    long all = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &all, &resident) != 2)
        resident = 0;
    if (file)
        fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

static inline void parse_row(struct row *row, char *line)
{
    char *at = strchr(line, ',') + 1;
    line[strcspn(line, "\n")] = 0;
    for (int i = 0; i < 29; i++) {
        int value = *at == ',' ? -1 : atoi(at);
        at = strchr(at, ',') + 1;
        if (i < KEY_X)
            row->q[i] = (signed char)value;
        else if (i < KEY_V)
            row->x[i - KEY_X] = (signed char)value;
        else if (i < KEY_TEXT)
            row->v[i - KEY_V] = (unsigned char)value;
        else
            row->reject = (char)value;
    }
    row->text = strdup(at);
    row->text_len = (int)strlen(at);
}

static inline struct row *read_rows(const char *path, int *count)
{
    char line[1024];
    int cap = 0;
    struct row *rows = NULL;
    FILE *file = fopen(path, "r");
    *count = 0;
    if (!file || !fgets(line, sizeof line, file)) {
        perror(path);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        if (*count == cap) {
            cap = cap ? cap * 2 : 1024;
            rows = realloc(rows, sizeof *rows * (size_t)cap);
            if (!rows)
                abort();
        }
        parse_row(&rows[(*count)++], line);
    }
    fclose(file);
    return rows;
}

static inline int steps_of(const struct row *row, struct step *steps)
{
    int n = 0;
    for (short k = 0; k < 20; k++) {
        steps[n++] = (struct step){ k, row->q[k] };
        if (k == 2 && row->x[0] >= 0) {
            steps[n++] = (struct step){ KEY_X, row->x[0] };
            steps[n++] = (struct step){ KEY_X + 1, row->x[1] };
        }
    }
    for (short k = 0; k < 6; k++)
        steps[n++] = (struct step){ (short)(KEY_V + k), row->v[k] };
    if (row->reject)
        steps[n++] = (struct step){ KEY_TEXT, 0 };
    steps[n++] = (struct step){ KEY_TEXT, 1 };
    return n;
}

/* "NAME MODE us_per_session CHECKSUM", read by run.sh. */
static inline void report(const char *name, const char *mode, double seconds,
                          const struct checksum *sum)
{
    printf("%s %s %.4f %ld/%ld/%ld/%ld/%ld/%ld/%ld\n", name, mode, seconds / (double)sum->n * 1e6,
           sum->n, sum->nulls, sum->total, sum->extras, sum->family, sum->bytes, sum->rejects);
}

#endif
