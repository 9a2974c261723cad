// ways.mjs: other ways to get there: by keyboard alone, on a narrow telephone with large text, in Arabic, without
// a network for a while, with a reload at every question, in two tabs.
import { look as lookAt, tabs } from "./eyes.mjs";
import { Desk } from "./desk.mjs";
import { Hands, words } from "./hands.mjs";
import { marker } from "./seek.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const shelf = mkdtempSync(join(tmpdir(), "verbond-shelf-"));
process.on("exit", () => rmSync(shelf, { recursive: true, force: true }));
const SECONDS = 0.4; // of the one recording

/* The instruments of these tests, one question of which somebody recorded, and one in a language (Tigrinya)
 * that no voice here speaks. */
function fillShelf() {
  cpSync(join(top, "tests/web/instruments"), shelf, { recursive: true });
  const item = join(shelf, "mirrored/audio/nl/item/plan.clear"), size = Math.round(8000 * SECONDS), sound = Buffer.alloc(44 + size, 128);
  sound.write("RIFF....WAVEfmt ", 0, "latin1");
  sound.write("data", 36, "latin1");
  for (const [at, value] of [[4, 36 + size], [16, 16], [24, 8000], [28, 8000], [40, size]]) sound.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) sound.writeUInt16LE(value, at);
  mkdirSync(item, { recursive: true });
  writeFileSync(join(item, "client.wav"), sound);
  mkdirSync(join(shelf, "unvoiced"));
  writeFileSync(join(shelf, "unvoiced/instrument.lua"), readFileSync(join(shelf, "mirrored/instrument.lua"), "utf8")
    .replaceAll(/\bar = /g, "ti = ").replace('{ "ar", "nl" }', '{ "ti", "nl" }').replace('id = "mirrored"', 'id = "unvoiced"'));
}
fillShelf();
const stage = await raise({ env: { VERBOND_INSTRUMENTS: shelf } });

async function invited(instrument, language = "nl") {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument });
  return { anna, round, link: (await anna.invite(round, "client", null, language)).link };
}

const look = lookAt;

/** Tab until something has the focus; press says what to do there. */
async function tabTo(page, selector, most = 60) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

test("by keyboard alone, every kind of question, and the focus is always seen", async (t) => {
  const { link } = await invited("mixed"), page = await (await t.context()).newPage(), hands = new Hands(page);
  await hands.come(link);
  await hands.begin(); // its screens are buttons like those below
  const keys = {
    likert: ["input[type=radio]", "Space"], faces: ["input[type=radio]", "Space"], yesno: ["input[type=radio]", "Space"],
    choice: [".answers input", "Space"], words: [".chip input", "Space"], vas: [".vas-line", "End"],
  };
  /* Away from where it was laid, as anybody would who sees it. */
  const lay = async (piece) => {
    await page.locator("#question").focus();
    await tabTo(page, piece);
    await page.keyboard.press("Enter");
    if (await page.locator(".board-thing:focus").count() === 0) await tabTo(page, ".board-thing"); // more may be laid
    const thing = page.locator(".board-thing:focus"), before = await thing.boundingBox();
    for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowRight");
    holds((await thing.boundingBox()).x > before.x, "an arrow moves what was laid");
  };
  const making = {
    async draw() {
      await tabTo(page, ".pad-canvas");
      for (const key of ["Space", "ArrowRight", "ArrowRight", "ArrowDown", "Space"]) await page.keyboard.press(key);
    },
    async photo() {
      await tabTo(page, ".making-way[value=paper]");
      await page.keyboard.press("Enter");
    },
    async triangle() { for (let n = 0; n < 3; n++) await lay(".tray-piece[aria-pressed=false]"); },
    async collage() { await lay(".tray-piece"); },
  };
  const pressed = new Set();
  await hands.toOverview({}, async () => {
    const kind = await hands.kind();
    const order = await tabs(page);
    holds(order.length > 2, `${kind}: the keyboard reaches ${order.length} things`);
    same(order.filter((one) => !one.shown).map((one) => `${one.tag} ${one.text}`), [], `${kind}: what has the focus and does not show it`);
    await page.locator("#question").focus();
    if (kind === "vas") {
      same(await page.locator(".vas-line").getAttribute("aria-valuenow"), null, "a line has a value before it is touched");
      same(await page.locator(".vas-mark").count(), 0, "a line has a handle before it is touched");
    }
    if (keys[kind] !== undefined) {
      await tabTo(page, keys[kind][0]);
      await page.keyboard.press(keys[kind][1]);
    } else if (kind === "text") {
      await tabTo(page, "textarea, .control input");
      await page.keyboard.type("getypt");
    } else if (kind === "number") {
      await tabTo(page, ".control input");
      await page.keyboard.type("4");
    } else if (kind === "date") {
      await tabTo(page, ".control input");
      await page.keyboard.type("14");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Tab");
      await page.keyboard.type("2026");
    } else {
      holds(making[kind] !== undefined, `no keys for ${kind}`);
      await making[kind]();
    }
    pressed.add(kind);
    await tabTo(page, "button[type=submit]");
    await hands.after(() => page.keyboard.press("Enter"));
    return true;
  });
  for (const kind of [...Object.keys(keys), ...Object.keys(making), "text", "number", "date"])
    holds(pressed.has(kind), `${kind} was not asked: only ${[...pressed]}`);
  const answers = await page.locator("li.own .own-answer").allTextContents(), none = hands.t("respond.skipped").toLowerCase();
  same(answers.filter((one) => one.trim() === "" || one.toLowerCase().includes(none)), [], "what was given by keys and is not there");
  await tabTo(page, ".acts .button.primary");
  await page.keyboard.press("Enter");
  await page.locator(".share h1").waitFor();
  await tabTo(page, ".button.way");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".end, .share fieldset"));
  if (await page.locator(".share fieldset").count() > 0) {
    await tabTo(page, ".acts .button.primary");
    await page.keyboard.press("Enter");
  }
  await page.locator(".end h1").waitFor();
});

/* What axe is asked in each dress: everything once, and then what a dress can change. */
for (const [name, options, dress, only] of [
  ["320 pixels wide", { viewport: { width: 320, height: 640 } }, {}, null],
  ["with text of 200 % in the device's own colours", { viewport: { width: 390, height: 800 }, forcedColors: "active" }, { text: "200" }, []],
  ["in the dark", { viewport: { width: 820, height: 900 }, colorScheme: "dark" }, {}, ["color-contrast"]],
  ["with more contrast", { viewport: { width: 820, height: 900 } }, { contrast: "more" }, ["color-contrast"]],
])
  test(`${name}: every screen and every kind of question fits, and axe finds nothing`, async (t) => {
    const look = (at, where) => lookAt(at, where, only);
    const { link } = await invited("mixed"), context = await t.context(options), page = await context.newPage(), hands = new Hands(page);
    await context.addInitScript((look) => { if (Object.keys(look).length) sessionStorage.setItem("verbond-look", JSON.stringify(look)); }, dress);
    await hands.come(link);
    await hands.begin({ seen: () => look(page, "the opening") });
    const seen = new Set();
    await hands.toOverview({}, async () => {
      const kind = await hands.kind();
      if (!seen.has(kind)) await look(page, await hands.asked());
      seen.add(kind);
      return false;
    });
    holds(seen.size >= 12, `only ${[...seen]}`);
    await look(page, "the own answers");
    await hands.button("respond.pause").click();
    await page.locator("dialog[open]").waitFor();
    await look(page, "pausing");
    await page.keyboard.press("Escape");
    await page.locator(".acts .button.primary").click();
    await look(page, "may it be on the table");
    await hands.button("share.first.no").click();
    await look(page, "not on the table");
  });

test("in Arabic everything begins at the right", async (t) => {
  const { link } = await invited("mirrored", "ar"), page = await (await t.context({ locale: "ar" })).newPage(), hands = new Hands(page, "ar");
  await hands.come(link);
  same(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "ar"], "the page");
  let forWhom = false;
  await hands.begin({ seen: async () => {
    await look(page, "the opening");
    forWhom ||= (await page.locator("main").innerText()).includes(hands.t("opening.for", { name: hands.t("staff.the.client") }));
  } });
  holds(forWhom, "for whom it is, in words of another language");
  await hands.toOverview({ text: "نتحدث كثيرا" }, async () => {
    await look(page, await hands.asked());
    if ((await hands.kind()) !== "vas") return false;
    const [low, high] = await page.locator(".vas-ends span").all();
    holds((await low.boundingBox()).x > (await high.boundingBox()).x, "the line begins at the left");
    const line = await page.locator(".vas-line").boundingBox();
    await page.mouse.click(line.x + line.width * 0.1, line.y + line.height / 2);
    holds(Number(await page.locator(".vas-line").getAttribute("aria-valuenow")) > 800, "left is little");
    await hands.submit();
    return true;
  });
  await look(page, "the own answers");
  await hands.share();
  await look(page, "thanks");
});

test("without a network answers wait, are shown as waiting, and arrive once", async (t) => {
  const { link, anna, round } = await invited("mirrored"), context = await t.context(), page = await context.newPage(), hands = new Hands(page);
  await hands.come(link);
  await hands.begin();
  await context.setOffline(true);
  await page.locator(".control label").nth(1).click();
  await page.locator(".question-form .acts .button.primary").click();
  await page.getByText(hands.t("respond.waiting")).first().waitFor();
  same(await page.getByText(hands.t("respond.saved")).count(), 0, "said to be saved while it is not");
  await look(page, "waiting for the network");
  const first = await hands.asked();
  await hands.after(() => context.setOffline(false));
  holds((await hands.asked()) !== first, "the next question");
  await page.locator(".saved").waitFor();

  // The reply gets lost, not the answer: it is sent again, and taken once.
  let lost = 0;
  await page.route("**/turn/answer", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort("connectionreset");
  });
  const second = await hands.asked();
  await hands.answer();
  holds(lost === 2, `sent ${lost} times`);
  holds((await hands.asked()) !== second, "the third question");
  await page.unroute("**/turn/answer");
  same(await hands.toOverview(), 3, "how many were left");
  same(await page.locator("ul.owns > li").count(), 5, "answers at the end");
  void anna, round;
});

test("an answer that waits outlives a reload, and a reload at every question loses nothing", async (t) => {
  const { link } = await invited("mirrored"), context = await t.context(), page = await context.newPage(), hands = new Hands(page);
  await hands.come(link);
  await hands.begin();
  const asked = [];
  await hands.toOverview({ text: "Dit blijft staan." }, async () => {
    const before = await hands.asked();
    await page.reload();
    await hands.where();
    same(await hands.asked(), before, "the question behind a reload");
    asked.push(before);
    return false;
  });
  same(new Set(asked).size, 5, "questions");
  await page.reload();
  same(await hands.where(), "overview", "behind a reload");
  holds((await page.locator("main").innerText()).includes("Dit blijft staan."), "the words");
  // Back, another answer that meets no server, and a reload while it waits.
  await hands.button("common.back").click();
  await hands.where();
  await page.route("**/turn/answer", (route) => route.abort("connectionreset"));
  await page.locator(".control textarea").fill("Nieuwe woorden.");
  await page.locator(".question-form .acts .button.primary").click();
  await page.getByText(hands.t("respond.waiting")).first().waitFor();
  await page.unroute("**/turn/answer");
  await page.reload();
  await page.locator("ul.owns").waitFor(); // what waited was sent
  holds((await page.locator("main").innerText()).includes("Nieuwe woorden."), "the new words");
});

test("in two tabs the second is told, and may go on instead", async (t) => {
  const { link } = await invited("mirrored"), context = await t.context(), one = await context.newPage(), hands = new Hands(one);
  await hands.come(link);
  await hands.begin();
  const two = await context.newPage();
  await two.goto("/r");
  await two.getByRole("heading", { name: hands.t("end.second.title") }).waitFor();
  await look(two, "the second tab");
  await two.getByRole("button", { name: hands.t("end.way.here"), exact: true }).click();
  await one.getByRole("heading", { name: hands.t("end.taken.title") }).waitFor();
  const there = new Hands(two);
  await there.where();
  await there.answer();
  same(await there.toOverview(), 4, "left in the second");
});

test("on another device it goes on where it was, what was given shows there by the own code, and the first follows", async (t) => {
  const { link } = await invited("mirrored"), one = await (await t.context()).newPage(), hands = new Hands(one);
  await hands.come(link);
  await hands.begin();
  await hands.answer();
  const asked = await hands.asked();
  await hands.button("respond.pause").click();
  const code = await one.locator("dialog .own-code").textContent();
  await look(one, "the own code");
  await one.keyboard.press("Escape");
  const two = await (await t.context()).newPage(), there = new Hands(two);
  await there.come(link);
  await two.getByRole("heading", { name: hands.t("earlier.title") }).waitFor();
  await look(two, "answers were given before");
  await two.locator("#own-code").fill("2222-2222");
  await there.button("earlier.open").click();
  await two.getByText(hands.t("door.wrong")).waitFor();
  await two.locator("#own-code").fill(code);
  await there.button("earlier.open").click();
  await there.where();
  same(await there.asked(), asked, "the question on the other device");
  await there.answer();
  await one.waitForFunction((old) => document.querySelector("#question")?.textContent.trim() !== old, asked);
  same(await hands.asked(), await there.asked(), "both");
});

// -- read aloud -------------------------------------------------------------------------------------

/* What this page's player played to its end, as seconds; fast, for nobody listens. */
function overheard() {
  const Native = window.Audio, heard = { played: [], failed: 0 };
  window.Audio = function Audio() {
    const player = new Native();
    player.defaultPlaybackRate = 12;
    player.addEventListener("ended", () => heard.played.push(player.duration));
    player.addEventListener("error", () => { heard.failed++; });
    return player;
  };
  window.overheard = heard;
}
/** A page whose sounds are kept by address: listens(t) gives { page, sounds, all(root) }. */
async function listens(t, options = {}) {
  const context = await t.context(options), sounds = [];
  await context.addInitScript(overheard);
  const page = await context.newPage();
  context.on("response", (reply) => {
    if (/\/audio\/[0-9a-f]{32}$/.test(new URL(reply.url()).pathname))
      sounds.push(reply.body().then((body) => ({ status: reply.status(), type: reply.headers()["content-type"], body }), () => null));
  });
  const say = words(options.locale === "ar" ? "ar" : "nl");
  return { page, sounds,
    /** Presses "read aloud" and waits until it is over, or stops it after so many; the seconds of each that was played to its end. */
    async all(most = Infinity) {
      const before = await page.evaluate(() => window.overheard.played.length);
      await page.locator(".aloud-all").click();
      await page.locator(".aloud-all", { hasText: say("aloud.stop") }).waitFor();
      if (most < Infinity) {
        await page.waitForFunction((wanted) => window.overheard.played.length > wanted, before + most);
        await page.locator(".aloud-all").click();
      }
      await page.locator(".aloud-all", { hasText: say("aloud.all") }).waitFor({ timeout: 60000 });
      same(await page.locator(".aloud-note").innerText(), "", "said instead of a sound");
      same(await page.evaluate(() => window.overheard.failed), 0, "sounds that did not play");
      return page.evaluate((old) => window.overheard.played.slice(old).filter((one) => one > 0.1), before); // not the silence before
    } };
}

test("read aloud: the opening, a question by somebody's recording, its answers, the own answers, both sheets", async (t) => {
  const { link, anna, round } = await invited("mirrored"), { page, sounds, all } = await listens(t), hands = new Hands(page);
  const mark = marker("gehoord");
  await hands.come(link);
  const heard = [];
  await hands.begin({ seen: async () => { if (await page.locator(".aloud-all").count() > 0) heard.push((await all()).length); } });
  holds(heard.some((many) => many >= 3), `of the opening were heard ${heard}`);
  const question = await all();
  same(question.length, 4, "a question and its three answers");
  holds(Math.abs(question[0] - SECONDS) < 0.02, `${question[0]} seconds, not those of the recording`);
  same(await page.locator(".aloud-one").count(), 4, "a button for each of them");
  await page.getByRole("button", { name: hands.t("aloud.one", { text: "ja" }), exact: true }).click();
  await page.waitForFunction((old) => window.overheard.played.length > old, await page.evaluate(() => window.overheard.played.length));
  await hands.toOverview({ text: mark });
  holds((await all()).length >= 5, "the own answers");
  await hands.share();
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill();
  await worker.share();
  await page.frameLocator("iframe.sheet").getByText(mark).first().waitFor();
  holds((await all(3)).length >= 3, "lines of the own sheet");

  const together = await listens(t, { viewport: { width: 1280, height: 900 } }), desk = new Desk(together.page);
  await desk.takeOver(anna);
  await desk.at(`#/round/${round}/talk`);
  await together.page.frameLocator("iframe.sheet").getByText(mark).first().waitFor();
  await lookAt(together.page, "the talk, with what reads the sheet aloud");
  holds((await together.all(3)).length >= 3, "lines of the sheet that is read together");
  if (process.env.SHOTS) await together.page.screenshot({ path: join(process.env.SHOTS, "together.png") });
  await lookAt(together.page, "the talk, once it was read aloud");

  // What anybody said is in no file: of all that was heard, only the instrument's own words are kept.
  const kept = new Set(readdirSync(join(stage.folder, "data/audio")).map((name) => stage.read(join("data/audio", name)).toString("base64")));
  const everything = (await Promise.all([...sounds, ...together.sounds])).filter((one) => one !== null);
  same(everything.filter((one) => one.status !== 200 || !one.type.startsWith("audio/")).length, 0, "replies that are no sound");
  holds(everything.some((one) => kept.has(one.body.toString("base64"))), "nothing is kept at all");
  const texts = new Map();
  for (const seat of [["/api/v1/turn/sheet/aloud", page], [`/api/v1/staff/rounds/${round}/sheet/aloud`, together.page]])
    for (const line of await seat[1].evaluate(async (path) => (await (await fetch(path)).json()).lines, seat[0]))
      texts.set(seat[0].replace(/sheet\/aloud$/, `audio/${line.audio}`), line.text);
  const personal = [...texts].filter(([, text]) => text.includes(mark));
  holds(personal.length >= 2, "no line has the words");
  for (const [path] of personal) {
    const seat = path.startsWith("/api/v1/turn") ? page : together.page;
    const sound = await seat.evaluate(async (at) => { // as base64
      const bytes = new Uint8Array(await (await fetch(at)).arrayBuffer());
      return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
    }, path);
    holds(sound.length > 10000, "a line of somebody's words has no sound");
    holds(!kept.has(sound), "somebody's words are kept as a file");
  }
});

test("where there is no voice for a language the page says so, and goes on", async (t) => {
  const { link } = await invited("unvoiced", "ti"), page = await (await t.context()).newPage(), hands = new Hands(page, "en");
  await hands.come(link);
  await hands.begin();
  await page.locator(".aloud-all").click();
  await page.locator(".aloud-note").filter({ hasText: hands.t("aloud.none") }).waitFor();
  await look(page, "no voice");
  await hands.answer();
  await hands.where();
});

await play(stage, 2);
