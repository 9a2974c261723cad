/* shelf.h - the rounds of one file, kept so that it can be made anew.
 *
 * A statistics file cannot be added to. So what is delivered is put here, in the output's own
 * folder, and synced; the file is made of it. What is taken back leaves this too, to the last byte.
 * One process at a time: it is locked. Calls come from one thread at a time. */
#ifndef STATS_SHELF_H
#define STATS_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record.h"

struct shelf;
/* Of the file that target names; made (0600) where it is not. NULL: error says why. */
struct shelf *shelf_open(const char *dir, const char *target, char *error, size_t error_size);
void shelf_close(struct shelf *shelf); /* NULL is fine */

/* -- each is durable when it returns true; false: error says why, and nothing changed -- */

/* The document that what follows was asked with; format may be NULL. */
bool shelf_instrument(struct shelf *shelf, const char *json, const char *format, char *error,
                      size_t error_size);
/* In place of what the round had, which is passed over from now on. */
bool shelf_put(struct shelf *shelf, const struct stats_record *record, char *error,
               size_t error_size);
/* Takes out what the round had; record, which may be NULL, comes in its place. */
bool shelf_take_back(struct shelf *shelf, const char *round, const struct stats_record *record,
                     char *error, size_t error_size);
/* The file is about to be made for the first time: from now on it is ours. */
bool shelf_own(struct shelf *shelf, char *error, size_t error_size);
bool shelf_is_owned(const struct shelf *shelf);
/* Everything is in the file, whose bytes have this hash. */
bool shelf_written(struct shelf *shelf, uint64_t hash, char *error, size_t error_size);
uint64_t shelf_written_hash(const struct shelf *shelf); /* of the last time; 0: never */
/* FNV-1a: the same in every run. */
uint64_t shelf_hash(const char *bytes, size_t len);
/* How many came since then; more than there are rounds when one came twice. */
size_t shelf_waiting(const struct shelf *shelf);
/* Somebody took the file away: what was in it goes, what waits stays. */
bool shelf_begin_anew(struct shelf *shelf, char *error, size_t error_size);

/* -- reading -- */

struct shelf_round { /* borrowed from the view */
    const char *round, *content, *ids;
    size_t place; /* the later of two of one round counts */
};
struct shelf_view {
    char *bytes;
    const char *instrument, *format; /* NULL: none */
    struct shelf_round *rounds;
    size_t count;
};
/* Each round once; ordered by their content, or by case, wave and moment. */
bool shelf_read(struct shelf *shelf, bool by_ids, struct shelf_view *view, char *error,
                size_t error_size);
void shelf_view_free(struct shelf_view *view);

#endif
