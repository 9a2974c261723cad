#!/bin/bash
# service.sh: what is installed for those who run the web runner: the unit, its command, the examples.
. tests/tools/tap.sh

here=docs/how-to/install
# as_installed FILE: with the prefix in it, in $tmp
as_installed() { sed "s|@PREFIX@|$tmp/usr|" "$here/$1" >"$tmp/$1"; }
a_program() { # the unit wants one that is there
    mkdir -p "$tmp/usr/bin"
    ln -s "$build/verbond" "$tmp/usr/bin/verbond"
}

the_unit_is_confined_to_less_than_two() {
    local score
    a_program
    as_installed verbond.service
    score=$(systemd-analyze security --offline=true --no-pager "$tmp/verbond.service" |
        grep -aoE 'Overall exposure level for [^:]*: [0-9.]+' | grep -oE '[0-9.]+$')
    echo "# $score"
    awk -v score="$score" 'BEGIN { exit !(score != "" && score < 2.0) }'
}
# The control: without what confines it, the same question has another answer.
a_unit_that_is_not_confined_is_seen() {
    a_program
    as_installed verbond.service
    sed -i '/^Protect\|^Restrict\|^SystemCall\|^Capability\|^Private/d' "$tmp/verbond.service"
    systemd-analyze security --offline=true --no-pager "$tmp/verbond.service" >"$tmp/out"
    ! grep -aqE 'Overall exposure level for [^:]*: [01]\.' "$tmp/out"
}
systemd_has_nothing_to_say_about_the_unit() {
    a_program
    as_installed verbond.service
    expect_exit 0 systemd-analyze verify "$tmp/verbond.service"
    [ ! -s "$tmp/err" ]
}
systemd_has_nothing_to_say_about_the_unit_with_tls() {
    a_program
    as_installed verbond.service
    as_installed tls.conf
    mkdir "$tmp/verbond.service.d"
    mv "$tmp/tls.conf" "$tmp/verbond.service.d/"
    expect_exit 0 systemd-analyze verify "$tmp/verbond.service"
    [ ! -s "$tmp/err" ]
}
# What systemd-run would do, without systemd: a copy of the key in a folder of its own, and the command.
a_command_as_the_service_has_its_key_and_its_data() {
    a_program
    as_installed verbond-as-service
    mkdir "$tmp/path" "$tmp/credentials" "$tmp/data"
    cat >"$tmp/path/systemd-run" <<SH
#!/bin/bash
credential=
while [[ \$1 == -* ]]; do
    case \$1 in
        --property=LoadCredential=key:/etc/verbond/key) credential=$tmp/credentials ;;
        --setenv=VERBOND_DATA=/var/lib/verbond) export VERBOND_DATA=$tmp/data ;;
        --setenv=*) export "\${1#--setenv=}" ;;
    esac
    shift
done
export CREDENTIALS_DIRECTORY=\$credential
exec "\$@"
SH
    chmod +x "$tmp/path/systemd-run"
    (umask 077; printf 'verbond-key-1 %064d\n' 7 >"$tmp/credentials/key")
    export VERBOND_INSTRUMENTS=$PWD/instruments
    PATH=$tmp/path:$PATH expect_exit 0 sh "$tmp/verbond-as-service" run menger-monitor --case dove7 \
        --answers instruments/menger-monitor/example.json
    expect_exit 0 env VERBOND_KEY="$tmp/credentials/key" "$build/verbond" rounds --data "$tmp/data"
    says "$tmp/out" "dove7"
}
# The page says how a key is made; verbond takes it.
a_key_that_is_made_by_hand_is_taken() {
    local line
    line=$(grep -F "printf 'verbond-key-1" docs/how-to/install.md)
    (cd "$tmp" && eval "${line//\/etc\/verbond\/key/$tmp/key}")
    [ "$(stat -c %a "$tmp/key")" = 600 ]
    VERBOND_KEY=$tmp/key on 0 run menger-monitor --answers instruments/menger-monitor/example.json
}

run_tests the_unit_is_confined_to_less_than_two a_unit_that_is_not_confined_is_seen \
    systemd_has_nothing_to_say_about_the_unit systemd_has_nothing_to_say_about_the_unit_with_tls \
    a_command_as_the_service_has_its_key_and_its_data a_key_that_is_made_by_hand_is_taken
