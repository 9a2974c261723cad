/* term.h - the terminal runner: one question at a time, several persons on one keyboard.
 *
 * People and answer files walk the same code: a step is shown, an action comes back from an input,
 * the session's verb is called. Blocking from the caller's view; inside it turns the loop. */
#ifndef VB_TERM_H
#define VB_TERM_H

#include <stdio.h>

#include "session/round.h"

struct vb_loop;
struct vb_term_options {
    FILE *in, *out, *messages;
    bool terminal; /* both in and out are terminals: ask, colour, clear between persons */
    bool colour;
    int columns;           /* 0: the window's own, at most 80 */
    const char *language;  /* wanted, may be NULL */
    const char *reporting; /* the organisation's text for mandated instruments, or NULL */
    const char *mode;      /* how everybody who begins fills in; NULL: self */
    /* Where results of this round go by their own yes: then each person is asked for it. */
    bool ask_dossier, ask_research;
    const char *helper; /* who helps them: a role, "other"; NULL: asked where the mode has one */
    const char *by;     /* who runs this, for the audit; NULL: "person" */
    /* How a round goes on after a break, exactly as it must be typed; {} is where its id goes.
     * NULL: "verbond resume {}". */
    const char *resume_hint;
    /* Shows what was released, before it is asked together what comes of it: on this terminal,
     * from where the screen stands. NULL: nothing is shown. */
    enum vb_code (*show)(void *ctx, struct vb_round *round, struct vb_err *err);
    void *show_ctx;
};
struct vb_term;
enum vb_code vb_term_create(struct vb_term **out, const struct vb_term_options *options,
                            struct vb_loop *loop, const struct vb_env *env, struct vb_err *err);
void vb_term_destroy(struct vb_term *term);

/* Runs everybody who is due on this keyboard, with a hand-over screen between persons, until the
 * round is released, everybody stopped, or the person interrupts (VB_E_STOPPED, session kept).
 * only: a role (or role:label) to ask, NULL for all. */
enum vb_code vb_term_run(struct vb_term *term, struct vb_round *round, const char *only,
                         struct vb_err *err);

/* Somebody whom the newest revision shows (only: as above; NULL: who of them is asked) goes back to
 * their own answers, shares them anew, leaves them as they were, or takes everything back.
 * VB_E_BUSY when nobody is shown. */
enum vb_code vb_term_correct(struct vb_term *term, struct vb_round *round, const char *only,
                             struct vb_err *err);

/* Is there anybody (only: as above) whom vb_term_run would ask as it stands? */
bool vb_term_is_due(struct vb_round *round, const char *only);

/* An answer file: persons, values, @keys (contracts: docs/reference/answers.md). Walked on the
 * round it is given, which stands on a stage. Everything unknown, off the path or out of range is
 * an error that names file and field. */
struct vb_answer_file;
enum vb_code vb_answer_file_read(struct vb_answer_file **out, const char *path, struct vb_err *err);
/* As read, from bytes; name is used in messages. */
enum vb_code vb_answer_file_parse(struct vb_answer_file **out, const char *name, const char *bytes,
                                  size_t len, struct vb_err *err);
void vb_answer_file_destroy(struct vb_answer_file *file);
/* What the file says about the round as a whole (@variant, @setting, @with): fills options that are
 * NULL; VB_E_DATA when it contradicts one that is not. Strings live as long as the file. */
enum vb_code vb_answer_file_options(const struct vb_answer_file *file,
                                    struct vb_round_options *options, struct vb_err *err);
/* Holds nothing but what may come after the release: @together, @talk, persons with @correct. */
bool vb_answer_file_only_after(const struct vb_answer_file *file);
/* Has the instrument what the file names there? VB_E_DATA with file and key. */
enum vb_code vb_answer_file_fits(const struct vb_answer_file *file, const struct vb_plan *plan,
                                 struct vb_err *err);
enum vb_code vb_answer_files_walk(struct vb_answer_file *const *files, int count,
                                  struct vb_round *round, const char *language,
                                  const struct vb_env *env, struct vb_err *err);

/* Asks on the terminal for what a talk gave: the client's topic, agreements, goals, the next date.
 * What stands is shown, and kept or changed. VB_E_STOPPED: interrupted, nothing is written.
 * *changed: something was. */
enum vb_code vb_term_talk(struct vb_term *term, struct vb_round *round, const char *by,
                          bool *changed, struct vb_err *err);

#endif
