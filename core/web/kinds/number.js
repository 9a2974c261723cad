/* number.js - a number, typed: with a comma or a point, at most three decimals. */
import { freshId, h } from "../lib/dom.js";

const ARABIC = "٠١٢٣٤٥٦٧٨٩", PERSIAN = "۰۱۲۳۴۵۶۷۸۹";

/** What somebody typed, as a number; null when it is none. "3,5" and "٣٫٥" are 3.5. "1.000" is a
 * thousand to one and one to another, so it is none: perhapsThousand says so. */
export function readNumber(typed) {
  const plain = plainOf(typed);
  return !perhapsThousand(typed) && /^-?\d{1,12}(\.\d{1,3})?$/.test(plain) ? Number(plain) : null;
}
/** Three digits behind a point or comma, and no nought before it: it may be meant as thousands. */
function perhapsThousand(typed) {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(plainOf(typed));
}
function plainOf(typed) {
  return [...typed.trim()].map((one) => {
    const digit = Math.max(ARABIC.indexOf(one), PERSIAN.indexOf(one));
    if (digit >= 0) return String(digit);
    return one === "," || one === "٫" ? "." : one === "−" ? "-" : one;
  }).join("");
}

function boundsOf(item, t) {
  const has = (value) => value !== null && value !== undefined;
  if (has(item.min) && has(item.max)) return t("kind.number_between", { least: item.min, most: item.max });
  if (has(item.min)) return t("kind.number_from", { least: item.min });
  return has(item.max) ? t("kind.number_to", { most: item.max }) : "";
}

export function control(item, offered, host) {
  const id = freshId("bounds"), bounds = boundsOf(item, host.t);
  const field = h("input", { class: "input short", type: "text", inputmode: item.integer && !(item.min < 0) ? "numeric" : "decimal",
    autocomplete: "off", size: "8", dir: "ltr", "aria-labelledby": host.heading, "aria-describedby": id, oninput: host.changed });
  field.value = offered ?? "";

  function wrong(value) {
    if (perhapsThousand(field.value)) return host.t("kind.number_thousand");
    if (value === null) return host.t("kind.number_none");
    if (item.integer && !Number.isInteger(value)) return host.t("kind.number_whole");
    return value < (item.min ?? -Infinity) || value > (item.max ?? Infinity) ? bounds : null;
  }
  return {
    root: h("div", { class: "field" }, bounds !== "" && h("p", { class: "hint", id }, bounds), field),
    read() {
      if (offered !== undefined && field.value === String(offered)) return offered;
      const value = readNumber(field.value);
      return wrong(value) === null ? value : undefined;
    },
    problem: () => (field.value.trim() === "" ? null : wrong(readNumber(field.value))),
    focus: () => field.focus(),
    dispose() {},
  };
}
