/* share.js - "may this be on the table?": yes or no, and what a yes says beside. */
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { takeBack } from "./after.js";
import { wordsOf } from "./question.js";

function tick(name, text, hint) {
  const input = h("input", { type: "checkbox", name });
  return { input, root: h("label", { class: "answer" }, input, h("span", { class: "answer-text" }, text,
    hint && h("span", { class: "subtle small answer-hint" }, hint))) };
}

/** back: to the own answers. */
export function showShare(here, back) {
  const { frame, step } = here;
  const asks = step.asks ?? {};
  const partly = [...(step.answers ?? []), ...(step.followed ?? [])].some((one) => one.earlier);
  const last = step.stands ? "again" : "first"; /* it stands already and is being mended */

  function first() {
    frame.calm();
    frame.show(h("div", { class: "stack-lg share" },
      h("h1", null, t(`share.${last}.title`)),
      h("p", { class: "lead" }, t(`share.${last}.lead`)),
      partly && h("p", null, t("share.partly")),
      h("div", { class: "ways" },
        h("button", { type: "button", class: "button way", onclick: yes }, t(`share.${last}.yes`)),
        step.stands && h("button", { type: "button", class: "button way", onclick: () => here.act("/turn/stop") }, t("share.again.leave")),
        h("button", { type: "button", class: "button way", onclick: step.stands ? () => takeBack(here) : no }, t(`share.${last}.no`))),
      h("div", { class: "passes" }, h("button", { type: "button", class: "button subtle", onclick: back }, t("share.back")))),
    { title: t(`share.${last}.title`), back, pause: here.pause });
  }

  /* Each of these is off until it is ticked. */
  function yes() {
    const oneSided = asks.one_sided ? tick("one_sided", t("share.one_sided"), t("share.one_sided_hint")) : null;
    const earlier = asks.earlier ? tick("earlier", t("share.earlier"), t("share.earlier_hint")) : null;
    const scales = (asks.private ?? []).map((one) => ({ scale: one.scale, ...tick(`private-${one.scale}`, t("share.private", { title: wordsOf(one.title) })) }));
    const purposes = (asks.purposes ?? []).map((one) => ({ purpose: one, ...tick(`purpose-${one}`, t(`share.${one}`), t(`share.${one}_hint`)) }));
    const ticks = [oneSided, earlier, ...scales, ...purposes].filter((one) => one !== null);
    const ticked = (list, key) => list.filter((one) => one.input.checked).map((one) => one[key]);
    const go = () => here.act("/turn/share", { yes: true, one_sided: oneSided?.input.checked ?? false,
      earlier: earlier?.input.checked ?? false, private: ticked(scales, "scale"), purposes: ticked(purposes, "purpose") });
    if (ticks.length === 0) return go();
    return frame.show(h("div", { class: "stack-lg share" },
      h("fieldset", { class: "stack" },
        h("legend", null, h("h1", null, t("share.beside"))),
        h("p", { class: "subtle" }, t("share.beside_lead")),
        h("div", { class: "answers" }, ticks.map((one) => one.root))),
      h("div", { class: "acts" }, h("button", { type: "button", class: "button primary", onclick: go }, t("share.go")))),
    { title: t("share.beside"), back: first, pause: here.pause });
  }

  function no() {
    frame.show(h("div", { class: "stack-lg share" },
      h("h1", null, t("share.no_title")),
      h("p", { class: "lead" }, t("share.no_text")),
      h("div", { class: "acts" },
        h("button", { type: "button", class: "button primary", onclick: back }, t("share.back")),
        h("div", { class: "passes" }, h("button", { type: "button", class: "button",
          onclick: () => here.act("/turn/share", { yes: false, one_sided: false, private: [], purposes: [] }) }, t("share.no_go"))))),
    { title: t("share.no_title"), back: first, pause: here.pause });
  }

  first();
}
