/* log.h - messages for the operator: room, event, ids and numbers.
 *
 * Never an answer, a name, a free text or a drawing. Written to the stream main gives. */
#ifndef VB_LOG_H
#define VB_LOG_H

enum vb_log_level { VB_LOG_ERROR, VB_LOG_WARNING, VB_LOG_INFO, VB_LOG_DEBUG };

struct vb_log {
    void (*write)(void *ctx, enum vb_log_level level, const char *room, const char *text);
    void *ctx;
    enum vb_log_level most; /* what is more talkative is dropped */
};
struct vb_log vb_log_stderr(enum vb_log_level most);
/* log may be NULL: then nothing is written. */
void vb_log(const struct vb_log *log, enum vb_log_level level, const char *room, const char *fmt,
            ...) __attribute__((format(printf, 4, 5)));

#endif
