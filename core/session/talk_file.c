#include "session/talk_file.h"

#include "base/str.h"
#include "data/json.h"

enum { TALK_FILE_MAX = 1024 * 1024 };
static const char together[] = "together";

/* -- persons ---------------------------------------------------------------------------------- */

static bool is_called(const struct vb_participant *person, const char *role, const char *label)
{
    return vb_streq(person->role, role) && (label == NULL || vb_streq(person->label, label));
}

const char *vb_talk_file_person(struct vb_round *round, const char *key, struct vb_arena *arena)
{
    int count, found = 0;
    struct vb_err why;
    const struct vb_participant *list = vb_round_named(round, arena, &count);
    const char *colon = strchr(key, ':'), *label = NULL, *person = NULL;
    const char *role = colon == NULL ? key : vb_arena_strndup(arena, key, (size_t)(colon - key));
    if (colon != NULL &&
        (vb_person_label(arena, colon + 1, &label, NULL, &why) != VB_OK || label == NULL))
        return NULL;
    for (int i = 0; i < count; i++) {
        if (vb_streq(list[i].person, key))
            return list[i].person;
        if (is_called(&list[i], role, label)) {
            person = list[i].person;
            found++;
        }
    }
    return found == 1 ? person : NULL;
}

const char *vb_answer_key(struct vb_arena *arena, const char *role, const char *label)
{
    return label == NULL ? role : vb_arena_printf(arena, "%s:%s", role, label);
}

const char *vb_talk_file_key(struct vb_round *round, const char *person, struct vb_arena *arena)
{
    int count;
    const struct vb_participant *list = vb_round_named(round, arena, &count);
    for (int i = 0; i < count; i++) {
        if (!vb_streq(list[i].person, person))
            continue;
        const char *key = vb_answer_key(arena, list[i].role, list[i].label);
        return vb_streq(vb_talk_file_person(round, key, arena), person) ? key : person;
    }
    return person;
}

static enum vb_code nobody(struct vb_round *round, const char *field, const char *key,
                           struct vb_arena *arena, struct vb_err *err)
{
    int count;
    const struct vb_participant *list = vb_round_named(round, arena, &count);
    const char **keys = vb_arena_alloc(arena, ((size_t)count + 1) * sizeof *keys);
    for (int i = 0; i < count; i++)
        keys[i] = vb_talk_file_key(round, list[i].person, arena);
    keys[count] = together;
    const char *meant = vb_did_you_mean(key, keys, (size_t)count + 1);
    return vb_fail(err, VB_E_DATA, "%s: nobody of this round%s%s%s", field,
                   meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                   meant == NULL ? "" : "?");
}

static enum vb_code name_person(struct vb_round *round, const char *field, const char **key,
                                struct vb_arena *arena, struct vb_err *err)
{
    const char *person = vb_talk_file_person(round, *key, arena);
    if (person == NULL)
        return nobody(round, field, *key, arena, err);
    *key = person;
    return VB_OK;
}

/* Also those who did not say yes yet: a name that nobody has is a mistake either way. */
static enum vb_code check_yes(struct vb_round *round, const cJSON *json, int number,
                              struct vb_arena *arena, struct vb_err *err)
{
    const cJSON *goal = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "goals"), number);
    const cJSON *yes = cJSON_GetObjectItemCaseSensitive(goal, "yes"), *said;
    cJSON_ArrayForEach(said, yes)
    {
        const char *key = said->string;
        enum vb_code code = name_person(
            round, vb_arena_printf(arena, "goals[%d].yes.%.40s", number, key), &key, arena, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

static enum vb_code name_goal(struct vb_round *round, struct vb_goal *goal, int number,
                              struct vb_arena *arena, struct vb_err *err)
{
    const char **yes = vb_arena_alloc(arena, ((size_t)goal->yes_count + 1) * sizeof *yes);
    enum vb_code code = VB_OK;
    if (!vb_streq(goal->whose, together))
        code = name_person(round, vb_arena_printf(arena, "goals[%d].whose", number), &goal->whose,
                           arena, err);
    for (int i = 0; code == VB_OK && i < goal->yes_count; i++) {
        yes[i] = goal->yes[i];
        code = name_person(round, vb_arena_printf(arena, "goals[%d].yes", number), &yes[i], arena,
                           err);
    }
    goal->yes = yes;
    return code;
}

/* -- in --------------------------------------------------------------------------------------- */

enum vb_code vb_talk_file_tree(struct vb_talk_record *out, struct vb_round *round,
                               struct vb_arena *arena, const cJSON *json, struct vb_err *err)
{
    enum vb_code code = vb_talk_record_read(out, arena, json, err);
    if (code != VB_OK)
        return code;
    struct vb_goal *goals = vb_arena_alloc(arena, ((size_t)out->goal_count + 1) * sizeof *goals);
    for (int i = 0; code == VB_OK && i < out->goal_count; i++) {
        goals[i] = out->goals[i];
        code = check_yes(round, json, i, arena, err);
        if (code == VB_OK)
            code = name_goal(round, &goals[i], i, arena, err);
    }
    out->goals = goals;
    return code;
}

enum vb_code vb_talk_file_read(struct vb_talk_record *out, struct vb_round *round,
                               struct vb_arena *arena, const char *path, struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    cJSON *tree = NULL;
    enum vb_code code = vb_file_read(&bytes, path, TALK_FILE_MAX, err);
    if (code != VB_OK)
        return code;
    code =
        vb_json_parse(&tree, bytes.data == NULL ? "" : bytes.data, bytes.len, TALK_FILE_MAX, err);
    if (code == VB_OK)
        code = vb_talk_file_tree(out, round, arena, tree, err);
    cJSON_Delete(tree);
    vb_buf_finish(&bytes);
    return code == VB_OK ? code : vb_while(err, "%s", path);
}

/* -- out -------------------------------------------------------------------------------------- */

static struct vb_goal written(struct vb_round *round, const struct vb_goal *goal,
                              struct vb_arena *arena)
{
    struct vb_goal out = *goal;
    const char **yes = vb_arena_alloc(arena, ((size_t)goal->yes_count + 1) * sizeof *yes);
    for (int i = 0; i < goal->yes_count; i++)
        yes[i] = vb_talk_file_key(round, goal->yes[i], arena);
    out.yes = yes;
    if (!vb_streq(goal->whose, together))
        out.whose = vb_talk_file_key(round, goal->whose, arena);
    return out;
}

void vb_talk_file_write(struct vb_buf *out, struct vb_round *round,
                        const struct vb_talk_record *record)
{
    static const struct vb_talk_record nothing;
    struct vb_arena arena = { 0 };
    struct vb_talk_record with = record == NULL ? nothing : *record;
    int count;
    const struct vb_participant *list = vb_round_named(round, &arena, &count);
    const char **keys = vb_arena_alloc(&arena, ((size_t)count + 1) * sizeof *keys);
    struct vb_goal *goals = vb_arena_alloc(&arena, ((size_t)with.goal_count + 1) * sizeof *goals);
    for (int i = 0; i < count; i++)
        keys[i] = vb_talk_file_key(round, list[i].person, &arena);
    for (int i = 0; i < with.goal_count; i++)
        goals[i] = written(round, &with.goals[i], &arena);
    with.goals = goals;
    vb_talk_record_write(out, &with, keys, count);
    vb_arena_finish(&arena);
}
