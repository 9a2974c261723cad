/**
 * The staff page: who is signed in, which page stands here, and when somebody has left. A page is a
 * module with show(host, id, desk): it fills host, and may return a function that ends what it began.
 */
import { fill, h } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { lookPanel, startLook } from "../lib/look.js";
import { isDraft, language, languages, load, ownName, preferred, t } from "../lib/i18n.js";
import { act, button, dialog, heading, notice, raise, refusalWords } from "./parts.js";
import { fragment, menu, parse } from "./route.js";
import { watch } from "./idle.js";
import { wordless } from "../lib/wordless.js";
import * as sign from "./sign.js";
import * as locked from "./locked.js";

const PAGES = {
  cases: () => import("./cases.js"),
  case: () => import("./case.js"),
  begin: () => import("./begin.js"),
  gather: () => import("./gather.js"),
  history: () => import("./history.js"),
  round: () => import("./round.js"),
  talk: () => import("./talk.js"),
  campaigns: () => import("./campaigns.js"),
  research: () => import("./research.js"),
  audit: () => import("./audit.js"),
  rights: () => import("./rights.js"),
  accounts: () => import("./accounts.js"),
  state: () => import("./health.js"),
};
const LANGUAGE = "verbond.staff.language";
const OUT = "verbond.staff.out"; // somebody signed out in this browser, and the server has not heard it yet

/* What every page is given: who is here, and how to get elsewhere. */
const desk = {
  me: null,
  again: () => show(),
  enter: (me) => { // signed in: what was left before is over
    desk.me = me;
    localStorage.removeItem(OUT);
    return show();
  },
  sign: () => { desk.me = null; show("over", true); },
  go: (name, id) => { location.hash = fragment(name, id); },
  keep: null, // set by a page with words that were not saved: () => true while there are any
  hush: (minutes) => idle.set(minutes),
};
let end = null, turn = 0, shown = null;
const idle = watch({ warn: warnIdle, over: () => signOut("idle"), alive: () => get("/staff/me").catch(raise) });

function spoken() {
  return languages.includes(localStorage.getItem(LANGUAGE)) ? localStorage.getItem(LANGUAGE) : preferred();
}

/* -- the frame ------------------------------------------------------------------------------- */

function frame() {
  document.title = t("staff.title");
  document.getElementById("skip").textContent = t("staff.skip");
  const here = parse(location.hash)?.name;
  const links = desk.me && !desk.me.handed ? menu(desk.me.roles) : [];
  fill(document.getElementById("top"),
    h("p", { class: "brand" }, "verbond"),
    links.length > 0 && h("nav", { "aria-label": t("staff.menu") }, h("ul", { class: "menu" }, links.map((name) =>
      h("li", {}, h("a", { href: fragment(name), "aria-current": belongs(here) === name ? "page" : null },
        t(`staff.menu.${name}`)))))),
    links.length > 0 && h("div", { class: "who" }, h("span", { class: "who-name", dir: "auto" }, desk.me.name),
      act(t("staff.sign_out"), () => leave(() => signOut("asked")), { kind: "quiet" })));
  const select = h("select", { id: "speak", onchange: () => leave(() => speak(select.value), () => { select.value = language(); }) },
    languages.map((one) => h("option", { value: one, lang: one, selected: one === language() }, ownName(one))));
  fill(document.getElementById("foot"),
    h("div", { class: "speak" }, h("label", { for: "speak" }, t("staff.language")), select),
    button(t("look.open"), () => dialog(t("look.open"), () => lookPanel()), { kind: "quiet" }),
    isDraft() && h("p", { class: "hint" }, t("staff.draft_language")));
}

/* The entry of the menu that a page lies under. */
function belongs(name) {
  const under = { case: "cases", begin: "cases", history: "cases", round: "cases", talk: "cases", gather: "campaigns" };
  const entry = under[name] || name;
  return entry === "cases" && !menu(desk.me.roles).includes("cases") ? "campaigns" : entry;
}

async function speak(wanted) {
  localStorage.setItem(LANGUAGE, wanted);
  await load(wanted);
  await show();
  document.getElementById("speak").focus();
}

/* -- coming and going ------------------------------------------------------------------------ */

/* Another page, unless there are words here that nobody saved and that somebody wants to keep. */
function leave(then, stay = () => {}) {
  if (!desk.keep?.()) return then();
  let left = false;
  dialog(t("staff.unsaved"), (close) => [
    h("p", {}, t("staff.unsaved.words")),
    h("div", { class: "acts" },
      button(t("staff.unsaved.stay"), close, { kind: "first" }),
      button(t("staff.unsaved.leave"), () => { left = true; desk.keep = null; close(); then(); }, { kind: "grave" })),
  ], { onclose: () => { if (!left) stay(); } });
  return undefined;
}

/* Whoever leaves has left this page, whatever the network does: until the server heard it, the next
   page of this browser tells it before anything else. */
async function signOut(why) {
  localStorage.setItem(OUT, "yes");
  if (why === "idle" && desk.keep?.()) {
    signOver(why);
    await tellOut();
    return;
  }
  desk.keep = null;
  fill(document.getElementById("main"));
  await tellOut();
  desk.me = null;
  sessionStorage.clear();
  history.replaceState(null, "", "/staff");
  await show(why, true);
}

async function tellOut() {
  try {
    await get("/staff/me"); // the token that a change carries, for a page that was just opened
    await send("POST", "/staff/sign-out");
  } catch (error) {
    if (error.status !== 401) return;
  }
  localStorage.removeItem(OUT);
}

/* The same person comes back to the page as it was left; another one gets a page of their own. */
function signOver(why) {
  if (document.querySelector("dialog.sign-over")) return;
  for (const old of document.querySelectorAll("dialog.box")) old.remove();
  idle.stop();
  const same = (me) => me.name === desk.me?.name && !me.handed;
  sign.over(why, {
    same,
    enter(me) {
      if (!same(me)) {
        desk.keep = null;
        return desk.enter(me);
      }
      desk.me = me;
      localStorage.removeItem(OUT);
      idle.start();
      return undefined;
    },
    leave() {
      desk.keep = null;
      desk.me = null;
      show(why, true);
    },
  });
}

function warnIdle(seconds, stay) {
  const { box, close } = dialog(t("staff.idle"), () => [
    h("p", {}, t("staff.idle.words", { seconds })),
    h("div", { class: "acts" }, button(t("staff.idle.stay"), () => { close(); }, { kind: "first" })),
  ], { onclose: stay });
  return { close: () => box.open && box.remove() };
}

/* -- what stands here ------------------------------------------------------------------------ */

async function who() {
  if (localStorage.getItem(OUT) !== null) {
    await tellOut();
    desk.me = null;
    return;
  }
  try {
    desk.me = await get("/staff/me");
  } catch (error) {
    if (error.status !== 401) throw error;
    desk.me = null;
  }
}

async function show(why = null, unknown = false) { // unknown: whoever it was signs in anew
  const mine = ++turn;
  end?.();
  end = null;
  desk.keep = null;
  idle.set(15);
  for (const old of document.querySelectorAll("dialog.box")) old.remove();
  let host = document.getElementById("main");
  try {
    if (!desk.me && !unknown) await who();
    const { page, id } = await chosen();
    if (mine !== turn) return undefined;
    if (desk.me && !desk.me.handed) idle.start();
    else idle.stop();
    frame();
    host = fresh(host);
    fill(host, h("p", { class: "waiting", role: "status" }, t("staff.waiting")));
    const ended = await page.show(host, id, desk, why);
    if (mine !== turn) return ended?.();
    end = ended;
  } catch (error) {
    if (mine !== turn || raise(error)) return undefined;
    frame();
    fill(host, heading(t("staff.trouble")), notice("refused", refusalWords(error)),
      h("div", { class: "acts" }, button(t("staff.try_again"), () => show(), { kind: "first" })));
  }
  return settle(host);
}

/* A page that comes when somebody already left writes where nobody looks. */
function fresh(host) {
  const next = host.cloneNode(false);
  host.replaceWith(next);
  return next;
}

async function chosen() {
  if (!desk.me) return { page: sign, id: null };
  if (desk.me.handed) return { page: locked, id: null };
  const back = sessionStorage.getItem("verbond.staff.back");
  sessionStorage.removeItem("verbond.staff.back");
  if (back && parse(back)) history.replaceState(null, "", back);
  let route = parse(location.hash);
  if (!route) {
    route = { name: menu(desk.me.roles)[0], id: null };
    if (!route.name) return { page: sign.nothing, id: null };
    history.replaceState(null, "", fragment(route.name));
  }
  return { page: await PAGES[route.name](), id: route.id };
}

/* Where the eye and the screen reader begin: the heading of what came. */
function settle(host) {
  const first = host.querySelector("h1");
  if (!first) return;
  document.title = `${first.dataset.title || t("staff.title")} – verbond`;
  shown = location.hash;
  if (!document.querySelector("dialog[open]")) first.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // a fragment is a page here
  document.querySelector("#main h1")?.focus();
});
window.addEventListener("hashchange", () => {
  if (location.hash === shown) return;
  leave(() => show(), () => history.replaceState(null, "", shown));
});
window.addEventListener("beforeunload", (event) => { if (desk.keep?.()) event.preventDefault(); });
/* A tablet that is handed over, or a browser that is left, keeps no picture of the page to go back to. */
window.addEventListener("pagehide", () => {
  fill(document.getElementById("main"));
  fill(document.getElementById("top"));
  for (const old of document.querySelectorAll("dialog.box")) old.remove();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("verbond-whole", (event) => {
  if (event.detail.status === 401 && desk.keep?.()) {
    signOver("over");
    return;
  }
  desk.me = null;
  show(event.detail.status === 401 ? "over" : null);
});

startLook(localStorage);
load(spoken()).then(() => show(), () => wordless(document.getElementById("main")));
