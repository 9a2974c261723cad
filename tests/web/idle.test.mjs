// idle.test.mjs: when a page of the staff asks whether somebody is there, and when it tells the server.
import assert from "node:assert/strict";
import test from "node:test";

const MINUTE = 60000;

/* A page with a clock of its own: after(minutes) lets them pass, touch() is a key. */
async function scene(t) {
  let time = 0, look = null;
  t.mock.method(globalThis, "setInterval", (run) => { look = run; return 1; });
  t.mock.method(globalThis, "clearInterval", () => { look = null; });
  globalThis.window = new EventTarget();
  const { watch } = await import("../../core/web/staff/idle.js");
  const seen = { asked: 0, closed: 0, over: 0, alive: 0 };
  const idle = watch({ now: () => time, warn: () => { seen.asked++; return { close: () => { seen.closed++; } }; },
    over: () => { seen.over++; }, alive: () => { seen.alive++; } });
  const after = (minutes) => {
    for (const end = time + minutes * MINUTE; time < end;) {
      time += 5000;
      look?.();
    }
  };
  return { idle, seen, after, touch: () => window.dispatchEvent(new Event("keydown")) };
}

test("an hour of writing, and of talk, tells the server often enough that somebody is there", async (t) => {
  const { idle, seen, after, touch } = await scene(t);
  idle.set(60);
  idle.start();
  for (let n = 0; n < 30; n++) { after(1); touch(); }
  after(58);
  assert.ok(seen.alive >= 88 / 5, `${seen.alive} times in 88 minutes`);
  assert.equal(seen.asked, 0);
  after(3);
  assert.deepEqual([seen.asked, seen.over], [1, 1]);
});

test("a question that went with its page is asked again, and touches count meanwhile", async (t) => {
  const { idle, seen, after, touch } = await scene(t);
  idle.set(15);
  idle.start();
  after(14.5);
  assert.equal(seen.asked, 1);
  idle.set(15); // another page came
  for (let n = 0; n < 40; n++) { after(1); touch(); }
  assert.deepEqual([seen.asked, seen.closed, seen.over], [1, 1, 0]);
  after(14.5);
  assert.equal(seen.asked, 2);
});
