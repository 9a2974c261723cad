/* test_desk_roles.c - every route against everybody who can come, as docs/reference/staff-routes.md
 * has it. The handlers themselves do not run: what the head decides is all that is looked at. */
#include "desk_scene.h"

#include "serve/route_inner.h"

enum { CALLERS = 8, ROWS = 128 };
static const char *const callers[CALLERS] = { "nobody",     "seat",    "worker", "convenor",
                                              "researcher", "privacy", "admin",  "parked" };
static const char *const roles[CALLERS] = { NULL,         NULL,      "worker", "convenor",
                                            "researcher", "privacy", "admin",  "worker" };
static const char *const methods[VB_METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };

/* -- the page --------------------------------------------------------------------------------- */

struct row {
    char method[8], path[96];
    int expected[CALLERS]; /* a status; 0: in */
    bool used;
};
struct table {
    struct row rows[ROWS];
    int count;
};

static int class_of(const char *cell)
{
    if (strcmp(cell, "in") == 0)
        return 0;
    int status = atoi(cell);
    if (status != 401 && status != 403 && status != 423)
        fail_msg("no class: %s", cell);
    return status;
}

static void read_row(struct table *table, char *line)
{
    struct row *row = &table->rows[table->count];
    char *rest = line, *cell;
    if (sscanf(line, "| `%7[A-Z] %95[^`]`", row->method, row->path) != 2)
        return;
    assert_in_range(++table->count, 1, ROWS - 1);
    strtok_r(line, "|", &rest);
    for (int i = 0; i < CALLERS; i++) {
        cell = strtok_r(NULL, "|", &rest);
        assert_non_null(cell);
        cell[strlen(cell) - 1] = '\0';
        row->expected[i] = class_of(cell + 1);
    }
}

static void read_page(struct table *table)
{
    char line[512];
    FILE *page = fopen("docs/reference/staff-routes.md", "r");
    assert_non_null(page);
    while (fgets(line, sizeof line, page) != NULL)
        read_row(table, line);
    fclose(page);
    assert_true(table->count > 50);
}

static struct row *row_of(struct table *table, const struct vb_route *route)
{
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].method, methods[route->method]) == 0 &&
            strcmp(table->rows[i].path, route->path) == 0)
            return &table->rows[i];
    fail_msg("staff-routes.md has no row for %s %s", methods[route->method], route->path);
    return NULL;
}

/* -- who comes -------------------------------------------------------------------------------- */

struct caller {
    struct serve_scene scene;
    struct serve_browser browser;
    char staff_token[128], seat_token[128];
};

static void keep_token(char *out, const struct serve_browser *browser)
{
    memcpy(out, browser->token, sizeof browser->token);
}

/* A round of a worker's, and an invitation of its client that this browser follows. */
static char *take_seat(struct caller *caller)
{
    struct serve_browser host = { 0 };
    struct vb_err err;
    char body[256], token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE];
    hire(&caller->scene, "host", "worker");
    sign_in(&caller->scene, &host, "host");
    serve_status(
        serve_ask(&caller->scene, &host, "POST", "/api/v1/staff/cases", "{\"id\":\"m-1\"}"), 200);
    const struct serve_reply *begun =
        serve_ask(&caller->scene, &host, "POST", "/api/v1/staff/rounds",
                  "{\"case\":\"m-1\",\"instrument\":\"pulse\"}");
    serve_status(begun, 200);
    char *round = strdup(serve_text(begun, "round"));
    const struct vb_invitation invitation = { .round = round, .role = "client" };
    assert_int_equal(vb_auth_invite(caller->scene.serve.auth, &invitation, token, code, &err),
                     VB_OK);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    serve_status(serve_ask(&caller->scene, &caller->browser, "POST", "/api/v1/seat", body), 200);
    keep_token(caller->seat_token, &caller->browser);
    return round;
}

static void park(struct caller *caller, const char *round)
{
    struct vb_err err;
    struct vb_exchange *exchange =
        serve_request(&caller->scene, &caller->browser, "GET", "/api/v1/staff/me", NULL);
    vb_auth_who(caller->scene.serve.auth, exchange, VB_STAFF);
    assert_int_equal(exchange->who.kind, VB_STAFF);
    assert_int_equal(vb_auth_park(caller->scene.serve.auth, exchange, round, "no hash", &err),
                     VB_OK);
}

static void come(struct caller *caller, int who)
{
    char *round = NULL;
    bool seat = strcmp(callers[who], "seat") == 0, parked = strcmp(callers[who], "parked") == 0;
    memset(caller, 0, sizeof *caller);
    serve_scene_begin(&caller->scene, "instruments");
    if (roles[who] != NULL) {
        hire(&caller->scene, "robin", roles[who]);
        sign_in(&caller->scene, &caller->browser, "robin");
        keep_token(caller->staff_token, &caller->browser);
    }
    if (seat || parked)
        round = take_seat(caller);
    if (parked)
        park(caller, round);
    free(round);
}

/* What the head decides: a status, 0: the handler would hear it. */
static int asked_by(struct caller *caller, const struct vb_route *route)
{
    struct vb_buf target = { 0 };
    bool turn = vb_starts_with(route->path, "/api/v1/turn");
    const char *type = route->takes == VB_TAKES_JSON    ? "application/json"
                       : route->takes == VB_TAKES_IMAGE ? "image/png"
                                                        : NULL;
    target_of(&target, route, "x", "x", NULL);
    memcpy(caller->browser.token, turn ? caller->seat_token : caller->staff_token,
           sizeof caller->staff_token);
    struct vb_exchange *exchange =
        serve_request(&caller->scene, &caller->browser, methods[route->method], target.data, type);
    bool in = vb_route_open(exchange);
    assert_ptr_equal(exchange->route, route);
    vb_buf_finish(&target);
    return in ? 0 : vb_call_of(exchange)->status;
}

/* -- the tests -------------------------------------------------------------------------------- */

static void try_table(struct table *table, const struct vb_route *routes, struct caller *caller,
                      int who, int *wrong)
{
    for (; routes->path != NULL; routes++) {
        struct row *row = row_of(table, routes);
        int status = asked_by(caller, routes);
        row->used = true;
        if (status == row->expected[who])
            continue;
        print_error("%s at %s %s: %d instead of %d\n", callers[who], row->method, row->path, status,
                    row->expected[who]);
        ++*wrong;
    }
}

static void every_cell_of_role_by_route_is_as_it_is_written(void **state)
{
    (void)state;
    static struct table table;
    static struct caller caller;
    int wrong = 0;
    read_page(&table);
    for (int who = 0; who < CALLERS; who++) {
        come(&caller, who);
        try_table(&table, vb_public_routes, &caller, who, &wrong);
        try_table(&table, vb_seat_routes, &caller, who, &wrong);
        try_table(&table, vb_staff_routes, &caller, who, &wrong);
        serve_scene_end(&caller.scene);
    }
    for (int i = 0; i < table.count; i++)
        if (!table.rows[i].used)
            fail_msg("there is no route %s %s", table.rows[i].method, table.rows[i].path);
    assert_int_equal(wrong, 0);
}

/* A change without the token of its cookie, or from a page of somebody else. */
static void a_change_from_elsewhere_is_refused_whatever_the_role(void **state)
{
    (void)state;
    static struct caller caller;
    int tried = 0;
    come(&caller, 2);
    for (const struct vb_route *route = vb_staff_routes; route->path != NULL; route++) {
        if (route->method == VB_GET || (route->roles != 0 && (route->roles & VB_WORKER) == 0))
            continue;
        caller.browser.site = "cross-site";
        assert_int_equal(asked_by(&caller, route), 403);
        caller.browser.site = NULL;
        char kept[128];
        memcpy(kept, caller.staff_token, sizeof kept);
        caller.staff_token[0] = '\0';
        assert_int_equal(asked_by(&caller, route), 403);
        memcpy(caller.staff_token, kept, sizeof kept);
        tried++;
    }
    assert_true(tried > 10);
    serve_scene_end(&caller.scene);
}

static void every_staff_route_but_three_names_its_roles(void **state)
{
    (void)state;
    int open = 0;
    for (const struct vb_route *route = vb_staff_routes; route->path != NULL; route++)
        open += route->roles == 0;
    assert_int_equal(open, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_role_by_route_is_as_it_is_written),
        cmocka_unit_test(a_change_from_elsewhere_is_refused_whatever_the_role),
        cmocka_unit_test(every_staff_route_but_three_names_its_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
