// Messages of saved views: the time zone of the browser is filled in, where none was chosen.
"use strict";
(() => {
  const fill = (root) => {
    for (const input of root.querySelectorAll("[data-own-zone] input")) {
      if (input.value === "UTC") input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    }
  };
  document.addEventListener("htmx:load", ({ target }) => fill(target.parentNode ?? target));
  fill(document);
})();
