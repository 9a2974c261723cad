/* sheet.c - an output that keeps the conversation sheet of each round as a page, and as a PDF
 * (README.md).
 *
 * One page a round, of its newest revision. A revision without a sheet takes the page away: there
 * is nobody left to show. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cjson/cJSON.h>
#include <verbond/output.h>

#include "browser.h"
#include "result.h"
#include "whole_file.h"

enum { PDF_MAX_BYTES = 64 * 1024 * 1024, MARGIN_MS = 2000, PATH_BYTES = 4096 };

static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "sheets",
      .help = "the folder; made where there is none, in a folder that is there" },
    { .name = "pdf",
      .type = VB_OUTPUT_BOOL,
      .default_value = "false",
      .example = "true",
      .check = "false",
      .help = "also as a PDF, printed by Chromium" },
    { .name = "browser",
      .type = VB_OUTPUT_PATH,
      .example = "/usr/bin/chromium",
      .help = "with pdf=true: where Chromium lies; left out, it is looked for" },
};

struct sheets {
    const struct vb_output_host *host;
    const char *folder;
    char *browser; /* NULL: no PDF */
};

/* -- beginning -------------------------------------------------------------------------------- */

static bool make_folder(const char *folder, char *error, size_t error_size)
{
    struct stat is;
    if (mkdir(folder, 0700) == 0)
        return whole_file_sync_folder(folder);
    if (errno == EEXIST && stat(folder, &is) == 0 && S_ISDIR(is.st_mode))
        return true;
    snprintf(error, error_size, "the folder %s: %s", folder,
             errno == EEXIST ? "there is a file of this name" : strerror(errno));
    return false;
}

static void sheets_close(void *self)
{
    struct sheets *sheets = self;
    free(sheets->browser);
    free(sheets);
}

static void *sheets_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct sheets *sheets = calloc(1, sizeof *sheets);
    if (sheets == NULL) {
        snprintf(error, error_size, "no memory");
        return NULL;
    }
    sheets->host = host;
    sheets->folder = host->option(host, "path");
    bool begun = make_folder(sheets->folder, error, error_size);
    if (begun && strcmp(host->option(host, "pdf"), "true") == 0) {
        browser_clear(host->dir);
        sheets->browser = browser_find(host->option(host, "browser"), error, error_size);
        begun = sheets->browser != NULL;
    }
    if (begun)
        return sheets;
    sheets_close(sheets);
    return NULL;
}

/* -- a page ----------------------------------------------------------------------------------- */

struct page { /* of one round */
    char html[PATH_BYTES], pdf[PATH_BYTES], printed[PATH_BYTES];
};

/* A round's id is letters and digits; anything else could lead out of the folder. */
static bool name_page(const struct sheets *sheets, const char *round, struct page *page)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (round == NULL || round[0] == '\0' || round[0] == '-' ||
        strspn(round, letters) != strlen(round))
        return false;
    return snprintf(page->html, PATH_BYTES, "%s/%s.html", sheets->folder, round) < PATH_BYTES &&
           snprintf(page->pdf, PATH_BYTES, "%s/%s.pdf", sheets->folder, round) < PATH_BYTES &&
           snprintf(page->printed, PATH_BYTES, "%s/printed.pdf", sheets->host->dir) < PATH_BYTES;
}

static char *read_file(const char *path, size_t *len, char *error, size_t error_size)
{
    struct stat is;
    FILE *file = fopen(path, "rbe");
    char *bytes = NULL;
    if (file != NULL && fstat(fileno(file), &is) == 0 && is.st_size <= PDF_MAX_BYTES)
        bytes = malloc((size_t)is.st_size + 1);
    if (bytes != NULL && fread(bytes, 1, (size_t)is.st_size, file) != (size_t)is.st_size) {
        free(bytes);
        bytes = NULL;
    }
    if (bytes == NULL)
        snprintf(error, error_size, "the PDF cannot be read back");
    else
        *len = (size_t)is.st_size;
    if (file != NULL)
        fclose(file);
    return bytes;
}

static bool put_pdf(const struct sheets *sheets, const struct page *page, int64_t patience_ms,
                    char *error, size_t error_size)
{
    size_t len;
    bool done = browser_print(sheets->browser, page->html, page->printed, sheets->host->dir,
                              patience_ms, error, error_size);
    char *bytes = done ? read_file(page->printed, &len, error, error_size) : NULL;
    done = bytes != NULL && whole_file_put(page->pdf, bytes, len, error, error_size);
    free(bytes);
    remove(page->printed);
    return done;
}

/* The PDF goes before the page changes: never does it show what the page no longer says. */
static bool put_page(const struct sheets *sheets, const struct page *page, const char *html,
                     size_t len, int64_t deadline_ms, char *error, size_t error_size)
{
    int64_t patience_ms = deadline_ms > 2 * MARGIN_MS ? deadline_ms - MARGIN_MS : deadline_ms / 2;
    return whole_file_remove(page->pdf, error, error_size) &&
           whole_file_put(page->html, html, len, error, error_size) &&
           (sheets->browser == NULL || put_pdf(sheets, page, patience_ms, error, error_size));
}

static bool remove_page(const struct sheets *sheets, const struct page *page, char *error,
                        size_t error_size)
{
    struct stat is;
    if (stat(page->html, &is) != 0 && stat(page->pdf, &is) != 0)
        sheets->host->log(sheets->host, VB_OUTPUT_WARN,
                          "a result came without a sheet, and nothing was written: sheets come "
                          "with content=sheet and content=items");
    return whole_file_remove(page->html, error, error_size) &&
           whole_file_remove(page->pdf, error, error_size);
}

/* A sheet that is there and cannot be read is no result without one. */
static bool has_sheet(const struct vb_output_delivery *delivery)
{
    for (size_t i = 0; i < delivery->blob_count; i++)
        if (strcmp(delivery->blobs[i].digest, "sheet.html") == 0)
            return true;
    return false;
}

static int sheets_deliver(void *self, const struct vb_output_delivery *delivery,
                          struct vb_output_answer *answer)
{
    struct sheets *sheets = self;
    struct page page;
    size_t len;
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    const char *round = result_text(result, "round");
    bool named = name_page(sheets, round, &page);
    cJSON_Delete(result);
    if (!named) {
        snprintf(answer->reason, sizeof answer->reason,
                 "the result names no round that a file can be called after");
        return VB_OUTPUT_REJECTED;
    }
    const char *html = sheets->host->render_sheet(sheets->host, delivery, &len);
    if (html == NULL && has_sheet(delivery)) {
        snprintf(answer->reason, sizeof answer->reason, "the sheet that came along cannot be read");
        return VB_OUTPUT_RETRY;
    }
    bool done = html == NULL ? remove_page(sheets, &page, answer->reason, sizeof answer->reason)
                             : put_page(sheets, &page, html, len, delivery->deadline_ms,
                                        answer->reason, sizeof answer->reason);
    return done ? VB_OUTPUT_DELIVERED : VB_OUTPUT_RETRY;
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output sheet = {
        .size = sizeof sheet,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "sheet",
        .summary = "the conversation sheet of each round as a page, and as a PDF",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = sheets_open,
        .deliver = sheets_deliver,
        .close = sheets_close,
    };
    return &sheet;
}
