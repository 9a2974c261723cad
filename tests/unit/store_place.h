/* store_place.h - a folder of its own for a test, gone afterwards. */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include "store/store.h"

char *place_make(void);                                /* the caller hands it to place_end */
void place_end(void *place);                           /* removes it and everything in it */
char *place_path(const char *place, const char *name); /* the caller frees it */
/* A test's set-up and its end: *state is the place. */
int place_set_up(void **state);
int place_tear_down(void **state);

struct vb_store *place_open(void *place); /* DIR/data; fails the test when it cannot */
struct vb_store *place_reopen(void *place, struct vb_store *store);
/* The store of place is refused; the message is in err. */
enum vb_code place_refused(const char *place, struct vb_err *err);
/* The message holds text. */
void place_says(const struct vb_err *err, const char *text);
/* Runs sql in the place's database by a connection of its own. */
void place_sql(const char *place, const char *sql);
int64_t place_number(const char *place, const char *sql);

#endif
