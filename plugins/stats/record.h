/* record.h - what of a result a file is made of, as two texts of JSON without a tab or newline.
 *
 * content holds no id and no moment: {"version", "format", "form", "variant", "simulated",
 * "reasons", "people": {"client 1": {"language", "mode", "state", "items", "scales", "totals",
 * "about": {"youth 1": {"items", "scales"}}}}, "together", "wave"}. A person is called by role and
 * number there, in the result's order; what somebody said about itself is among its own answers. A
 * member who is in the round as nobody's role is "+ 1", "+ 2".
 *
 * ids: {"case", "wave", "released_at", "round", "persons": {"client 1": "8f2c..."}}. */
#ifndef STATS_RECORD_H
#define STATS_RECORD_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* A member that is nobody's role. */
#define STATS_STRANGER "+"

struct stats_record { /* texts of its own; stats_record_free */
    char *round, *content, *ids;
};
/* False: no memory, or the result names no round; out is empty. */
bool stats_record_make(struct stats_record *out, const cJSON *result);
void stats_record_free(struct stats_record *record);

#endif
