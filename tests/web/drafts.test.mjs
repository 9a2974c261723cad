/* drafts.js: what is half written belongs to its question, and to what stood there. */
import assert from "node:assert/strict";
import test from "node:test";
import { makeDrafts } from "../../core/web/respond/drafts.js";

function scene() {
  const kept = new Map();
  const vault = { put: (name, value) => kept.set(name, JSON.stringify(value)), drop: (name) => kept.delete(name),
    get: async (name) => JSON.parse(kept.get(name) ?? "null") };
  return { kept, open: () => makeDrafts(() => vault) };
}
const one = { id: "say" }, sam = { id: "near", member: "youth:Sam" }, kim = { id: "near", member: "youth:Kim" };

test("each question has a draft of its own, and each person of it", async () => {
  const { open } = scene(), drafts = open();
  drafts.put(one, undefined, "half");
  drafts.put(sam, undefined, 3);
  assert.equal(drafts.of(one, undefined), "half");
  assert.equal(drafts.of(sam, undefined), 3);
  assert.equal(drafts.of(kim, undefined), undefined);
  drafts.drop(sam);
  assert.equal(drafts.of(sam, undefined), undefined);
  assert.equal(drafts.of(one, undefined), "half");
});
test("they outlive a reload, and nothing is kept once none is left", async () => {
  const { kept, open } = scene();
  open().put(one, null, "half");
  const later = open();
  await later.load();
  assert.equal(later.of(one, undefined), "half");
  later.put(one, null, undefined);
  assert.equal(kept.size, 0);
  later.put(one, null, "again");
  later.clear();
  assert.equal(kept.size, 0);
});
test("a draft is of the value that stood there: where another stands it is none", () => {
  const drafts = scene().open();
  drafts.put(one, { text: "was" }, "half");
  assert.equal(drafts.of(one, { text: "was" }), "half");
  assert.equal(drafts.of(one, { text: "is" }), undefined);
});
