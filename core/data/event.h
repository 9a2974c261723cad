/* event.h - what is written in a session's log.
 *
 * The state of a session is the fold of its events in order of seq (core/session/fold.h). An event
 * is one compact JSON object; the store seals it, seq and time stand beside it in clear. Members,
 * items and languages are written by id, so that a log can be read without its plan's indexes, and
 * nobody by name: labels lie in the person's row alone.
 *
 *      an answer                  body
 *      an answer about a member   part "about" that member; the body is empty
 *      opened                     body, and a part for each earlier session and member whose values
 *                                 it was given
 *      shared                     body, and a part for each member about whom answers left the path
 *
 * A part falls with its author, and with each of those it is about. */
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
    VB_EVENT_BACK,     /* item, member: this last step leaves the path, its value stays as offered;
                          item -1: not said which */
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
    VB_EVENT_EARLIER,  /* on: what this person shared with an earlier worker may be shown to the one
                          of this round, or no longer; after the yes, any number of times */
    VB_EVENT_COUNT,
    VB_EVENT_ERASED = VB_EVENT_COUNT, /* read only: nothing of it can be read again */
};

struct vb_member {      /* one in the roster, in order of joining */
    const char *person; /* id */
    const char *role;
    const char *label; /* not written; whoever reads the log fills it in. NULL: none */
    const char *form;  /* NULL: none */
    bool gone;         /* left: keeps its place, its answers leave the path as withdrawn */
};
struct vb_earlier {                   /* an earlier wave's value of the same person */
    const char *wave, *item, *member; /* member: person id or NULL */
    struct vb_value value;
    const char *session; /* where it was said; NULL: an old log does not say */
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
    const char *person, *role;
    const char *label; /* not written, as in a member; NULL: none */
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
    const char *client, *professional; /* person ids: whose names fill the texts; NULL: nobody's */
    const char *client_name, *professional_name; /* not written; NULL: the role's word is used */
};
struct vb_left { /* an answer that was given and is not on the path */
    int item, member;
};
enum vb_word { VB_WORD_NONE, VB_WORD_YES, VB_WORD_NO }; /* of somebody who may say either, or not */
struct vb_sharing {
    bool one_sided;       /* "also if the other fills in nothing?" */
    enum vb_word earlier; /* "may the worker of now see what you shared with the one before?" */
    int64_t earlier_ms;   /* in a fold: when that was said, by the wall. Not written */
    const char *const *private_yes; /* scale ids whose private answers may go to the worker */
    int private_count;
    const char *const *purposes; /* dossier, research */
    int purpose_count;
    /* Of a flow about members: what this yes is not about, though the flow may come to it again
     * when a member is erased. Those about nobody first, then member by member. */
    const struct vb_left *left;
    int left_count;
};

enum { VB_ANSWER_ID_MAX = 16, VB_EVENT_BODY_MAX = 1048576 /* bytes */ };
struct vb_event {
    enum vb_event_type type;
    int64_t seq;     /* 1, 2, 3 ... in its session */
    int64_t wall_ms; /* shown, never ordered by */
    char answer_id[VB_ANSWER_ID_MAX +
                   1]; /* the runner's own; the same again is acknowledged again */
    int item;          /* ANSWERED, HELD, BACK: plan index, else -1 */
    int member;        /* roster index, -1: not per member */
    struct vb_value value;
    const char *method; /* ANSWERED: how it was given when that matters (pointer, keyboard, buttons;
                           image, file), NULL */
    bool changed, on;   /* on: HELD, EARLIER */
    const struct vb_opened *opened;   /* OPENED */
    const struct vb_sharing *sharing; /* SHARED */
    const struct vb_member *members;  /* ROSTER */
    int member_count;
    int agreement;                     /* FOLLOWED, and HELD without an item: number from 0 */
    enum vb_followed followed;         /* FOLLOWED: NONE is skipped */
    const struct vb_talk_record *talk; /* TALK */
};

/* The way a place on a line was given, if word is one: "pointer", "keyboard", "buttons"; else NULL.
 */
const char *vb_input_method(const char *word);

/* A piece of an event that falls with somebody beside the author: destroying either key ends it. */
struct vb_event_part {
    const char *about; /* person id; of earlier values the session they were said in, and behind a
                          blank the person, if any */
    const char *bytes; /* NULL when it was erased */
    size_t len;
};
enum { VB_EVENT_PART_COST = 44 }; /* bytes that sealing a part by itself takes */
/* An event as the store keeps it. Borrowed. */
struct vb_event_pieces {
    const char *answer_id; /* "" none */
    const char *body;      /* "" when all of it stands in a part */
    size_t body_len;
    const struct vb_event_part *parts;
    int part_count;
    bool erased; /* read only: all of it */
};
/* What its ids stand for. */
struct vb_event_ids {
    const struct vb_plan *plan; /* NULL: an event without items */
    const struct vb_member *members;
    int member_count;
    bool joint; /* the joint session: it is everybody's, and has no parts */
};

/* Where an event is written. Zero-initialise, use again for the next, finish frees. */
struct vb_event_page {
    struct vb_buf text;
    struct vb_arena names; /* of what parts are about */
    struct vb_event_part *parts;
    size_t part_cap;
};
/* The event's pieces (without seq and time), borrowed from page and event until the next encode.
 * Fields: docs/reference/log.md. */
struct vb_event_pieces vb_event_encode(struct vb_event_page *page, const struct vb_event_ids *ids,
                                       const struct vb_event *event);
void vb_event_page_finish(struct vb_event_page *page);

/* Reads an event back; strings are copied to arena. OPENED needs no plan and no members; with a
 * plan, earlier choices come back as its options, without one as their ids (TEXT). Erased earlier
 * values are left out; an event in an erased part is ERASED. VB_E_DATA says what does not fit
 * (unknown item, unknown member, broken JSON), never a value. seq, time: 0. */
enum vb_code vb_event_decode(struct vb_event *out, struct vb_arena *arena,
                             const struct vb_event_ids *ids, const struct vb_event_pieces *pieces,
                             struct vb_err *err);

/* The longest an event of this plan can be, in bytes of answer id (one of base/id.h), body and
 * parts, all of them packed (event_pack.h), when nobody's own words and no list of persons are in
 * it: any answer of a kind with fixed values, a reason for none, back, hold, share, stop. What is
 * padded to this looks like any other. */
size_t vb_event_room(const struct vb_plan *plan);

#endif
