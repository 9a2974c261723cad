#include "cloudevent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"

/* What a file may have; the engine's own limit for the sheet. */
enum { FILE_MAX_BYTES = 16 * 1024 * 1024 };

struct cloudevents {
    char *source;
    bool instrument, files;
    /* -- instruments that were sent: digests, in this process's life -- */
    char **told;
    size_t told_count;
};

typedef int (*sender)(void *ctx, const struct cloudevent *event, struct vb_output_answer *answer);

/* One delivery on its way. */
struct series {
    struct cloudevents *events;
    const struct vb_output_delivery *delivery;
    const cJSON *result;
    const char *round;
    bool takes_back;
    sender send;
    void *ctx;
    struct vb_output_answer *answer;
};

static int answer_with(struct vb_output_answer *answer, int outcome, const char *reason)
{
    snprintf(answer->reason, sizeof answer->reason, "%s", reason);
    return outcome;
}

/* -- writing ---------------------------------------------------------------------------------- */

static void put_text(FILE *out, const char *text)
{
    putc('"', out);
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(out, "\\%c", *at);
        else if (*at < ' ')
            fprintf(out, "\\u%04x", *at);
        else
            putc(*at, out);
    }
    putc('"', out);
}

static void put_attribute(FILE *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    fprintf(out, ",\"%s\":", name);
    put_text(out, text);
}

static void put_base64(FILE *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < len; at += 3) {
        size_t left = len - at;
        unsigned three = (unsigned)bytes[at] << 16 | (left > 1 ? (unsigned)bytes[at + 1] << 8 : 0) |
                         (left > 2 ? bytes[at + 2] : 0);
        putc(digits[three >> 18], out);
        putc(digits[three >> 12 & 63], out);
        putc(left > 1 ? digits[three >> 6 & 63] : '=', out);
        putc(left > 2 ? digits[three & 63] : '=', out);
    }
}

static void put_head(FILE *out, const struct cloudevents *events, const char *id, const char *type)
{
    fputs("{\"specversion\":\"1.0\"", out);
    put_attribute(out, "id", id);
    put_attribute(out, "source", events->source);
    put_attribute(out, "type", type);
}

/* 2026-11-22T09:30:00Z, maybe with parts of a second or an offset. What is no such time is left
 * out: an event without one is an event, one with a wrong one is refused as a whole. */
static bool is_time(const char *text)
{
    static const char shape[] = "0000-00-00T00:00:00";
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    const char *rest = text + sizeof shape - 1;
    if (*rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        if (digits == 0)
            return false;
        rest += 1 + digits;
    }
    if (strcmp(rest, "Z") == 0)
        return true;
    return strlen(rest) == 6 && (*rest == '+' || *rest == '-') && rest[3] == ':' &&
           strspn(rest + 1, "0123456789:") == 5;
}

/* What the event of a result and those of its files have in common. */
static void put_round(FILE *out, const struct series *series)
{
    const cJSON *revision = result_of(series->result, "revision");
    const char *time = result_text(series->result, "released_at");
    put_attribute(out, "subject", series->round);
    if (time != NULL && is_time(time))
        put_attribute(out, "time", time);
    if (cJSON_IsNumber(revision))
        fprintf(out, ",\"revision\":%d", revision->valueint);
    put_attribute(out, "reason", result_text(series->result, "reason"));
    put_attribute(out, "content", result_text(series->result, "content"));
}

/* Ids go into headers and are signed with dots between, so they hold neither dots nor controls. */
static bool is_id(const char *text)
{
    return *text != '\0' &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "-_/:")] == '\0';
}

/* -- sending one ------------------------------------------------------------------------------ */

/* Sends what was written to out, which is closed; *body is its memory, and freed. */
static int send_written(const struct series *series, FILE *out, char **body, const size_t *len,
                        struct cloudevent event)
{
    bool whole = ferror(out) == 0;
    int outcome;
    if (fclose(out) != 0 || !whole) {
        outcome = answer_with(series->answer, VB_OUTPUT_RETRY, "no memory");
    } else {
        event.body = *body;
        event.len = *len;
        outcome = is_id(event.id) ? series->send(series->ctx, &event, series->answer)
                                  : answer_with(series->answer, VB_OUTPUT_REJECTED,
                                                "its name has a character that an id may not have");
    }
    free(*body);
    return outcome;
}

static int send_result(const struct series *series)
{
    const struct vb_output_delivery *delivery = series->delivery;
    char *body = NULL;
    size_t len;
    FILE *out = open_memstream(&body, &len);
    if (out == NULL)
        return answer_with(series->answer, VB_OUTPUT_RETRY, "no memory");
    put_head(out, series->events, delivery->parcel, "nl.verbond.result.v1");
    put_round(out, series);
    put_attribute(out, "datacontenttype", "application/json");
    put_attribute(out, "dataschema", "urn:verbond:result:1");
    fputs(",\"data\":", out);
    fwrite(delivery->result_json, 1, delivery->result_len, out);
    putc('}', out);
    return send_written(series, out, &body, &len,
                        (struct cloudevent){ .id = delivery->parcel,
                                             .subject = series->round,
                                             .of_round = true,
                                             .takes_back = series->takes_back });
}

/* -- files ------------------------------------------------------------------------------------ */

static int read_file(const struct vb_output_blob *blob, unsigned char **bytes, size_t *len,
                     struct vb_output_answer *answer)
{
    FILE *in = fopen(blob->file, "rbe");
    *bytes = in == NULL ? NULL : malloc(FILE_MAX_BYTES + 1);
    *len = *bytes == NULL ? 0 : fread(*bytes, 1, FILE_MAX_BYTES + 1, in);
    bool read = *bytes != NULL && ferror(in) == 0;
    if (in != NULL)
        fclose(in);
    if (!read)
        return answer_with(answer, VB_OUTPUT_RETRY, "a file of it cannot be read");
    if (*len > FILE_MAX_BYTES)
        return answer_with(answer, VB_OUTPUT_REJECTED, "a file of it has more than 16 MiB");
    return VB_OUTPUT_DELIVERED;
}

/* PARCEL/sha256:..., PARCEL/sheet-html. NULL: no memory. */
static char *file_id(const char *parcel, const char *digest)
{
    char *id = malloc(strlen(parcel) + strlen(digest) + 2);
    if (id == NULL)
        return NULL;
    sprintf(id, "%s/%s", parcel, digest);
    for (char *dot = id + strlen(parcel); (dot = strchr(dot, '.')) != NULL;)
        *dot = '-';
    return id;
}

static int send_bytes(const struct series *series, const struct vb_output_blob *blob,
                      const char *id, const unsigned char *bytes, size_t size)
{
    char *body = NULL;
    size_t len;
    FILE *out = open_memstream(&body, &len);
    if (out == NULL)
        return answer_with(series->answer, VB_OUTPUT_RETRY, "no memory");
    put_head(out, series->events, id, "nl.verbond.file.v1");
    put_round(out, series);
    put_attribute(out, "file", blob->digest);
    put_attribute(out, "datacontenttype", blob->type);
    fputs(",\"data_base64\":\"", out);
    put_base64(out, bytes, size);
    fputs("\"}", out);
    return send_written(
        series, out, &body, &len,
        (struct cloudevent){ .id = id, .subject = series->round, .of_round = true });
}

static int send_file(const struct series *series, const struct vb_output_blob *blob)
{
    unsigned char *bytes = NULL;
    size_t size;
    char *id = file_id(series->delivery->parcel, blob->digest);
    int outcome = id == NULL ? answer_with(series->answer, VB_OUTPUT_RETRY, "no memory")
                             : read_file(blob, &bytes, &size, series->answer);
    if (outcome == VB_OUTPUT_DELIVERED)
        outcome = send_bytes(series, blob, id, bytes, size);
    free(bytes);
    free(id);
    return outcome;
}

static int send_files(const struct series *series)
{
    const struct vb_output_delivery *delivery = series->delivery;
    int outcome = VB_OUTPUT_DELIVERED;
    for (size_t i = 0; outcome == VB_OUTPUT_DELIVERED && i < delivery->blob_count; i++)
        outcome = send_file(
            series, (const void *)((const char *)delivery->blobs + i * delivery->blob_size));
    return outcome;
}

/* -- the instrument, once --------------------------------------------------------------------- */

static bool was_told(const struct cloudevents *events, const char *digest)
{
    for (size_t i = 0; i < events->told_count; i++)
        if (strcmp(events->told[i], digest) == 0)
            return true;
    return false;
}

static bool note_told(struct cloudevents *events, const char *digest)
{
    char *copy = strdup(digest);
    char **more = realloc(events->told, (events->told_count + 1) * sizeof *more);
    if (more != NULL)
        events->told = more;
    if (copy == NULL || more == NULL) {
        free(copy);
        return false;
    }
    events->told[events->told_count++] = copy;
    return true;
}

static int send_document(const struct series *series, const char *digest, const char *name)
{
    const struct vb_output_delivery *delivery = series->delivery;
    char *body = NULL;
    size_t len;
    FILE *out = open_memstream(&body, &len);
    if (out == NULL)
        return answer_with(series->answer, VB_OUTPUT_RETRY, "no memory");
    put_head(out, series->events, digest, "nl.verbond.instrument.v1");
    put_attribute(out, "subject", name);
    put_attribute(out, "datacontenttype", "application/json");
    put_attribute(out, "dataschema", "urn:verbond:instrument:1");
    fputs(",\"data\":", out);
    fwrite(delivery->instrument_json, 1, delivery->instrument_len, out);
    putc('}', out);
    return send_written(series, out, &body, &len,
                        (struct cloudevent){ .id = digest, .subject = name });
}

static int send_instrument(const struct series *series)
{
    cJSON *instrument =
        cJSON_ParseWithLength(series->delivery->instrument_json, series->delivery->instrument_len);
    const char *digest = result_text(instrument, "digest");
    int outcome = VB_OUTPUT_DELIVERED;
    if (digest == NULL)
        outcome = answer_with(series->answer, VB_OUTPUT_REJECTED, "its instrument names no digest");
    else if (!was_told(series->events, digest))
        outcome = send_document(series, digest, result_text(instrument, "id"));
    if (outcome == VB_OUTPUT_DELIVERED && !was_told(series->events, digest) &&
        !note_told(series->events, digest))
        outcome = answer_with(series->answer, VB_OUTPUT_RETRY, "no memory");
    cJSON_Delete(instrument);
    return outcome;
}

/* -- a delivery ------------------------------------------------------------------------------- */

int cloudevents_send(struct cloudevents *events, const struct vb_output_delivery *delivery,
                     sender send, void *ctx, struct vb_output_answer *answer)
{
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    struct series series = {
        .events = events,
        .delivery = delivery,
        .result = result,
        .round = result_text(result, "round"),
        .takes_back = result_takes_back(result),
        .send = send,
        .ctx = ctx,
        .answer = answer,
    };
    int outcome = VB_OUTPUT_DELIVERED;
    if (series.round == NULL)
        outcome = answer_with(answer, VB_OUTPUT_REJECTED, "the result names no round");
    if (outcome == VB_OUTPUT_DELIVERED && events->instrument)
        outcome = send_instrument(&series);
    if (outcome == VB_OUTPUT_DELIVERED && events->files)
        outcome = send_files(&series);
    if (outcome == VB_OUTPUT_DELIVERED)
        outcome = send_result(&series);
    cJSON_Delete(result);
    return outcome;
}

/* -- options ---------------------------------------------------------------------------------- */

/* The characters of RFC 3986; what a parser makes of them is the receiver's. */
static bool is_uri_reference(const char *text)
{
    return *text != '\0' &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "-._~:/?#[]@!$&'()*+,;=%")] == '\0';
}

static bool is_true(const struct vb_output_host *host, const char *name)
{
    const char *value = host->option(host, name);
    return value != NULL && strcmp(value, "true") == 0;
}

struct cloudevents *cloudevents_create(const struct vb_output_host *host, char *error,
                                       size_t error_size)
{
    const char *source = host->option(host, "source");
    if (source == NULL || !is_uri_reference(source)) {
        snprintf(error, error_size,
                 "option source is no URI reference, such as https://example.org/verbond");
        return NULL;
    }
    struct cloudevents *events = calloc(1, sizeof *events);
    char *copy = strdup(source);
    if (events == NULL || copy == NULL) {
        snprintf(error, error_size, "no memory");
        free(events);
        free(copy);
        return NULL;
    }
    events->source = copy;
    events->instrument = is_true(host, "instrument");
    events->files = is_true(host, "files");
    return events;
}

void cloudevents_destroy(struct cloudevents *events)
{
    if (events == NULL)
        return;
    for (size_t i = 0; i < events->told_count; i++)
        free(events->told[i]);
    free(events->told);
    free(events->source);
    free(events);
}
