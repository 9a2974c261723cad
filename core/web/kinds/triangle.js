/* triangle.js - three tokens, each to be laid at a place of its own. None lies anywhere before
 * somebody puts it there. Shapes and letters tell them apart, as on the sheet. */
import { fill, h, svg } from "../lib/dom.js";
import { makeBoard } from "./board.js";
import { freePlace, lettersOf } from "./plane.js";

const SHAPES = [
  () => svg("circle", { class: "token-circle", cx: 24, cy: 24, r: 21 }),
  () => svg("rect", { class: "token-square", x: 5, y: 5, width: 38, height: 38 }),
  () => svg("path", { class: "token-diamond", d: "M24 2L46 24L24 46L2 24Z" }),
];

export function control(item, offered, host) {
  const options = item.options ?? [], letters = lettersOf(options.map((one) => one.text));
  const token = (at) => svg("svg", { class: "token", viewBox: "0 0 48 48", "aria-hidden": "true" }, SHAPES[at % 3](),
    svg("text", { class: `token-letter token-letter-${at % 3}`, x: 24, y: 31 }, letters[at]));
  const tokens = options.map((option, at) => {
    const place = offered?.[option.id];
    return { id: option.id, text: option.text, face: () => token(at), ...(place ? { x: place[0], y: place[1] } : {}) };
  });
  const changed = () => { trays(); host.changed(); };
  const board = makeBoard(host, { name: host.t("place.field"), turns: false, things: tokens, changed });
  const tray = h("div", { class: "tray tokens", role: "group", "aria-label": host.t("place.tokens") });

  /* A token in the tray is laid in the middle, or held for the next tap on the field. */
  function lay(thing) {
    if (!board.has(thing)) {
      Object.assign(thing, freePlace(tokens.filter((one) => board.has(one))));
      board.put(thing);
      host.announce(host.t("place.laid", { what: thing.text }));
    }
    board.hold(thing);
    changed();
    board.focus(thing);
  }
  function trays() {
    fill(tray, tokens.map((one, at) => h("button", { type: "button", class: "tray-piece", "aria-pressed": String(board.has(one)), onclick: () => lay(one) },
      token(at), h("span", { dir: "auto" }, one.text), h("span", { class: "vh" }, board.has(one) ? `: ${host.t("place.lies")}` : ""))));
  }
  trays();

  const value = () => (tokens.every((one) => board.has(one)) ? Object.fromEntries(tokens.map((one) => [one.id, [one.x, one.y]])) : undefined);
  return {
    root: h("div", { class: "stack" }, h("p", { class: "hint" }, host.t("place.how_tokens")), tray, board.root),
    read: value,
    problem: () => host.t("place.all_three"),
    focus: () => tray.querySelector("button")?.focus(),
    dispose() {},
  };
}
