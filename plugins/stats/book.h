/* book.h - one statistics file and the rounds it is made of.
 *
 *      deliver -> shelf (synced: delivered) -> file (made anew, now or soon)
 *
 * A file cannot be added to, so making it for each delivery would take time that grows with the
 * square of the rounds. It is made at once when a fourth of its rounds waits, when something is
 * taken back, or when it is not there; else whoever owns the book makes it a moment later. Calls
 * come from one thread at a time. */
#ifndef STATS_BOOK_H
#define STATS_BOOK_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "write.h"

struct book_options { /* borrowed while it is created */
    const char *dir, *path;
    const char *lang; /* NULL: the instrument's first */
    enum stats_format format;
    bool wide, ids;
};
enum book_outcome { BOOK_TAKEN, BOOK_NOT_NOW, BOOK_NEVER };

struct book;
struct book *book_open(const struct book_options *options, char *error, size_t error_size);
void book_close(struct book *book); /* writes nothing; NULL is fine */

/* error says why it was not taken, in a line without an answer or a name. */
enum book_outcome book_deliver(struct book *book, const cJSON *result, const cJSON *instrument,
                               char *error, size_t error_size);
/* Something is on the shelf and not in the file. */
bool book_waits(const struct book *book);
/* Makes the file. */
bool book_write(struct book *book, char *error, size_t error_size);
/* How many texts were cut when it was made last. */
size_t book_cut(const struct book *book);

#endif
