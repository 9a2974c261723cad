/* Drawing, placing and photos: the arithmetic of core/web/kinds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { wayOf, waysOf } from "../../core/web/kinds/making.js";
import { linesOf } from "../../core/web/respond/made.js";
import { freePlace, hundredths, lettersOf, placeAfter, placeUnder as placeOnField, turned } from "../../core/web/kinds/plane.js";
import { bytesIn, fitted } from "../../core/web/kinds/size.js";
import { CANVAS, COLOURS, cursorAfter, makeDrawing, placeUnder, pointOf, read, runsOf, touches, widthAt, write, zoneOf } from "../../core/web/kinds/strokes.js";

const at = (x, y, pressure = 50) => ({ x, y, pressure });
const drawn = (...points) => {
  const drawing = makeDrawing();
  drawing.begin("blue", 8, points[0]);
  for (const point of points.slice(1)) drawing.extend(point);
  drawing.end();
  return drawing;
};

test("the colours are those of core/data/strokes.c", () => {
  const source = readFileSync(new URL("../../core/data/strokes.c", import.meta.url), "utf8");
  for (const { name, rgb } of COLOURS) assert.ok(source.includes(`{ "${name}", "${rgb}" }`), name);
  assert.equal([...source.matchAll(/\{ "\w+", "#\w{6}" \}/g)].length, COLOURS.length);
});
test("a place is whole, on the canvas, and the same on every screen", () => {
  const small = { left: 10, top: 20, width: 320, height: 240 }, large = { left: 0, top: 0, width: 960, height: 720 };
  assert.deepEqual(placeUnder(170, 140, small), { x: 800, y: 600 });
  assert.deepEqual(placeUnder(480, 360, large), { x: 800, y: 600 });
  assert.deepEqual(placeUnder(-50, 9999, small), { x: 0, y: CANVAS.high });
});
test("only a pen tells a pressure", () => {
  assert.equal(pointOf({ x: 1, y: 1 }, { pointerType: "pen", pressure: 0.8 }).pressure, 80);
  assert.equal(pointOf({ x: 1, y: 1 }, { pointerType: "touch", pressure: 1 }).pressure, 50);
  assert.equal(pointOf({ x: 1, y: 1 }, { pointerType: "mouse", pressure: 0.5 }).pressure, 50);
  assert.equal(pointOf({ x: 1, y: 1 }, { pointerType: "pen", pressure: 0 }).pressure, 50);
});
test("a line is as wide as on the sheet", () => {
  assert.equal(widthAt(8, 62), 8.9);
  assert.equal(widthAt(20, 100), 32);
  assert.equal(widthAt(10, 50), 10);
  assert.deepEqual(runsOf({ width: 10, points: [at(0, 0), at(10, 0), at(20, 0, 80), at(30, 0, 80)] }).map((run) => [run.width, run.points.length]), [[10, 2], [13.6, 3]]);
  assert.equal(runsOf({ width: 10, points: [at(5, 5)] })[0].points.length, 2);
});
test("points that are as good as the last one are left out", () => {
  const drawing = drawn(at(0, 0), at(1, 1), at(10, 10), at(11, 11), at(20, 20));
  assert.deepEqual(drawing.strokes[0].points.map((one) => one.x), [0, 10, 20]);
});
test("undo and redo take a stroke, a rub and a clearing as one step each", () => {
  const drawing = drawn(at(0, 0), at(100, 0));
  drawing.begin("red", 8, at(0, 500));
  drawing.end();
  assert.equal(drawing.erase({ x: 50, y: 4 }, 10), 1);
  assert.equal(drawing.strokes.length, 1);
  drawing.clear();
  assert.ok(drawing.empty);
  drawing.undo();
  drawing.undo();
  assert.equal(drawing.strokes.length, 2);
  drawing.redo();
  assert.equal(drawing.strokes.length, 1);
  drawing.begin("red", 8, at(9, 9));
  assert.equal(drawing.canRedo, false);
  drawing.undo(); drawing.undo(); drawing.undo(); drawing.undo();
  assert.equal(drawing.canUndo, false);
  assert.ok(drawing.empty);
});
test("a rubber touches a line between its points too, and nothing far away", () => {
  const stroke = { width: 10, points: [at(0, 0), at(1000, 0)] };
  assert.ok(touches(stroke, { x: 500, y: 12 }, 10));
  assert.ok(!touches(stroke, { x: 500, y: 40 }, 10));
  assert.ok(touches({ width: 10, points: [at(5, 5)] }, { x: 5, y: 15 }, 10));
});
test("a full sheet takes no more strokes", () => {
  const drawing = makeDrawing(Array.from({ length: 2000 }, () => ({ colour: "red", width: 2, points: [at(1, 1)] })));
  assert.ok(drawing.full);
  assert.equal(drawing.begin("red", 2, at(1, 1)), false);
});
test("what is written is read again, another canvas is brought to ours", () => {
  const drawing = drawn(at(120, 300), at(124, 310, 62));
  const kept = write(drawing.strokes);
  assert.equal(JSON.stringify(kept), '{"schema":"verbond.strokes/1","canvas":[1600,1200],"strokes":[{"colour":"blue","width":8,"points":[120,300,50,124,310,62]}]}');
  assert.deepEqual(read(kept), drawing.strokes);
  assert.deepEqual(read({ ...kept, canvas: [800, 600] })[0].points[0], at(240, 600));
  assert.deepEqual(read({ schema: "other" }), []);
  assert.deepEqual(read(null), []);
});
test("arrow keys move the cursor, and it stays on the sheet", () => {
  assert.deepEqual(cursorAfter("ArrowUp", { x: 100, y: 100 }), { x: 100, y: 60 });
  assert.deepEqual(cursorAfter("ArrowRight", { x: 100, y: 100 }, true), { x: 108, y: 100 });
  assert.deepEqual(cursorAfter("ArrowLeft", { x: 10, y: 0 }), { x: 0, y: 0 });
  assert.equal(cursorAfter("a", { x: 1, y: 1 }), undefined);
  assert.equal(zoneOf({ x: 0, y: 0 }), "top.left");
  assert.equal(zoneOf({ x: 1600, y: 1200 }), "bottom.right");
});

test("a place on a field counts from the left and from below", () => {
  const box = { left: 0, top: 0, width: 300, height: 200 };
  assert.deepEqual(placeOnField(0, 200, box), { x: 0, y: 0 });
  assert.deepEqual(placeOnField(300, 0, box), { x: 1000, y: 1000 });
  assert.deepEqual(placeOnField(150, 100, box, 20), { x: 500, y: 500 });
  assert.deepEqual(placeOnField(-9, 999, box, 20), { x: 0, y: 0 });
  assert.deepEqual(placeAfter("ArrowUp", { x: 500, y: 990 }), { x: 500, y: 1000 });
  assert.equal(placeAfter("x", { x: 0, y: 0 }), undefined);
  assert.equal(turned(0, -15), 345);
  assert.equal(turned(350, 15), 5);
  assert.equal(hundredths(305), 31);
});
test("no piece is laid on another while there is room", () => {
  const laid = [];
  for (let i = 0; i < 9; i++) laid.push(freePlace(laid));
  for (const one of laid) for (const other of laid)
    if (one !== other) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) >= 120);
});
test("tokens have the first letters of their words, or numbers where two begin alike", () => {
  assert.deepEqual(lettersOf(["ik", "de therapeut", "het werk"]), ["I", "D", "H"]);
  assert.deepEqual(lettersOf(["me", "my worker", ""]), ["1", "2", "3"]);
});

test("a photo becomes no larger than it needs to be", () => {
  assert.deepEqual(fitted(4000, 3000), { wide: 1600, high: 1200 });
  assert.deepEqual(fitted(300, 900), { wide: 300, high: 900 });
  assert.deepEqual(fitted(10000, 1), { wide: 1600, high: 1 });
  assert.equal(bytesIn(240123, "nl"), "240 kB");
  assert.equal(bytesIn(1234567, "nl"), "1,2 MB");
});
test("the ways are those the question offers, and a value is known by how it was made", () => {
  const order = ["draw", "photo", "words", "scribe", "paper"];
  assert.deepEqual(waysOf(["paper", "draw"], order), ["draw", "paper"]);
  assert.deepEqual(waysOf(["words"], order), ["words", "scribe"]);
  assert.deepEqual(waysOf([], order), order);
  assert.equal(wayOf({ words: ["a"] }, order), "words");
  assert.equal(wayOf({ blob: "sha256:1", type: "application/vnd.verbond.strokes+json" }, order), "draw");
  assert.equal(wayOf({ blob: "sha256:1", type: "image/jpeg" }, order), "photo");
  assert.equal(wayOf({ paper: true }, ["draw"]), undefined);
  assert.equal(wayOf(undefined, order), undefined);
});
test("a small picture has the lines, colours and widths of the drawing, a dot too", () => {
  const lines = linesOf([{ colour: "red", width: 10, points: [at(0, 0), at(10, 0), at(20, 0, 80)] }, { colour: "blue", width: 16, points: [at(5, 6)] }]);
  assert.deepEqual(lines.map((one) => one.path), ["M0 0L10 0", "M10 0L20 0", "M5 6L5 6"]);
  assert.deepEqual(lines.map((one) => one.width), [10, 13.6, 16]);
  assert.equal(lines[0].colour, COLOURS.find((one) => one.name === "red").rgb);
});
