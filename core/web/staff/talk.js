/**
 * The talk: the sheet that lies on the table, the steps one by one beside it, and what is written
 * down together.
 */
import { announce, fill, h, said } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { button, heading, notice } from "./parts.js";
import { fragment } from "./route.js";
import { sheet } from "./sheet.js";
import { notes } from "./notes.js";

const QUIET_MINUTES = 60; // people talk; the tablet lies there

export async function show(host, id, desk) {
  const path = `/staff/rounds/${encodeURIComponent(id)}`;
  const round = await get(`${path}?lang=${language()}`);
  const up = h("p", { class: "up" }, h("a", { href: fragment("round", id), dir: "auto" }, round.title || round.instrument));
  const head = heading(t("talk.title"), { "data-title": t("talk.title") });
  if (round.state !== "released" || round.shared_before) {
    fill(host, up, head, notice("info", t(round.shared_before ? "talk.before" : "talk.closed")));
    return null;
  }
  desk.hush(QUIET_MINUTES);
  const convenes = !desk.me.roles.includes("worker");
  const [guide, talk] = await Promise.all([guideOf(path), convenes ? null : get(`${path}/talk`)]);
  const table = sheet(path, round);
  const written = talk && notes(path, talk, desk, () => table.renew());
  const laid = lay(guide.steps.length ? steps(guide) : null, table.root, written?.root);
  fill(host, up, head, laid.root);
  return () => {
    laid.end();
    table.end();
    written?.end();
  };
}

/* On a wide screen steps and notes stand beside the sheet, else the steps come before it and the
   notes behind: in the document as on the screen, for who goes by keyboard. The sheet never moves,
   since a frame that is moved is loaded anew. */
function lay(guide, sheetPart, notesPart) {
  const before = h("div", { class: "talk-before" }), side = h("div", { class: "talk-side" });
  const wide = matchMedia("(min-width: 68rem)");
  const place = () => {
    fill(before, wide.matches ? null : guide);
    fill(side, wide.matches ? guide : null, notesPart);
  };
  place();
  wide.addEventListener("change", place);
  return { root: h("div", { class: "talk" }, before, h("div", { class: "talk-sheet" }, sheetPart), side),
    end: () => wide.removeEventListener("change", place) };
}

/* Of a form that nobody talks about there are no steps. */
async function guideOf(path) {
  try {
    return await get(`${path}/guide?lang=${language()}`);
  } catch (error) {
    if (error.status !== 404) throw error;
    return { steps: [] };
  }
}

/* -- the steps ------------------------------------------------------------------------------- */

function steps(guide) {
  const place = h("div", { class: "step", id: "step" });
  const list = h("ol", { class: "step-list", "aria-label": t("talk.steps") });
  const many = guide.steps.length;
  let at = 0;
  const to = (wanted, aloud) => {
    at = wanted;
    const step = guide.steps[at];
    fill(place, h("p", { class: "step-count" }, t("talk.step", { step: at + 1, of: many })),
      said("h2", step.head, { class: "step-head" }), said("p", step.text, { class: "step-text" }),
      h("div", { class: "acts" },
        button(t("talk.back"), () => move(-1), { "aria-disabled": at === 0 ? "true" : null, class: "button step-back" }),
        button(t("talk.on"), () => move(1), { "aria-disabled": at === many - 1 ? "true" : null, class: "button primary step-on" })));
    fill(list, guide.steps.map((one, i) => h("li", {}, h("button", { type: "button", class: "dot", onclick: () => to(i, true),
      "aria-current": i === at ? "step" : null, "aria-label": t("talk.step.name", { step: i + 1, head: one.head }) }, String(i + 1)))));
    if (aloud) announce(`${t("talk.step", { step: at + 1, of: many })}. ${step.head}. ${step.text}`);
  };
  const move = (by) => {
    if (at + by < 0 || at + by >= many) return;
    to(at + by, true);
    place.querySelector(by > 0 ? ".step-on" : ".step-back").focus();
  };
  to(0, false);
  const prompts = guide.prompts || [];
  return h("section", { class: "paper-part talk-steps", "aria-label": t("talk.steps") }, list, place,
    prompts.length > 0 && h("details", { class: "prompts" }, h("summary", {}, t("talk.prompts")),
      h("ul", { class: "prompt-list" }, prompts.map((one) => said("li", one)))));
}
