#include "serve/headers.h"

#include <strings.h>

#include "base/str.h"

/* blob: is what a picture is shown from before it is kept, and what a stored sound plays from; the
 * staff page shows a sheet in a frame. */
static const char page_policy[] =
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/* A sheet or an export: one page with its styles and pictures in it, and no script at all. */
static const char sheet_policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-modals";
/* What is no page: nothing of it is ever run. */
static const char data_policy[] = "default-src 'none'; frame-ancestors 'none'; sandbox";

static bool has(const struct vb_call *call, const char *name)
{
    for (size_t i = 0; i < call->reply.count; i++)
        if (strcasecmp(call->reply.rows[i].name, name) == 0)
            return true;
    return false;
}

static void add(struct vb_call *call, const char *name, const char *value)
{
    if (!has(call, name))
        vb_fields_add(&call->reply, &call->exchange.arena, name, value);
}

static const char *policy(const struct vb_call *call)
{
    bool html = call->reply_type != NULL && vb_starts_with(call->reply_type, "text/html");
    if (!html)
        return data_policy;
    return call->api ? sheet_policy : page_policy;
}

void vb_headers_add(struct vb_call *call)
{
    add(call, "Content-Security-Policy", policy(call));
    add(call, "X-Content-Type-Options", "nosniff");
    add(call, "Referrer-Policy", "no-referrer");
    add(call, "Cross-Origin-Opener-Policy", "same-origin");
    add(call, "Cross-Origin-Resource-Policy", "same-origin");
    add(call, "Permissions-Policy",
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()");
    add(call, "Cache-Control", call->stream != NULL ? "no-store, no-transform" : "no-store");
    if (call->stream != NULL) /* a proxy that gathers would hold events back */
        add(call, "X-Accel-Buffering", "no");
    if (call->secure)
        add(call, "Strict-Transport-Security", "max-age=31536000");
}
