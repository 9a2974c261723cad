// howto.test.mjs: what the Dutch pages for practitioners call by name stands on the screen, and so do their pictures.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const top = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const words = new Set(Object.values(JSON.parse(readFileSync(join(top, "core/web/i18n/nl.json"), "utf8"))).map((one) => one.toLowerCase()));

for (const page of ["beginnen", "tablet-geven", "gesprek", "afdrukken"]) {
  const text = readFileSync(join(top, `docs/how-to/${page}.md`), "utf8");
  test(`${page}: every button it names is one of the interface`, () => {
    // A bold name in a sentence; what opens a paragraph or a point of a list is its heading.
    const heading = /^(?:\d+\.|-)?\s*\*\*[^*]+\*\*/gm;
    const named = [...text.replace(heading, "").matchAll(/\*\*([^*]+)\*\*/g)].map((one) => one[1].replace(/\s+/g, " "));
    assert.deepEqual(named.filter((one) => !words.has(one.toLowerCase())), []);
    assert.ok(named.length > 0, "no button is named");
  });
  test(`${page}: its picture is there`, () => {
    const pictures = [...text.matchAll(/!\[[^\]]+\]\((\.\.\/pictures\/[\w-]+\.png)\)/g)].map((one) => one[1]);
    assert.ok(pictures.length > 0, "no picture");
    for (const picture of pictures) assert.ok(existsSync(join(top, "docs/how-to", picture)), picture);
  });
}

test("rechten: every button it names is one of the interface", () => {
  const text = readFileSync(join(top, "docs/how-to/rechten.md"), "utf8");
  const named = [...text.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map((one) => one[1]);
  assert.deepEqual(named.filter((one) => !words.has(one.toLowerCase())), []);
  assert.ok(named.length > 1, "no button is named");
});
