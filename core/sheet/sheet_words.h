/* sheet_words.h - the sheet's own phrases, in Dutch and English.
 *
 * The Dutch ones are the display rules of docs/explanation/sheet.md word for word. Slots in them
 * ({worker}, {client}, X and Y) are filled by whoever uses them. Pure; any thread. */
#ifndef VB_SHEET_WORDS_H
#define VB_SHEET_WORDS_H

#include "base/buf.h"
#include "data/instrument.h"

struct vb_sheet_words {
    /* head */
    const char *title, *first_wave, *wave, *round, *revision, *simulated;
    const char *what_two, *what_one, *what_own, *what_none, *what_many, *from_to;
    /* the parts, in order */
    const char *well, *well_many, *nothing_well, *no_well, *topic, *differ, *nothing_differs,
        *what_differs, *no_differ, *better, *better_many, *nothing_better, *no_better, *friction,
        *friction_how, *open, *own_words, *rest, *prompts, *overview, *members, *answers, *together,
        *for_worker;
    /* a card: %d, where there are numbers */
    const char *title_team, *title_talk, *what_card, *what_overlap, *what_topics, *card_asked,
        *card_held, *card_words, *card_too_few, *card_no_words, *card_voices, *card_one_voice,
        *card_times, *card_shared, *card_alone;
    /* words by relation, in the part where they see it differently */
    const char *estimate, *act, *act_low;
    /* to write on */
    const char *goal, *agreements, *who, *what, *when, *next;
    /* what was written down, and last time */
    const char *last, *followed[4], *goals, *topic_is, *wish_of, *wish_of_all, *short_term,
        *long_term, *by_day, *yes_of, *not_yet_of;
    /* answers */
    const char *missing, *too_few, *yes, *no, *drawing, *photo, *on_paper, *not_kept, *about_self;
    const char *place, *turned; /* %d and %d, of 100; %d degrees */
    /* a page has beside that: who and what a column is of, and places in words */
    const char *question, *person, *scale, *about_of, *tenth, *between;
    const char *language; /* the phrases' own */
    /* footer */
    const char *own_questions, *licensed, *draft, *reviewed, *tested, *no_test, *inspired, *source,
        *source_english, *texts, *filled_in, *somebody_else;
    const char *status[3]; /* [enum vb_status] */
    const char *months[12];
    char decimal; /* what stands before the decimals */
};

/* Dutch for "nl" and its variants, else English. */
const struct vb_sheet_words *vb_sheet_words_of(const char *language);
/* "21 november 2026" for what begins with "2026-11-21"; anything else as it is written. */
void vb_sheet_words_date(struct vb_buf *out, const struct vb_sheet_words *words, const char *iso);
/* Appends how it was filled in (mode NULL: self), and who helped when that is known: "voorgelezen
 * (werker)". An unknown mode or role as it is written. */
void vb_sheet_words_how(struct vb_buf *out, const struct vb_sheet_words *words, const char *mode,
                        const char *helper);
/* "jongere" for "youth"; an unknown role as it is written. */
const char *vb_sheet_words_role(const struct vb_sheet_words *words, const char *role);

/* "de jongere" for "youth", as in a sentence; an unknown role as it is written. */
const char *vb_sheet_words_the_role(const struct vb_sheet_words *words, const char *role);

#endif
