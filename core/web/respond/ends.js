/* ends.js - the calm pages: where it is over, unknown, waiting, or somewhere else. None of them holds
 * anything of anybody. */
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * A page of a heading and a sentence: end.NAME.title and end.NAME.text. ways: buttons under it, the
 * first of them primary: { again } try again, { code } type a code, { here } go on here,
 * { leave } away from this device.
 */
export function calmPage(frame, name, ways = {}) {
  const buttons = Object.entries(ways).map(([way, go], at) =>
    h("button", { type: "button", class: at === 0 ? "button primary" : "button", onclick: go }, t(`end.way.${way}`)));
  frame.calm();
  frame.show(h("div", { class: "stack-lg end" },
    h("h1", null, t(`end.${name}.title`)),
    h("p", { class: "lead" }, t(`end.${name}.text`)),
    buttons.length > 0 && h("div", { class: "row" }, buttons)), { title: t(`end.${name}.title`) });
}
