#!/bin/sh
# demo.sh BUILD: one round of menger-monitor. With a terminal it asks; without one it takes the
# example's answers, prints the Dutch sheet, and writes it as a page and the result as a line of JSON
# too. Data: build/demo, or $VERBOND_DATA, with both files beside it; the key that it is sealed under:
# build/demo-key, or $VERBOND_KEY.
set -eu
build=$1
export VERBOND_KEY=${VERBOND_KEY:-build/demo-key}
data=${VERBOND_DATA:-build/demo}
if [ -t 0 ] && [ -t 1 ]; then
    exec "$build/verbond" run menger-monitor --data "$data"
fi
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$build/verbond" run menger-monitor --data "$data" --lang nl \
    --answers instruments/menger-monitor/example.json --output "jsonl:path=$data.jsonl" 2>"$said" || { cat "$said" >&2; exit 1; }
cat "$said" >&2
round=$(sed -n 's/^ronde //p' "$said" | head -n 1)
"$build/verbond" sheet "$round" --data "$data" --format html >"$data.html"
echo "hetzelfde blad om te bekijken of af te drukken: $data.html" >&2
echo "de uitkomst als gegevens, een regel per ronde: $data.jsonl" >&2
