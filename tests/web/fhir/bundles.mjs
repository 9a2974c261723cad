// bundles.mjs: every bundle of the folder is FHIR, and its scores are those that the result and fhirpath have.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "../fhir_check.mjs";
import { bundle, compared, names, observed, resources, results } from "./scores.mjs";
import { nothing, test } from "./tap.mjs";

// Rounds in which nobody answered anything that stands in the result, so that a bundle of them holds nobody.
const count = (object) => Object.keys(object ?? {}).length;
const given = ({ items, about = [] }) => count(items) > 0 || about.some(given);
const empty = (folder, name) => results(folder, name).every(({ respondents, talk }) =>
  !respondents.some((r) => r.state === "shared" && given(r)) && count(talk?.together) === 0);

// typed FILE: fhir_check.mjs as a command: silent about what was written, and not about a fault in it.
export function typed(file) {
  const command = fileURLToPath(new URL("../fhir_check.mjs", import.meta.url));
  const run = (path) => spawnSync(process.execPath, [command, path], { encoding: "utf8" });
  test("the bundle of menger-monitor's example: the checks are silent", () => {
    const { status, stdout, stderr } = run(file);
    nothing(status === 0 && stdout + stderr === "" ? [] : [`exit ${status}`, stdout, stderr]);
  });
  test("the same with a status that is none: the command names it and ends with 1", () => {
    writeFileSync(`${file}.bad`, readFileSync(file, "utf8").replace('"status":"final"', '"status":"finished"'));
    const { status, stdout } = run(`${file}.bad`);
    nothing(status === 1 && stdout.includes(": fhir: ") && stdout.includes("finished") ? [] : [`exit ${status}`, stdout]);
  });
}

export function bundles(folder) {
  for (const name of names(folder)) {
    test(`${name}: is FHIR R4 that holds together`, () => {
      const all = bundle(folder, name);
      nothing(check(all).map((f) => `${f.key}: ${f.at}: ${f.says}`));
      const nobody = resources(all, "QuestionnaireResponse").length === 0;
      if (nobody !== empty(folder, name)) nothing([`responses: ${!nobody}, answers in the results: ${nobody}`]);
    });
    const scaled = results(folder, name).some((r) => r.respondents.some((v) =>
      [v, ...(v.about ?? [])].some((of) => Object.values(of.scales ?? {}).some((s) => s.mean !== null))));
    if (scaled)
      test(`${name}: the result, the bundle and fhirpath have the same scores`, () => {
        const { count, found } = compared(folder, name);
        nothing(count > 0 ? found : ["nothing was compared"]);
      });
    if (scaled)
      test(`${name}: each score has its Observation`, () => {
        const { count, found } = observed(folder, name);
        nothing(count > 0 ? found : ["nothing was compared"]);
      });
  }
  test("scores were compared of every instrument that has scales", () => {
    const scored = (name) => resources(bundle(folder, name), "Questionnaire")
      .some((q) => q.item.some((i) => i.linkId.endsWith(":mean")));
    const wanted = ["arts-therapy", "core-alliance", "family-alliance", "menger-monitor", "neighbourhood", "scored"];
    nothing(wanted.filter((name) => !names(folder).includes(name) || !scored(name)));
  });
  test("what was withdrawn is deleted, and nothing refers to it", () => {
    const gone = bundle(folder, "gone").entry.filter((e) => e.request.method === "DELETE");
    const types = gone.map((e) => e.request.url.split("/")[0]);
    nothing(["QuestionnaireResponse", "Observation"].filter((type) => !types.includes(type)));
  });
  test("answers that lie between two thousandths were among them, of both kinds", () => ties(folder));
}

// Of "scored": means that end on half a thousandth, some of which go up and some down.
function ties(folder) {
  const gone = { up: 0, down: 0 };
  for (const { respondents } of results(folder, "scored"))
    for (const { scales } of respondents)
      for (const { sum, answered: n, mean } of Object.values(scales)) {
        const twice = 2 * Math.round(1000 * sum);
        if (mean === null || twice % n !== 0 || (twice / n) % 2 === 0) continue;
        gone[1000 * mean > 1000 * sum / n ? "up" : "down"]++;
      }
  nothing(gone.up > 0 && gone.down > 0 ? [] : [JSON.stringify(gone)]);
}
