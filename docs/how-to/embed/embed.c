/* embed.c - a conversation monitor inside a program of its own, in one run from begin to sheet.
 *
 *      embed DATA KEY         DATA: a folder for the rounds; KEY: the file with the key to it
 *
 * Two persons answer from a list; a real program shows each step to somebody and waits. The engine
 * has a loop of its own here, so every call returns when what it did is durable. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <verbond/engine.h>

struct given {
    const char *item, *value; /* as in an answer file: JSON */
};
static const struct given client[] = {
    { "direction.goal", "4" },
    { "direction.mandate", "5" },
    { "trust.report", "2" },
    { "trust.word", "{\"missing\": \"dont_know\"}" },
    { "bond.time", "4" },
    { "going.well", "\"I am called back.\"" },
    { NULL, NULL },
};
static const struct given professional[] = {
    { "direction.goal", "5" },
    { "direction.mandate", "5" },
    { "trust.report", "5" },
    { "trust.word", "4" },
    { "bond.time", "4" },
    { "can.better", "\"Say sooner what works.\"" },
    { NULL, NULL },
};

static struct vb_engine_error error = { .size = sizeof error };

/* Everything that can fail says in a sentence why. */
static void must(int code)
{
    if (code == VB_ENGINE_OK)
        return;
    fprintf(stderr, "embed: %s%s%s (%s)\n", error.field, error.field[0] == '\0' ? "" : ": ",
            error.text, vb_engine_code_name(code));
    exit(1);
}

static const char *answer_to(const struct given *list, const char *item)
{
    for (; list->item != NULL; list++)
        if (strcmp(list->item, item) == 0)
            return list->value;
    return "null"; /* skipped */
}

/* Step by step, until the person's own overview; then: may this be on the table? */
static void fill_in(struct vb_engine_round *round, const char *role, const struct given *list)
{
    struct vb_engine_join join = { .size = sizeof join, .role = role, .language = "en" };
    struct vb_engine_step step = { .size = sizeof step };
    struct vb_engine_person *person;
    must(vb_engine_join(round, &join, &person, NULL, NULL, &error));
    must(vb_engine_step(person, &step, &error));
    while (step.at == VB_ENGINE_AT_QUESTION) {
        const char *value = answer_to(list, step.item);
        printf("%s, question %d: %s\n    %s\n", role, step.number, step.text, value);
        must(vb_engine_answer(person, step.seq, value, NULL, NULL, &error));
        must(vb_engine_step(person, &step, &error));
    }
    must(vb_engine_share(person, step.seq, NULL, NULL, NULL, &error));
    vb_engine_person_close(&person);
}

static void print(char *text)
{
    printf("\n%s\n", text);
    vb_engine_free(text);
}

int main(int argc, char **argv)
{
    struct vb_engine *engine;
    struct vb_engine_instrument *instrument;
    struct vb_engine_round *round;
    struct vb_engine_sheet_options english = { .size = sizeof english, .language = "en" };
    char *text;
    if (argc != 3) {
        fprintf(stderr, "embed DATA KEY\n");
        return 2;
    }
    struct vb_engine_options options = {
        .size = sizeof options, .data = argv[1], .key_file = argv[2], .by = "embed"
    };
    must(vb_engine_open(&engine, &options, &error));
    must(vb_engine_load(engine, "menger-monitor", &instrument, &error));
    must(vb_engine_begin(engine, instrument, NULL, &round, &error));
    fill_in(round, "client", client);
    fill_in(round, "professional", professional); /* the second yes releases the round */
    must(vb_engine_sheet(round, &english, &text, NULL, &error));
    print(text);
    must(vb_engine_result(round, NULL, &text, NULL, &error));
    print(text);
    vb_engine_round_close(&round);
    vb_engine_instrument_close(&instrument);
    vb_engine_close(&engine, NULL, NULL);
    return 0;
}
