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
  const { link } = await anna.invite(round, "client");
  await hands.come(link);
  await hands.begin();
  await hands.toOverview({ text: mark });
  await hands.share();
  const worker = await stage.staff("anna");
  await worker.turn(round);
  return { anna, round, link, page, hands, worker };
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

test("on another device it is mended too: by the own code what was shared shows there, and the first follows", async (t) => {
  const mark = marker("hier"), next = marker("daar"), scene = await shared(t, mark), { page, hands } = scene;
  await workerShares(scene.worker);
  await ownSheet(page).getByText(mark).first().waitFor();
  await hands.button("after.correct").click();
  await page.locator("ul.owns").waitFor();
  await hands.button("respond.pause").click();
  const code = await page.locator("dialog .own-code").textContent();
  await page.keyboard.press("Escape");
  const two = await (await t.context(phone)).newPage(), there = new Hands(two);
  await there.come(scene.link);
  await two.locator("#own-code").waitFor();
  holds(!(await two.locator("main").innerText()).includes(mark), "what was given elsewhere shows before the code");
  await two.locator("#own-code").fill(code);
  await there.button("earlier.open").click();
  await two.locator("li.own", { hasText: mark }).locator("button").first().click();
  await two.locator("form.question-form textarea").fill(next);
  await two.locator("form.question-form button[type=submit]").click();
  await two.locator("li.own", { hasText: next }).waitFor();
  await page.locator("li.own", { hasText: mark }).waitFor({ state: "detached" }); // it followed
  holds((await sheetOf(scene)).text.includes(mark), "what was shared does not stand any more");
  await two.locator(".acts .button.primary").click();
  await there.button("share.again.yes").click();
  await two.waitForFunction(() => document.querySelector("iframe.sheet, .share fieldset"));
  if (await there.button("share.go").count() > 0) await there.button("share.go").click();
  await ownSheet(two).getByText(next).first().waitFor();
  await ownSheet(page).getByText(next).first().waitFor();
  holds(!(await sheetOf(scene)).text.includes(mark), "what stood there before the mending stands there still");
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

test("keeping an answer to oneself leaves the page where it is read", async (t) => {
  const { page, hands } = await atOverview(t), buttons = page.locator("li.own .own-acts button[aria-pressed]");
  const place = () => buttons.last().evaluate((button) => [Math.round(button.getBoundingClientRect().top), button === document.activeElement]);
  await buttons.last().scrollIntoViewIfNeeded();
  const [top] = await place();
  await buttons.last().click();
  await page.locator("li.own.held").waitFor();
  const [then, focused] = await place();
  holds(Math.abs(then - top) < 60 && focused, `from ${top} to ${then}, the reading place at it: ${focused}`);
  await buttons.last().click();
  await page.waitForFunction(() => document.querySelectorAll("li.own.held").length === 0);
  holds((await place())[1], "it is not at what was put back");
  await page.getByRole("button", { name: hands.t("overview.ready") }).click();
  await page.getByRole("button", { name: hands.t("common.back") }).first().click();
  holds(await page.evaluate(() => document.activeElement.tagName === "H1" && scrollY === 0), "another screen begins at its top");
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

/** A client at the first question. */
async function atQuestion(t) {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mirrored" });
  const link = async () => (await anna.invite(round, "client")).link;
  const context = await t.context(phone), page = await context.newPage(), hands = new Hands(page);
  await hands.come(await link());
  await hands.begin();
  return { anna, round, link, context, page, hands };
}
/** An answer that meets no server, until arrive() is called. */
async function waits({ page, hands }) {
  await page.route("**/turn/answer", (route) => route.abort("connectionreset"));
  await page.locator(".question .control label").nth(1).click();
  await page.locator(".question-form .acts .button.primary").click();
  await page.getByText(hands.t("respond.waiting")).first().waitFor();
  return () => page.unroute("**/turn/answer");
}

test("an answer that waited over a reload and is refused leaves its question there, and why", async (t) => {
  const scene = await atQuestion(t), { page, hands } = scene, asked = await hands.asked();
  await waits(scene);
  await page.unroute("**/turn/answer");
  await page.route("**/turn/answer", (route) => route.fulfill({ status: 422, contentType: "application/json",
    body: JSON.stringify({ error: { code: "value", message: "no" }, message: "Dat past hier niet." }) }));
  await page.reload();
  await page.getByText("Dat past hier niet.").waitFor();
  same(await hands.asked(), asked, "what is asked");
});

test("a look at where the person is that comes late puts nothing back", async (t) => {
  const { round, page, hands } = await atQuestion(t), worker = await stage.staff("anna");
  await worker.turn(round);
  let late = null;
  const heldUp = new Promise((done) => { late = done; }), told = page.waitForRequest("**/turn/step");
  await page.route("**/turn/step", async (route) => {
    const reply = await route.fetch();
    await heldUp;
    return route.fulfill({ response: reply });
  });
  await workerShares(worker); // an event says so to the client's page, which looks
  await told;
  await hands.answer();
  const next = await hands.asked(), came = page.waitForResponse("**/turn/step");
  late();
  await (await came).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  same(await hands.asked(), next, "after the late look");
  await hands.answer();
  holds(!(await page.locator("main").textContent()).includes(hands.t("respond.moved")), "the next answer was refused");
});

test("who goes away while an answer waits hears so, and it is sent before the seat is given up", async (t) => {
  const scene = await atQuestion(t), { page, hands, link } = scene, asked = await hands.asked();
  const arrive = await waits(scene);
  await page.locator(".desk").getByRole("button", { name: hands.t("respond.pause"), exact: true }).click();
  await page.getByText(hands.t("pause.unsent")).waitFor();
  same(await page.getByText(hands.t("pause.kept")).count(), 0, "said to be kept while it is not");
  await look(page, "pause while an answer waits");
  await page.locator("dialog").getByRole("button", { name: hands.t("end.way.leave"), exact: true }).click();
  await page.getByRole("heading", { name: hands.t("leave.unsent") }).waitFor();
  await look(page, "leaving while an answer waits");
  await hands.button("leave.after").click();
  await page.getByRole("heading", { name: hands.t("end.sending.title") }).waitFor();
  await arrive();
  await page.getByRole("heading", { name: hands.t("end.left.title") }).waitFor();
  same(await page.evaluate(() => sessionStorage.length), 0, "what is kept in the tab");
  await hands.come(await link());
  await hands.button("earlier.go_on").click();
  await hands.where();
  holds((await hands.asked()) !== asked, "the answer was lost");
});

test("an answer arrives though the same link was followed in another tab meanwhile", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mirrored" });
  const { link } = await anna.invite(round, "client"), context = await t.context(phone);
  const page = await context.newPage(), hands = new Hands(page);
  await hands.come(link);
  await hands.begin();
  const asked = await hands.asked(), two = await context.newPage();
  await two.goto(link);
  await two.getByRole("heading", { name: hands.t("end.second.title") }).waitFor();
  await hands.answer();
  holds((await hands.asked()) !== asked, "the answer was lost");
  await page.locator(".saved").waitFor();
});

test("what one person gave is not taken for another's, who sat down in another tab", async (t) => {
  const { page, hands, context, anna } = await atQuestion(t), two = await context.newPage(), there = new Hands(two);
  const asked = await hands.asked();
  await there.come((await anna.invite(await anna.round({ instrument: "mirrored" }), "client")).link);
  await two.getByRole("heading", { name: hands.t("end.second.title") }).waitFor();
  await there.button("end.way.here").click();
  await there.begin();
  same(await there.asked(), asked, "the other begins at the first question");
  await page.bringToFront();
  await hands.button("end.way.here").click(); // in the first tab sits the other now
  await two.getByRole("heading", { name: hands.t("end.taken.title") }).waitFor();
  await hands.where();
  same(await hands.asked(), asked, "and nothing was given for the other");
  // The same while an answer is given and no event came yet: it is said, and it is not the other's.
  await page.route("**/turn/events", () => {});
  await page.reload();
  await hands.where();
  const third = await context.newPage();
  await third.goto((await anna.invite(await anna.round({ instrument: "mirrored" }), "client")).link);
  await third.getByRole("heading", { name: hands.t("end.second.title") }).waitFor();
  await page.bringToFront(); // a tab behind another is not drawn
  await page.locator(".question .control label").nth(1).click();
  await page.locator(".question-form .acts .button.primary").click();
  await page.locator(".status", { hasText: hands.t("respond.not_kept") }).waitFor();
});

test("a tab that another one took over has nothing of the answers in it", async (t) => {
  const { page, hands, context } = await atQuestion(t), words = marker("tab");
  await hands.toOverview({ text: words });
  const two = await context.newPage();
  await two.goto("/r");
  await two.getByRole("heading", { name: hands.t("end.second.title") }).waitFor();
  await two.getByRole("button", { name: hands.t("end.way.here"), exact: true }).click();
  await page.getByRole("heading", { name: hands.t("end.taken.title") }).waitFor();
  const devtools = await context.newCDPSession(page), parts = [];
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk));
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.takeHeapSnapshot");
  const heap = parts.join("");
  holds(heap.includes(hands.t("end.taken.title")), "the snapshot has the page in it");
  holds(!heap.includes(words), "the words are in the memory of the tab");
  await hands.button("end.way.here").click();
  await page.locator("li.own", { hasText: words }).waitFor();
});

test("an invitation that is withdrawn while somebody answers: the page says that it is over, and what was not kept", async (t) => {
  const { page, hands, anna, round } = await atQuestion(t);
  const { invitations } = await anna.get(`/staff/rounds/${round}`);
  await anna.ask("DELETE", `/staff/rounds/${round}/invitations/${invitations[0].id}`);
  await page.locator(".question .control label").nth(1).click();
  await page.locator(".question-form .acts .button.primary").click();
  await page.getByRole("heading", { name: hands.t("end.lost.title") }).waitFor();
  await page.getByText(hands.t("end.lost.text")).waitFor();
});

test("a finger that scrolls the page from the line answers nothing, and a touch or a drag does", async (t) => {
  const { page, hands, context } = await atQuestion(t);
  for (let n = 0; n < 9 && await hands.kind() !== "vas"; n++) await hands.answer();
  const line = page.locator(".vas-line"), devtools = await context.newCDPSession(page);
  const touch = (type, at) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints: at === null ? [] : [at] });
  const middle = async () => {
    await line.scrollIntoViewIfNeeded();
    const box = await line.boundingBox();
    return { x: box.x + box.width * 0.7, y: box.y + box.height / 2 };
  };
  const drag = async (dx, dy, last) => {
    const { x, y } = await middle();
    await touch("touchStart", { x, y });
    for (let n = 1; n <= 10; n++) await touch("touchMove", { x: x + dx * n / 10, y: y + dy * n / 10 });
    await touch(last, null);
  };
  await page.evaluate(() => { document.body.style.minBlockSize = "300vh"; });
  await drag(0, -160, "touchEnd");
  await page.waitForFunction(() => scrollY > 50);
  same(await line.getAttribute("role"), "button", "the line behind a scroll"); // a slider as soon as it has a place
  const { x, y } = await middle();
  await touch("touchStart", { x, y });
  await touch("touchEnd", null);
  await page.locator(".vas-line[role=slider]").waitFor();
  const tapped = Number(await line.getAttribute("aria-valuenow"));
  holds(tapped > 600 && tapped < 800, `a touch at 0.7 gave ${tapped}`);
  await drag(-90, 0, "touchEnd");
  holds(Number(await line.getAttribute("aria-valuenow")) < tapped - 100, "a finger along the line moves it");
});

test("a photo and a drawing that were given stay what they are, whatever else is looked at", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mixed" });
  const page = await (await t.context()).newPage(), hands = new Hands(page);
  await hands.come((await anna.invite(round, "client")).link);
  await hands.begin();
  await hands.toOverview({}, async () => {
    const kind = await hands.kind();
    if (kind === "draw") {
      const pad = await page.locator(".pad-canvas").boundingBox();
      await page.mouse.move(pad.x + 60, pad.y + 60);
      await page.mouse.down();
      await page.mouse.move(pad.x + 200, pad.y + 140, { steps: 6 });
      await page.mouse.up();
    } else if (kind === "photo") {
      const png = Buffer.from(await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 64, height: 48 })
        .toDataURL("image/png").split(",")[1]), "base64");
      await page.locator(".question input[type=file]").first().setInputFiles({ name: "blad.png", mimeType: "image/png", buffer: png });
      await page.locator(".question img[src^='blob:']").first().waitFor();
    } else return false;
    await hands.submit();
    return true;
  });
  for (const [kind, stands] of [["photo", ".kept-picture img"], ["draw", ".pad-canvas"]]) {
    await page.locator("li.own:has(.own-made)").nth(kind === "draw" ? 0 : 1).locator("button").first().click();
    const keeps = page.locator("form.question-form button[type=submit]"), way = (name) => page.locator(`.making-way[value=${name}]`);
    await page.locator(stands).waitFor();
    await way("words").click();
    await way(kind).click();
    await page.locator(stands).waitFor();
    const changed = page.waitForRequest("**/turn/change");
    await keeps.click();
    const { value } = (await changed).postDataJSON();
    holds(/^[\w:-]+$/.test(value.blob ?? "") && value.type, `${kind}: what is given is ${JSON.stringify(value)}`);
    await page.locator("ul.owns").waitFor();
    same(await page.locator("li.own:has(.own-made)").count(), 2, `own pictures after ${kind} was looked at`);
  }
});

test("what is half written stays with its question while somebody goes back, and over a reload", async (t) => {
  const { page, hands } = await atQuestion(t), field = page.locator(".control textarea");
  for (let n = 0; n < 9 && await hands.kind() !== "text"; n++) await hands.answer();
  await field.fill("Half geschreven, en");
  await hands.after(() => hands.button("common.back").click());
  await page.reload();
  await hands.where();
  await hands.after(() => page.locator(".question-form .acts .button.primary").click());
  same(await field.inputValue(), "Half geschreven, en", "what stands there");
  await hands.submit();
  await page.locator("ul.owns").waitFor();
  same(await page.evaluate(() => Object.keys(sessionStorage).filter((one) => one.startsWith("verbond-kept-"))), [], "kept once it was given");
});

test("a photo without a network waits as an answer does, and goes by itself", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mixed" }), context = await t.context();
  const page = await context.newPage(), hands = new Hands(page);
  await hands.come((await anna.invite(round, "client")).link);
  await hands.begin();
  for (let n = 0; n < 30 && await hands.kind() !== "photo"; n++) await hands.answer();
  const png = Buffer.from(await page.evaluate(() => Object.assign(document.createElement("canvas"), { width: 64, height: 48 })
    .toDataURL("image/png").split(",")[1]), "base64");
  await page.locator(".question input[type=file]").first().setInputFiles({ name: "blad.png", mimeType: "image/png", buffer: png });
  await page.locator(".question img[src^='blob:']").first().waitFor();
  await context.setOffline(true);
  await page.locator(".question-form .acts .button.primary").click();
  await page.locator(".status", { hasText: hands.t("respond.waiting") }).waitFor();
  await hands.after(() => context.setOffline(false));
  await page.locator(".saved").waitFor();
});

test("a sheet that cannot be given is told in words, and asked for once more", async (t) => {
  const scene = await shared(t, marker("blad")), { page, hands } = scene;
  await page.route("**/turn/sheet", (route) => route.fulfill({ status: 409, contentType: "application/json", body: "{}" }));
  await workerShares(scene.worker);
  await page.getByText(hands.t("sheet.refused")).waitFor();
  await page.unroute("**/turn/sheet");
  await hands.button("end.way.again").click();
  await ownSheet(page).locator("h1").first().waitFor();
});

await play(stage, 2);
