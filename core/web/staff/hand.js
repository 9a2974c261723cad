/**
 * Giving the tablet away: to somebody who fills in here, or to the professional's own turn. From
 * then on this browser is that person's, and this page keeps only where to come back to: the round.
 */
import { h } from "../lib/dom.js";
import { send } from "../lib/api.js";
import { ownName, t } from "../lib/i18n.js";
import { button, capital, dialog, field, form, nameOf, select, theName } from "./parts.js";
import { CODE_LEAST, CODE_MOST, codeProblem, makeCode } from "./code.js";
import { fragment } from "./route.js";

function away(view) {
  sessionStorage.setItem("verbond.staff.back", fragment("round", view.round.round));
  document.getElementById("main").replaceChildren();
  location.replace("/r");
}

/** The professional's own turn, in this browser. */
export async function ownTurn(view, place) {
  await send("POST", `${view.path}/turn`, { role: place.role, ...(place.label ? { label: place.label } : {}) });
  away(view);
}

/** What is asked of everybody at once, in this browser. */
export async function together(view) {
  await send("POST", `${view.path}/together`);
  away(view);
}

const CODED = "verbond.staff.coded"; // that a code was chosen in this tab; never which

/** Asks for a code, once for all of a sitting, and hands this browser to somebody. */
export function handOver(view, place) {
  const who = nameOf(place);
  dialog(t("staff.give.who", { who }), (close) => {
    const languages = view.round.languages || [];
    const language = languages.length > 1 ? select(t("staff.invite.language"),
      [["", t("staff.invite.language.own")], ...languages.map((one) => [one, ownName(one)])]) : null;
    const before = sessionStorage.getItem(CODED) !== null;
    const hint = t(before ? "staff.give.code.same" : "staff.give.code.hint", { least: CODE_LEAST });
    const code = field(t("staff.give.code"), { hint, type: "password",
      inputmode: "numeric", maxlength: String(CODE_MOST), autocomplete: "one-time-code" });
    const show = button(t("staff.give.show"), () => {
      const hidden = code.input.type === "password";
      code.input.type = hidden ? "text" : "password";
      show.textContent = hidden ? t("staff.give.hide") : t("staff.give.show");
    }, { kind: "quiet" });
    const invent = button(t("staff.give.invent"), () => {
      code.input.value = makeCode();
      code.input.type = "text";
      show.textContent = t("staff.give.hide");
      code.wrong(null);
      code.input.focus();
    }, { kind: "quiet" });
    return [h("ol", { class: "steps-said" }, ["one", "two", "three"].map((one) => h("li", {}, capital(t(`staff.give.${one}`, { who: theName(place) }))))),
      form(t("staff.give.now"), async () => {
        const same = before && code.input.value === "";
        const problem = same ? null : codeProblem(code.input.value);
        code.wrong(problem && t(`staff.code.${problem}`, { least: CODE_LEAST, most: CODE_MOST }));
        if (problem) {
          code.input.focus();
          return;
        }
        const body = { role: place.role, ...(same ? {} : { code: code.input.value }) };
        if (place.label) body.label = place.label;
        if (language?.input.value) body.language = language.input.value;
        try {
          await send("POST", `${view.path}/handover`, body);
        } catch (error) {
          if (error.field !== "code") throw error;
          sessionStorage.removeItem(CODED);
          code.wrong(t("staff.code.short", { least: CODE_LEAST }));
          code.input.focus();
          return;
        }
        sessionStorage.setItem(CODED, "yes");
        close();
        away(view);
      }, [language, code, h("div", { class: "acts" }, show, invent)].filter(Boolean))];
  });
}
