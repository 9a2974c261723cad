/* vault.js: what waits is sealed, is read again under the same token only, and goes. */
import assert from "node:assert/strict";
import test from "node:test";
import { clearVault, openVault } from "../../core/web/lib/vault.js";

class Store {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(at) { return [...this.map.keys()][at] ?? null; }
  getItem(name) { return this.map.get(name) ?? null; }
  setItem(name, value) { this.map.set(name, value); }
  removeItem(name) { this.map.delete(name); }
}

test("what is kept is not to be read in the store, and comes back after a reload", async () => {
  const store = new Store(), vault = await openVault("token", store);
  await vault.put("waiting", [{ value: "MARKER-7" }]);
  assert.equal(store.length, 1);
  assert.doesNotMatch([...store.map.values()].join(), /MARKER|value/);
  assert.doesNotMatch(atob([...store.map.values()][0].split(".")[1]), /MARKER|value/);
  assert.deepEqual(await (await openVault("token", store)).get("waiting"), [{ value: "MARKER-7" }]);
});

test("another seat reads nothing and leaves nothing", async () => {
  const store = new Store();
  await (await openVault("one", store)).put("draft", "MARKER-7");
  assert.equal(await (await openVault("two", store)).get("draft"), null);
  assert.equal(store.length, 0);
});

test("what was dropped while it was being sealed does not come back", async () => {
  const store = new Store(), vault = await openVault("token", store);
  const putting = vault.put("draft", "MARKER-7");
  vault.drop("draft");
  await putting;
  assert.equal(store.length, 0);
});

test("of two puts the last one stays", async () => {
  const store = new Store(), vault = await openVault("token", store);
  await Promise.all([vault.put("draft", "first"), vault.put("draft", "last")]);
  assert.equal(await vault.get("draft"), "last");
});

test("clearing takes away what vaults kept, and nothing of others", async () => {
  const store = new Store(), vault = await openVault("token", store);
  await vault.put("draft", "a");
  await vault.put("waiting", "b");
  store.setItem("verbond.staff.back", "#/round/5kge");
  const late = vault.put("draft", "c");
  vault.clear();
  await late;
  assert.deepEqual([...store.map.keys()], ["verbond.staff.back"]);
  clearVault(store);
  assert.equal(store.length, 1);
});

test("what was spoiled in the store is nothing", async () => {
  const store = new Store(), vault = await openVault("token", store);
  await vault.put("draft", "a");
  const [name] = store.map.keys();
  for (const spoiled of ["", "x", "AAAA.AAAA", "no base64!.%"]) {
    store.setItem(name, spoiled);
    assert.equal(await vault.get("draft"), null, spoiled);
  }
});
