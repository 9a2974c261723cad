/* desk.h - what the handlers for staff share: whose a round is, what a round may tell, replies that
 * wait for their row of the audit, refusals by field. Room serve only; the loop's thread.
 *
 * Nothing here knows an answer. What one did is shown by api_sheet.c and its like, behind the
 * release and a row of the audit; what a round tells before is who is ready. */
#ifndef VB_DESK_H
#define VB_DESK_H

#include "serve/exchange.h"
#include "serve/serve_inner.h"

const struct vb_house *vb_desk_house(const struct vb_exchange *exchange);
struct vb_live *vb_desk_live(const struct vb_exchange *exchange);
struct vb_auth *vb_desk_auth(const struct vb_exchange *exchange);
struct vb_store *vb_desk_store(const struct vb_exchange *exchange);

/* -- whose -- */

/* Is this case theirs? Else it was refused, as one that is not there. */
bool vb_desk_case(struct vb_exchange *exchange, const char *case_id);
/* Is this round: by its case, and without one by who began it? */
enum vb_code vb_desk_keeps(struct vb_exchange *exchange, const struct vb_round_row *row,
                           bool *keeps, struct vb_err *err);
/* The round of the path, when it is theirs; else it was refused and this is NULL. Borrowed until
 * the handler returns. */
struct vb_round *vb_desk_round(struct vb_exchange *exchange);
/* The same once it is released, for somebody who worked with the case then. Of what was shared with
 * an earlier worker a new one sees nothing: refused. */
struct vb_round *vb_desk_released(struct vb_exchange *exchange);
/* From when on the case is theirs (INT64_MAX: it is not; 0: always, as what has no case, and a case
 * that no other of the staff had before): what was released before was shared with somebody else.
 */
enum vb_code vb_desk_since(struct vb_exchange *exchange, const char *case_id, int64_t *from_wall_ms,
                           struct vb_err *err);
/* Was it? Then vb_desk_released refuses, and vb_desk_sees: what shows something of a released
 * round, or lets somebody come to it, asks that. */
bool vb_desk_sees(struct vb_exchange *exchange, const struct vb_round *round);
enum vb_code vb_desk_shared_before(struct vb_exchange *exchange, const struct vb_round *round,
                                   bool *before, struct vb_err *err);

/* -- what came in -- */

/* A field of the body that is a text or not there (NULL, as null and "" are). false: it is
 * something else, and was refused. */
bool vb_desk_word(struct vb_exchange *exchange, const char *name, const char **out);
/* Has the body no other fields than these (NULL ends them)? Else it was refused. */
bool vb_desk_only(struct vb_exchange *exchange, const char *const *names);
/* The plan's language for ?lang=, else its first. */
int vb_desk_language(const struct vb_exchange *exchange, const struct vb_plan *plan);

/* -- what goes out -- */

/* 422 "value" where the fault is in what came in, else as vb_reply_code. field may be NULL. */
void vb_desk_refuse(struct vb_exchange *exchange, const char *field, enum vb_code code,
                    const struct vb_err *err);
/* Replies with body (taken; type NULL: JSON) once a row of the audit by this member of staff is
 * durable; when it cannot be, with nothing of it. subject is copied; NULL: there is no row, as of a
 * round that is kept in memory alone. */
void vb_desk_show(struct vb_exchange *exchange, const char *action, const char *subject,
                  const char *type, struct vb_buf *body);
/* As vb_desk_show of a reply that is made behind its row: then runs once that is durable. */
void vb_desk_note(struct vb_exchange *exchange, const char *action, const char *subject,
                  void (*then)(struct vb_exchange *exchange));
void vb_desk_json(struct vb_exchange *exchange, struct vb_buf *body); /* at once; taken */
/* Whom the keys of a sheet's sounds are for (audio.h): this browser at this round's newest sheet.
 */
const char *vb_desk_hearer(struct vb_exchange *exchange, const struct vb_round *round);
/* The round's id where looks at it are written down, NULL where nothing of it is. */
const char *vb_desk_subject(const struct vb_round *round);

/* A moment as JSON, "2026-11-22T14:05:00Z"; 0: null. */
void vb_desk_put_time(struct vb_buf *out, const char *key, int64_t wall_ms);
/* {"role","title","optional","most","roster","professional"} of each role. */
void vb_desk_put_roles(struct vb_buf *out, const struct vb_plan *plan, const char *language);
void vb_desk_put_languages(struct vb_buf *out, const struct vb_plan *plan);

/* Who is in the round and ready or not, as an array: all that anybody may know before the release.
 * A role that one person has stands there once, whether that one began or not; of the others those
 * in the roster, and who is ready. After the release ready is who is on the table. */
enum vb_code vb_desk_put_persons(struct vb_buf *out, struct vb_round *round, struct vb_arena *arena,
                                 struct vb_err *err);
/* How many of them, and how many ready. */
enum vb_code vb_desk_count(struct vb_round *round, struct vb_arena *arena, int *ready, int *all,
                           struct vb_err *err);
/* The whole of GET /staff/rounds/{round}. */
enum vb_code vb_desk_put_round(struct vb_buf *out, struct vb_exchange *exchange,
                               struct vb_round *round, struct vb_err *err);

#endif
