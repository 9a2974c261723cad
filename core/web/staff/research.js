/** What people gave to research: a list, and each as a file. */
import { fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { act, heading, tongue } from "./parts.js";
import { shortDay } from "./days.js";
import { keepFile } from "./file.js";

export async function show(host) {
  const { rounds } = await get("/staff/research");
  fill(host, heading(t("staff.research"), { "data-title": t("staff.research") }),
    h("p", { class: "lead" }, t("staff.research.lead")),
    rounds.length === 0 ? h("p", {}, t("staff.research.none")) : h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("staff.research") },
      h("table", { class: "rows-table" },
        h("thead", {}, h("tr", {}, ["instrument", "wave", "released", "persons", "file"].map((name) =>
          h("th", { scope: "col" }, t(`staff.research.${name}`))))),
        h("tbody", {}, rounds.map(row)))));
}

function row(one) {
  return h("tr", {},
    h("th", { scope: "row" }, `${one.instrument} ${one.version}`),
    h("td", { dir: "auto" }, one.wave),
    h("td", {}, shortDay(one.released_at, tongue())),
    h("td", {}, String(one.persons)),
    h("td", {}, act(t("staff.download"), async () => {
      const result = await get(`/staff/research/${encodeURIComponent(one.round)}`);
      keepFile(`${one.instrument}-${one.round}-${one.revision}.json`, "application/json", JSON.stringify(result, null, 1));
    }, { suffix: `${one.instrument} ${one.wave}` })));
}
