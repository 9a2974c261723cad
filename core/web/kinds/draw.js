/* draw.js - something that is made: drawn here, photographed, in key words, or on paper only. */
import { makingControl } from "./making.js";

export function control(item, offered, host) {
  return makingControl(item, offered, host, ["draw", "photo", "words", "scribe", "paper"]);
}
