/* shared.js - after the yes: thanks, and the own sheet once it is open. */
import { get, Refusal } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { afterwards } from "./after.js";
import { showSheet } from "./sheet.js";

export async function showShared(here) {
  const { frame } = here;
  const staff = here.turn.me.role === "professional" || here.turn.me.role === "together";
  const own = h("div");
  let open = false;

  function thanks() {
    frame.show(h("div", { class: "stack-lg end" },
      h("h1", null, t("shared.title")),
      h("p", { class: "lead" }, t("shared.text")),
      h("p", { class: "subtle" }, t("shared.later")),
      h("div", { class: "row" },
        staff && h("a", { class: "button primary", href: "/staff" }, t("shared.staff")),
        h("button", { type: "button", class: "button", onclick: here.leave }, t("end.way.leave"))),
      own), { title: t("shared.title") });
  }

  /* Reading the sheet is written down, so it is asked for once, when it is there. */
  function look(ready) {
    if (open || !ready) return;
    open = true;
    showSheet(here, staff);
  }

  /* What this yes opened may be open by now; the event that says so may have come before the reply. */
  async function again() {
    try {
      here.turn = await get("/turn");
      if (here.turn.sheet) look(true);
      else fill(own, afterwards(here));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; /* the event comes, or the page is loaded anew */
    }
  }

  thanks();
  again();
  return { state: (now) => (now?.sheet ? again() : undefined), refuse: (text) => frame.tell(text) };
}
