#include "author/simulate.h"

#include <string.h>

#include "author/chance.h"
#include "author/simulate_value.h"
#include "base/str.h"

enum {
    STEP_MS = 20000,
    SHARED = 600,
    APART = 800,
    ALONG_PERCENT = 50,
    DOSSIER_PERCENT = 70,
    RESEARCH_PERCENT = 60,
    PERSONS_MOST = 26
};

/* -- chance and time --------------------------------------------------------------------------- */

static void fill(void *ctx, void *bytes, size_t len)
{
    struct vb_simulation *simulation = ctx;
    unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        at[i] = (unsigned char)(vb_chance(&simulation->ids) >> 56);
}

/* Every look at the clock is a little later. */
static int64_t wall_ms(void *ctx)
{
    struct vb_simulation *simulation = ctx;
    return simulation->now_ms += STEP_MS;
}

static int64_t mono_ns(void *ctx)
{
    (void)ctx;
    struct vb_clock clock = vb_clock_system();
    return clock.mono_ns(clock.ctx);
}

void vb_simulation_begin(struct vb_simulation *simulation, const struct vb_env *env, uint64_t seed,
                         const char *what, int64_t begin_ms)
{
    *simulation = (struct vb_simulation){ .seed = seed, .env = *env, .now_ms = begin_ms };
    simulation->ids = seed;
    for (const char *p = what; *p != '\0'; p++)
        simulation->ids = vb_chance(&simulation->ids) ^ (unsigned char)*p;
    simulation->env.random = (struct vb_random){ fill, simulation };
    simulation->env.clock = (struct vb_clock){ wall_ms, mono_ns, simulation };
    simulation->env.by = NULL; /* nobody came: the command has a row of its own */
    simulation->env.turns = NULL;
}

void vb_simulation_next(struct vb_simulation *simulation, int index)
{
    simulation->chance = simulation->seed;
    simulation->chance = vb_chance(&simulation->chance) + (uint64_t)index;
}

/* -- who comes --------------------------------------------------------------------------------- */

struct person {
    int role;
    char label[2]; /* "" none */
    int64_t level;
    struct vb_session *session;
};
struct company {
    struct person list[PERSONS_MOST];
    int count;
};

static void add_person(struct company *company, int role, bool labelled)
{
    if (company->count >= PERSONS_MOST)
        return;
    struct person *person = &company->list[company->count++];
    *person = (struct person){ .role = role };
    person->label[0] = labelled ? (char)('A' + company->count - 1) : '\0';
}

static int count_role(const struct company *company, int role)
{
    int count = 0;
    for (int i = 0; i < company->count; i++)
        count += company->list[i].role == role;
    return count;
}

/* The least of each role of the roster, then whoever there is room for. */
static void fill_roster(struct company *company, const struct vb_plan *plan, uint64_t *chance)
{
    int roles[VB_ROLES_MAX], count = 0;
    for (int i = 0; i < plan->role_count; i++) {
        if (!plan->roles[i].in_roster)
            continue;
        roles[count++] = i;
        for (int j = 0; j < plan->roles[i].min; j++)
            add_person(company, i, plan->roles[i].max > 1);
    }
    int wanted = 2 + (int)vb_chance_below(chance, 3);
    if (wanted < plan->roster_min)
        wanted = plan->roster_min;
    if (wanted > plan->roster_max)
        wanted = plan->roster_max;
    for (int tries = 0; count > 0 && company->count < wanted && tries < 100; tries++) {
        int role = roles[vb_chance_below(chance, count)];
        if (count_role(company, role) < plan->roles[role].max)
            add_person(company, role, plan->roles[role].max > 1);
    }
}

static void gather(struct company *company, const struct vb_plan *plan, uint64_t *chance)
{
    company->count = 0;
    if (plan->roster_max > 0)
        fill_roster(company, plan, chance);
    for (int i = 0; i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        bool stays_away = role->optional && vb_chance_below(chance, 100) >= ALONG_PERCENT;
        int count = role->max > role->min ? role->min + (int)vb_chance_below(chance, 3) : role->min;
        if (role->in_roster || stays_away)
            continue;
        count = count > role->max ? role->max : count < 1 ? 1 : count;
        for (int j = 0; j < count; j++)
            add_person(company, i, role->max > 1);
    }
    int64_t shared = vb_chance_normal(chance);
    for (int i = 0; i < company->count; i++)
        company->list[i].level = (shared * SHARED + vb_chance_normal(chance) * APART) / 1000;
}

static enum vb_code come(struct company *company, struct vb_simulation *simulation,
                         struct vb_round *round, struct vb_err *err)
{
    const struct vb_plan *plan = vb_round_plan(round);
    enum vb_code code = VB_OK;
    for (int i = 0; code == VB_OK && i < company->count; i++) {
        struct person *person = &company->list[i];
        const struct vb_join join = { .role = plan->roles[person->role].name,
                                      .label = person->label[0] == '\0' ? NULL : person->label,
                                      .language = simulation->language };
        code = vb_round_join(round, &join, &person->session, err);
    }
    return code;
}

/* -- answering --------------------------------------------------------------------------------- */

struct outcome { /* of a verb: a stage commits before it returns */
    bool done;
    enum vb_code code;
    struct vb_err err;
};

static void done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct outcome *outcome = ctx;
    outcome->done = true;
    outcome->code = code;
    if (code != VB_OK)
        outcome->err = *err;
}

static enum vb_code end(const struct outcome *outcome, struct vb_err *err)
{
    vb_assert(outcome->done);
    if (outcome->code != VB_OK)
        *err = outcome->err;
    return outcome->code;
}

/* About a member: half of what the person is like, half of what that member is. */
static int64_t level_about(const struct company *company, const struct vb_fold *fold, int member,
                           int64_t own)
{
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    for (int i = 0; member >= 0 && i < company->count; i++)
        if (members[member].label != NULL &&
            vb_streq(members[member].label, company->list[i].label))
            return (own + company->list[i].level) / 2;
    return own;
}

static enum vb_code answer(struct vb_simulation *simulation, const struct company *company,
                           struct vb_session *session, int64_t level, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct outcome outcome = { 0 };
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_view *view = vb_session_view(session);
    struct vb_ask ask = { vb_fold_plan(fold), view->item, vb_fold_format(fold),
                          vb_fold_policy(fold) };
    level = level_about(company, fold, view->member, level);
    if (vb_simulate_value(&ask, level, vb_fold_opened(fold)->language, &simulation->chance, &arena,
                          &value)) {
        vb_session_answer(session, view->seq, NULL, &value, NULL, done, &outcome);
        end(&outcome, err);
    } else {
        outcome.code = vb_fail(err, VB_E_DATA,
                               "no answer to \"%s\" can be thought up: it refuses all that was "
                               "tried",
                               view->item->id);
    }
    vb_arena_finish(&arena);
    return outcome.code;
}

static enum vb_code share(struct vb_simulation *simulation, struct vb_session *session,
                          struct vb_err *err)
{
    const char *purposes[2];
    struct outcome outcome = { 0 };
    struct vb_sharing sharing = { .one_sided = true, .purposes = purposes };
    bool together = vb_fold_opened(vb_session_fold(session))->person == NULL;
    if (!together && vb_chance_below(&simulation->chance, 100) < DOSSIER_PERCENT)
        purposes[sharing.purpose_count++] = "dossier";
    if (!together && vb_chance_below(&simulation->chance, 100) < RESEARCH_PERCENT)
        purposes[sharing.purpose_count++] = "research";
    if (together)
        sharing = (struct vb_sharing){ 0 };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, done, &outcome);
    return end(&outcome, err);
}

static enum vb_code walk(struct vb_simulation *simulation, const struct company *company,
                         struct vb_session *session, int64_t level, struct vb_err *err)
{
    for (;;) {
        const struct vb_view *view = vb_session_view(session);
        struct outcome outcome = { 0 };
        enum vb_code code;
        const struct vb_err *parked = vb_session_parked(session);
        if (parked != NULL) {
            *err = *parked;
            return err->code;
        }
        if (view->at == VB_AT_OVERVIEW)
            return share(simulation, session, err);
        if (view->at == VB_AT_LAST) {
            vb_session_follow(session, view->seq, NULL, view->agreement, VB_FOLLOWED_NONE, done,
                              &outcome);
            code = end(&outcome, err);
        } else {
            code = answer(simulation, company, session, level, err);
        }
        if (code != VB_OK)
            return code;
    }
}

/* -- the round --------------------------------------------------------------------------------- */

static enum vb_code release(struct vb_round *round, struct vb_err *err)
{
    bool released = false;
    enum vb_code code = vb_round_settle(round, &released, err);
    if (code == VB_OK && !released && vb_round_is_group(vb_round_plan(round)))
        return vb_round_release(round, err);
    if (code == VB_OK && !released)
        return vb_fail(err, VB_E_DATA, "everybody shared, and that does not release the round");
    return code;
}

static enum vb_code together(struct vb_simulation *simulation, const struct company *company,
                             struct vb_round *round, struct vb_err *err)
{
    struct vb_session *session = NULL;
    if (!vb_round_together_due(round))
        return VB_OK;
    enum vb_code code = vb_round_together(round, &session, err);
    if (code == VB_OK && session != NULL)
        code = walk(simulation, company, session, company->list[0].level, err);
    if (code == VB_OK && session != NULL)
        code = vb_round_settle_together(round, err);
    return code;
}

enum vb_code vb_simulate_round(struct vb_simulation *simulation, struct vb_round *round,
                               struct vb_err *err)
{
    struct company company;
    vb_assert(vb_round_row(round)->simulated);
    gather(&company, vb_round_plan(round), &simulation->chance);
    enum vb_code code = come(&company, simulation, round, err);
    for (int i = 0; code == VB_OK && i < company.count; i++)
        code = walk(simulation, &company, company.list[i].session, company.list[i].level, err);
    if (code == VB_OK)
        code = release(round, err);
    return code == VB_OK ? together(simulation, &company, round, err) : code;
}
