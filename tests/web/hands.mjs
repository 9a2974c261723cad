// hands.mjs: somebody at a page of a respondent: comes in, reads, answers, looks back, says yes or no.
//
// What is written on buttons is read from core/web/i18n, so that a test says what a person would look for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./kit.mjs";

/** The interface's words in a language: t("respond.next"), t("a", { n: 3 }). */
export function words(language = "nl") {
  const read = (one) => JSON.parse(readFileSync(join(top, "core/web/i18n", `${one}.json`), "utf8"));
  const own = read(language), english = read("en");
  return (key, values = {}) => {
    const text = own[key] ?? english[key];
    if (text === undefined) throw new Error(`no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
  };
}

const NEXT = "form.question-form:not([data-seen]), ul.owns, .share h1, .end h1, .agreed";

export class Hands {
  constructor(page, language = "nl") {
    this.page = page;
    this.language = language;
    this.t = words(language);
  }
  button(key, values) { return this.page.getByRole("button", { name: this.t(key, values), exact: true }); }

  /** By an invitation's link; ends at the opening, or where the person was. */
  async come(link) {
    await this.page.goto(link);
    await this.page.locator("main h1").first().waitFor();
  }

  /** Through the opening to the first question. seen(name) is called at every screen. */
  async begin({ mode = "self", seen = async () => {} } = {}) {
    const { page } = this;
    for (let guard = 0; guard < 8; guard++) {
      await page.locator("main h1").first().waitFor();
      if (await page.locator("form.question-form").count() > 0) return;
      await seen();
      const language = page.locator(`.ways button[lang="${this.language}"]`);
      const way = page.locator(`.ways button[data-mode="${mode}"]`);
      const head = await page.locator("main h1").first().textContent();
      if (await language.count() > 0) await language.click();
      else if (await way.count() > 0) await way.click();
      else await page.locator(".acts .button.primary").click();
      await page.waitForFunction((old) => document.querySelector("main h1")?.textContent !== old || document.querySelector("form.question-form"), head);
    }
    throw new Error("the first question never came");
  }

  /** What stands there: "item", "overview", "share", "agreement" or "end". */
  async where() {
    await this.page.locator(NEXT).first().waitFor();
    return this.page.evaluate(() => (document.querySelector("form.question-form") ? "item"
      : document.querySelector("ul.owns") ? "overview" : document.querySelector(".agreed") ? "agreement"
      : document.querySelector(".share") ? "share" : "end"));
  }
  async kind() {
    return (await this.page.locator("fieldset.question").getAttribute("class")).match(/kind-(\w+)/)[1];
  }
  async asked() { return (await this.page.locator("#question").textContent()).trim(); }

  /* The page's own step is gone; waits for the one behind it. */
  async after(act) {
    await this.page.locator("form.question-form").evaluate((form) => { form.dataset.seen = "1"; });
    await act();
    await this.page.locator(NEXT).first().waitFor();
  }
  async submit() { await this.after(() => this.page.locator(".question-form .acts .button.primary").click()); }
  async skip(reason = "skipped") {
    await this.after(() => this.page.locator(`.question-form button[data-missing="${reason}"]`).click());
  }

  /** Gives the question that stands there an answer of its kind, and goes on. text: for own words. */
  async answer({ text = "Samen wandelen ging fijn.", n = 1 } = {}) {
    const { page } = this, control = page.locator(".question .control"), kind = await this.kind();
    if (["likert", "faces", "amount", "yesno", "choice"].includes(kind)) await control.locator("label").nth(n).click();
    else if (kind === "words") await control.locator("label, button").first().click();
    else if (kind === "vas") {
      await control.locator(".vas-line").scrollIntoViewIfNeeded();
      const line = await control.locator(".vas-line").boundingBox();
      await page.mouse.click(line.x + line.width * 0.64, line.y + line.height / 2);
    } else if (kind === "text") await control.locator("textarea, input").first().fill(text);
    else if (kind === "number") await control.locator("input").first().fill("4");
    else if (kind === "date") await this.date(control, "2026-03-14");
    else return this.skip();
    return this.submit();
  }
  async date(control, day) {
    const [year, month, date] = day.split("-");
    await control.locator("input").first().fill(String(Number(date)));
    await control.locator("select").selectOption(String(Number(month)));
    return control.locator("input").last().fill(year);
  }

  /** Until the own answers stand there; each(n) may do something else with the n-th question: true if it did. */
  async toOverview(options = {}, each = async () => false) {
    for (let n = 0; n < 120; n++) {
      const at = await this.where();
      if (at === "overview") return n;
      if (at === "agreement") await this.page.locator(".passes button").first().click();
      else if (at !== "item") throw new Error(`${at} among the questions`);
      else if (!(await each(n))) await this.answer(typeof options === "function" ? options(n) : options);
    }
    throw new Error("120 questions, and no end");
  }

  /** "May this be on the table?": yes, with nothing beside. */
  async share() {
    await this.page.locator(".acts .button.primary").click();
    await this.page.locator(".share h1").waitFor();
    await this.button("share.first.yes").click();
    await this.page.waitForFunction(() => document.querySelector(".end, .locked, .share fieldset, iframe.sheet"));
    const go = this.page.getByRole("button", { name: this.t("share.go"), exact: true });
    if (await go.count() > 0) await go.click();
    await this.page.locator(".end h1, .locked h1, iframe").first().waitFor();
  }
}
