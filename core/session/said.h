/* said.h - words that every runner says alike, whatever it runs on: why a value is refused, why
 * there is none, that something went wrong. Dutch, and English for every other language. Pure. */
#ifndef VB_SAID_H
#define VB_SAID_H

#include "kinds/kind.h"

/* Dutch and English, for tables of phrases. {}: a number. */
#define VB_SAID_DONT_KNOW                                                                          \
    {                                                                                              \
        "weet ik niet", "don't know"                                                               \
    }
#define VB_SAID_RATHER_NOT                                                                         \
    {                                                                                              \
        "zeg ik liever niet", "rather not say"                                                     \
    }
#define VB_SAID_NOT_FILLED_IN                                                                      \
    {                                                                                              \
        "niet ingevuld", "not filled in"                                                           \
    }
#define VB_SAID_OF_HUNDRED                                                                         \
    {                                                                                              \
        "{} van 100", "{} of 100"                                                                  \
    }
#define VB_SAID_BROKEN                                                                             \
    {                                                                                              \
        "Er gaat iets mis met deze vragenlijst. Alles wat je gaf is bewaard.",                     \
            "Something goes wrong with these questions. All that you gave is kept."                \
    }

/* Is it "nl", or a variant of it? NULL is none. */
bool vb_said_dutch(const char *language);
/* Why a value is not taken, for whoever gave it. */
const char *vb_said_refusal(const char *language, enum vb_refusal refusal);
/* Why there is no value: skipped, not known, rather not said; for anything else "not filled in". */
const char *vb_said_missing(const char *language, enum vb_missing reason);
/* The script of the instrument failed. */
const char *vb_said_broken(const char *language);
/* Appends a place on a line, 0 to 1000: "64 of 100". */
void vb_said_place(struct vb_buf *out, const char *language, int64_t place);

#endif
