/**
 * The conversation sheet as the server writes it, in a frame of its own: for whom, in which
 * language, read aloud, on paper, and its drawings large beside each other.
 */
import { makeAloud } from "../lib/aloud.js";
import { get } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { fit } from "../lib/fit.js";
import { language, ownName, t } from "../lib/i18n.js";
import { button, capital, notice, raise, roleWord, select } from "./parts.js";
import { pictures } from "./pictures.js";

/** {root, renew(), end()} of a released round; renew shows it anew, after something was written down. */
export function sheet(path, round) {
  const place = h("div", { class: "sheet-place" }), listen = h("div"), aloud = makeAloud({ refused: raise });
  const chosen = { role: "", lang: (round.languages || []).includes(language()) ? language() : "" };
  let watcher = null;
  const renew = () => {
    watcher?.end();
    const asked = new URLSearchParams();
    if (chosen.role) asked.set("for", chosen.role);
    if (chosen.lang) asked.set("lang", chosen.lang);
    const page = () => place.querySelector("iframe")?.contentDocument;
    // What is read stands in the audit: it is asked for when somebody wants to hear it.
    fill(listen, aloud.button(async () => (await get(`${path}/sheet/aloud?${asked}`)).lines,
      { root: () => page()?.body, language: () => page()?.documentElement.lang, path: `${path}/audio` }));
    // A new frame each time: another address in the same one would be a step in the history.
    const frame = h("iframe", { class: "sheet", title: t("talk.sheet"), src: `/api/v1${path}/sheet?${asked}`,
      sandbox: "allow-same-origin allow-modals allow-popups", onload: () => {
        const page = frame.contentDocument;
        if (!page || page.contentType !== "text/html") {
          fill(listen);
          fill(place, notice("refused", t("talk.sheet.refused")));
          return;
        }
        watcher = fit(frame);
      } });
    fill(place, frame);
  };
  const roles = [...new Map((round.roles || []).map((role) => [role.role, role])).values()];
  const languages = round.languages || [];
  const tools = h("div", { class: "sheet-tools" },
    roles.length > 1 && select(t("talk.for"), [["", t("talk.for.all")], ...roles.map((role) => [role.role, capital(roleWord(role.role, role.title))])],
      { onchange: (value) => { chosen.role = value; renew(); } }),
    languages.length > 1 && select(t("talk.language"), languages.map((one) => [one, ownName(one)]),
      { value: chosen.lang, onchange: (value) => { chosen.lang = value; renew(); } }),
    h("div", { class: "acts" },
      button(t("talk.print"), () => place.querySelector("iframe")?.contentWindow.print()),
      round.pictures && button(t("talk.pictures"), () => pictures(path, round))), listen);
  renew();
  return { root: h("section", { class: "sheet-part", "aria-label": t("talk.sheet") }, tools, place), renew, end: () => { watcher?.end(); aloud.end(); } };
}
