/* event_fixture.h - a roster of two, values of every kind and a full opening, for the tests of
 * events over small_plan.h. */
#ifndef VB_EVENT_FIXTURE_H
#define VB_EVENT_FIXTURE_H

#include "tests.h"

#include "data/event.h"
#include "small_plan.h"

static const struct vb_member roster[] = {
    { "0123456789abcdef", "youth", "Sam", NULL, false },
    { "zzzzzzzzzzzzzzzz", "parent", "Kim \"K\"", "short", true },
};

static inline struct vb_event_ids ids_of(const struct vb_plan *plan)
{
    return (struct vb_event_ids){ .plan = plan, .members = roster, .member_count = 2 };
}

static inline struct vb_event_pieces body_of(const char *body, size_t len)
{
    return (struct vb_event_pieces){ .answer_id = "", .body = body, .body_len = len };
}

static inline struct vb_value text_value(enum vb_value_type type, const char *text)
{
    return (struct vb_value){ .type = type, .text = text, .len = (uint32_t)strlen(text) };
}

/* A value of every form that the item's kind has; n picks one. */
static inline struct vb_value some_value(enum vb_kind_id kind, unsigned n)
{
    switch (kind) {
    case VB_LIKERT:
    case VB_FACES:
        return vb_value_int(1 + n % 5);
    case VB_VAS:
        return vb_value_int(n % 1001);
    case VB_YESNO:
        return (struct vb_value){ .type = VB_VALUE_BOOL, .number = n % 2 };
    case VB_CHOICE:
        if (n % 4 == 3)
            return text_value(VB_VALUE_JSON, "{\"other\":\"bij oma \\\"thuis\\\"\"}");
        return (struct vb_value){ .type = VB_VALUE_OPTION, .number = n % 3 };
    case VB_WORDS:
        return text_value(VB_VALUE_JSON, n % 2 ? "[\"home\",\"\xC3\xA9\xC3\xA9n\"]" : "[]");
    case VB_TEXT:
        return text_value(VB_VALUE_TEXT, n % 2 ? "a\n\"b\"\t\\ \xF0\x9F\x98\x80" : "x");
    case VB_NUMBER:
        return (struct vb_value){ .type = VB_VALUE_MILLI,
                                  .number = (int64_t)(n % 200001) - 100000 };
    case VB_DATE:
        return text_value(VB_VALUE_DATE, "2026-11-21");
    case VB_TRIANGLE:
        return text_value(
            VB_VALUE_JSON,
            n % 2 ? "{\"home\":[1000,1000],\"school\":[1000,1000],\"friends\":[1000,1000]}"
                  : "{\"home\":[0,0],\"school\":[0,0],\"friends\":[0,0]}");
    default:
        return text_value(VB_VALUE_JSON, n % 2 ? "{\"paper\":true}" : "{\"words\":[\"a\"]}");
    }
}

static inline struct vb_opened full_opened(void)
{
    static const char *const with[] = { "strengths" };
    static struct vb_earlier earlier[10];
    static const int items[10] = {
        SMALL_TRUST,  SMALL_VAS,  SMALL_YESNO, SMALL_CHOICE, SMALL_WORDS,
        SMALL_NUMBER, SMALL_DATE, SMALL_TEXT,  SMALL_DRAW,   SMALL_FACES
    };
    struct vb_plan *plan = small_plan();
    static char ids[10][32];
    for (int i = 0; i < 10; i++) {
        snprintf(ids[i], sizeof ids[i], "%s", plan->items[items[i]].id);
        earlier[i] = (struct vb_earlier){ "t0", ids[i], i == 9 ? roster[0].person : NULL,
                                          some_value(plan->items[items[i]].kind, 1), NULL };
    }
    earlier[9].value = vb_value_missing(VB_MISSING_HELD);
    vb_plan_release(plan);
    return (struct vb_opened){ .digest = "sha256:00",
                               .api = 1,
                               .person = "0123456789abcdef",
                               .role = "client",
                               .label = "Sam",
                               .language = "nl",
                               .format = "standard",
                               .form = "short",
                               .variant = "music",
                               .setting = "probation",
                               .mode = "aloud",
                               .helper = "professional",
                               .opening = "1",
                               .with = with,
                               .with_count = 1,
                               .members = roster,
                               .member_count = 2,
                               .earlier = earlier,
                               .earlier_count = 10,
                               .last = { "7m2k9x0q4rbw8ezn", 2, 3 },
                               .client = "0123456789abcdef",
                               .professional = "yyyyyyyyyyyyyyyy",
                               .client_name = "Noor",
                               .professional_name = "R\xC3\xB3isin" };
}

#endif
