#!/bin/bash
# openapi.sh: tests/tools/openapi.py finds what docs/reference/openapi.json does not say. What the server
# answers in the tests without a socket is held against it by tests/tools/run.sh.
. tests/tools/tap.sh

a_reply_that_the_document_does_not_know_is_found() {
    cat >"$tmp/transcript" <<'END'
{"method":"GET","path":"/api/v1/turn/step","sent":null,"body":null,"status":200,"type":"application/json","reply":"{\"seq\":1,\"secret\":2}"}
{"method":"GET","path":"/api/v1/turn/step","sent":null,"body":null,"status":418,"type":"application/json","reply":"{}"}
END
    expect_exit 1 python3 tests/tools/openapi.py docs/reference/openapi.json "$tmp/transcript"
    says "$tmp/out" "'secret' was unexpected"
    says "$tmp/out" "status 418 is not described"
}

run_tests a_reply_that_the_document_does_not_know_is_found
