#!/bin/bash
# sealing.sh: runs sealing.mjs, which says what it is about and speaks TAP.
exec node tests/web/sealing.mjs
