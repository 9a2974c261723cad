/**
 * Inviting somebody: a QR to scan from across a table, a short code to type, a link to send. They
 * are shown once; the server keeps only what recognises them.
 */
import { announce, h, svg } from "../lib/dom.js";
import { send } from "../lib/api.js";
import { ownName, t } from "../lib/i18n.js";
import { act, button, choose, dialog, field, form, nameOf, select, tongue } from "./parts.js";
import { moment } from "./days.js";

/** Opens the dialog for this place of the round. */
export function invite(view, place) {
  const who = nameOf(place);
  const { box, close } = dialog(t("staff.invite.who", { who }), () => asking(view, place, (made) => {
    box.querySelector(".box-body").replaceChildren(...shown(view, made, close));
    box.classList.add("box-wide");
    box.querySelector("h2").setAttribute("tabindex", "-1");
    box.querySelector("h2").focus();
    announce(t("staff.invite.made"));
  }), { onclose: () => view.renew() });
}

function asking(view, place, done) {
  const languages = view.round.languages || [];
  const language = languages.length > 1 ? select(t("staff.invite.language"),
    [["", t("staff.invite.language.own")], ...languages.map((one) => [one, ownName(one)])]) : null;
  const hours = choose(t("staff.invite.until"), [["4", t("staff.invite.today")], ["48", t("staff.invite.two_days")],
    ["168", t("staff.invite.week")]], { value: "48" });
  return form(t("staff.invite.make"), async () => {
    const body = { role: place.role, hours: Number(hours.value()) };
    if (place.label) body.label = place.label;
    if (language?.input.value) body.language = language.input.value;
    done(await send("POST", `${view.path}/invitations`, body));
  }, [language, hours].filter(Boolean));
}

function shown(view, made, close) {
  const link = field(t("staff.invite.link"), { value: made.link, readonly: true, dir: "ltr" });
  link.input.addEventListener("focus", () => link.input.select());
  const copied = h("span", { class: "copied", role: "status" });
  const copy = button(t("staff.invite.copy"), async () => {
    try {
      await navigator.clipboard.writeText(made.link);
      copied.textContent = t("staff.invite.copied");
    } catch {
      link.input.focus(); // no clipboard here (plain http): it is selected, to be copied by hand
      copied.textContent = t("staff.invite.by_hand");
    }
  });
  return [h("div", { class: "invitation" },
    h("div", { class: "qr" }, picture(made.qr) || h("p", {}, t("staff.invite.no_qr"))),
    h("div", { class: "invitation-words" },
      h("p", {}, t("staff.invite.scan")),
      h("p", { class: "short-code-head" }, t("staff.invite.code")),
      h("p", { class: "short-code", dir: "ltr" }, made.code),
      h("p", {}, t("staff.invite.valid", { until: moment(made.until, tongue(), new Date()) })),
      h("p", { class: "hint" }, t("staff.invite.once")))),
  link, h("div", { class: "acts" }, copy, copied),
  h("div", { class: "acts acts-last" }, button(t("staff.done"), close, { kind: "first" }),
    act(t("staff.uninvite"), async () => {
      await send("DELETE", `${view.path}/invitations/${encodeURIComponent(made.id)}`);
      close();
    }, { kind: "quiet" }))];
}

/* -- the QR ---------------------------------------------------------------------------------- */

const TAGS = ["svg", "g", "path", "rect"];
const KEPT = ["viewBox", "d", "x", "y", "width", "height", "fill", "transform", "shape-rendering", "stroke", "stroke-width"];

/* The server's SVG made anew from the few elements a QR needs; null when it is none. */
function picture(text) {
  const root = new DOMParser().parseFromString(text || "", "image/svg+xml").documentElement;
  if (root.tagName !== "svg") return null;
  const copy = (from) => {
    const kept = Object.fromEntries(KEPT.filter((name) => from.hasAttribute(name)).map((name) => [name, from.getAttribute(name)]));
    return svg(from.tagName, kept, [...from.children].filter((child) => TAGS.includes(child.tagName)).map(copy));
  };
  const made = copy(root);
  if (!made.hasAttribute("viewBox")) made.setAttribute("viewBox", `0 0 ${parseFloat(made.getAttribute("width"))} ${parseFloat(made.getAttribute("height"))}`);
  made.removeAttribute("width");
  made.removeAttribute("height");
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", t("staff.invite.qr"));
  return made;
}
