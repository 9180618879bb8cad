// Imports: files that are dropped, how much of them is sent, and what is too large. Of a long table or file of lines the
// beginning alone is sent to be looked at; an import sends the whole.
"use strict";
(() => {
  const BEGINNING = 1024 * 1024;
  const CUT = /\.(csv|tsv|tab|txt|jsonl|ndjson)$/i;
  const formOf = (element) => element?.closest?.("[data-import]");
  const part = (form, name) => form.querySelector(`[data-import-${name}]`);
  const tooLarge = (form) => [...form.elements.file.files].find((file) => file.size > Number(form.dataset.most));

  const drop = (event) => event.target.closest?.("[data-drop]");
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    const place = drop(event);
    for (const one of document.querySelectorAll(".drop.over")) if (one !== place) one.classList.remove("over");
    if (!place || !hasFiles(event)) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop(event)?.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const place = drop(event);
    if (!place || !hasFiles(event)) return;
    event.preventDefault();
    place.classList.remove("over");
    const input = place.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Before anything is sent: what is too large is said here, and of long files the beginning is enough to look at.
  document.addEventListener("htmx:confirm", (event) => {
    const form = formOf(event.detail.elt);
    if (!form) return;
    const large = tooLarge(form);
    part(form, "error").textContent = large ? form.dataset.saidTooLarge.replace("…", large.name) : "";
    if (large || !form.elements.file.files.length) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const form = formOf(event.detail.elt);
    if (!form || !event.detail.path.endsWith("/preview")) return;
    const files = [...form.elements.file.files];
    if (!files.some((file) => file.size > BEGINNING) || !files.every((file) => CUT.test(file.name))) return;
    const sent = event.detail.formData;
    sent.delete("file");
    for (const file of files) sent.append("file", new File([file.slice(0, BEGINNING)], file.name, { type: file.type }));
    sent.set("cut", "true");
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = formOf(event.target);
    if (!form || !event.detail.lengthComputable) return;
    const bar = part(form, "progress");
    bar.hidden = event.detail.loaded >= event.detail.total;
    bar.value = event.detail.loaded / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = formOf(event.detail.elt);
    if (form) part(form, "progress").hidden = true;
  });
})();
