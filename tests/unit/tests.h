/* tests.h - what every unit test includes: cmocka and what it wants before it. */
#ifndef VB_TESTS_H
#define VB_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#endif
