#include "store/store_sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "store/store_schema.h"
#include "store/store_sqlite_inner.h"

static void destroy(struct vb_store *store)
{
    struct sqlite_store *sqlite = (struct sqlite_store *)store;
    vb_store_db_close(&sqlite->db);
    vb_store_folder_close(&sqlite->folder); /* last: the next one must find it closed */
    explicit_bzero(sqlite->audit_key, sizeof sqlite->audit_key);
    free(sqlite);
}

static const struct vb_store_ops ops = {
    .name = "sqlite",
    .commit = vb_store_sqlite_commit,
    .batch = vb_store_sqlite_batch,
    .idle = vb_store_sqlite_idle,
    .rewrite = vb_store_sqlite_rewrite,
    .scrub = vb_store_sqlite_scrub,
    .rounds = vb_store_sqlite_rounds,
    .case_rounds = vb_store_sqlite_case_rounds,
    .prefix_rounds = vb_store_sqlite_prefix_rounds,
    .case_row = vb_store_sqlite_case_row,
    .persons = vb_store_sqlite_persons,
    .person = vb_store_sqlite_person,
    .session = vb_store_sqlite_session,
    .person_sessions = vb_store_sqlite_person_sessions,
    .prefix_persons = vb_store_sqlite_prefix_persons,
    .cases = vb_store_sqlite_cases,
    .sessions = vb_store_sqlite_sessions,
    .events = vb_store_sqlite_events,
    .revisions = vb_store_sqlite_revisions,
    .blob = vb_store_sqlite_blob,
    .session_blobs = vb_store_sqlite_session_blobs,
    .instrument = vb_store_sqlite_instrument,
    .version = vb_store_sqlite_version,
    .audit = vb_store_sqlite_audit,
    .audit_head = vb_store_sqlite_audit_head,
    .erasures = vb_store_sqlite_erasures,
    .settings = vb_store_sqlite_settings,
    .outputs = vb_store_sqlite_outputs,
    .parcels = vb_store_sqlite_parcels,
    .staff = vb_store_sqlite_staff,
    .tokens = vb_store_sqlite_tokens,
    .assignments = vb_store_sqlite_assignments,
    .destroy = destroy,
};

/* On a full disk SQLite finds no room for its index either: then the reserve goes. */
static enum vb_code open_database(struct sqlite_store *sqlite, const struct vb_store_audit_key *ask,
                                  struct vb_err *err)
{
    const char *dir = sqlite->folder.path;
    enum vb_code code = vb_store_schema_open(&sqlite->db, dir, ask, sqlite->audit_key, err);
    if (code == VB_E_IO && vb_store_folder_release(&sqlite->folder))
        code = vb_store_schema_open(&sqlite->db, dir, ask, sqlite->audit_key, err);
    sqlite->reserved = code == VB_OK && vb_store_folder_reserve(&sqlite->folder, VB_STORE_RESERVE);
    return code;
}

enum vb_code vb_store_sqlite_open(struct vb_store **out, const char *dir, struct vb_err *err)
{
    return vb_store_sqlite_open_with(out, &(struct vb_store_sqlite_options){ .dir = dir }, err);
}

enum vb_code vb_store_sqlite_open_with(struct vb_store **out,
                                       const struct vb_store_sqlite_options *options,
                                       struct vb_err *err)
{
    struct sqlite_store *sqlite = vb_new(struct sqlite_store);
    sqlite->store.ops = &ops;
    enum vb_code code = vb_store_folder_open(&sqlite->folder, options->dir, err);
    if (code == VB_OK)
        code = open_database(sqlite, &options->audit_key, err);
    if (code != VB_OK) {
        destroy(&sqlite->store);
        return code;
    }
    *out = &sqlite->store;
    return VB_OK;
}

struct vb_store *vb_store_sqlite_reader(const struct vb_store *writer)
{
    vb_assert(writer->ops == &ops);
    struct sqlite_store *sqlite = vb_new(struct sqlite_store);
    sqlite->store.ops = &ops; /* commits are refused by its connection */
    sqlite->folder.lock = -1;
    const struct sqlite_store *beside = (const struct sqlite_store *)writer;
    vb_store_db_reader(&sqlite->db, beside->db.path);
    memcpy(sqlite->audit_key, beside->audit_key, sizeof sqlite->audit_key);
    return &sqlite->store;
}
