/* err.h - what went wrong, in a code the caller can act on and a sentence a person can read.
 *
 * Every function that can fail returns an enum vb_code and takes a struct vb_err * last. The callee
 * writes the message once, where it knows most; callers pass it on or say with vb_while what they
 * were doing. A struct vb_err is plain data: any thread, no ownership. */
#ifndef VB_ERR_H
#define VB_ERR_H

enum vb_code {
    VB_OK = 0,
    VB_E_USAGE,    /* the command line is wrong: show the usage                        exit 2 */
    VB_E_CONFIG,   /* configuration or key is wrong: mend it, then call again          exit 3 */
    VB_E_DATA,     /* what came in is refused (answers, an instrument): mend the input exit 4 */
    VB_E_ABSENT,   /* no such thing (file, round, instrument): name another            exit 4 */
    VB_E_CHANGED,  /* same instrument version, another digest: raise the version       exit 4 */
    VB_E_SCRIPT,   /* a script raised an error: mend the Lua file                      exit 4 */
    VB_E_LIMIT,    /* a size, memory or fuel limit was met: give less                  exit 4 */
    VB_E_BUSY,     /* not now (locked, not released, already released): try later      exit 5 */
    VB_E_CONFLICT, /* somebody else was there first: read the current state again      exit 5 */
    VB_E_IO,       /* disk or descriptor failed: nothing was saved, try again          exit 5 */
    VB_E_STOPPED,  /* the person interrupted; the session is kept                    exit 130 */
    VB_E_INTERNAL, /* our own fault                                                   exit 70 */
};

struct vb_err {
    enum vb_code code;
    char text[1024];
};

/* Writes the message and returns code. err may not be NULL. */
enum vb_code vb_fail(struct vb_err *err, enum vb_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "what: " before the message that is there and returns its code. */
enum vb_code vb_while(struct vb_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The process exit code that stands for code (docs/reference/command-line.md). */
int vb_exit_code(enum vb_code code);

/* What a programmer promised. Stays on in release; never for input, scripts, disk or peers. */
#define vb_assert(cond) ((cond) ? (void)0 : vb_assert_failed(#cond, __FILE__, __LINE__))
_Noreturn void vb_assert_failed(const char *cond, const char *file, int line);

#endif
