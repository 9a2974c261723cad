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
    type: "password", inputmode: "numeric", autocomplete: "off", maxlength: "12" });
  const made = form(t("staff.locked.back"), async () => {
    try {
      await send("POST", "/staff/handover/code", { code: code.input.value.trim() });
    } catch (error) {
      if (error.status === 429) again.hidden = false; // from here on only signing in helps
      if (error.code === "sign_in" || ![401, 403, 422].includes(error.status)) throw error;
      code.input.value = "";
      made.refuse(t("staff.locked.refused"));
      code.input.focus();
      return;
    }
    const { round } = desk.me.handed;
    desk.me = await get("/staff/me");
    sessionStorage.setItem("verbond.staff.back", fragment("round", round));
    await desk.again();
  }, [code]);
  const again = h("p", { class: "aside", hidden: true }, button(t("staff.locked.sign"), () => desk.sign()));
  fill(host, h("div", { class: "narrow" }, heading(t("staff.locked")),
    h("p", { class: "lead" }, t("staff.locked.lead")), made, again,
    h("p", { class: "aside" }, h("a", { href: "/r" }, t("staff.locked.on")))));
}
