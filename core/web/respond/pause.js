/* pause.js - pausing, going on elsewhere, stopping: said in words, done with one button each. */
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openDialog } from "./frame.js";

function sure(here) {
  const dialog = openDialog(t("stop.title"), h("div", { class: "stack" },
    h("p", null, t("stop.text")),
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, t("stop.on")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); here.stop(); } }, t("stop.go")))),
  { close: false });
}

/** The dialog of the button "pause" on every question. */
export function openPause(here) {
  const handed = here.turn.handed;
  const dialog = openDialog(t("pause.title"), h("div", { class: "stack" },
    h("p", null, t("pause.kept")),
    handed ? h("p", null, t("pause.handed"))
      : h("ul", { class: "stack" }, h("li", null, t("pause.here")), h("li", null, t("pause.elsewhere"))),
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, t("pause.on")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); here.leave(); } },
        t(handed ? "pause.give_back" : "end.way.leave")),
      here.step?.stands /* what was shared goes on standing: then stopping is leaving it as it was */
        ? h("button", { type: "button", class: "button subtle", onclick: () => { dialog.close(); here.stop(); } }, t("share.again.leave"))
        : h("button", { type: "button", class: "button subtle", onclick: () => { dialog.close(); sure(here); } }, t("pause.stop")))),
  { close: false });
}
