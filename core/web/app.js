/* app.js - where a respondent comes in: / (a code), /i (an invitation's link), /r (the turn). */
import { enterByCode, enterByLink } from "./respond/door.js";
import { run } from "./respond/run.js";
import { load, preferred } from "./lib/i18n.js";
import { startLook } from "./lib/look.js";
import { wordless } from "./lib/wordless.js";

/* The token of an invitation leaves the address, and with it the history, before anything else. */
function takeToken() {
  const token = location.pathname === "/i" ? location.hash.slice(1) : "";
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
  return token;
}

/* A page that comes back out of the browser's memory shows what was; it is made anew. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

const token = takeToken();
const page = document.getElementById("page");
/* A second link followed on this page changes nothing but the fragment. */
addEventListener("hashchange", () => {
  const another = takeToken();
  if (another !== "") enterByLink(page, another);
});
startLook(sessionStorage);
const worded = await load(preferred()).then(() => true, () => false);
if (!worded) wordless(page);
else if (location.pathname === "/r") await run(page);
else if (token !== "") await enterByLink(page, token);
else await enterByCode(page);
