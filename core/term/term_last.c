/* term_last.c - what was done with the agreements of last time, one after the other.
 *
 * On the screen an agreement is a question like any other, with three answers; it stands in no
 * instrument, so it is made here. */
#include "session/shown.h"
#include "term/term_ask.h"

static const enum vb_phrase phrases[] = {
    [VB_FOLLOWED_NONE] = VB_SAY_NOT_FILLED_IN,
    [VB_FOLLOWED_DONE] = VB_SAY_DONE,
    [VB_FOLLOWED_PARTLY] = VB_SAY_PARTLY,
    [VB_FOLLOWED_NOT_YET] = VB_SAY_NOT_YET,
};
enum { ANSWERS = 3 };

const char *vb_followed_words(enum vb_tongue tongue, enum vb_followed followed)
{
    return vb_phrase(tongue, phrases[followed]);
}

const char *vb_agreement_words(enum vb_tongue tongue, const struct vb_agreement *agreement,
                               struct vb_arena *arena)
{
    struct vb_buf words = { 0 };
    vb_buf_printf(&words, "%s: %s", agreement->who, agreement->what);
    if (agreement->when != NULL) {
        vb_buf_puts(&words, " (");
        vb_say_day(tongue, agreement->when, &words);
        vb_buf_putc(&words, ')');
    }
    const char *out = vb_arena_strdup(arena, words.data);
    vb_buf_finish(&words);
    return out;
}

/* -- the question ----------------------------------------------------------------------------- */

static struct vb_text *text_of(struct vb_arena *arena, const char *words)
{
    struct vb_text *text = vb_arena_new(arena, struct vb_text);
    for (int i = 0; i < VB_LANGUAGES_MAX; i++)
        text->by_language[i] = words;
    return text;
}

static const struct vb_answers *answers_of(enum vb_tongue tongue, struct vb_arena *arena)
{
    struct vb_answers *answers = vb_arena_new(arena, struct vb_answers);
    struct vb_option *options = vb_arena_alloc(arena, sizeof *options * ANSWERS);
    for (int i = 0; i < ANSWERS; i++) {
        enum vb_followed followed = (enum vb_followed)(i + VB_FOLLOWED_DONE);
        options[i].id = vb_followed_name(followed);
        options[i].text = *text_of(arena, vb_followed_words(tongue, followed));
    }
    *answers = (struct vb_answers){ .options = options, .count = ANSWERS };
    return answers;
}

static const struct vb_item *item_of(const struct vb_plan *plan, enum vb_tongue tongue,
                                     const struct vb_agreement *agreement, struct vb_arena *arena)
{
    struct vb_item *item = vb_arena_new(arena, struct vb_item);
    const struct vb_text **text = vb_arena_alloc(arena, sizeof *text * VB_ROLES_MAX);
    for (int i = 0; i < plan->role_count; i++)
        text[i] = text_of(arena, vb_phrase(tongue, VB_ASK_LAST));
    *item = (struct vb_item){
        .id = "last",
        .index = -1,
        .kind = VB_CHOICE,
        .text = text,
        .help = text_of(
            arena, vb_arena_printf(arena, "\n%s", vb_agreement_words(tongue, agreement, arena))),
        .answers = answers_of(tongue, arena),
        .scale = -1,
        .include = -1,
        .max = 1
    };
    return item;
}

static void make_question(struct vb_keyboard *keyboard, struct vb_session *session,
                          const struct vb_talk_record *record, int agreement,
                          struct vb_arena *arena, struct vb_question *out)
{
    char number[16], count[16];
    const char *const numbers[] = { number, count };
    struct vb_buf lead = { 0 };
    vb_keyboard_names(keyboard, session, arena, out);
    out->ask.item = item_of(keyboard->plan, out->tongue, &record->agreements[agreement], arena);
    snprintf(number, sizeof number, "%d", agreement + 1);
    snprintf(count, sizeof count, "%d", record->agreement_count);
    vb_phrase_write_all(&lead, out->tongue, VB_SAY_LAST_OF, numbers, 2);
    out->lead = vb_arena_strdup(arena, lead.data);
    vb_buf_finish(&lead);
}

static struct vb_value value_of(enum vb_followed followed)
{
    if (followed == VB_FOLLOWED_NONE)
        return vb_value_missing(VB_MISSING_SKIPPED);
    return (struct vb_value){ .type = VB_VALUE_OPTION, .number = followed - VB_FOLLOWED_DONE };
}

static enum vb_followed followed_of(const struct vb_value *value)
{
    return value->type == VB_VALUE_OPTION ? (enum vb_followed)(value->number + VB_FOLLOWED_DONE)
                                          : VB_FOLLOWED_NONE;
}

/* -- the steps -------------------------------------------------------------------------------- */

enum vb_code vb_ask_last(struct vb_keyboard *keyboard, struct vb_session *session,
                         struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(session);
    const struct vb_talk_record *record;
    struct vb_question question;
    struct vb_value said = value_of(view->followed), given;
    enum vb_reply reply;
    *out = (struct vb_action){ .kind = VB_DO_FOLLOW, .item = -1, .member = -1 };
    out->agreement = view->agreement;
    enum vb_code code = vb_shown_last(keyboard->round, session, arena, &record, err);
    if (code != VB_OK || record == NULL)
        return code; /* erased since: nobody is asked about it, and it stays not filled in */
    make_question(keyboard, session, record, view->agreement, arena, &question);
    question.can_back = view->can_back;
    question.offered = view->followed == VB_FOLLOWED_NONE ? NULL : &said;
    code = vb_ask_question(&question, session, keyboard, &given, &reply, err);
    if (code != VB_OK)
        return code;
    out->followed = followed_of(&given);
    if (reply != VB_REPLY_VALUE)
        out->kind = reply == VB_REPLY_BACK ? VB_DO_BACK : VB_DO_STOP;
    return VB_OK;
}

enum vb_code vb_ask_last_again(struct vb_keyboard *keyboard, struct vb_session *session,
                               const struct vb_talk_record *record, int agreement,
                               struct vb_arena *arena, struct vb_action *out, bool *decided,
                               struct vb_err *err)
{
    enum vb_followed now = vb_fold_followed(vb_session_fold(session), agreement);
    struct vb_value said = value_of(now), given;
    struct vb_question question;
    enum vb_reply reply = VB_REPLY_BACK;
    make_question(keyboard, session, record, agreement, arena, &question);
    question.changing = true;
    question.offered = &said;
    enum vb_code code = vb_ask_question(&question, session, keyboard, &given, &reply, err);
    if (code != VB_OK || reply == VB_REPLY_BACK)
        return code;
    *out = (struct vb_action){ .kind = reply == VB_REPLY_STOP ? VB_DO_STOP : VB_DO_FOLLOW,
                               .item = -1,
                               .member = -1,
                               .agreement = agreement };
    if (reply == VB_REPLY_VALUE)
        out->followed = followed_of(&given);
    *decided = reply == VB_REPLY_STOP || out->followed != now;
    return VB_OK;
}
