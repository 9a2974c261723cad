/* event_opened.c - the first event read back: who answers, the roster, what earlier waves said. */
#include <string.h>

#include "data/event_names.h"
#include "data/event_reader.h"
#include "data/value_json.h"

const struct vb_member *vb_reader_members(struct vb_reader *reader, int *count)
{
    const cJSON *array = vb_reader_array(reader, "members", count), *element;
    struct vb_member *members;
    if (*count > VB_MEMBERS_MAX)
        vb_reader_fail(reader, "members", "holds too many");
    if (*count == 0 || reader->failed)
        return NULL;
    members = vb_arena_alloc(reader->arena, sizeof *members * (size_t)*count);
    int n = 0;
    cJSON_ArrayForEach(element, array)
    {
        struct vb_reader in = vb_reader_inner(reader, element);
        struct vb_member *member = &members[n++];
        member->person = vb_reader_needed(&in, "person");
        member->role = vb_reader_text(&in, "role");
        member->label = vb_reader_text(&in, "label");
        member->form = vb_reader_text(&in, "form");
        member->gone = vb_reader_flag(&in, "gone");
        vb_reader_end(&in, "members");
        reader->failed = in.failed;
        if (in.failed)
            return NULL;
    }
    return members;
}

/* An option of the plan when it still has it, else its id as a text. */
static bool earlier_option(const struct vb_reader *reader, const char *item_id, const cJSON *json,
                           struct vb_value *out)
{
    const struct vb_plan *plan = reader->ids->plan;
    int item = plan == NULL ? -1 : vb_plan_item(plan, item_id);
    if (!cJSON_IsString(json))
        return false;
    if (item >= 0 && plan->items[item].kind == VB_CHOICE &&
        vb_value_read(out, reader->arena, &plan->items[item], json))
        return true;
    return vb_value_read(out, reader->arena, &(struct vb_item){ .kind = VB_TEXT }, json);
}

static bool earlier_value(const struct vb_reader *reader, enum vb_value_type type,
                          const char *item_id, const cJSON *json, struct vb_value *out)
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

static void take_earlier_one(struct vb_reader *reader, struct vb_earlier *earlier)
{
    earlier->wave = vb_reader_needed(reader, "wave");
    earlier->item = vb_reader_needed(reader, "item");
    earlier->member = reader->about == NULL ? vb_reader_text(reader, "member") : reader->about;
    earlier->session = reader->said;
    const char *is = vb_reader_needed(reader, "is");
    const cJSON *json = vb_reader_take(reader, "v");
    int type = 0;
    while (is != NULL && type < VB_EVENT_VALUE_TYPES && strcmp(is, vb_event_value_types[type]) != 0)
        type++;
    if (type == VB_EVENT_VALUE_TYPES)
        vb_reader_fail(reader, "is", "names no type");
    else if (type == VB_VALUE_MISSING &&
             !vb_reader_missing(vb_reader_text(reader, "x"), &earlier->value))
        vb_reader_fail(reader, "x", "names no reason");
    else if (type > VB_VALUE_MISSING &&
             !earlier_value(reader, (enum vb_value_type)type, earlier->item, json, &earlier->value))
        vb_reader_fail(reader, "v", "is not of its type");
    vb_reader_end(reader, "earlier");
}

struct earlier_list {
    struct vb_earlier *list;
    size_t count, cap;
};

static void take_earlier(struct vb_reader *reader, const cJSON *array, struct earlier_list *out)
{
    const cJSON *element;
    cJSON_ArrayForEach(element, array)
    {
        struct vb_reader in = vb_reader_inner(reader, element);
        struct vb_earlier *earlier =
            vb_arena_push(reader->arena, &out->list, out->count, &out->cap, sizeof *earlier);
        out->count++;
        take_earlier_one(&in, earlier);
        reader->failed = in.failed;
        if (in.failed)
            return;
    }
}

/* Whose names fill the texts: by id, where an old log has the names themselves. */
static void take_names(struct vb_reader *reader, struct vb_opened *opened)
{
    const cJSON *names = vb_reader_take(reader, "names");
    opened->client_name = vb_reader_text(reader, "client");
    opened->professional_name = vb_reader_text(reader, "professional");
    if (names == NULL)
        return;
    if (!cJSON_IsObject(names))
        vb_reader_fail(reader, "names", "is not an object");
    struct vb_reader in = vb_reader_inner(reader, names);
    opened->client = vb_reader_text(&in, "client");
    opened->professional = vb_reader_text(&in, "professional");
    vb_reader_end(&in, "names");
    reader->failed = in.failed;
}

static void take_last(struct vb_reader *reader, struct vb_last *last)
{
    const cJSON *field = vb_reader_take(reader, "last");
    if (field == NULL)
        return;
    struct vb_reader in = vb_reader_inner(reader, field);
    last->round = vb_reader_needed(&in, "round");
    last->revision = vb_reader_int(&in, "revision", INT32_MAX);
    last->agreement_count = vb_reader_int(&in, "agreements", VB_AGREEMENTS_MAX);
    vb_reader_end(&in, "last");
    reader->failed = in.failed;
}

void vb_reader_opened(struct vb_reader *reader, struct vb_event *out)
{
    struct vb_opened *opened = vb_arena_new(reader->arena, struct vb_opened);
    struct earlier_list earlier = { 0 };
    const cJSON *api = vb_reader_take(reader, "api");
    int count;
    int64_t version = 0;
    opened->digest = vb_reader_needed(reader, "digest");
    opened->person = vb_reader_text(reader, "person");
    opened->role = vb_reader_text(reader, "role");
    opened->label = vb_reader_text(reader, "label");
    opened->language = vb_reader_text(reader, "language");
    opened->format = vb_reader_text(reader, "format");
    opened->form = vb_reader_text(reader, "form");
    opened->variant = vb_reader_text(reader, "variant");
    opened->setting = vb_reader_text(reader, "setting");
    opened->mode = vb_reader_text(reader, "mode");
    opened->helper = vb_reader_text(reader, "helper");
    opened->opening = vb_reader_text(reader, "opening");
    take_names(reader, opened);
    opened->with = vb_reader_list(reader, "with", &opened->with_count);
    opened->members = vb_reader_members(reader, &opened->member_count);
    take_last(reader, &opened->last);
    take_earlier(reader, vb_reader_array(reader, "earlier", &count), &earlier);
    opened->earlier = earlier.list;
    opened->earlier_count = (int)earlier.count;
    if (!cJSON_IsNumber(api) || !vb_number_whole(api->valuedouble, VB_VALUE_MAX, &version))
        vb_reader_fail(reader, "api", "is not a whole number");
    opened->api = (int)version;
    out->opened = opened;
}

/* "SESSION", "SESSION PERSON", or "PERSON" alone, who is in the roster then. */
static void read_about(struct vb_reader *reader, const char *about, const struct vb_opened *opened)
{
    char *first = vb_arena_strdup(reader->arena, about), *blank = strchr(first, ' ');
    for (int i = 0; i < opened->member_count; i++)
        if (strcmp(opened->members[i].person, first) == 0)
            reader->about = first;
    if (reader->about != NULL)
        return;
    if (blank != NULL) {
        *blank = '\0';
        reader->about = blank + 1;
    }
    reader->said = first;
}

/* Of opened: what earlier waves said. */
static enum vb_code read_part(const struct vb_reader *outer, const struct vb_event_part *part,
                              const struct vb_opened *opened, struct earlier_list *earlier)
{
    struct vb_reader reader = { .arena = outer->arena, .err = outer->err, .ids = outer->ids };
    cJSON *tree;
    if (part->bytes == NULL)
        return VB_OK;
    enum vb_code code = vb_reader_parse(&tree, part->bytes, part->len, reader.err);
    if (code != VB_OK)
        return code;
    read_about(&reader, part->about, opened);
    if (!cJSON_IsArray(tree))
        vb_reader_fail(&reader, "earlier", "is not a list");
    else
        take_earlier(&reader, tree, earlier);
    cJSON_Delete(tree);
    return reader.failed ? VB_E_DATA : VB_OK;
}

enum vb_code vb_reader_opened_parts(const struct vb_reader *reader,
                                    const struct vb_event_pieces *pieces, struct vb_event *out)
{
    struct vb_opened *opened = (struct vb_opened *)out->opened; /* made above, in arena */
    struct earlier_list earlier = { 0 };
    for (int i = 0; i < opened->earlier_count; i++) {
        struct vb_earlier *copy =
            vb_arena_push(reader->arena, &earlier.list, earlier.count, &earlier.cap, sizeof *copy);
        earlier.count++;
        *copy = opened->earlier[i];
    }
    enum vb_code code = VB_OK;
    for (int i = 0; code == VB_OK && i < pieces->part_count; i++)
        code = read_part(reader, &pieces->parts[i], opened, &earlier);
    opened->earlier = earlier.list;
    opened->earlier_count = (int)earlier.count;
    return code;
}
