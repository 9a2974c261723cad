#!/bin/bash
# desks.sh: runs desks.mjs, which says what it is about and speaks TAP.
exec node tests/web/desks.mjs
