// Reads a page and marks claims in it. It runs in a world of its own, apart from the page's scripts, and changes nothing in
// the page's tree: marks are ranges of the CSS Custom Highlight API. The page's text is data, however it was made.

globalThis.refrainPage = (() => {
  const MOST = 190_000; // The service takes 200,000 characters.
  const SKIPPED = "script, style, noscript, template, iframe, svg, nav, button, select, textarea, input, [aria-hidden='true']";
  const NAMES = { all: "refrain-said-before", current: "refrain-current" };
  const IGNORED = /[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
  const DATED = [
    ["meta[property='article:published_time']", "content"], ["meta[itemprop='datePublished']", "content"],
    ["meta[name='date']", "content"], ["time[datetime]", "datetime"],
  ];
  // Fields of a form hide the form's own properties of the same names.
  const own = (kind, name) => Object.getOwnPropertyDescriptor(kind.prototype, name).get;
  const is = (element, selector) => Element.prototype.matches.call(element, selector);
  const parentOf = (node) => own(Node, "parentElement").call(node);
  const lengthOf = (element) => own(Node, "textContent").call(element).length;
  let marks = [];

  /** The selection, that in a field included; never that of a password. `focused`: the frame that the reader is in. */
  function selection() {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (at instanceof HTMLInputElement && at.type === "password") return { text: "", focused: true };
    const field = at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement;
    const inField = field && at.selectionStart !== null ? at.value.slice(at.selectionStart, at.selectionEnd) : "";
    const text = inField || String(globalThis.getSelection() ?? "");
    return { text: text.slice(0, MOST), focused: document.hasFocus() };
  }

  /** The text that is seen, a block a paragraph, cut at the most that the service takes; and the page's own date. */
  function article() {
    let text = "";
    let block = null;
    let cut = false;
    for (const node of texts()) {
      const own = blockOf(node);
      if (block && own !== block) text = `${text.trimEnd()}\n\n`;
      block = own;
      text += node.data.replace(/\s+/g, " ");
      if (text.length > MOST) {
        cut = true;
        break;
      }
    }
    return { text: text.slice(0, MOST).trim(), cut, published: published() };
  }

  /** Marks claims, `{ text, at }`, `at` counting what is not ignored before it; true for each that was found. */
  function mark(claims) {
    const nodes = [];
    let all = "";
    for (const node of texts()) {
      nodes.push({ node, start: all.length });
      all += node.data.replace(IGNORED, "");
      if (all.length > MOST) break;
    }
    marks = claims.map(({ text, at }) => {
      const wanted = text.replace(IGNORED, "");
      const start = wanted ? nearest(all, wanted, at) : -1;
      return start < 0 ? null : rangeOf(nodes, start, start + wanted.length);
    });
    const found = marks.filter(Boolean);
    CSS.highlights.delete(NAMES.current);
    if (found.length) CSS.highlights.set(NAMES.all, new Highlight(...found));
    else CSS.highlights.delete(NAMES.all);
    return marks.map(Boolean);
  }

  /** Scrolls to a marked claim and marks it as the current one; false where it is gone. */
  function show(index) {
    const range = marks[index];
    if (!range || range.collapsed) return false;
    const highlight = new Highlight(range);
    highlight.priority = 1;
    CSS.highlights.set(NAMES.current, highlight);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    Element.prototype.scrollIntoView.call(parentOf(range.startContainer), { block: "center", behavior: still ? "auto" : "smooth" });
    return true;
  }

  function clear() {
    for (const name of Object.values(NAMES)) CSS.highlights.delete(name);
    marks = [];
  }

  function* texts() {
    const seen = new WeakMap();
    const shown = (element) => {
      if (!seen.has(element)) seen.set(element, Element.prototype.checkVisibility.call(element, { visibilityProperty: true }));
      return seen.get(element);
    };
    const walker = document.createTreeWalker(root(), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return is(node, SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.trim() === "") {
        if (node.data) yield node;
      } else if (parentOf(node) && shown(parentOf(node))) yield node;
    }
  }

  /** The longest article, or else the main part, or else all. */
  function root() {
    const articles = [...document.querySelectorAll("article")].map((one) => [lengthOf(one), one]);
    const [length, longest] = articles.reduce((most, one) => (one[0] > most[0] ? one : most), [0, null]);
    if (length >= 400) return longest;
    return document.querySelector("main, [role='main']") ?? document.body ?? document.documentElement;
  }

  /** The element whose lines a text stands in. */
  function blockOf(text) {
    let at = parentOf(text);
    while (at && parentOf(at) && /^(inline|contents|ruby)/.test(getComputedStyle(at).display)) at = parentOf(at);
    return at;
  }

  function published() {
    for (const [selector, attribute] of DATED) {
      const found = document.querySelector(selector);
      const day = /^\d{4}-\d{2}-\d{2}/.exec(found ? (Element.prototype.getAttribute.call(found, attribute) ?? "") : "");
      if (day) return day[0];
    }
    return null;
  }

  function nearest(all, wanted, at) {
    let best = -1;
    for (let found = all.indexOf(wanted); found >= 0; found = all.indexOf(wanted, found + 1)) {
      if (best < 0 || Math.abs(found - at) < Math.abs(best - at)) best = found;
      if (found > at) break;
    }
    return best;
  }

  function rangeOf(nodes, start, end) {
    const range = document.createRange();
    range.setStart(...placeOf(nodes, start));
    const [node, last] = placeOf(nodes, end - 1);
    range.setEnd(node, last + 1);
    return range;
  }

  /** The text node and the offset in it of what is counted without the ignored. */
  function placeOf(nodes, offset) {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (nodes[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    const { node, start } = nodes[low];
    let left = offset - start;
    for (let at = 0; at < node.data.length; at += 1) {
      if (node.data[at].replace(IGNORED, "") === "") continue;
      if (left === 0) return [node, at];
      left -= 1;
    }
    return [node, node.data.length];
  }

  return { selection, article, mark, show, clear };
})();
