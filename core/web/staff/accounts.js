/** The administrator sees who may sign in, and closes an account. Never an answer, never a case. */
import { fill, h } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { button, confirm, heading, state, tongue, word } from "./parts.js";
import { moment } from "./days.js";

export async function show(host, id, desk) {
  const { accounts } = await get("/staff/accounts");
  fill(host, heading(t("staff.accounts"), { "data-title": t("staff.accounts") }), h("p", { class: "lead" }, t("staff.accounts.lead")),
    h("ul", { class: "rows", "aria-label": t("staff.accounts") }, accounts.map((one) => h("li", { class: "right" },
      h("div", {}, h("strong", { dir: "auto" }, one.name), " ",
        h("span", { class: "subtle" }, one.roles.map((role) => word("staff.staff_role", role)).join(", ")),
        h("p", { class: "subtle small" }, one.seen ? t("staff.accounts.seen", { when: moment(one.seen, tongue(), new Date()) }) : t("staff.accounts.never"),
          " · ", t(one.totp ? "staff.accounts.totp" : "staff.accounts.no_totp"))),
      h("div", { class: "acts" }, state(one.disabled ? "over" : "done", t(one.disabled ? "staff.accounts.disabled" : "staff.accounts.may")),
        !one.disabled && one.name !== desk.me.name && button(t("staff.accounts.disable"), () =>
          confirm(t("staff.accounts.disable"), t("staff.accounts.disable.does", { name: one.name }), t("staff.accounts.disable"), async () => {
            await send("POST", `/staff/accounts/${encodeURIComponent(one.name)}/disable`);
            await desk.again();
          }, { grave: true }), { suffix: one.name }))))));
}
