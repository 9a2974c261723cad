#include "main/given.h"

#include "base/mem.h"
#include "base/str.h"
#include "session/named.h"

static const char which[] = "which instrument? Its name, or a path to its folder";

error_t vb_given_instrument(const char **instrument, int key, char *arg, struct argp_state *state)
{
    switch (key) {
    case ARGP_KEY_ARG:
        if (*instrument != NULL)
            argp_error(state, "one instrument at a time");
        *instrument = arg;
        return 0;
    case ARGP_KEY_END:
        if (*instrument == NULL)
            argp_error(state, "%s", which);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

error_t vb_given_paths(struct vb_given_paths *paths, int key, struct argp_state *state)
{
    switch (key) {
    case ARGP_KEY_ARGS:
        paths->list = state->argv + state->next;
        paths->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "%s", which);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void vb_given_word(struct vb_given_words *words, const char *word)
{
    *(const char **)vb_push(&words->list, words->count, &words->cap, sizeof word) = word;
    words->count++;
}

enum vb_code vb_given_plain(const char *option, const char *word, size_t most, struct vb_err *err)
{
    return vb_named_plain(option, vb_streq(option, "--wave") ? "word" : "pseudonym", word, most,
                          err);
}
