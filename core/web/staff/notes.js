/**
 * What is written down together: the client's topic, agreements, goals, the next date. Saved when
 * the server says so, and not before; when somebody else wrote meanwhile, nobody's words are lost.
 */
import { fill, h, said } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { t } from "../lib/i18n.js";
import { act, button, choose, field, form, nameOf, select, theName, tongue } from "./parts.js";
import { dayWords } from "./days.js";
import { LONGEST, MOST, closed, opened, problems, same } from "./record.js";

/** {root, end()}. talk: what GET .../talk gave; saved() runs after each record that was kept. */
export function notes(path, talk, desk, saved) {
  const book = { path, saved, persons: talk.persons || [], revision: talk.revision, kept: talk.talk, draft: opened(talk.talk), fields: new Map() };
  if (!book.draft.agreements.length) book.draft.agreements.push(emptyAgreement());
  book.dirty = () => !same(book.draft, book.kept);
  desk.keep = book.dirty;
  book.mark = h("p", { class: "saved", role: "status" });
  book.other = h("div", { class: "conflict" });
  book.body = h("div", { class: "notes-body" });
  const made = form(t("talk.save"), () => save(book), [book.body, book.other]);
  made.querySelector(".acts").append(book.mark);
  made.addEventListener("input", () => marked(book));
  draw(book);
  marked(book);
  return { root: h("section", { class: "paper-part notes", "aria-labelledby": "notes-head" },
    h("h2", { id: "notes-head" }, t("talk.notes")), h("p", { class: "hint" }, t("talk.notes.hint")), made),
  end: () => { if (desk.keep === book.dirty) desk.keep = null; } };
}

const emptyAgreement = () => ({ who: "", what: "", when: "" });
const emptyGoal = () => ({ text: "", whose: "together", term: "short", by: "", yes: {} });

function marked(book) {
  if (book.dirty()) book.mark.textContent = t("talk.unsaved");
  else if (book.at) book.mark.textContent = t("talk.saved", { time: book.at });
  else book.mark.textContent = book.kept ? t("talk.stands") : "";
  book.mark.classList.toggle("saved-yes", !book.dirty() && Boolean(book.at));
}

/* -- saving ---------------------------------------------------------------------------------- */

async function save(book) {
  const record = closed(book.draft), wrong = problems(record);
  clean(book, record);
  for (const one of book.fields.values()) one.wrong(null);
  for (const { field: name, problem } of wrong) book.fields.get(name)?.wrong(t(`talk.wrong.${problem}`, { most: LONGEST }));
  if (wrong.length) {
    book.fields.get(wrong[0].field)?.input.focus();
    return;
  }
  try {
    const { revision } = await send("PUT", `${book.path}/talk`, { revision: book.revision, talk: record });
    Object.assign(book, { revision, kept: record, at: new Intl.DateTimeFormat(tongue(), { hour: "2-digit", minute: "2-digit" }).format(new Date()) });
    fill(book.other);
    marked(book);
    book.saved();
  } catch (error) {
    if (error.code !== "conflict") throw error;
    await meet(book);
  }
}

/* Rows that stayed empty are not sent; the numbers of the fields follow what is. */
function clean(book, record) {
  const keep = (one) => closed({ topic: "", next: "", agreements: [], goals: [], ...one });
  book.draft.agreements = book.draft.agreements.filter((one) => keep({ agreements: [one] }).agreements.length);
  book.draft.goals = book.draft.goals.filter((one) => keep({ goals: [one] }).goals.length);
  if (!record.agreements.length) book.draft.agreements = [emptyAgreement()];
  draw(book);
}

/* Somebody else wrote: both are there, and people choose. */
async function meet(book) {
  const theirs = await get(`${book.path}/talk`);
  const take = (record) => {
    book.draft = opened(record);
    if (!book.draft.agreements.length) book.draft.agreements.push(emptyAgreement());
  };
  fill(book.other, h("div", { class: "notice", role: "alert" }, h("p", {}, t("talk.conflict")), read(theirs.talk, book),
    h("div", { class: "acts" },
      button(t("talk.conflict.theirs"), () => {
        Object.assign(book, { revision: theirs.revision, kept: theirs.talk, at: null });
        take(theirs.talk);
        fill(book.other);
        draw(book);
        marked(book);
        book.fields.get("topic").input.focus();
      }),
      act(t("talk.conflict.mine"), async () => {
        Object.assign(book, { revision: theirs.revision, kept: theirs.talk });
        await save(book);
      }))));
}

/* A record to read. */
function read(record, book) {
  const one = closed(opened(record)), lines = [];
  if (one.topic) lines.push([t("talk.topic"), one.topic]);
  for (const agreed of one.agreements) lines.push([t("talk.agreement"), [agreed.who, agreed.what, agreed.when && dayWords(agreed.when, tongue())].filter(Boolean).join(" · ")]);
  for (const goal of one.goals) lines.push([t("talk.goal"), `${goal.text} (${personName(book, goal.whose)})`]);
  if (one.next) lines.push([t("talk.next"), dayWords(one.next, tongue())]);
  return h("dl", { class: "facts" }, lines.map(([term, words]) => h("div", {}, h("dt", {}, term), said("dd", words))));
}

/* -- the fields ------------------------------------------------------------------------------ */

function personName(book, id) {
  const found = book.persons.find((person) => person.id === id);
  if (found) return nameOf(found);
  return id === "together" ? t("talk.together") : id;
}

/* A field bound to one word of the draft. */
function bound(book, name, label, holder, key, { rows = 0, ...attributes } = {}) {
  const input = rows
    ? h("textarea", { rows, maxlength: LONGEST, dir: "auto", class: "input", oninput: () => { holder[key] = input.value; } }, holder[key])
    : null;
  const made = field(label, { dir: "auto", value: holder[key], maxlength: String(LONGEST), ...attributes, input,
    oninput: () => { holder[key] = made.input.value; } });
  book.fields.set(name, made);
  return made;
}

function draw(book) {
  const { draft } = book, [at] = [...book.fields].find(([, one]) => one.input === document.activeElement) ?? [];
  book.fields.clear();
  fill(book.body,
    bound(book, "topic", t("talk.topic"), draft, "topic", { rows: 2, hint: t("talk.topic.hint") }),
    list(book, "agreements", draft.agreements, agreement, emptyAgreement),
    list(book, "goals", draft.goals, goal, emptyGoal),
    bound(book, "next", t("talk.next"), draft, "next", { type: "date", hint: t("talk.next.hint") }));
  book.fields.get(at)?.input.focus(); // Enter saves, and whoever pressed it writes on
}

function list(book, name, rows, one, empty) {
  const changed = (focus) => {
    draw(book);
    marked(book);
    (book.fields.get(focus)?.input ?? book.body.querySelector(`[data-more=${name}]`)).focus();
  };
  const first = name === "goals" ? "text" : "what", field = (i) => `${name}.${i}.${first}`;
  return h("fieldset", { class: "rows-of" }, h("legend", {}, t(`talk.${name}`)),
    h("p", { class: "hint" }, t(`talk.${name}.hint`)),
    rows.map((row, i) => h("div", { class: "row-of", role: "group", "aria-label": t(`talk.${name}.one`, { number: i + 1 }) },
      one(book, row, i),
      h("div", { class: "row-end" }, button(t("talk.remove"), () => { rows.splice(i, 1); changed(field(Math.min(i, rows.length - 1))); }, { kind: "quiet", suffix: t(`talk.${name}.one`, { number: i + 1 }) })))),
    rows.length < MOST && h("div", { class: "acts" }, button(t(`talk.${name}.more`), () => {
      rows.push(empty());
      changed(field(rows.length - 1));
    }, { "data-more": name })));
}

function agreement(book, row, i) {
  return h("div", { class: "grid" },
    h("div", { class: "grid-all" }, bound(book, `agreements.${i}.what`, t("talk.what"), row, "what", { rows: 2 })),
    bound(book, `agreements.${i}.who`, t("talk.who"), row, "who"),
    bound(book, `agreements.${i}.when`, t("talk.when"), row, "when", { placeholder: t("talk.when.example") }));
}

function goal(book, row, i) {
  const whose = select(t("talk.whose"), [["together", t("talk.together")], ...book.persons.map((person) => [person.id, personName(book, person.id)])],
    { value: row.whose, onchange: (value) => { row.whose = value; } });
  const term = choose(t("talk.term"), [["short", t("talk.short")], ["long", t("talk.long")]], { value: row.term, onchange: (value) => { row.term = value; } });
  const yes = book.persons.map((person) => select(t("talk.yes", { who: theName(person) }),
    [["", t("talk.yes.none")], ["yes", t("talk.yes.yes")], ["no", t("talk.yes.no")]],
    { value: { true: "yes", false: "no" }[row.yes[person.id]] ?? "", onchange: (value) => {
      if (value) row.yes[person.id] = value === "yes";
      else delete row.yes[person.id];
    } }));
  return h("div", { class: "grid" },
    h("div", { class: "grid-all" }, bound(book, `goals.${i}.text`, t("talk.goal"), row, "text", { rows: 2 })),
    whose, bound(book, `goals.${i}.by`, t("talk.by"), row, "by", { type: "date" }), h("div", { class: "grid-all" }, term), yes);
}
