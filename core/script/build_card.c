/* build_card.c - a round that ends in a card: card = { ... }, and v.campaign, which makes its own.
 */
#include "script/build.h"

#include <string.h>

#include "base/str.h"

/* Three people who know each other know whose word it is. */
enum { GROUP_LEAST = 3 };

void vb_build_campaign(struct vb_build *build, const struct vb_raw_node *node)
{
    struct vb_place place = vb_place_of(build, node);
    if (build->campaign != NULL) {
        vb_error_at(build, &place, "duplicate-id", "keep one of the two",
                    "there is a campaign already");
        return;
    }
    build->campaign = node;
    vb_check_fields(build, &place, node->constructor, &node->table);
}

/* -- the campaign ----------------------------------------------------------------------------- */

static const char *guess_role(struct vb_build *build, const char *name)
{
    const char *names[VB_ROLES_MAX];
    for (int i = 0; i < build->plan->role_count; i++)
        names[i] = build->plan->roles[i].name;
    const char *meant = vb_guess(build, name, names, (size_t)build->plan->role_count);
    return meant != NULL ? vb_mend(build, "did you mean \"%s\"?", meant)
                         : vb_mend(build, "add \"%s\" to respondents, or name one of them", name);
}

static int role_of(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, const char *field)
{
    const char *name = vb_get_string(table, field);
    int role = name == NULL ? -1 : vb_plan_role(build->plan, name);
    if (name != NULL && role < 0)
        vb_error_at(build, place, "unknown-role", guess_role(build, name),
                    "%s \"%s\" is not a respondent", field, name);
    return role;
}

/* What one of the campaign's questions must be. */
struct wanted {
    const char *field;
    enum vb_kind_id kind;
    int role; /* asked of this one alone; -1: of anybody */
    enum vb_stage stage;
    const char *mend;
};

static bool fits(const struct vb_plan *plan, const struct vb_item *item,
                 const struct wanted *wanted)
{
    if (item->kind != wanted->kind || item->stage != wanted->stage)
        return false;
    for (int i = 0; wanted->role >= 0 && i < plan->role_count; i++)
        if ((item->text[i] != NULL) != (i == wanted->role))
            return false;
    return true;
}

static int item_of(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, const struct wanted *wanted)
{
    const char *id = vb_get_string(table, wanted->field);
    int item = id == NULL ? -1 : vb_find_item(build, id);
    if (id != NULL && item < 0) {
        const char *meant = vb_guess_item(build, id);
        vb_error_at(build, place, "unknown-item", meant == NULL ? wanted->mend : meant,
                    "%s: there is no question \"%s\"", wanted->field, id);
    } else if (item >= 0 && !fits(build->plan, &build->items[item], wanted)) {
        vb_error_at(build, place, "campaign-question", wanted->mend,
                    "%s: \"%s\" is another kind of question, or is asked of others", wanted->field,
                    id);
    }
    return item;
}

static void take_items(struct vb_build *build, const struct vb_place *place,
                       const struct vb_raw_table *table, struct vb_campaign *campaign)
{
    campaign->before =
        item_of(build, place, table,
                &(struct wanted){ "before", VB_DATE, campaign->convenor, VB_APART,
                                  "name a v.date that is asked of the convenor alone" });
    campaign->held =
        item_of(build, place, table,
                &(struct wanted){ "held", VB_YESNO, campaign->member, VB_APART,
                                  "name a v.yesno that is asked of the members alone" });
    campaign->next = item_of(build, place, table,
                             &(struct wanted){ "next", VB_DATE, -1, VB_TOGETHER,
                                               "name a v.date with stage = \"together\"" });
}

static void check_team(struct vb_build *build, const struct vb_place *place,
                       const struct vb_campaign *campaign, int min_group)
{
    const struct vb_plan *plan = build->plan;
    if (campaign->convenor >= 0 && campaign->convenor == campaign->member)
        vb_error_at(build, place, "wrong-value", "name two roles",
                    "convenor and member are the same role");
    else if (campaign->convenor >= 0 && plan->roles[campaign->convenor].max > 1)
        vb_error_at(build, place, "wrong-value", "leave max out there",
                    "a round has one convenor, and the role takes %d",
                    plan->roles[campaign->convenor].max);
    if (campaign->member >= 0 && plan->roles[campaign->member].max < min_group)
        vb_error_at(build, place, "campaign-small",
                    vb_mend(build, "write max = %d or more at that role, or a smaller min_group",
                            min_group),
                    "its team has at most %d, and no word is shown below %d",
                    plan->roles[campaign->member].max, min_group);
}

static const struct vb_card *make_campaign(struct vb_build *build)
{
    const struct vb_raw_table *table = &build->campaign->table;
    struct vb_place place = vb_place_of(build, build->campaign);
    struct vb_campaign *campaign = vb_arena_new(build->arena, struct vb_campaign);
    struct vb_card *card = vb_arena_new(build->arena, struct vb_card);
    campaign->id = build->campaign->id;
    campaign->convenor = role_of(build, &place, table, "convenor");
    campaign->member = role_of(build, &place, table, "member");
    const struct vb_text *text = vb_get_text(build, &place, table, "text");
    if (text != NULL) {
        campaign->text = *text;
        vb_check_slots(build, &place, "text", text, ~0u, false);
    }
    take_items(build, &place, table, campaign);
    card->min_group = (int)vb_get_int(build, &place, table, "min_group", GROUP_LEAST,
                                      VB_MEMBERS_MAX, VB_CARD_GROUP);
    check_team(build, &place, campaign, card->min_group);
    card->roles = campaign->member < 0 ? 0 : 1u << campaign->member;
    build->plan->campaign = campaign;
    return card;
}

/* -- a card of its own ------------------------------------------------------------------------ */

static const struct vb_card *make_card(struct vb_build *build, const struct vb_place *place)
{
    const struct vb_constructor *constructor = &vb_constructors[VB_PLAIN_CARD];
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "card");
    struct vb_card *card = vb_arena_new(build->arena, struct vb_card);
    vb_check_fields(build, place, constructor, table);
    card->shows = (enum vb_card_shows)vb_get_word(constructor, table, "shows", VB_CARD_WORDS);
    card->roles = vb_get_bits(build, place, table, "roles", "role", vb_all_roles(build));
    card->min_group = (int)vb_get_int(build, place, table, "min_group", 1, VB_MEMBERS_MAX, 1);
    return card;
}

void vb_build_card(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "card");
    bool own = vb_raw_get(&build->node->table, "card")->type == VB_RAW_TABLE;
    if (own && build->campaign != NULL)
        vb_error_at(build, &place, "wrong-place", "leave card out; min_group stands in v.campaign",
                    "a campaign makes its own card");
    if (build->campaign != NULL)
        build->plan->card = make_campaign(build);
    else if (own)
        build->plan->card = make_card(build, &place);
    if (build->plan->card == NULL)
        return;
    if (build->campaign != NULL)
        place = vb_place_of(build, build->campaign);
    if (build->plan->has_case)
        vb_error_at(build, &place, "card-case", "write case = false in v.instrument",
                    "a card is about a group or a talk, and about no case");
    if (build->plan->roster_max > 0)
        vb_error_at(build, &place, "wrong-place", "leave the roster out, or the card",
                    "a card has no members of a roster on it");
}
