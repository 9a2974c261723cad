/* pause.js - pausing, going on elsewhere, stopping: said in words, done with one button each. */
import { Refusal } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
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

/* The own code is made once for where the person is; each new one ends the one before it. */
async function ownCode(here) {
  const seq = here.step?.seq;
  if (here.ownCode?.seq !== seq) here.ownCode = { seq, code: (await here.send("POST", "/turn/pause")).code };
  return here.ownCode.code;
}

/* Large, to be written down or copied. Where none can be made (nothing is kept, no network) the page
 * says nothing of it: the answers are there all the same. */
async function putCode(here, place) {
  try {
    const code = await ownCode(here);
    const copy = () => navigator.clipboard.writeText(code).then(() => fill(done, t("pause.copied")), () => {});
    const done = h("span", { class: "small", role: "status" });
    fill(place,
      h("p", null, t("pause.code")),
      h("p", { class: "own-code", dir: "ltr" }, code),
      !here.turn.handed && navigator.clipboard !== undefined && h("p", { class: "row" },
        h("button", { type: "button", class: "button subtle", onclick: copy }, t("pause.copy")), done),
      h("p", { class: "small subtle" }, t("pause.code_keep")));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Away from this device, unless something is still on its way: then whoever goes hears so first. */
export function askLeave(here, go) {
  if (here.unsent() === 0) return go();
  const dialog = openDialog(t("leave.unsent"), h("div", { class: "stack" },
    h("p", null, t("leave.unsent_text")),
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, t("leave.stay")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); go(); } }, t("leave.after")))),
  { close: false });
  return undefined;
}

/** The dialog of the button "pause" on every question. */
export function openPause(here) {
  const handed = here.turn.handed;
  const code = h("div", { class: "stack own-code-place", "aria-live": "polite" });
  const dialog = openDialog(t("pause.title"), h("div", { class: "stack" },
    h("p", null, t(here.unsent() > 0 ? "pause.unsent" : "pause.kept")),
    handed ? h("p", null, t("pause.handed"))
      : h("ul", { class: "stack" }, h("li", null, t("pause.here")), h("li", null, t("pause.elsewhere"))),
    code,
    h("div", { class: "ways" },
      h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, t("pause.on")),
      h("button", { type: "button", class: "button", onclick: () => { dialog.close(); here.leave(); } },
        t(handed ? "pause.give_back" : "end.way.leave")),
      here.step?.stands /* what was shared goes on standing: then stopping is leaving it as it was */
        ? h("button", { type: "button", class: "button subtle", onclick: () => { dialog.close(); here.stop(); } }, t("share.again.leave"))
        : h("button", { type: "button", class: "button subtle", onclick: () => { dialog.close(); sure(here); } }, t("pause.stop")))),
  { close: false });
  putCode(here, code);
}
