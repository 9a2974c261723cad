#!/bin/bash
# pictures.sh: what people draw on a screen and photograph, from the answer file to the sheet, the result and
# the export: strokes as data, photos without what their camera wrote into them.
. tests/tools/tap.sh

kinds=tests/fixtures/instruments/kinds
# strokes FILE: a drawing of two lines, with spaces and an order of its own
strokes() {
    cat >"$1" <<'JSON'
{"strokes": [{"points": [100,100,50, 900,700,50], "width": 12, "colour": "blue"},
             {"colour": "red", "width": 40, "points": [800,600,70]}],
 "canvas": [1600, 1200], "schema": "verbond.strokes/1"}
JSON
}
# photo FILE: a JPEG of one grey pixel, held sideways, with MARKER-OF-A-PLACE wherever a camera writes
photo() {
    python3 - "$1" <<'PY'
import struct, sys
mark = b"MARKER-OF-A-PLACE 52.0907N 5.1214E\0"
def segment(marker, data): return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
tiff = b"II*\0" + struct.pack("<IH", 8, 3) + b"".join(struct.pack("<HHII", *e) for e in [
    (0x10F, 2, len(mark), 50), (0x112, 3, 1, 6), (0x8825, 4, 1, 50)]) + b"\0\0\0\0" + mark
codes = lambda table: segment(0xC4, bytes([table, 1]) + bytes(15) + b"\0")
open(sys.argv[1], "wb").write(b"\xFF\xD8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") +
    segment(0xE1, b"Exif\0\0" + tiff) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + mark) +
    segment(0xFE, mark) + segment(0xDB, b"\0" + b"\1" * 64) + segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0") +
    codes(0) + codes(0x10) + segment(0xDA, b"\1\1\0\0\x3F\0") + b"\x3F\xFF\xD9" + mark)
PY
}
# walk ANSWERS-OF-THE-CLIENT
walk() {
    printf '{"client": %s}' "$1" >"$tmp/answers.json"
    expect_exit 0 verbond run "$kinds" --lang nl --data "$tmp/data" --answers "$tmp/answers.json"
    cp "$tmp/out" "$tmp/text"
}
round() { verbond rounds --json --data "$tmp/data" | sed 's/.*"round": *"\([^"]*\)".*/\1/'; }
person() {
    verbond rounds --json --data "$tmp/data" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["persons"][0]["person"])'
}
sheet() {
    expect_exit 0 verbond sheet "$(round)" --format html --data "$tmp/data"
    cp "$tmp/out" "$tmp/sheet.html"
}

a_drawing_of_strokes_is_kept_in_canonical_bytes() {
    strokes "$tmp/a.json"
    walk '{"drawing": {"file": "a.json"}}'
    expect_exit 0 verbond result "$(round)" --data "$tmp/data"
    says "$tmp/out" '"type":"application/vnd.verbond.strokes+json"'
    python3 tests/tools/schema.py docs/reference/result.schema.json "$tmp/out"
    expect_exit 0 verbond export --person "$(person)" --data "$tmp/data"
    python3 - "$tmp/out" <<'PY'
import base64, hashlib, json, sys
picture = json.load(open(sys.argv[1]))["rounds"][0]["own"]["pictures"][0]
data = base64.b64decode(picture["data"])
assert picture["digest"] == "sha256:" + hashlib.sha256(data).hexdigest()
assert data == (b'{"schema":"verbond.strokes/1","canvas":[1600,1200],"strokes":[{"colour":"blue","width":12,'
    b'"points":[100,100,50,900,700,50]},{"colour":"red","width":40,"points":[800,600,70]}]}'), data
PY
}
it_lies_on_the_sheet_and_in_the_export_as_lines() {
    strokes "$tmp/a.json"
    walk '{"drawing": {"file": "a.json"}}'
    says "$tmp/text" "een tekening"
    sheet
    says "$tmp/sheet.html" '<path stroke="#1f5fae" stroke-width="12.0" d="M100 100L900 700"/>'
    says "$tmp/sheet.html" '<span class="vh">een tekening'
    lacks "$tmp/sheet.html" '<script'
    expect_exit 0 verbond export --person "$(person)" --format html --data "$tmp/data"
    says "$tmp/out" '<path stroke="#c3272b"'
}
strokes_that_are_none_are_refused_and_the_drawing_says_where() {
    printf '{"schema":"verbond.strokes/1","canvas":[1600,1200],"strokes":[{"colour":"pink","width":2,"points":[1,1,1]}]}' \
        >"$tmp/a.json"
    printf '{"client": {"drawing": {"file": "a.json"}}}' >"$tmp/answers.json"
    expect_exit 4 verbond run "$kinds" --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" 'client.drawing: strokes[0]: no such colour'
}
of_a_photo_only_the_picture_is_in_the_sheet_the_result_and_the_export() {
    photo "$tmp/a.jpg"
    grep -qa MARKER-OF-A-PLACE "$tmp/a.jpg"
    walk '{"drawing": {"file": "a.jpg"}}'
    sheet
    says "$tmp/sheet.html" 'src="data:image/jpeg;base64,'
    expect_exit 0 verbond export --person "$(person)" --data "$tmp/data"
    cp "$tmp/out" "$tmp/export.json"
    expect_exit 0 verbond export --person "$(person)" --format html --data "$tmp/data"
    python3 - "$tmp/sheet.html" "$tmp/out" "$tmp/export.json" <<'PY'
import base64, json, re, sys
pages = [re.search(rb"data:image/jpeg;base64,([^\"]+)", open(name, "rb").read())[1] for name in sys.argv[1:3]]
pages.append(json.load(open(sys.argv[3]))["rounds"][0]["own"]["pictures"][0]["data"].encode())
for page in pages:
    photo = base64.b64decode(page)
    assert b"MARKER" not in photo and b"xap" not in photo, photo
    at = photo.index(b"Exif\0\0")
    assert photo[at + 6 + 18] == 6 and photo[at - 4:at] == b"\xFF\xE1\0\x22", photo # how it was held, alone
    assert photo.endswith(b"\x3F\xFF\xD9"), photo
PY
    lacks "$tmp/data/verbond.db" MARKER-OF-A-PLACE
}
a_photo_that_is_cut_off_is_refused() {
    photo "$tmp/whole.jpg"
    head -c 200 "$tmp/whole.jpg" >"$tmp/a.jpg"
    printf '{"client": {"drawing": {"file": "a.jpg"}}}' >"$tmp/answers.json"
    expect_exit 4 verbond run "$kinds" --data "$tmp/data" --answers "$tmp/answers.json"
    says "$tmp/err" 'client.drawing: the JPEG is cut off'
}
an_output_gets_the_strokes_and_a_sheet_that_shows_them() {
    strokes "$tmp/a.json"
    cat >"$tmp/keep.lua" <<'LUA'
local v <const> = require "verbond"
local folder
return v.output {
  api = 1,
  name = "keep",
  summary = "every file under its type",
  options = { { name = "folder", type = "path", required = true, example = "keep", help = "the folder" } },
  open = function(host) folder = host.folder "folder" end,
  deliver = function(delivery)
    for _, blob in ipairs(delivery.blobs) do
      folder:file(blob.digest == "sheet.html" and "sheet.html" or "strokes.json"):copy(blob.digest)
    end
    return "delivered"
  end,
}
LUA
    printf '{"client": {"drawing": {"file": "a.json"}}}' >"$tmp/answers.json"
    mkdir "$tmp/keep"
    expect_exit 0 verbond run "$kinds" --data "$tmp/data" --answers "$tmp/answers.json" \
        --output "$tmp/keep.lua:folder=$tmp/keep"
    says "$tmp/keep/strokes.json" '{"schema":"verbond.strokes/1"'
    says "$tmp/keep/sheet.html" '<path stroke="#1f5fae"'
}

run_tests a_drawing_of_strokes_is_kept_in_canonical_bytes \
    it_lies_on_the_sheet_and_in_the_export_as_lines \
    strokes_that_are_none_are_refused_and_the_drawing_says_where \
    of_a_photo_only_the_picture_is_in_the_sheet_the_result_and_the_export \
    a_photo_that_is_cut_off_is_refused \
    an_output_gets_the_strokes_and_a_sheet_that_shows_them
