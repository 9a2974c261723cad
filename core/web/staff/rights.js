/**
 * The privacy officer gives somebody all there is about them, or erases it. What an erasure does is
 * said before it is asked, and it is asked by typing the id.
 */
import { announce, fill, h, said } from "../lib/dom.js";
import { get, send } from "../lib/api.js";
import { language, t } from "../lib/i18n.js";
import { act, button, dialog, field, form, heading, nameOf, notice, part, raise, refusalWords } from "./parts.js";
import { keepFile } from "./file.js";

export async function show(host) {
  const found = h("div", { class: "found" });
  const name = field(t("staff.rights.case"), { hint: t("staff.rights.case.hint"), maxlength: "64", autocapitalize: "none", spellcheck: "false" });
  const look = async () => {
    const wanted = name.input.value.trim();
    name.wrong(wanted ? null : t("staff.needed"));
    if (!wanted) {
      name.input.focus();
      return;
    }
    try {
      fill(found, about(await get(`/staff/rights/${encodeURIComponent(wanted)}`), after));
    } catch (error) {
      if (error.status !== 404) throw error;
      fill(found, notice("info", t("staff.rights.absent")));
      announce(t("staff.rights.absent"));
    }
  };
  // Somebody was erased, or perhaps: a list that cannot be made anew says so, and shows nobody as being there.
  const after = () => look().catch((error) => { if (!raise(error)) fill(found, notice("refused", refusalWords(error))); });
  fill(host, heading(t("staff.rights"), { "data-title": t("staff.rights") }), h("p", { class: "lead" }, t("staff.rights.lead")),
    form(t("staff.rights.look"), look, [name]), found);
}

function about(one, again) {
  const erase = (kind, path, id) => button(t("staff.rights.erase"), () => erasing(kind, path, id, again), { kind: "grave", suffix: id });
  return [
    part(t("staff.rights.persons"), h("p", { class: "hint" }, t("staff.rights.persons.hint")), one.persons.length === 0 && h("p", {}, t("staff.rights.nobody")),
      h("ul", { class: "rows" }, one.persons.map((person) => h("li", { class: "right" },
        h("div", {}, h("strong", {}, nameOf(person)), " ", h("span", { class: "id" }, person.person)),
        h("div", { class: "acts" },
          act(t("staff.rights.page"), () => keep(person.person, "html"), { suffix: person.person }),
          act(t("staff.rights.data"), () => keep(person.person, "json"), { suffix: person.person }),
          erase("person", `/staff/persons/${encodeURIComponent(person.person)}`, person.person)))))),
    part(t("staff.rights.rounds"), h("ul", { class: "rows" }, one.rounds.map((round) => h("li", { class: "right" },
      h("div", {}, said("strong", `${round.instrument}, ${round.wave}`), " ", h("span", { class: "id" }, round.round)),
      h("div", { class: "acts" }, erase("round", `/staff/rounds/${encodeURIComponent(round.round)}`, round.round)))))),
    part(t("staff.rights.whole"), h("p", {}, t("staff.rights.whole.hint")),
      erase("case", `/staff/cases/${encodeURIComponent(one.case)}`, one.case)),
  ];
}

async function keep(person, as) {
  const path = `/staff/persons/${encodeURIComponent(person)}/export`;
  const content = await get(as === "html" ? `${path}?as=html&lang=${language()}` : path);
  const html = as === "html";
  keepFile(`verbond-${person}.${as}`, html ? "text/html" : "application/json",
    typeof content === "string" || content instanceof Blob ? content : JSON.stringify(content, null, 1));
}

function erasing(kind, path, id, again) {
  dialog(t(`staff.erase.${kind}`), (close) => {
    const typed = field(t("staff.erase.type", { id }), { autocapitalize: "none", spellcheck: "false", dir: "ltr" });
    const body = h("div", {}, h("ul", { class: "follows" }, ["what", "key", "others", "sent", "audit"].map((line) =>
      h("li", {}, t(line === "what" ? `staff.erase.${kind}.what` : `staff.erase.${line}`)))));
    const made = form(t("staff.erase.yes"), async () => {
      if (typed.input.value.trim() !== id) {
        typed.wrong(t("staff.erase.differs"));
        typed.input.focus();
        return;
      }
      const done = await send("DELETE", path);
      fill(body, h("p", { role: "status" }, t("staff.erase.done")), receivers(done?.sent || []), beyond(done?.says || []),
        h("div", { class: "acts" }, button(t("staff.done"), close, { kind: "first" })));
      body.querySelector("button").focus();
    }, [typed]);
    made.button.className = "button grave";
    body.append(made);
    return body;
  }, { onclose: again });
}

/* What an erasure does not reach, in the server's own words. */
function beyond(says) {
  return says.length ? h("ul", { class: "follows", lang: "en", dir: "ltr" }, says.map((line) => h("li", {}, line))) : null;
}

/* Who has it already, and keeps it. */
function receivers(sent) {
  if (!sent.length) return h("p", {}, t("staff.erase.nobody"));
  return [h("p", {}, t("staff.erase.receivers")), h("ul", { class: "follows" }, sent.map((one) =>
    h("li", {}, t("staff.erase.receiver", { output: one.output, round: one.round, revision: one.revision }))))];
}
