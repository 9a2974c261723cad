#!/bin/bash
# webhook_tls.sh: webhooks to a real nginx: certificates that are right and wrong, and its own answers.
. tests/tools/tap.sh
. tests/tools/receiver.sh

PATH=$PATH:/usr/sbin # where nginx lies

# certificate NAME CA SUBJECT-ALTERNATIVE-NAME [ENDS]: a key and a certificate by that CA
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$tmp/$1.key" -out "$tmp/$1.csr" 2>"$tmp/openssl.log"
    printf 'subjectAltName=%s\n' "$3" >"$tmp/$1.ext"
    : >"$tmp/$2.txt"
    openssl ca -batch -notext -config "$tmp/ca.conf" -name "$2" -in "$tmp/$1.csr" -out "$tmp/$1.crt" \
        -startdate 20200101000000Z -enddate "${4:-20991231000000Z}" -extfile "$tmp/$1.ext" 2>>"$tmp/openssl.log" ||
        { cat "$tmp/openssl.log"; return 1; }
}
authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -days 2 \
        -keyout "$tmp/$1.key" -out "$tmp/$1.crt" 2>"$tmp/openssl.log"
    cat >>"$tmp/ca.conf" <<CONF
[$1]
database = $tmp/$1.txt
new_certs_dir = $tmp
certificate = $tmp/$1.crt
private_key = $tmp/$1.key
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
CONF
}
# serves: nginx until the test ends; its ports in $plain, $good, ...
serves() {
    authority ours
    authority theirs
    certificate good ours "IP:127.0.0.1,DNS:localhost"
    certificate wrong-name ours "DNS:example.org"
    certificate expired ours "IP:127.0.0.1" 20210101000000Z
    certificate stranger theirs "IP:127.0.0.1"
    exec {said}< <(exec python3 tests/output/nginx.py "$tmp" 2>"$tmp/nginx.err")
    nginx_pid=$!
    trap 'kill $nginx_pid 2>/dev/null || :' EXIT
    read -r -t 30 -u "$said" plain good wrong_name expired stranger || { cat "$tmp/nginx.err"; return 1; }
}
# posts URL [OPTIONS]: with our own authority trusted
posts() {
    printf 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n' >"$tmp/secret"
    chmod 600 "$tmp/secret"
    delivers webhook "{\"url\":\"$1\",\"secret-file\":\"$tmp/secret\",\"allow-private\":\"true\"${2-,\"ca-file\":\"$tmp/ours.crt\"}}"
    lacks "$tmp/answers" GEHEIM
}
heard() { [ "$(grep -c "POST /$1" "$tmp/access.log")" -eq "$2" ]; }

to_a_receiver_whose_certificate_is_right_it_goes() {
    serves
    posts "https://127.0.0.1:$good/taken"
    answers 'said["type"] == "delivered"'
    posts "https://localhost:$good/taken"
    answers 'said["type"] == "delivered"'
    heard taken 2
}
to_one_whose_certificate_is_wrong_nothing_goes_and_it_waits() {
    serves
    for one in "$wrong_name match" "$expired expired" "$stranger certificate"; do
        posts "https://127.0.0.1:${one% *}/taken"
        answers "said['type'] == 'retry' and '${one#* }' in said['reason']"
    done
    posts "https://127.0.0.1:$good/taken" "" # of ours the system knows nothing
    answers 'said["type"] == "retry" and "certificate" in said["reason"]'
    posts "https://127.0.0.1:$plain/taken" # no TLS there
    answers 'said["type"] == "retry" and "not reached" in said["reason"]'
    [ ! -s "$tmp/access.log" ] || lacks "$tmp/access.log" "POST /taken"
}
an_authority_that_cannot_be_read_is_said_at_once() {
    posts "https://127.0.0.1:9/taken" ",\"ca-file\":\"$tmp/nowhere.pem\""
    answers '"cannot read" in log and "nowhere.pem" in log'
}
what_nginx_answers_is_understood() {
    serves
    posts "https://127.0.0.1:$good/moved"
    answers 'said["type"] == "rejected" and "301" in said["reason"]'
    posts "https://127.0.0.1:$good/later"
    answers 'said["type"] == "retry" and said["after_ms"] == 30000 and "429" in said["reason"]'
    posts "https://127.0.0.1:$good/small"
    answers 'said["type"] == "rejected" and "413" in said["reason"]'
    posts "https://127.0.0.1:$good/broken"
    answers 'said["type"] == "retry" and "500" in said["reason"]'
    posts "https://127.0.0.1:$good/behind" # whoever is behind it is not there
    answers 'said["type"] == "retry" and "502" in said["reason"]'
    posts "https://127.0.0.1:$good/nowhere"
    answers 'said["type"] == "rejected" and "404" in said["reason"]'
    heard taken 0
}

run_tests to_a_receiver_whose_certificate_is_right_it_goes \
    to_one_whose_certificate_is_wrong_nothing_goes_and_it_waits \
    an_authority_that_cannot_be_read_is_said_at_once what_nginx_answers_is_understood
