/* plane.js - places in a plane, the arithmetic of triangle and collage: 0 to 1000 from the left and
 * from below. What a place means is for those who put something there. Pure. */

const PLANE = 1000;
const within = (value) => Math.min(PLANE, Math.max(0, Math.round(value)));

/** The place under a pointer, in the box of the field; margin: how far from its edge places begin. */
export function placeUnder(x, y, box, margin = 0) {
  const part = (at, from, size) => (at - from - margin) / Math.max(1, size - 2 * margin);
  return { x: within(part(x, box.left, box.width) * PLANE), y: within((1 - part(y, box.top, box.height)) * PLANE) };
}

/** The place a key leads to; undefined for a key that moves nothing. Arrows are as they look. */
export function placeAfter(key, place, fine = false) {
  const step = fine ? 5 : 40;
  const [x, y] = { ArrowRight: [step, 0], ArrowLeft: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[key] ?? [];
  return x === undefined ? undefined : { x: within(place.x + x), y: within(place.y + y) };
}

/** A turn in degrees, 0 to 359. */
export function turned(turn, by) {
  return (((turn + by) % 360) + 360) % 360;
}

/** As it is said: hundredths, as on the sheet. */
export function hundredths(place) {
  return Math.floor((place + 5) / 10);
}

/** Where the next piece is put down, so that it hides none that lies there. */
export function freePlace(taken) {
  for (let i = 0; i < 25; i++) {
    const place = { x: 500 + ((i % 5) * 160 + 160) % 800 - 320, y: 500 + (Math.trunc(i / 5) * 160 + 160) % 800 - 320 };
    if (i === 0 && !taken.some((one) => Math.hypot(one.x - 500, one.y - 500) < 120)) return { x: 500, y: 500 };
    if (!taken.some((one) => Math.hypot(one.x - place.x, one.y - place.y) < 120)) return place;
  }
  return { x: 500, y: 500 };
}

/** The letter of each word, or its number where two begin alike. */
export function lettersOf(words) {
  const first = words.map((word) => (Array.from(word.trim())[0] ?? "").toLocaleUpperCase());
  return first.map((letter, at) => (letter === "" || first.some((other, i) => i !== at && other === letter) ? String(at + 1) : letter));
}
