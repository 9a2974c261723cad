/* term_talk.h - what a talk gave, while it is being written down at the keyboard. Room term only.
 */
#ifndef VB_TERM_TALK_H
#define VB_TERM_TALK_H

#include "session/round.h"
#include "term/term_desk.h"

/* Strings hang in arena. Plain data; finished with the arena. */
struct vb_paper {
    struct vb_desk *desk;
    struct vb_arena *arena;
    const struct vb_participant *people; /* who takes part, without those who left */
    int people_count;
    const char *topic, *next; /* NULL: none */
    struct vb_agreement agreements[VB_AGREEMENTS_MAX];
    int agreement_count;
    struct vb_goal goals[VB_GOALS_MAX];
    int goal_count;
    bool changed;
};
/* The record as it is written down; borrows from paper. */
struct vb_talk_record vb_paper_record(const struct vb_paper *paper);
/* A participant's label or word; NULL: not one of them. */
const char *vb_paper_name(const struct vb_paper *paper, const char *person);

/* -- the questions (term_talk_ask.c); what is there is offered, Enter keeps it -- */
enum vb_code vb_paper_ask_topic(struct vb_paper *paper, struct vb_err *err);
enum vb_code vb_paper_ask_next(struct vb_paper *paper, struct vb_err *err);
/* at: an agreement, or the count for a new one. *left: nothing was said of a new one, or it was
 * taken away. */
enum vb_code vb_paper_ask_agreement(struct vb_paper *paper, int at, bool *left, struct vb_err *err);
enum vb_code vb_paper_ask_goal(struct vb_paper *paper, int at, bool *left, struct vb_err *err);

#endif
