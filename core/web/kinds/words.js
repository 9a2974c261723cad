/* words.js - words to pick as chips, and own words beside them. */
import { fill, freshId, h } from "../lib/dom.js";
import { cross } from "../lib/icons.js";

export function control(item, offered, host) {
  const options = item.options ?? [];
  const most = item.max > 0 ? item.max : Infinity;
  const given = offered === undefined ? [] : offered;
  const picked = new Set(given.filter((one) => options.some((option) => option.id === one)));
  let own = given.filter((one) => !picked.has(one));
  const full = () => picked.size + own.length >= most;
  const hint = h("p", { class: "hint" }, most === Infinity ? "" : host.t("kind.words_most", { n: most }));

  function tooMany() {
    host.announce(host.t("kind.words_most", { n: most }));
  }

  const chips = h("div", { class: "chips" }, options.map((one) => {
    const input = h("input", { type: "checkbox", value: one.id, checked: picked.has(one.id), onchange: () => {
      if (input.checked && full()) { input.checked = false; return tooMany(); }
      if (input.checked) picked.add(one.id); else picked.delete(one.id);
      return host.changed();
    } });
    return h("label", { class: "chip" }, input, h("span", { dir: "auto" }, one.text));
  }));

  /* -- own words -- */
  const mine = h("ul", { class: "chips own-chips", "aria-label": host.t("kind.words_own") });
  const id = freshId("word");
  const field = h("input", { class: "input", id, type: "text", dir: "auto", maxlength: "60", enterkeyhint: "done" });
  const add = h("button", { type: "button", class: "button", onclick: put }, host.t("kind.words_add"));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || field.value.trim() === "") return;
    event.preventDefault();
    put();
  });

  /* Takes what stands in the field. */
  function put() {
    const word = field.value.trim();
    field.focus();
    if (word === "") return;
    if (full() && !own.includes(word)) {
      tooMany();
      return;
    }
    field.value = "";
    if (own.includes(word)) return;
    own.push(word);
    draw();
    host.announce(host.t("kind.words_added", { word }));
    host.changed();
  }
  function take(word) {
    own = own.filter((one) => one !== word);
    draw();
    host.announce(host.t("kind.words_gone", { word }));
    field.focus();
    host.changed();
  }
  function draw() {
    mine.hidden = own.length === 0;
    fill(mine, own.map((word) => h("li", { class: "chip own-chip" }, h("bdi", null, word),
      h("button", { type: "button", class: "chip-away", "aria-label": host.t("kind.words_away", { word }), onclick: () => take(word) }, cross()))));
  }
  draw();
  /* A word stands in the field that has no room any more: it is not dropped unsaid. */
  function tooFull() {
    const typed = field.value.trim();
    return typed !== "" && full() && !own.includes(typed);
  }

  return {
    root: h("div", { class: "stack" }, hint.textContent !== "" && hint, options.length > 0 && chips, mine,
      item.own !== false && h("div", { class: "field" }, h("label", { for: id }, host.t(options.length > 0 ? "kind.words_own" : "kind.words_field")),
        h("div", { class: "row fields" }, field, add))),
    read() {
      const typed = field.value.trim(); /* typed, and not yet added: it was meant */
      if (tooFull()) return undefined;
      const all = [...options.filter((one) => picked.has(one.id)).map((one) => one.id), ...own];
      if (typed !== "" && !all.includes(typed)) all.push(typed);
      return all.length === 0 ? undefined : all;
    },
    problem: () => (tooFull() ? host.t("kind.words_most", { n: most }) : null),
    focus: () => (tooFull() ? field : chips.querySelector("input") ?? field).focus(),
    dispose() {},
  };
}
