/* tabs.js - is the same turn open in another tab of this browser? What tabs say to each other holds
 * no more than a number of their own. */

/**
 * Asks around. second(): another tab has it open already. taken(): another tab went on with it.
 * Gives { take(), close() }: take tells the others that it goes on here.
 */
export function watchTabs(name, { second, taken }) {
  if (globalThis.BroadcastChannel === undefined) return { take() {}, close() {} };
  const channel = new BroadcastChannel(name);
  const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let here = true;
  channel.onmessage = ({ data }) => {
    if (data.says === "hello" && here) channel.postMessage({ says: "also", to: data.from, from: me });
    else if (data.says === "also" && data.to === me) { here = false; second(); }
    else if (data.says === "take" && here) { here = false; taken(); }
  };
  channel.postMessage({ says: "hello", from: me });
  return {
    take() {
      here = true;
      channel.postMessage({ says: "take", from: me });
    },
    close() {
      channel.close();
    },
  };
}
