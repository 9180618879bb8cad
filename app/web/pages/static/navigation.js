// From page to page without loading the frame anew: htmx swaps the body (hx-boost), and what a browser does by itself at a
// new page is done here: history, scrolling, focus, announcing. Without this script links and forms work as they are.
"use strict";
(() => {
  const here = () => location.pathname + location.search;
  const isPage = (detail) => detail.target === document.body;
  const account = () => document.body.dataset.account ?? "";
  const kept = (name) => { try { return JSON.parse(sessionStorage.getItem(`refrain-${name}-${account()}`)) ?? {}; } catch { return {}; } };
  const keep = (name, value) => { try { sessionStorage.setItem(`refrain-${name}-${account()}`, JSON.stringify(value)); } catch { /* not kept, then */ } };

  // What is no page: files, and whatever leads to another site.
  const NO_PAGE = "a[download], a[href^='/docs'], a[href^='/exports/'], a[href^='/sign-in'], a[href$='link-sso'], form[action^='/sign-']";
  document.addEventListener("htmx:beforeProcessNode", ({ target }) => {
    if (target.matches(NO_PAGE)) target.setAttribute("hx-boost", "false");
    // A link back to a list leads to the list as one left it.
    if (target.matches("a[data-returns]")) target.setAttribute("href", kept("lists")[target.dataset.returns] ?? target.getAttribute("href"));
  });

  // A button that closes its dialog sends nothing.
  document.addEventListener("submit", (event) => { if (event.submitter?.getAttribute("formmethod") === "dialog") event.stopPropagation(); }, true);

  // A visit by script: of a chart, or of the history.
  const visit = (address, more = {}) =>
    htmx.ajax("GET", address, { target: document.body, swap: "innerHTML", headers: { "HX-Boosted": "true" }, event: new Event("visit"), ...more })
      .catch(() => {}); // its failure has an event
  const go = (address) => visit(address, { push: "true" });

  let shown = here(); // the address of what is on the screen
  let left = null; // the page before, as a URL
  let back = false; // whether this visit goes through the history
  let going = null; // the visit under way
  const stopVisit = () => { if (going?.requestConfig.verb === "get") going.xhr.abort(); };
  const scrolled = new Map();
  const leave = () => { scrolled.set(shown, scrollY); left = new URL(shown, location.href); };
  addEventListener("popstate", (event) => {
    event.stopImmediatePropagation();
    stopVisit(); // it was to another place of the history
    if (here() === shown) return; // another place of the same page
    if (!document.body.hasAttribute("hx-boost")) { location.reload(); return; }
    leave();
    back = true;
    visit(here());
  }, true);
  history.scrollRestoration = "auto";

  // One page at a time: a later visit replaces an earlier one; nothing replaces a change that is under way.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { detail } = event;
    if (!isPage(detail)) return;
    if (going && going.requestConfig.verb !== "get") { event.preventDefault(); return; }
    going?.xhr.abort();
    going = detail;
    if (!back) leave();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.xhr === going?.xhr) going = null; });

  // The frame of the new page: its language, its token, and its scripts, which are others after an upgrade.
  const assets = (page) => [...page.head.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
  const loaded = new Set(assets(document));
  let came = 0; // when the page came: a key that was pressed before was meant for what was there before
  const adopt = (page) => {
    came = performance.now();
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    for (const name of document.body.getAttributeNames()) if (name !== "class") document.body.removeAttribute(name);
    for (const name of page.body.getAttributeNames()) document.body.setAttribute(name, page.body.getAttribute(name));
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (!isPage(detail) || !detail.shouldSwap) return;
    const type = detail.xhr.getResponseHeader("Content-Type") ?? "";
    const page = type.startsWith("text/html") ? new DOMParser().parseFromString(detail.serverResponse, "text/html") : null;
    const whole = !page || assets(page).some((one) => !loaded.has(one));
    if (whole && !page?.querySelector("#messages .message")) {
      detail.shouldSwap = false;
      location.assign(detail.xhr.responseURL);
      return;
    }
    adopt(page);
  });

  // A list is a page whose rows are walked through by key.
  const isList = () => document.querySelector("main [data-row], main [data-move]") !== null;
  const note = () => {
    shown = here();
    if (isList()) keep("lists", { ...kept("lists"), [location.pathname]: shown });
  };
  const rowOf = (address) => address && isList() && [...document.querySelectorAll("main .list > li a[href], main [data-rows] a[href]")].find((link) => link.pathname === address.pathname);
  const announce = () => setTimeout(() => {
    const said = document.getElementById("announcer");
    if (said) said.textContent = document.title;
  }, 100);
  const arrive = () => {
    const { activeElement } = document;
    const main = document.getElementById("main");
    const meant = main.querySelector("[aria-invalid=true]") ?? (activeElement.matches("main [autofocus]") ? activeElement : rowOf(left));
    if (back) scrollTo(0, scrolled.get(here()) ?? 0);
    (meant || main).focus({ preventScroll: true });
    if (meant) meant.scrollIntoView({ block: "nearest" });
    announce();
  };
  const settled = new WeakSet();
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!isPage(detail) || settled.has(detail.xhr)) return;
    settled.add(detail.xhr);
    const answered = new URL(detail.xhr.responseURL || location.href);
    if (back && detail.xhr.status < 400) history.replaceState({ htmx: true }, "", answered.pathname + answered.search + location.hash);
    arrive();
    back = false;
    note();
  });
  // A page that was fetched ahead, as HTML.
  const present = (address, html) => {
    stopVisit();
    leave();
    history.pushState({ htmx: true }, "", address);
    adopt(new DOMParser().parseFromString(html, "text/html"));
    htmx.swap(document.body, html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
    scrollTo(0, 0);
    arrive();
    note();
  };
  for (const happening of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) document.addEventListener(happening, () => setTimeout(note));
  for (const happening of ["htmx:sendError", "htmx:sendAbort", "htmx:timeout"]) document.addEventListener(happening, ({ detail }) => { if (isPage(detail)) back = false; });

  window.desk = { ...window.desk, go, visit, present, kept, keep, isPage, seen: (event) => event.timeStamp >= came && going === null && !window.desk.isHeld() };
  note();
})();
