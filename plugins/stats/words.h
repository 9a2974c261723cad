/* words.h - what a file says beside the instrument's own texts. */
#ifndef STATS_WORDS_H
#define STATS_WORDS_H

enum stats_word {
    /* why there is no answer; in the order of the codes (codes.h) */
    WORD_NOT_SHOWN,
    WORD_SKIPPED,
    WORD_DONT_KNOW,
    WORD_RATHER_NOT_SAY,
    WORD_HELD,
    WORD_WITHDRAWN,
    WORD_NOT_FILLED_IN,
    WORD_OTHER_REASON,
    /* values */
    WORD_NO,
    WORD_YES,
    WORD_ANSWERED_IT,
    WORD_OTHER,
    WORD_OTHER_MEMBER,
    WORD_PICTURE,
    WORD_WORDS,
    WORD_PAPER,
    WORD_PIECES,
    /* what a variable is */
    WORD_ROUND_NO,
    WORD_ROUND_ID,
    WORD_CASE_ID,
    WORD_RELEASED,
    WORD_WAVE,
    WORD_SIMULATED,
    WORD_VERSION,
    WORD_FORMAT,
    WORD_FORM,
    WORD_VARIANT,
    WORD_ROLE,
    WORD_PERSON_NO,
    WORD_ABOUT_ROLE,
    WORD_ABOUT_NO,
    WORD_PERSON_ID,
    WORD_ABOUT_ID,
    WORD_SHARED,
    WORD_LANGUAGE,
    WORD_MODE,
    /* what a part of an item or a scale is */
    WORD_REVERSED,
    WORD_OWN_WORDS,
    WORD_WHY,
    WORD_SUM,
    WORD_ANSWERED,
    WORD_OF,
    WORD_MEAN,
    WORD_POMP,
    WORD_PRORATED,
    WORD_TOTAL,
    WORD_ABOUT,
    WORD_COUNT
};

/* In Dutch for nl, else in English. Never NULL. */
const char *stats_word(const char *lang, enum stats_word word);

#endif
