// answers.mjs: does a QuestionnaireResponse answer its Questionnaire?
import { extension, matches, same, takes } from "./links.mjs";
import { evaluate } from "./modules.mjs";

// answers BUNDLE: a list of { key, at, says }.
export function answers(bundle) {
  const all = (bundle.entry ?? []).map((e) => e.resource), found = [];
  for (const response of all.filter((r) => r?.resourceType === "QuestionnaireResponse")) {
    const asked = all.find((q) => q?.resourceType === "Questionnaire" && matches(response.questionnaire, q));
    if (!asked) continue;
    const problem = (key, at, says) => found.push({ key, at: `${response.id} ${at}`, says });
    level(response.item ?? [], asked.item ?? [], { problem, response, questionnaire: asked });
  }
  return found;
}

// The items of one level answer those of one level, in their order, each once.
function level(given, asked, about) {
  let last = -1;
  for (const item of given) {
    const at = asked.findIndex((a) => a.linkId === item.linkId);
    if (at < 0) {
      about.problem("answer-link", item.linkId, "is not asked there");
      continue;
    }
    if (at === last) about.problem("answer-twice", item.linkId, "stands there twice");
    else if (at < last) about.problem("answer-order", item.linkId, "comes too late");
    last = Math.max(at, last);
    one(item, asked[at], about);
  }
  for (const a of asked)
    if (a.required && shown(a, about) && about.response.status === "completed" &&
        !given.some((i) => i.linkId === a.linkId && i.answer))
      about.problem("answer-required", a.linkId, "is required and has no answer");
}

function one(item, asked, about) {
  const answered = item.answer ?? [];
  if (!shown(asked, about) && (answered.length > 0 || item.item))
    about.problem("answer-hidden", item.linkId, "is answered and was not asked");
  if (["group", "display"].includes(asked.type)) {
    if (answered.length > 0) about.problem("answer-type", item.linkId, `is a ${asked.type} and has an answer`);
    return level(item.item ?? [], asked.item ?? [], about);
  }
  if (answered.length > 1 && !asked.repeats) about.problem("answer-count", item.linkId, `has ${answered.length} answers`);
  if (item.item) about.problem("answer-link", item.linkId, "has items of its own and not of its answer");
  for (const answer of answered) {
    fits(answer, asked, item.linkId, about);
    level(answer.item ?? [], asked.item ?? [], about);
  }
}

function fits(answer, asked, at, { problem }) {
  const name = Object.keys(answer).find((k) => /^value[A-Z]/.test(k));
  if (!(takes[asked.type] ?? []).includes(name?.slice(5))) return problem("answer-type", at, `is a ${asked.type} and has ${name}`);
  const value = answer[name];
  if (name === "valueCoding" && asked.answerOption) {
    const option = asked.answerOption.find((o) => same(o.valueCoding, value));
    if (!option) problem("answer-option", at, `has ${value.system}|${value.code}, which is no option`);
    const weight = (c) => extension(c, "ordinalValue")?.valueDecimal;
    if (option && weight(value) !== undefined && weight(value) !== weight(option))
      problem("answer-weight", at, `weighs ${weight(value)} here and not there`);
  }
  const [low, high] = ["minValue", "maxValue"].map((n) => bound(extension(asked, n)));
  if (low !== undefined && value < low) problem("answer-range", at, `${value} is below ${low}`);
  if (high !== undefined && value > high) problem("answer-range", at, `${value} is above ${high}`);
  if (typeof value === "string" && [...value].length > (asked.maxLength ?? Infinity)) problem("answer-length", at, "is too long");
}

const bound = (e) => e?.valueInteger ?? e?.valueDecimal ?? e?.valueDate;

// shown ITEM { response, questionnaire }: do its conditions hold in this response? As the specification of enableWhen has it: without an
// answer only `exists = false` holds, and one of several answers is enough.
export function shown(item, { response, questionnaire }) {
  const expression = extension(item, "sdc-questionnaire-enableWhenExpression")?.valueExpression.expression;
  if (expression !== undefined) return evaluate(response, expression, { questionnaire })[0] === true;
  if (!item.enableWhen) return true;
  const held = item.enableWhen.map((when) => holds(when, given(response, when.question)));
  return item.enableBehavior === "any" ? held.some(Boolean) : held.every(Boolean);
}

const given = (response, linkId) => everyItem(response).filter((i) => i.linkId === linkId).flatMap((i) => i.answer ?? []);
const everyItem = (holder) => (holder.item ?? []).flatMap((i) =>
  [i, ...everyItem(i), ...(i.answer ?? []).flatMap(everyItem)]);

function holds(when, list) {
  const name = Object.keys(when).find((k) => /^answer[A-Z]/.test(k)), wanted = when[name];
  if (when.operator === "exists") return wanted === list.length > 0;
  return list.some((answer) => {
    const value = answer[`value${name.slice(6)}`];
    if (value === undefined) return false;
    const equal = name === "answerCoding" ? same(value, wanted) : value === wanted;
    return { "=": equal, "!=": !equal, ">": value > wanted, "<": value < wanted, ">=": value >= wanted,
      "<=": value <= wanted }[when.operator];
  });
}
