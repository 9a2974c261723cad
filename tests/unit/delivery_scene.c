#include "tests.h"

#include <sys/stat.h>
#include <unistd.h>

#include "data/json.h"
#include "delivery_scene.h"

char scene_build[512], scene_folder[] = "/tmp/verbond-delivery-XXXXXX";

/* -- a scene ---------------------------------------------------------------------------------- */

static void on_log(void *ctx, enum vb_log_level level, const char *room, const char *text)
{
    enum { LOG_LINES = 100 };
    struct scene *scene = ctx;
    (void)room;
    if (++scene->log_lines == LOG_LINES)
        scene->log_full = true;
    if (scene->heard.len < 1 << 20)
        vb_buf_printf(&scene->heard, "%d %s\n", (int)level, text);
}

void scene_give(struct scene *scene, const char *parcel)
{
    static const char result[] = "{\"schema\":\"verbond.result/1\",\"pomp\":70.0}";
    static const char instrument[] = "{\"schema\":\"verbond.instrument/1\"}";
    struct vb_err err;
    scene->free = false;
    scene->answered = false;
    const struct vb_deliver deliver = { .parcel = parcel,
                                        .attempt = 2,
                                        .digest = "sha256:1",
                                        .result = result,
                                        .result_len = sizeof result - 1 };
    if (vb_delivery_give(scene->delivery, &deliver, instrument, sizeof instrument - 1, &err) !=
        VB_OK)
        fail_msg("%s", err.text);
    assert_int_equal(vb_delivery_state(scene->delivery), VB_DELIVERY_BUSY);
}

static void on_changed(void *ctx, enum vb_delivery_state state, const char *reason)
{
    struct scene *scene = ctx;
    assert_false(scene->broken); /* nothing comes after it */
    assert_int_equal(vb_delivery_state(scene->delivery), state);
    vb_buf_puts(&scene->events, state == VB_DELIVERY_FREE ? "free " : "broken ");
    scene->free = state == VB_DELIVERY_FREE;
    scene->broken = state == VB_DELIVERY_BROKEN;
    snprintf(scene->reason, sizeof scene->reason, "%s", reason);
}

static void on_answered(void *ctx, enum vb_answer_kind kind, int64_t after_ms, const char *reason)
{
    static const char *const kinds[] = { "delivered ", "retry ", "rejected ", "unanswered " };
    struct scene *scene = ctx;
    vb_buf_puts(&scene->events, kinds[kind]);
    scene->answered = true;
    scene->after_ms = after_ms;
    snprintf(scene->reason, sizeof scene->reason, "%s", reason);
    if (scene->give_next != NULL && kind != VB_ANSWER_BROKEN) {
        const char *parcel = scene->give_next;
        scene->give_next = NULL;
        scene_give(scene, parcel);
    }
}

void scene_plugin(char out[1024], const char *plugin)
{
    if (strstr(plugin, ".py") != NULL)
        snprintf(out, 1024, "%s/../tests/output/%s", scene_build, plugin);
    else
        snprintf(out, 1024, "%s/tests/output/%s.so", scene_build, plugin);
}

struct vb_delivery_options scene_options(struct scene *scene)
{
    scene->log = (struct vb_log){ on_log, scene, VB_LOG_DEBUG };
    return (struct vb_delivery_options){
        .loop = scene->loop,
        .log = &scene->log,
        .dir = scene_folder,
        .ready_ms = LONG_MS,
        .deadline_ms = LONG_MS,
        .changed = on_changed,
        .answered = on_answered,
        .ctx = scene,
    };
}

void scene_start(struct scene *scene, struct given given)
{
    char program[1024], plugin[1024];
    struct vb_err err;
    if (scene->loop == NULL)
        assert_int_equal(vb_loop_create(&scene->loop, &err), VB_OK);
    struct vb_delivery_options options = scene_options(scene);
    snprintf(program, sizeof program, "%s/verbond", scene_build);
    scene_plugin(plugin, given.plugin);
    options.program = program;
    options.plugin = plugin;
    options.output = "mine";
    options.options = given.options != NULL && given.options[0] == '\0' ? "{}" : given.options;
    options.memory_max = given.memory_max;
    if (given.ready_ms > 0)
        options.ready_ms = given.ready_ms;
    if (given.deadline_ms > 0)
        options.deadline_ms = given.deadline_ms;
    if (vb_delivery_start(&scene->delivery, &options, &err) != VB_OK)
        fail_msg("%s", err.text);
    assert_int_equal(vb_delivery_state(scene->delivery), VB_DELIVERY_STARTING);
    assert_null(vb_delivery_ready(scene->delivery));
}

void scene_until(struct scene *scene, const bool *what)
{
    struct vb_err err;
    assert_int_equal(vb_loop_until(scene->loop, what, &err), VB_OK);
}

void scene_finish(struct scene *scene)
{
    vb_delivery_destroy(scene->delivery);
    vb_loop_destroy(scene->loop);
    vb_buf_finish(&scene->events);
    vb_buf_finish(&scene->heard);
}

void scene_until_answered(struct scene *scene)
{
    scene_until(scene, &scene->answered);
}

char *scene_content(const char *name)
{
    char path[1024];
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    snprintf(path, sizeof path, "%s/%s", scene_folder, name);
    if (vb_file_read(&bytes, path, 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    unlink(path);
    return bytes.data;
}

void scene_write(const char *name, const char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", scene_folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

void scene_begin_echo(struct scene *scene, const char *file)
{
    char options[1024];
    snprintf(options, sizeof options, "{\"path\":\"%s/%s\"}", scene_folder, file);
    scene_start(scene, (struct given){ "echo", options, 0, 0, 0 });
    scene_until(scene, &scene->free);
}

int scene_set_up(void **state)
{
    (void)state;
    ssize_t n = readlink("/proc/self/exe", scene_build, sizeof scene_build - 1);
    if (n < 0)
        return -1;
    scene_build[n] = '\0';
    *strrchr(scene_build, '/') = '\0'; /* test_delivery */
    *strrchr(scene_build, '/') = '\0'; /* tests */
    return mkdtemp(scene_folder) == NULL ? -1 : 0;
}

int scene_tear_down(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s/does", scene_folder);
    unlink(path);
    return rmdir(scene_folder);
}
