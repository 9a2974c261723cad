/* i18n.js - the words of the pages, in the language of whoever reads them.
 *
 * Words lie in /assets/i18n/LANGUAGE.json, flat: "respond.next": "Verder". What a language lacks is
 * taken from English. Instruments bring their own texts, in languages that may be others. */

import { Refusal } from "./api.js";

const SPOKEN = ["nl", "en", "fr", "ar"];
const DRAFTS = ["fr", "ar"];
const RIGHT_TO_LEFT = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "prs", "ps", "sd", "ug", "ur", "yi"];
const OWN_NAMES = { ar: "العربية", bg: "Български", de: "Deutsch", en: "English", es: "Español", fa: "فارسی",
  fr: "Français", nl: "Nederlands", "nl-be": "Nederlands (België)", pl: "Polski", prs: "دری", ps: "پښتو",
  ro: "Română", ru: "Русский", so: "Soomaali", ti: "ትግርኛ", tr: "Türkçe", uk: "Українська" };

let words = {};
let fallback = {};
let spoken = "en";

/** "ltr" or "rtl" for a language tag. */
export function directionOf(language) {
  const tag = String(language ?? "").toLowerCase();
  return RIGHT_TO_LEFT.some((one) => tag === one || tag.startsWith(`${one}-`)) ? "rtl" : "ltr";
}

/** The language of ours that stands nearest to a tag ("nl-BE" is Dutch), or null. */
export function nearest(language) {
  const first = String(language ?? "").toLowerCase().split(/[-_]/)[0];
  return SPOKEN.includes(first) ? first : null;
}

/** The first of what this browser's owner reads that we speak; else Dutch. */
export function preferred(wanted = globalThis.navigator?.languages ?? []) {
  for (const language of wanted) if (nearest(language) !== null) return nearest(language);
  return "nl";
}

/** A language in its own name: "Nederlands", "العربية"; a tag we do not know is its own name. */
export function ownName(language) {
  const tag = String(language).toLowerCase();
  if (OWN_NAMES[tag] !== undefined) return OWN_NAMES[tag];
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language);
  } catch {
    return String(language);
  }
}

/** The languages the pages speak, and whether nobody read the words of one yet. */
export const languages = SPOKEN;
export function isDraft(language = spoken) {
  return DRAFTS.includes(language);
}
export function language() {
  return spoken;
}

async function read(name) {
  try {
    const reply = await fetch(`/assets/i18n/${name}.json`);
    if (reply.ok) return await reply.json();
    throw new Error(`no words for ${name}`);
  } catch (error) {
    throw new Refusal(0, "offline", error.message);
  }
}

/**
 * Loads the words nearest to a language, and tells the page: <html lang dir>. A language we do not
 * speak gets English words. Resolves to the language that was taken; throws a Refusal without a network.
 */
export async function load(wanted) {
  const taken = nearest(wanted) ?? "en";
  const [own, english] = await Promise.all([read(taken), taken === "en" ? null : read("en")]);
  use(taken, own, english ?? own);
  document.documentElement.lang = taken;
  document.documentElement.dir = directionOf(taken);
  return taken;
}

/** Takes words as they are: what load does, and tests. */
export function use(taken, own, english) {
  spoken = taken;
  words = own;
  fallback = english;
}

/** The words under a key, with {name} replaced by values.name. A key nobody wrote is shown as it is. */
export function t(key, values = {}) {
  const text = words[key] ?? fallback[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Is there a word for this key? */
export function has(key) {
  return key in words || key in fallback;
}

/** A day, "2026-11-21", in words: "zaterdag 21 november 2026". */
export function day(iso) {
  const [year, month, date] = String(iso).split("-").map(Number);
  if (!year || !month || !date) return String(iso);
  const at = new Date(Date.UTC(2000, month - 1, date));
  at.setUTCFullYear(year);
  return new Intl.DateTimeFormat(spoken === "ar" ? "ar-u-nu-latn-ca-gregory" : spoken,
    { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at);
}
