/* crash_gate.c - a sync that takes as long as it likes, and who has to wait for it.
 *
 *   gate DIR       with slow.so preloaded
 *
 * An answer is given; its sync is held. Meanwhile the loop must turn TURNS times, the reader must
 * read, and nobody may be told that the answer was saved. Then the sync is let through, and that is
 * told. No clock: a loop that does not turn never comes to the end, and is ended by an alarm. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "folder.h"
#include "loop/loop.h"
#include "player.h"

enum { TURNS = 1000, GIVE_UP_S = 60 };

struct gate {
    struct vb_workplace place;
    struct vb_session *session;
    uv_idle_t idle;  /* called once a turn */
    int let_through; /* a byte for each sync */
    int turns, reads;
    bool turned, saved;
};

static void answered(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct gate *gate = ctx;
    if (code != VB_OK)
        fprintf(stderr, "gate: %s\n", err->text);
    gate->saved = code == VB_OK;
}

/* One more turn; the log is read on each. */
static void turn(uv_idle_t *idle)
{
    struct gate *gate = idle->data;
    struct vb_store *store = gate->place.store;
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_err err;
    size_t count;
    gate->reads += store->ops->events(store, vb_session_id(gate->session), 1, &arena, &rows, &count,
                                      &err) == VB_OK;
    vb_arena_finish(&arena);
    gate->turned = ++gate->turns == TURNS;
}

/* From here on every sync waits for a byte. */
static void close_gate(struct gate *gate)
{
    int line[2];
    char number[16];
    vb_assert(pipe(line) == 0);
    snprintf(number, sizeof number, "%d", line[0]);
    setenv("SLOW_SYNC_GATE", number, 1);
    gate->let_through = line[1];
}

static enum vb_code hold_a_sync(struct gate *gate, struct vb_err *err)
{
    struct vb_value value = vb_value_int(2);
    uv_idle_init(vb_loop_uv(gate->place.loop), &gate->idle);
    gate->idle.data = gate;
    close_gate(gate);
    vb_session_answer(gate->session, vb_session_view(gate->session)->seq, NULL, &value, NULL,
                      answered, gate);
    uv_idle_start(&gate->idle, turn);
    enum vb_code code = vb_loop_until(gate->place.loop, &gate->turned, err);
    uv_idle_stop(&gate->idle);
    if (code == VB_OK && gate->saved)
        code = vb_fail(err, VB_E_DATA, "it was told as saved before it was synced");
    if (code == VB_OK && gate->reads != TURNS)
        code = vb_fail(err, VB_E_DATA, "only %d of %d reads came through", gate->reads, TURNS);
    close(gate->let_through); /* and all that follow go through */
    if (code == VB_OK)
        code = vb_loop_until(gate->place.loop, &gate->saved, err);
    uv_close((uv_handle_t *)&gate->idle, NULL);
    return code;
}

int main(int argc, char **argv)
{
    struct gate gate = { .let_through = -1 };
    struct vb_round *round = NULL;
    struct vb_err err;
    const struct vb_join join = { .role = "client" };
    if (argc != 2) {
        fputs("usage: gate DIR\n", stderr);
        return 2;
    }
    alarm(GIVE_UP_S);
    enum vb_code code = vb_workplace_begin(&gate.place, argv[1], &err);
    if (code == VB_OK)
        code = player_round(&gate.place, "k1", "t0", &round, &err);
    if (code == VB_OK)
        code = vb_round_join(round, &join, &gate.session, &err);
    if (code == VB_OK)
        code = hold_a_sync(&gate, &err);
    printf("%d turns and %d reads while a sync was held\n", gate.turns, gate.reads);
    vb_round_destroy(round);
    return vb_workplace_end(&gate.place, code, &err);
}
