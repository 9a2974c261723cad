/* slots.h - who the variables of a wide file are of: a role and a number, and about whom.
 *
 * A wide row is a round. Everybody in it has variables of their own, told apart by the end of the
 * name: trust_report_c and trust_report_p; in a family goal_clear_y1, and goal_clear_pr_y1 for what
 * the professional answered about that member. How many there are is as many as the fullest round
 * has, and one at least of each role outside a roster. */
#ifndef STATS_SLOTS_H
#define STATS_SLOTS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

enum { STATS_ROLES_MAX = 16, STATS_KEY_MAX = 128, STATS_SUFFIX_MAX = 16 };

/* -- the most that any round has; zero-initialise -- */
struct stats_crowd {
    int persons[STATS_ROLES_MAX];
    int about[STATS_ROLES_MAX][STATS_ROLES_MAX + 1]; /* the last: members that are nobody's role */
    bool reasons;                                    /* why there is no answer is told in full */
};
void stats_crowd_add(struct stats_crowd *crowd, const cJSON *instrument, const cJSON *content);

/* -- slots, in the order of the variables -- */
struct stats_slot {
    const cJSON *role;                 /* of instrument.respondents; borrowed */
    const cJSON *about;                /* the same of the member; NULL: not about one */
    bool is_about;                     /* with about NULL: about a stranger */
    char key[STATS_KEY_MAX];           /* "client 1", as in a record */
    char about_key[STATS_KEY_MAX];     /* "" when it is not about a member */
    char suffix[2 * STATS_SUFFIX_MAX]; /* "_c", "_pr_y1" */
    char who[2 * STATS_KEY_MAX];       /* "client", "professional, youth 1": for labels */
};
/* NULL: no memory. The caller frees it. */
struct stats_slot *stats_slots(const cJSON *instrument, const struct stats_crowd *crowd,
                               size_t *count);
/* How long a suffix can become with this instrument, whatever its rounds hold. */
size_t stats_suffix_most(const cJSON *instrument);

#endif
