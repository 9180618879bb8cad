// The tour: what its step is about is framed and in view; Escape closes it. And the sheet of keys prints.
"use strict";
(() => {
  const show = () => {
    for (const one of document.querySelectorAll(".tour-target")) one.classList.remove("tour-target");
    const panel = document.querySelector("[data-tour]");
    const target = panel && [...document.querySelectorAll(panel.dataset.tour)].find((one) => one.checkVisibility());
    panel?.classList.toggle("tour-anchored", Boolean(target));
    target?.classList.add("tour-target");
    target?.scrollIntoView({ block: "center", behavior: "instant" });
    if (!panel || !matchMedia("(max-width: 50rem)").matches) return;
    const into = () => { if (panel.isConnected) panel.scrollIntoView({ block: "center", behavior: "instant" }); };
    into();
    requestAnimationFrame(() => requestAnimationFrame(into)); // after what else the page scrolls to as it arrives
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest?.("[data-tour]")) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.closest("[data-tour]").querySelector("[data-tour-close]")?.click();
  }, { capture: true });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });
  document.addEventListener("htmx:load", (event) => { if (event.target.querySelector?.("[data-tour]") || event.target.matches?.("[data-tour]")) show(); });
  show();
})();
