#!/bin/bash
# What the server answers is what docs/reference/openapi.json says: everything that the tests ask of it
# without a socket is held against the schemas.
. tests/tools/tap.sh

every_exchange_of_the_tests_fits_the_schemas() {
    local test
    for test in "$build"/tests/test_turn* "$build"/tests/test_desk*; do
        case $test in *.[do]) continue ;; esac
        SERVE_TRANSCRIPT=$tmp/transcript "$test" >"$tmp/said" 2>&1 || { sed 's/^/# /' "$tmp/said"; return 1; }
    done
    python3 tests/tools/openapi.py docs/reference/openapi.json "$tmp/transcript" >"$tmp/found" && return 0
    sed 's/^/# /' "$tmp/found"
    return 1
}

a_reply_that_the_document_does_not_know_is_found() {
    cat >"$tmp/transcript" <<'END'
{"method":"GET","path":"/api/v1/turn/step","sent":null,"body":null,"status":200,"type":"application/json","reply":"{\"seq\":1,\"secret\":2}"}
{"method":"GET","path":"/api/v1/turn/step","sent":null,"body":null,"status":418,"type":"application/json","reply":"{}"}
END
    expect_exit 1 python3 tests/tools/openapi.py docs/reference/openapi.json "$tmp/transcript"
    says "$tmp/out" "'secret' was unexpected" && says "$tmp/out" "status 418 is not described"
}

run_tests every_exchange_of_the_tests_fits_the_schemas a_reply_that_the_document_does_not_know_is_found
