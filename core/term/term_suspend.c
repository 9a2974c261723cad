#include "term/term_suspend.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static struct vb_screen *shown; /* NULL: SIGTSTP is not ours */
static struct sigaction before;

/* A screen that cannot be written to is one that nobody reads: the stop goes on. */
static void put(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(fd, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        len -= (size_t)written;
    }
}

static void on_suspend(int number)
{
    int kept = errno, fd = fileno(shown->out);
    (void)number;
    put(fd, VB_SCREEN_WIPE, sizeof VB_SCREEN_WIPE - 1);
    raise(SIGSTOP);
    put(fd, shown->kept.data, shown->kept.len); /* going on */
    errno = kept;
}

static void mask(int how)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    if (shown != NULL)
        pthread_sigmask(how, &set, NULL);
}

void vb_suspend_begin(struct vb_screen *screen)
{
    struct sigaction action = { .sa_handler = on_suspend, .sa_flags = SA_RESTART };
    if (!screen->terminal || sigaction(SIGTSTP, NULL, &before) != 0 || before.sa_handler == SIG_IGN)
        return;
    shown = screen;
    vb_suspend_hold();
    sigaction(SIGTSTP, &action, NULL);
}

void vb_suspend_end(void)
{
    if (shown == NULL)
        return;
    sigaction(SIGTSTP, &before, NULL);
    vb_suspend_allow();
    shown = NULL;
}

void vb_suspend_allow(void)
{
    mask(SIG_UNBLOCK);
}

void vb_suspend_hold(void)
{
    mask(SIG_BLOCK);
}
