// Signing in again over a page whose session has ended. Nothing on the page is touched but the tokens of its forms.
"use strict";
(() => {
  let asked = null; // {label, change, apply, leave, account}
  const dialog = () => document.getElementById("session-ended");
  const part = (name) => dialog().querySelector(`[data-session-${name}]`);
  const step = (name) => {
    for (const one of dialog().querySelectorAll("[data-session-step]")) one.hidden = !one.dataset.sessionStep.split(" ").includes(name);
    dialog().querySelector(`[data-session-step~="${name}"] [data-first]`)?.focus();
  };
  const said = (text) => {
    part("error").textContent = text;
    part("error").hidden = !text;
  };
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRF-Token"] ?? "";

  window.desk.signInAgain = (what) => {
    asked = what;
    if (!dialog()) { location.reload(); return; }
    said("");
    part("label").textContent = what.label;
    part("what").hidden = !what.change;
    step("password");
    if (!dialog().open) dialog().showModal();
    step("password");
  };
  const signedIn = ({ account, name, csrf }) => {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": csrf }));
    for (const input of document.querySelectorAll("input[name=csrf]")) input.value = csrf;
    said("");
    const same = account === asked.account;
    part("name").textContent = name;
    step(same ? "same" : "other");
  };
  const ask = async (path, options = {}) => {
    try {
      const answer = await fetch(path, { headers: { "X-CSRF-Token": token() }, ...options });
      return { status: answer.status, ...(await answer.json()) };
    } catch {
      return { error: dialog().dataset.unreachable };
    }
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-session-form]")) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    const answer = await ask(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) });
    for (const button of buttons) button.disabled = false;
    if (answer.csrf) { form.reset(); signedIn(answer); }
    else if (answer.code) { said(""); step("code"); }
    else {
      said(answer.error ?? dialog().dataset.failed);
      form.querySelector("[data-first]").select();
    }
  }, true);
  // Signed in by then in another window: by single sign-on, or as somebody else.
  const look = async () => {
    if (!asked || !dialog()?.open || part("name").closest("[hidden]") === null) return;
    const answer = await ask("/sign-in/again");
    if (answer.csrf) signedIn(answer);
  };
  addEventListener("focus", look);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-session-look]")) look();
    const close = target.closest("[data-session-apply], [data-session-leave]");
    if (!close) return;
    dialog().close();
    const { apply, leave } = asked;
    asked = null;
    if (close.matches("[data-session-apply]")) apply(); else leave();
  });
  document.addEventListener("cancel", ({ target }) => {
    if (target !== dialog() || !asked) return;
    asked.leave();
    asked = null;
  }, true);
})();
