// all.mjs FOLDER FILE: the checks of the output `fhir` on the bundles of FOLDER, and on one file, as TAP.
import "./broken.mjs";
import { bundles, typed } from "./bundles.mjs";
import { closeForms, forms } from "./lforms.mjs";
import { run } from "./tap.mjs";

const [folder, file] = process.argv.slice(2);
typed(file);
bundles(folder);
forms(folder);
const bad = await run();
await closeForms();
process.exit(bad);
