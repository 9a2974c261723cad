/**
 * A case over time: one small picture for each scale, with every voice as it was shared. Gaps stay
 * open, lines break where the professional changed, nothing is smoothed, and nothing says whether
 * a line is good. The table under each picture holds the same.
 */
import { fill, h, said, svg } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { heading, nameOf, part, tongue } from "./parts.js";
import { fragment } from "./route.js";
import { shortDay } from "./days.js";
import { BOTTOM, TOP, place, whole } from "./lines.js";

const SIZE = { width: 340, height: 150 };

export async function show(host, id) {
  const found = await get(`/staff/cases/${encodeURIComponent(id)}/history?lang=${language()}`);
  const any = found.instruments.filter((one) => one.waves.length && one.scales.length);
  fill(host, h("p", { class: "up" }, h("a", { href: fragment("case", id), dir: "auto" }, found.case)),
    heading(t("history.title"), { "data-title": t("history.title") }),
    h("p", { class: "lead" }, t(any.length ? "history.lead" : "history.none")),
    any.map(instrument));
}

function instrument(one) {
  const voices = voicesOf(one), broken = one.waves.some((wave) => wave.break);
  const before = one.waves.some((wave) => wave.before), closed = one.waves[0]?.break;
  const order = [...one.scales].sort((a, b) => Number(a.negative) - Number(b.negative));
  return part(one.title || one.instrument,
    h("ul", { class: "legend", "aria-label": t("history.voices") }, voices.map((voice) => h("li", {}, mark(voice), said("span", voice.name)))),
    h("p", { class: "hint" }, t("history.read"), broken && !closed && [" ", t("history.break.hint")],
      before && [" ", t("history.before.hint")], closed && [" ", t("history.before.closed")]),
    h("div", { class: "lines" }, order.map((scale) => picture(scale, one.waves, voices))));
}

/* Every person of the scales once. Each has a shape and a letter, as on the sheet: a square for a
   professional, a circle for anybody else. */
function voicesOf(one) {
  const out = new Map();
  for (const voice of one.scales.flatMap((scale) => scale.voices)) {
    if (out.has(voice.person)) continue;
    const name = nameOf(voice), alike = [...out.values()].filter((other) => other.base === name).length;
    out.set(voice.person, { person: voice.person, professional: voice.role === "professional", base: name,
      name: alike ? t("history.another", { who: name, number: alike + 1 }) : name });
  }
  const voices = [...out.values()], taken = new Set();
  for (const voice of voices) {
    const letters = [[...voice.base][0].toLocaleUpperCase(tongue()), ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    voice.letter = letters.find((letter) => !taken.has(letter)) || "";
    taken.add(voice.letter);
  }
  return voices;
}

/* -- shapes ---------------------------------------------------------------------------------- */

function shape(voice, x, y) {
  return svg("g", {}, voice.professional
    ? svg("rect", { class: "voice-square", x: x - 7.5, y: y - 7.5, width: 15, height: 15 })
    : svg("circle", { class: "voice-circle", cx: x, cy: y, r: 8.5 }),
  svg("text", { class: voice.professional ? "letter-square" : "letter-circle", x, y: y + 3.7 }, voice.letter));
}

function mark(voice) {
  return svg("svg", { class: "mark", viewBox: "0 0 20 20", "aria-hidden": "true" }, shape(voice, 10, 10));
}

/* -- one scale ------------------------------------------------------------------------------- */

function picture(scale, waves, voices) {
  const at = place(scale, waves, SIZE), width = Math.max(at.width, 120), bottom = SIZE.height - BOTTOM;
  const drawn = svg("svg", { class: "history", viewBox: `0 0 ${width} ${SIZE.height}`, role: "img",
    "aria-label": t("history.picture", { scale: scale.title || scale.scale }) },
  svg("line", { class: "frame", x1: 4, x2: width - 4, y1: TOP, y2: TOP }),
  svg("line", { class: "frame", x1: 4, x2: width - 4, y1: bottom, y2: bottom }),
  at.breaks.map((x) => svg("line", { class: "break", x1: x, x2: x, y1: TOP - 6, y2: bottom + 6 })),
  waves.map((wave, i) => svg("text", { class: "wave-label", x: at.x[i], y: SIZE.height - 6 }, wave.wave)),
  at.voices.map((voice, i) => voice.lines.map((line) => svg("polyline", { class: known(voices, scale, i).professional ? "line-square" : "line-circle",
    points: line.map((point) => `${point.x},${point.y}`).join(" ") }))),
  at.voices.map((voice, i) => voice.points.map((point) => shape(known(voices, scale, i), point.x, point.y))));
  drawn.style.setProperty("max-inline-size", `${width * 1.25}px`);
  return h("figure", { class: "line-figure" }, h("figcaption", {}, said("h3", scale.title || scale.scale),
    scale.negative && h("p", { class: "hint" }, t("history.negative"))),
  h("div", { class: "line-box" }, h("span", { class: "end-word" }, t("history.more")), drawn, h("span", { class: "end-word" }, t("history.less"))),
  h("details", { class: "twin" }, h("summary", {}, t("history.table")), table(scale, waves, voices)));
}

function known(voices, scale, i) {
  return voices.find((voice) => voice.person === scale.voices[i].person);
}

function table(scale, waves, voices) {
  return h("table", { class: "rows-table" }, h("caption", {}, t("history.table.what")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("history.wave")),
      scale.voices.map((_, i) => h("th", { scope: "col", dir: "auto" }, known(voices, scale, i).name)))),
    h("tbody", {}, waves.map((wave, row) => h("tr", {},
      h("th", { scope: "row", dir: "auto" }, wave.wave, " ", h("span", { class: "subtle" }, shortDay(wave.released_at, tongue())),
        wave.before && h("span", { class: "subtle" }, ` (${t("history.before")})`),
        wave.break && h("span", { class: "subtle" }, ` (${t("history.break")})`)),
      scale.voices.map((voice) => h("td", {}, whole(voice.points[row]) === null ? t("history.gap") : String(whole(voice.points[row]))))))));
}
