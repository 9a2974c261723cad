/* nats.c - an output that publishes each result as an event to a stream of NATS JetStream
 * (README.md).
 *
 * The events are those of shared/cloudevent.h. The id of an event is the id of its message, so that
 * the server drops what comes twice; delivered is what the server says to have stored. What is
 * taken back is erased from the stream, behind the event that says so. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cjson/cJSON.h>
#include <nats/nats.h>
#include <verbond/output.h>

#include "cloudevent.h"
#include "link.h"

static const struct vb_output_option options[] = {
    { .name = "url",
      .type = VB_OUTPUT_URL,
      .required = 1,
      .example = "tls://nats.example.org:4222",
      .check = "nats://127.0.0.1:4222",
      .help = "the server: tls, or nats on this machine" },
    { .name = "subject",
      .type = VB_OUTPUT_TEXT,
      .default_value = "verbond",
      .example = "care.verbond",
      .check = "verbond",
      .help = "what subjects begin with; .round.ROUND or .instrument.ID follows" },
    { .name = "stream",
      .type = VB_OUTPUT_TEXT,
      .example = "VERBOND",
      .help = "the stream that is to take it; another one is not good enough" },
    { .name = "make-stream",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "true",
      .check = "true",
      .help = "true: where there is no such stream it is made" },
    { .name = "erase",
      .type = VB_OUTPUT_BOOL,
      .default_value = "true",
      .example = "true",
      .help = "false: what is taken back is left in the stream, for somebody else to take out" },
    { .name = "secret-file",
      .type = VB_OUTPUT_PATH,
      .example = "nats.creds",
      .help = "whom the server takes us for: a .creds file, or a token on one line" },
    { .name = "ca-file",
      .type = VB_OUTPUT_PATH,
      .example = "ca.pem",
      .help = "whose certificates are trusted (PEM), in the place of those the system trusts" },
    { .name = "allow-plain",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "false",
      .help = "true: without TLS to another machine too" },
    CLOUDEVENT_OPTIONS,
};

/* Of a stream that is made here: what comes again within a day is dropped. */
static const int64_t duplicates_ns = 24LL * 60 * 60 * 1000 * 1000 * 1000;
static const char default_stream[] = "VERBOND";
enum { HEADERS_MAX = 1024 };

struct nats {
    struct cloudevents *events;
    struct link *link;
    char *subject, *stream; /* stream NULL: any */
    bool make_stream, erase;
    /* -- of the delivery on its way -- */
    int64_t end_ms;
    uint64_t first; /* the lowest place in the stream of its events about the round; 0: none yet */
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* libnats wants at least something. */
static int64_t left_ms(const struct nats *nats)
{
    int64_t left = nats->end_ms - now_ms();
    return left > 1 ? left : 1;
}

/* -- open ------------------------------------------------------------------------------------- */

static void nats_output_close(void *self)
{
    enum { CLOSE_MS = 1000 };
    struct nats *nats = self;
    link_destroy(nats->link);
    cloudevents_destroy(nats->events);
    free(nats->subject);
    free(nats->stream);
    free(nats);
    nats_CloseAndWait(CLOSE_MS);
}

/* Words with dots between, of characters that mean nothing to the server. */
static bool is_subject(const char *text, bool dots)
{
    size_t len = strlen(text);
    if (len == 0 || len > 200 || text[0] == '.' || text[len - 1] == '.' ||
        strstr(text, "..") != NULL)
        return false;
    return text[strspn(text, dots ? "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789-_."
                                  : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "0123456789-_")] == '\0';
}

static bool is_true(const struct vb_output_host *host, const char *name)
{
    const char *value = host->option(host, name);
    return value != NULL && strcmp(value, "true") == 0;
}

static bool set_names(struct nats *nats, const struct vb_output_host *host, char *error,
                      size_t error_size)
{
    const char *subject = host->option(host, "subject"), *stream = host->option(host, "stream");
    nats->make_stream = is_true(host, "make-stream");
    nats->erase = is_true(host, "erase");
    if (stream == NULL && nats->make_stream)
        stream = default_stream;
    if (!is_subject(subject, true) || (stream != NULL && !is_subject(stream, false))) {
        snprintf(
            error, error_size,
            "options subject and stream are of letters, digits, - and _, a subject of dots too");
        return false;
    }
    nats->subject = strdup(subject);
    nats->stream = stream == NULL ? NULL : strdup(stream);
    if (nats->subject != NULL && (stream == NULL || nats->stream != NULL))
        return true;
    snprintf(error, error_size, "no memory");
    return false;
}

static bool set_up(struct nats *nats, const struct vb_output_host *host, char *error,
                   size_t error_size)
{
    const struct link_setup setup = {
        .url = host->option(host, "url"),
        .secret_file = host->option(host, "secret-file"),
        .ca_file = host->option(host, "ca-file"),
        .allow_plain = is_true(host, "allow-plain"),
    };
    if (!set_names(nats, host, error, error_size))
        return false;
    nats->events = cloudevents_create(host, error, error_size);
    if (nats->events != NULL)
        nats->link = link_create(&setup, error, error_size);
    return nats->link != NULL;
}

static void *nats_output_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct nats *nats = calloc(1, sizeof *nats);
    if (nats == NULL || nats_Open(-1) != NATS_OK) {
        snprintf(error, error_size, "no memory");
        free(nats);
        return NULL;
    }
    if (set_up(nats, host, error, error_size))
        return nats;
    nats_output_close(nats);
    return NULL;
}

/* -- what the server says --------------------------------------------------------------------- */

/* The server's own words may name what is in a message; its numbers may not. */
static int refused(struct nats *nats, natsStatus s, jsErrCode code, const char *doing,
                   struct vb_output_answer *answer)
{
    bool forbidden = link_was_forbidden(nats->link);
    if (code == 0)
        link_drop(nats->link); /* whatever it is, the next one begins anew */
    if (s == NATS_MAX_PAYLOAD || code == JSStreamMessageExceedsMaximumErr) {
        snprintf(answer->reason, sizeof answer->reason,
                 "it is larger than the %s takes in one message",
                 s == NATS_MAX_PAYLOAD ? "server" : "stream");
        return VB_OUTPUT_REJECTED;
    }
    if (forbidden || s == NATS_NOT_PERMITTED)
        snprintf(answer->reason, sizeof answer->reason, "%s: the server does not permit it", doing);
    else if (s == NATS_NO_RESPONDERS || code == JSStreamNotFoundErr)
        snprintf(answer->reason, sizeof answer->reason, "%s: no stream takes it", doing);
    else if (code == JSStreamNotMatchErr)
        snprintf(answer->reason, sizeof answer->reason, "%s: another stream takes it", doing);
    else if (code != 0)
        snprintf(answer->reason, sizeof answer->reason,
                 "%s: the server answered with the error %d of JetStream", doing, (int)code);
    else
        snprintf(answer->reason, sizeof answer->reason, "%s: %s", doing, natsStatus_GetText(s));
    return VB_OUTPUT_RETRY;
}

/* -- a stream --------------------------------------------------------------------------------- */

static int make_stream(struct nats *nats, jsCtx *js, struct vb_output_answer *answer)
{
    char all[256];
    const char *subjects[] = { all };
    jsErrCode code = 0;
    jsOptions wait;
    jsStreamConfig wanted;
    jsStreamInfo *found = NULL;
    jsOptions_Init(&wait);
    wait.Wait = left_ms(nats);
    natsStatus s = js_GetStreamInfo(&found, js, nats->stream, &wait, &code);
    jsStreamInfo_Destroy(found);
    if (s == NATS_OK)
        return VB_OUTPUT_DELIVERED;
    if (code != JSStreamNotFoundErr && s != NATS_NOT_FOUND)
        return refused(nats, s, code, "looking for the stream", answer);
    snprintf(all, sizeof all, "%s.>", nats->subject);
    jsStreamConfig_Init(&wanted);
    wanted.Name = nats->stream;
    wanted.Subjects = subjects;
    wanted.SubjectsLen = 1;
    wanted.Storage = js_FileStorage;
    wanted.Duplicates = duplicates_ns;
    code = 0;
    s = js_AddStream(NULL, js, &wanted, &wait, &code);
    return s == NATS_OK ? VB_OUTPUT_DELIVERED : refused(nats, s, code, "making the stream", answer);
}

/* NULL: answer says why. */
static jsCtx *connected(struct nats *nats, int *outcome, struct vb_output_answer *answer)
{
    bool anew;
    const char *why = NULL;
    jsCtx *js = link_get(nats->link, left_ms(nats), &anew, &why);
    if (js == NULL) {
        snprintf(answer->reason, sizeof answer->reason, "the server was not reached: %s", why);
        *outcome = VB_OUTPUT_RETRY;
        return NULL;
    }
    *outcome = anew && nats->make_stream ? make_stream(nats, js, answer) : VB_OUTPUT_DELIVERED;
    if (*outcome != VB_OUTPUT_DELIVERED) {
        link_drop(nats->link); /* so that the stream is looked for again */
        return NULL;
    }
    return js;
}

/* -- one event -------------------------------------------------------------------------------- */

/* The next message about the round from this place in the stream on; 0: there is none. */
static natsStatus next_of_round(struct nats *nats, const char *stream, const char *subject,
                                uint64_t from, uint64_t *found, jsErrCode *code)
{
    char where[256], what[768];
    natsMsg *said = NULL;
    snprintf(where, sizeof where, "$JS.API.STREAM.MSG.GET.%s", stream);
    snprintf(what, sizeof what, "{\"seq\":%" PRIu64 ",\"next_by_subj\":\"%s\"}", from, subject);
    natsStatus s = natsConnection_RequestString(&said, link_connection(nats->link), where, what,
                                                left_ms(nats));
    if (s != NATS_OK)
        return s;
    cJSON *tree = cJSON_ParseWithLength(natsMsg_GetData(said), (size_t)natsMsg_GetDataLength(said));
    const cJSON *place =
        cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(tree, "message"), "seq");
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(tree, "error"), "err_code");
    *found = cJSON_IsNumber(place) ? (uint64_t)place->valuedouble : 0;
    *code = cJSON_IsNumber(error) ? (jsErrCode)error->valueint : 0;
    if (*found == 0 && *code == 0)
        s = NATS_PROTOCOL_ERROR;
    cJSON_Delete(tree);
    natsMsg_Destroy(said);
    return s;
}

/* What came of this round before the first event of this delivery; also when this delivery came
 * before: the server then says where it lies. Each by itself and overwritten: a purge would leave
 * the bytes in the server's files. */
static int take_back(struct nats *nats, jsCtx *js, const char *stream, const char *subject,
                     struct vb_output_answer *answer)
{
    static const char doing[] = "taking out what came before of this round";
    natsStatus s = NATS_OK;
    jsErrCode code = 0;
    jsOptions wait;
    jsOptions_Init(&wait);
    for (uint64_t at = 0; s == NATS_OK;) {
        s = next_of_round(nats, stream, subject, at + 1, &at, &code);
        if (s == NATS_OK && (code == JSNoMessageFoundErr || (code == 0 && at >= nats->first)))
            return VB_OUTPUT_DELIVERED;
        if (s == NATS_OK && code != 0)
            s = NATS_ERR;
        wait.Wait = left_ms(nats);
        if (s == NATS_OK)
            s = js_EraseMsg(js, stream, at, &wait, &code);
    }
    return refused(nats, s, code, doing, answer);
}

static int stored(struct nats *nats, jsCtx *js, const struct cloudevent *event, const jsPubAck *ack,
                  const char *subject, struct vb_output_answer *answer)
{
    if (event->of_round && (nats->first == 0 || ack->Sequence < nats->first))
        nats->first = ack->Sequence;
    return event->takes_back && nats->erase ? take_back(nats, js, ack->Stream, subject, answer)
                                            : VB_OUTPUT_DELIVERED;
}

static int publish(struct nats *nats, jsCtx *js, const struct cloudevent *event,
                   const char *subject, struct vb_output_answer *answer)
{
    jsPubAck *ack = NULL;
    jsErrCode code = 0;
    jsPubOptions how;
    jsPubOptions_Init(&how);
    how.MaxWait = left_ms(nats);
    how.MsgId = event->id;
    how.ExpectStream = nats->stream;
    if ((int64_t)event->len + HEADERS_MAX > link_max_payload(nats->link))
        return refused(nats, NATS_MAX_PAYLOAD, 0, "", answer);
    natsStatus s = js_Publish(&ack, js, subject, event->body, (int)event->len, &how, &code);
    /* Whoever listens on the subject may answer; it is the server that looks at ExpectStream. */
    if (s == NATS_OK && nats->stream != NULL && strcmp(ack->Stream, nats->stream) != 0) {
        s = NATS_ERR;
        code = JSStreamNotMatchErr;
    }
    int outcome = s == NATS_OK ? stored(nats, js, event, ack, subject, answer)
                               : refused(nats, s, code, "publishing", answer);
    jsPubAck_Destroy(ack);
    return outcome;
}

static int send_event(void *ctx, const struct cloudevent *event, struct vb_output_answer *answer)
{
    struct nats *nats = ctx;
    char subject[512];
    int outcome;
    if (event->subject == NULL || !is_subject(event->subject, false)) {
        snprintf(answer->reason, sizeof answer->reason,
                 "its round or instrument has a name that no subject may have");
        return VB_OUTPUT_REJECTED;
    }
    snprintf(subject, sizeof subject, "%s.%s.%s", nats->subject,
             event->of_round ? "round" : "instrument", event->subject);
    jsCtx *js = connected(nats, &outcome, answer);
    return js == NULL ? outcome : publish(nats, js, event, subject, answer);
}

/* A tenth of what the engine gives, at most a second, is kept for the way back. */
static int nats_output_deliver(void *self, const struct vb_output_delivery *delivery,
                               struct vb_output_answer *answer)
{
    struct nats *nats = self;
    int64_t tenth_ms = delivery->deadline_ms / 10;
    nats->end_ms = now_ms() + delivery->deadline_ms - (tenth_ms < 1000 ? tenth_ms : 1000);
    nats->first = 0;
    return cloudevents_send(nats->events, delivery, send_event, nats, answer);
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output nats = {
        .size = sizeof nats,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "nats",
        .summary = "each result as an event, in a stream of NATS JetStream",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = nats_output_open,
        .deliver = nats_output_deliver,
        .close = nats_output_close,
    };
    return &nats;
}
