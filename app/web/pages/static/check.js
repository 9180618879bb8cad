// Fetches the check that the address names with the reader's key, and shows it. Everything is set as text.
"use strict";

const TIERS = { near_verbatim: "near verbatim", same_script: "same script", same_topic: "same topic" };
const id = location.pathname.split("/").pop();
const form = document.getElementById("key-form");
const message = document.getElementById("message");

function element(tag, className, text, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function link(url, text) {
  if (!/^https?:\/\//i.test(url || "")) return element("span", "", text);
  return element("a", "", text, { href: url, rel: "noopener noreferrer nofollow" });
}

function finding(found) {
  const shown = element("p", "finding");
  shown.append(`Found${found.publisher ? ` by ${found.publisher}` : ""}: `, link(found.url, found.verdict));
  if (found.summary) shown.append(`. ${found.summary}`);
  return shown;
}

function match(one, number) {
  const { precedent } = one;
  const shown = element("section", "match");
  const alike = `${TIERS[one.tier] || "below every tier"}, ${one.score.toFixed(2)}`;
  const before = one.days_before === null ? "" : ` · ${one.days_before} days before`;
  shown.append(element("h2", "", `${number}. ${precedent.said_at || "undated"}${before}`));
  const who = element("p", "quiet", [precedent.speaker, alike].filter(Boolean).join(" · "));
  if (precedent.source.name) who.append(" · ", link(precedent.source.url, precedent.source.name));
  shown.append(who, element("p", "text", precedent.text, { dir: "auto", lang: precedent.language }));
  for (const narrative of precedent.narratives) shown.append(element("p", "quiet", `Script: ${narrative.title}`));
  shown.append(...precedent.findings.map(finding));
  if (precedent.withdrawn) shown.append(element("p", "flag", "withdrawn since"));
  return shown;
}

function show(check) {
  const page = document.getElementById("check");
  const head = element("h1", "", check.summary || "Nothing like it was in the archive.");
  const facts = element("p", "quiet");
  if (check.flagged) facts.append(element("span", "flag", "flagged"), " ");
  facts.append([check.speaker, check.said_at, `checked ${new Date(check.created_at).toLocaleString()}`].filter(Boolean).join(" · "));
  const text = element("p", "text", check.text, { dir: "auto", lang: check.language.code });
  page.replaceChildren(head, facts, text, ...check.matches.map((one, at) => match(one, at + 1)));
  page.hidden = false;
  form.hidden = true;
  message.textContent = "";
}

async function load(key) {
  message.textContent = "Loading …";
  try {
    const answer = await fetch(`/v1/checks/${encodeURIComponent(id)}`, { headers: { Authorization: `Bearer ${key}` } });
    const body = await answer.json();
    if (answer.ok) {
      sessionStorage.setItem("key", key);
      show(body);
      return;
    }
    message.textContent = body.detail;
  } catch {
    message.textContent = "The service cannot be reached. Try again.";
  }
  sessionStorage.removeItem("key");
  form.hidden = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  load(document.getElementById("key").value.trim());
});

const known = sessionStorage.getItem("key");
if (known) {
  load(known);
} else {
  form.hidden = false;
  message.textContent = "";
}
