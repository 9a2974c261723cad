/**
 * What a talk gave, as docs/reference/talk.schema.json has it: cleaned of what stayed empty, and
 * looked at before it is sent. Pure.
 */
import { isDay } from "./days.js";

export const MOST = 12, LONGEST = 500;

/** A record in which everything is there to be filled in. */
export function opened(record) {
  const from = record || {};
  return {
    topic: from.topic || "",
    agreements: (from.agreements || []).map((one) => ({ who: one.who, what: one.what, when: one.when || "" })),
    goals: (from.goals || []).map((one) => ({
      text: one.text, whose: one.whose || "together", term: one.term, by: one.by || "", yes: { ...one.yes },
    })),
    next: from.next || "",
  };
}

/** The record to send: without empty rows, with null where nothing was said. */
export function closed(draft) {
  const words = (text) => text.normalize("NFC").trim();
  return {
    topic: words(draft.topic) || null,
    agreements: draft.agreements
      .map((one) => ({ who: words(one.who), what: words(one.what), when: words(one.when) || null }))
      .filter((one) => one.who || one.what || one.when),
    goals: draft.goals
      .map((one) => ({ text: words(one.text), whose: one.whose, term: one.term, by: one.by || null, yes: { ...one.yes } }))
      .filter((one) => one.text),
    next: draft.next || null,
  };
}

/**
 * What keeps this record from being sent: [{field: "agreements.0.who", problem}], problem one of
 * "missing", "long", "day", "many". Empty: nothing.
 */
export function problems(record) {
  const out = [];
  const words = (field, text, needed) => {
    if (needed && !text) out.push({ field, problem: "missing" });
    else if ([...(text || "")].length > LONGEST) out.push({ field, problem: "long" });
  };
  const day = (field, text) => {
    if (text && !isDay(text)) out.push({ field, problem: "day" });
  };
  words("topic", record.topic, false);
  record.agreements.forEach((one, i) => {
    words(`agreements.${i}.who`, one.who, true);
    words(`agreements.${i}.what`, one.what, true);
    words(`agreements.${i}.when`, one.when, false);
  });
  record.goals.forEach((one, i) => {
    words(`goals.${i}.text`, one.text, true);
    day(`goals.${i}.by`, one.by);
  });
  day("next", record.next);
  for (const list of ["agreements", "goals"]) {
    if (record[list].length > MOST) out.push({ field: list, problem: "many" });
  }
  return out;
}

/** Do two records say the same? */
export function same(one, other) {
  return JSON.stringify(closed(opened(one))) === JSON.stringify(closed(opened(other)));
}
