// sealing.mjs: until somebody shared, what they wrote is nowhere: not in a reply of any route to anybody else,
// not in an event, not in a log, not in a page, not on the disk of any browser. Then it is, where it should be.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Desk } from "./desk.mjs";
import { Hands } from "./hands.mjs";
import { launch } from "./kit.mjs";
import { eavesdrop, filesWith, holdsText, marker, readEverything, readable } from "./seek.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const stage = await raise({
  staff: { anna: "worker", conny: "convenor", rita: "researcher", piet: "privacy", bob: "admin" },
  env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments") },
});
const roles = ["anna", "conny", "rita", "piet", "bob"];

/** A round of two with the client's seat and the worker's, both without a browser. */
async function dyad(instrument = "mirrored") {
  const anna = await stage.staff("anna"), name = `k${Math.random().toString(36).slice(2, 9)}`;
  const round = await anna.round({ case: name, instrument });
  const link = (await anna.invite(round, "client")).link;
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl").catch((error) => { throw new Error(`the worker's own turn: ${error.message}`); });
  return { anna, worker, round, link, name };
}
const withWords = (mark) => (item) => (item.kind === "text" ? mark : item.kind === "vas" ? 640 : item.options?.[0]?.value);

/** Nobody of the staff, nor the other person, reads it by any route. */
async function nobodyReads(mark, { round, name, worker }) {
  const found = [], places = { round, case: name, role: "client" };
  for (const who of [...roles.map((one) => stage.staff(one)), worker]) {
    const one = await who;
    for (const { path, text } of await readEverything(one, places))
      if (holdsText(Buffer.from(text), mark)) found.push(path);
  }
  return found;
}

test("the routes that are tried are those of the page for machines", async () => {
  const paths = readable();
  holds(paths.length > 20, `only ${paths.length} paths can be read`);
  for (const wanted of ["/sheet", "/result", "/talk", "/history", "/audit", "/turn/step"])
    holds(paths.some((one) => one.path.endsWith(wanted)), `no path ends with ${wanted}`);
});

test("what a client answered is in no reply to anybody else until it is shared, and then it is", async () => {
  const mark = marker("antwoord"), scene = await dyad();
  const client = await stage.seat(scene.link);
  const heard = [await eavesdrop(scene.anna, `/api/v1/staff/rounds/${scene.round}/events`), await eavesdrop(scene.worker, "/api/v1/turn/events")];
  for (const one of heard) same(one.status, 200, "a stream of events");
  await client.begin("nl");
  await client.fill(withWords(mark));
  same(client.step.at, "overview", "where the client is");
  holds(JSON.stringify(client.step).includes(mark), "the client reads it back");
  same(await nobodyReads(mark, scene), [], "before sharing");
  await scene.worker.fill(withWords("niets"));
  await scene.worker.share();
  same(await nobodyReads(mark, scene), [], "when the worker shared and the client did not");
  for (const one of heard) holds(!one.said.includes(mark), "in an event");
  holds(!holdsText(Buffer.from(stage.log()), mark), "in the log");
  await client.share();
  const sheet = await scene.anna.raw("GET", `/api/v1/staff/rounds/${scene.round}/sheet?for=professional&lang=nl`);
  same(sheet.status, 200, "the sheet");
  holds(sheet.text.includes(mark), "the sheet shows what was shared");
  holds(!holdsText(Buffer.from(stage.log()), mark), "in the log afterwards");
  for (const one of heard) { holds(!one.said.includes(mark), "in an event afterwards"); one.close(); }
  for (const who of ["conny", "rita", "bob"])
    for (const { path, text } of await readEverything(await stage.staff(who), { round: scene.round, case: scene.name }))
      holds(!text.includes(mark), `${who} reads it at ${path}`);
});

test("what somebody held back, and what somebody stopped with, is shown to nobody", async () => {
  const held = marker("voorzich"), scene = await dyad();
  const client = await stage.seat(scene.link);
  await client.begin("nl");
  await client.fill(withWords(held));
  client.step = await client.post("/turn/hold", { after: client.step.seq, item: "well", on: true });
  await client.share();
  await scene.worker.fill(withWords("niets"));
  await scene.worker.share();
  same(await nobodyReads(held, scene), [], "held back");

  const stopped = marker("gestopt"), again = await dyad(), other = await stage.seat(again.link);
  await other.begin("nl");
  await other.fill(withWords(stopped));
  await other.post("/turn/stop", { after: other.step.seq });
  await again.worker.fill(withWords("niets"));
  await again.worker.share();
  same(await nobodyReads(stopped, again), [], "stopped");
});

test("staff who sit down where the client should read nothing of it, and the client's own code does", async () => {
  const mark = marker("meelezer"), scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  await client.fill(withWords(mark));
  const anew = await stage.seat((await scene.anna.invite(scene.round, "client")).link);
  anew.step = await anew.get("/turn/step");
  same(anew.step.at, "overview", "where the second browser is");
  const read = async (one) => (await readEverything(one, { round: scene.round, role: "client" })).filter(({ text }) => holdsText(Buffer.from(text), mark));
  same((await read(anew)).map(({ path }) => path), [], "an invitation that staff followed");
  for (let guard = 0; anew.step.can_back && guard < 50; guard++) {
    anew.step = await anew.post("/turn/back", { after: anew.step.seq });
    holds(!JSON.stringify(anew.step).includes(mark), "on the way back");
  }
  const { code } = await client.ask("POST", "/turn/pause");
  await anew.post("/turn/open", { code });
  let shown = false;
  for (let guard = 0; (await anew.get("/turn/step")).at === "item" && guard < 50; guard++) {
    anew.step = await anew.get("/turn/step");
    shown ||= JSON.stringify(anew.step.offered).includes(mark);
    anew.step = await anew.post("/turn/answer", { after: anew.step.seq, id: `b${guard}`, value: anew.step.offered.value });
  }
  holds(shown, "with the own code it is offered again");
});

test("a refusal says nothing of what was refused, to the log neither", async () => {
  const mark = marker("geweigerd"), scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  const seq = client.step.seq;
  for (const value of [mark, { file: mark }, [mark], { [mark]: 1 }, { missing: mark }]) {
    const reply = await client.raw("POST", "/api/v1/turn/answer", { after: seq, id: "a1", value });
    holds(reply.status >= 400 && reply.status < 500, `${JSON.stringify(value)}: ${reply.status}`);
  }
  await client.raw("POST", `/api/v1/turn/${mark}`, {});
  await client.raw("POST", "/api/v1/seat", { token: mark });
  holds(!holdsText(Buffer.from(stage.log()), mark), "in the log");
});

// -- browsers whose folder is searched ----------------------------------------------------------------

/** A browser with a folder of its own, as somebody's tablet has. */
async function tablet() {
  const folder = mkdtempSync(join(tmpdir(), "verbond-tablet-"));
  const context = await stage.chromium.launchPersistentContext(folder, { ...launch, viewport: { width: 820, height: 1100 }, locale: "nl-NL", baseURL: stage.url });
  context.setDefaultTimeout(20000);
  return { folder, context, page: context.pages()[0] ?? (await context.newPage()), gone: () => rmSync(folder, { recursive: true, force: true }) };
}
test("the control: what a page keeps on disk is found there", async () => {
  const mark = marker("controle"), one = await tablet();
  await one.page.goto(`${stage.url}/`);
  await one.page.evaluate((text) => { localStorage.setItem("x", text); }, mark);
  await one.context.close();
  holds(filesWith(one.folder, mark).length > 0, "nothing was found");
  one.gone();
});

test("on the client's own telephone nothing of the answers is left on disk, half written, waiting or shared", async () => {
  const mark = marker("telefoon"), half = marker("halfweg"), scene = await dyad(), phone = await tablet();
  const hands = new Hands(phone.page);
  await hands.come(scene.link);
  await hands.begin();
  await hands.toOverview({}, async () => {
    if ((await hands.kind()) !== "text") return false;
    await phone.page.locator("textarea").fill(half);
    await phone.page.waitForFunction(() => sessionStorage.length > 0); // it is kept, sealed, after a moment
    await phone.page.reload();
    await phone.page.locator("textarea").waitFor();
    same(await phone.page.locator("textarea").inputValue(), half, "what was half written");
    await phone.page.locator("textarea").fill(mark);
    await hands.submit();
    return true;
  });
  holds((await phone.page.locator("main").textContent()).includes(mark), "the client reads it back");
  await phone.page.goto(`${stage.url}/health/live`);
  await phone.context.close();
  same(filesWith(phone.folder, mark), [], "the answer, before sharing");
  same(filesWith(phone.folder, half), [], "what was half written");
  phone.gone();
});

test("on one tablet with a hand-over nothing is left in pages, history, storage or on disk", async () => {
  const mark = marker("tablet"), one = await tablet(), { page } = one, desk = new Desk(page), hands = new Hands(page);
  const anna = await stage.staff("anna"), name = `k${Math.random().toString(36).slice(2, 9)}`;
  const round = await anna.round({ case: name, instrument: "mirrored" });
  await desk.signIn();
  await desk.at(`#/round/${round}`);
  const { t } = hands;
  await desk.give("Cliënt");
  await hands.begin();
  await hands.toOverview({ text: mark });
  await hands.share();
  await page.getByRole("heading", { name: t("locked.title") }).waitFor();
  const left = () => page.evaluate(() => document.documentElement.outerHTML + (location.protocol.startsWith("http")
    ? JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]) : "") + document.title + location.href +
    [...document.querySelectorAll("input, textarea")].map((e) => e.value).join(" "));
  holds(!(await left()).includes(mark), "in the page that asks for the code");
  for (let back = 0; back < 4; back++) {
    await page.goBack().catch(() => {});
    await page.locator("main h1").first().waitFor().catch(() => {});
    holds(!(await left()).includes(mark), `after ${back + 1} times back, at ${page.url()}`);
  }
  for (const path of ["/r", "/", "/staff", `/staff#/round/${round}`]) {
    await page.goto(stage.url + path);
    await page.locator("main h1").first().waitFor();
    holds(!(await left()).includes(mark), `at ${path}`);
  }
  await page.goto(`${stage.url}/staff`);
  await desk.takeBack();
  for (const path of ["#/cases", `#/case/${name}`, `#/case/${name}/history`, `#/round/${round}`, `#/round/${round}/talk`]) {
    await page.goto(`${stage.url}/staff${path}`);
    await page.locator("main h1").first().waitFor();
    await page.locator("#main .waiting").waitFor({ state: "detached" });
    holds(!(await left()).includes(mark), `at ${path}, of the staff`);
  }
  await one.context.close();
  same(filesWith(one.folder, mark), [], "on the disk of the tablet");
  one.gone();
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill(withWords("niets"));
  await worker.share();
  const sheet = await anna.raw("GET", `/api/v1/staff/rounds/${round}/sheet?for=professional&lang=nl`);
  holds(sheet.text.includes(mark), "and then the sheet shows it");
});

await play(stage, 1);
