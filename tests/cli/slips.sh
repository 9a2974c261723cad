#!/bin/bash
# slips.sh: twenty slips of the kind that everybody makes in a first instrument, one by one. Each is
# told with its line and with what to do.
. tests/tools/tap.sh

each_slip_is_told_with_its_line_and_what_to_do() {
    cd "$tmp"
    verbond new instrument proef >/dev/null 2>&1
    PATH=$build:$PATH python3 "$top/tests/tools/slips.py" proef
}

run_tests each_slip_is_told_with_its_line_and_what_to_do
