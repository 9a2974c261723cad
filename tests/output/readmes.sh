#!/bin/bash
# readmes.sh: the page of each plugin in the box has one form, and its options are those of the plugin.
. tests/tools/tap.sh

# each COMMAND: of every plugin that was built, with its name
each() {
    local plugin name count=0
    for plugin in "$build"/plugins/*.so; do
        name=$(basename "$plugin" .so)
        "$1" "$name" || { echo "# of $name"; return 1; }
        count=$((count + 1))
    done
    [ "$count" -ge 3 ]
}
options() { # options NAME: what the plugin itself says it takes, a line each
    printf '{"type":"hello","protocol":"1.0","output":"%s","options":null,"dir":"%s"}\n' "$1" "$tmp" |
        verbond output-host "$build/plugins/$1.so" | python3 -c 'import json, sys
for option in json.loads(sys.stdin.readline())["options"]: print(option["name"])'
}

has_the_parts() {
    sed -nE '1s/^# //p; s/^(## .*)$/\1/p' "plugins/$1/README.md" | head -n 4 >"$tmp/parts"
    printf '%s\n' "$1" "## Options" "## Example" "## Semantics" | diff - "$tmp/parts"
}
every_page_says_what_then_options_example_and_semantics() { each has_the_parts; }

has_its_options() {
    options "$1" | sort >"$tmp/said"
    [ -s "$tmp/said" ]
    sed -n '/^## Options/,/^## Example/p' "plugins/$1/README.md" |
        sed -nE 's/^\| `([a-z0-9-]+)` .*/\1/p' | sort | diff "$tmp/said" -
}
every_table_of_options_is_that_of_the_plugin() { each has_its_options; }

has_an_example_of_itself() {
    sed -n '/^## Example/,/^## Semantics/p' "plugins/$1/README.md" >"$tmp/example"
    says "$tmp/example" "--output $1"
}
every_example_uses_its_plugin() { each has_an_example_of_itself; }

is_listed() {
    says plugins/README.md "[$1]($1/README.md)"
    says docs/reference/outputs.md "plugins/$1/README.md"
}
every_plugin_is_listed_on_both_pages() { each is_listed; }

run_tests every_page_says_what_then_options_example_and_semantics \
    every_table_of_options_is_that_of_the_plugin every_example_uses_its_plugin \
    every_plugin_is_listed_on_both_pages
