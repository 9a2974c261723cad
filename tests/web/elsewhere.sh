#!/bin/bash
# elsewhere.sh: runs elsewhere.mjs, which says what it is about and speaks TAP.
exec node tests/web/elsewhere.mjs
