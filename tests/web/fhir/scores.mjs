// scores.mjs: three ways to one score: ours in the result, ours in the bundle, and fhirpath's from the answers.
//
// FOLDER holds NAME.jsonl and NAME.json: the results of some rounds by the output jsonl, and the bundle of the same
// rounds by the output fhir.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { answered, calculated, compute } from "./compute.mjs";
import { matches } from "./links.mjs";

export const names = (folder) => readdirSync(folder).filter((f) => f.endsWith(".json")).map((f) => f.slice(0, -5)).sort();
export const bundle = (folder, name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
export const resources = (of, type) => (of.entry ?? []).map((e) => e.resource).filter((r) => r?.resourceType === type);

// results FOLDER NAME: of each round what was said last.
export function results(folder, name) {
  const last = new Map();
  for (const line of readFileSync(join(folder, `${name}.jsonl`), "utf8").split("\n").filter(Boolean)) {
    const result = JSON.parse(line);
    last.set(result.round, result);
  }
  return [...last.values()];
}

// The id of a response (docs/reference/fhir-mapping.md): of the round, the person, and whom it is about.
function responseId(...parts) {
  const hash = createHash("sha256");
  for (const part of ["response", ...parts]) hash.update(`${part}\0`);
  return hash.digest("hex").slice(0, 32);
}

// What the result says of one voice, by the linkId of its calculated item. Of no answers at all there is no sum.
function wanted({ scales = {}, totals = {} }) {
  const of = new Map();
  for (const [id, { answered: n, sum, mean, pomp }] of Object.entries(scales)) {
    of.set(`${id}:answered`, n);
    of.set(`${id}:sum`, n > 0 ? sum : null);
    of.set(`${id}:mean`, mean);
    of.set(`${id}:pomp`, pomp);
  }
  for (const [id, total] of Object.entries(totals)) of.set(`${id}:total`, total);
  return of;
}

// compared FOLDER NAME: { count, found }: how many numbers were compared, and where they were not the same.
export function compared(folder, name) {
  const all = bundle(folder, name), found = [];
  let count = 0;
  const asked = resources(all, "Questionnaire");
  const responses = new Map(resources(all, "QuestionnaireResponse").map((r) => [r.id, r]));
  const seen = new Set();
  const voice = (result, person, about, given) => {
    const ours = wanted(given), response = responses.get(responseId(result.round, person, about));
    if (!response) {
      if (Object.keys(given.items ?? {}).length > 0) found.push(`${result.round} ${person} ${about}: has no response`);
      return;
    }
    seen.add(response.id);
    const questionnaire = asked.find((q) => matches(response.questionnaire, q));
    const theirs = compute(questionnaire, response), written = answered(response);
    for (const { item: { linkId } } of calculated(questionnaire)) {
      const numbers = [ours.get(linkId) ?? null, written.get(linkId) ?? null, theirs.get(linkId)];
      // A scale that is private stands in nobody else's result, nor do its answers: of none there is nothing.
      if (!ours.has(linkId) && linkId.endsWith(":answered") && numbers[2] === 0) numbers[2] = null;
      if (!numbers.every((n) => n === numbers[0]))
        found.push(`${response.id} ${linkId}: the result says ${numbers[0]}, the bundle ${numbers[1]}, fhirpath ${numbers[2]}`);
      if (numbers[0] !== null) count++;
      ours.delete(linkId);
    }
    // In a shorter form a total may lack a scale: then there is none, and nothing that would compute it.
    for (const [linkId, number] of ours)
      if (number !== null) found.push(`${response.id} ${linkId}: is ${number} and has no calculatedExpression`);
  };
  for (const result of results(folder, name))
    for (const respondent of result.respondents.filter((r) => r.state === "shared")) {
      voice(result, respondent.person, "", respondent);
      for (const about of respondent.about ?? []) voice(result, respondent.person, about.person, about);
    }
  for (const id of responses.keys())
    if (!seen.has(id) && calculated(asked.find((q) => matches(responses.get(id).questionnaire, q))).length > 0)
      found.push(`${id}: is of nobody in the results`);
  return { count, found };
}

// observed FOLDER NAME: { count, found }: every score of a result stands in an Observation, which comes from its response.
export function observed(folder, name) {
  const all = bundle(folder, name), found = [];
  let count = 0;
  const observations = resources(all, "Observation");
  for (const result of results(folder, name))
    for (const respondent of result.respondents.filter((r) => r.state === "shared"))
      for (const [about, given] of [["", respondent], ...(respondent.about ?? []).map((a) => [a.person, a])]) {
        const from = `QuestionnaireResponse/${responseId(result.round, respondent.person, about)}`;
        const here = observations.filter((o) => o.derivedFrom?.length === 1 && o.derivedFrom[0].reference === from);
        for (const [scale, score] of Object.entries(given.scales ?? {})) {
          const one = here.filter((o) => o.code.coding.some((c) => c.code === scale));
          if (one.length !== 1) found.push(`${from} ${scale}: has ${one.length} Observations`);
          else count += same(one[0], score, `${from} ${scale}`, found);
        }
      }
  return { count, found };
}

// An Observation has the score of its scale: the mean, else the sum where the scale counts so.
function same({ valueQuantity, dataAbsentReason }, score, at, found) {
  const value = valueQuantity?.value ?? null;
  if (value === null && !dataAbsentReason) found.push(`${at}: has no value and no reason`);
  if (score.mean === null ? value !== null : ![score.mean, score.sum].includes(value))
    found.push(`${at}: is ${value}, the result says ${score.mean} (sum ${score.sum})`);
  return value === null ? 0 : 1;
}
