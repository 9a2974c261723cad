/* sheet.js - the own conversation sheet, after the release: a page of the server's in a frame. */
import { get } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { fit } from "../lib/fit.js";
import { t } from "../lib/i18n.js";
import { afterwards } from "./after.js";

/** staff: whoever answers for their work goes back to the round from here. */
export function showSheet(here, staff) {
  const place = h("div");
  const view = h("iframe", { class: "sheet", title: t("sheet.title"), src: "/api/v1/turn/sheet", onload: () => {
    const page = view.contentDocument; /* a refusal is no page of ours */
    if (page !== null && page.contentType === "text/html") fit(view);
    else fill(place, h("div", { class: "stack", role: "alert" }, h("p", { class: "notice" }, t("sheet.refused")),
      h("p", null, h("button", { type: "button", class: "button", onclick: () => showSheet(here, staff) }, t("end.way.again")))));
  } });
  fill(place, view);
  const aloud = h("div", { class: "no-print" }, here.aloud.button(async () => (await get("/turn/sheet/aloud")).lines,
    { root: () => view.contentDocument?.body }));
  here.frame.show(h("div", { class: "stack-lg" },
    h("div", { class: "row between no-print" },
      h("h1", null, t("sheet.title")),
      h("button", { type: "button", class: "button", onclick: () => view.contentWindow.print() }, t("sheet.print"))),
    aloud,
    place,
    h("div", { class: "row no-print" },
      staff && h("a", { class: "button", href: "/staff" }, t("shared.staff")),
      h("button", { type: "button", class: "button", onclick: here.leave }, t("end.way.leave"))),
    afterwards(here)), { title: t("sheet.title"), wide: true });
}
