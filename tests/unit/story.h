/* story.h - what one person gave in a random instrument: random events, and somebody of the roster
 * who is to be erased. */
#ifndef VB_STORY_H
#define VB_STORY_H

#include "tests.h"

#include "random_instrument.h"
#include "session/fold.h"

enum { EVENTS = 60, LIVE = 12, LOG = EVENTS * 4 };

struct story {
    struct vb_plan *plan;
    struct vb_sandbox_options options;
    struct vb_fold *fold; /* with the log as it was given */
    struct vb_opened opened;
    struct vb_member members[PEOPLE];
    int member_count;
    bool may_leave;
    struct vb_event log[LOG];
    struct vb_member rosters[LOG][PEOPLE];
    int count;
    struct vb_sharing yes[LOG];
    struct vb_arena arena;
    int victim; /* roster index */
};

static inline void wrong(const struct story *story, const char *what)
{
    static const char *const names[VB_EVENT_COUNT] = { "opened", "answer",  "back",      "hold",
                                                       "shared", "stopped", "withdrawn", "roster" };
    fprintf(stderr, "%s; without member %d, role %s, %d members at first, %s\n", what,
            story->victim, story->opened.role, story->opened.member_count,
            story->plan->scripted ? "a flow" : "data");
    for (int i = 0; i < story->count; i++) {
        const struct vb_event *event = &story->log[i];
        fprintf(stderr, "%d %s q%d member %d%s%s value %d:%d\n", i + 1,
                event->type < VB_EVENT_ROSTER + 1 ? names[event->type] : "reopened", event->item,
                event->member, event->changed ? " changed" : "", event->on ? " on" : "",
                event->value.type, (int)event->value.number);
        for (int j = 0; j < event->member_count; j++)
            fprintf(stderr, "  %s%s\n", event->members[j].person,
                    event->members[j].gone ? " left" : "");
    }
    fail_msg("%s", what);
}

static inline void feed_to(struct story *story, struct vb_fold *fold, struct vb_event event)
{
    struct vb_err err = { 0 };
    event.seq = vb_fold_view(fold)->seq + 1;
    assert_true(story->count < LOG);
    int at = story->count++;
    if (event.type == VB_EVENT_ROSTER) {
        memcpy(story->rosters[at], story->members, sizeof story->members);
        event.members = story->rosters[at];
        event.member_count = story->member_count;
    }
    story->log[at] = event;
    if (vb_fold_check(fold, &event, &err) != VB_OK)
        wrong(story, err.text);
    if (vb_fold_apply(fold, &event, &err) != VB_OK && vb_fold_parked(fold) == NULL)
        wrong(story, err.text);
}

static inline struct vb_event bare(enum vb_event_type type)
{
    return (struct vb_event){ .type = type, .item = -1, .member = -1 };
}

static inline void feed_roster(struct chance *chance, struct story *story, struct vb_fold *fold)
{
    int self = vb_fold_self(fold);
    if (story->member_count < PEOPLE && (percent(chance, 70) || !story->may_leave)) {
        story->members[story->member_count] =
            (struct vb_member){ people[story->member_count], "member", labels[story->member_count],
                                percent(chance, 30) ? "short" : NULL, false };
        story->member_count++;
    } else if (story->member_count > 0 && story->may_leave) {
        int at = (int)draw(chance, (unsigned)story->member_count);
        story->members[at].gone |= at != self;
    }
    feed_to(story, fold, bare(VB_EVENT_ROSTER));
}

static inline void feed_answer(struct chance *chance, struct story *story, struct vb_fold *fold)
{
    const struct vb_view *view = vb_fold_view(fold);
    feed_to(story, fold,
            (struct vb_event){ .type = VB_EVENT_ANSWERED,
                               .item = view->item->index,
                               .member = view->member,
                               .value = random_value(chance, view->item) });
}

static inline void feed_back(struct story *story, struct vb_fold *fold)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    feed_to(story, fold,
            (struct vb_event){ .type = VB_EVENT_BACK,
                               .item = path[count - 1].item,
                               .member = path[count - 1].member });
}

static inline void feed_at_overview(struct chance *chance, struct story *story,
                                    struct vb_fold *fold)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (count == 0)
        return;
    struct vb_place place = path[draw(chance, (unsigned)count)];
    struct vb_event event = { .type = percent(chance, 70) ? VB_EVENT_ANSWERED : VB_EVENT_HELD,
                              .item = place.item,
                              .member = place.member };
    event.changed = event.type == VB_EVENT_ANSWERED;
    event.on = !event.changed && percent(chance, 70);
    if (event.changed)
        event.value = random_value(chance, &story->plan->items[place.item]);
    feed_to(story, fold, event);
}

static inline void feed_something(struct chance *chance, struct story *story, struct vb_fold *fold)
{
    const struct vb_view *view = vb_fold_view(fold);
    if (vb_fold_parked(fold) != NULL)
        return; /* its flow failed, as flows may: nothing goes on */
    if (percent(chance, 8))
        feed_roster(chance, story, fold);
    else if (view->can_back && percent(chance, view->at == VB_AT_OVERVIEW ? 25 : 15))
        feed_back(story, fold);
    else if (view->at == VB_AT_OVERVIEW)
        feed_at_overview(chance, story, fold);
    else
        feed_answer(chance, story, fold);
}

static inline void feed_to_the_end(struct chance *chance, struct story *story, struct vb_fold *fold)
{
    while (vb_fold_view(fold)->at == VB_AT_ITEM && vb_fold_parked(fold) == NULL)
        feed_answer(chance, story, fold);
    if (vb_fold_parked(fold) != NULL)
        return;
    struct vb_event share = bare(VB_EVENT_SHARED);
    struct vb_sharing *yes = &story->yes[story->count];
    yes->left = vb_fold_left(fold, &story->arena, &yes->left_count);
    share.sharing = yes;
    feed_to(story, fold, share);
}

static inline void open_story(struct chance *chance, struct story *story, const struct tree *tree)
{
    static const char *const roles[] = { "client", "professional", "member" };
    story->may_leave = tree->may_leave;
    story->member_count = 1 + (int)draw(chance, 3);
    for (int i = 0; i < story->member_count; i++)
        story->members[i] = (struct vb_member){ people[i], "member", labels[i],
                                                percent(chance, 30) ? "short" : NULL, false };
    story->opened = (struct vb_opened){ .digest = story->plan->digest,
                                        .api = 1,
                                        .person = "p-x",
                                        .role = roles[draw(chance, tree->about ? 3 : 2)],
                                        .language = "nl",
                                        .format = "standard",
                                        .form = percent(chance, 25) ? "short" : NULL,
                                        .mode = "self",
                                        .opening = "1" };
    if (strcmp(story->opened.role, "member") == 0) {
        int self = (int)draw(chance, (unsigned)story->member_count);
        story->opened.person = people[self];
        story->opened.label = labels[self];
        story->opened.form = story->members[self].form;
    }
    memcpy(story->rosters[0], story->members, sizeof story->members);
    story->opened.members = story->rosters[0];
    story->opened.member_count = story->member_count;
    struct vb_event opened = bare(VB_EVENT_OPENED);
    opened.opened = &story->opened;
    feed_to(story, story->fold, opened);
}

/* Once more to the overview: shared anew, or left, and then what stood before stands. */
static inline void correct(struct chance *chance, struct story *story)
{
    if (percent(chance, 60))
        return;
    int members = story->member_count;
    feed_to(story, story->fold, bare(VB_EVENT_REOPENED));
    for (int i = 0; i < LIVE; i++)
        feed_something(chance, story, story->fold);
    if (vb_fold_parked(story->fold) != NULL)
        return;
    if (percent(chance, 50)) {
        feed_to_the_end(chance, story, story->fold);
        return;
    }
    feed_to(story, story->fold, bare(VB_EVENT_STOPPED));
    story->member_count = members; /* as the others' rosters, those that came meanwhile are gone */
}

/* Somebody in the roster who is not the author; false when there is nobody. */
static inline bool choose_victim(struct chance *chance, struct story *story)
{
    int self = vb_fold_self(story->fold);
    story->victim = (int)draw(chance, (unsigned)story->member_count);
    return story->victim != self;
}

#endif
