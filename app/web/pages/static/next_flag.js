// The next flag, fetched ahead and shown at once. What is fetched ahead does not count as viewed: that is told to the
// server when it is shown, and with it which version was; where the flag has changed since, the page is loaded anew.
"use strict";
(() => {
  const LONGEST_MS = 120_000;
  const AHEAD = { "Refrain-Prefetch": "1", Accept: "text/html" };
  let held = null; // { url, html, at }
  let fetching = null;

  const token = () => { try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"]; } catch { return ""; } };
  const fetchAhead = async () => {
    const link = document.querySelector("a[data-prefetch]");
    if (!link || held?.url === link.href) return;
    fetching?.abort();
    const own = fetching = new AbortController();
    try {
      const answer = await fetch(link.href, { headers: AHEAD, signal: own.signal, redirect: "error", priority: "low" });
      const html = answer.ok ? await answer.text() : "";
      if (!html || fetching !== own) return;
      held = { url: link.href, html, at: performance.now() };
      link.dataset.prefetch = "ready";
    } catch { /* it is loaded when it is asked for, then */ }
  };

  const markSeen = async () => {
    const head = document.querySelector("[data-flag]");
    const address = location.href;
    if (!head) return;
    const answer = await fetch(`/flags/${head.dataset.flag}/seen`, {
      method: "POST",
      headers: { "X-CSRF-Token": token() },
      body: new URLSearchParams({ version: head.dataset.version }),
      redirect: "manual",
    }).catch(() => null);
    if (answer && answer.status !== 204 && location.href === address) location.reload();
  };

  // The page that was fetched ahead from this address, once; null where there is none that can be shown.
  const takeAhead = (url) => {
    const page = held;
    if (page?.url !== url || performance.now() - page.at > LONGEST_MS || window.desk.isHeld()) return null;
    held = null;
    return page;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-prefetch]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const page = takeAhead(link.href);
    if (!page) return;
    event.preventDefault();
    event.stopPropagation(); // before a boosted link asks for it once more
    window.desk.present(page.url, page.html);
    markSeen();
  }, true);
  document.addEventListener("submit", () => { held = null; }); // a decision may change which flag is the next

  let planned = 0;
  const plan = () => { clearTimeout(planned); planned = setTimeout(fetchAhead, 60); };
  document.addEventListener("htmx:load", plan);
  plan();
  window.desk = { ...window.desk, takeAhead, markSeen };
})();
