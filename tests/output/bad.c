/* bad - a plugin that does one bad thing, by its option does. Only the first delivery of a life
 * gets it; parcels whose name begins with "good" are delivered as they should be. */
#include <verbond/output.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct vb_output_host *host;
static const char *with_us; /* the name of the parcel */

/* Where the host keeps its descriptors is nobody's business; this one looks. */
static int protocol(void)
{
    for (int fd = 255; fd > 2; fd--)
        if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY)
            return fd;
    return -1;
}

static void say(const char *line)
{
    ssize_t n = write(protocol(), line, strlen(line));
    (void)n;
}

static void crash(void)
{
    raise(SIGSEGV);
}
static void hang(void)
{
    for (;;)
        pause();
}
static void spin(void)
{
    for (volatile int i = 0;; i++)
        i = 0;
}
static void leave(void)
{
    _exit(0);
}
static void print(void)
{
    char line[64];
    printf("{\"type\":\"rejected\",\"parcel\":\"mine\"}\n");
    fflush(stdout);
    fprintf(stderr, "stdin gives %s\n", fgets(line, sizeof line, stdin) == NULL ? "nothing" : line);
}
static void flood(FILE *to)
{
    for (;;)
        fputs("a line of a flood that does not end by itself, and that nobody wants to read\n", to);
}
static void flood_stdout(void)
{
    flood(stdout);
}
static void flood_stderr(void)
{
    flood(stderr);
}
static void flood_endless_line(void)
{
    for (;;)
        putc('x', stderr);
}
static void flood_log(void)
{
    for (;;)
        host->log(host, VB_OUTPUT_INFO, "and another thing");
}
static void gush(void) /* much, but then an answer */
{
    for (int i = 0; i < 3000; i++)
        host->log(host, VB_OUTPUT_INFO, "and another thing, and another, and yet another one");
}
static void close_all(void)
{
    for (int fd = 0; fd < 256; fd++)
        close(fd);
}
static void close_and_stay(void)
{
    close_all();
    hang();
}
static void fork_and_stay(void) /* the child holds the pipes open; the parent ends */
{
    if (fork() == 0)
        hang();
    _exit(9);
}
static void fork_in_a_session(void) /* out of the group, with the pipes */
{
    if (fork() == 0) {
        setsid();
        alarm(60);
        hang();
    }
    _exit(9);
}
static void delivered(const char *ending)
{
    char line[512];
    snprintf(line, sizeof line, "{\"type\":\"delivered\",\"parcel\":\"%s\"%s", with_us, ending);
    say(line);
}
static void twice(void)
{
    delivered("}\n");
}
static void other(void)
{
    say("{\"type\":\"delivered\",\"parcel\":\"somebody/elses/1\"}\n");
}
static void garbage(void)
{
    say("thank you\n");
}
static void half(void)
{
    delivered("");
    _exit(0);
}
static void long_line(void)
{
    for (int i = 0; i < 40000; i++)
        say("a line without its end that goes on and on");
}
static void eat_memory(void) /* address space, as a leak would take it */
{
    while (malloc(16 << 20) != NULL)
        continue;
    fprintf(stderr, "memory ends\n");
    _exit(8);
}
static void eat_descriptors(void)
{
    int n = 0;
    while (dup(0) >= 0)
        n++;
    fprintf(stderr, "%d descriptors\n", n);
}
static void write_controls(void)
{
    host->log(host, 99, "a\033[2Jb\nc\xff");
    fputs("a\033[2Jb\n", stderr);
}

static const struct {
    const char *name;
    void (*act)(void);
} deeds[] = {
    { "nothing", NULL },
    { "crash", crash },
    { "abort", abort },
    { "hang", hang },
    { "spin", spin },
    { "leave", leave },
    { "print", print },
    { "flood-stdout", flood_stdout },
    { "flood-stderr", flood_stderr },
    { "flood-line", flood_endless_line },
    { "flood-log", flood_log },
    { "gush", gush },
    { "close-all", close_all },
    { "close-and-stay", close_and_stay },
    { "fork", fork_and_stay },
    { "fork-session", fork_in_a_session },
    { "twice", twice },
    { "other", other },
    { "garbage", garbage },
    { "half", half },
    { "long-line", long_line },
    { "eat-memory", eat_memory },
    { "eat-descriptors", eat_descriptors },
    { "controls", write_controls },
};

static const struct vb_output_option options[] = {
    { .name = "does",
      .type = VB_OUTPUT_TEXT,
      .default_value = "nothing",
      .example = "crash",
      .help = "what it does" },
    { .name = "answers",
      .type = VB_OUTPUT_INT,
      .default_value = "0",
      .example = "7",
      .help = "what deliver gives back" },
    { .name = "open",
      .type = VB_OUTPUT_CHOICE,
      .default_value = "well",
      .example = "crash",
      .help = "how open goes",
      .choices = "well crash hang refuse silent" },
    { .name = "close",
      .type = VB_OUTPUT_CHOICE,
      .default_value = "well",
      .example = "hang",
      .help = "how close goes",
      .choices = "well crash hang" },
};

static void *bad_open(const struct vb_output_host *of, char *error, size_t error_size)
{
    const char *how = of->option(of, "open");
    host = of;
    if (strcmp(how, "crash") == 0)
        crash();
    if (strcmp(how, "hang") == 0) {
        fputs("hangs\n", stderr);
        hang();
    }
    if (strcmp(how, "refuse") == 0)
        snprintf(error, error_size, "the receiver\nis \033[31mred");
    return strcmp(how, "well") == 0 ? (void *)options : NULL;
}

static int bad_deliver(void *self, const struct vb_output_delivery *delivery,
                       struct vb_output_answer *answer)
{
    const char *does = host->option(host, "does");
    (void)self;
    if (strncmp(delivery->parcel, "good", 4) == 0)
        return VB_OUTPUT_DELIVERED;
    with_us = delivery->parcel;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(deeds[i].name, does) == 0 && deeds[i].act != NULL)
            deeds[i].act();
    answer->after_ms = 1234;
    memset(answer->reason, '!', sizeof answer->reason); /* without its end */
    return atoi(host->option(host, "answers"));
}

static void bad_close(void *self)
{
    const char *how = host->option(host, "close");
    (void)self;
    if (strcmp(how, "crash") == 0)
        crash();
    if (strcmp(how, "hang") == 0)
        hang();
}

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output bad = {
        .size = sizeof bad,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "bad",
        .summary = "does one bad thing",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
        .option_size = sizeof options[0],
        .open = bad_open,
        .deliver = bad_deliver,
        .close = bad_close,
    };
    return &bad;
}
