/* cloudevent.h - a delivery as events: CloudEvents 1.0, JSON format, structured mode.
 *
 * One envelope for every output that sends over a network (docs/reference/events.md). A delivery is
 * one event with the result in it, byte for byte as it came: what prints JSON anew may change the
 * digits of a number. Before it go, when asked for, the instrument and the files that the result
 * names, each as an event of its own: whoever has the result has all that belongs to it.
 *
 * One thread. Compiled into the plugins that use it. */
#ifndef CLOUDEVENT_H
#define CLOUDEVENT_H

#include <stdbool.h>
#include <stddef.h>

#include <verbond/output.h>

/* Without a charset: JSON has none, and libraries compare the word whole. */
#define CLOUDEVENT_MEDIA_TYPE "application/cloudevents+json"

/* The options that go with it, for the table of a plugin. */
/* clang-format off */
#define CLOUDEVENT_OPTIONS                                                                         \
    { .name = "source",                                                                            \
      .type = VB_OUTPUT_TEXT,                                                                      \
      .default_value = "/verbond",                                                                 \
      .example = "https://example.org/verbond",                                                    \
      .help = "who sends: the source of each event, a URI reference" },                            \
    { .name = "instrument",                                                                        \
      .type = VB_OUTPUT_BOOL,                                                                      \
      .default_value = "false",                                                                    \
      .example = "true",                                                                           \
      .help = "true: an instrument goes before the first result of it, as an event of its own" },  \
    { .name = "files",                                                                             \
      .type = VB_OUTPUT_BOOL,                                                                      \
      .default_value = "false",                                                                    \
      .example = "true",                                                                           \
      .help = "true: the sheet and the pictures go before their result, each as an event" }
/* clang-format on */

struct cloudevent {
    const char *id;      /* the parcel's name, or begins with it; of an instrument its digest */
    const char *subject; /* the round; of an instrument its id */
    bool of_round;       /* no instrument */
    bool takes_back; /* what came of this round before is to go (withdrawn, erased, corrected) */
    const char *body;
    size_t len;
};

struct cloudevents;
/* Reads the options. NULL: error (error_size bytes) says why. */
struct cloudevents *cloudevents_create(const struct vb_output_host *host, char *error,
                                       size_t error_size);
void cloudevents_destroy(struct cloudevents *events); /* NULL is fine */

/* Hands the events of a delivery to send, one after the other, and stops at the first outcome that
 * is not delivered. Gives back an outcome, and what send or this says in answer. An event is
 * borrowed for the length of the call. */
int cloudevents_send(struct cloudevents *events, const struct vb_output_delivery *delivery,
                     int (*send)(void *ctx, const struct cloudevent *event,
                                 struct vb_output_answer *answer),
                     void *ctx, struct vb_output_answer *answer);

#endif
