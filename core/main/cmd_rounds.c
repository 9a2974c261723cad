/* cmd_rounds.c - verbond rounds: which rounds there are, and who is ready. Never what was said. */
#include <stdio.h>

#include "base/str.h"
#include "data/json.h"
#include "main/command.h"
#include "main/workplace.h"
#include "session/replay.h"

struct arguments {
    const char *data;
    bool json;
};
enum { KEY_DATA = 256, KEY_JSON };
static const struct argp_option options[] = {
    { "json", KEY_JSON, NULL, 0, "as JSON, the form that stays the same", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case ARGP_KEY_ARG:
        argp_error(state, "rounds lists them all and takes no name");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Lists the rounds with their persons and who is ready. Ready means shared or stopped: more is "
    "nobody's business before the release.",
    NULL,
    NULL,
    NULL
};

struct person {
    struct vb_person_row row;
    bool ready, erased;
};
struct listed {
    const struct vb_round_row *round;
    struct person *persons;
    size_t count;
    bool is_campaign; /* of its members a number, and no person */
    struct vb_campaign_count team;
    const char *before; /* the day, NULL: not said */
};

static bool is_ready(enum vb_session_state state)
{
    return state != VB_SESSION_OPEN && state != VB_SESSION_DONE;
}

static enum vb_code persons_of(struct vb_workplace *place, struct listed *listed,
                               struct vb_err *err)
{
    struct vb_session_row *sessions;
    size_t count, cap = 0;
    enum vb_code rc = place->store->ops->sessions(place->store, listed->round->id, &place->arena,
                                                  &sessions, &count, err);
    for (size_t i = 0; rc == VB_OK && i < count; i++) {
        if (sessions[i].person == NULL)
            continue; /* the stage together is nobody's own */
        struct person *person =
            vb_arena_push(&place->arena, &listed->persons, listed->count, &cap, sizeof *person);
        person->ready = is_ready(sessions[i].state);
        person->erased = sessions[i].erased;
        rc = place->store->ops->person(place->store, sessions[i].person, &place->arena,
                                       &person->row, err);
        listed->count += rc == VB_OK;
    }
    return rc;
}

static bool is_listed(const struct listed *listed, const char *person)
{
    for (size_t i = 0; i < listed->count; i++)
        if (vb_streq(listed->persons[i].row.id, person))
            return true;
    return false;
}

/* Who is in the roster and has not begun stands only in what the others were opened with. */
static enum vb_code named_in(struct vb_workplace *place, struct listed *listed, const char *session,
                             struct vb_err *err)
{
    struct vb_event_row *events;
    struct vb_event opened;
    size_t count, cap = listed->count;
    enum vb_code rc =
        place->store->ops->events(place->store, session, 1, &place->arena, &events, &count, err);
    if (rc != VB_OK || count == 0)
        return rc;
    struct vb_replay log = { .store = place->store, .arena = &place->arena };
    rc = vb_replay_read(&log, NULL, &events[0], &opened, err);
    for (int i = 0; rc == VB_OK && i < opened.opened->member_count; i++) {
        const struct vb_member *member = &opened.opened->members[i];
        if (member->gone || is_listed(listed, member->person))
            continue;
        struct person *person =
            vb_arena_push(&place->arena, &listed->persons, listed->count, &cap, sizeof *person);
        person->row = (struct vb_person_row){ .id = member->person,
                                              .role = member->role,
                                              .label = member->label };
        listed->count++;
    }
    return rc;
}

/* Only a case that has more persons than began here can have somebody to add. */
static enum vb_code persons_to_come(struct vb_workplace *place, struct listed *listed,
                                    struct vb_err *err)
{
    struct vb_person_row *persons;
    struct vb_session_row *sessions;
    size_t count, session_count;
    struct vb_store *store = place->store;
    bool ended =
        listed->round->state == VB_ROUND_WITHDRAWN || listed->round->state == VB_ROUND_ERASED;
    if (listed->round->case_id == NULL || ended)
        return VB_OK;
    enum vb_code rc =
        store->ops->persons(store, listed->round->case_id, &place->arena, &persons, &count, err);
    if (rc != VB_OK || count <= listed->count)
        return rc;
    rc = store->ops->sessions(store, listed->round->id, &place->arena, &sessions, &session_count,
                              err);
    for (size_t i = 0; rc == VB_OK && i < session_count; i++)
        if (!sessions[i].erased)
            rc = named_in(place, listed, sessions[i].id, err);
    return rc;
}

/* Of a campaign the members leave the list: what is left of them is how many. */
static enum vb_code count_team(struct vb_workplace *place, struct listed *listed,
                               struct vb_err *err)
{
    struct vb_plan *plan = NULL;
    struct vb_round *round = NULL;
    size_t stay = 0;
    if (listed->round->case_id != NULL || listed->round->state == VB_ROUND_ERASED)
        return VB_OK;
    enum vb_code rc = vb_workplace_pinned(place, listed->round->digest, &plan, err);
    if (rc != VB_OK)
        return vb_while(err, "round %s", listed->round->id);
    if (plan->campaign != NULL)
        rc = vb_round_load(&round, place->store, &place->env, plan, listed->round, err);
    if (round != NULL) {
        listed->is_campaign = true;
        listed->team = vb_round_campaign(round);
        listed->before = vb_arena_strdup(&place->arena, vb_round_campaign_day(round));
        for (size_t i = 0; i < listed->count; i++)
            if (!vb_round_is_counted_only(plan, listed->persons[i].row.role))
                listed->persons[stay++] = listed->persons[i];
        listed->count = stay;
    }
    vb_round_destroy(round);
    vb_plan_release(plan);
    return rc;
}

static void write_team(struct vb_buf *out, const struct listed *listed)
{
    const struct vb_campaign_count *team = &listed->team;
    vb_buf_printf(out, ",\"team\":{\"began\":%d,\"ready\":%d,\"held\":%d,\"before\":", team->began,
                  team->ready, team->held);
    vb_json_text(out, listed->before);
    vb_buf_putc(out, '}');
}

static void write_person(struct vb_buf *out, const struct person *person)
{
    vb_buf_puts(out, "{\"person\":");
    vb_json_text(out, person->row.id);
    vb_buf_puts(out, ",\"role\":");
    vb_json_text(out, person->row.role);
    vb_buf_puts(out, ",\"label\":");
    vb_json_text(out, person->row.label);
    vb_buf_printf(out, ",\"ready\":%s,\"erased\":%s}", person->ready ? "true" : "false",
                  person->erased ? "true" : "false");
}

static void write_round(struct vb_buf *out, const struct listed *listed)
{
    vb_buf_puts(out, "{\"round\":");
    vb_json_text(out, listed->round->id);
    vb_buf_puts(out, ",\"case\":");
    vb_json_text(out, listed->round->case_id);
    vb_buf_puts(out, ",\"instrument\":");
    vb_json_text(out, listed->round->instrument);
    vb_buf_puts(out, ",\"wave\":");
    vb_json_text(out, listed->round->wave);
    vb_buf_puts(out, ",\"state\":");
    vb_json_text(out, vb_round_state_name(listed->round->state));
    vb_buf_printf(out, ",\"simulated\":%s,\"persons\":[",
                  listed->round->simulated ? "true" : "false");
    for (size_t i = 0; i < listed->count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        write_person(out, &listed->persons[i]);
    }
    vb_buf_putc(out, ']');
    if (listed->is_campaign)
        write_team(out, listed);
    vb_buf_putc(out, '}');
}

static void write_role(struct vb_buf *out, const char *between, const char *role, const char *label,
                       const char *word)
{
    vb_buf_printf(out, "%s%s", between, role);
    if (label != NULL)
        vb_buf_printf(out, " %s", label);
    vb_buf_printf(out, " %s", word);
}

/* What opens a round in which everybody is ready: more than that is nobody's business. */
static void write_ready(struct vb_buf *out, struct vb_workplace *place, const struct listed *listed,
                        bool group)
{
    for (size_t i = 0; i < listed->count; i++)
        if (!listed->persons[i].ready)
            return;
    if (listed->count == 0)
        return;
    vb_buf_printf(out, "\n    %s: %s", group ? "to be released with" : "to be closed with",
                  vb_workplace_command(place, vb_arena_printf(&place->arena, "%s %s",
                                                              group ? "release" : "close",
                                                              listed->round->id)));
}

/* Roles that must answer and in which nobody has begun. */
static enum vb_code write_missing(struct vb_buf *out, struct vb_workplace *place,
                                  const struct listed *listed, struct vb_err *err)
{
    struct vb_plan *plan;
    size_t written = listed->count;
    enum vb_code rc = vb_workplace_pinned(place, listed->round->digest, &plan, err);
    if (rc != VB_OK)
        return vb_while(err, "round %s", listed->round->id);
    for (int i = 0; i < plan->role_count; i++) {
        bool there = false;
        for (size_t j = 0; j < listed->count && !there; j++)
            there = vb_streq(listed->persons[j].row.role, plan->roles[i].name);
        if (!there && !plan->roles[i].optional)
            write_role(out, written++ > 0 ? ", " : "", plan->roles[i].name, NULL, "not ready yet");
    }
    if (written == listed->count)
        write_ready(out, place, listed, vb_round_is_group(plan));
    vb_plan_release(plan);
    return VB_OK;
}

/* For people: a line for the round, a line for who is in it. */
static enum vb_code write_lines(struct vb_buf *out, struct vb_workplace *place,
                                const struct listed *listed, struct vb_err *err)
{
    char time[VB_TIME_SIZE];
    enum { DATE_LENGTH = 10 };
    const struct vb_round_row *round = listed->round;
    enum vb_code rc = VB_OK;
    vb_time_format(round->created_wall_ms, time);
    vb_buf_printf(out, "%s  %.*s  %s %s", round->id, DATE_LENGTH, time, round->instrument,
                  round->wave);
    if (round->case_id != NULL)
        vb_buf_printf(out, "  case %s", round->case_id);
    vb_buf_printf(out, "  %s%s\n    ", vb_round_state_words(round->state),
                  round->simulated ? "  simulated" : "");
    for (size_t i = 0; i < listed->count; i++) {
        const struct person *person = &listed->persons[i];
        write_role(out, i > 0 ? ", " : "", person->row.role, person->row.label,
                   person->erased  ? "erased"
                   : person->ready ? "ready"
                                   : "not ready yet");
    }
    if (listed->is_campaign) {
        vb_buf_printf(out, "%steam: held %d of %d, ready %d", listed->count > 0 ? ", " : "",
                      listed->team.held, listed->team.began, listed->team.ready);
        if (listed->before != NULL)
            vb_buf_printf(out, ", before %s", listed->before);
    } else if (round->state == VB_ROUND_OPEN)
        rc = write_missing(out, place, listed, err);
    vb_buf_putc(out, '\n');
    return rc;
}

static enum vb_code rounds(struct vb_workplace *place, bool json, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count = 0;
    struct vb_buf text = { 0 };
    bool kept = vb_workplace_has_data(place);
    enum vb_code rc = kept ? vb_workplace_open(place, err) : VB_OK;
    if (rc == VB_OK && kept)
        rc = vb_workplace_audit(place, "rounds", VB_AUDIT_EVERYTHING, err);
    if (rc == VB_OK && kept)
        rc = place->store->ops->rounds(place->store, &place->arena, &rows, &count, err);
    for (size_t i = 0; rc == VB_OK && i < count; i++) {
        struct listed listed = { .round = &rows[i] };
        rc = persons_of(place, &listed, err);
        if (rc == VB_OK)
            rc = persons_to_come(place, &listed, err);
        if (rc == VB_OK)
            rc = count_team(place, &listed, err);
        if (rc != VB_OK)
            break;
        if (json)
            vb_buf_puts(&text, i > 0 ? ",\n " : "[");
        if (json)
            write_round(&text, &listed);
        else
            rc = write_lines(&text, place, &listed, err);
    }
    if (json)
        vb_buf_puts(&text, count > 0 ? "]\n" : "[]\n");
    if (rc == VB_OK && json)
        vb_workplace_print(&text);
    else if (rc == VB_OK && count > 0)
        vb_workplace_say(stdout, "%s", text.data);
    if (rc == VB_OK && count == 0)
        vb_workplace_say(stderr, kept ? "no rounds in %s\n" : "no rounds: %s has no store\n",
                         place->data);
    vb_buf_finish(&text);
    return rc;
}

int vb_cmd_rounds(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK)
        rc = rounds(&place, arguments.json, &err);
    return vb_workplace_end(&place, rc, &err);
}
