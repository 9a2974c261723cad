/* door.js - coming in: by the link of an invitation, or by its code. */
import { get, Refusal, send } from "../lib/api.js";
import { readCode } from "../lib/code.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { calmPage } from "./ends.js";
import { makeFrame } from "./frame.js";
import { run } from "./run.js";

/* The seat is taken: from here on there is one address, /r, and no way back to the token. */
function goIn(page) {
  history.replaceState(null, "", "/r");
  return run(page);
}

/** /i#TOKEN. The token is in memory only, and not even there once it was told. */
export async function enterByLink(page, token) {
  const frame = makeFrame(page);
  const attempt = async () => {
    try {
      await send("POST", "/seat", { token });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.passing) return calmPage(frame, "offline", { again: attempt });
      if (error.status === 423) return goIn(page); /* it was handed over: only the code */
      return calmPage(frame, error.status === 410 ? "over" : "unknown", { code: () => enterByCode(page) });
    }
    return goIn(page);
  };
  await attempt();
}

function whatWentWrong(error) {
  if (error.status === 429) return t("door.later");
  if (error.status === 410) return t("door.over");
  return error.passing ? t("common.offline") : t("door.wrong");
}

/* Was somebody at it in this browser, so that they may go on? Who and what is not said. "locked": it
 * was handed over, and hears nothing but the professional's code. */
async function begun() {
  try {
    await get("/turn");
    return "yes";
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.status === 423 ? "locked" : "no";
  }
}

/** /: eight letters and digits, and for who works here a way to the staff pages. */
export async function enterByCode(page) {
  const frame = makeFrame(page);
  history.replaceState(null, "", "/");
  const before = await begun();
  if (before === "locked") return goIn(page);
  const input = h("input", { class: "input code", id: "code", name: "code", type: "text", autocomplete: "off",
    autocapitalize: "characters", spellcheck: "false", maxlength: "12", "aria-describedby": "code-hint code-wrong", dir: "ltr" });
  const wrong = h("p", { class: "mend", id: "code-wrong", role: "alert" });
  const form = h("form", { novalidate: true, class: "stack" },
    h("div", { class: "field" },
      h("label", { for: "code" }, t("door.code")),
      h("p", { class: "hint", id: "code-hint" }, t("door.hint")),
      input, wrong),
    h("button", { type: "submit", class: "button primary" }, t("door.enter")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = readCode(input.value);
    wrong.textContent = "";
    try {
      if (code === "") throw new Refusal(404, "absent", "");
      await send("POST", "/seat", { code });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 423) return goIn(page);
      wrong.textContent = whatWentWrong(error);
      input.setAttribute("aria-invalid", "true");
      return input.focus();
    }
    input.value = "";
    return goIn(page);
  });
  frame.show(h("div", { class: "stack-lg" },
    h("h1", null, t("door.title")),
    h("p", { class: "lead" }, t("door.lead")),
    before === "yes" && h("p", null, h("a", { class: "button", href: "/r" }, t("door.go_on"))),
    form,
    h("p", { class: "staff-link small" }, h("a", { href: "/staff" }, t("door.staff")))), { title: t("door.title") });
  return undefined;
}
