// used.test.mjs: nothing lies in core/web that no page uses: no words, no exports.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const top = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const under = (folder, end) => readdirSync(join(top, folder), { recursive: true }).filter((name) => name.endsWith(end))
  .map((name) => [name, readFileSync(join(top, folder, name), "utf8")]);
const modules = under("core/web", ".js");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("every word of the interface is asked for by some page", () => {
  const pages = modules.map(([, text]) => text).join("\n");
  // `staff.next.${round.state}` asks for any of them; what is put in has no other braces.
  const made = [...pages.matchAll(/`((?:[a-z_]+\.)[\w.]*(?:\$\{[^}]*\}[\w.]*)+)`/g)]
    .map(([, text]) => new RegExp(`^${text.split(/\$\{[^}]*\}/).map(escaped).join(".+")}$`));
  const keys = Object.keys(JSON.parse(readFileSync(join(top, "core/web/i18n/nl.json"), "utf8")));
  // word("staff.format", name) puts the name behind it.
  const before = [...pages.matchAll(/\bword\("([\w.]+)"|\bfew\("\w+", [\w.]+, "([\w.]+)"/g)].map((found) => `${found[1] ?? found[2]}.`);
  assert.ok(keys.length > 500 && made.length > 20, `${keys.length} words, ${made.length} that are made`);
  assert.deepEqual(keys.filter((key) => !pages.includes(`"${key}"`) && !made.some((one) => one.test(key)) &&
    !before.some((one) => key.startsWith(one))), []);
});

test("what a module exports is used by another, or by its test", () => {
  const users = [...modules, ...under("tests/web", ".test.mjs")];
  const idle = modules.flatMap(([name, text]) => [...text.matchAll(/^export (?:async )?(?:function|const|let|class) (\w+)/gm)]
    .filter(([, what]) => !users.some(([other, uses]) => other !== name && new RegExp(`\\b${what}\\b`).test(uses)))
    .map(([, what]) => `${name}: ${what}`));
  assert.deepEqual(idle, []);
});
