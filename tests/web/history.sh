#!/bin/bash
# history.sh: runs history.mjs, which says what it is about and speaks TAP.
exec node tests/web/history.mjs
