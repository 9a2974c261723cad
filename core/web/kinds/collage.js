/* collage.js - a picture of pieces; where the question offers it a drawing, a photo, words, paper. */
import { makingControl } from "./making.js";

export function control(item, offered, host) {
  return makingControl(item, offered, host, ["pieces", "draw", "photo", "words", "scribe", "paper"]);
}
