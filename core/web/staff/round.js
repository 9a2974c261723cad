/**
 * One round: who is ready and nothing more, what to do next, and the ways in which it goes on or
 * ends. It follows what happens by events.
 */
import { announce, fill, h, said } from "../lib/dom.js";
import { get, listen, send } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { act, button, capital, confirm, dialog, facts, field, form, go, heading, nameOf, notice, part, raise, roleWord, select, state, theName, tongue, waveWords } from "./parts.js";
import { fragment } from "./route.js";
import { moment } from "./days.js";
import { key, next, open as openRoles, places } from "./places.js";
import { invite } from "./invite.js";
import { handOver, ownTurn, together } from "./hand.js";

export async function show(host, id, desk) {
  const path = `/staff/rounds/${encodeURIComponent(id)}`;
  const view = { host, desk, path, round: await get(`${path}?lang=${language()}`), works: desk.me.roles.includes("worker") };
  draw(view);
  let asking = false, again = false;
  const renew = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      do {
        again = false;
        const before = view.round;
        view.round = await get(`${path}?lang=${language()}`);
        tell(before, view.round);
        redraw(view);
      } while (again);
    } catch (error) {
      raise(error); // the line comes back by itself, and with it the next event
    } finally {
      asking = false;
    }
  };
  view.renew = renew;
  const line = listen(`${path}/events`, { ready: renew, state: renew, over: renew, lost: () => lost(view, true), open: () => { if (lost(view, false)) renew(); } });
  return () => line.close();
}

/* Was the line to the server away, or is it now? A calm word under the heading. */
function lost(view, away) {
  if (Boolean(view.lost) === away) return false;
  view.lost = away;
  const place = view.host.querySelector(".line-lost"); // none on a page that is being left
  if (place) place.hidden = !away;
  return true;
}

/* -- what changed ---------------------------------------------------------------------------- */

function tell(before, after) {
  const was = new Set(places(before).filter((place) => place.ready).map(key));
  for (const place of places(after)) {
    if (place.ready && !was.has(key(place))) announce(capital(t("staff.round.is_ready", { who: theName(place) })));
  }
  if (before.state !== after.state) announce(t(`staff.round.${after.state}`));
}

/* The page anew, with the focus where it stood and open what was open. */
function redraw(view) {
  const at = document.activeElement?.dataset?.keep, open = view.host.querySelector("details.more")?.open;
  draw(view);
  if (open) view.host.querySelector("details.more")?.setAttribute("open", "");
  if (at) view.host.querySelector(`[data-keep="${CSS.escape(at)}"]`)?.focus();
}

/* -- the page -------------------------------------------------------------------------------- */

function draw(view) {
  const { host, round } = view;
  fill(host,
    h("p", { class: "up" }, round.case
      ? h("a", { href: fragment("case", round.case), dir: "auto" }, round.case)
      : h("a", { href: fragment("campaigns") }, t("staff.campaigns"))),
    h("div", { class: "page-head" },
      heading(round.title || round.instrument, { "data-title": t("staff.round"), dir: "auto" }),
      stateOf(round)),
    said("p", waveWords(round.wave), { class: "soft" }),
    h("div", { class: "line-lost", hidden: !view.lost }, notice("care", t("staff.round.lost"))),
    round.reporting_missing && round.state === "open" && notice("care", t("staff.round.reporting_missing")),
    upNext(view),
    round.state === "open" || round.takes_late ? people(view) : null,
    round.state === "released" && !round.takes_late ? whoWas(view) : null,
    ends(view));
}

function stateOf(round) {
  const kind = { open: "waiting", released: "done" }[round.state] || "over";
  return state(kind, t(`staff.round.${round.state}`));
}

/* The one thing to do now, largest. */
function upNext(view) {
  const { round } = view, step = next(round);
  const who = step.place && nameOf(step.place);
  const doing = {
    talk: () => [h("p", {}, t("staff.next.talk")), h("div", { class: "acts" },
      go(t("staff.next.open"), fragment("talk", round.round), { kind: "first" }),
      round.together_due && view.works && act(t("staff.next.together"), () => together(view)))],
    before: () => [h("p", {}, t("talk.before"))],
    give: () => [h("p", {}, capital(t(view.works ? "staff.next.give" : "staff.next.invite", { who: theName(step.place) }))), h("div", { class: "acts" },
      view.works && button(t("staff.give"), () => handOver(view, step.place), { kind: "first", suffix: who, "data-keep": "next" }),
      button(t("staff.invite"), () => invite(view, step.place), { kind: view.works ? "plain" : "first", suffix: who }))],
    name: () => [h("p", {}, t("staff.next.name"))],
    own: () => [h("p", {}, t(step.alone ? "staff.next.own.alone" : "staff.next.own")), h("div", { class: "acts" },
      view.works ? act(t("staff.own"), () => ownTurn(view, step.place), { kind: "first", "data-keep": "next" })
        : button(t("staff.invite"), () => invite(view, step.place), { kind: "first", suffix: who }))],
    release: () => [h("p", {}, t("staff.next.release")), h("div", { class: "acts" },
      button(t("staff.release"), () => release(view), { kind: "first", "data-keep": "next" }))],
    wait: () => [h("p", {}, t("staff.next.wait"))],
    none: () => [h("p", {}, t(`staff.next.${round.state}`))],
  };
  return h("section", { class: "next", "aria-labelledby": "next-head" },
    h("h2", { id: "next-head" }, t("staff.next")), doing[step.kind]());
}

/* -- who takes part -------------------------------------------------------------------------- */

function people(view) {
  const { round } = view, here = places(round);
  return part(t("staff.people"),
    h("p", { class: "hint" }, t("staff.people.hint")),
    h("ul", { class: "people" }, here.map((place) => person(view, place))),
    addable(view).length > 0 && h("div", { class: "acts" },
      button(t("staff.people.add"), () => add(view), { "data-keep": "add" })));
}

function person(view, place) {
  const who = nameOf(place), asked = invitationsOf(view.round, place), at = key(place);
  return h("li", { class: "person" },
    h("div", { class: "person-who" }, said("h3", who, { class: "person-name" }),
      place.label && h("span", { class: "soft" }, roleWord(place.role, place.title)),
      place.optional && !place.ready && h("span", { class: "soft" }, t("staff.people.optional"))),
    place.ready ? state("done", t("staff.ready")) : state("waiting", t("staff.not_ready")),
    !place.ready && h("div", { class: "acts" }, place.professional && view.works
      ? act(t("staff.own"), () => ownTurn(view, place), { suffix: who, "data-keep": `own-${at}` })
      : [button(t("staff.invite"), () => invite(view, place), { suffix: who, "data-keep": `invite-${at}` }),
        view.works && button(t("staff.give"), () => handOver(view, place), { suffix: who, "data-keep": `give-${at}` })]),
    asked.map((one) => h("div", { class: "asked" },
      h("span", {}, t("staff.invited", { until: moment(one.until, tongue(), new Date()) })),
      act(t("staff.uninvite"), async () => {
        await send("DELETE", `${view.path}/invitations/${encodeURIComponent(one.id)}`);
        await view.renew();
      }, { kind: "quiet", suffix: who }))));
}

function invitationsOf(round, place) {
  return (round.invitations || []).filter((one) => one.role === place.role && (one.label || null) === place.label);
}

function whoWas(view) {
  return part(t("staff.people"), h("ul", { class: "persons" }, places(view.round).map((place) =>
    h("li", {}, said("strong", nameOf(place), { class: "person-name" }),
      place.label && h("span", { class: "soft" }, roleWord(place.role, place.title))))));
}

/* Only a worker names somebody for a roster. */
function addable(view) {
  return openRoles(view.round).filter((role) => view.works || !role.roster);
}

/* Somebody more: of a roster they are named for all to see; of several who have one role they come
   with their invitation; of a team that is only counted nobody has a name. */
function add(view) {
  dialog(t("staff.people.add"), (close) => {
    const roles = addable(view);
    const label = field(t("staff.people.name"), { hint: t("staff.people.name.hint"), maxlength: "64" });
    const fits = () => { label.hidden = chosen().counted === true; };
    const role = select(t("staff.people.role"), roles.map((one) => [one.role, capital(roleWord(one.role, one.title))]), { onchange: fits });
    const chosen = () => roles.find((one) => one.role === role.input.value);
    fits();
    return form(t("staff.people.on"), async () => {
      const one = chosen(), called = one.counted ? null : label.input.value.trim();
      label.wrong(one.counted || called ? null : t("staff.needed"));
      if (called === "") {
        label.input.focus();
        return;
      }
      if (!one.roster) {
        close();
        invite(view, { role: one.role, title: one.title, label: called });
        return;
      }
      try {
        await send("POST", `${view.path}/persons`, { role: one.role, label: called });
      } catch (error) {
        if (error.status !== 422) throw error;
        label.wrong(t("staff.people.name.wrong"));
        label.input.focus();
        return;
      }
      close();
      await view.renew();
    }, [role, label]);
  });
}

/* -- how it ends ----------------------------------------------------------------------------- */

function release(view) {
  confirm(t("staff.release"), [t("staff.release.does"), t("staff.release.late")], t("staff.release.yes"), async () => {
    await send("POST", `${view.path}/release`);
    await view.renew();
  });
}

function ends(view) {
  const { round } = view, ways = [];
  const does = (name, run, grave) => h("li", {}, h("p", {}, t(`staff.${name}.hint`)),
    button(t(`staff.${name}`), () => confirm(t(`staff.${name}`), t(`staff.${name}.does`), t(`staff.${name}.yes`), run, { grave }),
      { "data-keep": name }));
  const post = (verb) => async () => {
    await send("POST", `${view.path}/${verb}`);
    await view.renew();
  };
  if (round.state === "open") {
    if (round.may_release && next(round).kind !== "release") ways.push(does("release", post("release"), false));
    if (round.may_close) ways.push(does("one_side", post("close"), false));
    ways.push(does("end", post("end"), true));
  }
  const gone = places(round);
  if (gone.length && (round.state === "open" || round.state === "released")) {
    ways.push(h("li", {}, h("p", {}, t("staff.withdraw.hint")),
      button(t("staff.withdraw"), () => withdraw(view, gone), { "data-keep": "withdraw" })));
  }
  return ways.length ? h("details", { class: "more" }, h("summary", { "data-keep": "more" }, t("staff.more")), h("ul", { class: "ways" }, ways),
    facts([[t("staff.round.instrument"), `${round.instrument} ${round.version || ""}`.trim()]])) : null;
}

function withdraw(view, gone) {
  dialog(t("staff.withdraw"), (close) => {
    const who = select(t("staff.withdraw.who"), gone.map((place) => [place.person || key(place), nameOf(place)]));
    return [h("p", {}, t("staff.withdraw.does")), form(t("staff.withdraw.yes"), async () => {
      await send("POST", `${view.path}/withdraw`, { person: who.input.value });
      close();
      await view.renew();
    }, [who])];
  });
}
