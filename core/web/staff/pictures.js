/**
 * Drawings and photos side by side, as large as the screen allows: question by question, one for
 * each voice, in the order of the sheet. Nobody says what they mean but those who made them.
 */
import { fill, h, said } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { CANVAS, TYPE, paint, read } from "../kinds/strokes.js";
import { dialog, nameOf, notice, raise, refusalWords } from "./parts.js";

export function pictures(path, round) {
  const place = h("div", { class: "pictures" }, h("p", { role: "status" }, t("staff.waiting")));
  dialog(t("talk.pictures"), () => place, { wide: true });
  get(`${path}/result`).then((result) => {
    const rows = gather(result, round);
    fill(place, rows.length ? rows.map((row, i) => shown(path, row, i + 1)) : h("p", {}, t("talk.pictures.none")));
  }).catch((error) => { if (!raise(error)) fill(place, notice("refused", refusalWords(error))); });
}

/** [{item, voices: [{who, blob, type}]}] of the pictures in a result; what has none is left out. */
export function gather(result, round) {
  const rows = new Map();
  for (const voice of result.respondents) {
    const known = (round.persons || []).find((person) => person.person === voice.person);
    const role = (round.roles || []).find((one) => one.role === voice.role);
    const who = nameOf({ role: voice.role, title: role?.title, label: known?.label });
    for (const [item, answer] of Object.entries(voice.items || {})) {
      const { blob, type } = answer.value ?? {};
      if (!blob) continue;
      rows.set(item, [...(rows.get(item) || []), { who, blob, type }]);
    }
  }
  return [...rows].map(([item, voices]) => ({ item, voices }));
}

function shown(path, row, number) {
  return h("section", { class: "picture-row", "aria-label": t("talk.picture", { number }) }, row.voices.map((voice) =>
    h("figure", {}, one(`${path}/blob/${encodeURIComponent(voice.blob)}`, voice, t("talk.picture.of", { number, who: voice.who })),
      said("figcaption", voice.who))));
}

/* A photo as it is; a drawing is kept as its strokes and painted anew, sharp at any size. */
function one(path, voice, name) {
  if (voice.type !== TYPE) return h("img", { src: `/api/v1${path}`, alt: name });
  const canvas = h("canvas", { width: CANVAS.wide, height: CANVAS.high, role: "img", "aria-label": name });
  get(path).then(async (blob) => paint(canvas.getContext("2d"), read(JSON.parse(await blob.text()))))
    .catch((error) => { if (!raise(error)) canvas.replaceWith(notice("refused", refusalWords(error))); });
  return canvas;
}
