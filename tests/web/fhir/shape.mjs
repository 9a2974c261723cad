// shape.mjs: is it FHIR R4 by its form? npm `fhir` says, and a walk of our own over the same definitions.
//
// The walk is there for what npm fhir passes over: it does not go into items of items, its patterns are
// not anchored (so any id with one good letter is good), it takes a number where a text belongs, two
// values of one choice, null, and what is empty.
import { fhir } from "./modules.mjs";

const structures = fhir.parser.parsedStructureDefinitions;
const valueSets = fhir.parser.parsedValueSets;

// What each primitive is in JSON, and its pattern in the specification, from end to end.
const text = (pattern) => ({ json: "string", pattern: new RegExp(`^(?:${pattern})$`, "s") });
const number = (pattern) => ({ json: "number", pattern: new RegExp(`^(?:${pattern})$`) });
const YEAR = "(?!0000)[0-9]{4}", MONTH = "-(0[1-9]|1[0-2])", DAY = "-(0[1-9]|[12][0-9]|3[01])";
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?";
const ZONE = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
const primitives = {
  boolean: { json: "boolean", pattern: /^/ },
  integer: number("0|-?[1-9][0-9]*"), unsignedInt: number("0|[1-9][0-9]*"), positiveInt: number("[1-9][0-9]*"),
  decimal: number("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"),
  string: text("(?=.*\\S).+"), markdown: text("(?=.*\\S).+"), xhtml: text("<div.*</div>"),
  code: text("\\S+( \\S+)*"), id: text("[A-Za-z0-9.-]{1,64}"), oid: text("urn:oid:[0-2](\\.(0|[1-9][0-9]*))+"),
  uuid: text("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
  uri: text("\\S+"), url: text("\\S+"), canonical: text("\\S+"),
  base64Binary: text("([0-9A-Za-z+/]{4})*([0-9A-Za-z+/]{3}=|[0-9A-Za-z+/]{2}==)?"),
  date: text(`${YEAR}(${MONTH}(${DAY})?)?`), dateTime: text(`${YEAR}(${MONTH}(${DAY}(T${TIME}${ZONE})?)?)?`),
  instant: text(`${YEAR}${MONTH}${DAY}T${TIME}${ZONE}`), time: text(TIME),
};

// shape RESOURCE: a list of { key, at, says }; key `fhir` is what npm fhir says, `shape` what the walk does.
export function shape(resource) {
  const said = fhir.validate(structuredClone(resource), { errorOnUnexpected: true });
  // Its warnings are about codes out of value sets, also of those that are examples. The walk knows which.
  const found = said.messages.filter((m) => ["error", "fatal"].includes(m.severity))
    .map((m) => ({ key: "fhir", at: `${m.resourceId} ${m.location}`, says: m.message }));
  walk(resource, found);
  return found;
}

// walk RESOURCE FOUND: adds what is wrong with it and what it holds.
function walk(resource, found) {
  const type = resource?.resourceType, structure = structures[type];
  const problem = (at, says) => found.push({ key: "shape", at, says });
  if (structure?._kind !== "resource") return problem(String(type), "is no resource of R4");
  object(resource, structure._properties, type, { problem, found, root: structure._properties });
}

function object(value, properties, at, about) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return about.problem(at, "is not an object");
  const names = Object.keys(value).filter((name) => name !== "resourceType");
  if (names.length === 0) about.problem(at, "is empty");
  const choices = new Map();
  for (const name of names) {
    const property = properties.find((p) => p._name === name);
    if (!property) {
      about.problem(`${at}.${name}`, "is not known there");
      continue;
    }
    if (property._choice) {
      if (choices.has(property._choice)) about.problem(`${at}.${name}`, `stands beside ${choices.get(property._choice)}`);
      choices.set(property._choice, name);
    }
    const many = Array.isArray(value[name]);
    // An extension is a list in R4 wherever it stands, whatever the definition at hand says.
    if (many !== Boolean(property._multiple) && !name.startsWith("_"))
      about.problem(`${at}.${name}`, many ? "is a list" : "is not a list");
    if (many && value[name].length === 0) about.problem(`${at}.${name}`, "is empty");
    for (const [n, one] of (many ? value[name] : [value[name]]).entries())
      element(one, property, `${at}.${name}${many ? `[${n}]` : ""}`, about);
  }
  for (const { _name, _required, _choice } of properties)
    if (_required && !_choice && !(_name in value) && !(`_${_name}` in value)) about.problem(`${at}.${_name}`, "is missing");
}

function element(value, property, at, about) {
  const type = property._type;
  if (value === null) return about.problem(at, "is null");
  bound(value, property, at, about);
  if (primitives[type]) return primitive(value, property, at, about);
  if (type === "Resource") return walk(value, about.found);
  if (type === "Element") return object(value, structures.Element._properties, at, about);
  const own = property._properties?.length ? property._properties : structures[type]?._properties;
  const inside = type?.startsWith("#") ? named(type.slice(1)) : own;
  if (inside?.length) return object(value, inside, at, about);
  about.problem(at, `is of type ${type}, which is not known here`);
}

function primitive(value, property, at, about) {
  const { json, pattern } = primitives[property._type];
  if (typeof value !== json) return about.problem(at, `is a ${typeof value}, not a ${json}`);
  if (!pattern.test(String(value))) about.problem(at, `${JSON.stringify(value)} is no ${property._type}`);
}

// A code where a value set is more than an example, and npm fhir has that set.
function bound(value, { _type: type, _valueSet: url, _valueSetStrength: strength }, at, about) {
  const set = valueSets[url?.split("|")[0]];
  if (!set?.systems.length || !["required", "extensible", "preferred"].includes(strength)) return;
  const holds = (code, system) => set.systems.some((s) =>
    (system === undefined || s.uri === system) && s.codes.some((c) => c.code === code));
  const codings = type === "CodeableConcept" ? value.coding ?? [] : type === "Coding" ? [value] : [];
  const wrong = type === "code" ? !holds(value) : codings.length > 0 && !codings.some((c) => holds(c.code, c.system));
  if (wrong) about.problem(at, `${JSON.stringify(value)} is not in ${url}`);
}

// The properties of an element that a definition names again: `Questionnaire.item`.
function named(path) {
  const [type, ...names] = path.split(".");
  return names.reduce((inside, name) => inside?.find((p) => p._name === name)?._properties, structures[type]?._properties);
}
