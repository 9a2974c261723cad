/* event.h - what is written in a session's log.
 *
 * The state of a session is the fold of its events in order of seq (core/session/fold.h). Encoded
 * as one compact JSON object; the store keeps the bytes (and will seal them), seq and time stand
 * beside them in clear. Members, items and languages are written by id, so that a log can be read
 * without its plan's indexes. */
#ifndef VB_EVENT_H
#define VB_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "data/answer.h"
#include "data/instrument.h"
#include "data/talk_record.h"

enum vb_event_type {
    VB_EVENT_OPENED,   /* seq 1: everything a flow may read */
    VB_EVENT_ANSWERED, /* item, member, value; changed: given at the overview, not at the cursor */
    VB_EVENT_BACK,     /* the last step leaves the path, its value stays as offered */
    VB_EVENT_HELD,     /* item, member, on: held back at the overview, or let go again; item -1:
                          what was said of an agreement */
    VB_EVENT_SHARED,   /* "may this be on the table?" yes: sharing */
    VB_EVENT_STOPPED,  /* the person stopped, or said no; in a correction: nothing is changed */
    VB_EVENT_WITHDRAWN,
    VB_EVENT_ROSTER,   /* members: the roster as it is from now on */
    VB_EVENT_FOLLOWED, /* before the items: what was done with agreement number `agreement` of last
                          time; changed: said anew at the overview */
    VB_EVENT_REOPENED, /* shared, and now corrected: back at the overview; what was shared stands
                          until it is shared again */
    VB_EVENT_TALK,     /* talk: what the talk gave, all of it anew; joint session only */
    VB_EVENT_COUNT,
};

struct vb_member {      /* one in the roster, in order of joining */
    const char *person; /* id */
    const char *role, *label;
    const char *form; /* NULL: none */
    bool gone;        /* left: keeps its place, its answers leave the path as withdrawn */
};
struct vb_earlier {                   /* an earlier wave's value of the same person */
    const char *wave, *item, *member; /* member: person id or NULL */
    struct vb_value value;
};
/* Last time's agreements, by where they lie: they are read from that round's joint session, so that
 * erasing a person ends them everywhere. */
struct vb_last {
    const char *round; /* id, NULL: there were none */
    int revision;
    int agreement_count;
};

struct vb_opened {
    const char *digest;
    int api;
    const char *person, *role, *label;                        /* label may be NULL */
    const char *language, *format, *form, *variant, *setting; /* form, variant, setting: or NULL */
    const char *mode;    /* self, aloud, helper, interpreter, phone, paper */
    const char *helper;  /* who helps, reads or interprets: a role, "other", or NULL: not said */
    const char *opening; /* version of the opening screen that is shown */
    const char *const *with; /* included instruments turned on */
    int with_count;
    const struct vb_member *members;
    int member_count;
    const struct vb_earlier *earlier;
    int earlier_count;
    struct vb_last last;
    /* names for slots, as the professional gave them; NULL: role words */
    const char *client_name, *professional_name;
};
struct vb_sharing {
    bool one_sided;                 /* "also if the other fills in nothing?" */
    const char *const *private_yes; /* scale ids whose private answers may go to the worker */
    int private_count;
    const char *const *purposes; /* dossier, research */
    int purpose_count;
};

enum { VB_ANSWER_ID_MAX = 32, VB_EVENT_BODY_MAX = 1048576 /* bytes */ };
struct vb_event {
    enum vb_event_type type;
    int64_t seq;     /* 1, 2, 3 ... in its session */
    int64_t wall_ms; /* shown, never ordered by */
    char answer_id[VB_ANSWER_ID_MAX +
                   1]; /* the runner's own; the same again is acknowledged again */
    int item;          /* ANSWERED, HELD: plan index, else -1 */
    int member;        /* roster index, -1: not per member */
    struct vb_value value;
    const char
        *method; /* ANSWERED: how it was given when that matters (keyboard, image, file), NULL */
    bool changed, on;
    const struct vb_opened *opened;   /* OPENED */
    const struct vb_sharing *sharing; /* SHARED */
    const struct vb_member *members;  /* ROSTER */
    int member_count;
    int agreement;                     /* FOLLOWED, and HELD without an item: number from 0 */
    enum vb_followed followed;         /* FOLLOWED: NONE is skipped */
    const struct vb_talk_record *talk; /* TALK */
};

/* Appends the event's JSON body (without seq and time). plan and the current members give ids;
 * plan may be NULL for events without items. Fields: docs/reference/log.md. */
void vb_event_encode(struct vb_buf *out, const struct vb_plan *plan,
                     const struct vb_member *members, const struct vb_event *event);

/* Reads a body back; strings are copied to arena. OPENED needs no plan and no members; with
 * a plan, earlier choices come back as its options, without one as their ids (TEXT). VB_E_DATA says
 * what does not fit (unknown item, unknown member, broken JSON), never a value. seq, time: 0. */
enum vb_code vb_event_decode(struct vb_event *out, struct vb_arena *arena,
                             const struct vb_plan *plan, const struct vb_member *members,
                             int member_count, const char *body, size_t len, struct vb_err *err);

#endif
