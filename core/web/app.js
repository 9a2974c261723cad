/* app.js - where a respondent comes in: / (a code), /i (an invitation's link), /r (the turn). */
import { enterByCode, enterByLink } from "./respond/door.js";
import { run } from "./respond/run.js";
import { load, preferred } from "./lib/i18n.js";
import { startLook } from "./lib/look.js";

/* A page that comes back out of the browser's memory shows what was; it is made anew. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

/* The token of an invitation leaves the address before anything else happens. */
const token = location.pathname === "/i" ? location.hash.slice(1) : "";
if (location.hash !== "") history.replaceState(null, "", location.pathname);

startLook(sessionStorage);
await load(preferred());
const page = document.getElementById("page");
if (location.pathname === "/r") await run(page);
else if (location.pathname === "/i" && token !== "") await enterByLink(page, token);
else await enterByCode(page);
