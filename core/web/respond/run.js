/* run.js - one person's turn: what stands on the page, what is sent, and what comes back.
 *
 * The server knows where the person is; this page only shows it. Every change goes through one
 * queue, one at a time, and its reply is the next step. Nothing is kept here but what did not arrive
 * yet (vault.js). */
import { get, getToken, listen, Refusal, send } from "../lib/api.js";
import { makeAloud } from "../lib/aloud.js";
import { load, preferred } from "../lib/i18n.js";
import { freshAnswerId, makeQueue } from "../lib/queue.js";
import { watchTabs } from "../lib/tabs.js";
import { openVault } from "../lib/vault.js";
import { t } from "../lib/i18n.js";
import { preloadKinds } from "../kinds/index.js";
import { showAgreement } from "./agreement.js";
import { arrived, mayFollow } from "./arrived.js";
import { makeDrafts } from "./drafts.js";
import { showEarlier } from "./earlier.js";
import { calmPage } from "./ends.js";
import { makeFrame } from "./frame.js";
import { gone, leave, lockedPage } from "./locked.js";
import { showOpening } from "./opening.js";
import { showOverview } from "./overview.js";
import { askLeave, openPause } from "./pause.js";
import { showQuestion } from "./question.js";
import { showShared } from "./shared.js";

const LOOK_AGAIN_MS = 2000; /* the next question is being made and no event came */

/* Waits, or less when the network comes back. */
function pause(ms) {
  return new Promise((resolve) => {
    const done = () => { clearTimeout(timer); removeEventListener("online", done); resolve(); };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });
}

/** The turn, in an element. */
export async function run(page) {
  const frame = makeFrame(page);
  const here = { frame, aloud: makeAloud(), turn: null, step: null, stay: null, vault: null, give, act, stop, send: reach, upload,
    drafts: makeDrafts(() => here.vault), unsent: () => (queue?.size ?? 0) + (bringing === null ? 0 : 1), pause: openPauseHere, leave: () => askLeave(here, leaveHere), openEarlier: earlier };
  let queue = null, events = null, tabs = null, screen = null, looking = null;
  let bringing = null; /* a picture that is on its way: the promise of it */
  let seat = null; /* whose it is, as far as this page knows */
  const moving = new Set(); /* paths of moves that are on their way */
  let blindly = false; /* a step was shown here: that another device went on is no news of before */
  let away = false; /* another tab goes on with it: nothing is shown here */
  let beginning = false; /* the screens before the first question stand here, and go at their own pace */

  /* -- what is sent ----------------------------------------------------------------------------- */

  function open() {
    queue = makeQueue({
      send: (entry) => reach("POST", entry.path, entry.body),
      keep: (entries) => {
        const kept = entries.filter((entry) => entry.keep);
        if (kept.length > 0) here.vault.put("waiting", kept);
        else here.vault.drop("waiting");
      },
      pause,
      follow: (entry, before, step) => { /* it was given at the same step, and is about what came of it */
        if (entry.body?.after === before.body?.after && step?.seq !== undefined) entry.body.after = step.seq;
      },
      changed: ({ waiting, failing }) => { if (waiting > 0 && failing !== null) frame.waiting(failing.status === 0); },
    });
  }

  /* Asks who sits here, which brings the token. true: somebody else than before, and what waited of the
   * one before goes nowhere any more: under this token it would be taken for the other's. */
  async function sits() {
    const turn = await get("/turn"), now = JSON.stringify([turn.round.id, turn.me.role, turn.me.label]);
    const other = seat !== null && seat !== now;
    if (other) {
      queue?.close();
      queue = null;
    }
    seat = now;
    here.turn = turn;
    return other;
  }

  /* Sends. The same link followed in another tab makes the seat anew, and with it the token: for the
   * same person of the same round it goes once more under the new one. */
  async function reach(method, path, body) {
    try {
      return await send(method, path, body);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 403 || error.code !== "token") throw error;
      const other = await sits();
      if (other) {
        await begin();
        frame.tell(t("respond.not_kept"));
        throw error;
      }
      here.vault = await openVault(getToken());
      queue.keep(); /* what waits was sealed under the token of before */
      attend();
      return send(method, path, body);
    }
  }

  /** A picture, before the answer that names it. It waits for the network as an answer does, but in this
   * page only: the draft of it is what outlives a reload. */
  function upload(path, blob) {
    const mine = here.step;
    async function bring() {
      for (let tries = 0; ; tries++) {
        try {
          return await reach("POST", path, blob);
        } catch (error) {
          if (error.passing !== true || (error.status === 500 && tries >= 3) || here.step !== mine) throw error;
          frame.waiting(error.status === 0);
          await pause(error.body?.retry > 0 ? error.body.retry * 1000 : Math.min(500 * 2 ** tries, 15000));
          if (here.step !== mine) throw error;
        }
      }
    }
    bringing = bring().finally(() => { bringing = null; });
    return bringing;
  }

  /* Sends, and shows what comes of it. true when it arrived. */
  async function bring(entry, { quiet = false } = {}) {
    try {
      const step = await queue.put(entry);
      await came(step, quiet);
      return true;
    } catch (error) {
      const step = error instanceof Refusal && error.status === 409 ? error.body?.step : undefined;
      if (step !== undefined && arrived(entry, step)) {
        await came(step, quiet);
        return true;
      }
      if (step !== undefined && mayFollow(entry, step)) return bring({ ...entry, body: { ...entry.body, after: step.seq } }, { quiet });
      await cope(error, entry);
      return false;
    }
  }
  async function came(step, quiet) {
    await show(step);
    if (!quiet) frame.saved();
  }

  /** An answer, or whatever else must arrive even if the page is made anew meanwhile. */
  function give(path, body) {
    const id = body.id ?? freshAnswerId();
    return bring({ id, path, body: { after: here.step.seq, ...body, id }, keep: true });
  }
  /** A move: back, share, stop. Nothing is lost when it does not arrive. A second press is the same
   * move; and back, while an answer is on its way, would lead to what stands here. */
  async function act(path, body = {}) {
    if (moving.has(path) || (path === "/turn/back" && queue.size > 0)) return false;
    moving.add(path);
    return bring({ id: freshAnswerId(), path, body: { after: here.step.seq, ...body }, keep: false }, { quiet: true })
      .finally(() => moving.delete(path));
  }

  /* -- what comes back -------------------------------------------------------------------------- */

  async function cope(error, entry = null) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 422) return refuse(error.body?.message ?? t("respond.refused"));
    if (error.status === 409 && error.body?.step !== undefined) {
      await show(error.body.step);
      return frame.tell(t("respond.moved"));
    }
    if (error.status === 403 && error.code === "token") return begin(); /* the seat was made anew */
    if (error.status === 413) return refuse(t("respond.too_large"));
    return end(error, entry?.keep === true);
  }
  /* What waited over a reload may be refused before anything stands here: then the question comes first. */
  async function refuse(words) {
    if (screen === null) await refresh();
    return screen === null ? frame.tell(words) : screen.refuse(words);
  }

  /* The seat, the round or the network is not there. lost: and an answer did not get in. */
  async function end(error, lost = false) {
    close();
    if ([401, 423].includes(error.status)) here.vault?.clear(); /* what is being sealed this moment too */
    if (error.status === 423) return here.turn === null ? lockedPage(frame) : lockUp();
    if (error.passing && error.status !== 500) return calmPage(frame, "offline", { again: () => begin() });
    if (error.status === 410) return calmPage(frame, lost ? "lost" : "over");
    if (error.status === 401) return gone(frame, lost ? "lost" : "nobody");
    return calmPage(frame, "trouble", { again: () => begin() });
  }

  function close() {
    clearTimeout(looking);
    screen?.dispose?.();
    screen = null;
    events?.close();
    tabs?.close();
    events = tabs = null;
  }

  /* -- the screens ------------------------------------------------------------------------------ */

  async function show(step) {
    clearTimeout(looking);
    screen?.dispose?.();
    screen = null;
    if (["shared", "stopped", "withdrawn"].includes(step.at)) here.drafts.clear();
    if (away) return undefined;
    here.step = step;
    beginning = false;
    frame.calm();
    if (here.turn.handed && ["shared", "stopped"].includes(step.at)) return lockUp();
    if (here.turn.earlier && !blindly && ["item", "agreement", "overview"].includes(step.at)) return earlier();
    blindly = true;
    const showing = { item: showQuestion, agreement: showAgreement, overview: showOverview, shared: showShared }[step.at];
    if (showing !== undefined) screen = await showing(here);
    else if (step.at === "nothing") moment();
    else if (step.at === "failed") calmPage(frame, "failed", { stop: () => act("/turn/stop"), leave: here.leave });
    else calmPage(frame, step.at, { leave: here.leave });
    return undefined;
  }

  function earlier() {
    showEarlier(here, { opened: refresh, goOn: () => { blindly = true; return show(here.step).catch(cope); } });
  }

  /* The next question is being made. An event says when; a missed one is made up for. */
  function moment() {
    calmPage(frame, "moment");
    looking = setTimeout(refresh, LOOK_AGAIN_MS);
  }

  /* Asks where the person is. calm: what stands here already is left alone, half written or not. */
  async function refresh({ calm = false } = {}) {
    if (away) return undefined;
    const before = here.step;
    try {
      if (await sits()) return begin();
      if (away) return undefined;
      if (here.turn.state === "opening") await (beginning ? undefined : opening());
      else if (here.turn.state === "over") await end(new Refusal(410, "over", ""));
      else {
        const step = await get("/turn/step");
        if (here.step !== before || queue.size > 0) return undefined; /* somebody answered meanwhile: this is of before */
        const same = before !== null && here.step === before && step.seq === before.seq && step.at === before.at;
        if (!(calm && same)) await show(step);
      }
    } catch (error) {
      if (calm && error.passing) return undefined; /* the line comes back by itself */
      if (error instanceof Refusal && error.status === 409 && error.body?.step !== undefined) await show(error.body.step);
      else await cope(error);
    }
    return undefined;
  }

  async function opening() {
    beginning = true;
    screen = await showOpening(here, async (begun) => {
      here.aloud.on ||= begun.mode === "aloud";
      try {
        const step = await send("POST", "/turn/begin", begun);
        here.turn = await get("/turn");
        await show(step);
      } catch (error) {
        await cope(error);
      }
    });
  }

  /* Another tab or another device went on. */
  async function moved({ seq }) {
    if (queue.size > 0 || here.step === null || seq <= here.step.seq) return;
    await refresh();
    if (here.step?.at === "item") frame.tell(t("respond.moved"));
  }

  function attend() {
    let lost = false;
    events?.close();
    events = listen("/turn/events", {
      lost: () => { lost = true; },
      open: () => { /* what was told meanwhile nobody heard */
        if (lost && queue.size === 0) refresh({ calm: true });
        lost = false;
      },
      step: moved,
      over: () => (queue.size > 0 ? undefined : refresh({ calm: true })), // this seat ended: asking says why
      state: (now) => {
        if (queue.size > 0) return undefined;
        return here.step?.at === "shared" && now?.state === "shared" ? screen?.state?.(now) : refresh({ calm: true });
      },
    });
  }

  /* -- leaving ---------------------------------------------------------------------------------- */

  function openPauseHere() {
    openPause(here);
  }
  function stop() {
    return here.step === null ? here.leave() : act("/turn/stop");
  }
  /* What waits goes first. Until the server let go of the seat it is kept as it was, sealed. */
  function leaveHere() {
    const picture = bringing, waits = here.unsent() > 0;
    away = true;
    close();
    if (waits) calmPage(frame, "sending");
    const entry = { id: freshAnswerId(), path: "/turn/leave", keep: false };
    async function go() {
      if (picture !== null) await picture.then(() => new Promise((done) => setTimeout(done)), () => {}); /* its answer is behind it */
      return waits ? queue.put(entry) : reach("POST", entry.path);
    }
    return leave(here, { go, gone: () => queue?.close() });
  }
  /* Handed over and done: everything goes, then the page is made anew, and knows nothing. */
  function lockUp() {
    close();
    queue.close();
    here.drafts.forget();
    here.vault.clear();
    frame.empty();
    Object.assign(here, { turn: null, step: null, ownCode: undefined });
    location.replace("/r");
  }

  /* -- two tabs --------------------------------------------------------------------------------- */

  /* Nothing of the turn stays in this tab's memory: the tablet may be given back in the other. What
   * waits here goes on being sent. */
  function elsewhere(name) {
    away = true;
    close();
    here.aloud.button([]); /* whatever is read stops */
    Object.assign(here, { turn: null, step: null, ownCode: undefined, aloud: makeAloud() });
    here.drafts.forget();
    calmPage(frame, name, { here: () => begin({ taking: true }) });
  }

  async function start() {
    attend();
    if (queue.size > 0) return calmPage(frame, "sending"); /* it is being sent, and shows what comes of it */
    const waiting = await here.vault.get("waiting");
    if (waiting === null || waiting.length === 0) return refresh();
    here.step = { seq: waiting[0].body.after };
    calmPage(frame, "sending");
    const all = waiting.map((entry) => bring(entry));
    await Promise.all(all);
    return undefined;
  }

  async function begin({ taking = false } = {}) {
    close();
    away = beginning = false;
    try {
      await sits();
      await load(here.turn.language ?? preferred());
    } catch (error) {
      return error instanceof Refusal ? end(error) : Promise.reject(error);
    }
    here.vault = await openVault(getToken());
    await here.drafts.load();
    if (queue === null || queue.size === 0) open();
    preloadKinds();
    tabs = watchTabs("verbond-turn", { second: () => elsewhere("second"), taken: () => elsewhere("taken"), taking });
    return start();
  }

  addEventListener("pagehide", () => frame.empty());
  await begin();
}
