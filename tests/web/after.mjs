// after.mjs: after the yes, on the person's own telephone: an answer is mended, and everything is taken back.
import { join } from "node:path";
import { look } from "./eyes.mjs";
import { Hands } from "./hands.mjs";
import { marker } from "./seek.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const stage = await raise({ env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments") } });
const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };

/** A client who said yes on a telephone, and the worker's seat without a browser. */
async function shared(t, mark, instrument = "mirrored") {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument });
  const page = await (await t.context(phone)).newPage(), hands = new Hands(page);
  await hands.come((await anna.invite(round, "client")).link);
  await hands.begin();
  await hands.toOverview({ text: mark });
  await hands.share();
  const worker = await stage.staff("anna");
  await worker.turn(round);
  return { anna, round, page, hands, worker };
}
async function workerShares(worker) {
  await worker.begin("nl");
  await worker.fill();
  await worker.share();
}
const ownSheet = (page) => page.frameLocator("iframe.sheet").locator("body");
async function sheetOf({ anna, round }) {
  return anna.raw("GET", `/api/v1/staff/rounds/${round}/sheet?for=professional&lang=nl`);
}

test("on the own sheet an answer is mended: what was shared stands until it is shared again", async (t) => {
  const mark = marker("eerst"), next = marker("daarna"), scene = await shared(t, mark), { page, hands } = scene;
  await page.getByRole("button", { name: hands.t("after.withdraw"), exact: true }).waitFor();
  same(await hands.button("after.correct").count(), 0, "a way to mend before the sheet is open");
  await look(page, "thanks, and what stays one's own");
  await workerShares(scene.worker);
  await ownSheet(page).getByText(mark).first().waitFor();
  await look(page, "the own sheet, and what stays one's own");
  const heights = await page.locator("iframe.sheet").evaluate(async (view) => {
    const seen = new Set();
    for (let n = 0; n < 20; n++) seen.add(await new Promise((done) => requestAnimationFrame(() => done(view.clientHeight))));
    return [seen.size, view.clientHeight - view.contentDocument.documentElement.getBoundingClientRect().height];
  });
  holds(heights[0] === 1 && heights[1] < 8, `the frame of the sheet grows, or is not as tall as the sheet: ${heights}`);
  await hands.button("after.correct").click();
  await page.locator("ul.owns").waitFor();
  await look(page, "the own answers once more");
  await page.locator("li.own", { hasText: mark }).locator("button").first().click();
  await page.locator("form.question-form textarea").fill(next);
  await page.locator("form.question-form button[type=submit]").click();
  await page.locator("li.own", { hasText: next }).waitFor();
  holds((await sheetOf(scene)).text.includes(mark), "what was shared does not stand any more");
  holds(!(await sheetOf(scene)).text.includes(next), "what is being mended is on the sheet");
  await page.reload();
  await page.locator("li.own", { hasText: next }).waitFor();
  await page.locator(".acts .button.primary").click();
  await page.getByRole("heading", { name: hands.t("share.again.title") }).waitFor();
  await look(page, "shared again, left, or taken back");
  await hands.button("share.again.yes").click();
  const go = hands.button("share.go");
  await page.waitForFunction(() => document.querySelector("iframe.sheet, .share fieldset"));
  if (await go.count() > 0) await go.click();
  await ownSheet(page).getByText(next).first().waitFor();
  holds((await sheetOf(scene)).text.includes(next), "what was mended is not on the sheet");
});

test("mending that is left leaves all as it was", async (t) => {
  const mark = marker("staat"), scene = await shared(t, mark), { page, hands } = scene;
  await workerShares(scene.worker);
  await ownSheet(page).getByText(mark).first().waitFor();
  await hands.button("after.correct").click();
  await page.locator(".acts .button.primary").click();
  await hands.button("share.again.leave").click();
  await ownSheet(page).getByText(mark).first().waitFor();
  holds((await sheetOf(scene)).text.includes(mark), "it is not on the sheet any more");
});

test("everything is taken back, after one question whether it is meant, and is on no sheet", async (t) => {
  const mark = marker("terug"), scene = await shared(t, mark), { page, hands } = scene;
  await workerShares(scene.worker);
  await ownSheet(page).getByText(mark).first().waitFor();
  await hands.button("after.withdraw").click();
  await look(page, "is it meant?");
  await hands.button("after.keep").click();
  holds((await sheetOf(scene)).text.includes(mark), "it went though nobody said so");
  await hands.button("after.withdraw").click();
  await hands.button("after.go").click();
  await page.getByRole("heading", { name: hands.t("end.withdrawn.title") }).waitFor();
  await look(page, "taken back");
  holds(!(await sheetOf(scene)).text.includes(mark), "it is still on the sheet");
  await page.reload();
  await page.getByRole("heading", { name: hands.t("end.withdrawn.title") }).waitFor();
});

/** A client at their own answers, who shared nothing yet. */
async function atOverview(t) {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mirrored" });
  const page = await (await t.context(phone)).newPage(), hands = new Hands(page);
  await hands.come((await anna.invite(round, "client")).link);
  await hands.begin();
  await hands.toOverview();
  return { anna, round, page, hands };
}

test("two answers that are kept to oneself one right after the other are both kept", async (t) => {
  const { page } = await atOverview(t), waiting = [];
  await page.route("**/turn/hold", (route) => { waiting.push(() => route.continue()); if (waiting.length > 1) route.continue(); });
  const holdBack = page.locator("li.own .own-acts button[aria-pressed=false]"), asked = page.waitForRequest("**/turn/hold");
  await holdBack.nth(0).click();
  await asked;
  await holdBack.nth(1).click();
  await waiting[0]();
  await page.waitForFunction(() => document.querySelectorAll("li.own.held").length === 2);
  await page.reload();
  await page.locator("ul.owns").waitFor();
  same(await page.locator("li.own.held").count(), 2, "kept to oneself");
});

test("a reply that got lost is not taken for somebody who went on at another place", async (t) => {
  const { page, hands } = await atOverview(t);
  const loseOne = (pattern) => {
    let lost = 0;
    return page.route(pattern, async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
  };
  const said = async () => (await page.locator("main").textContent()).includes(hands.t("respond.moved"));
  await loseOne("**/turn/hold");
  await page.locator("li.own .own-acts button[aria-pressed=false]").first().click();
  await page.locator("li.own.held").waitFor();
  holds(!(await said()), "a hold: it says that somebody went on at another place");
  await loseOne("**/turn/change");
  await page.locator("li.own").last().locator("button").first().click();
  await page.locator("form.question-form textarea").fill("Anders gezegd.");
  await page.locator("form.question-form button[type=submit]").click();
  await page.locator("li.own", { hasText: "Anders gezegd." }).waitFor();
  holds(!(await said()), "a change: it says that somebody went on at another place");
  await loseOne("**/turn/back");
  await page.evaluate(() => document.querySelector(".desk .back").click()); // pressed twice
  await hands.button("common.back").click();
  await page.locator("form.question-form").waitFor();
  holds(!(await said()), "back: it says that somebody went on at another place");
});

await play(stage, 2);
