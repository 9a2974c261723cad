/* Reading aloud: which texts are read, and where they stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { elementOf, heardOf, makeAloud } from "../../core/web/lib/aloud.js";

test("each text is read once, and what says nothing is not read", () => {
  const texts = heardOf([{ text: "Hoe gaat het?", audio: "1" }, null, { text: "  ", audio: "2" }, undefined, { text: "ja", audio: "3" },
    { text: "Hoe gaat het? ", audio: "4" }, {}]);
  assert.deepEqual(texts.map((one) => one.audio), ["1", "3"]);
});
test("a text is marked at the innermost place that says exactly it", () => {
  const node = (textContent, ...inside) => ({ textContent, contains: (other) => inside.includes(other) });
  const inner = node(" Hoe  gaat\nhet? "), outer = node("Hoe gaat het?", inner), more = node("Hoe gaat het? ja", outer, inner);
  assert.equal(elementOf({ querySelectorAll: () => [more, outer, inner] }, "Hoe gaat het?"), inner);
  assert.equal(elementOf({ querySelectorAll: () => [more] }, "Hoe gaat het?"), null);
});

test("a page that went leaves nothing listening", () => {
  const heard = new Set();
  globalThis.addEventListener = (name, run) => heard.add(run);
  globalThis.removeEventListener = (name, run) => heard.delete(run);
  const aloud = makeAloud();
  assert.equal(heard.size, 1);
  aloud.end();
  assert.equal(heard.size, 0);
});
