/* aloud.js - reading aloud what stands on the screen, when somebody asks for it.
 *
 * The sound comes from the server, text by text; the voice of the browser is an extra that somebody
 * turns on, for some devices send the words to their maker. Nothing plays by itself. What is read is
 * marked; it stops when the screen goes. Once somebody listened, or when they said that it is read to
 * them, each text has a button of its own, on this screen and on those after it. */
import { get, Refusal } from "./api.js";
import { announce, fill, h, svg } from "./dom.js";
import { t } from "./i18n.js";

const LOOK_MS = 250, TRIES = 4;

function icon(...paths) {
  return svg("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true", fill: "none", stroke: "currentColor",
    "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }, paths.map((d) => svg("path", { d })));
}
const speaker = () => icon("M4 9v6h4l5 4V5L8 9z", "M16.5 9a4 4 0 0 1 0 6", "M19 6.500a8 8 0 0 1 0 11");
const square = () => icon("M7 7h10v10H7z");

/** Texts that can be read, each once: { text, audio } with words in it. */
export function heardOf(texts) {
  const seen = new Set();
  return texts.filter((one) => {
    const words = one?.text?.trim() ?? "";
    if (words === "" || seen.has(words)) return false;
    seen.add(words);
    return true;
  });
}

/** The innermost element under `root` that says exactly these words; null: none does. */
export function elementOf(root, words) {
  const wanted = words.trim().replace(/\s+/g, " ");
  const says = (node) => node.textContent.trim().replace(/\s+/g, " ") === wanted;
  let found = null;
  for (const node of root.querySelectorAll("h1, h2, h3, p, li, td, th, tr, span, legend, label, summary, dd, dt, caption"))
    if (says(node) && (found === null || found.contains(node))) found = node;
  return found;
}

/* One text by the browser's own voice: a Promise that settles when it is over. */
function speakHere(text, language) {
  const synthesis = globalThis.speechSynthesis;
  const promise = new Promise((resolve, reject) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    utterance.rate = 0.95;
    utterance.onend = () => resolve(true);
    utterance.onerror = () => reject(new Error("no voice"));
    synthesis.speak(utterance);
  });
  return { promise, stop: () => synthesis.cancel() };
}

/* Nothing, as sound: played while a button is pressed, so that a browser lets the rest be heard. */
function silence() {
  const bytes = new Uint8Array(46), view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF....WAVEfmt "), 0);
  bytes.set(new TextEncoder().encode("data"), 36);
  for (const [at, value, size] of [[4, 38, 4], [16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 22050, 4], [28, 44100, 4], [32, 2, 2], [34, 16, 2], [40, 2, 4]])
    if (size === 4) view.setUint32(at, value, true); else view.setUint16(at, value, true);
  return new Blob([bytes], { type: "audio/wav" });
}

/* One sound. Where much waits to be read, it is asked for again when the server says. */
async function soundOf(address) {
  for (let n = 1; ; n++) {
    try {
      return await get(address);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 429 || n === TRIES) throw error;
      await new Promise((done) => setTimeout(done, (error.body?.retry ?? 1) * 1000));
    }
  }
}

/* The sounds of one screen: fetched once, the next one while the first is heard. path: where they are. */
function makePlayer(path) {
  const player = new Audio(), sounds = new Map();
  const fetched = (key) => {
    if (!sounds.has(key)) {
      const sound = soundOf(`${path}/${encodeURIComponent(key)}`);
      sound.catch(() => sounds.delete(key));
      sounds.set(key, sound);
    }
    return sounds.get(key);
  };
  let address = null;
  function put(blob) {
    if (address !== null) URL.revokeObjectURL(address);
    address = URL.createObjectURL(blob);
    player.src = address;
    return player.play();
  }
  function forget() {
    if (address !== null) URL.revokeObjectURL(address);
    address = null;
    player.removeAttribute("src");
  }
  return {
    unlock() { put(silence()).catch(() => {}); },
    ahead(key) { if (key) fetched(key).catch(() => {}); },
    play(key) {
      let over = false;
      const promise = fetched(key).then((blob) => new Promise((resolve, reject) => {
        if (over) return resolve(false);
        player.onended = () => resolve(true);
        player.onerror = () => reject(new Error("no sound"));
        return put(blob).catch(reject);
      }));
      return { promise, stop: () => { over = true; player.pause(); forget(); } };
    },
  };
}

/**
 * Reading aloud for one page. button(texts, { root, language, path }) is what stands on a screen: texts
 * are { text, audio }, or what brings them when somebody asks to hear them; root() the element in which
 * they are marked; path where their sounds are. on: buttons for each text. refused(error) hears what was
 * refused, for it may concern the whole page. end() when the page goes: nothing that was read stays.
 */
export function makeAloud({ refused = () => {} } = {}) {
  const state = { on: false, own: false }; /* own: the browser's voice */
  let stopNow = () => {};

  function button(all, { root = () => document.getElementById("page"), language = () => document.documentElement.lang,
    path = "/turn/audio" } = {}) {
    let texts = typeof all === "function" ? null : heardOf(all);
    stopNow();
    stopNow = () => {}; /* it holds on to what was read */
    if (texts?.length === 0) return null;
    const player = makePlayer(path);
    let running = null, timer = null, marked = null;
    const can = globalThis.speechSynthesis !== undefined;
    const note = h("p", { class: "hint aloud-note", role: "status" });
    const main = h("button", { type: "button", class: "button aloud-all", onclick: () => (running ? stop() : read(0)) });
    const voice = h("input", { type: "checkbox", checked: state.own, onchange: () => { state.own = voice.checked; note.textContent = ""; } });
    const off = h("button", { type: "button", class: "button subtle", onclick: () => { stop(); state.on = false; dress(); look(); main.focus(); } }, t("aloud.off"));
    const more = h("div", { class: "row aloud-more" }, can && h("label", { class: "aloud-voice" }, voice, h("span", null, t("aloud.own"))), off);
    const bar = h("div", { class: "aloud" }, h("div", { class: "row" }, main, more), note);

    function look() {
      fill(main, running ? square() : speaker(), h("span", null, t(running ? "aloud.stop" : "aloud.all")));
      more.hidden = !state.on;
    }
    function mark(words) {
      marked?.classList.remove("being-read");
      marked?.style.removeProperty("outline");
      marked = words === null ? null : elementOf(root() ?? document.body, words);
      marked?.classList.add("being-read");
      if (marked !== null && marked.ownerDocument !== document) marked.style.setProperty("outline", "3px solid #1d4f7c");
      marked?.scrollIntoView({ block: "nearest" });
    }
    function stop() {
      running?.stop();
      running = null;
      clearInterval(timer);
      mark(null);
      look();
    }

    function silent() {
      stop();
      note.textContent = t(can && !state.own ? "aloud.none_but_own" : "aloud.none");
      announce(note.textContent);
    }
    /* What there is to hear, asked for once; null: it does not come, or somebody stopped meanwhile. */
    async function bring() {
      const mine = running = { stop() {} };
      look();
      const lines = await all().catch((error) => { if (!(error instanceof Refusal)) throw error; refused(error); return null; });
      if (running !== mine) return null;
      if (lines === null) silent();
      else texts = heardOf(lines);
      return texts;
    }

    /* From one text to another, one after the other. */
    async function read(from, to) {
      stop();
      stopNow();
      stopNow = stop;
      if (!state.on) { state.on = true; dress(); }
      note.textContent = "";
      if (!state.own) player.unlock();
      timer = setInterval(() => { if (!bar.isConnected) stop(); }, LOOK_MS);
      if (texts === null && await bring() === null) return;
      for (let at = from; at < (to ?? texts.length); at++) {
        const mine = state.own || !texts[at].audio ? (state.own && can ? speakHere(texts[at].text, language()) : null) : player.play(texts[at].audio);
        running = mine ?? { stop() {} };
        if (!state.own && at + 1 < (to ?? texts.length)) player.ahead(texts[at + 1].audio);
        look();
        mark(texts[at].text);
        try {
          if (mine === null) throw new Error("no voice");
          await mine.promise;
        } catch (error) {
          refused(error);
          if (running === (mine ?? running)) silent();
          return;
        }
        if (running !== mine) return; /* somebody stopped it, or began another */
      }
      stop();
    }

    /* A button for each text, beside it; inside an answer's label there can be none, so the label gets company. */
    function dress() {
      const place = root();
      if (place === null || place === undefined || place.ownerDocument !== document) return;
      for (const one of place.querySelectorAll(".aloud-one")) one.remove();
      if (!state.on || !bar.isConnected || texts === null) return;
      texts.forEach((one, at) => {
        const node = elementOf(place, one.text);
        if (node === null) return;
        const little = h("button", { type: "button", class: "aloud-one", "aria-label": t("aloud.one", { text: one.text }), onclick: () => read(at, at + 1) }, speaker());
        const label = node.closest("label");
        if (label === null) node.append(little);
        else if (label.parentElement.classList.contains("aloud-pair")) label.after(little);
        else {
          const pair = h("div", { class: "aloud-pair" });
          label.replaceWith(pair);
          pair.append(label, little);
        }
      });
    }

    stopNow = stop;
    look();
    if (state.on) requestAnimationFrame(dress);
    return bar;
  }

  const gone = () => stopNow();
  addEventListener("pagehide", gone);
  return {
    button,
    get on() { return state.on; },
    set on(value) { state.on = value; },
    stop: () => stopNow(),
    end: () => {
      stopNow();
      stopNow = () => {};
      removeEventListener("pagehide", gone);
    },
  };
}
