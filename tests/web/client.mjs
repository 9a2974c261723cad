// client.mjs: somebody at the API without a browser: cookies, the token, and a person who fills in.
//
// Says what a browser would say of itself (Origin, Sec-Fetch-Site), so that what is tried elsewhere by
// leaving it out is refused for that reason alone.

/** What the server said instead of doing it. */
export class Refused extends Error {
  constructor(method, path, status, body) {
    super(`${method} ${path}: ${status} ${JSON.stringify(body)?.slice(0, 300)}`);
    Object.assign(this, { status, code: body?.error?.code, body });
  }
}

export class Browser {
  constructor(url) {
    this.url = url;
    this.cookies = new Map();
    this.token = null;
  }

  /** The reply as it came: status, headers, text. */
  async raw(method, path, body, headers = {}) {
    const sent = { Origin: this.url, "Sec-Fetch-Site": "same-origin", ...headers };
    if (this.cookies.size > 0 && !("Cookie" in sent))
      sent.Cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (this.token !== null && method !== "GET" && !("X-Verbond-Token" in sent)) sent["X-Verbond-Token"] = this.token;
    const bytes = body instanceof Uint8Array;
    if (body !== undefined && !bytes && !("Content-Type" in sent)) sent["Content-Type"] = "application/json";
    for (const name of Object.keys(sent)) if (sent[name] === null) delete sent[name];
    const reply = await fetch(path.startsWith("http") ? path : this.url + path, {
      method, headers: sent, redirect: "manual",
      body: body === undefined ? undefined : bytes || typeof body === "string" ? body : JSON.stringify(body),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      if (/max-age=0/i.test(cookie) || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  }

  async ask(method, path, body, headers) {
    const reply = await this.raw(method, `/api/v1${path}`, body, headers);
    let said = reply.text;
    if ((reply.headers.get("content-type") ?? "").startsWith("application/json")) said = JSON.parse(reply.text);
    if (reply.status >= 400) throw new Refused(method, path, reply.status, said);
    if (typeof said?.token === "string") this.token = said.token;
    return said;
  }
  get(path) { return this.ask("GET", path); }
  post(path, body = {}) { return this.ask("POST", path, body); }

  // -- staff ----------------------------------------------------------------------------------------

  signIn(name, password) { return this.post("/staff/sign-in", { name, password }); }

  /** A case of its own and a round in it: its id. */
  async round(options) {
    const chosen = { case: `k${Math.random().toString(36).slice(2, 10)}`, wave: "t0", ...options };
    if (chosen.case !== null && !this.known?.has(chosen.case)) {
      await this.post("/staff/cases", { id: chosen.case });
      (this.known ??= new Set()).add(chosen.case);
    }
    return (await this.post("/staff/rounds", chosen)).round;
  }
  /** An invitation: { link, code, qr, .. }. */
  invite(round, role, label = null, language = "nl") {
    return this.post(`/staff/rounds/${round}/invitations`, { role, ...(label ? { label } : {}), language, hours: 24 });
  }
  person(round, role, label) { return this.post(`/staff/rounds/${round}/persons`, { role, label }); }
  /** The professional's own seat, in this browser. */
  async turn(round, role = "professional", label = null) {
    await this.post(`/staff/rounds/${round}/turn`, { role, ...(label ? { label } : {}) });
    await this.get("/turn"); // brings the token of the seat
  }

  // -- a person of a round --------------------------------------------------------------------------

  async sit(link) {
    const token = new URL(link, this.url).hash.slice(1);
    return this.post("/seat", { token });
  }
  async begin(language = "nl", more = {}) {
    this.step = await this.post("/turn/begin", { language, mode: "self", ...more });
    return this.step;
  }
  async answer(value) {
    const id = Math.random().toString(36).slice(2, 12);
    this.step = await this.post("/turn/answer", { after: this.step.seq, id, value });
    return this.step;
  }
  /** Answers all there is: pick(item, step) gives a value, undefined is skipped. Ends at the overview. */
  async fill(pick = first) {
    for (let guard = 0; guard < 400; guard++) {
      const step = this.step;
      if (step.at === "nothing") this.step = await this.get("/turn/step");
      else if (step.at === "agreement")
        this.step = await this.post("/turn/follow", { after: step.seq, id: `f${guard}`, agreement: step.agreement.agreement, followed: "partly" });
      else if (step.at !== "item") return step;
      else await this.answer(pick(step.item, step) ?? { missing: "skipped" });
    }
    throw new Error("400 questions, and no end");
  }
  async share(more = {}) {
    this.step = await this.post("/turn/share", { after: this.step.seq, yes: true, one_sided: false, private: [], purposes: [], ...more });
    return this.step;
  }
}

/** A value that any kind takes: the middle of what is offered. */
export function first(item) {
  const options = item.options ?? [];
  const middle = options[Math.floor(options.length / 2)];
  switch (item.kind) {
    case "likert": case "faces": return middle.value;
    case "yesno": return true;
    case "choice": return item.max > 1 ? [options[0].id] : options[0].id;
    case "words": return options.length > 0 ? [options[0].id] : ["samen"];
    case "vas": return 640;
    case "text": return item.required ? "iets" : undefined;
    case "number": return item.min ?? 3;
    case "date": return item.min ?? "2026-11-02";
    case "draw": case "photo": case "collage": return { paper: true };
    default: return undefined;
  }
}
