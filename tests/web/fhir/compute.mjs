// compute.mjs: the calculated items of a QuestionnaireResponse, as fhirpath computes them.
import { extension } from "./links.mjs";
import { evaluate } from "./modules.mjs";

const NAMES = { decimal: "valueDecimal", integer: "valueInteger", boolean: "valueBoolean", string: "valueString" };

// calculated HOLDER: each item with a calculatedExpression: { item, path of items to it, expression }.
export function calculated(holder, path = []) {
  return (holder.item ?? []).flatMap((item) => {
    const own = extension(item, "sdc-questionnaire-calculatedExpression")?.valueExpression.expression;
    return [...(own === undefined ? [] : [{ item, path, expression: own }]), ...calculated(item, [...path, item])];
  });
}

// without RESPONSE LINKIDS: a copy of it with these items taken out, and what holds nothing any more.
export function without(response, linkIds) {
  const kept = (items) => items?.flatMap((item) => {
    if (linkIds.has(item.linkId)) return [];
    const inside = kept(item.item), { item: _, ...rest } = item;
    return inside?.length ? [{ ...rest, item: inside }] : item.answer ? [rest] : [];
  });
  const item = kept(response.item), { item: _, ...rest } = structuredClone(response);
  return item?.length ? { ...rest, item: structuredClone(item) } : rest;
}

// compute QUESTIONNAIRE RESPONSE: by linkId what its calculated items are (null: nothing), of the answers alone.
// Every expression is asked again until nothing changes, since a total is made of scores.
export function compute(questionnaire, response) {
  const all = calculated(questionnaire), values = new Map(all.map((c) => [c.item.linkId, null]));
  const now = without(response, new Set(values.keys()));
  for (let round = 0, changed = true; changed; round++) {
    if (round > 20) throw new Error(`${questionnaire.id}: calculated items never settle`);
    changed = false;
    for (const { item, path, expression } of all) {
      const got = evaluate(now, expression, { questionnaire, ...variables(questionnaire, path, now) });
      if (got.length > 1) throw new Error(`${item.linkId}: ${got.length} values`);
      const value = got[0] ?? null;
      if (value === values.get(item.linkId)) continue;
      values.set(item.linkId, value);
      place(now, path, item, value);
      changed = true;
    }
  }
  return values;
}

// What is in sight of an item by name: `variable` of the questionnaire and of the groups around it.
function variables(questionnaire, path, response) {
  const seen = {};
  for (const { extension: list = [] } of [questionnaire, ...path])
    for (const { url, valueExpression: named } of list)
      if (url.endsWith("/variable")) seen[named.name] = evaluate(response, named.expression, { questionnaire, ...seen });
  return seen;
}

// Puts the value where the item stands; order does not matter to expressions.
function place(response, path, { linkId, type }, value) {
  let level = (response.item ??= []);
  for (const step of path) {
    let at = level.find((i) => i.linkId === step.linkId);
    if (!at) level.push((at = { linkId: step.linkId }));
    level = at.item ??= [];
  }
  const there = level.findIndex((i) => i.linkId === linkId);
  if (there >= 0) level.splice(there, 1);
  if (value !== null) level.push({ linkId, answer: [{ [NAMES[type]]: value }] });
}

// answered RESPONSE: by linkId the first value of each item.
export function answered(holder, seen = new Map()) {
  for (const item of holder.item ?? []) {
    const [answer] = item.answer ?? [];
    if (answer) seen.set(item.linkId, Object.entries(answer).find(([name]) => name.startsWith("value"))[1]);
    answered(item, seen);
    for (const a of item.answer ?? []) answered(a, seen);
  }
  return seen;
}
