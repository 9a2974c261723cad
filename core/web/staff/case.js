/** One case: who takes part, and its rounds by wave. */
import { fill, h, said } from "../lib/dom.js";
import { get } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { go, heading, nameOf, part, roleWord, state, tongue, waveWords } from "./parts.js";
import { fragment } from "./route.js";
import { shortDay } from "./days.js";

export async function show(host, id) {
  const found = await get(`/staff/cases/${encodeURIComponent(id)}?lang=${language()}`);
  fill(host,
    h("p", { class: "up" }, h("a", { href: fragment("cases") }, t("staff.cases"))),
    h("div", { class: "page-head" },
      heading(found.case, { "data-title": t("staff.case"), dir: "auto" }),
      h("div", { class: "acts" },
        found.rounds.some((round) => round.state === "released") &&
          go(t("staff.case.history"), fragment("history", id)),
        go(t("staff.case.begin"), fragment("begin", id), { kind: "first" }))),
    part(t("staff.case.rounds"), found.rounds.length
      ? waves(found.rounds).map(([wave, rounds]) => waveOf(wave, rounds))
      : h("p", {}, t("staff.case.no_rounds"))),
    found.persons.length > 0 && part(t("staff.case.persons"), h("ul", { class: "persons" },
      found.persons.map((person) => h("li", {}, person.label && said("strong", person.label, { class: "person-name" }),
        h("span", { class: person.label ? "soft" : "person-name" }, person.label ? roleWord(person.role) : nameOf(person)))))));
}

/* Rounds of one wave together, in the order in which the newest of each came. */
function waves(rounds) {
  const out = new Map();
  for (const round of rounds) out.set(round.wave, [...(out.get(round.wave) || []), round]);
  return [...out];
}

function waveOf(wave, rounds) {
  return h("div", { class: "wave" }, h("h3", { class: "wave-name", dir: "auto" }, waveWords(wave)),
    h("ul", { class: "rows" }, rounds.map((round) => h("li", {},
      h("a", { class: "row-link", href: fragment("round", round.round) }, said("span", round.title || round.instrument, { class: "row-title" }),
        roundState(round))))));
}

/** How a round stands, as the list of a case says it. */
function roundState(round) {
  if (round.state === "released") {
    const day = shortDay(round.released_at, tongue());
    return state("done", day ? t("staff.round.released_on", { day }) : t("staff.round.released"));
  }
  if (round.state === "open") return state("waiting", t("staff.round.ready_of", { ready: round.ready, of: round.persons }));
  return state("over", t(`staff.round.${round.state}`));
}
