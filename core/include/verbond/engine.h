/* engine.h - verbond inside a program of your own: libverbond.
 *
 *      open -> load -> begin -> join -> step, answer, step, answer ... share -> result, sheet
 *                                 one person after the other, or all at once
 *
 * An ENGINE holds a data folder (or memory) and does the work. An INSTRUMENT is what is asked. A
 * ROUND is one instrument, one case, one moment; a PERSON is somebody's own part of it. Nobody gets
 * another person's answers from it before that person shared them and the round was released.
 *
 * THE LOOP. An engine works on one libuv loop, and on no other thread than the one that turns it.
 *
 *      its own (options.loop NULL)   every call waits until what it did is durable; done is NULL
 *      the caller's                  calls that take a done return at once, and done runs later,
 *                                    from that loop, after the commit; done is never NULL
 *
 * With a caller's loop: a call that returns VB_ENGINE_OK calls done exactly once, never before it
 * has returned; a call that returns anything else does not call it. Nothing here turns the caller's
 * loop. What has no done writes one commit, while you wait for one sync of the disk.
 *
 * THREADS. Everything of one engine belongs to one thread at a time. Several engines may live in
 * one process, on as many threads, each on a data folder of its own.
 *
 * ERRORS. A function that can fail returns an enum vb_engine_code; struct vb_engine_error, last,
 * says it in a sentence, with file, line and field where there are any. It belongs to the caller;
 * NULL: the code is enough. Nothing was changed by what is refused.
 *
 * MEMORY. Strings go in as UTF-8 and are copied. What comes out (an out that is NULL is
 * VB_ENGINE_MISUSE; a len may be):
 *      const char *     borrowed; its comment says for how long
 *      char **          the caller's own, until vb_engine_free
 *      handles (**out)  the caller's own, until their close, which sets them to NULL: closing twice
 *                       does nothing, and so does closing NULL. Closing an engine or a round ends
 * what it gave out: those handles answer VB_ENGINE_MISUSE from then on, and are still to be closed.
 *
 * STRUCTS begin with their size, which the caller sets: struct vb_engine_join join = { .size =
 * sizeof join }. Members are only ever added at the end, so that a program built with an older
 * header goes on working.
 *
 * Changes:
 *   0.1.0  2026-11-22  first version
 */
#ifndef VERBOND_ENGINE_H
#define VERBOND_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define VB_ENGINE_API __attribute__((visibility("default")))
#else
#define VB_ENGINE_API
#endif

#define VB_ENGINE_VERSION_MAJOR 0
#define VB_ENGINE_VERSION_MINOR 1
#define VB_ENGINE_VERSION_PATCH 0
#define VB_ENGINE_VERSION_NUMBER                                                                   \
    (VB_ENGINE_VERSION_MAJOR * 1000000 + VB_ENGINE_VERSION_MINOR * 1000 + VB_ENGINE_VERSION_PATCH)

/* The library that runs, where the macros are the header it was built with: "0.1.0", 1000. Any
 * thread. */
VB_ENGINE_API const char *vb_engine_version(void);
VB_ENGINE_API int vb_engine_version_number(void);

/* -- errors ----------------------------------------------------------------------------------- */

enum vb_engine_code {
    VB_ENGINE_OK = 0,
    VB_ENGINE_MISUSE,   /* a rule of this page was broken: mend the program */
    VB_ENGINE_CONFIG,   /* key file, folder or output is wrong: mend it, then call again */
    VB_ENGINE_DATA,     /* what came in is refused (an answer, an instrument): mend the input */
    VB_ENGINE_ABSENT,   /* no such thing (file, round, instrument): name another */
    VB_ENGINE_CHANGED,  /* the same version of an instrument with other contents: raise it */
    VB_ENGINE_SCRIPT,   /* a script of an instrument failed: mend the Lua file */
    VB_ENGINE_LIMIT,    /* larger than a limit: give less */
    VB_ENGINE_NOT_NOW,  /* locked, not released yet, an answer is being saved: try later */
    VB_ENGINE_CONFLICT, /* something else was saved meanwhile: look at the step again */
    VB_ENGINE_IO,       /* the disk failed: nothing was saved, try again */
    VB_ENGINE_INTERNAL  /* our own fault */
};
VB_ENGINE_API const char *vb_engine_code_name(int code); /* "not now"; static */

struct vb_engine_error {
    size_t size;
    int code;        /* enum vb_engine_code; VB_ENGINE_OK after a call that went well */
    int line;        /* in file; 0: none */
    char file[256];  /* "" none: an instrument's file, the key file, the data folder */
    char field[128]; /* "" none: the item, option or argument it is about */
    char text[1024]; /* one sentence for a person. Never an answer */
};

/* After the commit, or when it failed. error is borrowed for the call, NULL when code is
 * VB_ENGINE_OK. */
typedef void vb_engine_done(void *ctx, int code, const struct vb_engine_error *error);

VB_ENGINE_API void vb_engine_free(void *text); /* what came out by char **; NULL is fine */

/* -- the engine ------------------------------------------------------------------------------- */

struct uv_loop_s;
struct vb_engine;

enum vb_engine_log_level {
    VB_ENGINE_LOG_ERROR,
    VB_ENGINE_LOG_WARNING,
    VB_ENGINE_LOG_INFO,
    VB_ENGINE_LOG_DEBUG
};
struct vb_engine_options { /* NULL and 0: as each says */
    size_t size;
    const char *data;     /* the data folder, made when missing; NULL: memory, gone at the close */
    const char *key_file; /* NULL: $VERBOND_KEY, else verbond/key in the XDG configuration
                           * folder; made when folder and file are both new */
    struct uv_loop_s *loop; /* NULL: one of its own; else it outlives the engine */
    const char *by;         /* who uses it, for the audit; NULL: the user of this process */
    const char *on_behalf;  /* and for whom; NULL: nobody else */
    const char *reporting; /* the organisation's text about what a worker must report; NULL: none */
    const char *instruments; /* where names of instruments are looked up first; NULL:
                              * $VERBOND_INSTRUMENTS */
    const char *plugins;     /* the same for outputs; NULL: $VERBOND_PLUGINS */
    const char *program; /* the verbond command, which runs outputs; NULL: where it is installed */
    /* NULL: no log. Ids and numbers, never an answer or a name. May be called on another thread. */
    void (*log)(void *ctx, int level, const char *room, const char *text);
    void *log_ctx;
    int log_most; /* enum vb_engine_log_level: what is more talkative is dropped */
};
/* options NULL: memory, on a loop of its own. VB_ENGINE_CONFIG: the key file is missing, readable
 * by others, or another one's; VB_ENGINE_NOT_NOW: the folder is open elsewhere. What is past its
 * time is erased here (docs/how-to/rights.md). */
VB_ENGINE_API int vb_engine_open(struct vb_engine **out, const struct vb_engine_options *options,
                                 struct vb_engine_error *error);
/* What is on its way is still written; its done is not called any more. On a caller's loop closed
 * (required there, else NULL) runs at one of the loop's next turns: from then on the loop holds
 * nothing of ours. NULL engines are fine. */
VB_ENGINE_API int vb_engine_close(struct vb_engine **engine, void (*closed)(void *ctx), void *ctx);

/* -- instruments ------------------------------------------------------------------------------ */

struct vb_engine_instrument;
/* By name ($VERBOND_INSTRUMENTS, ./instruments, where they are installed) or by path. It stays as
 * it was read, whatever becomes of its files, and may outlive the engine. VB_ENGINE_DATA: it has
 * errors, and error holds the first, with file and line. */
VB_ENGINE_API int vb_engine_load(struct vb_engine *engine, const char *name,
                                 struct vb_engine_instrument **out, struct vb_engine_error *error);
/* verbond.instrument/1: ids, texts, languages, roles, forms, variants. */
VB_ENGINE_API int vb_engine_instrument_json(const struct vb_engine_instrument *instrument,
                                            char **out, size_t *len, struct vb_engine_error *error);
VB_ENGINE_API void vb_engine_instrument_close(struct vb_engine_instrument **instrument);

/* -- rounds ----------------------------------------------------------------------------------- */

struct vb_engine_round;
enum vb_engine_round_state {
    VB_ENGINE_ROUND_OPEN,
    VB_ENGINE_ROUND_RELEASED,
    VB_ENGINE_ROUND_ENDED, /* without anything shown */
    VB_ENGINE_ROUND_ERASED
};
struct vb_engine_round_options { /* NULL members: standard, none */
    size_t size;
    const char *case_id; /* a pseudonym of letters, digits, . _ -; NULL: a new random one */
    const char *wave;    /* NULL: t0 */
    const char *format, *form, *variant, *setting;
    const char *const *with; /* optional parts to turn on */
    size_t with_count;
};
/* The open round of this case, instrument and wave, else a new one; options NULL: a new one of a
 * new case. One that goes on does so with the files it began with. Nothing is written before
 * somebody joins. VB_ENGINE_NOT_NOW: it was released. */
VB_ENGINE_API int vb_engine_begin(struct vb_engine *engine,
                                  const struct vb_engine_instrument *instrument,
                                  const struct vb_engine_round_options *options,
                                  struct vb_engine_round **out, struct vb_engine_error *error);
/* A round that exists, whatever its state; id: all of it, or its first characters (four or more).
 */
VB_ENGINE_API int vb_engine_resume(struct vb_engine *engine, const char *id,
                                   struct vb_engine_round **out, struct vb_engine_error *error);
/* Both until the round is closed; NULL and VB_ENGINE_ROUND_ENDED when its engine was. */
VB_ENGINE_API const char *vb_engine_round_id(const struct vb_engine_round *round);
VB_ENGINE_API int vb_engine_round_state(const struct vb_engine_round *round);
/* {"round", "case", "instrument", "version", "wave", "state", "persons": [{"person", "role",
 * "label", "ready"}], "missing": [ROLE]}; ready: shared or stopped, all that others may know.
 * missing: roles that still owe something before a release. */
VB_ENGINE_API int vb_engine_round_json(struct vb_engine_round *round, char **out, size_t *len,
                                       struct vb_engine_error *error);
/* Families and groups are released by somebody, at two or more who shared; a pair by itself when
 * both did. VB_ENGINE_NOT_NOW in the same words whatever is missing. */
VB_ENGINE_API int vb_engine_release(struct vb_engine_round *round, struct vb_engine_error *error);
/* Shows one side that waits in vain, of those who said yes to that. VB_ENGINE_NOT_NOW: nobody did.
 */
VB_ENGINE_API int vb_engine_release_one_side(struct vb_engine_round *round,
                                             struct vb_engine_error *error);
/* Ends an open round without showing anything of anybody. */
VB_ENGINE_API int vb_engine_end(struct vb_engine_round *round, struct vb_engine_error *error);
/* Where its results go, NAME[:key=value,...] as verbond run --output has it; before anything is
 * released. The plugin is asked what it takes, by the verbond command, while you wait. */
VB_ENGINE_API int vb_engine_output(struct vb_engine_round *round, const char *line,
                                   struct vb_engine_error *error);
/* Brings out what is due of this round; done (rules above) when each result arrived or has to wait.
 * VB_ENGINE_NOT_NOW: something waits or is dead (verbond outbox). One at a time an engine. */
VB_ENGINE_API int vb_engine_deliver(struct vb_engine_round *round, vb_engine_done *done, void *ctx,
                                    struct vb_engine_error *error);
VB_ENGINE_API void vb_engine_round_close(struct vb_engine_round **round);

/* -- persons ---------------------------------------------------------------------------------- */

struct vb_engine_person;
struct vb_engine_join {
    size_t size;
    const char *role;     /* a respondent of the instrument */
    const char *label;    /* what this person is called; needed where a role has several */
    const char *language; /* NULL: the instrument's first */
    const char *form;     /* NULL: the round's */
    const char *mode;     /* self, aloud, helper, interpreter, phone, paper; NULL: self */
    const char *helper;   /* a role, or "other"; NULL: not said */
};
/* Names somebody for the roster who has not begun (a family's members). */
VB_ENGINE_API int vb_engine_name(struct vb_engine_round *round, const char *role, const char *label,
                                 struct vb_engine_error *error);
/* Somebody begins, durable when this returns, or goes on where they were: the same role and label
 * are the same person. *out is there at once; done when the first step stands. That it is really
 * this person who answers is for the caller to know. */
VB_ENGINE_API int vb_engine_join(struct vb_engine_round *round, const struct vb_engine_join *join,
                                 struct vb_engine_person **out, vb_engine_done *done, void *ctx,
                                 struct vb_engine_error *error);
/* After the release: what is asked of everybody together, as one person more. VB_ENGINE_ABSENT: the
 * instrument asks nothing together. */
VB_ENGINE_API int vb_engine_together(struct vb_engine_round *round, struct vb_engine_person **out,
                                     vb_engine_done *done, void *ctx,
                                     struct vb_engine_error *error);
/* Until the person is closed; NULL of those together, and when its round was closed. */
VB_ENGINE_API const char *vb_engine_person_id(const struct vb_engine_person *person);
/* What a person reads before the first question: what this is, who sees what. Show it. */
VB_ENGINE_API int vb_engine_opening(struct vb_engine_person *person, char **out, size_t *len,
                                    struct vb_engine_error *error);
VB_ENGINE_API void vb_engine_person_close(struct vb_engine_person **person);

/* -- the step --------------------------------------------------------------------------------- */

enum vb_engine_at {
    VB_ENGINE_AT_WORK,      /* the next question is being worked out: wait for done */
    VB_ENGINE_AT_AGREEMENT, /* agreed last time: "done", "partly", "not_yet" or null */
    VB_ENGINE_AT_QUESTION,
    VB_ENGINE_AT_OVERVIEW, /* own answers: change, hold back; then share or stop */
    VB_ENGINE_AT_SHARED,
    VB_ENGINE_AT_STOPPED,
    VB_ENGINE_AT_WITHDRAWN,
    VB_ENGINE_AT_FAULT /* a script failed: text says how; what was answered is kept */
};
struct vb_engine_choice {
    const char *id;    /* choice, words: what is answered; NULL: value is */
    int64_t value;     /* likert, faces */
    const char *text;  /* in the person's language */
    const char *image; /* a file beside the instrument; NULL: none */
};
struct vb_engine_step { /* texts in the person's language, names filled in; NULL: there is none */
    size_t size;
    int at;                  /* enum vb_engine_at */
    int64_t seq;             /* of what was saved last: give it back with the answer */
    const char *const *says; /* messages that come before it */
    size_t say_count;
    const char *item, *kind; /* "trust.report", "likert" */
    const char *member;      /* whom it is about, "youth:Sam" */
    const char *intro, *text, *help;
    const struct vb_engine_choice *choices;
    size_t choice_count, choice_size; /* size of one */
    const char *left, *right;         /* the ends of a vas */
    const char *min, *max;            /* likert, faces, vas, number, date; decimal, or a day */
    int most;            /* characters of a text, choices or words; 0: not limited here */
    const char *ways;    /* of a picture: draw, photo, words, paper, pieces, a blank between */
    int own_words;       /* words, choice: {"other": text}, or words of one's own */
    int whole;           /* number: no decimals */
    const char *offered; /* JSON: what was answered before going back */
    int can_back, can_skip, can_dont_know, can_rather_not_say;
    int number, of; /* the how-manieth question; of 0: nobody knows yet */
    int stands;     /* a correction: what was shared stands until it is shared again */
};
/* The current step. What it points to lives until the next vb_engine_step of this person, or its
 * close. */
VB_ENGINE_API int vb_engine_step(struct vb_engine_person *person, struct vb_engine_step *out,
                                 struct vb_engine_error *error);
/* The same as JSON, with the same names. */
VB_ENGINE_API int vb_engine_step_json(struct vb_engine_person *person, char **out, size_t *len,
                                      struct vb_engine_error *error);
/* Their own answers and what a yes is asked for: {"seq", "answers": [{"item", "member", "kind",
 * "text", "value" | "missing", "held"}], "agreements": [{"text", "followed", "held"}], "asks":
 * {"one_sided", "private": [SCALE], "purposes": [PURPOSE]}}. For this person's eyes alone. */
VB_ENGINE_API int vb_engine_overview_json(struct vb_engine_person *person, char **out, size_t *len,
                                          struct vb_engine_error *error);

/* -- verbs ------------------------------------------------------------------------------------ *
 *
 * seq: of the step that was shown; another one is VB_ENGINE_CONFLICT, and so is answering what does
 * not wait. VB_ENGINE_NOT_NOW while one of this person's is on its way. done: rules above. */

/* value: JSON as in answer files (docs/reference/answers.md): 4, true, "text", {"other": "text"},
 * {"missing": "dont_know"}, null (skipped). VB_ENGINE_DATA: refused, error says why, with the item
 * as field; nothing is saved. {"file": path} is read from the folder the process runs in. */
VB_ENGINE_API int vb_engine_answer(struct vb_engine_person *person, int64_t seq, const char *value,
                                   vb_engine_done *done, void *ctx, struct vb_engine_error *error);
VB_ENGINE_API int vb_engine_back(struct vb_engine_person *person, int64_t seq, vb_engine_done *done,
                                 void *ctx, struct vb_engine_error *error);
/* At the overview. item: an id, or "@last[0]" for the first agreement of last time; member: as in
 * the step, NULL: none. Other questions may come of it: look at the step. */
VB_ENGINE_API int vb_engine_change(struct vb_engine_person *person, int64_t seq, const char *item,
                                   const char *member, const char *value, vb_engine_done *done,
                                   void *ctx, struct vb_engine_error *error);
/* At the overview: held back (on 1), or let go again (0). */
VB_ENGINE_API int vb_engine_hold(struct vb_engine_person *person, int64_t seq, const char *item,
                                 const char *member, int on, vb_engine_done *done, void *ctx,
                                 struct vb_engine_error *error);
struct vb_engine_sharing {
    size_t size;
    int one_sided;               /* yes to: also when the other fills in nothing */
    const char *const *purposes; /* yes to: dossier, research */
    size_t purpose_count;
    const char *const *private_scales; /* yes to: the worker may see these */
    size_t private_count;
};
/* At the overview: may this be on the table? Yes. A pair is released when both said so; the round's
 * state tells. sharing NULL: yes, and to nothing more. */
VB_ENGINE_API int vb_engine_share(struct vb_engine_person *person, int64_t seq,
                                  const struct vb_engine_sharing *sharing, vb_engine_done *done,
                                  void *ctx, struct vb_engine_error *error);
/* No, or no more of this: nothing of it is shown. */
VB_ENGINE_API int vb_engine_stop(struct vb_engine_person *person, int64_t seq, vb_engine_done *done,
                                 void *ctx, struct vb_engine_error *error);
/* After the release: back to the overview, to mend something and share again. */
VB_ENGINE_API int vb_engine_correct(struct vb_engine_person *person, struct vb_engine_error *error);
/* Takes everything back: no result of any revision has it any more. */
VB_ENGINE_API int vb_engine_withdraw(struct vb_engine_person *person,
                                     struct vb_engine_error *error);

/* -- results ---------------------------------------------------------------------------------- */

struct vb_engine_result_options {
    size_t size;
    int revision;        /* 0: the newest */
    const char *content; /* event, sheet, scores, items; NULL: items */
    const char *purpose; /* local, research, dossier: whose yes it takes; NULL: local */
};
/* verbond.result/1, the same bytes for the same revision. VB_ENGINE_NOT_NOW before the release, and
 * when nobody said yes to the purpose. A row of the audit each time. */
VB_ENGINE_API int vb_engine_result(struct vb_engine_round *round,
                                   const struct vb_engine_result_options *options, char **out,
                                   size_t *len, struct vb_engine_error *error);
struct vb_engine_sheet_options {
    size_t size;
    int html;             /* 0: plain text */
    const char *language; /* NULL: the first person's */
    const char *for_role; /* NULL: all read the same one */
};
/* The conversation sheet of the newest revision; as vb_engine_result. */
VB_ENGINE_API int vb_engine_sheet(struct vb_engine_round *round,
                                  const struct vb_engine_sheet_options *options, char **out,
                                  size_t *len, struct vb_engine_error *error);

#ifdef __cplusplus
}
#endif
#endif
