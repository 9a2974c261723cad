// pictures.mjs FOLDER: pictures of the main pages, from a server that runs, in FOLDER.
//
// The words in them are ours, and so are the cases: nobody is real. Each picture is a test too: it was made,
// there is something on it, it weighs little enough for a page of documentation, and the page that it shows
// said nothing on the console.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Desk } from "./desk.mjs";
import { drawn } from "./drawings.mjs";
import { Hands } from "./hands.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";
import { decode, small } from "./small_png.mjs";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: pictures.mjs FOLDER");
mkdirSync(folder, { recursive: true });

const MOST_BYTES = 150 * 1024;
const tablet = { viewport: { width: 820, height: 940 }, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 940 } };
const stage = await raise({ staff: { anna: "worker", berend: "worker" } });

/* A round of anna's in which everybody gave the answers of the instrument's example and shared; its id. */
async function done(instrument, { change = (all) => all, anna = null, ...options }) {
  anna ??= await stage.staff("anna");
  const round = await anna.round({ instrument, ...options });
  const all = change(JSON.parse(readFileSync(join(top, "instruments", instrument, "example.json"), "utf8")));
  for (const [key, given] of Object.entries(all)) {
    const [role, label = null] = key.split(":"), own = role === "professional";
    if (key.startsWith("@") || given === null) continue;
    if (label !== null) await anna.person(round, role, label);
    const one = own ? await stage.staff("anna") : await stage.seat((await anna.invite(round, role, label)).link);
    if (own) await one.turn(round);
    await one.begin("nl");
    await one.fill(({ id, member }) => given[id]?.[member] ?? given[id]); // an estimate is of each member
    await one.share();
  }
  if (all["@release"]) await anna.ask("POST", `/staff/rounds/${round}/release`);
  return round;
}
/* As if the client did not answer quite the same another time. */
const other = (by) => (all) => {
  for (const [at, [item, value]] of Object.entries(all.client).entries())
    if (typeof value === "number" && at % 3 > 0) all.client[item] = Math.max(1, Math.min(5, value + by));
  return all;
};

/* How many colours, and what part of the picture the most frequent one takes. */
function seen(image) {
  const counts = new Map();
  for (let at = 0; at < image.pixels.length; at += image.step) {
    const colour = image.pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return { colours: counts.size, most: Math.max(...counts.values()) / (image.width * image.height) };
}

/** The page as it stands, in FOLDER/NAME.png. */
async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const bytes = await page.screenshot({ animations: "disabled" }), image = decode(bytes), { colours, most } = seen(image);
  holds(colours >= 12 && most < 0.985, `${name}: ${colours} colours, and one takes ${Math.round(most * 100)} %`);
  const written = small(bytes);
  holds(written.length <= MOST_BYTES, `${name}: ${written.length} bytes, over ${MOST_BYTES}`);
  writeFileSync(join(folder, `${name}.png`), written);
}

/** Somebody invited to a new round, at the first screen. */
async function invited(t, instrument, { language = "nl", options = tablet, ...more } = {}) {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument, ...more });
  const page = await (await t.context(options)).newPage(), hands = new Hands(page, language);
  await hands.come((await anna.invite(round, "client", null, language)).link);
  return { anna, round, page, hands };
}
/** At the n-th question, with an answer at those before. */
async function question(hands, n) {
  await hands.begin();
  for (let at = 0; at < n; at++) await hands.answer();
}
async function desk(t, options = desktop) {
  const page = await (await t.context(options)).newPage(), there = new Desk(page);
  await there.takeOver(await stage.staff("anna"));
  return there;
}

test("a respondent: the opening, a question, the own answers, and the lock", async (t) => {
  const page = await (await t.context(tablet)).newPage(), there = new Desk(page), hands = new Hands(page);
  await there.signIn("berend"); // whoever gives their tablet is locked out elsewhere too
  const berend = await stage.staff("berend"), round = await berend.round({ instrument: "menger-monitor", form: "short", case: "duif7" });
  await there.at(`#/round/${round}`);
  await there.give("Cliënt");
  let opened = 0;
  await hands.begin({ seen: async () => { if (await page.locator(".ways").count() === 0 && opened++ === 0) await shoot(page, "opening"); } });
  same(opened > 0, true, "an opening was seen");
  await page.locator(".control label").nth(3).click();
  await shoot(page, "likert");
  await hands.submit();
  await hands.toOverview((at) => ({ n: [3, 4, 3, 1, 3][at % 5], text: ["Ik mag meedenken.", "Dat je belt als het niet lukt."][at % 2] }));
  await shoot(page, "overview");
  await hands.share();
  await page.locator("#handover-code").waitFor();
  await shoot(page, "lock");
});

test("a line without numbers, before and after somebody touched it", async (t) => {
  const { page, hands } = await invited(t, "pulse");
  await question(hands, 0);
  const line = await page.locator(".vas-line").boundingBox();
  await page.mouse.click(line.x + line.width * 0.68, line.y + line.height / 2);
  await shoot(page, "vas");
});

test("a drawing", async (t) => {
  const { page, hands } = await invited(t, "drawing-dialogue", { options: { ...tablet, viewport: { width: 820, height: 1180 } } });
  await hands.begin();
  await hands.answer({ n: 0 });
  same(await hands.kind(), "draw", "the second question");
  await drawn(page, "house");
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  await shoot(page, "draw");
});

test("in the dark, on a narrow telephone, and in Arabic", async (t) => {
  const dark = await invited(t, "menger-monitor", { options: { ...tablet, colorScheme: "dark" } });
  await question(dark.hands, 1);
  await dark.page.locator(".control label").nth(2).click();
  await shoot(dark.page, "dark");
  const narrow = await invited(t, "menger-monitor", { options: { viewport: { width: 320, height: 660 }, hasTouch: true, deviceScaleFactor: 2 } });
  await question(narrow.hands, 2);
  await narrow.page.locator(".control label").nth(3).click();
  await shoot(narrow.page, "narrow");
  const arabic = await invited(t, "menger-monitor", { language: "ar", options: { ...tablet, locale: "ar" } });
  await question(arabic.hands, 1);
  same(await arabic.page.evaluate(() => document.documentElement.dir), "rtl", "the direction");
  await arabic.page.locator(".control label").nth(3).click();
  await shoot(arabic.page, "arabic");
});

test("a round of the staff, with an invitation to scan", async (t) => {
  const there = await desk(t), { page } = there, anna = await stage.staff("anna");
  const round = await anna.round({ instrument: "menger-monitor", case: "merel4" });
  await there.at(`#/round/${round}`);
  await shoot(page, "round");
  await there.of("Cliënt", "staff.invite").click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".qr svg").waitFor();
  await shoot(page, "invitation");
});

test("the talk, with the sheet on the table, and the sheet as it is printed", async (t) => {
  const round = await done("menger-monitor", { case: "wulp3" }), there = await desk(t), { page } = there;
  await page.goto(`/staff#/round/${round}/talk`);
  await there.ready();
  await page.frameLocator("iframe.sheet").locator("h1").waitFor();
  await shoot(page, "talk");
  const anna = await stage.staff("anna"), html = (await anna.raw("GET", `/api/v1/staff/rounds/${round}/sheet?for=client&lang=nl`)).text;
  const paper = await (await t.context({ viewport: { width: 794, height: 1123 } })).newPage();
  await paper.emulateMedia({ media: "print" });
  await paper.setContent(html);
  await paper.evaluate(() => { document.documentElement.style.padding = "12mm"; }); // the margin of the paper
  await shoot(paper, "print");
});

test("a family: everybody's dots, and the estimate beside them", async (t) => {
  const round = await done("family-alliance", { case: "mees2" }), there = await desk(t), { page } = there;
  await page.goto(`/staff#/round/${round}/talk`);
  await there.ready();
  await page.frameLocator("iframe.sheet").locator("h1").waitFor();
  await shoot(page, "family");
});

test("a case over time: both voices, as small lines", async (t) => {
  const there = await desk(t), { page } = there;
  const anna = await stage.staff("anna"); // who began the case
  for (const [at, wave] of ["t0", "t1", "t2", "t3"].entries())
    await done("menger-monitor", { anna, case: "kievit5", wave, change: other([-1, 0, -1, 1][at]) });
  await there.at("#/case/kievit5/history");
  await page.locator(".lines svg").first().waitFor();
  await shoot(page, "history");
});

await play(stage, 1);
