/* keys_place.h - a data folder with keys, for tests: DIR/data beside DIR/key. */
#ifndef KEYS_PLACE_H
#define KEYS_PLACE_H

#include "base/buf.h"
#include "store/keys.h"

struct vb_keys *keys_place_open(const char *place); /* fails the test when it cannot */
/* The keys of place are refused; the message is in err. */
enum vb_code keys_place_refused(const char *place, struct vb_err *err);
struct vb_keys *keys_place_reopen(const char *place, struct vb_keys *keys);
struct vb_keys_options keys_place_options(const char *place, char *dir, char *master);

/* Files of the place by name, such as "data/keys.db". */
struct vb_buf keys_place_read(const char *place, const char *name);
void keys_place_write(const char *place, const char *name, const void *bytes, size_t len);
bool keys_place_has(const char *place, const char *name);
void keys_place_remove(const char *place, const char *name);

#endif
