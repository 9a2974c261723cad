#!/bin/bash
# documents.sh: the instrument document and its schema say the same.
. tests/tools/tap.sh

kept_documents_fit_the_schema_and_nothing_else_does() {
    python3 tests/tools/schema.py --strict docs/reference/instrument.schema.json \
        tests/fixtures/documents/*.json
}

# As an output hears them.
what_outputs_hear_of_our_own_instruments_fits_it_too() {
    cat >"$tmp/listener" <<PY
#!/usr/bin/python3
import json, sys
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": []}), flush=True)
    elif said["type"] == "instrument":
        with open("$tmp/" + said["instrument"]["id"] + ".json", "w") as out:
            json.dump(said["instrument"], out)
    elif said["type"] == "deliver":
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/listener"
    for folder in instruments/*/; do
        [ -f "$folder/example.json" ] || continue
        name=$(basename "$folder")
        if grep -q '^  retain = "none",' "$folder/instrument.lua"; then # an output hears nothing of it
            expect_exit 2 verbond run "$name" --data "$tmp/data" \
                --answers "$folder/example.json" --output "$tmp/listener"
            says "$tmp/err" "keeps nothing"
            [ ! -e "$tmp/$name.json" ]
            continue
        fi
        expect_exit 0 verbond run "$name" --data "$tmp/data" --answers "$folder/example.json" \
            --output "$tmp/listener"
        python3 tests/tools/schema.py docs/reference/instrument.schema.json "$tmp/$name.json"
    done
    [ -s "$tmp/family-alliance.json" ]
}

run_tests kept_documents_fit_the_schema_and_nothing_else_does \
    what_outputs_hear_of_our_own_instruments_fits_it_too
