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

/* -- keys made and looked at; the test fails where that fails -- */

void keys_well(enum vb_code code, const struct vb_err *err);
void keys_make_person(struct vb_keys *keys, const char *person);
void keys_make_session(struct vb_keys *keys, const char *session, const char *person);
/* Persons p1 and p2, a session of each (s1, s2), one of both (joint), two pictures in s1. */
void keys_make_family(struct vb_keys *keys);
void keys_destroy(struct vb_keys *keys, enum vb_erasable what, const char *id);

struct key {
    unsigned char bytes[VB_KEY_BYTES];
    enum vb_key_found found;
};
struct key keys_person_of(struct vb_keys *keys, const char *person);
struct key keys_session_of(struct vb_keys *keys, const char *session);
struct key keys_about_of(struct vb_keys *keys, const char *session, const char *member);
struct key keys_blob_of(struct vb_keys *keys, const char *session, const char *name);
void keys_assert_same(struct key a, struct key b);
void keys_assert_erased(struct key key);

#endif
