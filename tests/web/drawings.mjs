// drawings.mjs: two drawings as a hand would make them, in the units of the canvas (0-1000 by 0-750).
//
// strokes(name) gives [{ colour, points: [[x, y], ..] }]; drawn(page, name) makes them with the mouse, each
// in its colour.

const WIDE = 1000, HIGH = 750;

/* A hand is never quite straight: a little off, the same each time. */
const shake = (n) => Math.sin(n * 12.9898) * 2.2 + Math.sin(n * 4.137) * 1.6;
const line = (...corners) => corners.slice(1).flatMap((to, at) => {
  const from = corners[at], steps = Math.max(4, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / 26));
  return Array.from({ length: steps + 1 }, (_, n) => [from[0] + (to[0] - from[0]) * n / steps + shake(at * 9 + n),
    from[1] + (to[1] - from[1]) * n / steps + shake(at * 5 + n * 2)]);
});
const arc = (x, y, wide, high = wide, from = 0, to = 2 * Math.PI + 0.15) => Array.from({ length: 25 }, (_, n) => {
  const a = from + (to - from) * n / 24, calm = wide < 30 ? 0.15 : 0.7; // a small curve is made slowly
  return [x + wide * Math.cos(a) + calm * shake(n), y + high * Math.sin(a) + calm * shake(n * 3)];
});
const person = (x, y, size, colour) => [
  arc(x, y - size * 1.45, size * 0.32), line([x, y - size * 1.1], [x, y - size * 0.35]),
  line([x - size * 0.42, y - size * 0.62], [x, y - size * 0.92], [x + size * 0.42, y - size * 0.62]),
  line([x - size * 0.32, y], [x, y - size * 0.35], [x + size * 0.32, y]),
  arc(x, y - size * 1.42, size * 0.15, size * 0.13, 0.4, Math.PI - 0.4),
].map((points) => ({ colour, points }));

const DRAWINGS = {
  // Two people on the way to a house, and the sun.
  house: [
    { colour: "brown", points: line([610, 600], [610, 370], [860, 370], [860, 600], [610, 600]) },
    { colour: "red", points: line([580, 375], [735, 235], [890, 375]) },
    { colour: "brown", points: line([705, 598], [705, 480], [770, 480], [770, 598]) },
    { colour: "blue", points: line([640, 410], [690, 410], [690, 455], [640, 455], [640, 410]) },
    { colour: "blue", points: line([785, 410], [835, 410], [835, 455], [785, 455], [785, 410]) },
    { colour: "orange", points: arc(150, 140, 62) },
    ...[0, 0.785, 1.571, 2.356, 3.142, 3.927, 4.712, 5.498].map((a) => ({ colour: "orange",
      points: line([150 + 82 * Math.cos(a), 140 + 82 * Math.sin(a)], [150 + 122 * Math.cos(a), 140 + 122 * Math.sin(a)]) })),
    ...person(250, 640, 130, "black"), ...person(375, 640, 150, "purple"),
    { colour: "green", points: line([40, 655], [480, 650], [600, 615]) },
    { colour: "green", points: line([865, 610], [960, 625]) },
    { colour: "brown", points: line([500, 640], [590, 660], [690, 640], [735, 606]) },
  ],
};

export const strokes = (name) => DRAWINGS[name];

export async function drawn(page, name) {
  const canvas = page.locator(".question canvas");
  await canvas.scrollIntoViewIfNeeded();
  let colour = null;
  for (const stroke of DRAWINGS[name]) {
    if (stroke.colour !== colour) {
      colour = stroke.colour;
      await page.locator(`.pad-choice:has(input[value="${colour}"])`).click();
    }
    const box = await canvas.boundingBox();
    const at = ([x, y]) => [box.x + box.width * x / WIDE, box.y + box.height * y / HIGH];
    await page.mouse.move(...at(stroke.points[0]));
    await page.mouse.down();
    for (const point of stroke.points.slice(1)) await page.mouse.move(...at(point));
    await page.mouse.up();
  }
}
