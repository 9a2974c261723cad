#include "term/term_people.h"

#include "base/str.h"
#include "term/term_kind.h"

/* -- who is due ------------------------------------------------------------------------------- */

bool vb_people_wanted(const char *only, const char *role, const char *label)
{
    if (only == NULL)
        return true;
    const char *colon = strchr(only, ':');
    if (colon == NULL)
        return vb_streq(only, role);
    size_t len = (size_t)(colon - only);
    return strlen(role) == len && strncmp(only, role, len) == 0 && vb_streq(colon + 1, label);
}

void vb_people_tell(struct vb_people *people, const struct vb_session *session)
{
    const struct vb_session **told =
        vb_arena_push(&people->arena, (void *)&people->told, people->told_count, &people->told_cap,
                      sizeof *people->told);
    *told = session;
    people->told_count++;
}

void vb_people_skip(struct vb_people *people, const struct vb_due *due)
{
    struct vb_due *away = vb_arena_push(&people->arena, &people->away, people->away_count,
                                        &people->away_cap, sizeof *away);
    *away = *due;
    people->away_count++;
}

static bool is_away(const struct vb_people *people, const char *role, const char *label)
{
    for (size_t i = 0; i < people->away_count; i++)
        if (vb_streq(people->away[i].role, role) && vb_streq(people->away[i].label, label))
            return true;
    return false;
}

static bool owes(const struct vb_people *people, const struct vb_participant *participant)
{
    for (size_t i = 0; i < people->told_count; i++)
        if (people->told[i] == participant->session)
            return false;
    if (participant->ready || is_away(people, participant->role, participant->label))
        return false;
    if (participant->session == NULL)
        return true;
    enum vb_session_state state = vb_session_state(participant->session);
    return state == VB_SESSION_OPEN || state == VB_SESSION_DONE;
}

static void due_participant(const struct vb_participant *participant, struct vb_arena *arena,
                            struct vb_due *out)
{
    *out = (struct vb_due){ vb_arena_strdup(arena, participant->role),
                            vb_arena_strdup(arena, participant->label), NULL, false };
    if (participant->session == NULL)
        return;
    out->language =
        vb_arena_strdup(arena, vb_fold_opened(vb_session_fold(participant->session))->language);
    out->begun = vb_session_view(participant->session)->seq > 1;
}

/* A role with nobody yet: due when one person has it and it is needed, or when it is named. */
static bool due_role(const struct vb_role *role, const char *only, struct vb_arena *arena,
                     struct vb_due *out)
{
    const char *colon = only == NULL ? NULL : strchr(only, ':');
    const char *label = colon == NULL ? NULL : vb_arena_strdup(arena, colon + 1);
    if (!vb_people_wanted(only, role->name, label))
        return false;
    if (only == NULL && (role->optional || role->in_roster))
        return false;
    if (role->max > 1 && label == NULL)
        return false;
    *out = (struct vb_due){ role->name, label, NULL, false };
    return true;
}

static bool takes_part(struct vb_round *round, const char *role, const char *label)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, role) && vb_streq(list[i].label, label))
            return true;
    return false;
}

/* Somebody of this role who was named at the start and did not join yet. */
static bool due_named(struct vb_round *round, const struct vb_people *people, const char *role,
                      const char *only, struct vb_due *out)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct vb_due *one = &people->list[i];
        if (!vb_streq(one->role, role) || !vb_people_wanted(only, role, one->label) ||
            takes_part(round, role, one->label))
            continue;
        *out = *one;
        return true;
    }
    return false;
}

bool vb_people_next(struct vb_round *round, const struct vb_people *people, const char *only,
                    struct vb_arena *arena, struct vb_due *out)
{
    const struct vb_plan *plan = vb_round_plan(round);
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int role = 0; role < plan->role_count; role++) {
        bool found = false;
        if (only == NULL && vb_round_is_counted_only(plan, plan->roles[role].name))
            continue; /* they come by themselves: a list would name them */
        for (int i = 0; i < count; i++) {
            if (list[i].role_index != role || !vb_people_wanted(only, list[i].role, list[i].label))
                continue;
            found = true;
            if (!owes(people, &list[i]))
                continue;
            due_participant(&list[i], arena, out);
            return true;
        }
        if (due_named(round, people, plan->roles[role].name, only, out))
            return true;
        if (!found && due_role(&plan->roles[role], only, arena, out) &&
            !is_away(people, out->role, out->label))
            return true;
    }
    return false;
}

const char *vb_people_name(enum vb_tongue tongue, const struct vb_due *due)
{
    return due->label != NULL ? due->label : vb_phrase_role(tongue, due->role);
}

/* -- who takes part --------------------------------------------------------------------------- */

static bool several(const struct vb_role *role)
{
    return role->in_roster || role->max > 1;
}

bool vb_people_unnamed(struct vb_round *round)
{
    const struct vb_plan *plan = vb_round_plan(round);
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    if (plan->campaign != NULL)
        return false;
    for (int i = 0; i < count; i++)
        if (several(&plan->roles[list[i].role_index]))
            return false;
    for (int i = 0; i < plan->role_count; i++)
        if (several(&plan->roles[i]))
            return true;
    return false;
}

static int most_of(const struct vb_role *role)
{
    return role->max > 0 ? role->max : 1;
}

static void say_number(struct vb_desk *desk, enum vb_phrase phrase, int number)
{
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    vb_desk_say(desk, VB_PLAIN, 0, phrase, text);
}

/* A name the round does not take is said and asked again. */
static void name_one(struct vb_desk *desk, struct vb_round *round, struct vb_people *people,
                     const struct vb_role *role, const char *typed, int *count)
{
    struct vb_err why;
    enum vb_refusal refusal;
    const char *name;
    if (vb_person_label(&people->arena, typed, &name, &refusal, &why) != VB_OK) {
        vb_screen_text(&desk->screen, VB_PLAIN, 0, vb_phrase_refusal(desk->tongue, refusal));
        return;
    }
    bool known = takes_part(round, role->name, name);
    for (size_t i = 0; i < people->count && !known; i++)
        known = vb_streq(people->list[i].role, role->name) && vb_streq(people->list[i].label, name);
    if (known) {
        vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_NAME_TWICE, NULL);
        return;
    }
    if (role->in_roster && vb_round_name_member(round, role->name, name, &why) != VB_OK) {
        vb_screen_text(&desk->screen, VB_PLAIN, 0, why.text);
        return;
    }
    if (!role->in_roster) {
        struct vb_due *due =
            vb_arena_push(&people->arena, &people->list, people->count, &people->cap, sizeof *due);
        *due = (struct vb_due){ role->name, name, NULL, false };
        people->count++;
    }
    ++*count;
}

static enum vb_code ask_role(struct vb_desk *desk, struct vb_round *round, struct vb_people *people,
                             const struct vb_role *role, int *total, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    int count = 0;
    vb_screen_gap(&desk->screen);
    vb_desk_say(desk, VB_BOLD, 0, VB_ASK_MEMBER_NAMES, vb_phrase_roles(desk->tongue, role->name));
    while (count < most_of(role)) {
        const char *line;
        code = vb_desk_line(desk, &arena, &line, err);
        if (code != VB_OK)
            break;
        if (line == NULL)
            vb_screen_text(&desk->screen, VB_PLAIN, 0,
                           vb_phrase_refusal(desk->tongue, VB_REFUSED_UTF8));
        else if (line[0] != '\0')
            name_one(desk, round, people, role, line, &count);
        else if (!role->optional && count < role->min)
            say_number(desk, VB_SAY_TOO_FEW, role->min);
        else
            break;
    }
    *total += role->in_roster ? count : 0;
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_people_ask(struct vb_desk *desk, struct vb_round *round, struct vb_people *people,
                           struct vb_err *err)
{
    const struct vb_plan *plan = vb_round_plan(round);
    bool roster = plan->roster_max > 0;
    int total = 0;
    enum vb_code code = VB_OK;
    vb_screen_next(&desk->screen);
    vb_desk_say(desk, VB_BOLD, 0, VB_ASK_MEMBERS, NULL);
    do {
        for (int i = 0; i < plan->role_count && code == VB_OK; i++)
            if (several(&plan->roles[i]))
                code = ask_role(desk, round, people, &plan->roles[i], &total, err);
        if (code == VB_OK && roster && total < plan->roster_min)
            say_number(desk, VB_SAY_TOO_FEW, plan->roster_min);
    } while (code == VB_OK && roster && total < plan->roster_min);
    return code;
}

/* -- the language ----------------------------------------------------------------------------- */

static const char *language_name(const char *tag)
{
    static const struct {
        const char *tag, *name;
    } names[] = {
        { "nl", "Nederlands" }, { "nl-BE", "Nederlands (België)" },
        { "en", "English" },    { "fr", "français" },
        { "de", "Deutsch" },    { "es", "español" },
        { "pl", "polski" },     { "tr", "Türkçe" },
        { "uk", "українська" }, { "ru", "русский" },
        { "bg", "български" },  { "ar", "العربية" },
        { "fa", "فارسی" },      { "ti", "ትግርኛ" },
        { "so", "Soomaali" },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (vb_streq(names[i].tag, tag))
            return names[i].name;
    return tag;
}

enum vb_code vb_people_language(struct vb_desk *desk, const struct vb_plan *plan,
                                const char **language, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    vb_screen_next(&desk->screen);
    vb_screen_text(&desk->screen, VB_BOLD, 0, vb_phrase(VB_NL, VB_ASK_LANGUAGE));
    vb_screen_text(&desk->screen, VB_BOLD, 0, vb_phrase(VB_EN, VB_ASK_LANGUAGE));
    vb_screen_gap(&desk->screen);
    for (int i = 0; i < plan->language_count; i++)
        vb_screen_choice(&desk->screen, i + 1, language_name(plan->languages[i]));
    *language = NULL;
    while (code == VB_OK && *language == NULL) {
        const char *line;
        int64_t number;
        code = vb_desk_line(desk, &arena, &line, err);
        if (code != VB_OK)
            break;
        if (line != NULL && vb_read_int(line, &number) && number >= 1 &&
            number <= plan->language_count)
            *language = plan->languages[number - 1];
        for (int i = 0; line != NULL && i < plan->language_count; i++)
            if (vb_streq(line, plan->languages[i]))
                *language = plan->languages[i];
        if (*language == NULL)
            say_number(desk, VB_SAY_NO_SUCH_NUMBER, plan->language_count);
    }
    vb_arena_finish(&arena);
    return code;
}
