// Messages of saved views: the time zone of the browser is filled in, where none was chosen.
"use strict";
(() => {
  const PRESENT_NAMES = { "Europe/Kiev": "Europe/Kyiv" }; // browsers keep the name of before 2022
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const fill = (root) => {
    for (const input of root.querySelectorAll("[data-own-zone] input")) {
      if (input.value === "UTC") input.value = PRESENT_NAMES[zone] ?? zone;
    }
  };
  document.addEventListener("htmx:load", ({ target }) => fill(target.parentNode ?? target));
  fill(document);
})();
