#!/bin/bash
# hostile.sh: runs hostile.mjs, which says what it is about and speaks TAP.
exec node tests/web/hostile.mjs
