/* strokes.js - a drawing as strokes, the arithmetic of it. Pure; the format is that of
 * docs/reference/answers.md (verbond.strokes/1), read and drawn by core/data/strokes.c alike. */

export const TYPE = "application/vnd.verbond.strokes+json";
const SCHEMA = "verbond.strokes/1";
/** Places are whole units of this canvas, whatever screen it is drawn on. */
export const CANVAS = { wide: 1600, high: 1200 };
export const COLOURS = [
  { name: "black", rgb: "#1b1f24" }, { name: "blue", rgb: "#1f5fae" }, { name: "green", rgb: "#2c7a3f" },
  { name: "yellow", rgb: "#e6b400" }, { name: "orange", rgb: "#dd6b10" }, { name: "red", rgb: "#c3272b" },
  { name: "purple", rgb: "#7b3fa0" }, { name: "brown", rgb: "#7a4a24" },
];
export const WIDTHS = [{ name: "thin", width: 7 }, { name: "middle", width: 16 }, { name: "thick", width: 36 }];
const STROKES_MOST = 2000, POINTS_MOST = 40000, PRESSURE = 50, NEAR = 3;

/** The colour of a name, for a page. */
export function rgbOf(name) {
  return COLOURS.find((one) => one.name === name)?.rgb ?? COLOURS[0].rgb;
}

const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));

/** The place on the canvas under a pointer: client coordinates, and the box of the element. */
export function placeUnder(x, y, box) {
  return { x: within((x - box.left) / box.width * CANVAS.wide, CANVAS.wide), y: within((y - box.top) / box.height * CANVAS.high, CANVAS.high) };
}

/** A point: pressure (0 to 1) is only told by a pen; a mouse and most fingers say a number of no meaning. */
export function pointOf(place, { pointerType, pressure } = {}) {
  return { ...place, pressure: pointerType === "pen" && pressure > 0 ? within(pressure * 100, 100) : PRESSURE };
}

/** How wide a line is at a pressure, in units: the same steps as core/sheet/strokes_svg.c. */
export function widthAt(width, pressure) {
  return Math.trunc(width * (40 + 12 * Math.trunc((pressure + 5) / 10)) / 10) / 10;
}

/** A stroke as runs of one width: [{ width, points }]; a run begins where the last one ended. */
export function runsOf(stroke) {
  const points = stroke.points, runs = [];
  if (points.length === 1) return [{ width: widthAt(stroke.width, points[0].pressure), points: [points[0], points[0]] }];
  for (let i = 1; i < points.length; i++) {
    const width = widthAt(stroke.width, points[i].pressure);
    if (runs.at(-1)?.width === width) runs.at(-1).points.push(points[i]);
    else runs.push({ width, points: [points[i - 1], points[i]] });
  }
  return runs;
}

/* The distance of a place from a line between two points. */
function distance(place, a, b) {
  const along = { x: b.x - a.x, y: b.y - a.y }, length = along.x ** 2 + along.y ** 2;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((place.x - a.x) * along.x + (place.y - a.y) * along.y) / length));
  return Math.hypot(place.x - a.x - part * along.x, place.y - a.y - part * along.y);
}

/** Does a rubber so wide touch the stroke here? */
export function touches(stroke, place, rubber) {
  const reach = rubber + stroke.width / 2, points = stroke.points;
  return points.some((point, at) => distance(place, points[Math.max(0, at - 1)], point) <= reach);
}

/**
 * A drawing that can be undone. strokes: what is on it, [{ colour, width, points }], not to be changed
 * from outside. Each of begin, erase and clear is one thing to undo.
 */
export function makeDrawing(strokes = []) {
  let now = strokes, before = [], after = [], open = null;
  const count = () => now.reduce((sum, one) => sum + one.points.length, 0);
  const step = (next) => {
    before.push(now);
    after = [];
    now = next;
  };
  return {
    get strokes() { return now; },
    get canUndo() { return before.length > 0; },
    get canRedo() { return after.length > 0; },
    get empty() { return now.length === 0; },
    /** Nothing more fits on it. */
    get full() { return now.length >= STROKES_MOST || count() >= POINTS_MOST; },
    begin(colour, width, point) {
      if (this.full) return false;
      open = { colour, width, points: [point] };
      step([...now, open]);
      return true;
    },
    /** The line goes on to here; places that are as good as the last one are left out. */
    extend(point) {
      const last = open?.points.at(-1);
      if (last === undefined || count() >= POINTS_MOST || Math.hypot(point.x - last.x, point.y - last.y) < NEAR) return false;
      open.points.push(point);
      return true;
    },
    end() { open = null; },
    /** Takes away the strokes that a rubber touches here; how many. */
    erase(place, rubber) {
      const left = now.filter((one) => !touches(one, place, rubber)), gone = now.length - left.length;
      if (gone > 0) step(left);
      return gone;
    },
    clear() { if (now.length > 0) step([]); },
    undo() { if (before.length > 0) { after.push(now); now = before.pop(); } },
    redo() { if (after.length > 0) { before.push(now); now = after.pop(); } },
  };
}

/** What is kept: a plain object, fit for JSON. */
export function write(strokes) {
  return { schema: SCHEMA, canvas: [CANVAS.wide, CANVAS.high], strokes: strokes.map((one) => ({
    colour: one.colour, width: one.width, points: one.points.flatMap((point) => [point.x, point.y, point.pressure]) })) };
}

/** The strokes of what was kept; an empty list for anything else. Another canvas is brought to ours. */
export function read(kept) {
  if (kept?.schema !== SCHEMA || !Array.isArray(kept.strokes) || !(kept.canvas?.[0] > 0) || !(kept.canvas?.[1] > 0)) return [];
  const grow = Math.min(CANVAS.wide / kept.canvas[0], CANVAS.high / kept.canvas[1]);
  return kept.strokes.map((one) => {
    const points = [];
    for (let i = 0; i + 2 < one.points.length; i += 3)
      points.push({ x: within(one.points[i] * grow, CANVAS.wide), y: within(one.points[i + 1] * grow, CANVAS.high), pressure: one.points[i + 2] });
    return { colour: one.colour, width: Math.max(1, Math.round(one.width * grow)), points };
  });
}

/** Draws strokes on a 2D context whose units are those of the canvas. */
export function paint(context, strokes) {
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    context.strokeStyle = rgbOf(stroke.colour);
    for (const run of runsOf(stroke)) {
      context.lineWidth = run.width;
      context.beginPath();
      context.moveTo(run.points[0].x, run.points[0].y);
      for (const point of run.points.slice(1)) context.lineTo(point.x, point.y);
      context.stroke();
    }
  }
}

/* -- by keyboard ------------------------------------------------------------------------------- */

/** Where the cursor is after a key, from a place; undefined for a key that moves nothing. */
export function cursorAfter(key, place, fine = false) {
  const step = fine ? 8 : 40;
  const [x, y] = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key] ?? [];
  return x === undefined ? undefined : { x: within(place.x + x, CANVAS.wide), y: within(place.y + y, CANVAS.high) };
}

/** In which ninth of the paper a place lies: "top.left", "middle.middle", "bottom.right". */
export function zoneOf(place) {
  const third = (part, names) => names[Math.min(2, Math.trunc(part * 3))];
  return `${third(place.y / CANVAS.high, ["top", "middle", "bottom"])}.${third(place.x / CANVAS.wide, ["left", "middle", "right"])}`;
}
