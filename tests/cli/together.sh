#!/bin/bash
# together.sh: two processes and one data folder.
. tests/tools/tap.sh

# knock COMMAND...: another process at the folder is refused and told who is there. Run by type.py
# while somebody fills in; $TYPED_AT is the number of that process.
knock() {
    local got=0
    "$build/verbond" "$@" --data "$data" >"$data.out" 2>"$data.err" </dev/null || got=$?
    [ "$got" -eq 5 ] && [ ! -s "$data.out" ] &&
        grep -qF "the data folder $data is in use by process $TYPED_AT" "$data.err" && return 0
    echo "$*: exit $got, not 5 with process $TYPED_AT: $(cat "$data.out" "$data.err")" >>"$data.knocked"
    return 1
}
# Before the opening screen is shown the store is open and locked: who knocks at it comes too late.
nobody_came_in() {
    [ ! -e "$data.knocked" ] || { sed 's/^/# /' "$data.knocked"; return 1; }
    says_not "$tmp/screen" "# failed"
}
export -f knock
export build

the_second_process_is_refused_and_told_who_is_there_and_the_first_goes_on() {
    export data=$tmp/data
    python3 tests/tools/type.py "$build/verbond" run menger-monitor --lang nl --case k1 \
        --data "$data" >"$tmp/screen" <<'STEPS' || [ $? -eq 130 ]
Enter = beginnen => !knock run menger-monitor --case k2 --answers instruments/menger-monitor/example.json
Enter = beginnen => 
Vraag 1 => 2
Vraag 2 => !knock rounds && knock sheet aaaa
Vraag 2 => 2
Vraag 3 => 2
Vraag 4 => ^C
STEPS
    nobody_came_in
    verbond rounds --data "$data" >"$tmp/rounds"
    says "$tmp/rounds" "k1"
    says_not "$tmp/rounds" "k2"
    local session
    session=$(sqlite3 "$data/verbond.db" "SELECT id FROM session")
    verbond replay "$session" --data "$data" >"$tmp/log"
    [ "$(grep -c answered "$tmp/log")" -eq 3 ]
}
who_only_reads_the_file_goes_on_while_somebody_fills_in() {
    export data=$tmp/data
    python3 tests/tools/type.py "$build/verbond" run menger-monitor --lang nl --case k1 \
        --data "$data" >"$tmp/screen" <<'STEPS' || [ $? -eq 130 ]
Enter = beginnen => 
Vraag 1 => 2
Vraag 2 => !test "$(sqlite3 -readonly $data/verbond.db 'SELECT max(seq) FROM event')" = 2
Vraag 2 => 2
Vraag 3 => !test "$(sqlite3 -readonly $data/verbond.db 'SELECT max(seq) FROM event')" = 3
Vraag 3 => ^C
STEPS
    says_not "$tmp/screen" "# failed"
    [ "$(sqlite3 "$data/verbond.db" "SELECT max(seq) FROM event")" -eq 3 ]
}

run_tests the_second_process_is_refused_and_told_who_is_there_and_the_first_goes_on \
    who_only_reads_the_file_goes_on_while_somebody_fills_in
