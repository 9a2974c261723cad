/* phrases.h - every sentence the terminal runner says of its own, in Dutch and in English.
 *
 * Instruments bring their own texts; these are the words around them. A phrase may have
 * places for something else, written {}. Pure; any thread. */
#ifndef VB_PHRASES_H
#define VB_PHRASES_H

#include "base/buf.h"
#include "kinds/kind.h"

enum vb_tongue { VB_NL, VB_EN, VB_TONGUE_COUNT };
/* The tongue for a person's language ("nl-BE" is Dutch); English for languages we do not speak. */
enum vb_tongue vb_tongue_of(const char *language);

enum vb_phrase {
    /* -- around the questions -- */
    VB_KEY_ENTER_BEGIN,
    VB_SAY_PRESS_ENTER,
    VB_SAY_WELCOME_BACK, /* a session goes on */
    VB_SAY_QUESTION,     /* question {number} */
    VB_SAY_OUT_OF,       /* 1 of 22 */
    VB_KEY_ENTER_SKIP,   /* the parts of the short help line */
    VB_KEY_ENTER_KEEP,
    VB_KEY_SKIP,
    VB_KEY_BACK,
    VB_KEY_OVERVIEW, /* back, where that leads to the overview */
    VB_KEY_STOP,
    VB_KEY_HELP,
    VB_KEY_DONT_KNOW,
    VB_KEY_RATHER_NOT,
    VB_SAY_EXPLAIN, /* what the keys do, at "?" */
    VB_KEY_ENTER_BACK,
    VB_SAY_OFFERED, /* you gave {} before */
    VB_SAY_WAS_SKIPPED,
    VB_SAY_ABOUT, /* this is about {member} */
    VB_SAY_MENU,  /* choose a number, or Enter to go back to the question */
    VB_SAY_BACK,  /* the special answers, as they stand in lists */
    VB_SAY_SKIP,
    VB_SAY_DONT_KNOW,
    VB_SAY_RATHER_NOT,
    VB_SAY_STOP,
    VB_SAY_NO_BACK,   /* this is the first question */
    VB_SAY_STOP_SURE, /* stop for good? */
    VB_WANT_SURE,     /* yes or no */
    VB_WANT_SURE_ENTER,
    VB_SAY_BROKEN,  /* the script failed */
    VB_SAY_STOPPED, /* you stopped */
    VB_SAY_YES,
    VB_SAY_NO,
    /* -- what a kind wants -- */
    VB_WANT_NUMBER_OF, /* a number from {1-5} */
    VB_WANT_CHOICES,   /* at most {2} of them, commas between */
    VB_WANT_VAS,
    VB_WANT_YESNO,
    VB_WANT_DECIMAL,    /* any number */
    VB_WANT_DECIMAL_IN, /* a number {from 1 to 5} */
    VB_WANT_DATE,
    VB_WANT_DATE_IN, /* a date {...} */
    VB_WANT_WORDS,
    VB_WANT_WORDS_OWN,     /* numbers or own words */
    VB_WANT_WORDS_OWN_MAX, /* at most {} of them */
    VB_WANT_TEXT,
    VB_WANT_TEXT_MAX,  /* at most {} characters */
    VB_ASK_KEEP_FIRST, /* {1080} characters, {1000} allowed: keep the first {1000}? */
    VB_SAY_LINE_CUT,   /* the terminal dropped the end of a line */
    VB_ASK_KEEP_REST,  /* keep the {4095} characters that came? */
    VB_SAY_OTHER,      /* something else, namely */
    VB_ASK_OTHER,
    VB_ASK_FILE,
    VB_ASK_WORDS,
    VB_SAY_PLACE,       /* {token}: {30} to the right, {70} up */
    VB_WANT_PLACE,      /* two numbers for {token}: how far to the right, how far up */
    VB_SAY_PLACE_AGAIN, /* Enter begins again with the first */
    VB_WANT_PIECE,      /* the number of a piece, its place, how far it is turned */
    VB_SAY_PIECES_LEFT, /* {3} were placed; Enter when it is ready */
    VB_SAY_PIECES_FULL,
    VB_SAY_BY_PIECES,
    VB_SAY_BY_PIECES_KEPT, /* of a question that asks whether they are kept */
    VB_SAY_BY_FILE,
    VB_SAY_BY_GIVING,
    VB_SAY_BY_KEEPING, /* kept for {90} days */
    VB_SAY_BY_SHOWING, /* of a question that keeps no image */
    VB_SAY_BY_WORDS,
    VB_SAY_BY_PAPER,
    VB_SAY_IMAGE, /* an image was given */
    VB_SAY_ON_PAPER,
    VB_SAY_NOT_KEPT, /* there is one, on paper or shown */
    VB_SAY_NOT_FILLED_IN,
    VB_SAY_OF_HUNDRED, /* {} of 100 */
    VB_SAY_FROM,
    VB_SAY_UNTIL,
    /* -- the overview -- */
    VB_SAY_OVERVIEW,
    VB_SAY_OVERVIEW_KEYS,
    VB_SAY_OVERVIEW_HELP,
    VB_KEY_ENTER_READY,
    VB_KEY_ENTER_MORE,
    VB_KEY_PAGE_BACK,
    VB_KEY_ENTER_LIST,
    VB_SAY_NOW_HELD,   /* you keep answer {3} to yourself */
    VB_SAY_NOW_LET_GO, /* answer {3} goes along again */
    VB_SAY_HELD,       /* mark of an answer that is held back */
    VB_SAY_FOR_WORKER, /* mark of an answer that only the worker may see, after a yes of its own */
    VB_SAY_FOR_NOBODY, /* mark of an answer that stands on no sheet */
    VB_SAY_NO_SUCH_NUMBER,
    VB_ASK_SHARE,     /* may {} see your answers? */
    VB_ASK_SHARE_ALL, /* may the others? */
    VB_SAY_NO_THEN_STOP,
    VB_SAY_SHARE_BACK, /* back to my answers */
    VB_ASK_ONE_SIDED,
    VB_ASK_ONE_SIDED_ALL,
    VB_ASK_PRIVATE, /* answers about {scale} for the worker alone */
    VB_ASK_EARLIER,
    VB_ASK_DOSSIER,
    VB_ASK_RESEARCH,
    VB_SAY_SHARED,
    VB_SAY_SHARED_KEPT, /* and they can be taken back */
    VB_SAY_NOT_SHARED_SURE,
    /* -- between persons -- */
    VB_ASK_LANGUAGE,
    VB_SAY_FOR,          /* this part is for {} */
    VB_SAY_TURN,         /* now it is the turn of {} */
    VB_SAY_ARE_YOU,      /* are you {}? type 1 */
    VB_ASK_MEMBERS,      /* who takes part */
    VB_ASK_MEMBER_NAMES, /* names of {role}, one a line, Enter when ready */
    VB_SAY_TOO_FEW,      /* at least {} */
    VB_SAY_NAME_TWICE,
    VB_ASK_NEXT_MEMBER, /* of a campaign: a word of one's own, Enter when nobody comes */
    VB_SAY_WORD_READY,  /* whose word it is, is ready */
    VB_ASK_WELCOME,     /* does {}, who need not, fill in too? */
    VB_ASK_RELEASE,
    VB_SAY_NOT_RELEASED,
    VB_SAY_NOT_YET_RELEASED,
    VB_ASK_CLOSE, /* open the sheet of one side? */
    VB_SAY_TOGETHER,
    VB_SAY_KEPT,
    VB_SAY_GO_ON, /* how to go on, on the next line */
    VB_SAY_NOTHING_KEPT,
    VB_SAY_FORGOTTEN, /* retain: memory or none, interrupted */
    VB_SAY_DRAFT,     /* translation status */
    VB_SAY_REPORTING_MISSING,
    VB_ASK_WHO_READS, /* who reads aloud, helps, interprets */
    VB_ASK_WHO_HELPS,
    VB_ASK_WHO_INTERPRETS,
    VB_SAY_SOMEBODY_ELSE,
    VB_SAY_HELPER_RATED, /* {} helps, whom the questions are about */
    /* -- last time -- */
    VB_ASK_LAST,      /* what was done with last time? */
    VB_SAY_LAST_OF,   /* agreement {1} of {2} */
    VB_SAY_LAST_LINE, /* in the overview: last time, {what was agreed} */
    VB_SAY_DONE,
    VB_SAY_PARTLY,
    VB_SAY_NOT_YET,
    /* -- after the talk -- */
    VB_SAY_TALK,
    VB_SAY_TALK_HOW,
    VB_ASK_TOPIC, /* what does {} want to talk about? */
    VB_ASK_TOPIC_ALL,
    VB_SAY_AGREEMENT, /* agreement {number} */
    VB_ASK_WHAT,
    VB_ASK_WHO,
    VB_ASK_WHEN,
    VB_SAY_GOAL, /* goal {number} */
    VB_ASK_GOAL,
    VB_ASK_WHOSE,
    VB_SAY_OF_ALL,
    VB_SAY_ALL_OF_US,
    VB_ASK_TERM,
    VB_SAY_SHORT_TERM,
    VB_SAY_LONG_TERM,
    VB_ASK_BY,
    VB_ASK_GOAL_YES, /* does {} say yes to this goal? */
    VB_ASK_NEXT,
    VB_SAY_IS_THERE, /* it says: {} */
    VB_KEY_ENTER_ON,
    VB_KEY_TAKE_AWAY,
    VB_SAY_WRITTEN, /* this is what you write down */
    VB_SAY_TOPIC_LINE,
    VB_SAY_AGREEMENT_LINE,
    VB_SAY_GOAL_LINE,
    VB_SAY_NEXT_LINE,
    VB_SAY_EMPTY,
    VB_SAY_WISH_OF,
    VB_SAY_BY_DAY,
    VB_SAY_YES_OF,
    VB_SAY_NOT_YET_OF,
    VB_SAY_WRITTEN_KEYS,
    VB_KEY_MORE_AGREEMENTS,
    VB_KEY_MORE_GOALS,
    VB_KEY_ENTER_SAVE,
    VB_SAY_NOT_SAVED_SURE,
    VB_SAY_NOTHING_CHANGED, /* interrupted */
    VB_SAY_FULL,            /* twelve are enough */
    /* -- correcting -- */
    VB_ASK_WHO_CORRECTS, /* who wants to change something? */
    VB_SAY_CORRECT,      /* what was shared stands until it is shared again */
    VB_SAY_CORRECT_HELP,
    VB_ASK_SHARE_AGAIN,
    VB_SAY_SHARE_LIKE_THIS, /* the answers to it */
    VB_SAY_LEAVE_AS_IT_WAS,
    VB_SAY_TAKE_BACK,
    VB_SAY_LEAVE_SURE,
    VB_SAY_TAKE_BACK_SURE,
    VB_SAY_CORRECTED, /* the last words */
    VB_SAY_AS_IT_WAS,
    VB_SAY_TAKEN_BACK,
    VB_PHRASE_COUNT,
};
const char *vb_phrase(enum vb_tongue tongue, enum vb_phrase phrase);
/* Appends the phrase with {} replaced by what (NULL: nothing). */
void vb_phrase_write(struct vb_buf *out, enum vb_tongue tongue, enum vb_phrase phrase,
                     const char *what);
/* The same for a phrase with several places: the first {} is whats[0], and so on. */
void vb_phrase_write_all(struct vb_buf *out, enum vb_tongue tongue, enum vb_phrase phrase,
                         const char *const *whats, int count);

/* Why a value was not taken, for the person who gave it. */
const char *vb_phrase_refusal(enum vb_tongue tongue, enum vb_refusal refusal);

/* A role in words ("de ouder", "the parent"); a role we have no word for: its own name. */
const char *vb_phrase_role(enum vb_tongue tongue, const char *role);
/* And of several ("de ouders", "the parents"). */
const char *vb_phrase_roles(enum vb_tongue tongue, const char *role);

#endif
