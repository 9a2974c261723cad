/* arrived.js - a move met a step that it did not expect (409): did it arrive before, and was only its
 * reply lost? Then what it asked for stands there already, and nobody went on somewhere else. Pure. */

function sameValue(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => sameValue(one[key], other[key]));
}

/* The row of the overview that a move is about. */
function rowOf({ item, member, agreement }, step) {
  if (agreement !== undefined) return step.followed?.find((one) => one.agreement === agreement);
  return step.answers?.find((one) => one.item.id === item && (one.item.member ?? null) === (member ?? null));
}

/** Does the step have in it what the entry asked for? */
export function arrived({ path, body, tried = false }, step) {
  const row = rowOf(body, step);
  switch (path) {
    case "/turn/hold": return row !== undefined && Boolean(row.held) === body.on;
    case "/turn/change": return row !== undefined && sameValue(row.value, body.value);
    case "/turn/follow": return row !== undefined && row.followed === body.followed;
    case "/turn/share": return step.at === (body.yes ? "shared" : "stopped");
    case "/turn/stop": return ["stopped", "shared"].includes(step.at);
    case "/turn/withdraw": return step.at === "withdrawn";
    case "/turn/correct": return step.at === "overview";
    case "/turn/back": return tried && step.seq > body.after;
    default: return false;
  }
}

/**
 * May it be sent once more, behind what stands now? Holding back may: whatever else was done, nobody
 * sees more by it. Anything else would undo what the person did somewhere else.
 */
export function mayFollow({ path, body }, step) {
  return path === "/turn/hold" && body.on === true && rowOf(body, step) !== undefined;
}
