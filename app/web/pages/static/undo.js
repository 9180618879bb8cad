// What was done in this window and can be undone: each message with an address of undoing joins the list, which lasts as
// long as the window, for each account its own.
"use strict";
(() => {
  const MOST = 100;
  const entries = () => { const all = window.desk.kept("undo"); return Array.isArray(all) ? all : []; };
  const keep = (all) => { window.desk.keep("undo", all.slice(-MOST)); newest(); };
  const dialog = () => document.getElementById("undo-dialog");
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";

  const newest = () => {
    const button = document.querySelector("[data-undo-newest]");
    if (button) button.hidden = !entries().some((one) => !one.refused);
  };
  const collect = () => {
    const all = entries();
    for (const form of document.querySelectorAll("#messages .message form[method=post]")) {
      const address = form.getAttribute("action");
      if (all.some((one) => one.address === address)) continue;
      const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
      all.push({ address, fields, text: form.closest(".message").querySelector("p").textContent.trim(), at: Date.now() });
    }
    keep(all);
  };
  const formOf = (entry) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = entry.address;
    for (const [name, value] of [["csrf", token()], ...entry.fields]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    return form;
  };
  const fill = () => {
    const list = dialog().querySelector("[data-undo-list]");
    const all = entries().reverse();
    const moment = new Intl.DateTimeFormat((document.documentElement.lang || "en").replace(/^en$/, "en-GB"), { timeStyle: "short", dateStyle: "medium" });
    list.replaceChildren(...all.map((entry, at) => {
      const row = document.createElement("li"), said = document.createElement("span"), when = document.createElement("time");
      const form = formOf(entry), button = document.createElement("button");
      said.textContent = `${entry.text} `;
      when.className = "quiet small";
      when.dateTime = new Date(entry.at).toISOString();
      when.textContent = moment.format(entry.at);
      said.append(when);
      button.textContent = dialog().dataset.label;
      button.setAttribute("aria-label", `${dialog().dataset.label}: ${entry.text}`);
      if (at === 0) button.dataset.first = "";
      form.append(button);
      row.append(said, form);
      if (entry.refused) row.append(Object.assign(document.createElement("span"), { className: "why small", textContent: `${dialog().dataset.refused} ${entry.refused}` }));
      return row;
    }));
    dialog().querySelector("[data-undo-none]").hidden = all.length > 0;
    htmx.process(list);
  };
  document.addEventListener("desk:opens", ({ target }) => { if (target === dialog()) fill(); });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-undo-newest]")) return;
    const entry = entries().findLast((one) => !one.refused);
    if (!entry) return;
    const form = formOf(entry);
    form.hidden = true;
    document.body.append(form);
    htmx.process(form);
    form.requestSubmit();
  });
  document.addEventListener("submit", ({ target }) => { if (target.closest("#undo-dialog [data-undo-list]")) dialog().close(); }, true);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "post" || detail.xhr.status === 0) return;
    const { path } = detail.requestConfig;
    const all = entries();
    const entry = all.find((one) => one.address === path);
    if (!entry || detail.xhr.status === 401 || detail.xhr.status >= 500) return;
    if (detail.xhr.status < 400) { keep(all.filter((one) => one !== entry)); return; }
    const page = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
    entry.refused = page.querySelector(".message p")?.textContent.trim() || String(detail.xhr.status);
    keep(all);
  });
  document.addEventListener("htmx:load", collect);
  document.addEventListener("htmx:oobAfterSwap", collect);
  collect();
})();
