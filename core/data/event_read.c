#include "data/event_reader.h"

#include <string.h>

#include "data/event_names.h"
#include "data/json.h"
#include "data/value_json.h"

/* Logs of the first schema are read as well: every event has a type there, labels and the answer id
 * stand in it, and nothing stands in parts. */

/* Whom it is about: a part says so by itself. */
static void take_member(struct vb_reader *reader, struct vb_event *out)
{
    const struct vb_event_ids *ids = reader->ids;
    const char *person = reader->about == NULL ? vb_reader_text(reader, "m") : reader->about;
    for (int i = 0; person != NULL && i < ids->member_count; i++)
        if (strcmp(person, ids->members[i].person) == 0)
            out->member = i;
    if (person != NULL && out->member < 0)
        vb_reader_fail(reader, "m", "names nobody in the roster");
    else if ((person != NULL) != ids->plan->items[out->item].per_member)
        vb_reader_fail(reader, "m",
                       person != NULL ? "stands at an item that is not per member"
                                      : "is missing at an item per member");
}

static void take_place(struct vb_reader *reader, const char *key, struct vb_event *out)
{
    const char *id = vb_reader_needed(reader, key);
    vb_assert(reader->ids->plan != NULL);
    out->item = id == NULL ? -1 : vb_plan_item(reader->ids->plan, id);
    if (out->item < 0)
        vb_reader_fail(reader, key, "names no item of this instrument");
    else
        take_member(reader, out);
}

static const char *long_method(const char *written)
{
    for (int i = 0; written != NULL && i < VB_EVENT_METHODS; i++)
        if (strcmp(vb_event_methods[i].written, written) == 0)
            return vb_event_methods[i].name;
    return written;
}

static void take_answer(struct vb_reader *reader, struct vb_event *out)
{
    const cJSON *json = vb_reader_take(reader, "v"),
                *missing = cJSON_GetObjectItemCaseSensitive(reader->object, "x");
    out->method = long_method(vb_reader_text(reader, "by"));
    if (reader->failed)
        return;
    if ((json == NULL) == (missing == NULL))
        vb_reader_fail(reader, "v", "or a reason was expected");
    else if (json == NULL && !vb_reader_missing(vb_reader_text(reader, "x"), &out->value))
        vb_reader_fail(reader, "x", "names no reason");
    else if (json != NULL &&
             !vb_value_read(&out->value, reader->arena, &reader->ids->plan->items[out->item], json))
        vb_reader_fail(reader, "v", "is not a value of this item");
}

static const char *const *take_purposes(struct vb_reader *reader, int *count)
{
    const char *const *written = vb_reader_list(reader, "p", count);
    if (written == NULL)
        return vb_reader_list(reader, "purposes", count);
    const char **names = vb_arena_alloc(reader->arena, sizeof *names * (size_t)*count);
    for (int i = 0; !reader->failed && i < *count; i++) {
        for (int k = 0; k < VB_EVENT_PURPOSES; k++)
            if (strcmp(written[i], vb_event_purposes[k].written) == 0)
                names[i] = vb_event_purposes[k].name;
        if (names[i] == NULL)
            vb_reader_fail(reader, "p", "names no purpose");
    }
    return names;
}

/* Ids of items in array, all about one member. */
static void take_left(struct vb_reader *reader, const cJSON *array, int member,
                      struct vb_sharing *sharing)
{
    const struct vb_plan *plan = reader->ids->plan;
    int count = sharing->left_count + cJSON_GetArraySize(array);
    struct vb_left *left = vb_arena_alloc(reader->arena, sizeof *left * (size_t)(count + 1));
    const cJSON *id;
    if (sharing->left_count > 0)
        memcpy(left, sharing->left, sizeof *left * (size_t)sharing->left_count);
    sharing->left = left;
    cJSON_ArrayForEach(id, array)
    {
        int item = cJSON_IsString(id) ? vb_plan_item(plan, id->valuestring) : -1;
        if (item < 0 || plan->items[item].per_member != (member >= 0)) {
            vb_reader_fail(reader, "left", "names no such item of this instrument");
            return;
        }
        left[sharing->left_count++] = (struct vb_left){ item, member };
    }
}

static void take_sharing(struct vb_reader *reader, struct vb_event *out)
{
    struct vb_sharing *sharing = vb_arena_new(reader->arena, struct vb_sharing);
    int count;
    take_left(reader, vb_reader_array(reader, "left", &count), -1, sharing);
    bool now = vb_reader_flag(reader, "o"), then = vb_reader_flag(reader, "one_sided");
    sharing->one_sided = now || then; /* both are taken, whichever stands there */
    if (vb_reader_has(reader, VB_KEY_EARLIER))
        sharing->earlier = vb_reader_flag(reader, VB_KEY_EARLIER) ? VB_WORD_YES : VB_WORD_NO;
    sharing->private_yes = vb_reader_list(reader, "private", &sharing->private_count);
    sharing->purposes = take_purposes(reader, &sharing->purpose_count);
    out->sharing = sharing;
}

static void take_held(struct vb_reader *reader, struct vb_event *out)
{
    take_place(reader, "i", out);
    out->on = vb_reader_flag(reader, "on");
}

static void take_followed(struct vb_reader *reader, struct vb_event *out)
{
    const char *is = vb_reader_needed(reader, "is");
    out->agreement = vb_reader_int(reader, "g", VB_AGREEMENTS_MAX - 1);
    out->changed = vb_reader_flag(reader, "c");
    if (is != NULL && !vb_followed_parse(is, &out->followed))
        vb_reader_fail(reader, "is", "does not say how it went");
}

static void take_talk(struct vb_reader *reader, struct vb_event *out)
{
    struct vb_talk_record *talk = vb_arena_new(reader->arena, struct vb_talk_record);
    struct vb_err why;
    if (vb_talk_record_read(talk, reader->arena, vb_reader_take(reader, "talk"), &why) != VB_OK)
        vb_reader_fail(reader, "talk", why.text);
    out->talk = talk;
}

static void take_type(struct vb_reader *reader, struct vb_event *out)
{
    const char *type = vb_reader_needed(reader, "t"), *id = vb_reader_text(reader, "a");
    int n = 0;
    while (type != NULL && n < VB_EVENT_COUNT && strcmp(type, vb_event_type_names[n]) != 0)
        n++;
    if (n == VB_EVENT_COUNT || n == VB_EVENT_FOLLOWED || n == VB_EVENT_EARLIER)
        vb_reader_fail(reader, "t", "names no event");
    out->type = (enum vb_event_type)n;
    if (id != NULL && strlen(id) > VB_ANSWER_ID_MAX)
        vb_reader_fail(reader, "a", "is longer than 16 characters");
    else if (id != NULL)
        memcpy(out->answer_id, id, strlen(id) + 1);
}

static void take_by_type(struct vb_reader *reader, struct vb_event *out)
{
    take_type(reader, out);
    if (reader->failed)
        return;
    if (out->type == VB_EVENT_OPENED)
        vb_reader_opened(reader, out);
    if (out->type == VB_EVENT_ANSWERED) {
        take_place(reader, "i", out);
        out->changed = vb_reader_flag(reader, "changed");
        take_answer(reader, out);
    }
    if (out->type == VB_EVENT_HELD)
        take_held(reader, out);
    if (out->type == VB_EVENT_SHARED)
        take_sharing(reader, out);
    if (out->type == VB_EVENT_ROSTER)
        out->members = vb_reader_members(reader, &out->member_count);
    if (out->type == VB_EVENT_TALK)
        take_talk(reader, out);
}

static void take_agreement(struct vb_reader *reader, struct vb_event *out)
{
    if (!vb_reader_has(reader, "h")) {
        out->type = VB_EVENT_FOLLOWED;
        take_followed(reader, out);
        return;
    }
    out->type = VB_EVENT_HELD;
    out->agreement = vb_reader_int(reader, "g", VB_AGREEMENTS_MAX - 1);
    out->on = vb_reader_flag(reader, "h");
}

/* Of an item: which key names it says what happened. */
static void take_by_key(struct vb_reader *reader, struct vb_event *out)
{
    if (vb_reader_has(reader, "g")) {
        take_agreement(reader, out);
    } else if (vb_reader_has(reader, VB_KEY_EARLIER)) {
        out->type = VB_EVENT_EARLIER;
        out->on = vb_reader_flag(reader, VB_KEY_EARLIER);
    } else if (vb_reader_has(reader, VB_KEY_HELD) || vb_reader_has(reader, VB_KEY_LET_GO)) {
        out->type = VB_EVENT_HELD;
        out->on = vb_reader_has(reader, VB_KEY_HELD);
        take_place(reader, out->on ? VB_KEY_HELD : VB_KEY_LET_GO, out);
    } else if (vb_reader_has(reader, VB_KEY_BACK)) {
        out->type = VB_EVENT_BACK;
        take_place(reader, VB_KEY_BACK, out);
    } else {
        out->type = VB_EVENT_ANSWERED;
        out->changed = vb_reader_has(reader, VB_KEY_CHANGED);
        take_place(reader, out->changed ? VB_KEY_CHANGED : VB_KEY_ANSWERED, out);
        take_answer(reader, out);
    }
}

/* One object: the body, or the part that stands in its place. */
static enum vb_code read_object(struct vb_reader *reader, const char *bytes, size_t len,
                                struct vb_event *out)
{
    cJSON *tree;
    enum vb_code code = vb_reader_parse(&tree, bytes, len, reader->err);
    if (code != VB_OK)
        return code;
    reader->object = tree;
    if (!cJSON_IsObject(tree))
        vb_reader_fail(reader, "t", "is missing");
    else if (vb_reader_has(reader, "t") || tree->child == NULL)
        take_by_type(reader, out);
    else
        take_by_key(reader, out);
    if (!reader->failed)
        vb_reader_end(reader, "t");
    cJSON_Delete(tree);
    return reader->failed ? VB_E_DATA : VB_OK;
}

/* Of shared: what was said of somebody, and left the path. */
static enum vb_code read_left(const struct vb_reader *outer, const struct vb_event_part *part,
                              struct vb_sharing *sharing)
{
    struct vb_reader reader = { .arena = outer->arena, .err = outer->err, .ids = outer->ids };
    int member = 0;
    cJSON *tree;
    if (part->bytes == NULL)
        return VB_OK;
    enum vb_code code = vb_reader_parse(&tree, part->bytes, part->len, reader.err);
    if (code != VB_OK)
        return code;
    while (member < reader.ids->member_count &&
           strcmp(reader.ids->members[member].person, part->about) != 0)
        member++;
    if (!cJSON_IsArray(tree))
        vb_reader_fail(&reader, "left", "is not a list");
    else if (member == reader.ids->member_count)
        vb_reader_fail(&reader, "left", "is about nobody in the roster");
    else
        take_left(&reader, tree, member, sharing);
    cJSON_Delete(tree);
    return reader.failed ? VB_E_DATA : VB_OK;
}

static enum vb_code read_shared_parts(const struct vb_reader *reader,
                                      const struct vb_event_pieces *pieces, struct vb_event *out)
{
    struct vb_sharing *sharing = (struct vb_sharing *)out->sharing; /* made above, in arena */
    enum vb_code code = VB_OK;
    for (int i = 0; code == VB_OK && i < pieces->part_count; i++)
        code = read_left(reader, &pieces->parts[i], sharing);
    return code;
}

static enum vb_code read_pieces(struct vb_reader *reader, const struct vb_event_pieces *pieces,
                                struct vb_event *out)
{
    const struct vb_event_part *part = pieces->part_count == 0 ? NULL : pieces->parts;
    if (pieces->body_len == 0 && part != NULL) {
        if (part->bytes == NULL) {
            out->type = VB_EVENT_ERASED;
            return VB_OK;
        }
        reader->about = part->about;
        return read_object(reader, part->bytes, part->len, out);
    }
    enum vb_code code = read_object(reader, pieces->body, pieces->body_len, out);
    if (code != VB_OK || part == NULL)
        return code;
    if (out->type == VB_EVENT_SHARED)
        return read_shared_parts(reader, pieces, out);
    if (out->type != VB_EVENT_OPENED)
        return vb_fail(reader->err, VB_E_DATA, "event: a part stands where none belongs");
    return vb_reader_opened_parts(reader, pieces, out);
}

enum vb_code vb_event_decode(struct vb_event *out, struct vb_arena *arena,
                             const struct vb_event_ids *ids, const struct vb_event_pieces *pieces,
                             struct vb_err *err)
{
    struct vb_reader reader = { .arena = arena, .err = err, .ids = ids };
    *out = (struct vb_event){ .item = -1, .member = -1 };
    if (pieces->erased) {
        out->type = VB_EVENT_ERASED;
        return VB_OK;
    }
    enum vb_code code = read_pieces(&reader, pieces, out);
    size_t len = strlen(pieces->answer_id);
    if (code == VB_OK && len > VB_ANSWER_ID_MAX)
        return vb_fail(err, VB_E_DATA, "event: its answer id is longer than 16 characters");
    if (code == VB_OK && len > 0)
        memcpy(out->answer_id, pieces->answer_id, len + 1);
    return code;
}
