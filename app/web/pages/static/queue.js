// The queue: moving from flag to flag, selecting, and what was skipped in this session.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const links = () => [...document.querySelectorAll(".flag-list .flag-link")];
  const boxes = () => [...document.querySelectorAll('.flag-list input[name="flag"]')];
  const current = () => document.activeElement?.closest?.(".flag-list > li");
  let last = 0;

  document.addEventListener("click", (event) => {
    const move = event.target.closest("[data-move]");
    if (move) {
      const all = links();
      const at = all.findIndex((link) => link.closest("li") === current());
      const to = at < 0 ? last : Math.min(all.length - 1, Math.max(0, at + Number(move.dataset.move)));
      all[Math.min(to, all.length - 1)]?.focus();
      last = to;
    }
    if (event.target.closest("[data-mark]")) {
      const box = (current() ?? document.querySelector(".flag-list > li"))?.querySelector('input[name="flag"]');
      if (box) { box.click(); box.closest("li").querySelector(".flag-link").focus(); }
    }
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-select-all]")) for (const box of boxes()) box.checked = target.checked;
    else if (target.name === "flag") {
      const all = document.querySelector("[data-select-all]");
      if (all) all.checked = boxes().every((box) => box.checked);
    }
  });
  // Pressing a key for many flags without having selected one does nothing.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-queue]") || boxes().some((box) => box.checked)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  const skipped = () => { try { return JSON.parse(sessionStorage.getItem("refrain-skipped")) ?? []; } catch { return []; } };
  const mark = () => {
    const ids = new Set(skipped());
    for (const badge of document.querySelectorAll(".flag-list > li .skipped")) badge.hidden = !ids.has(badge.closest("li").dataset.flag);
  };
  document.addEventListener("htmx:load", mark);
  mark();
})();
