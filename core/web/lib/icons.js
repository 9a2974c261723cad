/* icons.js - small pictures of our own, drawn with the colour of the words beside them. */
import { svg } from "./dom.js";

function icon(className, ...paths) {
  return svg("svg", { viewBox: "0 0 24 24", width: 24, height: 24, class: className, "aria-hidden": "true", fill: "none",
    stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" },
  paths.map((d) => svg("path", { d })));
}

export const arrow = () => icon("turns", "M19 12H5", "M11 6l-6 6 6 6");
export const pause = () => icon("", "M9 6v12", "M15 6v12");
export const check = () => icon("", "M5 12.5l4.5 4.5L19 7.5");
export const cross = () => icon("", "M6 6l12 12", "M18 6L6 18");
export const look = () => icon("", "M3 18l4.5-12L12 18", "M4.6 14h5.8", "M15 18l3-8 3 8", "M16.1 15.3h3.8");
export const hidden = () => icon("", "M4 4l16 16", "M9.9 5.2A9.7 9.7 0 0 1 12 5c6 0 9 7 9 7a15 15 0 0 1-2.6 3.6",
  "M6.3 6.9A14.6 14.6 0 0 0 3 12s3 7 9 7c1.600 0 3-.4 4.200-1.100", "M10 10a2.900 2.900 0 0 0 4 4");
export const change = () => icon("", "M5 19l1-4L16 5l3 3L9 18z", "M14 7l3 3");
