// sheet.mjs WEB FOLDER: looks at the sheets FOLDER/*.html in chromium and speaks TAP. WEB holds
// node_modules.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [web, folder] = process.argv.slice(2);
const require = createRequire(join(resolve(web), "sheet.mjs"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const names = readdirSync(folder).filter((f) => f.endsWith(".html")).map((f) => f.slice(0, -5)).sort();
const wide = { width: 1200, height: 900 }, narrow = { width: 320, height: 640 };

const browser = await chromium.launch({
  executablePath: process.env.VERBOND_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

// A page that remembers what it asked for and what it complained about.
async function open(name, viewport = wide) {
  const page = await browser.newPage({ viewport });
  const url = pathToFileURL(join(resolve(folder), `${name}.html`)).href;
  page.heard = [];
  page.on("request", (request) => request.url() === url || page.heard.push(`asks for ${request.url()}`));
  page.on("console", (message) => page.heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.heard.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { page.heard.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url);
  return page;
}

const tests = [];
const test = (name, body) => tests.push({ name, body });
const same = (got, wanted, what) => {
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
};

test("there are sheets to look at", () => same(names, [
  "after-the-talk", "dyad", "dyad-arabic", "dyad-client", "dyad-two-languages", "family", "family-alliance",
  "form-arabic", "form-client", "form-family", "form-kinds", "last-time", "long", "mirrored", "one-side"], "sheets"));

for (const name of names) {
  test(`${name}: asks for nothing and complains about nothing`, async () => {
    const page = await open(name);
    same(page.heard, [], "heard");
    await page.close();
  });
  for (const viewport of [wide, narrow])
    test(`${name}: axe finds nothing at ${viewport.width}`, async () => {
      const page = await open(name, viewport);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { preload: false }));
      same(found.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]), [], "violations");
      if (found.passes.length < 10) throw new Error("axe looked at next to nothing");
      await page.close();
    });
  test(`${name}: nothing is wider than a telephone`, async () => {
    const page = await open(name, narrow);
    same(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true,
      "fits");
    await page.close();
  });
  test(`${name}: every picture is silent and has words beside it`, async () => {
    const page = await open(name);
    same(await page.evaluate(() => {
      const loud = [...document.querySelectorAll("svg")].filter((s) => s.ariaHidden !== "true");
      const alone = [...document.querySelectorAll("svg.line")].filter((svg) => {
        const cells = [...svg.closest("tr").querySelectorAll("td")];
        return cells.length === 0 || cells.some((cell) => cell.innerText.trim() === "");
      });
      return [loud.length, alone.map((svg) => svg.closest("tr").innerText)];
    }), [0, []], "pictures");
    await page.close();
  });
}

test("dyad: on a narrow telephone, in a page of ours, every word of a table is whole", async () => {
  const page = await open("dyad", { width: 288, height: 640 });
  const found = await page.evaluate(() => {
    const broken = [];
    let whole = 0;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.parentElement.closest("table.said") || node.parentElement.closest(".vh")) continue;
      for (const word of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].filter((box) => box.width > 1).map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
        else whole++;
      }
    }
    return { broken, many: whole > 50 };
  });
  same(found, { broken: [], many: true }, "words");
  await page.close();
});

// The pages of a PDF: chromium writes their objects in clear.
const printed = async (name) => {
  const page = await open(name);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.close();
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
};
for (const name of ["dyad", "dyad-client", "after-the-talk", "last-time", "one-side", "family-alliance"])
  test(`${name}: is one page when printed`, async () => same(await printed(name), 1, "pages"));
for (const name of names.filter((n) => !n.startsWith("form-")))
  test(`${name}: how to talk is closed on a screen and not on paper`, async () => {
    const page = await open(name);
    const look = () => page.evaluate(() => {
      const all = [...document.querySelectorAll("main > details.guide")];
      const seen = (e) => e.getClientRects().length > 0 && e.checkVisibility({ contentVisibilityAuto: true });
      return [all.length, all.some((d) => d.open), seen(all[0].querySelector("summary")), seen(all[0].querySelector("li"))];
    });
    same(await look(), [1, false, true, false], "closed");
    await page.click("details.guide > summary");
    same(await look(), [1, true, true, true], "opened");
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { preload: false }));
    same(found.violations.map((v) => v.id), [], "violations when open");
    await page.emulateMedia({ media: "print" });
    same(await look(), [1, true, false, false], "printed");
    await page.close();
  });
test("mirrored: what is longer than a page takes more, so that one page means something", async () => {
  const page = await open("mirrored");
  await page.evaluate(() => document.querySelector("main").append(
    Object.assign(document.createElement("p"), { style: "height: 40cm" })));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  same((pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length > 1, true, "more");
  await page.close();
});

test("mirrored: the line begins at the right", async () => {
  const page = await open("mirrored");
  const place = await page.evaluate(() => {
    const middle = (e) => { const box = e.getBoundingClientRect(); return box.left + box.width / 2; };
    const row = [...document.querySelectorAll("table.placed tbody tr")].find((r) => r.querySelector(".between"));
    const [low, high] = document.querySelectorAll("table.placed thead .ends span");
    const heads = [...document.querySelectorAll("table.placed thead th")];
    return [document.documentElement.dir, middle(low) > middle(high),
      middle(row.querySelector("circle")) > middle(row.querySelector("rect")),
      middle(heads[0]) > middle(heads[1])];
  });
  same(place, ["rtl", true, true, true], "from right to left");
  await page.close();
});
for (const name of ["dyad", "mirrored"])
  for (const width of [320, 660, 799, 800, 1200])
    test(`${name}: the words of its ends stand above the line, ${width} wide`, async () => {
      const page = await open(name, { width, height: 640 });
      const [lines, away] = await page.evaluate(() => {
        const pairs = [...document.querySelectorAll("table.said svg.line")].map((line) =>
          [line, line.closest("table").querySelector("thead .ends")]).filter(([, ends]) => ends !== null);
        const far = ([line, ends]) => {
          const a = line.getBoundingClientRect(), b = ends.getBoundingClientRect();
          return Math.max(Math.abs(a.left - b.left), Math.abs(a.right - b.right)) > 2;
        };
        return [pairs.length, pairs.filter(far).map(([line]) => line.closest("tr").innerText)];
      });
      same([lines > 3, away], [true, []], "lines");
      await page.close();
    });
test("family: a screen reader gets a table of everybody for every row of dots", async () => {
  const page = await open("family");
  same(await page.evaluate(() => [...document.querySelectorAll(".scale")].map((scale) =>
    [...scale.querySelectorAll(".vh tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent)))),
  [[["Sam (familielid)", 'tussen "een beetje" en "ja"', "een beetje"],
    ["Sanne (familielid)", "nee", 'tussen "een beetje" en "ja"'],
    ["Robin (familielid)", "niet ingevuld", "te weinig antwoorden"]]], "tables");
  await page.close();
});

for (const name of names.filter((n) => n.startsWith("form-")))
  test(`${name}: prints in large letters, and no question parts over two pages`, async () => {
    const page = await open(name);
    await page.emulateMedia({ media: "print" });
    const [small, parted, count] = await page.evaluate(() => {
      const points = (e) => Math.round(parseFloat(getComputedStyle(e).fontSize) * 0.75 * 10) / 10;
      const read = [...document.querySelectorAll("h1, h2, .opening p, .q p, .q li, .q th, .instead > span")];
      const sections = [...document.querySelectorAll(".q")];
      return [read.filter((e) => points(e) < 14 && !e.matches(".id")).map((e) => e.outerHTML),
        sections.filter((e) => getComputedStyle(e).breakInside !== "avoid").length, sections.length];
    });
    same([small, parted, count > 5], [[], 0, true], "letters and pages");
    if (await printed(name) < 2) throw new Error("a form of one page");
    await page.close();
  });
test("form-kinds: the line is ten centimetres, so that a ruler reads it", async () => {
  const page = await open("form-kinds");
  await page.emulateMedia({ media: "print" });
  const width = await page.evaluate(() => document.querySelector(".vas i").getBoundingClientRect().width);
  same(Math.round(width / 96 * 25.4), 100, "millimetres");
  await page.close();
});
test("dyad-arabic: a name in Arabic leaves an English sentence in its order", async () => {
  const page = await open("dyad-arabic");
  const places = await page.evaluate(() => {
    const note = [...document.querySelectorAll("tr.note span")].find((e) => e.textContent.includes(" thought "));
    const at = (word) => {
      const text = note.firstChild, range = document.createRange(), from = text.data.indexOf(word);
      range.setStart(text, from);
      range.setEnd(text, from + word.length);
      return range.getBoundingClientRect().left;
    };
    return [document.documentElement.dir, at("الشخص المختص") < at("thought"), at("thought") < at("says")];
  });
  same(places, ["rtl", true, true], "order");
  await page.close();
});

console.log(`1..${tests.length}`);
let bad = 0;
for (const [at, { name, body }] of tests.entries()) {
  try {
    await body();
    console.log(`ok ${at + 1} - ${name}`);
  } catch (error) {
    bad = 1;
    console.log(`not ok ${at + 1} - ${name}\n${error.stack.replace(/^/gm, "# ")}`);
  }
}
await browser.close();
process.exit(bad);
