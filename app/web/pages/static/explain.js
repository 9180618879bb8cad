// Badges that explain themselves: by a tap the browser shows what is beside them, and here hover and focus do, too.
"use strict";
(() => {
  const explained = (element) => element?.closest?.("button.explains");
  const popoverOf = (badge) => document.getElementById(badge.getAttribute("popovertarget"));
  const open = () => document.querySelector(".explanation-of:popover-open");
  let leaving = 0;

  const show = (badge) => {
    clearTimeout(leaving);
    const shown = popoverOf(badge);
    if (shown && !shown.matches(":popover-open")) shown.showPopover({ source: badge });
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => open()?.hidePopover(), 200);
  };
  document.addEventListener("mouseover", ({ target }) => {
    const badge = explained(target);
    if (badge) show(badge);
    else if (target.closest?.(".explanation-of")) clearTimeout(leaving); // one may move onto what is read
    else if (open() && !explained(document.activeElement)) leave();
  });
  document.addEventListener("focusin", ({ target }) => {
    const badge = explained(target);
    if (badge?.matches(":focus-visible")) show(badge);
  });
  document.addEventListener("focusout", ({ target }) => { if (explained(target)) leave(); });
  // Escape closes what is shown, and does nothing else then.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open()) return;
    open().hidePopover();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
