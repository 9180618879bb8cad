// Dates that one types: what was understood is said below, before anything is sent; the calendar fills the text.
"use strict";
(() => {
  const timers = new WeakMap();
  const understand = async (input) => {
    const said = document.getElementById(`${input.id}-read`);
    const picker = document.querySelector(`[data-date-for="${CSS.escape(input.id)}"]`);
    const typed = input.value.trim();
    let answer = {};
    if (typed) {
      try {
        const got = await fetch(`/dates?${new URLSearchParams({ typed })}`);
        answer = got.ok ? await got.json() : {};
      } catch { /* said when the form is sent */ }
    }
    if (input.value.trim() !== typed || !said || !input.isConnected) return; // typed on, or sent, meanwhile
    said.textContent = answer.error ?? (answer.said ? `${answer.said}${answer.future ? ` ${said.dataset.future}` : ""}` : "");
    said.classList.toggle("bad", Boolean(answer.error || answer.future));
    if (picker) picker.value = /^\d{4}-\d{2}-\d{2}$/.test(answer.iso ?? "") ? answer.iso : "";
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-date]")) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => understand(target), 300));
  });
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (!target.matches?.("[data-date-for]") || !target.value) return;
    const input = document.getElementById(target.dataset.dateFor);
    input.value = target.value;
    for (const happening of ["input", "change"]) input.dispatchEvent(new Event(happening, { bubbles: true }));
    input.focus();
  });
  const begin = (root) => {
    for (const picker of root.querySelectorAll?.("[data-date-for][hidden]") ?? []) picker.hidden = false;
    for (const input of root.querySelectorAll?.("[data-date]") ?? []) if (input.value && !input.matches("[aria-invalid]")) understand(input);
  };
  document.addEventListener("htmx:load", ({ target }) => begin(target));
})();
