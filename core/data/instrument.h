/* instrument.h - the compiled plan of an instrument.
 *
 * core/script fills it, everybody else only reads it. One plan may serve many sessions on many
 * threads: it never changes after the load and lives until vb_plan_release drops the last
 * reference. All strings and arrays hang in its arena. Indexes are positions in its arrays. */
#ifndef VB_INSTRUMENT_H
#define VB_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "data/answer.h"

enum {
    VB_API_VERSION = 1, /* of the Lua surface; part of every digest */
    VB_LANGUAGES_MAX = 16,
    VB_ROLES_MAX = 16,
    VB_FORMS_MAX = 31, /* forms, variants and includes are bits of a uint32_t */
    VB_ITEMS_MAX = 4096,
    VB_MEMBERS_MAX = 4096,      /* roster members of one round */
    VB_SOURCE_MAX = 262144,     /* bytes of one Lua file */
    VB_SOURCES_MAX = 1048576,   /* bytes of all files of one instrument */
    VB_VALUE_MAX = 1000000,     /* an answer's value lies within this of zero, so that sums fit */
    VB_NUMBER_MAX = 1000000000, /* and a number's within this */
};

/* A text in every language of the plan: by_language[plan language index], never NULL there.
 * May hold slots: {client}, {professional}, {member} and declared ones. */
struct vb_text {
    const char *by_language[VB_LANGUAGES_MAX];
};

enum vb_kind_id {
    VB_LIKERT,
    VB_FACES,
    VB_VAS,
    VB_YESNO,
    VB_CHOICE,
    VB_WORDS,
    VB_TEXT,
    VB_NUMBER,
    VB_DATE,
    VB_DRAW,
    VB_PHOTO,
    VB_COLLAGE,
    VB_TRIANGLE,
    VB_KIND_COUNT,
};
enum vb_relation { VB_SAME, VB_ESTIMATE, VB_ACT, VB_OWN };
enum vb_stage { VB_APART, VB_TOGETHER };
enum vb_score_rule { VB_MEAN, VB_SUM };
enum vb_private { VB_PRIVATE_NONE, VB_PRIVATE_WORKER, VB_PRIVATE_RESEARCH };
enum vb_retain { VB_RETAIN_KEEP, VB_RETAIN_MEMORY, VB_RETAIN_NONE };
/* GIVE: for the person to take along, VB_GIVE_DAYS long; UNTIL: for the item's own days. */
enum vb_keep { VB_KEEP_NONE, VB_KEEP_GIVE, VB_KEEP_UNTIL, VB_KEEP_ASK };
enum { VB_GIVE_DAYS = 30 };
enum vb_status { VB_DRAFT, VB_REVIEWED, VB_FIELD_TESTED };
enum vb_card_shows {
    VB_CARD_WORDS,   /* question by question what was said, without who said it */
    VB_CARD_OVERLAP, /* the same, and first what more than one of them said */
    VB_CARD_TOPICS,  /* what there is to talk about; of the answers nothing */
};

/* Names as the Lua surface and the JSON documents spell them. */
const char *vb_kind_name(enum vb_kind_id kind);
/* draw, photo, collage: an image may be kept of it, key words or paper may stand in its place. */
bool vb_kind_is_picture(enum vb_kind_id kind);
/* The pictures and the triangle: it was made, and only those who made it say what it means. Never
 * scored or compared, a script learns only that it is there, and no dossier gets it. */
bool vb_kind_is_made(enum vb_kind_id kind);
const char *vb_relation_name(enum vb_relation relation);
/* What a person may say of a picture: none, give, until. False: none of these. */
bool vb_keep_read(const char *word, enum vb_keep *out);
const char *vb_status_name(enum vb_status status);
const char *vb_card_shows_name(enum vb_card_shows shows);

/* One labelled answer of a likert or faces item (id NULL), or one option of a choice or words. */
struct vb_option {
    const char *id; /* choice, words: what is stored */
    int64_t value;  /* likert, faces: the answer; choice: its score when has_value */
    bool has_value;
    struct vb_text text;
    const char *picture; /* file beside instrument.lua, or NULL */
};
struct vb_answers {
    const struct vb_option *options; /* in order of value for likert and faces */
    int count;
    int64_t min, max; /* of the values */
};
struct vb_format {
    const char *name;
    struct vb_answers answers;
};
struct vb_form {
    const char *name;
    const uint8_t *has_item; /* [item_count] */
};
struct vb_slot {
    const char *name;
    struct vb_text text;
};
struct vb_policy {
    bool free_text;      /* false: text, own words and {"other"} are refused by the core */
    bool drawing_keep;   /* false: no drawing, photo or collage is kept */
    bool emotion_rating; /* false: no faces */
    bool no_retention;   /* retention = false: its rounds keep nothing (vb_plan_retain) */
};
struct vb_variant {
    const char *name;
    struct vb_text title;
    const struct vb_slot *slots;
    int slot_count;
    struct vb_policy policy;
};
struct vb_setting { /* "probation": its words for declared slots */
    const char *name;
    const struct vb_slot *terms;
    int term_count;
};
struct vb_role {
    const char *name;
    bool optional;
    int min, max; /* how many persons of this role: 1, 1 unless said */
    bool in_roster;
};
struct vb_include {
    const char *name; /* instrument id; its ids carry the prefix NAME. */
    bool optional;    /* true: only --with NAME turns it on */
    /* what the footer of the sheet says of it, as the plan's own fields of the same names */
    const char *version, *licence, *source, *basis;
    enum vb_status status[VB_LANGUAGES_MAX]; /* in the plan's languages */
    const struct vb_text *notice;
};

enum vb_cond_op {
    VB_COND_IS,      /* value equals is */
    VB_COND_BELOW,   /* number < low */
    VB_COND_ABOVE,   /* number > high */
    VB_COND_BETWEEN, /* low <= number <= high */
    VB_COND_ANSWERED,
    VB_COND_ALL,
    VB_COND_ANY,
    VB_COND_NEITHER, /* none of them */
};
struct vb_cond { /* on a missing or hidden answer the four comparisons and answered are false */
    enum vb_cond_op op;
    int item; /* leaves; in an each block or about run: the same member's answer */
    struct vb_value is;
    int64_t low, high; /* in the value's own unit: thousandths for number, else whole */
    const struct vb_cond *const *of;
    int count;
};

/* What an author looked at and left as it is: warnings by code, each with a reason. */
struct vb_accept {
    const char *code, *reason;
};
struct vb_accepts {
    const struct vb_accept *list;
    int count;
};

struct vb_item {
    const char *id;
    int index;
    enum vb_kind_id kind;
    /* [role index]; NULL: this role is not asked */
    const struct vb_text *const *text;
    const struct vb_text *help, *intro; /* NULL: none */
    enum vb_relation relation;
    bool relation_given; /* the author wrote it; else it is VB_SAME by default */
    bool about;          /* about = "member" */
    bool per_member;     /* about, or inside v.each: one instance a member */
    bool scored, comparable, reverse, required, negative; /* negative: of a negative scale */
    enum vb_stage stage;
    enum vb_private hidden;     /* of its scale */
    const struct vb_cond *when; /* NULL: always */
    uint32_t members;  /* derived; about: bit per role of the roster whose members it is about */
    uint32_t variants; /* bit per variant; all ones: every one, or none declared */
    int include;       /* index, -1: of the instrument itself */
    int scale;         /* index, -1: none */
    const char *facet, *example;
    struct vb_accepts accept;
    int line; /* where it was declared, file in plan->files[file] */
    int file;

    /* by kind */
    const struct vb_answers *answers; /* likert, faces, choice, words; collage: its pieces, may be
                                         NULL; triangle: its tokens; likert and faces NULL: the
                                         round's format */
    int64_t min, max;                 /* vas 0..1000; number: thousandths; text: max code points;
                                         date: YYYYMMDD, 0 when open; words, choice, collage (pieces
                                         that are placed): max in max */
    bool has_min, has_max;
    bool integer;    /* number: whole numbers only */
    bool own, other; /* words: own words allowed; choice: {"other": text} allowed */
    const struct vb_text *left, *right; /* vas */
    uint32_t tools;                     /* draw, photo, collage: enum vb_tool bits */
    enum vb_keep keep;                  /* ask: whoever gives the picture chooses, each time */
    int keep_days; /* until, ask; of ask 0: it can be given along, and not be kept longer */
    int by;        /* 1 + index of a choice: runners offer only the way chosen there; 0: none */
    int slot;      /* position among the plain, or among the per-member items */
    const char *json_key; /* derived: "ID":{"value": as a result begins it */
    int json_key_len;
};
enum vb_tool {
    VB_TOOL_DRAW = 1,
    VB_TOOL_PHOTO = 2,
    VB_TOOL_WORDS = 4,
    VB_TOOL_PAPER = 8,
    VB_TOOL_PIECES = 16, /* collage only: it has pieces */
};
uint32_t vb_tool_bit(const char *name); /* of "draw", "photo", "words", "paper"; else 0 */
enum {
    VB_TOKENS = 3,       /* of a triangle */
    VB_PLANE = 1000,     /* places run from 0 to this: x from left to right, y from below up */
    VB_TURN = 360,       /* degrees, with the clock */
    VB_PIECES_MAX = 200, /* that may be placed in one collage */
};

/* How one item enters a score, packed for the loop that runs after every answer. */
struct vb_scoring {
    int32_t slot;
    uint16_t roles; /* bit per role that is asked */
    uint8_t rule;   /* enum vb_scoring_rule */
    bool reverse : 1, per_member : 1;
};
enum vb_scoring_rule { VB_UNSCORED, VB_SCORE_WHOLE, VB_SCORE_MILLI, VB_SCORE_OPTION };

struct vb_reference { /* all as given by the author; source is never NULL */
    const char *sd, *alpha, *mean, *source, *sample, *n;
};
struct vb_scale {
    const char *id;
    struct vb_text title;
    const struct vb_text *intro; /* NULL: none */
    const int *items;
    int item_count;
    enum vb_score_rule score;
    int min_answered; /* 0: domain rule for the number of items (vb_score_min_answered) */
    bool negative, comparable, per_member;
    uint32_t roles; /* bit per role that answers it */
    enum vb_private hidden;
    const struct vb_reference *reference; /* NULL: none */
    struct vb_accepts accept;             /* of its items too */
    int include;
    int line, file; /* where it was declared, as of an item */
};
struct vb_total {
    const char *id;
    struct vb_text title;
    const int *scales;
    int scale_count;
    enum vb_score_rule score;
    int include;
    int line, file; /* where it was declared, as of an item */
};

/* What a released round shows when it is a card instead of a sheet of voices. Of the roles that are
 * gathered nobody stands in a result: their words do, in no order of theirs. */
enum { VB_CARD_GROUP = 4 }; /* voices below which a campaign shows no words, unless it says so */
struct vb_card {
    enum vb_card_shows shows;
    uint32_t roles; /* bit per role that is gathered */
    int min_group;  /* so many of them must share before any word is shown */
};
/* A convenor asks a team to hold one talk each before a day, and sees only how many did. */
struct vb_campaign {
    const char *id;
    int convenor, member; /* roles */
    struct vb_text text;  /* the invitation; the members read it before they begin */
    int before;           /* item: the day, said by the convenor */
    int held;             /* item: yes or no, said by each member; only counted */
    int next;             /* item, -1: the day of the next one, said together */
};

/* The declarative flow, walked by core/session. A program counter is an index in steps. */
enum vb_op {
    VB_OP_ASK,  /* ask item when its condition holds, and this person's role, form, variant
                   and includes have it */
    VB_OP_SAY,  /* show text when the condition holds */
    VB_OP_EACH, /* for each roster member: steps up to the matching NEXT; target is NEXT's pc */
    VB_OP_EACH_ABOUT, /* as EACH, but a person who is a member: only of itself */
    VB_OP_NEXT,       /* target is EACH's pc */
    VB_OP_END,
};
struct vb_step {
    enum vb_op op;
    int item; /* ASK */
    int target;
    const struct vb_text *text; /* SAY */
    const struct vb_cond *when; /* NULL: always */
    uint32_t variants, roles;   /* SAY */
    int include;
    enum vb_stage stage; /* ASK: the round's own or together */
};

struct vb_file { /* one file the load read; path is relative to the instruments folder */
    const char *path;
    const char *bytes;
    size_t len;
};

struct vb_plan {
    const char *id, *version, *licence, *source, *basis;
    char digest[72]; /* "sha256:" and 64 hex digits */
    struct vb_text title;
    const struct vb_text *summary; /* NULL: none */
    const struct vb_text *notice;  /* what it is not, for the footer of the sheet; NULL: none */
    const char *languages[VB_LANGUAGES_MAX];
    enum vb_status status[VB_LANGUAGES_MAX];
    int language_count;
    struct vb_role roles[VB_ROLES_MAX]; /* in the instrument's order */
    int role_count;
    int roster_min, roster_max;      /* 0, 0: no roster */
    const struct vb_format *formats; /* standard first */
    int format_count;
    const struct vb_form *forms;
    int form_count;
    const struct vb_variant *variants;
    int variant_count;
    const struct vb_setting *settings;
    int setting_count;
    const struct vb_slot *slots;
    int slot_count;
    const struct vb_include *includes;
    int include_count;
    bool mandated, has_case, scripted;
    enum vb_retain retain; /* as declared; what holds for a round is vb_plan_retain */
    int duration_min[2];   /* minutes, from and to; 0, 0: not said */
    struct vb_policy policy;
    const struct vb_card *card;         /* NULL: a sheet of voices */
    const struct vb_campaign *campaign; /* NULL: none; with one there is a card */
    int talk_points; /* most points in each talk list; 0: the engine's own number */
    const struct vb_text *talk_prompts;
    int talk_prompt_count;
    struct vb_accepts accept; /* of the whole instrument */

    const struct vb_item *items;
    int item_count;
    int plain_count, member_item_count; /* derived by vb_plan_finish, as are by_id and item.slot */
    const int *by_id;                   /* item indexes in the order of their ids */
    const struct vb_scoring *scoring;   /* [item_count], derived too */
    const struct vb_scale *scales;
    int scale_count;
    const struct vb_total *totals;
    int total_count;
    const struct vb_step *steps; /* declarative; NULL when scripted */
    int step_count;

    const struct vb_file *files; /* sorted by path: what the digest covers and the store keeps */
    int file_count;
    const char *main_path; /* of instrument.lua in files */

    struct vb_arena arena;
    int references;
    void *script; /* core/script's own: the flow's dump; NULL */
    void (*script_destroy)(void *script);
};

struct vb_plan *vb_plan_create(void); /* one reference, all zero but that */
struct vb_plan *vb_plan_keep(struct vb_plan *plan);
void vb_plan_release(struct vb_plan *plan); /* NULL is fine */
/* Fills what is derived (index, slot, members, json_key, plain_count, member_item_count, by_id,
 * scoring); the loader
 * calls it once, last. items is the loader's own array, still writable. */
void vb_plan_finish(struct vb_plan *plan, struct vb_item *items);

/* Is what this role says shown without a person? */
static inline bool vb_plan_gathers(const struct vb_plan *plan, int role)
{
    return plan->card != NULL && role >= 0 && (plan->card->roles >> role & 1) != 0;
}

/* Look-ups; -1 when absent. */
int vb_plan_item(const struct vb_plan *plan, const char *id);
int vb_plan_scale(const struct vb_plan *plan, const char *id);
int vb_plan_role(const struct vb_plan *plan, const char *name);
int vb_plan_form(const struct vb_plan *plan, const char *name);
int vb_plan_format(const struct vb_plan *plan, const char *name);
int vb_plan_variant(const struct vb_plan *plan, const char *name);
int vb_plan_setting(const struct vb_plan *plan, const char *name);
int vb_plan_include(const struct vb_plan *plan, const char *name);
/* What holds in a round of this variant (index; -1: none): its own, else the instrument's. */
const struct vb_policy *vb_plan_policy(const struct vb_plan *plan, int variant);
/* Whether such a round is kept: its policy may forbid what the instrument allows. */
enum vb_retain vb_plan_retain(const struct vb_plan *plan, int variant);
/* A bit per include that is on: those that are not optional, and those named. */
uint32_t vb_plan_included(const struct vb_plan *plan, const char *const *with, int count);
/* Exact match, else the same primary subtag, else 0. */
int vb_plan_language(const struct vb_plan *plan, const char *tag);

/* The labelled answers of a likert, faces, choice or words item under a format, the pieces of a
 * collage, the tokens of a triangle; NULL for others. */
const struct vb_answers *vb_item_answers(const struct vb_plan *plan, const struct vb_item *item,
                                         int format);
/* The range a scored item's value lies in, in thousandths; false for kinds without one. */
bool vb_item_range(const struct vb_plan *plan, const struct vb_item *item, int format,
                   int64_t *min_milli, int64_t *max_milli);
/* A given value as a scored number in thousandths, reverse keying not applied; false: not scored.
 */
bool vb_item_number(const struct vb_plan *plan, const struct vb_item *item,
                    const struct vb_value *value, int64_t *milli);

/* A person's values lie in one array of vb_plan_slots elements: first the plain items, then member
 * by member the per-member items, so that a new member only appends. member is -1 for plain items.
 */
static inline int vb_plan_slots(const struct vb_plan *plan, int member_count)
{
    return plan->plain_count + plan->member_item_count * member_count;
}
static inline int vb_plan_slot(const struct vb_plan *plan, const struct vb_item *item, int member)
{
    return item->per_member ? plan->plain_count + member * plan->member_item_count + item->slot
                            : item->slot;
}

#endif
