/* frame.js - the paper on the table: what stays around every screen of a respondent.
 *
 * On the table above the paper: back, the look of the page, pause. On the paper: how far, a saved
 * mark, whatever the screen brings. One URL, one history entry, no words of a person in the title. */
import { announce, fill, freshId, h } from "../lib/dom.js";
import { isDraft, t } from "../lib/i18n.js";
import { lookPanel } from "../lib/look.js";
import * as icons from "../lib/icons.js";

/** A dialog over the page: opens at once, and is gone when it closes. Its heading gives its name. */
export function openDialog(title, content, { close = true } = {}) {
  const id = freshId("dialog");
  const dialog = h("dialog", { "aria-labelledby": id },
    h("div", { class: "stack" },
      h("h2", { id, tabindex: "-1" }, title),
      content,
      close && h("div", { class: "row" },
        h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("common.close")))));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function lookButton() {
  return h("button", {
    type: "button", class: "button subtle", "aria-haspopup": "dialog", "aria-label": t("look.open"),
    onclick: () => openDialog(t("look.open"), lookPanel()),
  }, icons.look());
}

function progressOf(progress) {
  if (progress === null || progress === undefined) return null;
  const n = progress.done + 1, of = progress.of;
  const words = of === null || of === undefined ? t("respond.question", { n }) : t("respond.question_of", { n, of });
  return h("div", { class: "progress" },
    h("p", { class: "progress-words" }, words),
    of > 0 && h("span", { class: "progress-line", "aria-hidden": "true" },
      h("span", { class: "progress-done", style: { "inline-size": `${Math.round((progress.done / of) * 100)}%` } })));
}

/**
 * The frame in an element. show(content, { title, back, pause, progress, wide }) puts a screen on the
 * paper and moves the reading place to its heading; back and pause are functions, left out where
 * there is none. stay: the data-stay of the button that was pressed, where the same screen is shown anew:
 * the reading place stays at it. saved(), waiting() and calm() say what became of an answer.
 */
export function makeFrame(page) {
  const top = h("header", { class: "desk no-print" });
  const status = h("div", { class: "status" });
  const paper = h("main", { id: "main", class: "paper", tabindex: "-1" });
  fill(page,
    h("a", { class: "skip-link", href: "#main", onclick: (event) => { event.preventDefault(); paper.focus(); } },
      t("common.skip_link")),
    top, paper);

  function show(content, { title, back = null, pause = null, progress = null, wide = false, stay = null } = {}) {
    const before = scrollY;
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    document.title = title === undefined ? "verbond" : `${title} · verbond`;
    paper.className = wide ? "paper wide" : "paper";
    fill(top,
      h("div", { class: "row" }, back !== null && h("button", { type: "button", class: "button subtle back", onclick: back },
        icons.arrow(), t("common.back"))),
      h("div", { class: "row" }, lookButton(), pause !== null && h("button",
        { type: "button", class: "button subtle", "aria-haspopup": "dialog", onclick: pause }, icons.pause(), t("respond.pause"))));
    fill(paper, h("div", { class: "head" }, progressOf(progress), status), content,
      isDraft() && h("p", { class: "draft small subtle" }, t("language.draft")));
    const heading = paper.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    const pressed = stay === null ? null : paper.querySelector(`[data-stay="${CSS.escape(stay)}"]`);
    scrollTo(0, pressed === null ? 0 : before);
    (pressed ?? heading ?? paper).focus({ preventScroll: true });
  }

  return {
    show,
    paper,
    /** The answer is in the store. */
    saved() {
      fill(status, h("p", { class: "saved" }, icons.check(), t("respond.saved")));
      announce(t("respond.saved"));
    },
    /** It did not arrive yet; it goes by itself. offline: nobody answered at all. */
    waiting(offline) {
      const text = t(offline ? "respond.waiting" : "respond.waiting_busy");
      if (status.textContent === text) return;
      fill(status, h("p", { class: "notice waiting" }, text));
      announce(text);
    },
    /** Says something above the screen that is there. */
    tell(text) {
      fill(status, h("p", { class: "notice" }, text));
      announce(text);
    },
    calm() {
      fill(status);
    },
    /** Nothing is left in the page. */
    empty() {
      for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
      document.title = "verbond";
      fill(top);
      fill(status);
      fill(paper);
    },
  };
}
