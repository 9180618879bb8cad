// The plot of a narrative: a mark that one points at, or steps to, is read out below.
"use strict";
(() => {
  const reads = new WeakSet();
  const read = (plot) => {
    const rows = [...plot.querySelectorAll("[data-appearance]")];
    if (!rows.length || reads.has(plot)) return;
    reads.add(plot);
    const reading = plot.querySelector("[data-reading]");
    const slider = plot.querySelector("[data-stepping] input");
    const points = [...plot.querySelectorAll(".point")];
    const show = (at) => {
      const [said, speaker, text, outcome] = rows[at].cells;
      const facts = document.createElement("p"), when = said.firstElementChild.cloneNode(true);
      facts.className = "facts";
      const first = document.createElement("span");
      first.append(when);
      facts.append(first);
      if (speaker.firstElementChild) facts.append(speaker.firstElementChild.cloneNode(true));
      if (outcome.firstElementChild) facts.append(outcome.firstElementChild.cloneNode(true));
      reading.replaceChildren(text.firstElementChild.cloneNode(true), facts);
      for (const point of points) point.classList.toggle("lit", Number(point.dataset.at) === at);
      if (slider) {
        slider.value = at;
        slider.setAttribute("aria-valuetext", [said, speaker, text, outcome].map((cell) => cell.textContent.trim()).filter(Boolean).join(", "));
      }
    };
    for (const happening of ["mouseover", "click"]) {
      plot.addEventListener(happening, (event) => {
        const point = event.target.closest(".point");
        if (point) show(Number(point.dataset.at));
      });
    }
    slider?.addEventListener("input", () => show(Number(slider.value)));
    if (slider) slider.parentElement.hidden = false;
    reading.hidden = false;
    show(rows.length - 1);
  };
  document.addEventListener("htmx:load", () => { for (const plot of document.querySelectorAll("[data-plot]")) read(plot); });
})();
