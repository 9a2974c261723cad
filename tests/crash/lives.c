#include "lives.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "main/command.h"
#include "player.h"

/* -- commands --------------------------------------------------------------------------------- */

/* The command that follows wants the folder for itself. */
static void close_folder(struct vb_workplace *place)
{
    vb_store_destroy(place->store);
    place->store = NULL;
}

/* Runs a command of verbond as it is typed, its output thrown away; its exit code as a code that
 * leads to the same one. */
static enum vb_code command(struct vb_workplace *place, int (*run)(int, char **),
                            const char *const *words, struct vb_err *err)
{
    enum { MOST = 8 };
    char *argv[MOST + 2];
    int argc = 0, kept = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    for (; words[argc] != NULL; argc++) {
        vb_assert(argc < MOST);
        argv[argc] = vb_arena_strdup(&place->arena, words[argc]);
    }
    argv[argc++] = vb_arena_printf(&place->arena, "--data=%s", place->data);
    argv[argc] = NULL;
    fflush(stdout);
    dup2(nowhere, STDOUT_FILENO);
    int exit_code = run(argc, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(nowhere);
    close(kept);
    int code = VB_OK;
    while (code < VB_E_INTERNAL && vb_exit_code((enum vb_code)code) != exit_code)
        code++;
    if (code == VB_OK)
        return VB_OK;
    return vb_fail(err, (enum vb_code)code, "%s ended with %d", words[0], exit_code);
}

/* -- how things stand ------------------------------------------------------------------------- */

enum { PAIRS = 2 };
struct standing { /* of a case; strings in the workplace's arena */
    bool begun;
    struct vb_round_row round;             /* its last */
    struct vb_session_row sessions[PAIRS]; /* the client's, the professional's */
    bool erased;                           /* the client */
};

static enum vb_code look_at_round(struct vb_workplace *place, struct standing *out,
                                  struct vb_err *err)
{
    struct vb_session_row *rows;
    struct vb_person_row person = { 0 };
    size_t count = 0;
    enum vb_code code =
        place->store->ops->sessions(place->store, out->round.id, &place->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count && i < PAIRS; i++)
        out->sessions[i] = rows[i];
    if (code == VB_OK && count > 0)
        code = place->store->ops->person(place->store, rows[0].person, &place->arena, &person, err);
    out->erased = person.erased;
    return code;
}

/* Opens the folder, looks, closes it. */
static enum vb_code look(struct vb_workplace *place, const char *case_id, struct standing *out,
                         struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count = 0;
    *out = (struct standing){ 0 };
    enum vb_code code = vb_workplace_open(place, err);
    if (code == VB_OK)
        code = place->store->ops->case_rounds(place->store, case_id, &place->arena, &rows, &count,
                                              err);
    out->begun = code == VB_OK && count > 0;
    if (out->begun) {
        out->round = rows[count - 1];
        code = look_at_round(place, out, err);
    }
    close_folder(place);
    return code;
}

/* -- the case k1: a round of two, its talk, and the next wave ---------------------------------- */

static enum vb_code client(struct vb_workplace *place, struct vb_err *err)
{
    return player_voice(place, "k1", "t0", "client", 0, err);
}

static enum vb_code professional(struct vb_workplace *place, struct vb_err *err)
{
    return player_voice(place, "k1", "t0", "professional", 0, err);
}

static enum vb_code talk(struct vb_workplace *place, struct vb_err *err)
{
    static const struct vb_agreement agreed[] = { { "client", "belt op maandag", NULL },
                                                  { "werker", "vraagt het na", "2027-01-04" } };
    static const struct vb_talk_record record = {
        .topic = "tijd", .agreements = agreed, .agreement_count = 2, .next = "2027-01-11"
    };
    struct vb_round *round = NULL;
    enum vb_code code = player_round(place, "k1", "t0", &round, err);
    if (code == VB_OK && vb_round_talk(round) == NULL)
        code = vb_round_put_talk(round, &record, "local", err);
    vb_round_destroy(round);
    return code;
}

static enum vb_code again(struct vb_workplace *place, struct vb_err *err)
{
    return player_voice(place, "k1", "t1", "client", 5, err);
}

/* -- the case k2: from an answer file ---------------------------------------------------------- */

static enum vb_code file(struct vb_workplace *place, struct vb_err *err)
{
    static const char *const words[] = {
        "verbond run", "instruments/menger-monitor",
        "--case=k2",   "--answers=instruments/menger-monitor/example.json",
        NULL,
    };
    struct standing k2;
    enum vb_code code = look(place, "k2", &k2, err);
    return code != VB_OK || k2.begun ? code : command(place, vb_cmd_run, words, err);
}

/* -- the case k3: both share, one takes it back, the other is erased --------------------------- */

static enum vb_code other(struct vb_workplace *place, struct vb_err *err)
{
    struct standing k3;
    enum vb_code code = look(place, "k3", &k3, err);
    if (code != VB_OK || k3.sessions[1].state == VB_SESSION_WITHDRAWN)
        return code;
    code = player_voice(place, "k3", "t0", "client", 0, err);
    return code == VB_OK ? player_voice(place, "k3", "t0", "professional", 0, err) : code;
}

static enum vb_code withdraw(struct vb_workplace *place, struct vb_err *err)
{
    struct standing k3;
    enum vb_code code = look(place, "k3", &k3, err);
    const char *const words[] = { "verbond withdraw", k3.round.id, "--as=professional", NULL };
    if (code != VB_OK || k3.sessions[1].state == VB_SESSION_WITHDRAWN)
        return code;
    return command(place, vb_cmd_withdraw, words, err);
}

static enum vb_code erase(struct vb_workplace *place, struct vb_err *err)
{
    struct standing k3;
    enum vb_code code = look(place, "k3", &k3, err);
    if (code != VB_OK || k3.erased)
        return code;
    const char *const words[] = {
        "verbond erase", vb_arena_printf(&place->arena, "--person=%s", k3.sessions[0].person),
        "--yes", NULL
    };
    return command(place, vb_cmd_erase, words, err);
}

const struct life lives[] = {
    { "client", client, false },             /* begins the round, answers, shares */
    { "professional", professional, false }, /* so does the other: released, and asked together */
    { "talk", talk, false },                 /* what was agreed */
    { "again", again, false },               /* the next wave is begun and broken off */
    { "file", file, true },                  /* a round from a file */
    { "other", other, false },               /* a round of two in one process */
    { "withdraw", withdraw, false },         /* one takes it back */
    { "erase", erase, false },               /* the other is erased */
    { NULL, NULL, false },
};

const struct life *life_named(const char *name)
{
    const struct life *life = lives;
    while (life->name != NULL && !vb_streq(life->name, name))
        life++;
    return life->name == NULL ? NULL : life;
}
