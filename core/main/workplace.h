/* workplace.h - what most commands need: the data folder, the instruments, the words at the end.
 *
 * A workplace is made on the stack, begun once, ended once. One thread. Everything it hands out
 * lives until vb_workplace_end. */
#ifndef VB_WORKPLACE_H
#define VB_WORKPLACE_H

#include <stdbool.h>
#include <stdio.h>

#include "main/configuration.h"
#include "script/load.h"
#include "session/round.h"
#include "store/keys.h"

struct vb_workplace {
    struct vb_arena arena;
    struct vb_log log;
    struct vb_env env;
    struct vb_configuration configuration;
    struct vb_loop *loop;   /* NULL until vb_workplace_loop */
    const char *data;       /* the data folder */
    bool data_given;        /* by --data */
    struct vb_keys *keys;   /* what the store is sealed under; NULL: nothing kept is open */
    struct vb_store *store; /* NULL until opened */
    bool on_trial;          /* what is past its time is not erased: somebody only tries it */
    bool unsettled;         /* store is one in memory until the folder's is made */
    bool made_key;          /* stderr said so when the store was opened */
    bool asked, stopped;    /* somebody was asked on this terminal; and broke off */
};

/* data: what --data said, or NULL for what is configured (configuration.h), else verbond in the XDG
 * state folder. Opens nothing yet. VB_E_CONFIG when there is no home to put it in, or when the
 * configuration is wrong: stderr has all of it then. */
enum vb_code vb_workplace_begin(struct vb_workplace *place, const char *data, struct vb_err *err);
/* Closes everything, says err on stderr when code is not VB_OK, and gives the exit code. */
int vb_workplace_end(struct vb_workplace *place, enum vb_code code, const struct vb_err *err);

/* Makes the loop, where there is none yet. */
enum vb_code vb_workplace_loop(struct vb_workplace *place, struct vb_err *err);
/* Opens the store, sealed and behind its threads, and carries on with what was to be erased;
 * folders on the way are made (0700). A new folder gets its keys, and stderr says where the master
 * key lies: $VERBOND_KEY, else verbond/key in the XDG configuration folder. */
enum vb_code vb_workplace_open(struct vb_workplace *place, struct vb_err *err);
/* Erases what is past its time (session/retention.h), and says on stderr how many rounds that were.
 * Opening does it; whoever changes what is kept does it once more. */
enum vb_code vb_workplace_keep_no_longer(struct vb_workplace *place, int *erased,
                                         struct vb_err *err);
/* Where outputs have folders of their own. */
const char *vb_workplace_outputs_dir(struct vb_workplace *place);
/* Is there a store that could be opened? Looks only. */
bool vb_workplace_has_data(const struct vb_workplace *place);
/* The store of a command that only looks: nothing is made. VB_E_ABSENT when there is none; what:
 * the id that it was to be looked for. */
enum vb_code vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                    struct vb_err *err);
/* The store for a round (retain: vb_plan_retain of it): the data folder's, or one in memory that is
 * gone at the end when nothing of it is kept. Where the folder has none yet it is one in memory
 * too, until vb_workplace_settle, so that what is refused leaves nothing behind. */
enum vb_code vb_workplace_open_for(struct vb_workplace *place, enum vb_retain retain,
                                   struct vb_err *err);

/* Puts the data folder's store in the place of an unsettled one, into which nothing was written.
 * *store is destroyed then. */
enum vb_code vb_workplace_settle(struct vb_workplace *place, struct vb_err *err);

/* The user that runs this process, by the password database: not $USER, which anybody can set. */
const char *vb_workplace_user(struct vb_workplace *place);
/* A row of the audit as every command writes it, for a commit with more in it: by that user, on
 * behalf of whom $VERBOND_ON_BEHALF names. */
struct vb_audit_row vb_workplace_audit_row(struct vb_workplace *place, const char *action,
                                           const char *subject);
/* The row alone, durable before anything is shown. subject: the id of a round, session, person or
 * case, or VB_AUDIT_EVERYTHING. */
enum vb_code vb_workplace_audit(struct vb_workplace *place, const char *action, const char *subject,
                                struct vb_err *err);
/* The same with a row that was made already. */
enum vb_code vb_workplace_put_audit(struct vb_workplace *place, const struct vb_audit_row *row,
                                    struct vb_err *err);

/* What PATH means to authors' commands: an instrument (by name or path), or a folder of
 * instruments. *out: names for vb_workplace_load, in the workplace's arena. several: PATH is one of
 * many, so that something that is neither is passed over with a warning, as instruments/... gives.
 * VB_E_ABSENT says where it looked; VB_E_DATA: the folder cannot be read. */
enum vb_code vb_workplace_instruments(struct vb_workplace *place, const char *name, bool several,
                                      const char ***out, int *count, struct vb_err *err);
/* Visits every instrument that the paths mean. What is not there or does not load is said on stderr
 * and does not keep the others from their turn; the first such code is what comes back. */
typedef enum vb_code vb_workplace_visit(struct vb_workplace *place, const char *name, void *ctx,
                                        struct vb_err *err);
enum vb_code vb_workplace_each(struct vb_workplace *place, char *const *paths, int count,
                               vb_workplace_visit *visit, void *ctx);
/* Where an instrument of that name is (vb_instrument_find), with the folder that is configured. */
enum vb_code vb_workplace_find(struct vb_workplace *place, const char *name, const char **root,
                               const char **path, struct vb_err *err);
/* Finds and loads an instrument by name or path; what was found goes to stderr. *out: one
 * reference. */
enum vb_code vb_workplace_load(struct vb_workplace *place, const char *name, struct vb_plan **out,
                               struct vb_err *err);
/* The plan of a digest, from the files the store pinned. *out: one reference. */
enum vb_code vb_workplace_pinned(struct vb_workplace *place, const char *digest,
                                 struct vb_plan **out, struct vb_err *err);
/* A round that exists, by id or prefix, with its own plan. *out: the caller destroys it. */
enum vb_code vb_workplace_round(struct vb_workplace *place, const char *prefix,
                                struct vb_round **out, struct vb_err *err);
/* The same, in the store that is opened for it (vb_workplace_open_kept). */
enum vb_code vb_workplace_kept_round(struct vb_workplace *place, const char *prefix,
                                     struct vb_round **out, struct vb_err *err);

/* ROLE[:LABEL] as it was typed, its label as labels are kept (vb_person_label). NULL is fine. */
enum vb_code vb_workplace_who(struct vb_workplace *place, const char **who, struct vb_err *err);
/* Does the plan have the role of ROLE[:LABEL] (session/named.h)? NULL is fine. */
enum vb_code vb_workplace_role_of(const struct vb_plan *plan, const char *who, struct vb_err *err);

struct vb_asking {
    const char *only;          /* ROLE[:LABEL], NULL: everybody */
    const char *language;      /* NULL: each person's choice */
    const char *mode, *helper; /* of whoever begins; NULL: self, not said */
    bool correct;              /* not who is due, but who was shown and mends something */
};
/* Asks on this terminal until the round is released or everybody is done, or a correction is
 * (term.h). */
enum vb_code vb_workplace_ask(struct vb_workplace *place, struct vb_round *round,
                              const struct vb_asking *asking, struct vb_err *err);
/* Asks on this terminal what a talk gave, and says whether anything was written down. */
enum vb_code vb_workplace_talk(struct vb_workplace *place, struct vb_round *round,
                               const char *language, struct vb_err *err);
/* How a sheet is wanted: all zero is the text for everybody. */
struct vb_wanted_sheet {
    const char *language, *for_role; /* NULL as in sheet/sheet.h */
    bool html;
};
/* Prints the sheet on stdout, behind its row of the audit. VB_E_BUSY before the release. */
enum vb_code vb_workplace_sheet(struct vb_workplace *place, struct vb_round *round,
                                const struct vb_wanted_sheet *wanted, struct vb_err *err);
/* The same at the end of a command that did something else: nothing before the release, nor when
 * nobody is shown any more. */
enum vb_code vb_workplace_show(struct vb_workplace *place, struct vb_round *round,
                               const char *language, struct vb_err *err);
/* Whether messages about this round are Dutch: language, else the instrument's first. */
bool vb_workplace_dutch(const struct vb_round *round, const char *language);
/* Says on stderr which round this is, who is still to come, and how to see it again. */
void vb_workplace_tell(struct vb_workplace *place, struct vb_round *round, const char *language);

/* A command that works as it is typed, such as "verbond resume {}": the program as it was called,
 * and --data when that was given. */
const char *vb_workplace_command(struct vb_workplace *place, const char *words);

bool vb_workplace_terminal(void);                   /* stdin and stdout are both terminals */
bool vb_workplace_colour(void);                     /* stdout is a terminal and nobody said no */
int vb_workplace_columns(void);                     /* of stdout's terminal; 0 when it is none */
void vb_workplace_print(const struct vb_buf *text); /* on stdout, as it stands */
/* As printf, but what would steer a terminal comes out harmless (data/text.h): for everything that
 * holds a name, a path or an author's words. */
void vb_workplace_say(FILE *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
