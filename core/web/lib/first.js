/* first.js - what must be known before anything is painted: dark or light, size of the text.
 * A plain script in the head, so that no page flashes; look.js goes on from here. */
(function () {
  var root = document.documentElement, kept = {};
  try {
    kept = JSON.parse(sessionStorage.getItem("verbond-look") || localStorage.getItem("verbond-look") || "{}");
  } catch (error) {
    kept = {}; /* storage is closed here: the device's own settings will do */
  }
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = kept.theme === "dark" || kept.theme === "light" ? kept.theme : dark ? "dark" : "light";
  root.dataset.contrast = kept.contrast === "more" || matchMedia("(prefers-contrast: more)").matches ? "more" : "normal";
  root.dataset.text = kept.text || "100";
})();
