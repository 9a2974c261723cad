/* store_rule.h - the rules every store keeps, and the sentences it refuses with. Pure.
 *
 * Written once, so that the stores cannot drift apart. */
#ifndef VB_STORE_RULE_H
#define VB_STORE_RULE_H

#include "store/store.h"

bool vb_store_rule_free_version(const char *version); /* "-dev": may change under its name */
/* Whether putting b after a is putting the same again: everything but what moves on later (a
 * round's and a session's state, last_seq; the label of somebody who was erased). */
bool vb_store_rule_same_person(const struct vb_person_row *a, const struct vb_person_row *b);
bool vb_store_rule_same_round(const struct vb_round_row *a, const struct vb_round_row *b);
bool vb_store_rule_same_session(const struct vb_session_row *a, const struct vb_session_row *b);
bool vb_store_rule_same_revision(const struct vb_revision_row *a, const struct vb_revision_row *b);
void vb_store_rule_sort_rounds(struct vb_round_row *rows, size_t count);
void vb_store_rule_sort_settings(struct vb_setting_row *rows, size_t count);
/* Of all outputs, in order, those a revision of the round goes to; in place. */
void vb_store_rule_outputs_of(struct vb_output_row *rows, size_t *count, const char *round);
bool vb_store_rule_takes_back(
    const char *reason); /* a revision of that reason replaces older ones */
/* Is it one of those, when so many were taken already? */
bool vb_store_rule_asked_for(const struct vb_parcel_query *query, const struct vb_parcel_row *row,
                             size_t taken);
bool vb_store_rule_parcel_may(enum vb_parcel_state from, enum vb_parcel_state to);
bool vb_store_rule_token_asked_for(const struct vb_token_query *query,
                                   const struct vb_token_row *row);
/* A round in this state lets nobody in any more. */
bool vb_store_rule_ends_tokens(enum vb_round_state state);
enum vb_code vb_store_rule_token_over(struct vb_err *err, const struct vb_token_row *row);
/* The two halves of a blob's name in a tombstone, "SESSION DIGEST"; false when it is none. */
bool vb_store_rule_blob_name(struct vb_arena *arena, const char *id, const char **session,
                             const char **digest);

enum vb_code vb_store_rule_absent(struct vb_err *err, const char *what, const char *id);
enum vb_code vb_store_rule_erased(struct vb_err *err, const char *what,
                                  const char *id); /* VB_E_ABSENT */
enum vb_code vb_store_rule_version(struct vb_err *err, const char *instrument,
                                   const char *version); /* VB_E_ABSENT */
enum vb_code vb_store_rule_taken(struct vb_err *err, const char *what, const char *id);
enum vb_code vb_store_rule_changed(struct vb_err *err, const struct vb_plan *plan,
                                   const char *kept_digest);
enum vb_code vb_store_rule_open_round(struct vb_err *err, const struct vb_round_row *row,
                                      const char *open_round);
enum vb_code vb_store_rule_second_session(struct vb_err *err, const char *round);
enum vb_code vb_store_rule_seq(struct vb_err *err, const struct vb_event_row *row,
                               int64_t last_seq);
enum vb_code vb_store_rule_no_parcel(struct vb_err *err,
                                     const struct vb_parcel_row *row); /* VB_E_ABSENT */
enum vb_code vb_store_rule_parcel(struct vb_err *err, const struct vb_parcel_row *row,
                                  enum vb_parcel_state now);
enum vb_code vb_store_rule_number(struct vb_err *err, const struct vb_revision_row *row, int last);

#endif
