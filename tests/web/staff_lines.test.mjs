// Where a case's history is drawn (core/web/staff/lines.js).
import assert from "node:assert/strict";
import test from "node:test";
import { BOTTOM, SIDE, TOP, place, whole } from "../../core/web/staff/lines.js";

const SIZE = { width: 340, height: 150 };
const waves = (...breaks) => breaks.map((one) => ({ break: one }));
const draw = (voices, when) => place({ voices: voices.map((points) => ({ points })) }, when, SIZE);

test("the axis runs from 0 to 100 whatever the values are", () => {
  const { voices } = draw([[0, 100]], waves(false, false));
  assert.deepEqual(voices[0].points.map((point) => point.y), [SIZE.height - BOTTOM, TOP]);
  const near = draw([[50, 51]], waves(false, false)).voices[0].points;
  assert.ok(Math.abs(near[0].y - near[1].y) < 2, "a small difference stays small");
});

test("a wave without a value is a gap: no point, and no line across it", () => {
  const { voices } = draw([[50, null, 75, 80]], waves(false, false, false, false));
  assert.deepEqual(voices[0].points.map((point) => point.wave), [0, 2, 3]);
  assert.deepEqual(voices[0].lines.map((line) => line.map((point) => point.wave)), [[2, 3]]);
});

test("a line breaks where the professional changed, and the break stands between the two", () => {
  const at = draw([[10, 20, 30, 40]], waves(false, false, true, false));
  assert.deepEqual(at.voices[0].lines.map((line) => line.map((point) => point.wave)), [[0, 1], [2, 3]]);
  assert.equal(at.breaks.length, 1);
  assert.ok(at.x[1] < at.breaks[0] && at.breaks[0] < at.x[2]);
});

test("what is hidden before the first wave is a break that stands before it", () => {
  const at = draw([[1, 2]], waves(true, false));
  assert.equal(at.breaks.length, 1);
  assert.ok(at.breaks[0] > 0 && at.breaks[0] + 12 < at.x[0], "room for the shapes between the two");
  assert.ok(at.width <= SIZE.width);
});

test("behind waves that were all with an earlier worker stands a break", () => {
  const at = draw([[1, 2]], waves(false, false).map((one) => ({ ...one, before: true })));
  assert.equal(at.breaks.length, 1);
  assert.ok(at.x[1] < at.breaks[0] && at.breaks[0] < at.width);
});

test("one wave alone has points and no line", () => {
  const at = draw([[30], [60]], waves(false));
  assert.deepEqual(at.voices.map((voice) => [voice.points.length, voice.lines.length]), [[1, 0], [1, 0]]);
  assert.deepEqual(at.x, [SIDE]);
});

test("voices at the same place stand side by side, at their own height", () => {
  const { voices } = draw([[50], [50], [90]], waves(false));
  const [one, other, third] = voices.map((voice) => voice.points[0]);
  assert.equal(one.y, other.y);
  assert.ok(Math.abs(one.x - other.x) >= 17);
  assert.equal(third.x, SIDE);
});

test("many waves stay inside the picture", () => {
  const when = waves(...Array(12).fill(false));
  const at = draw([Array(12).fill(0)], when);
  assert.ok(at.x.every((x) => x >= SIDE && x <= SIZE.width - SIDE));
  assert.ok(at.width <= SIZE.width);
});

test("no waves at all is an empty picture", () => {
  const at = draw([[]], []);
  assert.deepEqual([at.x, at.breaks, at.voices[0].points], [[], [], []]);
});

test("the table has whole steps, and nothing for nothing", () => {
  assert.deepEqual([whole(62.5), whole(0), whole(null), whole(undefined)], [63, 0, null, null]);
});
