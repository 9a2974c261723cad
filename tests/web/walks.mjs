// walks.mjs: people at it, from the invitation to the talk: two on one tablet, two on two devices, a family on
// two telephones, a drawing and a photo, both at one screen, a team that is asked.
import { Desk } from "./desk.mjs";
import { look } from "./eyes.mjs";
import { Hands } from "./hands.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";
import { join } from "node:path";

const stage = await raise({ staff: { anna: "worker", berend: "worker", dirk: "worker", conny: "convenor" }, env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments") } });
const tablet = { viewport: { width: 820, height: 1100 }, hasTouch: true };
const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
const sheetText = (page) => page.frameLocator("iframe.sheet").locator("body").innerText();

test("two on one tablet: given, filled in, locked, taken back, the own turn, the talk", async (t) => {
  const page = await (await t.context(tablet)).newPage(), desk = new Desk(page), hands = new Hands(page), { t: say } = hands;
  await desk.signIn("berend");
  const berend = await stage.staff("berend"), round = await berend.round({ instrument: "menger-monitor", format: "simple", form: "short" });
  await desk.at(`#/round/${round}`);
  await look(page, "the round");
  await desk.give("Cliënt");
  await hands.begin({ seen: () => look(page, "the opening") });
  let looked = new Set();
  await hands.toOverview({ text: "Dat je belt als het niet lukt." }, async () => {
    const kind = await hands.kind();
    if (!looked.has(kind)) await look(page, `a question of kind ${kind}`);
    looked.add(kind);
    return false;
  });
  await look(page, "the own answers");
  await page.locator("ul.owns button").nth(1).click(); // held back, or shown again: nobody is told
  await hands.where();
  await hands.share();
  await page.getByRole("heading", { name: say("locked.title") }).waitFor();
  await look(page, "give the tablet back");
  same(await page.locator("main").evaluate((e) => e.textContent.includes("belt")), false, "the client's words");
  await page.locator("#handover-code").fill("0000");
  await page.locator("form button[type=submit]").click();
  await page.getByText(say("locked.wrong")).waitFor();
  await page.goto("/r");
  await page.getByRole("heading", { name: say("locked.title") }).waitFor();
  await desk.takeBack();
  await desk.at(`#/round/${round}`);
  await page.getByText(say("staff.ready"), { exact: true }).first().waitFor();
  await desk.of("Werker", "staff.own").click();
  await page.waitForURL("**/r");
  await hands.begin();
  await hands.toOverview({ n: 2, text: "Je zegt eerlijk wat je vindt." });
  await hands.share();
  await page.goto("/staff"); // where it was: the round, with the talk as the next step
  await desk.ready();
  await page.locator("main a.button.primary").click();
  await page.locator(".talk").waitFor();
  await page.frameLocator("iframe.sheet").locator("h1").waitFor();
  holds((await sheetText(page)).includes("Je zegt eerlijk wat je vindt."), "the sheet has the worker's words");
  await look(page, "the talk");
  const steps = await page.locator(".step-list .dot").count();
  holds(steps >= 4, `${steps} steps of the talk`);
  await page.locator(".step-on").click();
  same(await page.locator(".step-list [aria-current=step]").innerText(), "2", "the second step");
});

test("a tablet on which the code was wrong too often says that only signing in helps, and how", async (t) => {
  const page = await (await t.context(tablet)).newPage(), desk = new Desk(page), { t: say } = new Hands(page);
  await desk.signIn("dirk");
  const dirk = await stage.staff("dirk"), round = await dirk.round({ instrument: "mirrored" });
  await desk.at(`#/round/${round}`);
  await desk.give("Cliënt");
  await page.locator(".ways button[lang=nl]").click();
  await page.getByRole("button", { name: say("opening.not_now"), exact: true }).click();
  await page.getByRole("heading", { name: say("locked.title") }).waitFor();
  for (let n = 1; n <= 5; n++) {
    const answered = page.waitForResponse("**/handover/code");
    await page.locator("#handover-code").fill(`000${n}`);
    await page.locator("form button[type=submit]").click();
    await answered;
    if (n < 5) await page.getByText(say("locked.wrong")).waitFor();
  }
  await page.getByText(say("locked.spent")).waitFor();
  same(await page.locator("#handover-code").isVisible(), false, "a field for a code that nobody hears");
  await look(page, "no code is heard any more");
  await page.reload();
  await page.getByText(say("locked.spent")).waitFor();
  await page.getByRole("link", { name: say("locked.sign"), exact: true }).click();
  await page.getByText(say("locked.spent")).waitFor();
  await look(page, "no code is heard any more, at the staff's page");
  await desk.button("staff.locked.sign").click();
  await page.locator("input[name=password]").waitFor();
});

test("two on two devices: a link, ready seen without a reload, and both read the sheet", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mirrored" });
  const page = await (await t.context()).newPage(), desk = new Desk(page);
  await desk.takeOver(anna);
  await desk.at(`#/round/${round}`);
  await desk.of("Cliënt", "staff.invite").click();
  const dialog = page.locator("dialog[open]");
  await look(page, "inviting");
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".qr svg").waitFor();
  await look(page, "the invitation");
  const link = await dialog.locator("input[readonly]").inputValue(), code = (await dialog.locator(".short-code").innerText()).trim();
  holds(/^http:\/\/127\.0\.0\.1:\d+\/i#[\w-]{43}$/.test(link), `the link ${link}`);
  holds(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/.test(code), `the code ${code}`);
  await desk.button("staff.done", {}, dialog).click();

  const theirs = await (await t.context(phone)).newPage(), hands = new Hands(theirs);
  await hands.come(link);
  same(new URL(theirs.url()).hash, "", "the token in the address");
  await hands.begin();
  await hands.toOverview({ text: "Wij lachen veel." });
  await look(theirs, "the own answers on a telephone");
  await hands.share();
  await look(theirs, "thanks");
  await page.getByText(desk.t("staff.ready"), { exact: true }).first().waitFor(); // by an event: nobody pressed reload
  same(await page.locator("main").evaluate((e) => e.textContent.includes("lachen")), false, "the client's words at the staff");

  await desk.of("Werker", "staff.own").click();
  await page.waitForURL("**/r");
  const mine = new Hands(page);
  await mine.begin();
  await mine.toOverview({ n: 0, text: "Het begin was stroef." });
  await mine.share();
  await theirs.locator("iframe").waitFor(); // it opens by itself
  const read = await theirs.frameLocator("iframe").locator("body").innerText();
  for (const words of ["Wij lachen veel.", "Het begin was stroef."]) holds(read.includes(words), `the client's sheet lacks "${words}"`);
  await look(theirs, "the sheet on a telephone");
  // The code of the same invitation: somebody who comes again is where they were.
  const again = await (await t.context(phone)).newPage();
  await again.goto("/");
  await again.locator("#code").waitFor();
  await look(again, "the door");
  await again.locator("#code").fill(code.toLowerCase().replace("-", " "));
  await again.locator("form button[type=submit]").click();
  await again.locator("iframe, .end h1").first().waitFor();
});

test("a family of four on two telephones; one takes it back, and is on no sheet", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "family-alliance", form: "short" });
  const family = [["youth", "Yara"], ["child", "Milo"], ["parent", "Nadia"], ["parent", "Erik"]];
  for (const [role, label] of family) await anna.person(round, role, label);
  const phones = [await (await t.context(phone)).newPage(), await (await t.context(phone)).newPage()];
  const fill = async (page, [role, label]) => {
    const hands = new Hands(page);
    await hands.come((await anna.invite(round, role, label)).link);
    await hands.begin();
    if (role === "child") await look(page, "a child's question with amounts");
    await hands.toOverview({ n: role === "child" ? 2 : 1, text: `Wat ${label} zegt.` });
    await hands.share();
    await hands.button("end.way.leave").click();
    await page.getByRole("heading", { name: hands.t("end.left.title") }).waitFor();
  };
  await Promise.all(phones.map(async (page, at) => {
    await fill(page, family[2 * at]);
    await fill(page, family[2 * at + 1]);
  }));
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill((item) => item.options?.[1]?.value);
  await worker.share();

  const page = await (await t.context()).newPage(), desk = new Desk(page);
  await desk.takeOver(anna);
  await desk.at(`#/round/${round}`);
  await look(page, "a round of a family");
  await desk.button("staff.release").first().click();
  await desk.button("staff.release.yes", {}, page.locator("dialog[open]")).click();
  await page.getByText(desk.t("staff.round.released"), { exact: true }).first().waitFor();
  await page.goto(`/staff#/round/${round}/talk`);
  await desk.ready();
  const before = await sheetText(page);
  for (const [, label] of family) holds(before.includes(label), `${label} is not on the sheet`);
  await look(page, "the talk of a family");
  await desk.at(`#/round/${round}`);
  await page.locator("details.more summary").click();
  await page.locator("[data-keep=withdraw]").click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("select").selectOption({ label: "Erik" });
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await desk.at(`#/round/${round}/talk`);
  const after = await sheetText(page);
  holds(!after.includes("Wat Erik zegt."), "what Erik said is still there");
  holds(after.includes("Wat Nadia zegt."), "what Nadia said is gone");
});

/** The canvas of a drawing: a few strokes by mouse, from the left to the right. */
async function scribble(page, lines = 3) {
  const box = await page.locator(".question canvas, .question svg.paper, .question [data-paper]").first().boundingBox();
  for (let n = 0; n < lines; n++) {
    const y = box.y + box.height * (0.25 + 0.2 * n);
    await page.mouse.move(box.x + box.width * 0.2, y);
    await page.mouse.down();
    for (let x = 0.25; x <= 0.8; x += 0.05) await page.mouse.move(box.x + box.width * x, y + Math.sin(x * 20) * 18);
    await page.mouse.up();
  }
}

/** A photo as a camera makes it: with a note of which one, and where. */
async function photo(page) {
  const plain = Buffer.from(await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 }), ink = canvas.getContext("2d");
    ink.fillStyle = "#f4ead8";
    ink.fillRect(0, 0, 640, 480);
    ink.fillStyle = "#35506b";
    ink.font = "64px serif";
    ink.fillText("samen", 200, 250);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }), "base64");
  const note = Buffer.from("Exif\0\0MM\0*\0\0\0\b\0\0 ZegelCamera GPS 52.0907 5.1214", "latin1"), head = Buffer.from([0xff, 0xe1, 0, note.length + 2]);
  return Buffer.concat([plain.subarray(0, 2), head, note, plain.subarray(2)]);
}

test("a drawing by mouse and a photo of paper: kept by choice, side by side on the sheet", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "mixed" });
  const page = await (await t.context(tablet)).newPage(), hands = new Hands(page);
  await hands.come((await anna.invite(round, "client")).link);
  await hands.begin();
  await hands.toOverview({}, async () => {
    const kind = await hands.kind();
    if (kind === "draw") {
      await scribble(page);
      await look(page, "a drawing");
      await page.getByRole("button", { name: hands.t("draw.undo"), exact: true }).click();
      await page.getByRole("button", { name: hands.t("draw.redo"), exact: true }).click();
    } else if (kind === "photo") {
      await page.locator(".question input[type=file]").first().setInputFiles({ name: "blad.jpg", mimeType: "image/jpeg", buffer: await photo(page) });
      await page.locator(".question img[src^='blob:'], .question img[src^='/api']").first().waitFor();
      await look(page, "a photo");
    } else return false;
    await hands.submit();
    return true;
  });
  const made = page.locator("li.own:has(.own-made)");
  await made.locator("svg path").first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll(".own-made img")].some((one) => one.naturalWidth > 0));
  same(await made.locator(".own-made").evaluateAll((all) => all.map((one) => [one.children.length, one.textContent, one.getBoundingClientRect().height > 40])),
    [[1, "", true], [1, "", true]], "what each small picture is, and says");
  for (const words of await made.locator(".own-answer").allTextContents()) holds(words.trim().length > 3, "only a picture, and no words");
  await look(page, "own answers with pictures");
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "made.png"), fullPage: true });
  const other = await (await t.context(tablet)).newPage(), elsewhere = new Hands(other);
  await elsewhere.come((await anna.invite(round, "client")).link);
  await elsewhere.button("earlier.go_on").click();
  await other.locator("ul.owns").waitFor();
  same(await other.locator(".own-made").count(), 0, "pictures where they were not given");
  await hands.share();
  const worker = await stage.staff("anna");
  await worker.turn(round);
  await worker.begin("nl");
  await worker.fill();
  await worker.share();
  const sheet = (await anna.raw("GET", `/api/v1/staff/rounds/${round}/sheet?for=professional&lang=nl`)).text;
  const images = sheet.match(/data:image\/[a-z+]+;base64,[A-Za-z0-9+/=]+|<svg[^>]*class="[^"]*(draw|strokes)/g) ?? [];
  holds(images.length >= 1, "no picture on the sheet");
  for (const image of images.filter((one) => one.startsWith("data:image/jpeg"))) {
    const bytes = Buffer.from(image.split(",")[1], "base64");
    for (const secret of ["Exif", "GPS", "ZegelCamera"]) holds(!bytes.includes(secret), `the photo still says ${secret}`);
  }
});

test("together at one screen: after both shared, one turn for both, and what they made is on the sheet", async (t) => {
  const anna = await stage.staff("anna"), round = await anna.round({ instrument: "drawing-dialogue" });
  for (const one of [await stage.seat((await anna.invite(round, "client")).link), await stage.staff("anna")]) {
    if (one.token === anna.token) await one.turn(round);
    await one.begin("nl");
    await one.fill();
    await one.share();
  }
  const page = await (await t.context(tablet)).newPage(), desk = new Desk(page), hands = new Hands(page);
  await desk.takeOver(anna);
  await desk.at(`#/round/${round}`);
  await desk.button("staff.next.together").click();
  await page.waitForURL("**/r");
  await page.getByText(hands.t("respond.together"), { exact: true }).waitFor(); // there is no opening: each had one
  const kinds = [];
  await hands.toOverview({}, async () => {
    const kind = await hands.kind();
    kinds.push(kind);
    await look(page, `together: ${kind}`);
    if (kind !== "words") return false;
    await page.locator(".question input[type=text]").first().fill("vuurtoren");
    await page.keyboard.press("Enter");
    await hands.submit();
    return true;
  });
  holds(kinds.includes("words") && kinds.length >= 2, `asked together: ${kinds}`);
  holds((await page.locator("ul.owns").innerText()).includes("vuurtoren"), "their own word");
  await look(page, "what both said");
  await hands.share();
  await page.frameLocator("iframe.sheet").getByText("vuurtoren").first().waitFor(); // at once, for both
  await look(page, "the sheet for both");
  await page.goto("/staff"); // where it was: the round
  await page.getByRole("link", { name: desk.t("staff.next.open"), exact: true }).click();
  await page.frameLocator("iframe.sheet").getByText("vuurtoren").first().waitFor();
});

/** Members of a team, each behind an invitation of their own, who say these words. */
async function members(convenor, round, said) {
  for (const [at, word] of said.entries()) {
    const one = await stage.seat((await convenor.invite(round, "member")).link);
    await one.begin("nl");
    await one.fill((item) => (item.id === "held" ? at > 0 : item.kind === "words" ? [word] : undefined));
    await one.share();
  }
}

test("a team campaign: begun, asked by links, counted, and its card has words from the threshold on", async (t) => {
  const conny = await stage.staff("conny"), page = await (await t.context({ viewport: { width: 1100, height: 900 } })).newPage(), desk = new Desk(page);
  await desk.takeOver(conny);
  await desk.at("#/campaigns");
  await page.getByRole("link", { name: desk.t("campaign.begin"), exact: true }).click();
  await page.getByRole("radio", { name: /Teamreflectie/ }).check();
  await look(page, "beginning a campaign");
  await desk.button("staff.begin.go").click();
  await page.getByRole("heading", { level: 1, name: "Teamreflectie" }).waitFor();
  const round = page.url().match(/#\/round\/(\w+)/)[1];
  await look(page, "a campaign that began");
  await desk.of("Gespreksleider", "staff.invite").click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator("button[type=submit]").click();
  const link = await dialog.locator("input[readonly]").inputValue();
  await desk.button("staff.done", {}, dialog).click();

  const mine = await (await t.context(phone)).newPage(), hands = new Hands(mine); // the day, by the convenor
  await hands.come(link);
  await hands.begin();
  await hands.toOverview();
  await hands.share();
  await members(conny, round, ["luisteren", "luisteren", "luisteren"]);
  await desk.at("#/campaigns");
  same(await page.locator(".card.campaign .count strong").first().innerText(), "2", "talks that were held");
  await look(page, "campaigns");
  await desk.at(`#/round/${round}`);
  await page.getByText(desk.t("staff.next.release")).waitFor();

  const theirs = await (await t.context(phone)).newPage(), member = new Hands(theirs); // the fourth, by hand
  await member.come((await conny.invite(round, "member")).link);
  await member.begin();
  await member.toOverview({}, async () => {
    if (await member.kind() !== "words") return false;
    await theirs.locator(".question input[type=text]").first().fill("luisteren");
    await theirs.keyboard.press("Enter");
    await member.submit();
    return true;
  });
  await member.share();
  await look(theirs, "thanks to a member of a team");
  await desk.at(`#/round/${round}`);
  await desk.button("staff.release").first().click();
  await desk.button("staff.release.yes", {}, page.locator("dialog[open]")).click();
  await page.getByText(desk.t("staff.round.released"), { exact: true }).first().waitFor();
  await page.getByRole("link", { name: desk.t("staff.next.open"), exact: true }).click();
  await page.frameLocator("iframe.sheet").getByText("luisteren").first().waitFor();
  await look(page, "the card of a team");
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "team.png"), fullPage: true });

  // One member less, and nobody's words are there.
  const few = await conny.round({ case: null, instrument: "team-reflection", wave: "klein" }), leads = await stage.seat((await conny.invite(few, "convenor")).link);
  await leads.begin("nl");
  await leads.fill();
  await leads.share();
  await members(conny, few, ["luisteren", "luisteren", "luisteren"]);
  await conny.ask("POST", `/staff/rounds/${few}/release`);
  const card = await conny.raw("GET", `/api/v1/staff/rounds/${few}/sheet?lang=nl`);
  same(card.status, 200, "the card of three");
  holds(!card.text.includes("luisteren"), "the words of three are on the card");
});

await play(stage, 2);
