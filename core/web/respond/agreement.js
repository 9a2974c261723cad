/* agreement.js - what was agreed last time, one at a time: done, partly, not yet. */
import { h, said } from "../lib/dom.js";
import { day, t } from "../lib/i18n.js";
import { freshAnswerId } from "../lib/queue.js";
import { wordsOf } from "./question.js";

const FOLLOWED = ["done", "partly", "not_yet"];

/** The three answers as large buttons; chosen: the one that was given before. */
export function followedButtons(chosen, go) {
  return h("div", { class: "ways" }, FOLLOWED.map((one) => h("button", { type: "button", class: "button way",
    "aria-pressed": chosen === undefined || chosen === null ? null : String(chosen === one), "data-followed": one, onclick: () => go(one) },
  t(`followed.${one}`))));
}

/** Who would do it and when, as far as that was said. */
export function agreementDetails(agreement) {
  const when = wordsOf(agreement.when);
  const words = [wordsOf(agreement.who), /^\d{4}-\d\d-\d\d$/.test(when) ? day(when) : when].filter((one) => one !== "");
  return words.length === 0 ? null : h("p", { class: "subtle", dir: "auto" }, words.join(" · "));
}

export async function showAgreement(here) {
  const { step, frame } = here;
  const agreement = step.agreement;
  const id = freshAnswerId();
  const give = (followed) => here.give("/turn/follow", { id, agreement: agreement.agreement, followed });
  frame.show(h("div", { class: "stack-lg" },
    h("p", { class: "subtle" }, t("respond.last_of", { n: agreement.agreement + 1, of: agreement.of })),
    h("h1", null, t("respond.last")),
    h("blockquote", { class: "agreed" }, said("p", wordsOf(agreement.what)), agreementDetails(agreement)),
    followedButtons(step.offered?.followed, give),
    h("div", { class: "passes" },
      h("button", { type: "button", class: "button subtle", onclick: () => give("none") }, t("respond.skipped")))),
  { title: t("respond.last"), back: step.can_back ? () => here.act("/turn/back") : null, pause: here.pause });
  return { refuse: (text) => frame.tell(text) };
}
