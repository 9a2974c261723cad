/**
 * Signs nobody out who is there: counts the minutes since somebody last touched anything, asks a
 * minute before the end, and says when it is over. The clock is that of the wall, so that a tablet
 * that slept is over when it wakes.
 *
 * This clock is the only one while a page stands open: until it is over the server is asked something
 * now and then, since who types or talks asks it nothing. The server's own clock is for pages that went.
 */

const ASK_MS = 60000, LOOK_MS = 5000;
const BEAT_MS = 4 * 60000; // well within the half hour after which the server ends a sign-in

/** warn(seconds, stay) shows the question and gives {close()}; over() ends it; alive() tells the server. */
export function watch({ warn, over, alive = () => {}, now = () => Date.now() }) {
  let last = now(), told = last, most = 15 * 60000, timer = null, asked = null;
  const touch = () => { if (!asked) last = now(); };
  const stay = () => { asked = null; last = now(); };
  const look = () => {
    const left = last + most - now();
    if (left <= 0) {
      stop();
      over();
      return;
    }
    if (left <= ASK_MS && !asked) asked = warn(Math.ceil(left / 1000), stay);
    if (now() - told >= BEAT_MS) {
      told = now();
      alive();
    }
  };
  const unask = () => {
    asked?.close();
    asked = null;
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    unask();
    for (const name of ["pointerdown", "keydown", "scroll"]) window.removeEventListener(name, touch, true);
  };
  return {
    /** So many minutes from now on: a talk has fewer touches than a form. */
    set: (minutes) => {
      unask(); // with a page that went, its question went too, and touches count again
      most = minutes * 60000;
      last = now();
    },
    start: () => {
      if (timer) return;
      last = told = now();
      timer = setInterval(look, LOOK_MS);
      for (const name of ["pointerdown", "keydown", "scroll"]) window.addEventListener(name, touch, true);
    },
    stop,
  };
}
