#!/bin/bash
# proxy.sh: the web runner behind nginx as docs/how-to/install/nginx.conf has it, and with TLS of its own.
. tests/tools/tap.sh

# nginx takes no port 0, so one is asked of the kernel that nobody has.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# begins LOG PATTERN COMMAND...: starts it, its number in $began; what it says on stderr goes into LOG, and this
# waits for a line with PATTERN, which is in $line. False when it ended without one.
begins() {
    local log=$1 pattern=$2
    shift 2
    mkfifo "$log.pipe"
    "$@" 2>"$log.pipe" &
    began=$!
    exec 9<"$log.pipe"
    while IFS= read -r line <&9; do
        echo "$line" >>"$log"
        [[ ! $line =~ $pattern ]] || break
    done
    cat <&9 >>"$log" &
    exec 9<&-
    [[ $line =~ $pattern ]]
}

certificate() { # for NAME, in $tmp/tls, as the page says
    mkdir -p "$tmp/tls"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$1" \
        -addext "subjectAltName=DNS:$1,IP:127.0.0.1" -keyout "$tmp/tls/privkey.pem" -out "$tmp/tls/fullchain.pem" 2>/dev/null
}
serve() { # serve OPTION...: its port in $port
    begins "$tmp/serve.log" '127\.0\.0\.1:([0-9]+)' "$build/verbond" serve --listen 127.0.0.1:0 --data "$tmp/data" "$@"
    port=${BASH_REMATCH[1]} server=$began
    trap 'kill "$server" ${proxy:+"$proxy"} 2>/dev/null' EXIT # where a test breaks off
}
over() { # ends what this test began; the server must end well
    local got=0
    trap - EXIT
    [ -z "${proxy:-}" ] || { kill "$proxy"; wait "$proxy" 2>/dev/null || :; }
    kill "$server"
    wait "$server" || got=$?
    [ "$got" -eq 0 ]
}
behind_nginx() { # the example, with ports and paths of this test
    outside=$(free_port) plain=$(free_port)
    certificate praat.example
    serve --origin "https://praat.example:$outside"
    mkdir -p "$tmp/nginx"
    sed -e "s|127.0.0.1:8480|127.0.0.1:$port|; s|listen 443|listen 127.0.0.1:$outside|; s|listen 80;|listen 127.0.0.1:$plain;|" \
        -e "s|/etc/verbond/tls|$tmp/tls|" docs/how-to/install/nginx.conf >"$tmp/site.conf"
    cat >"$tmp/nginx.conf" <<CONF
daemon off; pid $tmp/nginx/pid; error_log stderr notice;
events {}
http { access_log $tmp/nginx/access.log; client_body_temp_path $tmp/nginx/body; proxy_temp_path $tmp/nginx/proxy;
  fastcgi_temp_path $tmp/nginx/f; uwsgi_temp_path $tmp/nginx/u; scgi_temp_path $tmp/nginx/s;
  include $tmp/site.conf; }
CONF
    begins "$tmp/nginx.log" 'start worker processes' nginx -e stderr -c "$tmp/nginx.conf" # it listens before it says so
    proxy=$began
}
outside() { # outside PATH [CURL OPTION...]
    local path=$1
    shift
    curl -sS -m 20 --cacert "$tmp/tls/fullchain.pem" --resolve "praat.example:$outside:127.0.0.1" "$@" "https://praat.example:$outside$path"
}
status() { outside "$@" -o /dev/null -w '%{http_code}'; }

pages_come_through_the_proxy_and_what_is_for_the_machine_does_not() {
    behind_nginx
    outside / >"$tmp/page"
    says "$tmp/page" "<!doctype html>"
    [ "$(status /assets/css/tokens.css)" = 200 ]
    [ "$(status /metrics)" = 404 ]
    [ "$(status /health/ready)" = 404 ]
    [ "$(curl -s -m 20 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/health/ready")" = 200 ]
    [ "$(curl -s -m 20 -o /dev/null -w '%{redirect_url}' -H 'Host: praat.example' "http://127.0.0.1:$plain/i")" = https://praat.example/i ]
    over
}
every_header_comes_through_the_proxy_once() {
    behind_nginx
    outside / -D "$tmp/head" -o /dev/null
    for name in content-security-policy strict-transport-security x-content-type-options cache-control; do
        [ "$(grep -ci "^$name:" "$tmp/head")" = 1 ] || { echo "# $name"; cat "$tmp/head"; return 1; }
    done
    over
}
a_page_of_another_place_can_send_nothing_through_the_proxy() {
    behind_nginx
    post() { status /api/v1/seat -H 'Content-Type: application/json' -d '{"token":"x"}' "$@"; }
    [ "$(post -H 'Origin: https://evil.example')" = 403 ]
    [ "$(post -H 'Sec-Fetch-Site: cross-site')" = 403 ]
    case $(post -H "Origin: https://praat.example:$outside" -H 'Sec-Fetch-Site: same-origin') in 401 | 404 | 410) ;; *) return 1 ;; esac
    over
}
guesses_are_slowed_for_each_address_at_the_proxy() {
    behind_nginx
    for _ in $(seq 40); do
        status /api/v1/seat -H 'Content-Type: application/json' -d '{"code":"ABCD-2345"}' -H "Origin: https://praat.example:$outside"
        echo
    done >"$tmp/statuses"
    says "$tmp/statuses" 429
    over
}
# With nowhere to write, a large body still arrives: so none lies in a file of nginx meanwhile.
nothing_that_is_sent_lies_in_a_file_of_nginx() {
    behind_nginx
    [ -z "$(find "$tmp/nginx/body" "$tmp/nginx/proxy" -type f)" ]
    chmod 0 "$tmp/nginx/body" "$tmp/nginx/proxy"
    rm -rf "$tmp/nginx/body"
    head -c 300000 /dev/zero | tr '\0' ' ' >"$tmp/large"
    [ "$(status /api/v1/seat -H 'Content-Type: application/json' --data-binary "@$tmp/large" -H "Origin: https://praat.example:$outside")" = 413 ]
    [ ! -s "$tmp/nginx/access.log" ]
    over
}
tls_of_its_own_is_taken_and_nothing_older() {
    certificate localhost
    serve --tls-cert "$tmp/tls/fullchain.pem" --tls-key "$tmp/tls/privkey.pem"
    [ "$(curl -sS -m 20 --cacert "$tmp/tls/fullchain.pem" -o /dev/null -w '%{http_code}' "https://localhost:$port/health/ready")" = 200 ]
    expect_exit 35 curl -s -m 20 --cacert "$tmp/tls/fullchain.pem" --tls-max 1.1 "https://localhost:$port/health/ready"
    curl -s -m 20 "http://127.0.0.1:$port/health/ready" >"$tmp/plain" || :
    [ ! -s "$tmp/plain" ]
    over
}

run_tests pages_come_through_the_proxy_and_what_is_for_the_machine_does_not every_header_comes_through_the_proxy_once \
    a_page_of_another_place_can_send_nothing_through_the_proxy guesses_are_slowed_for_each_address_at_the_proxy \
    nothing_that_is_sent_lies_in_a_file_of_nginx tls_of_its_own_is_taken_and_nothing_older
