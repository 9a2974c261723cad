/* Sessions whose flows run by turns: what twenty that do not end cost one that does. */
#include "loads.h"
#include "session_fixture.h"

#include <unistd.h>

#include "loop/lines.h"
#include "session/stage.h"

/* The clock moves with every look at it, and every hook looks: so a wait is counted in work. */
enum { LOOK_NS = 10000, LOOKS_A_SLICE = 1000000 / LOOK_NS };

struct busy_world {
    struct world world;
    struct vb_loop *loop;
    int64_t looks;
    struct loaded loaded[8];
};

static int64_t look(void *ctx)
{
    struct busy_world *busy = ctx;
    return ++busy->looks * LOOK_NS;
}

static void busy_begin(struct busy_world *busy)
{
    struct vb_err err;
    *busy = (struct busy_world){ 0 };
    world_begin(&busy->world);
    busy->world.env.clock = (struct vb_clock){ world_wall, look, busy };
    busy->world.env.clock.ctx = busy;
    busy->world.env.clock.wall_ms = look;
    busy->world.env.sandbox.clock = busy->world.env.clock;
    busy->world.env.sandbox.limits.deadline_ms = 1000000;
    assert_int_equal(vb_loop_create(&busy->loop, &err), VB_OK);
    assert_int_equal(vb_turns_create(&busy->world.env.turns, busy->loop, &err), VB_OK);
}

static void busy_end(struct busy_world *busy)
{
    for (size_t i = 0; i < sizeof busy->loaded / sizeof *busy->loaded; i++)
        unload(&busy->loaded[i]);
    vb_turns_destroy(busy->world.env.turns);
    vb_loop_destroy(busy->loop);
    world_end(&busy->world);
}

/* An instrument whose flow asks "one" and then does this. */
static struct vb_plan *plan_doing(struct busy_world *busy, int at, const char *body)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text,
                  "local v <const> = require 'verbond'\n"
                  "return v.instrument { id = 'busy-%d', version = '1.0.0', licence = 'CC0-1.0',\n"
                  "basis = 'own', source = 'a test', title = { en = 'Busy' }, languages = { 'en' "
                  "},\nstatus = { en = 'draft' }, respondents = { 'client' },\n"
                  "flow = function(s) s:ask 'one' %s end,\n"
                  "v.yesno 'one' { text = { en = 'One?' } },\n"
                  "v.yesno 'two' { text = { en = 'Two?' } } }",
                  at, body);
    busy->loaded[at] = load_text(text.data);
    vb_buf_finish(&text);
    return plan_of(&busy->loaded[at]);
}

static struct vb_session *begin(struct busy_world *busy, struct vb_plan *plan, const char *id)
{
    struct vb_opened opened = { .digest = plan->digest,
                                .api = 1,
                                .person = "person1",
                                .role = "client",
                                .language = "en",
                                .mode = "self",
                                .opening = "1" };
    struct vb_session *session;
    struct vb_err err;
    if (vb_session_begin(&session, busy->world.store, &busy->world.env, plan, id, &opened, &err) !=
        VB_OK)
        fail_msg("%s", err.text);
    struct vb_change changes[] = {
        { .kind = VB_PUT_INSTRUMENT, .plan = plan },
        { .kind = VB_PUT_PERSON, .person = { "person1", NULL, "client", NULL, "en" } },
        { .kind = VB_PUT_ROUND,
          .round = { .id = "round",
                     .instrument = plan->id,
                     .version = plan->version,
                     .digest = plan->digest,
                     .wave = "t0",
                     .format = "standard",
                     .with = "" } },
        { .kind = VB_PUT_SESSION, .session = { .id = id, .round = "round", .person = "person1" } },
        { .kind = VB_APPEND },
    };
    changes[2].round.id = changes[3].session.round = id;
    vb_session_stage_opened(session, &changes[4]);
    if (vb_store_commit(busy->world.store, changes, 5, &err) != VB_OK)
        fail_msg("%s", err.text);
    return session;
}

struct answered {
    struct heard heard;
    bool yes;
};

static void on_answered(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct answered *answered = ctx;
    hear(&answered->heard, code, err);
    answered->yes = true;
}

static void answer(struct vb_session *session, struct answered *answered)
{
    const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
    *answered = (struct answered){ 0 };
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &yes, NULL, on_answered,
                      answered);
}

static const char counting[] = "local n = 0 for i = 1, 100000 do n = n + i end s:ask 'two'";

static void an_answer_is_saved_when_its_flow_has_arrived(void **state)
{
    (void)state;
    struct busy_world busy;
    struct answered answered, second;
    struct vb_err err;
    busy_begin(&busy);
    struct vb_session *session = begin(&busy, plan_doing(&busy, 0, counting), "session1");
    answer(session, &answered);
    assert_int_equal(answered.heard.times, 0);
    assert_true(vb_session_busy(session));
    assert_string_equal(vb_session_view(session)->item->id, "one");
    answer(session, &second);
    assert_int_equal(second.heard.code, VB_E_BUSY);
    assert_int_equal(vb_loop_until(busy.loop, &answered.yes, &err), VB_OK);
    assert_int_equal(answered.heard.code, VB_OK);
    assert_string_equal(vb_session_view(session)->item->id, "two");
    vb_session_destroy(session);
    busy_end(&busy);
}

static void a_session_that_is_read_back_arrives_by_turns_too(void **state)
{
    (void)state;
    struct busy_world busy;
    struct answered answered;
    struct vb_err err;
    busy_begin(&busy);
    struct vb_session *session = begin(&busy, plan_doing(&busy, 0, counting), "session1");
    answer(session, &answered);
    assert_int_equal(vb_loop_until(busy.loop, &answered.yes, &err), VB_OK);
    vb_session_evict(session);
    assert_int_equal(vb_session_wake(session, &err), VB_OK);
    assert_true(vb_session_busy(session));
    assert_int_equal(vb_session_view(session)->at, VB_AT_NOTHING);
    struct answered early, ready = { 0 };
    answer(session, &early);
    assert_int_equal(early.heard.code, VB_E_BUSY);
    vb_session_ready(session, on_answered, &ready);
    assert_int_equal(ready.heard.times, 0);
    assert_int_equal(vb_loop_until(busy.loop, &ready.yes, &err), VB_OK);
    assert_string_equal(vb_session_view(session)->item->id, "two");
    vb_session_destroy(session);
    busy_end(&busy);
}

static void who_waits_for_a_flow_that_does_not_end_can_leave(void **state)
{
    (void)state;
    struct busy_world busy;
    struct answered answered;
    struct vb_err err;
    busy_begin(&busy);
    struct vb_plan *plan = plan_doing(&busy, 0, "while true do end");
    struct vb_session *session = begin(&busy, plan, "session1");
    answer(session, &answered);
    assert_int_equal(vb_loop_until(busy.loop, &answered.yes, &err), VB_OK);
    assert_int_equal(answered.heard.code, VB_E_LIMIT);
    assert_non_null(vb_session_parked(session));
    vb_session_evict(session);
    assert_int_equal(vb_session_wake(session, &err), VB_OK);
    assert_true(vb_session_busy(session));
    struct answered stopped = { 0 };
    vb_session_stop(session, vb_session_view(session)->seq, on_answered, &stopped);
    assert_int_equal(stopped.heard.code, VB_OK);
    assert_int_equal(vb_session_state(session), VB_SESSION_STOPPED);
    assert_int_equal(vb_turns_waiting(busy.world.env.turns), 0);
    vb_session_destroy(session);
    busy_end(&busy);
}

/* -- twenty and one --------------------------------------------------------------------------- */

enum { RUNAWAYS = 20, STEPS = 200 };
struct crowd {
    struct busy_world busy;
    struct vb_session *runaways[RUNAWAYS];
    struct answered ended[RUNAWAYS];
    struct vb_session *honest;
};

static const char *const doings[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local t = {} for i = 1, 8000 do t[i] = -i end while true do table.sort(t) end",
    "local t = {} for i = 1, 4000 do t[i] = -i end "
    "while true do table.sort(t, function(a, b) return a < b end) end",
    "local x = string.rep('a', 200000) while true do x = x:sub(1, 199998) .. 'b' end",
    "local t = {} while true do for i = 1, 4000 do t[i] = { i } end end",
};
enum { DOINGS = sizeof doings / sizeof *doings };

/* One that was parked begins anew, so that all twenty run all the time. */
static void keep_running(struct crowd *crowd)
{
    for (int i = 0; i < RUNAWAYS; i++) {
        if (crowd->ended[i].yes) {
            assert_int_equal(crowd->ended[i].heard.code, VB_E_LIMIT);
            crowd->ended[i] = (struct answered){ 0 };
            vb_session_evict(crowd->runaways[i]);
            assert_int_equal(vb_session_wake(crowd->runaways[i], &crowd->busy.world.err), VB_OK);
            vb_session_ready(crowd->runaways[i], on_answered, &crowd->ended[i]);
        }
    }
}

/* The honest one's next verb: it answers, and goes back at the end. */
static void step(struct vb_session *honest)
{
    struct answered answered = { 0 };
    if (vb_session_view(honest)->at == VB_AT_ITEM)
        answer(honest, &answered);
    else
        vb_session_back(honest, vb_session_view(honest)->seq, on_answered, &answered);
    assert_int_equal(answered.heard.times, 1);
    assert_int_equal(answered.heard.code, VB_OK);
}

static void twenty_that_do_not_end_hold_an_honest_one_up_for_one_slice(void **state)
{
    (void)state;
    static struct crowd crowd;
    struct vb_plan *plans[DOINGS];
    char id[] = "runaway00";
    busy_begin(&crowd.busy);
    crowd.honest = begin(&crowd.busy, plan_doing(&crowd.busy, DOINGS, "s:ask 'two'"), "honest");
    for (int i = 0; i < DOINGS; i++)
        plans[i] = plan_doing(&crowd.busy, i, doings[i]);
    for (int i = 0; i < RUNAWAYS; i++) {
        id[7] = (char)('0' + i / 10);
        id[8] = (char)('0' + i % 10);
        crowd.runaways[i] = begin(&crowd.busy, plans[i % DOINGS], id);
        answer(crowd.runaways[i], &crowd.ended[i]);
        assert_true(crowd.ended[i].yes || vb_session_busy(crowd.runaways[i]));
    }
    int ends[2];
    struct vb_lines *requests;
    struct vb_err err;
    char *line;
    size_t len;
    int64_t worst = 0;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(vb_lines_create(&requests, crowd.busy.loop, ends[0], &err), VB_OK);
    for (int i = 0; i < STEPS; i++) {
        keep_running(&crowd);
        assert_true(vb_turns_waiting(crowd.busy.world.env.turns) > RUNAWAYS / 2);
        assert_int_equal(write(ends[1], "go\n", 3), 3); /* a request comes in */
        int64_t asked_at = crowd.busy.looks;
        assert_int_equal(vb_lines_next(requests, &line, &len, &err), VB_OK);
        int64_t waited = crowd.busy.looks - asked_at;
        worst = waited > worst ? waited : worst;
        step(crowd.honest);
    }
    /* A slice ends at the first hook behind its time; a long string may cost a look of its own. */
    assert_in_range(worst, 1, LOOKS_A_SLICE + 4);
    vb_lines_destroy(requests);
    close(ends[0]);
    close(ends[1]);
    for (int i = 0; i < RUNAWAYS; i++) {
        while (!crowd.ended[i].yes)
            assert_int_equal(
                vb_loop_until(crowd.busy.loop, &crowd.ended[i].yes, &crowd.busy.world.err), VB_OK);
        vb_session_destroy(crowd.runaways[i]);
    }
    vb_session_destroy(crowd.honest);
    busy_end(&crowd.busy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_saved_when_its_flow_has_arrived),
        cmocka_unit_test(a_session_that_is_read_back_arrives_by_turns_too),
        cmocka_unit_test(who_waits_for_a_flow_that_does_not_end_can_leave),
        cmocka_unit_test(twenty_that_do_not_end_hold_an_honest_one_up_for_one_slice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
