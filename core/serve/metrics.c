#include "serve/metrics.h"

#include <stdlib.h>

#include "serve/serve_inner.h"
#include "serve/server.h"

static const double bounds[VB_DURATION_BOUNDS] = { 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                   0.05,  0.1,    0.25,  1,    5 };

void vb_metrics_finish(struct vb_metrics *metrics)
{
    free(metrics->routes);
    *metrics = (struct vb_metrics){ 0 };
}

void vb_metrics_refused(struct vb_metrics *metrics, enum vb_gate_class class)
{
    metrics->refused[class]++;
}

static struct vb_metrics_route *row_of(struct vb_metrics *metrics, const struct vb_route *route)
{
    for (size_t i = 0; i < metrics->count; i++)
        if (metrics->routes[i].route == route)
            return &metrics->routes[i];
    struct vb_metrics_route *row =
        vb_push(&metrics->routes, metrics->count, &metrics->cap, sizeof *row);
    metrics->count++;
    row->route = route;
    return row;
}

void vb_metrics_answered(struct vb_metrics *metrics, const struct vb_route *route, int status,
                         int64_t took_ns)
{
    int class = status / 100, bound = 0;
    vb_assert(class > 0 && class < VB_STATUS_CLASSES);
    row_of(metrics, route)->answered[class]++;
    while (bound < VB_DURATION_BOUNDS && (double)took_ns > bounds[bound] * 1e9)
        bound++;
    metrics->within[bound]++;
    metrics->took_ns += took_ns;
}

/* -- writing ----------------------------------------------------------------------------------- */

static void head(struct vb_buf *out, const char *name, const char *type, const char *help)
{
    vb_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct vb_buf *out, const char *name, const char *type, const char *help,
                int64_t value)
{
    head(out, name, type, help);
    vb_buf_printf(out, "%s %lld\n", name, (long long)value);
}

static void write_requests(struct vb_buf *out, const struct vb_metrics *metrics)
{
    static const char *const methods[VB_METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };
    head(out, "verbond_http_requests_total", "counter",
         "Requests that were answered, by route and class of status.");
    for (size_t i = 0; i < metrics->count; i++) {
        const struct vb_metrics_route *row = &metrics->routes[i];
        for (int class = 1; class < VB_STATUS_CLASSES; class ++)
            if (row->answered[class] > 0)
                vb_buf_printf(out,
                              "verbond_http_requests_total{method=\"%s\",route=\"%s\","
                              "status=\"%dxx\"} %lld\n",
                              row->route != NULL ? methods[row->route->method] : "",
                              row->route != NULL ? row->route->path : "", class,
                              (long long)row->answered[class]);
    }
}

static void write_refused(struct vb_buf *out, const struct vb_metrics *metrics)
{
    head(out, "verbond_http_refused_total", "counter",
         "Requests that the gate refused before routing, by why.");
    for (int class = VB_GATE_PASS + 1; class < VB_GATE_CLASSES; class ++)
        vb_buf_printf(out, "verbond_http_refused_total{why=\"%s\"} %lld\n",
                      vb_gate_class_name((enum vb_gate_class) class),
                      (long long)metrics->refused[class]);
}

static void write_durations(struct vb_buf *out, const struct vb_metrics *metrics)
{
    static const char name[] = "verbond_http_request_duration_seconds";
    int64_t sum = 0;
    head(out, name, "histogram", "From the whole head of a request to its reply.");
    for (int i = 0; i < VB_DURATION_BOUNDS; i++) {
        sum += metrics->within[i];
        vb_buf_printf(out, "%s_bucket{le=\"%g\"} %lld\n", name, bounds[i], (long long)sum);
    }
    sum += metrics->within[VB_DURATION_BOUNDS];
    vb_buf_printf(out, "%s_bucket{le=\"+Inf\"} %lld\n%s_sum %.6f\n%s_count %lld\n", name,
                  (long long)sum, name, (double)metrics->took_ns / 1e9, name, (long long)sum);
}

static void write_server(struct vb_buf *out, const struct vb_server_counts *counts)
{
    one(out, "verbond_http_connections", "gauge", "Connections that are open.",
        counts->connections);
    one(out, "verbond_http_streams", "gauge", "Streams of events that are open.", counts->streams);
    one(out, "verbond_http_waiting", "gauge", "Requests that wait for a commit or a worker.",
        counts->waiting);
    one(out, "verbond_http_accepted_total", "counter", "Connections that were let in.",
        counts->accepted);
    one(out, "verbond_http_shed_total", "counter", "Connections that were closed at a limit.",
        counts->shed);
    one(out, "verbond_http_slow_total", "counter", "Connections that were cut off as too slow.",
        counts->slow);
}

/* Many that wait at once go to the disk in one batch, with one sync. */
static void write_store(struct vb_buf *out, const struct vb_store_counts *counts)
{
    static const char name[] = "verbond_store_batch_commits";
    head(out, name, "summary", "Commits that went to the disk together, by batch.");
    vb_buf_printf(out, "%s_sum %lld\n%s_count %lld\n", name, (long long)counts->requests, name,
                  (long long)counts->batches);
    one(out, "verbond_store_batch_biggest", "gauge", "Commits of the biggest batch so far.",
        counts->biggest_batch);
    one(out, "verbond_store_refused_total", "counter", "Commits that were refused or failed.",
        counts->refused);
    one(out, "verbond_store_checkpoints_total", "counter", "Times the log was put into place.",
        counts->checkpoints);
    one(out, "verbond_store_failed_checkpoints_total", "counter",
        "Times the log could not be put into place.", counts->failed_checkpoints);
}

void vb_metrics_write(struct vb_buf *out, const struct vb_serve *serve)
{
    struct vb_live_counts live = vb_live_counts(serve->live);
    write_requests(out, &serve->metrics);
    write_refused(out, &serve->metrics);
    write_durations(out, &serve->metrics);
    if (serve->server != NULL) {
        struct vb_server_counts counts = vb_server_counts(serve->server);
        write_server(out, &counts);
    }
    if (serve->house->commits != NULL) {
        struct vb_store_counts counts = serve->house->commits(serve->house->ctx);
        write_store(out, &counts);
    }
    one(out, "verbond_rounds", "gauge", "Rounds that are at hand.", live.rounds);
    one(out, "verbond_sessions", "gauge", "Sessions that are at hand.", live.sessions);
}
