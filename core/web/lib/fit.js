/* fit.js - a frame as tall as the page of ours in it. */

/**
 * Keeps the frame as tall as what is in it, whatever the width; end() of what it gives stops that.
 * Not by scrollHeight: that is never less than the frame, which would grow by what is added each
 * time, and stay as tall as it was on a narrow screen. Call it once the page is there.
 */
export function fit(view) {
  const root = view.contentDocument?.documentElement;
  if (!root) return { end() {} };
  const measure = () => view.style.setProperty("block-size", `${Math.ceil(root.getBoundingClientRect().height) + 2}px`);
  const watcher = new ResizeObserver(measure);
  measure();
  watcher.observe(root);
  return { end: () => watcher.disconnect() };
}
