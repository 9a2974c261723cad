#!/bin/bash
# fhir_bundle.sh: what the output `fhir` writes, without the tools of FHIR (those are in fhir.sh).
. tests/tools/tap.sh

example=instruments/menger-monitor/example.json

# brings CODE OUTPUT...: a round of menger-monitor with these outputs
brings() {
    local want=$1 output words=()
    shift
    for output in "$@"; do words+=(--output "$output"); done
    on "$want" run menger-monitor --case k1 --lang nl --answers "$example" "${words[@]}"
}
rounds() { verbond rounds --json --data "$tmp/data" | python3 -c "import json, sys; all = json.load(sys.stdin); print($1)"; }
round() { rounds 'all[0]["round"]'; }
person() { rounds "*[p['person'] for p in all[0]['persons'] if p['role'] == '$1']"; }
# bundle EXPRESSION [FILE]: entries, requests, of(TYPE) are those of the bundle
bundle() {
    python3 - "$1" "${2:-$tmp/b.json}" <<'PY'
import json, re, sys
bundle = json.load(open(sys.argv[2]))
entries = bundle.get("entry", [])
requests = [(e["request"]["method"], e["request"]["url"]) for e in entries]
def of(kind):
    return [e["resource"] for e in entries if e.get("resource", {}).get("resourceType") == kind]
result = eval(sys.argv[1])
if result is not True:
    sys.exit(f"# {sys.argv[1]} is {result!r}")
PY
}
# says_to_host OPTIONS FILE...: the plugin hears the kept instrument and these deliveries, and answers
says_to_host() {
    python3 - "$@" <<'PY' | verbond output-host "$build/plugins/fhir.so" 2>"$tmp/host-err"
import json, os, sys
folder = os.path.dirname(sys.argv[2])
print(json.dumps({"type": "hello", "protocol": "1.0", "output": "fhir", "options": json.loads(sys.argv[1]),
                  "dir": folder}))
print(open(folder + "/instrument.json").read())
for attempt, name in enumerate(sys.argv[2:]):
    said = json.load(open(name))
    said["attempt"] = attempt + 1
    print(json.dumps(said))
print(json.dumps({"type": "shutdown", "deadline_ms": 5000}))
PY
}

every_entry_is_put_at_an_id_of_its_own() {
    brings 0 "fhir:path=$tmp/b.json"
    bundle 'bundle["type"] == "transaction" and len(entries) == 17'
    bundle 'all(e["request"] == {"method": "PUT", "url": e["resource"]["resourceType"] + "/" + e["resource"]["id"]} for e in entries)'
    bundle 'all(e["fullUrl"] == "https://verbond.invalid/fhir/" + e["request"]["url"] for e in entries)'
    bundle 'all(re.fullmatch("[A-Za-z0-9.-]{1,64}", e["resource"]["id"]) is not None for e in entries)'
    bundle 'len(set(requests)) == len(requests)'
    bundle '[len(of(t)) for t in ("Questionnaire", "QuestionnaireResponse", "Observation", "Patient", "Practitioner")] == [2, 2, 11, 1, 1]'
}
both_sides_speak_of_the_client_and_each_for_itself() {
    brings 0 "fhir:path=$tmp/b.json"
    bundle 'len({r["subject"]["reference"] for r in of("QuestionnaireResponse") + of("Observation")}) == 1'
    bundle 'sorted(r["source"]["reference"].split("/")[0] for r in of("QuestionnaireResponse")) == ["Patient", "Practitioner"]'
    bundle 'all(o["category"][0]["coding"][0]["code"] == "survey" and o["valueQuantity"]["code"] in ("{score}", "%") for o in of("Observation"))'
    bundle 'all(len(o["derivedFrom"]) == len(o["performer"]) for o in of("Observation"))'
    bundle 'not any("name" in p for p in of("Patient") + of("Practitioner"))'
}
numbers_are_those_of_the_result_digit_by_digit() {
    brings 0 "fhir:path=$tmp/b.json"
    on 0 result "$(round)"
    python3 - "$tmp/out" "$tmp/b.json" <<'PY'
import json, sys
result, bundle = (json.load(open(path), parse_float=str) for path in sys.argv[1:])
def of(observation, what):
    return [c["valueQuantity"]["value"] for c in observation["component"] if c["code"]["text"] == what]
scores = {(r["role"], name): s for r in result["respondents"] for name, s in r["scales"].items()}
seen = 0
for entry in bundle["entry"]:
    resource = entry["resource"]
    if resource["resourceType"] != "Observation" or "component" not in resource:
        continue
    role = "client" if resource["performer"][0]["reference"].startswith("Patient/") else "professional"
    score = scores[role, resource["code"]["coding"][0]["code"]]
    assert resource["valueQuantity"]["value"] == score["mean"], (resource, score)
    assert [of(resource, w) for w in ("sum", "mean", "pomp")] == [[score[w]] for w in ("sum", "mean", "pomp")]
    seen += 1
assert seen == 8, seen
differences = sorted(str(row["difference"]) for row in result["comparison"]
                     if "scale" in row and row["difference"] is not None)
assert differences == sorted(e["resource"]["valueQuantity"]["value"] for e in bundle["entry"]
                             if len(e["resource"].get("derivedFrom", [])) == 2)
PY
}
the_same_parcel_again_gives_the_same_bytes() {
    brings 0 "$top/tests/output/keep.py:path=$tmp/told" "fhir:path=$tmp/b.json"
    cp "$tmp/b.json" "$tmp/first.json"
    says_to_host "{\"path\": \"$tmp/b.json\"}" "$tmp/told/1.json" "$tmp/told/1.json" >"$tmp/said"
    [ "$(grep -c '"delivered"' "$tmp/said")" -eq 2 ]
    cmp "$tmp/b.json" "$tmp/first.json"
    says_to_host "{\"path\": \"$tmp/other.json\"}" "$tmp/told/1.json" >"$tmp/said"
    cmp "$tmp/b.json" "$tmp/other.json"
}
rounds_are_gathered_in_one_order_whatever_came_first() {
    brings 0 "$top/tests/output/keep.py:path=$tmp/one" "fhir:path=$tmp/b.json"
    on 0 run menger-monitor --case k1 --wave t1 --lang nl --answers "$example" \
        --output "$top/tests/output/keep.py:path=$tmp/two" --output "fhir:path=$tmp/b.json"
    bundle 'len(of("QuestionnaireResponse")) == 4 and len(of("Questionnaire")) == 2 and len(of("Patient")) == 1'
    cp "$tmp/two/1.json" "$tmp/one/2.json"
    says_to_host "{\"path\": \"$tmp/other.json\"}" "$tmp/one/2.json" "$tmp/one/1.json" >"$tmp/said"
    [ "$(grep -c '"delivered"' "$tmp/said")" -eq 2 ]
    cmp "$tmp/b.json" "$tmp/other.json"
}
with_a_marker() { # in the client's own words
    python3 - "$example" "$tmp/a.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
answers["client"]["can.better"] = "MARKER-own-words"
json.dump(answers, open(sys.argv[2], "w"))
PY
    example=$tmp/a.json brings 0 "fhir:path=$tmp/b.json"
    says "$tmp/b.json" "MARKER-own-words"
}
what_is_withdrawn_becomes_a_delete_and_is_gone_from_the_file() {
    with_a_marker
    local client
    client=$(person client)
    on 0 withdraw "$(round)" --person "$client"
    says_not "$tmp/b.json" "MARKER-own-words"
    says_not "$tmp/b.json" "$client"
    bundle 'sorted(m for m, u in requests if u.split("/")[0] in ("QuestionnaireResponse", "Observation")) == ["DELETE"] * 13'
}
who_is_erased_leaves_no_pseudonym() {
    with_a_marker
    local client round
    client=$(person client) round=$(round)
    on 0 erase --person "$client" --yes
    says_not "$tmp/b.json" "MARKER-own-words"
    says_not "$tmp/b.json" "$client"
    on 0 erase --round "$round" --yes
    says_not "$tmp/b.json" "$round"
    bundle 'not any("identifier" in r or r["active"] for r in of("Patient") + of("Practitioner"))'
    bundle 'of("QuestionnaireResponse") == [] and of("Observation") == []'
}
scores_only_give_observations_only() {
    brings 0 "fhir:path=$tmp/b.json,content=scores"
    bundle 'of("QuestionnaireResponse") == [] and of("Questionnaire") == [] and len(of("Observation")) == 11'
    bundle 'not any("derivedFrom" in o for o in of("Observation") if "component" in o)'
}
an_event_gives_an_empty_bundle() {
    brings 0 "fhir:path=$tmp/b.json,content=event"
    bundle 'bundle == {"resourceType": "Bundle", "type": "transaction"}'
}
before_anything_comes_there_is_an_empty_bundle() {
    brings 0 "fhir:path=$tmp/b.json,purpose=research"
    bundle 'bundle == {"resourceType": "Bundle", "type": "transaction"}'
}
a_file_of_somebody_else_is_left_as_it_is() {
    printf '{"resourceType": "Bundle", "type": "collection"}' >"$tmp/b.json"
    cp "$tmp/b.json" "$tmp/kept.json"
    brings 5 "fhir:path=$tmp/b.json"
    says "$tmp/err" "is no bundle of this output"
    cmp "$tmp/b.json" "$tmp/kept.json"
}
a_line_that_somebody_put_into_it_stops_it_before_anything_is_lost() {
    brings 0 "fhir:path=$tmp/b.json"
    sed -i '3i {"resource":{"resourceType":"Patient","id":"x"}},' "$tmp/b.json"
    cp "$tmp/b.json" "$tmp/kept.json"
    on 5 run menger-monitor --case k2 --lang nl --answers "$example" --output "fhir:path=$tmp/b.json"
    says "$tmp/err" "somebody else wrote in the file"
    cmp "$tmp/b.json" "$tmp/kept.json"
}
what_a_person_writes_is_never_taken_for_a_part_of_the_bundle() {
    python3 - "$example" "$tmp/a.json" <<'PY'
import json, sys
answers = json.load(open(sys.argv[1]))
answers["client"]["going.well"] = '"meta":{"source":"x"},{"reference":"Patient/x"}]}\\n","url":"Patient/x"}}'
json.dump(answers, open(sys.argv[2], "w"))
PY
    example=$tmp/a.json brings 0 "fhir:path=$tmp/b.json"
    on 0 run menger-monitor --case k2 --lang nl --answers "$tmp/a.json" --output "fhir:path=$tmp/b.json"
    bundle 'len(of("QuestionnaireResponse")) == 4 and len(of("Patient")) == 2'
    bundle 'sum(i["linkId"] == "going.well" and "Patient/x" in i["answer"][0]["valueString"] for r in of("QuestionnaireResponse") for i in r["item"]) == 2'
    on 0 erase --case k2 --yes
    bundle 'len(of("QuestionnaireResponse")) == 2 and sum(m == "DELETE" for m, u in requests) == 13'
}
strict_refuses_what_cannot_be_asked_elsewhere_and_says_why() {
    on 0 run arts-therapy --lang nl --variant music --answers instruments/arts-therapy/example.json \
        --output "$top/tests/output/keep.py:path=$tmp/told"
    says_to_host "{\"path\": \"$tmp/b.json\", \"strict\": \"true\"}" "$tmp/told/1.json" >"$tmp/said"
    says "$tmp/said" '"rejected"'
    says "$tmp/said" "FHIR has no question of the kind triangle"
    bundle 'bundle == {"resourceType": "Bundle", "type": "transaction"}'
    brings 0 "fhir:path=$tmp/strict.json,strict=true"
    bundle 'len(of("Questionnaire")) == 2' "$tmp/strict.json"
}
of_a_script_there_are_questions_without_conditions_that_say_so() {
    on 0 simulate tests/fixtures/good/scripted --n 2 --output "fhir:path=$tmp/b.json"
    says "$tmp/err" "a script decides what is asked: the Questionnaire has no conditions"
    bundle 'all("Een script bepaalt hier wat gevraagd wordt" in q["description"] for q in of("Questionnaire"))'
    bundle 'all([i["linkId"] for i in q["item"]] == ["click", "stuck", "better"] for q in of("Questionnaire"))'
    bundle 'all(any(e["url"].endswith("/scripted") and e["valueBoolean"] for e in q["extension"]) for q in of("Questionnaire"))'
    verbond simulate tests/fixtures/good/scripted --n 1 --case-prefix s --data "$tmp/data" \
        --output "fhir:path=$tmp/s.json,strict=true" >"$tmp/out" 2>"$tmp/err" || true
    says "$tmp/err" "strict: a script decides what is asked, and FHIR has no place for it"
    bundle 'bundle == {"resourceType": "Bundle", "type": "transaction"}' "$tmp/s.json"
}
# A round of the drawing dialogue with one drawing of the client, and what both made together.
draws() { # draws OUTPUT...
    local output words=()
    for output in "$@"; do words+=(--output "$output"); done
    python3 - "$tmp" <<'PY'
import base64, json, sys, zlib, struct
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
open(sys.argv[1] + "/a.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))
answers = json.load(open("instruments/drawing-dialogue/example.json"))
answers["client"] = {"way": "draw", "well": {"file": sys.argv[1] + "/a.png", "keep": "give"}, "better": {"paper": True}}
json.dump(answers, open(sys.argv[1] + "/d.json", "w"))
PY
    on 0 run drawing-dialogue --lang nl --answers "$tmp/d.json" "${words[@]}"
}
a_drawing_goes_along_whole_or_only_by_its_digest() {
    draws "fhir:path=$tmp/b.json" "fhir:path=$tmp/without.json,attachments=false" \
        "fhir:path=$tmp/small.json,attachment-limit=10"
    cat >"$tmp/look.py" <<'PY'
import base64, hashlib, json, sys
items = {i["linkId"]: i["answer"][0]["valueAttachment"] for e in json.load(open(sys.argv[1]))["entry"]
         if e["resource"]["resourceType"] == "QuestionnaireResponse" and e["resource"].get("source", {"reference": ""})["reference"].startswith("Patient/")
         for i in e["resource"]["item"] if i["linkId"] != "way"}
drawn, paper = items["well"], items["better"]
assert drawn["contentType"] == "image/png" and paper == {"title": "paper"}, items
bytes = open(sys.argv[2], "rb").read()
assert drawn["extension"][0]["valueString"] == "sha256:" + hashlib.sha256(bytes).hexdigest()
if sys.argv[3] == "whole":
    assert base64.b64decode(drawn["data"]) == bytes and drawn["size"] == len(bytes)
else:
    assert "data" not in drawn and "size" not in drawn, drawn
PY
    python3 "$tmp/look.py" "$tmp/b.json" "$tmp/a.png" whole
    python3 "$tmp/look.py" "$tmp/without.json" "$tmp/a.png" digest
    python3 "$tmp/look.py" "$tmp/small.json" "$tmp/a.png" digest
    says "$tmp/err" "larger than attachment-limit"
}
# What the instrument document says of each question stands in the Questionnaire, as fhir-mapping.md has it.
a_question_is_asked_with_all_that_fhir_has_for_it() {
    on 0 simulate tests/web/instruments/scored --n 1 \
        --output "$top/tests/output/keep.py:path=$tmp/told" --output "fhir:path=$tmp/b.json,lang=nl"
    python3 - "$tmp/told/instrument.json" "$tmp/b.json" <<'PY'
import json, sys
document = json.load(open(sys.argv[1]))["instrument"]
[asked] = [e["resource"] for e in json.load(open(sys.argv[2]))["entry"] if e["resource"]["resourceType"] == "Questionnaire"]
items, seen = {i["linkId"]: i for i in asked["item"]}, set()
def of(element, name):
    return [v for e in element.get("extension", []) if e["url"].endswith("/" + name)
            for k, v in e.items() if k.startswith("value")]
def control(element):
    return [c["code"] for concept in of(element, "questionnaire-itemControl") for c in concept["coding"]]
def says(element, name, words):  # in Dutch, and in English beside it
    [english] = [e["extension"] for e in element["_" + name]["extension"] if e["url"].endswith("/translation")]
    assert element[name] == words["nl"], (element, words)
    assert [(e["url"], *[v for k, v in e.items() if k != "url"]) for e in english] == [("lang", "en"), ("content", words["en"])]
for question in document["items"]:
    item, kind = items[question["id"]], question["kind"]
    says(item, "text", next(iter(question["text"].values())))
    if kind == "vas":
        assert item["type"] == "integer" and control(item) == ["slider"], item
        assert of(item, "questionnaire-sliderStepValue") == [1]
        assert of(item, "minValue") == [0] and of(item, "maxValue") == [1000]
        assert [(control(end), end["type"]) for end in item["item"]] == [(["lower"], "display"), (["upper"], "display")]
        for end, side in zip(item["item"], ("left", "right")):
            says(end, "text", question[side])
    if kind in ("likert", "faces", "choice"):
        assert item["type"] == "choice", item
        weights = [float(of(one, "ordinalValue")[0]) for one in item["answerOption"]]
        scores = [one["score"] for one in question["options"]]
        assert weights == ([min(scores) + max(scores) - score for score in scores] if question["reverse"] else scores), question
        for one, option in zip(item["answerOption"], question["options"]):
            says(one["valueCoding"], "display", option["text"])
    if kind == "number":
        assert item["type"] == "decimal" and of(item, "minValue") == [-1.5] and of(item, "maxValue") == [2.001], item
    if kind in ("yesno", "text"):
        assert item["type"] == {"yesno": "boolean", "text": "text"}[kind], item
    seen.add(kind)
assert seen == {"likert", "faces", "choice", "vas", "yesno", "number", "text"}, seen
assert items["stuck.what"]["enableWhen"] == [{"question": "stuck", "operator": "=", "answerBoolean": True}]
assert "enableWhen" not in items["low"] and len(of(items["low"], "sdc-questionnaire-enableWhenExpression")) == 1
for scale in document["scales"]:
    for figure in ("answered", "sum", "mean", "pomp"):
        item = items[f"{scale['id']}:{figure}"]
        assert item["readOnly"] and of(item, "questionnaire-hidden") == [True], item
        assert of(item, "sdc-questionnaire-calculatedExpression")[0]["language"] == "text/fhirpath", item
PY
    draws "fhir:path=$tmp/drawn.json"
    bundle '{i["linkId"]: i["type"] for q in of("Questionnaire") for i in q["item"] if i["linkId"] in ("well", "better")} == {"well": "attachment", "better": "attachment"}' "$tmp/drawn.json"
    bundle 'all("image/png" in [e["valueCode"] for e in i["extension"] if e["url"].endswith("/mimeType")] for q in of("Questionnaire") for i in q["item"] if i["linkId"] == "well")' "$tmp/drawn.json"
}
what_was_made_together_is_a_response_of_nobody_alone() {
    draws "fhir:path=$tmp/b.json"
    bundle '[[i["linkId"] for i in r["item"]] for r in of("QuestionnaireResponse") if "source" not in r] == [["collage", "words"]]'
    bundle '[len(i["answer"]) for r in of("QuestionnaireResponse") if "source" not in r for i in r["item"]] == [1, 3]'
    bundle 'len(of("Questionnaire")) == 3'
}
about_each_member_there_is_a_response_of_its_own() {
    on 0 run family-alliance --lang nl --answers instruments/family-alliance/example.json \
        --output "fhir:path=$tmp/b.json"
    on 0 result "$(round)"
    python3 - "$tmp/out" "$tmp/b.json" <<'PY'
import collections, json, sys
result, bundle = (json.load(open(path)) for path in sys.argv[1:])
resources = {e["request"]["url"]: e["resource"] for e in bundle["entry"]}
def pseudonym(reference):
    return {i["system"].rsplit("/", 1)[1]: i["value"] for i in resources[reference]["identifier"]}["person"]
got = collections.Counter()
for r in resources.values():
    if r["resourceType"] == "QuestionnaireResponse":
        subject = pseudonym(r["subject"]["reference"]) if "subject" in r else None
        got[pseudonym(r["source"]["reference"]), subject] += 1
roster = {"youth", "child", "child_under_8", "parent", "relative"}
want = collections.Counter()
for r in result["respondents"]:
    if r["items"]:
        want[r["person"], r["person"] if r["role"] in roster else None] += 1
    for about in r["about"]:
        want[r["person"], about["person"]] += 1
assert got == want, (got - want, want - got)
assert len(want) >= 5
PY
}
research_says_why_there_is_no_answer_and_leaves_out_what_was_not_asked() {
    on 0 simulate tests/fixtures/instruments/broad --n 4 --output "fhir:path=$tmp/b.json,purpose=research"
    bundle 'all(i["extension"][0]["valueCode"] in ("unknown", "asked-unknown", "asked-declined", "masked") for r in of("QuestionnaireResponse") for i in r["item"] if "answer" not in i)'
    bundle 'any(i["extension"][1]["valueCode"] == "dont_know" for r in of("QuestionnaireResponse") for i in r["item"] if "answer" not in i)'
    bundle 'any("if.is" not in [i["linkId"] for i in r["item"]] for r in of("QuestionnaireResponse"))'
    bundle 'all(r["meta"]["security"][0]["code"] == "HTEST" for r in of("QuestionnaireResponse") + of("Observation"))'
}
every_scale_and_total_has_an_expression_and_every_condition_stands_somewhere() {
    on 0 simulate tests/fixtures/instruments/broad --n 1 --output "fhir:path=$tmp/b.json"
    bundle 'all(len([i for i in q["item"] if any(e["url"].endswith("calculatedExpression") for e in i.get("extension", []))]) == 6 * 4 + 3 for q in of("Questionnaire"))'
    bundle 'all("enableWhen" in i or any(e["url"].endswith("enableWhenExpression") for e in i.get("extension", [])) for q in of("Questionnaire") for i in q["item"] if i["linkId"].startswith("if."))'
    on 0 simulate tests/fixtures/instruments/broad --n 1 --form short --case-prefix short --output "fhir:path=$tmp/s.json"
    bundle 'all([i["linkId"] for i in q["item"] if ":" not in i["linkId"]] == ["one.a", "one.b", "line.a", "gate"] for q in of("Questionnaire"))' "$tmp/s.json"
}
options_name_the_house_and_its_codes() {
    brings 0 "fhir:path=$tmp/b.json,base=https://care.example/fhir/,code-system=https://care.example/codes,category=https://care.example/c|talk,lang=en"
    bundle 'all(e["fullUrl"].startswith("https://care.example/fhir/" + e["resource"]["resourceType"]) for e in entries)'
    bundle 'all(o["code"]["coding"][0]["system"] == "https://care.example/codes" and o["category"][0]["coding"] == [{"system": "https://care.example/c", "code": "talk"}] for o in of("Observation"))'
    bundle 'of("Questionnaire")[0]["title"] == "Talk monitor, after the four characteristics"'
    brings_again() { on 5 run pulse --lang nl --answers instruments/pulse/example.json --output "$1"; }
    brings_again "fhir:path=$tmp/x.json,category=survey"
    says "$tmp/err" "category is no SYSTEM|CODE"
    brings_again "fhir:path=$tmp/y.json,base=here"
    says "$tmp/err" "base is no url"
}
every_instrument_in_the_box_goes_in_both_languages() {
    local folder name lang count=0
    for folder in instruments/*/; do
        name=$(basename "$folder")
        [ -f "$folder/example.json" ] || continue
        grep -q '^  retain = "none",' "$folder/instrument.lua" && continue # brings nothing anywhere
        for lang in nl en; do
            on 0 run "$name" --answers "$folder/example.json" --output "fhir:path=$tmp/$name-$lang.json,lang=$lang"
            bundle "bundle['type'] == 'transaction' and all(q['language'] == '$lang' for q in of('Questionnaire'))" \
                "$tmp/$name-$lang.json"
        done
        count=$((count + 1))
    done
    [ "$count" -ge 15 ]
}

run_tests every_entry_is_put_at_an_id_of_its_own both_sides_speak_of_the_client_and_each_for_itself \
    numbers_are_those_of_the_result_digit_by_digit the_same_parcel_again_gives_the_same_bytes \
    rounds_are_gathered_in_one_order_whatever_came_first \
    what_is_withdrawn_becomes_a_delete_and_is_gone_from_the_file who_is_erased_leaves_no_pseudonym \
    scores_only_give_observations_only an_event_gives_an_empty_bundle \
    a_file_of_somebody_else_is_left_as_it_is a_line_that_somebody_put_into_it_stops_it_before_anything_is_lost \
    what_a_person_writes_is_never_taken_for_a_part_of_the_bundle \
    before_anything_comes_there_is_an_empty_bundle \
    strict_refuses_what_cannot_be_asked_elsewhere_and_says_why \
    of_a_script_there_are_questions_without_conditions_that_say_so \
    a_drawing_goes_along_whole_or_only_by_its_digest what_was_made_together_is_a_response_of_nobody_alone \
    about_each_member_there_is_a_response_of_its_own \
    research_says_why_there_is_no_answer_and_leaves_out_what_was_not_asked \
    every_scale_and_total_has_an_expression_and_every_condition_stands_somewhere \
    a_question_is_asked_with_all_that_fhir_has_for_it \
    options_name_the_house_and_its_codes every_instrument_in_the_box_goes_in_both_languages
