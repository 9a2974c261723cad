// desk.mjs: somebody of the staff at their pages.
import { password } from "./kit.mjs";
import { words } from "./hands.mjs";

export class Desk {
  constructor(page, language = "nl") {
    this.page = page;
    this.t = words(language);
  }
  button(key, values, where = this.page) { return where.getByRole("button", { name: this.t(key, values), exact: true }); }
  /** A page by its fragment, once its heading stands. */
  async at(fragment) {
    await this.page.goto(`/staff${fragment}`);
    if (new URL(this.page.url()).hash !== fragment) await this.page.reload();
    await this.ready();
  }
  async ready() {
    await this.page.locator("#main h1").first().waitFor();
    await this.page.locator("#main .waiting").waitFor({ state: "detached" });
  }
  /** By name and password, as a person does. */
  async signIn(name = "anna") {
    await this.page.goto("/staff");
    await this.page.locator("input[name=username]").fill(name);
    await this.page.locator("input[name=password]").fill(password);
    await this.button("staff.sign.in").click();
    await this.page.locator("#top nav a").first().waitFor();
  }
  /** As somebody who signed in before: the cookies of stage.staff(). */
  async takeOver(one) {
    await this.page.context().addCookies([...one.cookies].map(([name, value]) =>
      ({ name, value, url: one.url, httpOnly: true, sameSite: "Strict" })));
  }
  /** A button of somebody in the round that stands here: give, invite, own. */
  of(name, key) {
    return this.page.locator("li.person", { has: this.page.getByRole("heading", { name, exact: true }) })
      .getByRole("button", { name: `${this.t(key)}: ${name}`, exact: true });
  }
  /** Gives this browser to somebody of the round that stands here; ends at their opening. */
  async give(name, code = "8264") {
    await this.of(name, "staff.give").click();
    const dialog = this.page.locator("dialog[open]");
    await dialog.locator("input[inputmode=numeric]").fill(code);
    await this.button("staff.give.now", {}, dialog).click();
    await this.page.waitForURL("**/r");
  }
  /** From "give the tablet back": the code, and the staff's page again. */
  async takeBack(code = "8264") {
    await this.page.locator("#handover-code, input[inputmode=numeric]").first().fill(code);
    await this.page.locator("form button[type=submit]").click();
    await this.page.locator("#top nav a").first().waitFor();
    await this.ready();
  }
}
