#include "serve/route.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/route_inner.h"
#include "serve/serve_inner.h"

/* -- finding ----------------------------------------------------------------------------------- */

/* Segment by segment; {name} matches one that is not empty, and keeps it. Most differ before that.
 */
static bool matches(struct vb_exchange *exchange, const char *pattern, const char *path)
{
    int params = 0;
    size_t same = 0;
    while (pattern[same] == path[same] && path[same] != '\0')
        same++;
    if (pattern[same] != path[same] && memchr(pattern, '{', same + 1) == NULL)
        return false;
    for (;;) {
        size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");
        if (pattern[0] == '{') {
            if (have == 0)
                return false;
            vb_assert(params < VB_PARAMS_MAX);
            exchange->params[params++] = vb_arena_strndup(&exchange->arena, path, have);
        } else if (want != have || memcmp(pattern, path, have) != 0) {
            return false;
        }
        if (pattern[want] == '\0' || path[have] == '\0')
            return pattern[want] == path[have];
        pattern += want + 1;
        path += have + 1;
    }
}

struct found {
    const struct vb_route *route;
    enum vb_who_kind audience;
    unsigned methods; /* that this path has, a bit each */
};

static void look_in(struct vb_exchange *exchange, const struct vb_route *routes,
                    enum vb_who_kind audience, struct found *found)
{
    for (; routes->path != NULL && found->route == NULL; routes++) {
        if (!matches(exchange, routes->path, exchange->path))
            continue;
        found->methods |= 1u << routes->method;
        if (routes->method != exchange->method)
            continue;
        found->route = routes;
        found->audience = audience;
    }
}

static void allow(struct vb_exchange *exchange, unsigned methods)
{
    static const char *const names[VB_METHOD_COUNT] = { "GET, HEAD", "POST", "PUT", "DELETE" };
    const char *list = "";
    for (int i = 0; i < VB_METHOD_COUNT; i++)
        if ((methods & (1u << i)) != 0)
            list = vb_arena_printf(&exchange->arena, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                                   names[i]);
    vb_reply_header(exchange, "Allow", list);
    vb_reply_refuse(exchange, 405, "method", NULL, "%s has other methods: %s", exchange->path,
                    list);
}

/* -- who may ----------------------------------------------------------------------------------- */

static bool is_staff_allowed(struct vb_exchange *exchange)
{
    const struct vb_route *route = exchange->route;
    if (exchange->who.parked && !route->parked)
        vb_reply_refuse(exchange, 423, "handed_over", NULL,
                        "this browser waits for the professional's code");
    else if (route->roles != 0 && (exchange->who.roles & route->roles) == 0)
        vb_reply_refuse(exchange, 403, "role", NULL, "this is not for your role");
    else
        return true;
    return false;
}

/* A tablet whose person is gone hears the code, and says so instead of asking somebody to sign in.
 */
static void refuse_nobody(struct vb_exchange *exchange, enum vb_who_kind audience)
{
    if (audience == VB_SEAT)
        vb_auth_who(exchange->serve->auth, exchange, VB_STAFF);
    if (audience == VB_SEAT && exchange->who.parked)
        vb_reply_refuse(exchange, 423, "handed_over", NULL,
                        "this browser waits for the professional's code");
    else
        vb_reply_refuse(exchange, 401, "sign_in", NULL, "sign in first");
}

static bool may(struct vb_exchange *exchange, enum vb_who_kind audience)
{
    struct vb_auth *auth = exchange->serve->auth;
    if (audience != VB_NOBODY) {
        vb_auth_who(auth, exchange, audience);
        if (exchange->who.kind != audience) {
            refuse_nobody(exchange, audience);
            return false;
        }
    }
    if (audience == VB_STAFF && !is_staff_allowed(exchange))
        return false;
    return exchange->method == VB_GET || vb_auth_same_site(auth, exchange);
}

/* -- what it takes ----------------------------------------------------------------------------- */

/* Is this media type the one of the field, whatever parameters come behind it? */
static bool is_type(const char *field, const char *type)
{
    size_t len = strlen(type);
    return strncasecmp(field, type, len) == 0 && strchr("; \t", field[len]) != NULL;
}

static bool is_image(struct vb_exchange *exchange, const char *field)
{
    static const char *const types[] = { "image/png", "image/jpeg", "image/webp",
                                         "application/vnd.verbond.strokes+json" };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (is_type(field, types[i])) {
            exchange->type = types[i];
            return true;
        }
    return false;
}

/* Of a field that a head may lack. Nothing is unpacked here, so what says that it is packed is not
 * read as if it were not: whoever stands before us may read it the other way. */
static bool is_taken(struct vb_exchange *exchange)
{
    const char *field = vb_exchange_header(exchange, "Content-Type");
    if (vb_exchange_header(exchange, "Content-Encoding") != NULL)
        return false;
    switch (exchange->route->takes) {
    case VB_TAKES_JSON:
        return field != NULL && is_type(field, "application/json");
    case VB_TAKES_IMAGE:
        return field != NULL && is_image(exchange, field);
    default:
        return true;
    }
}

bool vb_route_open(struct vb_exchange *exchange)
{
    struct found found = { 0 };
    look_in(exchange, vb_public_routes, VB_NOBODY, &found);
    if (found.route == NULL)
        look_in(exchange, vb_seat_routes, VB_SEAT, &found);
    if (found.route == NULL)
        look_in(exchange, vb_staff_routes, VB_STAFF, &found);
    exchange->route = found.route;
    if (found.route == NULL && found.methods != 0)
        allow(exchange, found.methods);
    else if (found.route == NULL)
        vb_reply_refuse(exchange, 404, "absent", NULL, "there is nothing here");
    else if (may(exchange, found.audience) && !is_taken(exchange))
        vb_reply_refuse(exchange, 415, "type", NULL, "this takes another type of content");
    return !exchange->replied;
}

size_t vb_route_most(const struct vb_exchange *exchange)
{
    const struct vb_route *route = exchange->route;
    if (route == NULL || route->takes == VB_TAKES_NOTHING)
        return 0;
    return route->most == 0 ? VB_BODY_MOST : route->most;
}

void vb_route_hear(struct vb_exchange *exchange)
{
    struct vb_err err;
    size_t most = vb_route_most(exchange);
    if (exchange->len > most)
        vb_reply_refuse(exchange, 413, "size", NULL, "at most %zu bytes are taken here", most);
    else if (exchange->route->takes == VB_TAKES_JSON && exchange->body == NULL &&
             vb_json_parse(&exchange->body, exchange->bytes, exchange->len, most, &err) != VB_OK)
        vb_reply_refuse(exchange, 400, "request", NULL, "%s", err.text);
    else if (exchange->route->takes == VB_TAKES_JSON && !cJSON_IsObject(exchange->body))
        vb_reply_refuse(exchange, 400, "request", NULL, "an object was expected");
    else
        exchange->route->handle(exchange);
    vb_assert(exchange->replied || exchange->later);
}

void vb_route(struct vb_exchange *exchange)
{
    if (vb_route_open(exchange))
        vb_route_hear(exchange);
}
