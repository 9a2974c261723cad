/* fhir.c - an output that writes a FHIR R4 transaction Bundle to a file (README.md). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <verbond/output.h>

#include "bundle.h"
#include "durable_file.h"
#include "mapping.h"

static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "bundle.json",
      .help = "the file; made where there is none, else its entries are brought up to date" },
    { .name = "base",
      .type = VB_OUTPUT_TEXT, /* a name, nothing is sent there */
      .default_value = "https://verbond.invalid/fhir",
      .example = "https://example.org/fhir",
      .help = "what urls, identifiers and code systems begin with; nothing is sent there" },
    { .name = "lang",
      .type = VB_OUTPUT_TEXT,
      .example = "nl",
      .help =
          "the language of texts; the others are translations. The instrument's first when left "
          "out" },
    { .name = "strict",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "false",
      .help = "refuse an instrument that FHIR cannot ask as it was asked" },
    { .name = "attachments",
      .type = VB_OUTPUT_BOOL,
      .default_value = "true",
      .example = "true",
      .help = "put pictures into the bundle" },
    { .name = "attachment-limit",
      .type = VB_OUTPUT_INT,
      .default_value = "1048576",
      .example = "1048576",
      .help = "bytes of a picture above which it stays out" },
    { .name = "category",
      .type = VB_OUTPUT_TEXT,
      .default_value = "http://terminology.hl7.org/CodeSystem/observation-category|survey",
      .example = "http://terminology.hl7.org/CodeSystem/observation-category|survey",
      .help = "category of the Observations, SYSTEM|CODE" },
    { .name = "code-system",
      .type = VB_OUTPUT_TEXT,
      .example = "https://example.org/codes",
      .help = "code system of the scales, in the place of BASE/CodeSystem/INSTRUMENT" },
    { .name = "related",
      .type = VB_OUTPUT_TEXT,
      .default_value = "relative",
      .example = "relative partner",
      .help = "roles that are RelatedPersons of the client, with blanks between" },
};

struct fhir {
    const struct vb_output_host *host;
    struct fhir_settings settings;
    struct durable_file *file;
    char *base;
    char *told; /* digest of the scripted instrument that was told of last; NULL: none */
};

static void fhir_close(void *self)
{
    struct fhir *fhir = self;
    durable_file_close(fhir->file);
    free(fhir->base);
    free(fhir->told);
    free(fhir);
}

static bool check_settings(const struct fhir_settings *settings, char *error, size_t error_size)
{
    const char *bar = strchr(settings->category, '|');
    if (strstr(settings->base, "://") == NULL || strchr(settings->base, ' ') != NULL)
        snprintf(error, error_size, "base is no url: give one such as https://example.org/fhir");
    else if (bar == NULL || bar == settings->category || bar[1] == '\0')
        snprintf(error, error_size, "category is no SYSTEM|CODE");
    else if (settings->attachment_limit < 0 || settings->attachment_limit > 16 * 1024 * 1024)
        snprintf(error, error_size, "attachment-limit is not between 0 and 16777216");
    else
        return true;
    return false;
}

static bool take_settings(struct fhir *fhir, char *error, size_t error_size)
{
    const struct vb_output_host *host = fhir->host;
    fhir->base = strdup(host->option(host, "base"));
    if (fhir->base == NULL) {
        snprintf(error, error_size, "no memory");
        return false;
    }
    for (size_t len = strlen(fhir->base); len > 0 && fhir->base[len - 1] == '/'; len--)
        fhir->base[len - 1] = '\0';
    fhir->settings = (struct fhir_settings){
        .base = fhir->base,
        .lang = host->option(host, "lang"),
        .category = host->option(host, "category"),
        .code_system = host->option(host, "code-system"),
        .related = host->option(host, "related"),
        .strict = strcmp(host->option(host, "strict"), "true") == 0,
        .attachments = strcmp(host->option(host, "attachments"), "true") == 0,
        .attachment_limit = strtoll(host->option(host, "attachment-limit"), NULL, 10),
    };
    return check_settings(&fhir->settings, error, error_size);
}

/* Somebody may read the file before the first result comes, or when none ever does. */
static bool write_none(struct fhir *fhir, char *error, size_t error_size)
{
    cJSON *nothing = cJSON_CreateArray();
    bool foreign = false;
    char *out = bundle_with("", 0, nothing, "", &foreign);
    bool done =
        out != NULL && durable_file_replace(fhir->file, out, strlen(out), error, error_size);
    if (out == NULL)
        snprintf(error, error_size, "no memory");
    cJSON_Delete(nothing);
    free(out);
    return done;
}

/* Nothing of somebody else's file is written over. */
static bool open_file(struct fhir *fhir, const char *path, char *error, size_t error_size)
{
    size_t len;
    fhir->file = durable_file_open(path, "", 0, error, error_size);
    if (fhir->file == NULL)
        return false;
    char *bytes = durable_file_read(fhir->file, &len, error, error_size);
    bool ours = bytes != NULL && bundle_is_ours(bytes, len);
    if (bytes != NULL && !ours)
        snprintf(error, error_size, "%s is there and is no bundle of this output", path);
    free(bytes);
    return ours && (len > 0 || write_none(fhir, error, error_size));
}

static void *fhir_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct fhir *fhir = calloc(1, sizeof *fhir);
    if (fhir == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    build_begin();
    fhir->host = host;
    if (take_settings(fhir, error, error_size) &&
        open_file(fhir, host->option(host, "path"), error, error_size))
        return fhir;
    fhir_close(fhir);
    return NULL;
}

/* -- one delivery ------------------------------------------------------------------------------ */

/* Once for each instrument in a process's life. */
static void tell_scripted(struct fhir *fhir, const cJSON *instrument)
{
    const char *digest = result_text(instrument, "digest");
    if (!get_flag(instrument, "scripted") || same(fhir->told, digest))
        return;
    fhir->host->log(fhir->host, VB_OUTPUT_WARN,
                    "a script decides what is asked: the Questionnaire has no conditions");
    free(fhir->told);
    fhir->told = digest == NULL ? NULL : strdup(digest);
}

static bool write_entries(struct fhir *fhir, const struct mapping *map, char *reason, size_t size)
{
    size_t len;
    char *there = durable_file_read(fhir->file, &len, reason, size);
    if (there == NULL)
        return false;
    char *round = text_of("%s/round/%s", fhir->base, result_text(map->result, "round"));
    bool foreign = false;
    char *out = round == NULL ? NULL : bundle_with(there, len, map->entries, round, &foreign);
    bool whole = !build_failed() && out != NULL;
    if (!whole)
        snprintf(reason, size, "%s",
                 foreign ? "somebody else wrote in the file: move it away" : "no memory");
    bool same_bytes = whole && strlen(out) == len && memcmp(out, there, len) == 0;
    bool done =
        whole && (same_bytes || durable_file_replace(fhir->file, out, strlen(out), reason, size));
    free(there);
    free(round);
    free(out);
    return done;
}

static int make_and_write(struct fhir *fhir, struct mapping *map, struct vb_output_answer *answer)
{
    if (result_text(map->result, "round") == NULL || result_text(map->instrument, "id") == NULL) {
        snprintf(answer->reason, sizeof answer->reason, "there is no result to read in it");
        return VB_OUTPUT_RETRY;
    }
    if (!mapping_make(map)) {
        snprintf(answer->reason, sizeof answer->reason, "%s", map->why);
        return VB_OUTPUT_REJECTED;
    }
    tell_scripted(fhir, map->instrument);
    return write_entries(fhir, map, answer->reason, sizeof answer->reason) ? VB_OUTPUT_DELIVERED
                                                                           : VB_OUTPUT_RETRY;
}

static int fhir_deliver(void *self, const struct vb_output_delivery *delivery,
                        struct vb_output_answer *answer)
{
    struct fhir *fhir = self;
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    cJSON *instrument = cJSON_ParseWithLength(delivery->instrument_json, delivery->instrument_len);
    struct mapping map = { .settings = &fhir->settings,
                           .host = fhir->host,
                           .delivery = delivery,
                           .result = result,
                           .instrument = instrument,
                           .entries = cJSON_CreateArray() };
    int outcome = make_and_write(fhir, &map, answer);
    cJSON_Delete(map.entries);
    cJSON_Delete(instrument);
    cJSON_Delete(result);
    return outcome;
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output fhir = {
        .size = sizeof fhir,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "fhir",
        .summary = "a FHIR R4 transaction Bundle of what was asked, answered and scored",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = fhir_open,
        .deliver = fhir_deliver,
        .close = fhir_close,
    };
    return &fhir;
}
