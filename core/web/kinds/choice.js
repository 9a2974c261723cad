/* choice.js - one answer or several, and "something else" in own words where that is allowed. */
import { freshId, h } from "../lib/dom.js";
import { answerList, pictureOf } from "./answers.js";

const OTHER = "\u0000other"; /* no option's id */

export function control(item, offered, host) {
  const most = item.max > 1 ? item.max : 1;
  const given = offered === undefined ? [] : [offered].flat();
  const words = given.find((one) => typeof one === "object")?.other ?? "";
  const options = item.options.map((one) => ({ key: one.id, text: one.text, picture: pictureOf(one, host) }));
  if (item.other) options.push({ key: OTHER, text: host.t("kind.other") });
  const id = freshId("other");
  const own = h("input", { class: "input", id, type: "text", dir: "auto", maxlength: "200", value: words, oninput: host.changed });
  const ownField = h("div", { class: "field own-words", hidden: words === "" }, h("label", { for: id }, host.t("kind.other_what")), own);
  const list = answerList({
    options,
    picked: given.map((one) => (typeof one === "object" ? OTHER : one)),
    most,
    changed: () => {
      ownField.hidden = !list.picked().includes(OTHER); /* the focus stays: it may be passing by arrow */
      host.changed();
    },
    full: () => {
      const text = host.t("kind.most", { n: most });
      limit.textContent = text;
      host.announce(text);
    },
  });
  const limit = h("p", { class: "hint" }, most > 1 ? host.t("kind.most", { n: most }) : "");

  function read() {
    const picked = list.picked().map((key) => (key === OTHER ? { other: own.value.trim() } : key));
    if (picked.length === 0) return undefined;
    if (picked.some((one) => one.other === "")) return undefined;
    return most > 1 ? picked : picked[0];
  }
  return {
    root: h("div", { class: "stack" }, most > 1 && limit, list.root, item.other && ownField),
    read,
    problem: () => (list.picked().includes(OTHER) && own.value.trim() === "" ? host.t("kind.other_empty") : null),
    focus: () => (!ownField.hidden && own.value.trim() === "" ? own.focus() : list.focus()),
    dispose() {},
  };
}
