#!/bin/bash
# modules.sh: the parts of core/web that need no page, under node's own runner.
set -eu
exec node --test --test-reporter=tap tests/web/*.test.mjs 2>/dev/null
