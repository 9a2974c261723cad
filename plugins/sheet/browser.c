#include "browser.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROFILE "profile"
#define SOCKET  "/tmp/verbond-sheet-" /* and six letters: a socket's name must be short */

/* -- finding it ------------------------------------------------------------------------------- */

static bool is_program(const char *path)
{
    struct stat is;
    return stat(path, &is) == 0 && S_ISREG(is.st_mode) && access(path, X_OK) == 0;
}

static char *in_path(const char *name)
{
    const char *path = getenv("PATH");
    for (const char *at = path; at != NULL && *at != '\0';) {
        size_t len = strcspn(at, ":");
        char *whole = malloc(len + strlen(name) + 2);
        if (whole == NULL)
            return NULL;
        sprintf(whole, "%.*s/%s", (int)len, at, name);
        if (is_program(whole))
            return whole;
        free(whole);
        at += len + (at[len] == ':');
    }
    return NULL;
}

char *browser_find(const char *given, char *error, size_t error_size)
{
    static const char *const names[] = { "chromium", "chromium-browser", "google-chrome" };
    char *found = NULL;
    if (given != NULL) {
        found = is_program(given) ? strdup(given) : NULL;
        if (found == NULL)
            snprintf(error, error_size, "pdf=true: browser=%s is no program", given);
        return found;
    }
    for (size_t i = 0; found == NULL && i < sizeof names / sizeof *names; i++)
        found = in_path(names[i]);
    if (found == NULL)
        snprintf(error, error_size,
                 "pdf=true wants Chromium, and there is none: install it (Debian: apt-get install "
                 "chromium), name it with browser=PATH, or leave pdf out");
    return found;
}

/* -- its profile, which may hold what the page says ------------------------------------------- */

static int remove_one(const char *path, const struct stat *is, int what, struct FTW *where)
{
    (void)is, (void)what, (void)where;
    return remove(path) == 0 || errno == ENOENT ? 0 : -1;
}

/* A browser that was killed may write a last file while its folder is cleared. */
static bool remove_tree(const char *path)
{
    enum { TIMES = 20, AT_ONCE = 16 };
    for (int i = 0; i < TIMES; i++)
        if (nftw(path, remove_one, AT_ONCE, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT)
            return true;
    return false;
}

/* The profile says where the socket lies, so that it is found after a kill. */
static void remove_socket(const char *link)
{
    char folder[sizeof SOCKET "XXXXXX"];
    ssize_t len = readlink(link, folder, sizeof folder);
    if (len != (ssize_t)sizeof folder - 1 || memcmp(folder, SOCKET, sizeof SOCKET - 1) != 0)
        return;
    folder[len] = '\0';
    if (strchr(folder + sizeof SOCKET - 1, '/') == NULL)
        (void)remove_tree(folder);
}

void browser_clear(const char *scratch)
{
    char path[4200];
    snprintf(path, sizeof path, "%.4100s/" PROFILE "/socket", scratch);
    remove_socket(path);
    snprintf(path, sizeof path, "%.4100s/" PROFILE, scratch);
    (void)remove_tree(path); /* making it anew says what is wrong */
}

/* -- printing --------------------------------------------------------------------------------- */

struct job {
    const char *const *argv;
    const char *home; /* for everything it writes down */
    const char *tmp;  /* for its socket, whose name must be short; nothing of the page */
};

/* In the child. Chromium reserves far more addresses than it
 * uses, so the ceiling that is right for a plugin is lifted for it; what it writes is about itself.
 */
static void become(const struct job *job)
{
    struct rlimit memory;
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0 || getrlimit(RLIMIT_AS, &memory) != 0 ||
        setenv("HOME", job->home, 1) != 0 || setenv("TMPDIR", job->tmp, 1) != 0)
        _exit(126);
    memory.rlim_cur = memory.rlim_max;
    if (setrlimit(RLIMIT_AS, &memory) != 0)
        _exit(126);
    execv(job->argv[0], (char *const *)job->argv);
    _exit(127);
}

/* Its exit code; -1: it was ended by a signal or (late) by us. */
static int await(pid_t child, int64_t patience_ms, bool *late)
{
    struct pollfd ended = { .fd = pidfd_open(child, 0), .events = POLLIN };
    int status = 0, got;
    do
        got = ended.fd < 0 ? 0 : poll(&ended, 1, (int)patience_ms);
    while (got < 0 && errno == EINTR);
    *late = got <= 0;
    if (*late)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (ended.fd >= 0)
        close(ended.fd);
    return !*late && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool run(const struct job *job, int64_t patience_ms, char *error, size_t error_size)
{
    bool late;
    pid_t child = fork();
    if (child < 0) {
        snprintf(error, error_size, "starting %s: %s", job->argv[0], strerror(errno));
        return false;
    }
    if (child == 0)
        become(job);
    int code = await(child, patience_ms, &late);
    if (late)
        snprintf(error, error_size, "%s did not print the sheet in time", job->argv[0]);
    else if (code != 0)
        snprintf(error, error_size, "%s ended without a PDF (exit code %d)", job->argv[0], code);
    return code == 0;
}

bool browser_print(const char *browser, const char *html, const char *pdf, const char *scratch,
                   int64_t patience_ms, char *error, size_t error_size)
{
    char tmp[] = SOCKET "XXXXXX", home[4200], link[4200], profile[4200], to[4200];
    /* The page is the engine's own and nothing is fetched; the browser's sandbox is not to be had
     * for root. */
    const char *const argv[] = { browser,
                                 "--headless",
                                 "--disable-gpu",
                                 "--no-first-run",
                                 "--disable-extensions",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--disable-sync",
                                 "--disable-breakpad",
                                 "--disable-crash-reporter",
                                 "--host-resolver-rules=MAP * ~NOTFOUND",
                                 "--no-pdf-header-footer",
                                 profile,
                                 to,
                                 html,
                                 geteuid() == 0 ? "--no-sandbox" : NULL,
                                 NULL };
    snprintf(home, sizeof home, "%.4100s/" PROFILE, scratch);
    snprintf(profile, sizeof profile, "--user-data-dir=%.4100s/" PROFILE, scratch);
    snprintf(to, sizeof to, "--print-to-pdf=%.4100s", pdf);
    unlink(pdf);
    browser_clear(scratch);
    snprintf(link, sizeof link, "%.4100s/" PROFILE "/socket", scratch);
    if (mkdir(home, 0700) != 0 || mkdtemp(tmp) == NULL || symlink(tmp, link) != 0) {
        snprintf(error, error_size, "making room for %s: %s", browser, strerror(errno));
        (void)remove_tree(tmp);
        browser_clear(scratch);
        return false;
    }
    bool printed = run(&(struct job){ argv, home, tmp }, patience_ms, error, error_size);
    browser_clear(scratch);
    if (printed && access(pdf, R_OK) != 0) {
        snprintf(error, error_size, "%s ended well and wrote no PDF", browser);
        printed = false;
    }
    if (!printed)
        unlink(pdf);
    return printed;
}
