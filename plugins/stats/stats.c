/* stats.c - an output that writes a file for SPSS or Stata (README.md).
 *
 * A round is on the shelf, synced, before it counts as delivered; the file is made of the shelf
 * (book.h). What a burst leaves behind is written by a thread of our own when it is over, and at
 * the end. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <verbond/output.h>

#include "book.h"

static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "results.sav",
      .help = "the file: .sav for SPSS, .dta for Stata; made anew each time" },
    { .name = "format",
      .type = VB_OUTPUT_CHOICE,
      .example = "sav",
      .choices = "sav dta",
      .help = "which of them, where the path does not say it" },
    { .name = "layout",
      .type = VB_OUTPUT_CHOICE,
      .default_value = "long",
      .example = "wide",
      .choices = "long wide",
      .help = "long: a row for each person; wide: a row for each round" },
    { .name = "lang",
      .type = VB_OUTPUT_TEXT,
      .example = "en",
      .help = "language of labels; the instrument's first when left out" },
    { .name = "dates",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "true",
      .help = "true: ids of round, case and persons, and when it was released" },
    { .name = "stata",
      .type = VB_OUTPUT_CHOICE,
      .default_value = "auto",
      .example = "14",
      .choices = "auto 12 14",
      .help = "oldest Stata that is to read a .dta; auto: 12 for plain text, else 14" },
};

enum { PAUSE_S = 1, REST_TIMES = 9 }; /* before what waits is written */

struct stats {
    const struct vb_output_host *host;
    pthread_t thread;
    pthread_cond_t changed;
    pthread_mutex_t lock;
    /* -- under lock -- */
    struct book *book;
    bool ending;
    time_t rest_until_s;
    size_t told_cut;
};

/* -- a moment later ---------------------------------------------------------------------------- */

/* When nothing came for a moment, and making the file takes no more than a tenth of the time. */
static struct timespec quiet_until(const struct stats *stats)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PAUSE_S;
    return until.tv_sec > stats->rest_until_s
               ? until
               : (struct timespec){ .tv_sec = stats->rest_until_s, .tv_nsec = until.tv_nsec };
}

static bool write_and_rest(struct stats *stats)
{
    char error[256];
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    bool done = book_write(stats->book, error, sizeof error);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    stats->rest_until_s = ended.tv_sec + REST_TIMES * (ended.tv_sec - began.tv_sec);
    return done;
}

/* One that cannot be made now is tried again with the next delivery, which says why. */
static void *write_later(void *ctx)
{
    struct stats *stats = ctx;
    bool failed = false;
    pthread_mutex_lock(&stats->lock);
    while (!stats->ending) {
        if (failed || !book_waits(stats->book))
            pthread_cond_wait(&stats->changed, &stats->lock);
        struct timespec until = quiet_until(stats);
        while (!stats->ending && book_waits(stats->book) &&
               pthread_cond_timedwait(&stats->changed, &stats->lock, &until) == 0)
            until = quiet_until(stats); /* something came */
        if (!stats->ending && book_waits(stats->book))
            failed = !write_and_rest(stats);
    }
    pthread_mutex_unlock(&stats->lock);
    return NULL;
}

static bool start_thread(struct stats *stats)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&stats->lock, NULL);
    pthread_cond_init(&stats->changed, &clock);
    pthread_condattr_destroy(&clock);
    return pthread_create(&stats->thread, NULL, write_later, stats) == 0;
}

/* -- opening ----------------------------------------------------------------------------------- */

static bool ends_with(const char *path, const char *ending)
{
    size_t len = strlen(path), size = strlen(ending);
    return len >= size && strcasecmp(path + len - size, ending) == 0;
}

static bool read_format(const struct vb_output_host *host, enum stats_format *out)
{
    const char *path = host->option(host, "path"), *given = host->option(host, "format");
    const char *stata = host->option(host, "stata");
    bool sav = given != NULL ? strcmp(given, "sav") == 0 : ends_with(path, ".sav");
    bool dta = given != NULL ? strcmp(given, "dta") == 0 : ends_with(path, ".dta");
    *out = sav                        ? FORMAT_SAV
           : strcmp(stata, "12") == 0 ? FORMAT_STATA_12
           : strcmp(stata, "14") == 0 ? FORMAT_STATA_14
                                      : FORMAT_STATA_AUTO;
    return sav || dta;
}

static struct book *open_book(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct book_options asked = { .dir = host->dir,
                                  .path = host->option(host, "path"),
                                  .lang = host->option(host, "lang"),
                                  .wide = strcmp(host->option(host, "layout"), "wide") == 0,
                                  .ids = strcmp(host->option(host, "dates"), "true") == 0 };
    if (!read_format(host, &asked.format)) {
        snprintf(error, error_size, "%s ends neither with .sav nor .dta: give format=sav or dta",
                 asked.path);
        return NULL;
    }
    return book_open(&asked, error, error_size);
}

static void *stats_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct stats *stats = calloc(1, sizeof *stats);
    setenv("TZ", "UTC0", 1); /* a moment of 0 stands in the file, in local time */
    if (stats == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    stats->host = host;
    stats->book = open_book(host, error, error_size);
    if (stats->book == NULL) {
        free(stats);
        return NULL;
    }
    if (!start_thread(stats)) {
        snprintf(error, error_size, "no thread can be started");
        book_close(stats->book);
        free(stats);
        return NULL;
    }
    if (book_waits(stats->book)) /* a kill came before it was written */
        pthread_cond_signal(&stats->changed);
    return stats;
}

/* -- delivering -------------------------------------------------------------------------------- */

static void tell_cut(struct stats *stats)
{
    char text[128];
    size_t cut = book_cut(stats->book);
    if (cut > stats->told_cut) {
        snprintf(text, sizeof text, "%zu texts were longer than the file takes, and were cut", cut);
        stats->host->log(stats->host, VB_OUTPUT_WARN, text);
    }
    stats->told_cut = cut;
}

static int stats_deliver(void *self, const struct vb_output_delivery *delivery,
                         struct vb_output_answer *answer)
{
    struct stats *stats = self;
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    cJSON *instrument = cJSON_ParseWithLength(delivery->instrument_json, delivery->instrument_len);
    pthread_mutex_lock(&stats->lock);
    enum book_outcome outcome =
        book_deliver(stats->book, result, instrument, answer->reason, sizeof answer->reason);
    tell_cut(stats);
    pthread_cond_signal(&stats->changed);
    pthread_mutex_unlock(&stats->lock);
    cJSON_Delete(result);
    cJSON_Delete(instrument);
    return outcome == BOOK_TAKEN   ? VB_OUTPUT_DELIVERED
           : outcome == BOOK_NEVER ? VB_OUTPUT_REJECTED
                                   : VB_OUTPUT_RETRY;
}

static void stats_close(void *self)
{
    struct stats *stats = self;
    char error[256];
    pthread_mutex_lock(&stats->lock);
    stats->ending = true;
    pthread_cond_signal(&stats->changed);
    pthread_mutex_unlock(&stats->lock);
    pthread_join(stats->thread, NULL);
    if (book_waits(stats->book) && !book_write(stats->book, error, sizeof error))
        stats->host->log(stats->host, VB_OUTPUT_ERROR, error);
    tell_cut(stats);
    book_close(stats->book);
    pthread_cond_destroy(&stats->changed);
    pthread_mutex_destroy(&stats->lock);
    free(stats);
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output stats = {
        .size = sizeof stats,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "stats",
        .summary = "a file for SPSS or Stata, with labels and reasons for no answer",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = stats_open,
        .deliver = stats_deliver,
        .close = stats_close,
    };
    return &stats;
}
