// invariants.mjs: the invariants of FHIR R4 (4.0.1) that a JSON schema cannot say, in FHIRPath.
//
// Keys, meanings and expressions are those of the element definitions in the specification. Each row says
// on which resource it holds, at which of its elements (`at`), and what must be true of every one of them.
// Where an expression differs from the printed one, the row says why.
import { evaluate } from "./modules.mjs";

const ITEMS = "Questionnaire.repeat(item)";
const ANY = "*";

// Of a list of elements of any depth: descendants() also gives what hangs on primitives (_title.extension).
const deep = (name) => `(${name} | descendants().${name})`;

export const invariants = [
  // Every element and every resource.
  { key: "ele-1", of: ANY, at: "descendants().where(($this is Resource).not())",
    rule: "hasValue() or (children().count() > id.count())",
    means: "an element has a value or children" },
  { key: "ext-1", of: ANY, at: deep("extension"), rule: "extension.exists() != value.exists()",
    means: "an extension has either extensions or a value" },
  { key: "dom-2", of: ANY, rule: "contained.contained.empty()",
    means: "a contained resource contains no other" },
  // As printed it lists the places a reference may be; here they are any reference, uri or canonical.
  { key: "dom-3", of: ANY, at: "contained",
    rule: "('#' + id) in (%resource.descendants().reference | %resource.descendants().where($this is uri "
      + "or $this is canonical or $this is url)) or descendants().where(reference = '#').exists()",
    means: "a contained resource is referred to" },
  { key: "dom-4", of: ANY, rule: "contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()",
    means: "a contained resource has no version of its own" },
  { key: "dom-5", of: ANY, rule: "contained.meta.security.empty()",
    means: "a contained resource has no security label" },
  { key: "txt-2", of: ANY, at: "text.where(status.exists())", rule: "`div`.exists()",
    means: "a narrative says something" },

  // Data types, wherever they stand.
  { key: "ref-1", of: ANY, at: "descendants().reference.where($this is string)",
    rule: "$this.startsWith('#').not() or ($this.substring(1) in %resource.contained.id)",
    means: "a local reference is to a contained resource" },
  { key: "qty-3", of: ANY, at: "descendants().where($this is Quantity)", rule: "code.empty() or system.exists()",
    means: "a coded unit names its system" },
  { key: "per-1", of: ANY, at: "descendants().where($this is Period)",
    rule: "start.hasValue().not() or end.hasValue().not() or (start <= end)",
    means: "a period begins before it ends" },
  { key: "att-1", of: ANY, at: "descendants().where($this is Attachment)",
    rule: "data.empty() or contentType.exists()", means: "an attachment with data says what it is" },
  { key: "exp-1", of: ANY, at: "descendants().where($this is Expression)",
    rule: "expression.exists() or reference.exists()", means: "an expression is there, or where to find it" },

  // Questionnaire.
  { key: "que-0", of: "Questionnaire", rule: "name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')",
    means: "the name can be an identifier in a program" },
  { key: "que-1", of: "Questionnaire", at: ITEMS,
    rule: "(type = 'group' implies item.exists()) and (type = 'display' implies item.empty())",
    means: "a group has items, a display has none" },
  { key: "que-2", of: "Questionnaire", rule: "descendants().linkId.isDistinct()",
    means: "no two items have one linkId" },
  { key: "que-3", of: "Questionnaire", at: ITEMS, rule: "type != 'display' or code.empty()",
    means: "a display has no code" },
  { key: "que-4", of: "Questionnaire", at: ITEMS, rule: "answerOption.empty() or answerValueSet.empty()",
    means: "options or a value set, not both" },
  { key: "que-5", of: "Questionnaire", at: ITEMS,
    rule: "type in ('choice' | 'open-choice' | 'decimal' | 'integer' | 'date' | 'dateTime' | 'time' | 'string' "
      + "| 'quantity') or (answerValueSet.empty() and answerOption.empty())",
    means: "only what can be chosen has options" },
  { key: "que-6", of: "Questionnaire", at: ITEMS, rule: "type != 'display' or (required.empty() and repeats.empty())",
    means: "a display is neither required nor repeated" },
  // Printed as Boolean, which FHIRPath reads as its own type and not as FHIR's.
  { key: "que-7", of: "Questionnaire", at: `${ITEMS}.enableWhen`, rule: "operator = 'exists' implies (answer is boolean)",
    means: "whether an answer exists is asked with a boolean" },
  { key: "que-8", of: "Questionnaire", at: ITEMS, rule: "(type != 'group' and type != 'display') or initial.empty()",
    means: "a group or display has no initial value" },
  { key: "que-9", of: "Questionnaire", at: ITEMS, rule: "type != 'display' or readOnly.empty()",
    means: "a display is not read-only" },
  { key: "que-10", of: "Questionnaire", at: ITEMS,
    rule: "(type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice')) or maxLength.empty()",
    means: "only what is written has a greatest length" },
  { key: "que-11", of: "Questionnaire", at: ITEMS, rule: "answerOption.empty() or initial.empty()",
    means: "with options there is no initial value" },
  // Printed as "> 2" in R4, against its own sentence; mended in R4B.
  { key: "que-12", of: "Questionnaire", at: ITEMS, rule: "enableWhen.count() > 1 implies enableBehavior.exists()",
    means: "with more than one condition it says all or any" },
  { key: "que-13", of: "Questionnaire", at: ITEMS, rule: "repeats = true or initial.count() <= 1",
    means: "only what repeats has several initial values" },

  { key: "qrs-1", of: "QuestionnaireResponse", at: "QuestionnaireResponse.descendants().where(linkId.exists())",
    rule: "(answer.exists() and item.exists()).not()", means: "items stand under the item or under its answer" },

  { key: "obs-3", of: "Observation", at: "(Observation.referenceRange | Observation.component.referenceRange)",
    rule: "low.exists() or high.exists() or text.exists()", means: "a reference range says something" },
  { key: "obs-6", of: "Observation", rule: "dataAbsentReason.empty() or value.empty()",
    means: "there is no reason for absence beside a value" },
  { key: "obs-7", of: "Observation",
    rule: "value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()",
    means: "no component has the code of the whole" },

  { key: "pat-1", of: "Patient", at: "Patient.contact",
    rule: "name.exists() or telecom.exists() or address.exists() or organization.exists()",
    means: "a contact can be reached or is an organization" },

  { key: "bdl-1", of: "Bundle", rule: "total.empty() or (type = 'searchset') or (type = 'history')",
    means: "only a search or a history has a total" },
  { key: "bdl-2", of: "Bundle", rule: "entry.search.empty() or (type = 'searchset')",
    means: "only a search says how it found" },
  { key: "bdl-3", of: "Bundle", at: "Bundle.entry",
    rule: "request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history')",
    means: "in a transaction each entry says what is asked" },
  { key: "bdl-4", of: "Bundle", at: "Bundle.entry",
    rule: "response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' "
      + "or %resource.type = 'history')", means: "only an answer has responses" },
  { key: "bdl-5", of: "Bundle", at: "Bundle.entry", rule: "resource.exists() or request.exists() or response.exists()",
    means: "an entry holds something" },
  { key: "bdl-7", of: "Bundle",
    rule: "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl & resource.meta.versionId).isDistinct()",
    means: "no two entries have one fullUrl" },
  { key: "bdl-8", of: "Bundle", at: "Bundle.entry", rule: "fullUrl.exists() implies fullUrl.contains('/_history/').not()",
    means: "a fullUrl names no version" },
  { key: "bdl-9", of: "Bundle", rule: "type = 'document' implies (identifier.system.exists() and identifier.value.exists())",
    means: "a document has an identifier" },
];

// Resources of which the table has all there is in R4 about what we write.
export const known = new Set(["Bundle", "Questionnaire", "QuestionnaireResponse", "Observation", "Patient",
  "Practitioner", "PractitionerRole", "RelatedPerson"]);

// violations RESOURCE: a list of { key, at, says }. What is not true of an element is a violation, also when
// the rule comes out empty there.
export function violations(resource) {
  const found = [];
  if (!known.has(resource.resourceType))
    found.push({ key: "inv-known", at: resource.resourceType, says: "there is no table of invariants for it" });
  // Each entry of a bundle is a resource of its own, and is looked at as one.
  const self = resource.resourceType === "Bundle"
    ? { ...resource, entry: resource.entry?.map((e) => ({ ...e, resource: e.resource && bare(e.resource) })) } : resource;
  for (const { key, of, at, rule, means } of invariants) {
    if (of !== ANY && of !== resource.resourceType) continue;
    const broken = evaluate(self, `${at ?? "$this"}.where(iif(${rule}, false, true))`);
    for (const element of broken) found.push({ key, at: label(element, resource), says: means });
  }
  return found;
}

const bare = ({ resourceType, id, meta }) => ({ resourceType, id, ...(meta && { meta }) });

// What an element is called for a person.
function label(element, resource) {
  if (typeof element !== "object" || element === null) return String(element);
  return element.linkId ?? element.url ?? element.question ?? element.fullUrl ?? element.id ?? resource.id ?? resource.resourceType;
}
