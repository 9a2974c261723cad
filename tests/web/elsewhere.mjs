// elsewhere.mjs: a client answers on a telephone, and somebody says yes at another browser, opened by a link that staff
// made. Only what shows there goes on the table: in no sheet, no result and no output is a byte of the rest. With the
// client's own code all of it does.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { look } from "./eyes.mjs";
import { Hands } from "./hands.mjs";
import { filesWith, holdsText, marker, readEverything } from "./seek.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const house = mkdtempSync(join(tmpdir(), "verbond-house-"));
process.on("exit", () => rmSync(house, { recursive: true, force: true }));
writeFileSync(join(house, "config.lua"), `return {
  outputs = {
    archive = { plugin = "jsonl", options = { path = "all.jsonl" } },
    pages = { plugin = "sheet", options = { path = "pages" } },
  },
}
`, { mode: 0o600 });
const stage = await raise({ env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments"), VERBOND_CONFIG: join(house, "config.lua") } });
const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

/** The client's answers on a telephone, not shared; link() makes one more invitation for the client. */
async function answered(t, mark) {
  const anna = await stage.staff("anna"), name = `k${Math.random().toString(36).slice(2, 9)}`;
  const round = await anna.round({ case: name, instrument: "mirrored" });
  const link = async () => (await anna.invite(round, "client")).link;
  const page = await (await t.context(phone)).newPage(), hands = new Hands(page);
  await hands.come(await link());
  await hands.begin();
  await hands.toOverview({ text: mark });
  holds((await page.locator("main").textContent()).includes(mark), "the client reads it back");
  return { anna, round, name, link, page, hands };
}

/** The second browser, past "you gave answers before". */
async function second(t, scene) {
  const page = await (await t.context(phone)).newPage(), hands = new Hands(page);
  await hands.come(await scene.link());
  await page.getByRole("heading", { name: hands.t("earlier.title") }).waitFor();
  return { page, hands };
}

async function workerShares({ round }) {
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill((item) => (item.kind === "text" ? "van de werker" : item.kind === "vas" ? 640 : item.options?.[0]?.value));
  await worker.share();
}

/* Until both outputs have it. */
async function wentOut({ round }) {
  for (const until = Date.now() + 20000; Date.now() < until;) {
    const files = readdirSync(house, { recursive: true });
    if (files.includes(`pages/${round}.html`) && files.includes("all.jsonl") && readFileSync(join(house, "all.jsonl"), "utf8").includes(round)) return;
    await new Promise((done) => setImmediate(done));
  }
  throw new Error("it did not go out");
}

/** Where it is read: every route as staff, the files of the outputs. */
async function foundIn(scene, mark) {
  const { anna, round, name } = scene, found = [];
  await wentOut(scene);
  for (const { path, status, text } of await readEverything(anna, { round, case: name, role: "client" })) {
    if (/\/rounds\/.*\/(sheet|result)$/.test(path)) same(status, 200, path);
    if (holdsText(Buffer.from(text), mark)) found.push(path);
  }
  return [...found, ...filesWith(house, mark)];
}

test("a yes where nothing shows puts nothing on the table, and the page says so", async (t) => {
  const mark = marker("elders"), scene = await answered(t, mark), { page, hands } = await second(t, scene);
  await look(page, "answers were given before");
  const apart = await page.evaluate(() => {
    const [one, other] = [...document.querySelectorAll("form button")].map((b) => b.getBoundingClientRect());
    return Math.max(other.top - one.bottom, other.left - one.right);
  });
  holds(apart >= 8, `the two buttons are ${apart} px apart`);
  await hands.button("earlier.go_on").click();
  await page.locator("ul.owns").waitFor();
  const text = await page.locator("main").textContent();
  for (const key of ["overview.partly", "overview.partly_how", "overview.stays", "overview.earlier"]) holds(text.includes(hands.t(key)), `${key} does not stand there`);
  holds(!text.includes(hands.t("overview.lead")), "it says that these are the answers");
  same(await page.getByRole("button", { name: hands.t("overview.hold") }).count(), 0, "ways to hold back what is held back anyway");
  await look(page, "the overview of a browser that sees nothing");
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "partly.png"), fullPage: true });
  await page.locator(".acts .button.primary").click();
  await page.getByText(hands.t("share.partly")).waitFor();
  await page.getByRole("button", { name: hands.t("share.back"), exact: true }).click();
  await page.locator("ul.owns").waitFor();
  await hands.share();
  await workerShares(scene);
  same(await foundIn(scene, mark), [], "where it is read");
  // It is the client's still: on the telephone it is let go, and shared after all.
  await scene.hands.button("after.correct").click();
  await scene.page.locator("li.own.held", { hasText: mark }).locator("button[aria-pressed=true]").click();
  await scene.page.locator("li.own:not(.held)", { hasText: mark }).waitFor();
  await scene.page.locator(".acts .button.primary").click();
  await scene.page.getByRole("button", { name: scene.hands.t("share.again.yes"), exact: true }).click();
  await scene.page.waitForFunction(() => document.querySelector("iframe.sheet, .share fieldset"));
  const go = scene.page.getByRole("button", { name: scene.hands.t("share.go"), exact: true });
  if (await go.count() > 0) await go.click();
  await scene.page.frameLocator("iframe.sheet").getByText(mark).first().waitFor();
  const sheet = await scene.anna.raw("GET", `/api/v1/staff/rounds/${scene.round}/sheet?lang=nl`);
  holds(sheet.text.includes(mark), "and then the sheet shows it");
});

test("what is answered again there goes on the table, and the rest does not", async (t) => {
  const mark = marker("eerder"), next = marker("hier"), scene = await answered(t, mark), { page, hands } = await second(t, scene);
  await hands.button("earlier.go_on").click();
  await page.locator("li.own").last().locator("button").first().click();
  await page.locator("form.question-form textarea").fill(next);
  await page.locator("form.question-form button[type=submit]").click();
  await page.locator("li.own", { hasText: next }).waitFor();
  await look(page, "the overview of a browser that sees a part");
  await hands.share();
  await workerShares(scene);
  same(await foundIn(scene, mark), [], "where the rest is read");
  const found = await foundIn(scene, next);
  for (const wanted of ["/all.jsonl", `/pages/${scene.round}.html`, "/sheet", "/result"]) holds(found.some((one) => one.endsWith(wanted)), `not in ${wanted}, but in ${found}`);
});

test("with the own code, filled in at the overview, all of it goes on the table", async (t) => {
  const mark = marker("code"), scene = await answered(t, mark), { page, hands } = await second(t, scene);
  await scene.hands.button("respond.pause").click();
  const code = (await scene.page.locator("dialog .own-code").textContent()).trim();
  await hands.button("earlier.go_on").click();
  await hands.button("overview.code").click();
  await page.locator("#own-code").fill(code);
  await hands.button("earlier.open").click();
  await page.locator("li.own", { hasText: mark }).waitFor();
  holds((await page.locator("main").textContent()).includes(hands.t("overview.lead")), "it does not say that these are the answers");
  await hands.share();
  await workerShares(scene);
  const found = await foundIn(scene, mark);
  for (const wanted of ["/all.jsonl", `/pages/${scene.round}.html`, "/sheet", "/result"]) holds(found.some((one) => one.endsWith(wanted)), `not in ${wanted}, but in ${found}`);
});

await play(stage, 1);
