// Lists that are walked through by key: a button with data-row="1" or "-1" focuses the next link of the rows, or the one before.
"use strict";
document.addEventListener("click", ({ target }) => {
  const step = Number(target.closest?.("[data-row]")?.dataset.row ?? 0);
  if (!step) return;
  const links = [...document.querySelectorAll(".list > li")].map((row) => row.querySelector("a")).filter(Boolean);
  const at = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  const to = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
});
