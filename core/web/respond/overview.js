/* overview.js - "klaar?": the own answers, to read, to change, to keep to oneself. */
import { h, said } from "../lib/dom.js";
import { directionOf, language, t } from "../lib/i18n.js";
import { agreementDetails, followedButtons } from "./agreement.js";
import * as icons from "../lib/icons.js";
import { listenButton } from "./listen.js";
import { madeOf } from "./made.js";
import { questionForm, wordsOf } from "./question.js";
import { showShare } from "./share.js";

/* Of one answer, within the overview. */
const keyOf = ({ item, member, agreement }) => [item, member, agreement].map((part) => part ?? "").join(" ");

/* One answer, with the two things that can be done with it. Both buttons name what they are about.
 * What does not show here stays with the person at a yes, so there is nothing to hold back. */
function row(question, answer, { held, earlier }, change, hold, about, key) {
  const name = wordsOf(question), stays = earlier && !held;
  return h("li", { class: held ? "own held" : "own" },
    said("p", name, { class: "own-question" }),
    earlier ? h("p", { class: "own-answer subtle unseen" }, t("overview.earlier")) : answer,
    (held || stays) && h("p", { class: "held-mark small" }, icons.hidden(), t(held ? "overview.held" : "overview.stays")),
    about && h("p", { class: "subtle small" }, t(about)),
    h("div", { class: "row own-acts" },
      h("button", { type: "button", class: "button subtle", onclick: change }, icons.change(), t("overview.change"),
        h("span", { class: "vh" }, `: ${name}`)),
      !earlier && h("button", { type: "button", class: "button subtle", "aria-pressed": String(held), "data-stay": key, onclick: hold }, icons.hidden(), t("overview.hold"),
        h("span", { class: "vh" }, `: ${name}`))));
}

/* What stands on the page, and what does not and will not be shared. */
function lead({ answers, followed, stands }, openEarlier) {
  const partly = [...(answers ?? []), ...(followed ?? [])].some((one) => one.earlier);
  if (!partly) return h("p", { class: "lead" }, t("overview.lead"));
  return h("div", { class: "stack" },
    h("p", { class: "lead" }, t(stands ? "overview.partly_again" : "overview.partly")),
    h("p", null, t("overview.partly_how")),
    h("button", { type: "button", class: "button", onclick: openEarlier }, t("overview.code")));
}

export async function showOverview(here) {
  const { step, frame } = here;
  const lang = here.turn.language ?? language();
  let form = null;

  function changeItem(answer) {
    return async () => {
      form = await questionForm(here, {
        item: answer.item, offered: answer.value, submit: t("overview.keep"),
        give: (value) => here.give("/turn/change", { item: answer.item.id, member: answer.item.member, value }),
      });
      frame.show(form.root, { title: t("overview.change"), back: list, pause: here.pause });
    };
  }

  function changeFollowed(agreement) {
    return () => frame.show(h("div", { class: "stack-lg" },
      h("h1", null, t("respond.last")),
      h("blockquote", { class: "agreed" }, said("p", wordsOf(agreement.what)), agreementDetails(agreement)),
      followedButtons(agreement.followed, (followed) => here.give("/turn/follow", { agreement: agreement.agreement, followed })),
      h("div", { class: "passes" }, h("button", { type: "button", class: "button subtle",
        onclick: () => here.give("/turn/follow", { agreement: agreement.agreement, followed: "none" }) }, t("respond.skipped")))),
    { title: t("overview.change"), back: list, pause: here.pause });
  }

  /* The page stays at what was kept back last, until somebody goes elsewhere. */
  const leaving = (go) => () => {
    here.stay = null;
    return go();
  };
  const hold = (what, on) => () => {
    here.stay = keyOf(what);
    return here.give("/turn/hold", { ...what, on });
  };

  function list() {
    form?.dispose();
    form = null;
    const followed = (step.followed ?? []).map((one) => row(one.what,
      h("p", { class: "own-answer" }, t(one.followed === null || one.followed === "none" ? "overview.nothing" : `followed.${one.followed}`)),
      one, leaving(changeFollowed(one)), hold({ agreement: one.agreement }, !one.held), null, keyOf({ agreement: one.agreement })));
    const answers = (step.answers ?? []).map((one) => row(one.item.text, [said("p", wordsOf(one.words), { class: "own-answer", lang }), madeOf(one.value)],
      one, leaving(changeItem(one)), hold({ item: one.item.id, member: one.item.member }, !one.held),
      one.private ? `overview.private.${one.private}` : null, keyOf({ item: one.item.id, member: one.item.member })));
    frame.show(h("div", { class: "stack-lg" },
      h("h1", null, t("overview.title")),
      lead(step, here.openEarlier),
      listenButton(here, (step.answers ?? []).flatMap((one) => [one.item.text, one.words])),
      followed.length > 0 && h("section", { class: "stack" }, h("h2", null, t("overview.last")), h("ul", { class: "owns" }, followed)),
      h("ul", { class: "owns", lang, dir: directionOf(lang) }, answers),
      h("div", { class: "acts" },
        h("button", { type: "button", class: "button primary", onclick: leaving(() => showShare(here, list)) }, t("overview.ready")))),
    { title: t("overview.title"), back: step.can_back ? leaving(() => here.act("/turn/back")) : null, pause: here.pause, stay: here.stay });
  }

  list();
  return {
    refuse: (text) => (form === null ? frame.tell(text) : form.refuse(text)),
    dispose: () => form?.dispose(),
  };
}
