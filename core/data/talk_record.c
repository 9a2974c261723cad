#include "data/talk_record.h"

#include "base/str.h"
#include "data/json.h"

static const char *const followed_names[] = { "none", "done", "partly", "not_yet" };
enum { FOLLOWED_COUNT = sizeof followed_names / sizeof *followed_names };

const char *vb_followed_name(enum vb_followed followed)
{
    vb_assert((size_t)followed < FOLLOWED_COUNT);
    return followed_names[followed];
}

bool vb_followed_parse(const char *name, enum vb_followed *out)
{
    for (int i = 0; i < FOLLOWED_COUNT; i++)
        if (vb_streq(followed_names[i], name)) {
            *out = (enum vb_followed)i;
            return true;
        }
    return false;
}

bool vb_goal_has_yes(const struct vb_goal *goal, const char *person)
{
    for (int i = 0; i < goal->yes_count; i++)
        if (vb_streq(goal->yes[i], person))
            return true;
    return false;
}

/* -- copying ---------------------------------------------------------------------------------- */

static struct vb_goal copy_goal(struct vb_arena *arena, const struct vb_goal *goal)
{
    const char **yes = vb_arena_alloc(arena, sizeof *yes * (size_t)(goal->yes_count + 1));
    for (int i = 0; i < goal->yes_count; i++)
        yes[i] = vb_arena_strdup(arena, goal->yes[i]);
    return (struct vb_goal){ .text = vb_arena_strdup(arena, goal->text),
                             .whose = vb_arena_strdup(arena, goal->whose),
                             .long_term = goal->long_term,
                             .by = vb_arena_strdup(arena, goal->by),
                             .yes = yes,
                             .yes_count = goal->yes_count };
}

const struct vb_talk_record *vb_talk_record_copy(struct vb_arena *arena,
                                                 const struct vb_talk_record *record)
{
    struct vb_talk_record *copy = vb_arena_new(arena, struct vb_talk_record);
    struct vb_agreement *agreements =
        vb_arena_alloc(arena, sizeof *agreements * (size_t)(record->agreement_count + 1));
    struct vb_goal *goals = vb_arena_alloc(arena, sizeof *goals * (size_t)(record->goal_count + 1));
    for (int i = 0; i < record->agreement_count; i++)
        agreements[i] = (struct vb_agreement){ vb_arena_strdup(arena, record->agreements[i].who),
                                               vb_arena_strdup(arena, record->agreements[i].what),
                                               vb_arena_strdup(arena, record->agreements[i].when) };
    for (int i = 0; i < record->goal_count; i++)
        goals[i] = copy_goal(arena, &record->goals[i]);
    *copy = (struct vb_talk_record){ .topic = vb_arena_strdup(arena, record->topic),
                                     .agreements = agreements,
                                     .agreement_count = record->agreement_count,
                                     .goals = goals,
                                     .goal_count = record->goal_count,
                                     .next = vb_arena_strdup(arena, record->next) };
    return copy;
}

/* -- writing ---------------------------------------------------------------------------------- */

void vb_agreements_write(struct vb_buf *out, const struct vb_agreement *agreements, int count)
{
    vb_buf_putc(out, '[');
    for (int i = 0; i < count; i++) {
        vb_buf_puts(out, i > 0 ? ",{\"who\":" : "{\"who\":");
        vb_json_text(out, agreements[i].who);
        vb_buf_puts(out, ",\"what\":");
        vb_json_text(out, agreements[i].what);
        vb_buf_puts(out, ",\"when\":");
        vb_json_text(out, agreements[i].when);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void write_yes(struct vb_buf *out, const struct vb_goal *goal, const char *const *everybody,
                      int count)
{
    vb_buf_putc(out, '{');
    for (int i = 0; i < (everybody == NULL ? goal->yes_count : count); i++) {
        const char *person = everybody == NULL ? goal->yes[i] : everybody[i];
        if (i > 0)
            vb_buf_putc(out, ',');
        vb_json_text(out, person);
        vb_buf_puts(out, vb_goal_has_yes(goal, person) ? ":true" : ":false");
    }
    vb_buf_putc(out, '}');
}

void vb_goals_write(struct vb_buf *out, const struct vb_goal *goals, int goal_count,
                    const char *const *everybody, int count)
{
    vb_buf_putc(out, '[');
    for (int i = 0; i < goal_count; i++) {
        vb_buf_puts(out, i > 0 ? ",{\"text\":" : "{\"text\":");
        vb_json_text(out, goals[i].text);
        vb_buf_puts(out, ",\"whose\":");
        vb_json_text(out, goals[i].whose);
        vb_buf_puts(out, goals[i].long_term ? ",\"term\":\"long\",\"by\":"
                                            : ",\"term\":\"short\",\"by\":");
        vb_json_text(out, goals[i].by);
        vb_buf_puts(out, ",\"yes\":");
        write_yes(out, &goals[i], everybody, count);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

void vb_talk_record_write(struct vb_buf *out, const struct vb_talk_record *record,
                          const char *const *everybody, int count)
{
    vb_buf_puts(out, "{\"topic\":");
    vb_json_text(out, record->topic);
    vb_buf_puts(out, ",\"agreements\":");
    vb_agreements_write(out, record->agreements, record->agreement_count);
    vb_buf_puts(out, ",\"goals\":");
    vb_goals_write(out, record->goals, record->goal_count, everybody, count);
    vb_buf_puts(out, ",\"next\":");
    vb_json_text(out, record->next);
    vb_buf_putc(out, '}');
}

/* One voice's words for each; whatever was not said looks alike. */
static void write_voice(struct vb_buf *out, const struct vb_last_voice *voice, int count)
{
    vb_buf_puts(out, "{\"person\":");
    vb_json_text(out, voice->person);
    vb_buf_puts(out, ",\"done\":[");
    for (int i = 0; i < count; i++) {
        enum vb_followed done = voice->done[i];
        if (i > 0)
            vb_buf_putc(out, ',');
        vb_json_text(out, done == VB_FOLLOWED_NONE ? "not_filled_in" : vb_followed_name(done));
    }
    vb_buf_puts(out, "]}");
}

void vb_talk_last_write(struct vb_buf *out, const struct vb_talk_last *last)
{
    vb_buf_puts(out, "{\"round\":");
    vb_json_text(out, last->round);
    vb_buf_puts(out, ",\"agreements\":");
    vb_agreements_write(out, last->agreements, last->agreement_count);
    vb_buf_puts(out, ",\"voices\":[");
    for (int i = 0; i < last->voice_count; i++) {
        if (i > 0)
            vb_buf_putc(out, ',');
        write_voice(out, &last->voices[i], last->agreement_count);
    }
    vb_buf_puts(out, "]}");
}

/* -- reading ---------------------------------------------------------------------------------- */

/* One object being read; the first failure writes err and stays. */
struct reader {
    const cJSON *object;
    struct vb_arena *arena;
    struct vb_err *err;
    const char *where; /* "" or "goals[1]." */
    bool *failed;
};

static void fail(const struct reader *reader, const char *name, const char *what)
{
    if (!*reader->failed)
        vb_fail(reader->err, VB_E_DATA, "%s%.40s: %s", reader->where, name, what);
    *reader->failed = true;
}

static const char *take_text(const struct reader *reader, const char *name, bool needed)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, name);
    if (field == NULL || cJSON_IsNull(field)) {
        if (needed)
            fail(reader, name, "is missing");
        return NULL;
    }
    if (!cJSON_IsString(field)) {
        fail(reader, name, "wants a text in double quotes");
        return NULL;
    }
    return vb_arena_strdup(reader->arena, field->valuestring);
}

/* The list called name; NULL when it is absent, wrong or too long. */
static const cJSON *take_list(const struct reader *reader, const char *name, int most, int *count)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, name);
    *count = 0;
    if (field == NULL)
        return NULL;
    if (!cJSON_IsArray(field)) {
        fail(reader, name, "wants a list");
        return NULL;
    }
    if (cJSON_GetArraySize(field) > most) {
        fail(reader, name, vb_arena_printf(reader->arena, "holds more than %d", most));
        return NULL;
    }
    *count = cJSON_GetArraySize(field);
    return field;
}

static void only(const struct reader *reader, const char *const *names, size_t count)
{
    for (const cJSON *field = reader->object->child; field != NULL; field = field->next) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            known = vb_streq(names[i], field->string);
        if (known)
            continue;
        const char *meant = vb_did_you_mean(field->string, names, count);
        fail(reader, field->string,
             meant == NULL
                 ? "no such field"
                 : vb_arena_printf(reader->arena, "no such field; did you mean %s?", meant));
    }
}

/* Element number of the list, as an object to read. */
static struct reader element(const struct reader *reader, const char *list, int number,
                             const cJSON *json)
{
    struct reader in = *reader;
    in.object = json;
    in.where = vb_arena_printf(reader->arena, "%s[%d].", list, number);
    if (!cJSON_IsObject(json))
        fail(reader, vb_arena_printf(reader->arena, "%s[%d]", list, number), "wants an object");
    return in;
}

static const struct vb_agreement *take_agreements(const struct reader *reader, int *count)
{
    static const char *const names[] = { "who", "what", "when" };
    const cJSON *list = take_list(reader, "agreements", VB_AGREEMENTS_MAX, count), *json;
    struct vb_agreement *out = vb_arena_alloc(reader->arena, sizeof *out * (size_t)(*count + 1));
    int n = 0;
    cJSON_ArrayForEach(json, list)
    {
        struct reader in = element(reader, "agreements", n, json);
        if (*reader->failed)
            break;
        only(&in, names, sizeof names / sizeof *names);
        out[n++] = (struct vb_agreement){ take_text(&in, "who", true), take_text(&in, "what", true),
                                          take_text(&in, "when", false) };
    }
    return out;
}

/* {"client": true, "professional": false}: who said yes, and who did not yet. */
static void take_yes(const struct reader *reader, struct vb_goal *goal)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, "yes"), *said;
    if (field == NULL)
        return;
    if (!cJSON_IsObject(field)) {
        fail(reader, "yes", "wants an object, as {\"client\": true, \"professional\": false}");
        return;
    }
    const char **yes =
        vb_arena_alloc(reader->arena, sizeof *yes * (size_t)(cJSON_GetArraySize(field) + 1));
    cJSON_ArrayForEach(said, field)
    {
        if (!cJSON_IsBool(said))
            fail(reader, "yes", "wants true or false for each person");
        if (cJSON_IsTrue(said))
            yes[goal->yes_count++] = vb_arena_strdup(reader->arena, said->string);
    }
    goal->yes = yes;
}

static void take_goal(const struct reader *reader, struct vb_goal *goal)
{
    static const char *const names[] = { "text", "whose", "term", "by", "yes" };
    only(reader, names, sizeof names / sizeof *names);
    goal->text = take_text(reader, "text", true);
    goal->whose = take_text(reader, "whose", true);
    const char *term = take_text(reader, "term", true);
    goal->long_term = vb_streq(term, "long");
    if (term != NULL && !goal->long_term && !vb_streq(term, "short"))
        fail(reader, "term", "wants \"short\" or \"long\"");
    goal->by = take_text(reader, "by", false);
    take_yes(reader, goal);
}

static const struct vb_goal *take_goals(const struct reader *reader, int *count)
{
    const cJSON *list = take_list(reader, "goals", VB_GOALS_MAX, count), *json;
    struct vb_goal *out = vb_arena_alloc(reader->arena, sizeof *out * (size_t)(*count + 1));
    int n = 0;
    cJSON_ArrayForEach(json, list)
    {
        struct reader in = element(reader, "goals", n, json);
        if (*reader->failed)
            break;
        take_goal(&in, &out[n++]);
    }
    return out;
}

enum vb_code vb_talk_record_read(struct vb_talk_record *out, struct vb_arena *arena,
                                 const cJSON *json, struct vb_err *err)
{
    static const char *const names[] = { "topic", "agreements", "goals", "next" };
    bool failed = false;
    struct reader reader = { json, arena, err, "", &failed };
    *out = (struct vb_talk_record){ 0 };
    if (!cJSON_IsObject(json))
        return vb_fail(err, VB_E_DATA, "wants an object, as {\"topic\": \"...\"}");
    only(&reader, names, sizeof names / sizeof *names);
    out->topic = take_text(&reader, "topic", false);
    out->agreements = take_agreements(&reader, &out->agreement_count);
    out->goals = take_goals(&reader, &out->goal_count);
    out->next = take_text(&reader, "next", false);
    return failed ? VB_E_DATA : VB_OK;
}
