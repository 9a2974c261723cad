/* table.h - rows of a CSV file after RFC 4180: CRLF behind a record, quotes where they are needed.
 *
 * Within a cell a line ends with LF alone, so that CRLF stands only between records. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front (README.md); numbers do not. */
#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#define CSV_END "\r\n"

struct csv_text { /* grows; zero-initialise; free(bytes) */
    char *bytes;
    size_t len, cap;
    bool failed; /* no memory: what follows is not written */
    bool begun;  /* the record has a cell */
};
void csv_put(struct csv_text *out, const char *bytes, size_t len);
/* -- cells: each is one, "" for what is not there -- */
void csv_cell(struct csv_text *out, const char *text);   /* NULL is "" */
void csv_json(struct csv_text *out, const cJSON *value); /* text as it is, other values as JSON */
void csv_end(struct csv_text *out);

/* text in out without its formula guard and quotes; the first cells of a record as they were
 * written. False: the record has fewer, or is none. cell: from 0. */
bool csv_read(struct csv_text *out, const char *record, size_t len, int cell);

#endif
