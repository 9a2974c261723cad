/* index.js - which module asks for which kind of item.
 *
 * Each exports control(item, offered, host) -> { root, read(), focus(), dispose(), problem() }.
 * offered is the value as answer files spell it, undefined when there is none. read() gives such a
 * value, or undefined while nothing was given that may be sent; it changes nothing and says nothing.
 * problem(), where a kind has it, says why there is none: words, or null. root stands in a fieldset
 * whose legend has the id host.heading; host has t, announce(text), changed(), language, direction,
 * picture(name) -> address, image(blob, type, keep) -> Promise of a value, and kept(digest) -> Promise of a
 * picture that was given before. settle(),
 * where a kind has it, brings what has to go before the answer (a picture) and resolves to the value
 * that is sent; it may throw a Refusal. What read() gives is then only a draft. */

import { Refusal } from "../lib/api.js";

const MODULES = {
  likert: () => import("./likert.js"),
  faces: () => import("./faces.js"),
  vas: () => import("./vas.js"),
  yesno: () => import("./yesno.js"),
  choice: () => import("./choice.js"),
  words: () => import("./words.js"),
  text: () => import("./text.js"),
  number: () => import("./number.js"),
  date: () => import("./date.js"),
  draw: () => import("./draw.js"),
  photo: () => import("./photo.js"),
  triangle: () => import("./triangle.js"),
  collage: () => import("./collage.js"),
};

/** The control of a kind: a Promise of the function. Throws a Refusal while it cannot be loaded. */
export async function kindOf(name) {
  try {
    return (await MODULES[name]()).control;
  } catch (error) {
    throw new Refusal(0, "offline", error.message);
  }
}

/** Loads all of them, so that no question waits for its module later. */
export function preloadKinds() {
  return Promise.allSettled(Object.values(MODULES).map((load) => load()));
}
