/* Reading what an author wrote: names, types, words. */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "script/build.h"

bool vb_name_ok(const char *name, bool dotted)
{
    if (!(name[0] >= 'a' && name[0] <= 'z'))
        return false;
    for (const char *c = name; *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        bool dot = dotted && *c == '.' && c[1] != '.' && c[1] != '\0';
        if (!plain && !dot)
            return false;
    }
    return true;
}

/* C0 but newline, DEL, C1, and the marks that turn the direction of writing. */
static bool forbidden(unsigned code)
{
    return (code < 0x20 && code != '\n') || (code >= 0x7f && code < 0xa0) ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static unsigned next_code(const unsigned char **at)
{
    const unsigned char *p = *at;
    int more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
    unsigned code = more == 0 ? *p : *p & (0x3fu >> more);
    for (int i = 1; i <= more; i++)
        code = code << 6 | (p[i] & 0x3f);
    *at = p + more + 1;
    return code;
}

bool vb_check_string(struct vb_build *build, const struct vb_place *place, const char *what,
                     const struct vb_raw *raw)
{
    size_t bad = 0;
    if (!vb_utf8_valid(raw->string, raw->len, &bad)) {
        vb_error_at(build, place, "bad-utf8", "save the file as UTF-8 and write the letter itself",
                    "%s is not UTF-8 at byte %zu", what, bad + 1);
        return false;
    }
    const unsigned char *at = (const unsigned char *)raw->string;
    const unsigned char *end = at + raw->len;
    while (at < end) {
        unsigned code = next_code(&at);
        if (!forbidden(code))
            continue;
        vb_error_at(build, place, "control-character", "take it out; only line ends are allowed",
                    "%s holds the control character U+%04X", what, code);
        return false;
    }
    return true;
}

/* -- types -- */

bool vb_is_condition(const struct vb_raw *raw)
{
    if (raw->type != VB_RAW_NODE)
        return false;
    enum vb_constructor_id id = raw->node->constructor->id;
    return (id >= VB_MAKE_IS && id <= VB_MAKE_NEITHER) || id == VB_MAKE_UNKNOWN;
}

static bool all_strings(const struct vb_raw_table *table)
{
    if (table->list_count > VB_ITEMS_MAX)
        return false;
    for (int i = 0; i < table->list_count; i++)
        if (table->list[i].type != VB_RAW_STRING)
            return false;
    return table->field_count == 0 && !table->odd_keys && table->hole == 0;
}

static bool type_fits(enum vb_field_type type, const struct vb_raw *raw)
{
    switch (type) {
    case VB_FIELD_STRING:
    case VB_FIELD_WORD:
        return raw->type == VB_RAW_STRING;
    case VB_FIELD_BOOL:
        return raw->type == VB_RAW_BOOL;
    case VB_FIELD_INT:
        return raw->type == VB_RAW_INT;
    case VB_FIELD_NUMBER:
        return raw->type == VB_RAW_INT || raw->type == VB_RAW_FLOAT;
    case VB_FIELD_NAMES:
        return raw->type == VB_RAW_TABLE && all_strings(raw->table);
    case VB_FIELD_TEXT:
    case VB_FIELD_TABLE:
        return raw->type == VB_RAW_TABLE;
    case VB_FIELD_ANSWERS:
        return raw->type == VB_RAW_NODE && (raw->node->constructor->id == VB_MAKE_ANSWERS ||
                                            raw->node->constructor->id == VB_MAKE_UNKNOWN);
    case VB_FIELD_CONDITION:
        return vb_is_condition(raw);
    case VB_FIELD_FUNCTION:
        return raw->type == VB_RAW_FUNCTION;
    case VB_FIELD_ANY:
        return true;
    }
    return true;
}

/* Looked for only when something is wrong there: it reads the source. */
static struct vb_place place_of(struct vb_build *build, const struct vb_place *place,
                                const struct vb_constructor *constructor, const char *field)
{
    return constructor->id == VB_MAKE_INSTRUMENT ? vb_place_field(build, field)
                                                 : vb_place_within(build, place, field);
}

static void check_word(struct vb_build *build, const struct vb_place *place,
                       const struct vb_field *field, const char *word)
{
    if (vb_field_takes_word(field, word))
        return;
    vb_error_at(build, place, "wrong-value", vb_mend(build, "use one of: %s", field->words),
                "%s cannot be \"%s\"", field->name, word);
}

static void check_type(struct vb_build *build, const struct vb_place *place,
                       const struct vb_constructor *constructor, const struct vb_field *field,
                       const struct vb_raw *raw)
{
    bool fits = type_fits(field->type, raw);
    if (fits && field->type != VB_FIELD_WORD && field->type != VB_FIELD_STRING)
        return;
    if (fits && field->type == VB_FIELD_WORD && vb_field_takes_word(field, raw->string))
        return;
    struct vb_place own = place_of(build, place, constructor, field->name);
    if (!fits)
        vb_error_at(build, &own, "wrong-type",
                    vb_mend(build, "%s takes %s%s%s", field->name, vb_field_type_name(field->type),
                            field->words == NULL ? "" : ": ",
                            field->words == NULL ? "" : field->words),
                    "%s is %s", field->name, vb_raw_type_name(raw));
    else if (field->type == VB_FIELD_WORD)
        check_word(build, &own, field, raw->string);
    else
        vb_check_string(build, &own, field->name, raw);
}

/* Is it a text in languages of the instrument, as a role's? */
static bool is_text(const struct vb_build *build, const struct vb_raw *value)
{
    if (value->type != VB_RAW_TABLE || value->table->field_count == 0)
        return false;
    for (int i = 0; i < value->table->field_count; i++) {
        bool language = false;
        for (int j = 0; j < build->plan->language_count && !language; j++)
            language = vb_streq(build->plan->languages[j], value->table->fields[i].name);
        if (!language)
            return false;
    }
    return true;
}

/* A text under a word that is no role, such as worker: the one role that has none may be meant. */
static const char *role_without_text(const struct vb_build *build, const struct vb_raw_table *table,
                                     const struct vb_raw *value)
{
    const char *found = NULL;
    if (!is_text(build, value) || vb_raw_get(table, "text")->type != VB_RAW_NIL)
        return NULL;
    for (int i = 0; i < build->plan->role_count; i++) {
        const char *role = build->plan->roles[i].name;
        if (vb_raw_get(table, role)->type != VB_RAW_NIL)
            continue;
        if (found != NULL)
            return NULL;
        found = role;
    }
    return found;
}

/* A field that takes what was given: for a text no field of another kind is meant. */
static const char *like_field(struct vb_build *build, const struct vb_constructor *constructor,
                              const struct vb_raw_field *given)
{
    int64_t *left = &build->loading->guesses_left;
    *left -= (int64_t)(32 * strlen(given->name));
    const char *guess = *left < 0 ? NULL : vb_field_guess(constructor, given->name);
    const struct vb_field *field = guess == NULL ? NULL : vb_field_find(constructor, guess);
    bool other = field != NULL && field->type != VB_FIELD_TEXT && is_text(build, &given->value);
    return other && constructor->is_item ? NULL : guess;
}

static const char *guess_field(struct vb_build *build, const struct vb_constructor *constructor,
                               const struct vb_raw_table *table, const struct vb_raw_field *given)
{
    const char *name = given->name;
    const char *guess = like_field(build, constructor, given);
    const char *roles[VB_ROLES_MAX];
    size_t count = 0; /* only those that have no text here yet may be meant */
    for (int i = 0; i < build->plan->role_count; i++)
        if (vb_raw_get(table, build->plan->roles[i].name)->type == VB_RAW_NIL)
            roles[count++] = build->plan->roles[i].name;
    const char *role = NULL;
    if (guess == NULL && constructor->is_item)
        role = vb_guess(build, name, roles, count);
    if (guess == NULL && role == NULL && constructor->is_item)
        role = role_without_text(build, table, &given->value);
    if (role != NULL)
        return vb_mend(build, "did you mean '%s'? Else put \"%s\" into respondents", role, name);
    if (guess == NULL && constructor->is_item && is_text(build, &given->value))
        return vb_mend(build, "put \"%s\" into respondents, or take this text out", name);
    if (guess != NULL)
        return vb_mend(build, "did you mean '%s'?", guess);
    if (constructor->fields == NULL && !constructor->is_item)
        return "take it out";
    return vb_mend(build, "take it out; docs/reference/%s lists the fields of %s",
                   constructor->id < VB_CONSTRUCTOR_COUNT ? "lua.md" : "lua-outputs.md",
                   constructor->name);
}

static bool has_named_texts(const struct vb_constructor *constructor)
{
    switch (constructor->id) {
    case VB_PLAIN_ANSWER:
    case VB_PLAIN_OPTION:
    case VB_PLAIN_PIECE:
    case VB_PLAIN_TOKEN:
    case VB_PLAIN_TEST:
        return true;
    default:
        return false;
    }
}

static void check_field(struct vb_build *build, const struct vb_place *place,
                        const struct vb_constructor *constructor, const struct vb_raw_table *table,
                        const struct vb_raw_field *given)
{
    const struct vb_field *field = vb_field_find(constructor, given->name);
    if (field != NULL) {
        check_type(build, place, constructor, field, &given->value);
        return;
    }
    if (has_named_texts(constructor))
        return; /* its texts are read by vb_build_text */
    if (constructor->is_item && vb_plan_role(build->plan, given->name) >= 0)
        return;
    if (constructor->is_item && build->plan->role_count == 0 && given->value.type == VB_RAW_TABLE)
        return; /* the text of a role, but respondents is what is wrong */
    struct vb_place own = place_of(build, place, constructor, given->name);
    vb_error_at(build, &own, "unknown-field", guess_field(build, constructor, table, given),
                "unknown field '%s'", given->name);
}

static bool takes_list(const struct vb_constructor *constructor)
{
    switch (constructor->id) {
    case VB_MAKE_INSTRUMENT:
    case VB_MAKE_SCALE:
    case VB_MAKE_EACH:
    case VB_MAKE_ANSWERS:
    case VB_MAKE_ALL:
    case VB_MAKE_ANY:
    case VB_MAKE_NEITHER:
    case VB_MAKE_TESTS:
    case VB_PLAIN_RESPONDENT:
    case VB_PLAIN_ANSWER:
    case VB_PLAIN_OPTION:
    case VB_PLAIN_PIECE:
    case VB_PLAIN_TOKEN:
        return true;
    default:
        return false;
    }
}

static void check_list(struct vb_build *build, const struct vb_place *place,
                       const struct vb_constructor *constructor, const struct vb_raw_table *table)
{
    if (table->list_count > 0 && !takes_list(constructor))
        vb_error_at(build, place, "stray-entry", "give it a name, or take it out",
                    "holds %s without a name", vb_raw_type_name(&table->list[0]));
    if (table->hole > 0)
        vb_error_at(build, place, "empty-place",
                    "a name there is misspelt, or nothing was required",
                    "entry %d of its list is nil", table->hole);
    if (table->odd_keys)
        vb_error_at(build, place, "stray-entry", "names are words such as title = ...",
                    "holds an entry whose name is not a word");
}

void vb_check_fields(struct vb_build *build, const struct vb_place *place,
                     const struct vb_constructor *constructor, const struct vb_raw_table *table)
{
    for (int i = 0; i < table->field_count; i++)
        check_field(build, place, constructor, table, &table->fields[i]);
    check_list(build, place, constructor, table);
    for (const struct vb_field *f = constructor->fields; f != NULL && f->name != NULL; f++) {
        bool positional = strcmp(f->name, "role") == 0 || strcmp(f->name, "id") == 0;
        if (!vb_streq(f->fallback, "required") || vb_raw_get(table, f->name)->type != VB_RAW_NIL ||
            (positional && constructor->shape == VB_SHAPE_PLAIN && table->list_count > 0))
            continue;
        vb_error_at(build, place, "missing-field", vb_mend(build, "add %s: %s", f->name, f->help),
                    "%s is missing", f->name);
    }
}

/* -- reading -- */

const char *vb_get_string(const struct vb_raw_table *table, const char *name)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    return raw->type == VB_RAW_STRING ? raw->string : NULL;
}

bool vb_get_bool(const struct vb_raw_table *table, const char *name, bool fallback)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    return raw->type == VB_RAW_BOOL ? raw->boolean : fallback;
}

int64_t vb_get_int(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, const char *name, int64_t low, int64_t high,
                   int64_t fallback)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    if (raw->type != VB_RAW_INT)
        return fallback;
    if (raw->integer >= low && raw->integer <= high)
        return raw->integer;
    struct vb_place own = vb_place_within(build, place, name);
    vb_error_at(build, &own, "wrong-value",
                vb_mend(build, "use %lld to %lld", (long long)low, (long long)high),
                "%s cannot be %lld", name, (long long)raw->integer);
    return fallback;
}

int vb_get_word(const struct vb_constructor *constructor, const struct vb_raw_table *table,
                const char *name, int fallback)
{
    const struct vb_field *field = vb_field_find(constructor, name);
    const char *word = vb_get_string(table, name);
    vb_assert(field != NULL);
    if (word == NULL || !vb_field_takes_word(field, word))
        return fallback;
    int position = 0;
    for (const char *at = field->words; *at != '\0'; position++) {
        size_t n = strcspn(at, " ");
        if (strlen(word) == n && memcmp(at, word, n) == 0)
            return position;
        at += n + (at[n] == ' ');
    }
    return fallback;
}

static const char *guess_role_or_variant(struct vb_build *build, bool role, const char *name)
{
    const char *names[VB_FORMS_MAX + VB_ROLES_MAX];
    int count = role ? build->plan->role_count : build->plan->variant_count;
    for (int i = 0; i < count; i++)
        names[i] = role ? build->plan->roles[i].name : build->plan->variants[i].name;
    const char *guess = vb_guess(build, name, names, (size_t)count);
    if (guess != NULL)
        return vb_mend(build, "did you mean \"%s\"?", guess);
    return role ? "respondents lists the roles" : "variants lists them";
}

uint32_t vb_get_bits(struct vb_build *build, const struct vb_place *place,
                     const struct vb_raw_table *table, const char *name, const char *what,
                     uint32_t all)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    bool role = strcmp(what, "role") == 0;
    uint32_t bits = 0;
    if (raw->type != VB_RAW_TABLE || !all_strings(raw->table))
        return all;
    if (raw->table->list_count == 0)
        vb_error_at(build, place, "wrong-value", "name at least one, or leave the field out",
                    "%s is an empty list", name);
    for (int i = 0; i < raw->table->list_count; i++) {
        const char *word = raw->table->list[i].string;
        int index = role ? vb_plan_role(build->plan, word) : vb_plan_variant(build->plan, word);
        if (index >= 0)
            bits |= 1u << index;
        else
            vb_error_at(build, place, role ? "unknown-role" : "unknown-variant",
                        guess_role_or_variant(build, role, word), "there is no %s \"%s\"", what,
                        word);
    }
    return bits;
}

const struct vb_raw_table *vb_get_table(const struct vb_raw_table *table, const char *name)
{
    static const struct vb_raw_table empty;
    const struct vb_raw *raw = vb_raw_get(table, name);
    return raw->type == VB_RAW_TABLE ? raw->table : &empty;
}
