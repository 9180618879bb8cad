// What was typed into a form and not sent: kept in this window for each account, page and field, and put back when one comes
// again, as long as the page has in the field what it had then. A change that is made forgets it, and so does signing out.
"use strict";
(() => {
  const MOST = 60;
  const KEPT = "main form[method=post] textarea, main form[method=post] input[name=reason], main form:is(.check-form, .long) input:is([type=text], [type=url], :not([type]))";
  const pathOf = (address) => new URL(address, location.href).pathname;
  const drafts = () => window.desk.kept("drafts");
  const keyOf = (field) => `${location.pathname} ${pathOf(field.form.getAttribute("action") || "")} ${field.id || field.name}`;
  const keep = (all) => window.desk.keep("drafts", Object.fromEntries(Object.entries(all).slice(-MOST)));

  document.addEventListener("input", ({ target }) => {
    if (!target.matches(KEPT)) return;
    const { [keyOf(target)]: before, ...others } = drafts();
    if (target.value.trim() && target.value !== target.defaultValue) others[keyOf(target)] = { text: target.value, over: before?.over ?? target.defaultValue };
    keep(others);
  });
  const putBack = () => {
    const all = drafts();
    for (const field of document.querySelectorAll(KEPT)) {
      const draft = all[keyOf(field)];
      if (!draft || draft.over !== field.defaultValue || field.value !== field.defaultValue) continue;
      field.value = draft.text;
      const folded = field.closest("details:not(.picker, .asked)");
      if (folded) folded.open = true;
      const said = Object.assign(document.createElement("p"), { className: "quiet small draft", textContent: document.getElementById("main").dataset.draft });
      (field.closest(".row") ?? field).after(said);
    }
  };
  // Made: the answer is the page that follows, and none that says what is wrong.
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.requestConfig.verb !== "post" || detail.xhr.status >= 400) return;
    const made = ` ${pathOf(detail.requestConfig.path)} `;
    keep(Object.fromEntries(Object.entries(drafts()).filter(([key]) => !key.includes(made))));
  });
  document.addEventListener("submit", ({ target }) => { if (target.matches("form[action='/sign-out']")) keep({}); }, true);
  document.addEventListener("htmx:load", putBack);
  putBack();
})();
