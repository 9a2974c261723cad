#include "session/said.h"

#include <string.h>

#include "base/str.h"

static const char *const refusals[VB_REFUSAL_COUNT][2] = {
    [VB_ACCEPTED] = { "", "" },
    [VB_REFUSED_TYPE] = { "Dat kan hier niet.", "That does not work here." },
    [VB_REFUSED_RANGE] = { "Dat is geen van de antwoorden.", "That is none of the answers." },
    [VB_REFUSED_REQUIRED] = { "Zonder antwoord op deze vraag kun je niet verder. Je mag wel "
                              "stoppen.",
                              "You cannot go on without an answer here. You may stop, though." },
    [VB_REFUSED_EMPTY] = { "Er staat nog niets.", "There is nothing there yet." },
    [VB_REFUSED_LONG] = { "Dat is te veel. Maak het korter.", "That is too much. Make it "
                                                              "shorter." },
    [VB_REFUSED_UTF8] = { "Er staan tekens in die niet te lezen zijn.",
                          "There are characters in it that cannot be read." },
    [VB_REFUSED_DATE] = { "Die dag bestaat niet.", "There is no such day." },
    [VB_REFUSED_TWICE] = { "Er staat iets dubbel in.", "Something stands there twice." },
    [VB_REFUSED_POLICY] = { "Dat wordt hier niet bewaard. Kies iets anders.",
                            "That is not kept here. Choose something else." },
    [VB_REFUSED_DECIMALS] = { "Dat zijn te veel cijfers achter de komma.",
                              "Those are too many decimals." },
    [VB_REFUSED_FILE] = { "Dat is geen afbeelding die wij kunnen bewaren: PNG, JPEG of WebP, "
                          "hoogstens 8 MB.",
                          "That is no image we can keep: PNG, JPEG or WebP, at most 8 MB." },
    [VB_REFUSED_CONTROL] = { "Er staat een onzichtbaar teken in dat hier niet kan.",
                             "There is an invisible character in it that cannot be kept." },
};

bool vb_said_dutch(const char *language)
{
    return language != NULL && vb_starts_with(language, "nl") &&
           (language[2] == '\0' || language[2] == '-' || language[2] == '_');
}

static const char *in(const char *language, const char *const words[2])
{
    return words[vb_said_dutch(language) ? 0 : 1];
}

const char *vb_said_refusal(const char *language, enum vb_refusal refusal)
{
    vb_assert(refusal < VB_REFUSAL_COUNT);
    vb_assert(refusals[refusal][0] != NULL);
    return in(language, refusals[refusal]);
}

const char *vb_said_missing(const char *language, enum vb_missing reason)
{
    static const char *const dont_know[] = VB_SAID_DONT_KNOW,
                             *const rather_not[] = VB_SAID_RATHER_NOT,
                             *const not_filled_in[] = VB_SAID_NOT_FILLED_IN;
    return in(language, reason == VB_MISSING_DONT_KNOW        ? dont_know
                        : reason == VB_MISSING_RATHER_NOT_SAY ? rather_not
                                                              : not_filled_in);
}

const char *vb_said_broken(const char *language)
{
    static const char *const broken[] = VB_SAID_BROKEN;
    return in(language, broken);
}

void vb_said_place(struct vb_buf *out, const char *language, int64_t place)
{
    static const char *const of_hundred[] = VB_SAID_OF_HUNDRED;
    vb_milli_write(out, place * 100); /* tenths as thousandths */
    vb_buf_puts(out, in(language, of_hundred) + strlen("{}"));
}
