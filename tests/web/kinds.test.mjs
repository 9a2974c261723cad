/* What kinds count and read, without a page: the line, days, numbers, text, faces, codes. */
import assert from "node:assert/strict";
import test from "node:test";
import { daysIn, fieldsOf, isBetween, readDay } from "../../core/web/kinds/days.js";
import { mouthOf } from "../../core/web/kinds/faces.js";
import { BUTTONS, buttonOfPlace, placeAfter, placeAt, placeOfButton, zoneOf } from "../../core/web/kinds/line.js";
import { readNumber } from "../../core/web/kinds/number.js";
import { lengthOf } from "../../core/web/kinds/text.js";
import { readCode } from "../../core/web/lib/code.js";

test("a place on the line is its thousandth part, and stays on the line", () => {
  assert.equal(placeAt(100, 100, 400), 0);
  assert.equal(placeAt(356, 100, 400), 640);
  assert.equal(placeAt(500, 100, 400), 1000);
  assert.equal(placeAt(90, 100, 400), 0);
  assert.equal(placeAt(9999, 100, 400), 1000);
  assert.equal(placeAt(5, 0, 0), 0);
});

test("from right to left the line begins at the right", () => {
  assert.equal(placeAt(500, 100, 400, true), 0);
  assert.equal(placeAt(100, 100, 400, true), 1000);
  assert.equal(placeAfter("ArrowLeft", 500, true), 510);
  assert.equal(placeAfter("ArrowRight", 500, true), 490);
  assert.equal(placeAfter("ArrowUp", 500, true), 510);
});

test("arrows move what is there, and place nothing on an empty line", () => {
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Enter", "5"])
    assert.equal(placeAfter(key, undefined), undefined, key);
  assert.equal(placeAfter("Home", undefined), 0);
  assert.equal(placeAfter("End", undefined), 1000);
  assert.equal(placeAfter("ArrowRight", 500), 510);
  assert.equal(placeAfter("ArrowDown", 3), 0);
  assert.equal(placeAfter("PageUp", 950), 1000);
  assert.equal(placeAfter("x", 500), undefined);
});

test("eleven buttons lie evenly from end to end", () => {
  const places = Array.from({ length: BUTTONS }, (_, at) => placeOfButton(at));
  assert.deepEqual(places, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  for (const [at, place] of places.entries()) assert.equal(buttonOfPlace(place), at);
  assert.equal(buttonOfPlace(640), -1);
});

test("words for a place are the same from both ends", () => {
  for (let place = 0; place <= 1000; place++) assert.equal(zoneOf(place), zoneOf(1000 - place));
  assert.deepEqual([0, 100, 300, 479, 480, 500].map(zoneOf), ["at", "by", "near", "towards", "middle", "middle"]);
});

test("a month has the days it has, in leap years too", () => {
  assert.deepEqual([2023, 2024, 1900, 2000].map((year) => daysIn(year, 2)), [28, 29, 28, 29]);
  assert.equal(Array.from({ length: 12 }, (_, at) => daysIn(2026, at + 1)).reduce((sum, one) => sum + one), 365);
});

test("three fields are a day, or the first that is wrong", () => {
  assert.deepEqual(readDay("1", "2", "2026"), { iso: "2026-02-01" });
  assert.deepEqual(readDay(" 21 ", "11", "2026"), { iso: "2026-11-21" });
  assert.deepEqual(readDay("", "", ""), { wrong: null });
  assert.deepEqual(readDay("21", "", "2026"), { wrong: "month" });
  assert.deepEqual(readDay("21", "13", "2026"), { wrong: "month" });
  assert.deepEqual(readDay("21", "11", "26"), { wrong: "year" });
  assert.deepEqual(readDay("32", "11", "2026"), { wrong: "day" });
  assert.deepEqual(readDay("1e1", "11", "2026"), { wrong: "day" });
  assert.deepEqual(readDay("29", "2", "2026"), { wrong: "none" });
});

test("a day goes into its fields and comes back", () => {
  const { day, month, year } = fieldsOf("2024-02-09");
  assert.deepEqual({ day, month, year }, { day: "9", month: "2", year: "2024" });
  assert.deepEqual(readDay(day, month, year), { iso: "2024-02-09" });
  assert.deepEqual(fieldsOf(undefined), { day: "", month: "", year: "" });
});

test("the ends of a stretch of days belong to it", () => {
  assert.equal(isBetween("2026-01-01", "2026-01-01", "2026-12-31"), true);
  assert.equal(isBetween("2025-12-31", "2026-01-01", null), false);
  assert.equal(isBetween("2027-01-01", undefined, "2026-12-31"), false);
  assert.equal(isBetween("2027-01-01", null, null), true);
});

test("a number is read with a comma, a point or other digits, and nothing else is one", () => {
  assert.equal(readNumber("3,5"), 3.5);
  assert.equal(readNumber(" -0.125 "), -0.125);
  assert.equal(readNumber("1000"), 1000);
  assert.equal(readNumber("٣٫٥"), 3.5);
  assert.equal(readNumber("۱۲"), 12);
  assert.equal(readNumber("−4"), -4);
  for (const typed of ["", "3,", "1.2345", "1e5", "0x10", "drie", "1 000", "1.000", "-12,500", "٣٫٠٠٠", "Infinity", "--2"]) assert.equal(readNumber(typed), null, typed);
});

test("characters are counted as the engine counts them", () => {
  assert.equal(lengthOf("één"), 3);
  assert.equal(lengthOf("👋🏽"), 2);
});

test("faces are spread evenly from one mouth to the other", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((at) => mouthOf(at, 5)), [-7, -3.5, 0, 3.5, 7]);
  assert.deepEqual([0, 1, 2].map((at) => mouthOf(at, 3)), [-7, 0, 7]);
  assert.equal(mouthOf(0, 1), 0);
});

test("a code is read whatever its case, spaces and dashes", () => {
  for (const typed of ["K7MQ-2XWD", "k7mq2xwd", " k7mq 2xwd ", "K7-MQ2-XWD"]) assert.equal(readCode(typed), "K7MQ-2XWD");
  assert.equal(readCode("k7"), "K7");
  assert.equal(readCode("  "), "");
});
