#include <strings.h>

#include "base/str.h"
#include "term/term_ask.h"

static const struct {
    enum vb_command command;
    const char *letter[VB_TONGUE_COUNT];
    const char *words[5];
} commands[] = {
    { VB_COMMAND_BACK, { "t", "b" }, { "terug", "back", NULL } },
    { VB_COMMAND_SKIP, { "o", "s" }, { "overslaan", "skip", NULL } },
    { VB_COMMAND_DONT_KNOW,
      { "w", "d" },
      { "weet ik niet", "weet niet", "don't know", "dont know", NULL } },
    { VB_COMMAND_RATHER_NOT,
      { "l", "r" },
      { "zeg ik liever niet", "liever niet", "rather not say", "rather not", NULL } },
    { VB_COMMAND_STOP, { "s", "q" }, { "stoppen", "stop", "quit", NULL } },
    { VB_COMMAND_HELP, { "?", "?" }, { "hulp", "help", NULL } },
};

enum vb_command vb_command_read(enum vb_tongue tongue, const char *line)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcasecmp(line, commands[i].letter[tongue]) == 0)
            return commands[i].command;
        for (size_t k = 0; k < 5 && commands[i].words[k] != NULL; k++)
            if (strcasecmp(line, commands[i].words[k]) == 0)
                return commands[i].command;
    }
    return VB_COMMAND_NONE;
}
