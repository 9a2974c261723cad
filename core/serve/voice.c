#include "serve/voice.h"

#include <ctype.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "loop/process.h"
#include "loop/timer.h"

enum {
    AT_ONCE = 2,
    WAITING = 96, /* of all hearers: some seconds' work */
    TIME_MS = 15000,
    SOUND_MOST = 24 * 1024 * 1024, /* nine minutes */
    PIECE = 65536,
    LANGUAGE_SIZE = 4, /* "nl", "prs" */
    HEADER = 44
};

struct job {
    struct job *next;
    struct vb_voice *voice;
    char language[LANGUAGE_SIZE];
    char *hearer, *text;
    vb_voice_done *done;
    void *ctx;
    struct vb_process *process; /* NULL: it waits for its turn */
    struct vb_timer *timer;
    struct vb_buf sound;
    bool failed;
};
struct vb_voice {
    struct vb_loop *loop;
    const char *program; /* NULL: there is none */
    struct job *first;   /* in the order in which they came */
    int running, waiting;
};

static const char name[] = "espeak-ng-1";

const char *vb_voice_name(const struct vb_voice *voice)
{
    (void)voice;
    return name;
}

static const char *find_program(void)
{
    static const char *const places[] = { "/usr/bin/espeak-ng", "/usr/local/bin/espeak-ng" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

struct vb_voice *vb_voice_create(struct vb_loop *loop, const char *program)
{
    struct vb_voice *voice = vb_new(struct vb_voice);
    voice->loop = loop;
    voice->program = program == NULL ? find_program() : program;
    return voice;
}

/* -- the end of a job ------------------------------------------------------------------------- */

static void put_little(char *at, size_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(number >> 8 * i);
}

/* The program cannot know how long it will be when it writes the head; now it is known. A byte that
 * stands alone is the newline that ended the last line. */
static bool mend_header(struct vb_buf *sound)
{
    if (sound->len <= HEADER + 2 || memcmp(sound->data, "RIFF", 4) != 0 ||
        memcmp(sound->data + 8, "WAVEfmt ", 8) != 0 || memcmp(sound->data + 36, "data", 4) != 0)
        return false;
    sound->len -= sound->len % 2;
    put_little(sound->data + 4, sound->len - 8);
    put_little(sound->data + 40, sound->len - HEADER);
    return true;
}

static void unlink_job(struct job *job)
{
    struct job **at = &job->voice->first;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
}

static void free_job(struct job *job)
{
    vb_process_destroy(job->process);
    vb_timer_destroy(job->timer);
    vb_buf_finish(&job->sound);
    free(job->hearer);
    free(job->text);
    free(job);
}

static void start_next(struct vb_voice *voice);

static void end_job(struct job *job, bool good)
{
    struct vb_voice *voice = job->voice;
    unlink_job(job);
    if (job->process != NULL)
        voice->running--;
    else
        voice->waiting--;
    good = good && !job->failed && mend_header(&job->sound);
    job->done(job->ctx, good ? VB_OK : VB_E_ABSENT, good ? &job->sound : NULL);
    free_job(job);
}

/* -- while it speaks -------------------------------------------------------------------------- */

/* Sound is no text: a piece that goes on is PIECE bytes of it, any other ends at a newline. */
static void on_line(void *ctx, enum vb_stream stream, const char *text, size_t len)
{
    struct job *job = ctx;
    if (stream != VB_STREAM_OUT || job->failed)
        return;
    if (job->sound.len + len > SOUND_MOST) {
        job->failed = true;
        vb_process_signal(job->process, SIGKILL);
        return;
    }
    vb_buf_put(&job->sound, text, len > PIECE ? PIECE : len);
    if (len <= PIECE)
        vb_buf_putc(&job->sound, '\n');
}

static void on_ended(void *ctx, int64_t code, int signal)
{
    struct job *job = ctx;
    struct vb_voice *voice = job->voice;
    end_job(job, code == 0 && signal == 0);
    start_next(voice);
}

static void on_time(void *ctx)
{
    struct job *job = ctx;
    job->failed = true;
    vb_process_signal(job->process, SIGKILL);
}

static enum vb_code start(struct job *job, struct vb_err *err)
{
    static const char *const environment[] = { "LANG=C.UTF-8", NULL };
    const char *const argv[] = {
        job->voice->program, "-v",       job->language, "-s", "150", "-b", "1",
        "--stdin",           "--stdout", NULL
    };
    const struct vb_process_options options = {
        .argv = argv,
        .environment = environment,
        .dir = "/",
        .line_max = { 0, PIECE, 1024 },
        .line = on_line,
        .ended = on_ended,
        .ctx = job,
    };
    enum vb_code code = vb_timer_create(&job->timer, job->voice->loop, on_time, job, err);
    if (code == VB_OK)
        code = vb_process_start(&job->process, job->voice->loop, &options, err);
    if (code != VB_OK)
        return code;
    vb_timer_start(job->timer, TIME_MS);
    vb_process_write(job->process, job->text, strlen(job->text));
    vb_process_finish_input(job->process);
    return VB_OK;
}

/* Of this hearer; running: those that wait do not count. */
static int count_of(const struct vb_voice *voice, const char *hearer, bool running)
{
    int count = 0;
    for (const struct job *job = voice->first; job != NULL; job = job->next)
        count += (!running || job->process != NULL) && vb_streq(job->hearer, hearer);
    return count;
}

/* Who has the fewest running comes first, and of those who asked first. */
static struct job *next_waiting(struct vb_voice *voice)
{
    struct job *found = NULL;
    int fewest = AT_ONCE;
    for (struct job *job = voice->first; job != NULL; job = job->next) {
        int running = job->process == NULL ? count_of(voice, job->hearer, true) : AT_ONCE;
        if (running < fewest) {
            found = job;
            fewest = running;
        }
    }
    return found;
}

static void start_next(struct vb_voice *voice)
{
    struct vb_err err;
    while (voice->waiting > 0 && voice->running < AT_ONCE) {
        struct job *job = next_waiting(voice);
        if (start(job, &err) != VB_OK) {
            end_job(job, false);
            continue;
        }
        voice->waiting--;
        voice->running++;
    }
}

/* -- from outside ----------------------------------------------------------------------------- */

static bool read_language(char out[LANGUAGE_SIZE], const char *tag)
{
    size_t len = 0;
    while (len < LANGUAGE_SIZE - 1 && isalpha((unsigned char)tag[len])) {
        out[len] = (char)tolower((unsigned char)tag[len]);
        len++;
    }
    out[len] = '\0';
    return len >= 2 && (tag[len] == '\0' || tag[len] == '-');
}

/* One line, and none of the marks that the program would take for something else than words. */
static char *one_line(const char *text)
{
    char *line = vb_strdup(text);
    for (char *at = line; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == '[' || *at == ']' || *at == '<' || *at == '>')
            *at = ' ';
    return line;
}

void vb_voice_say(struct vb_voice *voice, const char *hearer, const char *language,
                  const char *text, vb_voice_done *done, void *ctx)
{
    char tag[LANGUAGE_SIZE];
    if (voice->program == NULL || strlen(text) > VB_VOICE_TEXT_MOST ||
        !read_language(tag, language)) {
        done(ctx, VB_E_ABSENT, NULL);
        return;
    }
    if (voice->waiting >= WAITING || count_of(voice, hearer, false) >= VB_VOICE_EACH) {
        done(ctx, VB_E_BUSY, NULL);
        return;
    }
    struct job *job = vb_new(struct job), **last = &voice->first;
    *job = (struct job){ .voice = voice,
                         .hearer = vb_strdup(hearer),
                         .text = one_line(text),
                         .done = done,
                         .ctx = ctx };
    memcpy(job->language, tag, sizeof tag);
    while (*last != NULL)
        last = &(*last)->next;
    *last = job;
    voice->waiting++;
    start_next(voice);
}

void vb_voice_destroy(struct vb_voice *voice)
{
    if (voice == NULL)
        return;
    while (voice->first != NULL)
        end_job(voice->first, false);
    free(voice);
}
