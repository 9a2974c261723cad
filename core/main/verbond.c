/* verbond.c - the command table and what stands before it. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/str.h"
#include "main/command.h"
#include "main/versions.h"

const struct vb_command vb_commands[] = {
    { "run", "ask everybody, or take answers from files; print the sheet", vb_cmd_run },
    { "resume", "go on with a round on this terminal", vb_cmd_resume },
    { "release", "release the round of a family or group", vb_cmd_release },
    { "close", "release one side of a round that waits in vain", vb_cmd_close },
    { "withdraw", "take back everything one person gave in a round", vb_cmd_withdraw },
    { "talk", "write down what a talk gave: agreements, goals, the next time", vb_cmd_talk },
    { "rounds", "list the rounds, and who is ready", vb_cmd_rounds },
    { "sheet", "print the conversation sheet of a released round", vb_cmd_sheet },
    { "result", "print the result of a released round as JSON", vb_cmd_result },
    { "serve", "run the web runner: pages for clients and practitioners", vb_cmd_serve },
    { "staff", "accounts of the web runner: who may sign in, and to what", vb_cmd_staff },
    { "invite", "a link and a short code for one person to a round", vb_cmd_invite },
    { "new", "make a first instrument that works, to change into your own", vb_cmd_new },
    { "check", "say everything that is wrong in an instrument", vb_cmd_check },
    { "explain", "say what a finding of check means, and how to mend it", vb_cmd_explain },
    { "test", "run an instrument's own tests", vb_cmd_test },
    { "paper", "print the questions of one role as a form of paper", vb_cmd_paper },
    { "i18n", "translate an instrument: its texts out, translations in", vb_cmd_i18n },
    { "explore", "walk every path through an instrument", vb_cmd_explore },
    { "score", "score a table of answers", vb_cmd_score },
    { "explain-score", "say how a score came about, item by item", vb_cmd_explain_score },
    { "simulate", "make rounds that nobody filled in, to try things with", vb_cmd_simulate },
    { "preview", "show what each role would be asked, without asking anybody", vb_cmd_preview },
    { "replay", "show a session's log step by step, and that it folds to the same end",
      vb_cmd_replay },
    { "erase", "erase a person, a round or a case for good", vb_cmd_erase },
    { "export", "give one person everything there is about them", vb_cmd_export },
    { "backup", "copy what is kept, or the keys, for a bad day", vb_cmd_backup },
    { "restore", "try a backup, and put it back", vb_cmd_restore },
    { "config", "list the settings, or change one", vb_cmd_config },
    { "audit", "list who did what with whose data, and check that the list is whole",
      vb_cmd_audit },
    { "outbox", "list what is still to be sent, try it again, or drop it", vb_cmd_outbox },
    { "output", "list the outputs there are, make one, and check what it promises", vb_cmd_output },
    { "doctor", "look at the data folder, the instruments and the libraries", vb_cmd_doctor },
    { "output-host", "speak for one output; verbond starts it by itself", vb_cmd_output_host },
    { NULL, NULL, NULL },
};
enum { COMMANDS = sizeof vb_commands / sizeof vb_commands[0] - 1, NAME_MAX_BYTES = 32 };

static void usage(FILE *out)
{
    fputs("Usage: verbond COMMAND [OPTION...]\n"
          "Instruments about working together: questions in Lua, two or more voices, one sheet to "
          "talk about.\n\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-13s %s\n", vb_commands[i].name, vb_commands[i].summary);
    fputs("\n  --version     the version of verbond and of its libraries\n"
          "  --help        this text; verbond COMMAND --help says more about one command\n",
          out);
}

static int unknown(const char *name)
{
    const char *names[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        names[i] = vb_commands[i].name;
    const char *meant = vb_did_you_mean(name, names, COMMANDS);
    fprintf(stderr, "verbond: there is no command %s", name);
    if (meant != NULL)
        fprintf(stderr, "; did you mean %s?\n", meant);
    else
        fputs("; verbond --help lists them\n", stderr);
    return vb_exit_code(VB_E_USAGE);
}

static int written(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    fputs("verbond: the output could not be written\n", stderr);
    return vb_exit_code(VB_E_IO);
}

/* -h is what many hands type first; argp itself knows -? and --help. */
static void read_h_as_help(int argc, char **argv)
{
    static char help[] = "--help";
    for (int i = 1; i < argc && !vb_streq(argv[i], "--"); i++)
        if (vb_streq(argv[i], "-h"))
            argv[i] = help;
}

/* What a crash leaves behind must not hold anybody's answers. */
static void leave_no_core(void)
{
    const struct rlimit none = { 0, 0 };
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        fputs("verbond: a crash would leave a core file\n", stderr);
}

int main(int argc, char **argv)
{
    leave_no_core();
    read_h_as_help(argc, argv);
    argp_err_exit_status = vb_exit_code(VB_E_USAGE);
    if (argc < 2) {
        usage(stderr);
        return vb_exit_code(VB_E_USAGE);
    }
    if (vb_streq(argv[1], "--version") || vb_streq(argv[1], "-V")) {
        vb_versions_print(stdout);
        return written();
    }
    if (vb_streq(argv[1], "--help") || vb_streq(argv[1], "-?") || vb_streq(argv[1], "help")) {
        usage(stdout);
        return written();
    }
    for (int i = 0; i < COMMANDS; i++) {
        if (!vb_streq(vb_commands[i].name, argv[1]))
            continue;
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof name, "verbond %s", argv[1]);
        argv[1] = name;
        int code = vb_commands[i].main(argc - 1, argv + 1);
        int end = written();
        return code != 0 ? code : end;
    }
    return unknown(argv[1]);
}
