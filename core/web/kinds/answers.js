/* answers.js - answers as large labelled targets: one of several (radio) or some of them
 * (checkbox), in rows, or as tiles where they have pictures. Shared by the kinds that choose. */
import { freshId, h } from "../lib/dom.js";

/**
 * A list of answers. options: { key, text, picture (an element) }; picked: keys that are chosen;
 * most: how many may be (1: one); full: called instead of choosing one too many.
 * Gives { root, picked(), focus() }.
 */
export function answerList({ options, picked = [], most = 1, changed, full = () => {} }) {
  const name = freshId("answers"), type = most === 1 ? "radio" : "checkbox";
  const tiles = options.some((one) => one.picture);
  const inputs = new Map();
  for (const one of options) {
    const input = h("input", { type, name, value: one.key, checked: picked.includes(one.key), onchange: () => {
      if (type === "checkbox" && input.checked && count() > most) {
        input.checked = false;
        full();
      }
      changed();
    } });
    inputs.set(one.key, input);
  }
  const count = () => [...inputs.values()].filter((input) => input.checked).length;
  const root = h("div", { class: tiles ? "answers tiles" : "answers" },
    options.map((one) => h("label", { class: "answer" }, inputs.get(one.key),
      one.picture && h("span", { class: "answer-picture" }, one.picture),
      h("span", { class: "answer-text", dir: "auto" }, one.text))));
  return {
    root,
    picked: () => options.filter((one) => inputs.get(one.key).checked).map((one) => one.key),
    focus: () => (root.querySelector("input:checked") ?? root.querySelector("input"))?.focus(),
  };
}

/** The picture of an answer by its name in the instrument. It says what the words beside it say, so one
 * that cannot be had is left out. */
export function pictureOf(option, host) {
  return option.picture ? h("img", { src: host.picture(option.picture), alt: "", draggable: "false",
    onerror: (event) => event.target.remove() }) : null;
}
