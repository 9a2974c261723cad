#include "store/store_sqlite.h"

#include <stdlib.h>

#include "store/store_schema.h"
#include "store/store_sqlite_inner.h"

/* All of it or nothing: the first refusal takes back what came before it. */
static enum vb_code commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err)
{
    struct sqlite_store *sqlite = (struct sqlite_store *)store;
    enum vb_code code = vb_store_db_ready(&sqlite->db, err);
    if (code == VB_OK)
        code = vb_store_db_begin(&sqlite->db, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = vb_store_sqlite_apply(store, &changes[i], err);
    return vb_store_db_end(&sqlite->db, code, err);
}

static void destroy(struct vb_store *store)
{
    struct sqlite_store *sqlite = (struct sqlite_store *)store;
    vb_store_db_close(&sqlite->db);
    vb_store_folder_close(&sqlite->folder); /* last: the next one must find it closed */
    free(sqlite);
}

enum vb_code vb_store_sqlite_open(struct vb_store **out, const char *dir, struct vb_err *err)
{
    static const struct vb_store_ops ops = {
        .name = "sqlite",
        .commit = commit,
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
        .erasures = vb_store_sqlite_erasures,
        .settings = vb_store_sqlite_settings,
        .destroy = destroy,
    };
    struct sqlite_store *sqlite = vb_new(struct sqlite_store);
    sqlite->store.ops = &ops;
    enum vb_code code = vb_store_folder_open(&sqlite->folder, dir, err);
    if (code == VB_OK)
        code = vb_store_schema_open(&sqlite->db, sqlite->folder.path, err);
    if (code != VB_OK) {
        destroy(&sqlite->store);
        return code;
    }
    *out = &sqlite->store;
    return VB_OK;
}
