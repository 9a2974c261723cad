/* workplace_tell.c - what staff read on stderr when a command about a round ends. Never more of
 * anybody than that they are ready: the same words whatever the reason. */
#include <stdio.h>

#include "base/str.h"
#include "main/workplace.h"
#include "sheet/talk_guide.h"
#include "term/phrases.h"

bool vb_workplace_dutch(const struct vb_round *round, const char *language)
{
    return vb_starts_with(language != NULL ? language : vb_round_plan(round)->languages[0], "nl");
}

static const char *command_for(struct vb_workplace *place, const char *command, const char *round)
{
    return vb_workplace_command(place, vb_arena_printf(&place->arena, "%s %s", command, round));
}

static bool somebody_is_ready(const struct vb_round *round)
{
    int count;
    bool ready = false;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++)
        ready |= list[i].ready;
    return ready;
}

/* Said whether or not somebody said yes to it: that is nobody's business. */
static void tell_close(struct vb_workplace *place, const struct vb_round *round, bool dutch)
{
    const struct vb_plan *plan = vb_round_plan(round);
    if (!vb_round_is_kept(round) || (plan->role_count < 2 && plan->roles[0].max < 2))
        return;
    vb_workplace_say(stderr, "%s: %s\n",
                     dutch ? "niet langer wachten? het blad van wie daar ja op zei"
                           : "wait no longer? the sheet of who said yes to that",
                     command_for(place, "close", vb_round_row(round)->id));
}

static void tell_ready(struct vb_workplace *place, const struct vb_round *round, bool dutch)
{
    bool kept = vb_round_is_kept(round);
    if (!vb_round_is_group(vb_round_plan(round)))
        fputs(dutch ? "Iedereen is klaar. Er is geen blad.\n"
                    : "Everybody is ready. There is no sheet.\n",
              stderr);
    else if (kept)
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "nog niet vrijgegeven" : "not released yet",
                         command_for(place, "release", vb_round_row(round)->id));
    tell_close(place, round, dutch);
}

static void tell_open(struct vb_workplace *place, const struct vb_round *round, bool dutch)
{
    enum { MOST = 8 };
    enum vb_tongue tongue = dutch ? VB_NL : VB_EN;
    const char *names[MOST];
    int count = vb_round_missing(round, names, MOST);
    for (int i = 0; i < count && i < MOST; i++)
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "nog niet klaar" : "not ready yet",
                         vb_phrase_role(tongue, names[i]));
    if (count > 0 && !place->stopped) /* who broke off reads how to go on below this */
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "verder gaan" : "to go on",
                         command_for(place, "resume", vb_round_row(round)->id));
    if (count > 0 && somebody_is_ready(round))
        tell_close(place, round, dutch);
    if (count > 0)
        return;
    count = vb_round_welcome(round, names, MOST);
    for (int i = 0; i < count && i < MOST; i++)
        vb_workplace_say(stderr, "%s: %s (%s)\n", dutch ? "kan nog invullen" : "may still fill in",
                         vb_phrase_role(tongue, names[i]),
                         command_for(place, "resume", vb_round_row(round)->id));
    if (count == 0 || vb_round_is_group(vb_round_plan(round)))
        tell_ready(place, round, dutch);
}

/* An error counts as somebody: the command that is named says it again. */
static bool shows_anybody(struct vb_round *round)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++) {
        struct vb_err err;
        bool shown = false;
        if (list[i].session != NULL &&
            (vb_round_shows(round, list[i].person, &shown, &err) != VB_OK || shown))
            return true;
    }
    return false;
}

/* What stands on a team's card is taken back with the word that only its writer knows. */
static void tell_take_back(struct vb_workplace *place, const struct vb_plan *plan, const char *id,
                           bool dutch)
{
    if (plan->campaign == NULL) {
        vb_workplace_say(
            stderr, "%s: %s\n", dutch ? "iets veranderen of terugnemen" : "to change or take back",
            command_for(place, "resume", vb_arena_printf(&place->arena, "%s --correct", id)));
        return;
    }
    const char *who =
        vb_arena_printf(&place->arena, "%s --as %s:%s", id,
                        plan->roles[plan->campaign->member].name, dutch ? "WOORD" : "WORD");
    vb_workplace_say(stderr, "%s: %s\n", dutch ? "terugnemen" : "to take back",
                     command_for(place, "withdraw", who));
}

/* Where there is something to talk with. */
static void tell_guide(struct vb_workplace *place, const struct vb_plan *plan, const char *id,
                       bool dutch)
{
    struct vb_talk_guide guide;
    vb_talk_guide_make(&guide, plan, dutch ? "nl" : "en", &place->arena);
    if (guide.count > 0)
        vb_workplace_say(stderr, "%s: %s\n",
                         dutch ? "praten, stap voor stap" : "to talk, step by step",
                         command_for(place, "talk --guide", id));
}

/* How what was shown is talked about, seen again, mended or taken back. */
static void tell_released(struct vb_workplace *place, struct vb_round *round, bool dutch)
{
    const char *id = vb_round_row(round)->id;
    if (!shows_anybody(round)) {
        fputs(dutch ? "Er is niets meer om te laten zien.\n" : "There is nothing left to show.\n",
              stderr);
        return;
    }
    vb_workplace_say(stderr, "%s: %s\n", dutch ? "later weer te zien met" : "to see it again",
                     command_for(place, "sheet", id));
    tell_guide(place, vb_round_plan(round), id, dutch);
    vb_workplace_say(stderr, "%s: %s\n",
                     dutch ? "opschrijven wat jullie afspreken" : "to write down what you agree",
                     command_for(place, "talk", id));
    tell_take_back(place, vb_round_plan(round), id, dutch);
    if (vb_round_is_one_sided(round) &&
        (vb_round_is_group(vb_round_plan(round)) || vb_round_missing(round, NULL, 0) > 0))
        vb_workplace_say(stderr, "%s: %s\n",
                         dutch ? "de ander kan nog invullen" : "the other may still fill in",
                         command_for(place, "resume", id));
}

/* Whoever helps somebody who answers about them; read when the questions are gone. */
static void tell_helpers(const struct vb_round *round, bool dutch)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++) {
        const struct vb_opened *opened =
            list[i].session == NULL ? NULL : vb_fold_opened(vb_session_fold(list[i].session));
        if (opened == NULL ||
            !vb_helper_is_rated(vb_round_plan(round), list[i].role, opened->helper))
            continue;
        vb_workplace_say(stderr,
                         dutch ? "let op: %s helpt %s met invullen; de vragen gaan ook over wie "
                                 "helpt\n"
                               : "note: %s helps %s to fill in; the questions are about who helps "
                                 "too\n",
                         opened->helper, list[i].role);
    }
}

/* The questions took away what stderr said of it when the store was opened. */
static void tell_key(const struct vb_workplace *place, bool dutch)
{
    if (!place->made_key || !place->asked)
        return;
    vb_workplace_say(stderr,
                     dutch
                         ? "Nieuw gemaakt: het sleutelbestand %s. Zonder dat bestand kan niemand "
                           "lezen wat er bewaard is. Zet er een kopie van op een andere plek.\n"
                         : "New: the key file %s. Without that file nobody can read what is kept. "
                           "Put a copy of it in another place.\n",
                     vb_keys_master_path(place->keys));
}

void vb_workplace_tell(struct vb_workplace *place, struct vb_round *round, const char *language)
{
    const struct vb_round_row *row = vb_round_row(round);
    bool dutch = vb_workplace_dutch(round, language);
    bool kept = vb_round_is_kept(round) && !vb_round_is_new(round);
    if (kept)
        vb_workplace_say(stderr, "%s %s\n", dutch ? "ronde" : "round", row->id);
    else
        fputs(dutch ? "niets bewaard\n" : "nothing was kept\n", stderr);
    tell_key(place, dutch);
    tell_helpers(round, dutch);
    if (row->state == VB_ROUND_OPEN && !vb_round_is_new(round))
        tell_open(place, round, dutch);
    else if (row->state == VB_ROUND_WITHDRAWN)
        fputs(dutch ? "Deze ronde is klaar. Er komt geen blad.\n"
                    : "This round is done. There will be no sheet.\n",
              stderr);
    else if (row->state == VB_ROUND_RELEASED && kept)
        tell_released(place, round, dutch);
}
