/* unseal.c - tries to read what was erased.
 *
 *   unseal MARKER MASTER IDS KEYS FILE...
 *
 *   MARKER  the beginning of what is looked for
 *   MASTER  the key file
 *   IDS     a verbond.db from before: who and what there was
 *   KEYS    a keys.db as it is left, or - for none
 *   FILE    whatever there is to read: every byte of it
 *
 * Written from the format alone (docs/explanation/privacy.md), without a line of verbond's own. It
 * takes every key that KEYS still gives; then looks whether any 72 bytes of any FILE are a wrapped
 * key of anybody in IDS; derives from all of them what can be derived (bodies, labels, about with
 * every person, pictures); and then reads every window of every FILE as if it were sealed under
 * each of those keys: the cipher is a stream, so neither the length nor the associated data need be
 * known. What was packed before it was sealed keeps its words, and markers are words. What is
 * readable as it stands is found as well. Prints what it found, and how much it tried. */
#define _GNU_SOURCE
#include <ctype.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY = 32, NONCE = 24, TAG = 16, WRAPPED = NONCE + KEY + TAG, READ = 320, SHOWN = 28 };
enum { KEYS_MAX = 4096, FOUND_MAX = 256, IDS_MAX = 512, NAME = 96 };

struct key {
    unsigned char bytes[KEY];
    char name[NAME];
};
struct row { /* of keys.db, or what one could have been */
    char kind[8], id[NAME], under[512];
    long long until;
    unsigned char wrapped[WRAPPED];
    bool there, open;
    unsigned char key[KEY];
};
static struct key keys[KEYS_MAX];
static int key_count;
static struct row rows[IDS_MAX];
static int row_count;
static unsigned char master[KEY];
static char found[FOUND_MAX][NAME];
static int found_count;
static unsigned long long windows;
static const char *marker;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "unseal: %s %s\n", what, which);
    exit(2);
}

/* -- keys made of keys ---------------------------------------------------------------------------
 */

struct word {
    const void *bytes;
    size_t len;
};

static void take_in(crypto_generichash_state *state, const void *bytes, size_t len)
{
    unsigned char before[8];
    for (int i = 0; i < 8; i++)
        before[i] = (unsigned char)((unsigned long long)len >> (8 * i));
    crypto_generichash_update(state, before, sizeof before);
    crypto_generichash_update(state, bytes, len);
}

static void derive(const unsigned char *key, const char *purpose, const struct word *words,
                   int count, unsigned char *out)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, KEY, KEY);
    take_in(&state, "verbond keys 1", strlen("verbond keys 1"));
    take_in(&state, purpose, strlen(purpose));
    for (int i = 0; i < count; i++)
        take_in(&state, words[i].bytes, words[i].len);
    crypto_generichash_final(&state, out, KEY);
}

static void add_key(const unsigned char *bytes, const char *what, const char *id, const char *other)
{
    if (key_count == KEYS_MAX)
        die("too many keys for", what);
    struct key *key = &keys[key_count++];
    memcpy(key->bytes, bytes, KEY);
    snprintf(key->name, NAME, "%.8s %.32s %.32s", what, id, other);
}

/* -- rows ----------------------------------------------------------------------------------------
 */

static struct row *row_of(const char *kind, const char *id)
{
    for (int i = 0; i < row_count; i++)
        if (strcmp(rows[i].kind, kind) == 0 && strcmp(rows[i].id, id) == 0)
            return &rows[i];
    return NULL;
}

static struct row *add_row(const char *kind, const char *id, const char *under)
{
    struct row *row = row_of(kind, id);
    if (row != NULL)
        return row;
    if (row_count == IDS_MAX)
        die("too many ids, at", id);
    row = &rows[row_count++];
    snprintf(row->kind, sizeof row->kind, "%s", kind);
    snprintf(row->id, sizeof row->id, "%s", id);
    snprintf(row->under, sizeof row->under, "%s", under);
    return row;
}

static sqlite3 *open_db(const char *path)
{
    sqlite3 *db;
    char uri[4096];
    snprintf(uri, sizeof uri, "file:%s?immutable=1", path);
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        die("cannot open", path);
    return db;
}

static sqlite3_stmt *query(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db), sql);
    return statement;
}

static const char *text(sqlite3_stmt *statement, int column)
{
    const char *value = (const char *)sqlite3_column_text(statement, column);
    return value == NULL ? "" : value;
}

static void read_keys(const char *path)
{
    sqlite3 *db = open_db(path);
    sqlite3_stmt *statement = query(db, "SELECT kind, id, under, until_wall_ms, wrapped FROM key");
    while (sqlite3_step(statement) == SQLITE_ROW) {
        struct row *row = add_row(text(statement, 0), text(statement, 1), text(statement, 2));
        snprintf(row->under, sizeof row->under, "%s", text(statement, 2));
        row->until = sqlite3_column_int64(statement, 3);
        memcpy(row->wrapped, sqlite3_column_blob(statement, 4), WRAPPED);
        row->there = true;
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

/* Everybody and everything there was, so that a stray copy of a key can be told for what it is. */
static void read_ids(const char *path)
{
    static const char *const sql[] = {
        "SELECT 'person', id, '' FROM person",
        "SELECT 'session', s.id, coalesce(p.id, (SELECT group_concat(id, ' ') FROM (SELECT q.id "
        "FROM"
        " session AS t JOIN person AS q ON q.row = t.person WHERE t.round = s.round ORDER BY "
        "q.id)))"
        " FROM session AS s LEFT JOIN person AS p ON p.row = s.person",
    };
    sqlite3 *db = open_db(path);
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *statement = query(db, sql[i]);
        while (sqlite3_step(statement) == SQLITE_ROW)
            add_row(text(statement, 0), text(statement, 1), text(statement, 2));
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
}

/* What a row's key is wrapped under, as far as it can be made; false when a person is missing. */
static bool parent_of(const struct row *row, unsigned char *out)
{
    char list[512], *rest = NULL;
    if (strcmp(row->kind, "person") == 0) {
        derive(master, "wrap person", NULL, 0, out);
        return true;
    }
    if (strcmp(row->kind, "blob") == 0) {
        const struct row *session = row_of("session", row->under);
        if (session == NULL || !session->open)
            return false;
        derive(session->key, "wrap blob", NULL, 0, out);
        return true;
    }
    derive(master, "wrap session", NULL, 0, out);
    snprintf(list, sizeof list, "%s", row->under);
    for (char *id = strtok_r(list, " ", &rest); id != NULL; id = strtok_r(NULL, " ", &rest)) {
        const struct row *person = row_of("person", id);
        if (person == NULL || !person->open)
            return false;
        struct word words[] = { { id, strlen(id) }, { person->key, KEY } };
        derive(out, "wrap session", words, 2, out);
    }
    return true;
}

static bool unwrap(struct row *row, const unsigned char *parent, const unsigned char *wrapped)
{
    char about[1024];
    unsigned long long len;
    snprintf(about, sizeof about, "key 1|%s|%s|%s|%lld", row->kind, row->id, row->under,
             row->until);
    row->open = crypto_aead_xchacha20poly1305_ietf_decrypt(
                    row->key, &len, NULL, wrapped + NONCE, WRAPPED - NONCE,
                    (const unsigned char *)about, strlen(about), wrapped, parent) == 0;
    return row->open;
}

/* Persons first, then sessions, then pictures: each hangs on the one before. */
static void open_rows(void)
{
    static const char *const kinds[] = { "person", "session", "blob" };
    unsigned char parent[KEY];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < row_count; i++)
            if (rows[i].there && !rows[i].open && strcmp(rows[i].kind, kinds[k]) == 0 &&
                parent_of(&rows[i], parent))
                unwrap(&rows[i], parent, rows[i].wrapped);
}

/* -- files ---------------------------------------------------------------------------------------
 */

struct file {
    const char *name;
    unsigned char *bytes;
    size_t len;
};

static struct file read_file(const char *path)
{
    struct file file = { path, NULL, 0 };
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        die("cannot read", path);
    fseek(stream, 0, SEEK_END);
    file.len = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = calloc(1, file.len + READ + NONCE); /* windows at the end read zeros */
    if (fread(file.bytes, 1, file.len, stream) != file.len)
        die("cannot read", path);
    fclose(stream);
    return file;
}

static bool all_zero(const unsigned char *bytes, size_t len)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0;
}

/* Is any window a wrapped key that should be gone? */
static void look_for_keys(const struct file *file)
{
    unsigned char parent[KEY];
    for (int i = 0; i < row_count; i++) {
        if (rows[i].open || !parent_of(&rows[i], parent))
            continue;
        for (size_t at = 0; at + WRAPPED <= file->len && !rows[i].open; at++)
            if (!all_zero(file->bytes + at, WRAPPED) && unwrap(&rows[i], parent, file->bytes + at))
                printf("key of %s %s in %s at %zu\n", rows[i].kind, rows[i].id, file->name, at);
    }
}

static bool hang_on(const struct row *session, const struct row *other, const unsigned char *key,
                    unsigned char *out)
{
    bool earlier = strcmp(other->kind, "session") == 0;
    if (!other->open || strcmp(other->kind, "blob") == 0 || other == session ||
        (earlier && strcmp(other->under, session->under) != 0)) /* of the same person */
        return false;
    struct word words[] = { { session->id, strlen(session->id) },
                            { other->id, strlen(other->id) },
                            { other->key, KEY } };
    derive(key, "about", words, 3, out);
    return true;
}

/* About a person, about an earlier session, and about a person in an earlier session. */
static void derive_about(const struct row *session)
{
    unsigned char key[KEY], further[KEY];
    for (int i = 0; i < row_count; i++) {
        if (!hang_on(session, &rows[i], session->key, key))
            continue;
        add_key(key, "about", session->id, rows[i].id);
        for (int j = 0; strcmp(rows[i].kind, "session") == 0 && j < row_count; j++)
            if (strcmp(rows[j].kind, "person") == 0 && hang_on(session, &rows[j], key, further))
                add_key(further, "about", session->id, rows[j].id);
    }
}

static void derive_all(void)
{
    static const char *const purposes[] = { "wrap person", "wrap session", "key id", "blob name",
                                            "audit" };
    unsigned char key[KEY];
    add_key(master, "master", "", "");
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        derive(master, purposes[i], NULL, 0, key);
        add_key(key, "purpose", purposes[i], "");
    }
    for (int i = 0; i < row_count; i++) {
        struct row *row = &rows[i];
        bool session = strcmp(row->kind, "session") == 0;
        struct word id = { row->id, strlen(row->id) };
        if (!row->open)
            continue;
        add_key(row->key, row->kind, row->id, "");
        derive(row->key, session ? "body" : "label", &id, 1, key);
        add_key(key, session ? "body" : "label", row->id, "");
        if (session)
            derive_about(row);
    }
}

/* -- reading -------------------------------------------------------------------------------------
 */

static void report(const char *where, const char *how, const unsigned char *at, size_t left)
{
    char shown[NAME];
    size_t n = 0;
    while (n < left && n < SHOWN && (isalnum(at[n]) || at[n] == '-' || at[n] == '_')) {
        shown[n] = (char)at[n];
        n++;
    }
    shown[n] = '\0';
    for (int i = 0; i < found_count; i++)
        if (strcmp(found[i], shown) == 0)
            return;
    if (found_count == FOUND_MAX)
        die("more was found than can be told, last", shown);
    snprintf(found[found_count++], NAME, "%s", shown);
    printf("%s in %s, %s\n", shown, where, how);
}

static void search(const char *where, const char *how, const unsigned char *bytes, size_t len)
{
    const unsigned char *at = bytes;
    size_t left = len;
    while ((at = memmem(at, left, marker, strlen(marker))) != NULL) {
        report(where, how, at, len - (size_t)(at - bytes));
        at++;
        left = len - (size_t)(at - bytes);
    }
}

static void decrypt(const struct key *key, const unsigned char *window, size_t len,
                    unsigned char *out)
{
    crypto_stream_xchacha20_xor_ic(out, window + NONCE, len, window, 1, key->bytes);
    windows++;
}

/* A body holds what was said about somebody sealed once more. */
static void read_inner(const char *where, const unsigned char *body)
{
    unsigned char inner[READ];
    enum { INNER = 160 };
    for (int i = 0; i < key_count; i++) {
        if (strncmp(keys[i].name, "about", 5) != 0)
            continue;
        for (int at = 0; at + NONCE + INNER <= READ; at++) {
            decrypt(&keys[i], body + at, INNER, inner);
            search(where, keys[i].name, inner, INNER);
        }
    }
}

static void read_windows(const char *where, const unsigned char *bytes, size_t len)
{
    unsigned char out[READ];
    for (size_t at = 0; at < len; at++) {
        if (all_zero(bytes + at, NONCE))
            continue;
        for (int i = 0; i < key_count; i++) {
            decrypt(&keys[i], bytes + at, READ, out);
            search(where, keys[i].name, out, READ);
            if (out[0] == 2 && out[1] <= 17) /* a body: format 2, and what its answer id is */
                read_inner(where, out);
        }
    }
}

/* Text that is sealed lies as base64 behind a mark. */
static void read_base64(const struct file *file)
{
    static const char mark[] = "sealed:1:";
    const unsigned char *at = file->bytes;
    while ((at = memmem(at, file->len - (size_t)(at - file->bytes), mark, sizeof mark - 1))) {
        unsigned char bytes[8192 + READ + NONCE] = { 0 };
        size_t left = file->len - (size_t)(at - file->bytes) - (sizeof mark - 1), n = 0, run = 0;
        at += sizeof mark - 1;
        while (run < left && run < 8192 && (isalnum(at[run]) || at[run] == '+' || at[run] == '/'))
            run++;
        /* What stands behind it in the row may look like base64, too: shorter ends are tried. */
        for (size_t cut = 0; cut < 64 && cut < run; cut++)
            if (sodium_base642bin(bytes, 8192, (const char *)at, run - cut, NULL, &n, NULL,
                                  sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0) {
                read_windows(file->name, bytes, n > NONCE ? 1 : 0);
                break;
            }
    }
}

static void read_master(const char *path)
{
    struct file file = read_file(path);
    const char *space = memchr(file.bytes, ' ', file.len);
    size_t n;
    if (space == NULL || sodium_hex2bin(master, KEY, space + 1, 2 * KEY, NULL, &n, NULL) != 0)
        die("no key file", path);
    free(file.bytes);
}

int main(int argc, char **argv)
{
    enum { FIRST = 5 };
    if (argc <= FIRST || sodium_init() < 0)
        die("usage: unseal MARKER MASTER IDS KEYS", "FILE...");
    marker = argv[1];
    read_master(argv[2]);
    read_ids(argv[3]);
    if (strcmp(argv[4], "-") != 0)
        read_keys(argv[4]);
    open_rows();
    struct file *files = calloc((size_t)argc, sizeof *files);
    for (int i = FIRST; i < argc; i++)
        files[i] = read_file(argv[i]);
    for (int pass = 0; pass < 2; pass++) /* a person's key opens the way to a session's */
        for (int i = FIRST; i < argc; i++)
            look_for_keys(&files[i]);
    open_rows();
    derive_all();
    for (int i = FIRST; i < argc; i++) {
        search(files[i].name, "as it stands", files[i].bytes, files[i].len);
        read_windows(files[i].name, files[i].bytes, files[i].len);
        read_base64(&files[i]);
        free(files[i].bytes);
    }
    free(files);
    printf("%llu windows under %d keys, found %d\n", windows, key_count, found_count);
    return 0;
}
