// seek.mjs: looking for a text in everything: replies, folders, pages, in each way it may be written down.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { top } from "./kit.mjs";

/** A text nobody else wrote: letters only, so that no escape changes it. */
export const marker = (what) => `ZEGEL${what}${Math.random().toString(36).replace(/[^a-z]/g, "")}qx`;

/** The bytes in which a text may lie on disk: plain, in sixteen bits, in base64 at each of three places. */
export function spellings(text) {
  const plain = Buffer.from(text, "utf8"), found = [plain, Buffer.from(text, "utf16le")];
  for (const shift of [0, 1, 2]) {
    const coded = Buffer.concat([Buffer.alloc(shift), plain]).toString("base64");
    found.push(Buffer.from(coded.slice(shift === 0 ? 0 : 4, coded.length - 4)));
  }
  found.push(Buffer.from(plain.toString("hex")));
  return found;
}
export function holdsText(bytes, text) {
  return spellings(text).some((one) => bytes.includes(one));
}

/** The files under a folder that hold the text in one of its spellings. */
export function filesWith(folder, text) {
  const found = [];
  const walk = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && statSync(path).size > 0 && holdsText(readFileSync(path), text)) found.push(path.slice(folder.length));
    }
  };
  walk(folder);
  return found;
}

/** The paths of the API that can be read, as openapi.json lists them: [{ path, staff }]. */
export function readable() {
  const api = JSON.parse(readFileSync(join(top, "docs/reference/openapi.json"), "utf8"));
  const base = api.servers?.[0]?.url ?? "";
  return Object.entries(api.paths).filter(([, verbs]) => verbs.get)
    .map(([path]) => (path.startsWith("/api/") || base === "/" || base === "" ? path : base + path))
    .map((path) => ({ path, events: path.endsWith("/events"), staff: path.includes("/staff/") }));
}

/** Reads every one of them as somebody, with what is known put into the places; gives [{ path, status, text }]. */
export async function readEverything(who, places) {
  const heard = [];
  for (const { path, events } of readable()) {
    if (events) continue;
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(places[name] ?? "none"));
    for (const query of path.endsWith("/sheet") ? ["", "?for=client", "?for=professional", "?lang=nl"] : [""]) {
      const { status, text, headers } = await who.raw("GET", filled + query);
      heard.push({ path: filled + query, status, text: `${text}\n${[...headers].flat().join(" ")}` });
    }
  }
  return heard;
}

/** A stream of events, kept open; all() is what it said so far. */
export async function eavesdrop(who, path) {
  const stop = new AbortController();
  const headers = { Cookie: [...who.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  const reply = await fetch(who.url + path, { headers, signal: stop.signal });
  const heard = { status: reply.status, said: "", close: () => stop.abort() };
  (async () => {
    for await (const bytes of reply.body) heard.said += Buffer.from(bytes).toString("utf8");
  })().catch(() => {});
  return heard;
}
