#include "conform/find.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

extern char **environ;

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* "/a/my-output.so" is my-output. */
static const char *name_of(struct vb_arena *arena, const char *path)
{
    const char *base = base_of(path), *dot = strrchr(base, '.');
    return dot == NULL || dot == base ? base : vb_arena_strndup(arena, base, (size_t)(dot - base));
}

static bool is_plugin(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    return vb_ends_with(path, ".so") || vb_ends_with(path, ".lua") || access(path, X_OK) == 0;
}

/* -- a folder ---------------------------------------------------------------------------------- */

/* TREE of TREE/verbond, where the header lies beside TREE; NULL: verbond is installed. */
static const char *tree_of(struct vb_arena *arena, const char *program)
{
    const char *slash = strrchr(program, '/');
    if (slash == NULL)
        return NULL;
    const char *tree = vb_arena_strndup(arena, program, (size_t)(slash - program));
    const char *header = vb_arena_printf(arena, "%s/../core/include/verbond/output.h", tree);
    return access(header, R_OK) == 0 ? tree : NULL;
}

/* PREFIX/lib/pkgconfig of PREFIX/bin/verbond, where its verbond.pc is; NULL: there is none. */
static const char *packages_of(struct vb_arena *arena, const char *program)
{
    const char *slash = strrchr(program, '/');
    if (slash == NULL)
        return NULL;
    const char *folder =
        vb_arena_printf(arena, "%.*s/../lib/pkgconfig", (int)(slash - program), program);
    const char *file = vb_arena_printf(arena, "%s/verbond.pc", folder);
    return access(file, R_OK) == 0 ? folder : NULL;
}

/* Ours, and for pkg-config where this verbond was installed, behind what was said already. */
static char *const *environment_of(struct vb_arena *arena, const char *program)
{
    static const char name[] = "PKG_CONFIG_PATH=";
    const char *packages = packages_of(arena, program), *said = getenv("PKG_CONFIG_PATH");
    size_t count = 0, kept = 0;
    if (packages == NULL)
        return environ;
    while (environ[count] != NULL)
        count++;
    char **out = vb_arena_alloc(arena, (count + 2) * sizeof *out);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], name, sizeof name - 1) != 0)
            out[kept++] = environ[i];
    out[kept++] = said == NULL || said[0] == '\0'
                      ? vb_arena_printf(arena, "%s%s", name, packages)
                      : vb_arena_printf(arena, "%s%s:%s", name, said, packages);
    out[kept] = NULL;
    return out;
}

/* make's own words go to stderr: stdout is the verdicts'. */
static enum vb_code run_make(const char *folder, const char *program, struct vb_arena *arena,
                             struct vb_err *err)
{
    const char *tree = tree_of(arena, program);
    const char *argv[] = { "make",
                           "-s",
                           "-C",
                           folder,
                           tree == NULL ? NULL : vb_arena_printf(arena, "VERBOND=%s", tree),
                           NULL };
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    int cause = posix_spawnp(&child, "make", &actions, NULL, (char *const *)argv,
                             environment_of(arena, program));
    posix_spawn_file_actions_destroy(&actions);
    if (cause != 0)
        return vb_fail(err, VB_E_ABSENT, "building %s: make: %s", folder, strerror(cause));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return VB_OK;
    return vb_fail(err, VB_E_DATA, "building %s: make failed; what it said stands above", folder);
}

static enum vb_code find_in(const char *folder, const char *program, struct vb_arena *arena,
                            const char **plugin, struct vb_err *err)
{
    static const char *const endings[] = { ".so", ".lua", "" };
    const char *name = base_of(folder);
    enum vb_code code = VB_OK;
    if (access(vb_arena_printf(arena, "%s/Makefile", folder), R_OK) == 0)
        code = run_make(folder, program, arena, err);
    for (size_t i = 0; code == VB_OK && i < sizeof endings / sizeof *endings; i++) {
        *plugin = vb_arena_printf(arena, "%s/%s%s", folder, name, endings[i]);
        if (is_plugin(*plugin))
            return VB_OK;
    }
    if (code != VB_OK)
        return code;
    return vb_fail(err, VB_E_ABSENT,
                   "in the folder %s there is no %s.so, no %s.lua and no program %s", folder, name,
                   name, name);
}

/* -- either ------------------------------------------------------------------------------------ */

enum vb_code vb_conform_find(struct vb_conform_found *out, const char *path, const char *program,
                             struct vb_arena *arena, struct vb_err *err)
{
    struct stat about;
    char *real = realpath(path, NULL);
    if (real == NULL)
        return vb_fail(err, VB_E_ABSENT, "%s: %s%s", path, strerror(errno),
                       strchr(path, '/') == NULL
                           ? "; it is a file or a folder, and verbond output list shows where "
                             "those in the box lie"
                           : "");
    out->plugin = vb_arena_strdup(arena, real);
    free(real);
    enum vb_code code = VB_OK;
    if (stat(out->plugin, &about) == 0 && S_ISDIR(about.st_mode))
        code = find_in(out->plugin, program, arena, &out->plugin, err);
    if (code == VB_OK && !is_plugin(out->plugin))
        code =
            vb_fail(err, VB_E_DATA,
                    "%s is no output: neither a .so, a .lua nor a file that may be executed", path);
    out->output = name_of(arena, out->plugin);
    return code;
}
