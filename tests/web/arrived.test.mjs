/* arrived.js: a lost reply is told from somebody who went on at another place. */
import assert from "node:assert/strict";
import test from "node:test";
import { arrived, mayFollow } from "../../core/web/respond/arrived.js";

const overview = { at: "overview", seq: 9, followed: [{ agreement: 1, followed: "done", held: false }], answers: [
  { item: { id: "plan" }, value: { value: 640, by: "pointer" }, held: true },
  { item: { id: "near", member: "m1" }, value: 2, held: false },
] };
const of = (path, body, more = {}) => ({ path: `/turn/${path}`, body: { after: 8, ...body }, ...more });

test("a hold arrived when it is held as it was asked", () => {
  assert.equal(arrived(of("hold", { item: "plan", on: true }), overview), true);
  assert.equal(arrived(of("hold", { item: "plan", on: false }), overview), false);
  assert.equal(arrived(of("hold", { item: "near", on: false }), overview), false); // about nobody: another row
  assert.equal(arrived(of("hold", { item: "near", member: "m1", on: false }), overview), true);
  assert.equal(arrived(of("hold", { agreement: 1, on: false }), overview), true);
});
test("a change arrived when the same value stands there, whatever the order of its names", () => {
  assert.equal(arrived(of("change", { item: "plan", value: { by: "pointer", value: 640 } }), overview), true);
  assert.equal(arrived(of("change", { item: "plan", value: { by: "pointer", value: 641 } }), overview), false);
  assert.equal(arrived(of("change", { item: "plan", value: { missing: "skipped" } }), overview), false);
  assert.equal(arrived(of("change", { item: "gone", value: 2 }), overview), false);
  assert.equal(arrived(of("change", { item: "near", member: "m1", value: ["2"] }), overview), false);
});
test("what was said of an agreement arrived when it stands there", () => {
  assert.equal(arrived(of("follow", { agreement: 1, followed: "done" }), overview), true);
  assert.equal(arrived(of("follow", { agreement: 1, followed: "partly" }), overview), false);
});
test("a yes, a no, stopping, mending and taking back arrived when they are where they lead", () => {
  assert.equal(arrived(of("share", { yes: true }), { at: "shared" }), true);
  assert.equal(arrived(of("share", { yes: true }), { at: "stopped" }), false);
  assert.equal(arrived(of("share", { yes: false }), { at: "stopped" }), true);
  assert.equal(arrived(of("share", { yes: true }), overview), false);
  assert.equal(arrived(of("stop", {}), { at: "stopped" }), true);
  assert.equal(arrived(of("withdraw", {}), { at: "withdrawn" }), true);
  assert.equal(arrived(of("correct", {}), overview), true);
});
test("one back arrived only if it was sent before; an answer is known by its id, at the server", () => {
  assert.equal(arrived(of("back", {}), overview), false);
  assert.equal(arrived(of("back", {}, { tried: true }), overview), true);
  assert.equal(arrived(of("answer", { value: 2 }, { tried: true }), overview), false);
});
test("only holding back goes once more behind what somebody did elsewhere", () => {
  assert.equal(mayFollow(of("hold", { item: "near", member: "m1", on: true }), overview), true);
  assert.equal(mayFollow(of("hold", { item: "near", member: "m1", on: false }), overview), false);
  assert.equal(mayFollow(of("hold", { item: "gone", on: true }), overview), false);
  assert.equal(mayFollow(of("hold", { item: "near", on: true }), { at: "item", seq: 3 }), false);
  assert.equal(mayFollow(of("change", { item: "plan", value: 2 }), overview), false);
});
