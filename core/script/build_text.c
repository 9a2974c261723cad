/* Texts in every language, and the slots in them. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"

static int language_of(const struct vb_plan *plan, const char *tag)
{
    for (int i = 0; i < plan->language_count; i++)
        if (strcmp(plan->languages[i], tag) == 0)
            return i;
    return -1;
}

static void stranger(struct vb_build *build, const struct vb_place *place, const char *what,
                     const char *name)
{
    const struct vb_plan *plan = build->plan;
    const char *guess = vb_guess(build, name, plan->languages, (size_t)plan->language_count);
    struct vb_place own = vb_place_within(build, place, vb_mend(build, "%s.%s", what, name));
    vb_error_at(build, &own, "unknown-language",
                guess != NULL ? vb_mend(build, "did you mean '%s'?", guess)
                              : "add it to languages, or take this text out",
                "%s has '%s', which is not one of languages", what, name);
}

static void tell_empty(struct vb_build *build, const struct vb_place *place, const char *where)
{
    struct vb_place own = vb_place_within(build, place, where);
    vb_error_at(build, &own, "empty-text", "write the text", "%s is empty", where);
}

static void take_text(struct vb_build *build, const struct vb_place *place, const char *what,
                      const struct vb_raw_field *field, int language, struct vb_text *out)
{
    const char *where = vb_mend(build, "%s.%s", what, field->name);
    if (field->value.type != VB_RAW_STRING) {
        struct vb_place own = vb_place_within(build, place, where);
        vb_error_at(build, &own, "wrong-type", vb_mend(build, "write %s = \"...\"", field->name),
                    "%s is %s", where, vb_raw_type_name(&field->value));
    } else if (vb_check_string(build, place, where, &field->value)) {
        out->by_language[language] = field->value.string;
        if (strspn(field->value.string, " \n") == field->value.len)
            tell_empty(build, place, where);
        return;
    }
    out->by_language[language] = "";
}

/* Answers are shared between instruments, so they may know more languages than this one. */
static bool passed_over(const struct vb_constructor *others, const char *name)
{
    return others != NULL && (vb_field_find(others, name) != NULL || vb_tag_ok(name));
}

void vb_build_text(struct vb_build *build, const struct vb_place *place, const char *what,
                   const struct vb_raw_table *table, const struct vb_constructor *others,
                   struct vb_text *out)
{
    const struct vb_plan *plan = build->plan;
    *out = (struct vb_text){ { NULL } };
    for (int i = 0; i < table->field_count; i++) {
        const struct vb_raw_field *field = &table->fields[i];
        int language = language_of(plan, field->name);
        if (language >= 0)
            take_text(build, place, what, field, language, out);
        else if (plan->language_count > 0 && !passed_over(others, field->name))
            stranger(build, place, what, field->name);
    }
    if (others == NULL && table->list_count > 0)
        vb_error_at(build, place, "stray-entry", "name the language: nl = \"...\"",
                    "%s holds a text without a language", what);
    for (int i = 0; i < plan->language_count; i++) {
        if (out->by_language[i] != NULL)
            continue;
        if ((build->open >> i & 1) != 0) {
            out->by_language[i] = vb_untranslated;
            continue;
        }
        out->by_language[i] = "";
        struct vb_place own = vb_place_within(build, place, what);
        vb_error_at(build, &own, "missing-translation",
                    vb_mend(build, "add %s = \"...\"", plan->languages[i]), "no %s text for %s",
                    plan->languages[i], what);
    }
}

const struct vb_text *vb_get_text(struct vb_build *build, const struct vb_place *place,
                                  const struct vb_raw_table *table, const char *name)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    if (raw->type != VB_RAW_TABLE)
        return NULL;
    struct vb_text *text = vb_arena_new(build->arena, struct vb_text);
    vb_build_text(build, place, name, raw->table, NULL, text);
    return text;
}

/* -- slots -- */

static bool among(const struct vb_slot *slots, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(slots[i].name, name) == 0)
            return true;
    return false;
}

/* Declared for the whole instrument, or by every variant that is meant. */
static bool declared(const struct vb_plan *plan, const char *name, uint32_t variants)
{
    if (among(plan->slots, plan->slot_count, name))
        return true;
    for (int i = 0; i < plan->variant_count; i++)
        if ((variants >> i & 1) != 0 &&
            !among(plan->variants[i].slots, plan->variants[i].slot_count, name))
            return false;
    return plan->variant_count > 0;
}

static bool is_person(const char *name)
{
    return strcmp(name, "client") == 0 || strcmp(name, "professional") == 0 ||
           strcmp(name, "member") == 0;
}

/* Words authors use for the same persons, too far off to be guessed by their letters. */
static const char *other_word(const char *name)
{
    static const char *const pairs[][2] = {
        { "werker", "professional" },
        { "worker", "professional" },
        { "begeleider", "professional" },
        { "hulpverlener", "professional" },
        { "lid", "member" },
        { "lid.naam", "member" },
        { "member.name", "member" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(pairs[i][0], name) == 0)
            return pairs[i][1];
    return NULL;
}

static const char *guess_slot(struct vb_build *build, const char *name)
{
    const struct vb_plan *plan = build->plan;
    const char *names[64] = { "client", "professional", "member" };
    size_t count = 3;
    for (int i = 0; i < plan->slot_count && count < 64; i++)
        names[count++] = plan->slots[i].name;
    const char *guess = other_word(name);
    if (guess == NULL)
        guess = vb_guess(build, name, names, count);
    if (guess != NULL)
        return vb_mend(build, "did you mean {%s}?", guess);
    return "use {client}, {professional}, {member}, or declare it in slots";
}

static void check_slot(struct vb_build *build, const struct vb_place *place, const char *what,
                       const char *name, uint32_t variants, bool member)
{
    bool stands = is_person(name) || declared(build->plan, name, variants);
    bool stray = !member && strcmp(name, "member") == 0;
    if (stands && !stray)
        return;
    struct vb_place own = vb_place_within(build, place, what);
    if (!stands)
        vb_error_at(build, &own, "unknown-slot", guess_slot(build, name),
                    "%s uses the slot {%s}, which does not exist", what, name);
    else
        vb_warning_at(build, &own, "member-slot",
                      "give the question about = \"member\", or put it in v.each \"member\"",
                      "%s uses {member}, but is not asked for each member", what);
}

static void check_one(struct vb_build *build, const struct vb_place *place, const char *what,
                      const char *text, uint32_t variants, bool member)
{
    for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        size_t len = strcspn(open + 1, "{}");
        if (open[len + 1] != '}' || len == 0) {
            struct vb_place own = vb_place_within(build, place, what);
            vb_error_at(build, &own, "unknown-slot", "write {name}, or leave the brace out",
                        "%s has a brace that opens no slot", what);
            return;
        }
        const char *name = vb_arena_strndup(&build->loading->scratch, open + 1, len);
        check_slot(build, place, what, name, variants, member);
    }
}

void vb_check_slots(struct vb_build *build, const struct vb_place *place, const char *what,
                    const struct vb_text *text, uint32_t variants, bool member)
{
    for (int i = 0; text != NULL && i < build->plan->language_count; i++)
        if (text->by_language[i] != NULL)
            check_one(build, place, vb_mend(build, "%s.%s", what, build->plan->languages[i]),
                      text->by_language[i], variants, member);
}
