/* making.js - the ways in which something can be made, and what becomes of it. Shared by draw, photo
 * and collage.
 *
 * read() gives what stands there, to be kept as a draft: words, paper and pieces as they are sent; a
 * drawing as { strokes }, a photo as { photo } with the keep that was chosen. settle() brings a
 * picture to the server and resolves to the value that is sent. Nothing is brought before that: a
 * line that was rubbed out was never anywhere else. */
import { fill, freshId, h } from "../lib/dom.js";
import { makeCollage } from "./board.js";
import { makePad } from "./pad.js";
import { makeShot, photoBlob } from "./shot.js";
import { read as readStrokes, TYPE, write as writeStrokes } from "./strokes.js";
import { control as wordsControl } from "./words.js";

const PICTURES = ["draw", "photo"];
const WORDS_MOST = 20;

/** The ways a question offers, in the order of the kind. Words may be typed or said to somebody. */
export function waysOf(tools, order) {
  const offered = new Set(tools ?? []);
  if (offered.has("words")) offered.add("scribe");
  return order.filter((way) => offered.size === 0 ? way !== "pieces" : offered.has(way));
}

/** The way in which a value was made; undefined for none that can be told. */
export function wayOf(value, ways) {
  if (value === undefined) return undefined;
  const way = value.strokes ? "draw" : value.photo ? "photo" : value.words ? "words" : value.pieces ? "pieces"
    : value.paper ? "paper" : value.type === TYPE ? "draw" : value.blob ? "photo" : undefined;
  return ways.includes(way) ? way : undefined;
}

/* The picture that is kept of before, until another is made. again(strokes): a drawing goes on from
 * there; null where it cannot be had. */
function keptPicture(value, host, again) {
  const root = h("div", { class: "kept-picture stack" }, h("p", { class: "hint" }, host.t("draw.kept")));
  const gone = () => fill(root, h("p", { class: "notice" }, host.t("draw.kept_gone")));
  if (value.type === TYPE) host.kept(value.blob).then(async (kept) => again(readStrokes(JSON.parse(await kept.text()))))
    .catch(() => { gone(); again(null); });
  else root.append(h("img", { class: "shot", src: `/api/v1/turn/image/${encodeURIComponent(value.blob)}`, alt: host.t("photo.yours"), onerror: gone }));
  return root;
}

/* Whether it is kept: said by the question, or chosen by who made it. { root, chosen() }. */
function keepChoice(item, host, offered, way) {
  const pieces = way === "pieces";
  if (item.keep !== "ask") {
    const key = pieces ? null : { give: "draw.keep_says.give", until: "draw.keep_says.until", none: "draw.keep_says.none" }[item.keep];
    return { root: key && h("p", { class: "hint keep-says" }, host.t(key, { n: item.keep_days })), chosen: () => undefined };
  }
  const list = ["none", !pieces && "give", item.keep_days > 0 && "until"].filter(Boolean), name = freshId("keep");
  let chosen = list.includes(offered) ? offered : "none";
  const root = h("fieldset", { class: "keep" }, h("legend", { class: "label" }, host.t("draw.keep")),
    h("div", { class: "answers" }, list.map((one) => h("label", { class: "answer" },
      h("input", { type: "radio", name, value: one, checked: one === chosen, onchange: () => { chosen = one; host.chose(); } }),
      h("span", { class: "answer-text" }, host.t(`draw.keep.${one}`, { n: item.keep_days })))))); 
  return { root, chosen: () => chosen };
}

/* What was kept before stays kept unless somebody says otherwise. */
function keptBefore(item, offered) {
  return offered?.blob || offered?.pieces ? (item.keep_days > 0 ? "until" : "give") : undefined;
}

/** The control of draw, photo and collage. order: every way of the kind, the most fitting first. */
export function makingControl(item, offered, host, order) {
  const ways = waysOf(item.tools, order), heldWays = {};
  let way = wayOf(offered, ways) ?? (offered === undefined ? ways[0] : undefined);
  let part = null, keep = null, touched = false; /* touched: something here is not as it was offered */
  let chose = false; /* whether it is kept was chosen here */
  const made = new Set(); /* ways in which something was made here: what was kept of before is not that any more */
  const place = h("div", { class: "making-part" });
  const tabs = ways.length < 2 ? null : h("div", { class: "making-ways", role: "group", "aria-label": host.t("draw.ways") },
    ways.map((one) => h("button", { type: "button", class: "button making-way", "aria-pressed": "false", value: one, onclick: () => go(one) },
      host.t(`draw.way.${one}`))));
  const changed = () => {
    touched = true;
    host.changed();
  };
  const makes = (name) => () => {
    made.add(name);
    changed();
  };
  /* The picture of before stands here still, looked at or not. */
  const keptStands = () => offered?.blob !== undefined && way === wayOf(offered, ways) && !made.has(way);

  /* -- the parts: { root, read(), picture(): Promise of [blob, type], focus(), dispose(), problem } -- */
  function drawPart(from) {
    const pad = makePad(host, from, makes("draw"));
    return { ...pad,
      read: () => (pad.strokes().length === 0 ? undefined : { strokes: writeStrokes(pad.strokes()) }),
      picture: async () => [new Blob([JSON.stringify(writeStrokes(pad.strokes()))], { type: TYPE }), TYPE],
      problem: "draw.nothing" };
  }
  function photoPart(from) {
    const shot = makeShot(host, from, makes("photo"));
    return { ...shot, read: () => (shot.data() === undefined ? undefined : { photo: shot.data() }),
      picture: async () => [photoBlob(shot.data()), "image/jpeg"], problem: "photo.nothing" };
  }
  function wordsPart(from, scribe) {
    const inner = wordsControl({ options: [], max: WORDS_MOST, own: true }, from, { ...host, changed });
    return { root: h("div", { class: "stack" }, scribe && h("p", { class: "hint" }, host.t("draw.scribe")), inner.root),
      read: () => { const list = inner.read(); return list === undefined ? undefined : { words: list }; },
      focus: inner.focus, dispose: inner.dispose, wrong: inner.problem, problem: "draw.no_words" };
  }
  function paperPart() {
    return { root: h("p", { class: "notice" }, host.t("draw.paper")), read: () => ({ paper: true }), focus: () => tabs?.querySelector("[aria-pressed=true]")?.focus(), dispose() {} };
  }
  function piecesPart(from) {
    const board = makeCollage(item, from, { ...host, changed });
    return { ...board, read: () => (board.pieces().length === 0 ? undefined : { pieces: board.pieces() }), problem: "place.nothing" };
  }
  /* What was given before of this way, else what stood here when it was left. */
  function make(name) {
    const value = heldWays[name] ?? (wayOf(offered, ways) === name ? offered : undefined);
    if (name === "draw") {
      if (value?.blob && !made.has(name)) {
        const before = keptPicture(value, host, (strokes) => {
          if (way !== "draw" || made.has(name)) return undefined;
          const pad = drawPart(strokes ?? []);
          return put(strokes === null ? { ...pad, root: h("div", { class: "stack" }, before, pad.root) } : pad);
        });
        return { ...drawPart([]), root: before, read: () => undefined };
      }
      return drawPart(value?.strokes ? readStrokes(value.strokes) : []);
    }
    if (name === "photo") {
      const shot = photoPart(value?.photo);
      if (value?.blob && !made.has(name)) shot.root.prepend(keptPicture(value, host));
      return shot;
    }
    if (name === "words" || name === "scribe") return wordsPart(value?.words ?? heldWays.words?.words ?? heldWays.scribe?.words, name === "scribe");
    return name === "pieces" ? piecesPart(value?.pieces) : paperPart();
  }

  function put(next) {
    part?.dispose();
    part = next;
    const keeps = PICTURES.includes(way) || (way === "pieces" && item.keep === "ask");
    keep = keeps ? keepChoice(item, { ...host, chose: () => { chose = true; changed(); } }, keep?.chosen() ?? offered?.keep ?? keptBefore(item, offered), way) : null;
    fill(place, part.root, keep?.root);
    for (const tab of tabs?.children ?? []) tab.setAttribute("aria-pressed", String(tab.value === way));
  }
  function go(name) {
    if (way !== undefined && part !== null) heldWays[way] = part.read();
    way = name;
    put(make(name));
    changed();
  }
  function stands() {
    const value = part?.read(), kept = keep?.chosen();
    return value === undefined ? undefined : { ...value, ...(kept === undefined ? {} : { keep: kept }) };
  }

  /* What was offered, and what was chosen about keeping it, if that is not as it was. */
  function before() {
    return chose ? { ...offered, keep: keep?.chosen() } : offered;
  }

  if (way !== undefined) put(make(way));
  return {
    root: h("div", { class: "making stack" }, tabs, place),
    read: () => (keptStands() ? before() : stands() === undefined && !touched ? offered : stands()),
    async settle() {
      if (keptStands()) return before().keep === undefined ? offered : host.image(await host.kept(offered.blob), offered.type, before().keep);
      const value = stands(), kept = !touched && offered !== undefined && !offered.strokes && !offered.photo;
      if (kept || value === undefined) return touched ? undefined : offered; /* as it was: nothing goes twice */
      if (!PICTURES.includes(way)) return value;
      return host.image(...await part.picture(), value.keep);
    },
    problem: () => part?.wrong?.() ?? host.t(part === null ? "draw.choose" : part.problem ?? "draw.nothing"),
    focus: () => (part ?? tabs?.firstElementChild)?.focus(),
    dispose: () => part?.dispose(),
  };
}
