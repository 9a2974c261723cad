/* tabs.js - is the same turn open in another tab of this browser? What tabs say to each other holds
 * no more than a number of their own. */

/**
 * Asks around, or with `taking` says at once that it goes on here. second(): another tab has it open
 * already. taken(): another tab went on with it. Gives { close() }.
 */
export function watchTabs(name, { second, taken, taking = false }) {
  if (globalThis.BroadcastChannel === undefined) return { close() {} };
  const channel = new BroadcastChannel(name);
  const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let here = true;
  channel.onmessage = ({ data }) => {
    if (data.says === "hello" && here) channel.postMessage({ says: "also", to: data.from, from: me });
    else if (data.says === "also" && data.to === me) { here = false; second(); }
    else if (data.says === "take" && here) { here = false; taken(); }
  };
  channel.postMessage({ says: taking ? "take" : "hello", from: me });
  return {
    close() {
      channel.close();
    },
  };
}
