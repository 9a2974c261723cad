/* date.js - a day in three fields, read back in words while it is typed. */
import { freshId, h } from "../lib/dom.js";
import { day as inWords, language } from "../lib/i18n.js";
import { fieldsOf, isBetween, readDay } from "./days.js";

function monthNames() {
  const tongue = language() === "ar" ? "ar-u-nu-latn-ca-gregory" : language();
  const format = new Intl.DateTimeFormat(tongue, { month: "long", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, at) => format.format(new Date(Date.UTC(2026, at, 1))));
}

function part(label, field, id) {
  return h("div", { class: "field" }, h("label", { for: id }, label), field);
}

export function control(item, offered, host) {
  const given = fieldsOf(offered);
  const ids = [freshId("day"), freshId("month"), freshId("year")];
  const numeric = (id, size, value) => h("input", { class: "input short", id, type: "text", inputmode: "numeric", autocomplete: "off",
    size, maxlength: String(size), dir: "ltr", value, oninput: changed });
  const day = numeric(ids[0], 2, given.day), year = numeric(ids[2], 4, given.year);
  const month = h("select", { class: "input short", id: ids[1], onchange: changed }, h("option", { value: "" }, ""),
    monthNames().map((name, at) => h("option", { value: String(at + 1), selected: given.month === String(at + 1) }, name)));
  const spoken = h("p", { class: "spoken", role: "status" });
  const fields = { day, month, year, none: day };

  function speak() {
    const { iso } = readDay(day.value, month.value, year.value);
    spoken.textContent = iso === undefined ? "" : inWords(iso);
  }
  function changed() {
    speak();
    host.changed();
  }
  function bounds() {
    if (item.min && item.max) return host.t("kind.date_between", { least: inWords(item.min), most: inWords(item.max) });
    return item.min ? host.t("kind.date_from", { least: inWords(item.min) }) : host.t("kind.date_to", { most: inWords(item.max) });
  }
  speak();
  return {
    root: h("div", { class: "stack" },
      h("div", { class: "row date" }, part(host.t("kind.day"), day, ids[0]), part(host.t("kind.month"), month, ids[1]), part(host.t("kind.year"), year, ids[2])),
      spoken),
    read() {
      const { iso } = readDay(day.value, month.value, year.value);
      return iso !== undefined && isBetween(iso, item.min, item.max) ? iso : undefined;
    },
    problem() {
      const { wrong } = readDay(day.value, month.value, year.value);
      if (wrong === null) return null;
      return wrong === undefined ? bounds() : host.t(`kind.date_${wrong}`);
    },
    focus: () => (fields[readDay(day.value, month.value, year.value).wrong] ?? day).focus(),
    dispose() {},
  };
}
