/* queue.js: what waits is sent once, in order, and kept no longer than it waits. */
import assert from "node:assert/strict";
import test from "node:test";
import { freshAnswerId, makeQueue } from "../../core/web/lib/queue.js";

const lost = Object.assign(new Error("no network"), { passing: true });
const refused = Object.assign(new Error("409"), { passing: false, status: 409 });

/* A queue whose server says what `says` gives, call by call; what was kept, sent and paused. */
function scene(says) {
  const seen = { sent: [], kept: [], told: [], pauses: [] };
  const queue = makeQueue({
    send: async (entry) => {
      seen.sent.push(entry.id);
      const answer = says.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    keep: (entries) => seen.kept.push(entries.map((one) => one.id)),
    pause: async (ms) => { seen.pauses.push(ms); },
    changed: (state) => seen.told.push(state),
  });
  return { queue, seen };
}

test("an answer is sent once, and nothing is kept after the reply", async () => {
  const { queue, seen } = scene(["next"]);
  assert.equal(await queue.put({ id: "a" }), "next");
  assert.deepEqual(seen.sent, ["a"]);
  assert.deepEqual(seen.kept, [["a"], []]);
  assert.equal(queue.size, 0);
});

test("without a network it is tried again under the same id, each time a little later", async () => {
  const { queue, seen } = scene([lost, lost, lost, "next"]);
  assert.equal(await queue.put({ id: "a" }), "next");
  assert.deepEqual(seen.sent, ["a", "a", "a", "a"]);
  assert.deepEqual(seen.pauses, [500, 1000, 2000]);
  assert.equal(seen.told.some((state) => state.failing === lost), true);
  assert.equal(seen.told.at(-1).failing, null);
});

test("what came later waits for what came first", async () => {
  const { queue, seen } = scene([lost, "one", "two"]);
  const first = queue.put({ id: "a" }), second = queue.put({ id: "b" });
  assert.deepEqual(await Promise.all([first, second]), ["one", "two"]);
  assert.deepEqual(seen.sent, ["a", "a", "b"]);
});

test("what waits behind another is told what came of it, and what was tried in vain says so", async () => {
  const told = [], one = { id: "a" }, two = { id: "b" }, says = [lost, { seq: 5 }, { seq: 6 }];
  const queue = makeQueue({
    send: async () => { const answer = says.shift(); if (answer instanceof Error) throw answer; return answer; },
    keep: () => {}, pause: async () => {}, changed: () => {},
    follow: (entry, before, reply) => told.push([entry.id, before.id, reply.seq]),
  });
  await Promise.all([queue.put(one), queue.put(two)]);
  assert.deepEqual(told, [["b", "a", 5]]);
  assert.equal(one.tried, true);
  assert.equal(two.tried, undefined);
});

test("a server that names a time is given that time", async () => {
  const busy = Object.assign(new Error("429"), { passing: true, body: { retry: 7 } });
  const { queue, seen } = scene([busy, "next"]);
  await queue.put({ id: "a" });
  assert.deepEqual(seen.pauses, [7000]);
});

test("no pause is longer than fifteen seconds", async () => {
  const { queue, seen } = scene([...Array(9).fill(lost), "next"]);
  await queue.put({ id: "a" });
  assert.equal(Math.max(...seen.pauses), 15000);
});

test("a server that fails by itself is asked four times, and then it is said", async () => {
  const broken = Object.assign(new Error("500"), { passing: true, status: 500 });
  const { queue, seen } = scene(Array(9).fill(broken));
  await assert.rejects(queue.put({ id: "a" }), broken);
  assert.equal(seen.sent.length, 4);
  assert.equal(queue.size, 0);
});

test("what is refused for good is not tried again, and the next one goes", async () => {
  const { queue, seen } = scene([refused, "two"]);
  const first = queue.put({ id: "a" }), second = queue.put({ id: "b" });
  await assert.rejects(first, refused);
  assert.equal(await second, "two");
  assert.deepEqual(seen.sent, ["a", "b"]);
  assert.deepEqual(seen.kept.at(-1), []);
});

test("a queue that is closed keeps nothing and sends nothing", async () => {
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  const kept = [], sent = [];
  const queue = makeQueue({
    send: async (entry) => { sent.push(entry.id); throw lost; },
    keep: (entries) => kept.push(entries.length),
    pause: () => held,
    changed: () => {},
  });
  queue.put({ id: "a" });
  await new Promise((resolve) => setImmediate(resolve));
  queue.close();
  go();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(sent, ["a"]);
  assert.equal(kept.at(-1), 0);
  assert.equal(queue.size, 0);
});

test("ids of answers are sixteen letters and digits, and differ", () => {
  const ids = new Set(Array.from({ length: 1000 }, freshAnswerId));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[a-z2-7]{16}$/);
});
