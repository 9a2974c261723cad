/* keys_tree.c - which key hangs on which: made once, wrapped under what it hangs on, unwrapped when
 * it is used.
 *
 *      stored, wrapped      person   under "wrap person" of the master key
 *                           session  under "wrap session" of all its persons' keys
 *                           blob     under "wrap blob" of its session's key
 *      handed out, derived  label of a person, body of a session, about of a session and whatever a
 *                           part of it is about: a member, an earlier session, or both
 *
 * A key that others hang on never leaves this file. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/keys_inner.h"

enum kind { PERSON = 'p', LABEL = 'l', SESSION = 's', BODY = 'b', ABOUT = 'a' }; /* in the cache */

static struct vb_seal_word word(const char *text)
{
    return (struct vb_seal_word){ text, strlen(text) };
}

/* -- what is known without the disk -- */

static bool cached(struct vb_keys *keys, enum kind kind, const char *id, const char *second,
                   unsigned char key[VB_KEY_BYTES])
{
    pthread_mutex_lock(&keys->lock);
    bool there = vb_keys_cache_get(keys->cache, (char)kind, id, second, key);
    pthread_mutex_unlock(&keys->lock);
    return there;
}

static void remember(struct vb_keys *keys, enum kind kind, const char *id, const char *second,
                     const unsigned char key[VB_KEY_BYTES])
{
    pthread_mutex_lock(&keys->lock);
    vb_keys_cache_put(keys->cache, (char)kind, id, second, key);
    pthread_mutex_unlock(&keys->lock);
}

bool vb_keys_is_erased(struct vb_keys *keys, enum vb_erasable what, const char *id)
{
    pthread_mutex_lock(&keys->lock);
    bool erased = vb_keys_erasures_has(&keys->erasures, what, id) ||
                  vb_keys_erasures_has(&keys->ending, what, id);
    pthread_mutex_unlock(&keys->lock);
    return erased;
}

/* -- wrapping -- */

static const char *about_row(struct vb_arena *arena, const struct vb_keys_row *row)
{
    return vb_arena_printf(arena, "key 1|%s|%s|%s|%lld", vb_erasable_name(row->what), row->id,
                           row->under, (long long)row->until_wall_ms);
}

static enum vb_code unwrap(struct vb_keys *keys, const struct vb_keys_row *row,
                           const unsigned char under[VB_KEY_BYTES], struct vb_arena *arena,
                           unsigned char key[VB_KEY_BYTES], struct vb_err *err)
{
    struct vb_buf opened = { 0 };
    enum vb_code code =
        vb_unseal(under, row->wrapped, VB_KEYS_WRAPPED, about_row(arena, row), &opened, err);
    if (code == VB_OK) {
        vb_assert(opened.len == VB_KEY_BYTES);
        memcpy(key, opened.data, VB_KEY_BYTES);
    } else {
        vb_fail(err, code, "%s: the key of %s %s was changed: put your copy of it back",
                keys->db.path, vb_erasable_name(row->what), row->id);
    }
    if (opened.data != NULL)
        sodium_memzero(opened.data, opened.cap);
    vb_buf_finish(&opened);
    return code;
}

/* Reads a stored key. found is VB_KEY_ERASED when it was destroyed; a key that is neither there nor
 * destroyed is somebody's mistake with keys.db. */
static enum vb_code read_row(struct vb_keys *keys, enum vb_erasable what, const char *id,
                             struct vb_arena *arena, struct vb_keys_row *row,
                             enum vb_key_found *found, struct vb_err *err)
{
    bool there;
    *found = VB_KEY_ERASED;
    if (vb_keys_is_erased(keys, what, id))
        return VB_OK;
    enum vb_code code = vb_keys_file_row(keys, what, id, arena, row, &there, err);
    if (code != VB_OK)
        return code;
    if (!there)
        return vb_fail(
            err, VB_E_CONFIG,
            "%s/keys.db has no key of %s %s, and it was not erased: put your newest copy "
            "of keys.db back",
            keys->dir, vb_erasable_name(what), id);
    *found = VB_KEY_HERE;
    return VB_OK;
}

/* With file_lock held. Not remembered here: it may belong to a transaction that is taken back. */
static enum vb_code person_key(struct vb_keys *keys, const char *person, struct vb_arena *arena,
                               unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                               struct vb_err *err)
{
    struct vb_keys_row row;
    unsigned char under[VB_KEY_BYTES];
    *found = VB_KEY_HERE;
    if (cached(keys, PERSON, person, NULL, key))
        return VB_OK;
    enum vb_code code = read_row(keys, VB_ERASE_PERSON, person, arena, &row, found, err);
    if (code != VB_OK || *found == VB_KEY_ERASED)
        return code;
    vb_keys_purpose(keys, "wrap person", under);
    code = unwrap(keys, &row, under, arena, key, err);
    sodium_memzero(under, sizeof under);
    return code;
}

/* The key that a session's is wrapped under: of the master key and of every person in persons, a
 * list with blanks between, so that it is gone as soon as one of them is. */
static enum vb_code under_persons(struct vb_keys *keys, const char *persons, struct vb_arena *arena,
                                  unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                                  struct vb_err *err)
{
    char *list = vb_arena_strdup(arena, persons), *rest = NULL;
    unsigned char person[VB_KEY_BYTES];
    enum vb_code code = VB_OK;
    *found = VB_KEY_HERE;
    vb_keys_purpose(keys, "wrap session", key);
    for (char *id = strtok_r(list, " ", &rest); code == VB_OK && id != NULL;
         id = strtok_r(NULL, " ", &rest)) {
        code = person_key(keys, id, arena, person, found, err);
        if (code != VB_OK || *found == VB_KEY_ERASED)
            break;
        struct vb_seal_word words[] = { word(id), { person, sizeof person } };
        vb_seal_derive(key, "wrap session", words, 2, key);
    }
    sodium_memzero(person, sizeof person);
    return code;
}

/* As person_key. */
static enum vb_code session_key(struct vb_keys *keys, const char *session, struct vb_arena *arena,
                                unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                                struct vb_err *err)
{
    struct vb_keys_row row;
    unsigned char under[VB_KEY_BYTES];
    *found = VB_KEY_HERE;
    if (cached(keys, SESSION, session, NULL, key))
        return VB_OK;
    enum vb_code code = read_row(keys, VB_ERASE_SESSION, session, arena, &row, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE)
        code = under_persons(keys, row.under, arena, under, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE)
        code = unwrap(keys, &row, under, arena, key, err);
    sodium_memzero(under, sizeof under);
    return code;
}

/* -- using -- */

/* What is read is remembered with file_lock held: a transaction cannot take it back, and an
 * erasure, which wipes the cache, comes before or after. */
typedef enum vb_code read_key(struct vb_keys *keys, const char *id, struct vb_arena *arena,
                              unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                              struct vb_err *err);
static enum vb_code stored(struct vb_keys *keys, read_key *read, enum kind kind, const char *id,
                           struct vb_arena *arena, unsigned char key[VB_KEY_BYTES],
                           enum vb_key_found *found, struct vb_err *err)
{
    enum vb_code code = read(keys, id, arena, key, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE)
        remember(keys, kind, id, NULL, key);
    return code;
}

/* A stored key derived for its one use. */
static enum vb_code used(struct vb_keys *keys, read_key *read, enum kind kind, enum kind use,
                         const char *purpose, const char *id, unsigned char key[VB_KEY_BYTES],
                         enum vb_key_found *found, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_seal_word name = word(id);
    *found = VB_KEY_HERE;
    if (cached(keys, use, id, NULL, key))
        return VB_OK;
    pthread_mutex_lock(&keys->file_lock);
    enum vb_code code = stored(keys, read, kind, id, &arena, key, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE) {
        vb_seal_derive(key, purpose, &name, 1, key);
        remember(keys, use, id, NULL, key);
    }
    pthread_mutex_unlock(&keys->file_lock);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_keys_person(struct vb_keys *keys, const char *person,
                            unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                            struct vb_err *err)
{
    return used(keys, person_key, PERSON, LABEL, "label", person, key, found, err);
}

enum vb_code vb_keys_session(struct vb_keys *keys, const char *session,
                             unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                             struct vb_err *err)
{
    return used(keys, session_key, SESSION, BODY, "body", session, key, found, err);
}

/* With file_lock held: is it a session, here or erased? Else it is a person. */
static enum vb_code is_session(struct vb_keys *keys, const char *id, struct vb_arena *arena,
                               bool *session, struct vb_err *err)
{
    struct vb_keys_row row;
    *session = vb_keys_is_erased(keys, VB_ERASE_SESSION, id);
    return *session ? VB_OK
                    : vb_keys_file_row(keys, VB_ERASE_SESSION, id, arena, &row, session, err);
}

/* With file_lock held: key goes on to hang on this one, too. */
static enum vb_code hang_on(struct vb_keys *keys, const char *session, const char *id,
                            struct vb_arena *arena, unsigned char key[VB_KEY_BYTES],
                            enum vb_key_found *found, struct vb_err *err)
{
    unsigned char other[VB_KEY_BYTES];
    bool of_session;
    enum vb_code code = is_session(keys, id, arena, &of_session, err);
    if (code == VB_OK && of_session)
        code = stored(keys, session_key, SESSION, id, arena, other, found, err);
    else if (code == VB_OK)
        code = stored(keys, person_key, PERSON, id, arena, other, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE) {
        struct vb_seal_word words[] = { word(session), word(id), { other, sizeof other } };
        vb_seal_derive(key, "about", words, 3, key);
    }
    sodium_memzero(other, sizeof other);
    return code;
}

enum vb_code vb_keys_about(struct vb_keys *keys, const char *session, const char *about,
                           unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                           struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    char *list = vb_arena_strdup(&arena, about), *rest = NULL;
    *found = VB_KEY_HERE;
    if (cached(keys, ABOUT, session, about, key)) {
        vb_arena_finish(&arena);
        return VB_OK;
    }
    pthread_mutex_lock(&keys->file_lock);
    enum vb_code code = stored(keys, session_key, SESSION, session, &arena, key, found, err);
    for (char *id = strtok_r(list, " ", &rest);
         code == VB_OK && *found == VB_KEY_HERE && id != NULL; id = strtok_r(NULL, " ", &rest))
        code = hang_on(keys, session, id, &arena, key, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE)
        remember(keys, ABOUT, session, about, key);
    pthread_mutex_unlock(&keys->file_lock);
    vb_arena_finish(&arena);
    return code;
}

static const char *blob_id(struct vb_arena *arena, const char *session, const char *digest)
{
    return vb_arena_printf(arena, "%s %s", session, digest);
}

enum vb_code vb_keys_blob(struct vb_keys *keys, const char *session, const char *digest,
                          unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                          struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_keys_row row;
    unsigned char under[VB_KEY_BYTES];
    pthread_mutex_lock(&keys->file_lock);
    enum vb_code code = stored(keys, session_key, SESSION, session, &arena, under, found, err);
    if (code == VB_OK && *found == VB_KEY_HERE)
        code = read_row(keys, VB_ERASE_BLOB, blob_id(&arena, session, digest), &arena, &row, found,
                        err);
    if (code == VB_OK && *found == VB_KEY_HERE) {
        vb_seal_derive(under, "wrap blob", NULL, 0, under);
        code = unwrap(keys, &row, under, &arena, key, err);
    }
    pthread_mutex_unlock(&keys->file_lock);
    sodium_memzero(under, sizeof under);
    vb_arena_finish(&arena);
    return code;
}

void vb_keys_purpose(const struct vb_keys *keys, const char *purpose,
                     unsigned char key[VB_KEY_BYTES])
{
    vb_seal_derive(keys->master, purpose, NULL, 0, key);
}

/* -- making -- */

static int by_id(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Sorted and each once, so that one set of persons is one list. */
static const char *list_of(struct vb_arena *arena, const char *const *persons, int count)
{
    struct vb_buf list = { 0 };
    const char **order = vb_arena_alloc(arena, sizeof *order * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        order[i] = persons[i];
    if (count > 0)
        qsort(order, (size_t)count, sizeof *order, by_id);
    vb_buf_puts(&list, "");
    for (int i = 0; i < count; i++)
        if (i == 0 || strcmp(order[i], order[i - 1]) != 0)
            vb_buf_printf(&list, "%s%s", list.len > 0 ? " " : "", order[i]);
    const char *copy = vb_arena_strdup(arena, list.data);
    vb_buf_finish(&list);
    return copy;
}

/* The row a wish asks for, still without its key. */
static struct vb_keys_row row_of(struct vb_arena *arena, const struct vb_key_wish *wish)
{
    struct vb_keys_row row = { .what = wish->what, .id = wish->id, .under = "" };
    if (wish->what == VB_ERASE_SESSION)
        row.under = list_of(arena, wish->persons, wish->person_count);
    if (wish->what == VB_ERASE_BLOB) {
        row.id = blob_id(arena, wish->session, wish->id);
        row.under = wish->session;
        row.until_wall_ms = wish->until_wall_ms;
    }
    return row;
}

static enum vb_code under_of(struct vb_keys *keys, const struct vb_keys_row *row,
                             struct vb_arena *arena, unsigned char under[VB_KEY_BYTES],
                             enum vb_key_found *found, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    *found = VB_KEY_HERE;
    if (row->what == VB_ERASE_PERSON)
        vb_keys_purpose(keys, "wrap person", under);
    else if (row->what == VB_ERASE_SESSION)
        code = under_persons(keys, row->under, arena, under, found, err);
    else
        code = session_key(keys, row->under, arena, under, found, err);
    if (row->what == VB_ERASE_BLOB && code == VB_OK && *found == VB_KEY_HERE)
        vb_seal_derive(under, "wrap blob", NULL, 0, under);
    return code;
}

static enum vb_code make_row(struct vb_keys *keys, struct vb_keys_row *row, struct vb_arena *arena,
                             struct vb_err *err)
{
    unsigned char under[VB_KEY_BYTES], key[VB_KEY_BYTES];
    enum vb_key_found found;
    enum vb_code code = under_of(keys, row, arena, under, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        code = vb_fail(err, VB_E_ABSENT, "%s %s would belong to somebody who was erased",
                       vb_erasable_name(row->what), row->id);
    if (code == VB_OK) {
        struct vb_buf wrapped = { 0 };
        keys->random.fill(keys->random.ctx, key, sizeof key);
        vb_seal(keys, under, key, sizeof key, about_row(arena, row), &wrapped);
        row->wrapped = wrapped.data;
        code = vb_keys_file_put(keys, row, err);
        vb_buf_finish(&wrapped);
    }
    sodium_memzero(under, sizeof under);
    sodium_memzero(key, sizeof key);
    return code;
}

/* Is it there already, or was it erased? Then it stays so. */
static enum vb_code is_settled(struct vb_keys *keys, const struct vb_keys_row *row,
                               struct vb_arena *arena, bool *settled, struct vb_err *err)
{
    struct vb_keys_row there;
    *settled = vb_keys_is_erased(keys, row->what, row->id);
    if (*settled)
        return VB_OK;
    return vb_keys_file_row(keys, row->what, row->id, arena, &there, settled, err);
}

/* With file_lock held. A transaction only when something is new: the rest costs no sync. */
static enum vb_code make(struct vb_keys *keys, const struct vb_key_wish *wishes, size_t count,
                         struct vb_arena *arena, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    bool begun = false;
    for (size_t i = 0; i < count && code == VB_OK; i++) {
        struct vb_keys_row row = row_of(arena, &wishes[i]);
        bool settled;
        code = is_settled(keys, &row, arena, &settled, err);
        if (code != VB_OK || settled)
            continue;
        if (!begun)
            code = vb_keys_file_begin(keys, err);
        begun = begun || code == VB_OK;
        if (code == VB_OK)
            code = make_row(keys, &row, arena, err);
    }
    return begun ? vb_keys_file_end(keys, code, err) : code;
}

enum vb_code vb_keys_make(struct vb_keys *keys, const struct vb_key_wish *wishes, size_t count,
                          struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = count == 0 ? VB_OK : vb_keys_begin(keys, err);
    pthread_mutex_lock(&keys->file_lock);
    if (code == VB_OK)
        code = make(keys, wishes, count, &arena, err);
    pthread_mutex_unlock(&keys->file_lock);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_keys_make_person(struct vb_keys *keys, const char *person, struct vb_err *err)
{
    return vb_keys_make(keys, &(struct vb_key_wish){ .what = VB_ERASE_PERSON, .id = person }, 1,
                        err);
}

enum vb_code vb_keys_make_session(struct vb_keys *keys, const char *session, const char *person,
                                  struct vb_err *err)
{
    return vb_keys_make_joint(keys, session, &person, 1, err);
}

enum vb_code vb_keys_make_joint(struct vb_keys *keys, const char *session,
                                const char *const *persons, int count, struct vb_err *err)
{
    const struct vb_key_wish wish = {
        .what = VB_ERASE_SESSION, .id = session, .persons = persons, .person_count = count
    };
    return vb_keys_make(keys, &wish, 1, err);
}

enum vb_code vb_keys_make_blob(struct vb_keys *keys, const char *session, const char *digest,
                               int64_t until_wall_ms, struct vb_err *err)
{
    const struct vb_key_wish wish = {
        .what = VB_ERASE_BLOB, .id = digest, .session = session, .until_wall_ms = until_wall_ms
    };
    return vb_keys_make(keys, &wish, 1, err);
}
