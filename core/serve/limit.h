/* limit.h - how often somebody may try: tries are counted, and fade. In memory; one thread.
 *
 * Each kind of key (an address, an account) has room for some tries, and gets one back every so
 * many seconds. What fitted is given back at once, so that only wrong tries count: a school behind
 * one address is not kept out by those who do it right. */
#ifndef VB_LIMIT_H
#define VB_LIMIT_H

#include <stddef.h>
#include <stdint.h>

struct vb_limits;
enum { VB_LIMIT_KEYS = 8192 }; /* at most; past that the most faded one goes */
struct vb_limits *vb_limits_create(void);
void vb_limits_destroy(struct vb_limits *limits); /* NULL is fine */

/* Takes a try: 0, or so many milliseconds until there is one. now_ms: of a clock that never goes
 * back. kind: one of those in limit.c. */
int64_t vb_limits_take(struct vb_limits *limits, const char *kind, const char *key, int64_t now_ms);
void vb_limits_give_back(struct vb_limits *limits, const char *kind, const char *key,
                         int64_t now_ms);
size_t vb_limits_count(const struct vb_limits *limits); /* keys that are held */

#endif
