/* compare.h - a result from the folds of those who took part. Pure: no store, no clock.
 *
 * Only what was shared gets in. What was held back, skipped, withdrawn or never shown has the same
 * value here, so that whoever reads the struct can tell no more than who reads the JSON; only in a
 * result for research it says why. */
#ifndef VB_COMPARE_H
#define VB_COMPARE_H

#include "data/result.h"
#include "session/fold.h"

struct vb_voice {
    const struct vb_fold *fold; /* NULL: named, never began */
    const char *person, *role, *label;
    int member; /* place in the roster, -1 */
};

/* Fills everything of result but its head (plan, round ... setting), which the caller has set and
 * which it reads. voices in the instrument's role order, the professional last (vb_voice_before
 * sorts so); roster: the longest of the folds'. together: NULL, or the joint session's fold. Arrays
 * hang in arena, texts in the folds. */
void vb_result_fill(struct vb_result *result, const struct vb_voice *voices, int count,
                    const struct vb_member *roster, int roster_count,
                    const struct vb_fold *together, struct vb_arena *arena);

/* Does a role come before another in a result: the instrument's order, professional last. */
bool vb_role_before(const struct vb_plan *plan, const char *a, const char *b);

/* dossier.c: takes out of a filled result what a dossier never gets: friction, open text, drawings,
 * what is private, what the talk gave. */
void vb_result_for_dossier(struct vb_result *result, struct vb_arena *arena);

/* For a purpose that needs each person's own yes: what was said about a member who is not among the
 * respondents goes, in answers, scores and comparisons. */
void vb_result_about_those_there(struct vb_result *result, struct vb_arena *arena);

/* -- its parts -- */

/* voice.c: what one voice shared; nothing when it did not. result: its head. */
void vb_voice_respondent(struct vb_respondent *out, const struct vb_result *result,
                         const struct vb_voice *voice, struct vb_arena *arena);
/* compare.c: every pair on POMP, and by item what to do with it. respondent_of[roster index]: who
 * that is among the respondents, -1. */
void vb_compare(struct vb_result *result, const int *respondent_of, struct vb_arena *arena);
/* card.c: of roles that are gathered, what was said without who said it; they are no respondents
 * any more. Nothing when the plan has no card. */
void vb_card_fill(struct vb_result *result, struct vb_arena *arena);
/* talk.c: the lists, from the comparisons. */
void vb_talk_fill(struct vb_result *result, const struct vb_fold *together, struct vb_arena *arena);
/* The one pair whose points are talked about: false in a family, in a group, or with fewer voices.
 */
bool vb_talk_pair(const struct vb_result *result, int *a, int *b);

#endif
