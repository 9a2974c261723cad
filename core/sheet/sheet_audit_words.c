#include "sheet/sheet_audit_words.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Why there is a new one is nobody's business but of whom it concerns: late, mended, taken back and
 * erased look alike. */
#define NEW_VERSION                                                                                \
    {                                                                                              \
        "maakte een nieuwe versie van het blad", "made a new version of the sheet"                 \
    }

/* What stands in the action column, said to whom it is about (docs/reference/audit.md). */
static const struct {
    const char *action, *words[2];
} actions[] = {
    { "open", { "begon een ronde", "began a round" } },
    { "begin", { "begon met de vragen", "began the questions" } },
    { "go on", { "ging verder met de vragen", "went on with the questions" } },
    { "together", { "beantwoordde de vragen voor samen", "answered the questions for together" } },
    { "correct", { "wilde antwoorden verbeteren", "wanted to mend answers" } },
    { "corrected", NEW_VERSION },
    { "late", NEW_VERSION },
    { "withdraw", { "trok antwoorden in", "took answers back" } },
    { "withdrawn", NEW_VERSION },
    { "released", { "gaf het gespreksblad vrij", "released the conversation sheet" } },
    { "release", { "gaf het gespreksblad vrij", "released the conversation sheet" } },
    { "closed one-sided", { "sloot de ronde met één kant", "closed the round with one side" } },
    { "closed without a sheet",
      { "sloot de ronde zonder blad", "closed the round without a sheet" } },
    { "talk", { "schreef op wat er is afgesproken", "wrote down what was agreed" } },
    { "talk read", { "las wat er is afgesproken", "read what was agreed" } },
    { "explain-score",
      { "keek hoe een score tot stand kwam", "looked at how a score came about" } },
    { "simulate", { "maakte nagebootste rondes", "made simulated rounds" } },
    { "rounds", { "bekeek een lijst van rondes", "looked at a list of rounds" } },
    { "sheet",
      { "bekeek of drukte het gespreksblad af",
        "looked at the conversation sheet or printed it" } },
    { "picture",
      { "bekeek een tekening of foto van het blad", "looked at a drawing or photo of the sheet" } },
    { "history", { "bekeek de uitkomsten door de tijd", "looked at the results over time" } },
    { "result", { "haalde de uitkomst op als gegevens", "took the result as data" } },
    { "result --purpose research",
      { "haalde de uitkomst op voor onderzoek", "took the result for research" } },
    { "result --purpose dossier",
      { "haalde de uitkomst op voor het dossier", "took the result for the dossier" } },
    { "send",
      { "gaf de uitkomst door aan een ander systeem", "passed the result to another system" } },
    { "outbox list",
      { "bekeek wat er nog te versturen is", "looked at what is still to be sent" } },
    { "outbox show",
      { "bekeek wat er nog te versturen is", "looked at what is still to be sent" } },
    { "outbox retry", { "liet iets opnieuw versturen", "had something sent again" } },
    { "outbox drop", { "liet iets niet versturen", "had something not sent" } },
    { "replay",
      { "bekeek de stappen, zonder antwoorden", "looked at the steps, without answers" } },
    { "replay --values",
      { "bekeek de stappen, met antwoorden", "looked at the steps, with answers" } },
    { "export", { "maakte een overzicht van alles", "made an overview of everything" } },
    { "config set", { "veranderde een instelling", "changed a setting" } },
    { "config unset", { "veranderde een instelling", "changed a setting" } },
    { "audit", { "bekeek deze lijst", "looked at this list" } },
    { "wrong word", { "typte een woord dat niemand heeft", "typed a word that nobody has" } },
    { "erase asked", { "bekeek wat er gewist zou worden", "looked at what would be erased" } },
    { "erase", { "wiste gegevens", "erased data" } },
    { "erased", NEW_VERSION },
    { "retention", { "wiste gegevens na de bewaartijd", "erased data after the time it is kept" } },
    { "backup --keys", { "maakte een reservekopie van de sleutels", "made a backup of the keys" } },
    { "restore", { "zette een reservekopie terug", "put a backup back" } },
    { "key lost", { "wiste wat niet meer te lezen was", "erased what could no longer be read" } },
    { "backup", { "maakte een reservekopie", "made a backup" } },
    { "invite", { "maakte een uitnodiging", "made an invitation" } },
    { "withdraw invitation", { "trok een uitnodiging in", "withdrew an invitation" } },
    { "seat", { "opende de ronde op een apparaat", "opened the round on a device" } },
    { "hand over", { "gaf het apparaat door", "handed the device over" } },
    { "take back", { "nam het apparaat terug", "took the device back" } },
    { "wrong code", { "typte een verkeerde code", "typed a wrong code" } },
    { "sign in", { "meldde zich aan", "signed in" } },
    { "sign in refused", { "kon zich niet aanmelden", "could not sign in" } },
    { "sign out", { "meldde zich af", "signed out" } },
    { "staff add", { "maakte een account", "made an account" } },
    { "staff list", { "bekeek de accounts", "looked at the accounts" } },
    { "staff password", { "gaf een account een nieuw wachtwoord", "gave an account a password" } },
    { "staff role", { "veranderde wat een account mag", "changed what an account may do" } },
    { "staff disable", { "sloot een account", "closed an account" } },
    { "staff enable", { "opende een account weer", "opened an account again" } },
    { "staff totp", { "liet een account om een code vragen", "had an account ask for a code" } },
    { "staff totp --off",
      { "laat een account geen code meer vragen", "has an account ask for no code" } },
    { "staff assign", { "gaf de casus aan een medewerker", "gave the case to a member of staff" } },
    { "staff assign --end",
      { "nam de casus weg bij een medewerker", "took the case from a member of staff" } },
};

static bool is_dutch(const char *language)
{
    return language != NULL && vb_starts_with(language, "nl");
}

const char *vb_audit_words_action(const char *language, const char *action)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (vb_streq(actions[i].action, action))
            return actions[i].words[!is_dutch(language)];
    return action;
}

/* Rules of the program and people without an account, as they stand in the column. */
static const struct {
    const char *by, *words[2];
} authors[] = {
    { "rule",
      { "vanzelf, volgens de regels van de ronde", "by itself, by the rules of the round" } },
    { "professional", { "de professional", "the professional" } },
    { "person", { "jij zelf", "you yourself" } },
    { "everybody", { "iedereen samen", "everybody together" } },
    { "invitation", { "iemand met een uitnodiging", "somebody with an invitation" } },
};

const char *vb_audit_words_author(const char *language, const char *by)
{
    for (size_t i = 0; i < sizeof authors / sizeof *authors; i++)
        if (vb_streq(authors[i].by, by))
            return authors[i].words[!is_dutch(language)];
    return by;
}
