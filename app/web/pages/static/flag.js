// The page of one flag: menus that open by a key, and what is skipped.
"use strict";
(() => {
  const narrow = matchMedia("(max-width: 60rem)"); // no room beside the texts: the menu opens below the precedent
  const pickers = () => document.querySelectorAll("details.picker");
  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.("details.picker") || !target.open) return;
    for (const other of pickers()) if (other !== target) other.open = false;
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-sends]")) event.target.form.requestSubmit();
    // Enter in a field that searches by itself leaves it, so that the next key chooses from what was found.
    if (event.key === "Enter" && event.target.matches("[data-leaves]")) setTimeout(() => event.target.blur());
    if (event.key !== "Escape") return;
    for (const one of pickers()) {
      if (!one.open) continue;
      one.open = false;
      one.querySelector("summary").focus();
      event.stopImmediatePropagation();
      event.preventDefault();
    }
    if (event.target.matches("main textarea, main input")) event.target.blur();
  }, true);
  document.addEventListener("click", (event) => {
    for (const one of pickers()) if (one.open && !one.contains(event.target)) one.open = false;
    const gloss = event.target.closest("details.gloss-form > summary");
    if (gloss) {
      event.preventDefault();
      gloss.parentElement.open = !gloss.parentElement.open;
      if (gloss.parentElement.open) gloss.parentElement.querySelector("textarea").focus();
    }
    const opener = event.target.closest("details.picker > summary");
    if (opener) {  // at once, for the next key may come before its event
      event.preventDefault();
      const picker = opener.parentElement;
      picker.open = !picker.open;
      if (picker.open) {
        picker.querySelector("[data-first]")?.focus({ preventScroll: true });
        if (picker.matches(".beside") && narrow.matches) document.getElementById("precedent")?.scrollIntoView({ block: "start" });
      }
    }
  });

  document.addEventListener("click", (event) => {
    const skips = event.target.closest?.("[data-skips]");
    if (!skips) return;
    try {
      const ids = new Set(JSON.parse(sessionStorage.getItem("refrain-skipped")) ?? []);
      sessionStorage.setItem("refrain-skipped", JSON.stringify([...ids.add(skips.dataset.skips)].slice(-500)));
    } catch { /* not kept, then */ }
  }, true);

  // Of a text that scrolls by itself, the part that matches is in view.
  const toMarks = (root) => {
    for (const text of root.querySelectorAll?.("[data-to-mark]") ?? []) {
      const mark = text.querySelector(".mark");
      if (mark) text.scrollTop = Math.max(0, mark.offsetTop - text.clientHeight / 3);
    }
  };
  document.addEventListener("htmx:load", ({ target }) => toMarks(target));
  toMarks(document);
})();
