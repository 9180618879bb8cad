// The queue: moving from flag to flag, selecting, groups that unfold, density, what is new, and what was skipped.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const kept = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* not kept, then */ } };
  const rows = () => [...document.querySelectorAll(".flag-list li[data-flag]")].filter((row) => row.checkVisibility());
  const boxes = () => [...document.querySelectorAll('.flag-list input[name="flag"]')];
  const boxOf = (row) => row?.querySelector(':scope > input[type="checkbox"]');
  const linkOf = (row) => row?.querySelector(":scope .flag-link");
  let last = null, anchor = null, sent = null;
  const current = () => document.activeElement?.closest?.(".flag-list li[data-flag]") ?? (last?.isConnected ? last : null);
  document.addEventListener("focusin", ({ target }) => { last = target.closest?.(".flag-list li[data-flag]") ?? last; });

  // Selecting
  const chosen = () => boxes().filter((box) => box.checked);
  const forms = new Intl.PluralRules(document.documentElement.lang || "en");
  const tell = () => {
    const said = document.querySelector("[data-selected]");
    if (!said) return;
    const number = chosen().reduce((sum, box) => sum + box.value.split(",").length, 0);
    const like = [1, 2, 5].find((one) => forms.select(one) === forms.select(number)) ?? 5;
    said.textContent = number ? said.dataset[`n${like}`].replace(String(like), String(number)) : "";
    const all = document.querySelector("[data-select-all]");
    if (all) all.checked = number > 0 && boxes().every((box) => box.checked);
  };
  const check = (row, on) => {
    const box = boxOf(row);
    if (!box || box.checked === on) return;
    box.checked = on;
    spread(box);
  };
  // The box of a group that is unfolded stands for those below it.
  const spread = (box) => {
    for (const below of box.closest("li").querySelectorAll(".members input[type=checkbox]")) below.checked = box.checked;
  };
  const range = (from, to, on) => {
    const all = rows();
    const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((one, other) => one - other);
    if (a >= 0) for (const row of all.slice(a, b + 1)) check(row, on);
  };
  const clear = () => { for (const box of document.querySelectorAll(".flag-list input:checked")) box.checked = false; tell(); };

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    const to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    linkOf(to)?.focus();
    to?.scrollIntoView({ block: "nearest" });
    return to;
  };

  // Groups
  const unfold = async (link) => {
    const row = link.closest("li"), members = row.querySelector(":scope > .members"), box = boxOf(row);
    const open = link.getAttribute("aria-expanded") === "true";
    if (!open && !members.children.length) {
      await htmx.ajax("GET", link.dataset.unfolds, { source: members, target: members, swap: "innerHTML", event: new Event("unfold") }).catch(() => {});
      if (!members.querySelector("li[data-flag]")) { members.replaceChildren(); return; }
    }
    link.setAttribute("aria-expanded", String(!open));
    members.hidden = open;
    if (box && !open) { box.removeAttribute("name"); spread(box); }
    if (box && open) { box.name = "flag"; for (const below of members.querySelectorAll("input")) below.checked = false; }
    if (open) members.replaceChildren();
    tell();
  };

  document.addEventListener("click", (event) => {
    const move = event.target.closest("[data-move]");
    if (move) { step(Number(move.dataset.move)); anchor = current(); }
    if (event.target.closest("[data-mark]")) {
      const row = current() ?? rows()[0];
      boxOf(row)?.click();
      linkOf(row)?.focus();
    }
    if (event.target.closest("[data-unfold]")) current()?.closest(".flag-list > li").querySelector("[data-unfolds]")?.click();
    const link = event.target.closest("[data-unfolds]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); unfold(link); }
    if (event.target.matches('.flag-list input[type="checkbox"]')) {
      const row = event.target.closest("li");
      if (event.shiftKey && anchor?.isConnected) range(anchor, row, event.target.checked);
      anchor = row;
      last = row;
    }
    // A menu for the selected, opened by its key: the row in hand is what is meant where none is selected.
    if (event.target.closest(".bulk summary") && !chosen().length) { check(current(), true); tell(); }
    const density = event.target.closest("[data-density-switch]");
    if (density) dense(document.documentElement.dataset.density !== "compact");
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-select-all]")) for (const row of document.querySelectorAll(".flag-list > li")) check(row, target.checked);
    else if (target.matches('.flag-list input[type="checkbox"]')) spread(target);
    else return;
    tell();
  });
  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-queue]") || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (event.key === "Enter" && target.dataset?.enter) { event.preventDefault(); document.getElementById(target.dataset.enter).click(); return; }
    if (target.matches("textarea, select, input:not([type=checkbox])") || document.querySelector("dialog[open]")) return;
    const by = { ArrowDown: 1, J: 1, ArrowUp: -1, K: -1 }[event.key];
    if (by && event.shiftKey) {
      event.preventDefault();
      const from = current();
      if (!from) { anchor = step(1); check(anchor, true); tell(); return; }
      if (!chosen().length || !anchor?.isConnected) anchor = from;
      check(from, true);
      const to = step(by), all = rows();
      const nearer = Math.abs(all.indexOf(to) - all.indexOf(anchor)) < Math.abs(all.indexOf(from) - all.indexOf(anchor));
      if (nearer) check(from, false); else check(to, true);
      tell();
    }
    if (event.key === "Escape" && !document.querySelector("details.picker[open], details.menu[open]")) clear();
    else if (event.key === "Escape") for (const menu of document.querySelectorAll(".bulk details[open]")) { menu.open = false; linkOf(current())?.focus(); }
  });
  // A menu of the bar opens at its first field; one at a time.
  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.(".bulk details") || !target.open) return;
    for (const other of document.querySelectorAll(".bulk details[open]")) if (other !== target) other.open = false;
    target.querySelector("[data-first]")?.focus();
  }, true);

  // A key for the selected judges the row in hand where none is selected. Afterwards the row in its place is in hand.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-queue]")) return;
    if (!chosen().length) check(current(), true);
    tell();
    if (!chosen().length) { event.preventDefault(); event.stopPropagation(); return; }
    sent = event.target;
    const first = chosen()[0].closest(".flag-list > li");
    keep("refrain-queue-at", JSON.stringify([location.pathname + location.search, [...first.parentElement.children].indexOf(first)]));
  }, true); // before the form is sent without loading the frame anew
  const resume = () => {
    let at;
    if (sent?.isConnected) return;  // a part of the page that is being left
    try { at = JSON.parse(kept("refrain-queue-at")); } catch { return; }
    if (!at || !document.querySelector(".flag-list") || at[0] !== location.pathname + location.search) return;
    keep("refrain-queue-at", "null");
    const all = document.querySelectorAll(".flag-list > li");
    const link = linkOf(all[Math.min(at[1], all.length - 1)]);
    // Nothing can be focused before the stylesheets are there, and who shows a new page focuses its main part.
    let frames = 60;
    const focus = () => {
      const here = document.activeElement;
      if (!link || !frames-- || (here !== link && !here.matches("body, main"))) return;
      if (here !== link) link.focus();
      requestAnimationFrame(focus);
    };
    focus();
  };

  // Density
  const dense = (compact) => {
    if (compact) document.documentElement.dataset.density = "compact";
    else delete document.documentElement.dataset.density;
    try { localStorage.setItem("refrain-density", compact ? "compact" : "comfortable"); } catch { /* not kept, then */ }
    pressed();
  };
  const pressed = () => {
    for (const one of document.querySelectorAll("[data-density-switch]")) one.setAttribute("aria-pressed", String(document.documentElement.dataset.density === "compact"));
  };

  // What is new. Nobody is asked while the page is hidden, nor when nobody has touched it for half an hour: asking
  // would keep a session alive that was left open. A failure is tried again without a word.
  const EVERY_MS = 20_000, UNTOUCHED_MS = 30 * 60_000;
  let touched = Date.now();
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) document.addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
  const ask = async () => {
    const place = document.querySelector("[data-new-flags]");
    if (!place || document.hidden || Date.now() - touched > UNTOUCHED_MS) return;
    try {
      const answer = await fetch(place.dataset.newFlags, { headers: { Accept: "text/html" }, redirect: "error" });
      if (answer.status !== 200 || !place.isConnected) return;
      const said = await answer.text();
      if (place.dataset.said !== said) { place.innerHTML = said; place.dataset.said = said; }
    } catch { /* until the next time */ }
  };
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);

  const skipped = () => { try { return JSON.parse(kept("refrain-skipped")) ?? []; } catch { return []; } };
  const mark = () => {
    const ids = new Set(skipped());
    for (const row of document.querySelectorAll(".flag-list li[data-flag]")) { const badge = row.querySelector(".skipped"); if (badge) badge.hidden = !ids.has(row.dataset.flag); }
  };
  const load = () => { mark(); pressed(); tell(); resume(); };
  document.addEventListener("htmx:load", load);
  load();
})();
