/* after.js - what stays a person's own after the yes: changing it, and taking everything back. */
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

/** The two buttons, as far as they would do something; null where neither would. */
export function afterwards(here) {
  const { may_correct: correct, may_withdraw: withdraw } = here.turn;
  if (!correct && !withdraw) return null;
  return h("section", { class: "stack no-print", "aria-labelledby": "after" },
    h("h2", { id: "after" }, t("after.heading")),
    h("div", { class: "row" },
      correct && h("button", { type: "button", class: "button", onclick: () => here.act("/turn/correct") }, t("after.correct")),
      withdraw && h("button", { type: "button", class: "button subtle", onclick: () => takeBack(here) }, t("after.withdraw"))));
}
