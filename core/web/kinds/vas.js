/* vas.js - a line between two end words. It is empty until it is touched: no handle, no tick, no
 * number, for each of these pulls answers (docs/explanation/web.md). Under it, and always there, the
 * same line as eleven buttons; where there is little room they are folded.
 *
 * For a screen reader the empty line is a button, for a slider must have a value. By keyboard a first
 * place comes from the eleven buttons, or from Home and End; arrows move it once it is there. */
import { fill, h, svg } from "../lib/dom.js";
import { BUTTONS, buttonOfPlace, placeAfter, placeAt, placeOfButton, zoneOf } from "./line.js";

const SIDEWAYS_PX = 6; /* a finger that moves this far along the line means the line */

const wordsOf = (text) => (typeof text === "string" ? text : text?.text ?? "");

/* Is there room for eleven buttons beside each other, at this size of text? */
function isWide() {
  const root = document.documentElement;
  return root.clientWidth / parseFloat(getComputedStyle(root).fontSize) >= 38;
}

export function control(item, offered, host) {
  const left = wordsOf(item.left), right = wordsOf(item.right), rtl = host.direction === "rtl";
  let place = typeof offered === "object" ? offered.value : offered;
  let by = offered?.by ?? "pointer", drag = null;
  const ends = { left, right };

  const mark = svg("svg", { class: "vas-mark", viewBox: "0 0 32 32", "aria-hidden": "true" }, svg("circle", { cx: 16, cy: 16, r: 13 }));
  const bar = h("div", { class: "vas-bar" });
  const line = h("div", { class: "vas-line", tabindex: "0", role: "button", "aria-describedby": `${host.heading} vas-how` }, bar);
  const how = h("p", { class: "vas-how hint", id: "vas-how" }, host.t("vas.how"));

  /* Where it stands, for who cannot see it: in words, for a number would pull as one on the screen. */
  function inWords() {
    const zone = zoneOf(place);
    if (zone === "middle") return host.t("vas.middle", ends);
    return host.t(`vas.${zone}`, { end: place < 500 ? left : right });
  }

  function draw() {
    const has = place !== undefined;
    line.classList.toggle("given", has);
    line.setAttribute("role", has ? "slider" : "button");
    line.setAttribute("aria-label", host.t(has ? "vas.name" : "vas.empty", ends));
    const values = { "aria-valuemin": 0, "aria-valuemax": 1000, "aria-valuenow": place, "aria-valuetext": has ? inWords() : null, "aria-orientation": "horizontal" };
    for (const [name, value] of Object.entries(values)) {
      if (has) line.setAttribute(name, String(value));
      else line.removeAttribute(name);
    }
    if (has) bar.style.setProperty("--place", String(place / 1000));
    fill(bar, has && mark);
    const at = has ? buttonOfPlace(place) : -1;
    for (const [index, input] of buttons.entries()) input.checked = index === at;
    how.textContent = host.t(has ? "vas.move" : "vas.how");
  }
  function put(value, way) {
    if (value === undefined) return;
    place = value;
    by = way;
    draw();
    host.changed();
  }

  /* -- pointer -- */
  function follow(event) {
    const box = bar.getBoundingClientRect();
    put(placeAt(event.clientX, box.left, box.width, rtl), "pointer");
  }
  /* A finger that begins on the line may be about to scroll the page: it places nothing until it goes
   * sideways or is lifted, and when the browser takes it for scrolling all is as it was. */
  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    drag = { x: event.clientX, place, by, placed: event.pointerType !== "touch" };
    line.setPointerCapture(event.pointerId);
    if (drag.placed) follow(event);
  });
  line.addEventListener("pointermove", (event) => {
    if (drag === null) return;
    drag.placed ||= Math.abs(event.clientX - drag.x) > SIDEWAYS_PX;
    if (drag.placed) follow(event);
  });
  line.addEventListener("pointerup", (event) => {
    if (drag !== null) follow(event);
    drag = null;
  });
  line.addEventListener("pointercancel", () => {
    if (drag !== null && drag.placed) {
      ({ place, by } = drag);
      draw();
      host.changed();
    }
    drag = null;
  });
  line.addEventListener("lostpointercapture", () => { drag = null; });

  /* -- keys -- */
  line.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = placeAfter(event.key, place, rtl);
    const first = place === undefined && ["Enter", " ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key);
    if (next === undefined && !first) return;
    event.preventDefault();
    if (next !== undefined) return put(next, "keyboard");
    host.announce(host.t("vas.first"));
    twin.open = true;
    buttons[0].focus();
    return undefined;
  });

  /* -- the same as eleven buttons -- */
  const buttons = Array.from({ length: BUTTONS }, (_, at) => h("input", { type: "radio", name: "vas-place", value: String(at),
    "aria-label": host.t(at > 0 && at < BUTTONS - 1 ? "vas.button" : "vas.button_end", { n: at + 1, of: BUTTONS, end: at === 0 ? left : right }),
    onchange: () => put(placeOfButton(at), "buttons") }));
  const twin = h("details", { class: "vas-twin", open: isWide() },
    h("summary", null, host.t("vas.twin")),
    h("div", { class: "vas-buttons", role: "radiogroup", "aria-label": host.t("vas.name", ends) },
      h("span", { class: "vas-end", dir: "auto", "aria-hidden": "true" }, left),
      h("div", { class: "vas-places" }, buttons.map((input) => h("label", { class: "vas-place" }, input))),
      h("span", { class: "vas-end", dir: "auto", "aria-hidden": "true" }, right)));

  draw();
  return {
    root: h("div", { class: "vas" },
      h("div", { class: "vas-ends" }, h("span", { dir: "auto" }, left), h("span", { dir: "auto" }, right)),
      line, how, twin),
    read: () => (place === undefined ? undefined : { value: place, by }),
    focus: () => line.focus(),
    dispose() {},
  };
}
