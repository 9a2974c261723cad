/* term_ask.h - the keyboard as an input of the walk: one question at a time. Room term only. */
#ifndef VB_TERM_ASK_H
#define VB_TERM_ASK_H

#include "session/round.h"
#include "term/term_kind.h"
#include "term/term_walk.h"

/* One person at the keyboard. Plain data, borrowed for the walk. */
struct vb_keyboard {
    struct vb_desk *desk;
    const struct vb_plan *plan;
    struct vb_round *round; /* where the agreements of last time are read */
    int variant, setting;   /* of the round; -1: none */
    int answer;             /* at the overview: the answer, from 0, that must be on the screen */
    bool ask_dossier, ask_research; /* may it go there too? */
    bool leaving;                   /* stops without another word: that was asked already */
    bool takes_back;                /* left a correction to take everything back */
    struct vb_buf notice; /* said under the next question; finished by whoever made this */
};
/* The input that vb_term_walk takes. */
struct vb_term_input vb_keyboard_input(struct vb_keyboard *keyboard);

/* The question an item of this session is. */
void vb_keyboard_question(struct vb_keyboard *keyboard, struct vb_session *session, int item,
                          int member, struct vb_arena *arena, struct vb_question *out);

/* The same of no item: a person, a language and what the slots stand for. */
void vb_keyboard_names(struct vb_keyboard *keyboard, struct vb_session *session,
                       struct vb_arena *arena, struct vb_question *out);

/* Its words for this person's role; in the question's arena. */
const char *vb_question_wording(const struct vb_question *question);

/* -- commands at any question; letters are the tongue's own, words count in every tongue -- */
enum vb_command {
    VB_COMMAND_NONE,
    VB_COMMAND_DONT_KNOW,
    VB_COMMAND_RATHER_NOT,
    VB_COMMAND_SKIP,
    VB_COMMAND_BACK,
    VB_COMMAND_STOP,
    VB_COMMAND_HELP,
    VB_COMMAND_COUNT,
};
enum vb_command vb_command_read(enum vb_tongue tongue, const char *line);

/* -- showing one (term_show.c) -- */
/* Its number, the introduction of a scale that begins, messages. */
void vb_show_lead(const struct vb_question *question, struct vb_session *session);
/* The question, its help, the answers and the keys. */
void vb_show_question(const struct vb_question *question);
/* What the keys do; where numbers are answers, the special answers too, numbered from 1. */
void vb_show_help(const struct vb_question *question);
/* The special answer under a number when they are numbered from first; NONE: no such. */
enum vb_command vb_special_at(const struct vb_question *question, int first, const char *line);

enum vb_reply { VB_REPLY_VALUE, VB_REPLY_BACK, VB_REPLY_STOP };
/* Shows the question and asks until there is a value that the kind takes, or a command. */
enum vb_code vb_ask_question(const struct vb_question *question, struct vb_session *session,
                             struct vb_keyboard *keyboard, struct vb_value *out,
                             enum vb_reply *reply, struct vb_err *err);

/* -- last time (term_last.c) -- */
/* "Sam: calls the office (31-12-2026)"; in arena. */
const char *vb_agreement_words(enum vb_tongue tongue, const struct vb_agreement *agreement,
                               struct vb_arena *arena);
const char *vb_followed_words(enum vb_tongue tongue, enum vb_followed followed);
/* The step at an agreement. */
enum vb_code vb_ask_last(struct vb_keyboard *keyboard, struct vb_session *session,
                         struct vb_arena *arena, struct vb_action *out, struct vb_err *err);
/* At the overview: the same one asked again. *decided: out says what to do. */
enum vb_code vb_ask_last_again(struct vb_keyboard *keyboard, struct vb_session *session,
                               const struct vb_talk_record *record, int agreement,
                               struct vb_arena *arena, struct vb_action *out, bool *decided,
                               struct vb_err *err);

/* -- the own answers (term_list.c) -- */
struct vb_list { /* the answers on the screen: from first up to next, numbered through: */
    int first, next, count;
    const struct vb_talk_record *last; /* agreements of last time come first; NULL: none */
    int last_count;                    /* how many of them; then the path */
};
/* Shows the page with keyboard->answer; the whole list where the height is not known. */
enum vb_code vb_list_show(struct vb_keyboard *keyboard, struct vb_session *session,
                          struct vb_arena *arena, struct vb_list *out, struct vb_err *err);
/* What stands at a place of the path. */
const struct vb_value *vb_list_value(const struct vb_keyboard *keyboard,
                                     const struct vb_session *session, int item, int member);

/* The step at the overview (term_overview.c). */
enum vb_code vb_overview_next(struct vb_keyboard *keyboard, struct vb_session *session,
                              struct vb_arena *arena, struct vb_action *out, struct vb_err *err);

#endif
