#include "store_suite.h"

static const struct vb_file files[] = {
    { .path = "talk/instrument.lua", .bytes = "return\0 1\n", .len = 10 },
    { .path = "talk/more.lua", .bytes = "", .len = 0 },
};

#define PLAN(version_, digest_)                                                                    \
    {                                                                                              \
        .id = "talk", .version = (version_), .digest = (digest_), .files = files, .file_count = 2, \
        .main_path = "talk/instrument.lua"                                                         \
    }
const struct vb_plan suite_plan = PLAN("1.0.0", "sha256:one");
const struct vb_plan suite_other_digest = PLAN("1.0.0", "sha256:two");
const struct vb_plan suite_dev_plan = PLAN("1.1.0-dev", "sha256:three");
const struct vb_plan suite_dev_again = PLAN("1.1.0-dev", "sha256:four");

struct vb_change suite_instrument(const struct vb_plan *plan)
{
    return (struct vb_change){ .kind = VB_PUT_INSTRUMENT, .plan = plan };
}

struct vb_change suite_case(const char *id)
{
    return (struct vb_change){ .kind = VB_PUT_CASE,
                               .case_row = { .id = id, .opened_wall_ms = 1000 } };
}

struct vb_change suite_person(const char *id, const char *case_id)
{
    return (struct vb_change){ .kind = VB_PUT_PERSON,
                               .person = { .id = id,
                                           .case_id = case_id,
                                           .role = "client",
                                           .label = "Sam",
                                           .language = "nl" } };
}

struct vb_change suite_round(const char *id, const char *case_id, const char *wave)
{
    return (struct vb_change){ .kind = VB_PUT_ROUND,
                               .round = { .id = id,
                                          .case_id = case_id,
                                          .instrument = "talk",
                                          .version = "1.0.0",
                                          .digest = "sha256:one",
                                          .wave = wave,
                                          .format = "standard",
                                          .form = "short",
                                          .variant = NULL,
                                          .setting = "probation",
                                          .with = "pulse,strengths",
                                          .state = VB_ROUND_OPEN,
                                          .created_wall_ms = 5000,
                                          .simulated = true } };
}

struct vb_change suite_session(const char *id, const char *round, const char *person)
{
    return (struct vb_change){ .kind = VB_PUT_SESSION,
                               .session = { .id = id, .round = round, .person = person } };
}

struct vb_change suite_event(const char *session, int64_t seq, const char *answer_id)
{
    return (struct vb_change){ .kind = VB_APPEND,
                               .event = { .session = session,
                                          .seq = seq,
                                          .wall_ms = 9000 + seq,
                                          .answer_id = answer_id,
                                          .body = "{\"a\":\0\"\xc3\xbc\"}",
                                          .body_len = 11 } };
}

struct vb_change suite_revision(const char *round, int number)
{
    return (struct vb_change){ .kind = VB_PUT_REVISION,
                               .revision = { .round = round,
                                             .number = number,
                                             .reason = "released",
                                             .wall_ms = 7000,
                                             .upto = "{\"s1\":3}" } };
}

struct vb_change suite_blob(const char *digest, const char *session)
{
    return (struct vb_change){ .kind = VB_PUT_BLOB,
                               .blob = { .digest = digest,
                                         .type = "image/png",
                                         .session = session,
                                         .bytes = "\x89P\0N",
                                         .len = 4,
                                         .until_wall_ms = 90000 } };
}

struct vb_change suite_audit(const char *action)
{
    return (struct vb_change){
        .kind = VB_PUT_AUDIT,
        .audit = { .wall_ms = 8000, .action = action, .subject = "round-1", .by = "local" }
    };
}

struct vb_change suite_erase(enum vb_erasable what, const char *id)
{
    return (struct vb_change){
        .kind = VB_ERASE, .erasure = { .what = what, .id = id, .reason = "asked", .wall_ms = 6000 }
    };
}

struct vb_change suite_setting(const char *name, const char *value)
{
    return (struct vb_change){ .kind = VB_PUT_SETTING, .setting = { name, value } };
}

void suite_begin_round(struct vb_store *store)
{
    const struct vb_change changes[] = {
        suite_instrument(&suite_plan),
        suite_case("c1"),
        suite_person("p1", "c1"),
        suite_round("round-1", "c1", "t0"),
        suite_session("s1", "round-1", "p1"),
    };
    suite_commit(store, changes, sizeof changes / sizeof *changes);
}

void suite_commit(struct vb_store *store, const struct vb_change *changes, size_t count)
{
    struct vb_err err = { 0 };
    enum vb_code code = vb_store_commit(store, changes, count, &err);
    if (code != VB_OK)
        fail_msg("the commit is refused (%d): %s", (int)code, err.text);
}

void suite_one(struct vb_store *store, struct vb_change change)
{
    suite_commit(store, &change, 1);
}

void suite_refused(struct vb_store *store, const struct vb_change *changes, size_t count,
                   enum vb_code code, const char *says)
{
    struct vb_err err = { 0 };
    assert_int_equal(vb_store_commit(store, changes, count, &err), code);
    assert_int_equal(err.code, code);
    if (says != NULL && strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
}

void suite_one_refused(struct vb_store *store, struct vb_change change, enum vb_code code,
                       const char *says)
{
    suite_refused(store, &change, 1, code, says);
}

int64_t suite_last_seq(struct vb_store *store, const char *session)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_session_row row;
    enum vb_code code = store->ops->session(store, session, &arena, &row, &err);
    int64_t last_seq = code == VB_OK ? row.last_seq : -1;
    vb_arena_finish(&arena);
    return last_seq;
}
