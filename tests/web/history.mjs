// history.mjs: a case gets another worker. What was shared with the one before is theirs who shared it: shown to
// the new one after their yes, as their own line behind a break, and gone again when it is taken back.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Desk } from "./desk.mjs";
import { look } from "./eyes.mjs";
import { Hands } from "./hands.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const VERBOND_INSTRUMENTS = join(top, "instruments"), monitor = { instrument: "menger-monitor" };
const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

/* Two waves with anna: a case for each test. Who has a case is said where no server runs. */
const first = await raise({ staff: { anna: "worker", bram: "worker" }, env: { VERBOND_INSTRUMENTS }, chromium: false });
process.on("exit", () => rmSync(first.folder, { recursive: true, force: true }));
async function shared() {
  const anna = await first.staff("anna"), name = `k${Math.random().toString(36).slice(2, 10)}`, before = [];
  for (const wave of ["t0", "t1"]) {
    const round = await anna.round({ ...monitor, case: name, wave });
    const seats = [await first.seat((await anna.invite(round, "client")).link), await first.staff("anna")];
    await seats[1].turn(round);
    for (const one of seats) {
      await one.begin("nl");
      await one.fill();
      await one.share();
    }
    before.push(round);
  }
  return { name, before };
}
const cases = [];
for (let n = 0; n < 6; n++) cases.push(await shared());
await first.stop();
for (const { name } of cases) first.verbond("staff", "assign", "bram", name);
const stage = await raise({ staff: {}, env: { VERBOND_INSTRUMENTS, VERBOND_DATA: join(first.folder, "data"), VERBOND_KEY: join(first.folder, "key") } });

/** Then bram has it and begins a third. */
async function handed() {
  const scene = cases.pop(), anna = await stage.staff("anna"), bram = await stage.staff("bram");
  bram.known = new Set([scene.name]); // the case is there
  return { ...scene, anna, bram, after: await bram.round({ ...monitor, case: scene.name, wave: "t2" }) };
}
async function workerShares(round, who = "bram") {
  const worker = await stage.staff(who);
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill();
  await worker.share();
}
const historyOf = async (scene, who = scene.bram) => (await who.get(`/staff/cases/${scene.name}/history?lang=nl`)).instruments;
const shows = (instruments, rounds) => rounds.some((round) => JSON.stringify(instruments).includes(round));

/** The client's telephone, up to "may this be on the table?" and its yes. */
async function atBeside(t, scene) {
  const page = await (await t.context(phone)).newPage(), hands = new Hands(page);
  await hands.come((await scene.bram.invite(scene.after, "client")).link);
  await hands.begin();
  await hands.toOverview();
  await page.locator(".acts .button.primary").click();
  await hands.button("share.first.yes").click();
  await hands.button("share.go").waitFor();
  return { page, hands };
}
async function atHistory(t, scene, options = {}) {
  const page = await (await t.context(options)).newPage(), desk = new Desk(page);
  await desk.takeOver(scene.bram);
  await desk.at(`#/case/${scene.name}/history`);
  return { page, desk };
}
const shot = async (page, name) => { if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true }); };

test("a yes shows the new worker the client's own line behind a break, and taking it back hides it", async (t) => {
  const scene = await handed(), { page, hands } = await atBeside(t, scene);
  const tick = page.locator("input[name=earlier]");
  holds(!(await tick.isChecked()), "it is ticked before anybody did so");
  await look(page, "what else may be done");
  await shot(page, "beside");
  await tick.check();
  await hands.button("share.go").click();
  await page.getByRole("heading", { name: hands.t("after.before") }).waitFor();
  await look(page, "thanks, and what was shared before");
  same(await historyOf(scene), [], "the history while the worker did not share");
  await workerShares(scene.after);
  const [one] = await historyOf(scene);
  same(one.waves.map((wave) => [wave.wave, wave.before, wave.break]), [["t0", true, false], ["t1", true, false], ["t2", false, true]], "the waves");
  const points = (role) => one.scales[0].voices.filter((voice) => voice.role === role).map((voice) => voice.points.map((p) => typeof p));
  same(points("client"), [["number", "number", "number"]], "the client's line");
  same(points("professional"), [["object", "object", "number"]], "the worker's own, and not the earlier one's");
  for (const round of scene.before)
    for (const what of ["sheet?lang=nl", "result", "talk"])
      same((await scene.bram.raw("GET", `/api/v1/staff/rounds/${round}/${what}`)).status, 404, `${what} of then`);

  const { page: staff } = await atHistory(t, scene);
  const figure = staff.locator("figure.line-figure").first();
  same(await figure.locator("line.break").count(), 1, "breaks in the picture");
  await figure.locator("summary").click();
  same(await figure.locator("tbody tr", { hasText: hands.t("history.before") }).count(), 2, "rows that say they are of before");
  await look(staff, "the history with a break");
  await shot(staff, "history");

  await page.reload();
  await hands.button("after.before.hide").click();
  await hands.button("after.before.show").waitFor();
  holds(!shows(await historyOf(scene), scene.before), "it is shown though it was taken back");
  await staff.reload();
  await staff.locator("figure.line-figure").first().waitFor();
  same(await staff.locator("figure.line-figure").first().locator("circle").count(), 1, "points of the client in the page");
  await hands.button("after.before.show").click();
  await hands.button("after.before.hide").waitFor();
  holds(shows(await historyOf(scene), scene.before), "it was given again");
});

for (const [dress, options] of [
  ["320 pixels wide", { viewport: { width: 320, height: 640 } }],
  ["in the dark", { colorScheme: "dark" }],
  ["in Arabic", { viewport: { width: 390, height: 800 }, locale: "ar" }],
])
  test(`${dress}: without a yes the history begins with a break, with one it has it in the middle`, async (t) => {
    const scene = await handed(), client = await stage.seat((await scene.bram.invite(scene.after, "client")).link);
    await client.begin("nl");
    await client.fill();
    same(client.step.asks.earlier, true, "it is asked");
    await client.share();
    await workerShares(scene.after);
    const [one] = await historyOf(scene);
    same(one.waves.map((wave) => [wave.wave, wave.before, wave.break]), [["t2", false, true]], "the waves without a yes");
    holds(!shows(one, scene.before), "a round of before is named");
    const { page } = await atHistory(t, scene, options);
    await page.locator("line.break").first().waitFor({ state: "attached" }); // a line has no width
    await look(page, "a history that begins with a break");
    await shot(page, `closed ${dress}`);
    await client.post("/turn/earlier", { after: client.step.seq, on: true });
    await page.reload();
    await page.locator("figure.line-figure circle").nth(2).waitFor();
    await look(page, "a history with a break");
    await shot(page, `open ${dress}`);
  });

test("nobody is asked while the worker stays, and no answer can say it", async () => {
  const scene = await handed(), anna = scene.anna;
  const round = await anna.round({ ...monitor, wave: "t0" }), client = await stage.seat((await anna.invite(round, "client")).link);
  await client.begin("nl");
  await client.fill();
  same(client.step.asks.earlier, false, "it is asked of somebody new");
  let refused = null;
  await client.share({ earlier: true }).catch((error) => { refused = error.status; });
  same(refused, 422, "a yes that nobody asked for");
});

test("a worker says nothing for the client, and who gets the case later sees nothing of it", async () => {
  const scene = await handed(), worker = await stage.staff("bram");
  await worker.turn(scene.after);
  await worker.begin("nl");
  await worker.fill();
  same(worker.step.asks.earlier, false, "the worker is asked");
  await worker.share();
  same((await worker.raw("POST", "/api/v1/turn/earlier", { after: worker.step.seq, on: true })).status, 409, "the worker's yes");
  for (const path of ["/api/v1/turn/earlier", `/api/v1/staff/cases/${scene.name}/history`])
    holds([401, 403, 404, 405].includes((await scene.anna.raw("POST", path, { after: 1, on: true })).status), `staff post to ${path}`);
});

await play(stage);
