/* command.h - the subcommands: one table, one file each.
 *
 * A command parses its own arguments (argp: a usage error ends the process with 2, --help with 0)
 * and returns the process's exit code. stdout is data, stderr is messages. */
#ifndef VB_COMMAND_H
#define VB_COMMAND_H

#include <argp.h>

struct vb_command {
    const char *name, *summary;
    int (*main)(int argc, char **argv); /* argv[0] is "verbond NAME" */
};
extern const struct vb_command vb_commands[]; /* ends with name NULL */

int vb_cmd_run(int argc, char **argv);
int vb_cmd_resume(int argc, char **argv);
int vb_cmd_release(int argc, char **argv);
int vb_cmd_close(int argc, char **argv);
int vb_cmd_withdraw(int argc, char **argv);
int vb_cmd_talk(int argc, char **argv);
int vb_cmd_rounds(int argc, char **argv);
int vb_cmd_serve(int argc, char **argv);
int vb_cmd_staff(int argc, char **argv);
int vb_cmd_invite(int argc, char **argv);
int vb_cmd_sheet(int argc, char **argv);
int vb_cmd_result(int argc, char **argv);
int vb_cmd_check(int argc, char **argv);
int vb_cmd_explain(int argc, char **argv);
int vb_cmd_test(int argc, char **argv);
int vb_cmd_new(int argc, char **argv);
int vb_cmd_preview(int argc, char **argv);
int vb_cmd_i18n(int argc, char **argv);
int vb_cmd_explore(int argc, char **argv);
int vb_cmd_paper(int argc, char **argv);
int vb_cmd_score(int argc, char **argv);
int vb_cmd_explain_score(int argc, char **argv);
int vb_cmd_simulate(int argc, char **argv);
int vb_cmd_replay(int argc, char **argv);
int vb_cmd_erase(int argc, char **argv);
int vb_cmd_export(int argc, char **argv);
int vb_cmd_backup(int argc, char **argv);
int vb_cmd_restore(int argc, char **argv);
int vb_cmd_config(int argc, char **argv);
int vb_cmd_audit(int argc, char **argv);
int vb_cmd_doctor(int argc, char **argv);
int vb_cmd_outbox(int argc, char **argv);
int vb_cmd_output(int argc, char **argv);
int vb_cmd_output_list(int argc, char **argv);
int vb_cmd_output_new(int argc, char **argv);
int vb_cmd_output_check(int argc, char **argv);
int vb_cmd_output_host(int argc, char **argv);

#endif
