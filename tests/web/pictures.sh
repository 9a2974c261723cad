#!/bin/bash
# pictures.sh [FOLDER]: runs pictures.mjs, which says what it is about and speaks TAP. Without FOLDER the
# pictures are only tried; make pictures makes those of docs/pictures.
set -eu
folder=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
node tests/web/pictures.mjs "$folder"
