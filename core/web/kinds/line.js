/* line.js - places on a line: 0 to 1000, from where reading begins to where it ends. Pure. */

/** The place under a pointer: x on a line that begins at start and is width wide. */
export function placeAt(x, start, width, rightToLeft = false) {
  if (!(width > 0)) return 0;
  const part = (x - start) / width;
  return Math.round(Math.min(1, Math.max(0, rightToLeft ? 1 - part : part)) * 1000);
}

const SMALL = 10, LARGE = 100;

/**
 * The place a key leads to from a place; undefined for a key that means nothing here. Left and right
 * are as they look; up is more. From nowhere (undefined) only Home and End lead anywhere: any other
 * place to begin from would pull the answer.
 */
export function placeAfter(key, place, rightToLeft = false) {
  if (key === "Home") return 0;
  if (key === "End") return 1000;
  if (place === undefined) return undefined;
  const on = rightToLeft ? -1 : 1;
  const step = { ArrowRight: on * SMALL, ArrowLeft: -on * SMALL, ArrowUp: SMALL, ArrowDown: -SMALL, PageUp: LARGE, PageDown: -LARGE }[key];
  return step === undefined ? undefined : Math.min(1000, Math.max(0, place + step));
}

export const BUTTONS = 11;

/** The place of button at, from 0; and the button whose place this is, -1 for none. */
export function placeOfButton(at) {
  return (at * 1000) / (BUTTONS - 1);
}
export function buttonOfPlace(place) {
  const at = (place * (BUTTONS - 1)) / 1000;
  return Number.isInteger(at) ? at : -1;
}

/** How near a place is to an end, for words: "at", "by", "near", "towards" that end, or "middle". */
export function zoneOf(place) {
  const away = Math.min(place, 1000 - place);
  if (away === 0) return "at";
  if (away <= 100) return "by";
  if (away <= 300) return "near";
  return away < 480 ? "towards" : "middle";
}
