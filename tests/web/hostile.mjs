// hostile.mjs: what people write is never more than words, and who is not meant to be there is not let in,
// while somebody honest goes on beside it. (What is sent past HTTP itself is tried elsewhere, on raw sockets.)
import { createServer } from "node:http";
import { Browser, first } from "./client.mjs";
import { holds, play, raise, same, test, top } from "./stage.mjs";
import { join } from "node:path";

const stage = await raise({
  staff: { anna: "worker", wim: "worker", piet: "privacy" },
  env: { VERBOND_INSTRUMENTS: join(top, "tests/web/instruments") },
});

async function dyad(instrument = "mirrored") {
  const anna = await stage.staff("anna"), name = `k${Math.random().toString(36).slice(2, 9)}`;
  const round = await anna.round({ case: name, instrument });
  return { anna, name, round, link: (await anna.invite(round, "client")).link };
}
/** Somebody who fills in meanwhile, and must arrive whatever happens beside it. */
async function honest() {
  const scene = await dyad(), one = await stage.seat(scene.link);
  await one.begin("nl");
  return { step: async () => { if (one.step.at === "item") await one.answer(first(one.step.item) ?? { missing: "skipped" }); },
    arrive: async () => { await one.fill(); await one.share(); same(one.step.at, "shared", "the honest one"); } };
}
/** status of what somebody tried; 0 when the connection was closed. */
const tried = async (who, method, path, body, headers) => (await who.raw(method, `/api/v1${path}`, body, headers)).status;

// -- words that would like to be more -----------------------------------------------------------------

const MARKUP = [
  `<script>window.hit=1</script>`, `"><img src=x onerror="window.hit=1">`, `<svg onload=window.hit=1>`,
  `</textarea><iframe srcdoc="<script>parent.hit=1</script>">`, `javascript:window.hit=1`, `{{constructor.constructor('window.hit=1')()}}`,
  `<style>*{display:none}</style>`, `&lt;b&gt;`, `=1+1`, `@SUM(A1)`, `%s%n`, "${7*7}", `' OR 1=1 --`,
];
const BIDI = "\u202Egnirts\u2066\u2069\u200Fabc";

test("markup and directions of text come out as the words they are, on every page, sheet and export", async (t) => {
  const scene = await dyad(), client = await stage.seat(scene.link), wild = `${MARKUP.join(" ")} ${BIDI}`;
  await client.begin("nl");
  await client.fill((item) => (item.kind === "text" ? wild : first(item)));
  same(client.step.at, "overview", "where");
  await client.share();
  const worker = await stage.staff("anna");
  await worker.turn(scene.round);
  await worker.begin("nl");
  await worker.fill((item) => (item.kind === "text" ? wild : first(item)));
  await worker.share();
  const { revision } = await scene.anna.get(`/staff/rounds/${scene.round}/talk`);
  await scene.anna.ask("PUT", `/staff/rounds/${scene.round}/talk`, { revision, talk: {
    topic: wild, agreements: [{ who: MARKUP[0], what: wild, when: MARKUP[1] }], goals: [], next: null } });

  const sheet = await scene.anna.raw("GET", `/api/v1/staff/rounds/${scene.round}/sheet?for=professional&lang=nl`);
  for (const bad of ["<script>window", "<img src=x", "<svg onload", "<iframe srcdoc", "<style>*{display"])
    holds(!sheet.text.includes(bad), `the sheet has ${bad}`);
  holds(sheet.text.includes("&lt;script&gt;"), "the sheet has the words");
  const bare = sheet.text.replace(/<[^>]*>/g, "");
  holds(!/[\u202A-\u202E\u2066-\u2069]/.test(bare) || /<bdi|dir="?auto|unicode-bidi/.test(sheet.text), "a direction that reaches further than its words");

  const context = await t.context(), page = await context.newPage();
  const cookie = [...scene.anna.cookies].map(([name, value]) => ({ name, value, url: stage.url, httpOnly: true, sameSite: "Strict" }));
  await context.addCookies(cookie);
  for (const path of [`/staff#/round/${scene.round}`, `/staff#/round/${scene.round}/talk`, `/staff#/case/${scene.name}`, `/staff#/case/${scene.name}/history`]) {
    await page.goto(stage.url + path);
    await page.locator("main h1").first().waitFor();
    await page.locator("#main .waiting").waitFor({ state: "detached" });
    const hit = await page.evaluate(() => [window.hit ?? null, ...[...document.querySelectorAll("iframe")].map((f) => f.contentWindow?.hit ?? null),
      document.querySelectorAll("main img[src=x], main script, main svg[onload]").length]);
    holds(hit.every((one) => one === null || one === 0), `something ran at ${path}: ${JSON.stringify(hit)}`);
  }
  const piet = await stage.staff("piet");
  const { persons } = await piet.get(`/staff/rights/${scene.name}`);
  for (const one of persons) {
    const html = await piet.raw("GET", `/api/v1/staff/persons/${one.person}/export?as=html&lang=nl`);
    same(html.status, 200, "the export as a page");
    for (const bad of ["<script>window", "<img src=x", "<svg onload", "<iframe srcdoc"]) holds(!html.text.includes(bad), `the export has ${bad}`);
    const json = await piet.raw("GET", `/api/v1/staff/persons/${one.person}/export`);
    JSON.parse(json.text);
    holds(/^application\/json/.test(json.headers.get("content-type")) && json.headers.get("x-content-type-options") === "nosniff", "its type can be taken for another");
  }
});

test("control characters in words are refused, or gone before anybody reads them", async () => {
  const scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  while (client.step.item.kind !== "text") await client.answer(first(client.step.item));
  for (const bad of ["a\u0000b", "a\u0007b", "a\u001b[31mb", "a\u009bb", "a\ud800b"]) {
    const reply = await client.raw("POST", "/api/v1/turn/answer", `{"after":${client.step.seq},"id":"c1","value":${JSON.stringify(bad)}}`);
    if (reply.status === 200) {
      client.step = JSON.parse(reply.text);
      const shown = JSON.stringify(client.step.answers ?? []);
      holds(!/\\u00(0[0-8be-f]|1[0-9a-f]|9b)|\\ud800/i.test(shown), `shown as it was: ${shown.slice(0, 200)}`);
      client.step = await client.post("/turn/back", { after: client.step.seq });
    } else same([400, 422].includes(reply.status), true, `status ${reply.status} of ${JSON.stringify(bad)}`);
  }
});

test("names of members, cases and waves are words too, or are refused", async () => {
  const anna = await stage.staff("anna");
  for (const bad of ["<b>x</b>", "a b", "../x", "é", "a".repeat(65)])
    holds([400, 422].includes(await tried(anna, "POST", "/staff/cases", { id: bad })), `a case called ${JSON.stringify(bad)}`);
  const round = await anna.round({ instrument: "family-alliance" });
  for (const bad of ["\u202Ex", "a\u0000", "x".repeat(200), " "])
    holds([400, 422].includes(await tried(anna, "POST", `/staff/rounds/${round}/persons`, { role: "parent", label: bad })), `a member called ${JSON.stringify(bad)}`);
  await anna.person(round, "parent", "<i>Kim</i>");
  const view = await anna.raw("GET", `/api/v1/staff/rounds/${round}`);
  same(view.headers.get("content-type").startsWith("application/json"), true, "JSON");
});

// -- who is not meant to be there -----------------------------------------------------------------------

test("a page of another place can send nothing and show nothing of ours", async (t) => {
  const beside = await honest(), scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  const before = client.step.seq;
  for (const headers of [{ Origin: "http://evil.example" }, { Origin: "null" }, { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site", Origin: "http://127.0.0.1:1" }, { "X-Verbond-Token": null }, { "X-Verbond-Token": "x" }])
    same(await tried(client, "POST", "/turn/answer", { after: before, id: "x1", value: { missing: "skipped" } }, headers), 403, JSON.stringify(headers));
  same(await tried(client, "POST", "/turn/answer", `after=${before}`, { "Content-Type": "application/x-www-form-urlencoded" }), 415, "a form");
  same(await tried(client, "POST", "/turn/answer", `{"after":${before},"id":"x","value":1}`, { "Content-Type": "text/plain" }), 415, "plain text");

  // The same in a browser: a page on another port, with the cookie in the jar.
  const evil = createServer((request, reply) => {
    reply.setHeader("Content-Type", "text/html");
    reply.end(`<!doctype html><html lang=nl dir=ltr><title>x</title><main><h1>x</h1><iframe name=f src="${stage.url}/"></iframe>
      <form id=a method=post target=f action="${stage.url}/api/v1/turn/stop"><input name=after value=1></form></main>`);
  });
  await new Promise((done) => evil.listen(0, "127.0.0.1", done));
  const place = `http://127.0.0.1:${evil.address().port}`;
  const context = await stage.browser.newContext(), page = await context.newPage();
  await context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: stage.url, httpOnly: true, sameSite: "Strict" })));
  const statuses = [];
  page.on("response", (response) => { if (response.url().includes("/turn/")) statuses.push(response.status()); });
  await page.goto(place);
  await page.evaluate(() => document.getElementById("a").submit());
  await page.evaluate(async ([url, after]) => {
    const body = JSON.stringify({ after, id: "q1", value: { missing: "skipped" } });
    await fetch(`${url}/api/v1/turn/answer`, { method: "POST", mode: "no-cors", credentials: "include", body }).catch(() => {});
    await fetch(`${url}/api/v1/turn/answer`, { method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body }).catch(() => {});
  }, [stage.url, before]);
  const read = await page.evaluate(async (url) => fetch(`${url}/api/v1/turn`, { credentials: "include" }).then((r) => r.text(), () => "refused"), stage.url);
  same(read, "refused", "what another place reads");
  const framed = page.frames().find((frame) => frame.name() === "f");
  same(await framed?.evaluate(() => document.querySelector("main, .paper, link[href^='/assets']")?.outerHTML ?? null).catch(() => null), null, "a frame of ours in another page");
  await context.close();
  evil.close();
  holds(statuses.every((status) => status >= 400), `statuses ${statuses}`);
  same((await client.get("/turn/step")).seq, before, "the step afterwards");
  await beside.arrive();
  void t;
});

test("a replayed answer is taken once; another at a taken place is a conflict that says where it is", async () => {
  const scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  const body = { after: client.step.seq, id: "again1", value: first(client.step.item) };
  const once = await client.post("/turn/answer", body), twice = await client.post("/turn/answer", body);
  same([twice.seq, twice.item?.id], [once.seq, once.item?.id], "the same again");
  const other = await client.raw("POST", "/api/v1/turn/answer", { ...body, id: "again2" });
  same([other.status, JSON.parse(other.text).error.code, JSON.parse(other.text).step.seq], [409, "conflict", once.seq], "another");
  same(await tried(client, "POST", "/turn/answer", { ...body, after: 999, id: "again3" }), 409, "a place that is not there yet");
  for (const [bad, field] of [[{ after: once.seq, value: 1 }, "id"], [{ after: once.seq, id: "z0" }, "value"], [{ after: once.seq, id: "z0", value: null }, "value"]]) {
    const reply = await client.raw("POST", "/api/v1/turn/answer", bad);
    same([reply.status, JSON.parse(reply.text).error.field], [422, field], JSON.stringify(bad));
  }
  for (const bad of [{ id: "z1", value: 1 }, { after: "1", id: "z2", value: 1 },
    { after: once.seq, id: "x".repeat(400), value: 1 }, [], "x", null, 7, { after: 1e300, id: "z4", value: 1 }])
    holds([400, 409, 422].includes(await tried(client, "POST", "/turn/answer", bad)), `body ${JSON.stringify(bad).slice(0, 60)}`);
});

test("who has a seat of one round reaches no other, and staff reach no case that is not theirs", async () => {
  const mine = await dyad(), theirs = await dyad();
  const me = await stage.seat(mine.link), other = await stage.seat(theirs.link);
  await me.begin("nl");
  await other.begin("nl");
  const step = other.step.seq;
  same(await tried(me, "POST", "/turn/answer", { after: step, id: "m1", value: 1 }, { "X-Verbond-Token": other.token }), 403, "another's token");
  const mixed = await tried(me, "GET", "/turn/step", undefined, { Cookie: `verbond-seat=${other.cookies.get("verbond-seat")}x` });
  same(mixed, 401, "nearly another's cookie");
  for (const path of ["/staff/me", "/staff/cases", `/staff/rounds/${mine.round}`, `/staff/rounds/${mine.round}/sheet`])
    same(await tried(me, "GET", path), 401, path);
  const wim = await stage.staff("wim").catch(() => null);
  if (wim !== null)
    for (const path of [`/staff/rounds/${mine.round}`, `/staff/cases/${mine.name}`, `/staff/rounds/${mine.round}/sheet`, `/staff/rounds/${mine.round}/talk`])
      same(await tried(wim, "GET", path), 404, `${path} of a colleague`);
});

test("after sharing nothing can be added, and an invitation that is withdrawn or used by another round opens nothing", async () => {
  const scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  await client.fill();
  await client.share();
  const seq = client.step.seq;
  for (const [path, body] of [["answer", { after: seq, id: "n1", value: 1 }], ["back", { after: seq }], ["change", { after: seq, item: "well", value: "x" }],
    ["hold", { after: seq, item: "well", on: true }], ["share", { after: seq, yes: false }]])
    holds([409, 410, 422].includes(await tried(client, "POST", `/turn/${path}`, body)), `${path} after sharing`);
  const again = await scene.anna.invite(scene.round, "professional").catch((error) => error);
  if (!(again instanceof Error)) {
    await scene.anna.ask("DELETE", `/staff/rounds/${scene.round}/invitations/${again.id}`);
    holds([404, 410].includes(await tried(new Browser(stage.url), "POST", "/seat", { token: again.link.split("#")[1] })), "a withdrawn invitation");
  }
});

test("every reply of the API says that it may not be kept, nor read as something else", async () => {
  const scene = await dyad(), client = await stage.seat(scene.link);
  await client.begin("nl");
  for (const [who, path] of [[client, "/turn"], [client, "/turn/step"], [scene.anna, `/staff/rounds/${scene.round}`], [scene.anna, "/staff/none"]]) {
    const { headers } = await who.raw("GET", `/api/v1${path}`);
    holds(/no-store/.test(headers.get("cache-control") ?? ""), `${path}: may be kept`);
    same(headers.get("x-content-type-options"), "nosniff", path);
  }
  const page = await client.raw("GET", "/");
  const policy = page.headers.get("content-security-policy") ?? "";
  for (const wanted of ["default-src 'self'", "frame-ancestors 'self'"]) holds(policy.includes(wanted), `the policy lacks ${wanted}: ${policy}`);
  holds(!/unsafe|\*/.test(policy), `the policy is open: ${policy}`);
  same(page.headers.get("referrer-policy"), "no-referrer", "the referrer");
});

// Last, since this address is told to wait from then on.

test("guessed tokens and codes open nothing, are slowed down, and an honest session goes on", async () => {
  const beside = await honest(), guesser = new Browser(stage.url);
  const seen = new Set();
  for (let n = 0; n < 60; n++) {
    const guess = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
    seen.add(await tried(guesser, "POST", "/seat", n % 2 ? { token: guess } : { code: "ABCD-2345" }));
    if (n % 12 === 0) await beside.step();
  }
  holds(seen.has(429), `never told to wait: ${[...seen]}`);
  holds([...seen].every((status) => [401, 404, 410, 429].includes(status)), `statuses ${[...seen]}`);
  same(guesser.cookies.size, 0, "cookies");
  for (const cookie of ["x", "A".repeat(43), "../../etc", "%00", "A".repeat(4000)])
    holds([400, 401, 431].includes(await tried(guesser, "GET", "/turn", undefined, { Cookie: `verbond-seat=${cookie}` })), `a cookie ${cookie.slice(0, 20)}`);
  await beside.arrive();
});

test("a guessed password is slowed down, and its owner still comes in by what is right later", async () => {
  const seen = new Set(), guesser = new Browser(stage.url);
  for (let n = 0; n < 30 && !seen.has(429); n++)
    seen.add(await tried(guesser, "POST", "/staff/sign-in", { name: "wim", password: `raad${n}` }));
  holds(seen.has(429), `never told to wait: ${[...seen]}`);
  holds([...seen].every((status) => [401, 429].includes(status)), `statuses ${[...seen]}`);
  const unknown = await guesser.raw("POST", "/api/v1/staff/sign-in", { name: "niemand", password: "x" });
  holds([401, 429].includes(unknown.status), "a name that is not there");
});

await play(stage, 1);
