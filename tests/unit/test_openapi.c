/* docs/reference/openapi.json and the tables of routes say the same. */
#include "tests.h"

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/str.h"
#include "data/json.h"
#include "serve/route.h"

static cJSON *document(void)
{
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    cJSON *json = NULL;
    if (vb_file_read(&bytes, "docs/reference/openapi.json", 4 << 20, &err) != VB_OK ||
        vb_json_parse(&json, bytes.data, bytes.len, 4 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_buf_finish(&bytes);
    return json;
}

static const struct vb_route *const tables[] = { vb_public_routes, vb_seat_routes,
                                                 vb_staff_routes };
static const char *const cookies[] = { NULL, "seat", "staff" };
enum { TABLES = 3 };

static const char *method_of(const struct vb_route *route)
{
    static const char *const names[] = { "get", "post", "put", "delete" };
    return names[route->method];
}

static const cJSON *at(const cJSON *json, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(json, name);
}

static const cJSON *operation_of(const cJSON *document, const struct vb_route *route)
{
    return at(at(at(document, "paths"), route->path), method_of(route));
}

static void every_route_is_described_with_who_may_and_what_it_takes(void **state)
{
    cJSON *json = document();
    (void)state;
    for (int i = 0; i < TABLES; i++)
        for (const struct vb_route *route = tables[i]; route->path != NULL; route++) {
            const cJSON *operation = operation_of(json, route);
            if (operation == NULL)
                fail_msg("%s %s is not in openapi.json", method_of(route), route->path);
            const cJSON *content = at(at(operation, "requestBody"), "content");
            assert_int_equal(content != NULL, route->takes != VB_TAKES_NOTHING);
            assert_int_equal(at(content, "application/json") != NULL,
                             route->takes == VB_TAKES_JSON);
            assert_int_equal(at(content, "image/png") != NULL, route->takes == VB_TAKES_IMAGE);
            const cJSON *security = at(operation, "security");
            assert_int_equal(security != NULL, cookies[i] != NULL);
            assert_true(cookies[i] == NULL || at(security->child, cookies[i]) != NULL);
        }
    cJSON_Delete(json);
}

static bool is_route(const char *path, const char *method)
{
    for (int i = 0; i < TABLES; i++)
        for (const struct vb_route *route = tables[i]; route->path != NULL; route++)
            if (vb_streq(route->path, path) && vb_streq(method_of(route), method))
                return true;
    return false;
}

/* {name} of the path are its parameters, and no others. */
static void check_parameters(const char *path, const cJSON *operation)
{
    const cJSON *one;
    int named = 0, described = 0;
    for (const char *open = strchr(path, '{'); open != NULL; open = strchr(open + 1, '{'))
        named++;
    cJSON_ArrayForEach(one, at(operation, "parameters"))
    {
        struct vb_buf name = { 0 };
        if (!vb_streq(cJSON_GetStringValue(at(one, "in")), "path"))
            continue;
        vb_buf_printf(&name, "{%s}", cJSON_GetStringValue(at(one, "name")));
        if (strstr(path, name.data) == NULL)
            fail_msg("%s has no %s", path, name.data);
        described++;
        vb_buf_finish(&name);
    }
    if (named != described)
        fail_msg("%s: %d parameters of %d are described", path, described, named);
}

static void nothing_else_is_described_and_paths_are_sorted(void **state)
{
    cJSON *json = document();
    const cJSON *path, *operation;
    const char *last = "";
    (void)state;
    cJSON_ArrayForEach(path, at(json, "paths"))
    {
        assert_true(strcmp(last, path->string) < 0); /* so that two can add one at a time */
        last = path->string;
        cJSON_ArrayForEach(operation, path)
        {
            if (!is_route(path->string, operation->string))
                fail_msg("%s %s is no route", operation->string, path->string);
            check_parameters(path->string, operation);
        }
    }
    cJSON_Delete(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_is_described_with_who_may_and_what_it_takes),
        cmocka_unit_test(nothing_else_is_described_and_paths_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
