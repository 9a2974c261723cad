/* term_fixture.h - rounds in memory and a person at a pretended keyboard: for the tests of the
 * terminal runner and of answer files. */
#ifndef VB_TERM_FIXTURE_H
#define VB_TERM_FIXTURE_H

#include "tests.h"

#include <fcntl.h>
#include <pthread.h>
#include <termios.h>
#include <unistd.h>

#include "base/str.h"
#include "loop/loop.h"
#include "script/load.h"
#include "session/round.h"
#include "store/store_memory.h"
#include "store/store_stage.h"
#include "term/term.h"
#include "term_instruments.h"

/* -- a world ---------------------------------------------------------------------------------- */

struct world {
    struct vb_plan *plan;
    struct vb_store *store;
    struct vb_env env;
    struct vb_loop *loop;
    uint64_t seed;
    const char *resume_hint; /* for the terminal runner, as is the next */
    bool one_screen;         /* messages go where the questions go */
};

static inline int64_t world_wall(void *ctx)
{
    (void)ctx;
    return 1795255200000; /* 2026-11-21T10:00:00Z */
}
static inline int64_t world_mono(void *ctx)
{
    (void)ctx;
    return 0;
}
/* The same bytes in the same order for every world. */
static inline void world_random(void *ctx, void *bytes, size_t len)
{
    struct world *world = ctx;
    for (size_t i = 0; i < len; i++) {
        world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;
        ((unsigned char *)bytes)[i] = (unsigned char)(world->seed >> 33);
    }
}

static inline enum vb_code source_read(void *ctx, const char *path, struct vb_buf *out,
                                       struct vb_err *err)
{
    if (strcmp(path, "test/instrument.lua") != 0)
        return vb_fail(err, VB_E_ABSENT, "%s: no such file", path);
    vb_buf_puts(out, ctx);
    return VB_OK;
}

static inline struct vb_plan *load_lua(const char *lua, const struct vb_sandbox_options *options)
{
    struct vb_source source = { .read = source_read, .ctx = (void *)(uintptr_t)lua, .shown = "" };
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err = { 0 };
    if (vb_load(&plan, &source, "test/instrument.lua", options, &findings, &err) != VB_OK) {
        struct vb_buf text = { 0 };
        vb_findings_write(&text, &findings, VB_FINDINGS_TEXT);
        fail_msg("%s\n%s", err.text, text.data == NULL ? "" : text.data);
    }
    vb_findings_finish(&findings);
    return plan;
}

static inline void world_begin(struct world *world, const char *lua)
{
    struct vb_err err;
    *world = (struct world){ .seed = 7, .store = vb_store_memory_create() };
    world->env.clock = (struct vb_clock){ world_wall, world_mono, world };
    world->env.random = (struct vb_random){ world_random, world };
    world->env.sandbox =
        (struct vb_sandbox_options){ .limits = vb_limits_flow(), .clock = vb_clock_system() };
    struct vb_sandbox_options load = { .limits = vb_limits_load(), .clock = vb_clock_system() };
    world->plan = load_lua(lua, &load);
    assert_int_equal(vb_loop_create(&world->loop, &err), VB_OK);
}

static inline void world_end(struct world *world)
{
    vb_plan_release(world->plan);
    vb_store_destroy(world->store);
    vb_loop_destroy(world->loop);
}

static inline struct vb_round *world_round(struct world *world, struct vb_store *store)
{
    struct vb_err err;
    struct vb_round *round = NULL;
    struct vb_round_options options = { .case_id = "c4se000000000000" };
    if (vb_round_open(&round, store, &world->env, world->plan, &options, &err) != VB_OK)
        fail_msg("%s", err.text);
    return round;
}

/* Everything the store holds of rounds, persons, sessions and events, as text. */
static inline void store_dump(struct vb_store *store, struct vb_buf *out)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_round_row *rounds;
    struct vb_person_row *persons;
    size_t count, n;
    assert_int_equal(store->ops->persons(store, "c4se000000000000", &arena, &persons, &n, &err),
                     VB_OK);
    for (size_t i = 0; i < n; i++)
        vb_buf_printf(out, "person %s %s %s\n", persons[i].id, persons[i].role,
                      persons[i].label == NULL ? "-" : persons[i].label);
    assert_int_equal(store->ops->rounds(store, &arena, &rounds, &count, &err), VB_OK);
    for (size_t r = 0; r < count; r++) {
        struct vb_session_row *sessions;
        vb_buf_printf(out, "round %s %s\n", rounds[r].id, vb_round_state_name(rounds[r].state));
        assert_int_equal(store->ops->sessions(store, rounds[r].id, &arena, &sessions, &n, &err),
                         VB_OK);
        for (size_t s = 0; s < n; s++) {
            struct vb_event_row *events;
            size_t m;
            vb_buf_printf(out, "session %s %s\n", sessions[s].id,
                          vb_session_state_name(sessions[s].state));
            assert_int_equal(
                store->ops->events(store, sessions[s].id, 1, &arena, &events, &m, &err), VB_OK);
            for (size_t e = 0; e < m; e++) {
                vb_buf_printf(out, "%d %.*s\n", (int)events[e].seq, (int)events[e].body_len,
                              events[e].body);
                for (int p = 0; p < events[e].part_count; p++)
                    vb_buf_printf(out, "  about %s %.*s\n", events[e].parts[p].about,
                                  (int)events[e].parts[p].len, events[e].parts[p].bytes);
            }
        }
    }
    vb_buf_puts(out, ".\n");
    vb_arena_finish(&arena);
}

static inline void result_dump(struct vb_round *round, struct vb_buf *out)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_err err;
    if (vb_round_result(round, 0, &arena, &result, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_result_write(out, &result, VB_CONTENT_ITEMS);
    vb_arena_finish(&arena);
}

/* -- a keyboard that is a file ---------------------------------------------------------------- */

struct play {
    enum vb_code code;
    struct vb_err err;
    struct vb_buf shown, messages;
};

static inline void play_finish(struct play *play)
{
    vb_buf_finish(&play->shown);
    vb_buf_finish(&play->messages);
}

static inline void read_back(FILE *file, struct vb_buf *out)
{
    char bytes[4096];
    size_t got;
    fflush(file);
    rewind(file);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        vb_buf_put(out, bytes, got);
    vb_buf_puts(out, "");
}

static inline void play_keys(struct play *play, struct world *world, struct vb_round *round,
                             const char *only, const char *language, const char *keys)
{
    FILE *in = tmpfile(), *out = tmpfile(), *messages = tmpfile();
    struct vb_term *term;
    struct vb_err err;
    *play = (struct play){ 0 };
    fputs(keys, in);
    fflush(in);
    assert_int_equal(lseek(fileno(in), 0, SEEK_SET), 0);
    struct vb_term_options options = { .in = in,
                                       .out = out,
                                       .messages = messages,
                                       .language = language,
                                       .resume_hint = world->resume_hint };
    assert_int_equal(vb_term_create(&term, &options, world->loop, &world->env, &err), VB_OK);
    play->code = vb_term_run(term, round, only, &play->err);
    vb_term_destroy(term);
    read_back(out, &play->shown);
    read_back(messages, &play->messages);
    fclose(in);
    fclose(out);
    fclose(messages);
}

/* One round at one keyboard, and what was last played there. */
struct sitting {
    struct world world;
    struct vb_round *round;
    struct play play;
};

static inline void sit_down(struct sitting *s, const char *lua)
{
    world_begin(&s->world, lua);
    s->round = world_round(&s->world, s->world.store);
    s->play = (struct play){ 0 };
}

/* In Dutch, whoever is due. What was played before must be finished. */
static inline void types(struct sitting *s, const char *keys)
{
    play_keys(&s->play, &s->world, s->round, NULL, "nl", keys);
}

static inline void stand_up(struct sitting *s)
{
    play_finish(&s->play);
    vb_round_destroy(s->round);
    world_end(&s->world);
}

/* What the two of a dyad type from the first question to the yes. */
#define CLIENT_KEYS       "\n2\n4\n1\nVeel.\n\n\n1\n2\n"
#define PROFESSIONAL_KEYS "\n5\n4\n2\nPraten.\n\n\n1\n2\n"

/* Plays the client of a dyad and gives what the store then holds. */
static inline void play_client(struct play *play, struct vb_buf *dump, const char *language,
                               const char *keys)
{
    struct world world;
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(play, &world, round, "client", language, keys);
    vb_round_destroy(round);
    vb_buf_clear(dump);
    store_dump(world.store, dump);
    world_end(&world);
}

/* -- what they saw ---------------------------------------------------------------------------- */

static inline int times(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

static inline void shows(const struct play *play, const char *part)
{
    if (strstr(play->shown.data, part) == NULL)
        fail_msg("'%s' is not in:\n%s", part, play->shown.data);
}

static inline void shows_not(const struct play *play, const char *part)
{
    if (strstr(play->shown.data, part) != NULL)
        fail_msg("'%s' is in:\n%s", part, play->shown.data);
}

static inline void ends_ok(const struct play *play)
{
    if (play->code != VB_OK)
        fail_msg("%s\n%s", play->err.text, play->shown.data);
}

/* -- answer files on a stage ------------------------------------------------------------------ */

/* Walks the files (NULL-ended JSON texts, named a.json, b.json) as `run --answers` does. */
static inline enum vb_code walk_files(struct world *world, const char *const *texts,
                                      struct vb_err *err)
{
    struct vb_answer_file *files[4];
    char name[] = "a.json";
    int count = 0;
    enum vb_code code = VB_OK;
    for (; texts[count] != NULL; count++, name[0]++) {
        code = vb_answer_file_parse(&files[count], name, texts[count], strlen(texts[count]), err);
        if (code != VB_OK)
            fail_msg("%s", err->text);
    }
    struct vb_store *stage = vb_store_stage_create(world->store);
    struct vb_round *round = world_round(world, stage);
    code = vb_answer_files_walk(files, count, round, NULL, &world->env, err);
    if (code == VB_OK)
        code = vb_store_stage_flush(stage, err);
    vb_round_destroy(round);
    vb_store_destroy(stage);
    while (count > 0)
        vb_answer_file_destroy(files[--count]);
    return code;
}

#endif
