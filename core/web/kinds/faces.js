/* faces.js - labelled answers with faces: the instrument's pictures, else our own line drawings,
 * which have no skin, no hair and no gender. */
import { svg } from "../lib/dom.js";
import { pictureOf } from "./answers.js";
import { control as likert } from "./likert.js";

/** How far the mouth of face at of count goes down (+) or up (-), -7 to 7: evenly spread. */
export function mouthOf(at, count) {
  return count < 2 ? 0 : (at / (count - 1)) * 14 - 7;
}

export function face(at, count) {
  const bend = mouthOf(at, count), y = 31 - bend / 2;
  return svg("svg", { viewBox: "0 0 48 48", class: "face", "aria-hidden": "true", fill: "none", stroke: "currentColor",
    "stroke-width": 2.5, "stroke-linecap": "round" },
  svg("circle", { cx: 24, cy: 24, r: 20 }),
  svg("circle", { cx: 17, cy: 20, r: 1.6, fill: "currentColor" }),
  svg("circle", { cx: 31, cy: 20, r: 1.6, fill: "currentColor" }),
  svg("path", { d: `M15 ${y} Q24 ${y + 2 * bend} 33 ${y}` }));
}

export function control(item, offered, host) {
  return likert(item, offered, host, (option, where, at, count) => pictureOf(option, where) ?? face(at, count));
}
