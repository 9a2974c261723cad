#include "outbox/host_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sanitized.h"

/* There is no limit on processes: the system counts those of the user, not of this program. What a
 * plugin forks is ended with its group. */
enum { DESCRIPTORS = 256, OUT_OF_THE_WAY = 200 };

/* firm: for good, for what it starts too; else a program may lift it again for what it starts. */
static enum vb_code limit(int what, const char *name, size_t most, bool firm, struct vb_err *err)
{
    struct rlimit both;
    if (getrlimit(what, &both) != 0)
        return vb_fail(err, VB_E_IO, "reading the limit of %s: %s", name, strerror(errno));
    bool higher = both.rlim_max == RLIM_INFINITY || both.rlim_max > most;
    both.rlim_cur = higher ? (rlim_t)most : both.rlim_max;
    if (firm)
        both.rlim_max = both.rlim_cur;
    if (setrlimit(what, &both) != 0)
        return vb_fail(err, VB_E_IO, "limiting %s: %s", name, strerror(errno));
    return VB_OK;
}

enum vb_code vb_host_confine(size_t memory_max, struct vb_err *err)
{
    /* What the engine had open by accident is not handed on. Where the kernel has no such call, the
     * engine's own descriptors close at exec anyway. */
    (void)close_range(3, ~0U, 0);
    umask(077);
    /* An engine that was killed leaves nobody behind who hangs. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return vb_fail(err, VB_E_IO, "confining an output: %s", strerror(errno));
    enum vb_code rc = limit(RLIMIT_CORE, "core files", 0, true, err);
    if (rc == VB_OK)
        rc = limit(RLIMIT_NOFILE, "open files", DESCRIPTORS, true, err);
    /* Memory is limited against leaks, not against malice, for an output runs as the user: one that
     * starts a program of another size lifts it there, since a browser reserves terabytes that it
     * never uses. So do sanitizers. */
    if (rc == VB_OK && memory_max > 0 && !VB_SANITIZED)
        rc = limit(RLIMIT_AS, "memory", memory_max, false, err);
    return rc;
}

enum vb_code vb_host_move_protocol(int *in, int *out, struct vb_err *err)
{
    *in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
    *out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (*in < 0 || *out < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return vb_fail(err, VB_E_IO, "moving the protocol aside: %s", strerror(errno));
    close(nothing);
    return VB_OK;
}
