#!/bin/bash
# events.sh: what the page on events says is tried on an event that was really sent.
. tests/tools/tap.sh
. tests/tools/receiver.sh

page=$top/docs/reference/events.md
secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
# block LANGUAGE: the one block of the page in that language
block() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{ /^\`\`\`/d; p }" "$page"; }

# sent: an event at the receiver; its body in $tmp/body, the head in $tmp/head.json and $id ...
sent() {
    printf '%s\n' "$secret" >"$tmp/webhook.secret"
    chmod 600 "$tmp/webhook.secret"
    receiver
    delivers webhook "{\"url\":\"http://127.0.0.1:$port/status/204\",\"secret-file\":\"$tmp/webhook.secret\",\"allow-private\":\"true\"}"
    answers 'said["type"] == "delivered"'
    python3 - "$tmp" <<'PY'
import json, sys
came = json.loads(open(sys.argv[1] + "/came").readline())
open(sys.argv[1] + "/body", "wb").write(came["body"].encode())
json.dump(came["headers"], open(sys.argv[1] + "/head.json", "w"))
PY
}
header() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["webhook-" + sys.argv[2]])' "$tmp/head.json" "$1"; }
with() { # with HEADER VALUE: that header is another one
    python3 - "$tmp/head.json" "$1" "$2" <<'PY'
import json, sys
head = json.load(open(sys.argv[1]))
head["webhook-" + sys.argv[2]] = sys.argv[3]
json.dump(head, open(sys.argv[1], "w"))
PY
}
in_a_shell() {
    id=$(header id) timestamp=$(header timestamp) signatures=$(header signature)
    export id timestamp signatures
    (cd "$tmp" && bash -c "$(block sh)")
}
in_python() {
    { block python; cat <<'PY'; } | python3 - "$tmp"
import json, sys
with open(sys.argv[1] + "/body", "rb") as body, open(sys.argv[1] + "/head.json") as head, \
        open(sys.argv[1] + "/webhook.secret") as secrets:
    sys.exit(0 if is_genuine(json.load(head), body.read(), secrets.read().split()) else 1)
PY
}
in_node() {
    block js >"$tmp/genuine.mjs"
    cat >"$tmp/check.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { isGenuine } from "./genuine.mjs";
const file = (name) => readFileSync(new URL(name, import.meta.url));
const secrets = file("webhook.secret").toString().trim().split("\n");
process.exit(isGenuine(JSON.parse(file("head.json")), file("body"), secrets) ? 0 : 1);
JS
    node "$tmp/check.mjs"
}
# each CODE: all three end with it
each() {
    local way
    for way in in_a_shell in_python in_node; do expect_exit "$1" $way; done
}

what_was_sent_is_genuine() {
    sent
    each 0
}
one_signature_of_several_is_enough() {
    sent
    with signature "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= $(header signature) v1a,other"
    each 0
}
what_was_changed_on_the_way_is_not() {
    sent
    cp "$tmp/head.json" "$tmp/kept"
    with id r1/mine/2
    each 1
    cp "$tmp/kept" "$tmp/head.json"
    with timestamp "$(($(header timestamp) - 1))"
    each 1
    cp "$tmp/kept" "$tmp/head.json"
    printf ' ' >>"$tmp/body"
    each 1
}
what_another_secret_signed_is_not() {
    sent
    echo whsec_YW5vdGhlciBzZWNyZXQsIHdoaWNoIGlzIGxvbmdlcg== >"$tmp/webhook.secret"
    each 1
}
# Signed as it should be, ten minutes ago.
what_is_older_than_the_window_is_not() {
    sent
    with timestamp "$(($(header timestamp) - 600))"
    with signature "$(python3 - "$tmp" "$secret" <<'PY'
import base64, hashlib, hmac, json, sys
head = json.load(open(sys.argv[1] + "/head.json"))
signed = f'{head["webhook-id"]}.{head["webhook-timestamp"]}.'.encode() + open(sys.argv[1] + "/body", "rb").read()
print("v1," + base64.b64encode(hmac.digest(base64.b64decode(sys.argv[2][6:]), signed, hashlib.sha256)).decode())
PY
)"
    each 1
}
the_event_on_the_page_has_the_attributes_that_are_sent() {
    sent
    block json >"$tmp/page.json"
    python3 - "$tmp/page.json" "$tmp/body" "$page" <<'PY'
import json, sys
shown, sent = (json.load(open(path)) for path in sys.argv[1:3])
assert list(shown) == list(sent), (list(shown), list(sent))
for name in ("specversion", "source", "type", "datacontenttype", "dataschema"):
    assert shown[name] == sent[name], name
text = open(sys.argv[3]).read()
assert all(f"`{name}`" in text for name in sent if name not in ("specversion", "data")), list(sent)
PY
}

run_tests what_was_sent_is_genuine one_signature_of_several_is_enough what_was_changed_on_the_way_is_not \
    what_another_secret_signed_is_not what_is_older_than_the_window_is_not \
    the_event_on_the_page_has_the_attributes_that_are_sent
