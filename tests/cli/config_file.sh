#!/bin/bash
# config_file.sh: what a house sets in one file, what goes before it, and where each value came from.
. tests/tools/tap.sh

unset VERBOND_INSTRUMENTS VERBOND_PLUGINS VERBOND_REPORTING_FILE VERBOND_ON_BEHALF VERBOND_CONFIG
monitor=instruments/menger-monitor

# house: the file on stdin is the configuration of what follows
house() {
    mkdir -p "$tmp/house"
    cat >"$tmp/house/config.lua"
    export VERBOND_CONFIG=$tmp/house/config.lua
}
# effective NAME [OPTION...]: value, from and where of one value, as JSON
effective() {
    local name=$1
    shift
    verbond config --effective --json "$@" | python3 -c '
import json, sys
row = next(row for row in json.load(sys.stdin) if row["name"] == sys.argv[1])
print(json.dumps([row["value"], row["from"], row["where"]]))' "$name"
}
# is NAME WANTED [OPTION...]
is() {
    local got name=$1 wanted=$2
    shift 2
    got=$(effective "$name" "$@")
    [ "$got" = "$wanted" ] && return 0
    echo "# $name is $got, not $wanted"
    return 1
}
run_one() { # run_one CASE [OPTION...]
    local case=$1
    shift
    expect_exit 0 verbond run $monitor --case "$case" --answers $monitor/example.json "$@"
}

# -- values ------------------------------------------------------------------------------------------

without_a_file_everything_is_built_in() {
    export XDG_STATE_HOME= VERBOND_KEY=
    is file '[null, "built in", null]'
    is folders.data "[\"$HOME/.local/state/verbond\", \"built in\", \"HOME\"]"
    is key "[\"$HOME/.config/verbond/key\", \"built in\", \"HOME\"]"
    XDG_STATE_HOME=$tmp/state is folders.data "[\"$tmp/state/verbond\", \"built in\", \"XDG_STATE_HOME\"]"
    XDG_CONFIG_HOME=$tmp/conf is key "[\"$tmp/conf/verbond/key\", \"built in\", \"XDG_CONFIG_HOME\"]"
    local name
    for name in folders.instruments folders.plugins reporting on_behalf; do
        is $name '[null, "built in", null]'
    done
    is limits.memory '[512, "built in", null]'
    is limits.ready '[10, "built in", null]'
    is limits.deadline '[30, "built in", null]'
    is limits.finish '[5, "built in", null]'
    is limits.attempts '[20, "built in", null]'
    is purposes '[["local", "dossier", "research"], "built in", null]'
}
the_file_goes_before_what_is_built_in_and_its_paths_begin_beside_it() {
    export VERBOND_KEY=
    house <<'LUA'
return {
  folders = {
    data = "data", instruments = "/srv/instruments",
    plugins = "../plugins",
  },
  key = "keys/master",
  reporting = "melden.txt",
  purposes = { "local" },
  limits = { memory = 1024, ready = 20, deadline = 60,
             finish = 9, attempts = 3 },
}
LUA
    local file=$VERBOND_CONFIG
    is file "[\"$file\", \"environment\", \"VERBOND_CONFIG\"]"
    is folders.data "[\"$tmp/house/data\", \"file\", \"$file:3\"]"
    is folders.instruments "[\"/srv/instruments\", \"file\", \"$file:3\"]"
    is folders.plugins "[\"$tmp/house/../plugins\", \"file\", \"$file:4\"]"
    is key "[\"$tmp/house/keys/master\", \"file\", \"$file:6\"]"
    is reporting "[\"$tmp/house/melden.txt\", \"file\", \"$file:7\"]"
    is purposes "[[\"local\"], \"file\", \"$file:8\"]"
    is limits.memory "[1024, \"file\", \"$file:9\"]"
    is limits.ready "[20, \"file\", \"$file:9\"]"
    is limits.deadline "[60, \"file\", \"$file:9\"]"
    is limits.finish "[9, \"file\", \"$file:10\"]"
    is limits.attempts "[3, \"file\", \"$file:10\"]"
}
the_environment_goes_before_the_file_and_an_option_before_the_environment() {
    house <<'LUA'
return {
  folders = { data = "data", instruments = "instruments", plugins = "plugins" },
  key = "key", reporting = "melden.txt",
}
LUA
    export VERBOND_DATA=/e/data VERBOND_INSTRUMENTS=/e/instruments VERBOND_PLUGINS=/e/plugins \
        VERBOND_KEY=/e/key VERBOND_REPORTING_FILE=/e/melden VERBOND_ON_BEHALF=reception
    is folders.data '["/e/data", "environment", "VERBOND_DATA"]'
    is folders.instruments '["/e/instruments", "environment", "VERBOND_INSTRUMENTS"]'
    is folders.plugins '["/e/plugins", "environment", "VERBOND_PLUGINS"]'
    is key '["/e/key", "environment", "VERBOND_KEY"]'
    is reporting '["/e/melden", "environment", "VERBOND_REPORTING_FILE"]'
    is on_behalf '["reception", "environment", "VERBOND_ON_BEHALF"]'
    is folders.data "[\"$tmp/given\", \"option\", \"--data\"]" --data "$tmp/given"
    # One that is empty is not set.
    VERBOND_REPORTING_FILE='' is reporting "[\"$tmp/house/melden.txt\", \"file\", \"$VERBOND_CONFIG:3\"]"
}
what_lies_in_the_store_is_listed_with_the_rest() {
    export VERBOND_DATA=$tmp/data
    run_one k1
    expect_exit 0 verbond config set retention.menger-monitor 7300
    is retention.menger-monitor "[\"7300\", \"store\", \"$tmp/data\"]"
    expect_exit 0 verbond config --effective
    says "$tmp/out" "retention.menger-monitor 7300"
    says "$tmp/out" "    store: $tmp/data"
    expect_exit 2 verbond config set retention.menger-monitor 3 --effective
}
the_first_file_that_is_there_is_the_whole_configuration() {
    mkdir -p "$tmp/conf/verbond" "$HOME/.config/verbond"
    echo 'return { limits = { deadline = 11 } }' >"$tmp/conf/verbond/config.lua"
    echo 'return { limits = { attempts = 12 } }' >"$HOME/.config/verbond/config.lua"
    is limits.attempts "[12, \"file\", \"$HOME/.config/verbond/config.lua:1\"]"
    is file "[\"$HOME/.config/verbond/config.lua\", \"built in\", \"HOME\"]"
    export XDG_CONFIG_HOME=$tmp/conf
    is limits.deadline "[11, \"file\", \"$tmp/conf/verbond/config.lua:1\"]"
    is limits.attempts '[20, "built in", null]'
    house <<<'return { limits = { ready = 13 } }'
    is limits.ready "[13, \"file\", \"$VERBOND_CONFIG:1\"]"
    is limits.deadline '[30, "built in", null]'
}
the_values_of_the_file_are_the_ones_that_hold() {
    echo "Wij melden dit." >"$tmp/melden.txt"
    cp -R instruments "$tmp/shelf"
    unset VERBOND_KEY
    house <<LUA
return {
  folders = { data = "data", instruments = "../shelf" },
  key = "own.key",
  reporting = "../melden.txt",
}
LUA
    cd "$tmp" # no ./instruments here
    expect_exit 0 verbond run menger-monitor --case k1 --answers "$top/$monitor/example.json"
    [ -f "$tmp/house/data/verbond.db" ] && [ -f "$tmp/house/own.key" ]
    [ ! -e "$HOME/.config/verbond/key" ]
    expect_exit 0 verbond doctor
    says "$tmp/out" "text about reporting: $tmp/house/../melden.txt"
    rm "$tmp/melden.txt"
    expect_exit 3 verbond doctor
    says "$tmp/out" "$VERBOND_CONFIG:4: "
}

# -- what is wrong -----------------------------------------------------------------------------------

everything_that_is_wrong_is_told_at_once_with_its_line_and_the_mend() {
    house <<'LUA'
return {
  folder = {},
  folders = { dta = "x", data = 5 },
  limits = { deadline = "soon", attempts = 0, memory = 12.5 },
  reporting = "~/melden.txt",
  purposes = { "local", "resarch" },
  outputs = {
    Dossier = { plugin = "csv" },
    archive = { plugin = "", purpos = "local", content = "all", memory = "much", deadline = 0 },
    study = { purpose = "research", options = { path = {}, "x" }, instruments = { 3 } },
    "csv",
  },
}
LUA
    local wanted
    expect_exit 3 verbond rounds
    [ ! -s "$tmp/out" ]
    while read -r wanted; do
        says "$tmp/err" "$VERBOND_CONFIG:$wanted"
    done <<'WANTED'
2: error: a configuration has no folder
3: error: folders has no dta
3: error: folders.data is a number
4: error: limits.deadline is a text
4: error: limits.attempts is 0
4: error: limits.memory is a number with decimals
5: error: reporting: ~ is no folder here
6: error: purposes has what is no purpose
8: error: an output cannot be called Dossier
9: error: outputs.archive.plugin is empty
9: error: outputs.archive has no purpos
9: error: outputs.archive: its content is no content
9: error: outputs.archive.memory is a text
9: error: outputs.archive.deadline is 0
10: error: outputs.study: the purpose research is not offered here
10: error: outputs.study: its option path is a table
10: error: outputs.study.options has an entry without a name
10: error: outputs.study.instruments has what is no name
11: error: outputs has an entry without a name
WANTED
    says "$tmp/err" "    did you mean folders?"
    says "$tmp/err" "    give a whole number of seconds from 1 to 3600"
    says "$tmp/err" "the configuration $VERBOND_CONFIG has 19 errors"
}
a_file_that_is_no_data_ends_every_command_with_its_line() {
    local command
    house <<'LUA'
return {
  folders = { data = os.getenv("HOME") },
}
LUA
    for command in rounds doctor "check $monitor" "config --effective" "config --effective --json" \
        "run $monitor --answers $monitor/example.json" "output list" audit "outbox list" \
        "config set retention.menger-monitor 3"; do
        # shellcheck disable=SC2086 # words
        expect_exit 3 verbond $command
        says "$tmp/err" "$VERBOND_CONFIG:2: error: the name os means nothing here"
        says "$tmp/err" "has 1 error"
    done
    # What says what a command is needs no configuration.
    expect_exit 0 verbond --version
    expect_exit 0 verbond rounds --help
}
a_file_that_is_named_and_cannot_be_read_or_that_anybody_may_change_is_refused() {
    VERBOND_CONFIG=$tmp/nothing.lua expect_exit 3 verbond rounds
    says "$tmp/err" "$tmp/nothing.lua cannot be read"
    VERBOND_CONFIG=$tmp expect_exit 3 verbond rounds
    says "$tmp/err" "is no file"
    house <<<'return {}'
    chmod o+w "$VERBOND_CONFIG"
    expect_exit 3 verbond rounds
    says "$tmp/err" "chmod o-w $VERBOND_CONFIG"
    chmod o-w "$VERBOND_CONFIG"
    expect_exit 0 verbond rounds
}
in_a_folder_where_anybody_may_put_another_it_is_refused() {
    local folder
    house <<<'return {}'
    folder=$(dirname "$VERBOND_CONFIG")
    chmod o+w "$folder"
    expect_exit 3 verbond rounds
    says "$tmp/err" "chmod o-w $folder"
    # As in /tmp: what somebody has there is not another's to replace.
    chmod +t "$folder"
    expect_exit 0 verbond rounds
    chmod o-w,-t "$folder"
    expect_exit 0 verbond rounds
}

# -- outputs -----------------------------------------------------------------------------------------

# two_outputs: a house with one output for every round and one of another instrument alone
two_outputs() {
    house <<'LUA'
return {
  folders = { data = "data" },
  limits = { deadline = 40 },
  outputs = {
    archive = { plugin = "jsonl", options = { path = "out/all.jsonl" } },
    study = {
      plugin = "csv", content = "scores", memory = "none", deadline = 50,
      options = { path = "out/study.csv", layout = "wide" },
      instruments = { "alliantie-monitor" },
    },
  },
}
LUA
    mkdir -p "$tmp/house/out"
}
lines_of() { wc -l <"$1"; }
# rows: name, purpose, content, memory and deadline of every output that a round was given
rows() {
    sqlite3 "$tmp/house/data/verbond.db" \
        "SELECT name, purpose, content, memory, deadline FROM output ORDER BY row"
}

a_new_round_is_given_what_is_configured_for_its_instrument() {
    two_outputs
    run_one k1
    [ "$(lines_of "$tmp/house/out/all.jsonl")" -eq 1 ] && [ ! -e "$tmp/house/out/study.csv" ]
    says "$tmp/house/out/all.jsonl" '"case":"k1"'
    [ "$(rows)" = "archive|local|items|0|0" ]
    # One that goes on keeps what it was given, and gets no more.
    python3 -c 'import json, sys
json.dump({"client": json.load(open(sys.argv[1]))["client"]}, open(sys.argv[2], "w"))' \
        $monitor/example.json "$tmp/client.json"
    expect_exit 0 verbond run $monitor --case k2 --answers "$tmp/client.json" --no-outputs
    python3 -c 'import json, sys
json.dump({"professional": json.load(open(sys.argv[1]))["professional"]}, open(sys.argv[2], "w"))' \
        $monitor/example.json "$tmp/professional.json"
    expect_exit 0 verbond run $monitor --case k2 --answers "$tmp/professional.json"
    [ "$(lines_of "$tmp/house/out/all.jsonl")" -eq 1 ]
    [ "$(rows)" = "archive|local|items|0|0" ]
}
an_output_that_is_configured_can_be_named_and_all_can_be_left_out() {
    two_outputs
    run_one k1 --no-outputs
    [ ! -e "$tmp/house/out/all.jsonl" ] && [ -z "$(rows)" ]
    run_one k2 --no-outputs --output study
    [ "$(rows)" = "study|local|scores|-1|50" ]
    says "$tmp/house/out/study.csv" "k2"
    # Named as well is not twice.
    run_one k3 --output archive --output study
    [ "$(rows | sort | uniq -c | tr -s ' ')" = " 1 archive|local|items|0|0
 2 study|local|scores|-1|50" ]
    [ "$(lines_of "$tmp/house/out/all.jsonl")" -eq 1 ]
    # With keys it is the plugin of that name, beside what is configured.
    run_one k4 --output "jsonl:path=$tmp/own.jsonl,name=archive,deadline=7,memory=none"
    [ "$(rows | tail -n 2)" = "archive|local|items|0|0
archive-2|local|items|-1|7" ]
    [ "$(lines_of "$tmp/own.jsonl")" -eq 1 ]
}
nobody_filled_in_what_is_simulated_so_nothing_of_it_goes_out_unasked() {
    two_outputs
    expect_exit 0 verbond simulate $monitor --n 2
    [ ! -e "$tmp/house/out/all.jsonl" ]
    expect_exit 0 verbond simulate $monitor --n 2 --case-prefix y --output archive
    [ "$(lines_of "$tmp/house/out/all.jsonl")" -eq 2 ]
}
an_instrument_that_keeps_nothing_brings_nothing_anywhere() {
    two_outputs
    expect_exit 0 verbond run instruments/match-talk --answers instruments/match-talk/example.json
    says "$tmp/err" "niets bewaard"
    [ ! -e "$tmp/house/out/all.jsonl" ]
}
one_that_cannot_be_had_is_told_with_its_line_before_anything_is_kept() {
    house <<'LUA'
return {
  folders = { data = "data" },
  outputs = {
    archive = { plugin = "jsonl", options = { pth = "all.jsonl" } },
  },
}
LUA
    expect_exit 3 verbond run $monitor --case k1 --answers $monitor/example.json
    says "$tmp/err" "$VERBOND_CONFIG:4: output archive: "
    says "$tmp/err" "did you mean path?"
    [ ! -e "$tmp/house/data" ] && [ ! -s "$tmp/out" ]
    sed -i 's/pth/path/; s/"jsonl"/"jsonll"/' "$VERBOND_CONFIG"
    expect_exit 3 verbond run $monitor --case k1 --answers $monitor/example.json
    says "$tmp/err" "$VERBOND_CONFIG:4: output archive: there is no output jsonll"
    run_one k1 --no-outputs
}
a_purpose_that_the_house_does_not_offer_is_refused() {
    house <<'LUA'
return {
  folders = { data = "data" },
  purposes = { "local", "dossier" },
}
LUA
    expect_exit 3 verbond run $monitor --case k1 --answers $monitor/example.json \
        --output "jsonl:path=$tmp/r.jsonl,purpose=research"
    says "$tmp/err" "the purpose research is not offered here: $VERBOND_CONFIG:3"
    [ ! -e "$tmp/house/data" ]
    run_one k1 --output "jsonl:path=$tmp/d.jsonl,purpose=dossier"
    [ "$(lines_of "$tmp/d.jsonl")" -eq 1 ]
    # What a round was given before goes on.
    sed -i 's/, "dossier"//' "$VERBOND_CONFIG"
    expect_exit 0 verbond withdraw "$(verbond rounds --json | python3 -c '
import json, sys; print(json.load(sys.stdin)[0]["round"])')" --as client
    says "$tmp/d.jsonl" '"withdrawn"'
}
an_output_has_the_time_and_the_memory_it_was_given() {
    build=$(cd "${VERBOND_RELEASE:-$build}" && pwd) # a sanitizer takes more memory than any limit
    cat >"$tmp/slow" <<'PY'
#!/usr/bin/env python3
import json, sys, time, resource
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": []}), flush=True)
    elif said["type"] == "deliver":
        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        print(json.dumps({"type": "log", "level": "error",
                          "text": f"deadline {said['deadline_ms']} memory {limit}"}), flush=True)
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/slow"
    house <<LUA
return {
  folders = { data = "data" },
  limits = { deadline = 40, memory = 600 },
  outputs = {
    common = { plugin = "$tmp/slow" },
    own = { plugin = "$tmp/slow", deadline = 50, memory = 700 },
    free = { plugin = "$tmp/slow", memory = "none" },
  },
}
LUA
    run_one k1 --output "$tmp/slow:name=typed,deadline=60,memory=800"
    says "$tmp/err" "common says: deadline 40000 memory $((600 << 20))"
    says "$tmp/err" "own says: deadline 50000 memory $((700 << 20))"
    says "$tmp/err" "free says: deadline 40000 memory -1"
    says "$tmp/err" "typed says: deadline 60000 memory $((800 << 20))"
    for typed in deadline=0 deadline=3601 deadline=soon memory=1 memory=lots memory=; do
        expect_exit 2 verbond run $monitor --answers $monitor/example.json --no-outputs \
            --output "$tmp/slow:$typed"
        says "$tmp/err" "--output: ${typed%%=*} wants"
    done
}
a_plugin_may_have_a_colon_in_its_path() {
    mkdir -p "$tmp/a:b"
    cp "$build/plugins/jsonl.so" "$tmp/a:b/jsonl.so"
    run_one k1 --data "$tmp/data" --output "${tmp//:/\\:}/a\\:b/jsonl.so:path=$tmp/c:d.jsonl"
    [ "$(lines_of "$tmp/c:d.jsonl")" -eq 1 ]
    expect_exit 2 verbond run $monitor --case k2 --answers $monitor/example.json \
        --data "$tmp/data" --output "$tmp/a:b/jsonl.so"
    says "$tmp/err" "not \"b/jsonl.so\""
}

# -- secrets -----------------------------------------------------------------------------------------

# A plugin with a secret of each kind; it reads none of them.
secretive() {
    cat >"$tmp/secretive" <<'PY'
#!/usr/bin/env python3
import json, sys
def option(name, kind, example):
    return {"name": name, "type": kind, "required": False, "default": None, "example": example,
            "help": "x"}
for line in sys.stdin:
    said = json.loads(line)
    if said["type"] == "hello":
        print(json.dumps({"type": "ready", "protocol": "1.0", "options": [
            option("secret-file", "path", "s"), option("password", "text", "p"),
            option("url", "url", "https://example.org"), option("key", "text", "k")]}), flush=True)
    elif said["type"] == "deliver":
        print(json.dumps({"type": "delivered", "parcel": said["parcel"]}), flush=True)
PY
    chmod +x "$tmp/secretive"
}

a_secret_stands_in_a_file_that_nobody_else_may_read() {
    secretive
    house <<LUA
return {
  folders = { data = "data" },
  outputs = { hook = { plugin = "$tmp/secretive", options = { ["secret-file"] = "hook.secret", key = "k" } } },
}
LUA
    echo whsec-marker-9c1f >"$tmp/house/hook.secret"
    local mode
    for mode in 644 640 604 610; do
        chmod $mode "$tmp/house/hook.secret"
        expect_exit 3 verbond run $monitor --case k1 --answers $monitor/example.json
        says "$tmp/err" "$VERBOND_CONFIG:3: output hook: option secret-file of hook: others may read"
        says "$tmp/err" "chmod 600 $tmp/house/hook.secret"
    done
    chmod 600 "$tmp/house/hook.secret"
    run_one k1
    # Never in an option itself: not in the file, and not on a command line that others can list.
    expect_exit 3 verbond run $monitor --case k2 --answers $monitor/example.json --no-outputs \
        --output "$tmp/secretive:password=marker-9c1f"
    says "$tmp/err" "a secret stands in a file of its own"
    says_not "$tmp/err" "marker-9c1f"
    expect_exit 3 verbond run $monitor --case k2 --answers $monitor/example.json --no-outputs \
        --output "$tmp/secretive:url=https://me:marker-9c1f@example.org/x"
    says_not "$tmp/err" "marker-9c1f"
    run_one k3 --no-outputs --output "$tmp/secretive:url=https://example.org/a:b@c"
}
a_secret_that_stands_in_an_option_all_the_same_is_not_shown() {
    secretive
    house <<LUA
return {
  outputs = { hook = { plugin = "$tmp/secretive", options = {
    password = "marker-1", url = "https://me:marker-2@example.org/x", key = "seen-1" } } },
}
LUA
    local command
    for command in "config --effective" "config --effective --json" "output list" "output list --json"; do
        # shellcheck disable=SC2086 # words
        expect_exit 0 verbond $command
        says "$tmp/out" seen-1
        says "$tmp/out" "(not shown: a secret stands in a file)"
        says_not "$tmp/out" marker-
    done
}
what_is_in_a_secret_file_stands_nowhere() {
    secretive
    house <<LUA
return {
  folders = { data = "data" },
  outputs = { hook = { plugin = "$tmp/secretive", options = { ["secret-file"] = "hook.secret" } } },
}
LUA
    echo whsec-marker-9c1f >"$tmp/house/hook.secret"
    chmod 600 "$tmp/house/hook.secret"
    run_one k1
    cat "$tmp/out" "$tmp/err" >"$tmp/said"
    local command
    for command in "config --effective" "config --effective --json" "output list" \
        "output list --json" "output list hook" "outbox list --all --json" "rounds --json" audit doctor; do
        # shellcheck disable=SC2086 # words
        expect_exit 0 verbond $command
        cat "$tmp/out" "$tmp/err" >>"$tmp/said"
    done
    says "$tmp/said" "hook.secret"
    says_not "$tmp/said" "marker-9c1f"
    ! grep -rqaF "marker-9c1f" "$tmp/house/data"
}

# -- the page ----------------------------------------------------------------------------------------

every_variable_that_the_program_reads_stands_on_the_page() {
    local name count=0
    for name in $(grep -rhoE '(getenv|vb_environment)\("[A-Z_]+"\)|"(VERBOND|XDG)_[A-Z_]+"' core \
        --include='*.c' | grep -oE '"[A-Z_]+"' | tr -d '"' | sort -u); do
        says docs/reference/configuration.md "| \`$name\` |"
        count=$((count + 1))
    done
    [ "$count" -ge 12 ]
    for name in $(grep -oE '^\| `(VERBOND|XDG)_[A-Z_]+`' docs/reference/configuration.md | tr -d '|` '); do
        grep -rqF "\"$name\"" core --include='*.c'
    done
    # One place reads them for the commands; an embedder may leave them to core/engine.
    [ "$(grep -rlE 'getenv\(' core --include='*.c' | sort | tr '\n' ' ')" = \
        "core/author/i18n_extract.c core/conform/conform.c core/conform/find.c core/engine/engine.c core/engine/kept.c core/main/configuration.c " ]
}
every_value_that_can_be_set_stands_on_the_page() {
    local name count=0
    expect_exit 0 verbond config --effective --json
    for name in $(python3 -c 'import json, sys
for row in json.load(sys.stdin): print(row["name"])' <"$tmp/out"); do
        says docs/reference/configuration.md "| \`$name\`"
        count=$((count + 1))
    done
    [ "$count" -ge 13 ]
}

run_tests without_a_file_everything_is_built_in \
    the_file_goes_before_what_is_built_in_and_its_paths_begin_beside_it \
    the_environment_goes_before_the_file_and_an_option_before_the_environment \
    what_lies_in_the_store_is_listed_with_the_rest \
    the_first_file_that_is_there_is_the_whole_configuration \
    the_values_of_the_file_are_the_ones_that_hold \
    everything_that_is_wrong_is_told_at_once_with_its_line_and_the_mend \
    a_file_that_is_no_data_ends_every_command_with_its_line \
    a_file_that_is_named_and_cannot_be_read_or_that_anybody_may_change_is_refused \
    in_a_folder_where_anybody_may_put_another_it_is_refused \
    a_new_round_is_given_what_is_configured_for_its_instrument \
    an_output_that_is_configured_can_be_named_and_all_can_be_left_out \
    nobody_filled_in_what_is_simulated_so_nothing_of_it_goes_out_unasked \
    an_instrument_that_keeps_nothing_brings_nothing_anywhere \
    one_that_cannot_be_had_is_told_with_its_line_before_anything_is_kept \
    a_purpose_that_the_house_does_not_offer_is_refused \
    an_output_has_the_time_and_the_memory_it_was_given \
    a_plugin_may_have_a_colon_in_its_path a_secret_stands_in_a_file_that_nobody_else_may_read \
    a_secret_that_stands_in_an_option_all_the_same_is_not_shown \
    what_is_in_a_secret_file_stands_nowhere \
    every_variable_that_the_program_reads_stands_on_the_page \
    every_value_that_can_be_set_stands_on_the_page
