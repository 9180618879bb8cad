// An article: one claim is chosen at a time, marked in the text and opened beside it.
"use strict";
(() => {
  const beside = matchMedia("(min-width: 60.01rem)");
  const marksOf = (number) => [...document.querySelectorAll(`a.claim[data-claim="${number}"]`)];
  const opening = new WeakSet(); // opened here, so that its event, later, chooses nothing
  const chosen = () => Number(document.querySelector("a.claim[aria-current]")?.dataset.claim ?? 0);

  // `kept`: whether the address says so. While the page is being opened it must not: the browser would scroll there.
  const choose = (number, kept = true) => {
    const card = document.getElementById(`claim-${number}`);
    if (!card) return null;
    for (const mark of document.querySelectorAll("a.claim[aria-current]")) mark.removeAttribute("aria-current");
    for (const mark of marksOf(number)) mark.setAttribute("aria-current", "true");
    const details = card.querySelector("details");
    if (!details.open) {
      opening.add(details);
      details.open = true;
    }
    if (beside.matches) {
      const list = card.closest(".claims");
      list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - list.querySelector("header").offsetHeight - 8;
    }
    if (kept) history.replaceState(history.state, "", `${location.pathname}#claim-${number}`);
    return card;
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.claim[data-claim]");
    if (mark) {
      const card = choose(mark.dataset.claim);
      if (card && beside.matches) event.preventDefault();
      return;
    }
    const step = event.target.closest("[data-step]");
    if (!step) return;
    const all = [...document.querySelectorAll(".claim-card")].length;
    const next = Math.min(all, Math.max(1, chosen() + Number(step.dataset.step)));
    const card = choose(next);
    const [place] = marksOf(next);
    if (place && beside.matches) { place.focus({ preventScroll: true }); place.scrollIntoView({ block: "center" }); }
    else card?.scrollIntoView({ block: "start" });
  });
  document.addEventListener("toggle", (event) => {
    if (opening.delete(event.target)) return;
    const card = event.target.closest?.(".claim-card");
    if (card && event.target.open && `claim-${chosen()}` !== card.id) choose(card.id.replace("claim-", ""));
  }, true);

  const fromAddress = () => {
    const [, number] = location.hash.match(/^#claim-(\d+)$/) ?? [];
    const asked = number ?? document.querySelector("[data-article]")?.dataset.chosen;
    if (asked) {
      choose(asked, false);
      const [place] = marksOf(asked);
      if (place && !number) { place.focus({ preventScroll: true }); (beside.matches ? place : document.getElementById(`claim-${asked}`)).scrollIntoView({ block: beside.matches ? "nearest" : "start" }); }
    } else if (beside.matches && document.querySelector("[data-article]")) choose(1, false);
  };
  document.addEventListener("htmx:load", (event) => { if (event.target.querySelector?.("[data-article]")) fromAddress(); });
  fromAddress();
})();
