/* wordless.js - a page whose words did not come: the one sentence that needs none. */
import { fill, h } from "./dom.js";

/** Says in `host`, in Dutch and in English, that the page did not come, with a way to ask once more. */
export function wordless(host) {
  fill(host, h("div", { class: "paper" }, h("h1", {}, "verbond"),
    h("p", { role: "alert", lang: "nl" }, "Deze pagina kan nu niet komen."), h("p", { lang: "en" }, "This page cannot come now."),
    h("div", { class: "acts" }, h("button", { type: "button", class: "button primary", onclick: () => location.reload() },
      h("span", { lang: "nl" }, "Opnieuw"), " · ", h("span", { lang: "en" }, "Again")))));
}
