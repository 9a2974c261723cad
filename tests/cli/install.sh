#!/bin/bash
# install.sh: what is installed finds its own instruments, whatever was built before.
. tests/tools/tap.sh

# install_under PREFIX: what lies in the build folder, linked anew for that prefix
install_under() {
    expect_exit 0 env -u MAKEFLAGS -u MAKEOVERRIDES make -s B="$tmp/build" PREFIX="$1" DESTDIR="$tmp/root" install
}
# A build of its own, without sanitizers: the objects that are there, so that only what holds the prefix is made.
copy_build() {
    mkdir -p "$tmp/build"
    cp -Rp "${VERBOND_RELEASE:-$build}/." "$tmp/build/"
    rm -rf "$tmp/build/tests" "$tmp/build/bench"
}
another_prefix_than_was_built_with_finds_its_instruments() {
    copy_build
    install_under "$tmp/one"
    install_under "$tmp/two"
    mv "$tmp/root$tmp/two" "$tmp/two"
    cd "$tmp"
    unset VERBOND_INSTRUMENTS
    expect_exit 0 "$tmp/two/bin/verbond" check menger-monitor
    expect_exit 0 "$tmp/two/bin/verbond" doctor --data "$tmp/data"
    says "$tmp/out" "($tmp/two/share/verbond/instruments/menger-monitor)"
}
the_same_prefix_makes_nothing_again() {
    copy_build
    install_under "$tmp/one"
    touch "$tmp/later"
    install_under "$tmp/one"
    [ -z "$(find "$tmp/build" -name '*.o' -newer "$tmp/later")" ]
}
what_runs_it_as_a_service_is_installed_with_its_paths() {
    copy_build
    install_under "$tmp/one"
    local at=$tmp/root$tmp/one
    says "$at/lib/systemd/system/verbond.service" "ExecStart=$tmp/one/bin/verbond serve"
    says "$at/sbin/verbond-as-service" "exec $tmp/one/bin/verbond"
    [ -x "$at/sbin/verbond-as-service" ]
    for file in install.md tls.conf nginx.conf; do [ -s "$at/share/doc/verbond/$file" ]; done
    ! grep -rl '@PREFIX@' "$at/lib/systemd" "$at/sbin" "$at/share/doc"
}

run_tests another_prefix_than_was_built_with_finds_its_instruments \
    the_same_prefix_makes_nothing_again what_runs_it_as_a_service_is_installed_with_its_paths
