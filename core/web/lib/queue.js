/* queue.js - what was given and did not arrive yet: one after the other, each once.
 *
 * Every entry has an id of the client's own, so that sending it again after a lost reply is
 * harmless where the server knows answers by it (a move has none: arrived.js compares). What waits is kept by `keep` (vault.js: sealed, in this tab only) until the reply that
 * follows the commit, and not a moment longer. Pure: sending, keeping and waiting come from outside. */

const FIRST_MS = 500, MOST_MS = 15000;
const TRIES = 4; /* of a server that fails by itself (500): more of the same does not help */

/**
 * A queue. send(entry): Promise of the reply; throws with `passing` true where later may help, and
 * `body.retry` seconds where the server named a time. keep(entries): writes down what waits.
 * pause(ms): Promise that resolves after that time, or earlier when the network is back.
 * changed({ waiting, failing }): how many wait, and what the last try failed with, null for nothing.
 * follow(entry, before, reply): `before` arrived, and `entry` still waits behind it. An entry that was
 * tried in vain says so: entry.tried.
 */
export function makeQueue({ send, keep, pause, changed, follow = () => {} }) {
  const entries = [];
  let running = false, failing = null, closed = false;

  function tell() {
    keep(entries.map((one) => one.entry));
    changed({ waiting: entries.length, failing });
  }

  /* One entry, until it arrived or was refused for good. */
  async function bring(one) {
    for (let tries = 0; ; tries++) {
      try {
        const reply = await send(one.entry);
        for (const other of entries) if (other !== one) follow(other.entry, one.entry, reply);
        return () => one.resolve(reply);
      } catch (error) {
        if (error.passing !== true || (error.status === 500 && tries + 1 >= TRIES)) return () => one.reject(error);
        if (closed) return null;
        failing = error;
        one.entry.tried = true;
        changed({ waiting: entries.length, failing });
        await pause(error.body?.retry > 0 ? error.body.retry * 1000 : Math.min(FIRST_MS * 2 ** tries, MOST_MS));
        if (closed) return null;
      }
    }
  }

  async function run() {
    if (running) return;
    running = true;
    while (entries.length > 0 && !closed) {
      const settle = await bring(entries[0]);
      if (settle === null || closed) break;
      entries.shift();
      failing = null;
      tell();
      settle();
    }
    running = false;
  }

  return {
    /** Adds an entry ({ id, ... }); resolves to the reply, rejects with what refused it. */
    put(entry) {
      return new Promise((resolve, reject) => {
        entries.push({ entry, resolve, reject });
        tell();
        run();
      });
    },
    /** Writes down once more what waits. */
    keep() {
      keep(entries.map((one) => one.entry));
    },
    /** How many wait. */
    get size() {
      return entries.length;
    },
    /** Forgets everything, sends nothing more: the tablet is given back. */
    close() {
      closed = true;
      entries.length = 0;
      tell();
    },
  };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** An id for an answer: 16 letters and digits, 80 random bits. */
export function freshAnswerId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => LETTERS[byte % 32]).join("");
}
