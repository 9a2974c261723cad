#!/bin/sh
# demo.sh BUILD: one round of menger-monitor. With a terminal it asks; without one it takes the
# example's answers and prints the Dutch sheet. Data: build/demo, or $VERBOND_DATA; the key that it is
# sealed under: build/demo-key, or $VERBOND_KEY.
set -eu
build=$1
export VERBOND_KEY=${VERBOND_KEY:-build/demo-key}
data=${VERBOND_DATA:-build/demo}
if [ -t 0 ] && [ -t 1 ]; then
    exec "$build/verbond" run menger-monitor --data "$data"
fi
exec "$build/verbond" run menger-monitor --data "$data" --lang nl \
    --answers instruments/menger-monitor/example.json
