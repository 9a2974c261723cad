/* opening.js - before the first question: the language, what this is and who sees what, and how it
 * is filled in. The words of the opening are the core's; they come from the server. */
import { get, Refusal } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { directionOf, has, isDraft, load, ownName, t } from "../lib/i18n.js";
import { listenButton } from "./listen.js";

/* Large quiet buttons, one under the other. */
function ways(list, attributes) {
  return h("div", { class: "ways", ...attributes }, list);
}
function way(text, go, attributes = {}) {
  return h("button", { type: "button", class: "button way", onclick: go, ...attributes }, text);
}

/* The engine's own words are Dutch and English; in a draft a role without a name is called by the page's. */
function whoseWord({ role, label, name }) {
  return isDraft() && label === null && has(`staff.the.${role}`) ? t(`staff.the.${role}`) : name;
}

/**
 * Shows the screens before the first question; begin({ language, mode, helper }) is called once at
 * their end. Somebody whose language is known by their invitation is not asked for it.
 */
export async function showOpening(here, begin) {
  const { frame } = here;
  const chosen = { language: here.turn.language ?? null, mode: null, helper: null };
  const several = here.turn.languages.length > 1;

  async function speak(language) {
    chosen.language = language;
    await load(language);
    here.turn = await get(`/turn?lang=${encodeURIComponent(language)}`);
    what();
  }

  function language() {
    frame.show(h("div", { class: "stack-lg" },
      h("h1", null, t("opening.language")),
      ways(here.turn.languages.map((one) =>
        way(ownName(one), () => speak(one).catch(trouble), { lang: one, dir: directionOf(one) })))), { title: t("opening.language") });
  }

  function trouble(error) {
    if (!(error instanceof Refusal)) throw error;
    frame.tell(t(error.passing ? "common.offline" : "respond.refused"));
  }

  function what() {
    const { turn } = here;
    const lang = chosen.language;
    const asksMode = turn.modes.length > 1 && turn.me.role !== "professional";
    frame.show(h("div", { class: "stack-lg opening" },
      h("h1", { lang, dir: "auto" }, turn.round.title),
      h("p", { class: "for" }, t("opening.for", { name: whoseWord(turn.me) })),
      h("div", { class: "stack paragraphs", lang, dir: directionOf(lang) },
        turn.opening.paragraphs.map((one, at) => h("p", { class: at === 0 ? "lead" : null, dir: "auto" }, one.text))),
      listenButton(here, turn.opening.paragraphs),
      h("p", { class: "subtle" }, t("opening.pause")),
      turn.round.status === "draft" && h("p", { class: "subtle small" }, t("opening.draft")),
      h("div", { class: "acts" },
        h("button", { type: "button", class: "button primary", onclick: asksMode ? mode : () => begin({ ...chosen, mode: "self" }) },
          t(asksMode ? "common.next" : "opening.begin")),
        h("div", { class: "passes" },
          several && h("button", { type: "button", class: "button subtle", onclick: language }, t("opening.other_language")),
          h("button", { type: "button", class: "button subtle", onclick: here.leave }, t("opening.not_now"))))),
    { title: t("door.title") });
  }

  function mode() {
    frame.show(h("div", { class: "stack-lg" },
      h("h1", null, t("opening.mode")),
      ways(here.turn.modes.map((one) => way(t(`mode.${one}`), () => pick(one), { "data-mode": one })))),
    { title: t("opening.mode"), back: what });
  }

  function pick(name) {
    chosen.mode = name;
    chosen.helper = null;
    if (name === "self" || here.turn.helpers.length === 0) return begin(chosen);
    return helper();
  }

  function helper() {
    const question = t(has(`opening.who.${chosen.mode}`) ? `opening.who.${chosen.mode}` : "opening.who.helper");
    frame.show(h("div", { class: "stack-lg" },
      h("h1", null, question),
      ways(here.turn.helpers.map((one) => way(t(has(`helper.${one}`) ? `helper.${one}` : "helper.other"),
        () => (here.turn.rated_helpers?.includes(one) ? rated(one) : begin({ ...chosen, helper: one })),
        { "data-helper": one })))), { title: question, back: mode });
  }

  /* The questions are about whoever helps: that is said before the first of them. */
  function rated(name) {
    frame.show(h("div", { class: "stack-lg" },
      h("h1", null, t("opening.rated")),
      h("p", { class: "lead" }, t("opening.rated_text")),
      h("div", { class: "acts" },
        h("button", { type: "button", class: "button primary", onclick: () => begin({ ...chosen, helper: name }) }, t("opening.rated_on")),
        h("div", { class: "passes" },
          h("button", { type: "button", class: "button subtle", onclick: mode }, t("opening.rated_other"))))),
    { title: t("opening.rated"), back: helper });
  }

  if (chosen.language === null && several) language();
  else await speak(chosen.language ?? here.turn.languages[0]).catch(trouble);
  return { refuse: (text) => frame.tell(text) };
}
