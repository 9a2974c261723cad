#!/bin/bash
# documents.sh: the instrument document and its schema say the same.
. tests/tools/tap.sh

kept_documents_fit_the_schema_and_nothing_else_does() {
    python3 tests/tools/schema.py --strict docs/reference/instrument.schema.json \
        tests/fixtures/documents/*.json
}

run_tests kept_documents_fit_the_schema_and_nothing_else_does
