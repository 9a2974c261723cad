/**
 * The page that a fragment names. A fragment stands in the browser's history, so it holds ids and
 * nothing else: no name, no role's label, no answer. What is not a route is no page at all.
 */

const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/;

/* name of the page: what its fragment looks like; ":" stands for an id. */
const ROUTES = {
  cases: ["cases"],
  case: ["case", ":"],
  begin: ["case", ":", "begin"],
  history: ["case", ":", "history"],
  round: ["round", ":"],
  talk: ["round", ":", "talk"],
  campaigns: ["campaigns"],
  gather: ["campaigns", "begin"],
  research: ["research"],
  audit: ["audit"],
  rights: ["rights"],
  accounts: ["accounts"],
  state: ["state"],
};

/** "#/round/5kge" -> {name: "round", id: "5kge"}; null when it is none of ours. */
export function parse(fragment) {
  const parts = String(fragment || "").replace(/^#\/?/, "").split("/");
  for (const [name, shape] of Object.entries(ROUTES)) {
    if (shape.length !== parts.length) continue;
    if (!shape.every((part, i) => part === ":" ? ID.test(parts[i]) : part === parts[i])) continue;
    const at = shape.indexOf(":");
    return { name, id: at < 0 ? null : parts[at] };
  }
  return null;
}

/** The fragment of a page: fragment("round", "5kge") is "#/round/5kge". */
export function fragment(name, id = null) {
  return `#/${ROUTES[name].map((part) => (part === ":" ? id : part)).join("/")}`;
}

/** Pages that a role has in its menu, in order. */
const MENU = {
  worker: ["cases"],
  convenor: ["campaigns"],
  researcher: ["research"],
  privacy: ["rights", "audit"],
  admin: ["accounts", "state"],
};

/** The menu of somebody with these roles; its first page is where they begin. */
export function menu(roles) {
  const known = new Set(roles.map((role) => SHORT[role] || role));
  return Object.keys(MENU).filter((role) => known.has(role)).flatMap((role) => MENU[role]);
}
const SHORT = { "privacy-officer": "privacy", privacy_officer: "privacy", administrator: "admin" };
