/* drafts.js - what is half written, a question at a time, sealed in this tab (vault.js) until it is
 * given. Going back, or to another question, throws nothing of it away. */

const nameOf = (item) => `${item.id} ${item.member ?? ""}`;

/**
 * The drafts of a seat. vault(): the vault of now. load() reads what outlived a reload. A draft is of
 * the value that stood there when it was written: where another stands since, somebody answered.
 */
export function makeDrafts(vault) {
  let drafts = {};
  const keep = () => (Object.keys(drafts).length > 0 ? vault().put("draft", drafts) : vault().drop("draft"));
  const still = (offered) => JSON.stringify(offered ?? null);
  return {
    async load() { drafts = (await vault().get("draft")) ?? {}; },
    /** What was half written of this question, or undefined. */
    of(item, offered) {
      const draft = drafts[nameOf(item)];
      return draft !== undefined && draft.of === still(offered) ? draft.value : undefined;
    },
    put(item, offered, value) {
      if (value === undefined) delete drafts[nameOf(item)];
      else drafts[nameOf(item)] = { of: still(offered), value };
      keep();
    },
    drop(item) {
      delete drafts[nameOf(item)];
      keep();
    },
    /** Nothing is half written any more; forget() only in memory. */
    clear() {
      drafts = {};
      keep();
    },
    forget() { drafts = {}; },
  };
}
