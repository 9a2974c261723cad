// small_png.mjs: a screenshot with at most 256 colours: a third of the bytes, and nobody sees it.
//
// small(bytes) takes a PNG as chromium writes it (8 bits, RGB or RGBA, not interlaced) and gives one with a
// palette: the colours that occur most, the others by the nearest of these.
import * as zlib from "node:zlib";

const { crc32, deflateSync, inflateSync } = zlib;

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function chunks(bytes) {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error("no PNG");
  const found = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    found.push({ name: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

const paeth = (a, b, c) => {
  const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** { width, height, step, pixels }: the rows without their filters. */
export function decode(bytes) {
  const all = chunks(bytes), head = all[0].data;
  const width = head.readUInt32BE(0), height = head.readUInt32BE(4), step = { 2: 3, 6: 4 }[head[9]];
  if (head[8] !== 8 || step === undefined || head[12] !== 0) throw new Error("another kind of PNG");
  const raw = inflateSync(Buffer.concat(all.filter((one) => one.name === "IDAT").map((one) => one.data)));
  const row = width * step, pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x >= step ? pixels[y * row + x - step] : 0, up = y > 0 ? pixels[(y - 1) * row + x] : 0;
      const corner = x >= step && y > 0 ? pixels[(y - 1) * row + x - step] : 0;
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[y * row + x] = raw[y * (row + 1) + 1 + x] + add;
    }
  }
  return { width, height, step, pixels };
}

function palette(image) {
  const counts = new Map();
  for (let at = 0; at < image.pixels.length; at += image.step) {
    const colour = image.pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const kept = sorted.slice(0, 256), index = new Map(kept.map((colour, n) => [colour, n]));
  const far = (a, b) => (((a >> 16) - (b >> 16)) ** 2) + ((((a >> 8) & 255) - ((b >> 8) & 255)) ** 2) + (((a & 255) - (b & 255)) ** 2);
  for (const colour of sorted.slice(256)) {
    let best = 0;
    for (let n = 1; n < kept.length; n++) if (far(colour, kept[n]) < far(colour, kept[best])) best = n;
    index.set(colour, best);
  }
  return { kept, index };
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]), out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32 === undefined ? crc(body) : crc32(body), body.length + 4);
  return out;
}
function crc(bytes) { // of a node that has no zlib.crc32 yet
  let all = 0xffffffff;
  for (const byte of bytes) {
    all ^= byte;
    for (let n = 0; n < 8; n++) all = (all >>> 1) ^ (all & 1 ? 0xedb88320 : 0);
  }
  return (all ^ 0xffffffff) >>> 0;
}

export function small(bytes) {
  const image = decode(bytes), { kept, index } = palette(image), { width, height, step } = image;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = index.get(image.pixels.readUIntBE((y * width + x) * step, 3));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(kept.length * 3);
  kept.forEach((colour, n) => colours.writeUIntBE(colour, n * 3, 3));
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
