/**
 * What the staff pages are made of: a page with its heading, fields with labels, buttons that wait
 * for the reply, notices, dialogs. Nothing in here knows what a page is about.
 */
import { h, freshId, said } from "../lib/dom.js";
import { Refusal } from "../lib/api.js";
import { has, language, t } from "../lib/i18n.js";

/** The tag for Intl: the page's language, with digits that the rest of the page uses too. */
export function tongue() {
  return language() === "ar" ? "ar-u-nu-latn-ca-gregory" : language();
}

/** A word that may be ours ("staff.role.client"), else what the instrument calls it. */
export function word(prefix, name) {
  return has(`${prefix}.${name}`) ? t(`${prefix}.${name}`) : name;
}

/** What a role is called, in one word: ours, else the title that the instrument gives it. */
export function roleWord(role, title = null) {
  return has(`staff.role.${role}`) ? t(`staff.role.${role}`) : title || role;
}

/** What somebody is called where the name stands alone: the own label, else the word of the role. */
export function nameOf(place) {
  return place.label || capital(roleWord(place.role, place.title));
}

/** The same within a sentence: "de cliënt". */
export function theName(place) {
  if (place.label) return place.label;
  return has(`staff.the.${place.role}`) ? t(`staff.the.${place.role}`) : roleWord(place.role, place.title);
}

/** A sentence that begins with somebody: the first letter large. */
export function capital(text) {
  const [first = ""] = text;
  return first.toLocaleUpperCase(tongue()) + text.slice(first.length);
}

/** What a refusal says to the person here. What the server writes is for those who build clients. */
export function refusalWords(error) {
  if (!(error instanceof Refusal)) return t("staff.refused.internal");
  const seconds = error.body?.retry;
  if (error.code === "tries" && seconds) {
    return t("staff.refused.tries_in", { minutes: Math.max(1, Math.ceil(seconds / 60)) });
  }
  return has(`staff.refused.${error.code}`) ? t(`staff.refused.${error.code}`) : t("staff.refused.internal");
}

/** Which time it is, in the words of the sheet. */
export const waveWords = (wave) => t(wave === "t0" ? "staff.wave.first" : "staff.wave", { wave });

/** A heading that the focus goes to when the page comes. */
export function heading(text, attributes = {}) {
  return h("h1", { tabindex: "-1", ...attributes }, text);
}

/** A part of a page under a heading of its own: a region with that name. */
export function part(title, ...children) {
  const id = freshId("part");
  return h("section", { class: "part", "aria-labelledby": id }, h("h2", { id }, title), children);
}

/** A calm line that stands beside something. kind: "info", "care" (look at this) or "refused" (said aloud at once). */
export function notice(kind, ...children) {
  return h("div", { class: kind === "refused" || kind === "care" ? "notice mend" : "notice", role: kind === "refused" ? "alert" : null },
    h("p", {}, children));
}

const LOOKS = { plain: "button", first: "button primary", quiet: "button subtle", grave: "button grave" };

/** A button. kind: "first" for the one thing to do here, "quiet", "grave"; suffix: of what or whom, for who hears it alone. */
export function button(text, onclick, { kind = "plain", suffix = null, ...attributes } = {}) {
  return h("button", { type: "button", class: LOOKS[kind], onclick, "aria-label": suffix && `${text}: ${suffix}`, ...attributes }, text);
}

/** A link that looks as a button does. */
export function go(text, href, { kind = "plain", suffix = null } = {}) {
  return h("a", { class: LOOKS[kind], href, "aria-label": suffix && `${text}: ${suffix}` }, text);
}

/**
 * A button whose click asks the server: it waits, and what is refused stands beside it.
 * run may return words for the screen reader.
 */
export function act(text, run, attributes = {}) {
  const place = h("div", { class: "acting" });
  const click = async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    for (const old of place.querySelectorAll(".notice")) old.remove();
    try {
      await run();
    } catch (error) {
      if (!raise(error)) place.append(notice("refused", refusalWords(error)));
    } finally {
      made.removeAttribute("aria-disabled");
    }
  };
  const made = button(text, click, attributes);
  place.append(made);
  place.button = made;
  return place;
}

/** Refusals that concern the whole page (signed out, handed over) are the page's; others are not. */
export function raise(error) {
  const whole = error instanceof Refusal && (error.code === "sign_in" || error.status === 423);
  if (whole) document.dispatchEvent(new CustomEvent("verbond-whole", { detail: error }));
  return whole;
}

/** A form whose submit asks the server. children: its fields; the button comes behind them. */
export function form(text, run, children, attributes = {}) {
  const place = h("div", { class: "form-said" });
  const send = h("button", { type: "submit", class: LOOKS.first }, text);
  const made = h("form", { class: "form", novalidate: true, ...attributes, onsubmit: async (event) => {
    event.preventDefault();
    if (send.getAttribute("aria-disabled") === "true") return;
    send.setAttribute("aria-disabled", "true");
    place.replaceChildren();
    try {
      await run();
    } catch (error) {
      if (!raise(error)) place.replaceChildren(notice("refused", refusalWords(error)));
    } finally {
      send.removeAttribute("aria-disabled");
    }
  } }, children, place, h("div", { class: "acts" }, send));
  made.refuse = (words) => place.replaceChildren(notice("refused", words));
  made.button = send;
  return made;
}

/**
 * A labelled input: its element is field.input. hint: a line under the label; wrong(words) shows
 * what is not right beside it, wrong(null) takes that away.
 */
export function field(label, { hint = null, input = null, ...attributes } = {}) {
  const id = freshId("field");
  const control = input || h("input", { type: "text", autocomplete: "off", ...attributes });
  control.classList.add("input");
  control.id = id;
  const told = h("p", { class: "field-wrong", id: `${id}-wrong`, hidden: true });
  const ids = [hint && `${id}-hint`, `${id}-wrong`].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", ids);
  const made = h("div", { class: "field" }, h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint), control, told);
  made.input = control;
  made.wrong = (words) => {
    told.textContent = words || "";
    told.hidden = !words;
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  return made;
}

/** A labelled list to choose from. options: [[value, words]]. */
export function select(label, options, { value = null, hint = null, onchange = null } = {}) {
  const input = h("select", { onchange: onchange && (() => onchange(input.value)) },
    options.map(([one, words]) => h("option", { value: one, selected: one === value }, words)));
  return field(label, { hint, input });
}

/**
 * One of a few, as radio buttons: options [[value, words, hint]]. Gives the fieldset; its value is
 * fieldset.value().
 */
export function choose(legend, options, { value = null, onchange = null, tall = false } = {}) {
  const name = freshId("choose");
  const made = h("fieldset", { class: tall ? "choose choose-tall" : "choose" }, h("legend", {}, legend),
    options.map(([one, words, hint]) => {
      const id = freshId("choice");
      return h("div", { class: "choice" },
        h("input", { type: "radio", id, name, value: one, checked: one === value,
          "aria-describedby": hint ? `${id}-hint` : null, onchange: () => onchange?.(one) }),
        h("label", { for: id }, said("span", words), hint && said("span", hint, { class: "hint", id: `${id}-hint` })));
    }));
  made.value = () => made.querySelector("input:checked")?.value ?? null;
  return made;
}

/** A box to tick. */
export function tick(label, { checked = false, onchange = null } = {}) {
  const id = freshId("tick");
  const input = h("input", { type: "checkbox", id, checked, onchange: () => onchange?.(input.checked) });
  const made = h("div", { class: "choice" }, input, h("label", { for: id }, label));
  made.input = input;
  return made;
}

/**
 * A dialog with a heading, what it says, and a way out. It is shown at once, is gone when it
 * closes, and the focus goes back to where it was. content(close) gives its children.
 */
export function dialog(title, content, { wide = false, onclose = null } = {}) {
  const id = freshId("dialog");
  const box = h("dialog", { class: wide ? "box box-wide" : "box", "aria-labelledby": id,
    onclose: () => { box.remove(); onclose?.(); } });
  const close = () => box.close();
  box.append(h("div", { class: "box-head" }, h("h2", { id }, title),
    h("button", { type: "button", class: "button subtle box-close", onclick: close }, t("staff.close"))),
  h("div", { class: "box-body" }, content(close)));
  document.body.append(box);
  box.showModal();
  return { box, close };
}

/** Asks before something is done. run: what a yes does; it may be refused, and the dialog stays. */
export function confirm(title, words, yes, run, { grave = false } = {}) {
  dialog(title, (close) => [
    [].concat(words).map((line) => h("p", {}, line)),
    h("div", { class: "acts" },
      act(yes, async () => { await run(); close(); }, { kind: grave ? "grave" : "first" }),
      button(t("staff.cancel"), close, { kind: "quiet" })),
  ]);
}

/** A state in a word and a shape: "done", "waiting", "over". Never in a colour alone. */
export function state(kind, words) {
  return h("span", { class: `state state-${kind}` }, h("span", { class: "state-mark", "aria-hidden": "true" }), words);
}

/** Pairs of a word and what belongs to it. */
export function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", { dir: "auto" }, value))));
}
