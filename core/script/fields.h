/* fields.h - the Lua surface as data: every constructor, its fields, what each takes.
 *
 * One table drives the check of unknown fields and wrong types, and prints docs/reference/lua.md.
 * Const data; any thread. */
#ifndef VB_FIELDS_H
#define VB_FIELDS_H

#include <stdbool.h>

#include "base/buf.h"

enum vb_field_type {
    VB_FIELD_STRING,
    VB_FIELD_TEXT, /* { nl = "...", en = "..." }: every language of the instrument */
    VB_FIELD_BOOL,
    VB_FIELD_INT,
    VB_FIELD_NUMBER,
    VB_FIELD_WORD,  /* one of the field's words */
    VB_FIELD_NAMES, /* { "one", "two" } */
    VB_FIELD_TABLE, /* its parts are checked by whoever builds it */
    VB_FIELD_ANSWERS,
    VB_FIELD_CONDITION,
    VB_FIELD_FUNCTION,
    VB_FIELD_ANY, /* several forms: checked by whoever builds it */
};

struct vb_field {
    const char *name;
    enum vb_field_type type;
    const char *words;    /* VB_FIELD_WORD: "same estimate act own"; others: the form in words */
    const char *fallback; /* what holds when it is left out; NULL: nothing; "required" */
    const char *help;
};

enum vb_shape {
    VB_SHAPE_ID,    /* v.likert "id" { ... } */
    VB_SHAPE_TABLE, /* v.instrument { ... } */
    VB_SHAPE_ARGS,  /* v.is(id, value) */
    VB_SHAPE_PLAIN, /* a plain table inside a field, such as roster = { ... } */
    VB_SHAPE_VALUE, /* v.none */
};

/* The first VB_KIND_COUNT are the kinds of question, in the order of enum vb_kind_id. */
enum vb_constructor_id {
    VB_MAKE_LIKERT,
    VB_MAKE_FACES,
    VB_MAKE_VAS,
    VB_MAKE_YESNO,
    VB_MAKE_CHOICE,
    VB_MAKE_WORDS,
    VB_MAKE_TEXT,
    VB_MAKE_NUMBER,
    VB_MAKE_DATE,
    VB_MAKE_DRAW,
    VB_MAKE_PHOTO,
    VB_MAKE_COLLAGE,
    VB_MAKE_TRIANGLE,
    VB_MAKE_SAY,
    VB_MAKE_SCALE,
    VB_MAKE_TOTAL,
    VB_MAKE_EACH,
    VB_MAKE_INCLUDE,
    VB_MAKE_CAMPAIGN,
    VB_MAKE_ANSWERS,
    VB_MAKE_INSTRUMENT,
    VB_MAKE_IS,
    VB_MAKE_BELOW,
    VB_MAKE_ABOVE,
    VB_MAKE_BETWEEN,
    VB_MAKE_ANSWERED,
    VB_MAKE_ALL,
    VB_MAKE_ANY,
    VB_MAKE_NEITHER,
    VB_MAKE_TESTS,
    VB_MAKE_NONE,
    VB_MAKE_UNKNOWN, /* stands in for a constructor that does not exist, so that the load goes on */
    /* plain tables */
    VB_PLAIN_RESPONDENT,
    VB_PLAIN_ROSTER,
    VB_PLAIN_POLICY,
    VB_PLAIN_TALK,
    VB_PLAIN_CARD,
    VB_PLAIN_VARIANT,
    VB_PLAIN_ANSWER,
    VB_PLAIN_OPTION,
    VB_PLAIN_PIECE,
    VB_PLAIN_TOKEN,
    VB_PLAIN_REFERENCE,
    VB_PLAIN_TEST,
    VB_CONSTRUCTOR_COUNT,
    /* of outputs in Lua: output_names.h */
    VB_MAKE_OUTPUT = VB_CONSTRUCTOR_COUNT,
    VB_PLAIN_OUTPUT_OPTION,
};

struct vb_constructor {
    enum vb_constructor_id id;
    const char *name; /* "likert" */
    enum vb_shape shape;
    bool is_item;                  /* takes the common item fields and role names too */
    const struct vb_field *fields; /* ends with a NULL name; NULL: no named fields */
    const char *help, *example;    /* for the page */
};
extern const struct vb_constructor vb_constructors[VB_CONSTRUCTOR_COUNT];
extern const struct vb_field vb_item_fields[]; /* of every kind of question */

/* By its name in the module verbond; NULL when there is none. */
const struct vb_constructor *vb_constructor_find(const char *name);
/* NULL when this constructor has no such field; role names are not fields. */
const struct vb_field *vb_field_find(const struct vb_constructor *constructor, const char *name);
/* How the field is written, in a line of Lua (fields_example.c); constructor NULL: of every kind of
 * question. NULL: there is none, which a test does not allow. */
const char *vb_field_example(const struct vb_constructor *constructor, const char *field);
/* The field of that name a person most likely meant, or NULL. */
const char *vb_field_guess(const struct vb_constructor *constructor, const char *name);
const char *vb_field_type_name(enum vb_field_type type); /* "a text in every language" */
bool vb_field_takes_word(const struct vb_field *field, const char *word);

/* Is it an id? Lower-case letters, digits, '_' and '-', a letter first; dotted: such parts joined
 * by dots. */
bool vb_name_ok(const char *name, bool dotted);

/* docs/reference/lua.md, whole. */
void vb_fields_page(struct vb_buf *out);

#endif
