/* code.js - the short code of an invitation. Pure. */

/** What somebody typed, whatever the case, spaces and dashes: "k7mq 2xwd" is "K7MQ-2XWD". */
export function readCode(typed) {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return letters.length === 8 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : letters;
}
