// stage.mjs: a verbond serve with a data folder, a key and staff of its own, a browser, and tests in TAP.
//
//   const stage = await raise();                 the server listens, the browser is there
//   stage.url, stage.staff(name), stage.verbond(...words), stage.log()
//   test("a sentence", async (t) => { ... });    t.context(options): a browser of its own, closed behind it
//   await play(stage);                           runs them a few at a time, says TAP, takes everything down
//
// $VERBOND_BUILD has the programs, $VERBOND_WEB the node_modules of package.json.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Browser } from "./client.mjs";
import { watch } from "./eyes.mjs";
import { launch, password, program, require, top } from "./kit.mjs";

export { holds, password, same, top } from "./kit.mjs";

function environment(folder, more = {}) {
  const env = { ...process.env, HOME: folder, VERBOND_KEY: join(folder, "key"), VERBOND_DATA: join(folder, "data"),
    XDG_CONFIG_HOME: "", XDG_STATE_HOME: "", VERBOND_INSTRUMENTS: join(top, "instruments"), ...more };
  if (!more.VERBOND_CONFIG) delete env.VERBOND_CONFIG;
  return env;
}

/** Starts the server; resolves when it says where it listens. */
function listen(env, words) {
  const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...words], { env, cwd: top, stdio: ["ignore", "pipe", "pipe"] });
  const said = { child, log: "" };
  return new Promise((done, fail) => {
    const hear = (bytes) => {
      said.log += bytes;
      const at = said.log.match(/https?:\/\/127\.0\.0\.1:(\d+)/);
      if (at) done(Object.assign(said, { url: at[0], port: Number(at[1]) }));
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code, signal) => fail(new Error(`verbond serve ended with ${code ?? signal}\n${said.log}`)));
  });
}

/** Sets everything up. roles: name -> roles of staff accounts, all with the same password. */
export async function raise({ staff = { anna: "worker" }, env: more = {}, words = [], chromium: wanted = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "verbond-web-"));
  mkdirSync(join(folder, "data"), { recursive: true });
  const env = environment(folder, more);
  const verbond = (...said) => execFileSync(program, said, { env, cwd: top, input: "", encoding: "utf8" });
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  for (const [name, roles] of Object.entries(staff)) verbond("staff", "add", name, "--role", roles, "--password-file", join(folder, "password"));
  const server = await listen(env, words);
  const { chromium } = wanted ? require("playwright-core") : {};
  const browser = wanted ? await chromium.launch(launch) : null;
  const signed = {};
  const stage = {
    folder, env, verbond, browser, chromium, url: server.url, port: server.port, pid: server.child.pid,
    log: () => server.log,
    /** Somebody of the staff, signed in (once a name: a password is tried slowly), without a browser. */
    async staff(name = "anna") {
      signed[name] ??= (async () => {
        const one = new Browser(server.url);
        await one.signIn(name, password);
        return one;
      })();
      const one = new Browser(server.url), { cookies, token } = await signed[name];
      return Object.assign(one, { cookies: new Map(cookies), token });
    },
    /** A person without a browser, behind an invitation's link. */
    async seat(link) {
      const one = new Browser(server.url);
      await one.sit(link);
      return one;
    },
    /** Stops the server as an operator would: it must end well, and have said nothing of a sanitizer. */
    async stop() {
      server.child.removeAllListeners("exit");
      const code = await new Promise((done) => {
        server.child.on("exit", (c, signal) => done(c ?? signal));
        server.child.kill("SIGTERM");
      });
      if (code !== 0) throw new Error(`verbond serve ended with ${code}\n${server.log.slice(-4000)}`);
      if (/ERROR: AddressSanitizer|runtime error:|LeakSanitizer/.test(server.log)) throw new Error(server.log.slice(-8000));
    },
    async lower() {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    },
    put: (name, bytes) => { writeFileSync(join(folder, name), bytes); return join(folder, name); },
    read: (name) => readFileSync(join(folder, name)),
  };
  return stage;
}

// -- tests ------------------------------------------------------------------------------------------

const tests = [];
export const test = (name, body) => tests.push({ name, body });

/* One test: browsers of its own, each page of which must have stayed clean. */
async function run(stage, body) {
  const open = [], watches = [];
  try {
    await body({
      async context(options = {}) {
        const context = await stage.browser.newContext({ viewport: { width: 820, height: 1100 }, locale: "nl-NL",
          reducedMotion: "reduce", baseURL: stage.url, ...options });
        context.setDefaultTimeout(Number(process.env.PATIENCE ?? 20000));
        open.push(context);
        watches.push(watch(context, stage.url));
        return context;
      },
    });
    for (const one of watches) one.clean();
    return null;
  } catch (error) {
    if (process.env.SHOTS) // what stood there, for whoever mends it
      for (const [at, page] of open.flatMap((one) => one.pages()).entries())
        await page.screenshot({ path: join(process.env.SHOTS, `${tests.findIndex((one) => one.body === body)}-${at}.png`) }).catch(() => {});
    const heard = watches.flatMap((one) => one.heard);
    return `${error.stack ?? error}${heard.length ? `\nheard: ${heard.join("\n")}` : ""}`;
  } finally {
    for (const context of open) await context.close().catch(() => {});
  }
}

/** Runs what was named, `abreast` at a time, says TAP in order, and takes the stage down. */
export async function play(stage, abreast = 2) {
  const only = process.env.ONLY;
  const wanted = tests.filter((one) => !only || one.name.includes(only));
  const said = new Array(wanted.length);
  let next = 0;
  const worker = async () => {
    while (next < wanted.length) {
      const at = next++, from = Date.now();
      said[at] = await run(stage, wanted[at].body);
      if (process.env.TIMES) console.error(`${Date.now() - from} ms  ${wanted[at].name}`);
    }
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  wanted.push({ name: "the server ends well when it is told to" });
  said.push(await stage.stop().then(() => null, (error) => error.message));
  await stage.lower();
  console.log(`1..${wanted.length}`);
  for (const [at, wrong] of said.entries()) {
    console.log(`${wrong === null ? "ok" : "not ok"} ${at + 1} - ${wanted[at].name}`);
    if (wrong !== null) console.log(String(wrong).replace(/^/gm, "# "));
  }
  process.exit(said.some((wrong) => wrong !== null) ? 1 : 0);
}
