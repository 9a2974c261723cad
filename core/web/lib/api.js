/* api.js - the one door to the server, as docs/reference/http-api.md has it. */

const BASE = "/api/v1";
const PATIENCE_MS = 20000; /* a reply that takes longer counts as no network: it is sent again */
const PICTURE_MS = 120000; /* and a picture over a slow line may take this long */
let token = null;

/**
 * What the server, or the way to it, said instead of doing it. status 0 and code "offline": nobody
 * answered. body: the whole reply (a 409 has `step` in it, a 429 `retry`, seconds).
 */
export class Refusal extends Error {
  constructor(status, code, message, field, body) {
    super(message);
    this.name = "Refusal";
    Object.assign(this, { status, code, field: field ?? null, body: body ?? null });
  }
  /** Might the same request do better later, without anybody changing anything? */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status === 500 || this.status === 502 ||
      this.status === 503 || this.status === 504;
  }
}

/** The token that every change carries; get and send keep the one that a reply brings. */
export function getToken() {
  return token;
}

function bodyOf(body, headers) {
  if (body === undefined || body === null) return undefined;
  if (body instanceof Blob) {
    headers["Content-Type"] = body.type;
    return body;
  }
  headers["Content-Type"] = "application/json";
  return JSON.stringify(body);
}

async function contentOf(reply) {
  const type = reply.headers.get("Content-Type") ?? "";
  if (reply.status === 204) return null;
  if (type.startsWith("application/json")) return reply.json();
  if (type.startsWith("text/")) return reply.text();
  return reply.blob();
}

async function ask(method, path, body) {
  const headers = {};
  const options = { method, headers, credentials: "same-origin", cache: "no-store", redirect: "error" };
  options.body = bodyOf(body, headers);
  if (method !== "GET" && token !== null) headers["X-Verbond-Token"] = token;
  options.signal = AbortSignal.timeout(body instanceof Blob ? PICTURE_MS : PATIENCE_MS);
  let reply, content;
  try {
    reply = await fetch(BASE + path, options);
    content = await contentOf(reply);
  } catch (error) {
    throw new Refusal(0, "offline", error.message);
  }
  if (!reply.ok) {
    const why = content?.error ?? {};
    const told = content !== null && typeof content === "object" && !(content instanceof Blob) ? content : {};
    const retry = Number(reply.headers.get("Retry-After"));
    throw new Refusal(reply.status, why.code ?? "", why.message ?? "", why.field, retry > 0 ? { ...told, retry } : told);
  }
  if (typeof content?.token === "string") token = content.token;
  return content;
}

/** GET /api/v1 + path: the JSON (text for a page, a Blob for anything else, null for nothing). */
export function get(path) {
  return ask("GET", path);
}

/** POST, PUT or DELETE. body: something for JSON, or a Blob with its type. Throws a Refusal. */
export function send(method, path, body) {
  return ask(method, path, body);
}

const FIRST_MS = 1000, MOST_MS = 30000; /* between two tries for a stream that was refused */

/**
 * Server-sent events: handlers by name, each called with the event's data; `open` and `lost` when
 * the line is there and when it is not (it comes back by itself), `over` when it was refused: an
 * ordinary request tells why, and who learns that nobody sits here closes. Until then it is tried
 * again, each time a little later. Gives { close() }.
 */
export function listen(path, handlers) {
  let source = null, timer = null, tries = 0, closed = false;
  function refused() {
    if (tries === 0) handlers.over?.();
    if (!closed) timer = setTimeout(open, Math.min(FIRST_MS * 2 ** tries++, MOST_MS));
  }
  function open() {
    source = new EventSource(BASE + path);
    source.onopen = () => { tries = 0; handlers.open?.(); };
    source.onerror = () => {
      handlers.lost?.();
      if (source.readyState === EventSource.CLOSED && !closed) refused(); /* else the browser does it */
    };
    for (const [name, handle] of Object.entries(handlers)) {
      if (name === "open" || name === "lost" || name === "over") continue;
      source.addEventListener(name, (event) => handle(event.data === "" ? null : JSON.parse(event.data)));
    }
  }
  open();
  return { close: () => { closed = true; clearTimeout(timer); source.close(); } };
}
