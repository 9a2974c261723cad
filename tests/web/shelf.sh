#!/bin/bash
# shelf.sh: runs shelf.mjs, which says what it is about and speaks TAP.
exec node tests/web/shelf.mjs
