/* after.js - what stays a person's own after the yes: changing it, taking everything back, and who sees
 * what they shared with an earlier worker. */
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openDialog } from "./frame.js";

/** Asks once more, then takes back everything. */
export function takeBack(here) {
  const dialog = openDialog(t("after.title"), h("div", { class: "stack" },
    h("p", null, t("after.text")),
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, t("after.keep")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); here.act("/turn/withdraw"); } }, t("after.go")))),
  { close: false });
}

/* Shown or not, and the other way round at one press; where what was given does not show, only back. */
function before(here) {
  const { shown_before: shown, earlier: elsewhere } = here.turn;
  if (shown === null) return null;
  return h("section", { class: "stack no-print", "aria-labelledby": "before" },
    h("h2", { id: "before" }, t("after.before")),
    h("p", null, t(shown ? "after.before.shown" : "after.before.hidden")),
    (shown || !elsewhere) && h("div", { class: "row" }, h("button", { type: "button", class: "button",
      onclick: () => here.act("/turn/earlier", { on: !shown }) }, t(shown ? "after.before.hide" : "after.before.show"))));
}

/** What would do something now, as buttons; nothing where nothing would. */
export function afterwards(here) {
  return [before(here), own(here)];
}

function own(here) {
  const { may_correct: correct, may_withdraw: withdraw } = here.turn;
  if (!correct && !withdraw) return null;
  return h("section", { class: "stack no-print", "aria-labelledby": "after" },
    h("h2", { id: "after" }, t("after.heading")),
    h("div", { class: "row" },
      correct && h("button", { type: "button", class: "button", onclick: () => here.act("/turn/correct") }, t("after.correct")),
      withdraw && h("button", { type: "button", class: "button subtle", onclick: () => takeBack(here) }, t("after.withdraw"))));
}
