#!/bin/bash
# sheet.sh: sheets as pages in Debian's chromium: what they fetch, say aloud and print.
#
# It makes the sheets; sheet.mjs looks at them and speaks TAP. Wants chromium, node, and the packages
# of package-lock.json in build/web (make build/web/ready); without them it fails.
set -eu
. tests/tools/tap.sh
tmp=$(mktemp -d) web=${VERBOND_WEB:-build/web}
trap 'rm -rf "$tmp"' EXIT
own_home "$tmp"
example=instruments/menger-monitor/example.json

# round DATA WAVE: that round's id
round() {
    verbond rounds --json --data "$1" | python3 -c 'import json, sys
print([r["round"] for r in json.load(sys.stdin) if r["wave"] == sys.argv[1]][0])' "$2"
}
# edited STATEMENT: the example's answers, changed by a Python statement about d, in $tmp/a.json
edited() {
    python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
exec(sys.argv[2])
json.dump(d, open(sys.argv[3], "w"))' "$example" "$1" "$tmp/a.json"
}
# run DATA INSTRUMENT ANSWERS [OPTION...]
run() {
    local data=$1 instrument=$2 answers=$3
    shift 3
    verbond run "$instrument" --data "$tmp/$data" --answers "$answers" "$@" >"$tmp/run.txt" 2>&1 ||
        { cat "$tmp/run.txt"; exit 1; }
}
# page NAME DATA [WAVE [OPTION...]]: the sheet of that round in $tmp/NAME.html
page() {
    local name=$1 data=$tmp/$2 wave=${3:-t0}
    shift 3 || shift $#
    verbond sheet "$(round "$data" "$wave")" --data "$data" --format html "$@" >"$tmp/$name.html"
}

run dyad menger-monitor "$example" --lang nl
page dyad dyad
page dyad-client dyad t0 --for client
page dyad-two-languages dyad t0 --lang en

edited 'd = {"client": dict(d["client"], **{"@one_sided": True})}'
run one menger-monitor "$tmp/a.json" --lang nl
verbond close "$(round "$tmp/one" t0)" --data "$tmp/one" >/dev/null 2>&1
page one-side one

edited 'd["@talk"] = {"topic": "geld", "goals": [{"text": "een eigen kamer", "whose": "client",
    "term": "long", "by": "2027-02-28", "yes": {"client": True, "professional": False}}],
    "agreements": [{"who": "Sam", "what": "de gemeente bellen", "when": "2026-12-01"},
                   {"who": "wij", "what": "samen naar het loket"}], "next": "2027-01-12"}'
run talk menger-monitor "$tmp/a.json" --lang nl --case dove7
page after-the-talk talk
edited 'd["client"]["@last"] = ["done", "not_yet"]; d["professional"]["@last"] = ["partly", "done"]'
run talk menger-monitor "$tmp/a.json" --lang nl --case dove7 --wave t1
page last-time talk t1

cat >"$tmp/a.json" <<'JSON'
{"relative:Sam": {"bond.attention": 3, "bond.talk": 2, "well": "Samen eten."},
 "relative:Sanne": {"bond.attention": 1, "bond.talk": 1, "well": "Er wordt naar mij geluisterd."},
 "relative:Robin": null,
 "professional": {"bond.attention": {"relative:Sam": 3, "relative:Sanne": 2, "relative:Robin": 2},
                  "bond.talk": {"relative:Sam": 1, "relative:Sanne": 3}}, "@release": true}
JSON
run family tests/fixtures/instruments/family "$tmp/a.json" --lang nl
page family family

run alliance family-alliance instruments/family-alliance/example.json --lang nl
page family-alliance alliance

# Long names, endless words, much text.
edited 'd["client"]["going.well"] = "een heel lang verhaal " * 40; d["client"]["can.better"] = "W" * 400
d["@talk"] = {"topic": "x" * 400, "agreements": [{"who": "y" * 90, "what": "z " * 200, "when": None}]}
d["client:" + "Annemarijke Wilhelmina van den Berg-de Vries tot Oldenzaal"[:60]] = d.pop("client")'
run long menger-monitor "$tmp/a.json" --lang nl
page long long

cat >"$tmp/a.json" <<'JSON'
{"client": {"plan.clear": 3, "plan.help": 1, "plan.heard": 1, "room": 300,
            "well": "<script>alert(1)</script> نتحدث كثيرا"},
 "professional": {"plan.clear": 3, "plan.help": 3, "plan.heard": 3, "room": 800, "well": "We lachen."}}
JSON
run mirrored tests/web/instruments/mirrored "$tmp/a.json" --lang ar
page mirrored mirrored t0 --lang ar

run arabic menger-monitor "$example" --lang ar --with strengths
page dyad-arabic arabic t0 --lang ar

# Forms of paper are pages too.
verbond paper menger-monitor --role client --with strengths >"$tmp/form-client.html"
verbond paper family-alliance --role professional --lang en >"$tmp/form-family.html"
verbond paper tests/fixtures/good/everything --role client --lang en >"$tmp/form-kinds.html" 2>/dev/null
verbond paper strengths --role client --lang ar >"$tmp/form-arabic.html"

node tests/web/sheet.mjs "$web" "$tmp"
