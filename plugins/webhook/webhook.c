/* webhook.c - an output that posts each result as a signed event to a URL (README.md).
 *
 * The events are those of shared/cloudevent.h, the signatures those of sign.h; what the receiver's
 * status means is decided here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>
#include <verbond/output.h>

#include "cloudevent.h"
#include "post.h"
#include "sign.h"

static const struct vb_output_option options[] = {
    { .name = "url",
      .type = VB_OUTPUT_URL,
      .required = 1,
      .example = "https://example.org/verbond",
      .check = "http://127.0.0.1:8080/verbond",
      .help = "where to: https, or http inside one's own network (allow-private)" },
    { .name = "secret-file",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "webhook.secret",
      .help = "what signs, one secret a line; made with a random one where there is none" },
    { .name = "ca-file",
      .type = VB_OUTPUT_PATH,
      .example = "ca.pem",
      .help = "whose certificates are trusted (PEM), in the place of those the system trusts" },
    { .name = "allow-private",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "true",
      .check = "true",
      .help = "true: the receiver may be on this machine or inside a network" },
    { .name = "timeout",
      .type = VB_OUTPUT_INT,
      .default_value = "20",
      .example = "10",
      .help = "seconds for a whole delivery, 1 to 600; never longer than the engine waits" },
    CLOUDEVENT_OPTIONS,
};

struct webhook {
    struct cloudevents *events;
    struct secrets *secrets;
    struct poster *poster;
    int64_t timeout_ms;
    int64_t end_ms; /* of the delivery on its way */
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* -- open ------------------------------------------------------------------------------------- */

static void webhook_close(void *self)
{
    struct webhook *webhook = self;
    poster_destroy(webhook->poster);
    secrets_close(webhook->secrets);
    cloudevents_destroy(webhook->events);
    free(webhook);
    curl_global_cleanup();
}

static bool set_timeout(struct webhook *webhook, const char *seconds, char *error,
                        size_t error_size)
{
    long long given = strtoll(seconds, NULL, 10);
    webhook->timeout_ms = given * 1000;
    if (given >= 1 && given <= 600)
        return true;
    snprintf(error, error_size, "option timeout is 1 to 600 seconds");
    return false;
}

static bool set_up(struct webhook *webhook, const struct vb_output_host *host, char *error,
                   size_t error_size)
{
    const char *private = host->option(host, "allow-private");
    const char *secret_file = host->option(host, "secret-file");
    const struct poster_setup setup = {
        .url = host->option(host, "url"),
        .ca_file = host->option(host, "ca-file"),
        .allow_private = private != NULL && strcmp(private, "true") == 0,
    };
    bool made = false;
    if (!set_timeout(webhook, host->option(host, "timeout"), error, error_size))
        return false;
    webhook->events = cloudevents_create(host, error, error_size);
    if (webhook->events != NULL)
        webhook->poster = poster_create(&setup, error, error_size);
    if (webhook->poster != NULL)
        webhook->secrets = secrets_open(secret_file, &made, error, error_size);
    if (made && webhook->secrets != NULL) {
        char line[1024];
        snprintf(line, sizeof line,
                 "made %.900s with a new secret; the receiver wants it to check what comes",
                 secret_file);
        host->log(host, VB_OUTPUT_WARN, line);
    }
    return webhook->secrets != NULL;
}

static void *webhook_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct webhook *webhook = calloc(1, sizeof *webhook);
    if (webhook == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        snprintf(error, error_size, "no memory");
        free(webhook);
        return NULL;
    }
    if (set_up(webhook, host, error, error_size))
        return webhook;
    webhook_close(webhook);
    return NULL;
}

/* -- deliver ---------------------------------------------------------------------------------- */

static const char *redirected(long status)
{
    return status / 100 == 3 ? " (redirects are not followed: url must be the place itself)" : "";
}

/* What a status means for this event, now and later. */
static int outcome_of(const struct post_answer *said, struct vb_output_answer *answer)
{
    if (said->status / 100 == 2)
        return VB_OUTPUT_DELIVERED;
    if (said->status == 0)
        snprintf(answer->reason, sizeof answer->reason, "%s", said->trouble);
    else
        snprintf(answer->reason, sizeof answer->reason, "the receiver answered %ld%s", said->status,
                 redirected(said->status));
    if (said->status == 0 || said->status == 408 || said->status == 425 || said->status == 429 ||
        said->status >= 500) {
        answer->after_ms = said->retry_after_ms;
        return VB_OUTPUT_RETRY;
    }
    return VB_OUTPUT_REJECTED;
}

static int post_event(void *ctx, const struct cloudevent *event, struct vb_output_answer *answer)
{
    struct webhook *webhook = ctx;
    struct post_answer said;
    char seconds[32];
    time_t when = time(NULL);
    int64_t left_ms = webhook->end_ms - now_ms();
    char *signature = secrets_sign(webhook->secrets, event->id, when, event->body, event->len);
    if (signature == NULL) {
        snprintf(answer->reason, sizeof answer->reason, "no memory");
        return VB_OUTPUT_RETRY;
    }
    snprintf(seconds, sizeof seconds, "%lld", (long long)when);
    const struct post_header headers[] = {
        { "Content-Type", CLOUDEVENT_MEDIA_TYPE },
        { "webhook-id", event->id },
        { "webhook-timestamp", seconds },
        { "webhook-signature", signature },
    };
    poster_post(webhook->poster, headers, sizeof headers / sizeof *headers, event->body, event->len,
                left_ms, &said);
    free(signature);
    return outcome_of(&said, answer);
}

/* A tenth of what the engine gives, at most a second, is kept for the way back: better an answer
 * that names the reason than to be ended. */
static int64_t patience_ms(const struct webhook *webhook, int64_t deadline_ms)
{
    int64_t margin_ms = deadline_ms / 10 < 1000 ? deadline_ms / 10 : 1000;
    int64_t most_ms = deadline_ms - margin_ms;
    return webhook->timeout_ms < most_ms ? webhook->timeout_ms : most_ms;
}

static int webhook_deliver(void *self, const struct vb_output_delivery *delivery,
                           struct vb_output_answer *answer)
{
    struct webhook *webhook = self;
    webhook->end_ms = now_ms() + patience_ms(webhook, delivery->deadline_ms);
    return cloudevents_send(webhook->events, delivery, post_event, webhook, answer);
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output webhook = {
        .size = sizeof webhook,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "webhook",
        .summary = "each result as a signed event, posted to a URL",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = webhook_open,
        .deliver = webhook_deliver,
        .close = webhook_close,
    };
    return &webhook;
}
