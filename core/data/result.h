/* result.h - the result of a released round, verbond.result/1, and its bytes.
 *
 * Filled by core/session, read by core/sheet and the outputs. Holds only what may be seen: shared
 * values; everything else is VB_VALUE_MISSING and reads "not_filled_in", but for consented
 * research. Strings and arrays are borrowed from the round or hang in the arena that was given when
 * it was built. */
#ifndef VB_RESULT_H
#define VB_RESULT_H

#include "base/buf.h"
#include "data/content.h"
#include "data/instrument.h"
#include "data/score.h"
#include "data/talk_record.h"

enum vb_category { VB_CATEGORY_NONE, VB_WELL, VB_DIFFER, VB_BETTER, VB_DISCUSS };
const char *vb_category_name(enum vb_category category);

struct vb_part {                   /* one person's answers: its own, or about one member */
    const char *member;            /* person id; NULL: own */
    int member_index;              /* -1: own */
    const struct vb_value *values; /* [plan->item_count]; NONE: not part of this one */
    const struct vb_score *scores; /* [plan->scale_count]; any false: not part of this one */
};
struct vb_respondent {
    const char *role, *person, *label, *language, *mode; /* label: for the sheet, never in JSON */
    const char *helper; /* a role, "other", NULL: not said; for the sheet */
    int role_index;
    bool shared;
    struct vb_part own;
    const struct vb_part *about;
    int about_count;
    const int64_t *totals; /* [plan->total_count], thousandths */
    const bool *total_given;
    /* Private scales this person said yes to for the worker, of the worker all of its own: only for
     * the sheet --for professional, never written, compared or talked about. Parts as above;
     * for_worker_count 0: none. */
    const struct vb_part *for_worker;
    int for_worker_count;
};
struct vb_comparison {
    int scale, item;           /* one of them, the other -1 */
    int a, b;                  /* respondent indexes; professional is b */
    int about;                 /* roster index, -1 */
    enum vb_category category; /* items */
    bool given;                /* both have a number */
    int64_t difference_tenths; /* pomp(b) - pomp(a) */
};
struct vb_talk {
    const int *well, *differ, *better, *friction; /* item indexes, in talking order */
    int well_count, differ_count, better_count, friction_count;
    const int *together; /* items of stage together */
    const struct vb_value *together_values;
    int together_count;
    struct vb_talk_record record;    /* all empty: nothing was written down */
    const struct vb_talk_last *last; /* NULL: none, or not for everybody here to see */
};
/* One thing that was said on a card, and by how many. Of words and of a choice of several, value is
 * a list of one. */
struct vb_card_word {
    struct vb_value value;
    int voices;
};
struct vb_card_item {
    int item;
    int voices; /* who said anything to it */
    const struct vb_card_word *words;
    int count;
};
/* What the gathered roles said, without who said it: their voices are no respondents. */
struct vb_card_result {
    int group; /* so many it takes before a word is shown */
    int count; /* of gathered roles, who shared */
    int held;  /* of a campaign: who said to have held a talk; -1: there is none */
    bool shown;
    const struct vb_card_item *items; /* in the instrument's order; none while not shown */
    int item_count;
};
struct vb_roster_name { /* for the sheet */
    const char *person, *role, *label;
};
struct vb_result {
    const struct vb_plan *plan;
    const char *round, *case_id, *wave; /* case_id NULL: no case */
    int revision;
    const char *reason; /* released, talk, late, withdrawn, erased, corrected */
    int64_t released_wall_ms;
    bool simulated;
    bool research; /* only persons who said yes to that, and why a value is missing */
    bool dossier;  /* only persons who said yes to that, and what may stand there */
    int format, form, variant, setting; /* plan indexes, -1: none */
    uint32_t includes;                  /* a bit per include that is on */
    const struct vb_respondent *respondents;
    int respondent_count;
    const struct vb_roster_name *roster;
    int roster_count;
    const struct vb_comparison *comparisons;
    int comparison_count;
    struct vb_talk talk;
    const struct vb_card_result *card; /* NULL: a sheet of voices, or for a purpose */
};

/* Does it hold what anybody gave? Everybody who was shown may have taken it back. */
bool vb_result_shows_anybody(const struct vb_result *result);

/* Appends the canonical JSON, no newline at the end. */
void vb_result_write(struct vb_buf *out, const struct vb_result *result, enum vb_content content);

#endif
