// What every page of the desk does: times in the reader's zone, light and dark, menus, one key a gesture.
"use strict";
(() => {
  const stored = (name, fallback) => { try { return localStorage.getItem(name) ?? fallback; } catch { return fallback; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept, then */ } };
  // The language of the page in hand: a body that was put in place of another may be in another language.
  let inZone, zoned, formatted;
  const formats = () => {
    const language = document.querySelector("[data-locale]")?.dataset.locale || "en";
    if (language === formatted) return;
    document.documentElement.lang = formatted = language;
    const locale = language === "en" ? "en-GB" : language; // "24 April 2021", as the server writes it
    inZone = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
    zoned = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" });
  };

  // Times. A <time data-local> names a moment; anything less precise is left as it is.
  const localTimes = (root) => {
    formats();
    for (const time of root.querySelectorAll("time[data-local]")) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.valueOf())) continue;
      time.textContent = inZone.format(moment);
      time.title = zoned.format(moment);
      time.removeAttribute("data-local");
    }
  };

  // Light and dark.
  const themes = () => {
    const chosen = stored("refrain-theme", "auto");
    for (const input of document.querySelectorAll("[data-theme-switch] input")) input.checked = input.value === chosen;
  };
  document.addEventListener("change", ({ target }) => {
    if (target.closest("[data-theme-switch]")) {
      store("refrain-theme", target.value);
      if (target.value === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = target.value;
    }
    if (target.matches("[data-keys-switch]")) store("refrain-keys", target.checked ? "on" : "off");
    if (target.form?.matches("[data-submit-on-change]") && target.name) target.form.requestSubmit();
  });

  // Menus close when one looks elsewhere; messages when they are read.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    event.target.closest("[data-dismiss]")?.closest(".message")?.remove();
    const opens = event.target.closest("[data-opens]");
    if (opens) open(document.getElementById(opens.dataset.opens));
  });
  const open = (dialog) => {
    if (dialog?.id === "keys-help") listKeys(dialog);
    dialog?.dispatchEvent(new CustomEvent("desk:opens", { bubbles: true }));
    if (dialog && !dialog.open) dialog.showModal();
  };

  // Keys. An element with data-key="c" (or "g q", one after the other) is clicked, or focused where one writes into it.
  // Space, arrows and Escape by their names: "ArrowDown". Of several with one key the first that can be seen is meant.
  const usable = (element) => !element.disabled && (element.checkVisibility() || element.closest("details.menu"));
  const writesText = (element) => element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");
  // What stands in an open menu comes first: a figure there chooses a reason, and not what has the same figure on the page.
  const inMenu = (element) => Boolean(element.closest("details.picker[open] > .menu-body"));
  const keyed = () => {
    const all = [...document.querySelectorAll("[data-key]")].filter(usable);
    return [...all.filter(inMenu), ...all.filter((one) => !inMenu(one))];
  };
  const labelOf = (element) => element.dataset.keyLabel || element.getAttribute("aria-label") || element.labels?.[0]?.textContent.trim() || ownWords(element);
  const ownWords = (element) => {
    const words = element.cloneNode(true);
    for (const one of words.querySelectorAll("kbd, .badge, .sr-only")) one.remove();
    return words.textContent.trim().replace(/^← /, "");
  };
  let before = "", beforeAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.isContentEditable || writesText(event.target) || document.querySelector("dialog[open]")) return;
    if (stored("refrain-keys", "on") === "off" && event.key !== "?") return;
    const sequence = event.timeStamp - beforeAt < 1500 ? `${before} ${event.key}` : "";
    [before, beforeAt] = [event.key, event.timeStamp];
    const all = keyed();
    const found = all.find((one) => one.dataset.key === sequence) ?? all.find((one) => one.dataset.key === event.key);
    if (!found) return;
    event.preventDefault();
    const walks = found.matches("[data-move], [data-row], [data-step]");
    if ((event.repeat && !walks) || !window.desk.seen(event)) return; // held down, or meant for the page before
    before = "";
    if (writesText(found)) { found.focus(); found.select?.(); } else found.click();
  });
  const listKeys = (dialog) => {
    const seen = new Map(keyed().reverse().map((one) => [one.dataset.key, one]));
    // Keys that other scripts answer to: data-key-told="Ctrl Enter", with data-told-label.
    const told = [...document.querySelectorAll("[data-key-told]")].filter((one) => one.hidden || usable(one));
    const also = new Map(told.reverse().map((one) => [one.dataset.keyTold, one]));
    const entries = [...[...seen].reverse(), ...[...also].filter(([key]) => !seen.has(key)).reverse()];
    const groups = Object.groupBy(entries, ([, one]) => groupOf(one));
    for (const group of dialog.querySelectorAll("[data-keys-group]")) {
      const keys = groups[group.dataset.keysGroup] ?? [];
      group.hidden = keys.length === 0;
      group.querySelector("dl").replaceChildren(...keys.flatMap(asRow));
    }
    dialog.querySelector("[data-keys-none]").hidden = entries.length > 0;
    dialog.querySelector("[data-keys-switch]").checked = stored("refrain-keys", "on") === "on";
  };
  // What a key does: it changes something, leads elsewhere by the head of the page, or moves and looks on this one.
  const groupOf = (one) => {
    if (one.closest("header.top nav")) return "places";
    const form = one.form ?? one.closest("form");
    return (form?.method === "post" && one.type !== "text") || one.matches("summary") ? "changes" : "looks";
  };
  const ARROWS = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };
  const asRow = ([key, one]) => {
    const term = document.createElement("dt"), said = document.createElement("dd");
    for (const part of key.split(" ")) term.append(Object.assign(document.createElement("kbd"), { textContent: ARROWS[part] ?? part }));
    said.textContent = one.dataset.keyTold === key ? one.dataset.toldLabel : labelOf(one);
    return [term, said];
  };

  // Two marks of one pair light up together.
  const light = (event, on) => {
    const pair = event.target.closest?.("[data-pair]")?.dataset.pair;
    if (pair) for (const one of document.querySelectorAll(`[data-pair="${CSS.escape(pair)}"]`)) one.classList.toggle("lit", on);
  };
  document.addEventListener("mouseover", (event) => light(event, true));
  document.addEventListener("mouseout", (event) => light(event, false));

  document.addEventListener("htmx:load", ({ target }) => { localTimes(target); themes(); });
  localTimes(document);
  themes();
  document.querySelector("main [aria-invalid=true]")?.focus();
})();
