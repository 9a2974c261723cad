/* Texts that stand in a file a language, under the keys of data/texts.h.
 *
 * While an instrument is built, a text that such a language lacks holds vb_untranslated. It is
 * filled in twice: what stands at the top before the questions (an include compares formats with
 * it), the rest when all is built. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/translation.h"
#include "script/build.h"
#include "script/modules.h"
#include "script/run_file.h"

enum { PLACES_MAX = 400 };
const char vb_untranslated[] = "";

/* -- the field -- */

static int language_of(const struct vb_plan *plan, const char *tag)
{
    for (int i = 0; i < plan->language_count; i++)
        if (strcmp(plan->languages[i], tag) == 0)
            return i;
    return -1;
}

/* LANG.lua beside instrument.lua, as it is read. */
static const char *beside(struct vb_build *build, const char *language)
{
    const char *main = build->plan->main_path, *slash = strrchr(main, '/');
    return vb_mend(build, "%.*s%s.lua", slash == NULL ? 0 : (int)(slash - main) + 1, main,
                   language);
}

static void add(struct vb_build *build, int language, const struct vb_raw_table *table)
{
    const char *path = beside(build, build->plan->languages[language]);
    int file = vb_modules_file(build->loading, path);
    struct vb_translated *new = &build->translated[build->translated_count++];
    *new = (struct vb_translated){
        .language = language,
        .table = table,
        .used =
            vb_arena_alloc(&build->loading->scratch, (size_t)table->field_count * sizeof(bool) + 1),
        .place = file >= 0 ? (struct vb_place){ .file = file, .line = 1 }
                           : vb_place_field(build, "translations"),
    };
    build->open |= 1u << language;
}

static void add_named(struct vb_build *build, const struct vb_place *place,
                      const struct vb_raw_field *field)
{
    int language = language_of(build->plan, field->name);
    if (language < 0)
        vb_error_at(build, place, "unknown-language", "add it to languages",
                    "translations has '%s', which is not one of languages", field->name);
    else if (field->value.type != VB_RAW_TABLE)
        vb_error_at(build, place, "wrong-type",
                    vb_mend(build, "write %s = require \"NAME.%s\"", field->name, field->name),
                    "translations.%s is %s", field->name, vb_raw_type_name(&field->value));
    else if (build->translated_count < VB_LANGUAGES_MAX)
        add(build, language, field->value.table);
}

/* The file that merge wrote before instrument.lua names it. */
static void add_unnamed(struct vb_build *build, int language)
{
    struct vb_loading *loading = build->loading;
    const char *path = beside(build, build->plan->languages[language]);
    struct vb_raw raw;
    if (loading->source->has == NULL || !loading->source->has(loading->source->ctx, path))
        return;
    int file = vb_read_file(loading, path, &build->place);
    if (file >= 0 && vb_run_file(loading, file, false, &raw) && raw.type == VB_RAW_TABLE)
        add(build, language, raw.table);
}

static void open_draft(struct vb_build *build, struct vb_draft_language *draft)
{
    const struct vb_raw_table *table = &build->node->table;
    int language = language_of(build->plan, draft->language);
    if (language < 0)
        return; /* there is no list of languages, and that is told */
    build->open |= 1u << language;
    if (build->included)
        return;
    draft->index = language;
    draft->in_status =
        vb_raw_get(vb_get_table(table, "status"), draft->language)->type != VB_RAW_NIL;
    draft->in_translations =
        vb_raw_get(vb_get_table(table, "translations"), draft->language)->type != VB_RAW_NIL;
    if (!draft->in_translations)
        add_unnamed(build, language);
}

static void find_from(struct vb_build *build, struct vb_translated *translated)
{
    const struct vb_plan *plan = build->plan;
    const char *tag = vb_get_string(translated->table, "from");
    int from = tag == NULL ? 0 : language_of(plan, tag);
    bool own = from >= 0;
    for (int i = 0; i < build->translated_count; i++)
        own = own && build->translated[i].language != from;
    if (own) {
        translated->from = from;
        return;
    }
    vb_error_at(build, &translated->place, "wrong-value",
                "name the language it was made from, one whose texts stand in instrument.lua",
                "from cannot be \"%s\"", tag == NULL ? plan->languages[0] : tag);
}

void vb_build_translations(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "translations");
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "translations");
    build->translated =
        vb_arena_alloc(&build->loading->scratch, VB_LANGUAGES_MAX * sizeof *build->translated);
    if (table->list_count > 0)
        vb_error_at(build, &place, "stray-entry", "write fr = require \"NAME.fr\"",
                    "translations holds an entry without a language");
    for (int i = 0; i < table->field_count; i++)
        add_named(build, &place, &table->fields[i]);
    if (build->loading->draft_language != NULL)
        open_draft(build, build->loading->draft_language);
    for (int i = 0; i < build->translated_count; i++)
        find_from(build, &build->translated[i]);
}

/* -- one entry: { "...", source = "a1b2c3d4" }, or "..." alone -- */

static bool read_entry(const struct vb_raw *raw, const struct vb_raw **text, const char **source)
{
    *text = raw;
    *source = NULL;
    if (raw->type == VB_RAW_TABLE) {
        if (raw->table->list_count != 1)
            return false;
        *text = &raw->table->list[0];
        *source = vb_get_string(raw->table, "source");
        if (raw->table->field_count != (*source != NULL ? 1 : 0))
            return false;
    }
    return (*text)->type == VB_RAW_STRING;
}

/* The line on which ["key"] stands. */
static struct vb_place place_of_key(struct vb_build *build, const struct vb_translated *translated,
                                    const char *key)
{
    struct vb_place place = translated->place;
    if (build->loading->errors_told + build->loading->warnings_told > PLACES_MAX)
        return place; /* nobody reads on */
    const char *bytes = build->loading->files[place.file].bytes;
    const char *at = strstr(bytes, vb_mend(build, "[\"%s\"]", key));
    if (at == NULL)
        return place;
    place.line = 1;
    for (; bytes < at; bytes++)
        place.line += *bytes == '\n';
    return place;
}

/* It may use what the text it was made from uses, and that was checked. */
static void check_slots(struct vb_build *build, const struct vb_place *place, const char *what,
                        const char *text, const char *from)
{
    for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        size_t len = strcspn(open + 1, "{}");
        const char *slot = vb_mend(build, "%.*s", (int)len + 2, open);
        if (open[len + 1] == '}' && len > 0 && strstr(from, slot) != NULL)
            continue;
        vb_error_at(build, place, "unknown-slot", "use the slots of the text it was made from",
                    "%s uses %s, which that text does not have", what,
                    open[len + 1] == '}' ? slot : "a brace that opens no slot");
        return;
    }
}

static void check_source(struct vb_build *build, const struct vb_translated *translated,
                         const char *key, const char *source, const char *from)
{
    char hash[VB_SOURCE_HASH_SIZE];
    vb_source_hash(from, hash);
    if (source == NULL || strcmp(source, hash) == 0)
        return;
    struct vb_place place = place_of_key(build, translated, key);
    const char *tag = build->plan->languages[translated->language];
    build->plan->status[translated->language] = VB_DRAFT;
    vb_warning_at(build, &place, "stale-translation",
                  vb_mend(build, "read it again: verbond i18n extract %s --lang %s",
                          build->plan->id == NULL ? "NAME" : build->plan->id, tag),
                  "the %s text of \"%s\" was made from another %s text; %s reads as a draft now",
                  tag, key, build->plan->languages[translated->from], tag);
}

static void fill_entry(struct vb_build *build, const struct vb_translated *translated,
                       const struct vb_text_entry *entry, const struct vb_raw *raw,
                       struct vb_text *out)
{
    const struct vb_raw *text;
    const char *source;
    const char *from = entry->text->by_language[translated->from];
    const char *what = vb_mend(build, "\"%s\"", entry->key);
    out->by_language[translated->language] = "";
    if (!read_entry(raw, &text, &source)) {
        struct vb_place place = place_of_key(build, translated, entry->key);
        vb_error_at(build, &place, "wrong-type", "write { \"...\", source = \"a1b2c3d4\" }",
                    "%s is no text with its source", what);
        return;
    }
    int before = build->loading->findings->errors;
    struct vb_place place = { .file = translated->place.file, .line = translated->place.line };
    if (strspn(text->string, " \n") == text->len) {
        place = place_of_key(build, translated, entry->key);
        vb_error_at(build, &place, "empty-text", "write the text", "%s is empty", what);
    } else if (vb_check_string(build, &place, what, text) && from != vb_untranslated) {
        check_slots(build, &place, what, text->string, from);
        check_source(build, translated, entry->key, source, from);
    }
    if (build->loading->findings->errors == before)
        out->by_language[translated->language] = text->string;
}

/* -- all of them -- */

static int by_key(const void *key, const void *field)
{
    return strcmp(key, ((const struct vb_raw_field *)field)->name);
}

/* Roles that read the same words have texts of their own. */
static void spread(struct vb_build *build, const struct vb_text_entry *entry, int language)
{
    for (int role = 0; entry->use == VB_USE_ITEM && role < build->plan->role_count; role++)
        if ((entry->roles >> role & 1) != 0)
            ((struct vb_text *)build->items[entry->item].text[role])->by_language[language] =
                entry->text->by_language[language];
}

static void fill(struct vb_build *build, struct vb_translated *translated,
                 const struct vb_text_entry *entry)
{
    const struct vb_raw_table *table = translated->table;
    const struct vb_raw_field *field =
        bsearch(entry->key, table->fields, (size_t)table->field_count, sizeof *field, by_key);
    if (field == NULL || translated->used[field - table->fields] ||
        entry->text->by_language[translated->from] == NULL)
        return; /* without a text of its own that is what is told */
    translated->used[field - table->fields] = true;
    if (entry->text->by_language[translated->language] != vb_untranslated) {
        struct vb_place place = place_of_key(build, translated, entry->key);
        vb_error_at(build, &place, "translated-twice",
                    "keep one of the two: here, or in instrument.lua",
                    "\"%s\" has its %s text in instrument.lua already", entry->key,
                    build->plan->languages[translated->language]);
        return;
    }
    fill_entry(build, translated, entry, &field->value, (struct vb_text *)entry->text);
    spread(build, entry, translated->language);
}

static void tell_unknown(struct vb_build *build, const struct vb_translated *translated,
                         const struct vb_text_entry *entries, size_t count)
{
    const char **keys = vb_arena_alloc(&build->loading->scratch, count * sizeof *keys + 1);
    for (size_t i = 0; i < count; i++)
        keys[i] = entries[i].key;
    for (int i = 0; i < translated->table->field_count; i++) {
        const char *key = translated->table->fields[i].name;
        if (translated->used[i] || strcmp(key, "from") == 0)
            continue;
        struct vb_place place = place_of_key(build, translated, key);
        if (!vb_go_on(build, &place))
            return;
        const char *guess = vb_guess(build, key, keys, count);
        vb_warning_at(build, &place, "unknown-translation",
                      guess != NULL ? vb_mend(build, "did you mean \"%s\"?", guess)
                                    : "take it out; verbond i18n extract lists the keys",
                      "there is no text \"%s\" in this instrument", key);
    }
}

/* What still has no text. For who translates it is none; in an include it is the first language's,
 * as it is translated there and not here. */
static void close_entry(struct vb_build *build, const struct vb_text_entry *entry, int language)
{
    struct vb_text *text = (struct vb_text *)entry->text;
    const struct vb_draft_language *draft = build->loading->draft_language;
    const char *tag = build->plan->languages[language];
    if (text->by_language[language] != vb_untranslated)
        return;
    text->by_language[language] = "";
    if (draft != NULL && strcmp(tag, draft->language) == 0) {
        if (build->included)
            text->by_language[language] = text->by_language[0];
    } else {
        struct vb_place place = vb_place_field(build, "translations");
        for (int i = 0; i < build->translated_count; i++)
            if (build->translated[i].language == language)
                place = build->translated[i].place;
        vb_error_at(build, &place, "missing-translation",
                    vb_mend(build, "add [\"%s\"] = { \"...\" }", entry->key),
                    "no %s text for \"%s\"", tag, entry->key);
    }
    spread(build, entry, language);
}

static void keep_draft(struct vb_build *build, struct vb_draft_language *draft)
{
    const struct vb_translated *translated = NULL;
    size_t cap = 0;
    struct vb_translation *list = NULL;
    for (int i = 0; i < build->translated_count; i++)
        if (build->translated[i].language == draft->index)
            translated = &build->translated[i];
    for (int i = 0; translated != NULL && i < translated->table->field_count; i++) {
        const struct vb_raw_field *field = &translated->table->fields[i];
        const struct vb_raw *text;
        const char *source;
        if (strcmp(field->name, "from") == 0 || !read_entry(&field->value, &text, &source))
            continue;
        struct vb_translation *new =
            vb_arena_push(build->arena, &list, draft->count++, &cap, sizeof *new);
        *new = (struct vb_translation){ vb_arena_strdup(build->arena, field->name), text->string,
                                        source };
    }
    draft->list = list;
    draft->from = translated == NULL ? NULL : build->plan->languages[translated->from];
}

void vb_fill_translations(struct vb_build *build, bool last)
{
    size_t count;
    struct vb_draft_language *draft = build->loading->draft_language;
    if (build->open == 0)
        return;
    struct vb_text_entry *entries =
        vb_plan_own_texts(build->plan, &build->loading->scratch, &count);
    for (int t = 0; t < build->translated_count; t++)
        for (size_t i = 0; i < count; i++)
            fill(build, &build->translated[t], &entries[i]);
    if (!last)
        return;
    for (int t = 0; t < build->translated_count; t++)
        tell_unknown(build, &build->translated[t], entries, count);
    for (int language = 0; language < build->plan->language_count; language++)
        for (size_t i = 0; (build->open >> language & 1) != 0 && i < count; i++)
            close_entry(build, &entries[i], language);
    if (draft != NULL && !build->included)
        keep_draft(build, draft);
}
