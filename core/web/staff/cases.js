/** The worker's own cases: pseudonyms, and how many rounds they have. */
import { fill, h, said } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { button, dialog, field, form, heading, refusalWords, raise, part, state } from "./parts.js";
import { fragment } from "./route.js";

export async function show(host, id, desk) {
  const { cases, passing } = await get(`/staff/cases?lang=${language()}`);
  fill(host, h("div", { class: "page-head" }, heading(t("staff.cases"), { "data-title": t("staff.cases") }),
    button(t("staff.cases.new"), () => create(desk), { kind: "first" })),
  cases.length === 0 && h("p", { class: "lead" }, t("staff.cases.none")),
  h("ul", { class: "cards", "aria-label": t("staff.cases") }, cases.map(card)),
  passing.length > 0 && part(t("staff.cases.passing"), h("p", {}, t("staff.cases.passing.hint")),
    h("ul", { class: "rows" }, passing.map((one) => h("li", {},
      h("a", { class: "row-link", href: fragment("round", one.round) }, said("span", one.title || one.instrument, { class: "row-title" }),
        state(one.state === "open" ? "waiting" : "done", t(`staff.round.${one.state}`))))))));
}

function card(one) {
  return h("li", { class: "card" },
    h("a", { class: "card-link", href: fragment("case", one.case) }, said("span", one.case, { class: "card-title" }),
      h("span", { class: "card-line" }, one.rounds === 1 ? t("staff.cases.round") : t("staff.cases.rounds", { count: one.rounds })),
      one.open > 0 && h("span", { class: "card-line card-open" }, t("staff.cases.open", { count: one.open }))));
}

function create(desk) {
  dialog(t("staff.cases.new"), (close) => {
    const name = field(t("staff.cases.name"), { hint: t("staff.cases.name.hint"), maxlength: "64", autocapitalize: "none", spellcheck: "false" });
    const made = form(t("staff.cases.make"), async () => {
      name.wrong(null);
      const wanted = name.input.value.trim();
      let made_case;
      try {
        ({ case: made_case } = await send("POST", "/staff/cases", wanted ? { id: wanted } : {}));
      } catch (error) {
        if (raise(error)) return;
        name.wrong(error.status === 422 ? t("staff.cases.wrong") : refusalWords(error));
        name.input.focus();
        return;
      }
      close();
      desk.go("case", made_case);
    }, [name]);
    return made;
  });
}
