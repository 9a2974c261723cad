#!/bin/bash
# install.sh: what is installed finds its own instruments, whatever was built before.
. tests/tools/tap.sh

# One for all tests: a build of its own, without sanitizers, and what was installed of it.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
one=$place/root$place/one

# install_under PREFIX: what lies in the build folder, linked anew for that prefix
install_under() {
    expect_exit 0 env -u MAKEFLAGS -u MAKEOVERRIDES make -s B="$place/build" PREFIX="$1" DESTDIR="$place/root" install
}
install_one() {
    [ ! -d "$one" ] || return 0
    objects_in "$place/build"
    install_under "$place/one"
}
the_same_prefix_makes_nothing_again() {
    install_one
    touch "$tmp/later"
    install_under "$place/one"
    [ -z "$(find "$place/build" -name '*.o' -newer "$tmp/later")" ]
}
what_runs_it_as_a_service_is_installed_with_its_paths() {
    install_one
    says "$one/lib/systemd/system/verbond.service" "ExecStart=$place/one/bin/verbond serve"
    says "$one/sbin/verbond-as-service" "exec $place/one/bin/verbond"
    [ -x "$one/sbin/verbond-as-service" ]
    for file in install.md tls.conf nginx.conf; do [ -s "$one/share/doc/verbond/$file" ]; done
    ! grep -rl '@PREFIX@' "$one/lib/systemd" "$one/sbin" "$one/share/doc"
}
another_prefix_than_was_built_with_finds_its_instruments() {
    install_one
    install_under "$place/two"
    mv "$place/root$place/two" "$place/two"
    cd "$tmp"
    unset VERBOND_INSTRUMENTS
    expect_exit 0 "$place/two/bin/verbond" check menger-monitor
    expect_exit 0 "$place/two/bin/verbond" doctor --data "$tmp/data"
    says "$tmp/out" "($place/two/share/verbond/instruments/menger-monitor)"
}

run_tests the_same_prefix_makes_nothing_again what_runs_it_as_a_service_is_installed_with_its_paths \
    another_prefix_than_was_built_with_finds_its_instruments
