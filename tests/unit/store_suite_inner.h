/* store_suite_inner.h - what the files of the suite share. */
#ifndef STORE_SUITE_INNER_H
#define STORE_SUITE_INNER_H

#include "store_suite.h"

struct suite {
    void *place;
    struct vb_store *store;
    struct vb_arena arena;
    struct vb_err err;
};

int suite_set_up(void **state);
int suite_tear_down(void **state);
void suite_again(struct suite *suite);                        /* opens the store again */
void suite_wait(struct suite *suite);                         /* for what was submitted */
void suite_put(struct suite *suite, struct vb_change change); /* commits, opens again */

#define READ(suite, op, ...)                                                                       \
    assert_int_equal((suite)->store->ops->op((suite)->store, __VA_ARGS__, &(suite)->err), VB_OK)
#define READ_NOT(suite, code, op, ...)                                                             \
    assert_int_equal((suite)->store->ops->op((suite)->store, __VA_ARGS__, &(suite)->err), (code))
#define SUITE_TEST(name) cmocka_unit_test_setup_teardown(name, suite_set_up, suite_tear_down)

bool suite_takes_parts(void); /* does the store under test? */
bool suite_has_keys(void);

int store_suite_run_refusals(void);
int store_suite_run_lists(void);
int store_suite_run_erasures(void);
int store_suite_run_parcels(void);
int store_suite_run_staff(void);

#endif
