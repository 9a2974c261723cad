// receiver.mjs LOG [WEB]: a receiver of webhooks on a free port of this machine, which it prints.
//
// What comes is written to LOG, a line of JSON each, before it is answered. The path says how: see
// below. With WEB (where node_modules are) npm cloudevents reads each event, as a library of a
// receiver would.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [log, web] = process.argv.slice(2);
const events = web && createRequire(join(resolve(web), "x.mjs"))("cloudevents");
const seen = new Map();

// An event in structured mode, as the library understands it; a strict one throws.
function read(headers, body) {
  if (!events || !events.HTTP.isEvent({ headers, body })) return null;
  const event = events.HTTP.toEvent({ headers, body });
  return { valid: event.validate(), ...event.toJSON(), base64: event.data_base64 };
}

const raw = (text) => (request, response) => response.socket.end(text);
function forever(response, text, pause) {
  const timer = setInterval(() => response.write(text), pause);
  response.on("close", () => clearInterval(timer));
}
// /status/503?after=7: that status, that Retry-After. /first/503/NAME: that for the first, then 204.
const answers = {
  status: (request, response, url, status) => {
    const after = url.searchParams.get("after");
    response.writeHead(Number(status), after === null ? {} : { "Retry-After": after }).end();
  },
  first: (request, response, url, status, name) => {
    seen.set(name, (seen.get(name) ?? 0) + 1);
    response.writeHead(seen.get(name) === 1 ? Number(status) : 204).end();
  },
  echo: (request, response, url, status, name, body) => {
    const head = body.replace(/[^ -~]/g, "").slice(0, 2000);
    response.socket.end(`HTTP/1.1 ${status} ${head}\r\nX-Body: ${head}\r\nContent-Type: text/plain\r\n` +
      `Connection: close\r\n\r\n${body}`);
  },
  redirect: (request, response) => response.writeHead(301, { Location: "/status/204" }).end(),
  hang: () => {},
  die: () => process.kill(process.pid, "SIGKILL"),
  drip: (request, response) => forever(response.writeHead(200), ".", 20),
  big: (request, response) => forever(response.writeHead(200), "x".repeat(65536), 1),
  half: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
  garbage: raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno number\r\n"),
  noise: raw("220 this is no web server\r\n"),
  cut: raw(""),
  heads: raw("HTTP/1.1 200 OK\r\n" + `X-Much: ${"x".repeat(1000)}\r\n`.repeat(100) + "\r\n"),
  interim: raw("HTTP/1.1 103 Early Hints\r\nRetry-After: 99\r\n\r\nHTTP/1.1 503 No\r\n" +
    "Content-Length: 0\r\n\r\n"),
};

const server = createServer((request, response) => {
  const parts = [];
  response.on("error", () => {});
  request.on("data", (part) => parts.push(part)).on("end", () => {
    const body = Buffer.concat(parts).toString();
    const url = new URL(request.url, "http://127.0.0.1");
    const [way, status, name] = url.pathname.slice(1).split("/");
    let event = null, wrong = null;
    try { event = read(request.headers, body); } catch (error) { wrong = String(error); }
    appendFileSync(log, JSON.stringify({ path: url.pathname, method: request.method,
      headers: request.headers, body, event, wrong }) + "\n");
    answers[way](request, response, url, status, name, body);
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
