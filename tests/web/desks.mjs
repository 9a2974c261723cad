// desks.mjs: every page of the staff, as each role comes to it: axe and our own checks find nothing, whatever
// the width, the look and the language.
import { join } from "node:path";
import { password } from "./kit.mjs";
import { Desk } from "./desk.mjs";
import { look as lookAt } from "./eyes.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";

const staff = { anna: "worker", conny: "convenor", rita: "researcher", piet: "privacy", bob: "admin" };
const stage = await raise({ staff, env: { VERBOND_INSTRUMENTS: join(top, "instruments") } });

/** Two waves that were released, one that is open, and a team that is asked. */
async function begun() {
  const anna = await stage.staff("anna"), conny = await stage.staff("conny"), name = "dossier-7", rounds = [];
  for (const wave of ["t0", "t1", "t2"]) {
    const round = await anna.round({ case: name, wave, instrument: "menger-monitor" });
    const seats = [await stage.seat((await anna.invite(round, "client")).link), await stage.staff("anna")];
    await seats[1].turn(round);
    rounds.push(round);
    if (wave === "t2") break;
    for (const one of seats) {
      await one.begin("nl");
      await one.fill();
      await one.share();
    }
  }
  const { instruments } = await conny.get("/staff/instruments"), team = instruments.find((one) => one.campaign);
  holds(team !== undefined, "no instrument asks a team");
  const asked = await conny.round({ case: null, instrument: team.id, wave: "voorjaar" });
  return { name, released: rounds[0], second: rounds[1], open: rounds[2], asked };
}
const ready = begun();

async function pagesOf(role) {
  const { name, released, open, asked } = await ready;
  return {
    anna: ["#/cases", `#/case/${name}`, `#/case/${name}/begin`, `#/case/${name}/history`, `#/round/${open}`, `#/round/${released}`, `#/round/${released}/talk`],
    conny: ["#/campaigns", "#/campaigns/begin", `#/round/${asked}`],
    rita: ["#/research"], piet: ["#/rights", "#/audit"], bob: ["#/accounts", "#/state"],
  }[role];
}

for (const [dress, options, stored, only] of [
  ["as it comes", {}, {}, null],
  ["320 pixels wide", { viewport: { width: 320, height: 640 } }, {}, null],
  ["in the dark", { colorScheme: "dark" }, {}, ["color-contrast"]],
  ["with text of 200 % in the device's own colours", { viewport: { width: 390, height: 800 }, forcedColors: "active" }, { text: "200" }, []],
  ["in Arabic on a telephone", { viewport: { width: 390, height: 800 }, locale: "ar" }, {}, null],
])
  test(`${dress}: nothing is found on any page of the staff`, async (t) => {
    const wrong = [];
    let seen = 0;
    for (const role of Object.keys(staff)) {
      const context = await t.context(options), page = await context.newPage(), desk = new Desk(page, options.locale ?? "nl");
      await context.addInitScript((look) => { if (Object.keys(look).length && location.protocol !== "about:") localStorage.setItem("verbond-look", JSON.stringify(look)); }, stored);
      const look = (where) => lookAt(page, `${role} ${where}`, only).catch((error) => wrong.push(error.message));
      if (role === "anna") {
        await page.goto("/staff");
        await page.locator("input[name=password]").waitFor();
        await look("signing in");
      }
      await desk.takeOver(await stage.staff(role));
      for (const fragment of await pagesOf(role)) {
        await page.goto("about:blank"); // so that no heading of the page before stands there still
        await desk.at(fragment);
        same(await page.evaluate(() => document.documentElement.dataset.text), stored.text ?? "100", "the size of the text");
        await look(fragment);
        seen++;
      }
    }
    same(wrong, [], dress);
    same(seen, 15, "pages that were looked at");
  });

test("a page that comes when somebody already left is not shown over the one they went to", async (t) => {
  const { name } = await ready, page = await (await t.context()).newPage(), desk = new Desk(page);
  await desk.takeOver(await stage.staff("anna"));
  let go, held;
  const asked = new Promise((done) => { held = done; });
  const gate = new Promise((done) => { go = done; });
  await page.route(/\/staff\/cases\?/, async (route) => {
    held();
    await gate;
    await route.continue();
  });
  await page.goto("/staff#/cases");
  await asked;
  await page.evaluate((fragment) => { location.hash = fragment; }, `#/case/${name}`);
  const heading = page.getByRole("heading", { level: 1, name, exact: true });
  await heading.waitFor();
  const late = page.waitForResponse(/\/staff\/cases\?/);
  go();
  await (await late).finished();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))); // it had its turn
  same(await page.locator("#main h1").allInnerTexts(), [name], "the headings");
});

test("the sheet of a talk is as tall as what is in it, also on a tablet that is turned", async (t) => {
  const { released } = await ready, page = await (await t.context({ viewport: { width: 360, height: 800 } })).newPage(), desk = new Desk(page);
  await desk.takeOver(await stage.staff("anna"));
  await desk.at(`#/round/${released}/talk`);
  const frame = page.locator("iframe.sheet");
  const rest = () => frame.evaluate((view) => Math.abs(view.clientHeight - view.contentDocument.documentElement.getBoundingClientRect().height));
  await page.frameLocator("iframe.sheet").locator("h1").waitFor();
  for (const width of [360, 1000, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForFunction(() => {
      const view = document.querySelector("iframe.sheet"), root = view.contentDocument.documentElement;
      return Math.abs(view.clientHeight - root.getBoundingClientRect().height) < 8;
    });
    holds(await rest() < 8, `at ${width} pixels the frame leaves ${await rest()}`);
  }
});

test("questions that a round may take along have the name of their instrument", async (t) => {
  const { name } = await ready, page = await (await t.context()).newPage(), desk = new Desk(page);
  const anna = await stage.staff("anna");
  await desk.takeOver(anna);
  await desk.at(`#/case/${name}/begin`);
  const { instruments } = await anna.get("/staff/instruments?lang=nl");
  const one = instruments.find((each) => each.id === "menger-monitor");
  await page.getByRole("radio", { name: one.title }).check();
  for (const { id } of one.includes.filter((each) => each.optional))
    await page.getByRole("checkbox", { name: instruments.find((each) => each.id === id).title, exact: true }).waitFor();
});

test("notes of a talk outlive a sign-in that ended: the page is covered, and stands there again for the same person", async (t) => {
  const { released } = await ready, page = await (await t.context()).newPage(), desk = new Desk(page), words = "Samen eten op zondag";
  await desk.signIn("anna");
  await desk.at(`#/round/${released}/talk`);
  const topic = page.getByLabel(desk.t("talk.topic"), { exact: true }), cover = page.locator("dialog.sign-over");
  await topic.fill(words);
  await page.context().clearCookies(); // as when the server ended it
  await desk.button("talk.save").click();
  await cover.waitFor();
  same(await page.locator("#main").isVisible(), false, "the page behind it is seen");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await cover.locator("input[name=username]").fill("anna");
  await cover.locator("input[name=password]").fill(password);
  await desk.button("staff.sign.in", {}, cover).click();
  await cover.waitFor({ state: "detached" });
  same(await topic.inputValue(), words, "what was written");
  const kept = page.waitForResponse((one) => one.url().endsWith("/talk") && one.request().method() === "PUT");
  await desk.button("talk.save").click();
  same((await kept).status(), 200, "it is saved");
});

test("notes that nobody saved are not shown to who signs in after somebody else", async (t) => {
  const { released } = await ready, page = await (await t.context()).newPage(), desk = new Desk(page);
  await desk.signIn("anna");
  await desk.at(`#/round/${released}/talk`);
  await page.getByLabel(desk.t("talk.topic"), { exact: true }).fill("Dit bewaart niemand");
  await page.context().clearCookies();
  await desk.button("talk.save").click();
  const cover = page.locator("dialog.sign-over");
  await cover.waitFor();
  await page.evaluate(() => {
    const main = document.getElementById("main");
    new MutationObserver(() => { window.fields ??= main.querySelectorAll("textarea").length; }).observe(main, { attributeFilter: ["hidden"] });
  });
  await cover.locator("input[name=username]").fill("conny");
  await cover.locator("input[name=password]").fill(password);
  await desk.button("staff.sign.in", {}, cover).click();
  await cover.waitFor({ state: "detached" });
  same(await page.evaluate(() => window.fields), 0, "fields that stood there when the page was uncovered");
});

test("who signs out without a network is signed out: the page asks who is there, also when it is opened again", async (t) => {
  await ready;
  const context = await t.context(), page = await context.newPage(), desk = new Desk(page), asks = page.locator("main input[name=password]");
  await desk.signIn("anna");
  await page.route("**/api/v1/**", (route) => route.abort());
  await desk.button("staff.sign_out").click();
  await asks.waitFor();
  await page.unroute("**/api/v1/**");
  const told = page.waitForResponse("**/staff/sign-out");
  await page.goto("/staff#/cases");
  await page.reload();
  same((await told).status(), 204, "the server hears it");
  await asks.waitFor();
  same((await context.cookies()).filter((one) => one.name.includes("staff") && one.value !== ""), [], "cookies of a sign-in");
});

test("what happens in a round leaves open what was being read there, and the focus where it was", async (t) => {
  await ready;
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "menger-monitor" });
  const page = await (await t.context()).newPage(), desk = new Desk(page), more = page.locator("details.more");
  const client = await stage.seat((await anna.invite(round, "client")).link);
  await desk.takeOver(anna);
  await desk.at(`#/round/${round}`);
  await more.locator("summary").click();
  await client.begin("nl");
  await client.fill();
  await client.share();
  await page.locator("li.person", { hasText: desk.t("staff.ready") }).first().waitFor();
  same(await more.getAttribute("open"), "", "what was open");
  same(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "the focus");
});

test("who saves the notes with Enter writes on in the same field, and a row that goes leaves the focus near it", async (t) => {
  const { second } = await ready, page = await (await t.context()).newPage(), desk = new Desk(page);
  await desk.takeOver(await stage.staff("anna"));
  await desk.at(`#/round/${second}/talk`);
  const label = () => page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
  const row = page.getByRole("group", { name: desk.t("talk.agreements.one", { number: 1 }) });
  await row.getByLabel(desk.t("talk.what"), { exact: true }).fill("Samen koken");
  await row.getByLabel(desk.t("talk.who"), { exact: true }).fill("Kim");
  const kept = page.waitForResponse((one) => one.url().endsWith("/talk") && one.request().method() === "PUT");
  await page.keyboard.press("Enter");
  await kept;
  same(await label(), desk.t("talk.who"), "after Enter");
  await row.getByRole("button", { name: desk.t("talk.remove") }).click();
  same(await label(), desk.t("talk.agreements.more"), "after the row went");
});

test("where the words do not come, the page says so and is asked for once more", async (t) => {
  await ready;
  const page = await (await t.context()).newPage(), again = page.getByRole("button", { name: "Opnieuw · Again" });
  for (const [where, then] of [["/staff", "input[name=password]"], ["/", "main input"]]) {
    await page.route("**/i18n/*.json", (route) => route.abort());
    await page.goto(where);
    await again.waitFor();
    await page.unroute("**/i18n/*.json");
    await again.click();
    await page.locator(then).first().waitFor();
  }
});

await play(stage, 2);
