/**
 * Signs nobody out who is there: counts the minutes since somebody last touched anything, asks a
 * minute before the end, and says when it is over. The clock is that of the wall, so that a tablet
 * that slept is over when it wakes.
 */

const ASK_MS = 60000, LOOK_MS = 5000;

/** warn(seconds, stay) shows the question and gives {close()}; over() ends it. */
export function watch({ warn, over, now = () => Date.now() }) {
  let last = now(), most = 15 * 60000, timer = null, asked = null;
  const touch = () => { if (!asked) last = now(); };
  const stay = () => { asked = null; last = now(); };
  const look = () => {
    const left = last + most - now();
    if (left <= 0) {
      stop();
      over();
    } else if (left <= ASK_MS && !asked) {
      asked = warn(Math.ceil(left / 1000), stay);
    }
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    asked?.close();
    asked = null;
    for (const name of ["pointerdown", "keydown", "scroll"]) window.removeEventListener(name, touch, true);
  };
  return {
    /** So many minutes from now on: a talk has fewer touches than a form. */
    set: (minutes) => { most = minutes * 60000; last = now(); },
    start: () => {
      if (timer) return;
      last = now();
      timer = setInterval(look, LOOK_MS);
      for (const name of ["pointerdown", "keydown", "scroll"]) window.addEventListener(name, touch, true);
    },
    stop,
  };
}
