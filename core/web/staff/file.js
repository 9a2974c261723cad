/** A file out of what the server said: it goes to the downloads of whoever asked, and stays nowhere here. */
import { h } from "../lib/dom.js";

export function keepFile(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
