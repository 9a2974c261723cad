#!/bin/bash
# hostile_outputs.sh: an output that does what it may not costs nobody else anything: through the whole
# engine, from answers to files. What each does to one delivery stands in tests/unit/test_delivery_bad.c.
. tests/tools/tap.sh
. tests/tools/crash.sh

# Without sanitizers, so that a crash ends with its signal; and with 2 seconds instead of 30.
release=${crash%/crash}
hostile=$release/tests/output/bad.so
example=instruments/menger-monitor/example.json
DEADLINE_MS=2000
export VERBOND_PLUGINS=$release/plugins HASTY_DEADLINE_MS=$DEADLINE_MS HASTY_FINISH_MS=500
hasty() { "$crash/hasty" "$@" --data "$tmp/data"; }

# brings CODE CASE OUTPUT...: a round of menger-monitor with these outputs
brings() {
    local want=$1 case=$2 output words=()
    shift 2
    for output in "$@"; do words+=(--output "$output"); done
    expect_exit "$want" hasty run menger-monitor --case "$case" --lang nl --answers "$example" "${words[@]}"
}
# The newest round, as verbond result has it, is the Nth and last line of the good file.
good_has() {
    [ "$(wc -l <"$tmp/good")" -eq "$1" ] || { echo "# not $1 lines in the good file"; return 1; }
    expect_exit 0 hasty result "$(tail -n 1 "$tmp/good" | grep -oE '"round":"[^"]*"' | cut -d'"' -f4)"
    tail -n 1 "$tmp/good" | cmp - "$tmp/out"
}
# lists STATE REASON: all that the outbox lists is one parcel, so, with a reason that begins so
lists() {
    expect_exit 0 hasty outbox list --json
    python3 - "$tmp/out" "$@" <<'PY'
import json, sys
(parcel,) = json.load(open(sys.argv[1]))
if parcel["state"] != sys.argv[2] or not (parcel["reason"] or "").startswith(sys.argv[3]):
    sys.exit(f"# {parcel}")
PY
}
lists_nothing() {
    expect_exit 0 hasty outbox list --json
    [ "$(cat "$tmp/out")" = "[]" ]
}
# A run that waited for a second attempt, or for a lease, would take longer than this.
in_time() { # in_time COMMAND...
    local begin=$(date +%s%N)
    "$@" || return 1
    [ $((($(date +%s%N) - begin) / 1000000)) -lt $((DEADLINE_MS + 8000)) ] || { echo "# it took too long: $*"; return 1; }
}
# beside CODE OUTPUT: the round with a good output and this one, then another case with the good one alone.
# The data and the good file are new. What the first run said lies in $tmp/said and $tmp/warned.
beside() {
    echo "# beside ${2##*/}"
    rm -rf "$tmp/data" "$tmp/good"
    in_time brings "$1" k1 "jsonl:path=$tmp/good,name=good" "$2"
    cp "$tmp/err" "$tmp/warned"
    says "$tmp/out" "GESPREKSBLAD"
    good_has 1
    in_time brings 0 k2 "jsonl:path=$tmp/good,name=good"
    says "$tmp/out" "GESPREKSBLAD"
    good_has 2
}
# waits, dies DEED REASON: said at the end of the run, and by the outbox
left() {
    beside 5 "$2"
    says "$tmp/warned" "$3"
    says "$tmp/warned" "verbond outbox list shows them"
    lists "$1" "$3"
}
waits() { left waiting "$@"; }
dies() { left dead "$@"; }
arrives() {
    beside 0 "$1"
    lists_nothing
}
silence="it gave no answer within $DEADLINE_MS ms"

one_that_ends_costs_only_its_own_parcel() {
    waits "$hostile:does=crash" "it was ended by signal 11 (Segmentation fault) without an answer"
    waits "$hostile:does=abort" "it was ended by signal 6 (Aborted) without an answer"
    waits "$hostile:does=leave" "it ended with exit code 0 without an answer"
    waits "$hostile:does=eat-memory" "it ended with exit code 8 without an answer"
}
one_that_does_not_answer_is_ended_at_its_deadline() {
    waits "$hostile:does=hang" "$silence"
    waits "$hostile:does=spin" "$silence"
}
one_that_floods_is_ended_at_its_deadline() {
    waits "$hostile:does=flood-stdout" "$silence"
    waits "$hostile:does=flood-stderr" "$silence"
    waits "$hostile:does=flood-line" "$silence"
    waits "$hostile:does=flood-log" "$silence"
}
one_that_floods_and_then_answers_has_answered() { arrives "$hostile:does=gush"; }
one_that_answers_twice_has_answered_once() { arrives "$hostile:does=twice"; }
one_that_prints_or_takes_every_descriptor_harms_only_itself() {
    arrives "$hostile:does=print"
    arrives "$hostile:does=eat-descriptors"
}
one_that_says_what_it_may_not_is_ended() {
    waits "$hostile:does=other" "it answered for a parcel that it did not have"
    waits "$hostile:does=half" "it wrote a line that is not of the protocol: "
    waits "$hostile:does=garbage" "it wrote a line that is not of the protocol: "
    waits "$hostile:does=long-line" "it wrote a line of more than 1048576 bytes"
}
one_that_closes_its_descriptors_is_ended() {
    waits "$hostile:does=close-and-stay" "it closed its output and ran on"
    waits "$hostile:does=close-all" "it "
}
one_that_forks_leaves_nobody_behind_in_its_group() {
    waits "$hostile:does=fork" "it ended with exit code 9 without an answer"
}
one_that_moves_out_of_its_group_holds_nobody_up() {
    waits "$hostile:does=fork-session" "it ended with exit code 9 without an answer"
}
one_that_says_no_is_believed() {
    waits "$hostile:answers=1" "!!!!"
    dies "$hostile:answers=2" "!!!!"
    dies "$hostile:answers=7" ""
}
one_that_does_not_begin_gets_nothing() {
    waits "$hostile:open=crash" "it was ended by signal 11"
    waits "$hostile:open=refuse" "bad cannot begin: the receiver is"
    HASTY_READY_MS=$DEADLINE_MS waits "$hostile:open=hang" "it was not ready within $DEADLINE_MS ms"
}
one_that_does_not_end_is_ended() {
    arrives "$hostile:close=crash"
    arrives "$hostile:close=hang"
}
# lies DEED: tests/output/liar.py, a program that speaks for itself, with that deed
lies() {
    mkdir "$tmp/deeds"
    echo "$1" >"$tmp/deeds/does"
    printf '#!/bin/sh\ncd %s && exec python3 %s\n' "$tmp/deeds" "$top/tests/output/liar.py" >"$tmp/liar"
    chmod +x "$tmp/liar"
}
a_program_that_answers_too_late_is_not_heard() {
    lies late
    waits "$tmp/liar" "$silence"
}
a_program_that_answers_twice_has_answered_once() {
    lies twice
    arrives "$tmp/liar"
}
a_program_that_closes_its_output_is_ended() {
    lies closes
    waits "$tmp/liar" "it closed its output and ran on"
}
what_does_not_speak_the_protocol_is_refused_before_anything_is_kept() {
    printf '#!/bin/sh\necho thank you\n' >"$tmp/polite"
    chmod +x "$tmp/polite"
    brings 3 k1 "jsonl:path=$tmp/good" "$tmp/polite"
    says "$tmp/err" "output polite: it wrote a line that is not of the protocol"
    [ ! -e "$tmp/data" ] && [ ! -e "$tmp/good" ]
}
all_of_them_at_once_take_no_longer_than_one() {
    local deed words=()
    for deed in crash abort leave hang spin flood-stdout flood-log other garbage long-line close-and-stay fork; do
        words+=("$hostile:name=$deed,does=$deed")
    done
    in_time brings 5 k1 "${words[@]}" "jsonl:path=$tmp/good,name=good"
    says "$tmp/err" "12 results did not arrive"
    good_has 1
    expect_exit 0 hasty outbox list --json
    python3 - "$tmp/out" <<'PY'
import json, sys
parcels = json.load(open(sys.argv[1]))
assert len(parcels) == 12 and all(p["state"] == "waiting" and p["reason"] for p in parcels), parcels
PY
}

# One ends at once and would be tried again while the other is silent, and so on by turns.
nothing_is_tried_twice_in_one_run() {
    brings 5 k1 "$hostile:name=silent,does=hang" "$hostile:name=gone,does=crash" "$hostile:name=never,open=crash"
    lacks "$tmp/err" "2 in a row"
    expect_exit 0 hasty outbox list --json
    python3 - "$tmp/out" <<'PY'
import json, sys
attempts = {p["output"]: p["attempts"] for p in json.load(open(sys.argv[1]))}
assert attempts == {"silent": 1, "gone": 1, "never": 0}, attempts
PY
}
# Stands between the engine and jsonl, and ends both with SIGKILL in the middle of a delivery: before the
# plugin has it, while it writes, when the file grew, when it answered, when half of the answer was
# passed on. After fifty times it lets everything through.
mortal() {
    cat >"$tmp/mortal" <<PY
#!/usr/bin/python3
import json, os, signal, subprocess, sys
verbond, plugin, good, kills = "$crash/hasty", "$release/plugins/jsonl.so", "$tmp/good", "$tmp/kills"
PY
    cat >>"$tmp/mortal" <<'PY'
inner = subprocess.Popen([verbond, "output-host", plugin], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def die():
    with open(kills, "a") as file:
        file.write(".")
    os.killpg(0, signal.SIGKILL)


for line in sys.stdin.buffer:
    said = json.loads(line)["type"]
    killed, before = size(kills), size(good)
    moment = killed % 5 if said == "deliver" and killed < 50 else None
    if moment == 0:
        die()
    inner.stdin.write(line)
    inner.stdin.flush()
    if moment == 1:
        for _ in range(killed * 500):
            pass
        die()
    while moment == 2 and size(good) == before:
        pass
    if moment == 2:
        die()
    if said not in ("hello", "deliver"):
        continue
    answer = inner.stdout.readline()
    if moment == 3:
        die()
    sys.stdout.buffer.write(answer[: len(answer) // 2] if moment == 4 else answer)
    sys.stdout.buffer.flush()
    if moment == 4:
        die()
inner.stdin.close()
inner.wait()
PY
    chmod +x "$tmp/mortal"
}
fifty_kills_in_mid_delivery_lose_nothing_and_a_reader_by_id_has_nothing_twice() {
    local n left=5
    mortal
    for n in 1 2 3 4 5 6 7 8 9 10; do
        brings 5 "k$n" "$tmp/mortal:path=$tmp/good"
        [ "$n" -gt 4 ] || says "$tmp/err" "waits: it was ended by signal 9 (Killed) without an answer"
    done
    while [ "$left" -gt 0 ]; do
        left=$((left - 1))
        expect_exit $((left > 0 ? 5 : 0)) hasty outbox retry
    done
    [ "$(wc -c <"$tmp/kills")" -eq 50 ]
    expect_exit 0 hasty outbox list --all --json
    python3 - "$tmp/out" "$tmp/good" <<'PY'
import json, sys
parcels = json.load(open(sys.argv[1]))
assert [(p["state"], p["attempts"]) for p in parcels] == [("delivered", 6)] * 10, parcels
lines = open(sys.argv[2]).read().splitlines()
results = {json.loads(line)["id"]: line for line in lines}
assert set(results) == {f"{p['round']}/1" for p in parcels}
assert set(lines) == set(results.values()), "one id came with two texts"
print(f"# 50 kills: {len(lines)} lines, {len(results)} results")
PY
    for n in $(grep -oE '"parcel":"[^/]*' "$tmp/out" | cut -d'"' -f4); do
        expect_exit 0 hasty result "$n"
        grep -qxF "$(cat "$tmp/out")" "$tmp/good"
    done
}

run_tests one_that_ends_costs_only_its_own_parcel \
    one_that_does_not_answer_is_ended_at_its_deadline one_that_floods_is_ended_at_its_deadline \
    one_that_floods_and_then_answers_has_answered one_that_answers_twice_has_answered_once \
    one_that_prints_or_takes_every_descriptor_harms_only_itself \
    one_that_says_what_it_may_not_is_ended one_that_closes_its_descriptors_is_ended \
    one_that_forks_leaves_nobody_behind_in_its_group one_that_moves_out_of_its_group_holds_nobody_up \
    one_that_says_no_is_believed one_that_does_not_begin_gets_nothing one_that_does_not_end_is_ended \
    a_program_that_answers_too_late_is_not_heard a_program_that_answers_twice_has_answered_once \
    a_program_that_closes_its_output_is_ended \
    what_does_not_speak_the_protocol_is_refused_before_anything_is_kept \
    all_of_them_at_once_take_no_longer_than_one nothing_is_tried_twice_in_one_run \
    fifty_kills_in_mid_delivery_lose_nothing_and_a_reader_by_id_has_nothing_twice
