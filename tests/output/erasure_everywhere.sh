#!/bin/bash
# erasure_everywhere.sh: what people take back is gone from every file of every output that writes
# files, and from the data folder, looked for byte by byte.
. tests/tools/tap.sh

words='QUILLFEATHER|BRAMBLEFINCH'
mine() { # mine.lua: each round's result in a file of its own, and as a line of one for all
    cat >"$tmp/mine.lua" <<'LUA'
local v <const> = require "verbond"
return v.output {
  api = 1, name = "mine", summary = "of a test",
  options = {
    { name = "folder", type = "path", example = "d", help = "where" },
    { name = "path", type = "path", example = "o", help = "where" },
  },
  deliver = function(delivery, host)
    local round <const> = delivery.result.round
    local page <const> = host.folder("folder"):file(round .. ".json")
    local all <const> = host.file "path"
    local kept <const> = {}
    for line in all:lines() do
      if host.parse(line).round ~= round then
        kept[#kept + 1] = line
      end
    end
    kept[#kept + 1] = host.json(delivery.result)
    all:replace(kept)
    host.remember(round, delivery.result)
    if #delivery.result.respondents == 0 then
      page:remove()
      host.remember(round)
    else
      page:replace(host.json(delivery.result))
    end
    return "delivered"
  end,
}
LUA
}
# everything [AT]: a round to every one of them; AT: the folder of those that write one file
everything() {
    local at=${1:-$tmp/to}
    mine
    mkdir -p "$tmp/to"
    sed 's/"going.well": "[^"]*"/"going.well": "a QUILLFEATHER here"/
         s/"can.better": "[^"]*"/"can.better": "more BRAMBLEFINCH"/' \
        instruments/menger-monitor/example.json >"$tmp/answers.json"
    expect_exit 0 verbond run menger-monitor --case k --lang nl --data "$tmp/data" \
        --answers "$tmp/answers.json" --output "jsonl:path=$at/all.jsonl" \
        --output "csv:path=$at/long.csv,codebook=$tmp/to/long.codes" \
        --output "csv:path=$at/wide.csv,layout=wide,codebook=$tmp/to/wide.codes,name=wide" \
        --output "stats:path=$at/o.sav" --output "stats:path=$at/o.dta,name=stata" \
        --output "fhir:path=$at/bundle.json" --output "sheet:path=$tmp/to/sheets" \
        --output "$tmp/mine.lua:folder=$tmp/to/mine,path=$at/own"
}
round() { verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(json.load(sys.stdin)[0]["round"])'; }
persons() { verbond rounds --json --data "$tmp/data" | python3 -c 'import json, sys
print(*[p["person"] for p in json.load(sys.stdin)[0]["persons"]])'; }
nothing_waits() {
    expect_exit 0 verbond outbox list --json --data "$tmp/data"
    lacks "$tmp/out" '"state":"(waiting|taken|dead)"'
}
# hold FILE...: the answers stand in each; a search that finds nothing in a later one says something
hold() {
    for file; do
        LC_ALL=C grep -qaE "$words" "$file" || { echo "# no answer in $file"; return 1; }
    done
}
nowhere() { # nowhere PLACE...: no file below holds a word of an answer
    local found
    found=$(LC_ALL=C grep -rlaE "$words" "$@" || true)
    [ -z "$found" ] || { echo "# an answer is still in: $found"; return 1; }
}
targets() { echo "$1/all.jsonl" "$1/long.csv" "$1/wide.csv" "$1/o.sav" "$1/o.dta" "$1/bundle.json" "$1/own"; }

an_erased_round_is_gone_from_every_file() {
    everything
    hold $(targets "$tmp/to") "$tmp/to/sheets/$(round).html" "$tmp/to/mine/$(round).json"
    expect_exit 0 verbond erase --round "$(round)" --yes --data "$tmp/data"
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    nothing_waits
    nowhere "$tmp/to" "$tmp/data"
}
who_all_withdrew_are_gone_from_every_file() {
    local person
    everything
    for person in $(persons); do
        expect_exit 0 verbond withdraw "$(round)" --person "$person" --data "$tmp/data"
    done
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    nothing_waits
    nowhere "$tmp/to"
}
# The name that was configured leads to where the file is: the link stays, and what it led to changes.
a_file_behind_a_link_is_cleared_and_the_link_stays() {
    local file
    mkdir "$tmp/real" "$tmp/links" "$tmp/real/deep"
    for file in all.jsonl long.csv wide.csv o.sav o.dta bundle.json; do
        ln -s "../real/deep/$file" "$tmp/links/$file"
    done
    : >"$tmp/real/deep/own"
    ln -s "$tmp/real/own" "$tmp/links/own"
    ln -s deep/own "$tmp/real/own"
    everything "$tmp/links"
    hold $(targets "$tmp/real/deep")
    expect_exit 0 verbond erase --round "$(round)" --yes --data "$tmp/data"
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    nothing_waits
    nowhere "$tmp/to" "$tmp/data" "$tmp/real" "$tmp/links"
    for file in all.jsonl long.csv wide.csv o.sav o.dta bundle.json own; do
        [ -L "$tmp/links/$file" ] || { echo "# $file is a link no longer"; return 1; }
    done
}
# A kill between writing a file anew and giving it its name leaves a whole one beside it.
what_a_kill_left_beside_a_file_goes_with_it() {
    local file round mine
    everything
    round=$(round)
    mine=$(dirname "$(find "$tmp/data/outputs" -path '*records*' -name "$round")")
    for file in $(targets "$tmp/to") "$tmp/to/sheets/$round.html" "$tmp/data/outputs"/stat*/*.rounds; do
        cp "$file" "$file.new"
    done
    mv "$tmp/to/own.new" "$tmp/to/.own.new"
    cp "$tmp/to/mine/$round.json" "$tmp/to/mine/.$round.json.new"
    cp "$mine/$round" "$mine/.$round.new"
    hold "$tmp/to/.own.new" "$tmp/to/mine/.$round.json.new" "$mine/.$round.new" "$tmp/to/all.jsonl.new"
    expect_exit 0 verbond erase --round "$round" --yes --data "$tmp/data"
    expect_exit 0 verbond outbox retry --data "$tmp/data"
    nothing_waits
    nowhere "$tmp/to" "$tmp/data"
}

run_tests an_erased_round_is_gone_from_every_file who_all_withdrew_are_gone_from_every_file \
    a_file_behind_a_link_is_cleared_and_the_link_stays \
    what_a_kill_left_beside_a_file_goes_with_it
