/* i18n.js, and the words themselves. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { day, directionOf, isDraft, languages, nearest, ownName, preferred, t, use } from "../../core/web/lib/i18n.js";

const words = (language) =>
  JSON.parse(readFileSync(new URL(`../../core/web/i18n/${language}.json`, import.meta.url), "utf8"));
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("every language has the same keys", () => {
  const keys = Object.keys(words("nl"));
  for (const language of languages) assert.deepEqual(Object.keys(words(language)).sort(), [...keys].sort(), language);
});

test("a translation has the places of the Dutch words", () => {
  const dutch = words("nl");
  for (const language of languages)
    for (const [key, text] of Object.entries(words(language)))
      assert.deepEqual(places(text), places(dutch[key]), `${language} ${key}`);
});

test("only a draft says that it is one, and every draft does", () => {
  for (const language of languages)
    assert.equal(words(language)["language.draft"] !== "", isDraft(language), language);
});

test("everything that the audit writes down has words, and nothing else has", () => {
  const page = readFileSync(new URL("../../docs/reference/audit.md", import.meta.url), "utf8").split("## What is written")[1];
  const written = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  const worded = Object.keys(words("nl")).filter((key) => key.startsWith("staff.did.")).map((key) => key.slice(10));
  assert.ok(written.length > 50, `${written.length} actions`);
  assert.deepEqual(worded.sort(), [...new Set(written)].sort());
});

test("no words are markup", () => {
  for (const language of languages)
    for (const [key, text] of Object.entries(words(language))) assert.doesNotMatch(text, /[<>&]/, `${language} ${key}`);
});

test("Dutch and English sentences are short: twenty words at most, no word over 24 letters", () => {
  for (const language of ["nl", "en"])
    for (const [key, text] of Object.entries(words(language)))
      for (const sentence of text.split(/[.?!:]\s/)) {
        assert.ok(sentence.split(/\s+/).length <= 20, `${language} ${key}: ${sentence}`);
        assert.ok(Math.max(...sentence.split(/\s+/).map((word) => word.length)) <= 24, `${language} ${key}: ${sentence}`);
      }
});

test("a place takes its value, and a value that looks like a place stays what it is", () => {
  use("nl", { a: "vraag {n} van {of}", b: "voor {name}" }, {});
  assert.equal(t("a", { n: 5, of: 12 }), "vraag 5 van 12");
  assert.equal(t("b", { name: "{of} $& <b>" }), "voor {of} $& <b>");
  assert.equal(t("b"), "voor {name}");
});

test("what a language lacks is said in English, and what nobody wrote shows its key", () => {
  use("fr", { a: "oui" }, { a: "yes", b: "no" });
  assert.equal(t("a"), "oui");
  assert.equal(t("b"), "no");
  assert.equal(t("c"), "c");
});

test("a language is taken by its first part", () => {
  assert.equal(nearest("nl-BE"), "nl");
  assert.equal(nearest("AR_ma"), "ar");
  assert.equal(nearest("tr"), null);
  assert.equal(nearest(null), null);
  assert.equal(preferred(["tr", "fr-BE", "nl"]), "fr");
  assert.equal(preferred(["tr"]), "nl");
});

test("directions are known for languages that we do not speak", () => {
  for (const language of ["ar", "fa", "prs", "ps-AF", "he"]) assert.equal(directionOf(language), "rtl");
  for (const language of ["nl", "ti", "tr", "arn", "", null]) assert.equal(directionOf(language), "ltr");
});

test("a language goes by its own name", () => {
  assert.equal(ownName("nl"), "Nederlands");
  assert.equal(ownName("ti"), "ትግርኛ");
  assert.equal(ownName("sv"), "svenska");
  assert.equal(ownName("!"), "!");
});

test("a day is said in words, and what is no day stays as it was written", () => {
  use("nl", {}, {});
  assert.equal(day("2026-11-21"), "zaterdag 21 november 2026");
  assert.equal(day("0099-01-02").endsWith("99"), true);
  assert.equal(day("volgende week"), "volgende week");
});
