/** The convenor's campaigns: how many held a talk, before which day, and nothing else of anybody. */
import { fill, h, said } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { facts, go, heading, state, tongue, waveWords } from "./parts.js";
import { dayWords } from "./days.js";
import { fragment } from "./route.js";

export async function show(host) {
  const { campaigns } = await get(`/staff/campaigns?lang=${language()}`);
  fill(host, h("div", { class: "page-head" }, heading(t("staff.campaigns"), { "data-title": t("staff.campaigns") }),
    go(t("campaign.begin"), fragment("gather"), { kind: "first" })),
  h("p", { class: "lead" }, t(campaigns.length ? "campaign.lead" : "campaign.none")),
  h("ul", { class: "cards", "aria-label": t("staff.campaigns") }, campaigns.map(card)));
}

function card(one) {
  const kind = { open: "waiting", released: "done" }[one.state] || "over";
  return h("li", { class: "card campaign" },
    h("div", { class: "page-head" }, said("h2", one.title || one.instrument), state(kind, t(`campaign.${one.state === "open" ? "going" : one.state}`))),
    said("p", waveWords(one.wave), { class: "subtle" }),
    h("p", { class: "count" }, h("strong", {}, String(one.held ?? 0)), " ", t("campaign.held")),
    facts([
      [t("campaign.before"), one.before ? dayWords(one.before, tongue()) : t("campaign.no_day")],
      [t("campaign.began"), one.began === undefined ? null : String(one.began)],
      [t("campaign.ready"), one.ready === undefined ? null : String(one.ready)],
      [t("campaign.group"), one.group ? t("campaign.group.of", { group: one.group }) : null],
    ]),
    h("div", { class: "acts" }, go(t("campaign.open"), fragment("round", one.round), { kind: one.state === "open" ? "plain" : "first" })));
}
