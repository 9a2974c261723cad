/* build.h - the loader seen from inside: one load, and the building of one plan.
 *
 * load.c reads files and runs them; what they returned becomes struct vb_raw; the build_*.c files
 * turn that into a plan and say everything that is wrong on the way. Building uses no Lua, never
 * raises and never stops early: after a finding it goes on with something harmless. Plan memory
 * hangs in the plan's arena, the rest in scratch. */
#ifndef VB_BUILD_H
#define VB_BUILD_H

#include "data/finding.h"
#include "data/instrument.h"
#include "script/load.h"
#include "script/raw.h"

struct vb_read_file {
    const char *path;  /* relative to the instruments folder */
    const char *shown; /* as messages show it */
    const char *bytes;
    size_t len;
};

/* Where something stands in the files, and what it is: likert "trust.report". */
struct vb_place {
    int file, line;
    const char *subject;
    const struct vb_raw_node *node; /* the constructor that is there; NULL: none, or not known */
};

struct vb_script;
struct vb_loading { /* one vb_load */
    const struct vb_source *source;
    struct vb_sandbox *box;
    struct vb_findings *findings;
    struct vb_script *script;
    struct vb_arena *arena; /* the outer plan's */
    struct vb_arena scratch;
    struct vb_read_file *files;
    size_t file_count, file_cap, total_bytes;
    /* Checking runs outside the script's fuel, so it has limits of its own (vb_loading_open). */
    int work_left, errors_told, warnings_told;
    int64_t trials_left, guesses_left;
    struct vb_err *err;
    enum vb_code fatal; /* not OK: the load cannot go on; err says why */
    /* Not NULL: the registry's key under which what the main file returned is kept. */
    const void *keep_at;
    /* NULL, or a language whose texts may be missing: vb_load_draft */
    struct vb_draft_language *draft_language;
};

/* One step before steps exist: a question or a message, in the order of the file. */
struct vb_atom {
    int item;                   /* -1: a message */
    const struct vb_text *text; /* message */
    uint32_t variants, roles;   /* message */
    const struct vb_raw *when;  /* message: compiled when all ids are known */
    const struct vb_cond *cond; /* message: compiled */
    int each;                   /* number of the v.each it stands in, 0: none */
    int include;                /* -1: none */
    struct vb_place place;
};
/* What is known of an item beside the plan's own. */
struct vb_draft {
    const struct vb_raw *when;
    const char *by; /* the id that was written, NULL: none */
    struct vb_place place;
    uint32_t roles; /* who is asked */
    int each;
    int position; /* in steps; -1: not there */
};

struct vb_build { /* one instrument; an included one has a build of its own */
    struct vb_loading *loading;
    struct vb_arena *arena;
    struct vb_plan *plan;
    const struct vb_raw_node *node;
    struct vb_place place; /* of v.instrument */
    bool included;         /* is itself included: includes nothing */
    bool scripted;
    struct vb_item *items;
    struct vb_draft *drafts; /* as many as items */
    size_t item_cap, draft_cap;
    struct vb_scale *scales;
    struct vb_place *scale_places;
    size_t scale_cap, scale_place_cap;
    struct vb_total *totals;
    struct vb_place *total_places;
    size_t total_cap, total_place_cap;
    struct vb_atom *atoms;
    size_t atom_count, atom_cap;
    struct vb_include *includes;
    size_t include_cap;
    int each_count;
    struct vb_translated *translated; /* one a language of the field translations */
    int translated_count;
    uint32_t open; /* bit per language whose texts may still come from translations */
    const struct vb_raw_node *campaign; /* NULL: none */
};

/* -- findings (build.c) -- */
void vb_complain(struct vb_loading *loading, enum vb_level level, const struct vb_place *place,
                 const char *code, const char *mend, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
#define vb_error_at(build, place, code, mend, ...)                                                 \
    vb_complain((build)->loading, VB_ERROR, place, code, mend, __VA_ARGS__)
#define vb_warning_at(build, place, code, mend, ...)                                               \
    vb_complain((build)->loading, VB_WARNING, place, code, mend, __VA_ARGS__)
/* One piece of work more; false when there were too many, told once at place. */
bool vb_go_on(struct vb_build *build, const struct vb_place *place);
/* As vb_did_you_mean, as long as guessing takes no endless time. */
const char *vb_guess(struct vb_build *build, const char *word, const char *const *names,
                     size_t count);
/* A mend made for one finding. */
const char *vb_mend(struct vb_build *build, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct vb_place vb_place_of(struct vb_build *build, const struct vb_raw_node *node);
/* Where `name =` is written first at or after v.instrument; its own line when it is not. A table
 * has no line, so what stands at the top is looked for in the text. */
struct vb_place vb_place_field(struct vb_build *build, const char *name);
/* The place of a field of the constructor at place, such as "text" or "client.nl" (within.h); place
 * itself where it stands somewhere else, or v.instrument is meant. */
struct vb_place vb_place_within(struct vb_build *build, const struct vb_place *place,
                                const char *path);

/* -- reading raw tables (build_fields.c): wrong types are told once and then read as absent -- */
/* Unknown, missing and mistyped fields of a table that constructor describes. */
void vb_check_fields(struct vb_build *build, const struct vb_place *place,
                     const struct vb_constructor *constructor, const struct vb_raw_table *table);
const char *vb_get_string(const struct vb_raw_table *table, const char *name);
bool vb_get_bool(const struct vb_raw_table *table, const char *name, bool fallback);
/* A whole number in low..high; outside it is told. */
int64_t vb_get_int(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, const char *name, int64_t low, int64_t high,
                   int64_t fallback);
/* The position of the field's word among its words. */
int vb_get_word(const struct vb_constructor *constructor, const struct vb_raw_table *table,
                const char *name, int fallback);
/* A list of names as a set of bits, each found by find; all when the field is absent. what: "role"
 * (code "unknown-role"). */
uint32_t vb_get_bits(struct vb_build *build, const struct vb_place *place,
                     const struct vb_raw_table *table, const char *name, const char *what,
                     uint32_t all);
bool vb_is_condition(const struct vb_raw *raw);
const struct vb_raw_table *vb_get_table(const struct vb_raw_table *table, const char *name);
/* The field accept: warnings by code, each with a reason. */
struct vb_accepts vb_build_accepts(struct vb_build *build, const struct vb_place *place,
                                   const struct vb_raw_table *table);
bool vb_tag_ok(const char *tag); /* of a language: nl, nl-BE */
/* Well-formed, printable, no NUL; else told. */
bool vb_check_string(struct vb_build *build, const struct vb_place *place, const char *what,
                     const struct vb_raw *raw);

/* -- texts (build_text.c) -- */
/* raw: { nl = "...", en = "..." }; what is missing is told. others: named entries that are no
 * languages and are passed over (an option's id), or NULL. */
void vb_build_text(struct vb_build *build, const struct vb_place *place, const char *what,
                   const struct vb_raw_table *table, const struct vb_constructor *others,
                   struct vb_text *out);
/* The field's text, or NULL when it is absent. */
const struct vb_text *vb_get_text(struct vb_build *build, const struct vb_place *place,
                                  const struct vb_raw_table *table, const char *name);
/* Tells of slots that do not exist in these variants. member: {member} has a meaning here. */
void vb_check_slots(struct vb_build *build, const struct vb_place *place, const char *what,
                    const struct vb_text *text, uint32_t variants, bool member);

/* -- translations (build_translations.c): texts that stand in a file a language -- */
struct vb_translated {
    int language; /* plan language index */
    int from;     /* the language it was made from */
    const struct vb_raw_table *table;
    bool *used;            /* as many as table has fields */
    struct vb_place place; /* of the file, or of the field when the file is not known */
};
/* What stands in a text until its translation is filled in. */
extern const char vb_untranslated[];
void vb_build_translations(struct vb_build *build); /* the field; after languages and status */
/* Fills in the texts there are so far. last: all of them are there, and what is missing, unknown or
 * stale is told. An instrument is filled in before its parts are copied into another. */
void vb_fill_translations(struct vb_build *build, bool last);

/* -- answers (build_answers.c) -- */
const struct vb_answers *vb_build_answers(struct vb_build *build, const struct vb_raw_node *node);
/* form: what one of them is, such as an option or a piece. */
const struct vb_answers *vb_build_options(struct vb_build *build, const struct vb_place *place,
                                          const struct vb_raw_table *table,
                                          const struct vb_constructor *form);

/* -- the instrument's parts -- */
void vb_build_head(struct vb_build *build);  /* build_head.c: all but the questions */
void vb_build_terms(struct vb_build *build); /* build_terms.c: slots, variants, settings */
const struct vb_slot *vb_build_slots(struct vb_build *build, const struct vb_place *place,
                                     const struct vb_raw_table *table, int *count);
struct vb_policy vb_build_policy(struct vb_build *build, const struct vb_place *place,
                                 const struct vb_raw *raw, struct vb_policy above);
/* build_item.c; -1 when there is no room. */
struct vb_around {  /* what surrounds an item */
    int scale;      /* -1: none */
    int each;       /* 0: none */
    bool about;     /* of the scale */
    uint32_t roles; /* of the scale, else all */
};
uint32_t vb_all_roles(const struct vb_build *build);
int vb_build_item(struct vb_build *build, const struct vb_raw_node *node,
                  const struct vb_around *around);
/* What an item must also hold when it is included elsewhere. */
void vb_check_policies(struct vb_build *build, const struct vb_place *place, struct vb_item *item,
                       bool own_said);
void vb_check_item_slots(struct vb_build *build, const struct vb_place *place,
                         const struct vb_item *item);
void vb_check_ranges(struct vb_build *build, const struct vb_scale *scale);
void vb_build_kind(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_node *node, struct vb_item *item); /* build_kind.c */
void vb_build_scale(struct vb_build *build, const struct vb_raw_node *node, int each);
void vb_build_total(struct vb_build *build, const struct vb_raw_node *node);
void vb_build_forms(struct vb_build *build);
/* build_flow.c */
void vb_build_entries(struct vb_build *build); /* the list of v.instrument */
void vb_build_campaign(struct vb_build *build, const struct vb_raw_node *node); /* build_card.c */
void vb_build_card(struct vb_build *build);  /* when items and roles are known */
void vb_build_steps(struct vb_build *build); /* atoms into steps, then conditions */
void vb_build_include(struct vb_build *build, const struct vb_raw_node *node); /* include.c */
/* condition.c: NULL after a finding. position: of what asks it. */
struct vb_asker {
    struct vb_place place;
    int position;
    bool per_member, message;
    const char *what; /* in messages, NULL: a condition */
    enum vb_stage stage;
    uint32_t roles, variants;
};
const struct vb_cond *vb_build_condition(struct vb_build *build, const struct vb_asker *asker,
                                         const struct vb_raw *raw);
/* The question that is asked earlier and has this id; -1 after a finding. */
int vb_find_asked(struct vb_build *build, const struct vb_asker *asker,
                  const struct vb_place *place, const char *id);
/* build_by.c: what the field by of a picture names, as vb_item has it; 0 after a finding. */
int vb_build_by(struct vb_build *build, const struct vb_asker *asker, int item);
void vb_check_plan(struct vb_build *build); /* check_plan.c: what only the whole shows */

int vb_find_item(const struct vb_build *build, const char *id); /* -1: none */
int vb_find_scale(const struct vb_build *build, const char *id);
const char *vb_guess_item(struct vb_build *build, const char *id); /* NULL: none is near */

/* Everything above in order; the plan is finished but for files and digest. */
void vb_build_plan(struct vb_build *build);

/* -- files and Lua (load.c, modules.c) -- */
struct vb_construct;
/* Makes the sandbox with require in it; construct lives as long as the sandbox. */
enum vb_code vb_loading_open(struct vb_loading *loading, struct vb_construct *construct,
                             const struct vb_sandbox_options *options);
/* VB_E_DATA: counts the errors and quotes the first. */
enum vb_code vb_loading_refuse(struct vb_loading *loading, const char *path);
/* Reads and checks a file once; -1 after a finding or a fatal error. by: who asked for it. */
int vb_read_file(struct vb_loading *loading, const char *path, const struct vb_place *by);
/* Runs the instrument at path and builds its plan. by NULL: the outer one. NULL after findings. */
struct vb_build *vb_load_instrument(struct vb_loading *loading, struct vb_plan *plan,
                                    const char *path, const struct vb_place *by);

#endif
