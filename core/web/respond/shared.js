/* shared.js - after the yes: thanks, and the own sheet once it is open. */
import { get, Refusal } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { showSheet } from "./sheet.js";

/* Is the sheet there yet? The page as text; null while it waits. */
async function sheet() {
  try {
    return await get("/turn/sheet");
  } catch (error) {
    if (error instanceof Refusal && (error.status === 409 || error.status === 404 || error.passing)) return null;
    throw error;
  }
}

export async function showShared(here) {
  const { frame } = here;
  const staff = here.turn.me.role === "professional" || here.turn.me.role === "together";
  let open = false;

  function thanks() {
    frame.show(h("div", { class: "stack-lg end" },
      h("h1", null, t("shared.title")),
      h("p", { class: "lead" }, t("shared.text")),
      h("p", { class: "subtle" }, t("shared.later")),
      h("div", { class: "row" },
        staff && h("a", { class: "button primary", href: "/staff" }, t("shared.staff")),
        h("button", { type: "button", class: "button", onclick: here.leave }, t("end.way.leave")))), { title: t("shared.title") });
  }

  async function look() {
    if (open) return;
    const page = await sheet();
    if (page === null || open) return;
    open = true;
    showSheet(here, page, staff);
  }

  thanks();
  await look();
  return { state: look, refuse: (text) => frame.tell(text) };
}
