/* api_public.c - what everybody may ask for: pages, what they load, health, and signing in. */
#include <string.h>

#include "base/str.h"
#include "serve/api.h"
#include "serve/assets.h"
#include "serve/serve_inner.h"

/* -- pages ------------------------------------------------------------------------------------- */

static void page(struct vb_exchange *exchange, const char *name)
{
    struct vb_asset asset;
    bool found = vb_asset_find(name, &asset);
    vb_assert(found);
    vb_reply_bytes(exchange, 200, asset.type, asset.bytes, asset.len);
}

static void index_page(struct vb_exchange *exchange)
{
    page(exchange, "index.html");
}

static void staff_page(struct vb_exchange *exchange)
{
    page(exchange, "staff.html");
}

/* What a browser holds of an asset is asked for again, and not sent again while it is the same. */
static void asset(struct vb_exchange *exchange)
{
    static const char folder[] = "/assets/";
    struct vb_asset found;
    const char *held = vb_exchange_header(exchange, "If-None-Match");
    if (!vb_asset_find(exchange->path + strlen(folder), &found)) {
        vb_reply_refuse(exchange, 404, "absent", NULL, "there is nothing here");
        return;
    }
    vb_reply_header(exchange, "Cache-Control", "no-cache");
    vb_reply_header(exchange, "ETag", found.tag);
    if (held != NULL && strstr(held, found.tag) != NULL)
        vb_reply_empty(exchange, 304);
    else
        vb_reply_bytes(exchange, 200, found.type, found.bytes, found.len);
}

static void robots(struct vb_exchange *exchange)
{
    static const char text[] = "User-agent: *\nDisallow: /\n";
    vb_reply_bytes(exchange, 200, "text/plain; charset=utf-8", text, sizeof text - 1);
}

const struct vb_route vb_public_routes[] = {
    { .method = VB_GET, .path = "/", .handle = index_page },
    { .method = VB_GET, .path = "/i", .handle = index_page },
    { .method = VB_GET, .path = "/r", .handle = index_page },
    { .method = VB_GET, .path = "/staff", .handle = staff_page },
    { .method = VB_GET, .path = "/assets/css/theme.css", .handle = vb_api_theme },
    { .method = VB_GET, .path = "/assets/{file}", .handle = asset },
    { .method = VB_GET, .path = "/assets/{folder}/{file}", .handle = asset },
    { .method = VB_GET, .path = "/assets/{folder}/{part}/{file}", .handle = asset },
    { .method = VB_GET, .path = "/robots.txt", .handle = robots },
    { .method = VB_GET, .path = "/health/live", .handle = vb_api_health_live },
    { .method = VB_GET, .path = "/health/ready", .handle = vb_api_health_ready },
    { .method = VB_GET, .path = "/metrics", .handle = vb_api_metrics },
    { .method = VB_POST,
      .path = "/api/v1/seat",
      .handle = vb_api_take_seat,
      .takes = VB_TAKES_JSON },
    { .method = VB_POST,
      .path = "/api/v1/staff/sign-in",
      .handle = vb_api_sign_in,
      .takes = VB_TAKES_JSON },
    { .path = NULL },
};
