/**
 * Where a case's history is drawn: the points of each voice, the pieces of line between them, and
 * the breaks. Pure. Nothing is smoothed and nothing is filled in: a wave that a voice has no value
 * for is a gap, and no line runs across a break.
 */

export const TOP = 16, BOTTOM = 32, SIDE = 24;
const STEP = 84; // between two waves, at most
const LEAD = 22; // what a break takes that stands before the first wave
const NEAR = 17; // two shapes closer than this cover each other

/**
 * scale: {voices: [{points: [POMP or null]}]}, waves: [{break, before}], size: {width, height}. A break
 * at the first wave stands before it: something of before is not shown. Behind a last wave that was
 * with an earlier worker stands one too.
 * Gives {x: [per wave], breaks: [x], voices: [{points: [{x, y, wave, pomp}], lines: [[..]]}]};
 * y runs down the page, 0 to 100 POMP from bottom to top, whatever the values are.
 */
export function place(scale, waves, size) {
  const lead = waves[0]?.break ? LEAD : 0;
  const tail = waves.at(-1)?.before ? LEAD : 0;
  const room = size.width - 2 * SIDE - lead - tail;
  const step = waves.length > 1 ? Math.min(STEP, room / (waves.length - 1)) : 0;
  const x = waves.map((_, i) => SIDE + lead + i * step);
  const high = size.height - TOP - BOTTOM;
  const y = (pomp) => round(TOP + high * (1 - pomp / 100));
  const voices = scale.voices.map((voice) => {
    const points = [];
    waves.forEach((_, wave) => {
      const pomp = voice.points[wave];
      if (typeof pomp === "number") points.push({ x: round(x[wave]), y: y(pomp), wave, pomp });
    });
    return { points, lines: pieces(points, waves) };
  });
  apart(voices, waves.length);
  const breaks = waves.flatMap((wave, i) =>
    (wave.break ? [round(i > 0 ? (x[i - 1] + x[i]) / 2 : LEAD)] : []));
  if (tail) breaks.push(round(x.at(-1) + SIDE));
  return { x: x.map(round), breaks, voices, width: round(2 * SIDE + lead + tail + step * (waves.length - 1)) };
}

/* Runs of points that follow each other wave by wave, none across a break. */
function pieces(points, waves) {
  const out = [];
  for (const point of points) {
    const run = out.at(-1);
    const joined = run && run.at(-1).wave === point.wave - 1 && !waves[point.wave].break;
    if (joined) run.push(point);
    else out.push([point]);
  }
  return out.filter((run) => run.length > 1);
}

/* Shapes of one wave that would lie on each other stand side by side; their height stays. */
function apart(voices, count) {
  for (let wave = 0; wave < count; wave++) {
    const here = voices.map((voice) => voice.points.find((point) => point.wave === wave))
      .filter(Boolean).sort((a, b) => a.y - b.y);
    for (let i = 0; i < here.length;) {
      let end = i + 1;
      while (end < here.length && here[end].y - here[end - 1].y < NEAR) end++;
      for (let k = i; k < end; k++) {
        here[k].x = round(here[k].x + (k - i - (end - i - 1) / 2) * NEAR);
      }
      i = end;
    }
  }
}

/** A place on the line in whole steps of a hundred, for the table; null stays null. */
export function whole(pomp) {
  return typeof pomp === "number" ? Math.round(pomp) : null;
}

function round(value) {
  return Math.round(value * 100) / 100;
}
