/* look.js - dark or light, size of the text, contrast: the switch that every page has.
 *
 * What somebody chose is kept in the tab (a respondent: gone with it and at the hand-over) or in the
 * browser (staff). What nobody chose follows the device. */
import { h } from "./dom.js";
import { t } from "./i18n.js";

const KEY = "verbond-look";
const CHOICES = {
  text: ["100", "125", "150", "200"],
  theme: ["auto", "light", "dark"],
  contrast: ["auto", "more"],
};
let store = null;

function read() {
  try {
    return JSON.parse(store?.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

function show(look) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const strong = matchMedia("(prefers-contrast: more)").matches;
  root.dataset.theme = look.theme === "dark" || look.theme === "light" ? look.theme : dark ? "dark" : "light";
  root.dataset.contrast = look.contrast === "more" || strong ? "more" : "normal";
  root.dataset.text = CHOICES.text.includes(look.text) ? look.text : "100";
}

function choose(name, value) {
  const look = { ...read(), [name]: value };
  try {
    store?.setItem(KEY, JSON.stringify(look));
  } catch { /* no room, or storage is closed: it holds until the page is left */ }
  show(look);
}

/** Takes the place where choices are kept (sessionStorage or localStorage) and shows them. */
export function startLook(storage) {
  store = storage;
  show(read());
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
    matchMedia(query).addEventListener("change", () => show(read()));
}

/** Forgets what was chosen: the next person begins afresh. */
export function forgetLook() {
  store?.removeItem(KEY);
  show({});
}

function group(name) {
  const now = read()[name] ?? CHOICES[name][0];
  const buttons = CHOICES[name].map((value) => h("button", {
    type: "button", class: "button look-choice", "data-look": `${name}-${value}`,
    "aria-pressed": String(value === now),
    onclick: (event) => {
      choose(name, value);
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === event.currentTarget));
    },
  }, name === "text" ? `${value} %` : t(`look.${name}.${value}`)));
  return h("fieldset", { class: "look-group" }, h("legend", { class: "label" }, t(`look.${name}`)), h("div", { class: "row" }, buttons));
}

/** The switch: three groups of buttons, to stand in a page or a dialog. */
export function lookPanel() {
  return h("div", { class: "look stack" }, group("text"), group("theme"), group("contrast"));
}
