/* talk_fixture.h - a round that is released and two agreements that are written down in it. */
#ifndef VB_TALK_FIXTURE_H
#define VB_TALK_FIXTURE_H

#include "round_fixture.h"

static const struct vb_agreement agreed[] = { { "Sam", "belt de gemeente", "2026-12-01" },
                                              { "wij", "eten samen", NULL } };

static inline void release(struct scene *scene)
{
    fill(join(scene, "client", NULL), 4, "client");
    fill(join(scene, "professional", NULL), 2, "professional");
    assert_true(settle(scene));
}

static inline void released(struct scene *scene)
{
    begin(scene, dyad());
    release(scene);
}

static inline struct vb_talk_record two_agreements(void)
{
    return (struct vb_talk_record){ .topic = "geld", .agreements = agreed, .agreement_count = 2 };
}

static inline enum vb_code put(struct scene *scene, const struct vb_talk_record *record)
{
    return vb_round_put_talk(scene->round, record, "somebody", &scene->world.err);
}

static inline void put_well(struct scene *scene, const struct vb_talk_record *record)
{
    enum vb_code code = put(scene, record);
    if (code != VB_OK)
        print_error("%s\n", scene->world.err.text);
    assert_int_equal(code, VB_OK);
}

#endif
