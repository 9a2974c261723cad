/** Beginning a round of a case: which instrument, in which wave and shape. */
import { fill, h, said } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { field, form, heading, notice, select, tick, choose, word } from "./parts.js";
import { fragment } from "./route.js";
import { nextWave } from "./places.js";

export async function show(host, id, desk) {
  const [{ instruments }, found] = await Promise.all([
    get(`/staff/instruments?lang=${language()}`), get(`/staff/cases/${encodeURIComponent(id)}`)]);
  const usable = instruments.filter((one) => one.case && !one.campaign);
  fill(host,
    h("p", { class: "up" }, h("a", { href: fragment("case", id), dir: "auto" }, found.case)),
    heading(t("staff.begin"), { "data-title": t("staff.begin") }),
    usable.length ? beginning(usable, found, desk) : h("p", {}, t("staff.begin.none")));
}

function beginning(instruments, found, desk) {
  const shape = h("div", { class: "shape" });
  let chosen = null, shaped = null;
  const list = choose(t("staff.begin.which"), instruments.map((one) => [one.id, one.title, one.summary]), {
    tall: true, onchange: (value) => {
      chosen = instruments.find((one) => one.id === value);
      shaped = shapeOf(chosen, nextWave(found.rounds, chosen.id), instruments);
      fill(shape, shaped.root);
    } });
  const made = form(t("staff.begin.go"), async () => {
    if (!chosen) {
      made.refuse(t("staff.begin.choose"));
      list.querySelector("input").focus();
      return;
    }
    const body = shaped.read();
    if (!body) return;
    await start({ case: found.case, instrument: chosen.id, ...body }, shaped, made, desk);
  }, [list, shape], { class: "form begin-form" });
  return made;
}

/** Asks for the round, and goes there; what does not fit is said at its field. */
export async function start(body, shaped, made, desk) {
  try {
    const { round } = await send("POST", "/staff/rounds", body);
    desk.go("round", round);
  } catch (error) {
    if (error.status === 409 && error.code === "busy") made.refuse(t("staff.begin.taken"));
    else if (error.status !== 422 || !shaped.wrong(error.field, t("staff.begin.unfit"))) throw error;
  }
}

/** The fields that this instrument has (all: the others, whose questions it may take along); read() gives what the server wants, or
 * null when it is not complete; wrong(name, words) says it at that field, false when there is none. */
export function shapeOf(one, wave, all = []) {
  const called = (id) => all.find((each) => each.id === id)?.title ?? id;
  const moment = field(t("staff.begin.wave"), { value: wave, hint: t("staff.begin.wave.hint"), maxlength: "64", autocapitalize: "none" });
  const few = (name, list, prefix, none) => list && list.length > (none ? 0 : 1)
    ? select(t(`staff.begin.${name}`), [...(none ? [["", none]] : []), ...list.map((value) => [value, word(prefix, value)])],
      { hint: t(`staff.begin.${name}.hint`) }) : null;
  const format = few("format", one.formats, "staff.format", null);
  const shorter = few("form", one.forms, "staff.form", t("staff.begin.form.whole"));
  const setting = few("setting", one.settings, "staff.setting", t("staff.begin.setting.none"));
  const variant = one.variants?.length ? select(t("staff.begin.variant"),
    [...(one.variant_needed ? [["", t("staff.begin.variant.choose")]] : [["", t("staff.begin.variant.none")]]),
      ...one.variants.map((each) => [each.id, each.title || each.id])]) : null;
  const boxes = (one.includes || []).filter((each) => each.optional).map((each) => [each.id, tick(called(each.id))]);
  const root = h("div", { class: "shape-in" },
    one.mandated && notice("info", t("staff.begin.mandated")),
    one.status === "draft" && notice("info", t("staff.begin.draft")),
    h("div", { class: "grid" }, moment, format, shorter, variant, setting),
    boxes.length > 0 && h("fieldset", { class: "choose" }, h("legend", {}, t("staff.begin.with")), boxes.map(([, box]) => box)),
    said("p", t("staff.begin.version", { instrument: one.id, version: one.version }), { class: "soft small" }));
  const read = () => {
    const when = moment.input.value.trim();
    moment.wrong(when ? null : t("staff.needed"));
    variant?.wrong(one.variant_needed && !variant.input.value ? t("staff.needed") : null);
    if (!when || (one.variant_needed && !variant.input.value)) {
      (when ? variant : moment).input.focus();
      return null;
    }
    const body = { wave: when };
    for (const [name, from] of [["format", format], ["form", shorter], ["variant", variant], ["setting", setting]]) {
      if (from?.input.value) body[name] = from.input.value;
    }
    const included = boxes.filter(([, box]) => box.input.checked).map(([name]) => name);
    if (included.length) body.with = included;
    return body;
  };
  const fields = { wave: moment, format, form: shorter, variant, setting };
  const wrong = (name, words) => {
    if (!fields[name]) return false;
    fields[name].wrong(words);
    fields[name].input.focus();
    return true;
  };
  return { root, read, wrong };
}
