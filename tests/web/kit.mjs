// kit.mjs: where things lie, and what a test says when it does not hold.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const web = resolve(process.env.VERBOND_WEB ?? join(top, "build/web"));
export const require = createRequire(join(web, "kit.mjs"));
export const program = join(resolve(process.env.VERBOND_BUILD ?? "build"), "verbond");
export const password = "een lange zin om in te komen";

/** Chromium without anything that would leave this machine. */
export const launch = {
  executablePath: process.env.VERBOND_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
};

/** Throws when two things are not written alike in JSON. */
export function same(got, wanted, what = "it") {
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}
export function holds(yes, what) {
  if (!yes) throw new Error(what);
}
