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
        "run $monitor --answers $monitor/example.json" audit "outbox list" \
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
    # One place reads them for the commands; an embedder may leave the key file to kept.c.
    [ "$(grep -rlE 'getenv\(' core --include='*.c' | sort | tr '\n' ' ')" = \
        "core/author/i18n_extract.c core/engine/kept.c core/main/configuration.c " ]
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
    every_variable_that_the_program_reads_stands_on_the_page \
    every_value_that_can_be_set_stands_on_the_page
