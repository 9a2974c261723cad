// lforms_page.mjs: LHC-Forms in chromium, as somebody else's renderer and somebody else's arithmetic.
//
// The page is served, since a page from a file may not load modules, and as UTF-8, since without a charset
// LForms' FHIR library dies. The order of its scripts matters: zone, the forms, then the FHIR version.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { need } from "./modules.mjs";

const { chromium } = need("playwright-core");
const lforms = join(dirname(need.resolve("lforms/package.json")), "dist/lforms");
const scripts = ["webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"];
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>form</title>
<link rel="stylesheet" href="webcomponent/styles.css"></head><body><div id="form"></div>
${scripts.map((s) => `<script src="${s}"></script>`).join("\n")}</body></html>`;
const types = { js: "text/javascript", css: "text/css", png: "image/png" };

function serve(request, response) {
  const path = new URL(request.url, "http://localhost").pathname;
  if (path === "/") return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  const file = join(lforms, path);
  if (!existsSync(file)) return response.writeHead(404).end();
  const type = `${types[path.split(".").pop()] ?? "application/octet-stream"}; charset=utf-8`;
  response.writeHead(200, { "content-type": type }).end(readFileSync(file));
}

// open: a page with LForms on it, and close()
export async function open() {
  const server = createServer(serve);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({
    executablePath: process.env.VERBOND_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"],
  });
  const tab = await browser.newPage();
  tab.heard = [];
  tab.on("pageerror", (error) => tab.heard.push(error.message ?? String(error)));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(() => window.LForms?.FHIR?.R4 && window.LForms.Util);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { tab, close };
}

// show TAB QUESTIONNAIRE RESPONSE: puts the form on the page, filled in when there is a response. What was saved
// is handed over as if it were typed now: of a saved form LForms believes the scores that it finds, also
// when there are none.
export async function show(tab, questionnaire, response = null) {
  await tab.evaluate(async ([questionnaire, response]) => {
    const { Util } = window.LForms;
    let form = Util.convertFHIRQuestionnaireToLForms(questionnaire, "R4");
    if (response) form = Util.mergeFHIRDataIntoLForms("QuestionnaireResponse", response, form, "R4");
    form.hasSavedData = false;
    document.getElementById("form").replaceChildren();
    await Util.addFormToPage(form, "form", { prepopulate: false });
  }, [questionnaire, response]);
}

// told TAB: the QuestionnaireResponse that LForms makes of the form on the page, with what it computed.
export const told = (tab) => tab.evaluate(() =>
  window.LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4", "#form"));
