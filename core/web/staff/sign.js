/** Signing in: a name, a password, and a code for an account that has one. */
import { fill, h } from "../lib/dom.js";
import { send } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { button, dialog, field, form, heading, notice } from "./parts.js";

const WHY = { idle: "staff.sign.idle", asked: "staff.sign.asked", over: "staff.sign.over" };

/* The fields and their button; enter(me) runs once somebody is in. */
function signForm(enter) {
  const name = field(t("staff.sign.name"), { name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
  const password = field(t("staff.sign.password"), { type: "password", name: "password", autocomplete: "current-password" });
  const totp = field(t("staff.sign.totp"), {
    hint: t("staff.sign.totp.hint"), name: "totp", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "6" });
  const made = form(t("staff.sign.in"), async () => {
    const empty = [name, password].filter((one) => !one.input.value.trim());
    for (const one of [name, password]) one.wrong(empty.includes(one) ? t("staff.needed") : null);
    if (empty.length) {
      empty[0].input.focus();
      return;
    }
    let me;
    try {
      const body = { name: name.input.value.trim(), password: password.input.value };
      const code = totp.input.value.replace(/\s/g, "");
      if (code) body.totp = code;
      me = await send("POST", "/staff/sign-in", body);
    } catch (error) {
      if (error.status !== 401) throw error;
      password.input.value = "";
      totp.input.value = "";
      made.refuse(t("staff.sign.refused"));
      password.input.focus();
      return;
    }
    await enter(me);
  }, [name, password, totp], { class: "form sign-form" });
  return made;
}

export async function show(host, id, desk, why) {
  fill(host, h("div", { class: "narrow" },
    heading(t("staff.sign"), { "data-title": t("staff.sign") }),
    WHY[why] && notice("info", t(WHY[why])),
    h("p", { class: "lead" }, t("staff.sign.lead")),
    signForm((me) => desk.enter(me)),
    h("p", { class: "aside" }, h("a", { href: "/" }, t("staff.sign.respondent")))));
}

/**
 * Signing in over a page with words that nobody saved. The page stays, but nobody sees it until
 * somebody is in: enter(me) runs then, leave() when the words may go. Escape does neither. Whoever is
 * not the same(me) finds nothing of it.
 */
export function over(why, { same, enter, leave }) {
  const page = document.getElementById("main");
  let settled = false;
  const open = () => {
    const { box, close } = dialog(t("staff.sign"), (shut) => [
      h("p", {}, t(WHY[why])), h("p", {}, t("staff.sign.kept")),
      signForm(async (me) => {
        settled = true;
        if (!same(me)) fill(page);
        page.hidden = false;
        shut();
        await enter(me);
      }),
      h("div", { class: "acts" }, button(t("staff.unsaved.leave"), () => { settled = true; close(); fill(page); page.hidden = false; leave(); }, { kind: "grave" })),
    ], { onclose: () => { if (!settled) open(); } });
    box.querySelector(".box-close").remove();
    box.classList.add("sign-over");
  };
  open();
  page.hidden = true; // after the dialog has noted where the focus stood
}

/** Somebody without a role that has a page. */
export const nothing = {
  show: async (host) => { fill(host, heading(t("staff.no_role")), h("p", {}, t("staff.no_role.words"))); },
};
