// A decision on a flag: the next flag, which was fetched ahead, is shown at once, while the decision is sent by sending.js.
// One decision is under way at a time; the one after it is sent when it is saved. Where it is refused, or given up, its flag
// is shown again, with what the server says.
"use strict";
(() => {
  const AHEAD = "Refrain-Ahead"; // with the address of the flag that was decided about
  let underWay = null; // { from, html, undo, after }

  const messages = () => document.getElementById("messages");
  const pageOf = (html) => new DOMParser().parseFromString(html, "text/html");
  const say = (html) => { if (messages()) htmx.swap(messages(), html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 }); };
  const sayThatItIsSaved = (what) => {
    const template = document.querySelector("template[data-saving]");
    if (!template) return;
    const said = template.content.cloneNode(true);
    said.querySelector("[data-saving-what]").textContent = what;
    messages().replaceChildren(said);
  };
  const what = (submitter) => {
    const label = submitter?.dataset.keyLabel ?? submitter?.textContent ?? "";
    const text = document.querySelector("#statement-title")?.closest("section").querySelector(".statement")?.textContent ?? "";
    return `${label.trim().replace(/\s+/g, " ")}: ${text.trim().replace(/\s+/g, " ").slice(0, 60)}`;
  };

  // The flag that was decided about leaves the list of open ones: the one before it is the one before the next.
  const goesBackTo = (address) => {
    const link = document.querySelector("a[rel=prev]");
    if (!link) return;
    const other = link.cloneNode(true);
    if (address) other.setAttribute("href", address); else { link.remove(); return; }
    link.replaceWith(other);
    htmx.process(other);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".decision-bar form[method=post]") || event.defaultPrevented || window.desk.isHeld()) return;
    const { submitter } = event;
    const stop = () => { event.preventDefault(); event.stopPropagation(); };
    if (underWay) {
      underWay.after = { form, submitter };
      stop();
      return;
    }
    const link = document.querySelector("a[data-prefetch]");
    const page = link && window.desk.takeAhead(link.href);
    if (!page) return; // the server leads to the next flag, then
    stop();
    const from = location.pathname + location.search;
    const named = Object.assign(document.createElement("button"), { textContent: what(submitter) });
    underWay = { from, html: document.documentElement.outerHTML, undo: false, after: null };
    htmx.ajax("POST", form.getAttribute("action"), {
      source: document.body,
      target: document.head, // which outlasts the page: nothing is put into it
      swap: "none",
      values: new FormData(form, submitter),
      headers: { "HX-Boosted": "true", [AHEAD]: from },
      event: Object.assign(new Event("decided"), { submitter: named }),
    }).catch(() => {}); // its failure has an event
    const before = document.querySelector("a[rel=prev]")?.getAttribute("href");
    const leavesTheList = !new URLSearchParams(location.search).has("state");
    window.desk.present(page.url, page.html);
    if (leavesTheList) goesBackTo(before);
    sayThatItIsSaved(named.textContent);
  }, true);

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const from = detail.requestConfig.headers[AHEAD];
    if (!from) return;
    detail.shouldSwap = false;
    const done = underWay ?? {};
    underWay = null;
    if (detail.xhr.status < 400) {
      say(detail.serverResponse);
      window.desk.markSeen();
      if (done.undo) document.querySelector("#messages .message form")?.requestSubmit();
      else if (done.after?.form.isConnected) done.after.form.requestSubmit(done.after.submitter);
    } else refused(from, detail.serverResponse);
  });
  const refused = async (from, html) => {
    const page = pageOf(html);
    if (page.querySelector("[data-flag]")) { window.desk.present(from, html); return; } // somebody else decided meanwhile
    await new Promise((done) => setTimeout(done)); // until this request has ended: htmx would put the visit off
    await window.desk.visit(from, { push: "true" });
    say(page.querySelector(".message")?.outerHTML ?? "");
  };
  const givenUp = () => {
    const { from, html } = underWay ?? {};
    underWay = null;
    messages()?.querySelector(".saving")?.remove();
    return { from, html };
  };
  document.addEventListener("desk:dropped", ({ detail }) => {
    if (!detail.headers[AHEAD]) return;
    const { from, html } = givenUp();
    if (from && !detail.stays) window.desk.present(from, html); // without asking the server, which may be gone
  });
  document.addEventListener("htmx:sendAbort", ({ detail }) => {
    if (!detail.requestConfig.headers[AHEAD]) return;
    const { from } = givenUp();
    if (from) setTimeout(() => window.desk.go(from)); // what became of it is to be seen there
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-saving-undo]") || !underWay) return;
    if (underWay.after) underWay.after = null;
    else underWay.undo = true;
  });
})();
