#!/bin/bash
# fhir.sh: what the output `fhir` writes: is it FHIR R4, and do others compute the same scores of it?
#
# It makes the bundles, each with the results of the same rounds beside it (NAME.json, NAME.jsonl);
# tests/web/fhir looks at them and speaks TAP. Wants chromium, node and the packages of
# tests/web/package-lock.json in build/web (make build/web/ready); without them it fails.
set -eu
. tests/tools/tap.sh
# What is written is looked at, by the build without sanitizers; every instrument goes through the output
# with them in fhir_bundle.sh.
build=$(cd "${VERBOND_RELEASE:-$build}" && pwd)
export VERBOND_WEB=${VERBOND_WEB:-build/web}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
own_home "$tmp"
folder=$tmp/bundles
mkdir "$folder"

# both NAME COMMAND...: verbond with both outputs; what it says when it fails
both() {
    local name=$1 purpose=
    shift
    case $name in *-research) purpose=,purpose=research ;; esac
    verbond "$@" --data "$tmp/data-$1-$name" --output "fhir:path=$folder/$name.json$purpose" \
        --output "jsonl:path=$folder/$name.jsonl$purpose" >"$tmp/said" 2>&1 ||
        { echo "# verbond $*"; cat "$tmp/said"; exit 1; }
}
# chance SEED [EXAMPLE]: an answer file in $tmp/a.json
chance() { python3 tests/output/fhir_answers.py "$1" "$tmp/a.json" "${@:2}"; }

# Everything that is shipped and kept: its example, the same with other answers and with gaps, rounds that
# nobody filled in, and one for research, which gets private scales and reasons for no answer.
for example in instruments/*/example.json; do
    name=$(basename "$(dirname "$example")")
    grep -q 'retain = "none"' "instruments/$name/instrument.lua" && continue
    both "$name" run "$name" --answers "$example"
    for seed in 1 2 3; do
        chance "$seed" "$example"
        both "$name" run "$name" --answers "$tmp/a.json"
    done
    both "$name-research" run "$name" --answers "$tmp/a.json"
    variant=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get("@variant", ""))' "$example")
    both "$name" simulate "$name" --n 3 --seed 7 ${variant:+--variant "$variant"}
done
both menger-monitor simulate menger-monitor --n 2 --form short --with strengths --case-prefix short
both menger-monitor simulate menger-monitor --n 2 --format simple --lang en --case-prefix simple
both core-alliance simulate core-alliance --n 2 --format simple --setting team --case-prefix team
both arts-therapy simulate arts-therapy --n 2 --variant drama --form short --case-prefix drama

# Every way a number comes about.
for seed in {0..19}; do
    chance "$seed"
    both scored run tests/web/instruments/scored --answers "$tmp/a.json" \
        --format "$([ $((seed % 2)) = 0 ] && echo standard || echo simple)"
done

# What was taken back is deleted.
chance 5 instruments/menger-monitor/example.json
both gone run menger-monitor --answers "$tmp/a.json" --case k1
both gone run menger-monitor --answers "$tmp/a.json" --case k2
read -r round person < <(verbond rounds --json --data "$tmp/data-run-gone" | python3 -c 'import json, sys
for round in json.load(sys.stdin):
    if round["case"] == "k1":
        print(round["round"], round["persons"][0]["person"])')
verbond withdraw "$round" --person "$person" --data "$tmp/data-run-gone" >"$tmp/said" 2>&1 ||
    { cat "$tmp/said"; exit 1; }

# As somebody types it who reads the page.
example=$top/instruments/menger-monitor/example.json instruments=$top/instruments
(cd "$tmp" && VERBOND_INSTRUMENTS=$instruments verbond run menger-monitor --answers "$example" \
    --output fhir:path=bundle.json >"$tmp/said" 2>&1) || { cat "$tmp/said"; exit 1; }

node tests/web/fhir/all.mjs "$folder" "$tmp/bundle.json"
