// lforms.mjs: LHC-Forms, somebody else's renderer, shows every Questionnaire and computes its scores.
//
// What it cannot do is no finding: it draws a slider as a box for a number (the ends stand behind its "?"), knows no
// translations, and says Yes and No in English.
import { items, matches, extension } from "./links.mjs";
import { shown } from "./answers.mjs";
import { answered, calculated, compute, without } from "./compute.mjs";
import { open, show, told } from "./lforms_page.mjs";
import { bundle, names, resources } from "./scores.mjs";
import { nothing, test } from "./tap.mjs";

const EACH = 2; // responses of one questionnaire that are filled in

let page;
async function tab() {
  page ??= await open();
  page.tab.heard.length = 0;
  return page.tab;
}
export const closeForms = () => page?.close();

const hidden = (item) => extension(item, "questionnaire-hidden")?.valueBoolean === true;
// The questions a person would see of it, in order.
const seen = (questionnaire, response) =>
  items(questionnaire).filter((i) => i.type !== "display" && !hidden(i) && shown(i, { response, questionnaire }))
    .map((i) => i.linkId);

// Of the form on the page: each visible question, its words first.
const visible = (on) => on.evaluate(() => [...document.querySelectorAll("#form .lhc-item")]
  .filter((e) => e.checkVisibility()).map((e) => [e.id.replace(/^item-/, "").replace(/(\/\d+)+$/, ""), e.innerText]));

export function forms(folder) {
  const done = new Set();
  for (const name of names(folder)) {
    const all = bundle(folder, name);
    for (const questionnaire of resources(all, "Questionnaire").filter((q) => !done.has(q.id))) {
      done.add(questionnaire.id);
      test(`${name}: LForms asks ${questionnaire.name} as it stands`, () => asks(questionnaire));
      const moves = items(questionnaire).some((i) => i.enableWhen || i.extension?.some((e) => e.valueExpression));
      const given = resources(all, "QuestionnaireResponse").filter((r) => matches(r.questionnaire, questionnaire));
      if (moves && given.length > 0)
        test(`${name}: LForms, filled in with answers to ${questionnaire.name}, shows and computes the same`, () =>
          fills(questionnaire, given.slice(0, EACH)));
    }
  }
}

async function asks(questionnaire) {
  const on = await tab(), empty = { resourceType: "QuestionnaireResponse", status: "completed" };
  await show(on, questionnaire);
  const there = await visible(on), found = [...on.heard];
  const wanted = seen(questionnaire, empty), got = there.map(([id]) => id);
  if (JSON.stringify(got) !== JSON.stringify(wanted)) found.push(`asks ${got}`, `not ${wanted}`);
  for (const [id, words] of there) {
    const { text } = items(questionnaire).find((i) => i.linkId === id) ?? {};
    if (!words.replace(/\s+/g, " ").includes(text?.replace(/\s+/g, " "))) found.push(`${id}: says ${words}, not ${text}`);
  }
  nothing(found);
}

// LForms gets the answers without scores, and gives back answers and scores.
async function fills(questionnaire, responses) {
  const on = await tab(), found = [], linkIds = new Set(calculated(questionnaire).map((c) => c.item.linkId));
  for (const response of responses) {
    const answers = without(response, linkIds), theirs = compute(questionnaire, response);
    await show(on, questionnaire, answers);
    const back = answered(await told(on)), ours = answered(response);
    for (const [id, value] of theirs)
      if ((back.get(id) ?? null) !== value)
        found.push(`${response.id} ${id}: LForms has ${back.get(id)}, fhirpath ${value}`);
    for (const [id, value] of ours)
      if (!linkIds.has(id) && plain(back.get(id)) !== plain(value))
        found.push(`${response.id} ${id}: gives back ${plain(back.get(id))}, not ${plain(value)}`);
    const wanted = seen(questionnaire, response), got = [...new Set((await visible(on)).map(([id]) => id))];
    if (JSON.stringify(got) !== JSON.stringify(wanted)) found.push(`${response.id}: shows ${got}`, `not ${wanted}`);
  }
  nothing([...found, ...on.heard]);
}

// An answer as one text; of a coding its code, of a picture what it is.
const plain = (value) =>
  (typeof value === "object" ? value.code ?? value.contentType ?? value.title : String(value));
