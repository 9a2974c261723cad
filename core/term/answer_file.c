/* answer_file.c - reading an answer file: what can be known without the instrument.
 *
 * The form is docs/reference/answers.md. One table says which @keys there are and what they take;
 * items are left as JSON for the walk, which knows their kinds. */
#include "term/answer_file.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"

enum { ANSWER_FILE_MAX = 4 * 1024 * 1024 };

/* -- messages --------------------------------------------------------------------------------- */

/* Where "key": is written, from at on; NULL: nowhere. len: of key. */
static const char *find_name(const char *at, const char *key, size_t len)
{
    for (; (at = strchr(at, '"')) != NULL; at++) {
        if (strncmp(at + 1, key, len) != 0 || at[len + 1] != '"')
            continue;
        const char *after = at + len + 2;
        if (after[strspn(after, " \t\r\n")] == ':')
            return at;
    }
    return NULL;
}

/* The line of "client.trust.report": of the item in the person, else of the person. 0: not known.
 */
static int line_of(const struct vb_answer_file *file, const char *field)
{
    const char *at = NULL;
    int line = 1;
    if (file->text == NULL || strchr(file->text, '\n') == NULL)
        return 0;
    for (int i = 0; i < file->person_count && at == NULL; i++) {
        const char *key = file->persons[i].key;
        size_t len = strlen(key);
        if (strncmp(field, key, len) != 0 || (field[len] != '.' && field[len] != '\0'))
            continue;
        const char *person = find_name(file->text, key, len);
        if (person != NULL && field[len] == '.')
            at = find_name(person, field + len + 1, strlen(field + len + 1));
        at = at == NULL ? person : at;
    }
    if (at == NULL)
        at = find_name(file->text, field, strlen(field));
    for (const char *c = file->text; at != NULL && c < at; c++)
        line += *c == '\n';
    return at == NULL ? 0 : line;
}

enum vb_code vb_answer_refuse(struct vb_err *err, const struct vb_answer_file *file,
                              const char *field, const char *fmt, ...)
{
    char text[sizeof err->text];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (field == NULL || field[0] == '\0')
        return vb_fail(err, VB_E_DATA, "%s: %s", file->name, text);
    int line = line_of(file, field);
    if (line > 0)
        return vb_fail(err, VB_E_DATA, "%s: %s: %s (line %d)", file->name, field, text, line);
    return vb_fail(err, VB_E_DATA, "%s: %s: %s", file->name, field, text);
}

enum vb_code vb_answer_unknown(struct vb_err *err, const struct vb_answer_file *file,
                               const char *field, const char *what, const char *word,
                               const char *const *candidates, size_t count)
{
    const char *near = vb_did_you_mean(word, candidates, count);
    if (near == NULL)
        return vb_answer_refuse(err, file, field, "no such %s", what);
    return vb_answer_refuse(err, file, field, "no such %s; did you mean %s?", what, near);
}

/* -- the @keys -------------------------------------------------------------------------------- */

enum key_type { KEY_BOOL, KEY_STRING, KEY_LIST, KEY_OBJECT, KEY_ANY, KEY_LAST };
struct key {
    const char *name;
    enum key_type type;
    size_t offset;              /* in struct vb_answer_person or struct vb_answer_file */
    const char *const *allowed; /* the only words it takes, NULL-ended; NULL: any */
};

static const char *const modes[] = { "self",  "aloud", "helper", "interpreter",
                                     "phone", "paper", NULL };
static const char *const purposes[] = { "dossier", "research", NULL };

static const struct key person_keys[] = {
    { "@share", KEY_BOOL, offsetof(struct vb_answer_person, share), NULL },
    { "@hold", KEY_LIST, offsetof(struct vb_answer_person, hold), NULL },
    { "@one_sided", KEY_BOOL, offsetof(struct vb_answer_person, one_sided), NULL },
    { "@earlier", KEY_BOOL, offsetof(struct vb_answer_person, earlier), NULL },
    { "@private", KEY_LIST, offsetof(struct vb_answer_person, private_yes), NULL },
    { "@purposes", KEY_LIST, offsetof(struct vb_answer_person, purposes), purposes },
    { "@correct", KEY_BOOL, offsetof(struct vb_answer_person, correct), NULL },
    { "@last", KEY_LAST, 0, NULL },
    { "@mode", KEY_STRING, offsetof(struct vb_answer_person, mode), modes },
    { "@helper", KEY_STRING, offsetof(struct vb_answer_person, helper), NULL },
    { "@form", KEY_STRING, offsetof(struct vb_answer_person, form), NULL },
    { "@lang", KEY_STRING, offsetof(struct vb_answer_person, language), NULL },
    { NULL, KEY_BOOL, 0, NULL },
};
static const struct key file_keys[] = {
    { "@release", KEY_BOOL, offsetof(struct vb_answer_file, release), NULL },
    { "@variant", KEY_STRING, offsetof(struct vb_answer_file, variant), NULL },
    { "@setting", KEY_STRING, offsetof(struct vb_answer_file, setting), NULL },
    { "@with", KEY_LIST, offsetof(struct vb_answer_file, with), NULL },
    { "@together", KEY_OBJECT, offsetof(struct vb_answer_file, together), NULL },
    { "@talk", KEY_ANY, offsetof(struct vb_answer_file, talk), NULL },
    { NULL, KEY_BOOL, 0, NULL },
};

/* The words are few: all of them help more than a guess. */
static enum vb_code refuse_word(const struct vb_answer_file *file, const char *field,
                                const struct key *key, struct vb_err *err)
{
    struct vb_buf words = { 0 };
    for (size_t i = 0; key->allowed[i] != NULL; i++)
        vb_buf_printf(&words, "%s%s", i == 0 ? "" : ", ", key->allowed[i]);
    vb_answer_refuse(err, file, field, "no such value; it takes %s", words.data);
    vb_buf_finish(&words);
    return err->code;
}

static enum vb_code check_allowed(const struct vb_answer_file *file, const char *field,
                                  const struct key *key, const char *word, struct vb_err *err)
{
    for (size_t i = 0; key->allowed != NULL; i++) {
        if (key->allowed[i] == NULL)
            return refuse_word(file, field, key, err);
        if (vb_streq(key->allowed[i], word))
            break;
    }
    return VB_OK;
}

static enum vb_code read_list(struct vb_answer_file *file, const char *field, const struct key *key,
                              const cJSON *json, struct vb_answer_list *out, struct vb_err *err)
{
    if (!cJSON_IsArray(json))
        return vb_answer_refuse(err, file, field, "wants a list of words, as [\"a\", \"b\"]");
    int size = cJSON_GetArraySize(json);
    const char **names =
        vb_arena_alloc(&file->arena, ((size_t)size + 1) * sizeof *names); /* never NULL */
    int count = 0;
    const cJSON *element;
    cJSON_ArrayForEach(element, json)
    {
        if (!cJSON_IsString(element))
            return vb_answer_refuse(err, file, field, "wants a list of words, as [\"a\", \"b\"]");
        for (int i = 0; i < count; i++)
            if (vb_streq(names[i], element->valuestring))
                return vb_answer_refuse(err, file, field, "%s stands there twice",
                                        element->valuestring);
        enum vb_code code = check_allowed(file, field, key, element->valuestring, err);
        if (code != VB_OK)
            return code;
        names[count++] = element->valuestring;
    }
    *out = (struct vb_answer_list){ names, count };
    return VB_OK;
}

/* "done", or {"missing": reason}: whatever the reason, it was passed over. */
static bool read_followed(const cJSON *json, enum vb_followed *out)
{
    enum vb_missing reason;
    const cJSON *missing = cJSON_GetObjectItemCaseSensitive(json, "missing");
    *out = VB_FOLLOWED_NONE;
    if (cJSON_IsString(json))
        return vb_followed_parse(json->valuestring, out) && *out != VB_FOLLOWED_NONE;
    return cJSON_IsNull(json) || (cJSON_GetArraySize(json) == 1 && cJSON_IsString(missing) &&
                                  vb_missing_parse(missing->valuestring, &reason));
}

static enum vb_code read_last(struct vb_answer_file *file, const char *field, const cJSON *json,
                              struct vb_answer_person *person, struct vb_err *err)
{
    if (!cJSON_IsArray(json))
        return vb_answer_refuse(err, file, field,
                                "wants a list, one for each agreement, as [\"done\", \"not_yet\"]");
    enum vb_followed *list = vb_arena_alloc(&file->arena, ((size_t)cJSON_GetArraySize(json) + 1) *
                                                              sizeof *list); /* never NULL */
    const cJSON *element;
    cJSON_ArrayForEach(element, json)
    {
        if (!read_followed(element, &list[person->last_count++]))
            return vb_answer_refuse(
                err, file, vb_arena_printf(&file->arena, "%s[%d]", field, person->last_count - 1),
                "no such value; it takes done, partly, not_yet, "
                "{\"missing\": \"skipped\"}");
    }
    person->last = list;
    return VB_OK;
}

static enum vb_code read_key(struct vb_answer_file *file, const char *field, const struct key *key,
                             const cJSON *json, void *into, struct vb_err *err)
{
    void *member = (char *)into + key->offset;
    switch (key->type) {
    case KEY_BOOL:
        if (!cJSON_IsBool(json))
            return vb_answer_refuse(err, file, field, "wants true or false");
        *(bool *)member = cJSON_IsTrue(json);
        return VB_OK;
    case KEY_STRING:
        if (!cJSON_IsString(json) || json->valuestring[0] == '\0')
            return vb_answer_refuse(err, file, field, "wants a word, as \"word\"");
        *(const char **)member = json->valuestring;
        return check_allowed(file, field, key, json->valuestring, err);
    case KEY_LIST:
        return read_list(file, field, key, json, member, err);
    case KEY_OBJECT:
        if (!cJSON_IsObject(json))
            return vb_answer_refuse(err, file, field, "wants an object of answers");
        *(const cJSON **)member = json;
        return VB_OK;
    case KEY_ANY:
        *(const cJSON **)member = json;
        return VB_OK;
    case KEY_LAST:
        return read_last(file, field, json, into, err);
    }
    return VB_OK;
}

static enum vb_code find_key(struct vb_answer_file *file, const char *field, const struct key *keys,
                             const cJSON *json, void *into, struct vb_err *err)
{
    const char *names[16];
    size_t count = 0;
    for (const struct key *key = keys; key->name != NULL; key++) {
        if (vb_streq(key->name, json->string))
            return read_key(file, field, key, json, into, err);
        names[count++] = key->name;
    }
    return vb_answer_unknown(err, file, field, "key", json->string, names, count);
}

/* -- persons ---------------------------------------------------------------------------------- */

enum vb_code vb_answer_split(const struct vb_answer_file *file, struct vb_arena *arena,
                             const char *field, const char *key, const char **role,
                             const char **label, struct vb_err *err)
{
    struct vb_err why;
    const char *colon = strchr(key, ':');
    *role = colon == NULL ? key : vb_arena_strndup(arena, key, (size_t)(colon - key));
    if (vb_person_label(arena, colon == NULL ? NULL : colon + 1, label, NULL, &why) == VB_OK)
        return VB_OK;
    return vb_answer_refuse(err, file, field, "%s", why.text);
}

static enum vb_code split_key(struct vb_answer_file *file, struct vb_answer_person *person,
                              const char *key, struct vb_err *err)
{
    const char *colon = strchr(key, ':');
    person->key = key;
    enum vb_code code =
        vb_answer_split(file, &file->arena, key, key, &person->role, &person->label, err);
    if (code != VB_OK)
        return code;
    if (person->role[0] == '\0')
        return vb_answer_refuse(err, file, key, "wants a role, as \"client\" or \"parent:Kim\"");
    if (colon != NULL && person->label == NULL)
        return vb_answer_refuse(err, file, key, "wants a name after the colon, as \"%s:Kim\"",
                                person->role);
    return VB_OK;
}

static enum vb_code read_person(struct vb_answer_file *file, struct vb_answer_person *person,
                                const cJSON *json, struct vb_err *err)
{
    enum vb_code code = split_key(file, person, json->string, err);
    if (code != VB_OK)
        return code;
    person->share = true;
    person->absent = cJSON_IsNull(json);
    if (person->absent)
        return VB_OK;
    if (!cJSON_IsObject(json))
        return vb_answer_refuse(err, file, person->key,
                                "wants an object of answers, or null for somebody who is named "
                                "but does not answer");
    person->answers = json;
    const cJSON *child;
    cJSON_ArrayForEach(child, json)
    {
        if (child->string[0] != '@')
            continue;
        const char *field = vb_arena_printf(&file->arena, "%s.%s", person->key, child->string);
        code = find_key(file, field, person_keys, child, person, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

static enum vb_code read_tree(struct vb_answer_file *file, struct vb_err *err)
{
    if (!cJSON_IsObject(file->tree))
        return vb_answer_refuse(err, file, NULL,
                                "wants an object of persons, as {\"client\": {...}}");
    size_t size = (size_t)cJSON_GetArraySize(file->tree);
    if (size == 0)
        return vb_answer_refuse(err, file, NULL,
                                "nothing in it; it wants persons, as {\"client\": {...}}");
    file->persons = vb_arena_alloc(&file->arena, (size + 1) * sizeof *file->persons);
    const cJSON *child;
    cJSON_ArrayForEach(child, file->tree)
    {
        enum vb_code code =
            child->string[0] == '@'
                ? find_key(file, child->string, file_keys, child, file, err)
                : read_person(file, &file->persons[file->person_count++], child, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

/* -- the file --------------------------------------------------------------------------------- */

static const char *folder_of(struct vb_arena *arena, const char *name)
{
    const char *slash = strrchr(name, '/');
    if (slash == NULL)
        return ".";
    return slash == name ? "/" : vb_arena_strndup(arena, name, (size_t)(slash - name));
}

enum vb_code vb_answer_file_parse(struct vb_answer_file **out, const char *name, const char *bytes,
                                  size_t len, struct vb_err *err)
{
    struct vb_answer_file *file = vb_new(struct vb_answer_file);
    file->name = vb_strdup(name);
    file->folder = folder_of(&file->arena, name);
    file->text = vb_arena_strndup(&file->arena, bytes, len);
    enum vb_code code = vb_json_parse(&file->tree, bytes, len, ANSWER_FILE_MAX, err);
    if (code != VB_OK)
        vb_while(err, "%s", name);
    else
        code = read_tree(file, err);
    if (code != VB_OK) {
        vb_answer_file_destroy(file);
        return code;
    }
    *out = file;
    return VB_OK;
}

enum vb_code vb_answer_file_read(struct vb_answer_file **out, const char *path, struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    enum vb_code code = vb_file_read(&bytes, path, ANSWER_FILE_MAX, err);
    if (code == VB_OK)
        code =
            vb_answer_file_parse(out, path, bytes.data == NULL ? "" : bytes.data, bytes.len, err);
    vb_buf_finish(&bytes);
    return code;
}

void vb_answer_file_destroy(struct vb_answer_file *file)
{
    if (file == NULL)
        return;
    cJSON_Delete(file->tree);
    vb_arena_finish(&file->arena);
    free(file->name);
    free(file);
}

/* -- what it says about the round ------------------------------------------------------------- */

static enum vb_code fill_option(const struct vb_answer_file *file, const char *field,
                                const char *said, const char **option, struct vb_err *err)
{
    if (said == NULL)
        return VB_OK;
    if (*option != NULL && !vb_streq(*option, said))
        return vb_answer_refuse(err, file, field, "says %s, but %s was asked for before", said,
                                *option);
    *option = said;
    return VB_OK;
}

static bool list_has(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (vb_streq(names[i], name))
            return true;
    return false;
}

enum vb_code vb_answer_file_options(const struct vb_answer_file *file,
                                    struct vb_round_options *options, struct vb_err *err)
{
    enum vb_code code = fill_option(file, "@variant", file->variant, &options->variant, err);
    if (code == VB_OK)
        code = fill_option(file, "@setting", file->setting, &options->setting, err);
    if (code != VB_OK || file->with.names == NULL)
        return code;
    if (options->with == NULL) {
        options->with = file->with.names;
        options->with_count = file->with.count;
        return VB_OK;
    }
    bool same = options->with_count == file->with.count;
    for (int i = 0; same && i < file->with.count; i++)
        same = list_has(options->with, options->with_count, file->with.names[i]);
    if (!same)
        return vb_answer_refuse(err, file, "@with", "is not the same as what was asked for before");
    return VB_OK;
}

/* -- against the instrument ------------------------------------------------------------------- */

struct words {
    const char **list;
    size_t count;
};

static enum vb_code check_word(const struct vb_answer_file *file, const char *field,
                               const char *what, const char *word, const struct words *known,
                               struct vb_err *err)
{
    for (size_t i = 0; i < known->count; i++)
        if (vb_streq(known->list[i], word))
            return VB_OK;
    if (word == NULL)
        return VB_OK;
    if (known->count == 0)
        return vb_answer_refuse(err, file, field, "this instrument has no %s; leave it out", what);
    return vb_answer_unknown(err, file, field, what, word, known->list, known->count);
}

enum vb_code vb_answer_file_fits(const struct vb_answer_file *file, const struct vb_plan *plan,
                                 struct vb_err *err)
{
    const char *variants[VB_FORMS_MAX], *includes[VB_FORMS_MAX];
    const char **settings = vb_alloc(((size_t)plan->setting_count + 1) * sizeof *settings);
    for (int i = 0; i < plan->variant_count; i++)
        variants[i] = plan->variants[i].name;
    for (int i = 0; i < plan->include_count; i++)
        includes[i] = plan->includes[i].name;
    for (int i = 0; i < plan->setting_count; i++)
        settings[i] = plan->settings[i].name;
    struct words of_variants = { variants, (size_t)plan->variant_count };
    struct words of_includes = { includes, (size_t)plan->include_count };
    struct words of_settings = { settings, (size_t)plan->setting_count };
    enum vb_code code = check_word(file, "@variant", "variant", file->variant, &of_variants, err);
    if (code == VB_OK)
        code = check_word(file, "@setting", "setting", file->setting, &of_settings, err);
    for (int i = 0; code == VB_OK && i < file->with.count; i++)
        code = check_word(file, "@with", "included instrument", file->with.names[i], &of_includes,
                          err);
    free(settings);
    return code;
}
