#!/bin/bash
# fhir.sh: what the output `fhir` writes: is it FHIR R4, and do others compute the same scores of it?
#
# It makes the bundles; tests/web/fhir looks at them and speaks TAP. Wants node and the packages of
# tests/web/package-lock.json in build/web (make build/web/ready); without them it fails.
set -eu
export VERBOND_WEB=${VERBOND_WEB:-build/web}

node tests/web/fhir/all.mjs
