/* load.c - many people answering at once, over HTTP, each on a connection of their own that stays.
 *
 * usage: load PORT SEATS SESSIONS ANSWERS   each session gives that many; prints answers a second,
 *                                           p50, p99, max (ms), and writes into SEATS how far they
 *                                           came, so that the next run goes on from there
 *        load PORT SEATS SESSIONS idle      asks once on each connection, prints "held", and keeps
 *                                           all of them open until stdin ends
 *
 * SEATS has a line for each session: cookie, token, the seq it goes on from; idle ones may be more
 * than lines, and share them. An answer is sent when the reply to the one before is here; `after`
 * is the "seq" that this reply holds, or stays the same when it holds none (nginx, which answers
 * the same bytes with nothing). A reply other than 200 ends the run with 1: a figure of refusals
 * is none. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { SESSIONS_MAX = 4096, REPLY_MAX = 65536, ANSWERS_MAX = 4000000 };

struct session {
    int fd;
    char cookie[160], token[80];
    long seq, left; /* what the last reply said; answers to give yet */
    double sent_ms;
    char reply[REPLY_MAX];
    size_t got;
};
static struct session *sessions;
static double *waits;
static long answers;

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static int reach(int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        fail("connecting");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void put(struct session *s, const char *text, int len)
{
    if (write(s->fd, text, (size_t)len) != len)
        fail("sending");
    s->got = 0;
    s->sent_ms = now_ms();
}

static void send_answer(struct session *s, int port)
{
    char body[160], head[700];
    int n = snprintf(body, sizeof body, "{\"after\":%ld,\"id\":\"%08lx%08lx\",\"value\":%ld}",
                     s->seq, random(), random(), s->left % 6);
    int len = snprintf(head, sizeof head,
                       "POST /api/v1/turn/answer HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                       "Cookie: verbond-seat=%s\r\nX-Verbond-Token: %s\r\n"
                       "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                       port, s->cookie, s->token, n, body);
    put(s, head, len);
}

static void ask_once(struct session *s, int port)
{
    char head[400];
    int len = snprintf(head, sizeof head,
                       "GET /api/v1/turn HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                       "Cookie: verbond-seat=%s\r\n\r\n",
                       port, s->cookie);
    put(s, head, len);
}

/* Is the reply whole? Its length stands in its head: neither side sends this in chunks. */
static int whole(const struct session *s)
{
    const char *end = strstr(s->reply, "\r\n\r\n"), *length;
    if (end == NULL)
        return 0;
    length = strcasestr(s->reply, "\r\ncontent-length:");
    if (length == NULL || length > end) {
        fprintf(stderr, "load: a reply without a length: %.200s\n", s->reply);
        exit(1);
    }
    return s->got >= (size_t)(end + 4 - s->reply) + strtoul(length + 17, NULL, 10);
}

/* True when a whole reply is here; anything but 200 ends the run. */
static int hear(struct session *s)
{
    ssize_t n = read(s->fd, s->reply + s->got, sizeof s->reply - 1 - s->got);
    if (n <= 0)
        fail(n == 0 ? "closed by the other side" : "reading");
    s->got += (size_t)n;
    s->reply[s->got] = 0;
    if (!whole(s))
        return 0;
    if (strncmp(s->reply, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "load: refused: %s\n", s->reply);
        exit(1);
    }
    return 1;
}

/* The reply is here: counts it, and gives what it leads to. */
static void went(struct session *s)
{
    const char *seq = strstr(s->reply, "\r\n\r\n");
    waits[answers++] = now_ms() - s->sent_ms;
    seq = strstr(seq, "\"seq\":");
    if (seq != NULL)
        s->seq = strtol(seq + 6, NULL, 10);
    s->left--;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Lines are shared when there are fewer than sessions. */
static void read_seats(const char *path, int count)
{
    char line[512];
    int lines = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail(path);
    for (; lines < count && fgets(line, sizeof line, file) != NULL; lines++) {
        struct session *s = &sessions[lines];
        if (sscanf(line, "%159s %79s %ld", s->cookie, s->token, &s->seq) != 3) {
            fprintf(stderr, "load: %s:%d: not a cookie, a token and a number\n", path, lines + 1);
            exit(1);
        }
    }
    fclose(file);
    if (lines == 0) {
        fprintf(stderr, "load: %s: no seat\n", path);
        exit(1);
    }
    for (int i = lines; i < count; i++)
        sessions[i] = sessions[i % lines];
}

static void write_seats(const char *path, int count)
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fail(path);
    for (int i = 0; i < count; i++)
        fprintf(file, "%s %s %ld\n", sessions[i].cookie, sessions[i].token, sessions[i].seq);
    if (fclose(file) != 0)
        fail(path);
}

static void reach_all(int poll, int port, int count)
{
    for (int i = 0; i < count; i++) {
        struct epoll_event wish = { .events = EPOLLIN, .data.ptr = &sessions[i] };
        sessions[i].fd = reach(port);
        if (epoll_ctl(poll, EPOLL_CTL_ADD, sessions[i].fd, &wish) != 0)
            fail("epoll");
    }
}

/* Until every session gave its answers, or, of idle ones, has heard one reply; gives the time from
 * the first answer on. */
static double turn(int port, int count, int idle)
{
    int poll = epoll_create1(0), open = count;
    struct epoll_event events[256];
    reach_all(poll, port, count);
    double from = now_ms();
    for (int i = 0; i < count; i++)
        idle ? ask_once(&sessions[i], port) : send_answer(&sessions[i], port);
    while (open > 0) {
        int n = epoll_wait(poll, events, 256, 30000);
        if (n <= 0) {
            fprintf(stderr, "load: nothing came for half a minute\n");
            exit(1);
        }
        for (int i = 0; i < n; i++) {
            struct session *s = events[i].data.ptr;
            if (!hear(s))
                continue;
            went(s);
            if (!idle && s->left > 0)
                send_answer(s, port);
            else
                open--;
        }
    }
    return now_ms() - from;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    int port = atoi(argv[1]), count = atoi(argv[3]), idle = strcmp(argv[4], "idle") == 0;
    long each = idle ? 1 : atol(argv[4]);
    if (count < 1 || count > SESSIONS_MAX || each < 1 || each > ANSWERS_MAX / count)
        return 2;
    sessions = calloc((size_t)count, sizeof *sessions);
    waits = calloc((size_t)(count * each), sizeof *waits);
    if (sessions == NULL || waits == NULL)
        fail("memory");
    read_seats(argv[2], count);
    for (int i = 0; i < count; i++)
        sessions[i].left = each;
    double took = turn(port, count, idle);
    if (idle) {
        printf("held\n");
        fflush(stdout);
        while (getchar() != EOF)
            continue;
        return 0;
    }
    write_seats(argv[2], count);
    qsort(waits, (size_t)answers, sizeof *waits, by_size);
    printf("%.0f %.2f %.2f %.2f\n", (double)answers / took * 1e3, waits[answers / 2],
           waits[answers * 99 / 100], waits[answers - 1]);
    return 0;
}
