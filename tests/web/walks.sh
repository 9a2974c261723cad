#!/bin/bash
# walks.sh: runs walks.mjs, which says what it is about and speaks TAP.
exec node tests/web/walks.mjs
