/* photo.js - a photo of something on paper or in the room: the same ways, the photo first. */
import { makingControl } from "./making.js";

export function control(item, offered, host) {
  return makingControl(item, offered, host, ["photo", "draw", "words", "scribe", "paper"]);
}
