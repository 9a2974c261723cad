/* What stands at the top of an instrument: who it is for, by whom, in which languages. */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "script/build.h"

static const struct vb_constructor *instrument_form(void)
{
    return &vb_constructors[VB_MAKE_INSTRUMENT];
}

/* -- id and version -- */

static void check_id(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "id");
    const char *id = build->plan->id;
    if (id == NULL || vb_name_ok(id, false))
        return;
    vb_error_at(build, &place, "bad-id", "use lower-case letters, digits, - and _, a letter first",
                "id cannot be \"%s\"", id);
}

/* A number without a leading zero; NULL when there is none at s. */
static const char *after_number(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n == 0 || n > 9 || (n > 1 && s[0] == '0') ? NULL : s + n;
}

static bool version_ok(const char *s)
{
    for (int part = 0; part < 3; part++) {
        if (part > 0 && *s++ != '.')
            return false;
        s = after_number(s);
        if (s == NULL)
            return false;
    }
    if (*s == '\0')
        return true;
    if (*s++ != '-' || *s == '\0')
        return false;
    for (; *s != '\0'; s++)
        if (!isalnum((unsigned char)*s) && *s != '-' && (*s != '.' || s[1] == '.' || s[1] == 0))
            return false;
    return true;
}

static void check_version(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "version");
    const char *version = build->plan->version;
    if (version != NULL && !version_ok(version))
        vb_error_at(build, &place, "bad-version",
                    "write three numbers such as 1.0.0, with -dev behind while it may change",
                    "version cannot be \"%s\"", version);
}

/* -- languages -- */

/* nl, nl-BE, zh-Hant: two or three letters, then parts of two to eight letters or digits. */
bool vb_tag_ok(const char *tag)
{
    size_t n = strspn(tag, "abcdefghijklmnopqrstuvwxyz");
    if (n < 2 || n > 3)
        return false;
    for (tag += n; *tag != '\0'; tag += n) {
        if (*tag++ != '-')
            return false;
        for (n = 0; isalnum((unsigned char)tag[n]);)
            n++;
        if (n < 2 || n > 8)
            return false;
    }
    return true;
}

static bool has_language(const struct vb_plan *plan, const char *tag)
{
    for (int i = 0; i < plan->language_count; i++)
        if (strcmp(plan->languages[i], tag) == 0)
            return true;
    return false;
}

/* Somebody is translating into it: it need not be named yet. */
static void add_draft_language(struct vb_build *build, struct vb_draft_language *draft)
{
    struct vb_plan *plan = build->plan;
    bool named = has_language(plan, draft->language);
    if (!build->included)
        draft->in_languages = named;
    if (!named && plan->language_count > 0 && plan->language_count < VB_LANGUAGES_MAX)
        plan->languages[plan->language_count++] = draft->language;
}

static void build_languages(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "languages");
    struct vb_plan *plan = build->plan;
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "languages");
    for (int i = 0; i < table->list_count; i++) {
        if (table->list[i].type != VB_RAW_STRING)
            continue;
        const char *tag = table->list[i].string;
        if (!vb_tag_ok(tag))
            vb_error_at(build, &place, "unknown-language", "use a tag such as nl, nl-BE or en",
                        "\"%s\" is no language tag", tag);
        if (has_language(plan, tag)) {
            vb_error_at(build, &place, "duplicate-id", "name each language once",
                        "the language %s stands there twice", tag);
            continue; /* or every text would miss it */
        }
        if (plan->language_count == VB_LANGUAGES_MAX) {
            vb_error_at(build, &place, "too-many", "at most 16", "has too many languages");
            return;
        }
        plan->languages[plan->language_count++] = tag;
    }
    if (build->loading->draft_language != NULL)
        add_draft_language(build, build->loading->draft_language);
    if (table->list_count == 0 &&
        vb_raw_get(&build->node->table, "languages")->type == VB_RAW_TABLE)
        vb_error_at(build, &place, "wrong-value", "name at least one, such as \"nl\"",
                    "languages is an empty list");
}

static void build_status(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "status");
    static const struct vb_field words = { .name = "status",
                                           .words = "draft reviewed field-tested" };
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "status");
    for (int i = 0; i < table->field_count; i++) {
        const struct vb_raw_field *field = &table->fields[i];
        int language = -1;
        for (int j = 0; j < build->plan->language_count; j++)
            if (strcmp(build->plan->languages[j], field->name) == 0)
                language = j;
        if (language < 0)
            vb_error_at(build, &place, "unknown-language", "name one of languages",
                        "status has '%s', which is not one of languages", field->name);
        else if (field->value.type != VB_RAW_STRING ||
                 !vb_field_takes_word(&words, field->value.string))
            vb_error_at(build, &place, "wrong-value", "use one of: draft reviewed field-tested",
                        "status.%s is something else", field->name);
        else
            build->plan->status[language] = field->value.string[0] == 'd'   ? VB_DRAFT
                                            : field->value.string[0] == 'r' ? VB_REVIEWED
                                                                            : VB_FIELD_TESTED;
    }
}

/* -- respondents -- */

static bool role_name_ok(struct vb_build *build, const struct vb_place *place, const char *name)
{
    bool field = false;
    for (int i = 0; i < VB_MAKE_SAY; i++)
        field = field || vb_field_find(&vb_constructors[i], name) != NULL;
    if (vb_name_ok(name, false) && !field)
        return true;
    vb_error_at(build, place, "bad-id",
                field ? "questions have a field of that name: choose another word"
                      : "use lower-case letters, digits, - and _, a letter first",
                "the role cannot be called \"%s\"", name);
    return false;
}

static void add_role(struct vb_build *build, const struct vb_place *place, const char *name,
                     const struct vb_raw_table *table)
{
    struct vb_plan *plan = build->plan;
    if (!role_name_ok(build, place, name))
        return;
    if (vb_plan_role(plan, name) >= 0) {
        vb_error_at(build, place, "duplicate-id",
                    "name each role once; max says how many persons may have it",
                    "the role \"%s\" stands there twice", name);
        return;
    }
    if (plan->role_count == VB_ROLES_MAX) {
        vb_error_at(build, place, "too-many", "at most 16", "has too many respondents");
        return;
    }
    struct vb_role *role = &plan->roles[plan->role_count++];
    *role = (struct vb_role){ .name = name, .min = 1, .max = 1 };
    if (table == NULL)
        return;
    role->optional = vb_get_bool(table, "optional", false);
    role->min =
        (int)vb_get_int(build, place, table, "min", 0, VB_MEMBERS_MAX, role->optional ? 0 : 1);
    role->max = (int)vb_get_int(build, place, table, "max", 1, VB_MEMBERS_MAX,
                                role->min > 1 ? role->min : 1);
    if (role->max < role->min)
        vb_error_at(build, place, "wrong-value", "let max be at least min",
                    "the role \"%s\" has min %d above max %d", name, role->min, role->max);
}

static void build_roles(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "respondents");
    const struct vb_raw *raw = vb_raw_get(&build->node->table, "respondents");
    if (raw->type == VB_RAW_NIL)
        return;
    if (raw->type != VB_RAW_TABLE || raw->table->list_count == 0 || raw->table->field_count > 0) {
        vb_error_at(build, &place, "wrong-type",
                    "write respondents = { \"client\", \"professional\" }",
                    "respondents is not a list of roles");
        return;
    }
    for (int i = 0; i < raw->table->list_count; i++) {
        const struct vb_raw *entry = &raw->table->list[i];
        if (entry->type == VB_RAW_STRING) {
            add_role(build, &place, entry->string, NULL);
            continue;
        }
        const struct vb_raw *name = NULL;
        if (entry->type == VB_RAW_TABLE) {
            vb_check_fields(build, &place, &vb_constructors[VB_PLAIN_RESPONDENT], entry->table);
            name = vb_raw_get(entry->table, "role");
            if (name->type == VB_RAW_NIL && entry->table->list_count > 0)
                name = &entry->table->list[0];
        }
        if (name != NULL && name->type == VB_RAW_STRING)
            add_role(build, &place, name->string, entry->table);
        else if (entry->type != VB_RAW_TABLE)
            vb_error_at(build, &place, "wrong-type", "write a role's name", "respondent %d is %s",
                        i + 1, vb_raw_type_name(entry));
    }
}

/* As it stands in respondents; empty for a bare name. */
static const struct vb_raw_table *respondent_table(struct vb_build *build, const char *name)
{
    const struct vb_raw_table *list = vb_get_table(&build->node->table, "respondents");
    for (int i = 0; i < list->list_count; i++) {
        if (list->list[i].type != VB_RAW_TABLE)
            continue;
        const struct vb_raw_table *table = list->list[i].table;
        const struct vb_raw *role = vb_raw_get(table, "role");
        if (role->type == VB_RAW_NIL && table->list_count > 0)
            role = &table->list[0];
        if (role->type == VB_RAW_STRING && strcmp(role->string, name) == 0)
            return table;
    }
    return vb_get_table(list, "");
}

static void build_roster_role(struct vb_build *build, const struct vb_place *place,
                              const char *name, bool alone)
{
    struct vb_plan *plan = build->plan;
    int role = vb_plan_role(plan, name);
    if (role < 0) {
        vb_error_at(build, place, "unknown-role",
                    vb_mend(build, "add \"%s\" to respondents, or name one of them", name),
                    "the roster's role \"%s\" is not a respondent", name);
        return;
    }
    struct vb_role *member = &plan->roles[role];
    const struct vb_raw_table *own = respondent_table(build, name);
    member->in_roster = true;
    /* Of several roles none needs a member: the roster's min counts them together. */
    bool says_min = vb_raw_get(own, "min")->type != VB_RAW_NIL;
    if (!says_min)
        member->min = alone ? plan->roster_min : 0;
    /* Its own max, but never past the roster, which is the ceiling of all. */
    if (vb_raw_get(own, "max")->type == VB_RAW_NIL || member->max > plan->roster_max)
        member->max = plan->roster_max;
    if (says_min && member->min > member->max)
        vb_error_at(build, place, "wrong-value", "let the roster's max be at least that min",
                    "the role \"%s\" has min %d, but the roster leaves room for %d", name,
                    member->min, member->max);
}

static void build_roster(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "roster");
    struct vb_plan *plan = build->plan;
    const struct vb_raw *raw = vb_raw_get(&build->node->table, "roster");
    if (raw->type != VB_RAW_TABLE)
        return;
    const struct vb_raw_table *table = raw->table;
    vb_check_fields(build, &place, &vb_constructors[VB_PLAIN_ROSTER], table);
    plan->roster_min = (int)vb_get_int(build, &place, table, "min", 0, VB_MEMBERS_MAX, 1);
    plan->roster_max = (int)vb_get_int(build, &place, table, "max", 1, VB_MEMBERS_MAX,
                                       plan->roster_min > 12 ? plan->roster_min : 12);
    if (plan->roster_max < plan->roster_min)
        vb_error_at(build, &place, "wrong-value", "let max be at least min",
                    "roster has min %d above max %d", plan->roster_min, plan->roster_max);
    const struct vb_raw *role = vb_raw_get(table, "role");
    if (role->type == VB_RAW_STRING)
        build_roster_role(build, &place, role->string, true);
    else if (role->type != VB_RAW_NIL && role->type != VB_RAW_TABLE)
        vb_error_at(build, &place, "wrong-type", "write a role's name, or a list of names",
                    "role of the roster is %s", vb_raw_type_name(role));
    for (int i = 0; role->type == VB_RAW_TABLE && i < role->table->list_count; i++)
        if (role->table->list[i].type == VB_RAW_STRING)
            build_roster_role(build, &place, role->table->list[i].string,
                              role->table->list_count == 1);
        else
            vb_error_at(build, &place, "wrong-type", "write a list of role names",
                        "role %d of the roster is %s", i + 1,
                        vb_raw_type_name(&role->table->list[i]));
}

/* -- the rest -- */

static void build_duration(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "duration_min");
    const struct vb_raw *raw = vb_raw_get(&build->node->table, "duration_min");
    if (raw->type != VB_RAW_TABLE)
        return;
    const struct vb_raw *list = raw->table->list;
    if (raw->table->list_count == 2 && list[0].type == VB_RAW_INT && list[1].type == VB_RAW_INT &&
        list[0].integer > 0 && list[0].integer <= list[1].integer && list[1].integer <= 1440) {
        build->plan->duration_min[0] = (int)list[0].integer;
        build->plan->duration_min[1] = (int)list[1].integer;
        return;
    }
    vb_error_at(build, &place, "wrong-value", "write duration_min = { 10, 20 }, in minutes",
                "duration_min is not two numbers, from and to");
}

static void build_talk(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "talk");
    struct vb_plan *plan = build->plan;
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "talk");
    vb_check_fields(build, &place, &vb_constructors[VB_PLAIN_TALK], table);
    plan->talk_points = (int)vb_get_int(build, &place, table, "points", 1, 50, 0);
    const struct vb_raw_table *prompts = vb_get_table(table, "prompts");
    struct vb_text *texts =
        vb_arena_alloc(build->arena, (size_t)prompts->list_count * sizeof *texts);
    for (int i = 0; i < prompts->list_count; i++) {
        const char *what = vb_mend(build, "talk.prompts %d", i + 1);
        if (prompts->list[i].type == VB_RAW_TABLE)
            vb_build_text(build, &place, what, prompts->list[i].table, NULL,
                          &texts[plan->talk_prompt_count++]);
        else
            vb_error_at(build, &place, "wrong-type", "write { nl = \"...\", en = \"...\" }",
                        "%s is %s", what, vb_raw_type_name(&prompts->list[i]));
    }
    plan->talk_prompts = texts;
}

static void build_words(struct vb_build *build)
{
    const struct vb_raw_table *table = &build->node->table;
    struct vb_plan *plan = build->plan;
    plan->id = vb_get_string(table, "id");
    plan->version = vb_get_string(table, "version");
    plan->licence = vb_get_string(table, "licence");
    plan->source = vb_get_string(table, "source");
    plan->basis = vb_get_string(table, "basis");
    plan->mandated = vb_get_bool(table, "mandated", false);
    plan->has_case = vb_get_bool(table, "case", true);
    plan->retain = (enum vb_retain)vb_get_word(instrument_form(), table, "retain", VB_RETAIN_KEEP);
    build->scripted = plan->scripted = vb_raw_get(table, "flow")->type == VB_RAW_FUNCTION;
}

void vb_build_head(struct vb_build *build)
{
    const struct vb_raw_table *table = &build->node->table;
    struct vb_plan *plan = build->plan;
    vb_check_fields(build, &build->place, instrument_form(), table);
    build_words(build);
    check_id(build);
    check_version(build);
    build_languages(build);
    build_status(build);
    vb_build_translations(build);
    build_roles(build);
    build_roster(build);
    struct vb_place title_place = vb_place_field(build, "title");
    struct vb_place summary_place = vb_place_field(build, "summary");
    struct vb_place notice_place = vb_place_field(build, "notice");
    struct vb_place policy_place = vb_place_field(build, "policy");
    const struct vb_text *title = vb_get_text(build, &title_place, table, "title");
    if (title != NULL)
        plan->title = *title;
    plan->notice = vb_get_text(build, &notice_place, table, "notice");
    plan->summary = vb_get_text(build, &summary_place, table, "summary");
    plan->policy = vb_build_policy(
        build, &policy_place, vb_raw_get(table, "policy"),
        (struct vb_policy){ .free_text = true, .drawing_keep = true, .emotion_rating = true });
    build_duration(build);
    build_talk(build);
    struct vb_place accept_place = vb_place_field(build, "accept");
    plan->accept = vb_build_accepts(build, &accept_place, table);
}
