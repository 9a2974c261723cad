/**
 * A browser that was handed over: nothing but the code. It says nothing about the round, nor about
 * who has it in their hands.
 */
import { fill, h } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { fragment } from "./route.js";
import { button, field, form, heading } from "./parts.js";

export async function show(host, id, desk) {
  const code = field(t("staff.locked.code"), {
    type: "password", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "12" });
  const made = form(t("staff.locked.back"), async () => {
    try {
      await send("POST", "/staff/handover/code", { code: code.input.value.trim() });
    } catch (error) {
      if (error.status === 429 && !(error.body?.retry > 0)) only();
      if (error.code === "sign_in" || ![401, 403, 422].includes(error.status)) throw error;
      code.input.value = "";
      desk.me = await get("/staff/me");
      if (desk.me.handed?.left === 0) return only();
      made.refuse(t("staff.locked.refused"));
      return code.input.focus();
    }
    const { round } = desk.me.handed;
    desk.me = await get("/staff/me");
    sessionStorage.setItem("verbond.staff.back", fragment("round", round));
    return desk.again();
  }, [code]);
  const again = h("div", { class: "aside", hidden: true, role: "alert" });
  // No code is heard any more: from here on only signing in helps.
  function only() {
    made.hidden = true;
    again.hidden = false;
    fill(again, h("p", null, t("locked.spent")), h("p", null, button(t("staff.locked.sign"), () => desk.sign())));
  }
  fill(host, h("div", { class: "narrow" }, heading(t("staff.locked")),
    h("p", { class: "lead" }, t("staff.locked.lead")), made, again,
    h("p", { class: "aside" }, h("a", { href: "/r" }, t("staff.locked.on")))));
  if (desk.me.handed?.left === 0) only();
}
