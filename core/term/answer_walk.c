/* answer_walk.c - an answer file as an input of the walk.
 *
 * A person's items become entries, one an item and member. The walk asks for what its path needs;
 * what nobody asked for by the overview is a change of an earlier answer or an item off the path,
 * which is refused. */
#include "term/answer_walk.h"

#include <string.h>

#include "base/str.h"
#include "session/asked.h"
#include "session/talk_file.h"

struct entry {
    const char *field; /* "client.trust.report" */
    int item, member;
    const cJSON *value;
    bool used;
};
struct vb_answer_walk {
    const struct vb_answer_file *file;
    const struct vb_answer_person *person; /* NULL: the stage together */
    const char *key;                       /* what fields begin with: "client", "@together" */
    const cJSON *answers;
    const struct vb_plan *plan;
    struct vb_round *round;
    const struct vb_session *session;
    const struct vb_talk_record *agreed; /* last time; NULL: nothing is asked about it */
    struct vb_arena arena;
    struct entry *entries;
    size_t count, cap;
    int *by_slot; /* of vb_plan_slot: the entry's place plus one, 0: none */
    int held;     /* how many of @hold were looked at */
    int followed; /* and of @last, at the overview */
};

/* -- entries ---------------------------------------------------------------------------------- */

static enum vb_code unknown_item(const struct vb_answer_walk *walk, const char *field,
                                 const char *id, struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_plan *plan = walk->plan;
    const char **ids = vb_arena_alloc(arena, ((size_t)plan->item_count + 1) * sizeof *ids);
    for (int i = 0; i < plan->item_count; i++)
        ids[i] = plan->items[i].id;
    return vb_answer_unknown(err, walk->file, field, "item", id, ids, (size_t)plan->item_count);
}

static enum vb_code find_member(struct vb_answer_walk *walk, const char *field, const char *key,
                                int *member, struct vb_err *err)
{
    int count;
    const struct vb_member *members = vb_fold_members(vb_session_fold(walk->session), &count);
    const char *role, *label;
    enum vb_code code = vb_answer_split(walk->file, &walk->arena, field, key, &role, &label, err);
    if (code != VB_OK)
        return code;
    for (*member = 0; *member < count; ++*member)
        if (vb_streq(members[*member].role, role) && vb_streq(members[*member].label, label))
            return VB_OK;
    const char **names = vb_arena_alloc(&walk->arena, ((size_t)count + 1) * sizeof *names);
    for (int i = 0; i < count; i++)
        names[i] = vb_answer_key(&walk->arena, members[i].role, members[i].label);
    return vb_answer_unknown(err, walk->file, field, "member of this round", key, names,
                             (size_t)count);
}

static void add_entry(struct vb_answer_walk *walk, const char *field, int item, int member,
                      const cJSON *value)
{
    struct entry *entry =
        vb_arena_push(&walk->arena, &walk->entries, walk->count, &walk->cap, sizeof *walk->entries);
    *entry = (struct entry){ .field = field, .item = item, .member = member, .value = value };
    walk->count++;
    walk->by_slot[vb_plan_slot(walk->plan, &walk->plan->items[item], member)] = (int)walk->count;
}

static bool is_per_member(const cJSON *value)
{
    if (!cJSON_IsObject(value) || value->child == NULL)
        return false;
    for (const cJSON *child = value->child; child != NULL; child = child->next)
        if (strchr(child->string, ':') == NULL)
            return false;
    return true;
}

static enum vb_code add_members(struct vb_answer_walk *walk, const char *field, int item,
                                const cJSON *value, struct vb_err *err)
{
    for (const cJSON *child = value->child; child != NULL; child = child->next) {
        int member = -1;
        const char *at = vb_arena_printf(&walk->arena, "%s.%s", field, child->string);
        enum vb_code code = find_member(walk, at, child->string, &member, err);
        if (code != VB_OK)
            return code;
        add_entry(walk, at, item, member, child);
    }
    return VB_OK;
}

static enum vb_code check_asked(const struct vb_answer_walk *walk, const char *field,
                                const struct vb_item *item, struct vb_err *err)
{
    bool together = walk->person == NULL;
    if (!together && item->stage == VB_TOGETHER)
        return vb_answer_refuse(err, walk->file, field,
                                "is asked of everybody together, after the release: write it "
                                "under @together");
    if (together && item->stage != VB_TOGETHER)
        return vb_answer_refuse(err, walk->file, field,
                                "is asked of each person: write it under a role");
    int role = vb_fold_role(vb_session_fold(walk->session));
    if (!together && role >= 0 && item->text[role] == NULL)
        return vb_answer_refuse(err, walk->file, field, "is not asked of role %s",
                                walk->plan->roles[role].name);
    return VB_OK;
}

static enum vb_code add_item(struct vb_answer_walk *walk, const cJSON *value, struct vb_err *err)
{
    const char *field = vb_arena_printf(&walk->arena, "%s.%s", walk->key, value->string);
    int index = vb_plan_item(walk->plan, value->string);
    if (index < 0)
        return unknown_item(walk, field, value->string, &walk->arena, err);
    const struct vb_item *item = &walk->plan->items[index];
    enum vb_code code = check_asked(walk, field, item, err);
    if (code != VB_OK)
        return code;
    bool members = is_per_member(value);
    if (members && !item->per_member)
        return vb_answer_refuse(err, walk->file, field, "is not asked for each member");
    if (members)
        return add_members(walk, field, index, value, err);
    int member = item->per_member ? vb_fold_self(vb_session_fold(walk->session)) : -1;
    if (item->per_member && member < 0)
        return vb_answer_refuse(err, walk->file, field,
                                "wants an answer for each member, as {\"youth:Sam\": ...}");
    add_entry(walk, field, index, member, value);
    return VB_OK;
}

static enum vb_code add_items(struct vb_answer_walk *walk, struct vb_err *err)
{
    for (const cJSON *child = walk->answers->child; child != NULL; child = child->next) {
        enum vb_code code = child->string[0] == '@' ? VB_OK : add_item(walk, child, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

/* -- the lists of ids ------------------------------------------------------------------------- */

/* "@last[1]" in @hold: what was said of that agreement; -1: it is no such name. */
static int held_agreement(const struct vb_answer_walk *walk, const char *name)
{
    int number, end = 0;
    bool is = sscanf(name, "@last[%2d]%n", &number, &end) == 1 && end > 0 && name[end] == '\0';
    return is && walk->agreed != NULL && number >= 0 && number < walk->agreed->agreement_count
               ? number
               : -1;
}

static bool says(const struct vb_answer_person *person, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(person->answers, key) != NULL;
}

static enum vb_code check_last(struct vb_answer_walk *walk, struct vb_err *err)
{
    int asked = walk->agreed == NULL ? 0 : walk->agreed->agreement_count;
    if (walk->person->last_count <= asked)
        return VB_OK;
    if (asked == 0)
        return vb_answer_refuse(err, walk->file,
                                vb_arena_printf(&walk->arena, "%s.@last", walk->key),
                                "nothing was agreed last time; leave it out");
    return vb_answer_refuse(err, walk->file,
                            vb_arena_printf(&walk->arena, "%s.@last[%d]", walk->key, asked),
                            "there were %d agreements last time", asked);
}

static enum vb_code check_earlier(struct vb_answer_walk *walk, struct vb_err *err)
{
    if (!says(walk->person, "@earlier") || !vb_streq(walk->person->role, "professional"))
        return VB_OK;
    return vb_answer_refuse(err, walk->file,
                            vb_arena_printf(&walk->arena, "%s.@earlier", walk->key),
                            "is asked of nobody who is the professional; leave it out");
}

static enum vb_code check_hold(const struct vb_answer_walk *walk, struct vb_arena *arena,
                               struct vb_err *err)
{
    const struct vb_answer_list *list = &walk->person->hold;
    const char *field = vb_arena_printf(arena, "%s.@hold", walk->key);
    for (int i = 0; i < list->count; i++)
        if (vb_plan_item(walk->plan, list->names[i]) < 0 &&
            held_agreement(walk, list->names[i]) < 0)
            return unknown_item(walk, vb_arena_printf(arena, "%s.%s", field, list->names[i]),
                                list->names[i], arena, err);
    return VB_OK;
}

static enum vb_code check_private(const struct vb_answer_walk *walk, struct vb_arena *arena,
                                  struct vb_err *err)
{
    const struct vb_answer_list *list = &walk->person->private_yes;
    const struct vb_plan *plan = walk->plan;
    const char **ids = vb_arena_alloc(arena, ((size_t)plan->scale_count + 1) * sizeof *ids);
    size_t count = 0;
    for (int i = 0; i < plan->scale_count; i++)
        if (plan->scales[i].hidden != VB_PRIVATE_NONE)
            ids[count++] = plan->scales[i].id;
    for (int i = 0; i < list->count; i++) {
        const char *field = vb_arena_printf(arena, "%s.@private.%s", walk->key, list->names[i]);
        int scale = vb_plan_scale(plan, list->names[i]);
        if (scale < 0)
            return vb_answer_unknown(err, walk->file, field, "private scale", list->names[i], ids,
                                     count);
        if (plan->scales[scale].hidden == VB_PRIVATE_NONE)
            return vb_answer_refuse(err, walk->file, field, "is not a private scale");
    }
    return VB_OK;
}

/* -- the input -------------------------------------------------------------------------------- */

static struct entry *find_entry(struct vb_answer_walk *walk, int item, int member)
{
    int place = walk->by_slot[vb_plan_slot(walk->plan, &walk->plan->items[item], member)];
    return place == 0 ? NULL : &walk->entries[place - 1];
}

static enum vb_code read_value(struct vb_answer_walk *walk, struct vb_session *session,
                               struct entry *entry, struct vb_arena *arena, struct vb_value *out,
                               struct vb_err *err)
{
    struct vb_ask ask = vb_asked_of(session, &walk->plan->items[entry->item]);
    enum vb_refusal refusal;
    struct vb_err why = { 0 };
    entry->used = true;
    enum vb_code code = vb_asked_value(session, &ask, entry->value, walk->file->folder, arena, out,
                                       &refusal, &why, err);
    if (code != VB_OK)
        return code;
    if (refusal != VB_ACCEPTED)
        return vb_answer_refuse(err, walk->file, entry->field, "%s", why.text);
    return VB_OK;
}

static enum vb_code at_item(struct vb_answer_walk *walk, struct vb_session *session,
                            struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(session);
    out->kind = VB_DO_ANSWER;
    out->item = view->item->index;
    out->member = view->member;
    struct entry *entry = find_entry(walk, out->item, out->member);
    if (entry != NULL)
        return read_value(walk, session, entry, arena, &out->value, err);
    out->value = vb_value_missing(VB_MISSING_SKIPPED);
    return VB_OK;
}

static const struct vb_value *value_at(const struct vb_answer_walk *walk, int item, int member)
{
    const struct vb_fold *fold = vb_session_fold(walk->session);
    return &vb_fold_values(fold)[vb_plan_slot(walk->plan, &walk->plan->items[item], member)];
}

static enum vb_followed followed_by(const struct vb_answer_walk *walk, int agreement)
{
    const struct vb_answer_person *person = walk->person;
    return agreement < person->last_count ? person->last[agreement] : VB_FOLLOWED_NONE;
}

/* What was said of an agreement before the file came, and is said otherwise in it. */
static bool next_followed(struct vb_answer_walk *walk, struct vb_action *out)
{
    const struct vb_fold *fold = vb_session_fold(walk->session);
    for (; walk->person != NULL && walk->followed < walk->person->last_count; walk->followed++) {
        if (vb_fold_followed(fold, walk->followed) == followed_by(walk, walk->followed))
            continue;
        *out =
            (struct vb_action){ VB_DO_FOLLOW, .item = -1, .member = -1, .agreement = walk->followed,
                                .followed = followed_by(walk, walk->followed) };
        return true;
    }
    return false;
}

/* What the walk did not ask for: an answer that was there before the file came, or off the path. */
static enum vb_code next_change(struct vb_answer_walk *walk, struct vb_session *session,
                                struct vb_arena *arena, struct vb_action *out, bool *found,
                                struct vb_err *err)
{
    *found = false;
    for (size_t i = 0; i < walk->count && !*found; i++) {
        struct entry *entry = &walk->entries[i];
        const struct vb_value *now = value_at(walk, entry->item, entry->member);
        if (now->type == VB_VALUE_NONE)
            return vb_answer_refuse(err, walk->file, entry->field,
                                    "is not asked on the path these answers take: leave it out");
        if (entry->used)
            continue;
        enum vb_code code = read_value(walk, session, entry, arena, &out->value, err);
        if (code != VB_OK)
            return code;
        *found = !vb_value_equal(now, &out->value);
        out->kind = VB_DO_CHANGE;
        out->item = entry->item;
        out->member = entry->member;
    }
    return VB_OK;
}

/* An id in @hold stands for every member's instance of that item. */
static enum vb_code next_hold(struct vb_answer_walk *walk, struct vb_action *out, bool *found,
                              struct vb_err *err)
{
    const struct vb_fold *fold = vb_session_fold(walk->session);
    *found = false;
    for (; walk->person != NULL && walk->held < walk->person->hold.count; walk->held++) {
        const char *id = walk->person->hold.names[walk->held];
        int agreement = held_agreement(walk, id);
        if (agreement >= 0 && vb_fold_followed_held(fold, agreement))
            continue;
        if (agreement >= 0) {
            *out = (struct vb_action){ VB_DO_HOLD, .item = -1, .member = -1, .agreement = agreement,
                                       .on = true };
            *found = true;
            return VB_OK;
        }
        int item = vb_plan_item(walk->plan, id);
        int places;
        bool on_path = false;
        const struct vb_place *path = vb_fold_path(fold, &places);
        for (int i = 0; i < places; i++) {
            if (path[i].item != item)
                continue;
            on_path = true;
            if (vb_fold_held(fold, item, path[i].member))
                continue;
            *out = (struct vb_action){ VB_DO_HOLD, .item = item, .member = path[i].member,
                                       .on = true };
            *found = true;
            return VB_OK;
        }
        if (!on_path)
            return vb_answer_refuse(err, walk->file,
                                    vb_arena_printf(&walk->arena, "%s.@hold.%s", walk->key, id),
                                    "is not asked on the path these answers take");
    }
    return VB_OK;
}

/* What the person says yes to; in a correction what was said before stays where the file is silent.
 */
static struct vb_sharing sharing_of(const struct vb_answer_person *person,
                                    const struct vb_session *session)
{
    struct vb_sharing sharing = { 0 };
    if (vb_session_view(session)->stands)
        sharing = *vb_fold_sharing(vb_session_fold(session));
    if (says(person, "@one_sided"))
        sharing.one_sided = person->one_sided;
    if (says(person, "@earlier"))
        sharing.earlier = person->earlier ? VB_WORD_YES : VB_WORD_NO;
    if (says(person, "@private")) {
        sharing.private_yes = person->private_yes.names;
        sharing.private_count = person->private_yes.count;
    }
    if (says(person, "@purposes")) {
        sharing.purposes = person->purposes.names;
        sharing.purpose_count = person->purposes.count;
    }
    return sharing;
}

static enum vb_code at_overview(struct vb_answer_walk *walk, struct vb_session *session,
                                struct vb_arena *arena, struct vb_action *out, struct vb_err *err)
{
    bool found = next_followed(walk, out);
    enum vb_code code = VB_OK;
    if (!found)
        code = next_change(walk, session, arena, out, &found, err);
    if (code == VB_OK && !found)
        code = next_hold(walk, out, &found, err);
    if (code != VB_OK || found)
        return code;
    const struct vb_answer_person *person = walk->person;
    *out = (struct vb_action){ .kind = VB_DO_SHARE, .item = -1, .member = -1 };
    if (person == NULL)
        return VB_OK;
    out->kind = person->share ? VB_DO_SHARE : VB_DO_STOP;
    out->sharing = sharing_of(person, session);
    return VB_OK;
}

static enum vb_code next_action(void *ctx, struct vb_session *session, struct vb_arena *arena,
                                struct vb_action *out, struct vb_err *err)
{
    struct vb_answer_walk *walk = ctx;
    const struct vb_view *view = vb_session_view(session);
    if (view->at == VB_AT_LAST) {
        *out = (struct vb_action){ VB_DO_FOLLOW, .item = -1, .member = -1,
                                   .agreement = view->agreement,
                                   .followed = followed_by(walk, view->agreement) };
        return VB_OK;
    }
    if (view->at == VB_AT_ITEM)
        return at_item(walk, session, arena, out, err);
    return at_overview(walk, session, arena, out, err);
}

static enum vb_code on_refused(void *ctx, struct vb_session *session,
                               const struct vb_action *action, enum vb_refusal refusal,
                               const struct vb_err *why, struct vb_err *err)
{
    struct vb_answer_walk *walk = ctx;
    (void)session;
    const struct vb_item *item = &walk->plan->items[action->item];
    const struct entry *entry = find_entry(walk, action->item, action->member);
    const char *field =
        entry != NULL ? entry->field : vb_arena_printf(&walk->arena, "%s.%s", walk->key, item->id);
    if (refusal == VB_REFUSED_REQUIRED)
        return vb_answer_refuse(err, walk->file, field, "is required: give an answer");
    return vb_answer_refuse(err, walk->file, field, "%s",
                            why->text[0] != '\0' ? why->text : vb_refusal_name(refusal));
}

/* What the session or the flow refused does not know of the file yet. */
static enum vb_code name_file(const struct vb_answer_walk *walk, struct vb_err *err)
{
    const char *name = walk->file->name;
    if (vb_starts_with(err->text, name) && err->text[strlen(name)] == ':')
        return err->code;
    return vb_while(err, "%s: %s", name, walk->key);
}

static enum vb_code walk_entries(struct vb_answer_walk *walk, struct vb_session *session,
                                 struct vb_err *err)
{
    struct vb_term_input input = { .ctx = walk, .next = next_action, .refused = on_refused };
    int members;
    vb_fold_members(vb_session_fold(session), &members);
    walk->by_slot = vb_arena_alloc(&walk->arena, ((size_t)vb_plan_slots(walk->plan, members) + 1) *
                                                     sizeof *walk->by_slot);
    enum vb_code code = VB_OK;
    if (walk->person != NULL)
        code = vb_round_last(walk->round, &vb_fold_opened(vb_session_fold(session))->last,
                             &walk->arena, &walk->agreed, err);
    if (code == VB_OK && walk->person != NULL)
        code = check_last(walk, err);
    if (code == VB_OK && walk->person != NULL)
        code = check_earlier(walk, err);
    if (code == VB_OK)
        code = add_items(walk, err);
    if (code == VB_OK && walk->person != NULL)
        code = check_hold(walk, &walk->arena, err);
    if (code == VB_OK && walk->person != NULL)
        code = check_private(walk, &walk->arena, err);
    if (code == VB_OK)
        code = vb_term_walk(session, &input, NULL, err);
    vb_arena_finish(&walk->arena);
    return code == VB_OK ? VB_OK : name_file(walk, err);
}

enum vb_code vb_answer_walk_person(const struct vb_answer_file *file,
                                   const struct vb_answer_person *person, struct vb_round *round,
                                   struct vb_session *session, struct vb_err *err)
{
    struct vb_answer_walk walk = {
        .round = round,
        .file = file,
        .person = person,
        .key = person->key,
        .answers = person->answers,
        .plan = vb_round_plan(round),
        .session = session,
    };
    return walk_entries(&walk, session, err);
}

enum vb_code vb_answer_walk_together(const struct vb_answer_file *file, const struct vb_plan *plan,
                                     struct vb_session *session, struct vb_err *err)
{
    struct vb_answer_walk walk = {
        .file = file,
        .key = "@together",
        .answers = file->together,
        .plan = plan,
        .session = session,
    };
    return walk_entries(&walk, session, err);
}
