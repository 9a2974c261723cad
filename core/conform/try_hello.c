/* try_hello.c - engines of other versions. */
#include <string.h>

#include "base/str.h"
#include "conform/life.h"
#include "conform/try.h"
#include "data/json.h"

/* A hello of an engine that is not ours. more: fields behind, such as ,"later":1 */
static const char *hello_of(struct trial *trial, const char *version, const char *more)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "{\"type\":\"hello\",\"protocol\":\"%s\",\"output\":", version);
    vb_json_text(&line, trial->suite->asked->output);
    vb_buf_printf(&line, ",\"options\":%s,\"dir\":", trial_options(trial, NULL, false));
    vb_json_text(&line, trial->dir);
    vb_buf_printf(&line, "%s}", more);
    const char *hello = vb_arena_strdup(&trial->arena, line.data);
    vb_buf_finish(&line);
    return hello;
}

static struct life *greet(struct trial *trial, const char *version, const char *more)
{
    struct life *life =
        life_start(trial, &(struct birth){ .hello = hello_of(trial, version, more) });
    if (life == NULL || life_until_ready(life))
        return life;
    trial_fail(trial, "an engine of protocol %s said hello, and it was not ready: %s", version,
               life_fate(life));
    life_end(life);
    return NULL;
}

static bool fits(struct trial *trial, const struct life *life, int minor)
{
    const struct vb_plugin_line *ready = life_described(life);
    if (ready->major == VB_PROTOCOL_MAJOR && ready->minor <= minor)
        return true;
    return trial_fail(trial,
                      "an engine of protocol %d.%d was answered with %d.%d, which it has to refuse",
                      VB_PROTOCOL_MAJOR, minor, ready->major, ready->minor);
}

void try_handshake_older(struct trial *trial)
{
    struct life *life = greet(trial, "1.0", "");
    if (life != NULL && fits(trial, life, 0))
        trial_finish(life);
    else
        life_end(life);
}

/* What one side does not know it passes over: in hello, in a line, in a result. */
void try_handshake_newer(struct trial *trial)
{
    struct life *life = greet(trial, "1.9", ",\"later\":{\"a\":[1,null]}");
    if (life == NULL)
        return;
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    sending_change(trial, &sending, "{\"schema\":", "{\"later\":[{\"a\":1}],\"schema\":");
    if (fits(trial, life, 9) && trial_deliver(life, &sending, 1))
        trial_finish(life);
    else
        life_end(life);
}

void try_handshake_major(struct trial *trial)
{
    struct life *life = life_start(trial, &(struct birth){ .hello = hello_of(trial, "2.0", "") });
    if (life == NULL)
        return;
    bool ready = life_until_ready(life);
    if (ready && life_described(life)->major != VB_PROTOCOL_MAJOR)
        trial_fail(trial,
                   "an engine of protocol 2.0 was answered with %d.%d: it says what it "
                   "cannot know",
                   life_described(life)->major, life_described(life)->minor);
    else if (life_ended(life) && life_signal(life) != 0)
        trial_fail(trial, "an engine of protocol 2.0 said hello, and %s", life_fate(life));
    else if (!ready && !life_ended(life))
        trial_fail(trial,
                   "an engine of protocol 2.0 said hello, and it neither answered nor ended");
    life_end(life);
}
