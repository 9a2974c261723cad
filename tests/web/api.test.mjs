/* api.js: a line of events that was refused comes back. */
import assert from "node:assert/strict";
import test from "node:test";
import { listen } from "../../core/web/lib/api.js";

/* Each stream that is opened, to be told what became of it. */
function scene(t) {
  const opened = [];
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.EventSource = class {
    static CLOSED = 2;
    constructor(path) { Object.assign(this, { path, readyState: 0, named: {} }); opened.push(this); }
    addEventListener(name, handle) { this.named[name] = handle; }
    close() { this.readyState = 2; }
    fails(readyState) { this.readyState = readyState; this.onerror(); }
  };
  t.after(() => { delete globalThis.EventSource; });
  return opened;
}

test("a stream that is refused is tried again, each time a little later, and asked about once", (t) => {
  const opened = scene(t), told = [];
  listen("/turn/events", { open: () => told.push("open"), lost: () => told.push("lost"), over: () => told.push("over"), step: (now) => told.push(now.seq) });
  opened[0].onopen();
  opened[0].fails(2); // 502
  assert.deepEqual(told, ["open", "lost", "over"]);
  t.mock.timers.tick(999);
  assert.equal(opened.length, 1);
  t.mock.timers.tick(1);
  assert.equal(opened.length, 2);
  opened[1].fails(2);
  t.mock.timers.tick(1999);
  assert.equal(opened.length, 2);
  t.mock.timers.tick(1);
  assert.equal(opened.length, 3);
  assert.deepEqual(told.filter((one) => one === "over"), ["over"]);
  opened[2].onopen();
  opened[2].named.step({ data: '{"seq": 7}' });
  assert.deepEqual(told.slice(-2), ["open", 7]);
  opened[2].fails(2);
  assert.equal(told.at(-1), "over"); // a new time
});

test("no pause is longer than half a minute, and what the browser tries itself is left to it", (t) => {
  const opened = scene(t);
  listen("/turn/events", {});
  opened[0].fails(0);
  t.mock.timers.tick(600000);
  assert.equal(opened.length, 1);
  for (let n = 0; n < 9; n++) {
    opened.at(-1).fails(2);
    t.mock.timers.tick(30000);
    assert.equal(opened.length, n + 2);
  }
});

test("who closes it when asked hears nothing more", (t) => {
  const opened = scene(t);
  const line = listen("/turn/events", { over: () => line.close() });
  opened[0].fails(2);
  t.mock.timers.tick(600000);
  assert.equal(opened.length, 1);
});
