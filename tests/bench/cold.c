/* cold.c - from starting the real binary to the first question, on a pseudo-terminal.
 *
 * The clock starts before fork and stops when the question's text has been read: exec, linking, the
 * load of the instrument, the store opened, the round and the session's first event durable, the
 * opening screen shown, Enter typed as soon as it asks for it, and the question drawn. Prints the
 * median in ms. Ends with an error when a run takes longer than RUN_S.
 *
 * usage: cold VERBOND DATA "end of the opening screen" "text of the first question" */
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 41, WARM = 2, RUN_S = 10 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* Reads until the text was seen; false when the program ended before. */
static int read_until(int fd, const char *text)
{
    char seen[65536];
    size_t len = 0;
    ssize_t got;
    while (len < sizeof seen - 1 && (got = read(fd, seen + len, sizeof seen - 1 - len)) > 0) {
        len += (size_t)got;
        seen[len] = 0;
        if (strstr(seen, text))
            return 1;
    }
    fwrite(seen, 1, len, stderr);
    return 0;
}

/* Ctrl-C, as a person would: the store is closed properly, so that the next start finds it at rest.
 */
static void leave(int fd, pid_t child)
{
    char rest[4096];
    if (write(fd, "\003", 1) != 1)
        kill(child, SIGTERM);
    while (read(fd, rest, sizeof rest) > 0)
        ;
    waitpid(child, NULL, 0);
    close(fd);
}

static double run_once(const char *verbond, const char *data, const char *opening,
                       const char *question)
{
    int fd;
    struct winsize size = { .ws_row = 40, .ws_col = 80 };
    alarm(RUN_S);
    double from = now_ms();
    pid_t child = forkpty(&fd, NULL, NULL, &size);
    if (child < 0) {
        perror("forkpty");
        exit(1);
    }
    if (child == 0) {
        execl(verbond, verbond, "run", "menger-monitor", "--data", data, "--lang", "nl",
              (char *)NULL);
        _exit(127);
    }
    int seen = read_until(fd, opening) && write(fd, "\n", 1) == 1 && read_until(fd, question);
    double taken = now_ms() - from;
    leave(fd, child);
    if (!seen) {
        fprintf(stderr, "cold: the first question never came\n");
        exit(1);
    }
    return taken;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    double taken[RUNS];
    if (argc < 5)
        return 2;
    for (int i = 0; i < WARM; i++)
        run_once(argv[1], argv[2], argv[3], argv[4]);
    for (int i = 0; i < RUNS; i++)
        taken[i] = run_once(argv[1], argv[2], argv[3], argv[4]);
    qsort(taken, RUNS, sizeof taken[0], by_size);
    printf("%.2f\n", taken[RUNS / 2]);
    return 0;
}
