// links.mjs: what no schema and no invariant says: does what points at something find it?
import { fhir, misspelt } from "./modules.mjs";

const CORE = "http://hl7.org/fhir/StructureDefinition/";
const SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

// Extensions of HL7 that we may write: the one value each has, or "parts".
const extensions = {
  [`${CORE}ordinalValue`]: "valueDecimal", [`${CORE}minValue`]: /^value(Integer|Decimal|Date)$/,
  [`${CORE}maxValue`]: /^value(Integer|Decimal|Date)$/, [`${CORE}mimeType`]: "valueCode", [`${CORE}maxSize`]: "valueDecimal",
  [`${CORE}minLength`]: "valueInteger", [`${CORE}maxDecimalPlaces`]: "valueInteger",
  [`${CORE}translation`]: "parts", [`${CORE}data-absent-reason`]: "valueCode", [`${CORE}entryFormat`]: "valueString",
  [`${CORE}questionnaire-itemControl`]: "valueCodeableConcept", [`${CORE}questionnaire-sliderStepValue`]: "valueInteger",
  [`${CORE}questionnaire-hidden`]: "valueBoolean", [`${CORE}questionnaire-unit`]: "valueCoding",
  [`${CORE}questionnaire-choiceOrientation`]: "valueCode", [`${CORE}questionnaire-minOccurs`]: "valueInteger",
  [`${CORE}questionnaire-maxOccurs`]: "valueInteger", [`${CORE}questionnaire-supportLink`]: "valueUri",
  [`${CORE}questionnaire-optionExclusive`]: "valueBoolean", [`${CORE}variable`]: "valueExpression",
  [`${CORE}rendering-xhtml`]: "valueString", [`${CORE}rendering-markdown`]: "valueMarkdown",
  [`${SDC}sdc-questionnaire-calculatedExpression`]: "valueExpression",
  [`${SDC}sdc-questionnaire-initialExpression`]: "valueExpression",
  [`${SDC}sdc-questionnaire-enableWhenExpression`]: "valueExpression",
  [`${SDC}sdc-questionnaire-optionalDisplay`]: "valueBoolean",
};

const controls = fhir.parser.parsedValueSets["http://hl7.org/fhir/ValueSet/questionnaire-item-control"].systems;

export const items = (holder) => (holder.item ?? []).flatMap((i) => [i, ...items(i)]);
export const extension = (element, name) => (element?.extension ?? []).find((e) => e.url.endsWith(`/${name}`));

// every VALUE VISIT: each object inside, with the path to it.
export function every(value, visit, at = "") {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value, at);
  for (const [name, inside] of Object.entries(value)) every(inside, visit, at ? `${at}.${name}` : name);
}

// links BUNDLE: a list of { key, at, says }.
export function links(bundle) {
  const found = [], problem = (key, at, says) => found.push({ key, at, says });
  // What was taken back is deleted: an entry without a resource.
  const entries = (bundle.entry ?? []).filter((e) => e.resource || e.request?.method !== "DELETE");
  const gone = (bundle.entry ?? []).filter((e) => !entries.includes(e)).map((e) => e.request.url);
  const here = new Map(entries.map((e) => [`${e.resource?.resourceType}/${e.resource?.id}`, e]));
  if (here.size !== entries.length) problem("entry-twice", bundle.id ?? "Bundle", "holds a resource twice");
  for (const url of gone)
    if (!/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(url) || here.has(url)) problem("delete", url, "is deleted");
  for (const entry of entries) {
    request(entry, problem);
    references(entry.resource, here, problem);
    if (entry.resource?.resourceType === "Questionnaire") questionnaire(entry.resource, problem);
  }
  every(bundle, (object, at) => expressions(object, at, problem));
  return found;
}

// An entry is put at its own address, so that the same bundle again changes nothing.
function request({ fullUrl, resource, request: asked }, problem) {
  const name = `${resource?.resourceType}/${resource?.id}`;
  if (asked?.method !== "PUT") problem("put", name, `is sent by ${asked?.method}, not by PUT`);
  if (asked?.url !== name) problem("put-url", name, `is put at ${asked?.url}`);
  if (fullUrl === undefined) problem("full-url", name, "has no fullUrl");
  else if (/^https?:/.test(fullUrl) ? !fullUrl.endsWith(`/${name}`) : !/^urn:(uuid|oid):/.test(fullUrl))
    problem("full-url", name, `has the fullUrl ${fullUrl}`);
}

function references(resource, here, problem) {
  const name = `${resource?.resourceType}/${resource?.id}`;
  const contained = new Set((resource?.contained ?? []).map((c) => `#${c.id}`));
  const full = new Set([...here.values()].map((e) => e.fullUrl));
  every(resource, ({ reference }, at) => {
    if (typeof reference !== "string") return;
    const there = reference.startsWith("#") ? contained.has(reference) : here.has(reference) || full.has(reference);
    if (!there) problem("reference", `${name} ${at}`, `refers to ${reference}, which is not here`);
  });
  if (resource?.resourceType !== "QuestionnaireResponse") return;
  const asked = [...here.values()].map((e) => e.resource).filter((r) => r?.resourceType === "Questionnaire");
  if (!asked.some((q) => matches(resource.questionnaire, q)))
    problem("reference", `${name} questionnaire`, `refers to ${resource.questionnaire}, which is not here`);
}

// matches CANONICAL QUESTIONNAIRE: `url|version`, or `url`
export const matches = (canonical, { url, version }) =>
  url !== undefined && (canonical === `${url}|${version}` || canonical === url);

function questionnaire(resource, problem) {
  const all = items(resource), ids = all.map((i) => i.linkId);
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
  for (const id of twice) problem("link-twice", id, "is the linkId of two items");
  for (const item of all) {
    for (const when of item.enableWhen ?? []) condition(item, when, all, problem);
    options(item, problem);
  }
}

// What a condition asks must be in the questionnaire, before it, and able to give such an answer.
function condition(item, when, all, problem) {
  const asked = all.find((i) => i.linkId === when.question);
  if (!asked) return problem("enable-link", item.linkId, `is shown after ${when.question}, which is not there`);
  if (all.indexOf(asked) >= all.indexOf(item))
    problem("enable-order", item.linkId, `is shown after ${when.question}, which does not come before it`);
  const [, type] = Object.keys(when).map((k) => k.match(/^answer([A-Z].*)$/)).find(Boolean) ?? [];
  const fits = when.operator === "exists" ? ["Boolean"] : takes[asked.type] ?? [];
  if (!fits.includes(type)) problem("enable-type", item.linkId, `compares ${when.question}, a ${asked.type}, with a ${type}`);
  const coding = when.answerCoding;
  if (coding && asked.answerOption && !asked.answerOption.some((o) => same(o.valueCoding, coding)))
    problem("enable-option", item.linkId, `waits for ${coding.code}, which is no option of ${when.question}`);
  if (/^[<>]/.test(when.operator) && !["integer", "decimal", "date", "dateTime", "time", "quantity"].includes(asked.type))
    problem("enable-type", item.linkId, `orders the answers of ${when.question}, a ${asked.type}`);
}

// What an item of a type is answered with.
export const takes = { boolean: ["Boolean"], decimal: ["Decimal"], integer: ["Integer"], date: ["Date"], dateTime: ["DateTime"],
  time: ["Time"], string: ["String"], text: ["String"], url: ["Uri"], choice: ["Coding"], "open-choice": ["Coding", "String"],
  attachment: ["Attachment"], reference: ["Reference"], quantity: ["Quantity"] };

export const same = (a, b) => a?.code === b?.code && a?.system === b?.system;

function options(item, problem) {
  if (["choice", "open-choice"].includes(item.type) && !item.answerOption && !item.answerValueSet)
    problem("no-options", item.linkId, "is a choice of nothing");
  const codes = (item.answerOption ?? []).map((o) => JSON.stringify([o.valueCoding?.system, o.valueCoding?.code ?? o]));
  if (new Set(codes).size !== codes.length) problem("option-twice", item.linkId, "has an option twice");
  for (const o of item.answerOption ?? [])
    if (extension(o.valueCoding, "ordinalValue"))
      problem("option-weight", item.linkId, "weighs by its coding; who renders it looks at the option");
  if (item.type === "display") return;
  if (!item.text && !item._text) problem("no-text", item.linkId, "has no text");
}

// An extension of HL7 is one we know, with the value it has; an expression can be read.
function expressions(object, at, problem) {
  for (const e of object.extension ?? []) {
    const wanted = extensions[e.url], value = Object.keys(e).find((k) => k.startsWith("value"));
    const top = !/^extension\.\d+$/.test(at) && !/\.extension\.\d+$/.test(at);
    if (wanted === undefined && (top ? !/^https?:\/\/|^urn:/.test(e.url) || e.url.startsWith("http://hl7.org/") : false))
      problem("extension", at, `has ${e.url}, which is none of HL7 that we know`);
    if (wanted && wanted !== "parts" && !(value ?? "").match(wanted)) problem("extension", at, `${e.url} has ${value}`);
    for (const { system, code } of e.url.endsWith("-itemControl") ? e.valueCodeableConcept?.coding ?? [] : [])
      if (!controls.some((s) => s.uri === system && s.codes.some((c) => c.code === code)))
        problem("extension", at, `${code} is no control of items`);
    if (wanted === "parts" && e.url.endsWith("/translation")) translation(e, at, problem);
  }
  if (object.language !== "text/fhirpath" || typeof object.expression !== "string") return;
  const wrong = misspelt(object.expression);
  if (wrong) problem("expression", at, `${object.expression}: ${wrong}`);
}

function translation({ extension: parts = [] }, at, problem) {
  const part = (url) => parts.find((p) => p.url === url);
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(part("lang")?.valueCode ?? "")) problem("translation", at, "names no language");
  if (!(part("content")?.valueString ?? part("content")?.valueMarkdown)) problem("translation", at, "says nothing");
}
