// broken.mjs: the checks are checked. good.json passes; each way of breaking it is found, by name.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "../fhir_check.mjs";
import { invariants } from "./invariants.mjs";
import { items } from "./links.mjs";
import { misspelt } from "./modules.mjs";
import { nothing, test } from "./tap.mjs";

const good = JSON.parse(readFileSync(fileURLToPath(new URL("good.json", import.meta.url)), "utf8"));
const of = (bundle, type) => bundle.entry.find((e) => e.resource.resourceType === type);
const asked = (bundle, linkId) => items(of(bundle, "Questionnaire").resource).find((i) => i.linkId === linkId);
const given = (bundle, linkId) => items(of(bundle, "QuestionnaireResponse").resource).find((i) => i.linkId === linkId);
const CORE = "http://hl7.org/fhir/StructureDefinition/";

// Name, key of the finding, and what is done. `b` is a copy of the good bundle.
const broken = [
  // What the issue names.
  ["a wrong status code", "fhir", (b) => { of(b, "Observation").resource.status = "finished"; }],
  ["a number as a string", "fhir", (b) => { of(b, "Observation").resource.valueQuantity.value = "2.5"; }],
  ["an unknown property", "fhir", (b) => { of(b, "Patient").resource.nickname = "Sam"; }],
  ["an Observation without a code", "fhir", (b) => { delete of(b, "Observation").resource.code; }],
  ["a linkId that stands there twice", "que-2", (b) => { asked(b, "trust.time").linkId = "trust.word"; }],
  ["a linkId that stands there twice, by name", "link-twice",
    (b) => { asked(b, "trust.time").linkId = "trust.word"; }],
  ["a condition on a question that is not there", "enable-link",
    (b) => { asked(b, "stuck.what").enableWhen[0].question = "stock"; }],
  ["a reference to nobody", "reference", (b) => { of(b, "Observation").resource.derivedFrom[0].reference += "x"; }],
  ["an id with a blank", "shape", (b) => { of(b, "Patient").resource.id = "case 1"; }],
  ["an id of 65 characters", "shape", (b) => { of(b, "Patient").resource.id = "a".repeat(65); }],

  // What npm fhir passes over.
  ["an unknown property of an item of an item", "shape", (b) => { asked(b, "trust.word").colour = "green"; }],
  ["a number where a text belongs", "shape", (b) => { asked(b, "stuck").text = 5; }],
  ["two values of one answer", "shape", (b) => { given(b, "stuck").answer[0].valueString = "ja"; }],
  ["null", "shape", (b) => { of(b, "Questionnaire").resource.title = null; }],
  ["an empty list", "shape", (b) => { given(b, "stuck").answer = []; }],
  ["an empty object", "shape", (b) => { given(b, "stuck").answer = [{}]; }],
  ["an empty text", "shape", (b) => { asked(b, "stuck").text = ""; }],
  ["a list where one belongs", "shape", (b) => { asked(b, "stuck").text = ["Zit iets vast?"]; }],
  ["a wrong type of item, deep down", "shape", (b) => { asked(b, "trust.word").type = "likert"; }],
  ["a category that is none", "shape", (b) => { of(b, "Observation").resource.category[0].coding[0].code = "questionnaire"; }],
  ["a control that is none", "extension", (b) => { asked(b, "room").extension[0].valueCodeableConcept.coding[0].code = "sliding"; }],
  ["a time that is none", "shape", (b) => { b.timestamp = "2026-11-21 10:00"; }],
  ["a date of month 13", "shape",
    (b) => { of(b, "QuestionnaireResponse").resource.authored = "2026-13-21T10:00:00Z"; }],
  ["an integer with decimals", "shape", (b) => { given(b, "room").answer[0].valueInteger = 640.5; }],
  ["pictures that are no base64", "shape", (b) => { given(b, "drawing").answer[0].valueAttachment.data = "iVBOR*"; }],
  ["a resource that R4 does not know", "shape", (b) => { of(b, "Patient").resource.resourceType = "Person2"; }],

  // Invariants.
  ["an element without a value", "ele-1", (b) => { asked(b, "stuck").code = [{ id: "x" }]; }],
  ["an extension with a value and parts", "ext-1",
    (b) => { of(b, "Questionnaire").resource._title.extension[0].valueString = "x"; }],
  ["an extension with nothing", "ext-1", (b) => { delete asked(b, "room").extension[0].valueCodeableConcept; }],
  ["a contained resource in one", "dom-2",
    (b) => { of(b, "Observation").resource.contained = [{ resourceType: "Patient", id: "p",
    contained: [{ resourceType: "Patient", id: "q", active: true }] }]; }],
  ["a contained resource that nothing refers to", "dom-3",
    (b) => { of(b, "Observation").resource.contained = [{ resourceType: "Patient", id: "p", active: true }]; }],
  ["a contained resource with a version", "dom-4",
    (b) => { of(b, "Observation").resource.contained = [{ resourceType: "Patient", id: "p", meta: { versionId: "1" } }]; }],
  ["a contained resource with a label", "dom-5",
    (b) => { of(b, "Observation").resource.contained = [{ resourceType: "Patient", id: "p", meta: { security: [{ code: "R" }] } }]; }],
  ["a narrative without words", "txt-2", (b) => { of(b, "Patient").resource.text = { status: "generated" }; }],
  ["a reference to what is not contained", "ref-1",
    (b) => { of(b, "Observation").resource.subject.reference = "#p"; }],
  ["a unit without its system", "qty-3", (b) => { delete of(b, "Observation").resource.valueQuantity.system; }],
  ["a period that ends before it begins", "per-1",
    (b) => { const o = of(b, "Observation").resource; delete o.effectiveDateTime;
    o.effectivePeriod = { start: "2026-11-21", end: "2026-11-20" }; }],
  ["a picture that does not say what it is", "att-1",
    (b) => { delete given(b, "drawing").answer[0].valueAttachment.contentType; }],
  ["an expression without one", "exp-1",
    (b) => { delete asked(b, "trust.mean").extension[1].valueExpression.expression; }],
  ["a contact that cannot be reached", "pat-1",
    (b) => { of(b, "Patient").resource.contact = [{ gender: "other" }]; }],
  ["a name that no program can use", "que-0", (b) => { of(b, "Questionnaire").resource.name = "contact-client"; }],
  ["a group of nothing", "que-1", (b) => { delete asked(b, "trust").item; }],
  ["a display with items", "que-1",
    (b) => { asked(b, "room.left").item = [{ linkId: "x", type: "display", text: "x" }]; }],
  ["a display with a code", "que-3", (b) => { asked(b, "room.left").code = [{ code: "x" }]; }],
  ["options and a value set", "que-4", (b) => { asked(b, "trust.word").answerValueSet = "https://example.org/set"; }],
  ["options of a yes or no", "que-5",
    (b) => { asked(b, "stuck").answerOption = asked(b, "trust.word").answerOption; }],
  ["a display that is required", "que-6", (b) => { asked(b, "room.left").required = true; }],
  ["whether an answer exists, asked with a number", "que-7",
    (b) => { asked(b, "stuck.what").enableWhen[0] = { question: "stuck", operator: "exists", answerInteger: 1 }; }],
  ["a group with an initial value", "que-8", (b) => { asked(b, "trust").initial = [{ valueInteger: 1 }]; }],
  ["a display that is read-only", "que-9", (b) => { asked(b, "room.left").readOnly = true; }],
  ["a greatest length of a choice", "que-10", (b) => { asked(b, "trust.word").maxLength = 3; }],
  ["options and an initial value", "que-11",
    (b) => { asked(b, "trust.word").initial = [{ valueCoding: { code: "1" } }]; }],
  ["two conditions, and neither all nor any", "que-12",
    (b) => { asked(b, "stuck.what").enableWhen.push({ question: "stuck", operator: "exists", answerBoolean: true }); }],
  ["two initial values of what does not repeat", "que-13",
    (b) => { asked(b, "stuck").initial = [{ valueBoolean: true }, { valueBoolean: false }]; }],
  ["items under an item and under its answer", "qrs-1",
    (b) => { given(b, "room").item = [{ linkId: "room.left" }]; }],
  ["a reference range of nothing", "obs-3",
    (b) => { of(b, "Observation").resource.referenceRange = [{ type: { text: "x" } }]; }],
  ["a value, and why there is none", "obs-6",
    (b) => { of(b, "Observation").resource.dataAbsentReason = { text: "unknown" }; }],
  ["a component with the code of the whole", "obs-7",
    (b) => { const o = of(b, "Observation").resource; o.component = [{ code: o.code, valueInteger: 1 }]; }],
  ["a total of a transaction", "bdl-1", (b) => { b.total = 4; }],
  ["how a search found a transaction's entry", "bdl-2", (b) => { b.entry[0].search = { mode: "match" }; }],
  ["an entry that asks nothing", "bdl-3", (b) => { delete b.entry[0].request; }],
  ["a response in a transaction", "bdl-4", (b) => { b.entry[0].response = { status: "200" }; }],
  ["an entry of nothing", "bdl-5",
    (b) => { b.entry.push({ fullUrl: "urn:uuid:c757873d-ec9a-4326-a141-556f43239520" }); }],
  ["one fullUrl twice", "bdl-7", (b) => { b.entry[1].fullUrl = b.entry[0].fullUrl; }],
  ["a fullUrl of a version", "bdl-8", (b) => { b.entry[0].fullUrl += "/_history/1"; }],
  ["a document without an identifier", "bdl-9", (b) => { b.type = "document"; }],
  ["a resource that no table speaks of", "inv-known",
    (b) => { b.entry.push({ fullUrl: "https://example.org/fhir/Basic/x",
    resource: { resourceType: "Basic", id: "x", code: { text: "x" } }, request: { method: "PUT", url: "Basic/x" } }); }],

  // What points at something.
  ["no bundle", "bundle", (b) => { b.resourceType = "Parameters"; }],
  ["a collection", "bundle", (b) => { b.type = "collection"; }],
  ["a list of nothing", "shape", (b) => { b.entry = []; }],
  ["a resource twice", "entry-twice", (b) => { b.entry.push(structuredClone(b.entry[0])); }],
  ["put and deleted at once", "delete", (b) => { b.entry.push({ request: { method: "DELETE", url: b.entry[0].request.url } }); }],
  ["a POST", "put", (b) => { b.entry[0].request.method = "POST"; }],
  ["a PUT to another address", "put-url", (b) => { b.entry[0].request.url = "Patient/case2"; }],
  ["a fullUrl of something else", "full-url",
    (b) => { b.entry[0].fullUrl = "https://example.org/fhir/Patient/case2"; }],
  ["no fullUrl", "full-url", (b) => { delete b.entry[0].fullUrl; }],
  ["a response to a questionnaire of another version", "reference",
    (b) => { of(b, "QuestionnaireResponse").resource.questionnaire = "https://example.org/contact-client|2.0.0"; }],
  ["a condition on what comes later", "enable-order",
    (b) => { asked(b, "trust.word").enableWhen = [{ question: "stuck", operator: "=", answerBoolean: true }]; }],
  ["a condition of another type", "enable-type",
    (b) => { asked(b, "stuck.what").enableWhen = [{ question: "stuck", operator: "=", answerString: "ja" }]; }],
  ["a condition on the order of a choice", "enable-type",
    (b) => { asked(b, "stuck.what").enableWhen = [{ question: "trust.word", operator: "<",
    answerCoding: { system: "https://example.org/answers/agree", code: "2" } }]; }],
  ["a condition on no option", "enable-option",
    (b) => { asked(b, "stuck.what").enableWhen = [{ question: "trust.word", operator: "=",
    answerCoding: { system: "https://example.org/answers/agree", code: "7" } }]; }],
  ["a choice of nothing", "no-options", (b) => { delete asked(b, "trust.word").answerOption; }],
  ["an option twice", "option-twice",
    (b) => { asked(b, "trust.word").answerOption.push(asked(b, "trust.word").answerOption[0]); }],
  ["a weight where nobody looks", "option-weight",
    (b) => { const [o] = asked(b, "trust.word").answerOption; o.valueCoding.extension = o.extension; delete o.extension; }],
  ["a question without words", "no-text", (b) => { delete asked(b, "stuck").text; delete asked(b, "stuck")._text; }],
  ["an extension that HL7 does not have", "extension",
    (b) => { asked(b, "stuck").extension = [{ url: `${CORE}ordinalvalue`, valueDecimal: 1 }]; }],
  ["an extension with another value", "extension",
    (b) => { asked(b, "room").extension[1] = { url: `${CORE}minValue`, valueString: "0" }; }],
  ["a translation without a language", "translation",
    (b) => { of(b, "Questionnaire").resource._title.extension[0].extension.shift(); }],
  ["a translation without words", "translation",
    (b) => { of(b, "Questionnaire").resource._title.extension[0].extension.pop(); }],
  ["an expression that cannot be read", "expression",
    (b) => { asked(b, "trust.mean").extension[1].valueExpression.expression = "%resource.item.where("; }],

  // Answers.
  ["an answer to what was not asked", "answer-link", (b) => { given(b, "stuck").linkId = "stock"; }],
  ["an answer on another level", "answer-link",
    (b) => { given(b, "trust").item.push({ linkId: "stuck", answer: [{ valueBoolean: true }] }); }],
  ["an answer that stands there twice", "answer-twice",
    (b) => { of(b, "QuestionnaireResponse").resource.item.push(structuredClone(given(b, "drawing"))); }],
  ["answers in another order", "answer-order", (b) => { of(b, "QuestionnaireResponse").resource.item.reverse(); }],
  ["no answer to what is required", "answer-required",
    (b) => { asked(b, "room").required = true; delete given(b, "room").answer; }],
  ["an answer to what was not shown", "answer-hidden", (b) => { given(b, "stuck").answer[0].valueBoolean = false; }],
  ["an answer of another type", "answer-type", (b) => { given(b, "stuck").answer[0] = { valueString: "ja" }; }],
  ["an answer of a group", "answer-type", (b) => { given(b, "trust").answer = [{ valueString: "ja" }]; }],
  ["two answers to what does not repeat", "answer-count",
    (b) => { given(b, "stuck").answer.push({ valueBoolean: false }); }],
  ["an answer that is no option", "answer-option",
    (b) => { given(b, "trust.word").answer[0].valueCoding.code = "9"; }],
  ["an answer that weighs otherwise", "answer-weight",
    (b) => { given(b, "trust.word").answer[0].valueCoding.extension[0].valueDecimal = 1; }],
  ["an answer above the line", "answer-range", (b) => { given(b, "room").answer[0].valueInteger = 1001; }],
  ["an answer below the line", "answer-range", (b) => { given(b, "room").answer[0].valueInteger = -1; }],
  ["an answer that is too long", "answer-length",
    (b) => { given(b, "stuck.what").answer[0].valueString = "x".repeat(201); }],
];

const lines = (found) => found.map((f) => `${f.key}: ${f.at}: ${f.says}`);

test("the good bundle is good", () => nothing(lines(check(good))));
test("every rule of the table can be read", () =>
  nothing(invariants.flatMap(({ key, at, rule }) => [at ?? "$this", rule].map((e) => [key, misspelt(e)]))
    .filter(([, wrong]) => wrong).map((pair) => pair.join(": "))));
test("every invariant of the table was broken once", () => {
  const tried = new Set(broken.map(([, key]) => key));
  nothing(invariants.map((i) => i.key).filter((key) => !tried.has(key)));
});
for (const [name, key, breaks] of broken)
  test(`found: ${name} (${key})`, () => {
    const bundle = structuredClone(good);
    breaks(bundle);
    const found = check(bundle);
    if (!found.some((f) => f.key === key)) nothing([`no ${key} in:`, ...lines(found)]);
  });
