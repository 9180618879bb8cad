// One narrative: choosing statements to move. The boxes are those of the page; the bar says how many are chosen.
"use strict";
(() => {
  const boxes = () => [...document.querySelectorAll('input[form="bulk"][name="statements"]')];
  const count = () => {
    const said = document.querySelector("[data-chosen]");
    if (!said) return;
    const all = boxes(), chosen = all.filter((box) => box.checked).length;
    said.textContent = chosen ? `${chosen} / ${all.length}` : said.dataset.none;
    const bulk = said.closest("[data-bulk]");
    if (chosen) bulk.open = true;
    const every = document.querySelector("[data-choose-all]");
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-choose-all]")) for (const box of boxes()) box.checked = target.checked;
    if (target.matches('[data-choose-all], input[form="bulk"]')) count();
  });
})();
