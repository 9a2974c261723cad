// all.mjs: the checks of the output `fhir`, as TAP.
import "./broken.mjs";
import { run } from "./tap.mjs";

process.exit(await run());
