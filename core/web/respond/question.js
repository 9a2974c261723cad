/* question.js - one question on the paper: the words, the kind's control, one primary action, and
 * quiet ways to pass it. The same for a change at the overview. */
import { get, Refusal } from "../lib/api.js";
import { announce, h } from "../lib/dom.js";
import { directionOf, language, t } from "../lib/i18n.js";
import { freshAnswerId } from "../lib/queue.js";
import { kindOf } from "../kinds/index.js";
import { listenButton } from "./listen.js";

const DRAFT_MS = 400;

/** A {text, audio}, a bare string, or nothing: always the words, "" for none. */
export function wordsOf(text) {
  return typeof text === "string" ? text : text?.text ?? "";
}

/* What a control may ask of the page. */
function hostOf(here, item, parts) {
  return {
    t,
    announce,
    language: here.turn.language ?? language(),
    direction: directionOf(here.turn.language ?? language()),
    heading: parts.headingId,
    changed: parts.changed,
    picture: (name) => `/api/v1/turn/picture/${encodeURIComponent(name)}`,
    kept: (digest) => get(`/turn/image/${encodeURIComponent(digest)}`),
    image: async (blob, type, keep) => {
      const query = new URLSearchParams({ item: item.id, ...(item.member ? { member: item.member } : {}), ...(keep ? { keep } : {}) });
      const body = blob.type === type ? blob : new Blob([blob], { type });
      return (await here.upload(`/turn/image?${query}`, body)).value;
    },
  };
}

function passes(item, offered, pass) {
  const reasons = item.required ? [] : ["skipped", "dont_know", "rather_not_say"];
  return reasons.map((reason) => h("button", { type: "button", class: "button subtle", "data-missing": reason,
    "aria-pressed": offered?.missing === reason ? "true" : null, onclick: () => pass(reason) }, t(`respond.${reason}`)));
}

/**
 * An element with a question in it. give(value) sends it; value is what the kind reads, or
 * { missing }. changed(value) is told what stands there after each change. Resolves to
 * { root, refuse(text), dispose() }.
 */
export async function questionForm(here, { item, offered, says = [], submit, give, changed = () => {} }) {
  const control = await kindOf(item.kind);
  const headingId = "question", lang = here.turn.language ?? language();
  const wrong = h("p", { class: "mend", role: "alert" });
  let busy = false, made = null;
  const refuse = (text) => { wrong.textContent = text; };
  const told = () => {
    wrong.textContent = "";
    if (made !== null) changed(made.read());
  };
  const given = offered === null || offered === undefined || offered.missing !== undefined ? undefined : offered;
  made = control(item, given, hostOf(here, item, { headingId, changed: told }));

  async function deliver(value) {
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    await give(value);
    busy = false;
    form.removeAttribute("aria-busy");
  }
  const pass = (reason) => deliver({ missing: reason });
  const name = wordsOf(item.about), help = wordsOf(item.help);
  const form = h("form", { novalidate: true, autocomplete: "off", class: "question-form" }, /* off: nor does the browser keep it over a reload */
    says.map((one) => h("p", { class: "lead says", lang, dir: "auto" }, wordsOf(one))),
    wordsOf(item.intro) !== "" && h("p", { class: "intro subtle", lang, dir: "auto" }, wordsOf(item.intro)),
    h("fieldset", { class: `question kind-${item.kind}`, "aria-describedby": help === "" ? null : "question-help" },
      h("legend", null, h("h1", { id: headingId, lang, dir: "auto", tabindex: "-1" }, wordsOf(item.text))),
      name !== "" && h("p", { class: "subtle about", dir: "auto" }, t("respond.about", { name })),
      help !== "" && h("p", { class: "help subtle", id: "question-help", lang, dir: "auto" }, help),
      listenButton(here, [...says, item.intro, item.text, item.about, item.help, ...(item.options ?? []), item.left, item.right]),
      h("div", { class: "control", lang, dir: directionOf(lang) }, made.root)),
    wrong,
    h("div", { class: "acts" },
      h("button", { type: "submit", class: "button primary" }, submit),
      h("div", { class: "passes" }, passes(item, offered, pass),
        item.required && h("p", { class: "subtle small" }, t("respond.required")))));
  /* A picture goes before the answer that names it. */
  async function settled() {
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      return await made.settle();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(error.body?.message ?? t(error.passing ? "common.offline" : error.status === 413 ? "respond.too_large" : "respond.refused"));
      return undefined;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return undefined;
    const stands = made.read(), value = stands === undefined || made.settle === undefined ? stands : await settled();
    if (value !== undefined) return deliver(value);
    if (stands !== undefined) return undefined;
    refuse(made.problem?.() ?? t(item.required ? "respond.required" : "respond.nothing_yet"));
    return made.focus();
  });
  return { root: form, refuse: (text) => { refuse(text); made.focus(); }, dispose: () => made.dispose() };
}

/* What is asked of everybody at once has no opening: each of them had one. So the first question says it. */
function saidBefore({ turn, step }) {
  const both = turn.me.role === "together" && !step.can_back;
  return [...(both ? [t("respond.together")] : []), ...(step.says ?? [])];
}

/** The step's question. What is half written is kept sealed until it is sent. */
export async function showQuestion(here) {
  const { step, frame, drafts } = here, offered = step.offered?.value;
  let timer = null, last;
  const answer = freshAnswerId();
  const write = () => {
    clearTimeout(timer);
    timer = null;
    drafts.put(step.item, offered, last);
  };
  const form = await questionForm(here, {
    item: step.item,
    offered: drafts.of(step.item, offered) ?? offered,
    says: saidBefore(here),
    submit: t("common.next"),
    give: async (value) => {
      clearTimeout(timer);
      timer = null;
      if (!await here.give("/turn/answer", { id: answer, value })) return;
      last = undefined;
      drafts.drop(step.item);
    },
    changed: (value) => {
      last = value;
      clearTimeout(timer);
      timer = setTimeout(write, DRAFT_MS);
    },
  });
  const n = (step.progress?.done ?? 0) + 1;
  frame.show(form.root, {
    title: t("respond.question", { n }),
    progress: step.progress,
    back: step.can_back ? () => here.act("/turn/back") : null,
    pause: here.pause,
  });
  return { refuse: form.refuse, dispose: () => { if (timer !== null) write(); form.dispose(); } };
}
