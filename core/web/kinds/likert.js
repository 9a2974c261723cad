/* likert.js - labelled answers in order; with pictures of an amount where the instrument gives them. */
import { answerList, pictureOf } from "./answers.js";

export function control(item, offered, host, draw = pictureOf) {
  const list = answerList({
    options: item.options.map((one, at) => ({ key: String(one.value), text: one.text, picture: draw(one, host, at, item.options.length) })),
    picked: offered === undefined ? [] : [String(offered)],
    changed: host.changed,
  });
  return {
    root: list.root,
    read: () => (list.picked().length === 0 ? undefined : Number(list.picked()[0])),
    focus: list.focus,
    dispose() {},
  };
}
