// A whole page's claims as the panel shows them.

import { answer, who } from "./answer.js";
import { say } from "./api.js";
import { button, element, link } from "./element.js";

const IGNORED = /[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/u;

/** What page.js marks: each claim's text, and how much that is not white space or invisible stands before it. */
export function positions(text, statements) {
  const before = [0];
  for (const point of text) before.push(before.at(-1) + (IGNORED.test(point) ? 0 : point.length));
  return statements.map((one) => ({ text: one.text, at: before[one.start] ?? 0 }));
}

/** The claims that were said before, and below them those that come near; `found` says which are marked in the page, `show(index)` scrolls to one. */
export function claims(document, said, found, { cut, show }) {
  const lost = found.filter((one) => !one).length;
  const near = document.statements.filter((one) => one.check.matches.length && !said.includes(one));
  return [
    element("h2", {}, say("claimsFound", said.length, document.statements.length)),
    cut && element("p", { class: "notice" }, say("cut")),
    document.notice && element("p", { class: "notice", lang: "en", dir: "auto" }, document.notice.detail),
    lost > 0 && element("p", { class: "notice" }, say("notMarked", lost)),
    said.length > 0 && element("ol", { class: "claims" }, said.map((one, index) => element("li", {}, claim(one, found[index] && (() => show(index)))))),
    near.length > 0 && element("details", { class: "near" },
      element("summary", {}, say("nearClaims", near.length)),
      element("ol", { class: "claims" }, near.map((one) => element("li", {}, claim(one, null))))),
  ].filter(Boolean);
}

function claim(statement, show) {
  const { check } = statement;
  return element("details", {},
    element("summary", {},
      element("span", { dir: "auto", lang: check.language.code }, statement.text), " ",
      element("span", { class: "best" }, who(check.matches[0].precedent))),
    check.summary && element("p", { class: "why", lang: "en", dir: "auto" }, check.summary),
    show && button(say("show"), show),
    answer(check, { sentence: false, visible: 3 }),
    element("p", {}, link(check.html_url, say("openCheck"), { class: "go" })));
}
