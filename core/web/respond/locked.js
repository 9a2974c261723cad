/* locked.js - the tablet goes back: one sentence, one field for the professional's code.
 *
 * This page is made anew for it: nothing of the turn is in memory, in the document or in the tab's
 * storage. It looks the same whether somebody shared, stopped or paused. */
import { get, Refusal, send } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { forgetLook } from "../lib/look.js";
import { clearVault } from "../lib/vault.js";
import { calmPage } from "./ends.js";

function forget() {
  clearVault();
  forgetLook();
  history.replaceState(null, "", "/r");
}

function problem(error) {
  if (error.status === 429 && error.body?.retry > 0) return t("door.later");
  return t(error.passing ? "common.offline" : "locked.wrong");
}

/** "Give the tablet back", and the code. */
export function lockedPage(frame) {
  forget();
  const input = h("input", { class: "input code", id: "handover-code", type: "text", inputmode: "numeric", autocomplete: "one-time-code",
    spellcheck: "false", maxlength: "16", dir: "ltr", "aria-describedby": "handover-wrong" });
  const wrong = h("p", { class: "mend", id: "handover-wrong", role: "alert" });
  const form = h("form", { novalidate: true, class: "stack code-form" },
    h("div", { class: "field" }, h("label", { for: "handover-code" }, t("locked.code")), input, wrong),
    h("button", { type: "submit", class: "button" }, t("locked.go")));
  /* After so many wrong codes none is heard any more, however long somebody waits. */
  const spent = h("div", { class: "stack", hidden: true, role: "alert" });
  function noMore() {
    form.hidden = true;
    spent.hidden = false;
    fill(spent, h("p", null, t("locked.spent")), h("p", null, h("a", { class: "button", href: "/staff" }, t("locked.sign"))));
  }
  async function look() {
    const me = await get("/staff/me"); /* brings the token that the code must come with */
    if (me.handed?.left === 0) noMore();
  }
  look().catch((error) => { if (!(error instanceof Refusal)) throw error; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = input.value.trim();
    input.value = "";
    fill(wrong);
    try {
      await look();
      if (!spent.hidden) return;
      await send("POST", "/staff/handover/code", { code });
      location.replace("/staff");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401 && error.code !== "code") location.replace("/staff");
      wrong.textContent = problem(error);
      input.focus();
      await look().catch((later) => { if (!(later instanceof Refusal)) throw later; });
    }
  });
  frame.show(h("div", { class: "stack-lg end locked" },
    h("h1", null, t("locked.title")),
    h("p", { class: "lead" }, t("locked.text")),
    form, spent), { title: t("locked.title") });
}

/** Nobody sits here: a tablet that was handed over says so, any other browser asks for a code. name:
 * the page of ends.js that says it. */
export async function gone(frame, name = "nobody") {
  forget();
  try {
    const me = await get("/staff/me");
    if (me.handed) return lockedPage(frame);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.passing) return calmPage(frame, "offline", { again: () => location.reload() });
  }
  return calmPage(frame, name, { code: () => location.replace("/") });
}

/** Away from this device: the seat is given up, the session stays. go() tells the server, gone() is
 * called when it did: until then nothing that is kept sealed is thrown away. */
export async function leave(here, { go, gone: after }) {
  const { frame } = here;
  const handed = here.turn?.handed;
  try {
    await go();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.passing) return calmPage(frame, "offline", { again: () => leave(here, { go, gone: after }) });
  }
  after();
  frame.empty();
  here.vault?.clear();
  Object.assign(here, { turn: null, step: null, ownCode: undefined });
  forget();
  return handed ? location.replace("/r") : calmPage(frame, "left");
}
