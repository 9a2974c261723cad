/* listen.js - the button that reads aloud what stands on the screen. */

/** Nothing where there is no voice: a list of { text, audio }. */
export function listenButton(here, texts) {
  return here.aloud === undefined || here.aloud === null ? null : here.aloud.button(texts.filter((one) => one?.audio));
}
