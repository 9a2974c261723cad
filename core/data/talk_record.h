/* talk_record.h - what people wrote down after they talked: the client's topic, what was agreed,
 * whose goals, the next date. Plain data; strings belong to whoever hands it out. Pure; any thread.
 */
#ifndef VB_TALK_RECORD_H
#define VB_TALK_RECORD_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

/* How an agreement of last time went. */
enum vb_followed { VB_FOLLOWED_NONE, VB_FOLLOWED_DONE, VB_FOLLOWED_PARTLY, VB_FOLLOWED_NOT_YET };
const char *vb_followed_name(enum vb_followed followed); /* "done", "partly", "not_yet", "none" */
bool vb_followed_parse(const char *name, enum vb_followed *out); /* the four of them */

struct vb_agreement {
    const char *who, *what, *when; /* own words; when: a date or own words, NULL: not said */
};
struct vb_goal {
    const char *text;  /* own words */
    const char *whose; /* person id, or "together"; NULL in a result: somebody who left */
    bool long_term;
    const char *by;         /* "YYYY-MM-DD", NULL: not said */
    const char *const *yes; /* person ids that said yes; the others: not yet */
    int yes_count;
};
struct vb_talk_record {
    const char *topic; /* the client's, NULL: none */
    const struct vb_agreement *agreements;
    int agreement_count;
    const struct vb_goal *goals;
    int goal_count;
    const char *next; /* date of the next talk, NULL: not set */
};
enum { VB_AGREEMENTS_MAX = 12, VB_GOALS_MAX = 12, VB_TALK_TEXT_MAX = 500 /* characters */ };

struct vb_last_voice { /* what one voice said of each agreement of last time */
    const char *person;
    int respondent;               /* in the result */
    const enum vb_followed *done; /* NONE: not filled in */
};
struct vb_talk_last {  /* what was agreed last time, and what was done with it */
    const char *round; /* that one's id */
    const struct vb_agreement *agreements;
    int agreement_count;
    const struct vb_last_voice *voices;
    int voice_count;
};

const struct vb_talk_record *vb_talk_record_copy(struct vb_arena *arena,
                                                 const struct vb_talk_record *record);
bool vb_goal_has_yes(const struct vb_goal *goal, const char *person);

/* Appends the JSON of docs/reference/talk.schema.json. everybody: the ids whose yes or not yet is
 * written; NULL: only who said yes. */
void vb_talk_record_write(struct vb_buf *out, const struct vb_talk_record *record,
                          const char *const *everybody, int count);
/* Its two lists, as the result has them. */
void vb_agreements_write(struct vb_buf *out, const struct vb_agreement *agreements, int count);
void vb_goals_write(struct vb_buf *out, const struct vb_goal *goals, int goal_count,
                    const char *const *everybody, int count);

void vb_talk_last_write(struct vb_buf *out, const struct vb_talk_last *last);

/* Reads it back; strings go to arena. Only its shape is looked at, and how many there are: texts,
 * dates and persons are the round's to check. VB_E_DATA begins with the field: "goals[1].by: ...",
 * also for one that nobody knows. */
enum vb_code vb_talk_record_read(struct vb_talk_record *out, struct vb_arena *arena,
                                 const cJSON *json, struct vb_err *err);

#endif
