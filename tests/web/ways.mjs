// ways.mjs: other ways to get there: by keyboard alone, on a narrow telephone with large text, in Arabic, without
// a network for a while, with a reload at every question, in two tabs.
import { look as lookAt, tabs } from "./eyes.mjs";
import { Hands } from "./hands.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";
import { join } from "node:path";

const stage = await raise({ env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments") } });

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
      pressed.add(kind);
      await tabTo(page, "button[data-missing=skipped]");
      await hands.after(() => page.keyboard.press("Enter"));
      return true;
    }
    pressed.add(kind);
    await tabTo(page, "button[type=submit]");
    await hands.after(() => page.keyboard.press("Enter"));
    return true;
  });
  holds(pressed.size >= 10, `only ${[...pressed]}`);
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
  ["with text of 200 %", { viewport: { width: 390, height: 800 } }, { text: "200" }, []],
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
  await hands.begin({ seen: () => look(page, "the opening") });
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

await play(stage, 2);
