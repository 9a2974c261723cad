// Days, codes, routes, places and records of the staff pages: what needs no page.
import assert from "node:assert/strict";
import test from "node:test";
import { dayHere, dayWords, isDay, moment, shortDay } from "../../core/web/staff/days.js";
import { codeProblem, makeCode } from "../../core/web/staff/code.js";
import { fragment, menu, parse } from "../../core/web/staff/route.js";
import { next, nextWave, open, places } from "../../core/web/staff/places.js";
import { closed, opened, problems, same } from "../../core/web/staff/record.js";

test("a day is one of the calendar", () => {
  assert.deepEqual(["2026-02-28", "2024-02-29", "2026-02-29", "2026-13-01", "2026-1-1", "soon", "", null].map(isDay),
    [true, true, false, false, false, false, false, false]);
});

test("today is the day where the clock stands, also just after midnight", () => {
  const night = new Date(2026, 6, 1, 0, 30);
  assert.deepEqual([dayHere(0, night), dayHere(-1, night), dayHere(-30, night)], ["2026-07-01", "2026-06-30", "2026-06-01"]);
});

test("where nobody else takes part, nobody is said to be ready", () => {
  const own = { role: "worker", professional: true };
  const round = (roles, persons) => next({ state: "open", roles, persons });
  assert.equal(round([own], []).alone, true);
  assert.equal(round([own, { role: "client" }], [{ role: "client", person: "p", ready: true }]).alone, false);
});

test("a day is said in words, and own words stay as they are", () => {
  assert.equal(dayWords("2026-12-01", "nl"), "dinsdag 1 december 2026");
  assert.match(dayWords("2026-12-01", "en-GB"), /^Tuesday,? 1 December 2026$/);
  assert.equal(dayWords("voor de zomer", "nl"), "voor de zomer");
  assert.equal(dayWords(null, "nl"), "");
});

test("a short day takes a day or a moment, and nothing for nothing", () => {
  assert.equal(shortDay("2026-12-01", "nl"), "1 dec 2026");
  assert.equal(shortDay("2026-12-01T23:30:00Z", "nl", "Europe/Amsterdam"), "2 dec 2026");
  assert.deepEqual([shortDay(null, "nl"), shortDay("soon", "nl")], ["", ""]);
});

test("a moment is near or far by the clock of whoever looks", () => {
  const now = new Date("2026-11-22T23:30:00Z"), zone = "Europe/Amsterdam"; // 00:30 on the 23rd there
  assert.equal(moment("2026-11-23T08:00:00Z", "nl", now, zone), "vandaag 09:00");
  assert.equal(moment("2026-11-22T22:30:00Z", "nl", now, zone), "gisteren 23:30");
  assert.equal(moment("2026-11-24T08:00:00Z", "nl", now, zone), "morgen 09:00");
  assert.match(moment("2026-11-28T08:00:00Z", "nl", now, zone), /^za 28 nov 09:00$/);
  assert.match(moment("2027-01-28T08:00:00Z", "nl", now, zone), /2027/);
  assert.equal(moment("soon", "nl", now, zone), "");
});

test("a day of 23 hours is still one day away", () => {
  const now = new Date("2027-03-27T11:00:00Z");
  assert.equal(moment("2027-03-28T11:00:00Z", "nl", now, "Europe/Amsterdam"), "morgen 13:00");
});

test("a code has at least four digits and is no row of them", () => {
  assert.deepEqual(["", "258", "2580", "12a4", "1111", "1234", "4321", "1357", "2580258025802"].map(codeProblem),
    ["short", "short", null, "digits", "plain", "plain", "plain", null, "long"]);
});

test("a code that is made up will do, and throws bytes away that are not fair", () => {
  const bytes = [255, 251, 2, 5, 8, 0];
  assert.equal(makeCode(() => [bytes.shift()]), "2580");
  const plain = [1, 1, 1, 1, 9, 0, 2, 4];
  assert.equal(makeCode(() => [plain.shift()]), "9024", "1111 is passed over");
  for (let i = 0; i < 200; i++) assert.equal(codeProblem(makeCode()), null);
});

test("a fragment names a page by an id, and nothing else is one", () => {
  assert.deepEqual(parse("#/round/5kge129d9rf2cgmj"), { name: "round", id: "5kge129d9rf2cgmj" });
  assert.deepEqual(parse("#/case/maan-14/history"), { name: "history", id: "maan-14" });
  assert.deepEqual(parse("#/cases"), { name: "cases", id: null });
  for (const wrong of ["", "#", "#/", "#/round", "#/round/", "#/round/a b", "#/round/%2e", "#/round/x/sheet/y", "#/case/<b>", "#main",
    `#/round/${"x".repeat(65)}`]) {
    assert.equal(parse(wrong), null, wrong);
  }
});

test("what fragment writes parse reads", () => {
  for (const [name, id] of [["talk", "abcd"], ["begin", "m-1"], ["gather", null], ["state", null]]) {
    assert.deepEqual(parse(fragment(name, id)), { name, id });
  }
});

test("the menu is the sum of the roles, in one order", () => {
  assert.deepEqual(menu(["convenor", "worker"]), ["cases", "campaigns"]);
  assert.deepEqual(menu(["administrator"]), menu(["admin"]));
  assert.deepEqual(menu(["privacy"]), ["rights", "audit"]);
  assert.deepEqual(menu([]), []);
});

const DYAD = { state: "open", roles: [{ role: "professional", professional: true, most: 1 }, { role: "client", most: 1 }], persons: [] };
const seat = (role, ready, label = null) => ({ person: `${role}${label}`, role, label, ready });

test("a place stands there for a role that nobody has yet, the professional last", () => {
  assert.deepEqual(places(DYAD).map((place) => [place.role, place.person, place.ready]), [["client", null, false], ["professional", null, false]]);
});

test("the next step follows from who is ready and from nothing else", () => {
  const kinds = (...persons) => next({ ...DYAD, persons }).kind;
  assert.equal(kinds(), "give");
  assert.equal(kinds(seat("client", false)), "give");
  assert.equal(kinds(seat("client", true)), "own");
  assert.equal(kinds(seat("client", true), seat("professional", true)), "wait");
  assert.equal(next({ ...DYAD, state: "released" }).kind, "talk");
  assert.equal(next({ ...DYAD, state: "released", shared_before: true }).kind, "before");
  assert.equal(next({ ...DYAD, state: "withdrawn" }).kind, "none");
});

test("of a family the next member comes before the professional, and then the release", () => {
  const family = { state: "open", roles: [{ role: "youth", roster: true }, { role: "professional", professional: true, most: 1 }], persons: [] };
  assert.equal(next(family).kind, "name");
  assert.equal(open(family).length, 1);
  const some = { ...family, persons: [seat("youth", true, "A"), seat("youth", false, "B"), seat("professional", false)] };
  assert.equal(next(some).place.label, "B");
  const done = { ...family, may_release: true, persons: [seat("youth", true, "A"), seat("professional", true)] };
  assert.equal(next(done).kind, "release");
});

test("a role for several is full at its most", () => {
  const roles = [{ role: "colleague", most: 2 }];
  assert.equal(open({ roles, persons: [seat("colleague", false, "A")] }).length, 1);
  assert.equal(open({ roles, persons: [seat("colleague", false, "A"), seat("colleague", false, "B")] }).length, 0);
});

test("a new round is one further than the case's last of that instrument", () => {
  const rounds = [{ instrument: "kern", wave: "t9" }, { instrument: "kern", wave: "t10" }, { instrument: "kern", wave: "2026-11-01" }, { instrument: "pulse", wave: "t44" }];
  assert.equal(nextWave(rounds, "kern"), "t11");
  assert.equal(nextWave(rounds, "menger-monitor"), "t0");
});

const EMPTY = { topic: null, agreements: [], goals: [], next: null };

test("a record that nothing was written in is empty, with null and not with empty words", () => {
  const draft = opened(null);
  draft.agreements.push({ who: " ", what: "", when: "" });
  draft.goals.push({ text: "", whose: "together", term: "short", by: "", yes: {} });
  assert.deepEqual(closed(draft), EMPTY);
  assert.ok(same(null, EMPTY));
});

test("what was kept comes back as it was, through the form and out again", () => {
  const record = { topic: "geld", agreements: [{ who: "Sam", what: "belt", when: null }],
    goals: [{ text: "een kamer", whose: "client", term: "long", by: "2027-02-28", yes: { client: true, professional: false } }], next: "2027-01-12" };
  assert.deepEqual(closed(opened(record)), record);
  assert.deepEqual(problems(record), []);
  assert.ok(!same(record, EMPTY));
});

test("what keeps a record from being sent is named by its field", () => {
  const record = { topic: "x".repeat(501), agreements: [{ who: "", what: "belt", when: null }],
    goals: [{ text: "een kamer", whose: "client", term: "long", by: "morgen", yes: {} }], next: "2026-02-30" };
  assert.deepEqual(problems(record).map((one) => `${one.field} ${one.problem}`),
    ["topic long", "agreements.0.who missing", "goals.0.by day", "next day"]);
});

test("five hundred characters are counted as people count them", () => {
  assert.deepEqual(problems({ ...EMPTY, topic: "👋".repeat(500) }), []);
});

test("thirteen agreements are one too many", () => {
  const agreements = Array.from({ length: 13 }, () => ({ who: "Sam", what: "belt", when: null }));
  assert.deepEqual(problems({ ...EMPTY, agreements }), [{ field: "agreements", problem: "many" }]);
});
