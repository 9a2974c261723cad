#!/bin/bash
# conform_shipped.sh: every output in the box passes the conformance suite, whole. The three templates
# do in tests/cli/output_new.sh.
. tests/tools/tap.sh

# Without sanitizers: memory is measured, and a crash is to end with its signal.
build=$(cd "${VERBOND_RELEASE:-$build}" && pwd)

# passes NAME: nothing fails, and only what asks for something it has not is skipped
passes() {
    expect_exit 0 verbond output check "$build/plugins/$1.so" --json
    python3 - "$tmp/out" <<'PY'
import json, sys
verdicts = json.load(open(sys.argv[1]))
wrong = [test for test in verdicts if test["verdict"] not in ("passed", "skipped")]
skipped = [test["name"] for test in verdicts if test["verdict"] == "skipped"]
if len(verdicts) < 30 or wrong or set(skipped) - {"options-secret", "slow-receiver"}:
    sys.exit(f"# {len(verdicts)} tests, skipped {skipped}, wrong {wrong}")
PY
}
csv_passes() { passes csv; }
fhir_passes() { passes fhir; }
jsonl_passes() { passes jsonl; }
nats_passes() { passes nats; }
sheet_passes() { passes sheet; }
stats_passes() { passes stats; }
webhook_passes() { passes webhook; }
every_output_in_the_box_is_among_them() {
    (cd "$build/plugins" && ls -- *.so) | sed 's/\.so$//' >"$tmp/box"
    declare -F | sed -nE 's/^declare -f (.*)_passes$/\1/p' | diff "$tmp/box" -
}

run_tests csv_passes fhir_passes jsonl_passes nats_passes sheet_passes stats_passes webhook_passes \
    every_output_in_the_box_is_among_them
