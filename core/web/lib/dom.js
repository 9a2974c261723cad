/* dom.js - making elements. Words of people and authors only ever become text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

function put(node, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else if (name === "style") for (const [key, worth] of Object.entries(value)) node.style.setProperty(key, worth);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * An element: h("button", { type: "button", onclick: go, "aria-pressed": "false" }, "Go on").
 * Attributes that are null, undefined or false are left out; functions are listeners; `style` is an
 * object of properties (set one by one: the page's policy allows no style attribute). Children are
 * nodes, text, or lists of these; null and false are nothing.
 */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  put(node, attributes);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The same in SVG. */
export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  put(node, attributes);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Empties an element, then fills it. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An id that no other element of this page has: for labels and descriptions. */
export function freshId(prefix = "e") {
  freshId.last = (freshId.last ?? 0) + 1;
  return `${prefix}-${freshId.last}`;
}

/** Words somebody wrote: their own direction, whatever the page's is. */
export function said(tag, text, attributes) {
  return h(tag, { dir: "auto", ...attributes }, text);
}

/**
 * Tells a screen reader without moving anybody: the element #said of the page (role=status). The
 * same words twice are said twice.
 */
export function announce(text) {
  const place = document.getElementById("said");
  if (place === null) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 30);
}
