/* cmd_serve.c - verbond serve: hands over to the program that is linked with a server. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "main/command.h"

/* Beside verbond where it was built, else where make install puts it. */
static void find(char *out, size_t size)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(path, '/');
    snprintf(out, size, "%.*s/verbond-serve", slash == NULL ? 0 : (int)(slash - path), path);
    if (slash == NULL || access(out, X_OK) != 0)
        snprintf(out, size, "%s/lib/verbond/verbond-serve", VERBOND_PREFIX);
}

int vb_cmd_serve(int argc, char **argv)
{
    char program[PATH_MAX + 64];
    (void)argc;
    find(program, sizeof program);
    execv(program, argv);
    fprintf(stderr, "verbond: the web runner cannot be started: %s: %s\n", program,
            strerror(errno));
    return vb_exit_code(VB_E_CONFIG);
}
