// <refrain-card>: "said before" in an article. It reads a card's JSON, from the address in `src` or from a script of the type
// application/json within it, and shows it in a shadow tree. No cookies, no key, nothing inline: a strict CSP lets it work.

const MOST_BYTES = 500_000;
const WORDS = {
  en: { title: "Said before", unknown: "Speaker unknown", none: "No precedent is on record.", found: "Found" },
  uk: { title: "Уже казали", unknown: "Мовець невідомий", none: "Прецедентів не записано.", found: "Висновок" },
};

const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
.card {
  --ink: light-dark(#1e2327, #e3e6e8); --quiet: light-dark(#5a6169, #a1a9b1); --line: light-dark(#dedad3, #4a525a);
  --accent: light-dark(#155e6b, #7cc8d6); --surface: light-dark(#ffffff, #1c2024);
  color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-inline-start: .25rem solid var(--accent);
  border-radius: .375rem; padding: .75rem 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
p, ol, blockquote { margin: 0; padding: 0; }
ol { list-style: none; display: grid; gap: .75rem; margin-block-start: .5rem; }
.title { font-weight: 650; color: var(--accent); }
.who { font-weight: 600; }
.more { color: var(--quiet); font-size: .875em; }
blockquote { font-family: Georgia, serif; white-space: pre-line; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

export class RefrainCard extends HTMLElement {
  static observedAttributes = ["src", "heading"];
  #asked = 0;

  connectedCallback() {
    if (!this.shadowRoot) {
      const style = new CSSStyleSheet();
      style.replaceSync(STYLE);
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [style];
      // Until there is a card, and where there is none: what the page has put in.
      shadow.append(document.createElement("slot"));
    }
    // Children may not be there yet while the page is parsed.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.render(), { once: true });
    else this.render();
  }

  attributeChangedCallback(name, before) {
    if (this.isConnected && this.shadowRoot && before !== null) this.render();
  }

  /** Reads the card and shows it. Where that fails the page's own content stays, and an event `refrain-error` says why. */
  async render() {
    const asked = ++this.#asked;
    try {
      const card = checked(await this.#read());
      if (asked === this.#asked) this.shadowRoot.replaceChildren(this.#shown(card));
    } catch (error) {
      if (asked !== this.#asked) return;
      this.shadowRoot.replaceChildren(document.createElement("slot"));
      this.dispatchEvent(new CustomEvent("refrain-error", { bubbles: true, detail: error }));
    }
  }

  async #read() {
    if (!this.hasAttribute("src")) {
      return JSON.parse(this.querySelector(":scope > script[type='application/json']")?.textContent ?? "");
    }
    const url = webAddress(this.getAttribute("src"), document.baseURI);
    if (!url) throw new TypeError("the card's address is none of http or https");
    const answer = await fetch(url, { credentials: "omit", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(`the card's address answered ${answer.status}`);
    const text = await answer.text();
    if (text.length > MOST_BYTES) throw new RangeError("the card is too large");
    return JSON.parse(text);
  }

  #shown(card) {
    const language = this.closest("[lang]")?.getAttribute("lang") || "en";
    const known = Object.hasOwn(WORDS, language.slice(0, 2)) ? language.slice(0, 2) : "en";
    const words = WORDS[known];
    const own = made("p", { class: "title", id: "title", lang: known, dir: "auto" }, words.title);
    if (this.getAttribute("heading")) {
      own.removeAttribute("lang");
      own.textContent = this.getAttribute("heading");
    }
    // Dates are written as they are where the page is read: en-GB and en-US differ.
    const list = card.precedents.map((one) => precedent(one, words, known, sound(language, known)));
    return made("div", { class: "card", role: "group", "aria-labelledby": "title" }, own,
      list.length ? made("ol", {}, ...list) : made("p", { lang: known, dir: "auto" }, words.none));
  }
}

/** The page's own language tag where it is one of those that there are words in, and well formed. */
function sound(tag, language) {
  try {
    const [known] = Intl.getCanonicalLocales(tag);
    return known.startsWith(language) ? known : language;
  } catch {
    return language;
  }
}

function precedent(one, words, language, region) {
  const { name, url } = one.source ?? {};
  const speaker = one.speaker ? made("span", { dir: "auto" }, one.speaker) : made("span", { lang: language }, words.unknown);
  return made("li", {},
    made("p", { class: "who" }, speaker, ", ", date(one.said_at, region)),
    made("blockquote", { dir: "auto", lang: one.language }, one.text),
    ...(name || url ? [made("p", { class: "more" }, link(url, name))] : []),
    ...(one.findings ?? []).map((found) => made("p", { class: "more" },
      made("span", { lang: language }, `${words.found}: `), made("span", { dir: "auto" }, found.verdict), " · ",
      link(found.url, found.publisher))));
}

function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

function link(address, text) {
  const url = webAddress(address);
  const shown = text || (url ? new URL(url).hostname : "");
  if (!url) return made("span", { dir: "auto" }, shown);
  return made("a", { href: url, rel: "noopener noreferrer", dir: "auto" }, shown);
}

function webAddress(address, base) {
  try {
    const url = new URL(address, base);
    return ["https:", "http:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A date as exactly as it is known: a year, a month or a day. */
function date(written, language) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(written) ?? [];
  if (!year) return "";
  const known = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  const moment = new Date(Date.UTC(2000, Number(month ?? 1) - 1, Number(day ?? 1)));
  moment.setUTCFullYear(Number(year));
  const shown = new Intl.DateTimeFormat(language, known).format(moment);
  return made("time", { datetime: [year, month, day].filter(Boolean).join("-"), lang: language }, shown);
}

/** The card where it has the shape of one; throws otherwise. */
function checked(card) {
  const text = (value) => value === null || value === undefined || typeof value === "string";
  const sound = card?.version === 1 && Array.isArray(card.precedents) && card.precedents.every((one) =>
    typeof one?.text === "string" && typeof one.said_at === "string" && text(one.speaker) && text(one.source?.name) &&
    (one.findings ?? []).every((found) => typeof found?.verdict === "string" && text(found.publisher)));
  if (!sound) throw new TypeError("this is no card");
  return card;
}

if (!customElements.get("refrain-card")) customElements.define("refrain-card", RefrainCard);
