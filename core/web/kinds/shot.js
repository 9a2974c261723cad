/* shot.js - a photo: taken now or chosen, looked at, taken away.
 *
 * It is drawn anew and made smaller before it is sent, so that what the camera wrote into it stays on
 * this device; the server takes out what there is in any case. */
import { fill, freshId, h } from "../lib/dom.js";
import { bytesIn, fitted } from "./size.js";

const QUALITY = 0.85, MOST = 30 * 1024 * 1024;

/** A photo that read() gave ("data:image/jpeg;base64,...") as a Blob again. */
export function photoBlob(data) {
  const bytes = Uint8Array.from(atob(data.slice(data.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "image/jpeg" });
}

/* The way up that the camera says, no larger than it needs to be, on white. */
async function redrawn(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { wide, high } = fitted(bitmap.width, bitmap.height);
  const canvas = h("canvas", { width: wide, height: high }), context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, wide, high);
  context.drawImage(bitmap, 0, 0, wide, high);
  bitmap.close();
  return canvas.toDataURL("image/jpeg", QUALITY);
}

/** A photo. data: one that read() gave, or undefined. { root, data(), focus(), dispose() }. */
export function makeShot(host, data, changed) {
  const wrong = h("p", { class: "mend", role: "alert" });
  const seen = h("div", { class: "stack" });
  let address = null;

  async function take(input) {
    const file = input.files?.[0];
    input.value = "";
    wrong.textContent = "";
    if (file === undefined) return;
    try {
      if (file.size > MOST) throw new Error("too large");
      data = await redrawn(file);
    } catch {
      wrong.textContent = host.t("photo.unreadable");
      return;
    }
    look();
    host.announce(host.t("photo.taken"));
    changed();
  }
  function away() {
    data = undefined;
    look();
    host.announce(host.t("photo.away_done"));
    changed();
    way.querySelector("input").focus();
  }
  function look() {
    if (address !== null) URL.revokeObjectURL(address);
    address = data === undefined ? null : URL.createObjectURL(photoBlob(data));
    if (address === null) return fill(seen);
    return fill(seen,
      h("img", { class: "shot", src: address, alt: host.t("photo.yours") }),
      h("div", { class: "row between" },
        h("p", { class: "hint" }, host.t("photo.size", { size: bytesIn(photoBlob(data).size, host.language) })),
        h("button", { type: "button", class: "button", onclick: away }, host.t("photo.away"))));
  }
  /* A file field that looks like a button; the word is its label. */
  function field(word, attributes) {
    const id = freshId("photo");
    const input = h("input", { type: "file", accept: "image/*", id, class: "vh", onchange: () => take(input), ...attributes });
    return h("span", { class: "shot-field" }, input, h("label", { class: "button", for: id }, host.t(word)));
  }
  const way = h("div", { class: "row" }, field("photo.take", { capture: "environment" }), field("photo.choose"));
  look();
  return {
    root: h("div", { class: "shot-part stack" }, way, h("p", { class: "hint" }, host.t("photo.how")), wrong, seen),
    data: () => data,
    focus: () => way.querySelector("input").focus(),
    dispose() { if (address !== null) URL.revokeObjectURL(address); },
  };
}
