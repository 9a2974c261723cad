/* size.js - how large a photo becomes, and how that is said. Pure. */

/** The longest side of a photo that is sent, in pixels: enough to read a sheet of paper on a screen. */
export const SIDE = 1600;

/** The size at which the longer side is at most `most`; what is smaller stays. */
export function fitted(wide, high, most = SIDE) {
  const shrink = Math.min(1, most / Math.max(wide, high, 1));
  return { wide: Math.max(1, Math.round(wide * shrink)), high: Math.max(1, Math.round(high * shrink)) };
}

/** Bytes in words for a language: "240 kB", "1,2 MB". */
export function bytesIn(count, language) {
  const large = count >= 1e6;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: large ? 1 : 0 }).format(count / (large ? 1e6 : 1e3));
  return `${number} ${large ? "MB" : "kB"}`;
}
