/* made.js - a drawing or photo among the own answers, small. The words beside it say what it is, so a
 * screen reader passes it over. It comes from the server each time, and stays in no cache. */
import { h, svg } from "../lib/dom.js";
import { CANVAS, read, rgbOf, runsOf, TYPE } from "../kinds/strokes.js";

const addressOf = (blob) => `/api/v1/turn/image/${encodeURIComponent(blob)}`;

/** Strokes as lines that scale: as they look on the sheet. */
export function linesOf(strokes) {
  return strokes.flatMap((stroke) => runsOf(stroke).map((run) => ({ colour: rgbOf(stroke.colour), width: run.width,
    path: run.points.map((point, at) => `${at === 0 ? "M" : "L"}${point.x} ${point.y}`).join("") })));
}

function pictureOf(strokes) {
  return svg("svg", { viewBox: `0 0 ${CANVAS.wide} ${CANVAS.high}`, "aria-hidden": "true", focusable: "false" },
    svg("g", { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" },
      linesOf(strokes).map((one) => svg("path", { stroke: one.colour, "stroke-width": one.width, d: one.path }))));
}

async function fetchStrokes(blob) {
  const reply = await fetch(addressOf(blob), { credentials: "same-origin", cache: "no-store" });
  if (!reply.ok) throw new Error(String(reply.status));
  return read(await reply.json());
}

/** Of an answer's value: null where it is no picture. One that is not there any more leaves no place. */
export function madeOf(value) {
  if (typeof value?.blob !== "string") return null;
  const place = h("div", { class: "own-made" });
  const gone = () => place.remove();
  if (value.type === TYPE) fetchStrokes(value.blob).then((strokes) => place.append(pictureOf(strokes)), gone);
  else place.append(h("img", { src: addressOf(value.blob), alt: "", onerror: gone }));
  return place;
}
