#include "real_path.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As many as the system itself follows. */
enum { LINKS_MAX = 40 };

/* The folder of path, in out, and behind it name. False: errno says why. */
static int within_folder_of(const char *path, const char *name, char out[PATH_MAX])
{
    char *copy = strdup(path), *folder = copy == NULL ? NULL : realpath(dirname(copy), NULL);
    int len = -1;
    if (folder != NULL) {
        len = snprintf(out, PATH_MAX, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
        if (len >= PATH_MAX)
            errno = ENAMETOOLONG;
    }
    free(folder);
    free(copy);
    return len >= 0 && len < PATH_MAX;
}

/* What the link leads to, one step on; a name of its own begins in its folder. */
static int follow(const char *link, char out[PATH_MAX])
{
    char to[PATH_MAX];
    ssize_t len = readlink(link, to, sizeof to - 1);
    if (len < 0)
        return 0;
    to[len] = '\0';
    if (to[0] != '/')
        return within_folder_of(link, to, out);
    memcpy(out, to, (size_t)len + 1);
    return 1;
}

static char *real_of_nothing(const char *path)
{
    char at[PATH_MAX], next[PATH_MAX];
    int len = snprintf(at, sizeof at, "%s", path);
    if (len < 0 || len >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    for (int links = 0; links < LINKS_MAX; links++) {
        if (!follow(at, next)) {
            /* It is no link, or is not there: what stands behind its last slash is its name. */
            const char *slash = strrchr(at, '/');
            const char *name = slash == NULL ? at : slash + 1;
            if ((errno != EINVAL && errno != ENOENT) || !within_folder_of(at, name, next))
                return NULL;
            return strdup(next);
        }
        strcpy(at, next);
    }
    errno = ELOOP;
    return NULL;
}

char *real_path(const char *path)
{
    char *real = realpath(path, NULL);
    return real != NULL || errno != ENOENT ? real : real_of_nothing(path);
}
