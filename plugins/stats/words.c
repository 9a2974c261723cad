#include "words.h"

#include <string.h>

static const struct {
    const char *en, *nl;
} words[WORD_COUNT] = {
    [WORD_NOT_SHOWN] = { "not shown", "niet getoond" },
    [WORD_SKIPPED] = { "skipped", "overgeslagen" },
    [WORD_DONT_KNOW] = { "don't know", "weet ik niet" },
    [WORD_RATHER_NOT_SAY] = { "rather not say", "zeg ik liever niet" },
    [WORD_HELD] = { "kept back", "voor zichzelf gehouden" },
    [WORD_WITHDRAWN] = { "withdrawn", "ingetrokken" },
    [WORD_NOT_FILLED_IN] = { "not filled in", "niet ingevuld" },
    [WORD_OTHER_REASON] = { "another reason", "een andere reden" },
    [WORD_NO] = { "no", "nee" },
    [WORD_YES] = { "yes", "ja" },
    [WORD_ANSWERED_IT] = { "answered", "ingevuld" },
    [WORD_OTHER] = { "other, in own words", "anders, in eigen woorden" },
    [WORD_OTHER_MEMBER] = { "another member", "een ander lid" },
    [WORD_PICTURE] = { "a picture", "een beeld" },
    [WORD_WORDS] = { "words", "woorden" },
    [WORD_PAPER] = { "on paper", "op papier" },
    [WORD_PIECES] = { "pieces laid down", "stukken neergelegd" },
    [WORD_ROUND_NO] = { "place of the round in this file", "plaats van de ronde in dit bestand" },
    [WORD_ROUND_ID] = { "id of the round", "kenmerk van de ronde" },
    [WORD_CASE_ID] = { "pseudonym of the case", "pseudoniem van de zaak" },
    [WORD_RELEASED] = { "when the round was released, UTC", "wanneer de ronde vrijkwam, UTC" },
    [WORD_WAVE] = { "moment of measuring", "meetmoment" },
    [WORD_SIMULATED] = { "no person gave these answers", "geen mens gaf deze antwoorden" },
    [WORD_VERSION] = { "version of the instrument", "versie van het instrument" },
    [WORD_FORMAT] = { "answer format", "antwoordvorm" },
    [WORD_FORM] = { "form that was asked; empty: the whole",
                    "vorm die is gevraagd; leeg: het geheel" },
    [WORD_VARIANT] = { "variant of the instrument", "variant van het instrument" },
    [WORD_ROLE] = { "role", "rol" },
    [WORD_PERSON_NO] = { "number of the person in this role", "nummer van de persoon in deze rol" },
    [WORD_ABOUT_ROLE] = { "about whom: role; empty: not about a member",
                          "over wie: rol; leeg: niet over een lid" },
    [WORD_ABOUT_NO] = { "about whom: number in that role", "over wie: nummer in die rol" },
    [WORD_PERSON_ID] = { "id of the person", "kenmerk van de persoon" },
    [WORD_ABOUT_ID] = { "about whom: id of the person", "over wie: kenmerk van de persoon" },
    [WORD_SHARED] = { "shared the answers", "deelde de antwoorden" },
    [WORD_LANGUAGE] = { "language of the questions", "taal van de vragen" },
    [WORD_MODE] = { "how it was filled in", "hoe het is ingevuld" },
    [WORD_REVERSED] = { "as scored", "zoals gescoord" },
    [WORD_OWN_WORDS] = { "own words", "eigen woorden" },
    [WORD_WHY] = { "why there is no answer", "waarom er geen antwoord is" },
    [WORD_SUM] = { "sum of the answered", "som van wat is ingevuld" },
    [WORD_ANSWERED] = { "how many answered", "hoeveel ingevuld" },
    [WORD_OF] = { "of how many", "van hoeveel" },
    [WORD_MEAN] = { "mean", "gemiddelde" },
    [WORD_POMP] = { "percent of the most possible", "procent van het hoogst mogelijke" },
    [WORD_PRORATED] = { "scored with answers missing", "gescoord met lege antwoorden" },
    [WORD_TOTAL] = { "total", "totaal" },
    [WORD_ABOUT] = { "about", "over" },
};

const char *stats_word(const char *lang, enum stats_word word)
{
    return lang != NULL && strcmp(lang, "nl") == 0 ? words[word].nl : words[word].en;
}
