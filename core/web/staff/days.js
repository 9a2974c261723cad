/**
 * Days and moments in words. Pure: the moment that is now is given, as is the language.
 */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Is this a day of the calendar, as "2026-02-28" and not "2026-02-30"? */
export function isDay(text) {
  const found = DAY.exec(text || "");
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1;
}

/** "2026-12-01" -> "dinsdag 1 december 2026". What is no day comes back as it is: own words. */
export function dayWords(text, language) {
  if (!isDay(text)) return text || "";
  return new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  }).format(new Date(`${text}T00:00:00Z`));
}

/** "2026-12-01" -> "1 dec 2026", for lists. A moment does as well; null gives "". */
export function shortDay(text, language, zone) {
  if (!text) return "";
  const date = new Date(isDay(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(language, {
    day: "numeric", month: "short", year: "numeric", timeZone: isDay(text) ? "UTC" : zone,
  }).format(date);
}

/** The day where the clock of this device stands, so many days on: "2026-12-01". */
export function dayHere(on = 0, now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + on);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function dayNumber(date, zone) { // whole days since 1970 where the clock stands
  const parts = new Intl.DateTimeFormat("en-CA", {
    year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone,
  }).format(date);
  return Math.round(Date.parse(`${parts}T00:00:00Z`) / 86400000);
}

/**
 * A moment near now: "vandaag 14:05", "morgen 09:00", further off "di 24 nov 14:05".
 * zone: a time zone's name; left out it is that of this device.
 */
export function moment(iso, language, now, zone) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const time = new Intl.DateTimeFormat(language, {
    hour: "2-digit", minute: "2-digit", timeZone: zone,
  }).format(date);
  const off = dayNumber(date, zone) - dayNumber(now, zone);
  if (Math.abs(off) <= 1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(off, "day");
    return `${word} ${time}`;
  }
  const day = new Intl.DateTimeFormat(language, {
    weekday: "short", day: "numeric", month: "short", timeZone: zone,
    ...(date.getUTCFullYear() === now.getUTCFullYear() ? {} : { year: "numeric" }),
  }).format(date);
  return `${day} ${time}`;
}
