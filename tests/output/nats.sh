#!/bin/bash
# nats.sh: results as events in a stream of a real nats-server, and what becomes of them when it dies.
. tests/tools/tap.sh
. tests/tools/receiver.sh

PATH=$PATH:/usr/sbin
example=instruments/menger-monitor/example.json

# serves [PORT]: nats-server with a store in $tmp until the test ends; its port in $port. What stands in
# $tmp/more.conf goes for it too.
serves() {
    local line
    : >>"$tmp/more.conf"
    cat >"$tmp/nats.conf" <<CONF
host: 127.0.0.1
port: ${1:--1}
jetstream { store_dir: "$tmp/store" }
include "more.conf"
CONF
    exec {said}< <(exec nats-server -c "$tmp/nats.conf" 2>&1)
    nats_pid=$!
    trap 'kill -9 $nats_pid 2>/dev/null || :' EXIT
    : >"$tmp/nats.log"
    while read -r -t 30 -u "$said" line; do
        echo "$line" >>"$tmp/nats.log"
        case $line in
        *"Listening for client connections on"*) port=${line##*:} ;;
        *"Server is ready"*) return 0 ;;
        esac
    done
    cat "$tmp/nats.log"
    return 1
}
# As a power cut would: it gets to close nothing.
dies() { kill -9 "$nats_pid"; while kill -0 "$nats_pid" 2>"$tmp/gone"; do :; done; }

jetstream() { python3 tests/output/jetstream.py "$port" "$@"; }
publishes() { # publishes [OPTIONS-AS-JSON [DEADLINE_MS [RESULT [BLOBS]]]]
    delivers nats "{\"url\":\"nats://127.0.0.1:$port\"${1:+,$1}}" "${@:2}"
    lacks "$tmp/answers" GEHEIM
    lacks "$tmp/host.err" .
}
# stream EXPRESSION [STREAM]: holds of `stream`, a list of its messages; `event` is what is in each
stream() {
    jetstream messages "${2:-V}" >"$tmp/messages"
    python3 - "$tmp/messages" "$1" <<'PY'
import json, sys
stream = [json.loads(line) for line in open(sys.argv[1])]
event = [json.loads(one["body"]) for one in stream]
if not eval(sys.argv[2]):
    sys.exit(f"# {sys.argv[2]} does not hold of {stream}")
PY
}
taken_back() { echo "$result" | sed 's/"revision":1/"revision":2/; s/"reason":"released"/"reason":"withdrawn"/; s/"n":.*$/"n":1}/'; }

an_event_is_in_the_stream_and_the_library_reads_it() {
    serves
    jetstream make V 'verbond.>'
    publishes
    answers 'said == {"type": "delivered", "parcel": "r1/mine/1"}'
    stream 'len(stream) == 1 and stream[0]["subject"] == "verbond.round.r1" and stream[0]["id"] == event[0]["id"] == "r1/mine/1"'
    stream 'event[0]["type"] == "nl.verbond.result.v1" and event[0]["subject"] == "r1"'
    stream "stream[0]['body'].endswith(',\"data\":' + r'''$result''' + '}')"
    cat >"$tmp/read.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
const { HTTP } = createRequire(join(resolve(process.argv[2]), "x.mjs"))("cloudevents");
const { body } = JSON.parse(readFileSync(process.argv[3]).toString().split("\n")[0]);
const event = HTTP.toEvent({ headers: { "content-type": "application/cloudevents+json" }, body });
process.exit(event.validate() && event.data.text === "GEHEIM-antwoord" ? 0 : 1);
JS
    node "$tmp/read.mjs" "$web" "$tmp/messages"
}
what_comes_twice_is_in_the_stream_once() {
    serves
    jetstream make V 'verbond.>'
    for _ in 1 2 3; do
        publishes
        answers 'said["type"] == "delivered"'
    done
    stream 'len(stream) == 1'
}
instrument_and_files_go_before_their_result() {
    serves
    printf '<p>blad</p>' >"$tmp/page"
    publishes '"make-stream":"true","instrument":"true","files":"true","subject":"care.verbond"' 20000 "$result" \
        "[{\"digest\":\"sheet.html\",\"type\":\"text/html\",\"file\":\"$tmp/page\"}]"
    answers 'said["type"] == "delivered"'
    stream '[one["subject"] for one in stream] == ["care.verbond.instrument.check-in", "care.verbond.round.r1", "care.verbond.round.r1"]' VERBOND
    stream '[one["type"].split(".")[2] for one in event] == ["instrument", "file", "result"]' VERBOND
}
a_stream_is_made_only_when_it_is_asked_for() {
    serves
    publishes
    answers 'said["type"] == "retry" and "no stream takes it" in said["reason"]'
    publishes '"make-stream":"true","stream":"MINE"'
    answers 'said["type"] == "delivered"'
    stream 'len(stream) == 1' MINE
}
another_stream_than_the_one_that_is_named_is_not_good_enough() {
    serves
    jetstream make V 'verbond.>'
    publishes '"stream":"OTHER"'
    answers 'said["type"] == "retry" and "another stream" in said["reason"]'
    stream 'stream == []'
}
# Anybody who may listen on the subject may answer in the place of a stream.
somebody_else_s_yes_is_none_of_the_stream_that_is_named() {
    local ready
    serves
    exec {other}< <(exec python3 tests/output/jetstream.py "$port" pretend OTHER 'verbond.>')
    other_pid=$!
    trap 'kill -9 $nats_pid $other_pid 2>/dev/null || :' EXIT
    read -r -t 20 -u "$other" ready
    [ "$ready" = ready ]
    publishes '"stream":"V"'
    answers 'said["type"] == "retry" and "another stream" in said["reason"]'
}

# -- what is taken back -------------------------------------------------------------------------------

what_is_taken_back_is_taken_out_of_the_stream_and_nothing_else() {
    serves
    jetstream make V 'verbond.>'
    printf '<p>blad</p>' >"$tmp/page"
    local blobs="[{\"digest\":\"sheet.html\",\"type\":\"text/html\",\"file\":\"$tmp/page\"}]"
    publishes '"files":"true"' 20000 "$result" "$blobs"
    parcel=r2/mine/1 publishes '' 20000 "${result//r1/r2}"
    stream '[one["id"] for one in stream] == ["r1/mine/1/sheet-html", "r1/mine/1", "r2/mine/1"]'
    # Twice, as after a crash behind the server's answer.
    for _ in 1 2; do
        parcel=r1/mine/2 publishes '"files":"true"' 20000 "$(taken_back)" "$blobs"
        answers 'said["type"] == "delivered"'
        stream '[one["id"] for one in stream] == ["r2/mine/1", "r1/mine/2/sheet-html", "r1/mine/2"]'
    done
    stream '[one["reason"] for one in event] == ["released", "withdrawn", "withdrawn"]'
}
of_a_stream_that_keeps_everything_it_is_said_that_it_does() {
    serves
    jetstream make V 'verbond.>' '{"deny_delete": true}'
    publishes
    parcel=r1/mine/2 publishes '' 20000 "$(taken_back)"
    answers 'said["type"] == "retry" and "taking out what came before" in said["reason"]'
    parcel=r1/mine/2 publishes '"erase":"false"' 20000 "$(taken_back)"
    answers 'said["type"] == "delivered"'
}

# -- a server that fails ------------------------------------------------------------------------------

a_server_that_is_not_there_is_tried_again() {
    serves
    dies
    publishes
    answers 'said["type"] == "retry" and "not reached" in said["reason"]'
}
a_server_without_jetstream_is_tried_again() {
    serves
    dies
    printf 'host: 127.0.0.1\nport: %d\n' "$port" >"$tmp/plain.conf"
    exec {said}< <(exec nats-server -c "$tmp/plain.conf" 2>&1)
    nats_pid=$!
    while read -r -t 30 -u "$said" line; do case $line in *"Server is ready"*) break ;; esac; done
    publishes
    answers 'said["type"] == "retry" and "no stream" in said["reason"]'
}
a_server_that_hangs_is_waited_for_until_the_deadline_and_no_longer() {
    serves
    jetstream make V 'verbond.>'
    kill -STOP "$nats_pid"
    publishes '' 1000
    kill -CONT "$nats_pid"
    answers 'said["type"] == "retry"'
}
what_is_too_large_is_rejected() {
    echo 'max_payload: 2048' >"$tmp/more.conf"
    serves
    publishes '"make-stream":"true"' 20000 "${result/GEHEIM-antwoord/$(printf 'x%.0s' {1..3000})}"
    answers 'said["type"] == "rejected" and "larger than the server takes" in said["reason"]'
    publishes '"make-stream":"true"'
    answers 'said["type"] == "delivered"'
}
what_is_too_large_for_the_stream_is_rejected() {
    serves
    jetstream make V 'verbond.>' '{"max_msg_size": 500}'
    publishes
    answers 'said["type"] == "rejected" and "larger than the stream takes" in said["reason"]'
}
a_stream_that_is_full_is_tried_again() {
    serves
    jetstream make V 'verbond.>' '{"max_bytes": 300, "discard": "new"}'
    publishes
    answers 'said["type"] == "retry" and "error" in said["reason"]'
}

# -- who may ------------------------------------------------------------------------------------------

with_a_token_it_goes_and_without_or_with_another_it_waits() {
    echo 'authorization { token: "sesam-token" }' >"$tmp/more.conf"
    serves
    echo sesam-token >"$tmp/secret"
    echo other-token >"$tmp/other"
    chmod 600 "$tmp/secret" "$tmp/other"
    publishes '"make-stream":"true"'
    answers 'said["type"] == "retry" and "does not take us" in said["reason"]'
    publishes "\"make-stream\":\"true\",\"secret-file\":\"$tmp/other\""
    answers 'said["type"] == "retry" and "does not take us" in said["reason"]'
    publishes "\"make-stream\":\"true\",\"secret-file\":\"$tmp/secret\""
    answers 'said["type"] == "delivered"'
    lacks "$tmp/answers" '(sesam|other)-token'
}
with_the_creds_of_a_user_it_goes_and_with_those_of_a_stranger_it_waits() {
    node tests/output/nkeys.mjs "$tmp"
    cp "$tmp/operator.conf" "$tmp/more.conf"
    serves
    publishes "\"make-stream\":\"true\",\"secret-file\":\"$tmp/user.creds\""
    answers 'said["type"] == "delivered"'
    publishes "\"make-stream\":\"true\",\"secret-file\":\"$tmp/stranger.creds\""
    answers 'said["type"] == "retry" and "does not take us" in said["reason"]'
    publishes '"make-stream":"true"'
    answers 'said["type"] == "retry" and "does not take us" in said["reason"]'
    lacks "$tmp/answers" "$(grep ^SU "$tmp/user.creds")"
}
what_the_server_does_not_permit_waits_and_says_so() {
    cat >"$tmp/more.conf" <<'CONF'
no_auth_user: ann
accounts { A { jetstream: enabled, users: [ { user: ann, password: x, permissions: { publish: ["$JS.API.>"] } } ] } }
CONF
    serves
    jetstream make V 'verbond.>'
    publishes '' 3000
    answers 'said["type"] == "retry" and "does not permit" in said["reason"]'
}
a_secret_that_is_none_is_refused() {
    serves
    : >"$tmp/secret"
    chmod 600 "$tmp/secret"
    publishes "\"secret-file\":\"$tmp/secret\""
    answers '"neither a .creds file nor a token" in log'
    echo x >"$tmp/secret"
    chmod 644 "$tmp/secret"
    publishes "\"secret-file\":\"$tmp/secret\""
    answers '"chmod 600" in log'
}
over_tls_it_goes_only_to_who_the_name_says() {
    getent hosts localhost >/dev/null || skip "localhost has no address here"
    for name in ours theirs; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=localhost" -days 2 \
            -addext "subjectAltName=DNS:localhost" -keyout "$tmp/$name.key" -out "$tmp/$name.crt" 2>"$tmp/openssl.log"
    done
    echo "tls { cert_file: \"$tmp/ours.crt\", key_file: \"$tmp/ours.key\" }" >"$tmp/more.conf"
    serves
    local tls='"make-stream":"true","url":"tls://localhost:'$port'"'
    delivers nats "{$tls,\"ca-file\":\"$tmp/ours.crt\"}"
    answers 'said["type"] == "delivered"'
    delivers nats "{$tls,\"ca-file\":\"$tmp/theirs.crt\"}"
    answers 'said["type"] == "retry" and "certificate" in said["reason"]'
    delivers nats "{$tls}"
    answers 'said["type"] == "retry" and "certificate" in said["reason"]'
    delivers nats "{\"url\":\"tls://127.0.0.1:$port\",\"ca-file\":\"$tmp/ours.crt\"}"
    answers 'said["type"] == "retry" and "certificate" in said["reason"]'
    publishes # without
    answers 'said["type"] == "retry"'
}
a_url_that_is_no_server_is_refused_and_not_shown() {
    refuses() {
        delivers nats "$1"
        answers "'$2' in log and said['type'] == 'log'"
        lacks "$tmp/answers" geheim
    }
    refuses '{"url":"nats://ann:geheim@127.0.0.1:4222"}' "no place in it"
    refuses '{"url":"nats://nats.example.org"}' "goes without TLS"
    refuses '{"url":"http://127.0.0.1"}' "only nats and tls"
    refuses '{"url":"tls://"}' "not the URL of one server"
    refuses '{"url":"tls://a.example.org,tls://b.example.org"}' "not the URL of one server"
    refuses '{"url":"tls://a.example.org","subject":"a.*"}' "letters, digits"
    refuses '{"url":"tls://a.example.org","stream":"a.b"}' "letters, digits"
}

# -- with the engine ----------------------------------------------------------------------------------

runs() { # runs CODE
    expect_exit "$1" verbond run menger-monitor --data "$tmp/data" --case k1 --lang nl --answers "$example" \
        --output "nats:url=nats://127.0.0.1:$port"
}
a_server_that_was_killed_has_it_once_after_the_retry() {
    serves
    jetstream make V 'verbond.>'
    runs 0
    dies
    echo '{"topic": "het werk"}' >"$tmp/talk.json"
    on 5 talk "$(listed '["round"]')" --from "$tmp/talk.json"
    says "$tmp/err" "not reached"
    serves "$port"
    on 0 outbox retry
    stream '[one["reason"] for one in event] == ["released", "talk"]' # the first outlived the server
    on 0 outbox retry
    stream 'len(stream) == 2'
}
an_erased_round_leaves_an_event_in_the_stream_and_no_answer_in_its_files() {
    serves
    jetstream make V 'verbond.>'
    runs 0
    grep -rqa "Ik word teruggebeld" "$tmp/store"
    on 0 erase --round "$(listed '["round"]')" --yes
    stream '[(one["reason"], one["data"]["respondents"]) for one in event] == [("erased", [])]'
    grep -rqa "Ik word teruggebeld" "$tmp/store" && return 1
    return 0
}

run_tests an_event_is_in_the_stream_and_the_library_reads_it what_comes_twice_is_in_the_stream_once \
    instrument_and_files_go_before_their_result a_stream_is_made_only_when_it_is_asked_for \
    another_stream_than_the_one_that_is_named_is_not_good_enough \
    somebody_else_s_yes_is_none_of_the_stream_that_is_named \
    what_is_taken_back_is_taken_out_of_the_stream_and_nothing_else \
    of_a_stream_that_keeps_everything_it_is_said_that_it_does a_server_that_is_not_there_is_tried_again \
    a_server_without_jetstream_is_tried_again \
    a_server_that_hangs_is_waited_for_until_the_deadline_and_no_longer what_is_too_large_is_rejected \
    what_is_too_large_for_the_stream_is_rejected a_stream_that_is_full_is_tried_again \
    with_a_token_it_goes_and_without_or_with_another_it_waits \
    with_the_creds_of_a_user_it_goes_and_with_those_of_a_stranger_it_waits \
    what_the_server_does_not_permit_waits_and_says_so a_secret_that_is_none_is_refused \
    over_tls_it_goes_only_to_who_the_name_says a_url_that_is_no_server_is_refused_and_not_shown \
    a_server_that_was_killed_has_it_once_after_the_retry \
    an_erased_round_leaves_an_event_in_the_stream_and_no_answer_in_its_files
