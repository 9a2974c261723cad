/* tokens.css: every pair of colours that stands on the other has the contrast it needs, in light, in
 * dark and with more contrast; and the pages name what is there. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const file = (path) => new URL(`../../core/web/${path}`, import.meta.url);
const css = readFileSync(file("css/tokens.css"), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

/* The names of one block. */
function block(selector) {
  const at = css.indexOf(`${selector} {`);
  assert.ok(at >= 0, selector);
  const body = css.slice(css.indexOf("{", at) + 1, css.indexOf("}", at));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
}
const light = block(":root"), dark = block(':root[data-theme="dark"]'), more = block(':root[data-contrast="more"]');
const looks = {
  light,
  dark: { ...light, ...dark },
  "light, more contrast": { ...light, ...more },
  "dark, more contrast": { ...light, ...dark, ...more, ...block(':root[data-contrast="more"][data-theme="dark"]') },
};

function luminance(colour) {
  assert.match(colour, /^#[0-9a-f]{6}$/, colour);
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const paper = "--verbond-paper-background-color", table = "--verbond-table-background-color";
const words = [
  ["--nl-document-color", paper], ["--nl-document-color", table], ["--nl-document-subtle-color", paper],
  ["--nl-document-accent-color", paper], ["--nl-link-color", paper], ["--nl-link-hover-color", paper],
  ["--nl-button-primary-color", "--nl-button-primary-background-color"],
  ["--nl-button-primary-color", "--nl-button-primary-hover-background-color"],
  ["--nl-button-secondary-color", paper], ["--nl-button-secondary-color", "--nl-button-secondary-hover-background-color"],
  ["--nl-button-subtle-color", paper], ["--nl-document-color", "--nl-button-subtle-hover-background-color"],
  ["--nl-form-control-color", "--nl-form-control-background-color"],
  ["--nl-form-control-color", "--nl-form-control-hover-background-color"],
  ["--nl-form-control-checked-color", "--nl-form-control-checked-background-color"],
  ["--nl-alert-color", "--nl-alert-background-color"], ["--nl-alert-error-color", "--nl-alert-error-background-color"],
];
const shapes = [
  ["--nl-form-control-border-color", paper], ["--nl-form-control-border-color", "--nl-form-control-background-color"],
  ["--nl-form-control-checked-border-color", "--nl-form-control-checked-background-color"],
  ["--nl-button-secondary-border-color", paper], ["--nl-button-primary-background-color", paper],
  ["--nl-focus-outline-color", paper], ["--nl-focus-outline-color", table],
  ["--verbond-line-color", paper], ["--verbond-line-mark-color", paper],
  ["--verbond-voice-circle-color", paper], ["--verbond-voice-square-color", paper],
];

for (const [name, look] of Object.entries(looks)) {
  test(`${name}: words stand out from their ground by 4.5 to 1, shapes by 3 to 1`, () => {
    for (const [pairs, least] of [[words, 4.5], [shapes, 3]])
      for (const [one, ground] of pairs) {
        const ratio = contrast(look[one], look[ground]);
        assert.ok(ratio >= least, `${one} on ${ground}: ${ratio.toFixed(2)}`);
      }
  });
}

test("more contrast is more: words on paper by 7 to 1 at least", () => {
  for (const name of ["light, more contrast", "dark, more contrast"])
    for (const one of ["--nl-document-color", "--nl-document-subtle-color", "--nl-link-color", "--nl-form-control-border-color"])
      assert.ok(contrast(looks[name][one], looks[name][paper]) >= 7, `${name}: ${one}`);
});

test("only tokens.css knows colours of pages, and every name that is used is there", () => {
  const known = new Set(Object.keys(light));
  for (const name of readdirSync(file("css/"))) {
    const text = readFileSync(file(`css/${name}`), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, token] of text.matchAll(/var\((--(?:nl|verbond)-[\w-]+)/g)) assert.ok(known.has(token), `${name}: ${token}`);
  }
});

test("what pages load is there", () => {
  for (const page of ["index.html", "staff.html"]) {
    const text = readFileSync(file(page), "utf8");
    const paths = [...text.matchAll(/"\/assets\/([^"]+)"/g)].map((match) => match[1]);
    assert.ok(paths.length > 4, page);
    for (const path of paths) assert.ok(existsSync(file(path)), `${page}: ${path}`);
  }
});

test("every module that a module imports is there", () => {
  for (const folder of ["", "kinds/", "lib/", "respond/", "staff/"])
    for (const name of readdirSync(file(folder || "./")).filter((one) => one.endsWith(".js"))) {
      const text = readFileSync(file(folder + name), "utf8");
      for (const [, path] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g))
        assert.ok(existsSync(new URL(path, file(folder + name))), `${folder}${name}: ${path}`);
    }
});

test("the example theme of the how-to names what is there", () => {
  const text = readFileSync(new URL("../../docs/how-to/theme.md", import.meta.url), "utf8");
  const example = text.slice(text.indexOf("```css"), text.indexOf("```", text.indexOf("```css") + 6));
  const names = [...example.matchAll(/(--[\w-]+):/g)].map((match) => match[1]);
  assert.ok(names.length > 20);
  for (const name of names) assert.ok(name in light, name);
});
