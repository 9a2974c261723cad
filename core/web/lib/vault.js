/* vault.js - what must survive a reload, sealed: an answer that did not arrive, a text half written.
 *
 * It lies in this tab's sessionStorage, encrypted (AES-GCM) under a key made from the seat's token.
 * The token is only in the page's memory and at the server, which gives it again after a reload; when
 * the seat ends nobody can read what a browser may have left on its disk. Without the Web Crypto API
 * (plain HTTP to another machine) nothing is kept at all: unsent answers then live in memory. */

const PREFIX = "verbond-kept-";
const encoder = new TextEncoder(), decoder = new TextDecoder();

async function keyOf(token) {
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`verbond vault ${token}`));
  return crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/**
 * The vault of one seat. put, get and drop take a name; what is put last stays, whatever was still
 * being sealed. clear() takes everything away at once, of this seat and of any other.
 */
export async function openVault(token, storage = sessionStorage) {
  const key = globalThis.crypto?.subtle === undefined ? null : await keyOf(token);
  const turns = new Map(); /* name -> how often it was put or dropped */
  const next = (name) => {
    turns.set(name, (turns.get(name) ?? 0) + 1);
    return turns.get(name);
  };
  return {
    async put(name, value) {
      const turn = next(name);
      if (key === null) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(JSON.stringify(value)));
      if (turns.get(name) !== turn) return;
      try {
        storage.setItem(PREFIX + name, `${toText(iv)}.${toText(new Uint8Array(sealed))}`);
      } catch { /* storage is full or closed: it stays in memory alone */ }
    },
    async get(name) {
      const text = storage.getItem(PREFIX + name);
      if (text === null || key === null) return null;
      try {
        const [iv, sealed] = text.split(".").map(toBytes);
        return JSON.parse(decoder.decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));
      } catch {
        storage.removeItem(PREFIX + name); /* of another seat, or spoiled: nobody can read it */
        return null;
      }
    },
    drop(name) {
      next(name);
      storage.removeItem(PREFIX + name);
    },
    clear() {
      for (const name of turns.keys()) next(name);
      clearVault(storage);
    },
  };
}

/** Takes away whatever any vault kept in this tab. */
export function clearVault(storage = sessionStorage) {
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at));
  for (const name of names) if (name.startsWith(PREFIX)) storage.removeItem(name);
}
