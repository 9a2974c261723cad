/* text.js - own words. How much room is left is said near the end, not before. */
import { freshId, h } from "../lib/dom.js";

const NEAR = 60;

/** Characters as the engine counts them: code points. */
export function lengthOf(text) {
  return [...text].length;
}

export function control(item, offered, host) {
  const most = item.max ?? 2000, id = freshId("left");
  const left = h("p", { class: "hint counter", id, role: "status" });
  const field = h("textarea", { class: "input", dir: "auto", rows: "4", "aria-labelledby": host.heading, "aria-describedby": id,
    spellcheck: "true", oninput: () => { count(); grow(); host.changed(); } });
  field.value = offered ?? "";

  function count() {
    const room = most - lengthOf(field.value.trim());
    left.textContent = room >= NEAR ? "" : host.t(room < 0 ? "kind.text_over" : "kind.text_left", { n: Math.abs(room) });
    field.setAttribute("aria-invalid", String(room < 0));
  }
  function grow() {
    field.style.setProperty("block-size", "auto");
    field.style.setProperty("block-size", `${field.scrollHeight + 4}px`);
  }
  count();
  return {
    root: h("div", { class: "field" }, field, left),
    read() {
      const text = field.value.trim();
      return text === "" || lengthOf(text) > most ? undefined : text;
    },
    problem() {
      const over = lengthOf(field.value.trim()) - most;
      return over > 0 ? host.t("kind.text_over", { n: over }) : null;
    },
    focus: () => field.focus(),
    dispose() {},
  };
}
