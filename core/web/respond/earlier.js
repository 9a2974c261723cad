/* earlier.js - answers were given before, at another browser: this one does not show them until the
 * person's own code opens them. Going on without it is as good a way. */
import { Refusal, send } from "../lib/api.js";
import { readCode } from "../lib/code.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

function whatWentWrong(error) {
  if (error.status === 429) return t("door.later");
  return t(error.passing ? "common.offline" : "door.wrong");
}

/** The screen before the step. opened() when the code was right, goOn() without it. */
export function showEarlier(here, { opened, goOn }) {
  const input = h("input", { class: "input code", id: "own-code", type: "text", autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", maxlength: "12", "aria-describedby": "own-code-wrong", dir: "ltr" });
  const wrong = h("p", { class: "mend", id: "own-code-wrong", role: "alert" });
  const form = h("form", { novalidate: true, class: "stack" },
    h("div", { class: "field" }, h("label", { for: "own-code" }, t("door.code")), input, wrong),
    h("div", { class: "acts" },
      h("button", { type: "submit", class: "button primary" }, t("earlier.open")),
      h("button", { type: "button", class: "button", onclick: goOn }, t("earlier.go_on"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    try {
      await send("POST", "/turn/open", { code: readCode(input.value) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      wrong.textContent = whatWentWrong(error);
      input.setAttribute("aria-invalid", "true");
      return input.focus();
    }
    input.value = "";
    return opened();
  });
  here.frame.show(h("div", { class: "stack-lg" },
    h("h1", null, t("earlier.title")),
    h("p", { class: "lead" }, t("earlier.text")),
    form), { title: t("earlier.title"), pause: here.pause });
}
