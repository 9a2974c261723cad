#!/bin/bash
# web.sh [--all] BUILD: durable sealed answers over HTTP, as a ratio to what nginx makes of the same requests with
# `return 200`, in turns (A B A B), each with syncs as they are and 10 ms longer; the same of libmicrohttpd with nothing
# behind it, and what an idle connection takes (tests/bench/README.md). --all also prints the answers a second behind the
# ratios. Nothing here waits for a time: servers say when they listen.
set -eu
all=/dev/null
if [ "$1" = --all ]; then all=/dev/stderr; shift; fi
build=$1
here=tests/bench
work=$PWD/$build/bench-data/web
sessions=200 turns=5 answers=19 # of the hundred questions of steady
idle_few=200 idle_many=2000
export VERBOND_INSTRUMENTS=$PWD/$here/instruments VERBOND_KEY=$work/key
server='' proxy='' holding='' bare=''

end() { # end PID: it was begun here
    [ -z "$1" ] || { kill "$1" 2>/dev/null; wait "$1" 2>/dev/null || true; }
}
clean() {
    end "$holding"
    end "$server"
    end "$bare"
    nginx_down
    rm -rf "$work"
}
trap clean EXIT
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
range() { sort -g | awk 'NR == 1 { low = $1 } END { print low " to " $1 }'; }
column() { awk -v k="$2" '{ print $k }' "$1"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# One worker, as verbond has one thread that hears; no log, since verbond writes none of an answer. As a daemon: the command
# comes back when it listens.
nginx_up() {
    nginx_port=$(free_port)
    mkdir -p "$work/nginx"
    cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon on; pid $work/nginx/pid; error_log $work/nginx/error.log;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000;
  client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f;
  uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
  server { listen 127.0.0.1:$nginx_port; location / { return 200; } } }
CONF
    nginx -e "$work/nginx/error.log" -c "$work/nginx.conf" 2>"$work/nginx/stderr" || { cat "$work/nginx/stderr" >&2; return 1; }
    proxy=yes
}
nginx_down() { # it is there until it has let go of its files
    [ -n "$proxy" ] || return 0
    proxy=''
    # A reply from a worker says that the master wrote its pid before.
    curl -s "http://127.0.0.1:$nginx_port/" >/dev/null || return 0
    local pid
    pid=$(cat "$work/nginx/pid")
    kill "$pid"
    tail --pid="$pid" -f /dev/null
}

# up MS: a store of its own, and a seat for every session.
up() {
    local slow=()
    [ "$1" = 0 ] || slow=(env "LD_PRELOAD=$PWD/$build/crash/slow.so" "SLOW_SYNC_MS=$1")
    rm -rf "$work/data"
    "$build/verbond" staff add bench --role worker --password-file "$work/password" --data "$work/data" \
        >"$work/staff.log" 2>&1 || { cat "$work/staff.log" >&2; return 1; }
    rm -f "$work/says"
    mkfifo "$work/says"
    "${slow[@]}" "$build/verbond" serve --listen 127.0.0.1:0 --data "$work/data" 2>"$work/says" &
    server=$!
    exec 3<"$work/says"
    port=''
    while [ -z "$port" ]; do
        IFS= read -r line <&3 || { echo "verbond serve ended" >&2; return 1; }
        [[ ! $line =~ listening\ on\ http://127\.0\.0\.1:([0-9]+) ]] || port=${BASH_REMATCH[1]}
    done
    python3 $here/web_seats.py "$port" bench "$(cat "$work/password")" $sessions steady >"$work/seats"
}
down() {
    kill "$server"
    wait "$server"
    server=''
    exec 3<&-
}

# against_nginx PORT SEATS OURS THEIRS: what listens there and nginx, in turns; the ratios in $work/ratios
against_nginx() {
    rm -f "$3" "$4"
    for ((k = 0; k < turns; k++)); do
        "$build/bench/load" "$1" "$2" $sessions $answers >>"$3"
        "$build/bench/load" "$nginx_port" "$work/seats.nginx" $sessions $answers >>"$4"
    done
    paste "$3" "$4" | awk '{ printf "%.3f\n", $1 / $5 }' >"$work/ratios"
}

# libmicrohttpd alone, and nginx, in turns.
ceiling() {
    coproc alone { exec "$build/bench/bare"; }
    bare=${alone_PID:?}
    local to=${alone[1]} own
    read -r own <&"${alone[0]}"
    cp "$work/seats" "$work/seats.bare"
    against_nginx "$own" "$work/seats.bare" "$work/bare" "$work/beside"
    echo "libmicrohttpd with an empty 200, suspended and resumed: $(median <"$work/ratios") x nginx return 200" \
        "($(range <"$work/ratios"))"
    eval "exec $to>&-"
    wait "$bare"
    bare=''
}

# rounds MS: ours and nginx, in turns.
rounds() {
    cp "$work/seats" "$work/seats.nginx"
    against_nginx "$port" "$work/seats" "$work/ours" "$work/theirs"
    echo "answers over HTTP, sync +$1 ms, $sessions at once: $(median <"$work/ratios") x nginx return 200" \
        "($(range <"$work/ratios"))"
    echo "answers over HTTP, sync +$1 ms, $sessions at once: half within $(column "$work/ours" 2 | median) ms," \
        "p99 $(column "$work/ours" 3 | median) ms, at worst $(column "$work/ours" 4 | sort -g | tail -n 1) ms"
    echo "  $(column "$work/ours" 1 | median) answers a second, nginx $(column "$work/theirs" 1 | median)" >>"$all"
}

resident() { awk '$1 == "RssAnon:" { print $2 * 1024 }' "/proc/$server/status"; }
held() { # held COUNT: what is resident while that many connections wait
    coproc holder { "$build/bench/load" "$port" "$work/seats" "$1" idle; }
    holding=${holder_PID:?}
    read -r _ <&"${holder[0]}"
    resident >"$work/held.$1"
    eval "exec ${holder[1]}>&-"
    wait "$holding"
    holding=''
}

rm -rf "$work"
mkdir -p "$work"
(umask 077 && head -c 15 /dev/urandom | base64 >"$work/password")
nginx_up
for ms in 0 10; do
    up $ms
    rounds $ms
    [ $ms = 10 ] || { ceiling && held $idle_few && held $idle_many; }
    down
done
echo "an idle connection: $((($(cat "$work/held.$idle_many") - $(cat "$work/held.$idle_few")) / (idle_many - idle_few))) bytes resident"
