#!/bin/sh
# demo-web.sh BUILD: the web runner on 127.0.0.1:8480 ($VERBOND_LISTEN) with an account and a case to try it
# with: the professional's side of a round is filled in, the client is invited. It runs until Ctrl-C.
# Again, it goes on with the same data and makes another invitation while the round is open. Data:
# build/demo-web, or $VERBOND_DATA, with the account's password beside it; the key that it is sealed
# under: build/demo-key, or $VERBOND_KEY.
set -eu
build=$1
export VERBOND_KEY=${VERBOND_KEY:-build/demo-key}
listen=${VERBOND_LISTEN:-127.0.0.1:8480}
data=${VERBOND_DATA:-build/demo-web}
verbond() { "$build/verbond" "$@" --data "$data" </dev/null; }

# The professional of the example, alone: what stands behind the client.
begin() {
    answers=$(mktemp)
    trap 'rm -f "$answers"' EXIT
    { echo '{' && sed -n '/^  "professional"/,$p' instruments/menger-monitor/example.json; } >"$answers"
    verbond run menger-monitor --case demo --answers "$answers" >/dev/null 2>&1
    (umask 077 && head -c 15 /dev/urandom | base64 | tr '+/' 'ab' >"$data.password")
    verbond staff add demo --role worker,admin --password-file "$data.password" >/dev/null
    verbond staff assign demo demo >/dev/null
}
[ -f "$data/verbond.db" ] || begin

round=$(verbond rounds --json | sed -n 's/.*"round":"\([^"]*\)".*"case":"demo".*"state":"open".*/\1/p' | head -n 1)
echo "professionals: http://$listen/staff   name: demo   password: $(cat "$data.password")"
if [ -n "$round" ]; then
    link=$(verbond invite "$round" --as client --lang nl --origin "http://$listen" 2>/dev/null)
    echo "client:        $(echo "$link" | head -n 1)   or the code $(echo "$link" | tail -n 1)"
else
    echo "client:        the demo's round is done; start another one as demo, or remove $data"
fi
exec "$build/verbond" serve --listen "$listen" --data "$data"
