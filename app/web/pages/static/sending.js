// What could not be sent: the server does not answer, answers slowly, or the session has ended. The page stays as it is, what
// was typed with it; the request is held, its state is shown, and it is sent again. A change carries a key, so that the server
// makes it once however often it arrives.
"use strict";
(() => {
  const SLOW_MS = 4_000, MOST_MS = 15_000, BUSY = [502, 503, 504];
  const box = () => document.getElementById("held");
  const part = (name) => box()?.querySelector(`[data-held-${name}]`);
  let held = null; // {config, elt, target, label, tries, at, key, account}
  let waiting = null; // the request under way that a person asked for
  let timer = 0;

  const shortened = (text) => text.trim().replace(/\s+/g, " ").slice(0, 80);
  const labelOf = ({ elt, requestConfig }) => {
    const by = requestConfig.triggeringEvent?.submitter ?? elt;
    const named = by.dataset?.keyLabel || by.getAttribute?.("aria-label") || (by.matches?.("button, a") ? by.textContent : "") || by.querySelector?.("button:not([type=button])")?.textContent || by.labels?.[0]?.textContent;
    return shortened(named || document.title);
  };
  const isChange = (one) => one.config.verb !== "get";
  // Asked for by a person, and not by a clock or a list of suggestions.
  const isPolled = ({ elt }) => elt.matches?.("[hx-trigger^=every]");
  const isMeant = ({ requestConfig, elt }) => Boolean(requestConfig.triggeringEvent) && !elt.matches?.("[list]");

  const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "get") return;
    detail.headers["Idempotency-Key"] ??= resending?.key ?? randomKey();
  });

  const show = (state) => {
    const bar = box();
    if (!bar) return;
    bar.hidden = !state;
    bar.dataset.state = state ?? "";
    if (!state) return;
    for (const one of bar.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(state);
    const label = held?.label ?? waiting?.label ?? "";
    part("label").textContent = label && (held ? isChange(held) : waiting?.change) ? label : "";
  };
  const countDown = () => {
    clearTimeout(timer);
    if (!held) return;
    const left = Math.max(0, Math.ceil((held.at - Date.now()) / 1000));
    const seconds = part("seconds");
    if (seconds) seconds.textContent = left;
    if (left === 0) resend();
    else timer = setTimeout(countDown, 250);
  };
  // A page that cannot be had does not take the place of a change that is not saved.
  const givesWay = ({ requestConfig }) => held !== null && isChange(held) && requestConfig.headers["Idempotency-Key"] !== held.key;
  const hold = (detail, after = 0) => {
    const config = detail.requestConfig;
    if (givesWay(detail)) return;
    const again = held !== null && held.key === config.headers["Idempotency-Key"] && held.config.path === config.path;
    const tries = again ? held.tries + 1 : 0;
    held = {
      config, elt: detail.elt, target: detail.target, push: detail.etc?.push, label: again ? held.label : labelOf(detail), tries,
      key: config.headers["Idempotency-Key"], account: again ? held.account : document.body.dataset.account,
      at: Date.now() + Math.min(MOST_MS, Math.max(after * 1000, 1000 * 2 ** tries)),
    };
    show(isChange(held) ? "change" : "page");
    countDown();
  };
  const drop = () => {
    clearTimeout(timer);
    held = null;
    show(null);
  };
  const giveUp = (stays) => {
    const headers = held?.config.headers;
    drop();
    if (headers) document.dispatchEvent(new CustomEvent("desk:dropped", { detail: { headers, stays } }));
  };

  let resending = null;
  const resend = () => {
    if (!held) return;
    clearTimeout(timer);
    const { config, elt, target, push } = held;
    const connected = elt.isConnected;
    const values = new FormData();
    for (const [name, value] of config.formData) values.append(name, value);
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"];
    if (values.has("csrf") && token) values.set("csrf", token);
    resending = held;
    show(isChange(held) ? "sending" : "loading");
    htmx.ajax(config.verb, config.path, {
      source: connected ? elt : document.body,
      target: target.isConnected ? target : document.body,
      values,
      event: new Event("resent"),
      headers: {
        ...(config.boosted || config.headers["HX-Boosted"] || !connected ? { "HX-Boosted": "true" } : {}),
        ...(config.headers["Refrain-Ahead"] ? { "Refrain-Ahead": config.headers["Refrain-Ahead"] } : {}),
      },
      ...(target.isConnected && target !== document.body ? {} : { swap: "innerHTML" }),
      ...(push || (!connected && isChange(held)) ? { push: push || "true" } : {}),
    }).catch(() => {}); // its failure has an event
    resending = null;
  };

  // One thing at a time: while a change waits to be saved, no page is left.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { detail } = event;
    if (held && isChange(held) && detail.requestConfig.headers["Idempotency-Key"] !== held.key && isMeant(detail)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      box()?.classList.add("nudged");
      setTimeout(() => box()?.classList.remove("nudged"), 600);
      return;
    }
    if (!isMeant(detail)) return;
    if (held && !isChange(held) && detail.requestConfig.path !== held.config.path) drop();
    const mine = { xhr: detail.xhr, label: labelOf(detail), change: detail.requestConfig.verb !== "get" };
    waiting = mine;
    setTimeout(() => { if (waiting === mine && !held) show("slow"); }, SLOW_MS);
  }, true);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr !== waiting?.xhr) return;
    waiting = null;
    if (!held) show(null);
  });
  for (const happening of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(happening, ({ detail }) => { if (isMeant(detail)) hold(detail); });
  }
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { detail } = event;
    const { status } = detail.xhr;
    if (status === 401) {
      event.preventDefault();
      if (isMeant(detail)) ended(detail);
      else if (isPolled(detail)) endedMeanwhile();
    } else if (BUSY.includes(status)) {
      event.preventDefault();
      if (isMeant(detail)) hold(detail, Number(detail.xhr.getResponseHeader("Retry-After")) || 0);
    } else if (held && (held.config.path === detail.requestConfig.path)) drop();
  });

  // The session has ended: the request is held, and is sent again once somebody has signed in and says so.
  const ended = (detail) => {
    if (givesWay(detail)) return;
    hold(detail);
    clearTimeout(timer);
    show(null);
    window.desk.signInAgain({ label: held.label, change: isChange(held), apply: resend, leave: () => giveUp(true), account: held.account });
  };

  // The page asks by itself how something goes on: that is known again after signing in. Nobody is asked twice.
  let declined = false;
  const endedMeanwhile = () => {
    if (declined || held || document.querySelector("dialog[open]")) return;
    const account = document.body.dataset.account;
    window.desk.signInAgain({ label: "", change: false, apply: () => {}, leave: () => { declined = true; }, account });
  };

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-held-now]")) resend();
    if (target.closest("[data-held-drop]")) {
      if (waiting && !held) waiting.xhr.abort();
      giveUp(false);
    }
  });
  // The bar is of the page that was swapped away.
  document.addEventListener("htmx:afterSettle", () => { if (held) show(isChange(held) ? "change" : "page"); });
  const isTyped = () => [...document.querySelectorAll("main form[method=post] textarea")].some((one) => one.value.trim() && one.value !== one.defaultValue);
  addEventListener("beforeunload", (event) => {
    if ((held && isChange(held)) || waiting?.change || (isTyped() && !waiting)) event.preventDefault();
  });
  window.desk = { ...window.desk, isHeld: () => held !== null && isChange(held) };
})();
