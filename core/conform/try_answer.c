/* try_answer.c - one answer to each parcel, in time, on the right stream, whatever it holds. */
#include <string.h>

#include "conform/life.h"
#include "conform/try.h"

static void close_up(struct trial *trial, struct life *life)
{
    if (trial_goes_on(trial))
        trial_finish(life);
    else
        life_end(life);
}

void try_wrong_stream(struct trial *trial)
{
    static const char *const samples[] = { "items", "talk", "missing", "erased-person" };
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    for (int i = 0; i < 4 && trial_goes_on(trial); i++) {
        struct sending sending = sending_of(trial, &round, samples[i], i + 1);
        life_give(life, &sending, 1, DEADLINE_MS);
        (void)life_until_answers(life, (size_t)i + 1, DEADLINE_MS);
        if (life_wrong(life) != NULL)
            trial_fail(trial, "%s", life_wrong(life));
    }
    life_shut(life, FINISH_MS);
    (void)life_until_ended(life, FINISH_MS);
    if (life_wrong(life) != NULL)
        trial_fail(trial, "%s", life_wrong(life));
    life_end(life);
}

void try_no_answer(struct trial *trial)
{
    static const struct {
        const char *sample;
        int revision, attempt;
    } given[] = {
        { "items", 1, 1 }, { "talk", 2, 1 },   { "talk", 2, 2 },   { "items", 1, 2 },
        { "event", 3, 1 }, { "erased", 4, 1 }, { "erased", 4, 2 },
    };
    struct sampled round = sampled_round(trial), unheard = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    for (size_t i = 0; i < sizeof given / sizeof *given && trial_goes_on(trial); i++) {
        struct sending sending = sending_of(trial, &round, given[i].sample, given[i].revision);
        (void)trial_answer(life, &sending, given[i].attempt);
    }
    struct sending never = sending_of(trial, &unheard, "erased", 2);
    if (trial_goes_on(trial))
        (void)trial_answer(life, &never, 1);
    close_up(trial, life);
}

enum { LISTEN_MS = 200 };

void try_two_answers(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    size_t count;
    if (life == NULL)
        return;
    struct sending both = sending_of(trial, &round, "items", 1),
                   talk = sending_of(trial, &round, "talk", 2);
    if (trial_deliver(life, &both, 1) && trial_deliver(life, &talk, 1)) {
        life_listen(life, LISTEN_MS);
        (void)life_answers(life, &count);
        if (count != 2)
            trial_fail(trial, "two parcels were answered %zu times", count);
    }
    close_up(trial, life);
}

void try_answer_after_shutdown(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    size_t count;
    if (life == NULL)
        return;
    struct sending sending = sending_of(trial, &round, "items", 1);
    if (!trial_deliver(life, &sending, 1)) {
        life_end(life);
        return;
    }
    life_shut(life, FINISH_MS);
    (void)life_until_ended(life, FINISH_MS);
    (void)life_answers(life, &count);
    if (count != 1)
        trial_fail(trial, "after shutdown it answered %zu times more, and had nothing", count - 1);
    else if (life_wrong(life) != NULL)
        trial_fail(trial, "after shutdown: %s", life_wrong(life));
    life_end(life);
}

/* -- odd things -------------------------------------------------------------------------------- */

static void is_answered(struct trial *trial, struct life *life, const struct sending *sending)
{
    size_t count;
    (void)life_answers(life, &count);
    life_give(life, sending, 1, DEADLINE_MS);
    (void)life_until_answers(life, count + 1, DEADLINE_MS);
    if (life_signal(life) != 0)
        trial_fail(trial, "%s: %s", sending->parcel, life_fate(life));
}

/* Valid, and rare; and what no engine says, but a plugin should not die of. */
void try_crash(struct trial *trial)
{
    static const struct {
        const char *sample, *from, *to;
    } odd[] = {
        { "items", "\"value\":610", "\"value\":{\"kind\":\"of a later version\",\"a\":[1,2]}" },
        { "items", "\"value\":4}", "\"value\":[\"a\",{\"other\":\"b\"},null]}" },
        { "items", "\"wave\":\"t0\"", "\"wave\":\"\"" },
        { "items", "\"form\":null",
          "\"form\":\"a-form-with-a-name-that-is-longer-than-most-names-are-"
          "and-goes-on-until-it-is-over-one-hundred-characters-long\"" },
        { "items", "\"pomp\":87.5", "\"pomp\":-12345678901234567890.123456789" },
        { "items", "\"status\":{\"nl\":\"draft\",\"en\":\"draft\"}", "\"status\":{}" },
        { "items", "sha256:33daf3", "sha256:000000" },
        { "scores", "\"totals\":{", "\"later\":{\"\":null},\"totals\":{" },
        { "withdrawn", "\"respondents\":[", "\"later\":[[[[[[[[]]]]]]]],\"respondents\":[" },
        { "event", "\"respondents\":[]", "\"respondents\":null" },
    };
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    for (size_t i = 0; i < sizeof odd / sizeof *odd && trial_goes_on(trial); i++) {
        struct sampled round = sampled_round(trial);
        struct sending sending = sending_of(trial, &round, odd[i].sample, 1);
        sending_change(trial, &sending, odd[i].from, odd[i].to);
        if (!life_ended(life))
            is_answered(trial, life, &sending);
    }
    life_shut(life, FINISH_MS);
    (void)life_until_ended(life, FINISH_MS);
    if (life_signal(life) != 0)
        trial_fail(trial, "at its end: %s", life_fate(life));
    life_end(life);
}

/* A document of a later version: it answers, whatever; it does not go. */
void try_abort(struct trial *trial)
{
    struct sampled round = sampled_round(trial), plain = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending odd = sending_of(trial, &round, "items", 1),
                   usual = sending_of(trial, &plain, "items", 1);
    odd.digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    odd.instrument = "{\"schema\":\"verbond.instrument/9\"}";
    (void)trial_answer(life, &odd, 1);
    if (trial_goes_on(trial))
        trial_deliver(life, &usual, 1);
    close_up(trial, life);
}

enum { SHORT_MS = 1500 };

void try_hang(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending sending = sending_of(trial, &round, "items", 1);
    life_give(life, &sending, 1, SHORT_MS);
    if (!life_until_answers(life, 1, SHORT_MS))
        trial_fail(trial, "no answer within the %d ms it was given: %s", SHORT_MS, life_fate(life));
    close_up(trial, life);
}
