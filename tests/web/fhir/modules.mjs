// modules.mjs: the npm packages that these checks stand on, from build/web (VERBOND_WEB).
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export const web = resolve(process.env.VERBOND_WEB ?? "build/web");
export const need = createRequire(join(web, "modules.mjs"));

// fhirpath with the R4 model, which knows that `value` stands for valueInteger and the others.
const fhirpath = need("fhirpath"), r4 = need("fhirpath/fhir-context/r4");
const { Fhir } = need("fhir");

// The R4 specification as npm fhir carries it: structures, value sets, and its validator over both.
export const fhir = new Fhir();

// evaluate RESOURCE EXPRESSION VARIABLES: what it gives, as a list. `%resource` is the resource.
// Decimals are computed as decimals: 0.1 + 0.2 is 0.3. The resource is copied, since evaluating marks it.
export function evaluate(resource, expression, variables = {}) {
  if (!compiled.has(expression)) compiled.set(expression, fhirpath.compile(expression, r4, { preciseMath: true }));
  const copy = structuredClone(resource);
  return compiled.get(expression)(copy, { resource: copy, ...variables });
}
const compiled = new Map();

// What is wrong with the expression as FHIRPath, or null.
export function misspelt(expression) {
  try {
    fhirpath.parse(expression);
    return null;
  } catch (error) {
    return error.message.split("\n")[0];
  }
}
