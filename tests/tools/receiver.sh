# receiver.sh - sourced by tests of outputs that send: a receiver on a free port, and an output spoken
# to by hand, as the engine would.
web=${VERBOND_WEB:-build/web}

# receiver: starts tests/output/receiver.mjs until the test ends; $port, what came in $tmp/came
receiver() {
    exec {said}< <(exec node tests/output/receiver.mjs "$tmp/came" "$web" 2>"$tmp/receiver.err")
    receiver_pid=$!
    trap 'kill $receiver_pid 2>/dev/null || :' EXIT
    read -r -t 30 -u "$said" port || { cat "$tmp/receiver.err"; return 1; }
}

# delivers PLUGIN OPTIONS [DEADLINE_MS [RESULT [BLOBS]]]: hello and one delivery, called $parcel; the answers
# in $tmp/answers, what it says on stderr in $tmp/host.err. OPTIONS and BLOBS are JSON.
result='{"schema":"verbond.result/1","content":"items","id":"r1/1","revision":1,"reason":"released","round":"r1","released_at":"2026-11-22T09:30:00Z","n":1.10,"big":12345678901234567890,"text":"GEHEIM-antwoord"}'
instrument='{"schema":"verbond.instrument/1","id":"check-in","version":"1.0.0","digest":"sha256:5f0c"}'
delivers() {
    local plugin=$1 options=$2 deadline=${3:-20000} what=${4:-$result} blobs=${5:-[]} rc=0
    {
        printf '{"type":"hello","protocol":"1.0","output":"mine","options":%s,"dir":"%s"}\n' "$options" "$tmp"
        printf '{"type":"instrument","digest":"sha256:5f0c","instrument":%s}\n' "$instrument"
        printf '{"type":"deliver","parcel":"%s","attempt":1,"deadline_ms":%d,"digest":"sha256:5f0c","result":%s,"blobs":%s}\n' \
            "${parcel:-r1/mine/1}" "$deadline" "$what" "$blobs"
    } | verbond output-host "$build/plugins/$plugin.so" >"$tmp/answers" 2>"$tmp/host.err" || rc=$?
    echo "$rc" >"$tmp/rc"
}
# answers EXPRESSION: holds of `said`, the last line the output said; `log` is all it logged
answers() {
    python3 - "$tmp/answers" "$1" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
said, log = lines[-1], " ".join(line["text"] for line in lines if line["type"] == "log")
if not eval(sys.argv[2]):
    sys.exit(f"# {sys.argv[2]} does not hold of {lines[1:]}")
PY
}
# came EXPRESSION: holds of `came`, what the receiver got, as a list
came() {
    python3 - "$tmp/came" "$1" <<'PY'
import json, os, sys
came = [json.loads(line) for line in open(sys.argv[1])] if os.path.exists(sys.argv[1]) else []
if not eval(sys.argv[2]):
    sys.exit(f"# {sys.argv[2]} does not hold of {came}")
PY
}
# listed INDEX: that of the first round that is kept, such as ["round"]
listed() {
    verbond rounds --json --data "$tmp/data" | python3 -c "import json, sys; print(json.load(sys.stdin)[0]$1)"
}
