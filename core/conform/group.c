#include "conform/group.h"

#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct one {
    int id, parent, group;
    char state, name[64];
    long pages;
};

/* The name stands in brackets and may hold anything: what follows is looked for behind the last. */
static bool look_at(int id, struct one *out)
{
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", id);
    FILE *file = fopen(path, "re");
    size_t len = file == NULL ? 0 : fread(line, 1, sizeof line - 1, file);
    if (file != NULL)
        fclose(file);
    line[len] = '\0';
    char *open = strchr(line, '('), *close = strrchr(line, ')');
    if (open == NULL || close == NULL)
        return false;
    *out = (struct one){ .id = id };
    *close = '\0';
    snprintf(out->name, sizeof out->name, "%s", open + 1);
    return sscanf(close + 2,
                  "%c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %*u "
                  "%*u %ld",
                  &out->state, &out->parent, &out->group, &out->pages) == 4;
}

/* Calls see for every process there is. */
static void look_at_all(void (*see)(void *ctx, const struct one *one), void *ctx)
{
    DIR *dir = opendir("/proc");
    struct one one;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        if (isdigit((unsigned char)entry->d_name[0]) && look_at(atoi(entry->d_name), &one))
            see(ctx, &one);
    if (dir != NULL)
        closedir(dir);
}

/* -- memory ------------------------------------------------------------------------------------ */

struct sum {
    int group;
    long pages;
};

static void add(void *ctx, const struct one *one)
{
    struct sum *sum = ctx;
    if (one->group == sum->group)
        sum->pages += one->pages;
}

long group_memory_kib(int group)
{
    struct sum sum = { .group = group };
    look_at_all(add, &sum);
    return sum.pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* -- what is left ------------------------------------------------------------------------------ */

int group_adopt_begin(void)
{
    int before = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &before);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    return before;
}

void group_adopt_end(int before)
{
    prctl(PR_SET_CHILD_SUBREAPER, before);
}

struct reaping {
    const int *spared;
    size_t spared_count;
    int running;
    char *name;
    size_t name_size;
};

static void reap(void *ctx, const struct one *one)
{
    struct reaping *reaping = ctx;
    int status;
    if (one->parent != (int)getpid())
        return;
    for (size_t i = 0; i < reaping->spared_count; i++)
        if (reaping->spared[i] == one->id)
            return;
    kill(one->id, SIGKILL);
    if (waitpid(one->id, &status, 0) != one->id)
        return;
    /* One that had ended and was not asked how is no process that was left: it ended by itself. */
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        return;
    snprintf(reaping->name, reaping->name_size, "%s", one->name);
    reaping->running++;
}

int group_reap_adopted(const int *spared, size_t spared_count, char *name, size_t name_size)
{
    struct reaping reaping = { spared, spared_count, 0, name, name_size };
    int running;
    /* What one of them started is adopted when it is gone: until there are no more. */
    do {
        running = reaping.running;
        look_at_all(reap, &reaping);
    } while (reaping.running > running);
    return reaping.running;
}
