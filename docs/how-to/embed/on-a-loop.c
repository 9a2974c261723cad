/* on-a-loop.c - the engine on a loop that a program has already: it goes on turning meanwhile.
 *
 * Both persons fill in at once, and a timer of the program's own ticks beside them. A verb returns
 * at once; done runs from the loop when what was said is durable, and shows the next step. */
#include <stdio.h>
#include <stdlib.h>

#include <uv.h>
#include <verbond/engine.h>

static struct vb_engine *engine;
static struct vb_engine_instrument *instrument;
static struct vb_engine_round *the_round;
static struct vb_engine_person *persons[2];
static struct vb_engine_error error = { .size = sizeof error };
static uv_timer_t timer;
static int ticks, answers;

static void must(int code, const struct vb_engine_error *why)
{
    if (code == VB_ENGINE_OK)
        return;
    fprintf(stderr, "on-a-loop: %s\n", why->text);
    exit(1);
}

static void on_tick(uv_timer_t *handle)
{
    (void)handle;
    ticks++;
}

static void on_closed(void *ctx)
{
    (void)ctx;
    printf("closed: the loop holds nothing of ours\n");
}

static void finish(void)
{
    char *result;
    must(vb_engine_result(the_round, NULL, &result, NULL, &error), &error);
    printf("%s\n%d answers, and the timer %s\n", result, answers,
           ticks > 0 ? "ticked" : "stood still");
    vb_engine_free(result);
    for (int i = 0; i < 2; i++)
        vb_engine_person_close(&persons[i]);
    vb_engine_round_close(&the_round);
    vb_engine_instrument_close(&instrument);
    must(vb_engine_close(&engine, on_closed, NULL), &error);
    uv_close((uv_handle_t *)&timer, NULL);
}

/* After every commit of this person: what stands there now? */
static void on_done(void *ctx, int code, const struct vb_engine_error *why)
{
    struct vb_engine_person *person = *(struct vb_engine_person **)ctx;
    struct vb_engine_step step = { .size = sizeof step };
    must(code, why);
    must(vb_engine_step(person, &step, &error), &error);
    if (step.at == VB_ENGINE_AT_QUESTION) {
        const char *value = step.choice_count > 0 ? "4" : "null";
        answers++;
        must(vb_engine_answer(person, step.seq, value, on_done, ctx, &error), &error);
    } else if (step.at == VB_ENGINE_AT_OVERVIEW) {
        must(vb_engine_share(person, step.seq, NULL, on_done, ctx, &error), &error);
    } else if (vb_engine_round_state(the_round) == VB_ENGINE_ROUND_RELEASED) {
        finish(); /* the second of the two */
    }
}

int main(int argc, char **argv)
{
    static const char *const roles[] = { "client", "professional" };
    uv_loop_t *loop = uv_default_loop();
    struct vb_engine_options options = { .size = sizeof options, .loop = loop, .by = "on-a-loop" };
    if (argc == 3) { /* else it is all in memory */
        options.data = argv[1];
        options.key_file = argv[2];
    }
    must(vb_engine_open(&engine, &options, &error), &error);
    must(vb_engine_load(engine, "menger-monitor", &instrument, &error), &error);
    must(vb_engine_begin(engine, instrument, NULL, &the_round, &error), &error);
    uv_timer_init(loop, &timer);
    uv_timer_start(&timer, on_tick, 0, 1);
    for (int i = 0; i < 2; i++) {
        struct vb_engine_join join = { .size = sizeof join, .role = roles[i] };
        must(vb_engine_join(the_round, &join, &persons[i], on_done, &persons[i], &error), &error);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    return uv_loop_close(loop) == 0 ? 0 : 1;
}
