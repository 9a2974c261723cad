/** The convenor begins a campaign, or a round of an instrument that is about no case. */
import { fill, h } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { choose, form, heading } from "./parts.js";
import { shapeOf, start } from "./begin.js";
import { dayHere } from "./days.js";
import { fragment } from "./route.js";

export async function show(host, id, desk) {
  const { instruments } = await get(`/staff/instruments?lang=${language()}`);
  const usable = instruments.filter((one) => !one.case);
  const shape = h("div", { class: "shape" });
  let chosen = null, shaped = null;
  const list = choose(t("staff.begin.which"), usable.map((one) => [one.id, one.title, one.summary]), { tall: true, onchange: (value) => {
    chosen = usable.find((one) => one.id === value);
    shaped = shapeOf(chosen, dayHere());
    fill(shape, shaped.root);
  } });
  const made = form(t("staff.begin.go"), async () => {
    if (!chosen) {
      made.refuse(t("staff.begin.choose"));
      list.querySelector("input").focus();
      return;
    }
    const body = shaped.read();
    if (!body) return;
    await start({ instrument: chosen.id, ...body }, shaped, made, desk);
  }, [list, shape], { class: "form begin-form" });
  fill(host, h("p", { class: "up" }, h("a", { href: fragment("campaigns") }, t("staff.campaigns"))),
    heading(t("campaign.begin"), { "data-title": t("campaign.begin") }),
    usable.length ? [h("p", { class: "lead" }, t("campaign.begin.lead")), made] : h("p", {}, t("staff.begin.none")));
}
