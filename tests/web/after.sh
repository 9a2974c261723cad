#!/bin/bash
# after.sh: runs after.mjs, which says what it is about and speaks TAP.
exec node tests/web/after.mjs
