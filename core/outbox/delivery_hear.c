/* delivery_hear.c - what an output says: that it is ready, its log, its answers. */
#include "outbox/delivery_inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "loop/process.h"
#include "loop/timer.h"
#include "outbox/protocol_names.h"

static void on_log_line(struct vb_delivery *delivery, const struct vb_plugin_line *line)
{
    static const enum vb_log_level levels[] = { VB_LOG_DEBUG, VB_LOG_INFO, VB_LOG_WARNING,
                                                VB_LOG_ERROR };
    int level = 0;
    while (!vb_streq(vb_wire_levels[level], line->level))
        level++;
    if (levels[level] == VB_LOG_ERROR)
        snprintf(delivery->complaint, sizeof delivery->complaint, "%s", line->text);
    vb_delivery_log(delivery, levels[level], "says", line->text, strlen(line->text));
}

static void set_free(struct vb_delivery *delivery)
{
    delivery->state = VB_DELIVERY_FREE;
    if (!delivery->shutting)
        vb_timer_stop(delivery->patience);
}

/* The arena of one line goes; what ready said is kept. */
static void keep_ready(struct vb_delivery *delivery, const struct vb_plugin_line *line)
{
    struct vb_arena *arena = &delivery->arena;
    struct vb_wire_option *options =
        vb_arena_alloc(arena, (line->option_count + 1) * sizeof *options);
    for (size_t i = 0; i < line->option_count; i++) {
        const struct vb_wire_option *from = &line->options[i];
        options[i] = (struct vb_wire_option){
            .name = vb_arena_strdup(arena, from->name),
            .type = from->type, /* one of the protocol's own words */
            .default_value = vb_arena_strdup(arena, from->default_value),
            .example = vb_arena_strdup(arena, from->example),
            .check = vb_arena_strdup(arena, from->check),
            .help = vb_arena_strdup(arena, from->help),
            .choices = vb_arena_strdup(arena, from->choices),
            .required = from->required,
        };
    }
    delivery->ready = *line;
    delivery->ready.options = options;
    delivery->is_ready = true;
}

static void on_ready(struct vb_delivery *delivery, const struct vb_plugin_line *line)
{
    if (delivery->is_ready) {
        vb_delivery_end(delivery, "it said ready twice");
        return;
    }
    if (line->major != VB_PROTOCOL_MAJOR || line->minor > VB_PROTOCOL_MINOR) {
        vb_delivery_end(delivery, "it speaks protocol %d.%d, and this verbond speaks %d.%d",
                        line->major, line->minor, VB_PROTOCOL_MAJOR, VB_PROTOCOL_MINOR);
        return;
    }
    keep_ready(delivery, line);
    if (delivery->shutting)
        return;
    set_free(delivery);
    if (delivery->options.options == NULL) { /* the end of its input: most programs wait for it */
        vb_process_finish_input(delivery->process);
        vb_timer_start(delivery->patience, delivery->options.ready_ms);
    }
    delivery->options.changed(delivery->options.ctx, VB_DELIVERY_FREE, "");
}

static void on_answer(struct vb_delivery *delivery, const struct vb_plugin_line *line)
{
    static const enum vb_answer_kind kinds[] = {
        [VB_SAYS_DELIVERED] = VB_ANSWER_DELIVERED,
        [VB_SAYS_RETRY] = VB_ANSWER_RETRY,
        [VB_SAYS_REJECTED] = VB_ANSWER_REJECTED,
    };
    if (delivery->parcel == NULL || !vb_streq(line->parcel, delivery->parcel)) {
        bool twice = vb_streq(line->parcel, delivery->before);
        vb_delivery_end(delivery, "it answered %s%s",
                        twice ? "twice for " : "for a parcel that it did not have",
                        twice ? delivery->before : "");
        return;
    }
    free(delivery->before);
    delivery->before = delivery->parcel;
    delivery->parcel = NULL;
    set_free(delivery);
    delivery->options.answered(delivery->options.ctx, kinds[line->says], line->after_ms,
                               line->reason);
    if (delivery->state == VB_DELIVERY_FREE && !delivery->shutting)
        delivery->options.changed(delivery->options.ctx, VB_DELIVERY_FREE, "");
}

void vb_delivery_hear(struct vb_delivery *delivery, const char *text, size_t len)
{
    struct vb_plugin_line line;
    struct vb_arena arena = { 0 };
    struct vb_err err;
    if (delivery->state == VB_DELIVERY_BROKEN)
        return; /* it is being ended: what it says now came too late */
    if (len > VB_PROTOCOL_LINE_MAX)
        vb_delivery_end(delivery, "it wrote a line of more than %d bytes", VB_PROTOCOL_LINE_MAX);
    else if (vb_protocol_read_plugin(&line, &arena, text, len, &err) != VB_OK)
        vb_delivery_end(
            delivery, "it wrote a line that is not of the protocol: %s",
            vb_protocol_line(&arena, err.text, strlen(err.text), VB_PROTOCOL_REASON_MAX));
    else if (line.says == VB_SAYS_LOG)
        on_log_line(delivery, &line);
    else if (line.says == VB_SAYS_READY)
        on_ready(delivery, &line);
    else if (!delivery->is_ready)
        vb_delivery_end(delivery, "it answered before it was ready");
    else
        on_answer(delivery, &line);
    vb_arena_finish(&arena);
}
