#include "data/event.h"

#include <string.h>

#include "data/event_names.h"
#include "data/json.h"
#include "data/value_json.h"

/* One object being read. taken counts the fields that were asked for, so that one which nobody
 * knows does not pass unseen; the first failure writes err and stays. */
struct reader {
    const cJSON *object;
    struct vb_arena *arena;
    struct vb_err *err;
    const struct vb_plan *plan;
    int taken;
    bool failed;
};

static void fail(struct reader *reader, const char *name, const char *what)
{
    if (!reader->failed)
        vb_fail(reader->err, VB_E_DATA, "event: \"%s\" %s", name, what);
    reader->failed = true;
}

static const cJSON *take(struct reader *reader, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, name);
    reader->taken += field != NULL;
    return field;
}

static const char *take_text(struct reader *reader, const char *name)
{
    const cJSON *field = take(reader, name);
    if (field == NULL)
        return NULL;
    if (!cJSON_IsString(field)) {
        fail(reader, name, "is not a text");
        return NULL;
    }
    return vb_arena_strdup(reader->arena, field->valuestring);
}

static const char *take_needed_text(struct reader *reader, const char *name)
{
    const char *text = take_text(reader, name);
    if (text == NULL)
        fail(reader, name, "is missing");
    return text;
}

static bool take_flag(struct reader *reader, const char *name)
{
    const cJSON *field = take(reader, name);
    if (field != NULL && !cJSON_IsBool(field))
        fail(reader, name, "is not true or false");
    return cJSON_IsTrue(field);
}

/* The array called name, NULL when absent or wrong; *count is its length. */
static const cJSON *take_array(struct reader *reader, const char *name, int *count)
{
    const cJSON *field = take(reader, name);
    *count = 0;
    if (field == NULL)
        return NULL;
    if (!cJSON_IsArray(field)) {
        fail(reader, name, "is not a list");
        return NULL;
    }
    *count = cJSON_GetArraySize(field);
    return field;
}

static const char *const *take_list(struct reader *reader, const char *name, int *count)
{
    const cJSON *array = take_array(reader, name, count), *element;
    if (*count == 0)
        return NULL;
    const char **list = vb_arena_alloc(reader->arena, sizeof *list * (size_t)*count);
    int n = 0;
    cJSON_ArrayForEach(element, array)
    {
        if (!cJSON_IsString(element))
            fail(reader, name, "holds something that is not a text");
        else
            list[n++] = vb_arena_strdup(reader->arena, element->valuestring);
    }
    return list;
}

static void no_others(struct reader *reader, const char *name)
{
    if (reader->taken != cJSON_GetArraySize(reader->object))
        fail(reader, name, "holds a field that no version of this engine wrote");
}

static struct reader inner(const struct reader *reader, const cJSON *object)
{
    struct reader in = *reader;
    in.object = object;
    in.taken = 0;
    return in;
}

static const struct vb_member *take_members(struct reader *reader, int *count)
{
    const cJSON *array = take_array(reader, "members", count), *element;
    struct vb_member *members;
    if (*count > VB_MEMBERS_MAX)
        fail(reader, "members", "holds too many");
    if (*count == 0 || reader->failed)
        return NULL;
    members = vb_arena_alloc(reader->arena, sizeof *members * (size_t)*count);
    int n = 0;
    cJSON_ArrayForEach(element, array)
    {
        struct reader in = inner(reader, element);
        struct vb_member *member = &members[n++];
        member->person = take_needed_text(&in, "person");
        member->role = take_text(&in, "role");
        member->label = take_text(&in, "label");
        member->form = take_text(&in, "form");
        member->gone = take_flag(&in, "gone");
        no_others(&in, "members");
        reader->failed = in.failed;
        if (in.failed)
            return NULL;
    }
    return members;
}

static bool known_missing(const char *name, struct vb_value *out)
{
    for (int i = 0; name != NULL && i < VB_MISSING_COUNT; i++) {
        if (strcmp(name, vb_missing_name((enum vb_missing)i)) == 0) {
            *out = vb_value_missing((enum vb_missing)i);
            return true;
        }
    }
    return false;
}

/* An option of the plan when it still has it, else its id as a text. */
static bool earlier_option(const struct reader *reader, const char *item_id, const cJSON *json,
                           struct vb_value *out)
{
    int item = reader->plan == NULL ? -1 : vb_plan_item(reader->plan, item_id);
    if (!cJSON_IsString(json))
        return false;
    if (item >= 0 && reader->plan->items[item].kind == VB_CHOICE &&
        vb_value_read(out, reader->arena, &reader->plan->items[item], json))
        return true;
    return vb_value_read(out, reader->arena, &(struct vb_item){ .kind = VB_TEXT }, json);
}

static bool earlier_value(const struct reader *reader, enum vb_value_type type, const char *item_id,
                          const cJSON *json, struct vb_value *out)
{
    static const enum vb_kind_id stand_in[] = {
        [VB_VALUE_INT] = VB_LIKERT, [VB_VALUE_BOOL] = VB_YESNO, [VB_VALUE_MILLI] = VB_NUMBER,
        [VB_VALUE_TEXT] = VB_TEXT,  [VB_VALUE_DATE] = VB_DATE,  [VB_VALUE_JSON] = VB_WORDS,
    };
    if (json == NULL || item_id == NULL)
        return false;
    if (type == VB_VALUE_OPTION)
        return earlier_option(reader, item_id, json, out);
    return vb_value_read(out, reader->arena, &(struct vb_item){ .kind = stand_in[type] }, json);
}

static void take_earlier_one(struct reader *reader, struct vb_earlier *earlier)
{
    earlier->wave = take_needed_text(reader, "wave");
    earlier->item = take_needed_text(reader, "item");
    earlier->member = take_text(reader, "member");
    const char *is = take_needed_text(reader, "is");
    const cJSON *json = take(reader, "v");
    int type = 0;
    while (is != NULL && type < VB_EVENT_VALUE_TYPES && strcmp(is, vb_event_value_types[type]) != 0)
        type++;
    if (type == VB_EVENT_VALUE_TYPES)
        fail(reader, "is", "names no type");
    else if (type == VB_VALUE_MISSING && !known_missing(take_text(reader, "x"), &earlier->value))
        fail(reader, "x", "names no reason");
    else if (type > VB_VALUE_MISSING &&
             !earlier_value(reader, (enum vb_value_type)type, earlier->item, json, &earlier->value))
        fail(reader, "v", "is not of its type");
    no_others(reader, "earlier");
}

static const struct vb_earlier *take_earlier(struct reader *reader, int *count)
{
    const cJSON *array = take_array(reader, "earlier", count), *element;
    if (*count == 0)
        return NULL;
    struct vb_earlier *list = vb_arena_alloc(reader->arena, sizeof *list * (size_t)*count);
    int n = 0;
    cJSON_ArrayForEach(element, array)
    {
        struct reader in = inner(reader, element);
        take_earlier_one(&in, &list[n++]);
        reader->failed = in.failed;
        if (in.failed)
            return NULL;
    }
    return list;
}

static int take_int(struct reader *reader, const char *name, int most)
{
    const cJSON *field = take(reader, name);
    int64_t number = 0;
    if (!cJSON_IsNumber(field) || !vb_number_whole(field->valuedouble, most, &number) || number < 0)
        fail(reader, name, "is no number that belongs here");
    return (int)number;
}

static void take_last(struct reader *reader, struct vb_last *last)
{
    const cJSON *field = take(reader, "last");
    if (field == NULL)
        return;
    struct reader in = inner(reader, field);
    last->round = take_needed_text(&in, "round");
    last->revision = take_int(&in, "revision", INT32_MAX);
    last->agreement_count = take_int(&in, "agreements", VB_AGREEMENTS_MAX);
    no_others(&in, "last");
    reader->failed = in.failed;
}

static void take_opened(struct reader *reader, struct vb_event *out)
{
    struct vb_opened *opened = vb_arena_new(reader->arena, struct vb_opened);
    const cJSON *api = take(reader, "api");
    int64_t version = 0;
    opened->digest = take_needed_text(reader, "digest");
    opened->person = take_text(reader, "person");
    opened->role = take_text(reader, "role");
    opened->label = take_text(reader, "label");
    opened->language = take_text(reader, "language");
    opened->format = take_text(reader, "format");
    opened->form = take_text(reader, "form");
    opened->variant = take_text(reader, "variant");
    opened->setting = take_text(reader, "setting");
    opened->mode = take_text(reader, "mode");
    opened->helper = take_text(reader, "helper");
    opened->opening = take_text(reader, "opening");
    opened->client_name = take_text(reader, "client");
    opened->professional_name = take_text(reader, "professional");
    opened->with = take_list(reader, "with", &opened->with_count);
    opened->members = take_members(reader, &opened->member_count);
    take_last(reader, &opened->last);
    opened->earlier = take_earlier(reader, &opened->earlier_count);
    if (!cJSON_IsNumber(api) || !vb_number_whole(api->valuedouble, VB_VALUE_MAX, &version))
        fail(reader, "api", "is not a whole number");
    opened->api = (int)version;
    out->opened = opened;
}

static void take_place(struct reader *reader, const struct vb_member *members, int member_count,
                       struct vb_event *out)
{
    const char *id = take_needed_text(reader, "i"), *person = take_text(reader, "m");
    vb_assert(reader->plan != NULL);
    out->item = id == NULL ? -1 : vb_plan_item(reader->plan, id);
    if (out->item < 0) {
        fail(reader, "i", "names no item of this instrument");
        return;
    }
    for (int i = 0; person != NULL && i < member_count; i++)
        if (strcmp(person, members[i].person) == 0)
            out->member = i;
    if (person != NULL && out->member < 0)
        fail(reader, "m", "names nobody in the roster");
    else if ((person != NULL) != reader->plan->items[out->item].per_member)
        fail(reader, "m",
             person != NULL ? "stands at an item that is not per member"
                            : "is missing at an item per member");
}

static void take_answer(struct reader *reader, struct vb_event *out)
{
    const cJSON *json = take(reader, "v"),
                *missing = cJSON_GetObjectItemCaseSensitive(reader->object, "x");
    out->method = take_text(reader, "by");
    out->changed = take_flag(reader, "changed");
    if (reader->failed)
        return;
    if ((json == NULL) == (missing == NULL))
        fail(reader, "v", "or a reason was expected");
    else if (json == NULL && !known_missing(take_text(reader, "x"), &out->value))
        fail(reader, "x", "names no reason");
    else if (json != NULL &&
             !vb_value_read(&out->value, reader->arena, &reader->plan->items[out->item], json))
        fail(reader, "v", "is not a value of this item");
}

static void take_sharing(struct reader *reader, struct vb_event *out)
{
    struct vb_sharing *sharing = vb_arena_new(reader->arena, struct vb_sharing);
    sharing->one_sided = take_flag(reader, "one_sided");
    sharing->private_yes = take_list(reader, "private", &sharing->private_count);
    sharing->purposes = take_list(reader, "purposes", &sharing->purpose_count);
    out->sharing = sharing;
}

static void take_held(struct reader *reader, const struct vb_member *members, int member_count,
                      struct vb_event *out)
{
    if (cJSON_GetObjectItemCaseSensitive(reader->object, "g") != NULL)
        out->agreement = take_int(reader, "g", VB_AGREEMENTS_MAX - 1);
    else
        take_place(reader, members, member_count, out);
    out->on = take_flag(reader, "on");
}

static void take_followed(struct reader *reader, struct vb_event *out)
{
    out->agreement = take_int(reader, "g", VB_AGREEMENTS_MAX - 1);
    const char *is = take_needed_text(reader, "is");
    if (is != NULL && !vb_followed_parse(is, &out->followed))
        fail(reader, "is", "does not say how it went");
    out->changed = take_flag(reader, "changed");
}

static void take_talk(struct reader *reader, struct vb_event *out)
{
    struct vb_talk_record *talk = vb_arena_new(reader->arena, struct vb_talk_record);
    struct vb_err why;
    if (vb_talk_record_read(talk, reader->arena, take(reader, "talk"), &why) != VB_OK)
        fail(reader, "talk", why.text);
    out->talk = talk;
}

static void take_head(struct reader *reader, struct vb_event *out)
{
    const char *type = take_needed_text(reader, "t"), *id = take_text(reader, "a");
    int n = 0;
    while (type != NULL && n < VB_EVENT_COUNT && strcmp(type, vb_event_type_names[n]) != 0)
        n++;
    if (n == VB_EVENT_COUNT)
        fail(reader, "t", "names no event");
    out->type = (enum vb_event_type)n;
    if (id == NULL)
        return;
    if (strlen(id) > VB_ANSWER_ID_MAX)
        fail(reader, "a", "is longer than 32 characters");
    else
        memcpy(out->answer_id, id, strlen(id) + 1);
}

static void take_event(struct reader *reader, const struct vb_member *members, int member_count,
                       struct vb_event *out)
{
    take_head(reader, out);
    if (reader->failed)
        return;
    if (out->type == VB_EVENT_OPENED)
        take_opened(reader, out);
    if (out->type == VB_EVENT_ANSWERED)
        take_place(reader, members, member_count, out);
    if (out->type == VB_EVENT_ANSWERED)
        take_answer(reader, out);
    if (out->type == VB_EVENT_HELD)
        take_held(reader, members, member_count, out);
    if (out->type == VB_EVENT_SHARED)
        take_sharing(reader, out);
    if (out->type == VB_EVENT_ROSTER)
        out->members = take_members(reader, &out->member_count);
    if (out->type == VB_EVENT_FOLLOWED)
        take_followed(reader, out);
    if (out->type == VB_EVENT_TALK)
        take_talk(reader, out);
    no_others(reader, "t");
}

enum vb_code vb_event_decode(struct vb_event *out, struct vb_arena *arena,
                             const struct vb_plan *plan, const struct vb_member *members,
                             int member_count, const char *body, size_t len, struct vb_err *err)
{
    struct reader reader = { .arena = arena, .err = err, .plan = plan };
    cJSON *tree;
    *out = (struct vb_event){ .item = -1, .member = -1 };
    enum vb_code code = vb_json_parse(&tree, body, len, VB_EVENT_BODY_MAX, err);
    if (code != VB_OK) {
        err->code = VB_E_DATA;
        return vb_while(err, "event");
    }
    reader.object = tree;
    if (!cJSON_IsObject(tree))
        fail(&reader, "t", "is missing");
    else
        take_event(&reader, members, member_count, out);
    cJSON_Delete(tree);
    return reader.failed ? VB_E_DATA : VB_OK;
}
