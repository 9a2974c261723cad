/* sheet_export_words.h - the exported page's own phrases, in Dutch and English. Pure. */
#ifndef VB_SHEET_EXPORT_WORDS_H
#define VB_SHEET_EXPORT_WORDS_H

#include "data/export.h"

struct vb_export_words {
    const char *language; /* the page's own: "nl" or "en" */
    const char *title, *who, *made, *intro, *nothing;
    const char *simulated, *unreadable;
    const char *open, *released, *closed, *erased, *own_erased, *not_begun; /* a round's state */
    const char *own, *question, *answer, *other_answer, *became, *no_answers, *about, *begun, *mode;
    const char *states[VB_OWN_WITHDRAWN + 1];
    const char *missing[VB_MISSING_COUNT];
    const char *pictures, *kept_until, *picture_gone;
    const char *followed_title, *agreement, *followed[VB_FOLLOWED_NOT_YET + 1];
    const char *others, *nobody_else, *talk, *topic, *agreements, *goals, *next;
    const char *looked, *nobody_looked, *when, *what, *by, *on_behalf;
    const char *erasures, *erased_person, *erased_session, *erased_picture, *underway;
    const char *footer;
};
/* Dutch for "nl" and its variants, else English. */
const struct vb_export_words *vb_export_words_of(const char *language);
/* Why something was erased; a reason that is not known as it is written. */
const char *vb_export_words_reason(const struct vb_export_words *words, const char *reason);

#endif
