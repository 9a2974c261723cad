/** The privacy officer reads who looked at what, by period and by case. */
import { announce, fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { has, t } from "../lib/i18n.js";
import { field, form, heading, notice, tongue } from "./parts.js";
import { dayHere } from "./days.js";

export async function show(host) {
  const today = dayHere(), month = dayHere(-30);
  const from = field(t("staff.audit.from"), { type: "date", value: month, max: today });
  const to = field(t("staff.audit.to"), { type: "date", value: today, max: today });
  const about = field(t("staff.audit.case"), { hint: t("staff.audit.case.hint"), maxlength: "64", autocapitalize: "none", spellcheck: "false" });
  const list = h("div", { class: "audit-list" });
  const look = async () => {
    const asked = new URLSearchParams();
    for (const [name, one] of [["from", from], ["to", to], ["case", about]]) {
      if (one.input.value.trim()) asked.set(name, one.input.value.trim());
    }
    const found = await get(`/staff/audit?${asked}`);
    fill(list, table(found));
    announce(t("staff.audit.count", { count: found.rows.length }));
  };
  fill(host, heading(t("staff.audit"), { "data-title": t("staff.audit") }), h("p", { class: "lead" }, t("staff.audit.lead")),
    form(t("staff.audit.look"), look, [h("div", { class: "grid" }, from, to, about)]), list);
}

function table({ rows, whole }) {
  if (!rows.length) return h("p", {}, t("staff.audit.none"));
  const time = new Intl.DateTimeFormat(tongue(), { dateStyle: "short", timeStyle: "medium" });
  return [whole === false && notice("info", t("staff.audit.more")),
    h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("staff.audit") },
      h("table", { class: "rows-table" },
        h("thead", {}, h("tr", {}, ["time", "action", "subject", "by", "on_behalf"].map((name) =>
          h("th", { scope: "col" }, t(`staff.audit.${name}`))))),
        h("tbody", {}, rows.map((row) => h("tr", {}, h("td", {}, time.format(new Date(row.time))),
          h("th", { scope: "row" }, did(row.action)), h("td", { class: "id" }, row.subject), h("td", { dir: "auto" }, row.by),
          h("td", { dir: "auto" }, row.on_behalf || "–"))))))];
}

/* An action that has no words here yet is told as it is called. */
function did(action) {
  return has(`staff.did.${action}`) ? t(`staff.did.${action}`) : action;
}
