/* board.js - a field on which things are laid: by drag, by tapping a thing and then a place, or by
 * arrow keys. The tokens of a triangle and the pieces of a collage.
 *
 * Each thing is a button. The one that was touched last is held: a tap on the field brings it there,
 * keys move and turn it. */
import { fill, freshId, h } from "../lib/dom.js";
import { freePlace, hundredths, placeAfter, placeUnder, turned } from "./plane.js";
import { pictureOf } from "./answers.js";

const TURN = 15, TAP_PX = 6;

/**
 * things: [{ text, face (an element), x, y, turn }]; a thing without x lies beside the field.
 * { root, put(thing), remove(thing), hold(thing), held(), focus() }; changed() after each change.
 */
export function makeBoard(host, { name, turns, things, changed, removable }) {
  const how = freshId("board-how");
  const field = h("div", { class: "board-field" });
  const say = h("p", { class: "vh", id: how }, host.t(turns ? "place.keys_turn" : "place.keys"));
  const buttons = new Map();
  let held = null;

  function sayWhere(thing) {
    host.announce(host.t("place.at", { what: thing.text, x: hundredths(thing.x), y: hundredths(thing.y) }) +
      (thing.turn ? host.t("place.turned", { n: thing.turn }) : ""));
  }
  function look(thing) {
    const button = buttons.get(thing);
    button.style.setProperty("--x", String(thing.x / 1000));
    button.style.setProperty("--y", String(thing.y / 1000));
    button.style.setProperty("--turn", `${thing.turn ?? 0}deg`);
    button.setAttribute("aria-pressed", String(held === thing));
  }
  function hold(thing) {
    const before = held;
    held = thing;
    for (const one of [before, thing]) if (one !== null && buttons.has(one)) look(one);
    tools();
  }
  function move(thing, place) {
    Object.assign(thing, place);
    look(thing);
  }
  function turn(by) {
    if (held === null || !turns) return;
    held.turn = turned(held.turn ?? 0, by);
    look(held);
    sayWhere(held);
    changed();
  }
  function away() {
    if (held === null || !removable) return;
    const gone = held;
    remove(gone);
    host.announce(host.t("place.gone", { what: gone.text }));
    removable(gone);
    changed();
  }

  /* -- a thing -- */
  const margin = () => Math.min(field.clientWidth, field.clientHeight) * 0.08;
  const under = (event) => placeUnder(event.clientX, event.clientY, field.getBoundingClientRect(), margin());
  function drag(button, thing) {
    let from = null, moved = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      from = event;
      moved = false;
      button.setPointerCapture(event.pointerId);
      hold(thing);
    });
    button.addEventListener("pointermove", (event) => {
      if (from === null || (!moved && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < TAP_PX)) return;
      moved = true;
      move(thing, under(event));
    });
    for (const end of ["pointerup", "pointercancel"]) button.addEventListener(end, () => {
      if (from !== null && moved) { sayWhere(thing); changed(); }
      from = null;
    });
  }
  function keys(event, thing) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = placeAfter(event.key, thing, event.shiftKey);
    hold(thing);
    if (next !== undefined) { move(thing, next); sayWhere(thing); changed(); }
    else if (turns && (event.key === "r" || event.key === "R")) turn(event.shiftKey ? -TURN : TURN);
    else if (removable && (event.key === "Delete" || event.key === "Backspace")) away();
    else return;
    event.preventDefault();
  }
  function put(thing) {
    const button = h("button", { type: "button", class: "board-thing", "aria-pressed": "false", "aria-describedby": how,
      "aria-label": thing.text, onfocus: () => hold(thing), onclick: () => hold(thing), onkeydown: (event) => keys(event, thing) }, thing.face());
    buttons.set(thing, button);
    drag(button, thing);
    field.append(button);
    look(thing);
    return button;
  }
  function remove(thing) {
    buttons.get(thing)?.remove();
    buttons.delete(thing);
    if (held === thing) hold(null);
  }

  /* -- the field: a tap brings what is held -- */
  field.addEventListener("click", (event) => {
    if (event.target !== field || held === null) return;
    if (!buttons.has(held)) put(held);
    move(held, under(event));
    sayWhere(held);
    changed();
    tools();
  });

  const bar = h("div", { class: "row board-tools" });
  function tools() {
    const idle = held === null || !buttons.has(held);
    const tool = (word, go) => h("button", { type: "button", class: "button", disabled: idle, onclick: go }, host.t(word));
    if (bar.childElementCount === 0) fill(bar, turns && [tool("place.turn_left", () => turn(-TURN)), tool("place.turn_right", () => turn(TURN))],
      removable && tool("place.away", away));
    for (const one of bar.children) one.disabled = idle;
    field.classList.toggle("ready", held !== null);
  }
  for (const thing of things) if (thing.x !== undefined) put(thing);
  tools();

  return {
    root: h("div", { class: turns ? "board pieces" : "board", role: "group", "aria-label": name }, field, bar, say),
    put, remove, hold, move,
    has: (thing) => buttons.has(thing),
    focus: (thing) => (thing === undefined ? field.querySelector("button") : buttons.get(thing))?.focus(),
  };
}

/** A collage: a tray of pieces to take from, as many of each as somebody wants, up to item.max. */
export function makeCollage(item, offered, host) {
  const options = item.options ?? [], most = item.max > 0 ? item.max : Infinity;
  const face = (option) => () => (option.picture ? h("img", { src: host.picture(option.picture), alt: "", draggable: "false",
    onerror: (event) => event.target.replaceWith(wordFace(option)) }) : wordFace(option));
  const wordFace = (option) => h("span", { class: "piece-word", dir: "auto" }, option.text);
  const thingOf = (option, at) => ({ id: option.id, text: option.text, face: face(option), turn: 0, ...at });
  let laid = (offered ?? []).flatMap((piece) => {
    const option = options.find((one) => one.id === piece.id);
    return option === undefined ? [] : [thingOf(option, { x: piece.x, y: piece.y, turn: piece.turn ?? 0 })];
  });
  const board = makeBoard(host, { name: host.t("place.board"), turns: true, things: laid, changed: host.changed,
    removable: (gone) => {
      laid = laid.filter((one) => one !== gone);
      (laid.length > 0 ? board : tray.querySelector("button")).focus();
    } });
  function add(option) {
    if (laid.length >= most) return host.announce(host.t("place.most", { n: most }));
    const thing = thingOf(option, freePlace(laid));
    laid.push(thing);
    board.put(thing);
    board.hold(thing);
    host.announce(host.t("place.laid", { what: option.text }));
    return host.changed();
  }
  const tray = h("div", { class: "tray", role: "group", "aria-label": host.t("place.tray") }, options.map((option) =>
    h("button", { type: "button", class: "tray-piece", onclick: () => add(option) },
      pictureOf(option, host), h("span", { dir: "auto" }, option.text))));
  return {
    root: h("div", { class: "stack" }, h("p", { class: "hint" }, host.t("place.how_pieces")), tray, board.root),
    pieces: () => laid.map((one) => ({ id: one.id, x: one.x, y: one.y, turn: one.turn })),
    focus: () => (laid.length > 0 ? board : tray.querySelector("button")).focus(),
    dispose() {},
  };
}
