/* yesno.js - yes or no. */
import { answerList } from "./answers.js";

export function control(item, offered, host) {
  const list = answerList({
    options: [{ key: "yes", text: host.t("common.yes") }, { key: "no", text: host.t("common.no") }],
    picked: offered === undefined ? [] : [offered ? "yes" : "no"],
    changed: host.changed,
  });
  return {
    root: list.root,
    read: () => (list.picked().length === 0 ? undefined : list.picked()[0] === "yes"),
    focus: list.focus,
    dispose() {},
  };
}
