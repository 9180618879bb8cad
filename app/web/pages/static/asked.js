// Asked first: what stands in a details.asked is shown in a dialog. Without this script it unfolds where it is.
"use strict";
(() => {
  const dialog = () => document.getElementById("asked");
  let from = null;
  const back = () => {
    if (from?.details.isConnected) from.details.append(from.body);
    from = null;
  };
  document.addEventListener("click", (event) => {
    const { target } = event;
    const summary = target.closest("details.asked > summary");
    if (summary && dialog()) {
      event.preventDefault();
      back();
      const details = summary.parentElement;
      from = { details, body: details.querySelector(".asked-body") };
      dialog().setAttribute("aria-label", summary.textContent.trim());
      dialog().replaceChildren(from.body);
      dialog().showModal();
      from.body.querySelector("[data-asked-cancel]")?.focus();
    }
    if (target.closest("[data-asked-cancel]")) {
      const unfolded = target.closest("details.asked");
      if (unfolded) unfolded.open = false;
      if (dialog()?.open) dialog().close();
    }
  });
  document.addEventListener("close", ({ target }) => {
    if (target !== dialog()) return;
    const summary = from?.details.querySelector("summary");
    back();
    summary?.focus();
  }, true);
  document.addEventListener("submit", ({ target }) => { if (target.closest("#asked")) setTimeout(() => dialog()?.open && dialog().close()); });
})();
