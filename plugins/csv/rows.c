#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"

const char *const csv_head[] = { "round",   "revision", "reason",      "purpose",   "content",
                                 "case",    "wave",     "released_at", "simulated", "instrument",
                                 "version", "digest",   "format",      "form",      "variant",
                                 "person",  "role",     "state",       "language",  "mode",
                                 "about",   NULL };
const char *const csv_long[] = { "kind", "id",   "value", "missing",  "sum", "answered",
                                 "of",   "mean", "pomp",  "prorated", NULL };
const char *const csv_scores[] = { "sum", "answered", "of", "mean", "pomp", "prorated", NULL };

/* -- columns ----------------------------------------------------------------------------------- */

static void put_name(struct csv_text *out, const char *id, const char *what)
{
    size_t size = strlen(id) + strlen(what) + 2;
    char *name = malloc(size);
    if (name == NULL) {
        out->failed = true;
        return;
    }
    snprintf(name, size, "%s:%s", id, what);
    csv_cell(out, name);
    free(name);
}

void csv_columns(struct csv_text *out, enum csv_layout layout, const cJSON *instrument)
{
    const cJSON *entry;
    for (int i = 0; csv_head[i] != NULL; i++)
        csv_cell(out, csv_head[i]);
    for (int i = 0; layout == CSV_LONG && csv_long[i] != NULL; i++)
        csv_cell(out, csv_long[i]);
    if (layout == CSV_WIDE) {
        cJSON_ArrayForEach(entry, result_of(instrument, "items"))
        {
            csv_cell(out, result_text(entry, "id"));
            put_name(out, result_text(entry, "id"), "missing");
        }
        cJSON_ArrayForEach(entry, result_of(instrument, "scales")) for (int i = 0;
                                                                        csv_scores[i] != NULL; i++)
            put_name(out, result_text(entry, "id"), csv_scores[i]);
        cJSON_ArrayForEach(entry, result_of(instrument, "totals"))
            put_name(out, result_text(entry, "id"), "total");
    }
    csv_end(out);
}

/* -- rows -------------------------------------------------------------------------------------- */

struct row {                      /* what the cells of csv_head say */
    const cJSON *result, *person; /* person NULL: of nobody */
    const char *about;
};

static void put_head(struct csv_text *out, const struct row *row)
{
    const cJSON *instrument = result_of(row->result, "instrument");
    for (int i = 0; csv_head[i] != NULL; i++) {
        const char *name = csv_head[i];
        if (strcmp(name, "about") == 0)
            csv_cell(out, row->about);
        else if (strcmp(name, "instrument") == 0)
            csv_json(out, result_of(instrument, "id"));
        else if (result_of(row->result, name) != NULL)
            csv_json(out, result_of(row->result, name));
        else if (result_of(instrument, name) != NULL)
            csv_json(out, result_of(instrument, name));
        else
            csv_json(out, result_of(row->person, name));
    }
}

static void put_long(struct csv_text *out, const struct row *row, const char *kind, const char *id,
                     const cJSON *cells)
{
    put_head(out, row);
    csv_cell(out, kind);
    csv_cell(out, id);
    for (int i = 2; csv_long[i] != NULL; i++)
        csv_json(out, result_of(cells, csv_long[i]));
    csv_end(out);
}

static void put_part_long(struct csv_text *out, const struct row *row, const cJSON *part)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, result_of(part, "items"))
        put_long(out, row, "item", entry->string, entry);
    cJSON_ArrayForEach(entry, result_of(part, "scales"))
        put_long(out, row, "scale", entry->string, entry);
    cJSON_ArrayForEach(entry, result_of(part, "totals"))
    {
        put_head(out, row);
        csv_cell(out, "total");
        csv_cell(out, entry->string);
        csv_json(out, entry);
        for (int i = 3; csv_long[i] != NULL; i++)
            csv_cell(out, NULL);
        csv_end(out);
    }
}

static void put_part_wide(struct csv_text *out, const struct row *row, const cJSON *part,
                          const cJSON *instrument)
{
    const cJSON *entry;
    put_head(out, row);
    cJSON_ArrayForEach(entry, result_of(instrument, "items"))
    {
        const cJSON *item = result_of(result_of(part, "items"), result_text(entry, "id"));
        csv_json(out, result_of(item, "value"));
        csv_json(out, result_of(item, "missing"));
    }
    cJSON_ArrayForEach(entry, result_of(instrument, "scales"))
    {
        const cJSON *score = result_of(result_of(part, "scales"), result_text(entry, "id"));
        for (int i = 0; csv_scores[i] != NULL; i++)
            csv_json(out, result_of(score, csv_scores[i]));
    }
    cJSON_ArrayForEach(entry, result_of(instrument, "totals"))
        csv_json(out, result_of(result_of(part, "totals"), result_text(entry, "id")));
    csv_end(out);
}

static void put_part(struct csv_text *out, enum csv_layout layout, const struct row *row,
                     const cJSON *part, const cJSON *instrument)
{
    if (layout == CSV_WIDE)
        put_part_wide(out, row, part, instrument);
    else
        put_part_long(out, row, part);
}

void csv_rows(struct csv_text *out, enum csv_layout layout, const cJSON *result,
              const cJSON *instrument)
{
    const cJSON *person, *part;
    cJSON_ArrayForEach(person, result_of(result, "respondents"))
    {
        struct row row = { result, person, NULL };
        if (layout == CSV_LONG) /* so that who gave nothing is there too */
            put_long(out, &row, "person", NULL, NULL);
        put_part(out, layout, &row, person, instrument);
        cJSON_ArrayForEach(part, result_of(person, "about"))
        {
            row.about = result_text(part, "person");
            put_part(out, layout, &row, part, instrument);
        }
    }
    if (cJSON_GetArraySize(result_of(result, "respondents")) > 0)
        return;
    const struct row row = { result, NULL, NULL };
    if (layout == CSV_LONG)
        put_long(out, &row, "event", NULL, NULL);
    else
        put_part_wide(out, &row, NULL, instrument);
}
