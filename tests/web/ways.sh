#!/bin/bash
# ways.sh: runs ways.mjs, which says what it is about and speaks TAP.
exec node tests/web/ways.mjs
