// eyes.mjs: what is looked at on every page, whoever it is for.
//
// watch(context, url) listens from the start: nothing on the console, nothing asked of another place, no
// break of the content policy. look(page) is for a page that stands still: axe (WCAG 2.2 A and AA) and what
// axe cannot see.
import { readFileSync } from "node:fs";
import { require, same } from "./kit.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
// What a browser says when the network is taken away, or when a page is told no; tests that do so expect it.
const TOLD = /Failed to load resource: (net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED|net::ERR_CONNECTION|the server responded with a status of 4\d\d)/;

export function watch(context, url) {
  const heard = [];
  const note = (page) => {
    page.on("console", (message) => {
      const text = message.text();
      if (["error", "warning"].includes(message.type()) && !TOLD.test(text)) heard.push(`console: ${text}`);
      else if (/Content Security Policy/.test(text)) heard.push(`policy: ${text}`);
    });
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => { heard.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  };
  context.on("page", note);
  context.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith(`${url}/`) && !/^(blob|data|about):/.test(to)) heard.push(`asks elsewhere: ${to}`);
    if (/[?&#](token|code)=/.test(to)) heard.push(`a token in an address: ${to}`);
  });
  return { heard, clean: () => same(heard, [], "heard") };
}

/** Axe and our own checks on a page as it stands. only: ids of axe's rules, where a page was looked at whole before. */
export async function look(page, where = page.url(), only = null) {
  const own = await page.evaluate(own_checks);
  same(own, [], `own checks of ${where}`);
  if (only?.length === 0) return;
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { preload: false, runOnly, resultTypes: ["violations"] }),
    only === null ? { type: "tag", values: RULES } : { type: "rule", values: only });
  same(found.violations.map((v) => [v.id, v.nodes.map((n) => `${n.target}: ${n.html.slice(0, 160)}`)]), [], `axe on ${where}`);
  if (found.passes.length < (only === null ? 5 : 1)) throw new Error(`axe looked at next to nothing on ${where}`);
}

/* Runs in the page. Says what is wrong, in words; an empty list is well. */
function own_checks() {
  const wrong = [];
  const seen = (e) => e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true }) && !e.closest(".vh, [aria-hidden=true]");
  const name = (e) => {
    const by = e.getAttribute("aria-labelledby")?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    return (by || e.getAttribute("aria-label") || [...(e.labels ?? [])].map((l) => l.textContent).join(" ") || e.textContent || e.title || "").trim();
  };
  const say = (e) => `<${e.tagName.toLowerCase()} class="${e.className}"> ${name(e).slice(0, 40)}`;
  const html = document.documentElement;
  if (!/^[a-z]{2,3}(-|$)/i.test(html.lang)) wrong.push(`no language: "${html.lang}"`);
  if (html.dir !== "ltr" && html.dir !== "rtl") wrong.push(`no direction: "${html.dir}"`);
  if (document.title.trim() === "") wrong.push("no title");
  const heads = [...document.querySelectorAll("h1")].filter((e) => e.getClientRects().length > 0);
  if (heads.length !== 1) wrong.push(`${heads.length} headings of the first rank`);
  if (document.querySelectorAll("main").length !== 1) wrong.push("not one main");
  if (html.scrollWidth > window.innerWidth + 1) wrong.push(`wider than the screen: ${html.scrollWidth} of ${window.innerWidth}`);
  const targets = [...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=slider], [role=radio], [role=checkbox]")].filter(seen);
  for (const e of targets) {
    const label = e.matches("input[type=radio], input[type=checkbox]") ? e.closest("label") ?? e.labels?.[0] : null;
    const box = (label ?? e).getBoundingClientRect(), own = e.getBoundingClientRect();
    const inline = e.matches("a") && e.closest("p, li, td, dd, summary") && getComputedStyle(e).display === "inline";
    const small = Math.min(Math.max(box.width, own.width), Math.max(box.height, own.height));
    const least = e.closest(".answer, label.chip, .making-ways, .tray, .acts, .passes, [role=radiogroup]") ? 44 : 24; // what answers, and what goes on
    if (!inline && small < least - 0.5) wrong.push(`target of ${Math.round(small)} px, not ${least}: ${say(e)}`);
    if (name(e) === "" && !label) wrong.push(`no name: ${say(e)}`);
    if (e.tabIndex > 0) wrong.push(`a place of its own in the order: ${say(e)}`);
  }
  for (const e of document.querySelectorAll("canvas, svg[role], [role=img]"))
    if (seen(e) && e.getAttribute("aria-hidden") !== "true" && name(e) === "") wrong.push(`a picture without a name: ${say(e)}`);
  for (const e of document.querySelectorAll("[role=slider], input[type=range]"))
    if (seen(e) && !e.hasAttribute("aria-valuetext") && !e.matches("input")) wrong.push(`a line that says no value: ${say(e)}`);
  for (const e of document.querySelectorAll("[style], script:not([src]), style")) {
    if (e.matches("style, script") && !/json/.test(e.type ?? "")) wrong.push(`inline: ${e.outerHTML.slice(0, 60)}`);
  }
  const ground = getComputedStyle(document.body).backgroundColor;
  if (matchMedia("(forced-colors: active)").matches)
    for (const e of document.querySelectorAll("button[aria-pressed=true], [aria-current=step]"))
      if (seen(e) && [ground, "rgba(0, 0, 0, 0)"].includes(getComputedStyle(e).backgroundColor)) wrong.push(`chosen, and looks like the others in the device's own colours: ${say(e)}`);
  return wrong;
}

/** Walks with Tab and gives what has the focus, until it comes round; each must be seen to have it. */
export async function tabs(page, most = 60) {
  const order = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      const ring = e.closest("label") && !e.matches(":focus-visible") ? style : getComputedStyle(e);
      const shown = ring.outlineStyle !== "none" || ring.boxShadow !== "none" ||
        (e.closest("label") && (getComputedStyle(e.closest("label")).outlineStyle !== "none" || getComputedStyle(e.closest("label")).boxShadow !== "none"));
      return { tag: e.tagName, text: (e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40), id: e.id, top: box.top, shown };
    });
    if (at === null) break;
    order.push(at);
  }
  return order;
}
