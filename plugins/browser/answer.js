// A check as the panel shows it: the sentence, and each precedent with what is repeated and changed.

import { language, say } from "./api.js";
import { date, element, link, marked } from "./element.js";

const TIERS = { near_verbatim: "tierNearVerbatim", same_script: "tierSameScript", same_topic: "tierSameTopic" };
const PARTS = ["repeated", "changed", "added", "dropped"];

/**
 * What a check found. `sentence`: shown above its precedents, with what the best of them repeats and changes; `visible`:
 * how many precedents are shown at once.
 */
export function answer(check, { sentence = true, visible = 5 } = {}) {
  const list = (matches) => element("ol", { class: "precedents" }, matches.map((one) => element("li", {}, precedent(check, one))));
  const [first, more] = [check.matches.slice(0, visible), check.matches.slice(visible)];
  return [
    sentence && check.matches.length > 0 && element("blockquote", { class: "sentence", dir: "auto", lang: check.language.code },
      marked(check.text, spansOf(check.matches[0], "statement"))),
    check.notice && element("p", { class: "notice", lang: "en", dir: "auto" }, check.notice.detail),
    first.length > 0 && list(first),
    more.length > 0 && element("details", {}, element("summary", {}, say("morePrecedents", more.length)), list(more)),
  ].filter(Boolean);
}

/** The headline of a check: how often it was said before. */
export function headline(check) {
  if (check.summary) return element("h2", { lang: "en", dir: "auto" }, check.summary);
  return element("h2", {}, say(check.matches.length ? "similarOnly" : "neverBefore"));
}

/** True where an earlier statement follows the same script, or says the opposite in it, and is not on the same topic alone. */
export function saidBefore(check) {
  return check.matches.some((one) => one.tier === "near_verbatim" || one.tier === "same_script");
}

/** Speaker and date of a precedent in a line. */
export function who(precedent) {
  return [
    element("span", { dir: "auto" }, precedent.speaker ?? say("speakerUnknown")), ", ",
    precedent.said_at ? date(precedent.said_at, language()) : say("dateUnknown"),
  ];
}

function precedent(check, match) {
  const { precedent: earlier } = match;
  const page = (kind, id) => new URL(`../${kind}/${encodeURIComponent(id)}`, check.html_url);
  return element("article", { class: "precedent" },
    element("h3", {}, who(earlier)),
    element("p", { class: "facts" }, [
      earlier.source.name || earlier.source.url ? link(earlier.source.url, earlier.source.name ?? hostOf(earlier.source.url)) : null,
      ...kinds(match).map((one) => element("span", {}, one)),
    ].filter(Boolean).flatMap((one, n) => (n ? [" · ", one] : [one]))),
    element("blockquote", { dir: "auto", lang: earlier.language }, marked(earlier.text, spansOf(match, "precedent"))),
    match.explanation && element("p", { class: "why", lang: "en", dir: "auto" }, match.explanation),
    parts(match),
    earlier.findings.map(finding),
    element("p", { class: "more" },
      link(page("statements", earlier.id), say("openStatement")),
      earlier.narratives.map((one) => [" · ", link(page("narratives", one.id), one.title)])),
  );
}

function kinds(match) {
  const days = match.days_before;
  return [
    earlierBy(days),
    match.relation === "opposes" ? say("opposes") : match.tier && say(TIERS[match.tier] ?? match.tier),
    say("probability", new Intl.NumberFormat(language(), { style: "percent" }).format(match.score)),
    match.precedent.withdrawn && say("withdrawn"),
  ].filter(Boolean);
}

function earlierBy(days) {
  if (days === null) return null;
  const shown = new Intl.NumberFormat(language(), { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
  return say("daysBefore", shown);
}

function hostOf(address) {
  try {
    return new URL(address).hostname;
  } catch {
    return address;
  }
}

/** Spans of one of the two texts, to be marked; `side` is `statement` or `precedent`. */
function spansOf(match, side) {
  return ["repeated", "changed"].flatMap((kind) => match[kind].map((one) => ({ ...one[side], kind })));
}

function parts(match) {
  const shown = PARTS.filter((kind) => match[kind].length).map((kind) => [
    element("dt", {}, say(kind)),
    kind === "changed"
      ? match[kind].map((one) => element("dd", { class: kind }, change(one)))
      : element("dd", { class: kind }, match[kind].flatMap((one, n) => [n ? ", " : null, quote(one.statement ?? one.precedent)])),
  ]);
  return shown.length ? element("dl", {}, shown) : null;
}

function change(one) {
  return [element("span", { class: "label" }, say("then")), " ", quote(one.precedent), " ",
    element("span", { class: "label" }, say("now")), " ", quote(one.statement)];
}

function quote(selector) {
  return element("q", { dir: "auto" }, selector.exact);
}

function finding(one) {
  return element("div", { class: "finding" },
    element("p", {}, element("strong", { dir: "auto" }, one.verdict),
      (one.publisher || one.url) && [" · ", link(one.url, one.publisher ?? hostOf(one.url))],
      one.published_at && [" · ", date(one.published_at, language())]),
    one.summary && element("p", { dir: "auto" }, one.summary));
}
