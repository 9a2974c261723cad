#!/bin/bash
# webhook.sh: results as signed events at a receiver, and what each of its answers means.
. tests/tools/tap.sh
. tests/tools/receiver.sh

example=instruments/menger-monitor/example.json
secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
other=whsec_YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIGxvbmdlcg==
secrets() { printf '%s\n' "$@" >"$tmp/secret"; chmod 600 "$tmp/secret"; }

# posts PATH [OPTION-AS-JSON [DEADLINE_MS [RESULT [BLOBS]]]]: one delivery to the receiver's PATH
posts() {
    [ -e "$tmp/secret" ] || secrets "$secret"
    local options="\"allow-private\":\"true\"${2:+,$2}"
    delivers webhook "{\"url\":\"http://127.0.0.1:$port/$1\",\"secret-file\":\"$tmp/secret\",$options}" "${@:3}"
    lacks "$tmp/answers" GEHEIM
    lacks "$tmp/host.err" GEHEIM
}
# refuses OPTIONS TEXT: it cannot begin, and says the text
refuses() {
    delivers webhook "$1"
    answers "'$2' in log and said['type'] == 'log'"
    [ "$(cat "$tmp/rc")" -eq 3 ]
}
signed() { # signed SECRET...: the signature of what came last is made with each of these, in this order
    python3 - "$tmp/came" "$@" <<'PY'
import base64, hashlib, hmac, json, sys, time
last = [json.loads(line) for line in open(sys.argv[1])][-1]
head = last["headers"]
signed = f'{head["webhook-id"]}.{head["webhook-timestamp"]}.{last["body"]}'.encode()
keys = [base64.b64decode(word.removeprefix("whsec_")) for word in sys.argv[2:]]
want = ["v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in keys]
assert head["webhook-signature"].split(" ") == want, (head, want)
assert abs(int(head["webhook-timestamp"]) - time.time()) < 60
PY
}

# -- the event ----------------------------------------------------------------------------------------

an_event_arrives_signed_and_the_library_reads_it() {
    receiver
    posts status/204
    answers 'said == {"type": "delivered", "parcel": "r1/mine/1"}'
    signed "$secret"
    came 'len(came) == 1 and came[0]["wrong"] is None and came[0]["event"]["valid"] is True'
    came 'came[0]["method"] == "POST" and came[0]["headers"]["content-type"] == "application/cloudevents+json"'
    came 'came[0]["headers"]["webhook-id"] == came[0]["event"]["id"] == "r1/mine/1"'
    came '(e := came[0]["event"])["type"] == "nl.verbond.result.v1" and e["source"] == "/verbond" and e["subject"] == "r1"'
    came '(e := came[0]["event"])["time"].startswith("2026-11-22T09:30:00") and e["datacontenttype"] == "application/json"'
    came '(e := came[0]["event"])["dataschema"] == "urn:verbond:result:1" and e["reason"] == "released" and e["revision"] == 1'
    came '(e := came[0]["event"])["content"] == "items" and e["data"]["text"] == "GEHEIM-antwoord"'
}
# 1.10 stays 1.10, and no digit of a large number is lost.
the_result_is_in_it_byte_for_byte() {
    receiver
    posts status/204
    python3 - "$tmp/came" "$result" <<'PY'
import json, sys
body = json.loads(open(sys.argv[1]).readline())["body"]
assert body.endswith(',"data":' + sys.argv[2] + "}"), body
PY
}
the_instrument_goes_before_its_first_result_when_asked_for() {
    receiver
    posts status/204 '"instrument":"true","source":"https://example.org/verbond"'
    came '[c["event"]["type"] for c in came] == ["nl.verbond.instrument.v1", "nl.verbond.result.v1"]'
    came '(e := came[0]["event"])["id"] == "sha256:5f0c" and e["data"]["id"] == e["subject"] == "check-in"'
    came 'all(c["event"]["source"] == "https://example.org/verbond" for c in came)'
}
files_go_before_their_result_and_come_out_as_they_were() {
    receiver
    head -c 100000 /dev/urandom >"$tmp/picture"
    printf '<p>blad</p>' >"$tmp/page"
    posts status/204 '"files":"true"' 20000 "$result" "[{\"digest\":\"sha256:ab\",\"type\":\"image/png\",\"file\":\"$tmp/picture\"},{\"digest\":\"sheet.html\",\"type\":\"text/html\",\"file\":\"$tmp/page\"}]"
    answers 'said["type"] == "delivered"'
    came '[c["event"]["id"] for c in came] == ["r1/mine/1/sha256:ab", "r1/mine/1/sheet-html", "r1/mine/1"]'
    came '[c["event"].get("file") for c in came] == ["sha256:ab", "sheet.html", None]'
    came 'came[0]["event"]["datacontenttype"] == "image/png" and came[0]["event"]["subject"] == "r1"'
    python3 - "$tmp/came" "$tmp/picture" "$tmp/page" <<'PY'
import base64, json, sys
came = [json.loads(json.loads(line)["body"]) for line in open(sys.argv[1])]
for event, path in zip(came, sys.argv[2:]):
    assert base64.b64decode(event["data_base64"], validate=True) == open(path, "rb").read(), path
PY
}
a_file_that_fails_holds_its_result_back() {
    receiver
    printf x >"$tmp/page"
    posts first/503/page '"files":"true"' 20000 "$result" "[{\"digest\":\"sheet.html\",\"type\":\"text/html\",\"file\":\"$tmp/page\"}]"
    answers 'said["type"] == "retry"'
    came 'len(came) == 1'
}

# -- secrets ------------------------------------------------------------------------------------------

each_secret_of_the_file_signs_so_that_one_can_follow_another() {
    receiver
    secrets "# old, then new" "$secret" "" "$other"
    posts status/204
    signed "$secret" "$other"
}
a_file_of_secrets_that_is_not_there_is_made_and_used() {
    receiver
    touch "$tmp/secret" # not by this test
    delivers webhook "{\"url\":\"http://127.0.0.1:$port/status/204\",\"secret-file\":\"$tmp/new\",\"allow-private\":\"true\"}"
    answers 'said["type"] == "delivered" and "made" in log'
    [ "$(stat -c %a "$tmp/new")" = 600 ]
    grep -qE '^whsec_[A-Za-z0-9+/]{43}=$' "$tmp/new"
    signed "$(cat "$tmp/new")"
    lacks "$tmp/answers" whsec
    before=$(cat "$tmp/new")
    delivers webhook "{\"url\":\"http://127.0.0.1:$port/status/204\",\"secret-file\":\"$tmp/new\",\"allow-private\":\"true\"}"
    [ "$before" = "$(cat "$tmp/new")" ]
    [ "$(find "$tmp" -name 'new*' | wc -l)" -eq 1 ]
}
a_secret_that_is_none_is_refused_with_its_line_and_not_shown() {
    local wrong='{"url":"https://example.org/","secret-file":"'$tmp/secret'"}'
    secrets "$secret" "whsec_c2hvcnQ="
    refuses "$wrong" "secret:2: a secret is whsec_ and base64 of 24 to 64 bytes"
    lacks "$tmp/answers" c2hvcnQ
    secrets "this is !no! base64"
    refuses "$wrong" "secret:1:"
    lacks "$tmp/answers" base64-no
    secrets "# nothing"
    refuses "$wrong" "there is no secret in it"
    # What stands behind it would not be seen: the other secret of a rotation.
    { echo "$secret"; printf '\0'; echo "$secret"; } >"$tmp/secret"
    refuses "$wrong" "it holds a zero byte"
    secrets "$secret"
    chmod 644 "$tmp/secret"
    refuses "$wrong" "chmod 600"
}

# -- what an answer means -----------------------------------------------------------------------------

what_is_taken_is_delivered() {
    receiver
    for status in 200 201 202 204; do
        posts status/$status
        answers 'said["type"] == "delivered"'
    done
}
what_may_go_later_waits_as_long_as_the_receiver_says() {
    receiver
    for status in 408 425 429 500 502 503 504 599; do
        posts "status/$status?after=7"
        answers "said['type'] == 'retry' and said['after_ms'] == 7000 and said['reason'] == 'the receiver answered $status'"
    done
    posts status/503
    answers 'said["type"] == "retry" and said.get("after_ms", 0) == 0'
    posts "status/503?after=999999999999999999999"
    answers 'said["after_ms"] == 24 * 60 * 60 * 1000'
    posts "status/503?after=$(date -u -d '+1 hour' '+%a,+%d+%b+%Y+%H:%M:%S+GMT')"
    answers '3590000 <= said["after_ms"] <= 3600000'
    posts "status/429?after=soon"
    answers 'said["type"] == "retry" and said.get("after_ms", 0) == 0'
    posts interim
    answers 'said["type"] == "retry" and said.get("after_ms", 0) == 0 and "503" in said["reason"]'
}
what_will_never_be_taken_is_rejected_with_its_status() {
    receiver
    for status in 400 401 403 404 410 413 422; do
        posts "status/$status?after=7"
        answers "said['type'] == 'rejected' and said['reason'] == 'the receiver answered $status'"
    done
}
a_redirect_is_not_followed() {
    receiver
    posts redirect
    answers 'said["type"] == "rejected" and "301" in said["reason"] and "not followed" in said["reason"]'
    came 'len(came) == 1'
}
a_receiver_that_hangs_is_waited_for_until_the_deadline_and_no_longer() {
    receiver
    for way in hang drip; do
        before=$(date +%s%N)
        posts $way "" 1000
        [ $((($(date +%s%N) - before) / 1000000)) -ge 890 ]
        answers 'said["type"] == "retry" and "no whole answer within" in said["reason"]'
    done
    posts hang '"timeout":"1"' 20000
    answers 'said["type"] == "retry" and "no whole answer within" in said["reason"]'
}
an_answer_that_is_not_whole_is_no_yes() {
    receiver
    for way in half garbage noise cut heads; do
        posts $way
        answers 'said["type"] == "retry"'
    done
    posts heads
    answers '"headers" in said["reason"]'
}
of_an_answer_without_end_only_the_beginning_is_read() {
    receiver
    posts big "" 10000
    answers 'said["type"] == "delivered"'
}
an_answer_that_repeats_what_came_is_in_no_reason_and_no_log() {
    receiver
    for status in 200 400 500 601; do
        posts echo/$status
        answers "said['type'] in ('delivered', 'rejected', 'retry')"
        came '"GEHEIM" in came[-1]["body"]' # posts looked for it in what the output said
    done
}
a_receiver_that_is_not_there_is_tried_again() {
    receiver
    posts die # it has it, and is gone before it says so
    answers 'said["type"] == "retry" and "not reached" in said["reason"]'
    posts status/204
    answers 'said["type"] == "retry" and "not reached" in said["reason"]'
    came 'len(came) == 1'
    delivers webhook "{\"url\":\"https://nowhere.invalid/\",\"secret-file\":\"$tmp/secret\"}"
    answers 'said["type"] == "retry" and "not reached" in said["reason"]'
}

# -- where it may go ----------------------------------------------------------------------------------

# Nothing listens there: that it is refused, and not only unanswered, is in the reason.
inside_a_network_it_goes_only_when_it_may() {
    secrets "$secret"
    for host in 127.0.0.1 localhost 2130706433 0x7f.1 10.1.2.3 192.168.1.1 172.31.255.255 100.64.0.1 \
        '[::1]' '[fd12:3456::1]' '[::ffff:10.1.2.3]' '[64:ff9b::10.1.2.3]' '[2002:a01:203::1]'; do
        delivers webhook "{\"url\":\"https://$host:9/\",\"secret-file\":\"$tmp/secret\"}"
        answers 'said["type"] == "retry" and "allow-private=true permits" in said["reason"]'
    done
}
to_metadata_and_to_everybody_it_never_goes() {
    secrets "$secret"
    for host in 169.254.169.254 168.63.129.16 100.100.100.200 0.0.0.0 224.0.0.1 255.255.255.255 \
        '[fe80::1]' '[fd00:ec2::254]' '[::]' '[ff02::1]' '[::ffff:169.254.169.254]'; do
        delivers webhook "{\"url\":\"https://$host:9/\",\"secret-file\":\"$tmp/secret\",\"allow-private\":\"true\"}"
        answers 'said["type"] == "retry" and "no receiver may be" in said["reason"]'
    done
}
without_tls_it_never_goes_out_to_the_internet() {
    secrets "$secret"
    refuses '{"url":"http://example.org/","secret-file":"'$tmp/secret'"}' "use https"
    delivers webhook "{\"url\":\"http://1.1.1.1:9/\",\"secret-file\":\"$tmp/secret\",\"allow-private\":\"true\"}"
    answers 'said["type"] == "retry" and "without TLS" in said["reason"]'
}
a_url_that_is_no_place_for_a_webhook_is_refused_and_not_shown() {
    secrets "$secret"
    refuses '{"url":"https://ann:geheim@example.org/","secret-file":"'$tmp/secret'"}' "name and password"
    lacks "$tmp/answers" geheim
    refuses '{"url":"ftp://example.org/","secret-file":"'$tmp/secret'"}' "only https and http"
    refuses '{"url":"file:///etc/passwd","secret-file":"'$tmp/secret'"}' "option url"
    refuses '{"url":"https://","secret-file":"'$tmp/secret'"}' "cannot be read"
    refuses '{"url":"https://example.org/","secret-file":"'$tmp/secret'","timeout":"0"}' "1 to 600"
    refuses '{"url":"https://example.org/","secret-file":"'$tmp/secret'","source":"no uri"}' "URI reference"
}
a_proxy_of_the_environment_is_not_asked() {
    receiver
    http_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 all_proxy=http://127.0.0.1:9 posts status/204
    answers 'said["type"] == "delivered"'
}

# -- with the engine ----------------------------------------------------------------------------------

runs() { # runs CODE PATH
    [ -e "$tmp/secret" ] || secrets "$secret"
    expect_exit "$1" verbond run menger-monitor --data "$tmp/data" --case k1 --lang nl --answers "$example" \
        --output "webhook:url=http://127.0.0.1:$port/$2,allow-private=true,secret-file=$tmp/secret"
}
a_round_goes_out_and_so_does_what_is_taken_back() {
    receiver
    runs 0 status/204
    on 0 withdraw "$(listed '["round"]')" --person "$(listed '["persons"][0]["person"]')"
    on 0 erase --round "$(listed '["round"]')" --yes
    came '[c["event"]["reason"] for c in came] == ["released", "withdrawn", "erased"]'
    came '[c["event"]["revision"] for c in came] == [1, 2, 3] and len({c["event"]["subject"] for c in came}) == 1'
    came 'came[2]["event"]["data"]["respondents"] == [] and came[2]["event"]["content"] == "event"'
}
# The receiver has it and says so to nobody: with the retry the same id comes again.
what_came_twice_has_the_same_id() {
    receiver
    runs 5 first/503/x
    says "$tmp/err" "the receiver answered 503"
    on 0 outbox retry
    came 'len(came) == 2 and len({c["headers"]["webhook-id"] for c in came}) == 1'
    came 'came[0]["body"] == came[1]["body"]'
}
# It has its port from the beginning, so that nobody else gets it, and listens when it is told to.
a_receiver_that_was_down_gets_it_with_the_retry() {
    mkfifo "$tmp/go"
    cat >"$tmp/late.py" <<'PY'
import http.server, json, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        with open(sys.argv[1], "a") as out:
            out.write(json.dumps({"headers": dict(self.headers), "body": body}) + "\n")
        self.send_response(204)
        self.end_headers()
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Receiver, bind_and_activate=False)
server.server_bind()
print(server.server_port, flush=True)
open(sys.argv[2]).read()
server.server_activate()
print("listens", flush=True)
server.handle_request()
PY
    exec {said}< <(exec python3 "$tmp/late.py" "$tmp/came" "$tmp/go")
    receiver_pid=$!
    trap 'kill $receiver_pid 2>/dev/null || :' EXIT
    read -r -t 30 -u "$said" port
    runs 5 status/204
    says "$tmp/out" "GESPREKSBLAD"
    says "$tmp/err" "not reached"
    lacks "$tmp/err" "Ik word teruggebeld"
    echo >"$tmp/go"
    read -r -t 30 -u "$said" line
    on 0 outbox retry
    came 'len(came) == 1 and json.loads(came[0]["body"])["reason"] == "released"'
}

run_tests an_event_arrives_signed_and_the_library_reads_it the_result_is_in_it_byte_for_byte \
    the_instrument_goes_before_its_first_result_when_asked_for \
    files_go_before_their_result_and_come_out_as_they_were a_file_that_fails_holds_its_result_back \
    each_secret_of_the_file_signs_so_that_one_can_follow_another \
    a_file_of_secrets_that_is_not_there_is_made_and_used \
    a_secret_that_is_none_is_refused_with_its_line_and_not_shown what_is_taken_is_delivered \
    what_may_go_later_waits_as_long_as_the_receiver_says \
    what_will_never_be_taken_is_rejected_with_its_status a_redirect_is_not_followed \
    a_receiver_that_hangs_is_waited_for_until_the_deadline_and_no_longer \
    an_answer_that_is_not_whole_is_no_yes of_an_answer_without_end_only_the_beginning_is_read \
    an_answer_that_repeats_what_came_is_in_no_reason_and_no_log \
    a_receiver_that_is_not_there_is_tried_again inside_a_network_it_goes_only_when_it_may \
    to_metadata_and_to_everybody_it_never_goes without_tls_it_never_goes_out_to_the_internet \
    a_url_that_is_no_place_for_a_webhook_is_refused_and_not_shown a_proxy_of_the_environment_is_not_asked \
    a_round_goes_out_and_so_does_what_is_taken_back what_came_twice_has_the_same_id \
    a_receiver_that_was_down_gets_it_with_the_retry
