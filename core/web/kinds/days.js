/* days.js - days of the calendar, without a clock and without a time zone. Pure. */

/** How many days a month has; month from 1. */
export function daysIn(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Three fields as a day: { iso: "2026-11-21" }, or { wrong: "day" | "month" | "year" | "none" }, the
 * first field that does not fit. Years have four digits; all empty is { wrong: null }.
 */
export function readDay(day, month, year) {
  const parts = [day, month, year].map((one) => String(one ?? "").trim());
  if (parts.every((one) => one === "")) return { wrong: null };
  const [d, m, y] = parts.map((one) => (/^\d{1,4}$/.test(one) ? Number(one) : NaN));
  if (!(m >= 1 && m <= 12)) return { wrong: "month" };
  if (!(y >= 1000 && y <= 9999)) return { wrong: "year" };
  if (!(d >= 1 && d <= 31)) return { wrong: "day" };
  if (d > daysIn(y, m)) return { wrong: "none" };
  return { iso: `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}` };
}

/** "2026-11-21" as its three fields; empty ones for anything else. */
export function fieldsOf(iso) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso ?? "");
  return match === null ? { day: "", month: "", year: "" }
    : { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1] };
}

/** Days as ISO text compare as they lie in time. Is it between, ends included? An end may be null. */
export function isBetween(iso, min, max) {
  return (min === null || min === undefined || iso >= min) && (max === null || max === undefined || iso <= max);
}
