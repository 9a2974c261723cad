/** How the house does: counts, and no content. */
import { fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { act, facts, heading, state, tongue } from "./parts.js";
import { moment } from "./days.js";

export async function show(host, id, desk) {
  const now = await get("/staff/state");
  const number = (value) => (value === undefined ? null : new Intl.NumberFormat(tongue()).format(value));
  fill(host, h("div", { class: "page-head" }, heading(t("staff.state"), { "data-title": t("staff.state") }),
    act(t("staff.again"), () => desk.again())),
  h("p", {}, now.store === "ok" ? state("done", t("staff.state.ok")) : state("over", t("staff.state.not_ok"))),
  facts([
    [t("staff.state.version"), now.version],
    [t("staff.state.since"), now.since ? moment(now.since, tongue(), new Date()) : null],
    [t("staff.state.rounds"), number(now.rounds)],
    [t("staff.state.sessions"), number(now.sessions)],
    [t("staff.state.streams"), number(now.streams)],
    [t("staff.state.waiting"), number(now.outbox?.waiting)],
    [t("staff.state.dead"), number(now.outbox?.dead)],
  ]));
}
