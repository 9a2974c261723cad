/* pad.js - a sheet to draw on: finger, mouse, pen and keyboard, colours with their names.
 *
 * The canvas is focusable: arrow keys move a cursor over it, the space bar puts the pen down and
 * lifts it. What lies on it is strokes; the pixels are only how they look here. */
import { fill, freshId, h, svg } from "../lib/dom.js";
import { CANVAS, COLOURS, cursorAfter, makeDrawing, paint, placeUnder, pointOf, WIDTHS, zoneOf } from "./strokes.js";

const RUBBER = 24; /* units */

function icon(...paths) {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": 2,
    "stroke-linecap": "round", "stroke-linejoin": "round" }, paths.map((d) => svg("path", { d })));
}
const undoIcon = () => icon("M8 5L4 9l4 4", "M4 9h10a5 5 0 0 1 0 10H9");
const redoIcon = () => icon("M16 5l4 4-4 4", "M20 9H10a5 5 0 0 0 0 10h5");
const clearIcon = () => icon("M4 7h16", "M9 7V4h6v3", "M6 7l1 13h10l1-13");

/* One of several, as a radio that looks like a button. */
function choices(label, className, list, chosen, pick) {
  const name = freshId("pad");
  return h("fieldset", { class: `pad-set ${className}` }, h("legend", { class: "vh" }, label),
    list.map((one) => h("label", { class: "pad-choice" },
      h("input", { type: "radio", name, value: one.value, checked: one.value === chosen, onchange: () => pick(one.value) }),
      one.picture, h("span", null, one.text))));
}

/** Asks whether all of it may go; yes() when so. */
function askClear(host, yes) {
  const dialog = h("dialog", { class: "stack", "aria-labelledby": "pad-clear" },
    h("h2", { id: "pad-clear" }, host.t("draw.clear_ask")),
    h("div", { class: "row" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, host.t("draw.clear_no")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); yes(); } }, host.t("draw.clear_yes"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The sheet. strokes: what lies on it; changed(): something was drawn. { root, strokes(), focus(), dispose() }. */
export function makePad(host, strokes, changed) {
  const drawing = makeDrawing(strokes);
  let colour = "black", width = "middle", rubbing = false, pointer = null, cursor = null, down = false;

  const how = freshId("pad-how");
  const canvas = h("canvas", { class: "pad-canvas", tabindex: "0", role: "application", "aria-describedby": how, width: CANVAS.wide, height: CANVAS.high });
  const context = canvas.getContext("2d");

  /* -- how it looks -- */
  function size() {
    const wide = Math.round(canvas.getBoundingClientRect().width * Math.min(2, devicePixelRatio || 1));
    if (wide > 0 && wide !== canvas.width) {
      canvas.width = wide;
      canvas.height = Math.round(wide * CANVAS.high / CANVAS.wide);
    }
    look();
  }
  function cross() {
    context.strokeStyle = "#1d4f7c";
    context.lineWidth = 5;
    context.beginPath();
    for (const [x, y] of [[1, 0], [0, 1]]) {
      context.moveTo(cursor.x - 34 * x, cursor.y - 34 * y);
      context.lineTo(cursor.x + 34 * x, cursor.y + 34 * y);
    }
    context.stroke();
    if (down) {
      context.beginPath();
      context.arc(cursor.x, cursor.y, 20, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  function look() {
    const grow = canvas.width / CANVAS.wide;
    context.setTransform(grow, 0, 0, grow, 0, 0);
    context.fillStyle = "#fff";
    context.fillRect(0, 0, CANVAS.wide, CANVAS.high);
    paint(context, drawing.strokes);
    if (cursor !== null && document.activeElement === canvas) cross();
    const lines = drawing.strokes.length;
    canvas.setAttribute("aria-label", host.t(lines === 0 ? "draw.empty" : lines === 1 ? "draw.line" : "draw.lines", { n: lines }));
    undo.disabled = !drawing.canUndo;
    redo.disabled = !drawing.canRedo;
    clear.disabled = drawing.empty;
  }
  function done() {
    look();
    changed();
  }
  const widthNow = () => WIDTHS.find((one) => one.name === width).width;

  /* -- with a pointer -- */
  const under = (event) => pointOf(placeUnder(event.clientX, event.clientY, canvas.getBoundingClientRect()), event);
  function begin(point) {
    if (rubbing) return rub(point);
    if (drawing.begin(colour, widthNow(), point)) return true;
    host.announce(host.t("draw.full"));
    return false;
  }
  function rub(place) {
    return drawing.erase(place, RUBBER) > 0;
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointer !== null) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true, focusVisible: false });
    pointer = event.pointerId;
    cursor = null;
    down = false;
    drawing.end();
    canvas.setPointerCapture(pointer);
    begin(under(event));
    look();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length > 0 ? all : [event])
      if (rubbing) rub(under(one));
      else drawing.extend(under(one));
    look();
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    drawing.end();
    done();
  });

  /* -- with keys -- */
  function lift() {
    if (!down) return;
    down = false;
    drawing.end();
    host.announce(host.t("draw.pen_up"));
    done();
  }
  function press() {
    cursor ??= { x: CANVAS.wide / 2, y: CANVAS.high / 2 };
    if (rubbing) {
      host.announce(host.t(rub(cursor) ? "draw.rubbed" : "draw.nothing_here"));
      return done();
    }
    if (down) return lift();
    down = begin(pointOf(cursor));
    if (down) host.announce(host.t("draw.pen_down"));
    return look();
  }
  function move(next) {
    const zone = cursor === null ? "" : zoneOf(cursor);
    cursor = next;
    if (down) drawing.extend(pointOf(cursor));
    if (zoneOf(cursor) !== zone) {
      const [row, column] = zoneOf(cursor).split(".");
      host.announce(host.t("draw.at", { row: host.t(`draw.row.${row}`), column: host.t(`draw.column.${column}`) }));
    }
    look();
  }
  canvas.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = cursorAfter(event.key, cursor ?? { x: CANVAS.wide / 2, y: CANVAS.high / 2 }, event.shiftKey);
    if (next !== undefined) move(next);
    else if (event.key === " " || event.key === "Enter") press();
    else if (event.key === "Escape" && down) lift();
    else if (event.key === "Backspace" || event.key === "Delete") back();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", look);
  canvas.addEventListener("blur", () => { lift(); look(); });

  /* -- around it -- */
  function back() {
    drawing.end();
    down = false;
    drawing.undo();
    host.announce(host.t("draw.undone"));
    done();
  }
  const tool = (picture, word, go) => h("button", { type: "button", class: "pad-choice pad-tool", onclick: go }, picture, h("span", null, host.t(word)));
  const undo = tool(undoIcon(), "draw.undo", back);
  const redo = tool(redoIcon(), "draw.redo", () => { drawing.redo(); host.announce(host.t("draw.redone")); done(); });
  const clear = tool(clearIcon(), "draw.clear", () => askClear(host, () => { drawing.clear(); host.announce(host.t("draw.cleared")); done(); canvas.focus(); }));
  const swatch = (rgb) => svg("svg", { class: "pad-swatch", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("circle", { cx: 12, cy: 12, r: 10, fill: rgb }));
  const line = (wide) => svg("svg", { class: "pad-line", viewBox: "0 0 48 24", "aria-hidden": "true" },
    svg("path", { d: "M8 12H40", stroke: "currentColor", "stroke-linecap": "round", "stroke-width": Math.max(2.5, wide / 2.4) }));
  const rubber = () => icon("M14 4l6 6-9 9H7l-3-3z", "M9 9l6 6", "M11 19h9");
  const pens = [...WIDTHS.map((one) => ({ value: one.name, text: host.t(`draw.width.${one.name}`), picture: line(one.width) })),
    { value: "rubber", text: host.t("draw.rubber"), picture: rubber() }];

  const root = h("div", { class: "pad" });
  fill(root,
    h("div", { class: "pad-bar" },
      choices(host.t("draw.colour"), "pad-colours", COLOURS.map((one) => ({ value: one.name, text: host.t(`draw.colour.${one.name}`), picture: swatch(one.rgb) })),
        colour, (value) => { colour = value; if (rubbing) { rubbing = false; root.querySelector(`[value="${width}"]`).checked = true; } }),
      choices(host.t("draw.pen"), "pad-pens", pens, width, (value) => { rubbing = value === "rubber"; if (!rubbing) width = value; }),
      h("div", { class: "pad-set pad-tools" }, undo, redo, clear)),
    canvas,
    h("p", { class: "hint pad-how", id: how }, host.t("draw.how")));
  const watch = new ResizeObserver(size);
  watch.observe(canvas);
  look();

  return {
    root,
    strokes: () => drawing.strokes,
    focus: () => canvas.focus(),
    dispose: () => watch.disconnect(),
  };
}
