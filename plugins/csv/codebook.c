#include "codebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"

static const char *const columns[] = { "instrument", "version", "digest", "column", "id",  "what",
                                       "kind",       "meaning", "values", "min",    "max", "scale",
                                       "reverse",    "scored",  "about",  NULL };

/* What the columns of csv_head, csv_long and csv_scores mean. */
static const struct {
    const char *name, *meaning;
} meanings[] = {
    { "round", "random id of the round" },
    { "revision", "number of the result; of one round the highest counts" },
    { "reason", "why this revision is there: released, talk, late, withdrawn, erased, corrected" },
    { "purpose", "research: only who said yes to it; else empty" },
    { "content", "how much is in it: event, sheet, scores, items" },
    { "case", "pseudonym of the case" },
    { "wave", "moment of measuring" },
    { "released_at", "when the round was released, UTC" },
    { "simulated", "true: no person gave these answers" },
    { "instrument", "id of the instrument" },
    { "version", "version of the instrument" },
    { "digest", "SHA-256 of the instrument's files" },
    { "format", "answer format" },
    { "form", "form that was asked; empty: the whole" },
    { "variant", "variant of the instrument; empty: none" },
    { "person", "random id of the respondent, the same in every wave" },
    { "role", "role of the respondent" },
    { "state", "shared, or not_filled_in for every other reason" },
    { "language", "language the questions were read in" },
    { "mode", "how it was filled in: self, aloud, helper, interpreter, phone, paper" },
    { "about", "random id of the member that the answers are about; empty: not about a member" },
    { "kind", "what the row is: person, item, scale, total, event" },
    { "id", "id of the item, scale or total" },
    { "value", "the answer, or a total's number" },
    { "missing", "why there is no answer; empty: there is one, or it was not asked" },
    { "sum", "sum of the answered items, reverse keying applied" },
    { "answered", "how many scored items were answered" },
    { "of", "how many scored items the person's form has" },
    { "mean", "mean of the answered items; empty: too few answers" },
    { "pomp", "percentage of the most that is possible, 0 to 100; empty: too few answers" },
    { "prorated", "true: there is a score although not all items were answered" },
    { "total", "the number of a total; empty: one of its scales has too few answers" },
};

static const char *meaning_of(const char *name)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(meanings[i].name, name) == 0)
            return meanings[i].meaning;
    return NULL;
}

void csv_codebook_columns(struct csv_text *out)
{
    for (int i = 0; columns[i] != NULL; i++)
        csv_cell(out, columns[i]);
    csv_end(out);
}

struct line {
    const cJSON *instrument,
        *entry;                  /* entry: item, scale or total; NULL: of no one in particular */
    const char *column, *suffix; /* column NULL: none of its own; suffix NULL: the bare id */
    const char *what, *meaning;  /* meaning NULL: the entry's own words */
};

static void put_named(struct csv_text *out, const char *name, const char *suffix)
{
    struct csv_text text = { 0 };
    csv_put(&text, name, strlen(name));
    if (suffix != NULL) {
        csv_put(&text, ":", 1);
        csv_put(&text, suffix, strlen(suffix));
    }
    csv_cell(out, text.bytes);
    out->failed |= text.failed;
    free(text.bytes);
}

/* " | " between, "nl: " before */
static void add_words(struct csv_text *out, const char *role, const cJSON *words)
{
    const cJSON *word;
    cJSON_ArrayForEach(word, words)
    {
        const char *const parts[] = { out->len > 0 ? " | " : "",
                                      role == NULL ? "" : role,
                                      role == NULL ? "" : " ",
                                      word->string,
                                      ": ",
                                      cJSON_GetStringValue(word) };
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (parts[i] != NULL)
                csv_put(out, parts[i], strlen(parts[i]));
    }
}

/* An item's wording for each role and language, or a title in each language. */
static void put_meaning(struct csv_text *out, const struct line *line)
{
    const cJSON *role;
    struct csv_text text = { 0 };
    if (line->meaning != NULL) {
        csv_cell(out, line->meaning);
        return;
    }
    add_words(&text, NULL, result_of(line->entry, "title"));
    cJSON_ArrayForEach(role, result_of(line->entry, "text")) add_words(&text, role->string, role);
    csv_cell(out, text.bytes);
    out->failed |= text.failed;
    free(text.bytes);
}

/* "1 = nl: oneens, en: disagree | 2 = ..." */
static void put_values(struct csv_text *out, const cJSON *options)
{
    const cJSON *option, *word;
    struct csv_text text = { 0 };
    cJSON_ArrayForEach(option, options)
    {
        const char *between = " = ";
        char *value = cJSON_PrintUnformatted(result_of(option, "value"));
        if (text.len > 0)
            csv_put(&text, " | ", 3);
        if (value != NULL && value[0] == '"')
            csv_put(&text, value + 1, strlen(value) - 2);
        else if (value != NULL)
            csv_put(&text, value, strlen(value));
        cJSON_ArrayForEach(word, result_of(option, "text"))
        {
            csv_put(&text, between, strlen(between));
            csv_put(&text, word->string, strlen(word->string));
            csv_put(&text, ": ", 2);
            csv_put(&text, word->valuestring, strlen(word->valuestring));
            between = ", ";
        }
        text.failed |= value == NULL;
        cJSON_free(value);
    }
    csv_cell(out, text.bytes);
    out->failed |= text.failed;
    free(text.bytes);
}

static void put_line(struct csv_text *out, const struct line *line)
{
    const char *id = result_text(line->entry, "id");
    csv_json(out, result_of(line->instrument, "id"));
    csv_json(out, result_of(line->instrument, "version"));
    csv_json(out, result_of(line->instrument, "digest"));
    if (line->column == NULL)
        csv_cell(out, NULL);
    else
        put_named(out, line->column, line->suffix);
    csv_cell(out, id);
    csv_cell(out, line->what);
    csv_json(out, result_of(line->entry, "kind"));
    put_meaning(out, line);
    put_values(out, result_of(line->entry, "options"));
    csv_json(out, result_of(line->entry, "min"));
    csv_json(out, result_of(line->entry, "max"));
    csv_json(out, result_of(line->entry, "scale"));
    csv_json(out, result_of(line->entry, "reverse"));
    csv_json(out, result_of(line->entry, "scored"));
    csv_json(out, result_of(line->entry, "about"));
    csv_end(out);
}

static void put_fixed(struct csv_text *out, const cJSON *instrument, const char *const *names)
{
    for (; *names != NULL; names++)
        put_line(out, &(struct line){ .instrument = instrument,
                                      .column = *names,
                                      .what = "column",
                                      .meaning = meaning_of(*names) });
}

/* Its own column, where it has one, and those behind it. */
static void put_entry(struct csv_text *out, enum csv_layout layout, struct line line, bool bare,
                      const char *const *suffixes)
{
    const char *id = result_text(line.entry, "id");
    bool wide = layout == CSV_WIDE;
    if (!wide || bare) {
        line.column = wide ? id : NULL;
        put_line(out, &line);
    }
    for (; wide && *suffixes != NULL; suffixes++) {
        line.column = id;
        line.suffix = *suffixes;
        line.meaning = meaning_of(*suffixes);
        put_line(out, &line);
    }
}

void csv_codebook(struct csv_text *out, enum csv_layout layout, const cJSON *instrument)
{
    static const char *const of_item[] = { "missing", NULL }, *const of_total[] = { "total", NULL };
    const cJSON *entry;
    put_fixed(out, instrument, csv_head);
    if (layout == CSV_LONG)
        put_fixed(out, instrument, csv_long);
    cJSON_ArrayForEach(entry, result_of(instrument, "items")) put_entry(
        out, layout, (struct line){ .instrument = instrument, .entry = entry, .what = "item" },
        true, of_item);
    cJSON_ArrayForEach(entry, result_of(instrument, "scales")) put_entry(
        out, layout, (struct line){ .instrument = instrument, .entry = entry, .what = "scale" },
        false, csv_scores);
    cJSON_ArrayForEach(entry, result_of(instrument, "totals")) put_entry(
        out, layout, (struct line){ .instrument = instrument, .entry = entry, .what = "total" },
        false, of_total);
}
