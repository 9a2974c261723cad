/* @NAME@.c - an output of verbond: a file for each round, in a folder (README.md). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <verbond/output.h>

enum { FILE_MAX_BYTES = 4 * 1024 * 1024, ROUND_MAX_BYTES = 64, NAME_MAX_BYTES = 80 };

static const struct vb_output_option options[] = {
    { .name = "folder",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "rounds",
      .help = "where the files go; made where there is none, but not what lies above it" },
};

/* -- files ------------------------------------------------------------------------------------ */

/* The folder, open; -1: errno says why. A new name is durable once its folder is synced. */
static int open_folder(const char *path)
{
    int made = mkdir(path, 0700) == 0;
    if (!made && errno != EEXIST)
        return -1;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int above = folder < 0 || !made ? -1 : openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above >= 0) {
        fsync(above);
        close(above);
    }
    return folder;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t wrote = write(fd, bytes, len);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return 0;
        bytes += wrote;
        len -= (size_t)wrote;
    }
    return 1;
}

/* Under another name first: whoever looks into the folder sees the old file or the new one. */
static int put_file(int folder, const char *name, const char *bytes, size_t len)
{
    char beside[NAME_MAX_BYTES + 1];
    snprintf(beside, sizeof beside, ".%s", name);
    int fd = openat(folder, beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return 0;
    int synced = write_all(fd, bytes, len) && write_all(fd, "\n", 1) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) == 0 && synced && renameat(folder, beside, folder, name) == 0)
        return fsync(folder) == 0;
    why = synced ? errno : why;
    unlinkat(folder, beside, 0);
    errno = why;
    return 0;
}

/* The revision that the file holds; 0: there is no such file, or it is none of ours. */
static double revision_there(int folder, const char *name)
{
    double revision = 0;
    size_t len = 0;
    ssize_t got = 0;
    char *bytes = malloc(FILE_MAX_BYTES);
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    while (fd >= 0 && bytes != NULL && len < FILE_MAX_BYTES &&
           (got = read(fd, bytes + len, FILE_MAX_BYTES - len)) > 0)
        len += (size_t)got;
    cJSON *there = len == 0 ? NULL : cJSON_ParseWithLength(bytes, len);
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(there, "revision");
    if (cJSON_IsNumber(number))
        revision = number->valuedouble;
    cJSON_Delete(there);
    if (fd >= 0)
        close(fd);
    free(bytes);
    return revision;
}

/* -- a result --------------------------------------------------------------------------------- */

static const char *text(const cJSON *object, const char *name)
{
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return value == NULL ? "" : value;
}

/* What can never be taken; NULL: it can. A reason is kept and shown, so no word of an answer is in
 * it. */
static const char *refuse(const cJSON *result)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const char *round = text(result, "round");
    size_t len = strlen(round);
    if (strcmp(text(result, "schema"), "verbond.result/1") != 0)
        return "it is no verbond.result/1";
    if (len == 0 || len > ROUND_MAX_BYTES || strspn(round, letters) != len)
        return "its round has no name that a file can have";
    return NULL;
}

/* A later revision takes the place of what the round had before: what somebody took back is not to
 * stay here. An earlier one that comes late changes nothing. */
static int keep(const char *path, const cJSON *result, const struct vb_output_delivery *delivery)
{
    char name[NAME_MAX_BYTES];
    const cJSON *revision = cJSON_GetObjectItemCaseSensitive(result, "revision");
    int folder = open_folder(path);
    if (folder < 0)
        return 0;
    snprintf(name, sizeof name, "%s.json", text(result, "round"));
    int kept = cJSON_IsNumber(revision) && revision_there(folder, name) > revision->valuedouble;
    if (!kept)
        kept = put_file(folder, name, delivery->result_json, delivery->result_len);
    int why = errno;
    close(folder);
    errno = why;
    return kept;
}

/* -- what verbond calls ----------------------------------------------------------------------- */

static void *begin(const struct vb_output_host *host, char *error, size_t error_size)
{
    char *folder = strdup(host->option(host, "folder"));
    if (folder == NULL)
        snprintf(error, error_size, "no memory");
    return folder;
}

static int deliver(void *self, const struct vb_output_delivery *delivery,
                   struct vb_output_answer *answer)
{
    int outcome = VB_OUTPUT_DELIVERED;
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    const char *refused = refuse(result);
    if (refused != NULL) {
        snprintf(answer->reason, sizeof answer->reason, "%s", refused);
        outcome = VB_OUTPUT_REJECTED;
    } else if (!keep(self, result, delivery)) {
        snprintf(answer->reason, sizeof answer->reason, "cannot write into the folder: %s",
                 strerror(errno));
        outcome = VB_OUTPUT_RETRY;
    }
    cJSON_Delete(result);
    return outcome;
}

static void end(void *self)
{
    free(self);
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output output = {
        .size = sizeof output,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "@NAME@",
        .summary = "a file for each round, in a folder",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = begin,
        .deliver = deliver,
        .close = end,
    };
    return &output;
}
