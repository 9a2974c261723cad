// fhir_check.mjs FILE...: is each file a transaction Bundle of FHIR R4 that holds together?
//
// Says what is wrong, one line a finding, `FILE: KEY: WHERE: WHAT`, and ends with 1; silent and 0 when
// nothing is. Four rooms look: shape.mjs (npm fhir, and forms), invariants.mjs (fhirpath), links.mjs (does what
// points find something) and answers.mjs (do responses answer what was asked).
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { answers } from "./fhir/answers.mjs";
import { violations } from "./fhir/invariants.mjs";
import { links } from "./fhir/links.mjs";
import { shape } from "./fhir/shape.mjs";

// check BUNDLE: a list of { key, at, says }, empty for a good one.
export function check(bundle) {
  const found = shape(bundle);
  if (bundle?.resourceType !== "Bundle") return [...found, { key: "bundle", at: "", says: "is no Bundle" }];
  if (bundle.type !== "transaction") found.push({ key: "bundle", at: bundle.id ?? "Bundle", says: `is a ${bundle.type}` });
  const resources = (bundle.entry ?? []).map((e) => e.resource).filter(Boolean);
  for (const resource of [bundle, ...resources, ...resources.flatMap((r) => r.contained ?? [])])
    found.push(...violations(resource));
  return [...found, ...links(bundle), ...answers(bundle)];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = process.argv.slice(2);
  let bad = files.length === 0;
  if (bad) console.error("fhir_check.mjs FILE...");
  for (const file of files)
    for (const { key, at, says } of check(JSON.parse(readFileSync(file, "utf8")))) {
      console.log(`${file}: ${key}: ${at}: ${says}`);
      bad = true;
    }
  process.exit(bad ? 1 : 0);
}
